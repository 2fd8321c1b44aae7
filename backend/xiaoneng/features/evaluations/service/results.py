"""Counting a round, publishing what was counted, and making it final (SM-10).

A tally is a new version with its own rows. Nothing of a version changes but that a second person publishes it.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.worktime.service import windows
from xiaoneng.features.evaluations.errors.results import (
    ObjectionsOpen,
    OwnTally,
    PartsIncomplete,
    ResultInvalid,
    VetoUnknown,
)
from xiaoneng.features.evaluations.models.content import SchemeContent
from xiaoneng.features.evaluations.models.results import EvaluationResult, EvaluationScore
from xiaoneng.features.evaluations.models.rounds import EvaluationRound
from xiaoneng.features.evaluations.repository import results as repository
from xiaoneng.features.evaluations.rules import tally as rules
from xiaoneng.features.evaluations.schemas.results import PartInput
from xiaoneng.features.evaluations.service import ballots, boxes
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.problems import NotFound

WINDOW = ("evaluation_result", "objection")


async def count(session: Session, actor: Actor, row: EvaluationRound, given: Sequence[PartInput]) -> EvaluationResult:
    """Count a round into a new version. Raises PartsIncomplete and VetoUnknown."""
    content = SchemeContent.model_validate(row.content)
    parts = _parts(content, given)
    issued = {one.category: one.issued for one in await ballots.turnout(session, row.id)}
    found = await repository.ballots(session, row.id)
    outcome = rules.tally(content, issued, [rules.Ballot(one.category, one.answers) for one in found], parts)
    before = await repository.versions(session, row.id, published=False)
    told = [{name: _text(value) for name, value in part._asdict().items()} for part in parts]
    made = EvaluationResult(
        round_id=row.id,
        version=len(before) + 1,
        box_hash=boxes.fingerprint(boxes.box(row.no, content, issued, told, found)),
        faults=outcome.faults,
        issued=outcome.issued,
        returned=outcome.returned,
        parts=told,
        tallied_at=clock.now(),
        tallied_by=actor.id,
        tallied_by_name=actor.name,
    )
    session.add(made)
    await session.flush()
    session.add_all(_rows(content, made.id, outcome.scores))
    return made


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _parts(content: SchemeContent, given: Sequence[PartInput]) -> list[rules.Part]:
    objects = sum(len(group.objects) for group in content.groups)
    by_place = {one.place: one for one in given}
    if len(by_place) < len(given) or any(place >= objects for place in by_place):
        raise PartsIncomplete
    for name in ("monthly", "work"):
        if sum(getattr(one, name) is not None for one in given) not in {0, objects}:
            raise PartsIncomplete
    if any(one.veto is not None and one.veto not in content.vetoes for one in given):
        raise VetoUnknown
    asked = [by_place.get(place) for place in range(objects)]
    return [rules.Part() if one is None else rules.Part(one.monthly, one.work, one.veto) for one in asked]


def _rows(content: SchemeContent, result_id: UUID, scores: Sequence[rules.Score]) -> list[EvaluationScore]:
    objects = [one for group in content.groups for one in group.objects]
    return [_row(content, result_id, score, objects[score.place]) for score in scores]


def _row(content: SchemeContent, result_id: UUID, score: rules.Score, judged: Any) -> EvaluationScore:
    same = ("place", "replies", "unknown", "rank", "ranked", "is_bottom", "hidden", "small", "reweighted", "veto")
    group = content.groups[score.group]
    return EvaluationScore(
        **{name: getattr(score, name) for name in same},
        result_id=result_id,
        group_name=group.name,
        is_key=group.is_key,
        unit_id=judged.unit_id,
        kind=judged.kind,
        name=judged.name,
        survey=rules.shown(score.survey),
        total=rules.shown(score.total),
        exact=boxes.exact(score.total),
        cells=[_cell(one) for one in score.cells],
    )


def _cell(cell: rules.Cell) -> dict[str, Any]:
    replies = None if cell.hidden else cell.replies
    mean = _text(rules.shown(cell.mean))
    return {"category": cell.category.value, "replies": replies, "mean": mean, "hidden": cell.hidden}


async def newest(session: Session, round_id: UUID) -> EvaluationResult:
    """The newest version of a round. Raises NotFound."""
    found = await repository.versions(session, round_id, published=False)
    if not found:
        raise NotFound
    return found[0]


async def publish(session: Session, actor: Actor, round_id: UUID) -> EvaluationResult:
    """Publish the newest version; objections are taken from now on. Raises OwnTally and ResultInvalid."""
    made = await newest(session, round_id)
    if made.tallied_by == actor.id:
        raise OwnTally
    if made.faults:
        raise ResultInvalid
    made.published_at, made.published_by, made.published_by_name = clock.now(), actor.id, actor.name
    made.objections_until = await windows.ends(session, *WINDOW, made.published_at) or made.published_at
    return made


async def settle(session: Session, round_id: UUID) -> EvaluationResult:
    """Let the published version stand. Raises ObjectionsOpen."""
    made = await newest(session, round_id)
    if made.objections_until is None or clock.now() <= made.objections_until:
        raise ObjectionsOpen
    return made
