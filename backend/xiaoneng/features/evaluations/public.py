"""HTTP of evaluations for everybody."""

from uuid import UUID

from fastapi import Response

from xiaoneng.features.evaluations.schemas.rounds import DrawFile, PublicRounds
from xiaoneng.features.evaluations.service import rounds
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
