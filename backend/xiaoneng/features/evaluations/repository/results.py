"""SQL of results."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from xiaoneng.features.evaluations.models.ballots import EvaluationBallot
from xiaoneng.features.evaluations.models.results import EvaluationResult, EvaluationScore
from xiaoneng.kit.db import Session

_BALLOT = sa.inspect(EvaluationBallot).local_table.c
_RESULT = sa.inspect(EvaluationResult).local_table.c
_SCORE = sa.inspect(EvaluationScore).local_table.c


async def ballots(session: Session, round_id: UUID) -> Sequence[Any]:
    """The ballots in the box."""
    query = sa.select(_BALLOT.category, _BALLOT.answers).where(_BALLOT.round_id == round_id)
    return (await session.execute(query)).all()


async def versions(session: Session, round_id: UUID, *, published: bool) -> Sequence[EvaluationResult]:
    """The versions of a round, the newest first; of units and everybody only those that were published."""
    query = sa.select(EvaluationResult).where(_RESULT.round_id == round_id)
    if published:
        query = query.where(_RESULT.published_at.is_not(None))
    return (await session.scalars(query.order_by(_RESULT.version.desc()))).all()


async def scores(session: Session, result_id: UUID) -> Sequence[EvaluationScore]:
    """What a version says, in the order of the scheme."""
    query = sa.select(EvaluationScore).where(_SCORE.result_id == result_id).order_by(_SCORE.place)
    return (await session.scalars(query)).all()
