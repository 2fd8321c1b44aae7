"""HTTP of requests about cases: time, pauses, exclusion, appeal."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel

from xiaoneng.core.access.deps import LOGIN, Acting, ActingDep, CurrentActor, changes
from xiaoneng.core.worktime.errors import ClockExpired, ClockMissing, ClockPaused, LimitRefused
from xiaoneng.features.cases.errors.cases import (
    AlreadyExcluded,
    AlreadyPaused,
    AppealTooLate,
    DeadlinePassed,
    ExtensionTooLong,
    NothingToAppeal,
    NotPaused,
    OtherWay,
    RequestOpen,
    SamePerson,
)
from xiaoneng.features.cases.routes.shared import act
from xiaoneng.features.cases.schemas.actions import NoteInput
from xiaoneng.features.cases.schemas.reads import CaseRead
from xiaoneng.features.cases.schemas.requests import (
    AppealInput,
    CaseExtensionInput,
    DecisionInput,
    ExclusionInput,
    PauseInput,
    RequestFilter,
    RequestRead,
)
from xiaoneng.features.cases.service import requests
from xiaoneng.kit.http import SessionDep, router, tagged
from xiaoneng.kit.pages import BadCursor, Page
from xiaoneng.kit.problems import responses
from xiaoneng.kit.schemas import NoInput, ReasonInput

routes = router("", "case_requests")
_CASE = "/cases/{case_id}/actions"
_ONE = "/case-requests/{request_id}/actions"
_LIMITS = (ClockExpired, ClockMissing, ClockPaused, LimitRefused)


@routes.get(
    "/case-requests", operation_id="case_requests_list", summary="诉求申请列表", responses=responses(*LOGIN, BadCursor)
)
async def list_requests(
    actor: CurrentActor, session: SessionDep, chosen: Annotated[RequestFilter, Query()]
) -> Page[RequestRead]:
    """Requests within the caller's reach, the oldest first: those of one case, or those that wait for somebody."""
    return await requests.page(session, actor, chosen)


async def _perform(acting: Acting, request_id: UUID, action: str, body: BaseModel) -> RequestRead:
    case, request = await requests.perform(acting.session, acting.actor, request_id, acting.command(action, body))
    return tagged(acting.response, await requests.read(acting.session, acting.actor, case, request))


@routes.post(
    _CASE + "/apply_extension",
    operation_id="cases_apply_extension",
    summary="申请延期",
    responses=changes(DeadlinePassed, ExtensionTooLong, RequestOpen),
)
async def apply_extension_case(acting: ActingDep, case_id: UUID, body: CaseExtensionInput) -> CaseRead:
    """Ask for more time, before the limit is over (R-19)."""
    return await act(acting, case_id, "apply_extension", body)


@routes.post(
    _CASE + "/apply_pause",
    operation_id="cases_apply_pause",
    summary="申请中止计时",
    responses=changes(DeadlinePassed, AlreadyPaused, RequestOpen),
)
async def apply_pause_case(acting: ActingDep, case_id: UUID, body: PauseInput) -> CaseRead:
    """Ask that the limit stands still."""
    return await act(acting, case_id, "apply_pause", body)


@routes.post(
    _CASE + "/resume",
    operation_id="cases_resume",
    summary="恢复计时",
    responses=changes(NotPaused, *_LIMITS),
)
async def resume_case(acting: ActingDep, case_id: UUID, body: ReasonInput) -> CaseRead:
    """Let the limit go on; what the pause took out is in its new date."""
    return await act(acting, case_id, "resume", body)


@routes.post(
    _CASE + "/apply_exclusion",
    operation_id="cases_apply_exclusion",
    summary="申请剔除考核",
    responses=changes(AlreadyExcluded, RequestOpen),
)
async def apply_exclusion_case(acting: ActingDep, case_id: UUID, body: ExclusionInput) -> CaseRead:
    """Ask that the case does not count in the assessment, with evidence."""
    return await act(acting, case_id, "apply_exclusion", body)


@routes.post(
    _CASE + "/appeal",
    operation_id="cases_appeal",
    summary="申诉",
    responses=changes(AppealTooLate, NothingToAppeal, RequestOpen),
)
async def appeal_case(acting: ActingDep, case_id: UUID, body: AppealInput) -> CaseRead:
    """Appeal against a judgement within the window (SM-25)."""
    return await act(acting, case_id, "appeal", body)


@routes.post(
    _ONE + "/endorse",
    operation_id="case_requests_endorse",
    summary="单位同意申请",
    responses=changes(OtherWay, SamePerson),
)
async def endorse_request(acting: ActingDep, request_id: UUID, body: NoInput) -> RequestRead:
    """The head of the unit stands behind what touches a limit."""
    return await _perform(acting, request_id, "endorse", body)


@routes.post(
    _ONE + "/decline",
    operation_id="case_requests_decline",
    summary="单位不同意申请",
    responses=changes(OtherWay, SamePerson),
)
async def decline_request(acting: ActingDep, request_id: UUID, body: ReasonInput) -> RequestRead:
    """The head of the unit does not."""
    return await _perform(acting, request_id, "decline", body)


@routes.post(
    _ONE + "/review",
    operation_id="case_requests_review",
    summary="初审申请",
    responses=changes(OtherWay, SamePerson),
)
async def review_request(acting: ActingDep, request_id: UUID, body: NoInput) -> RequestRead:
    """The office finds that what touches the assessment may be decided."""
    return await _perform(acting, request_id, "review", body)


@routes.post(
    _ONE + "/dismiss",
    operation_id="case_requests_dismiss",
    summary="初审驳回申请",
    responses=changes(OtherWay, SamePerson),
)
async def dismiss_request(acting: ActingDep, request_id: UUID, body: ReasonInput) -> RequestRead:
    """The office finds that it may not."""
    return await _perform(acting, request_id, "dismiss", body)


@routes.post(
    _ONE + "/grant",
    operation_id="case_requests_grant",
    summary="批准申请",
    responses=changes(OtherWay, SamePerson, AlreadyPaused, *_LIMITS),
)
async def grant_request(acting: ActingDep, request_id: UUID, body: DecisionInput) -> RequestRead:
    """Decide for it; the limit, the pause or the exclusion takes effect at once."""
    return await _perform(acting, request_id, "grant", body)


@routes.post(
    _ONE + "/refuse",
    operation_id="case_requests_refuse",
    summary="不批准申请",
    responses=changes(OtherWay, SamePerson),
)
async def refuse_request(acting: ActingDep, request_id: UUID, body: ReasonInput) -> RequestRead:
    """Decide against it."""
    return await _perform(acting, request_id, "refuse", body)


@routes.post(
    _ONE + "/withdraw",
    operation_id="case_requests_withdraw",
    summary="撤回申请",
    responses=changes(OtherWay, SamePerson),
)
async def withdraw_request(acting: ActingDep, request_id: UUID, body: NoInput) -> RequestRead:
    """Whoever applied takes it back."""
    return await _perform(acting, request_id, "withdraw", body)


@routes.post(
    _ONE + "/record_told",
    operation_id="case_requests_record_told",
    summary="记录已告知群众",
    responses=changes(OtherWay),
)
async def record_told_request(acting: ActingDep, request_id: UUID, body: NoteInput) -> RequestRead:
    """Record that the citizen was told of the decision (R-19)."""
    return await _perform(acting, request_id, "record_told", body)
