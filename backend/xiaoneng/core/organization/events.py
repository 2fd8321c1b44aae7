"""What the organization tells the rest of the product."""

from typing import ClassVar

from xiaoneng.core.outbox.events import Event


class LeaveBegan(Event):
    """The subject, a person, is away: their work goes to whoever stands in for them (R-25)."""

    topic: ClassVar[str] = "person.leave_began"
    subject_type: ClassVar[str] = "person"


class LeaveEnded(Event):
    """The subject, a person, is back."""

    topic: ClassVar[str] = "person.leave_ended"
    subject_type: ClassVar[str] = "person"
