"""Trying out time limits, reading the calendar, and bringing it up to date."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, UploadFile

from xiaoneng.core.access.deps import CurrentActor
from xiaoneng.core.access.errors import NotAuthenticated, PermissionDenied
from xiaoneng.core.access.service import can_read
from xiaoneng.core.worktime.errors import CalendarMissing, FileTooLarge, ImportRefused, LimitRefused
from xiaoneng.core.worktime.policies import due_read
from xiaoneng.core.worktime.schemas.calendars import CalendarImportRead, CalendarRead, DueQuery, DueRead, ImportOptions
from xiaoneng.core.worktime.service import calendars, clocks
from xiaoneng.kit import clock
from xiaoneng.kit.http import SessionDep, router
from xiaoneng.kit.problems import InvalidInput, NotFound, responses

MAX_BYTES = 1024 * 1024
routes = router("/worktime", "worktime")


@routes.get(
    "/due",
    operation_id="worktime_due",
    summary="试算期限",
    responses=responses(NotAuthenticated, LimitRefused, InvalidInput, CalendarMissing),
)
async def get_due(session: SessionDep, _: CurrentActor, tried: Annotated[DueQuery, Query()]) -> DueRead:
    """When a limit that starts at a given moment ends, explained day by day."""
    return await calendars.try_limit(session, tried)


@routes.get(
    "/clocks/{clock_id}/explanation",
    operation_id="worktime_clocks_explain",
    summary="期限计算说明",
    responses=responses(NotAuthenticated, NotFound, InvalidInput, CalendarMissing),
)
async def explain_clock(session: SessionDep, actor: CurrentActor, clock_id: UUID) -> DueRead:
    """Why a clock ends when it does, for whoever may see the object it belongs to."""
    view, told = await clocks.explain_clock(session, clock_id)
    if not await can_read(session, actor, view.subject_type, view.subject_id):
        raise NotFound
    return due_read(told)


@routes.get(
    "/calendar",
    operation_id="worktime_calendar_get",
    summary="工作日历",
    responses=responses(NotAuthenticated, InvalidInput, CalendarMissing),
)
async def get_calendar(
    session: SessionDep, _: CurrentActor, year: Annotated[int | None, Query(ge=2000, le=2099)] = None
) -> CalendarRead:
    """The special days of a year (this one, unless said otherwise) and whether its notice is in."""
    return await calendars.read_calendar(session, year or clock.today().year)


@routes.post(
    "/calendars/imports",
    operation_id="worktime_calendars_import",
    summary="导入放假安排",
    responses=responses(
        NotAuthenticated, PermissionDenied, ImportRefused, FileTooLarge, InvalidInput, NotFound, CalendarMissing
    ),
)
async def import_calendar(
    session: SessionDep,
    actor: CurrentActor,
    options: Annotated[ImportOptions, Query()],
    file: UploadFile,
) -> CalendarImportRead:
    """Preview or apply the yearly notice (JSON as holiday-cn publishes it) or local days (CSV: date, is_off, name).

    Open clocks are recomputed right after; a due date moves earlier only when this import approves it. When a row is
    wrong nothing is stored and the answer lists every such row.
    """
    content = await file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise FileTooLarge
    return await calendars.import_file(session, content, options, actor.id)
