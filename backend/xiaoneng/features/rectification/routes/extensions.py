"""HTTP of more time for an item, and of the institution that a systemic one waits for."""

from uuid import UUID

from xiaoneng.core.access.deps import ActingDep, changes
from xiaoneng.core.worktime.errors import ClockExpired, ClockMissing, ExtensionsUsedUp, LimitRefused
from xiaoneng.features.rectification.errors.extensions import (
    ExtensionOpen,
    ExtensionTooLate,
    NoExtension,
    NotLater,
    SamePerson,
)
from xiaoneng.features.rectification.errors.institutions import InstitutionUnknown
from xiaoneng.features.rectification.errors.items import ConflictOfInterest, LeadUnitOnly, NotSystemic
from xiaoneng.features.rectification.routes.shared import act
from xiaoneng.features.rectification.schemas.actions import ExtensionInput, GrantInput, InstitutionLink
from xiaoneng.features.rectification.schemas.items import ItemRead
from xiaoneng.kit.http import router
from xiaoneng.kit.schemas import ReasonInput

routes = router("/rectification-items", "rectification_items")
_LIMITS = (ClockExpired, ClockMissing, LimitRefused, ExtensionsUsedUp)


@routes.post(
    "/{item_id}/actions/apply_extension",
    operation_id="rectification_items_apply_extension",
    summary="申请延期",
    responses=changes(LeadUnitOnly, ExtensionOpen, ExtensionTooLate, NotLater),
)
async def apply_extension(acting: ActingDep, item_id: UUID, body: ExtensionInput) -> ItemRead:
    """Ask for a later date before the present one is over (SM-23)."""
    return await act(acting, item_id, "apply_extension", body)


@routes.post(
    "/{item_id}/actions/grant_extension",
    operation_id="rectification_items_grant_extension",
    summary="批准延期",
    responses=changes(*_LIMITS, NoExtension, ExtensionTooLate, SamePerson, ConflictOfInterest),
)
async def grant_extension(acting: ActingDep, item_id: UUID, body: GrantInput) -> ItemRead:
    """Give the time asked for, through the ledger of the clock; somebody else than the applicant does."""
    return await act(acting, item_id, "grant_extension", body)


@routes.post(
    "/{item_id}/actions/refuse_extension",
    operation_id="rectification_items_refuse_extension",
    summary="不批准延期",
    responses=changes(NoExtension, SamePerson),
)
async def refuse_extension(acting: ActingDep, item_id: UUID, body: ReasonInput) -> ItemRead:
    """Let the date stand."""
    return await act(acting, item_id, "refuse_extension", body)


@routes.post(
    "/{item_id}/actions/link_institution",
    operation_id="rectification_items_link_institution",
    summary="关联制度",
    responses=changes(LeadUnitOnly, NotSystemic, InstitutionUnknown),
)
async def link_institution(acting: ActingDep, item_id: UUID, body: InstitutionLink) -> ItemRead:
    """Say which institution a systemic item waits for (R-01)."""
    return await act(acting, item_id, "link_institution", body)


@routes.post(
    "/{item_id}/actions/waive_institution",
    operation_id="rectification_items_waive_institution",
    summary="免予建制",
    responses=changes(NotSystemic, ConflictOfInterest),
)
async def waive_institution(acting: ActingDep, item_id: UUID, body: ReasonInput) -> ItemRead:
    """Let a systemic item close without an institution, with the reason on record (R-01)."""
    return await act(acting, item_id, "waive_institution", body)
