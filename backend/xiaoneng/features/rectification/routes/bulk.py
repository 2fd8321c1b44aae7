"""HTTP of one action on many items. Each is judged as its own route would; a refused one changes nothing."""

from fastapi import Request

from xiaoneng.core.access.deps import LOGIN, CurrentActor
from xiaoneng.features.rectification.schemas.actions import ExtensionInput, ItemAssignInput
from xiaoneng.features.rectification.schemas.bulk import BulkItemAssign, BulkItemExtension, BulkItemUrge, ItemsResult
from xiaoneng.features.rectification.service import bulk
from xiaoneng.kit.http import SessionDep, router
from xiaoneng.kit.problems import InvalidInput, prefers_english, responses
from xiaoneng.kit.schemas import ReasonInput

routes = router("/rectification-items", "rectification_items")


@routes.post(
    "/actions/bulk_urge",
    operation_id="rectification_items_bulk_urge",
    summary="批量催办整改项",
    responses=responses(*LOGIN, InvalidInput),
)
async def bulk_urge(actor: CurrentActor, session: SessionDep, request: Request, body: BulkItemUrge) -> ItemsResult:
    """Remind the units of up to 100 items."""
    step = ("urge", ReasonInput(reason=body.reason))
    return await bulk.perform_all(session, actor, body.item_ids, step, english=prefers_english(request))


@routes.post(
    "/actions/bulk_assign",
    operation_id="rectification_items_bulk_assign",
    summary="批量指定责任人",
    responses=responses(*LOGIN, InvalidInput),
)
async def bulk_assign(actor: CurrentActor, session: SessionDep, request: Request, body: BulkItemAssign) -> ItemsResult:
    """Make one person answer for up to 100 items of their unit."""
    step = ("assign", ItemAssignInput(responsible_person_id=body.responsible_person_id))
    return await bulk.perform_all(session, actor, body.item_ids, step, english=prefers_english(request))


@routes.post(
    "/actions/bulk_apply_extension",
    operation_id="rectification_items_bulk_apply_extension",
    summary="批量申请延期",
    responses=responses(*LOGIN, InvalidInput),
)
async def bulk_apply_extension(
    actor: CurrentActor, session: SessionDep, request: Request, body: BulkItemExtension
) -> ItemsResult:
    """Ask for more time for up to 100 items."""
    step = ("apply_extension", ExtensionInput(to_due_on=body.to_due_on, reason=body.reason))
    return await bulk.perform_all(session, actor, body.item_ids, step, english=prefers_english(request))
