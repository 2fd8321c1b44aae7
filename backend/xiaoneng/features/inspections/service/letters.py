"""Letters on their way: issuing, receipt, answers, review (SM-4, R-05)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor, Command
from xiaoneng.core.access.service import Changes, Denial, Door, Judge, register_reader
from xiaoneng.core.files import service as files
from xiaoneng.core.numbering import service as numbering
from xiaoneng.core.outbox import service as outbox
from xiaoneng.core.worktime.schemas.clocks import Moved
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.inspections.errors.letters import ProblemUnknown
from xiaoneng.features.inspections.events.letters import (
    AccountabilityProposed,
    LetterAnswered,
    LetterDelivered,
    LetterFilesAsked,
    LetterMoved,
    LetterReturned,
)
from xiaoneng.features.inspections.models.letters import (
    LETTER,
    REPLY,
    RESULT,
    SIGN,
    Letter,
    LetterProblem,
    LetterReply,
    ReplyKind,
)
from xiaoneng.features.inspections.policies import letters as policies
from xiaoneng.features.inspections.repository import letters as repository
from xiaoneng.features.inspections.schemas.letters import (
    LetterAcceptInput,
    LetterContent,
    LetterDatedReason,
    LetterDeliverInput,
    LetterPlanInput,
    LetterResultInput,
)
from xiaoneng.features.inspections.service.letter_drafts import require
from xiaoneng.features.inspections.transitions.letters import LETTERS
from xiaoneng.features.rectification.models.items import ItemClass
from xiaoneng.features.rectification.service.opening import Found, Source, open_from
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.schemas import NoInput, ReasonInput

POLICY = "rectification_letter"


async def _judge(_: Session, actor: Actor, letter: Letter) -> Judge:
    now = clock.now()

    def judge(action: str) -> Denial:
        return policies.denial(action, actor, letter, now)

    return judge


DOOR: Door[Letter] = Door(
    LETTER,
    LETTERS,
    standing=policies.standing,
    judge=_judge,
    moved=lambda letter_id, action: LetterMoved(subject_id=letter_id, action=action),
)


async def perform(session: Session, actor: Actor, letter_id: UUID, command: Command) -> Letter:
    """Do one step of a letter. Raises what `Door.perform` raises."""
    letter = await repository.find(session, actor, letter_id, for_update=True)
    return await DOOR.perform(session, actor, letter, command)


@DOOR.on("edit", LetterContent)
async def _edit(session: Session, actor: Actor, letter: Letter, body: LetterContent) -> Changes:
    await require(session, actor, letter, body)
    for name, value in body.model_dump(exclude={"problems"}).items():
        setattr(letter, name, value)
    await repository.replace_problems(session, letter.id, body.problems)
    letter.drafted_by, letter.drafted_by_name = actor.id, actor.name
    return {"title": body.title}


@DOOR.on("countersign", NoInput)
async def _countersign(_: Session, actor: Actor, letter: Letter, __: NoInput) -> Changes:
    letter.countersigned_by_name = actor.name
    return {}


@DOOR.on("send_back", ReasonInput)
async def _send_back(_: Session, __: Actor, letter: Letter, ___: ReasonInput) -> Changes:
    letter.countersigned_by_name = None
    return {}


@DOOR.on("issue", NoInput)
async def _issue(session: Session, actor: Actor, letter: Letter, _: NoInput) -> Changes:
    """The number is taken last: its counter is locked until the transaction ends."""
    issuer = await repository.issuer(session, letter.issuer_id)
    now = clock.now()
    begun = await _start(session, letter, REPLY)
    letter.issued_at, letter.issued_on, letter.issued_by_name = now, clock.today(), actor.name
    letter.due_at = letter.reply_due_at = begun.due_at
    letter.no = await numbering.next_number(session, f"letter.{letter.type.value}", issuer.word if issuer else "")
    await outbox.publish(session, LetterFilesAsked(subject_id=letter.id))
    return {"no": letter.no, "due_at": begun.due_at.isoformat()}


async def _start(session: Session, letter: Letter, kind: str) -> Any:
    return await worktime.start_clock(
        session,
        subject_type=LETTER,
        subject_id=letter.id,
        kind=kind,
        policy_code=POLICY,
        started_at=clock.now(),
        unit_id=letter.to_unit_id,
    )


@DOOR.on("make_files", NoInput)
async def _make_files(session: Session, _: Actor, letter: Letter, __: NoInput) -> Changes:
    letter.pdf_problem = None
    await outbox.publish(session, LetterFilesAsked(subject_id=letter.id))
    return {}


@DOOR.on("deliver", LetterDeliverInput)
async def _deliver(session: Session, _: Actor, letter: Letter, body: LetterDeliverInput) -> Changes:
    letter.delivered_at, letter.delivery = clock.now(), body.delivery
    await _start(session, letter, SIGN)
    await outbox.publish(session, LetterDelivered(subject_id=letter.id))
    return {"delivery": body.delivery}


@DOOR.on("receive", NoInput)
async def _receive(session: Session, actor: Actor, letter: Letter, _: NoInput) -> Changes:
    letter.received_at, letter.received_by_name = clock.now(), actor.name
    await worktime.stop_clock(session, LETTER, letter.id, SIGN)
    return {}


@DOOR.on("reply_plan", LetterPlanInput)
async def _reply_plan(session: Session, actor: Actor, letter: Letter, body: LetterPlanInput) -> Changes:
    """The plan ends the first limit and begins that of the result; problems it takes up stand in the ledger at once."""
    reply = await _answered(session, actor, letter, LetterReply, kind=ReplyKind.PLAN, body=body)
    letter.plan_replied_at = reply.at
    items = await _take_up(session, actor, letter, body.problem_ids)
    await worktime.stop_clock(session, LETTER, letter.id, REPLY)
    await _until(session, letter, body.result_due_on)
    return {"late": reply.is_late, "result_due_on": body.result_due_on.isoformat(), "items": items}


async def _take_up(session: Session, actor: Actor, letter: Letter, problem_ids: Sequence[UUID]) -> list[str]:
    named = {problem.id: problem for problem in await repository.problems(session, letter.id)}
    wanted = [named.get(key) for key in dict.fromkeys(problem_ids)]
    items: list[str] = []
    for problem in wanted:
        if problem is None or problem.item_id is not None:
            raise ProblemUnknown
        items.append(await _open_item(session, actor, letter, problem))
    return items


async def _open_item(session: Session, actor: Actor, letter: Letter, problem: LetterProblem) -> str:
    found = Found(
        Source(LETTER, problem.id, letter.no),
        f"文书整改：{problem.text}",
        problem.text,
        letter.to_unit_id,
        {"item_class": ItemClass.DEADLINE},
    )
    item = await open_from(session, actor.author, found)
    if item is None:
        raise ProblemUnknown
    await session.flush()
    problem.item_id = item.id
    return item.no


@DOOR.on("reply_result", LetterResultInput)
async def _reply_result(session: Session, actor: Actor, letter: Letter, body: LetterResultInput) -> Changes:
    reply = await _answered(session, actor, letter, LetterReply, kind=ReplyKind.RESULT, body=body)
    letter.result_replied_at = reply.at
    letter.due_at = None
    await worktime.stop_clock(session, LETTER, letter.id, RESULT)
    return {"late": reply.is_late}


async def _answered(
    session: Session, actor: Actor, letter: Letter, table: type[LetterReply], *, kind: ReplyKind, body: Any
) -> LetterReply:
    await files.attach(session, actor, body.file_ids, LETTER, letter.id)
    now = clock.now()
    reply = table(
        letter_id=letter.id,
        kind=kind,
        text=body.text,
        result_due_on=getattr(body, "result_due_on", None),
        file_ids=list(body.file_ids),
        is_late=letter.due_at is not None and now > letter.due_at,
        by_name=actor.name,
        at=now,
    )
    session.add(reply)
    await outbox.publish(session, LetterAnswered(subject_id=letter.id, kind=kind))
    return reply


async def _until(session: Session, letter: Letter, due_on: Any, kind: str = RESULT) -> None:
    begun = await worktime.start_clock_until(
        session, subject_type=LETTER, subject_id=letter.id, kind=kind, due_on=due_on, unit_id=letter.to_unit_id
    )
    letter.due_at = begun.due_at


@DOOR.on("accept", LetterAcceptInput)
async def _accept(_: Session, actor: Actor, letter: Letter, body: LetterAcceptInput) -> Changes:
    letter.reviewed_by_name, letter.review_note = actor.name, body.note
    return {"note": body.note}


@DOOR.on("ask_supplement", LetterDatedReason)
async def _ask_supplement(session: Session, actor: Actor, letter: Letter, body: LetterDatedReason) -> Changes:
    letter.reviewed_by_name, letter.review_note = actor.name, body.reason
    letter.supplement_count += 1
    await _until(session, letter, body.due_on)
    await outbox.publish(session, LetterReturned(subject_id=letter.id))
    return {"due_on": body.due_on.isoformat()}


@DOOR.on("close", NoInput)
async def _close(_: Session, __: Actor, ___: Letter, ____: NoInput) -> Changes:
    return {}


@DOOR.on("admonish", LetterDatedReason)
async def _admonish(session: Session, _: Actor, letter: Letter, body: LetterDatedReason) -> Changes:
    """告诫 sets a last day; what R-05 counts by stays the first one."""
    kind = RESULT if letter.plan_replied_at else REPLY
    letter.admonished_at = clock.now()
    await worktime.cancel_clock(session, LETTER, letter.id, kind)
    await _until(session, letter, body.due_on, kind)
    await outbox.publish(session, LetterReturned(subject_id=letter.id))
    return {"due_on": body.due_on.isoformat()}


@DOOR.on("propose_accountability", ReasonInput)
async def _propose(session: Session, _: Actor, letter: Letter, body: ReasonInput) -> Changes:
    letter.proposed_at = clock.now()
    await outbox.publish(session, AccountabilityProposed(subject_id=letter.id, reason=body.reason))
    return {}


@DOOR.on("void", ReasonInput)
async def _void(session: Session, _: Actor, letter: Letter, __: ReasonInput) -> Changes:
    """The number stays taken (§3.8)."""
    letter.due_at = None
    await worktime.cancel_clock(session, LETTER, letter.id, None)
    return {"no": letter.no}


async def _may_read(session: Session, actor: Actor, letter_id: UUID) -> bool:
    return await repository.find(session, actor, letter_id) is not None


async def _follow(session: Session, moved: Sequence[Moved]) -> None:
    for kind in (REPLY, RESULT):
        if moves := [(move.subject_id, move.due_at) for move in moved if move.kind == kind]:
            await repository.move_due(session, moves, is_reply=kind == REPLY)


register_reader(LETTER, _may_read)
worktime.register_follower(LETTER, _follow)
