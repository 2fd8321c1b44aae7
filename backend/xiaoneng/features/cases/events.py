"""What cases tell the rest of the product."""

from typing import ClassVar
from uuid import UUID

from xiaoneng.core.outbox.events import Event
from xiaoneng.features.cases.models.assignments import ASSIGNMENT
from xiaoneng.features.cases.models.case import SUBJECT_TYPE, Solved
from xiaoneng.features.cases.models.requests import REQUEST


class CaseEvent(Event):
    """Base of the events of cases."""

    subject_type: ClassVar[str] = SUBJECT_TYPE


class CaseRegistered(CaseEvent):
    """A case came in."""

    topic: ClassVar[str] = "case.registered"
    wakes_handlers: ClassVar[bool] = False


class CaseMoved(CaseEvent):
    """A case moved in a way that only viewers need to know of."""

    topic: ClassVar[str] = "case.moved"
    wakes_handlers: ClassVar[bool] = False

    action: str


class AssignmentMoved(Event):
    """A unit's part in a case moved."""

    topic: ClassVar[str] = "case_assignment.moved"
    subject_type: ClassVar[str] = ASSIGNMENT
    wakes_handlers: ClassVar[bool] = False

    action: str


class RequestMoved(Event):
    """A request about a case moved."""

    topic: ClassVar[str] = "case_request.moved"
    subject_type: ClassVar[str] = REQUEST
    wakes_handlers: ClassVar[bool] = False

    action: str


class CaseDispatched(CaseEvent):
    """A case reached a unit."""

    topic: ClassVar[str] = "case.dispatched"

    unit_id: UUID


class CaseSteppedUp(CaseEvent):
    """A case became a problem order (R-17)."""

    topic: ClassVar[str] = "case.stepped_up"


class CaseSupplemented(CaseEvent):
    """The citizen added something to a case."""

    topic: ClassVar[str] = "case.supplemented"

    record_id: UUID


class CaseReplied(CaseEvent):
    """A case has its reply."""

    topic: ClassVar[str] = "case.replied"
    wakes_handlers: ClassVar[bool] = False


class CaseRated(CaseEvent):
    """The citizen judged the reply: 1 to 5 stars, of which up to 2 are a bad review."""

    topic: ClassVar[str] = "case.rated"

    stars: int
    solved: Solved | None
