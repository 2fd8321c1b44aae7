"""HTTP of self-checks."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import BaseModel

from xiaoneng.core.access.deps import LOGIN, Acting, ActingDep, CurrentActor, changes
from xiaoneng.core.organization.errors import UnitGone
from xiaoneng.core.worktime.errors import CalendarMissing, PolicyMissing
from xiaoneng.features.inspections.errors.self_checks import (
    CheckedAlready,
    CoverageIncomplete,
    ListRefused,
    NobodyToCheck,
    OwnUnit,
)
from xiaoneng.features.inspections.schemas.self_checks import (
    CheckedUnitRead,
    CoverageFilter,
    CoverageTree,
    ListChange,
    ListLog,
    RecordInput,
    SelfCheckFilter,
    SelfCheckListItem,
    SelfCheckOpen,
    SelfCheckRead,
)
from xiaoneng.features.inspections.service import coverage, self_checks
from xiaoneng.kit.http import SessionDep, router, tagged
from xiaoneng.kit.pages import BadCursor, Page
from xiaoneng.kit.problems import InvalidInput, NotFound, responses
from xiaoneng.kit.schemas import NoInput, ReasonInput

routes = router("", "inspections")
_ALL, _ONE, _UNIT = "/self-checks", "/self-checks/{check_id}", "/self-check-units/{row_id}/actions"


async def _act(acting: Acting, check_id: UUID, action: str, body: BaseModel) -> SelfCheckRead:
    session, actor = acting.session, acting.actor
    check = await self_checks.perform(session, actor, check_id, acting.command(action, body))
    return tagged(acting.response, await coverage.read(session, actor, check))


async def _act_on_unit(acting: Acting, row_id: UUID, action: str, body: BaseModel) -> CheckedUnitRead:
    session, actor = acting.session, acting.actor
    row = await self_checks.perform_on_unit(session, actor, row_id, acting.command(action, body))
    return tagged(acting.response, await coverage.read_unit(session, actor, row))


@routes.get(_ALL, operation_id="self_checks_list", summary="自查", responses=responses(*LOGIN, BadCursor))
async def list_checks(
    session: SessionDep, actor: CurrentActor, chosen: Annotated[SelfCheckFilter, Query()]
) -> Page[SelfCheckListItem]:
    """Self-checks within the caller's sight, the latest first, each with its coverage."""
    return await coverage.page(session, actor, chosen)


@routes.post(
    _ALL,
    operation_id="self_checks_open",
    status_code=201,
    summary="组织自查",
    responses=responses(*LOGIN, NotFound, InvalidInput, CheckedAlready, NobodyToCheck),
)
async def open_check(
    session: SessionDep, actor: CurrentActor, body: SelfCheckOpen, response: Response
) -> SelfCheckRead:
    """Freeze who has to check: the campaign's units and everything below them today (R-04)."""
    check = await self_checks.open_check(session, actor, body)
    response.headers["Location"] = f"/api/v1/self-checks/{check.id}"
    return tagged(response, await coverage.read(session, actor, check))


@routes.get(_ONE, operation_id="self_checks_get", summary="自查详情", responses=responses(*LOGIN, NotFound))
async def get_check(session: SessionDep, actor: CurrentActor, check_id: UUID, response: Response) -> SelfCheckRead:
    """One self-check with its coverage in whole numbers."""
    return tagged(response, await coverage.read(session, actor, await coverage.get(session, actor, check_id)))


@routes.get(
    _ONE + "/coverage",
    operation_id="self_checks_coverage",
    summary="自查覆盖",
    responses=responses(*LOGIN, NotFound, InvalidInput),
)
async def get_coverage(
    session: SessionDep, actor: CurrentActor, check_id: UUID, chosen: Annotated[CoverageFilter, Query()]
) -> CoverageTree:
    """What stands directly below a unit, each with the coverage of all below it."""
    return await coverage.tree(session, actor, check_id, chosen)


@routes.get(
    _ONE + "/changes", operation_id="self_checks_changes", summary="自查范围变动", responses=responses(*LOGIN, NotFound)
)
async def get_changes(session: SessionDep, actor: CurrentActor, check_id: UUID) -> ListLog:
    """Every change of the frozen list, with who and why."""
    return await coverage.log(session, actor, check_id)


@routes.post(
    _ONE + "/actions/add_units",
    operation_id="self_checks_add_units",
    summary="增加自查单位",
    responses=changes(ListRefused, UnitGone),
)
async def add_units(acting: ActingDep, check_id: UUID, body: ListChange) -> SelfCheckRead:
    """Put units onto the frozen list, with the reason on record."""
    return await _act(acting, check_id, "add_units", body)


@routes.post(
    _ONE + "/actions/remove_units",
    operation_id="self_checks_remove_units",
    summary="移出自查单位",
    responses=changes(ListRefused),
)
async def remove_units(acting: ActingDep, check_id: UUID, body: ListChange) -> SelfCheckRead:
    """Take units off the frozen list, with the reason on record."""
    return await _act(acting, check_id, "remove_units", body)


@routes.post(
    _ONE + "/actions/close",
    operation_id="self_checks_close",
    summary="完成自查",
    responses=changes(CoverageIncomplete),
)
async def close(acting: ActingDep, check_id: UUID, body: NoInput) -> SelfCheckRead:
    """Close it, when exactly all have checked themselves."""
    return await _act(acting, check_id, "close", body)


@routes.post(
    _UNIT + "/record",
    operation_id="self_check_units_record",
    summary="登记自查情况",
    responses=changes(PolicyMissing, CalendarMissing),
)
async def record(acting: ActingDep, row_id: UUID, body: RecordInput) -> CheckedUnitRead:
    """Say what the unit found in itself; every weak point becomes a rectification item."""
    return await _act_on_unit(acting, row_id, "record", body)


@routes.post(
    _UNIT + "/submit",
    operation_id="self_check_units_submit",
    summary="签报自查",
    responses=changes(CoverageIncomplete),
)
async def submit(acting: ActingDep, row_id: UUID, body: NoInput) -> CheckedUnitRead:
    """Sign for the unit and all below it."""
    return await _act_on_unit(acting, row_id, "submit", body)


@routes.post(
    _UNIT + "/accept", operation_id="self_check_units_accept", summary="审核通过自查", responses=changes(OwnUnit)
)
async def accept(acting: ActingDep, row_id: UUID, body: NoInput) -> CheckedUnitRead:
    """Take the self-check for good."""
    return await _act_on_unit(acting, row_id, "accept", body)


@routes.post(
    _UNIT + "/send_back", operation_id="self_check_units_send_back", summary="退回重查", responses=changes(OwnUnit)
)
async def send_back(acting: ActingDep, row_id: UUID, body: ReasonInput) -> CheckedUnitRead:
    """Have it checked again, with the reason."""
    return await _act_on_unit(acting, row_id, "send_back", body)
