"""SQL of the lists of cases, made once for each shape of question."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa

from xiaoneng.core.access.schemas import Actor
from xiaoneng.features.cases import rules
from xiaoneng.features.cases.models.case import Case, CaseStatus
from xiaoneng.features.cases.repository.flags import CONDITIONS
from xiaoneng.features.cases.repository.sight import CASE, Sight, sight_of, values_of, visible, visible_to
from xiaoneng.features.cases.repository.texts import TEXT
from xiaoneng.features.cases.schemas.reads import CaseDue, CaseFilter, CaseSort
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import Order, PagedQuery, Slice
from xiaoneng.kit.statements import Prepared

_COLUMNS = (
    CASE.id,
    CASE.no,
    CASE.title,
    *(
        sa.type_coerce(CASE[name], sa.String).label(name)
        for name in ("kind", "channel", "urgency", "status", "identity")
    ),
    CASE.category_code,
    CASE.lead_unit_id,
    CASE.due_at,
    CASE.paused_at,
    CASE.received_at,
    CASE.stars,
)
_EQUAL = {
    "unit_id": CASE.lead_unit_id,
    "kind": CASE.kind,
    "channel": CASE.channel,
    "category_code": CASE.category_code,
    "source": CASE.source,
    "status": CASE.status,
}
_FROM = {"received_from": CASE.received_at, "due_from": CASE.due_at}
_BEFORE = {"received_before": CASE.received_at, "due_before": CASE.due_at}

_NARROWING = (*(name for name in _EQUAL if name != "status"), *_FROM, *_BEFORE)


async def page(session: Session, actor: Actor, chosen: CaseFilter) -> Slice:
    """A page of the actor's cases."""
    given = given_by(chosen)
    query = _page_query(sight_of(actor), tuple(given), chosen.sort)
    return await query.fetch(session, chosen, {**values_of(actor), **given})


def given_by(chosen: CaseFilter) -> dict[str, Any]:
    """What a list is narrowed to: the names that `narrowing` knows, with their values."""
    given = {name: value for name in _NARROWING if (value := getattr(chosen, name)) is not None}
    if chosen.status:
        given |= {"status": chosen.status[0]} if len(chosen.status) == 1 else {"statuses": chosen.status}
    if chosen.flag:
        given[chosen.flag] = True
    if chosen.due:
        given |= _span(chosen.due)
    if chosen.q and rules.is_number(chosen.q):
        given["no"] = chosen.q
    elif chosen.q:
        words = rules.words_of(chosen.q)
        given["pairs"] = sorted({pair for word in words for pair in rules.pairs_of(word)})
        given["words"] = [f"%{_escaped(word)}%" for word in words]
    return given


def _span(due: CaseDue) -> dict[str, datetime]:
    now = clock.now()
    return {"due_before": now} if due is CaseDue.OVERDUE else {"due_from": now, "due_before": now + rules.SOON}


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


@lru_cache(maxsize=512)
def _page_query(sight: Sight, narrowed: tuple[str, ...], sort: CaseSort) -> PagedQuery:
    order = Order(CASE[sort.lstrip("-")], CASE.id, descending=sort.startswith("-"))
    query = sa.select(*_COLUMNS).where(visible(sight), *narrowing(narrowed))
    return PagedQuery(query, order, is_planned_anew="words" in narrowed)


def narrowing(narrowed: tuple[str, ...]) -> list[sa.ColumnElement[bool]]:
    """The conditions of a narrowed list; `given_by` has the parameters."""
    conditions: list[sa.ColumnElement[bool]] = []
    for name in narrowed:
        if name in _EQUAL:
            conditions.append(_EQUAL[name] == sa.bindparam(name, type_=_EQUAL[name].type))
        elif name in _FROM:
            conditions.append(_FROM[name] >= sa.bindparam(name, type_=_FROM[name].type))
        elif name in _BEFORE:
            conditions.append(_BEFORE[name] < sa.bindparam(name, type_=_BEFORE[name].type))
    if "statuses" in narrowed:
        conditions.append(CASE.status == sa.any_(sa.bindparam("statuses", type_=sa.ARRAY(CASE.status.type))))
    conditions += [condition for flag, condition in CONDITIONS.items() if flag in narrowed]
    if "no" in narrowed:
        conditions.append(CASE.no == sa.bindparam("no", type_=CASE.no.type))
    if "words" in narrowed:
        conditions += _SAYS
    return conditions


_TEXTS = sa.ARRAY(sa.Text)
_SAYS = (
    sa.exists().where(TEXT.case_id == CASE.id, TEXT.pairs.op("@>")(sa.bindparam("pairs", type_=TEXT.pairs.type))),
    (CASE.title + " " + CASE.content).op("ILIKE", is_comparison=True)(sa.all_(sa.bindparam("words", type_=_TEXTS))),
)
"""The texts hold these words: the index says which cases may, their own text whether they do."""


async def read_visible(session: Session, actor: Actor, case_id: UUID) -> Case | None:
    """One case within the actor's sight, to be looked at only: a row that reads like the entity."""
    found = await session.fetch(_one_query(sight_of(actor)), case_id=case_id, **values_of(actor))
    return cast("Case", found[0]) if found else None


@lru_cache(maxsize=128)
def _one_query(sight: Sight) -> Prepared:
    return Prepared(sa.select(*CASE).where(CASE.id == sa.bindparam("case_id", type_=sa.Uuid()), visible(sight)))


async def is_visible(session: Session, actor: Actor, case_id: UUID) -> bool:
    """Whether a case lies within the actor's sight."""
    return bool(await session.fetch(_sight_query(sight_of(actor)), case_id=case_id, **values_of(actor)))


@lru_cache(maxsize=128)
def _sight_query(sight: Sight) -> Prepared:
    return Prepared(sa.select(CASE.id).where(CASE.id == sa.bindparam("case_id", type_=sa.Uuid()), visible(sight)))


async def due_soon(session: Session, actor: Actor, before: datetime, limit: int) -> Sequence[Case]:
    """The actor's unfinished cases due before a moment, the most urgent first."""
    working = (CaseStatus.REGISTERED, CaseStatus.TO_SIGN, CaseStatus.HANDLING)
    query = (
        sa.select(Case)
        .where(visible_to(actor), CASE.status.in_(working), CASE.due_at < before, CASE.paused_at.is_(None))
        .order_by(CASE.due_at, CASE.id)
        .limit(limit)
    )
    return (await session.scalars(query)).all()


async def latencies(session: Session, actor: Actor, source: str | None) -> Sequence[tuple[int, int]]:
    """Replied cases within the actor's sight, counted by working days from receipt to reply; one matter counts once."""
    query = (
        sa.select(CASE.reply_working_days, sa.func.count())
        .where(visible_to(actor), CASE.reply_working_days.is_not(None), CASE.merged_into_id.is_(None))
        .group_by(CASE.reply_working_days)
    )
    if source is not None:
        query = query.where(CASE.source == source)
    return [(days, count) for days, count in (await session.execute(query)).all()]
