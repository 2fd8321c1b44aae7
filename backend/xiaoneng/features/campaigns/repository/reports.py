"""SQL of periodic reports."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from xiaoneng.core.access.schemas import Actor
from xiaoneng.features.campaigns.models.campaigns import Campaign, CampaignStatus, CampaignUnit
from xiaoneng.features.campaigns.models.reports import CampaignReport, ReportDuty, ReportStatus
from xiaoneng.features.campaigns.schemas.reports import ReportFilter
from xiaoneng.kit.clock import local
from xiaoneng.kit.db import Session
from xiaoneng.kit.many import rows_as_table
from xiaoneng.kit.pages import Order, Slice, fetch_page

_REPORT = sa.inspect(CampaignReport).local_table.c
_DUTY = sa.inspect(ReportDuty).local_table.c
_CAMPAIGN = sa.inspect(Campaign).local_table.c
_UNIT = sa.inspect(CampaignUnit).local_table.c
_S = ReportStatus
OWED = (_S.OWED, _S.RETURNED)


def visible_to(actor: Actor) -> sa.ColumnElement[bool]:
    """The reports this actor may know of."""
    reach = actor.reach("campaign_report:read")
    return sa.true() if reach.jurisdiction else _REPORT.unit_id.in_(reach.units)


async def find(session: Session, actor: Actor, report_id: UUID, *, for_update: bool = False) -> CampaignReport | None:
    """One report within the actor's sight, locked when it is to change."""
    query = sa.select(CampaignReport).where(_REPORT.id == report_id, visible_to(actor))
    return await session.scalar(query.with_for_update() if for_update else query)


async def get(session: Session, report_id: UUID) -> CampaignReport | None:
    """One report for work of the system itself."""
    found: CampaignReport | None = await session.get(CampaignReport, report_id)
    return found


async def page(session: Session, actor: Actor, chosen: ReportFilter) -> Slice:
    """A page of what is to be reported within the actor's reach, what is due first on top."""
    query: Any = sa.select(CampaignReport, _REPORT.id, _REPORT.due_at).where(visible_to(actor))
    if chosen.status:
        query = query.where(_REPORT.status.in_(chosen.status))
    for name in ("campaign_id", "unit_id", "period"):
        if (wanted := getattr(chosen, name)) is not None:
            query = query.where(_REPORT[name] == wanted)
    return await fetch_page(session, query, Order(_REPORT.due_at, _REPORT.id), chosen)


async def duties(session: Session, duty_ids: Iterable[UUID]) -> dict[UUID, Any]:
    """Some duties with the titles of their campaigns."""
    query = (
        sa.select(*_DUTY, _CAMPAIGN.title.label("campaign_title"))
        .join(Campaign, _CAMPAIGN.id == _DUTY.campaign_id)
        .where(_DUTY.id.in_(list(set(duty_ids))))
    )
    return {row.id: row for row in await session.execute(query)}


async def running_duties(session: Session) -> Sequence[Any]:
    """The recurring duties of campaigns that run, with the host and first day of each."""
    going = (CampaignStatus.RUNNING, CampaignStatus.SUMMARISING)
    query = (
        sa.select(ReportDuty, _CAMPAIGN.host_unit_id, _CAMPAIGN.starts_on)
        .join(Campaign, _CAMPAIGN.id == _DUTY.campaign_id)
        .where(_CAMPAIGN.status.in_(going), _DUTY.due_on.is_(None))
        .order_by(_DUTY.id)
    )
    return (await session.execute(query)).all()


async def periods_made(session: Session, duty_id: UUID) -> set[str]:
    """The periods of a duty for which obligations stand."""
    return set((await session.scalars(sa.select(_REPORT.period).where(_REPORT.duty_id == duty_id).distinct())).all())


async def units_on(session: Session, campaign_id: UUID, day: date) -> set[UUID]:
    """The units that took part on a day."""
    query = sa.select(_UNIT.unit_id).where(
        _UNIT.campaign_id == campaign_id,
        _UNIT.added_on <= day,
        sa.or_(_UNIT.removed_on.is_(None), _UNIT.removed_on > day),
    )
    return set((await session.scalars(query)).all())


async def rollup(
    session: Session, actor: Actor, campaign_id: UUID, now: datetime, one: tuple[UUID, str] | None = None
) -> Sequence[Any]:
    """How many owe, reported in time, late, not at all, by duty and period, the latest first."""
    owed = _REPORT.status.in_(OWED)
    late = sa.and_(~owed, _REPORT.is_late)
    count = sa.func.count()
    query = (
        sa.select(
            _REPORT.duty_id,
            _DUTY.title,
            _REPORT.period,
            sa.func.max(_REPORT.due_on).label("due_on"),
            count.label("obliged"),
            count.filter(~owed, ~_REPORT.is_late).label("on_time"),
            count.filter(late).label("late"),
            count.filter(owed, _REPORT.due_at < now).label("missing"),
            count.filter(owed, _REPORT.due_at >= now).label("waiting"),
            count.filter(_REPORT.status == _S.ACCEPTED).label("accepted"),
        )
        .join(ReportDuty, _DUTY.id == _REPORT.duty_id)
        .where(_REPORT.campaign_id == campaign_id, visible_to(actor))
        .group_by(_REPORT.duty_id, _DUTY.title, _REPORT.period)
        .order_by(sa.func.max(_REPORT.due_on).desc(), _REPORT.duty_id)
    )
    if one is not None:
        query = query.where(_REPORT.duty_id == one[0], _REPORT.period == one[1])
    return (await session.execute(query)).all()


async def of_period(session: Session, actor: Actor, duty_id: UUID, period: str) -> Sequence[CampaignReport]:
    """The reports of one duty and period."""
    query = sa.select(CampaignReport).where(_REPORT.duty_id == duty_id, _REPORT.period == period, visible_to(actor))
    return (await session.scalars(query)).all()


async def missing_of_stage(session: Session, stage_id: UUID) -> int:
    """How many reports that a stage waits for are not there, whoever asks."""
    query = (
        sa.select(sa.func.count(_REPORT.id))
        .join(ReportDuty, _DUTY.id == _REPORT.duty_id)
        .where(_DUTY.stage_id == stage_id, _REPORT.status.in_(OWED))
    )
    return int((await session.execute(query)).scalar_one())


async def move_due(session: Session, moves: Iterable[tuple[UUID, datetime]]) -> None:
    """Let the days of reports follow those of their clocks."""
    rows = [(key, due, local(due).date()) for key, due in moves]
    columns = {"key": sa.Uuid(), "due": _REPORT.due_at.type, "day": sa.Date()}
    moved = rows_as_table("new", columns, rows)
    values = {"due_at": moved.c.due, "due_on": moved.c.day}
    await (await session.connection()).execute(
        sa.update(CampaignReport).where(_REPORT.id == moved.c.key).values(values)
    )
