"""One action on many cases: each is judged on its own and stands or falls alone, all in one transaction."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import BaseModel

from xiaoneng.core.access.schemas import Actor, Command
from xiaoneng.features.cases.repository import cases as repository
from xiaoneng.features.cases.schemas.bulk import BulkOutcome, BulkResult
from xiaoneng.features.cases.service.door import DOOR
from xiaoneng.kit.db import Session
from xiaoneng.kit.problems import AppError, NotFound


async def perform_all(
    session: Session, actor: Actor, case_ids: Sequence[UUID], action: str, body: BaseModel, *, english: bool
) -> BulkResult:
    """Do an action on each case as it is now.

    Cases are locked in the order of their keys, whatever order they were named in, so that two who act on the same
    ones do not wait for each other in a circle.
    """
    outcomes = {
        case_id: await _one(session, actor, case_id, action, body, english=english) for case_id in sorted(set(case_ids))
    }
    items = [outcomes[case_id] for case_id in dict.fromkeys(case_ids)]
    done = sum(one.done for one in items)
    return BulkResult(done=done, refused=len(items) - done, items=items)


async def _one(
    session: Session, actor: Actor, case_id: UUID, action: str, body: BaseModel, *, english: bool
) -> BulkOutcome:
    no: str | None = None
    try:
        async with session.part():
            case = await repository.lock_visible(session, actor, case_id)
            if case is None:
                raise NotFound
            no = case.no
            await DOOR.perform(session, actor, case, Command(action, body, case.rev))
    except AppError as error:
        title = error.title_en if english else error.title_zh
        return BulkOutcome(case_id=case_id, no=no, done=False, code=error.code, title=title)
    return BulkOutcome(case_id=case_id, no=no, done=True, code=None, title=None)
