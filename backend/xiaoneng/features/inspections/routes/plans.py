"""HTTP of plans, checklists and declared relations."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from xiaoneng.core.access.deps import LOGIN, Acting, ActingDep, CurrentActor, changes
from xiaoneng.core.organization.errors import UnitGone
from xiaoneng.features.inspections.errors.inspections import DatesOutOfOrder, DeclaredAlready
from xiaoneng.features.inspections.schemas.checklists import ChecklistCreate, ChecklistList, ChecklistRead
from xiaoneng.features.inspections.schemas.plans import (
    PlanCreate,
    PlanFilter,
    PlanListItem,
    PlanRead,
    RelationCreate,
    RelationRead,
)
from xiaoneng.features.inspections.service import plans
from xiaoneng.kit.http import SessionDep, router, tagged
from xiaoneng.kit.pages import BadCursor, Page, PageParamsDep
from xiaoneng.kit.problems import InvalidInput, NotFound, responses
from xiaoneng.kit.schemas import NoInput

routes = router("", "inspections")
_PLANS, _LISTS, _RELATIONS = "/inspection-plans", "/inspection-checklists", "/inspector-relations"


async def _act(acting: Acting, plan_id: UUID, action: str) -> PlanRead:
    session, actor = acting.session, acting.actor
    plan = await plans.perform(session, actor, plan_id, acting.command(action, NoInput()))
    return tagged(acting.response, await plans.read(session, actor, plan))


@routes.get(_PLANS, operation_id="inspection_plans_list", summary="检查计划", responses=responses(*LOGIN, BadCursor))
async def list_plans(
    session: SessionDep, actor: CurrentActor, chosen: Annotated[PlanFilter, Query()]
) -> Page[PlanListItem]:
    """Plans, the latest first, each with how many of its inspections the caller may know of."""
    return await plans.page(session, actor, chosen)


@routes.post(
    _PLANS,
    operation_id="inspection_plans_create",
    status_code=201,
    summary="拟定检查计划",
    responses=responses(*LOGIN, InvalidInput, DatesOutOfOrder),
)
async def create_plan(session: SessionDep, actor: CurrentActor, body: PlanCreate, response: Response) -> PlanRead:
    """Set down a plan for a year or a quarter."""
    plan = await plans.create(session, actor, body)
    response.headers["Location"] = f"/api/v1/inspection-plans/{plan.id}"
    return tagged(response, await plans.read(session, actor, plan))


@routes.get(
    _PLANS + "/{plan_id}",
    operation_id="inspection_plans_get",
    summary="检查计划详情",
    responses=responses(*LOGIN, NotFound),
)
async def get_plan(session: SessionDep, actor: CurrentActor, plan_id: UUID, response: Response) -> PlanRead:
    """One plan; its inspections are listed by `/inspections?plan_id=`."""
    return tagged(response, await plans.read(session, actor, await plans.get(session, plan_id)))


@routes.post(
    _PLANS + "/{plan_id}/actions/approve",
    operation_id="inspection_plans_approve",
    summary="批准检查计划",
    responses=changes(),
)
async def approve(acting: ActingDep, plan_id: UUID, _: NoInput) -> PlanRead:
    """The leader approves the plan."""
    return await _act(acting, plan_id, "approve")


@routes.post(
    _PLANS + "/{plan_id}/actions/close",
    operation_id="inspection_plans_close",
    summary="检查计划执行完毕",
    responses=changes(),
)
async def close(acting: ActingDep, plan_id: UUID, _: NoInput) -> PlanRead:
    """The plan has been carried out."""
    return await _act(acting, plan_id, "close")


@routes.get(_LISTS, operation_id="inspection_checklists_list", summary="检查清单", responses=responses(*LOGIN))
async def list_checklists(session: SessionDep, _: CurrentActor) -> ChecklistList:
    """The editions in force today."""
    return await plans.checklists(session)


@routes.post(
    _LISTS,
    operation_id="inspection_checklists_create",
    status_code=201,
    summary="发布检查清单新版本",
    responses=responses(*LOGIN, InvalidInput),
)
async def create_checklist(
    session: SessionDep, actor: CurrentActor, body: ChecklistCreate, response: Response
) -> ChecklistRead:
    """Make a new edition; inspections keep the one they follow."""
    made = await plans.add_checklist(session, actor, body)
    response.headers["Location"] = f"/api/v1/inspection-checklists/{made.id}"
    return made


@routes.get(
    _LISTS + "/{checklist_id}",
    operation_id="inspection_checklists_get",
    summary="检查清单详情",
    responses=responses(*LOGIN, NotFound),
)
async def get_checklist(session: SessionDep, _: CurrentActor, checklist_id: UUID) -> ChecklistRead:
    """One edition with its lines."""
    return await plans.checklist(session, checklist_id)


@routes.get(
    _RELATIONS,
    operation_id="inspector_relations_list",
    summary="回避申报",
    responses=responses(*LOGIN, BadCursor),
)
async def list_relations(session: SessionDep, actor: CurrentActor, params: PageParamsDep) -> Page[RelationRead]:
    """Declared relations, the newest first: all to the office, otherwise one's own."""
    return await plans.relations(session, actor, params)


@routes.post(
    _RELATIONS,
    operation_id="inspector_relations_declare",
    status_code=201,
    summary="申报回避",
    responses=responses(*LOGIN, NotFound, InvalidInput, UnitGone, DeclaredAlready),
)
async def declare(session: SessionDep, actor: CurrentActor, body: RelationCreate) -> RelationRead:
    """Declare why one does not inspect a unit; that of somebody else is for the office."""
    return await plans.declare(session, actor, body)


@routes.post(
    _RELATIONS + "/{relation_id}/end",
    operation_id="inspector_relations_end",
    summary="解除回避",
    responses=responses(*LOGIN, NotFound),
)
async def end_relation(session: SessionDep, actor: CurrentActor, relation_id: UUID) -> RelationRead:
    """The relation is over; ending it again changes nothing."""
    return await plans.end_relation(session, actor, relation_id)
