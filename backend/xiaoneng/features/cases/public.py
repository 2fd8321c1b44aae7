"""HTTP of cases for citizens, without login. A receipt travels in bodies only, never in an address."""

from fastapi import Request

from xiaoneng.features.cases.errors.cases import IdentityRefused
from xiaoneng.features.cases.errors.receipts import (
    CaseOver,
    DisputeTooLate,
    NotDisputable,
    NotRateable,
    ReceiptThrottled,
    ReceiptUnknown,
    SupplementsUsedUp,
)
from xiaoneng.features.cases.schemas.public import (
    DisputeInput,
    PublicCaseCreate,
    PublicCaseCreated,
    RateInput,
    ReceiptInput,
    SupplementInput,
    TrackRead,
)
from xiaoneng.features.cases.service import citizens, receipts
from xiaoneng.kit.http import SessionDep, public_router
from xiaoneng.kit.problems import InvalidInput, responses

public = public_router("/public", "public")
_RECEIPT = (ReceiptUnknown, ReceiptThrottled, InvalidInput)


@public.post(
    "/cases",
    operation_id="public_cases_create",
    status_code=201,
    summary="群众提交诉求",
    responses=responses(InvalidInput, IdentityRefused),
)
async def submit_case(session: SessionDep, body: PublicCaseCreate) -> PublicCaseCreated:
    """Submit a case; the receipt in the answer is shown once."""
    return await receipts.submit(session, body)


@public.post(
    "/receipts/track", operation_id="public_receipts_track", summary="凭证查询", responses=responses(*_RECEIPT)
)
async def track_case(request: Request, session: SessionDep, body: ReceiptInput) -> TrackRead:
    """What was promised, what happened, and what the citizen can do now."""
    return await receipts.track(session, request.app.state.database, body)


@public.post(
    "/receipts/rate",
    operation_id="public_receipts_rate",
    summary="群众评价",
    responses=responses(*_RECEIPT, NotRateable),
)
async def rate_case(request: Request, session: SessionDep, body: RateInput) -> TrackRead:
    """Judge the reply: five levels, and whether the matter is solved."""
    return await receipts.rate(session, request.app.state.database, body)


@public.post(
    "/receipts/supplement",
    operation_id="public_receipts_supplement",
    summary="群众补充情况",
    responses=responses(*_RECEIPT, CaseOver, SupplementsUsedUp),
)
async def supplement_case(request: Request, session: SessionDep, body: SupplementInput) -> TrackRead:
    """Add something to a case that is not closed; whoever works on it is told."""
    return await citizens.supplement(session, request.app.state.database, body)


@public.post(
    "/receipts/dispute",
    operation_id="public_receipts_dispute",
    summary="群众对办结提出异议",
    responses=responses(*_RECEIPT, NotDisputable, DisputeTooLate),
)
async def dispute_case(request: Request, session: SessionDep, body: DisputeInput) -> TrackRead:
    """Say that a closed case is not solved; within the window it is handled again, under limits of its own."""
    return await citizens.dispute(session, request.app.state.database, body)
