"""HTTP of what is done to an item."""

from uuid import UUID

from xiaoneng.core.access.deps import ActingDep, changes
from xiaoneng.features.rectification.errors.items import (
    AssignRefused,
    CloseoutIncomplete,
    ConflictOfInterest,
    InstitutionMissing,
    LeadUnitOnly,
    MeasureUnknown,
    NoUnit,
    PlanRefused,
)
from xiaoneng.features.rectification.routes.shared import act
from xiaoneng.features.rectification.schemas.actions import (
    ApproveInput,
    CloseoutInput,
    EvidenceInput,
    ItemAssignInput,
    LeadUnitInput,
    PlanInput,
    ProgressReportInput,
    VerifyInput,
)
from xiaoneng.features.rectification.schemas.items import (
    ItemRead,
)
from xiaoneng.kit.http import router
from xiaoneng.kit.schemas import ReasonInput

routes = router("/rectification-items", "rectification_items")


@routes.post(
    "/{item_id}/actions/designate",
    operation_id="rectification_items_designate",
    summary="指定牵头单位",
    responses=changes(),
)
async def designate(acting: ActingDep, item_id: UUID, body: LeadUnitInput) -> ItemRead:
    """Say which unit leads (R-10)."""
    return await act(acting, item_id, "designate", body)


@routes.post(
    "/{item_id}/actions/plan",
    operation_id="rectification_items_plan",
    summary="制定整改方案",
    responses=changes(PlanRefused, NoUnit, LeadUnitOnly),
)
async def plan(acting: ActingDep, item_id: UUID, body: PlanInput) -> ItemRead:
    """Send the whole plan (R-01)."""
    return await act(acting, item_id, "plan", body)


@routes.post(
    "/{item_id}/actions/approve_plan",
    operation_id="rectification_items_approve_plan",
    summary="审核通过方案",
    responses=changes(),
)
async def approve_plan(acting: ActingDep, item_id: UUID, body: ApproveInput) -> ItemRead:
    """Accept the plan; the item's date stands from now on, and how it will be accepted is said."""
    return await act(acting, item_id, "approve_plan", body)


@routes.post(
    "/{item_id}/actions/return_plan",
    operation_id="rectification_items_return_plan",
    summary="退回方案",
    responses=changes(),
)
async def return_plan(acting: ActingDep, item_id: UUID, body: ReasonInput) -> ItemRead:
    """Send the plan back."""
    return await act(acting, item_id, "return_plan", body)


@routes.post(
    "/{item_id}/actions/report_progress",
    operation_id="rectification_items_report_progress",
    summary="报告进展",
    responses=changes(MeasureUnknown),
)
async def report_progress(acting: ActingDep, item_id: UUID, body: ProgressReportInput) -> ItemRead:
    """Say how far it is."""
    return await act(acting, item_id, "report_progress", body)


@routes.post(
    "/{item_id}/actions/urge",
    operation_id="rectification_items_urge",
    summary="催办整改项",
    responses=changes(),
)
async def urge(acting: ActingDep, item_id: UUID, body: ReasonInput) -> ItemRead:
    """Remind the lead unit; its heads and liaisons are told at once."""
    return await act(acting, item_id, "urge", body)


@routes.post(
    "/{item_id}/actions/assign",
    operation_id="rectification_items_assign",
    summary="调整责任人和措施时限",
    responses=changes(AssignRefused, MeasureUnknown, LeadUnitOnly),
)
async def assign(acting: ActingDep, item_id: UUID, body: ItemAssignInput) -> ItemRead:
    """Let others answer for the item or its measures, and move measures within the item's own limit."""
    return await act(acting, item_id, "assign", body)


@routes.post(
    "/{item_id}/actions/add_evidence",
    operation_id="rectification_items_add_evidence",
    summary="上传佐证材料",
    responses=changes(MeasureUnknown),
)
async def add_evidence(acting: ActingDep, item_id: UUID, body: EvidenceInput) -> ItemRead:
    """Attach an uploaded file as evidence of a measure."""
    return await act(acting, item_id, "add_evidence", body)


@routes.post(
    "/{item_id}/actions/apply_closeout",
    operation_id="rectification_items_apply_closeout",
    summary="申请销号",
    responses=changes(CloseoutIncomplete, LeadUnitOnly, InstitutionMissing),
)
async def apply_closeout(acting: ActingDep, item_id: UUID, body: CloseoutInput) -> ItemRead:
    """The head of the unit applies and answers for the truth of it."""
    return await act(acting, item_id, "apply_closeout", body)


@routes.post(
    "/{item_id}/actions/verify",
    operation_id="rectification_items_verify",
    summary="核查通过",
    responses=changes(ConflictOfInterest),
)
async def verify(acting: ActingDep, item_id: UUID, body: VerifyInput) -> ItemRead:
    """Somebody of another unit has checked it (R-07)."""
    return await act(acting, item_id, "verify", body)


@routes.post(
    "/{item_id}/actions/return_closeout",
    operation_id="rectification_items_return_closeout",
    summary="退回整改",
    responses=changes(),
)
async def return_closeout(acting: ActingDep, item_id: UUID, body: ReasonInput) -> ItemRead:
    """Send it back to work; the item counts it."""
    return await act(acting, item_id, "return_closeout", body)


@routes.post(
    "/{item_id}/actions/void",
    operation_id="rectification_items_void",
    summary="登记有误作废",
    responses=changes(),
)
async def void(acting: ActingDep, item_id: UUID, body: ReasonInput) -> ItemRead:
    """Take back what was registered in error; the row stays (S0-06)."""
    return await act(acting, item_id, "void", body)


@routes.post(
    "/{item_id}/actions/adopt",
    operation_id="rectification_items_adopt",
    summary="转入整改",
    responses=changes(),
)
async def adopt(acting: ActingDep, item_id: UUID, body: LeadUnitInput) -> ItemRead:
    """Take up a row of a ledger kept elsewhere: a unit leads, and its plan is due."""
    return await act(acting, item_id, "adopt", body)
