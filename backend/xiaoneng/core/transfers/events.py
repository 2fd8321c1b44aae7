"""What transfers tell others."""

from typing import ClassVar

from xiaoneng.core.outbox.events import Event
from xiaoneng.core.transfers.models.exports import EXPORT


class ExportMoved(Event):
    """An export went on; those who look at it read it again."""

    topic: ClassVar[str] = "export.moved"
    subject_type: ClassVar[str] = EXPORT
    wakes_handlers: ClassVar[bool] = False


class ExportAsked(Event):
    """Somebody wants an export."""

    topic: ClassVar[str] = "export.asked"
    subject_type: ClassVar[str] = EXPORT
