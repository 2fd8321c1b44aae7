"""Figures and small arithmetic of cases. Every figure is a default of domain.md with its source."""

import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from xiaoneng.features.cases.models.case import (
    Case,
    CaseChannel,
    CaseFlag,
    CaseKind,
    CaseStatus,
    Identity,
    Solved,
    Urgency,
)
from xiaoneng.features.cases.models.merges import Trait

APPEAL_POLICY = "case.appeal"
"""The time policy of appeals (SM-25); its kinds are what they are against."""
WHISTLE_POLICY = "case.whistle"
DISPUTE_POLICY = "case.dispute"
"""SM-5: its window says how long a closed case can be disputed."""
QUICK_POLICY = "case.quick_closure"
"""Its figure says within how many minutes a closure is quick."""
SOON = timedelta(days=3)
"""Local setting: what is due within these is due soon."""
SUPPLEMENTS_A_DAY = 5
"""Local setting: what a citizen may add to one case within 24 hours."""
MERGE_POLICY = "case.merge"
"""R-16: its window says how many days back cases are compared."""
ALIKE_PERCENT = 30
"""Local setting: from this likeness on a case is suggested as the same matter; the same caller's always is."""
_SAME_PLACE, _ALIKE_TEXT = 50, 25
_ALL = 100
_PAIR_SHIFT, _PAIR_MASK = 16, 0x7FFF_FFFF
_NUMBER = re.compile(r"[A-Z]{1,4}[0-9]{8,}")
_WEIGHTS = {"text": 50, "place": 25, "category": 10, "caller": 15}
CALL_BACK_ATTEMPTS = 3
"""R-14."""
RATING_WINDOW_WORKING_DAYS = 5
BAD_STARS = 2
"""国办发〔2019〕51号: the lower two of five levels are a bad review."""
RECEIPT_NUMBER_DIGITS = 8
RECEIPT_SECRET_DIGITS = 20
"""66 bits, Argon2id on top (security.md bar 2)."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the citizen keeps; the secret is shown once."""

    number: str
    secret: str


def new_receipt() -> Receipt:
    """Draw a receipt from the system's randomness."""
    return Receipt(_digits(RECEIPT_NUMBER_DIGITS), _digits(RECEIPT_SECRET_DIGITS))


def _digits(count: int) -> str:
    return str(secrets.randbelow(10**count)).zfill(count)


def is_dissatisfied(solved: Solved, stars: int) -> bool:
    """Whether a citizen's answer sends a case back: not solved, or a bad review."""
    return solved is Solved.NO or stars <= BAD_STARS


def urgency_of(channel: CaseChannel, urgency: Urgency) -> Urgency:
    """S3-10: what comes through the enterprises' green channel is urgent at least."""
    raised = channel is CaseChannel.GREEN_CHANNEL and urgency is Urgency.NORMAL
    return Urgency.URGENT if raised else urgency


def identity_of(chosen: Identity | None, *, anonymous: bool, confidential: bool, has_caller: bool) -> Identity:
    """How a reporter is known: as chosen; else as the two flags of earlier callers say; else by whether there is a
    name or a number. Nobody is anonymous and confidential at once: where there is no caller, there is nothing to keep.
    """
    if chosen is not None:
        return chosen
    if anonymous or not has_caller:
        return Identity.ANONYMOUS
    return Identity.CONFIDENTIAL if confidential else Identity.REAL_NAME


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two cases are: `text` and `place` in percent as trigrams tell, the rest as it is (R-16)."""

    text: int
    place: int
    same_category: bool
    same_caller: bool

    @property
    def percent(self) -> int:
        """All of it together, from 0 to 100."""
        same = {"category": _ALL * self.same_category, "caller": _ALL * self.same_caller}
        shares = {"text": self.text, "place": self.place, **same}
        return sum(_WEIGHTS[name] * share for name, share in shares.items()) // _ALL

    @property
    def traits(self) -> list[Trait]:
        """What a person is told about it, the strongest first."""
        found = {
            Trait.CALLER: self.same_caller,
            Trait.PLACE: self.place >= _SAME_PLACE,
            Trait.CATEGORY: self.same_category,
            Trait.TEXT: self.text >= _ALIKE_TEXT,
        }
        return [trait for trait, holds in found.items() if holds]

    @property
    def is_worth_a_look(self) -> bool:
        """Whether a person should decide."""
        return self.same_caller or self.percent >= ALIKE_PERCENT


def flags(case: Case, quick_minutes: int | None) -> list[CaseFlag]:
    """What about a case deserves a second look; `quick_minutes` is the figure in force when its unit got it.

    A false closure: the citizen disputed it and has not said since that it is solved, or it is closed although they
    said that it is not. A quick one: the unit declared it done within that many minutes. A merged case did not.
    """
    disputed = case.disputed_at is not None and case.solved is not Solved.YES
    against_their_word = case.status is CaseStatus.CLOSED and case.solved is Solved.NO
    found = [CaseFlag.FALSE_CLOSURE] if disputed or against_their_word else []
    if quick_minutes and case.merged_into_id is None and case.dispatched_at and case.replied_at:
        took = case.replied_at - case.dispatched_at
        if timedelta() <= took < timedelta(minutes=quick_minutes):
            found.append(CaseFlag.QUICK_CLOSURE)
    return found


def policy_code(kind: CaseKind, urgency: Urgency) -> str:
    """The name of the time policy that a case falls under."""
    return f"case.{kind}.{urgency}"


def policy_scopes(channel: CaseChannel) -> tuple[str, ...]:
    """The channel's own time policies go before those of all channels (S3-08, S3-10)."""
    return (f"channel.{channel}",)


def pairs_of(text: str) -> list[int]:
    """The pairs of neighbouring characters of a text, each once, as numbers that an index can hold.

    Blanks do not separate: a title and its next line may meet. Different pairs may share a number.
    """
    plain = "".join(text.casefold().split())
    return sorted({((ord(one) << _PAIR_SHIFT) ^ ord(next_one)) & _PAIR_MASK for one, next_one in pairwise(plain)})


def words_of(query: str) -> list[str]:
    """What a searched text asks for: its words, of two characters at least; all of it, where no word is that long."""
    words = [word for word in query.split() if len(word) > 1]
    return words or ["".join(query.split())]


def is_number(query: str) -> bool:
    """Whether a searched text is the number of a case."""
    return _NUMBER.fullmatch(query) is not None
