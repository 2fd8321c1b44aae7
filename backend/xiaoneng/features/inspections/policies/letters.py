"""Who may do what with letters beyond the pivot; pure."""

from datetime import datetime

from xiaoneng.core.access.schemas import Actor, Standing
from xiaoneng.features.inspections.errors.letters import (
    AdmonishedAlready,
    NotAdmonished,
    NotOverdue,
    OwnLetter,
    ProposedAlready,
    SamePerson,
)
from xiaoneng.features.inspections.models.letters import Letter, LetterStatus
from xiaoneng.features.inspections.transitions.letters import AWAITING
from xiaoneng.kit.problems import AppError

Denial = type[AppError] | None
_UNSEEN = frozenset({LetterStatus.DRAFT, LetterStatus.COUNTERSIGNED, LetterStatus.ISSUED})
_AWAITING = frozenset(LetterStatus(state) for state in AWAITING.split())
_OF_UNIT = frozenset({"receive", "reply_plan", "reply_result"})


def standing(letter: Letter) -> Standing:
    """A letter concerns its unit from the day it is delivered on; one voided before that never does."""
    if letter.status in _UNSEEN or letter.delivered_at is None:
        return Standing()
    return Standing(units=frozenset([letter.to_unit_id]))


def is_overdue(letter: Letter, now: datetime) -> bool:
    """Whether something of the unit is due and its day has passed."""
    return letter.status in _AWAITING and letter.due_at is not None and now > letter.due_at


def denial(action: str, actor: Actor, letter: Letter, now: datetime) -> Denial:
    """Four eyes before issuing, nobody decides for their own unit, and the ladder is climbed step by step (R-05)."""
    if action not in _OF_UNIT and letter.to_unit_id in actor.member_units:
        return OwnLetter
    if action == "countersign" and actor.id == letter.drafted_by:
        return SamePerson
    if action in {"admonish", "propose_accountability"}:
        return _ladder(action, letter, now)
    return None


def _ladder(action: str, letter: Letter, now: datetime) -> Denial:
    if not is_overdue(letter, now):
        return NotOverdue
    if action == "admonish":
        return AdmonishedAlready if letter.admonished_at else None
    if letter.proposed_at:
        return ProposedAlready
    return None if letter.admonished_at else NotAdmonished
