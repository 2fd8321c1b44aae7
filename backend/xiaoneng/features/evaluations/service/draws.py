"""Committing to a pool, drawing with public entropy, and showing it so that anyone can repeat it (R-50, R-51)."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.features.evaluations.errors.rounds import (
    EntropyInPast,
    EntropyNotYet,
    LotUnknown,
    PoolTooSmall,
    ReserveUsedUp,
    StratumTooSmall,
)
from xiaoneng.features.evaluations.models.content import SchemeContent
from xiaoneng.features.evaluations.models.rounds import (
    DrawStatus,
    EvaluationDraw,
    EvaluationLot,
    EvaluationRound,
    LotState,
)
from xiaoneng.features.evaluations.repository import pool as people
from xiaoneng.features.evaluations.repository import rounds as repository
from xiaoneng.features.evaluations.rules import draws as rules
from xiaoneng.features.evaluations.schemas.rounds import DrawFile, DrawTrace, QuotaRead, RoundDrawRead, SealPoolInput
from xiaoneng.kit import clock, ids, lots
from xiaoneng.kit.crypto import provider
from xiaoneng.kit.db import Session

FORMAT = "xiaoneng-draw-1"
ALGORITHM = (
    "order of SHA-256(entropy + ' / ' + pool_hash + ' / ' + category + '\\n' + label) within each category; "
    "pool_hash = SHA-256 of the sorted lines 'category label' joined by '\\n'"
)
_LABEL_BYTES = 8


async def seal(session: Session, actor: Actor, row: EvaluationRound, body: SealPoolInput) -> EvaluationDraw:
    """Fix the pool and say which entropy will draw from it.

    Staff of rated units are left out (R-51). Raises EntropyInPast, PoolTooSmall and StratumTooSmall.
    """
    if body.entropy_on <= clock.today():
        raise EntropyInPast
    content = SchemeContent.model_validate(row.content)
    chosen, excluded = await _eligible(session, content)
    quotas = _quotas(content, chosen)
    draw_id = ids.new_id()
    made = [_lot(draw_id, person) for person in chosen]
    before = await repository.draws(session, row.id)
    draw = EvaluationDraw(
        id=draw_id,
        round_id=row.id,
        seq=len(before) + 1,
        size=content.draw_size,
        quotas=quotas,
        pool_count=len(made),
        excluded_count=excluded,
        pool_hash=lots.fingerprint([rules.line(one["category"], one["label"]) for one in made]),
        entropy_source=body.entropy_source,
        entropy_on=body.entropy_on,
        committed_at=clock.now(),
        committed_by_name=actor.name,
    )
    session.add(draw)
    await repository.add_lots(session, made)
    return draw


async def _eligible(session: Session, content: SchemeContent) -> tuple[Sequence[Any], int]:
    """Who can be drawn, and how many are left out as staff of rated units; only categories of the scheme take part."""
    rated = await organization.subtree(session, {one.unit_id for group in content.groups for one in group.objects})
    known = await people.eligible(session)
    chosen = [person for person in known if person.employer_id not in rated]
    if len(chosen) < content.pool_minimum:
        left_out = len(known) - len(chosen)
        raise PoolTooSmall(f"可抽取 {len(chosen)} 人，少于 {content.pool_minimum} 人；被评单位人员 {left_out} 人不计")
    judges = {one.category for one in content.raters}
    return [person for person in chosen if person.category in judges], len(known) - len(chosen)


def _quotas(content: SchemeContent, chosen: Sequence[Any]) -> dict[str, int]:
    sizes = {one.category.value: 0 for one in content.raters}
    for person in chosen:
        sizes[person.category] += 1
    fixed = {one.category.value: one.quota for one in content.raters if one.quota is not None}
    quotas = fixed or rules.largest_remainder(content.draw_size, sizes)
    for category, quota in quotas.items():
        if quota > sizes[category]:
            raise StratumTooSmall(f"{category}: {sizes[category]} < {quota}")
    if sum(quotas.values()) != content.draw_size:
        raise StratumTooSmall
    return quotas


def _lot(draw_id: UUID, person: Any) -> dict[str, Any]:
    """A lot; its label is a keyed hash, so that nobody without the key finds out who it is."""
    label = provider().lookup_hash(f"{draw_id} {person.id}")[:_LABEL_BYTES].hex()
    about = {"draw_id": draw_id, "label": label, "category": person.category, "representative_id": person.id}
    return {**about, "place": None, "state": LotState.POOL, "refusal": None}


async def reveal(session: Session, actor: Actor, row: EvaluationRound, entropy: str) -> EvaluationDraw:
    """Draw with the entropy that came out. Raises EntropyNotYet."""
    draw = await repository.standing(session, row.id)
    if clock.today() < draw.entropy_on:
        raise EntropyNotYet
    by_category: dict[str, list[str]] = {category: [] for category in draw.quotas}
    for one in await repository.lots(session, draw.id):
        by_category[one.category].append(one.label)
    ordered = rules.order(entropy, draw.pool_hash, by_category)
    placed = [
        (label, place, LotState.DRAWN if place <= draw.quotas[category] else LotState.RESERVE)
        for category, labels in ordered.items()
        for place, label in enumerate(labels, 1)
    ]
    await repository.place_lots(session, draw.id, placed)
    draw.status, draw.entropy = DrawStatus.DRAWN, entropy
    draw.drawn_at, draw.drawn_by_name = clock.now(), actor.name
    return draw


async def supersede(session: Session, row: EvaluationRound, reason: str) -> EvaluationDraw:
    """End the draw that stands; it stays on record with the reason."""
    draw = await repository.standing(session, row.id)
    draw.status, draw.superseded_reason = DrawStatus.SUPERSEDED, reason
    await session.flush()
    return draw


async def replace(session: Session, row: EvaluationRound, label: str, reason: str) -> EvaluationLot:
    """Put the first of the reserve in the place of somebody who refused. Raises LotUnknown and ReserveUsedUp."""
    draw = await repository.standing(session, row.id)
    gone = await repository.lot(session, draw.id, label)
    if gone is None:
        raise LotUnknown
    reserve = await repository.next_reserve(session, draw.id, gone.category)
    if reserve is None:
        raise ReserveUsedUp
    gone.state, gone.refusal = LotState.REFUSED, reason
    reserve.state = LotState.DRAWN
    return reserve


async def reads(session: Session, round_id: UUID) -> list[RoundDrawRead]:
    """The draws of a round as the API shows them, the newest first."""
    draws = await repository.draws(session, round_id)
    refused = await repository.refused(session, [draw.id for draw in draws]) if draws else {}
    return [_read(draw, refused) for draw in draws]


def _read(draw: EvaluationDraw, refused: Mapping[UUID, int]) -> RoundDrawRead:
    quotas = [QuotaRead.model_validate({"category": name, "quota": quota}) for name, quota in draw.quotas.items()]
    told = {name: getattr(draw, name) for name in RoundDrawRead.model_fields if hasattr(draw, name)}
    return RoundDrawRead.model_validate({**told, "quotas": quotas, "refused": refused.get(draw.id, 0)})


async def file(session: Session, row: EvaluationRound) -> DrawFile | None:
    """What anyone needs to repeat the draw that stands; None before there is one."""
    draws = await repository.draws(session, row.id)
    draw = next((one for one in draws if one.status is not DrawStatus.SUPERSEDED), None)
    if draw is None:
        return None
    found = await repository.lots(session, draw.id)
    states = {state: [one.label for one in found if one.state is state] for state in LotState}
    return DrawFile(
        format=FORMAT,
        round=row.no,
        title=row.title,
        seq=draw.seq,
        algorithm=ALGORITHM,
        quotas=draw.quotas,
        pool=sorted(rules.line(one.category, one.label) for one in found),
        pool_hash=draw.pool_hash,
        entropy_source=draw.entropy_source,
        entropy_on=draw.entropy_on,
        entropy=draw.entropy,
        refused=sorted(states[LotState.REFUSED]),
        drawn=sorted(states[LotState.DRAWN]),
        superseded=[_trace(one) for one in draws if one.status is DrawStatus.SUPERSEDED],
    )


def _trace(draw: EvaluationDraw) -> DrawTrace:
    told = {name: getattr(draw, name) for name in ("seq", "pool_hash", "entropy_source", "entropy")}
    return DrawTrace(**told, reason=draw.superseded_reason or "")


def content_hash(content: Mapping[str, Any]) -> str:
    """The SHA-256 of a frozen scheme in canonical JSON."""
    return hashlib.sha256(SchemeContent.model_validate(content).model_dump_json().encode()).hexdigest()
