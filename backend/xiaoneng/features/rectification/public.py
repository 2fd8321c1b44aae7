"""The notices before closing, for everybody."""

from fastapi import Response

from xiaoneng.features.rectification.schemas.acceptance import PublicNotices
from xiaoneng.features.rectification.service import notices
from xiaoneng.kit.http import SessionDep, public_router
from xiaoneng.kit.problems import InvalidInput, responses

public = public_router("/public", "public")
_CACHED = "public, max-age=300"


@public.get("/closeouts", operation_id="public_closeouts", summary="整改销号公示", responses=responses(InvalidInput))
async def list_public(session: SessionDep, response: Response) -> PublicNotices:
    """Items about to be closed, with what was done and whom to tell an objection, until the last day of the notice."""
    response.headers["Cache-Control"] = _CACHED
    return await notices.public(session)
