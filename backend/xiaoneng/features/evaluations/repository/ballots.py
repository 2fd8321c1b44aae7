"""SQL of ballots. Nothing here joins codes with ballots."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from xiaoneng.features.evaluations.models.ballots import BallotCode, BallotEnvelope, BallotReceipt, EvaluationBallot
from xiaoneng.features.evaluations.models.rounds import EvaluationRound, RoundStatus
from xiaoneng.features.evaluations.models.schemes import RaterCategory
from xiaoneng.kit.bulk import copy_rows
from xiaoneng.kit.db import Session

_CODE = sa.inspect(BallotCode).local_table.c
_ENVELOPE = sa.inspect(BallotEnvelope).local_table.c
_RECEIPT = sa.inspect(BallotReceipt).local_table.c
_ROUND = sa.inspect(EvaluationRound).local_table.c


async def add_codes(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write codes."""
    await copy_rows(session, BallotCode, rows)


async def open_codes(session: Session, round_id: UUID) -> Sequence[Any]:
    """The codes of a round that have not been used."""
    query = sa.select(_CODE.id, _CODE.category).where(_CODE.round_id == round_id, _CODE.spent.is_(False))
    return (await session.execute(query)).all()


async def turnout(session: Session, round_id: UUID) -> Sequence[Any]:
    """Codes and used codes by category."""
    returned = sa.func.count().filter(_CODE.spent).label("returned")
    query = sa.select(_CODE.category, sa.func.count().label("issued"), returned)
    return (await session.execute(query.where(_CODE.round_id == round_id).group_by(_CODE.category))).all()


async def hold_open(session: Session, round_id: UUID) -> EvaluationRound | None:
    """The round if it is open, so that it is not closed before the ballot is in."""
    query = sa.select(EvaluationRound).where(_ROUND.id == round_id, _ROUND.status == RoundStatus.OPEN)
    return await session.scalar(query.with_for_update(read=True))


async def spend(session: Session, round_id: UUID, code_hash: bytes) -> RaterCategory | None:
    """Use a code; its category, or None when it cannot be used. Of several at once one alone gets it."""
    unused = (_CODE.round_id == round_id, _CODE.code_hash == code_hash, _CODE.spent.is_(False))
    used: RaterCategory | None = await session.scalar(
        sa.update(BallotCode).where(*unused).values(spent=True).returning(_CODE.category)
    )
    return used


async def take_envelopes(session: Session, round_id: UUID) -> Sequence[Any]:
    """Lock what waits for the box; what another shuffler has is skipped."""
    query = sa.select(_ENVELOPE.id, _ENVELOPE.content).where(_ENVELOPE.round_id == round_id)
    return (await session.execute(query.with_for_update(skip_locked=True))).all()


async def into_box(
    session: Session, moved: Sequence[UUID], ballots: Sequence[Mapping[str, Any]], receipts: Sequence[Mapping[str, Any]]
) -> None:
    """Put ballots and receipts into their tables, each in its own order, and throw the envelopes away."""
    await session.execute(sa.delete(BallotEnvelope).where(_ENVELOPE.id.in_(list(moved))))
    await copy_rows(session, EvaluationBallot, ballots)
    await copy_rows(session, BallotReceipt, receipts)


async def open_rounds(session: Session) -> Sequence[UUID]:
    """The rounds that take ballots."""
    return (await session.scalars(sa.select(_ROUND.id).where(_ROUND.status == RoundStatus.OPEN))).all()


async def receipts(session: Session, round_id: UUID) -> Sequence[str]:
    """The receipts of a round."""
    query = sa.select(_RECEIPT.receipt).where(_RECEIPT.round_id == round_id).order_by(_RECEIPT.receipt)
    return (await session.scalars(query)).all()
