"""HTTP of cases."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from xiaoneng.core.access.deps import LOGIN, CurrentActor, changes
from xiaoneng.core.access.schemas import Command
from xiaoneng.core.timeline.schemas import TimelineEntryRead
from xiaoneng.features.cases.errors.cases import (
    CloseTooEarly,
    DissatisfiedNeedsNote,
    IdentityRefused,
    RedosUsedUp,
)
from xiaoneng.features.cases.routes.shared import perform
from xiaoneng.features.cases.schemas.actions import CallBackInput, CaseCreate, ContactInput, NoteInput, ReplyInput
from xiaoneng.features.cases.schemas.reads import CallerRevealed, CaseFilter, CaseListItem, CaseRead, ReceiptIssued
from xiaoneng.features.cases.service import handling, intake, reading, receipts
from xiaoneng.kit.http import ExpectedRev, SessionDep, router, tagged
from xiaoneng.kit.pages import BadCursor, Page, PageParamsDep
from xiaoneng.kit.problems import InvalidInput, NotFound, responses
from xiaoneng.kit.schemas import NoInput, ReasonInput

routes = router("/cases", "cases")


@routes.get("", operation_id="cases_list", summary="诉求列表", responses=responses(*LOGIN, BadCursor))
async def list_cases(
    actor: CurrentActor,
    session: SessionDep,
    chosen: Annotated[CaseFilter, Query()],
) -> Page[CaseListItem]:
    """Cases the caller may know of, as a keyset page."""
    return await reading.page(session, actor, chosen)


@routes.post(
    "",
    operation_id="cases_create",
    status_code=201,
    summary="登记诉求",
    responses=responses(*LOGIN, InvalidInput, IdentityRefused),
)
async def create_case(actor: CurrentActor, session: SessionDep, body: CaseCreate, response: Response) -> CaseRead:
    """Register a case; its deadline stands from this moment."""
    case, clocks = await intake.register_by(session, actor, body)
    response.headers["Location"] = f"/api/v1/cases/{case.id}"
    return tagged(response, await reading.read(session, actor, case, clocks))


@routes.get("/{case_id}", operation_id="cases_get", summary="诉求详情", responses=responses(*LOGIN, NotFound))
async def get_case(actor: CurrentActor, session: SessionDep, case_id: UUID, response: Response) -> CaseRead:
    """One case with its clocks and what the caller may do now."""
    case = await reading.get(session, actor, case_id)
    return tagged(response, await reading.read(session, actor, case))


@routes.get(
    "/{case_id}/timeline",
    operation_id="cases_timeline",
    summary="诉求时间线",
    responses=responses(*LOGIN, NotFound, BadCursor),
)
async def get_timeline(
    actor: CurrentActor, session: SessionDep, case_id: UUID, params: PageParamsDep
) -> Page[TimelineEntryRead]:
    """Who did what when and why, newest first."""
    return await reading.history(session, actor, case_id, params)


@routes.post("/{case_id}/actions/sign", operation_id="cases_sign", summary="签收", responses=changes())
async def sign_case(
    actor: CurrentActor, session: SessionDep, case_id: UUID, rev: ExpectedRev, body: NoInput, response: Response
) -> CaseRead:
    """The unit takes the case on."""
    return await perform(session, actor, case_id, Command("sign", body, rev), response)


@routes.post("/{case_id}/actions/contact", operation_id="cases_contact", summary="记录与群众联系", responses=changes())
async def contact_case(
    actor: CurrentActor,
    session: SessionDep,
    case_id: UUID,
    rev: ExpectedRev,
    body: ContactInput,
    response: Response,
) -> CaseRead:
    """Record a conversation with the citizen, or an attempt."""
    return await perform(session, actor, case_id, Command("contact", body, rev), response)


@routes.post("/{case_id}/actions/reply", operation_id="cases_reply", summary="答复", responses=changes())
async def reply_case(
    actor: CurrentActor,
    session: SessionDep,
    case_id: UUID,
    rev: ExpectedRev,
    body: ReplyInput,
    response: Response,
) -> CaseRead:
    """Answer the citizen; the finish clock stops."""
    return await perform(session, actor, case_id, Command("reply", body, rev), response)


@routes.post(
    "/{case_id}/actions/record_attempt",
    operation_id="cases_record_attempt",
    summary="记录回访未接通",
    responses=changes(),
)
async def record_attempt_case(
    actor: CurrentActor,
    session: SessionDep,
    case_id: UUID,
    rev: ExpectedRev,
    body: NoteInput,
    response: Response,
) -> CaseRead:
    """Record that a call-back did not reach the citizen (R-14)."""
    return await perform(session, actor, case_id, Command("record_attempt", body, rev), response)


@routes.post(
    "/{case_id}/actions/call_back",
    operation_id="cases_call_back",
    summary="记录回访结果",
    responses=changes(DissatisfiedNeedsNote),
)
async def call_back_case(
    actor: CurrentActor,
    session: SessionDep,
    case_id: UUID,
    rev: ExpectedRev,
    body: CallBackInput,
    response: Response,
) -> CaseRead:
    """Record what the citizen said when called back; the case closes."""
    return await perform(session, actor, case_id, Command("call_back", body, rev), response)


@routes.post("/{case_id}/actions/redo", operation_id="cases_redo", summary="发回重办", responses=changes(RedosUsedUp))
async def redo_case(
    actor: CurrentActor,
    session: SessionDep,
    case_id: UUID,
    rev: ExpectedRev,
    body: ReasonInput,
    response: Response,
) -> CaseRead:
    """Send a replied case back to work (R-17)."""
    return await perform(session, actor, case_id, Command("redo", body, rev), response)


@routes.post(
    "/{case_id}/actions/close", operation_id="cases_close", summary="办结归档", responses=changes(CloseTooEarly)
)
async def close_case(
    actor: CurrentActor,
    session: SessionDep,
    case_id: UUID,
    rev: ExpectedRev,
    body: ReasonInput,
    response: Response,
) -> CaseRead:
    """Close without a rating, after its window or three attempts (R-14)."""
    return await perform(session, actor, case_id, Command("close", body, rev), response)


@routes.post("/{case_id}/actions/urge", operation_id="cases_urge", summary="催办", responses=changes())
async def urge_case(
    actor: CurrentActor,
    session: SessionDep,
    case_id: UUID,
    rev: ExpectedRev,
    body: ReasonInput,
    response: Response,
) -> CaseRead:
    """Remind the responsible unit."""
    return await perform(session, actor, case_id, Command("urge", body, rev), response)


@routes.post(
    "/{case_id}/actions/issue_receipt", operation_id="cases_issue_receipt", summary="出具查询凭证", responses=changes()
)
async def issue_receipt(
    actor: CurrentActor, session: SessionDep, case_id: UUID, rev: ExpectedRev, body: NoInput, response: Response
) -> ReceiptIssued:
    """Give the citizen a way to track and rate the case; shown once."""
    case = await handling.perform(session, actor, case_id, Command("issue_receipt", body, rev))
    receipt = await receipts.issue(session, case)
    shown = tagged(response, await reading.read(session, actor, case))
    return ReceiptIssued(receipt=receipt, case=shown)


@routes.post(
    "/{case_id}/actions/reveal_caller",
    operation_id="cases_reveal_caller",
    summary="查看来电人信息",
    responses=responses(*LOGIN, NotFound, InvalidInput),
)
async def reveal_caller(actor: CurrentActor, session: SessionDep, case_id: UUID, body: ReasonInput) -> CallerRevealed:
    """Name and number in clear, with a reason that goes on record."""
    return await reading.reveal_caller(session, actor, case_id, body.reason)
