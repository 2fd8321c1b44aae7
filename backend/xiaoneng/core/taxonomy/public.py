"""The code list that the portal's form offers."""

from typing import Literal

from fastapi import Response

from xiaoneng.core.taxonomy import service
from xiaoneng.core.taxonomy.errors import UnknownScheme
from xiaoneng.core.taxonomy.models import Scheme
from xiaoneng.core.taxonomy.schemas import TaxonomyRead
from xiaoneng.kit.http import SessionDep, router
from xiaoneng.kit.problems import InvalidInput, responses

public = router("/public/taxonomies", "taxonomy")


@public.get(
    "/{scheme}",
    operation_id="public_taxonomies_get",
    summary="公开的诉求分类",
    responses=responses(UnknownScheme, InvalidInput),
)
async def get_public_taxonomy(
    session: SessionDep, response: Response, scheme: Literal[Scheme.CASE_CATEGORY]
) -> TaxonomyRead:
    """The categories a citizen may choose from. Needs no login; may be cached for a minute."""
    response.headers["Cache-Control"] = "public, max-age=60"
    return await service.read(session, scheme)
