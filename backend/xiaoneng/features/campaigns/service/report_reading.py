"""Periodic reports as the API shows them, and all of a period as one."""

from collections.abc import Sequence
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.files import service as files
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.campaigns.models.reports import CampaignReport
from xiaoneng.features.campaigns.repository import reports as repository
from xiaoneng.features.campaigns.repository.reports import OWED
from xiaoneng.features.campaigns.schemas.reports import (
    ConsolidatedFilter,
    ConsolidatedRead,
    ReportFilter,
    ReportRead,
    Rollup,
    RollupRow,
    Timeliness,
)
from xiaoneng.features.campaigns.service import reading
from xiaoneng.features.campaigns.service.reports import DOOR
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.machine import action_refs
from xiaoneng.kit.pages import Page
from xiaoneng.kit.problems import NotFound


async def get(session: Session, actor: Actor, report_id: UUID) -> ReportRead:
    """One report. Raises NotFound, also beyond the actor's sight."""
    report = await repository.find(session, actor, report_id)
    if report is None:
        raise NotFound
    return await read(session, actor, report)


async def read(session: Session, actor: Actor, report: CampaignReport) -> ReportRead:
    """One report with its files."""
    await session.write_buffered()
    return (await _shown(session, actor, [report]))[report.id]


async def page(session: Session, actor: Actor, chosen: ReportFilter) -> Page[ReportRead]:
    """A page of what is to be reported within the actor's reach."""
    found = await repository.page(session, actor, chosen)
    shown = await _shown(session, actor, [row.CampaignReport for row in found.rows])
    return found.page(lambda row: shown[row.id])


async def _shown(session: Session, actor: Actor, reports: Sequence[CampaignReport]) -> dict[UUID, ReportRead]:
    duties = await repository.duties(session, [report.duty_id for report in reports]) if reports else {}
    units = await organization.unit_refs(session)
    days = await worktime.calendar(session)
    kept = {one.id: one for one in await files.refs(session, [key for report in reports for key in report.file_ids])}
    shown: dict[UUID, ReportRead] = {}
    for report in reports:
        told = {name: getattr(report, name) for name in ReportRead.model_fields if hasattr(report, name)}
        duty = duties[report.duty_id]
        owed = report.status in OWED
        shown[report.id] = ReportRead(
            **told,
            **{name: getattr(duty, name) for name in ("title", "clause", "rule", "attachments", "campaign_title")},
            unit=units.get(report.unit_id),
            deadline=worktime.deadline(days, "report", report.due_at) if owed else None,
            timeliness=timeliness(report),
            files=[kept[key] for key in report.file_ids if key in kept],
            available_actions=action_refs(await DOOR.available(session, actor, report)),
        )
    return shown


def timeliness(report: CampaignReport) -> Timeliness:
    """How a report stands to its day now."""
    if report.status in OWED:
        return Timeliness.MISSING if clock.now() > report.due_at else Timeliness.DUE
    return Timeliness.LATE if report.is_late else Timeliness.ON_TIME


async def rollup(session: Session, actor: Actor, campaign_id: UUID) -> Rollup:
    """How many reported in time, late, or not at all, by duty and period. Raises NotFound."""
    await reading.get(session, actor, campaign_id)
    rows = await repository.rollup(session, actor, campaign_id, clock.now())
    return Rollup(items=[RollupRow.model_validate(row) for row in rows])


async def consolidated(
    session: Session, actor: Actor, campaign_id: UUID, chosen: ConsolidatedFilter
) -> ConsolidatedRead:
    """All reports of a period as one text, and who is missing. Raises NotFound."""
    await reading.get(session, actor, campaign_id)
    rows = await repository.rollup(session, actor, campaign_id, clock.now(), (chosen.duty_id, chosen.period))
    if not rows:
        raise NotFound
    units = await organization.unit_refs(session)
    reports = await repository.of_period(session, actor, chosen.duty_id, chosen.period)
    named = sorted(
        ((units[one.unit_id], one) for one in reports if one.unit_id in units), key=lambda pair: pair[0].name
    )
    return ConsolidatedRead(
        **RollupRow.model_validate(rows[0]).model_dump(),
        text="\n\n".join(f"【{unit.name}】\n{one.text}" for unit, one in named if one.status not in OWED),
        missing_units=[unit for unit, one in named if timeliness(one) is Timeliness.MISSING],
        late_units=[unit for unit, one in named if timeliness(one) is Timeliness.LATE],
    )
