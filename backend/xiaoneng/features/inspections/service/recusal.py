"""Who must not inspect which unit, and whom a secret inspection is kept from (回避; domain.md §3.2)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from xiaoneng.core.access.models import Role
from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.organization.schemas.shared import PersonRef
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.organization.service import serving
from xiaoneng.core.worktime.service import windows
from xiaoneng.features.inspections.errors.inspections import NotAnInspector, OwnUnitInspected, Recused
from xiaoneng.features.inspections.repository import plans as repository
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.problems import FieldProblem

_WORDS = {"own_unit": "系本单位或上下级单位人员", "former_unit": "近年曾在该单位任职", "relation": "已申报利害关系"}


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a person is recused: `own_unit`, `former_unit` or `relation`, with the reason in words."""

    code: str
    reason: str


async def kin(session: Session, unit_ids: Iterable[UUID]) -> frozenset[UUID]:
    """The units with all below them and all above them, short of the region itself."""
    wanted = list(unit_ids)
    above = {node.id: node.parent_id for node in (await organization.tree(session)).items}
    found = set(await organization.subtree(session, wanted))
    for unit_id in wanted:
        parent = above.get(unit_id)
        while parent is not None and above.get(parent) is not None:
            found.add(parent)
            parent = above[parent]
    return frozenset(found)


async def recused(session: Session, person_ids: Collection[UUID], unit_ids: Iterable[UUID]) -> dict[UUID, Ground]:
    """Those of some people who must not inspect one of the units, each with one ground, the plainest first."""
    wanted = list(unit_ids)
    if not wanted or not person_ids:
        return {}
    concerned = await kin(session, wanted)
    days = await windows.amount(session, "inspector", "former_unit", clock.today()) or 0
    found: dict[UUID, Ground] = {}
    for row in await repository.related(session, person_ids):
        if row.unit_id in concerned:
            found[row.person_id] = Ground("relation", row.reason)
    ties = await serving.ties_since(session, person_ids, clock.today() - timedelta(days=days))
    for tie in sorted(ties, key=lambda tie: tie.is_current):  # what holds today is said last, and so stands
        if tie.unit_id in concerned:
            code = "own_unit" if tie.is_current else "former_unit"
            found[tie.person_id] = Ground(code, _WORDS[code])
    return found


async def require_team(session: Session, person_ids: Collection[UUID], unit_ids: Iterable[UUID]) -> None:
    """Everybody serves in an inspection group today, and nobody is recused. Raises NotAnInspector and Recused."""
    serving_now = await serving.serving_as(session, person_ids, Role.INS)
    names = await organization.person_refs(session, person_ids)
    missing = [one for one in person_ids if one not in serving_now]
    if missing:
        raise NotAnInspector(errors=[_problem(one, names, "not_serving", "不是现任检查人员") for one in missing])
    grounds = await recused(session, person_ids, unit_ids)
    if grounds:
        raise Recused(errors=[_problem(one, names, why.code, why.reason) for one, why in grounds.items()])


def _problem(person_id: UUID, names: dict[UUID, PersonRef], code: str, words: str) -> FieldProblem:
    name = names[person_id].name if person_id in names else "？"
    return FieldProblem(path="body.person_ids", code=code, message=f"{name}：{words}")


async def require_free(session: Session, actor: Actor, unit_ids: Iterable[UUID]) -> None:
    """Whoever plans or draws does not belong to a unit inspected. Raises OwnUnitInspected."""
    if actor.member_units & await kin(session, unit_ids):
        raise OwnUnitInspected
