"""HTTP of results."""

from uuid import UUID

from fastapi import Response

from xiaoneng.core.access.deps import LOGIN, Acting, ActingDep, CurrentActor, changes
from xiaoneng.features.evaluations.errors.results import (
    ObjectionsOpen,
    OwnTally,
    PartsIncomplete,
    ResultInvalid,
    VetoUnknown,
)
from xiaoneng.features.evaluations.schemas.results import BoxFile, ResultRead, TallyInput
from xiaoneng.features.evaluations.schemas.rounds import RoundRead
from xiaoneng.features.evaluations.service import result_reading, rounds
from xiaoneng.kit.http import SessionDep, router, tagged
from xiaoneng.kit.problems import InvalidInput, NotFound, responses
from xiaoneng.kit.schemas import Input, NoInput

routes = router("/evaluation-rounds", "evaluations")


async def _act(acting: Acting, round_id: UUID, action: str, body: Input) -> RoundRead:
    row = await rounds.perform(acting.session, acting.actor, round_id, acting.command(action, body))
    return tagged(acting.response, await rounds.read(acting.session, acting.actor, row))


@routes.post(
    "/{round_id}/actions/tally",
    operation_id="evaluation_rounds_tally",
    summary="计票",
    responses=changes(PartsIncomplete, VetoUnknown),
)
async def tally(acting: ActingDep, round_id: UUID, body: TallyInput) -> RoundRead:
    """Count the box into a new version of the result; versions before it stay."""
    return await _act(acting, round_id, "tally", body)


@routes.post(
    "/{round_id}/actions/publish",
    operation_id="evaluation_rounds_publish",
    summary="公布结果",
    responses=changes(OwnTally, ResultInvalid),
)
async def publish(acting: ActingDep, round_id: UUID, body: NoInput) -> RoundRead:
    """Publish what somebody else counted; the window for objections opens."""
    return await _act(acting, round_id, "publish", body)


@routes.post(
    "/{round_id}/actions/finalize",
    operation_id="evaluation_rounds_finalize",
    summary="定案",
    responses=changes(ObjectionsOpen),
)
async def finalize(acting: ActingDep, round_id: UUID, body: NoInput) -> RoundRead:
    """Let the published result stand once the window for objections has passed."""
    return await _act(acting, round_id, "finalize", body)


@routes.get(
    "/{round_id}/result",
    operation_id="evaluation_rounds_result",
    summary="评议结果",
    responses=responses(*LOGIN, NotFound, InvalidInput),
)
async def get_result(actor: CurrentActor, session: SessionDep, round_id: UUID) -> ResultRead:
    """The newest version; units see what was published."""
    return await result_reading.read(session, actor, round_id)


@routes.get(
    "/{round_id}/box",
    operation_id="evaluation_rounds_box",
    summary="票箱文件",
    responses=responses(*LOGIN, NotFound, InvalidInput),
)
async def get_box(actor: CurrentActor, session: SessionDep, round_id: UUID, response: Response) -> BoxFile:
    """The sealed box with what was counted, to be counted again by anyone with it. Who took it is on record."""
    response.headers["Cache-Control"] = "no-store"
    return await result_reading.box(session, actor, round_id)
