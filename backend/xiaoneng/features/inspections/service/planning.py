"""Planning inspections: who is inspected, by whom, named or drawn by lot (S4-12, 双随机)."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import Changes
from xiaoneng.core.organization.schemas.units import UnitNode
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.organization.service import serving
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change
from xiaoneng.core.worktime.service import windows
from xiaoneng.features.campaigns.service import reading as campaigns
from xiaoneng.features.inspections.errors.inspections import (
    ChecklistUnknown,
    MustBeSecret,
    NothingToInspect,
    RedrawNeedsReason,
    TeamIncomplete,
)
from xiaoneng.features.inspections.models.inspections import (
    INSPECTION,
    DrawKind,
    Ground,
    InspectedUnit,
    Inspection,
    InspectionDraw,
    InspectionMember,
    InspectionType,
)
from xiaoneng.features.inspections.policies.inspections import MIN_TEAM
from xiaoneng.features.inspections.repository import inspections as repository
from xiaoneng.features.inspections.repository import plans
from xiaoneng.features.inspections.schemas.inspections import (
    DrawTeamInput,
    DrawUnitsInput,
    InspectedUnitsInput,
    InspectionCreate,
    TeamInput,
)
from xiaoneng.features.inspections.service.door import DOOR
from xiaoneng.features.inspections.service.plans import in_order
from xiaoneng.features.inspections.service.recusal import kin, recused, require_free, require_team
from xiaoneng.kit import clock, lots
from xiaoneng.kit.db import Session
from xiaoneng.kit.problems import NotFound

_UNANNOUNCED = frozenset({InspectionType.SURPRISE, InspectionType.UNDERCOVER})
Hat = dict[str, str]
"""Names that are hashed with the seed, and who they are."""
__all__ = ["DOOR"]


async def create(session: Session, actor: Actor, body: InspectionCreate) -> Inspection:
    """Set down an inspection. Raises MustBeSecret, DatesOutOfOrder, ChecklistUnknown and NotFound."""
    in_order("ends_on", body.starts_on, body.ends_on)
    if body.type in _UNANNOUNCED and not body.is_secret:
        raise MustBeSecret
    if await plans.checklist(session, body.checklist_id) is None:
        raise ChecklistUnknown
    if body.plan_id is not None and await plans.find(session, body.plan_id) is None:
        raise NotFound
    if body.campaign_id is not None:
        await campaigns.get(session, actor, body.campaign_id)
    inspection = Inspection(**body.model_dump(), created_by=actor.id, created_by_name=actor.name)
    session.add(inspection)
    change = Change("create", to_state=inspection.status, changes={"type": body.type})
    timeline.record(session, actor.author, INSPECTION, inspection.id, change)
    return inspection


@DOOR.on("set_units", InspectedUnitsInput)
async def _set_units(session: Session, actor: Actor, inspection: Inspection, body: InspectedUnitsInput) -> Changes:
    wanted = list(dict.fromkeys(body.unit_ids))
    for unit_id in wanted:
        await organization.require_unit(session, unit_id)
    await require_free(session, actor, wanted)
    drawn = [row.unit_id for row in await repository.rows_of(session, inspection.id) if row.ground is Ground.DRAWN]
    await _inspect(session, inspection, list(dict.fromkeys([*wanted, *drawn])), drawn)
    return {"units": len(wanted)}


async def _inspect(session: Session, inspection: Inspection, unit_ids: Sequence[UUID], drawn: Collection[UUID]) -> None:
    """Let these be the units inspected; the team must still be free of all of them. Raises Recused."""
    if inspection.team_ids:
        await require_team(session, inspection.team_ids, unit_ids)
    for row in await repository.rows_of(session, inspection.id):
        await session.delete(row)
    await session.flush()
    for unit_id in unit_ids:
        ground = Ground.DRAWN if unit_id in drawn else Ground.NAMED
        session.add(InspectedUnit(inspection_id=inspection.id, unit_id=unit_id, ground=ground))
    inspection.unit_ids = list(unit_ids)
    inspection.blind_unit_ids = sorted(await kin(session, unit_ids))


@DOOR.on("draw_units", DrawUnitsInput)
async def _draw_units(session: Session, actor: Actor, inspection: Inspection, body: DrawUnitsInput) -> Changes:
    """Drawn units come besides those that were named; units visited lately are left out (a time policy)."""
    await _require_reason(session, inspection, DrawKind.UNITS, body)
    nodes = (await organization.tree(session)).items
    within = body.within_unit_id or nodes[0].id
    below = await organization.subtree(session, [within])
    eligible = [
        node for node in nodes if node.id in below and node.parent_id and (not body.types or node.type in body.types)
    ]
    rows = await repository.rows_of(session, inspection.id)
    named = [row.unit_id for row in rows if row.ground is Ground.NAMED]
    excluded = await _units_out(session, actor, inspection, body, named)
    chosen = _draw(session, actor, inspection, body, (DrawKind.UNITS, *_hats(eligible, excluded)))
    by_code = {node.code: node.id for node in eligible}
    drawn = [by_code[code] for code in chosen]
    await _inspect(session, inspection, [*named, *drawn], drawn)
    return {"seed": body.seed, "drawn": len(drawn)}


async def _units_out(
    session: Session, actor: Actor, inspection: Inspection, body: DrawUnitsInput, named: Sequence[UUID]
) -> dict[UUID, tuple[str, str]]:
    days = await windows.amount(session, "inspection", "repeat", clock.today()) or 0
    lately = await repository.inspected_since(session, clock.today() - timedelta(days=days), inspection.id)
    found = dict.fromkeys(lately, ("repeat", f"{days} 日内已检查"))
    found |= dict.fromkeys(await kin(session, actor.member_units), ("own_unit", "组织抽取人员所在单位，回避"))
    found |= dict.fromkeys(named, ("listed", "已指定检查"))
    return found | {one.id: ("named", one.reason) for one in body.keep_out}


def _hats(eligible: Sequence[UnitNode], excluded: Mapping[UUID, tuple[str, str]]) -> tuple[Hat, list[list[str]]]:
    hat = {node.code: node.name for node in eligible if node.id not in excluded}
    out = [[node.code, node.name, *excluded[node.id]] for node in eligible if node.id in excluded]
    return hat, out


@DOOR.on("draw_team", DrawTeamInput)
async def _draw_team(session: Session, actor: Actor, inspection: Inspection, body: DrawTeamInput) -> Changes:
    """The first one drawn leads. Whoever is recused from a unit inspected is not in the hat."""
    await _require_reason(session, inspection, DrawKind.INSPECTORS, body)
    if body.count < MIN_TEAM:
        raise TeamIncomplete
    people = await serving.members_of(session, body.body_ids)
    names = await organization.person_refs(session, people)
    grounds = await recused(session, people, inspection.unit_ids)
    excluded = {one: (why.code, why.reason) for one, why in grounds.items()}
    excluded |= {one.id: ("named", one.reason) for one in body.keep_out if one.id in names}
    hat = {str(one): names[one].name for one in people if one not in excluded}
    out = [[str(one), names[one].name, *why] for one, why in excluded.items()]
    chosen = [UUID(one) for one in _draw(session, actor, inspection, body, (DrawKind.INSPECTORS, hat, out))]
    await require_team(session, chosen, inspection.unit_ids)
    await _send(session, inspection, chosen, chosen[0], Ground.DRAWN)
    return {"seed": body.seed, "drawn": len(chosen)}


async def _require_reason(
    session: Session, inspection: Inspection, kind: DrawKind, body: DrawUnitsInput | DrawTeamInput
) -> None:
    """Whoever draws until the outcome pleases leaves a reason each time; the earlier draws stay on record."""
    if body.reason is None and await repository.was_drawn(session, inspection.id, kind):
        raise RedrawNeedsReason
    body.seed = body.seed or secrets.token_hex(16)


def _draw(
    session: Session,
    actor: Actor,
    inspection: Inspection,
    body: DrawUnitsInput | DrawTeamInput,
    hats: tuple[DrawKind, Hat, list[list[str]]],
) -> list[str]:
    kind, hat, excluded = hats
    if len(hat) < body.count:
        raise NothingToInspect
    seed = body.seed or ""
    chosen = lots.drawn(seed, list(hat), body.count)
    draw = InspectionDraw(
        inspection_id=inspection.id,
        kind=kind,
        seed=seed,
        count=body.count,
        population=[[name, title] for name, title in sorted(hat.items())],
        population_hash=lots.fingerprint(list(hat)),
        excluded=sorted(excluded),
        drawn=chosen,
        reason=body.reason,
        by_name=actor.name,
    )
    session.add(draw)
    return chosen


@DOOR.on("set_team", TeamInput)
async def _set_team(session: Session, _: Actor, inspection: Inspection, body: TeamInput) -> Changes:
    """At least two, one of whom leads, none of whom is recused (domain.md §3.2). Whoever leaves has no more rights."""
    wanted = list(dict.fromkeys(body.person_ids))
    if len(wanted) < MIN_TEAM or body.leader_id not in wanted:
        raise TeamIncomplete
    await require_team(session, wanted, inspection.unit_ids)
    await _send(session, inspection, wanted, body.leader_id, Ground.NAMED)
    return {"team": [one.name for one in (await organization.person_refs(session, wanted)).values()]}


async def _send(session: Session, inspection: Inspection, people: Sequence[UUID], leader: UUID, ground: Ground) -> None:
    known = {member.person_id: member for member in await repository.members_of(session, inspection.id)}
    for person_id, member in known.items():
        if person_id not in people:
            member.removed_at = clock.now()
    for person_id in people:
        if person_id not in known:
            session.add(InspectionMember(inspection_id=inspection.id, person_id=person_id, ground=ground))
    inspection.team_ids, inspection.leader_id = list(people), leader
