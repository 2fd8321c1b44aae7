"""HTTP of evaluations for everybody."""

from uuid import UUID

from fastapi import Response

from xiaoneng.features.evaluations.errors.ballots import (
    BallotEmpty,
    BallotMisshapen,
    CodeUnusable,
    NotClosed,
    NotOpen,
)
from xiaoneng.features.evaluations.schemas.ballots import BallotForm, BallotInput, BallotTaken, Receipts
from xiaoneng.features.evaluations.schemas.results import PublicResult
from xiaoneng.features.evaluations.schemas.rounds import DrawFile, PublicRounds
from xiaoneng.features.evaluations.service import ballots, result_reading, rounds
from xiaoneng.kit.http import SessionDep, public_router
from xiaoneng.kit.problems import InvalidInput, NotFound, responses

public = public_router("/public/evaluations", "public")
_CACHED = "public, max-age=60"


@public.get("", operation_id="public_evaluations", summary="民主评议公开", responses=responses(InvalidInput))
async def list_rounds(session: SessionDep, response: Response) -> PublicRounds:
    """The rounds whose pool is fixed, newest first."""
    response.headers["Cache-Control"] = _CACHED
    return await rounds.public(session)


@public.get(
    "/{round_id}/draw",
    operation_id="public_evaluations_draw",
    summary="抽取验证文件",
    responses=responses(NotFound, InvalidInput),
)
async def get_draw(session: SessionDep, round_id: UUID, response: Response) -> DrawFile:
    """Everything that is needed to repeat the draw; labels tell nobody who they are."""
    response.headers["Cache-Control"] = _CACHED
    return await rounds.public_draw(session, round_id)


@public.get(
    "/{round_id}/ballot",
    operation_id="public_evaluations_ballot",
    summary="评议选票",
    responses=responses(NotFound, InvalidInput),
)
async def get_ballot(session: SessionDep, round_id: UUID, response: Response) -> BallotForm:
    """The questions of a round, in the order in which a ballot answers them."""
    response.headers["Cache-Control"] = _CACHED
    return await ballots.form(session, round_id)


@public.post(
    "/{round_id}/ballots",
    operation_id="public_evaluations_cast",
    status_code=201,
    summary="投票",
    responses=responses(InvalidInput, BallotMisshapen, BallotEmpty, NotOpen, CodeUnusable),
)
async def cast_ballot(session: SessionDep, round_id: UUID, body: BallotInput, response: Response) -> BallotTaken:
    """Cast the one ballot of a code. The receipt is shown once; it proves that the ballot is in, not what it says."""
    response.headers["Cache-Control"] = "no-store"
    return await ballots.cast(session, round_id, body)


@public.get(
    "/{round_id}/receipts",
    operation_id="public_evaluations_receipts",
    summary="选票回执",
    responses=responses(NotFound, InvalidInput, NotClosed),
)
async def get_receipts(session: SessionDep, round_id: UUID) -> Receipts:
    """The receipts of all ballots in the box, once the round is closed."""
    return await ballots.receipts(session, round_id)


@public.get(
    "/{round_id}/result",
    operation_id="public_evaluations_result",
    summary="评议结果公布",
    responses=responses(NotFound, InvalidInput),
)
async def get_result(session: SessionDep, round_id: UUID, response: Response) -> PublicResult:
    """The published result: ranks, scores, and how many replies they rest on."""
    response.headers["Cache-Control"] = _CACHED
    return await result_reading.public(session, round_id)
