"""Items for the system's own work, beyond any one actor's sight."""

from uuid import UUID

from xiaoneng.features.rectification import repository
from xiaoneng.features.rectification.models import RectificationItem
from xiaoneng.kit.db import Session
from xiaoneng.kit.problems import NotFound


async def get(session: Session, item_id: UUID) -> RectificationItem:
    """One item. Raises NotFound."""
    item = await repository.get(session, item_id)
    if item is None:
        raise NotFound
    return item
