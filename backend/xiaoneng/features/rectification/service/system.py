"""Items for the system's own work, beyond any one actor's sight."""

from collections.abc import Sequence
from uuid import UUID

from xiaoneng.core.worktime.schemas.clocks import Moved
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.rectification.models.items import SUBJECT_TYPE, RectificationItem
from xiaoneng.features.rectification.repository import items as repository
from xiaoneng.kit.db import Session
from xiaoneng.kit.problems import NotFound


async def get(session: Session, item_id: UUID) -> RectificationItem:
    """One item. Raises NotFound."""
    item = await repository.get(session, item_id)
    if item is None:
        raise NotFound
    return item


async def any_open(session: Session, item_ids: Sequence[UUID]) -> bool:
    """Whether one of some items is neither closed nor voided."""
    return bool(item_ids) and await repository.any_open(session, item_ids)


async def _follow(session: Session, moved: Sequence[Moved]) -> None:
    if moved:
        await repository.move_due(session, [(move.subject_id, move.due_at) for move in moved])


worktime.register_follower(SUBJECT_TYPE, _follow)
