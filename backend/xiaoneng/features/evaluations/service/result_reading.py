"""Results as they are read: whole for those who run the evaluation, published ones for units and everybody."""

from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.features.evaluations.models.results import EvaluationResult, EvaluationScore
from xiaoneng.features.evaluations.models.rounds import EvaluationRound, RoundStatus
from xiaoneng.features.evaluations.repository import results as repository
from xiaoneng.features.evaluations.repository import rounds as round_rows
from xiaoneng.features.evaluations.rules.tally import shown
from xiaoneng.features.evaluations.schemas.results import (
    BoxFile,
    PublicResult,
    ResultRead,
    ResultVersion,
    ScoreRead,
)
from xiaoneng.features.evaluations.service import boxes, results
from xiaoneng.kit.db import Session
from xiaoneng.kit.problems import NotFound

_PERCENT = 100
_OUT = frozenset({RoundStatus.PUBLISHED, RoundStatus.COMPUTED, RoundStatus.FINAL})


async def _round(session: Session, actor: Actor, round_id: UUID) -> EvaluationRound:
    row = await round_rows.find(session, actor, round_id)
    if row is None:
        raise NotFound
    return row


async def read(session: Session, actor: Actor, round_id: UUID) -> ResultRead:
    """The newest version within sight: units see what was published. Raises NotFound."""
    await _round(session, actor, round_id)
    reach = actor.reach("evaluation:read")
    versions = await repository.versions(session, round_id, published=not reach.jurisdiction)
    if not versions:
        raise NotFound
    told = [ResultVersion.model_validate(_version(one)) for one in versions]
    scores = await _scores(session, versions[0], reach.units)
    return ResultRead(**told[0].model_dump(), scores=scores, versions=told)


def _version(made: EvaluationResult) -> dict[str, Any]:
    told = {name: getattr(made, name) for name in ResultVersion.model_fields if hasattr(made, name)}
    return {**told, "rate": _rate(made.returned, made.issued)}


async def _scores(session: Session, made: EvaluationResult, own: frozenset[UUID]) -> list[ScoreRead]:
    return [_score(one, made.issued, own) for one in await repository.scores(session, made.id)]


def _score(row: EvaluationScore, issued: int, own: frozenset[UUID]) -> ScoreRead:
    told = {name: getattr(row, name) for name in ScoreRead.model_fields if hasattr(row, name)}
    rate = _rate(row.replies, issued)
    if row.hidden:
        told, rate = {**told, "replies": None, "unknown": None}, None
    return ScoreRead.model_validate({**told, "rate": rate, "own": row.unit_id in own})


def _rate(part: int, whole: int) -> Decimal | None:
    return shown(Fraction(part * _PERCENT, whole)) if whole else None


async def public(session: Session, round_id: UUID) -> PublicResult:
    """The newest published version, whatever is being counted anew. Raises NotFound."""
    row = await round_rows.get(session, round_id)
    versions = await repository.versions(session, round_id, published=True)
    if row is None or row.status not in _OUT or not versions:
        raise NotFound
    told = {**_version(versions[0]), "title": row.title, "year": row.year, "final": row.status is RoundStatus.FINAL}
    scores = await _scores(session, versions[0], frozenset())
    return PublicResult.model_validate(
        {**{name: told[name] for name in PublicResult.model_fields if name in told}, "scores": scores}
    )


async def box(session: Session, actor: Actor, round_id: UUID) -> BoxFile:
    """The sealed box of the newest version. Raises NotFound."""
    row = await _round(session, actor, round_id)
    return await boxes.file(session, actor, row, await results.newest(session, row.id))
