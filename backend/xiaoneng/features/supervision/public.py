"""The list of major complaints, for everybody."""

from fastapi import Response

from xiaoneng.features.supervision.schemas.listings import PublicListings
from xiaoneng.features.supervision.service import listing_reading
from xiaoneng.kit.http import SessionDep, public_router
from xiaoneng.kit.problems import InvalidInput, responses

public = public_router("/public", "public")
_CACHED = "public, max-age=300"
"""Nobody is told anything of their own here; five minutes spare the database a rush of readers."""


@public.get("/listings", operation_id="public_listings", summary="挂牌督办公示", responses=responses(InvalidInput))
async def list_public(session: SessionDep, response: Response) -> PublicListings:
    """Major complaints that are listed, or were, with who answers for them, lateness and conclusion."""
    response.headers["Cache-Control"] = _CACHED
    return await listing_reading.public(session)
