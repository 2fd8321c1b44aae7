"""Who answers for an item, and when its measures are due, once its plan stands; and urging the unit."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import Changes
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.outbox import service as outbox
from xiaoneng.features.rectification.errors.items import AssignRefused, MeasureUnknown
from xiaoneng.features.rectification.events import ItemUrged
from xiaoneng.features.rectification.models.items import RectificationItem
from xiaoneng.features.rectification.models.plans import Measure
from xiaoneng.features.rectification.repository import plans
from xiaoneng.features.rectification.schemas.actions import ItemAssignInput, MeasureChange
from xiaoneng.features.rectification.service.extensions import DOOR
from xiaoneng.kit import ids
from xiaoneng.kit.db import Session
from xiaoneng.kit.problems import FieldProblem
from xiaoneng.kit.schemas import ReasonInput

_NAMED = ("responsible_leader_id", "responsible_person_id")


@DOOR.on("urge", ReasonInput)
async def _urge(session: Session, actor: Actor, item: RectificationItem, body: ReasonInput) -> Changes:
    said = {"urge_id": ids.new_id(), "reason": body.reason, "by_name": actor.name}
    await outbox.publish(session, ItemUrged.model_validate({"subject_id": item.id, **said}))
    return {}


@DOOR.on("assign", ItemAssignInput)
async def _assign(session: Session, _: Actor, item: RectificationItem, body: ItemAssignInput) -> Changes:
    """Nobody leaves the item's story: whoever answered for a part before still had a part in it (R-07)."""
    measures = {measure.id: measure for measure in await plans.measures(session, item.id)}
    if {change.measure_id for change in body.measures} - measures.keys():
        raise MeasureUnknown
    problems = [*await _people_problems(session, item, body), *_date_problems(item, measures, body.measures)]
    if problems:
        raise AssignRefused(errors=problems)
    before: set[UUID] = set()
    changes: Changes = {}
    for name in _NAMED:
        given, held = getattr(body, name), getattr(item, name)
        if given is not None and given != held:
            before |= {held} if held else set()
            setattr(item, name, given)
            changes[name] = str(given)
    steps = [_changed(measures[change.measure_id], change, before) for change in body.measures]
    item.former_owner_ids = sorted({*item.former_owner_ids, *before})
    return changes | ({"measures": steps} if steps else {})


def _changed(measure: Measure, change: MeasureChange, before: set[UUID]) -> dict[str, object]:
    told: dict[str, object] = {"seq": measure.seq}
    if change.owner_id is not None and change.owner_id != measure.owner_id:
        before.add(measure.owner_id)
        measure.owner_id = change.owner_id
        told["owner_id"] = str(change.owner_id)
    if change.due_on is not None and change.due_on != measure.due_on:
        told |= {"from_due_on": measure.due_on.isoformat(), "to_due_on": change.due_on.isoformat()}
        measure.due_on = change.due_on
    return told


async def _people_problems(session: Session, item: RectificationItem, body: ItemAssignInput) -> list[FieldProblem]:
    named = {name: getattr(body, name) for name in _NAMED}
    named |= {f"measures.{number}.owner_id": change.owner_id for number, change in enumerate(body.measures)}
    return [
        FieldProblem(path=f"body.{path}", code="not_in_unit", message="该人员不在牵头单位")
        for path, person_id in named.items()
        if person_id and await organization.find_person_in(session, person_id, item.lead_unit_id) is None
    ]


def _date_problems(
    item: RectificationItem, measures: dict[UUID, Measure], changes: Sequence[MeasureChange]
) -> list[FieldProblem]:
    """A measure moves within the item's own limit, which moves by extension only; one that is done keeps its date."""
    last = item.due_on or date.max
    problems = []
    for number, change in enumerate(changes):
        if change.due_on is None:
            continue
        path = f"body.measures.{number}.due_on"
        if change.due_on > last:
            problems.append(FieldProblem(path=path, code="after_item", message="措施时限不能晚于整改时限"))
        if measures[change.measure_id].done_at is not None:
            problems.append(FieldProblem(path=path, code="already_done", message="已完成的措施不再调整时限"))
    return problems


__all__ = ["DOOR"]
