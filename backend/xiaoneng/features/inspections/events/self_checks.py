"""What inspections tell the rest of the product."""

from typing import ClassVar

from xiaoneng.core.outbox.events import Event
from xiaoneng.features.inspections.models.self_checks import CHECKED_UNIT, SELF_CHECK


class SelfCheckMoved(Event):
    """A self-check moved in a way that only viewers need to know of."""

    topic: ClassVar[str] = "self_check.moved"
    subject_type: ClassVar[str] = SELF_CHECK
    wakes_handlers: ClassVar[bool] = False

    action: str


class CheckedUnitMoved(Event):
    """One unit's part of a self-check moved."""

    topic: ClassVar[str] = "self_check_unit.moved"
    subject_type: ClassVar[str] = CHECKED_UNIT
    wakes_handlers: ClassVar[bool] = False

    action: str
