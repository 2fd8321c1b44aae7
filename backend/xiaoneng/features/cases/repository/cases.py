"""SQL of single cases with their contacts and receipts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from xiaoneng.core.access.schemas import Actor
from xiaoneng.features.cases.models.case import (
    Case,
    CaseContact,
    CaseReceipt,
    ContactKind,
    ReceiptAttempt,
)
from xiaoneng.features.cases.repository.sight import CASE, Sight, sight_of, values_of, visible
from xiaoneng.kit.db import Session
from xiaoneng.kit.many import rows_as_table
from xiaoneng.kit.statements import Prepared

RECORDS = 200
_BLANK = {name: field.get_default() for name, field in Case.model_fields.items() if not field.is_required()}


def as_read(row: Mapping[str, Any]) -> Case:
    """A case that is being written, to be looked at only: it reads like the entity, unknown to the mapper."""
    return cast("Case", SimpleNamespace(**{**_BLANK, **row}))


async def lock_visible(session: Session, actor: Actor, case_id: UUID) -> Case | None:
    """One case within the actor's sight, locked until the transaction ends."""
    values = {"case_id": case_id, **values_of(actor)}
    return (await session.scalars(_locked_query(sight_of(actor)), values)).one_or_none()


@lru_cache(maxsize=128)
def _locked_query(sight: Sight) -> sa.Select[Case]:
    wanted = col(Case.id) == sa.bindparam("case_id", type_=sa.Uuid())
    return sa.select(Case).where(wanted, visible(sight)).with_for_update()


async def get(session: Session, case_id: UUID, *, for_update: bool = False) -> Case | None:
    """One case for work of the system itself."""
    return await session.get(Case, case_id, with_for_update=for_update)


async def find_external(session: Session, source: str, external_no: str) -> Case | None:
    """The case that a source knows by its own number, locked."""
    query = sa.select(Case).where(col(Case.source) == source, col(Case.external_no) == external_no).with_for_update()
    return await session.scalar(query)


_EXTERNAL = Prepared(
    sa.select(CASE.no).where(CASE.source == sa.bindparam("source"), CASE.external_no == sa.bindparam("external_no"))
)


async def number_of_external(session: Session, source: str, external_no: str) -> str | None:
    """Our number of the case that a source knows by its own."""
    found = await session.fetch(_EXTERNAL, source=source, external_no=external_no)
    return found[0].no if found else None


async def contacts(session: Session, case_id: UUID) -> Sequence[CaseContact]:
    """The conversations and notes on record, newest first, as many as a page holds."""
    query = sa.select(CaseContact).where(col(CaseContact.case_id) == case_id)
    newest = query.order_by(col(CaseContact.at).desc(), col(CaseContact.id).desc()).limit(RECORDS)
    return (await session.scalars(newest)).all()


async def count_contacts(session: Session, case_id: UUID, kind: ContactKind) -> int:
    """How many conversations or attempts of a kind are on record."""
    query = sa.select(sa.func.count()).where(col(CaseContact.case_id) == case_id, col(CaseContact.kind) == kind)
    return await session.scalar(query) or 0


async def written(session: Session, case_id: UUID) -> Sequence[CaseContact]:
    """What the citizen wrote about a case by its receipt, oldest first."""
    theirs = (ContactKind.SUPPLEMENT, ContactKind.DISPUTE)
    query = sa.select(CaseContact).where(col(CaseContact.case_id) == case_id, col(CaseContact.kind).in_(theirs))
    return (await session.scalars(query.order_by(col(CaseContact.at)).limit(RECORDS))).all()


async def said(session: Session, case_id: UUID) -> Sequence[CaseContact]:
    """What the citizen wrote about a case by its receipt, or answered when called back, oldest first."""
    wrote = col(CaseContact.kind).in_((ContactKind.SUPPLEMENT, ContactKind.DISPUTE))
    theirs = sa.or_(
        wrote, sa.and_(col(CaseContact.kind) == ContactKind.CALL_BACK, col(CaseContact.solved).is_not(None))
    )
    query = sa.select(CaseContact).where(col(CaseContact.case_id) == case_id, theirs)
    return (await session.scalars(query.order_by(col(CaseContact.at)).limit(RECORDS))).all()


async def save_receipt(session: Session, row: Mapping[str, Any]) -> None:
    """Store a receipt in place of an earlier one of the same case."""
    statement = insert(CaseReceipt).values(**row)
    replaced = {name: value for name, value in row.items() if name != "case_id"}
    await session.execute(statement.on_conflict_do_update(index_elements=["case_id"], set_=replaced))


async def find_receipt(session: Session, number: str) -> CaseReceipt | None:
    """A receipt by its public number."""
    return await session.scalar(sa.select(CaseReceipt).where(col(CaseReceipt.number) == number))


async def count_attempt(session: Session, number: str, window_start: datetime) -> int:
    """Add one attempt to a window and return how many it holds now."""
    statement = insert(ReceiptAttempt).values(number=number, window_start=window_start, count=1)
    grown = statement.on_conflict_do_update(
        index_elements=["number", "window_start"], set_={"count": col(ReceiptAttempt.count) + 1}
    )
    return await session.scalar(grown.returning(col(ReceiptAttempt.count))) or 0


async def move_due(session: Session, dues: Sequence[tuple[UUID, datetime]]) -> None:
    """Let the due dates that lists sort by follow those of the clocks."""
    moved = rows_as_table("new", {"key": sa.Uuid(), "due": CASE.due_at.type}, dues)
    change = sa.update(Case).where(CASE.id == moved.c.key).values(due_at=moved.c.due)
    await (await session.connection()).execute(change)
