"""SQL of cases."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlmodel import col

from xiaoneng.core.access.schemas import Actor
from xiaoneng.features.cases.models.case import (
    Case,
    CaseContact,
    CaseReceipt,
    CaseStatus,
    ContactKind,
    ReceiptAttempt,
)
from xiaoneng.features.cases.schemas.reads import CaseFilter
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import Order, Slice, fetch_page

_CASE = sa.inspect(Case).local_table.c
RECORDS = 200
LIST_COLUMNS = (
    _CASE.id,
    _CASE.no,
    _CASE.title,
    _CASE.kind,
    _CASE.channel,
    _CASE.urgency,
    _CASE.status,
    _CASE.category_code,
    _CASE.lead_unit_id,
    _CASE.due_at,
    _CASE.paused_at,
    _CASE.received_at,
    _CASE.confidential,
    _CASE.stars,
)


def visible_to(actor: Actor) -> sa.ColumnElement[bool]:
    """The cases this actor may know of: within reach, and never those that name them (I1)."""
    open_reach = _within(actor, "case:read")
    sealed_reach = _within(actor, "report:read")
    unnamed = (sa.func.cardinality(_CASE.named_unit_ids) == 0) & (sa.func.cardinality(_CASE.named_person_ids) == 0)
    condition = sa.or_(open_reach & unnamed, sealed_reach & ~unnamed)
    if actor.person_id is not None:
        condition &= ~_CASE.named_person_ids.contains([actor.person_id])
    if actor.member_units:
        condition &= ~_CASE.named_unit_ids.overlap(sa.cast(list(actor.member_units), ARRAY(sa.Uuid)))
    return condition


def _within(actor: Actor, permission: str) -> sa.ColumnElement[bool]:
    reach = actor.reach(permission)
    if reach.jurisdiction:
        return sa.true()
    ways: list[sa.ColumnElement[bool]] = []
    if reach.units:
        ways.append(_CASE.lead_unit_id.in_(reach.units))
        ways.append(_CASE.co_unit_ids.overlap(sa.cast(list(reach.units), ARRAY(sa.Uuid))))
    if reach.assigned_to:
        ways.append(_CASE.handler_id == reach.assigned_to)
        ways.append(_CASE.co_handler_ids.contains([reach.assigned_to]))
    if reach.made_by:
        ways.append(_CASE.created_by == reach.made_by)
    if reach.desk:
        ways.append(_CASE.source.is_not(None) | _CASE.created_by.is_(None))
    return sa.or_(*ways) if ways else sa.false()


async def find_visible(session: Session, actor: Actor, case_id: UUID, *, for_update: bool = False) -> Case | None:
    """One case within the actor's sight, locked when it is to change."""
    query = sa.select(Case).where(col(Case.id) == case_id, visible_to(actor))
    if for_update:
        query = query.with_for_update()
    return await session.scalar(query)


async def get(session: Session, case_id: UUID, *, for_update: bool = False) -> Case | None:
    """One case for work of the system itself."""
    return await session.get(Case, case_id, with_for_update=for_update)


async def find_external(session: Session, source: str, external_no: str) -> Case | None:
    """The case that a source knows by its own number, locked."""
    query = sa.select(Case).where(col(Case.source) == source, col(Case.external_no) == external_no).with_for_update()
    return await session.scalar(query)


async def page(session: Session, actor: Actor, chosen: CaseFilter) -> Slice:
    """A page of the actor's cases."""
    query = sa.select(*LIST_COLUMNS).where(visible_to(actor), *_conditions(chosen))
    order = Order(_CASE[chosen.sort.lstrip("-")], _CASE.id, descending=chosen.sort.startswith("-"))
    return await fetch_page(session, query, order, chosen)


def _conditions(chosen: CaseFilter) -> list[sa.ColumnElement[bool]]:
    equal: dict[str, Any] = {
        "lead_unit_id": chosen.unit_id,
        "kind": chosen.kind,
        "channel": chosen.channel,
        "category_code": chosen.category_code,
        "source": chosen.source,
    }
    conditions = [_CASE[name] == value for name, value in equal.items() if value is not None]
    if chosen.status:
        only = len(chosen.status) == 1
        conditions.append(_CASE.status == chosen.status[0] if only else _CASE.status.in_(chosen.status))
    bounds = (
        ("received_at", chosen.received_from, chosen.received_before),
        ("due_at", chosen.due_from, chosen.due_before),
    )
    for name, lower, upper in bounds:
        if lower is not None:
            conditions.append(_CASE[name] >= lower)
        if upper is not None:
            conditions.append(_CASE[name] < upper)
    if chosen.q:
        conditions.append(_CASE.title.contains(chosen.q, autoescape=True) | (_CASE.no == chosen.q))
    return conditions


async def due_soon(session: Session, actor: Actor, before: datetime, limit: int) -> Sequence[Case]:
    """The actor's unfinished cases due before a moment, the most urgent first."""
    working = (CaseStatus.REGISTERED, CaseStatus.TO_SIGN, CaseStatus.HANDLING)
    query = (
        sa.select(Case)
        .where(visible_to(actor), _CASE.status.in_(working), _CASE.due_at < before, _CASE.paused_at.is_(None))
        .order_by(_CASE.due_at, _CASE.id)
        .limit(limit)
    )
    return (await session.scalars(query)).all()


async def contacts(session: Session, case_id: UUID) -> Sequence[CaseContact]:
    """The conversations and notes on record, newest first, as many as a page holds."""
    query = sa.select(CaseContact).where(col(CaseContact.case_id) == case_id)
    newest = query.order_by(col(CaseContact.at).desc(), col(CaseContact.id).desc()).limit(RECORDS)
    return (await session.scalars(newest)).all()


async def count_contacts(session: Session, case_id: UUID, kind: ContactKind) -> int:
    """How many conversations or attempts of a kind are on record."""
    query = sa.select(sa.func.count()).where(col(CaseContact.case_id) == case_id, col(CaseContact.kind) == kind)
    return await session.scalar(query) or 0


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


async def latencies(session: Session, actor: Actor, source: str | None) -> Sequence[tuple[int, int]]:
    """Replied cases within the actor's sight, counted by working days from receipt to reply."""
    query = (
        sa.select(_CASE.reply_working_days, sa.func.count())
        .where(visible_to(actor), _CASE.reply_working_days.is_not(None))
        .group_by(_CASE.reply_working_days)
    )
    if source is not None:
        query = query.where(_CASE.source == source)
    return [(days, count) for days, count in (await session.execute(query)).all()]


async def move_due(session: Session, dues: Sequence[tuple[UUID, datetime]]) -> None:
    """Let the due dates that lists sort by follow those of the clocks."""
    change = sa.update(Case).where(_CASE.id == sa.bindparam("key")).values(due_at=sa.bindparam("due"))
    connection = await session.connection()
    await connection.execute(change, [{"key": key, "due": due} for key, due in dues])
