"""What evaluations tell the rest of the product."""

from typing import ClassVar

from xiaoneng.core.outbox.events import Event
from xiaoneng.features.evaluations.models.pool import REPRESENTATIVE
from xiaoneng.features.evaluations.models.rounds import ROUND
from xiaoneng.features.evaluations.models.schemes import SCHEME


class SchemeMoved(Event):
    """A scheme moved in a way that only viewers need to know of."""

    topic: ClassVar[str] = "evaluation_scheme.moved"
    subject_type: ClassVar[str] = SCHEME
    wakes_handlers: ClassVar[bool] = False

    action: str


class PoolMoved(Event):
    """A representative came or went: only viewers need to know."""

    topic: ClassVar[str] = "evaluation_pool.moved"
    subject_type: ClassVar[str] = REPRESENTATIVE
    wakes_handlers: ClassVar[bool] = False

    action: str


class RoundMoved(Event):
    """A round moved in a way that only viewers need to know of."""

    topic: ClassVar[str] = "evaluation_round.moved"
    subject_type: ClassVar[str] = ROUND
    wakes_handlers: ClassVar[bool] = False

    action: str
