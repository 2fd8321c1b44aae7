"""The dated tree in memory: which units stood below which on a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from xiaoneng.core.organization.models import UnitType

_REMEMBERED_DAYS = 16


@dataclass(frozen=True, slots=True)
class Node:
    """One state of one unit, holding from `since` to `until` (None: still); `valid_*` frame the unit's whole life."""

    id: UUID
    code: str
    name: str
    short_name: str
    type: UnitType
    level: int
    parent_id: UUID | None
    is_key_unit: bool
    valid_from: date
    valid_to: date | None
    since: date
    until: date | None


class Tree:
    """The tree of one day. A unit whose parent does not exist on that day stands at the top."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self.nodes: Mapping[UUID, Node] = {node.id: node for node in nodes}
        self.children: dict[UUID | None, list[Node]] = {}
        for node in sorted(self.nodes.values(), key=lambda node: node.code):
            parent = node.parent_id if node.parent_id in self.nodes else None
            self.children.setdefault(parent, []).append(node)
        self._subtrees: dict[UUID, frozenset[UUID]] = {}

    @cached_property
    def parents_first(self) -> Sequence[Node]:
        """All units, none before its parent."""
        return self._below(None)

    def subtree(self, unit_id: UUID) -> frozenset[UUID]:
        """The unit and everything below it; empty for a unit that does not exist on this day."""
        if unit_id not in self.nodes:
            return frozenset()
        found = self._subtrees.get(unit_id)
        if found is None:
            found = frozenset([unit_id, *(node.id for node in self._below(unit_id))])
            self._subtrees[unit_id] = found
        return found

    def _below(self, unit_id: UUID | None) -> list[Node]:
        found = list(self.children.get(unit_id, ()))
        for node in found:  # grows while it is walked
            found.extend(self.children.get(node.id, ()))
        return found


class Forest:
    """Every state of every unit, and the trees of the days that were asked for."""

    def __init__(self, states: Sequence[Node]) -> None:
        self._states = states
        self.latest: Mapping[UUID, Node] = {state.id: state for state in sorted(states, key=lambda state: state.since)}
        self._trees: dict[date, Tree] = {}

    def on(self, day: date) -> Tree:
        """The tree of a day."""
        found = self._trees.get(day)
        if found is None:
            if len(self._trees) >= _REMEMBERED_DAYS:
                self._trees.clear()
            found = self._trees[day] = Tree(
                state for state in self._states if state.since <= day and (state.until is None or state.until >= day)
            )
        return found

    def days_of_change(self, first: date, last: date) -> set[date]:
        """The days from `first` to `last` on which the tree may differ from the day before, `first` included."""
        return {first, *(state.since for state in self._states if first < state.since <= last)}
