"""Code lists for people who are logged in."""

from typing import Annotated

from fastapi import Form, UploadFile
from pydantic import WithJsonSchema

from xiaoneng.core.access.deps import CurrentActor
from xiaoneng.core.access.errors import NotAuthenticated, PermissionDenied
from xiaoneng.core.taxonomy import service
from xiaoneng.core.taxonomy.errors import UnknownScheme, UnreadableFile
from xiaoneng.core.taxonomy.models import Scheme
from xiaoneng.core.taxonomy.schemas import TaxonomyImportRead, TaxonomyRead
from xiaoneng.kit import clock
from xiaoneng.kit.http import SessionDep, router
from xiaoneng.kit.problems import Conflict, InvalidInput, responses
from xiaoneng.kit.schemas import Day

MAX_BYTES = 4 * 1024 * 1024
routes = router("/taxonomies", "taxonomy")


_DAY = {"type": "string", "format": "date"}  # a form has no null


@routes.get(
    "/{scheme}",
    operation_id="taxonomies_get",
    summary="分类目录",
    responses=responses(NotAuthenticated, UnknownScheme, InvalidInput),
)
async def get_taxonomy(session: SessionDep, _: CurrentActor, scheme: Scheme) -> TaxonomyRead:
    """The edition of a code list that is in force: what can be chosen, parents before children."""
    return await service.read(session, scheme)


@routes.post(
    "/{scheme}/imports",
    operation_id="taxonomies_import",
    summary="导入三级分类",
    responses=responses(NotAuthenticated, PermissionDenied, Conflict, InvalidInput, UnreadableFile),
)
async def import_taxonomy(
    session: SessionDep,
    actor: CurrentActor,
    scheme: Scheme,
    file: UploadFile,
    valid_from: Annotated[Day | None, Form(description="生效日期，默认当天"), WithJsonSchema(_DAY)] = None,
) -> TaxonomyImportRead:
    """Make a CSV (UTF-8 or GB 18030) with the columns 一级分类, 二级分类, 三级分类 the next edition.

    Entries that stay keep their codes, entries that are gone are retired. When a row is wrong nothing is changed and
    the answer lists every such row.
    """
    content = await file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise UnreadableFile(f"> {MAX_BYTES} bytes")
    return await service.import_table(session, actor.author, scheme, content, valid_from or clock.today())
