"""Plans of inspections, their checklists, and the relations that inspectors declare."""

from collections.abc import Sequence
from datetime import date
from importlib.resources import files
from typing import Any
from uuid import UUID

from xiaoneng.core.access.errors import PermissionDenied
from xiaoneng.core.access.schemas import Actor, Command
from xiaoneng.core.access.service import Changes, Denial, Door, Judge, register_reader
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.taxonomy import service as taxonomy
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change
from xiaoneng.features.inspections.errors.inspections import DatesOutOfOrder, DeclaredAlready
from xiaoneng.features.inspections.events.inspections import PlanMoved
from xiaoneng.features.inspections.models.checklists import InspectionChecklist
from xiaoneng.features.inspections.models.plans import PLAN, InspectionPlan, InspectorRelation
from xiaoneng.features.inspections.policies import inspections as policies
from xiaoneng.features.inspections.repository import plans as repository
from xiaoneng.features.inspections.schemas.checklists import (
    ChecklistContent,
    ChecklistCreate,
    ChecklistList,
    ChecklistListItem,
    ChecklistRead,
)
from xiaoneng.features.inspections.schemas.plans import (
    PlanCreate,
    PlanFilter,
    PlanListItem,
    PlanRead,
    RelationCreate,
    RelationRead,
)
from xiaoneng.features.inspections.transitions.inspections import PLANS
from xiaoneng.features.rectification.service.opening import PROBLEM_SCHEME
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.documents import read_yaml
from xiaoneng.kit.machine import action_refs
from xiaoneng.kit.pages import Page, PageParams
from xiaoneng.kit.problems import FieldProblem, NotFound
from xiaoneng.kit.schemas import NoInput

_PLAIN = ("id", "title", "kind", "first_on", "last_on", "status")
SHIPPED = ("conduct", "windows")


async def _judge(_: Session, __: Actor, ___: InspectionPlan) -> Judge:
    def judge(_: str) -> Denial:
        return None

    return judge


DOOR: Door[InspectionPlan] = Door(
    PLAN,
    PLANS,
    standing=policies.plan_standing,
    judge=_judge,
    moved=lambda plan_id, action: PlanMoved(subject_id=plan_id, action=action),
)


def in_order(name: str, first: date, last: date) -> None:
    """Raises DatesOutOfOrder when the day of that name lies before the first one."""
    if last < first:
        errors = [FieldProblem(path=f"body.{name}", code="before_it_begins", message=DatesOutOfOrder.title_zh)]
        raise DatesOutOfOrder(errors=errors)


async def create(session: Session, actor: Actor, body: PlanCreate) -> InspectionPlan:
    """Set down a plan. Raises DatesOutOfOrder."""
    in_order("last_on", body.first_on, body.last_on)
    plan = InspectionPlan(**body.model_dump(), created_by_name=actor.name)
    session.add(plan)
    timeline.record(session, actor.author, PLAN, plan.id, Change("create", to_state=plan.status))
    return plan


async def perform(session: Session, actor: Actor, plan_id: UUID, command: Command) -> InspectionPlan:
    """Do one step of a plan. Raises what `Door.perform` raises."""
    return await DOOR.perform(session, actor, await repository.find(session, plan_id, for_update=True), command)


@DOOR.on("approve", NoInput)
async def _approve(_: Session, actor: Actor, plan: InspectionPlan, __: NoInput) -> Changes:
    plan.approved_by_name = actor.name
    return {}


@DOOR.on("close", NoInput)
async def _close(_: Session, __: Actor, ___: InspectionPlan, ____: NoInput) -> Changes:
    return {}


async def page(session: Session, actor: Actor, chosen: PlanFilter) -> Page[PlanListItem]:
    """A page of plans with how many inspections of each the actor may know of."""
    found = await repository.page(session, chosen)
    plans = [row.InspectionPlan for row in found.rows]
    counts = await repository.counts(session, actor, [plan.id for plan in plans]) if plans else {}
    return found.page(lambda row: _listed(row.InspectionPlan, counts))


def _listed(plan: InspectionPlan, counts: dict[UUID, tuple[int, int]]) -> PlanListItem:
    count, closed = counts.get(plan.id, (0, 0))
    plain = {name: getattr(plan, name) for name in _PLAIN}
    return PlanListItem(**plain, inspections_count=count, closed_count=closed)


async def get(session: Session, plan_id: UUID) -> InspectionPlan:
    """One plan. Raises NotFound."""
    plan = await repository.find(session, plan_id)
    if plan is None:
        raise NotFound
    return plan


async def read(session: Session, actor: Actor, plan: InspectionPlan) -> PlanRead:
    """One plan."""
    await session.write_buffered()
    listed = _listed(plan, await repository.counts(session, actor, [plan.id]))
    more = {name: getattr(plan, name) for name in ("note", "created_by_name", "approved_by_name", "rev")}
    actions = action_refs(await DOOR.available(session, actor, plan))
    return PlanRead(**listed.model_dump(), **more, available_actions=actions)


