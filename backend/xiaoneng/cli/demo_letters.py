"""Letters in the demo region, played through the same doors that people use: a draft, one answered, one too late."""

from datetime import timedelta
from uuid import UUID

from pydantic import BaseModel

from xiaoneng.cli.demo_month import actor_of
from xiaoneng.core.access.schemas import Actor, Command
from xiaoneng.core.organization.service import serving
from xiaoneng.features.inspections.models.letters import LetterSource, LetterType
from xiaoneng.features.inspections.schemas.letters import (
    LetterContent,
    LetterDeliverInput,
    LetterIssuerInput,
    LetterPlanInput,
)
from xiaoneng.features.inspections.service import letter_drafts, letter_reading, letters
from xiaoneng.kit import clock
from xiaoneng.kit.db import Database
from xiaoneng.kit.schemas import NoInput

_AGE = timedelta(days=36)
_ANSWERED = timedelta(days=8)
_WORD = "明效办"
_NAME = "明澜区作风和效能领导小组办公室"
_PROBLEMS = {
    "ML17": ["抽查的 12 件办件中，有 5 件受理时未出具一次性告知书", "3 号、5 号窗口无人值守达 25 分钟，未安排替岗人员"],
    "ML11": ["物业投诉件平均签收用时超过规定时限", "办结后未按要求回访群众"],
    "ML05": ["转学办理指南仍列有已取消的证明材料"],
}
_TITLES = {
    "ML17": "关于窗口一次性告知和岗位替补制度落实不到位问题的整改建议书",
    "ML11": "关于物业投诉办理不及时问题的整改建议书",
    "ML05": "关于办事指南更新不及时问题的提醒书",
}
_KINDS = {"ML05": LetterType.REMINDER}


async def play(database: Database, units: dict[str, UUID]) -> None:
    """Play the letters: one to each of three units, a month apart in how far they are."""
    office, leader = await actor_of(database, "office"), await actor_of(database, "leader")
    async with database.unit_of_work() as session:
        [body] = await serving.bodies_of(session, office.person_id)
        issuer = LetterIssuerInput(body_id=body, name=_NAME, mark=f"{_NAME}文件", word=_WORD)
        await letter_drafts.set_issuer(session, office, issuer)
    begun = clock.now() - _AGE
    with clock.frozen(begun):
        late = await _sent(database, office, leader, units, "ML11")
    with clock.frozen(begun + _ANSWERED):
        await _step(database, await actor_of(database, "zj.head"), late, "receive", NoInput())
    answered = await _sent(database, office, leader, units, "ML17")
    head = await actor_of(database, "cg.head")
    await _step(database, head, answered, "receive", NoInput())
    due = clock.today() + timedelta(days=20)
    plan = LetterPlanInput(
        text="一、完善一次性告知书样式。\n二、建立 AB 岗名单并公示。", result_due_on=due, file_ids=[], problem_ids=[]
    )
    await _step(database, await actor_of(database, "cg.liaison"), answered, "reply_plan", plan)
    await _drafted(database, office, units, "ML05")


async def _sent(database: Database, office: Actor, leader: Actor, units: dict[str, UUID], code: str) -> UUID:
    letter_id = await _drafted(database, office, units, code)
    await _step(database, leader, letter_id, "countersign", NoInput())
    await _step(database, leader, letter_id, "issue", NoInput())
    await _step(database, office, letter_id, "deliver", LetterDeliverInput(delivery="系统送达"))
    return letter_id


async def _drafted(database: Database, office: Actor, units: dict[str, UUID], code: str) -> UUID:
    content = LetterContent(
        type=_KINDS.get(code, LetterType.SUGGESTION),
        to_unit_id=units[code],
        title=_TITLES[code],
        opening="近期，区作风和效能领导小组办公室对你单位开展随机抽查，发现以下问题。现提出整改要求。",
        problems=_PROBLEMS[code],
        requirements="请对照问题逐项整改，明确责任人和完成时限，举一反三健全制度，防止反弹。",
        copies_to=["区纪委监委机关", "区委组织部"],
        file_ids=[],
        source_type=LetterSource.RANDOM_CHECK,
    )
    async with database.unit_of_work() as session:
        return (await letter_drafts.draft(session, office, content)).id


async def _step(database: Database, actor: Actor, letter_id: UUID, action: str, body: BaseModel) -> None:
    async with database.unit_of_work() as session:
        rev = (await letter_reading.get(session, actor, letter_id)).rev
        await letters.perform(session, actor, letter_id, Command(action, body, rev))
