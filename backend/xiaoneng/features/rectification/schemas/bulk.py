"""One action on many items."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from xiaoneng.features.rectification.schemas.actions import ExtensionInput
from xiaoneng.kit.schemas import Input, Reason, Schema

MAX_ITEMS = 100
ItemIds = Annotated[list[UUID], Field(min_length=1, max_length=MAX_ITEMS, description="整改项，至多 100 项")]


class BulkItemUrge(Input):
    """Remind the units of several items with one reason."""

    item_ids: ItemIds
    reason: Reason


class BulkItemAssign(Input):
    """Make one person answer for several items of their unit."""

    item_ids: ItemIds
    responsible_person_id: UUID


class BulkItemExtension(ExtensionInput):
    """Ask for more time for several items, until one date and for one reason."""

    item_ids: ItemIds


class ItemOutcome(Schema):
    """What became of one item: done, or the code and title of the problem that its own route would answer."""

    item_id: UUID
    no: str | None
    done: bool
    code: str | None
    title: str | None


class ItemsResult(Schema):
    """What became of each item, in the order asked for."""

    done: int
    refused: int
    items: list[ItemOutcome]
