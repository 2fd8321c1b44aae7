"""One action on many cases: each is judged on its own and stands or falls alone, all in one transaction."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import BaseModel

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import Outcome
from xiaoneng.features.cases.models.case import Case
from xiaoneng.features.cases.repository import cases as repository
from xiaoneng.features.cases.schemas.bulk import BulkOutcome, BulkResult
from xiaoneng.features.cases.service.door import DOOR
from xiaoneng.kit.db import Session


async def perform_all(
    session: Session, actor: Actor, case_ids: Sequence[UUID], action: str, body: BaseModel, *, english: bool
) -> BulkResult:
    """Do an action on each case as it is now."""

    async def find(case_id: UUID) -> Case | None:
        return await repository.lock_visible(session, actor, case_id)

    outcomes = await DOOR.perform_each(session, actor, case_ids, find, (action, body))
    items = [_told(case_id, outcomes[case_id], english=english) for case_id in dict.fromkeys(case_ids)]
    done = sum(one.done for one in items)
    return BulkResult(done=done, refused=len(items) - done, items=items)


def _told(case_id: UUID, outcome: Outcome, *, english: bool) -> BulkOutcome:
    error = outcome.error
    title = (error.title_en if english else error.title_zh) if error else None
    return BulkOutcome(
        case_id=case_id, no=outcome.no, done=error is None, code=error.code if error else None, title=title
    )
