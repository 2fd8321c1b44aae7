"""What happens to a co-handling unit's part: its own unit acts on it, and who asked for it judges it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor, Command
from xiaoneng.core.access.service import Changes, Denial, Door, Judge, register_reader
from xiaoneng.core.files import service as files
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.organization.service import leaves
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change
from xiaoneng.core.worktime.schemas.clocks import Moved
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.cases import policies, rules
from xiaoneng.features.cases.errors.cases import PartsBelowOpen, PersonRefused
from xiaoneng.features.cases.errors.merges import FollowsPrimary
from xiaoneng.features.cases.events import AssignmentMoved
from xiaoneng.features.cases.models.assignments import ASSIGNMENT, AssignmentWay, CaseAssignment
from xiaoneng.features.cases.models.case import SUBJECT_TYPE, Case, CaseStatus, ContactKind
from xiaoneng.features.cases.repository import assignments as repository
from xiaoneng.features.cases.repository import cases
from xiaoneng.features.cases.schemas.actions import AssignHandlerInput, ContactInput, CoUnitsInput, ReplyInput
from xiaoneng.features.cases.service import effects, parts
from xiaoneng.features.cases.service.door import DOOR, returns_of
from xiaoneng.features.cases.service.parts import Order
from xiaoneng.features.cases.transitions import JUDGING, PARTS
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.machine import Transition
from xiaoneng.kit.problems import NotFound
from xiaoneng.kit.schemas import NoInput, ReasonInput


async def _judge(session: Session, _: Actor, part: CaseAssignment) -> Judge:
    return await _judge_in(session, part, await cases.get(session, part.case_id))


async def _judge_in(session: Session, part: CaseAssignment, case: Case | None) -> Judge:
    if case is not None and case.status is CaseStatus.MERGED:
        return lambda _: FollowsPrimary
    returns = await returns_of(session, case, part.dispatched_at) if case else policies.ANY_RETURNS
    known = policies.Facts(clock.now(), returns)

    def judge(action: str) -> Denial:
        return policies.part_denial(action, part, known)

    return judge


def _moved(part_id: UUID, action: str) -> AssignmentMoved:
    return AssignmentMoved(subject_id=part_id, action=action)


OWN: Door[CaseAssignment] = Door(ASSIGNMENT, PARTS, standing=policies.part_standing, judge=_judge, moved=_moved)
"""What the unit does with its part."""
ASKER: Door[CaseAssignment] = Door(ASSIGNMENT, JUDGING, standing=policies.asker_standing, judge=_judge, moved=_moved)
"""What the unit that asked for the part, or the office, does with it."""


_OWN_ACTIONS = {row.action for row in PARTS.transitions}


async def perform(session: Session, actor: Actor, case_id: UUID, part_id: UUID, command: Command) -> CaseAssignment:
    """Do one action on a part; the case's history tells of it too. Raises what `Door.perform` raises."""
    case = await cases.lock_visible(session, actor, case_id)
    part = await repository.find(session, case_id, part_id) if case else None
    if case is None or part is None:
        raise NotFound
    before, handler = part.status, part.handler_id
    await (OWN if command.action in _OWN_ACTIONS else ASKER).perform(session, actor, part, command)
    if command.action == "sign" and part.way is AssignmentWay.HANDED_OVER:
        await parts.take_over(session, case, part)
        DOOR.move(case, CaseStatus.HANDLING)
    if part.handler_id != handler:
        others = [one for one in case.co_handler_ids or () if one != handler]
        case.co_handler_ids = [*others, *filter(None, [part.handler_id])] or None
    if part.ended_at is not None:
        await parts.leave(session, case, part)
    units = await organization.unit_refs(session)
    unit = units.get(part.unit_id)
    reason = getattr(command.body, "reason", None)
    change = Change(f"assignment.{command.action}", before, part.status, reason, {"unit": unit.name if unit else None})
    timeline.record(session, actor.author, SUBJECT_TYPE, case.id, change)
    return part


async def available(
    session: Session, actor: Actor, part: CaseAssignment, case: Case | None = None
) -> list[Transition[Any]]:
    """What the actor may do with a part now; the `case`, when it is at hand, spares a statement."""
    judge = await _judge_in(session, part, case) if case else None
    own = await OWN.available(session, actor, part, judge)
    return [*own, *await ASKER.available(session, actor, part, judge)]


@OWN.on("sign", NoInput)
async def _sign(session: Session, actor: Actor, part: CaseAssignment, _: NoInput) -> Changes:
    await worktime.stop_clock(session, ASSIGNMENT, part.id, "sign")
    part.signed_at, part.signed_by = clock.now(), actor.name
    return {}


