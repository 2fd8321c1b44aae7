"""Trying out time limits, reading the calendar, and bringing it up to date."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response, UploadFile

from xiaoneng.core.access.deps import CurrentActor
from xiaoneng.core.access.errors import NotAuthenticated, PermissionDenied
from xiaoneng.core.access.service import can_read
from xiaoneng.core.worktime.errors import (
    CalendarMissing,
    ChangeNotReady,
    ChangeRunning,
    DayRefused,
    FileTooLarge,
    ImportRefused,
    LimitRefused,
    NothingChanges,
    PolicyRefused,
    PreviewOutdated,
    SecondPersonRequired,
    WindowsRefused,
)
from xiaoneng.core.worktime.schemas.calendars import CalendarFilter, CalendarRead, DueQuery, DueRead, ImportOptions
from xiaoneng.core.worktime.schemas.changes import (
    ChangeRead,
    ChangeSignInput,
    DaysDraft,
    HoursDraft,
    MoveRead,
    PreviewInput,
    WithdrawInput,
)
from xiaoneng.core.worktime.schemas.explanations import ClockExplanationRead
from xiaoneng.core.worktime.schemas.policies import PolicyDraft, PolicyFilter, PolicyRead
from xiaoneng.core.worktime.service import calendars, changes, drafts, explanations, rulebook
from xiaoneng.kit import clock
from xiaoneng.kit.http import ExpectedRev, SessionDep, router, tagged
from xiaoneng.kit.pages import BadCursor, Page, PageParamsDep
from xiaoneng.kit.problems import InvalidInput, NotFound, PreconditionFailed, PreconditionRequired, responses

MAX_BYTES = 1024 * 1024
routes = router("/worktime", "worktime")
_ACTION = (
    NotAuthenticated,
    PermissionDenied,
    NotFound,
    PreconditionFailed,
    PreconditionRequired,
    InvalidInput,
    CalendarMissing,
)


@routes.get(
    "/due",
    operation_id="worktime_due",
    summary="试算期限",
    responses=responses(NotAuthenticated, LimitRefused, InvalidInput, CalendarMissing),
)
async def get_due(session: SessionDep, _: CurrentActor, tried: Annotated[DueQuery, Query()]) -> DueRead:
    """When a limit that starts at a given moment ends, explained day by day."""
    return await explanations.try_limit(session, tried)


@routes.get(
    "/clocks/{clock_id}/explanation",
    operation_id="worktime_clocks_explain",
    summary="期限计算说明",
    responses=responses(NotAuthenticated, NotFound, InvalidInput, CalendarMissing),
)
async def explain_clock(session: SessionDep, actor: CurrentActor, clock_id: UUID) -> ClockExplanationRead:
    """Why a clock ends when it does, for whoever may see the object it belongs to."""
    view, told = await explanations.explain_clock(session, clock_id)
    if not await can_read(session, actor, view.subject_type, view.subject_id):
        raise NotFound
    return told


@routes.get(
    "/calendar",
    operation_id="worktime_calendar_get",
    summary="工作日历",
    responses=responses(NotAuthenticated, InvalidInput, CalendarMissing),
)
async def get_calendar(
    session: SessionDep, _: CurrentActor, chosen: Annotated[CalendarFilter, Query()]
) -> CalendarRead:
    """The special days of a year (this one, unless said otherwise) and whether its notice is in."""
    return await calendars.read_calendar(session, chosen.year or clock.today().year)


@routes.post(
    "/calendars/imports",
    operation_id="worktime_calendars_import",
    status_code=201,
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
) -> ChangeRead:
    """Draft the yearly notice (JSON as holiday-cn publishes it) or local days (CSV: date, is_off, name).

    The draft tells which open clocks it would move; signing it puts it in force. When a row is wrong nothing is stored
    and the answer lists every such row.
    """
    content = await file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise FileTooLarge
    return await drafts.import_file(session, actor, content, options)


@routes.post(
    "/calendars/days",
    operation_id="worktime_calendars_days",
    status_code=201,
    summary="起草地方性休息与上班日",
    responses=responses(
        NotAuthenticated, PermissionDenied, InvalidInput, WindowsRefused, DayRefused, NothingChanges, CalendarMissing
    ),
)
async def draft_days(session: SessionDep, actor: CurrentActor, body: DaysDraft) -> ChangeRead:
    """Draft local days to set and to take back."""
    return await drafts.draft_days(session, actor, body)


@routes.post(
    "/calendars/hours",
    operation_id="worktime_calendars_hours",
    status_code=201,
    summary="起草工作时间",
    responses=responses(NotAuthenticated, PermissionDenied, InvalidInput, WindowsRefused, DayRefused, CalendarMissing),
)
async def draft_hours(session: SessionDep, actor: CurrentActor, body: HoursDraft) -> ChangeRead:
    """Draft the office hours that hold from a day on: several windows a day, seasons, single weekdays."""
    return await drafts.draft_hours(session, actor, body)


@routes.get(
    "/policies",
    operation_id="worktime_policies_list",
    summary="时限规则",
    responses=responses(NotAuthenticated, PermissionDenied, BadCursor),
)
async def list_policies(
    session: SessionDep, _: CurrentActor, chosen: Annotated[PolicyFilter, Query()]
) -> Page[PolicyRead]:
    """The versions of time policies that hold today, with the drafts; or every version."""
    return await rulebook.page(session, chosen)


@routes.post(
    "/policies",
    operation_id="worktime_policies_draft",
    status_code=201,
    summary="起草时限规则新版本",
    responses=responses(NotAuthenticated, PermissionDenied, InvalidInput, PolicyRefused, DayRefused, CalendarMissing),
)
async def draft_policy(session: SessionDep, actor: CurrentActor, body: PolicyDraft) -> ChangeRead:
    """Draft the next version of a time policy; clocks that began on its effective date or later follow when signed."""
    return await drafts.draft_policy(session, actor, body)


@routes.get(
    "/changes",
    operation_id="worktime_changes_list",
    summary="日历与时限规则变更",
    responses=responses(NotAuthenticated, PermissionDenied, BadCursor),
)
async def list_changes(session: SessionDep, actor: CurrentActor, params: PageParamsDep) -> Page[ChangeRead]:
    """Changes of the calendar and of time policies, newest first."""
    return await changes.page(session, actor, params)


@routes.get(
    "/changes/{change_id}",
    operation_id="worktime_changes_get",
    summary="变更详情",
    responses=responses(NotAuthenticated, PermissionDenied, NotFound),
)
async def get_change(session: SessionDep, actor: CurrentActor, change_id: UUID, response: Response) -> ChangeRead:
    """One change with the counts of its preview, and of what was done once it is signed."""
    return tagged(response, await changes.read(session, actor, change_id))


@routes.get(
    "/changes/{change_id}/moves",
    operation_id="worktime_changes_moves",
    summary="变更影响的期限",
    responses=responses(NotAuthenticated, PermissionDenied, NotFound, BadCursor),
)
async def list_moves(
    session: SessionDep, actor: CurrentActor, change_id: UUID, params: PageParamsDep
) -> Page[MoveRead]:
    """The open clocks that the change would move, each with its present and new end; earlier ones first."""
    return await changes.moves(session, actor, change_id, params)


@routes.post(
    "/changes/{change_id}/actions/sign",
    operation_id="worktime_changes_sign",
    summary="签发变更",
    responses=responses(*_ACTION, ChangeNotReady, ChangeRunning, PreviewOutdated, SecondPersonRequired),
)
async def sign_change(
    session: SessionDep,
    actor: CurrentActor,
    change_id: UUID,
    rev: ExpectedRev,
    body: ChangeSignInput,
    response: Response,
) -> ChangeRead:
    """Put a change in force as one batch. Told dates move earlier only when a second person approves."""
    signed = await changes.sign(session, actor, change_id, rev, approve_earlier=body.approve_earlier)
    return tagged(response, signed)


@routes.post(
    "/changes/{change_id}/actions/withdraw",
    operation_id="worktime_changes_withdraw",
    summary="撤回变更",
    responses=responses(*_ACTION, ChangeNotReady),
)
async def withdraw_change(
    session: SessionDep, actor: CurrentActor, change_id: UUID, rev: ExpectedRev, body: WithdrawInput, response: Response
) -> ChangeRead:
    """Give a change up before it is signed."""
    return tagged(response, await changes.withdraw(session, actor, change_id, rev, body.reason))


@routes.post(
    "/changes/{change_id}/actions/preview",
    operation_id="worktime_changes_preview",
    summary="重新预览变更",
    responses=responses(*_ACTION, ChangeNotReady),
)
async def preview_change(
    session: SessionDep, actor: CurrentActor, change_id: UUID, rev: ExpectedRev, _: PreviewInput, response: Response
) -> ChangeRead:
    """Find anew what the change would move, after the rules changed in between."""
    return tagged(response, await changes.preview_again(session, actor, change_id, rev))
