"""Which cases an actor may know of: one condition with parameters for each shape of reach."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from xiaoneng.core.access.schemas import Actor, Reach, ReachShape
from xiaoneng.features.cases.models.case import Case

CASE = sa.inspect(Case).local_table.c
_KEYS = ARRAY(sa.Uuid)
_Value = Callable[[str, Any], sa.ColumnElement[Any]]


class Sight(NamedTuple):
    """What decides on the condition; whom it is about comes as values."""

    open: ReachShape
    sealed: ReachShape
    is_person: bool
    is_member: bool


def sight_of(actor: Actor) -> Sight:
    """The shape of an actor's sight."""
    return Sight(
        actor.reach("case:read").shape,
        actor.reach("report:read").shape,
        actor.person_id is not None,
        bool(actor.member_units),
    )


def values_of(actor: Actor) -> dict[str, Any]:
    """The parameters of `visible` for an actor."""
    return {
        **_reach_values("open", actor.reach("case:read")),
        **_reach_values("sealed", actor.reach("report:read")),
        "me": [actor.person_id],
        "my_units": list(actor.member_units),
    }


def _reach_values(kind: str, reach: Reach) -> dict[str, Any]:
    return {
        f"{kind}_units": list(reach.units),
        f"{kind}_person": reach.assigned_to,
        f"{kind}_persons": [reach.assigned_to],
        f"{kind}_account": reach.made_by,
    }


@lru_cache(maxsize=128)
def visible(sight: Sight) -> sa.ColumnElement[bool]:
    """The cases within reach, and never those that name the actor (I1); `values_of` has the parameters."""
    return _visible(sight, lambda name, kind: sa.bindparam(name, type_=kind))


def visible_to(actor: Actor) -> sa.ColumnElement[bool]:
    """`visible` with the actor's values in place, for queries that are made anew each time."""
    values = values_of(actor)
    return _visible(sight_of(actor), lambda name, kind: sa.literal(values[name], kind))


def _visible(sight: Sight, value: _Value) -> sa.ColumnElement[bool]:
    unsealed = _within("open", sight.open, value) & ~CASE.is_sealed
    if not any(sight.sealed):
        return unsealed
    condition = sa.or_(unsealed, _within("sealed", sight.sealed, value) & CASE.is_sealed)
    if sight.is_person:
        condition &= ~CASE.named_person_ids.contains(value("me", _KEYS))
    if sight.is_member:
        condition &= ~CASE.named_unit_ids.overlap(value("my_units", _KEYS))
    return condition


def _within(kind: str, reach: ReachShape, value: _Value) -> sa.ColumnElement[bool]:
    if reach.jurisdiction:
        return sa.true()
    ways: list[sa.ColumnElement[bool]] = []
    if reach.units:
        ways.append(CASE.lead_unit_id == sa.any_(value(f"{kind}_units", _KEYS)))
        ways.append(CASE.co_unit_ids.overlap(value(f"{kind}_units", _KEYS)))
    if reach.assigned_to:
        ways.append(CASE.handler_id == value(f"{kind}_person", sa.Uuid()))
        ways.append(CASE.co_handler_ids.contains(value(f"{kind}_persons", _KEYS)))
    if reach.made_by:
        ways.append(CASE.created_by == value(f"{kind}_account", sa.Uuid()))
    if reach.desk:
        ways.append(CASE.source.is_not(None) | CASE.created_by.is_(None))
    return sa.or_(*ways) if ways else sa.false()
