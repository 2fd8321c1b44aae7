"""A leader instructs, the addressee reports, the office judges (批示)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor, Command
from xiaoneng.core.access.service import Changes, Denial, Door, Judge, register_reader
from xiaoneng.core.organization.schemas.shared import PersonRef
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.outbox import service as outbox
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change
from xiaoneng.core.worktime.schemas.clocks import DeadlineRead, Moved, StartedClock
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.cases.models.case import SUBJECT_TYPE as CASE
from xiaoneng.features.cases.models.case import Case
from xiaoneng.features.cases.service import reading as cases
from xiaoneng.features.cases.service import system
from xiaoneng.features.supervision import policies
from xiaoneng.features.supervision.errors import AddresseeRefused, CaseNotListable
from xiaoneng.features.supervision.events import InstructionGiven, InstructionMoved
from xiaoneng.features.supervision.models.instructions import FINISH, INSTRUCTION, CaseInstruction, InstructionStatus
from xiaoneng.features.supervision.repository import instructions as repository
from xiaoneng.features.supervision.schemas.instructions import (
    Addressee,
    InstructionFilter,
    InstructionGive,
    InstructionRead,
    JudgementInput,
    ReportInput,
)
from xiaoneng.features.supervision.transitions import IN_CASES, INSTRUCTIONS
from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Session
from xiaoneng.kit.machine import Transition, action_refs
from xiaoneng.kit.pages import Page
from xiaoneng.kit.schemas import ReasonInput

People = Mapping[UUID, PersonRef]


async def _judge(_: Session, actor: Actor, task: CaseInstruction) -> Judge:
    def judge(action: str) -> Denial:
        return policies.instruction_denial(action, actor.id, task)

    return judge


DOOR: Door[CaseInstruction] = Door(
    INSTRUCTION,
    INSTRUCTIONS,
    standing=policies.instruction_standing,
    judge=_judge,
    moved=lambda task_id, action: InstructionMoved(subject_id=task_id, action=action),
)


async def give(session: Session, actor: Actor, body: InstructionGive) -> list[InstructionRead]:
    """Open a supervised task for each addressee, each with a limit of its own.

    Raises NotFound (of the case), CaseNotListable, UnitGone, AddresseeRefused and DueInPast.
    """
    case = await cases.get(session, actor, body.case_id)
    if not policies.is_open_to_supervision(case):
        raise CaseNotListable
    batch_id = ids.new_id()
    given = [await _give_one(session, actor, case, body, (batch_id, one)) for one in body.addressees]
    await session.flush()
    names = [(await organization.require_unit(session, task.unit_id)).name for task in given]
    change = Change("instruct", changes={"text": body.text, "units": names})
    timeline.record(session, actor.author, CASE, case.id, change)
    await session.write_buffered()
    return [await read(session, actor, task, case) for task in given]


async def _give_one(
    session: Session, actor: Actor, case: Case, body: InstructionGive, told: tuple[UUID, Addressee]
) -> CaseInstruction:
    batch_id, addressee = told
    unit_id = await _unit_of(session, addressee)
    task_id = ids.new_id()
    task = CaseInstruction(
        id=task_id,
        case_id=case.id,
        batch_id=batch_id,
        text=body.text,
        grade=body.grade,
        due_at=(await _start(session, body, task_id, unit_id)).due_at,
        given_by=actor.id,
        given_by_name=actor.name,
        given_at=clock.now(),
        unit_id=unit_id,
        person_id=addressee.person_id,
    )
    session.add(task)
    await outbox.publish(session, InstructionGiven(subject_id=task_id))
    return task


async def _unit_of(session: Session, addressee: Addressee) -> UUID:
    """Where the task is answered for: the unit that was named, or that of the person's post."""
    unit_id = addressee.unit_id
    if addressee.person_id is not None:
        unit_id = unit_id or (await organization.position_of(session, addressee.person_id)).unit_id
        if unit_id is None or not await organization.find_person_in(session, addressee.person_id, unit_id):
            raise AddresseeRefused
    if unit_id is None:
        raise AddresseeRefused
    return (await organization.require_unit(session, unit_id)).id


async def _start(session: Session, body: InstructionGive, task_id: UUID, unit_id: UUID) -> StartedClock:
    common: Any = {"subject_type": INSTRUCTION, "subject_id": task_id, "kind": FINISH, "unit_id": unit_id}
    if body.due_on is not None:
        return await worktime.start_clock_until(session, **common, due_on=body.due_on)
    code = f"supervision.instruction.{body.grade}"
    return await worktime.start_clock(session, **common, policy_code=code, started_at=clock.now())


