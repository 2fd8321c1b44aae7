"""Rounds: from the scheme to the draw (SM-10)."""

from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor, Command
from xiaoneng.core.access.service import Changes, Denial, Door, Judge, register_reader
from xiaoneng.core.numbering import service as numbering
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change, TimelineEntryRead
from xiaoneng.features.evaluations import policies
from xiaoneng.features.evaluations.errors.rounds import SchemeNotInForce
from xiaoneng.features.evaluations.events import RoundMoved
from xiaoneng.features.evaluations.models.rounds import ROUND, EvaluationRound
from xiaoneng.features.evaluations.models.schemes import EvaluationScheme, SchemeStatus
from xiaoneng.features.evaluations.repository import rounds as repository
from xiaoneng.features.evaluations.repository import schemes as scheme_rows
from xiaoneng.features.evaluations.schemas.results import TallyInput
from xiaoneng.features.evaluations.schemas.rounds import (
    DrawFile,
    EntropyInput,
    PublicRound,
    PublicRounds,
    RedrawInput,
    ReplaceInput,
    RoundCreate,
    RoundFilter,
    RoundListItem,
    RoundRead,
    SealPoolInput,
)
from xiaoneng.features.evaluations.service import ballots, draws, results, schemes
from xiaoneng.features.evaluations.transitions import ROUND_TITLES, ROUNDS
from xiaoneng.kit.db import Session
from xiaoneng.kit.machine import action_refs
from xiaoneng.kit.pages import Page, PageParams
from xiaoneng.kit.problems import NotFound
from xiaoneng.kit.schemas import NoInput, ReasonInput


async def _judge(_: Session, __: Actor, ___: EvaluationRound) -> Judge:
    def judge(_: str) -> Denial:
        return None

    return judge


DOOR: Door[EvaluationRound] = Door(
    ROUND,
    ROUNDS,
    standing=policies.round_standing,
    judge=_judge,
    moved=lambda round_id, action: RoundMoved(subject_id=round_id, action=action),
)


async def create(session: Session, actor: Actor, body: RoundCreate) -> EvaluationRound:
    """Begin a round. Raises NotFound (of the scheme) and SchemeNotInForce."""
    _in_force(await schemes.get(session, body.scheme_id))
    no = await numbering.next_number(session, ROUND)
    row = EvaluationRound(**body.model_dump(), no=no, created_by=actor.id, created_by_name=actor.name)
    session.add(row)
    await session.flush()
    timeline.record(session, actor.author, ROUND, row.id, Change("create", changes={"no": no}))
    return row


def _in_force(scheme: EvaluationScheme) -> None:
    if scheme.status is not SchemeStatus.IN_FORCE:
        raise SchemeNotInForce


async def perform(session: Session, actor: Actor, round_id: UUID, command: Command) -> EvaluationRound:
    """Do one step of a round. Raises what `Door.perform` raises."""
    row = await repository.find(session, actor, round_id, for_update=True)
    row = await DOOR.perform(session, actor, row, command)
    await session.write_buffered()
    return row


@DOOR.on("freeze_scheme", NoInput)
async def _freeze_scheme(session: Session, _: Actor, row: EvaluationRound, __: NoInput) -> Changes:
    """From here on the round counts by this copy, whatever becomes of the scheme."""
    scheme = await schemes.get(session, row.scheme_id)
    _in_force(scheme)
    row.content, row.content_hash = scheme.content, draws.content_hash(scheme.content)
    return {"scheme": scheme.no, "version": scheme.version, "hash": row.content_hash}


@DOOR.on("freeze_pool", SealPoolInput)
async def _freeze_pool(session: Session, actor: Actor, row: EvaluationRound, body: SealPoolInput) -> Changes:
    return _told(await draws.seal(session, actor, row, body))


def _told(draw: Any) -> Changes:
    day = draw.entropy_on.isoformat()
    return {"draw": draw.seq, "pool_hash": draw.pool_hash, "entropy_source": draw.entropy_source, "entropy_on": day}


@DOOR.on("draw", EntropyInput)
async def _draw(session: Session, actor: Actor, row: EvaluationRound, body: EntropyInput) -> Changes:
    draw = await draws.reveal(session, actor, row, body.entropy)
    return {"draw": draw.seq, "entropy": draw.entropy}


