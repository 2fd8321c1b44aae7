"""HTTP of the parts that units have in a case."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel

from xiaoneng.core.access.deps import LOGIN, Acting, ActingDep, CurrentActor, changes
from xiaoneng.features.cases.errors.cases import (
    LeadGoesThroughCase,
    NotBelow,
    OtherWay,
    PartsBelowOpen,
    PersonRefused,
    ReturnForbidden,
    ReturnWindowClosed,
    UnitRefused,
    UnitTaken,
)
from xiaoneng.features.cases.schemas.actions import AssignHandlerInput, ContactInput, CoUnitsInput, ReplyInput
from xiaoneng.features.cases.schemas.assignments import AssignmentFilter, AssignmentListItem, AssignmentRead
from xiaoneng.features.cases.service import assignments, parts_reading
from xiaoneng.kit.http import SessionDep, router, tagged
from xiaoneng.kit.pages import BadCursor, Page
from xiaoneng.kit.problems import responses
from xiaoneng.kit.schemas import NoInput, ReasonInput

routes = router("", "case_assignments")
_ONE = "/cases/{case_id}/assignments/{assignment_id}/actions"


@routes.get(
    "/case-assignments",
    operation_id="case_assignments_list",
    summary="承办任务列表",
    responses=responses(*LOGIN, BadCursor),
)
async def list_assignments(
    actor: CurrentActor, session: SessionDep, chosen: Annotated[AssignmentFilter, Query()]
) -> Page[AssignmentListItem]:
    """The parts that units within the caller's reach have in cases, what is due first on top."""
    return await parts_reading.page(session, actor, chosen)


async def _perform(acting: Acting, at: tuple[UUID, UUID], action: str, body: BaseModel) -> AssignmentRead:
    part = await assignments.perform(acting.session, acting.actor, *at, acting.command(action, body))
    return tagged(acting.response, await parts_reading.read(acting.session, acting.actor, part))


@routes.post(
    _ONE + "/sign",
    operation_id="case_assignments_sign",
    summary="协办签收",
    responses=changes(LeadGoesThroughCase),
)
async def sign_part(acting: ActingDep, case_id: UUID, assignment_id: UUID, body: NoInput) -> AssignmentRead:
    """The unit takes its part on."""
    return await _perform(acting, (case_id, assignment_id), "sign", body)


@routes.post(
    _ONE + "/contact",
    operation_id="case_assignments_contact",
    summary="协办记录联系",
    responses=changes(LeadGoesThroughCase),
)
async def contact_part(acting: ActingDep, case_id: UUID, assignment_id: UUID, body: ContactInput) -> AssignmentRead:
    """Record a conversation with the citizen, or an attempt."""
    return await _perform(acting, (case_id, assignment_id), "contact", body)


@routes.post(
    _ONE + "/assign_handler",
    operation_id="case_assignments_assign_handler",
    summary="指派协办承办人",
    responses=changes(LeadGoesThroughCase, PersonRefused),
)
async def assign_handler_part(
    acting: ActingDep, case_id: UUID, assignment_id: UUID, body: AssignHandlerInput
) -> AssignmentRead:
    """Name the person of the unit who handles its part."""
    return await _perform(acting, (case_id, assignment_id), "assign_handler", body)


@routes.post(
    _ONE + "/arrive",
    operation_id="case_assignments_arrive",
    summary="到达现场",
    responses=changes(LeadGoesThroughCase, OtherWay),
)
async def arrive_part(acting: ActingDep, case_id: UUID, assignment_id: UUID, body: NoInput) -> AssignmentRead:
    """The unit that was whistled for is at the place."""
    return await _perform(acting, (case_id, assignment_id), "arrive", body)


@routes.post(
    _ONE + "/hand_down",
    operation_id="case_assignments_hand_down",
    summary="逐级交办协办任务",
    responses=changes(LeadGoesThroughCase, NotBelow, UnitRefused, UnitTaken),
)
async def hand_down_part(acting: ActingDep, case_id: UUID, assignment_id: UUID, body: CoUnitsInput) -> AssignmentRead:
    """Hand what came from above further down."""
    return await _perform(acting, (case_id, assignment_id), "hand_down", body)


@routes.post(
    _ONE + "/reply",
    operation_id="case_assignments_reply",
    summary="反馈办理结果",
    responses=changes(LeadGoesThroughCase, PartsBelowOpen),
)
async def reply_part(acting: ActingDep, case_id: UUID, assignment_id: UUID, body: ReplyInput) -> AssignmentRead:
    """Answer the unit that asked; the part's clock stops."""
    return await _perform(acting, (case_id, assignment_id), "reply", body)


@routes.post(
    _ONE + "/return",
    operation_id="case_assignments_return",
    summary="退回协办",
    responses=changes(LeadGoesThroughCase, ReturnWindowClosed, ReturnForbidden),
)
async def return_part(acting: ActingDep, case_id: UUID, assignment_id: UUID, body: ReasonInput) -> AssignmentRead:
    """Give the part back within its window (R-18)."""
    return await _perform(acting, (case_id, assignment_id), "return", body)


@routes.post(
    _ONE + "/accept",
    operation_id="case_assignments_accept",
    summary="采纳协办反馈",
    responses=changes(LeadGoesThroughCase),
)
async def accept_part(acting: ActingDep, case_id: UUID, assignment_id: UUID, body: NoInput) -> AssignmentRead:
    """Take the answer into one's own."""
    return await _perform(acting, (case_id, assignment_id), "accept", body)


@routes.post(
    _ONE + "/redo",
    operation_id="case_assignments_redo",
    summary="发回协办补充",
    responses=changes(LeadGoesThroughCase),
)
async def redo_part(acting: ActingDep, case_id: UUID, assignment_id: UUID, body: ReasonInput) -> AssignmentRead:
    """Send the answer back to work."""
    return await _perform(acting, (case_id, assignment_id), "redo", body)


@routes.post(
    _ONE + "/cancel",
    operation_id="case_assignments_cancel",
    summary="撤销协办",
    responses=changes(LeadGoesThroughCase),
)
async def cancel_part(acting: ActingDep, case_id: UUID, assignment_id: UUID, body: ReasonInput) -> AssignmentRead:
    """The part is not needed any more."""
    return await _perform(acting, (case_id, assignment_id), "cancel", body)
