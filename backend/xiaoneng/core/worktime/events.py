"""What clocks tell the rest of the product."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from xiaoneng.core.outbox.events import Event


class ClockEvent(Event):
    """Base of the rungs of the warning ladder. The subject is the clock, `object_*` what it belongs to.

    `superseded` marks a rung that was overtaken by a higher one before anybody looked; it is on record, but
    nobody needs to be woken for it. The sweeper puts the jobs of a whole batch into the queue at once.
    """

    subject_type: ClassVar[str] = "clock"
    wakes_handlers: ClassVar[bool] = False

    object_type: str
    object_id: UUID
    kind: str
    level: int
    unit_id: UUID | None
    due_at: datetime
    provisional: bool
    superseded: bool


class ClockWarned(ClockEvent):
    """A limit turned blue (level 1) or yellow (level 2)."""

    topic: ClassVar[str] = "clock.warned"


class ClockBreached(ClockEvent):
    """A limit is over and turned red (level 3)."""

    topic: ClassVar[str] = "clock.breached"


class ClockEscalated(ClockEvent):
    """A limit has been over for so long that the next superior hears of it (level 4 and up, R-61)."""

    topic: ClassVar[str] = "clock.escalated"


class CalendarChanged(Event):
    """Days have another meaning, or a year became known: open clocks are to be recomputed.

    `first` and `last` bound the days that changed, reversed when none did; `approved_by` lets due dates move earlier.
    """

    topic: ClassVar[str] = "calendar.changed"
    subject_type: ClassVar[str] = "calendar"

    first: date
    last: date
    reason: str
    approved_by: UUID | None
