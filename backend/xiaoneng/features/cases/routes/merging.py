"""HTTP of duplicates: what is alike, merging, splitting, what was merged (R-16)."""

from uuid import UUID

from xiaoneng.core.access.deps import LOGIN, ActingDep, CurrentActor, changes
from xiaoneng.features.cases.errors.cases import AlreadyPaused
from xiaoneng.features.cases.errors.merges import (
    MergeIntoClosed,
    MergeIntoMerged,
    MergeLater,
    MergeSelf,
    NotMerged,
    SealedApart,
)
from xiaoneng.features.cases.routes.shared import act
from xiaoneng.features.cases.schemas.merges import AlikeInput, AlikeList, MergeInput, MergesRead
from xiaoneng.features.cases.schemas.reads import CaseRead
from xiaoneng.features.cases.service import merges_reading, merging
from xiaoneng.kit.http import SessionDep, router
from xiaoneng.kit.problems import InvalidInput, NotFound, responses
from xiaoneng.kit.schemas import ReasonInput

routes = router("/cases", "cases")


@routes.post(
    "/alike", operation_id="cases_alike", summary="查找相近诉求（登记时）", responses=responses(*LOGIN, InvalidInput)
)
async def find_alike(actor: CurrentActor, session: SessionDep, body: AlikeInput) -> AlikeList:
    """Cases under way that may be the same matter as one being taken down; the number travels in the body only."""
    return await merges_reading.alike_to(session, actor, body)


@routes.get(
    "/{case_id}/alike", operation_id="cases_alike_of", summary="与本件相近的诉求", responses=responses(*LOGIN, NotFound)
)
async def find_alike_of(actor: CurrentActor, session: SessionDep, case_id: UUID) -> AlikeList:
    """Cases under way that may be the same matter as one that came in, the most alike first."""
    return await merges_reading.alike_to_case(session, actor, case_id)


@routes.get("/{case_id}/merges", operation_id="cases_merges", summary="并件关系", responses=responses(*LOGIN, NotFound))
async def get_merges(actor: CurrentActor, session: SessionDep, case_id: UUID) -> MergesRead:
    """The case that this one was merged into, and those merged into it, as far as the caller may know of them."""
    return await merges_reading.merges_of(session, actor, case_id)


@routes.post(
    "/{case_id}/actions/merge",
    operation_id="cases_merge",
    summary="并入另一件",
    responses=changes(AlreadyPaused, MergeSelf, MergeIntoMerged, MergeIntoClosed, MergeLater, SealedApart),
)
async def merge_case(acting: ActingDep, case_id: UUID, body: MergeInput) -> CaseRead:
    """Merge a duplicate into the case that stands for the matter; its limits rest, its reporter gets that reply."""
    await merging.hold(acting.session, [case_id, body.into_id])
    return await act(acting, case_id, "merge", body)


@routes.post("/{case_id}/actions/unmerge", operation_id="cases_unmerge", summary="拆分", responses=changes(NotMerged))
async def unmerge_case(acting: ActingDep, case_id: UUID, body: ReasonInput) -> CaseRead:
    """Split a merged case off again: it stands where it stood, with the same limits."""
    return await act(acting, case_id, "unmerge", body)
