"""What supervision tells the rest of the product."""

from typing import ClassVar
from uuid import UUID

from xiaoneng.core.outbox.events import Event
from xiaoneng.features.supervision.models.instructions import INSTRUCTION
from xiaoneng.features.supervision.models.listings import LISTING


class InstructionGiven(Event):
    """A leader's instruction reached an addressee."""

    topic: ClassVar[str] = "case_instruction.given"
    subject_type: ClassVar[str] = INSTRUCTION


class InstructionMoved(Event):
    """An instruction moved in a way that only viewers need to know of."""

    topic: ClassVar[str] = "case_instruction.moved"
    subject_type: ClassVar[str] = INSTRUCTION
    wakes_handlers: ClassVar[bool] = False

    action: str


class CaseListed(Event):
    """A case is listed: its unit reports every week."""

    topic: ClassVar[str] = "case_listing.listed"
    subject_type: ClassVar[str] = LISTING

    unit_id: UUID


class ListingMoved(Event):
    """A listing moved in a way that only viewers need to know of."""

    topic: ClassVar[str] = "case_listing.moved"
    subject_type: ClassVar[str] = LISTING
    wakes_handlers: ClassVar[bool] = False

    action: str
