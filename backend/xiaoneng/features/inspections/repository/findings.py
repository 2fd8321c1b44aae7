"""SQL of answers on the spot and of findings."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from xiaoneng.core.access.schemas import Actor
from xiaoneng.features.inspections.models.findings import ChecklistAnswer, Finding, FindingStatus
from xiaoneng.features.inspections.models.inspections import Inspection
from xiaoneng.features.inspections.policies.inspections import UNSHOWN, UNTOLD
from xiaoneng.features.inspections.repository.inspections import INSPECTION, whole_to
from xiaoneng.features.inspections.schemas.findings import AlikeFilter, FindingFilter
from xiaoneng.kit.db import Session
from xiaoneng.kit.many import rows_as_table
from xiaoneng.kit.pages import Order, Slice, fetch_page

_ANSWER = sa.inspect(ChecklistAnswer).local_table.c
_FINDING = sa.inspect(Finding).local_table.c
ALIKE_SHOWN = 5
_EQUAL = ("inspection_id", "row_id", "unit_id", "problem_code", "disposition")
_GONE = (FindingStatus.WITHDRAWN, FindingStatus.DISMISSED)


def visible_to(actor: Actor) -> sa.ColumnElement[bool]:
    """The findings this actor may know of; the inspection has to be joined. Units see released ones of their own."""
    units = actor.reach("inspection:read").units
    if not units:
        return whole_to(actor)
    shown = sa.and_(INSPECTION.released_at.is_not(None), _FINDING.unit_id.in_(units), _FINDING.status.not_in(UNSHOWN))
    return sa.or_(whole_to(actor), shown)


def _told(actor: Actor) -> dict[str, sa.ColumnElement[Any]]:
    """Status and disposition as this actor is told of them (`policies.UNTOLD`), for filters and counts alike."""
    kept_back = sa.and_(sa.func.coalesce(_FINDING.disposition.in_(UNTOLD), sa.false()), sa.not_(whole_to(actor)))
    return {
        "status": sa.case((kept_back, FindingStatus.CONFIRMED), else_=_FINDING.status),
        "disposition": sa.case((kept_back, None), else_=_FINDING.disposition),
    }


def _joined(*columns: Any) -> sa.Select[Any]:
    return sa.select(*columns).join(Inspection, INSPECTION.id == _FINDING.inspection_id)


async def find(session: Session, actor: Actor, finding_id: UUID, *, for_update: bool = False) -> Any:
    """A finding within the actor's sight as (finding, inspection); for a change both are kept from others."""
    query = _joined(Finding, Inspection).where(_FINDING.id == finding_id, visible_to(actor))
    if for_update:
        query = query.with_for_update(of=Finding).with_for_update(of=Inspection, read=True)
    return (await session.execute(query)).first()


async def get(session: Session, finding_id: UUID) -> Finding | None:
    """One finding for work of the system itself."""
    return await session.get(Finding, finding_id)


async def page(session: Session, actor: Actor, chosen: FindingFilter) -> Slice:
    """A page of findings, what was seen last first."""
    conditions = [visible_to(actor)]
    shown = {**_FINDING, **_told(actor)}
    equal = {name: getattr(chosen, name) for name in _EQUAL}
    conditions += [shown[name] == value for name, value in equal.items() if value is not None]
    some = {"status": chosen.status, "severity": chosen.severity}
    conditions += [shown[name].in_(values) for name, values in some.items() if values]
    query = _joined(Finding, Inspection, _FINDING.seen_at, _FINDING.id).where(*conditions)
    return await fetch_page(session, query, Order(_FINDING.seen_at, _FINDING.id, descending=True), chosen)


async def of_inspection(session: Session, inspection_id: UUID, status: FindingStatus) -> Sequence[Finding]:
    """The findings of an inspection that stand so, locked."""
    query = sa.select(Finding).where(_FINDING.inspection_id == inspection_id, _FINDING.status == status)
    return (await session.scalars(query.order_by(_FINDING.seen_at, _FINDING.id).with_for_update())).all()