async def _may_read(session: Session, actor: Actor, plan_id: UUID) -> bool:
    return actor.holds("inspection_plan:read") and await repository.find(session, plan_id) is not None


register_reader(PLAN, _may_read)


async def seed_checklists(session: Session) -> None:
    """Give every shipped checklist that has no edition its first one."""
    known = await repository.versions(session)
    for code in SHIPPED:
        if code not in known:
            text = files("xiaoneng.features.inspections").joinpath(f"seed/{code}.yaml").read_text("utf-8")
            await _edition(session, ChecklistCreate.model_validate(read_yaml(text)), 1, None)


async def add_checklist(session: Session, actor: Actor, body: ChecklistCreate) -> ChecklistRead:
    """Make a new edition; inspections keep the one they follow. Raises UnknownCode."""
    await repository.lock_checklists(session)
    version = (await repository.versions(session)).get(body.code, 0) + 1
    return _checklist(await _edition(session, body, version, actor.name))


async def _edition(session: Session, body: ChecklistCreate, version: int, by_name: str | None) -> InspectionChecklist:
    for line in body.lines:
        if line.problem_code is not None:
            await taxonomy.require(session, PROBLEM_SCHEME, line.problem_code)
    edition = InspectionChecklist(
        code=body.code,
        version=version,
        title=body.title,
        valid_from=body.valid_from,
        content=ChecklistContent(lines=body.lines).model_dump(mode="json"),
        created_by_name=by_name,
    )
    session.add(edition)
    await session.flush()
    return edition


async def checklists(session: Session) -> ChecklistList:
    """The editions in force today."""
    rows = await repository.checklists(session, clock.today())
    return ChecklistList(items=[ChecklistListItem(**_checklist(row).model_dump(exclude={"lines"})) for row in rows])


async def checklist(session: Session, checklist_id: UUID) -> ChecklistRead:
    """One edition. Raises NotFound."""
    found = await repository.checklist(session, checklist_id)
    if found is None:
        raise NotFound
    return _checklist(found)


def _checklist(row: InspectionChecklist) -> ChecklistRead:
    lines = ChecklistContent.model_validate(row.content).lines
    plain = {name: getattr(row, name) for name in ("id", "code", "version", "title", "valid_from")}
    return ChecklistRead(**plain, lines_count=len(lines), lines=lines)


async def declare(session: Session, actor: Actor, body: RelationCreate) -> RelationRead:
    """Declare a relation of oneself; that of somebody else is for the office.

    Raises PermissionDenied, NotFound (of the person), UnitGone and DeclaredAlready.
    """
    person_id = body.person_id or actor.person_id
    is_office = actor.holds("inspection:manage")
    if person_id is None or (person_id != actor.person_id and not is_office):
        raise PermissionDenied
    if await organization.find_person(session, person_id) is None:
        raise NotFound
    await organization.require_unit(session, body.unit_id)
    if await repository.is_related(session, person_id, body.unit_id):
        raise DeclaredAlready
    relation = InspectorRelation(
        person_id=person_id,
        unit_id=body.unit_id,
        reason=body.reason,
        declared_by=actor.id,
        declared_by_name=actor.name,
    )
    session.add(relation)
    await session.flush()
    changes = {"person": str(person_id), "unit": str(body.unit_id), "reason": body.reason}
    timeline.record(session, actor.author, "inspector_relation", relation.id, Change("declare", changes=changes))
    return (await _relations(session, [relation]))[0]


async def end_relation(session: Session, actor: Actor, relation_id: UUID) -> RelationRead:
    """The office finds that a relation is over; ending it again changes nothing. Raises NotFound."""
    relation = await repository.relation(session, relation_id)
    if relation is None:
        raise NotFound
    if relation.ended_at is None:
        relation.ended_at = clock.now()
        timeline.record(session, actor.author, "inspector_relation", relation.id, Change("end"))
    return (await _relations(session, [relation]))[0]


async def relations(session: Session, actor: Actor, params: PageParams) -> Page[RelationRead]:
    """A page of declared relations: all to the office, otherwise one's own."""
    only = None if actor.holds("inspection:manage") else actor.person_id
    found = await repository.relations(session, only, params)
    shown = {one.id: one for one in await _relations(session, found.rows)}
    return found.page(lambda row: shown[row.id])


async def _relations(session: Session, rows: Sequence[Any]) -> list[RelationRead]:
    names = await organization.person_refs(session, [row.person_id for row in rows])
    units = await organization.unit_refs(session)
    plain = ("id", "reason", "declared_by_name", "declared_at", "ended_at")
    return [
        RelationRead(
            **{name: getattr(row, name) for name in plain}, person=names[row.person_id], unit=units[row.unit_id]
        )
        for row in rows
    ]
