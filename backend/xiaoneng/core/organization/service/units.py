"""Changing the tree: create, rename, move, abolish. Each change has a day and leaves an entry in the history."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from xiaoneng.core.organization.errors import (
    CodeTaken,
    DateOutOfOrder,
    HasChildren,
    RootIsFixed,
    TreeCycle,
    UnitGone,
)
from xiaoneng.core.organization.models import Unit, UnitHistory, UnitState
from xiaoneng.core.organization.repository import tree as tree_rows
from xiaoneng.core.organization.rules.tree import Forest, Node
from xiaoneng.core.organization.schemas.units import UnitAbolish, UnitCreate, UnitMove, UnitRename
from xiaoneng.core.organization.service.forest import begin_change, forest
from xiaoneng.core.timeline.schemas import Author, Change
from xiaoneng.core.timeline.service import record
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session, check_rev
from xiaoneng.kit.problems import NotFound

SUBJECT = "unit"


async def create_unit(session: Session, author: Author, draft: UnitCreate) -> Unit:
    """Enter a unit. Raises CodeTaken, RootIsFixed and UnitGone (of the parent)."""
    await begin_change(session)
    units = await forest(session)
    start = draft.valid_from or clock.today()
    living = [node for node in units.latest.values() if node.valid_to is None]
    if any(node.code == draft.code for node in living):
        raise CodeTaken
    if draft.parent_id is not None:
        _require_living(units, draft.parent_id, start)
    elif any(node.parent_id is None for node in living):
        raise RootIsFixed
    unit = Unit(
        **draft.model_dump(exclude={"short_name", "valid_from"}),
        short_name=draft.short_name or draft.name,
        valid_from=start,
        state_from=start,
    )
    session.add(unit)
    await session.flush()
    record(session, author, SUBJECT, unit.id, Change("create", changes={"code": unit.code, "name": unit.name}))
    return unit


async def rename_unit(
    session: Session, author: Author, unit_id: UUID, body: UnitRename, expected_rev: int | None = None
) -> Unit:
    """Give the unit a new name. Raises NotFound, UnitGone, DateOutOfOrder and PreconditionFailed."""
    await begin_change(session)
    unit = await _open(session, unit_id, expected_rev)
    new = {"name": body.name, "short_name": body.short_name or body.name}
    _turn(session, unit, body.effective_on, new)
    _note(session, author, unit, Change("rename", reason=body.reason, changes=new))
    return unit


async def move_unit(
    session: Session, author: Author, unit_id: UUID, body: UnitMove, expected_rev: int | None = None
) -> Unit:
    """Put the unit, with all below it, under another parent.

    Raises NotFound, UnitGone, RootIsFixed, TreeCycle, DateOutOfOrder and PreconditionFailed.
    """
    await begin_change(session)
    unit = await _open(session, unit_id, expected_rev)
    if unit.parent_id is None:
        raise RootIsFixed
    units = await forest(session)
    day = body.effective_on or clock.today()
    _require_living(units, body.parent_id, day)
    if any(body.parent_id in units.on(moment).subtree(unit_id) for moment in units.days_of_change(day, clock.today())):
        raise TreeCycle
    changes = {"parent_id": [str(unit.parent_id), str(body.parent_id)]}
    _turn(session, unit, day, {"parent_id": body.parent_id})
    _note(session, author, unit, Change("move", reason=body.reason, changes=changes))
    return unit


async def abolish_unit(
    session: Session, author: Author, unit_id: UUID, body: UnitAbolish, expected_rev: int | None = None
) -> Unit:
    """End the unit and note who takes over; abolishing several with one successor is a merger.

    The roles of its posts and bodies end with it. Raises NotFound, UnitGone, RootIsFixed, HasChildren, DateOutOfOrder
    and PreconditionFailed.
    """
    await begin_change(session)
    unit = await _open(session, unit_id, expected_rev)
    day = body.effective_on or clock.today()
    if unit.parent_id is None:
        raise RootIsFixed
    if day <= unit.state_from:
        raise DateOutOfOrder
    units = await forest(session)
    if any(node.parent_id == unit_id and _exists_after(node, day) for node in units.latest.values()):
        raise HasChildren
    for successor in body.successor_ids:
        if successor == unit_id:
            raise TreeCycle
        _require_living(units, successor, day)
    unit.valid_to = day - timedelta(days=1)
    tree_rows.add_lineage(session, unit_id, dict.fromkeys(body.successor_ids), day)
    changes = {"valid_to": unit.valid_to.isoformat(), "successors": [str(one) for one in body.successor_ids]}
    _note(session, author, unit, Change("abolish", reason=body.reason, changes=changes))
    return unit


def _exists_after(node: Node, day: date) -> bool:
    return node.valid_to is None or node.valid_to >= day


async def _open(session: Session, unit_id: UUID, expected_rev: int | None) -> Unit:
    """The unit, locked, still without an end."""
    unit = await tree_rows.get(session, unit_id, lock=True)
    if unit is None:
        raise NotFound
    if expected_rev is not None:
        check_rev(unit, expected_rev)
    if unit.valid_to is not None:
        raise UnitGone
    return unit


def _require_living(units: Forest, unit_id: UUID, day: date) -> None:
    """The unit must exist on `day` and have no end in sight."""
    node = units.on(day).nodes.get(unit_id)
    if node is None or node.valid_to is not None:
        raise UnitGone


def _turn(session: Session, unit: Unit, effective_on: date | None, new: dict[str, Any]) -> None:
    """Let a new state begin; the old one is kept for the days on which it held."""
    today = clock.today()
    day = effective_on or today
    if not unit.state_from <= day <= today:
        raise DateOutOfOrder
    if day > unit.state_from:
        old = {name: getattr(unit, name) for name in UnitState.model_fields}
        session.add(UnitHistory(unit_id=unit.id, valid_from=unit.state_from, valid_to=day - timedelta(days=1), **old))
    for name, value in new.items():
        setattr(unit, name, value)
    unit.state_from = day


def _note(session: Session, author: Author, unit: Unit, change: Change) -> None:
    unit.rev += 1
    unit.updated_at = clock.now()
    record(session, author, SUBJECT, unit.id, change)