@OWN.on("contact", ContactInput)
async def _contact(session: Session, actor: Actor, part: CaseAssignment, body: ContactInput) -> Changes:
    effects.note_contact(session, actor, part.case_id, ContactKind.CONTACT, body)
    if body.reached:
        part.contacted_at = part.contacted_at or clock.now()
    return {"reached": body.reached, "note": body.note}


@OWN.on("assign_handler", AssignHandlerInput)
async def _assign_handler(session: Session, _: Actor, part: CaseAssignment, body: AssignHandlerInput) -> Changes:
    person = await organization.find_person_in(session, body.person_id, part.unit_id)
    if person is None:
        raise PersonRefused
    substitute_id = await leaves.standing_in(session, person.id, part.unit_id)
    part.handler_id, part.acting_for_id = substitute_id or person.id, person.id if substitute_id else None
    return {"handler": person.name}


@OWN.on("arrive", NoInput)
async def _arrive(session: Session, _: Actor, part: CaseAssignment, __: NoInput) -> Changes:
    await worktime.stop_clock(session, ASSIGNMENT, part.id, "arrive")
    part.arrived_at = clock.now()
    return {}


@OWN.on("hand_down", CoUnitsInput)
async def _hand_down(session: Session, actor: Actor, part: CaseAssignment, body: CoUnitsInput) -> Changes:
    """What comes from above goes further down; the answers come up the same way."""
    case = await cases.get(session, part.case_id)
    if case is None:
        raise NotFound
    await parts.require_below(session, part.unit_id, body.co_unit_ids)
    order = Order(AssignmentWay.HANDED_DOWN, body.note, answers_to_id=part.unit_id)
    return {"co_units": await parts.give_co(session, actor, case, body.co_unit_ids, order), "note": body.note}


@OWN.on("reply", ReplyInput)
async def _reply(session: Session, actor: Actor, part: CaseAssignment, body: ReplyInput) -> Changes:
    others = await repository.open_parts(session, part.case_id)
    if any(one.answers_to_id == part.unit_id and one.status in repository.OWED for one in others):
        raise PartsBelowOpen
    await files.attach(session, actor, body.file_ids, ASSIGNMENT, part.id)
    part.reply_text, part.reply_file_ids = body.text, body.file_ids
    part.replied_at, part.replied_by = clock.now(), actor.name
    await worktime.stop_clock(session, ASSIGNMENT, part.id, "finish")
    return {"files": len(body.file_ids)}


@OWN.on("return", ReasonInput)
async def _return(_: Session, __: Actor, part: CaseAssignment, body: ReasonInput) -> Changes:
    part.ended_at, part.end_reason = clock.now(), body.reason
    return {}


@ASKER.on("accept", NoInput)
async def _accept(_: Session, __: Actor, part: CaseAssignment, ___: NoInput) -> Changes:
    part.ended_at = clock.now()
    return {}


@ASKER.on("redo", ReasonInput)
async def _redo(session: Session, _: Actor, part: CaseAssignment, __: ReasonInput) -> Changes:
    case = await cases.get(session, part.case_id)
    if case is None:
        raise NotFound
    earlier = part.reply_text
    part.reply_text = part.replied_at = part.replied_by = None
    part.reply_file_ids, part.redo_count = [], part.redo_count + 1
    finish = await worktime.start_clock(
        session,
        subject_type=ASSIGNMENT,
        subject_id=part.id,
        kind="finish",
        policy_code=rules.policy_code(case.kind, case.urgency),
        started_at=clock.now(),
        unit_id=part.unit_id,
        scopes=rules.policy_scopes(case.channel),
    )
    part.due_at = finish.due_at
    return {"earlier_reply": earlier, "redo_count": part.redo_count}


@ASKER.on("cancel", ReasonInput)
async def _cancel(_: Session, __: Actor, part: CaseAssignment, body: ReasonInput) -> Changes:
    part.ended_at, part.end_reason = clock.now(), body.reason
    return {}


async def _may_read(session: Session, actor: Actor, part_id: UUID) -> bool:
    return await repository.case_of(session, actor, part_id) is not None


async def _follow(session: Session, moved: Sequence[Moved]) -> None:
    dues = [(move.subject_id, move.due_at) for move in moved if move.kind == "finish"]
    if dues:
        await repository.move_due(session, dues)


register_reader(ASSIGNMENT, _may_read)
worktime.register_follower(ASSIGNMENT, _follow)
