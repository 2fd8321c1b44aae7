"""What letters tell the rest of the product."""

from typing import ClassVar

from xiaoneng.core.outbox.events import Event
from xiaoneng.features.inspections.models.letters import LETTER


class LetterMoved(Event):
    """A letter moved in a way that only viewers need to know of."""

    topic: ClassVar[str] = "letter.moved"
    subject_type: ClassVar[str] = LETTER
    wakes_handlers: ClassVar[bool] = False

    action: str


class LetterFilesAsked(Event):
    """A letter was issued, or its Word and PDF are to be made anew."""

    topic: ClassVar[str] = "letter.files_asked"
    subject_type: ClassVar[str] = LETTER


class LetterDelivered(Event):
    """A letter reached its unit."""

    topic: ClassVar[str] = "letter.delivered"
    subject_type: ClassVar[str] = LETTER


class LetterAnswered(Event):
    """A unit answered with a plan or a result."""

    topic: ClassVar[str] = "letter.answered"
    subject_type: ClassVar[str] = LETTER

    kind: str


class LetterReturned(Event):
    """What a unit answered is not enough."""

    topic: ClassVar[str] = "letter.returned"
    subject_type: ClassVar[str] = LETTER


class AccountabilityProposed(Event):
    """R-05: a unit has not answered by the last day; whoever holds to account is to look at it."""

    topic: ClassVar[str] = "letter.accountability_proposed"
    subject_type: ClassVar[str] = LETTER

    reason: str
