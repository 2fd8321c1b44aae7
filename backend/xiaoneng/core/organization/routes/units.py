"""The units over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Form, Query, Response, UploadFile

from xiaoneng.core.access.deps import CurrentActor
from xiaoneng.core.access.errors import NotAuthenticated, PermissionDenied
from xiaoneng.core.organization.errors import (
    CodeTaken,
    DateOutOfOrder,
    FileTooLarge,
    FileUnreadable,
    HasChildren,
    RootIsFixed,
    TreeCycle,
    UnitGone,
)
from xiaoneng.core.organization.schemas.units import (
    UnitAbolish,
    UnitCreate,
    UnitImportRead,
    UnitMove,
    UnitPeople,
    UnitRead,
    UnitRename,
    UnitTreeRead,
)
from xiaoneng.core.organization.service import directory, imports, units
from xiaoneng.kit.http import ExpectedRev, SessionDep, router, tagged
from xiaoneng.kit.problems import (
    AppError,
    InvalidInput,
    NotFound,
    PreconditionFailed,
    PreconditionRequired,
    responses,
)
from xiaoneng.kit.schemas import Day

MAX_IMPORT_BYTES = 20 * 1024 * 1024
routes = router("", "organization")
_SIGNED_IN: tuple[type[AppError], ...] = (NotAuthenticated, PermissionDenied, InvalidInput)
_CHANGE = (*_SIGNED_IN, NotFound, UnitGone, DateOutOfOrder, PreconditionFailed, PreconditionRequired)


@routes.get(
    "/units/tree",
    operation_id="units_tree",
    summary="单位树",
    description="The tree of units on a day (today), flat, no unit before its parent.",
    responses=responses(*_SIGNED_IN),
)
async def units_tree(
    session: SessionDep, _: CurrentActor, as_of: Annotated[Day | None, Query(description="日期，缺省为今天")] = None
) -> UnitTreeRead:
    """The tree of a day."""
    return await directory.tree(session, as_of)


@routes.get(
    "/units/{unit_id}",
    operation_id="units_get",
    summary="单位详情",
    description="One unit with its head, deputy in charge and liaison.",
    responses=responses(*_SIGNED_IN, NotFound),
)
async def units_get(unit_id: UUID, session: SessionDep, _: CurrentActor, response: Response) -> UnitRead:
    """One unit."""
    return tagged(response, await directory.get_unit(session, unit_id))


@routes.get(
    "/units/{unit_id}/people",
    operation_id="units_people",
    summary="单位人员",
    description="Who holds a post in the unit today, heads first.",
    responses=responses(*_SIGNED_IN, NotFound),
)
async def units_people(unit_id: UUID, session: SessionDep, actor: CurrentActor) -> UnitPeople:
    """The people of a unit."""
    return await directory.people_of(session, actor, unit_id)


@routes.post(
    "/units",
    operation_id="units_create",
    summary="新设单位",
    description="Enter a new unit below an existing one; the first unit of a region is its root.",
    status_code=201,
    responses=responses(*_SIGNED_IN, CodeTaken, RootIsFixed, UnitGone),
)
async def units_create(body: UnitCreate, session: SessionDep, actor: CurrentActor, response: Response) -> UnitRead:
    """Enter a unit."""
    unit = await units.create_unit(session, actor.author, body)
    return tagged(response, await directory.get_unit(session, unit.id))


@routes.post(
    "/units/imports",
    operation_id="units_import",
    summary="导入单位",
    description="Create the units of a CSV file (columns code, name, level, parent_code; optionally type). All or "
    "nothing: with any fault the report lists every fault by row and column and nothing is written. Importing a file "
    "twice changes nothing.",
    responses=responses(*_SIGNED_IN, FileUnreadable, FileTooLarge),
)
async def units_import(
    file: UploadFile,
    session: SessionDep,
    actor: CurrentActor,
    columns: Annotated[
        list[str] | None,
        Form(description="列名对应，如 code=区划代码；缺省为英文列名"),
    ] = None,
) -> UnitImportRead:
    """Create the units of a file."""
    content = await file.read(MAX_IMPORT_BYTES + 1)
    if len(content) > MAX_IMPORT_BYTES:
        raise FileTooLarge
    headers = dict(pair.split("=", 1) for pair in columns or () if "=" in pair)
    return await imports.import_units(session, actor.author, content, headers)


@routes.post(
    "/units/{unit_id}/actions/rename",
    operation_id="units_rename",
    summary="单位更名",
    description="A new name from a day on; the old name stays for earlier days.",
    responses=responses(*_CHANGE),
)
async def units_rename(
    unit_id: UUID, body: UnitRename, session: SessionDep, actor: CurrentActor, rev: ExpectedRev, response: Response
) -> UnitRead:
    """Rename a unit."""
    await units.rename_unit(session, actor.author, unit_id, body, rev)
    await session.flush()
    return tagged(response, await directory.get_unit(session, unit_id))


@routes.post(
    "/units/{unit_id}/actions/move",
    operation_id="units_move",
    summary="调整隶属关系",
    description="A new parent from a day on; everything below moves along.",
    responses=responses(*_CHANGE, TreeCycle, RootIsFixed),
)
async def units_move(
    unit_id: UUID, body: UnitMove, session: SessionDep, actor: CurrentActor, rev: ExpectedRev, response: Response
) -> UnitRead:
    """Move a unit."""
    await units.move_unit(session, actor.author, unit_id, body, rev)
    await session.flush()
    return tagged(response, await directory.get_unit(session, unit_id))


@routes.post(
    "/units/{unit_id}/actions/abolish",
    operation_id="units_abolish",
    summary="撤销单位",
    description="End a unit and name its successors; several units with one successor are a merger.",
    responses=responses(*_CHANGE, HasChildren, RootIsFixed, TreeCycle),
)
async def units_abolish(
    unit_id: UUID, body: UnitAbolish, session: SessionDep, actor: CurrentActor, rev: ExpectedRev, response: Response
) -> UnitRead:
    """Abolish a unit."""
    await units.abolish_unit(session, actor.author, unit_id, body, rev)
    await session.flush()
    return tagged(response, await directory.get_unit(session, unit_id))
