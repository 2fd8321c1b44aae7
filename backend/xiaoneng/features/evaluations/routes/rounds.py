"""HTTP of rounds."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import BaseModel

from xiaoneng.core.access.deps import LOGIN, Acting, ActingDep, CurrentActor, changes
from xiaoneng.core.timeline.schemas import TimelineEntryRead
from xiaoneng.features.evaluations.errors.ballots import NotOpen
from xiaoneng.features.evaluations.errors.rounds import (
    EntropyInPast,
    EntropyNotYet,
    LotUnknown,
    PoolTooSmall,
    ReserveUsedUp,
    SchemeNotInForce,
    StratumTooSmall,
)
from xiaoneng.features.evaluations.schemas.ballots import CodeSheet
from xiaoneng.features.evaluations.schemas.rounds import (
    EntropyInput,
    RedrawInput,
    ReplaceInput,
    RoundCreate,
    RoundFilter,
    RoundListItem,
    RoundRead,
    SealPoolInput,
)
from xiaoneng.features.evaluations.service import ballots, rounds
from xiaoneng.kit.http import SessionDep, router, tagged
from xiaoneng.kit.pages import BadCursor, Page, PageParamsDep
from xiaoneng.kit.problems import InvalidInput, NotFound, responses
from xiaoneng.kit.schemas import NoInput, ReasonInput

routes = router("/evaluation-rounds", "evaluations")
_COMMIT = (EntropyInPast, PoolTooSmall, StratumTooSmall)


async def _act(acting: Acting, round_id: UUID, action: str, body: BaseModel) -> RoundRead:
    session, actor = acting.session, acting.actor
    row = await rounds.perform(session, actor, round_id, acting.command(action, body))
    return tagged(acting.response, await rounds.read(session, actor, row))


@routes.get("", operation_id="evaluation_rounds_list", summary="评议轮次", responses=responses(*LOGIN, BadCursor))
async def list_rounds(
    actor: CurrentActor, session: SessionDep, chosen: Annotated[RoundFilter, Query()]
) -> Page[RoundListItem]:
    """The rounds, newest first; units see them once the pool is frozen."""
    return await rounds.page(session, actor, chosen)


@routes.post(
    "",
    operation_id="evaluation_rounds_create",
    status_code=201,
    summary="建立评议轮次",
    responses=responses(*LOGIN, NotFound, InvalidInput, SchemeNotInForce),
)
async def create_round(actor: CurrentActor, session: SessionDep, body: RoundCreate, response: Response) -> RoundRead:
    """Begin a round by a scheme in force."""
    row = await rounds.create(session, actor, body)
    response.headers["Location"] = f"/api/v1/evaluation-rounds/{row.id}"
    return tagged(response, await rounds.read(session, actor, row))


@routes.get(
    "/{round_id}",
    operation_id="evaluation_rounds_get",
    summary="评议轮次详情",
    responses=responses(*LOGIN, NotFound, InvalidInput),
)
async def get_round(actor: CurrentActor, session: SessionDep, round_id: UUID, response: Response) -> RoundRead:
    """One round with its scheme and its draws."""
    return tagged(response, await rounds.read(session, actor, await rounds.get(session, actor, round_id)))


@routes.get(
    "/{round_id}/timeline",
    operation_id="evaluation_rounds_timeline",
    summary="评议轮次时间线",
    responses=responses(*LOGIN, NotFound, BadCursor),
)
async def get_timeline(
    actor: CurrentActor, session: SessionDep, round_id: UUID, params: PageParamsDep
) -> Page[TimelineEntryRead]:
    """Who did what when and why, newest first."""
    return await rounds.history(session, actor, round_id, params)


@routes.post(
    "/{round_id}/actions/freeze_scheme",
    operation_id="evaluation_rounds_freeze_scheme",
    summary="冻结方案",
    responses=changes(SchemeNotInForce),
)
async def freeze_scheme(acting: ActingDep, round_id: UUID, body: NoInput) -> RoundRead:
    """Copy the scheme into the round; it does not change any more."""
    return await _act(acting, round_id, "freeze_scheme", body)


@routes.post(
    "/{round_id}/actions/freeze_pool",
    operation_id="evaluation_rounds_freeze_pool",
    summary="封存代表库并预告抽取",
    responses=changes(*_COMMIT),
)
async def freeze_pool(acting: ActingDep, round_id: UUID, body: SealPoolInput) -> RoundRead:
    """Publish the pool's hash, the quotas and which public entropy will draw; staff of rated units are left out."""
    return await _act(acting, round_id, "freeze_pool", body)


@routes.post(
    "/{round_id}/actions/draw",
    operation_id="evaluation_rounds_draw",
    summary="公开抽取",
    responses=changes(EntropyNotYet),
)
async def draw(acting: ActingDep, round_id: UUID, body: EntropyInput) -> RoundRead:
    """Enter the entropy that came out; who is drawn follows from it."""
    return await _act(acting, round_id, "draw", body)


@routes.post(
    "/{round_id}/actions/redraw",
    operation_id="evaluation_rounds_redraw",
    summary="重新抽取",
    responses=changes(*_COMMIT),
)
async def redraw(acting: ActingDep, round_id: UUID, body: RedrawInput) -> RoundRead:
    """Draw anew from the pool as it is now; the draw before it stays on record and in public."""
    return await _act(acting, round_id, "redraw", body)


@routes.post(
    "/{round_id}/actions/replace",
    operation_id="evaluation_rounds_replace",
    summary="递补",
    responses=changes(LotUnknown, ReserveUsedUp),
)
async def replace(acting: ActingDep, round_id: UUID, body: ReplaceInput) -> RoundRead:
    """Put the first of the category's reserve in the place of somebody who cannot take part."""
    return await _act(acting, round_id, "replace", body)


@routes.post("/{round_id}/actions/open", operation_id="evaluation_rounds_open", summary="开始评议", responses=changes())
async def open_round(acting: ActingDep, round_id: UUID, body: NoInput) -> RoundRead:
    """Issue one code for everybody drawn, and take ballots."""
    return await _act(acting, round_id, "open", body)


@routes.post(
    "/{round_id}/actions/close", operation_id="evaluation_rounds_close", summary="结束评议", responses=changes()
)
async def close_round(acting: ActingDep, round_id: UUID, body: NoInput) -> RoundRead:
    """Take no more ballots; all of them are in the box."""
    return await _act(acting, round_id, "close", body)


@routes.get(
    "/{round_id}/codes",
    operation_id="evaluation_rounds_codes",
    summary="打印评议码",
    responses=responses(*LOGIN, NotFound, InvalidInput, NotOpen),
)
async def get_codes(actor: CurrentActor, session: SessionDep, round_id: UUID, response: Response) -> CodeSheet:
    """The codes that are not used yet, for printing; they belong to nobody. Who looked is on record."""
    response.headers["Cache-Control"] = "no-store"
    return await ballots.sheet(session, actor, round_id)


@routes.post("/{round_id}/actions/void", operation_id="evaluation_rounds_void", summary="作废本轮", responses=changes())
async def void(acting: ActingDep, round_id: UUID, body: ReasonInput) -> RoundRead:
    """End a round that does not count."""
    return await _act(acting, round_id, "void", body)
