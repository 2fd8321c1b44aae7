"""One action on many cases."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from xiaoneng.features.cases.schemas.actions import DispatchInput
from xiaoneng.kit.schemas import Input, Reason, Schema

MAX_CASES = 100
CaseIds = Annotated[list[UUID], Field(min_length=1, max_length=MAX_CASES, description="诉求，至多 100 件")]


class BulkDispatch(DispatchInput):
    """Hand several cases to the same units."""

    case_ids: CaseIds


class BulkUrge(Input):
    """Remind the units of several cases with one reason."""

    case_ids: CaseIds
    reason: Reason


class BulkOutcome(Schema):
    """What became of one case: done, or the code and title of the problem that its own route would answer."""

    case_id: UUID
    no: str | None
    done: bool
    code: str | None
    title: str | None


class BulkResult(Schema):
    """What became of each case, in the order asked for."""

    done: int
    refused: int
    items: list[BulkOutcome]
