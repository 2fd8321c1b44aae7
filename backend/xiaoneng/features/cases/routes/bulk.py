"""HTTP of one action on many cases."""

from fastapi import Request

from xiaoneng.core.access.deps import LOGIN, CurrentActor
from xiaoneng.features.cases.schemas.actions import DispatchInput
from xiaoneng.features.cases.schemas.bulk import BulkDispatch, BulkResult, BulkUrge
from xiaoneng.features.cases.service import bulk
from xiaoneng.kit.http import SessionDep, router
from xiaoneng.kit.problems import InvalidInput, prefers_english, responses
from xiaoneng.kit.schemas import ReasonInput

routes = router("/cases", "cases")


@routes.post(
    "/actions/bulk_dispatch",
    operation_id="cases_bulk_dispatch",
    summary="批量派发",
    responses=responses(*LOGIN, InvalidInput),
)
async def bulk_dispatch(actor: CurrentActor, session: SessionDep, request: Request, body: BulkDispatch) -> BulkResult:
    """Hand up to 100 cases to the same units. Each is judged as its own route would; a refused one changes nothing."""
    given = DispatchInput(**body.model_dump(exclude={"case_ids"}))
    english = prefers_english(request)
    return await bulk.perform_all(session, actor, body.case_ids, "dispatch", given, english=english)


@routes.post(
    "/actions/bulk_urge",
    operation_id="cases_bulk_urge",
    summary="批量催办",
    responses=responses(*LOGIN, InvalidInput),
)
async def bulk_urge(actor: CurrentActor, session: SessionDep, request: Request, body: BulkUrge) -> BulkResult:
    """Remind the units of up to 100 cases. Each is judged as its own route would; a refused one changes nothing."""
    english = prefers_english(request)
    given = ReasonInput(reason=body.reason)
    return await bulk.perform_all(session, actor, body.case_ids, "urge", given, english=english)
