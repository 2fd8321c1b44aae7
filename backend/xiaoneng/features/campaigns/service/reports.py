"""Periodic reports: who owes which, when, and what was handed in (SM-9, R-03, R-06)."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor, Command
from xiaoneng.core.access.service import Changes, Denial, Door, Judge, register_reader
from xiaoneng.core.files import service as files
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.worktime.schemas.clocks import Moved
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.campaigns import policies
from xiaoneng.features.campaigns.events import ReportMoved
from xiaoneng.features.campaigns.models.campaigns import Campaign, CampaignStage
from xiaoneng.features.campaigns.models.reports import DUE, REPORT, CampaignReport, ReportDuty, ReportRule
from xiaoneng.features.campaigns.repository import reports as repository
from xiaoneng.features.campaigns.rules.periods import Period, ended, period_of
from xiaoneng.features.campaigns.rules.windows import month_day
from xiaoneng.features.campaigns.schemas.reports import ReportSubmit
from xiaoneng.features.campaigns.schemas.templates import TemplateContent
from xiaoneng.features.campaigns.service.gates import register_gate
from xiaoneng.features.campaigns.transitions import REPORTS
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.schemas import NoInput, ReasonInput


async def _judge(_: Session, actor: Actor, report: CampaignReport) -> Judge:
    def judge(action: str) -> Denial:
        return policies.report_denial(action, actor, report)

    return judge


DOOR: Door[CampaignReport] = Door(
    REPORT,
    REPORTS,
    standing=policies.report_standing,
    judge=_judge,
    moved=lambda report_id, action: ReportMoved(subject_id=report_id, action=action),
)


async def ask_for_all(
    session: Session,
    campaign: Campaign,
    content: TemplateContent,
    stages: Sequence[CampaignStage],
    unit_ids: Iterable[UUID],
) -> None:
    """Write down what is to be reported; reports for one day are owed at once, the others as their periods end."""
    for seq, wanted in enumerate(content.reports, start=1):
        stage = stages[wanted.stage - 1] if wanted.stage else None
        year = (stage.ends_on if stage else campaign.starts_on).year
        duty = ReportDuty(
            campaign_id=campaign.id,
            stage_id=stage.id if stage else None,
            seq=seq,
            rule=ReportRule(wanted.rule),
            title=wanted.title,
            clause=wanted.clause,
            due_on=month_day(year, wanted.due) if wanted.due else None,
            attachments=list(wanted.attachments),
        )
        session.add(duty)
        await session.flush()
        if duty.due_on is not None:
            await _oblige(session, duty, unit_ids, period_of(ReportRule.FIXED_DATE, duty.due_on))
    await session.flush()


async def ask_for_ended(session: Session) -> int:
    """Let units owe the reports of the periods that have ended; how many that were. A second run makes none.

    R-03: only units that take part and exist on the last day of a period owe its report.
    """
    made = 0
    for duty, host, since in await repository.running_duties(session):
        known = await repository.periods_made(session, duty.id)
        for period in ended(duty.rule, since, clock.today()):
            if period.name in known:
                continue
            existing = await organization.subtree(session, [host], period.last)
            owing = existing & await repository.units_on(session, duty.campaign_id, period.last)
            await _oblige(session, duty, owing, period)
            made += len(owing)
    await session.flush()
    return made


async def _oblige(session: Session, duty: ReportDuty, unit_ids: Iterable[UUID], period: Period) -> None:
    for unit_id in sorted(unit_ids):
        report = CampaignReport(
            duty_id=duty.id,
            campaign_id=duty.campaign_id,
            unit_id=unit_id,
            period=period.name,
            period_first=period.first,
            period_last=period.last,
            due_on=period.last,
            due_at=datetime.combine(period.last, time.max, clock.REGION_ZONE),
        )
        session.add(report)
        await _expect(session, duty, report)


async def _expect(session: Session, duty: ReportDuty, report: CampaignReport) -> None:
    """Until the day itself (R-06), or so many working days after the period as its time policy says (R-03)."""
    about: Any = {"subject_type": REPORT, "subject_id": report.id, "kind": DUE, "unit_id": report.unit_id}
    if duty.rule is not ReportRule.FIXED_DATE:
        over = datetime.combine(report.period_last, time.max, clock.REGION_ZONE)
        code = f"periodic_report.{duty.rule.value}"
        started = await worktime.start_clock(session, **about, policy_code=code, started_at=over)
        report.due_on, report.due_at = started.due_on, started.due_at
    elif report.due_on >= clock.today():
        started = await worktime.start_clock_until(session, **about, due_on=report.due_on)
        report.due_at = started.due_at


async def perform(session: Session, actor: Actor, report_id: UUID, command: Command) -> CampaignReport:
    """Do one step of a report. Raises what `Door.perform` raises."""
    report = await repository.find(session, actor, report_id, for_update=True)
    return await DOOR.perform(session, actor, report, command)


@DOOR.on("submit", ReportSubmit)
async def _submit(session: Session, actor: Actor, report: CampaignReport, body: ReportSubmit) -> Changes:
    await files.attach(session, actor, body.file_ids, REPORT, report.id)
    report.text, report.file_ids = body.text, list(body.file_ids)
    report.submitted_at, report.submitted_by_name = clock.now(), actor.name
    report.is_late = clock.now() > report.due_at
    await worktime.stop_clock(session, REPORT, report.id, DUE)
    return {"text": body.text, "late": report.is_late}


@DOOR.on("accept", NoInput)
async def _accept(_: Session, actor: Actor, report: CampaignReport, __: NoInput) -> Changes:
    report.reviewed_by_name, report.return_reason = actor.name, None
    return {}


@DOOR.on("send_back", ReasonInput)
async def _send_back(_: Session, actor: Actor, report: CampaignReport, body: ReasonInput) -> Changes:
    report.reviewed_by_name, report.return_reason = actor.name, body.reason
    return {}


async def _reports(session: Session, stage: CampaignStage) -> str | None:
    count = await repository.missing_of_stage(session, stage.id)
    return f"{count} 份报告未报送" if count else None


async def _may_read(session: Session, actor: Actor, report_id: UUID) -> bool:
    return await repository.find(session, actor, report_id) is not None


async def _follow(session: Session, moved: Sequence[Moved]) -> None:
    if moved:
        await repository.move_due(session, [(move.subject_id, move.due_at) for move in moved])


register_gate(_reports)
register_reader(REPORT, _may_read)
worktime.register_follower(REPORT, _follow)
