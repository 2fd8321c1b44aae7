"""What the ledger tells the rest of the product."""

from typing import ClassVar
from uuid import UUID

from xiaoneng.core.outbox.events import Event
from xiaoneng.features.rectification.models.items import SUBJECT_TYPE


class ItemEvent(Event):
    """Base of the ledger's events."""

    subject_type: ClassVar[str] = SUBJECT_TYPE


class ItemOpened(ItemEvent):
    """An item stands in the ledger and waits for its plan."""

    topic: ClassVar[str] = "rectification_item.opened"


class ItemMoved(ItemEvent):
    """An item moved in a way that only viewers need to know of."""

    topic: ClassVar[str] = "rectification_item.moved"
    wakes_handlers: ClassVar[bool] = False

    action: str


class ItemUrged(ItemEvent):
    """Somebody who oversees the ledger reminds the unit of an item."""

    topic: ClassVar[str] = "rectification_item.urged"

    urge_id: UUID
    """Tells one urging from the next, so that each is told once."""
    reason: str
    by_name: str


class ItemClosed(ItemEvent):
    """An item was closed (销号)."""

    topic: ClassVar[str] = "rectification_item.closed"
    wakes_handlers: ClassVar[bool] = False


class ItemRebounded(ItemEvent):
    """A closed item came back; the next bulletin tells of it (R-08)."""

    topic: ClassVar[str] = "rectification_item.rebounded"
    wakes_handlers: ClassVar[bool] = False

    check_id: UUID | None
