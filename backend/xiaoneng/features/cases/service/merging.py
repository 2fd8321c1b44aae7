"""Merging what is one matter, by a person and reversibly: a split brings back the state and the limits (R-16)."""

from collections.abc import Sequence
from typing import Any

from xiaoneng.core.access.errors import PermissionDenied
from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import Changes
from xiaoneng.core.outbox import service as outbox
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Author, Change
from xiaoneng.core.worktime.schemas.clocks import ClockView, Grounds
from xiaoneng.core.worktime.service import reopening
from xiaoneng.features.cases import policies
from xiaoneng.features.cases.errors.merges import NotMerged
from xiaoneng.features.cases.events import CaseMoved
from xiaoneng.features.cases.models.assignments import ASSIGNMENT, AssignmentPart, AssignmentStatus, CaseAssignment
from xiaoneng.features.cases.models.case import SUBJECT_TYPE, Case, CaseStatus
from xiaoneng.features.cases.models.merges import CaseMerge
from xiaoneng.features.cases.repository import assignments, cases
from xiaoneng.features.cases.repository import merges as repository
from xiaoneng.features.cases.schemas.merges import MergeInput
from xiaoneng.features.cases.service import answers
from xiaoneng.features.cases.service.door import DOOR
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.problems import NotFound
from xiaoneng.kit.schemas import ReasonInput

hold = repository.hold
"""Lock the cases of a merge before it, in one order for everybody."""


@DOOR.on("merge", MergeInput)
async def _merge(session: Session, actor: Actor, case: Case, body: MergeInput) -> Changes:
    into = await cases.lock_visible(session, actor, body.into_id)
    if into is None:
        raise NotFound
    if not actor.may("case:merge", policies.standing(into)):
        raise PermissionDenied
    denial = policies.merge_denial(case, into)
    if denial:
        raise denial
    made = await _set_aside(session, actor, case, into, body.reason)
    if case.carries_others:
        await _bring_along(session, actor, made, into)
    into.carries_others = True
    if into.status is CaseStatus.REPLIED:
        await session.flush()
        await answers.pass_on(session, into)
    await _tell(session, actor.author, into, "take_in", case)
    return {"primary": into.no}


async def _set_aside(session: Session, actor: Actor, case: Case, into: Case, reason: str) -> CaseMerge:
    """Set the limits of the case and of its parts aside, and write down what a split has to bring back."""
    case.merged_into_id = into.id
    parts = await assignments.open_parts(session, case.id) if case.lead_unit_id else []
    subjects = [(SUBJECT_TYPE, case.id), *((ASSIGNMENT, part.id) for part in parts)]
    ended = await reopening.set_aside(session, subjects, Grounds(f"并入 {into.no}：{reason}", actor.id))
    made = CaseMerge(
        case_id=case.id,
        into_id=into.id,
        status_before=_state_of(parts),
        clock_ids=ended,
        reason=reason,
        merged_at=clock.now(),
        merged_by=actor.id,
        merged_by_name=actor.name,
    )
    session.add(made)
    return made


def _state_of(parts: Sequence[CaseAssignment]) -> CaseStatus:
    """Where a case stands by the part of its lead: the machine has moved it on already."""
    for part in parts:
        if part.part is AssignmentPart.LEAD:
            return CaseStatus.TO_SIGN if part.status is AssignmentStatus.TO_SIGN else CaseStatus.HANDLING
    return CaseStatus.REGISTERED


async def _bring_along(session: Session, actor: Actor, made: CaseMerge, into: Case) -> None:
    """What was merged into a case that is merged itself belongs to the same matter: one step, never a chain."""
    await session.flush()
    for case in await repository.carried(session, made.case_id, CaseStatus.MERGED):
        await _readdress(session, actor, case, into, made)


async def _readdress(session: Session, actor: Actor, case: Case, into: Case, because: CaseMerge | None) -> None:
    """Let a merged case belong to another one from now on; its limits stay set aside."""
    held = await repository.find_open(session, case.id)
    if held is None:
        raise NotMerged
    held.ended_at, held.ended_by_name, held.end_reason = clock.now(), actor.name, f"主件转为 {into.no}"
    await session.flush()
    kept: dict[str, Any] = held.model_dump(include={"case_id", "status_before", "clock_ids", "reason"})
    moved: dict[str, Any] = {"into_id": into.id, "with_id": because.id if because else None, "merged_at": clock.now()}
    session.add(CaseMerge(**kept, **moved, merged_by=actor.id, merged_by_name=actor.name))
    case.merged_into_id = into.id
    into.carries_others = True
    DOOR.move(case, case.status)
    change = Change("change_primary", case.status, case.status, changes={"primary": into.no})
    timeline.record(session, actor.author, SUBJECT_TYPE, case.id, change)


@DOOR.on("unmerge", ReasonInput)
async def _unmerge(session: Session, actor: Actor, case: Case, body: ReasonInput) -> Changes:
    held = await repository.find_open(session, case.id)
    if held is None:
        raise NotMerged
    earlier = answers.withdraw(case)
    primary = await _end(session, actor.author, case, held, body.reason)
    DOOR.move(case, held.status_before)
    views = await reopening.take_up(session, held.clock_ids, Grounds(f"从 {primary.no} 拆出：{body.reason}", actor.id))
    await _set_dues(session, case, views)
    await _take_along(session, actor, held, case)
    return {"primary": primary.no} | ({"earlier_reply": earlier} if earlier else {})


async def set_free(session: Session, author: Author, case: Case, reason: str) -> None:
    """A closed case is reopened: if it was merged, it stands by itself from now on, under new limits."""
    if case.merged_into_id is not None:
        held = await repository.find_open(session, case.id)
        if held is None:
            raise NotMerged
        await _end(session, author, case, held, reason)


async def _end(session: Session, author: Author, case: Case, held: CaseMerge, reason: str) -> Case:
    """The merge is over; returns the case that it was into."""
    primary = await cases.get(session, held.into_id)
    if primary is None:
        raise NotMerged
    held.ended_at, held.ended_by_name, held.end_reason = clock.now(), author.name, reason
    case.merged_into_id = None
    await _tell(session, author, primary, "let_go", case)
    return primary


async def _set_dues(session: Session, case: Case, views: Sequence[ClockView]) -> None:
    """The dates that lists sort by are those of the limits that run again."""
    ends = {view.subject_id: view.due_at for view in views if view.kind == "finish" and view.due_at is not None}
    case.due_at = ends.pop(case.id, case.due_at)
    if ends:
        await assignments.move_due(session, list(ends.items()))
    if case.lead_unit_id:
        await assignments.move_lead(session, case.id, due_at=case.due_at)


async def _take_along(session: Session, actor: Actor, held: CaseMerge, case: Case) -> None:
    """What came with the case goes back with it, and waits again for its reply; what is closed stays judged."""
    for other in await repository.came_with(session, held.id):
        came = await cases.get(session, other.case_id, for_update=True)
        if came is not None and came.status is not CaseStatus.CLOSED:
            answers.withdraw(came)
            DOOR.move(came, CaseStatus.MERGED)
            await _readdress(session, actor, came, case, None)


async def _tell(session: Session, author: Author, primary: Case, action: str, case: Case) -> None:
    """The primary's history and its viewers learn what joined or left it."""
    change = Change(action, primary.status, primary.status, changes={"no": case.no})
    timeline.record(session, author, SUBJECT_TYPE, primary.id, change)
    await outbox.publish(session, CaseMoved(subject_id=primary.id, action=action))
