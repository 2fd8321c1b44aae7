"""Inspections in the demo region, played through the same doors that people use: one has ended, one is under way."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from xiaoneng.cli.demo_month import actor_of
from xiaoneng.core.access.schemas import Actor, Command
from xiaoneng.features.inspections.models.findings import AnswerResult, Disposition, Finding, FindingSeverity
from xiaoneng.features.inspections.models.inspections import Inspection, InspectionType
from xiaoneng.features.inspections.models.plans import PlanKind
from xiaoneng.features.inspections.schemas.findings import AnswerInput, DisposeInput, FindingCreate
from xiaoneng.features.inspections.schemas.inspections import (
    InspectedUnitsInput,
    InspectionConclusion,
    InspectionCreate,
    InspectionReport,
    TeamInput,
    VisitInput,
)
from xiaoneng.features.inspections.schemas.plans import PlanCreate
from xiaoneng.features.inspections.service import door, fielding, findings, planning, plans, reading
from xiaoneng.features.inspections.service.findings_reading import sheet
from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Database, Session
from xiaoneng.kit.schemas import NoInput

AGE = timedelta(days=30)
_SEEN: dict[str, Any] = {"clause": None, "item_key": None, "people": None, "file_ids": []}
_NONE = NoInput()


async def play(database: Database, units: dict[str, UUID]) -> None:
    """Play a plan of the quarter, an inspection of a month ago to its end, and one that is under way."""
    people = {login: await actor_of(database, login) for login in ("office", "leader", "inspector", "inspector2")}
    people["unit"] = await actor_of(database, "zj.head")
    begun = clock.now() - AGE
    with clock.frozen(begun):
        async with database.unit_of_work() as session:
            plan_id = await _plan(session, people)
        async with database.unit_of_work() as session:
            ended = await _begin(session, people, plan_id, ("上月窗口作风检查", [units["ML11"]]))
            found = await _look(session, people, ended, done=True)
    with clock.frozen(begun + timedelta(days=3)):
        async with database.unit_of_work() as session:
            await _end(session, people, ended, found)
    async with database.unit_of_work() as session:
        running = await _begin(session, people, plan_id, ("政务服务窗口作风检查", [units["ML17"], units["ML31"]]))
        await _look(session, people, running, done=False)


async def _plan(session: Session, people: dict[str, Actor]) -> UUID:
    today = clock.today()
    first = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    last = (first + timedelta(days=92)).replace(day=1) - timedelta(days=1)
    quarter = (first.month + 2) // 3
    body = PlanCreate(
        title=f"{first.year}年第{quarter}季度检查计划", kind=PlanKind.QUARTERLY, first_on=first, last_on=last
    )
    plan = await plans.create(session, people["office"], body)
    await session.flush()
    await plans.perform(session, people["leader"], plan.id, Command("approve", _NONE, plan.rev))
    return plan.id


async def _step(session: Session, actor: Actor, about: Inspection, action: str, body: BaseModel = _NONE) -> None:
    await session.write_buffered()
    await door.perform(session, actor, about.id, Command(action, body, about.rev))


async def _begin(session: Session, people: dict[str, Actor], plan_id: UUID, what: tuple[str, list[UUID]]) -> Inspection:
    title, unit_ids = what
    [checklist] = [one for one in (await plans.checklists(session)).items if one.code == "windows"]
    body = InspectionCreate(
        title=title,
        type=InspectionType.DAILY,
        plan_id=plan_id,
        checklist_id=checklist.id,
        scope="政务服务窗口授权、一次告知、限时办结和服务态度。",
        starts_on=clock.today(),
        ends_on=clock.today() + timedelta(days=9),
    )
    office, inspector = people["office"], people["inspector"]
    inspection = await planning.create(session, office, body)
    await _step(session, office, inspection, "set_units", InspectedUnitsInput(unit_ids=unit_ids))
    team = [one.person_id for one in (inspector, people["inspector2"]) if one.person_id]
    await _step(session, office, inspection, "set_team", TeamInput(leader_id=team[0], person_ids=team))
    await _step(session, people["leader"], inspection, "approve")
    await _step(session, office, inspection, "send_notice")
    await _step(session, inspector, inspection, "begin")
    return inspection


async def _look(session: Session, people: dict[str, Actor], inspection: Inspection, *, done: bool) -> list[Finding]:
    await session.write_buffered()
    inspector = people["inspector"]
    row = (await reading.read(session, inspector, inspection)).units[0]
    lines = (await sheet(session, inspector, row.id)).lines
    for line in lines if done else lines[:2]:
        body = AnswerInput(id=ids.new_id(), item_key=line.key, result=AnswerResult.OK, seen_at=clock.now(), base_rev=0)
        await fielding.answer(session, inspector, row.id, body)
        await session.flush()
    about = {**_SEEN, "row_id": row.id, "seen_at": clock.now(), "place": "一楼综合窗口"}
    bad = FindingCreate(
        id=ids.new_id(),
        problem_code="TC302",
        severity=FindingSeverity.MINOR,
        facts="窗口未一次性告知所需材料，群众往返两次。",
        **about,
    )
    good = FindingCreate(
        id=ids.new_id(), severity=FindingSeverity.GOOD, facts="设立“办不成事”反映窗口，当场协调解决。", **about
    )
    found = [await fielding.record(session, inspector, one) for one in ((bad, good) if done else (bad,))]
    if done:
        await _step(session, inspector, inspection, "finish_unit", VisitInput(unit_id=row.unit.id))
        await _step(session, inspector, inspection, "release")
    return found


async def _end(session: Session, people: dict[str, Actor], told: Inspection, found: list[Finding]) -> None:
    office, inspector = people["office"], people["inspector"]
    for one in found:
        await findings.perform(session, people["unit"], one.id, Command("confirm", _NONE, one.rev))
    inspection = await reading.get(session, office, told.id)
    await _step(session, inspector, inspection, "conclude")
    report = InspectionReport(report="检查单位 1 个，发现问题 1 个、亮点 1 个。问题已当场整改。")
    await _step(session, inspector, inspection, "report", report)
    for one, (kind, note) in zip(
        found, ((Disposition.NO_ACTION, "已当场整改"), (Disposition.PRAISE, "在全区推广")), strict=True
    ):
        disposal = DisposeInput(disposition=kind, note=note)
        await findings.perform(session, office, one.id, Command("dispose", disposal, one.rev + 1))
    await _step(session, office, inspection, "follow_up")
    await _step(session, office, inspection, "close", InspectionConclusion(conclusion="问题已整改到位，予以办结。"))
