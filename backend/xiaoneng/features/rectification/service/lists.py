"""The three lists: one page of items with their plans, in five statements whatever its length."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.organization.schemas.shared import PersonRef, UnitRef
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.rectification.models.plans import Measure
from xiaoneng.features.rectification.repository import items as repository
from xiaoneng.features.rectification.repository import plans
from xiaoneng.features.rectification.schemas.lists import (
    AlikeItem,
    AlikeItems,
    AlikeQuery,
    ListFilter,
    ListMeasure,
    ListRow,
    ListView,
)
from xiaoneng.features.rectification.service import institutions
from xiaoneng.features.rectification.service.reading import listed
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import Page


async def page(session: Session, actor: Actor, chosen: ListFilter) -> Page[ListRow]:
    """A page of one of the lists; the list of institutions holds systemic items only."""
    if chosen.view is ListView.INSTITUTION:
        chosen = chosen.model_copy(update={"is_systemic": True})
    found = await repository.page(session, actor, chosen, with_plans=True)
    steps = await plans.measures_of(session, [row.id for row in found.rows])
    people = await organization.person_refs(session, _people(found.rows, steps))
    waited = await institutions.refs(session, [row.institution_id for row in found.rows if row.institution_id])
    calendar, units = await worktime.calendar(session), await organization.unit_refs(session)
    by_item: dict[UUID, list[Measure]] = defaultdict(list)
    for step in steps:
        by_item[step.item_id].append(step)

    def build(row: Any) -> ListRow:
        plan = _plan(row, by_item.get(row.id, []), people, units)
        return ListRow(**listed(row, calendar, units, people), **plan, institution=waited.get(row.institution_id))

    return found.page(build)


def _people(rows: Sequence[Any], steps: Sequence[Measure]) -> list[UUID]:
    named = {person for row in rows for person in (row.responsible_leader_id, row.responsible_person_id) if person}
    return [*named | {step.owner_id for step in steps}]


def _plan(
    row: Any, steps: Sequence[Measure], people: Mapping[UUID, PersonRef], units: Mapping[UUID, UnitRef]
) -> dict[str, Any]:
    return {
        "problem": row.problem,
        "problem_code": row.problem_code,
        "cause": row.cause,
        "target": row.target,
        "co_units": [units[unit_id] for unit_id in row.co_unit_ids if unit_id in units],
        "responsible_leader": people.get(row.responsible_leader_id),
        "measures": [
            ListMeasure(
                seq=step.seq,
                text=step.text,
                owner=people.get(step.owner_id),
                due_on=step.due_on,
                done=step.done_at is not None,
            )
            for step in steps
        ],
        "institution_waiver": row.institution_waiver,
    }


async def alike(session: Session, actor: Actor, wanted: AlikeQuery) -> AlikeItems:
    """Items that may be the same finding: of the same unit, with a problem that reads much like this one."""
    rows = await repository.alike(session, actor, (wanted.problem, wanted.lead_unit_id, wanted.except_id))
    return AlikeItems(items=[AlikeItem.model_validate(row) for row in rows])