async def perform(session: Session, actor: Actor, task_id: UUID, command: Command) -> InstructionRead:
    """Do one step of an instruction; the history of the case tells of it. Raises what `Door.perform` raises."""
    task = await repository.find(session, actor, task_id)
    before = task.status if task else None
    task = await DOOR.perform(session, actor, task, command)
    reason = getattr(command.body, "reason", None)
    change = Change(f"instruction.{command.action}", before, task.status, reason)
    timeline.record(session, actor.author, CASE, task.case_id, change)
    await session.write_buffered()
    return await read(session, actor, task, await system.get(session, task.case_id))


@DOOR.on("report", ReportInput)
async def _report(session: Session, actor: Actor, task: CaseInstruction, body: ReportInput) -> Changes:
    task.report_text, task.reported_at = body.text, clock.now()
    task.reported_by, task.reported_by_name = actor.id, actor.name
    await worktime.stop_clock(session, INSTRUCTION, task.id, FINISH)
    return {}


@DOOR.on("accept", JudgementInput)
async def _accept(_: Session, actor: Actor, task: CaseInstruction, body: JudgementInput) -> Changes:
    task.judgement, task.judged_by_name, task.ended_at = body.judgement, actor.name, clock.now()
    return {"judgement": body.judgement}


@DOOR.on("send_back", ReasonInput)
async def _send_back(session: Session, actor: Actor, task: CaseInstruction, body: ReasonInput) -> Changes:
    """What is sent back has a new limit of its grade, counted from now."""
    task.judgement, task.judged_by_name = body.reason, actor.name
    task.returned_count += 1
    started = await worktime.start_clock(
        session,
        subject_type=INSTRUCTION,
        subject_id=task.id,
        kind=FINISH,
        policy_code=f"supervision.instruction.{task.grade}",
        started_at=clock.now(),
        unit_id=task.unit_id,
    )
    task.due_at = started.due_at
    return {"earlier_report": task.report_text, "returned_count": task.returned_count}


@DOOR.on("withdraw", ReasonInput)
async def _withdraw(session: Session, actor: Actor, task: CaseInstruction, body: ReasonInput) -> Changes:
    task.judgement, task.judged_by_name, task.ended_at = body.reason, actor.name, clock.now()
    await worktime.cancel_clock(session, INSTRUCTION, task.id, FINISH)
    return {}


_OWED = frozenset({InstructionStatus.ISSUED, InstructionStatus.RETURNED})


async def read(session: Session, actor: Actor, task: CaseInstruction, case: Any) -> InstructionRead:
    """One instruction as the API shows it; `case` tells its number and title."""
    people = await organization.person_refs(session, filter(None, [task.person_id]))
    return await _shown(session, actor, task, case, people)


async def _shown(session: Session, actor: Actor, task: CaseInstruction, case: Any, people: People) -> InstructionRead:
    units = await organization.unit_refs(session)
    deadline = await deadline_of(session, task)
    told = {name: getattr(task, name) for name in InstructionRead.model_fields if hasattr(task, name)}
    return InstructionRead(
        **told,
        case_no=case.no,
        case_title=case.title,
        unit=units.get(task.unit_id),
        person=people.get(task.person_id) if task.person_id else None,
        lamp=worktime.lamp(deadline),
        deadline=deadline,
        available_actions=action_refs(await DOOR.available(session, actor, task)),
    )


async def page(session: Session, actor: Actor, chosen: InstructionFilter) -> Page[InstructionRead]:
    """A page of the instructions within the actor's reach."""
    found = await repository.page(session, actor, chosen)
    people = await organization.person_refs(session, filter(None, [row.person_id for row in found.rows]))
    shown = {row.id: await _shown(session, actor, row.CaseInstruction, row, people) for row in found.rows}
    return found.page(lambda row: shown[row.id])


async def deadline_of(session: Session, task: CaseInstruction) -> DeadlineRead | None:
    """Until when its addressee has to report; None while it is not theirs."""
    if task.status not in _OWED:
        return None
    return worktime.deadline(await worktime.calendar(session), "supervise", task.due_at)


async def due_soon(session: Session, actor: Actor, before: datetime, limit: int) -> Sequence[Any]:
    """The open instructions within the actor's reach due before a moment, each with the number of its case."""
    return await repository.due_soon(session, actor, before, limit)


async def available(session: Session, actor: Actor, task: CaseInstruction) -> list[Transition[Any]]:
    """What the actor may do with it now."""
    return await DOOR.available(session, actor, task)


async def _may_read(session: Session, actor: Actor, task_id: UUID) -> bool:
    return await repository.find(session, actor, task_id) is not None


async def _follow(session: Session, moved: Sequence[Moved]) -> None:
    if moved:
        await repository.move_due(session, [(move.subject_id, move.due_at) for move in moved])


timeline.register_titles(IN_CASES)
register_reader(INSTRUCTION, _may_read)
worktime.register_follower(INSTRUCTION, _follow)
