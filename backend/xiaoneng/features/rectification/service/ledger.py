"""Moving items: the one door through which an item changes its state."""

from uuid import UUID

from xiaoneng.core.access.schemas import Actor, Command
from xiaoneng.features.rectification.models.items import RectificationItem
from xiaoneng.features.rectification.repository import items as repository
from xiaoneng.features.rectification.service.returning import DOOR
from xiaoneng.kit.db import Session


async def perform(session: Session, actor: Actor, item_id: UUID, command: Command) -> RectificationItem:
    """Do one action on an item, or nothing at all. Raises what `Door.perform` raises."""
    item = await repository.find_visible(session, actor, item_id, for_update=True)
    return await DOOR.perform(session, actor, item, command)
