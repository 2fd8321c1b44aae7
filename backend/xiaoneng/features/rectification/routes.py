"""HTTP of the rectification ledger."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from xiaoneng.core.access.deps import LOGIN, CurrentActor, changes
from xiaoneng.core.access.schemas import Actor, Command
from xiaoneng.core.timeline.schemas import TimelineEntryRead
from xiaoneng.core.worktime.schemas.explanations import ClockExplanationRead
from xiaoneng.features.rectification.errors import (
    CloseoutIncomplete,
    ConflictOfInterest,
    MeasureUnknown,
    NoUnit,
    PlanRefused,
)
from xiaoneng.features.rectification.schemas import (
    AcceptInput,
    CloseoutInput,
    EvidenceInput,
    ItemCreate,
    ItemFilter,
    ItemListItem,
    ItemRead,
    LeadUnitInput,
    PlanInput,
    ProgressReportInput,
    VerifyInput,
)
from xiaoneng.features.rectification.service import ledger, reading
from xiaoneng.kit.db import Session
from xiaoneng.kit.http import ExpectedRev, SessionDep, router, tagged
from xiaoneng.kit.pages import BadCursor, Page, PageParamsDep
from xiaoneng.kit.problems import (
    InvalidInput,
    NotFound,
    responses,
)
from xiaoneng.kit.schemas import NoInput, ReasonInput

routes = router("/rectification-items", "rectification_items")


@routes.get("", operation_id="rectification_items_list", summary="整改台账", responses=responses(*LOGIN, BadCursor))
async def list_items(
    actor: CurrentActor, session: SessionDep, chosen: Annotated[ItemFilter, Query()]
) -> Page[ItemListItem]:
    """Items the caller may know of; `source_type` and `source_id` find the item a case led to."""
    return await reading.page(session, actor, chosen)


@routes.post(
    "",
    operation_id="rectification_items_create",
    status_code=201,
    summary="登记整改项",
    responses=responses(*LOGIN, InvalidInput),
)
async def create_item(actor: CurrentActor, session: SessionDep, body: ItemCreate, response: Response) -> ItemRead:
    """Put a problem into the ledger."""
    item = await ledger.open_by(session, actor, body)
    response.headers["Location"] = f"/api/v1/rectification-items/{item.id}"
    return tagged(response, await reading.read(session, actor, item))


@routes.get(
    "/{item_id}", operation_id="rectification_items_get", summary="整改项详情", responses=responses(*LOGIN, NotFound)
)
async def get_item(actor: CurrentActor, session: SessionDep, item_id: UUID, response: Response) -> ItemRead:
    """One item with its plan, its evidence and what the caller may do now."""
    item = await reading.get(session, actor, item_id)
    return tagged(response, await reading.read(session, actor, item))


@routes.get(
    "/{item_id}/timeline",
    operation_id="rectification_items_timeline",
    summary="整改项时间线",
    responses=responses(*LOGIN, NotFound, BadCursor),
)
async def get_timeline(
    actor: CurrentActor, session: SessionDep, item_id: UUID, params: PageParamsDep
) -> Page[TimelineEntryRead]:
    """Who did what when and why, newest first."""
    return await reading.history(session, actor, item_id, params)


@routes.get(
    "/{item_id}/clocks/{kind}/explanation",
    operation_id="rectification_items_clocks_explain",
    summary="整改项期限计算说明",
    responses=responses(*LOGIN, NotFound),
)
async def explain_clock(actor: CurrentActor, session: SessionDep, item_id: UUID, kind: str) -> ClockExplanationRead:
    """Why the newest time limit of a kind (plan, finish) ends when it does: every day, rule and entry."""
    return await reading.explain(session, actor, item_id, kind)


async def _perform(session: Session, actor: Actor, item_id: UUID, command: Command, response: Response) -> ItemRead:
    item = await ledger.perform(session, actor, item_id, command)
    return tagged(response, await reading.read(session, actor, item))


@routes.post(
    "/{item_id}/actions/designate",
    operation_id="rectification_items_designate",
    summary="指定牵头单位",
    responses=changes(),
)
async def designate(
    actor: CurrentActor, session: SessionDep, item_id: UUID, rev: ExpectedRev, body: LeadUnitInput, response: Response
) -> ItemRead:
    """Say which unit leads (R-10)."""
    return await _perform(session, actor, item_id, Command("designate", body, rev), response)


@routes.post(
    "/{item_id}/actions/plan",
    operation_id="rectification_items_plan",
    summary="制定整改方案",
    responses=changes(PlanRefused, NoUnit),
)
async def plan(
    actor: CurrentActor, session: SessionDep, item_id: UUID, rev: ExpectedRev, body: PlanInput, response: Response
) -> ItemRead:
    """Send the whole plan (R-01)."""
    return await _perform(session, actor, item_id, Command("plan", body, rev), response)


@routes.post(
    "/{item_id}/actions/approve_plan",
    operation_id="rectification_items_approve_plan",
    summary="审核通过方案",
    responses=changes(),
)
async def approve_plan(
    actor: CurrentActor, session: SessionDep, item_id: UUID, rev: ExpectedRev, body: NoInput, response: Response
) -> ItemRead:
    """Accept the plan; the item's date stands from now on."""
    return await _perform(session, actor, item_id, Command("approve_plan", body, rev), response)