@DOOR.on("redraw", RedrawInput)
async def _redraw(session: Session, actor: Actor, row: EvaluationRound, body: RedrawInput) -> Changes:
    """The draw before it stays on record, and everybody sees it."""
    await draws.supersede(session, row, body.reason)
    return _told(await draws.seal(session, actor, row, body))


@DOOR.on("replace", ReplaceInput)
async def _replace(session: Session, _: Actor, row: EvaluationRound, body: ReplaceInput) -> Changes:
    reserve = await draws.replace(session, row, body.label, body.reason)
    return {"label": body.label, "by": reserve.label}


@DOOR.on("open", NoInput)
async def _open(session: Session, _: Actor, row: EvaluationRound, __: NoInput) -> Changes:
    return {"codes": await ballots.issue(session, row)}


@DOOR.on("close", NoInput)
async def _close(session: Session, _: Actor, row: EvaluationRound, __: NoInput) -> Changes:
    """Whatever is still on its way goes into the box."""
    await ballots.shuffle(session, row.id, closing=True)
    return {"returned": sum(one.returned for one in await ballots.turnout(session, row.id))}


@DOOR.on("tally", TallyInput)
async def _tally(session: Session, actor: Actor, row: EvaluationRound, body: TallyInput) -> Changes:
    """Every tally is a version of its own; what was published before stays as it was."""
    made = await results.count(session, actor, row, body.parts)
    return {"version": made.version, "box_hash": made.box_hash, "faults": made.faults}


@DOOR.on("publish", NoInput)
async def _publish(session: Session, actor: Actor, row: EvaluationRound, _: NoInput) -> Changes:
    made = await results.publish(session, actor, row.id)
    return {"version": made.version, "box_hash": made.box_hash}


@DOOR.on("finalize", NoInput)
async def _finalize(session: Session, _: Actor, row: EvaluationRound, __: NoInput) -> Changes:
    return {"version": (await results.settle(session, row.id)).version}


@DOOR.on("void", ReasonInput)
async def _void(_: Session, __: Actor, row: EvaluationRound, body: ReasonInput) -> Changes:
    row.void_reason = body.reason
    return {}


async def get(session: Session, actor: Actor, round_id: UUID) -> EvaluationRound:
    """One round. Raises NotFound, also beyond the actor's sight."""
    row = await repository.find(session, actor, round_id)
    if row is None:
        raise NotFound
    return row


async def read(session: Session, actor: Actor, row: EvaluationRound) -> RoundRead:
    """One round with its draws and what the caller may do."""
    scheme = await scheme_rows.find(session, row.scheme_id)
    if scheme is None:
        raise NotFound
    told = {name: getattr(row, name) for name in RoundRead.model_fields if hasattr(row, name)}
    more = {
        "content": row.content or scheme.content,
        "scheme_no": scheme.no,
        "scheme_version": scheme.version,
        "draws": await draws.reads(session, row.id),
        "turnout": await ballots.turnout(session, row.id),
        "available_actions": action_refs(await DOOR.available(session, actor, row)),
    }
    return RoundRead.model_validate({**told, **more})


async def page(session: Session, actor: Actor, chosen: RoundFilter) -> Page[RoundListItem]:
    """A page of rounds, the newest first."""
    return (await repository.page(session, actor, chosen)).page(RoundListItem.model_validate)


async def history(session: Session, actor: Actor, round_id: UUID, params: PageParams) -> Page[TimelineEntryRead]:
    """A round's timeline, newest first. Raises NotFound."""
    await get(session, actor, round_id)
    return await timeline.page_of(session, round_id, params, ROUND_TITLES)


async def public(session: Session) -> PublicRounds:
    """The rounds that everybody may know of."""
    return PublicRounds(items=[PublicRound.model_validate(row) for row in await repository.public(session)])


async def public_draw(session: Session, round_id: UUID) -> DrawFile:
    """What anyone needs to repeat the draw of a round. Raises NotFound."""
    row = await repository.get(session, round_id)
    found = await draws.file(session, row) if row is not None else None
    if found is None:
        raise NotFound
    return found


async def _may_read(session: Session, actor: Actor, round_id: UUID) -> bool:
    return await repository.find(session, actor, round_id) is not None


register_reader(ROUND, _may_read)
