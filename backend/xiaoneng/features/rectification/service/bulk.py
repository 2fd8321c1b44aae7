"""One action on many items: each is judged on its own and stands or falls alone, all in one transaction."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import BaseModel

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import Outcome
from xiaoneng.features.rectification.models.items import RectificationItem
from xiaoneng.features.rectification.repository import items as repository
from xiaoneng.features.rectification.schemas.bulk import ItemOutcome, ItemsResult
from xiaoneng.features.rectification.service.returning import DOOR
from xiaoneng.kit.db import Session


async def perform_all(
    session: Session, actor: Actor, item_ids: Sequence[UUID], step: tuple[str, BaseModel], *, english: bool
) -> ItemsResult:
    """Do an action on each item as it is now."""

    async def find(item_id: UUID) -> RectificationItem | None:
        return await repository.find_visible(session, actor, item_id, for_update=True)

    outcomes = await DOOR.perform_each(session, actor, item_ids, find, step)
    items = [_told(item_id, outcomes[item_id], english=english) for item_id in dict.fromkeys(item_ids)]
    done = sum(one.done for one in items)
    return ItemsResult(done=done, refused=len(items) - done, items=items)


def _told(item_id: UUID, outcome: Outcome, *, english: bool) -> ItemOutcome:
    error = outcome.error
    title = (error.title_en if english else error.title_zh) if error else None
    return ItemOutcome(
        item_id=item_id, no=outcome.no, done=error is None, code=error.code if error else None, title=title
    )
