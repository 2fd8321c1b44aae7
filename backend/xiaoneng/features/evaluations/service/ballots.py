"""Codes, ballots and the box (R-52, security bars 7 and 8).

A code is used and the sealed envelope kept in one transaction, so that nothing is lost; later, in other transactions,
envelopes are opened in shuffled batches and become ballots with new random keys.
"""

import json
import random
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change
from xiaoneng.features.evaluations.errors.ballots import (
    BallotEmpty,
    BallotMisshapen,
    CodeUnusable,
    NotClosed,
    NotOpen,
)
from xiaoneng.features.evaluations.models.ballots import BallotEnvelope
from xiaoneng.features.evaluations.models.content import SchemeContent
from xiaoneng.features.evaluations.models.rounds import ROUND, EvaluationRound, RoundStatus
from xiaoneng.features.evaluations.repository import ballots as repository
from xiaoneng.features.evaluations.repository import rounds as round_rows
from xiaoneng.features.evaluations.rules import ballots as rules
from xiaoneng.features.evaluations.schemas.ballots import (
    BallotForm,
    BallotInput,
    BallotTaken,
    CodeRead,
    CodeSheet,
    Receipts,
    TurnoutRead,
)
from xiaoneng.kit import ids
from xiaoneng.kit.crypto import provider
from xiaoneng.kit.db import Session
from xiaoneng.kit.problems import NotFound

_shuffler = random.SystemRandom()
_RECEIPT_BITS = 64
_VOTABLE = frozenset(
    {RoundStatus.OPEN, RoundStatus.CLOSED, RoundStatus.COMPUTED, RoundStatus.PUBLISHED, RoundStatus.FINAL}
)


async def issue(session: Session, row: EvaluationRound) -> int:
    """Make one code for everybody drawn, by category; how many."""
    draw = await round_rows.standing(session, row.id)
    made = []
    for category, quota in draw.quotas.items():
        for _ in range(quota):
            code_id = ids.unordered_id()
            hashed = provider().lookup_hash(rules.plain(_code(code_id)))
            made.append({"id": code_id, "round_id": row.id, "category": category, "code_hash": hashed, "spent": False})
    _shuffler.shuffle(made)
    await repository.add_codes(session, made)
    return len(made)


def _code(code_id: UUID) -> str:
    """A code follows from its key and a secret of this process: it is never stored."""
    return rules.code_of(provider().lookup_hash(f"ballot code {code_id}"))


async def sheet(session: Session, actor: Actor, round_id: UUID) -> CodeSheet:
    """The codes that are not used yet, to be printed; who looked is on record. Raises NotFound and NotOpen."""
    row = await round_rows.find(session, actor, round_id)
    if row is None:
        raise NotFound
    if row.status is not RoundStatus.OPEN:
        raise NotOpen
    timeline.record_read(session, actor.author, ROUND, row.id, Change("print_codes"))
    found = [
        CodeRead(category=one.category, code=_code(one.id)) for one in await repository.open_codes(session, row.id)
    ]
    return CodeSheet(items=sorted(found, key=lambda one: (one.category, one.code)))


async def turnout(session: Session, round_id: UUID) -> list[TurnoutRead]:
    """How many ballots have come, by category."""
    return [TurnoutRead.model_validate(one) for one in await repository.turnout(session, round_id)]


async def form(session: Session, round_id: UUID) -> BallotForm:
    """The questions of a round. Raises NotFound."""
    row = await round_rows.get(session, round_id)
    if row is None or row.status not in _VOTABLE:
        raise NotFound
    content = SchemeContent.model_validate(row.content)
    return BallotForm(
        id=row.id,
        title=row.title,
        status=row.status,
        objects=[one.name for group in content.groups for one in group.objects],
        indicators=[one.name for one in content.indicators],
        options=[one.name for one in content.options],
    )


async def cast(session: Session, round_id: UUID, body: BallotInput) -> BallotTaken:
    """Take a ballot. Raises NotOpen, BallotMisshapen, BallotEmpty and CodeUnusable."""
    row = await repository.hold_open(session, round_id)
    if row is None:
        raise NotOpen
    content = SchemeContent.model_validate(row.content)
    objects = sum(len(group.objects) for group in content.groups)
    if not rules.fits(body.answers, (objects, len(content.indicators), len(content.options))):
        raise BallotMisshapen
    if rules.is_empty(body.answers):
        raise BallotEmpty
    category = await repository.spend(session, round_id, provider().lookup_hash(rules.plain(body.code)))
    if category is None:
        raise CodeUnusable
    receipt = f"{_shuffler.getrandbits(_RECEIPT_BITS):016X}"
    content_text = json.dumps([category.value, body.answers, receipt])
    session.add(BallotEnvelope(round_id=round_id, content=content_text))
    return BallotTaken(receipt=receipt)


async def shuffle(session: Session, round_id: UUID, *, closing: bool = False) -> int:
    """Put envelopes into the box, shuffled; how many."""
    waiting = list(await repository.take_envelopes(session, round_id))
    _shuffler.shuffle(waiting)
    moved = waiting[: rules.to_move(len(waiting), closing=closing)]
    if not moved:
        return 0
    opened = [json.loads(one.content) for one in moved]
    ballots = [
        {"id": ids.unordered_id(), "round_id": round_id, "category": category, "answers": answers}
        for category, answers, _ in opened
    ]
    receipts = sorted(receipt for _, _, receipt in opened)
    await repository.into_box(
        session,
        [one.id for one in moved],
        sorted(ballots, key=lambda one: one["id"]),
        [{"round_id": round_id, "receipt": receipt} for receipt in receipts],
    )
    return len(moved)


async def shuffle_all(session: Session) -> None:
    """Do so for every open round."""
    for round_id in await repository.open_rounds(session):
        await shuffle(session, round_id)


async def receipts(session: Session, round_id: UUID) -> Receipts:
    """The receipts of all ballots. Raises NotFound and NotClosed."""
    row = await round_rows.get(session, round_id)
    if row is None or row.status not in _VOTABLE:
        raise NotFound
    if row.status is RoundStatus.OPEN:
        raise NotClosed
    return Receipts(items=list(await repository.receipts(session, round_id)))
