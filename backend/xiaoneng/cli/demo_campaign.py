"""A campaign in the demo region, played through the same doors that people use: six weeks old, in its second stage."""

from datetime import timedelta
from uuid import UUID

from xiaoneng.cli.demo_month import actor_of
from xiaoneng.core.access.schemas import Actor, Command
from xiaoneng.features.campaigns.schemas.campaigns import CampaignCreate, PublishInput
from xiaoneng.features.campaigns.schemas.deliverables import DeliverableFilter, ExceptionInput, SubmitInput
from xiaoneng.features.campaigns.schemas.reports import ReportFilter, ReportSubmit
from xiaoneng.features.campaigns.schemas.tasks import AssignInput, ResultInput, TaskFilter
from xiaoneng.features.campaigns.service import (
    board,
    campaigns,
    deliverables,
    report_reading,
    reports,
    task_reading,
    tasks,
)
from xiaoneng.features.inspections.schemas.self_checks import CoverageFilter, RecordInput, SelfCheckOpen
from xiaoneng.features.inspections.service import coverage, self_checks
from xiaoneng.kit import clock
from xiaoneng.kit.db import Database, Session
from xiaoneng.kit.schemas import NoInput

AGE = timedelta(days=40)
_HANDS_IN = ("cg", "zj", "jy", "hb", "dh")
_APPROVED = frozenset({"cg", "zj", "jy"})
_LED = {"2": "ML17", "3": "ML18", "5": "ML01", "6": "ML01"}
_NOTE = "已按方案要求完成，材料附后。"


async def play(database: Database, units: dict[str, UUID]) -> None:
    """Play the campaign: begun, its first stage closed with an exception, tasks assigned, a self-check under way."""
    office = await actor_of(database, "office")
    liaisons = {name: await actor_of(database, f"{name}.liaison") for name in _HANDS_IN}
    begun = clock.now() - AGE
    with clock.frozen(begun):
        async with database.unit_of_work() as session:
            campaign_id = await _begin(session, office)
    with clock.frozen(begun + timedelta(days=20)):
        for name, liaison in liaisons.items():
            async with database.unit_of_work() as session:
                await _hand_in(session, liaison, office if name in _APPROVED else None)
    with clock.frozen(begun + timedelta(days=31)):
        async with database.unit_of_work() as session:
            await _close_first(session, office, campaign_id)
        async with database.unit_of_work() as session:
            await _assign(session, office, campaign_id, units)
    async with database.unit_of_work() as session:
        await _answer(session, liaisons["cg"])
    await _report(database, list(liaisons.values()))
    async with database.unit_of_work() as session:
        await _check(session, office, liaisons["cg"], campaign_id)


async def _begin(session: Session, office: Actor) -> UUID:
    campaign = await campaigns.create(session, office, CampaignCreate(template_code="county_overhaul"))
    plan = PublishInput(basis_no="明政办〔2026〕18号")
    campaign = await campaigns.perform(session, office, campaign.id, Command("publish", plan, campaign.rev))
    await campaigns.perform(session, office, campaign.id, Command("start", NoInput(), campaign.rev))
    return campaign.id


async def _hand_in(session: Session, liaison: Actor, judge: Actor | None) -> None:
    owed = await board.page(session, liaison, DeliverableFilter(limit=2))
    for paper in owed.items:
        command = Command("submit", SubmitInput(note=_NOTE, file_ids=[]), paper.rev)
        handed = await deliverables.perform(session, liaison, paper.id, command)
        if judge is not None:
            await deliverables.perform(session, judge, paper.id, Command("approve", NoInput(), handed.rev))


async def _close_first(session: Session, office: Actor, campaign_id: UUID) -> None:
    await campaigns.open_stages_due(session)
    reason = ExceptionInput(seq=1, reason="部分单位调研报告需补充数据，另行补报")
    campaign = await campaigns.find(session, office, campaign_id)
    await campaigns.perform(session, office, campaign_id, Command("except_stage", reason, campaign.rev))


async def _assign(session: Session, office: Actor, campaign_id: UUID, units: dict[str, UUID]) -> None:
    matrix = await task_reading.page(session, office, TaskFilter(campaign_id=campaign_id, limit=100))
    for task in matrix.items:
        if task.no in _LED:
            due_on = clock.today() + timedelta(days=6 if task.no == "5" else 30)
            body = AssignInput(lead_unit_id=units[_LED[task.no]], co_unit_ids=[], due_on=due_on)
            await tasks.perform(session, office, task.id, Command("assign", body, task.rev))


async def _answer(session: Session, liaison: Actor) -> None:
    mine = await task_reading.page(session, liaison, TaskFilter())
    for task in mine.items[:1]:
        body = ResultInput(result="已组织全员学习“五严禁”，签订承诺书 86 份，开展岗位抽查 2 次。")
        await tasks.perform(session, liaison, task.id, Command("answer", body, task.rev))


async def _report(database: Database, liaisons: list[Actor]) -> None:
    """Last month is reported by those who have somebody to do it; the rest is missing, or still has time."""
    with clock.frozen(clock.now().replace(day=1)):
        async with database.unit_of_work() as session:
            await reports.ask_for_ended(session)
        for liaison in liaisons:
            async with database.unit_of_work() as session:
                owed = await report_reading.page(session, liaison, ReportFilter())
                for report in owed.items:
                    body = ReportSubmit(text="本月召开整顿推进会 1 次，查摆问题 4 个，已整改 3 个。", file_ids=[])
                    await reports.perform(session, liaison, report.id, Command("submit", body, report.rev))


async def _check(session: Session, office: Actor, liaison: Actor, campaign_id: UUID) -> None:
    check = await self_checks.open_check(session, office, SelfCheckOpen(campaign_id=campaign_id))
    await session.write_buffered()
    [bureau] = (await coverage.tree(session, liaison, check.id, CoverageFilter())).items
    below = await coverage.tree(session, liaison, check.id, CoverageFilter(unit_id=bureau.unit.id))
    for row in (bureau, below.items[0]):
        body = RecordInput(summary="已对照五个方面逐项自查，未发现突出问题。", weak_points=[])
        await self_checks.perform_on_unit(session, liaison, row.id, Command("record", body, row.rev))
