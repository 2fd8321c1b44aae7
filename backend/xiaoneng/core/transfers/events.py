"""What transfers tell others."""

from typing import ClassVar

from xiaoneng.core.outbox.events import Event
from xiaoneng.core.transfers.models.exports import EXPORT
from xiaoneng.core.transfers.models.imports import IMPORT


class ExportMoved(Event):
    """An export went on; those who look at it read it again."""

    topic: ClassVar[str] = "export.moved"
    subject_type: ClassVar[str] = EXPORT
    wakes_handlers: ClassVar[bool] = False


class ExportAsked(Event):
    """Somebody wants an export."""

    topic: ClassVar[str] = "export.asked"
    subject_type: ClassVar[str] = EXPORT


class ImportMoved(Event):
    """An import went on; those who look at it read it again."""

    topic: ClassVar[str] = "import.moved"
    subject_type: ClassVar[str] = IMPORT
    wakes_handlers: ClassVar[bool] = False


class ImportAsked(Event):
    """An import waits for its next step to be done."""

    topic: ClassVar[str] = "import.asked"
    subject_type: ClassVar[str] = IMPORT