@routes.post(
    "/{item_id}/actions/return_plan",
    operation_id="rectification_items_return_plan",
    summary="退回方案",
    responses=changes(),
)
async def return_plan(
    actor: CurrentActor, session: SessionDep, item_id: UUID, rev: ExpectedRev, body: ReasonInput, response: Response
) -> ItemRead:
    """Send the plan back."""
    return await _perform(session, actor, item_id, Command("return_plan", body, rev), response)


@routes.post(
    "/{item_id}/actions/report_progress",
    operation_id="rectification_items_report_progress",
    summary="报告进展",
    responses=changes(MeasureUnknown),
)
async def report_progress(
    actor: CurrentActor,
    session: SessionDep,
    item_id: UUID,
    rev: ExpectedRev,
    body: ProgressReportInput,
    response: Response,
) -> ItemRead:
    """Say how far it is."""
    return await _perform(session, actor, item_id, Command("report_progress", body, rev), response)


@routes.post(
    "/{item_id}/actions/add_evidence",
    operation_id="rectification_items_add_evidence",
    summary="上传佐证材料",
    responses=changes(MeasureUnknown),
)
async def add_evidence(
    actor: CurrentActor, session: SessionDep, item_id: UUID, rev: ExpectedRev, body: EvidenceInput, response: Response
) -> ItemRead:
    """Attach an uploaded file as evidence of a measure."""
    return await _perform(session, actor, item_id, Command("add_evidence", body, rev), response)


@routes.post(
    "/{item_id}/actions/apply_closeout",
    operation_id="rectification_items_apply_closeout",
    summary="申请销号",
    responses=changes(CloseoutIncomplete),
)
async def apply_closeout(
    actor: CurrentActor, session: SessionDep, item_id: UUID, rev: ExpectedRev, body: CloseoutInput, response: Response
) -> ItemRead:
    """The head of the unit applies and answers for the truth of it."""
    return await _perform(session, actor, item_id, Command("apply_closeout", body, rev), response)


@routes.post(
    "/{item_id}/actions/verify",
    operation_id="rectification_items_verify",
    summary="核查通过",
    responses=changes(ConflictOfInterest),
)
async def verify(
    actor: CurrentActor, session: SessionDep, item_id: UUID, rev: ExpectedRev, body: VerifyInput, response: Response
) -> ItemRead:
    """Somebody of another unit has checked it (R-07)."""
    return await _perform(session, actor, item_id, Command("verify", body, rev), response)


@routes.post(
    "/{item_id}/actions/return_closeout",
    operation_id="rectification_items_return_closeout",
    summary="退回整改",
    responses=changes(),
)
async def return_closeout(
    actor: CurrentActor, session: SessionDep, item_id: UUID, rev: ExpectedRev, body: ReasonInput, response: Response
) -> ItemRead:
    """Send it back to work; the item counts it."""
    return await _perform(session, actor, item_id, Command("return_closeout", body, rev), response)


@routes.post(
    "/{item_id}/actions/close",
    operation_id="rectification_items_close",
    summary="验收销号",
    responses=changes(ConflictOfInterest),
)
async def close(
    actor: CurrentActor, session: SessionDep, item_id: UUID, rev: ExpectedRev, body: AcceptInput, response: Response
) -> ItemRead:
    """Close the item; the row stays (R-07)."""
    return await _perform(session, actor, item_id, Command("close", body, rev), response)
