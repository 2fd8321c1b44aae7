"""HTTP of a case's time limits."""

from uuid import UUID

from xiaoneng.core.access.deps import CurrentActor
from xiaoneng.core.access.errors import NotAuthenticated, PermissionDenied
from xiaoneng.core.worktime.schemas.explanations import ClockExplanationRead
from xiaoneng.features.cases.service import reading
from xiaoneng.kit.http import SessionDep, router
from xiaoneng.kit.problems import NotFound, responses

routes = router("/cases", "cases")


@routes.get(
    "/{case_id}/clocks/{kind}/explanation",
    operation_id="cases_clocks_explain",
    summary="诉求期限计算说明",
    responses=responses(NotAuthenticated, PermissionDenied, NotFound),
)
async def explain_clock(actor: CurrentActor, session: SessionDep, case_id: UUID, kind: str) -> ClockExplanationRead:
    """Why the newest time limit of a kind (sign, contact, finish …) ends when it does: every day, rule and entry."""
    return await reading.explain(session, actor, case_id, kind)