async def unanswered(session: Session, now: datetime, limit: int) -> Sequence[Finding]:
    """Findings whose time to object is over and that stand by silence, locked; those others work on are left out."""
    query = (
        sa.select(Finding)
        .join(Inspection, INSPECTION.id == _FINDING.inspection_id)
        .where(_FINDING.status == FindingStatus.RELEASED, _FINDING.due_at < now, INSPECTION.silence_confirms)
        .order_by(_FINDING.due_at)
        .limit(limit)
        .with_for_update(of=Finding, skip_locked=True)
    )
    return (await session.scalars(query)).all()


async def of_row(session: Session, row_id: UUID) -> Sequence[Finding]:
    """The findings in one unit that were not taken back, oldest first."""
    query = sa.select(Finding).where(_FINDING.row_id == row_id, _FINDING.status != FindingStatus.WITHDRAWN)
    return (await session.scalars(query.order_by(_FINDING.seen_at, _FINDING.id))).all()


async def states(session: Session, inspection_id: UUID) -> set[FindingStatus]:
    """The states in which findings of an inspection are."""
    query = sa.select(_FINDING.status).where(_FINDING.inspection_id == inspection_id).distinct()
    return set((await session.scalars(query)).all())


async def item_ids(session: Session, inspection_id: UUID) -> Sequence[UUID]:
    """The rectification items that the findings of an inspection led to."""
    query = sa.select(_FINDING.item_id).where(_FINDING.inspection_id == inspection_id, _FINDING.item_id.is_not(None))
    return (await session.scalars(query)).all()


async def tally(session: Session, actor: Actor, inspection_id: UUID) -> Sequence[Any]:
    """How many findings in sight stand, by unit, code, severity, status and disposition."""
    told = [column.label(name) for name, column in _told(actor).items()]
    by = (_FINDING.unit_id, _FINDING.problem_code, _FINDING.severity, *told)
    rows = (
        _joined(*by)
        .where(_FINDING.inspection_id == inspection_id, _FINDING.status.not_in(_GONE), visible_to(actor))
        .subquery()
    )
    query = sa.select(*rows.c, sa.func.count().label("number")).group_by(*rows.c)
    found: Sequence[Any] = (await session.execute(query)).all()
    return found


async def alike(session: Session, actor: Actor, wanted: AlikeFilter, since: datetime) -> Sequence[Any]:
    """Findings in sight of one problem in one unit seen since a moment, the latest first."""
    query = (
        _joined(
            _FINDING.id,
            _FINDING.inspection_id,
            INSPECTION.title.label("inspection_title"),
            _FINDING.facts,
            _FINDING.status,
            _FINDING.seen_at,
        )
        .where(visible_to(actor), _FINDING.unit_id == wanted.unit_id, _FINDING.problem_code == wanted.problem_code)
        .where(_FINDING.seen_at >= since, _FINDING.status.not_in(_GONE), _FINDING.id.is_distinct_from(wanted.except_id))
        .order_by(_FINDING.seen_at.desc(), _FINDING.id)
        .limit(ALIKE_SHOWN)
    )
    found: Sequence[Any] = (await session.execute(query)).all()
    return found


async def answers(session: Session, row_id: UUID) -> Sequence[ChecklistAnswer]:
    """The answers that hold in one unit."""
    query = (
        sa.select(ChecklistAnswer)
        .where(_ANSWER.row_id == row_id)
        .ext(distinct_on(_ANSWER.item_key))
        .order_by(_ANSWER.item_key, _ANSWER.rev.desc())
    )
    return (await session.scalars(query)).all()


async def answer(session: Session, answer_id: UUID) -> ChecklistAnswer | None:
    """One answer by its key."""
    return await session.get(ChecklistAnswer, answer_id)


async def last_rev(session: Session, row_id: UUID, item_key: str) -> int:
    """How often a line was answered."""
    query = sa.select(sa.func.max(_ANSWER.rev)).where(_ANSWER.row_id == row_id, _ANSWER.item_key == item_key)
    return int(await session.scalar(query) or 0)


async def move_due(session: Session, dues: Collection[tuple[UUID, datetime]]) -> None:
    """Let the due dates of findings follow those of the clocks."""
    moved = rows_as_table("new", {"key": sa.Uuid(), "due": _FINDING.due_at.type}, list(dues))
    change = sa.update(Finding).where(_FINDING.id == moved.c.key).values(due_at=moved.c.due)
    await (await session.connection()).execute(change)
