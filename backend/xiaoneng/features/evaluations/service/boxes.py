"""The sealed box: what a tally starts from, in one file that a second implementation counts again."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change
from xiaoneng.features.evaluations.models.content import SchemeContent
from xiaoneng.features.evaluations.models.results import EvaluationResult
from xiaoneng.features.evaluations.models.rounds import ROUND, EvaluationRound
from xiaoneng.features.evaluations.models.schemes import RaterCategory
from xiaoneng.features.evaluations.repository import results as repository
from xiaoneng.features.evaluations.schemas.results import Box, BoxFile, BoxResult
from xiaoneng.features.evaluations.service import ballots
from xiaoneng.kit.db import Session

FORMAT = "xiaoneng-box-1"


def box(
    no: str,
    content: SchemeContent,
    issued: Mapping[RaterCategory, int],
    parts: Sequence[Mapping[str, Any]],
    found: Sequence[Any],
) -> Box:
    """The box of a round; the order of its ballots follows from what they say."""
    told = [{"category": one.category, "answers": one.answers} for one in found]
    told.sort(key=lambda one: json.dumps([one["category"], one["answers"]]))
    return Box.model_validate(
        {
            "format": FORMAT,
            "round": no,
            "scheme": content,
            "issued": dict(sorted(issued.items())),
            "parts": parts,
            "ballots": told,
        }
    )


def fingerprint(one: Box) -> str:
    """The SHA-256 of a box in canonical JSON: keys sorted, no spaces."""
    told = json.dumps(one.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def exact(value: Fraction | None) -> str | None:
    """An unrounded score as `numerator/denominator`."""
    return None if value is None else f"{value.numerator}/{value.denominator}"


async def file(session: Session, actor: Actor, row: EvaluationRound, made: EvaluationResult) -> BoxFile:
    """The box of a version with what was counted; who took it is on record."""
    timeline.record_read(session, actor.author, ROUND, row.id, Change("export_box"))
    content = SchemeContent.model_validate(row.content)
    issued = {one.category: one.issued for one in await ballots.turnout(session, row.id)}
    sealed = box(row.no, content, issued, made.parts, await repository.ballots(session, row.id))
    told = await repository.scores(session, made.id)
    return BoxFile(
        box=sealed,
        box_hash=made.box_hash,
        version=made.version,
        faults=made.faults,
        results=[BoxResult.model_validate(one, from_attributes=True) for one in told],
    )
