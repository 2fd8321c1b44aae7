"""HTTP of acceptance, public notice, closing and look-back."""

from uuid import UUID

from xiaoneng.core.access.deps import ActingDep, changes
from xiaoneng.core.worktime.errors import DueInPast
from xiaoneng.features.rectification.errors.acceptance import (
    AcceptanceOpen,
    BodiesRefused,
    CheckUnknown,
    JointRequired,
    NoNotice,
    NotAMember,
    NothingToSign,
    NoticeNeeded,
    NoticeRunning,
    ObjectionUnknown,
    ObjectionWaiting,
    SignedAlready,
)
from xiaoneng.features.rectification.errors.items import ConflictOfInterest, InstitutionMissing
from xiaoneng.features.rectification.routes.shared import act
from xiaoneng.features.rectification.schemas.acceptance import (
    ConveneInput,
    LookBackPass,
    NoticeInput,
    ObjectionAnswer,
    ObjectionInput,
    ReboundInput,
    SignInput,
)
from xiaoneng.features.rectification.schemas.actions import AcceptInput
from xiaoneng.features.rectification.schemas.items import ItemRead
from xiaoneng.kit.http import router

routes = router("/rectification-items", "rectification_items")


@routes.post(
    "/{item_id}/actions/convene",
    operation_id="rectification_items_convene",
    summary="组织联合验收",
    responses=changes(AcceptanceOpen, BodiesRefused),
)
async def convene(acting: ActingDep, item_id: UUID, body: ConveneInput) -> ItemRead:
    """Call two bodies or more, none at the units concerned (S4-10)."""
    return await act(acting, item_id, "convene", body)


@routes.post(
    "/{item_id}/actions/sign_acceptance",
    operation_id="rectification_items_sign_acceptance",
    summary="签署验收意见",
    responses=changes(ConflictOfInterest, NothingToSign, SignedAlready, NotAMember),
)
async def sign_acceptance(acting: ActingDep, item_id: UUID, body: SignInput) -> ItemRead:
    """Sign for a body one serves in; with the last that agrees the item is accepted (R-07)."""
    return await act(acting, item_id, "sign_acceptance", body)


@routes.post(
    "/{item_id}/actions/accept",
    operation_id="rectification_items_accept",
    summary="验收通过",
    responses=changes(ConflictOfInterest, JointRequired),
)
async def accept(acting: ActingDep, item_id: UUID, body: AcceptInput) -> ItemRead:
    """Accept the item alone, where no joint acceptance is asked for."""
    return await act(acting, item_id, "accept", body)


@routes.post(
    "/{item_id}/actions/announce",
    operation_id="rectification_items_announce",
    summary="销号公示",
    responses=changes(NoticeRunning),
)
async def announce(acting: ActingDep, item_id: UUID, body: NoticeInput) -> ItemRead:
    """Tell the public for the working days of the time policy in force."""
    return await act(acting, item_id, "announce", body)


@routes.post(
    "/{item_id}/actions/record_objection",
    operation_id="rectification_items_record_objection",
    summary="登记公示异议",
    responses=changes(NoNotice),
)
async def record_objection(acting: ActingDep, item_id: UUID, body: ObjectionInput) -> ItemRead:
    """Put down what somebody objects while the notice stands."""
    return await act(acting, item_id, "record_objection", body)


@routes.post(
    "/{item_id}/actions/answer_objection",
    operation_id="rectification_items_answer_objection",
    summary="答复公示异议",
    responses=changes(ConflictOfInterest, NoNotice, ObjectionUnknown),
)
async def answer_objection(acting: ActingDep, item_id: UUID, body: ObjectionAnswer) -> ItemRead:
    """Answer it; one that holds sends the item back to work."""
    return await act(acting, item_id, "answer_objection", body)


@routes.post(
    "/{item_id}/actions/close",
    operation_id="rectification_items_close",
    summary="验收销号",
    responses=changes(
        ConflictOfInterest, InstitutionMissing, JointRequired, NoticeNeeded, NoticeRunning, ObjectionWaiting
    ),
)
async def close(acting: ActingDep, item_id: UUID, body: AcceptInput) -> ItemRead:
    """Close the item; the row stays (R-07)."""
    return await act(acting, item_id, "close", body)


@routes.post(
    "/{item_id}/actions/pass_look_back",
    operation_id="rectification_items_pass_look_back",
    summary="回头看合格",
    responses=changes(ConflictOfInterest, CheckUnknown),
)
async def pass_look_back(acting: ActingDep, item_id: UUID, body: LookBackPass) -> ItemRead:
    """The look-back found it solved."""
    return await act(acting, item_id, "pass_look_back", body)


@routes.post(
    "/{item_id}/actions/rebound",
    operation_id="rectification_items_rebound",
    summary="回头看反弹",
    responses=changes(ConflictOfInterest, CheckUnknown, DueInPast),
)
async def rebound(acting: ActingDep, item_id: UUID, body: ReboundInput) -> ItemRead:
    """It has come back: reopened with a link and a count (R-08)."""
    return await act(acting, item_id, "rebound", body)
