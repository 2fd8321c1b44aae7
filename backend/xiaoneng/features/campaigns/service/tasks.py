"""The responsibility matrix: laid out from the template, given to units, handed down, answered (S0-23, S0-28, R-12)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor, Command
from xiaoneng.core.access.service import Changes, Denial, Door, Judge, register_reader
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.campaigns import policies
from xiaoneng.features.campaigns.errors import NotBelowLead, OwnerRefused
from xiaoneng.features.campaigns.events import TaskMoved
from xiaoneng.features.campaigns.models.campaigns import Campaign
from xiaoneng.features.campaigns.models.tasks import ANSWER, TASK, CampaignTask, CampaignTaskUnit, TaskStatus
from xiaoneng.features.campaigns.repository import tasks as repository
from xiaoneng.features.campaigns.rules.names import named
from xiaoneng.features.campaigns.schemas.tasks import AssignInput, CascadeInput, OwnerInput, ResultInput
from xiaoneng.features.campaigns.schemas.templates import TemplateContent
from xiaoneng.features.campaigns.transitions import TASKS
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.schemas import NoInput, ReasonInput


async def _judge(_: Session, actor: Actor, task: CampaignTask) -> Judge:
    def judge(action: str) -> Denial:
        return policies.task_denial(action, actor, task)

    return judge


DOOR: Door[CampaignTask] = Door(
    TASK,
    TASKS,
    standing=policies.task_standing,
    judge=_judge,
    moved=lambda task_id, action: TaskMoved(subject_id=task_id, action=action),
)


async def lay_out(session: Session, campaign: Campaign, content: TemplateContent, unit_ids: Sequence[UUID]) -> None:
    """Write the matrix of the template; units that the document names are proposed, the office assigns."""
    names = {key: ref.name for key, ref in (await organization.unit_refs(session, unit_ids)).items()}
    co_units: list[CampaignTaskUnit] = []
    for seq, line in enumerate(content.tasks, start=1):
        lead = next(iter(named(names, line.lead)), None)
        task = CampaignTask(
            campaign_id=campaign.id,
            seq=seq,
            **line.model_dump(include={"no", "area", "title", "clause", "section", "named_owner"}),
            lead_names=list(line.lead),
            co_names=list(line.co),
            lead_unit_id=lead,
        )
        session.add(task)
        helpers = [*named(names, line.lead)[1:], *named(names, line.co)]
        co_units += [
            CampaignTaskUnit(task_id=task.id, unit_id=unit_id) for unit_id in dict.fromkeys(helpers) if unit_id != lead
        ]
    await session.flush()
    session.add_all(co_units)


async def perform(session: Session, actor: Actor, task_id: UUID, command: Command) -> CampaignTask:
    """Do one step of a task. Raises what `Door.perform` raises."""
    task = await repository.find(session, actor, task_id, for_update=True)
    return await DOOR.perform(session, actor, task, command)


@DOOR.on("assign", AssignInput)
async def _assign(session: Session, _: Actor, task: CampaignTask, body: AssignInput) -> Changes:
    for unit_id in (body.lead_unit_id, *body.co_unit_ids):
        await organization.require_unit(session, unit_id)
    if task.lead_unit_id != body.lead_unit_id:
        task.owner_id = None
    task.lead_unit_id, task.due_on, task.return_reason = body.lead_unit_id, body.due_on, None
    await repository.set_co_units(session, task.id, set(body.co_unit_ids) - {body.lead_unit_id})
    await worktime.cancel_clock(session, TASK, task.id, ANSWER)
    await _expect(session, task)
    return body.model_dump(mode="json")


async def _expect(session: Session, task: CampaignTask) -> None:
    """Raises DueInPast."""
    if task.due_on is not None:
        about: Any = {"subject_type": TASK, "subject_id": task.id, "unit_id": task.lead_unit_id}
        await worktime.start_clock_until(session, **about, kind=ANSWER, due_on=task.due_on)


@DOOR.on("name_owner", OwnerInput)
async def _name_owner(session: Session, _: Actor, task: CampaignTask, body: OwnerInput) -> Changes:
    if await organization.find_person_in(session, body.owner_id, task.lead_unit_id) is None:
        raise OwnerRefused
    task.owner_id, task.section = body.owner_id, body.section or task.section
    return body.model_dump(mode="json", exclude_none=True)


@DOOR.on("cascade", CascadeInput)
async def _cascade(session: Session, actor: Actor, task: CampaignTask, body: CascadeInput) -> Changes:
    """S0-28: the lower units get basically the same task; its answer comes back to the unit above."""
    below = await organization.subtree(session, [task.lead_unit_id] if task.lead_unit_id else [])
    wanted = set(body.unit_ids)
    if not wanted <= below - {task.lead_unit_id} or wanted & await repository.already(session, task.id):
        raise NotBelowLead
    for unit_id in sorted(wanted):
        child = CampaignTask(
            **task.model_dump(include={"campaign_id", "seq", "no", "area", "title", "clause", "named_owner"}),
            parent_id=task.id,
            lead_unit_id=unit_id,
            due_on=body.due_on,
            status=TaskStatus.ASSIGNED,
        )
        session.add(child)
        await _expect(session, child)
        note = Change(
            "assign", to_state=child.status, changes={"parent": task.title, "due_on": body.due_on.isoformat()}
        )
        timeline.record(session, actor.author, TASK, child.id, note)
    return {"units": [str(unit_id) for unit_id in sorted(wanted)]}


@DOOR.on("answer", ResultInput)
async def _answer(session: Session, actor: Actor, task: CampaignTask, body: ResultInput) -> Changes:
    task.result, task.answered_at, task.answered_by_name = body.result, clock.now(), actor.name
    task.is_late = task.due_on is not None and clock.today() > task.due_on
    await worktime.stop_clock(session, TASK, task.id, ANSWER)
    return {"result": body.result, "late": task.is_late}


@DOOR.on("accept", NoInput)
async def _accept(_: Session, actor: Actor, task: CampaignTask, __: NoInput) -> Changes:
    task.judged_by_name, task.return_reason = actor.name, None
    return {}


@DOOR.on("send_back", ReasonInput)
async def _send_back(session: Session, actor: Actor, task: CampaignTask, body: ReasonInput) -> Changes:
    task.judged_by_name, task.return_reason = actor.name, body.reason
    if task.due_on is not None and task.due_on >= clock.today():
        await _expect(session, task)
    return {}


async def _may_read(session: Session, actor: Actor, task_id: UUID) -> bool:
    return await repository.find(session, actor, task_id) is not None


register_reader(TASK, _may_read)
