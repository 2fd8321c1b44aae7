"""What the routes of items share."""

from uuid import UUID

from pydantic import BaseModel

from xiaoneng.core.access.deps import Acting
from xiaoneng.features.rectification.schemas.items import ItemRead
from xiaoneng.features.rectification.service import ledger, reading
from xiaoneng.kit.http import tagged


async def act(acting: Acting, item_id: UUID, action: str, body: BaseModel) -> ItemRead:
    """Do one action and answer with the item as it is then."""
    item = await ledger.perform(acting.session, acting.actor, item_id, acting.command(action, body))
    return tagged(acting.response, await reading.read(acting.session, acting.actor, item))
