"""The tree in memory."""

from datetime import date
from uuid import UUID

from xiaoneng.core.organization.models import UnitType
from xiaoneng.core.organization.rules.tree import Forest, Node

A, B, C = (UUID(int=number) for number in (1, 2, 3))
START, MOVE, END = date(2020, 1, 1), date(2024, 6, 1), date(2025, 12, 31)


def state(unit, parent, since=START, until=None, name="名", last=None):
    return Node(unit, str(unit.int), name, name, UnitType.COUNTY, 3, parent, False, START, last, since, until)


def test_the_state_of_the_day_counts_on_its_first_and_last_day():
    forest = Forest(
        [
            state(A, None),
            state(B, A, name="旧", until=date(2024, 5, 31)),
            state(B, None, name="新", since=MOVE),
            state(C, B),
        ]
    )
    assert forest.on(date(2024, 5, 31)).nodes[B].name == "旧"
    assert forest.on(MOVE).nodes[B].name == "新"
    assert forest.on(date(2024, 5, 31)).subtree(A) == {A, B, C}
    assert forest.on(MOVE).subtree(A) == {A}
    assert forest.latest[B].name == "新"
    assert forest.days_of_change(START, END) == {START, MOVE}


def test_a_unit_exists_through_its_last_day():
    forest = Forest([state(A, None), state(B, A, until=END, last=END)])
    assert forest.on(END).subtree(A) == {A, B}
    assert forest.on(date(2026, 1, 1)).subtree(A) == {A}
    assert forest.on(date(2019, 12, 31)).nodes == {}
    assert forest.on(date(2026, 1, 1)).subtree(B) == frozenset()


def test_a_unit_without_a_living_parent_stands_at_the_top():
    tree = Forest([state(A, None, until=END, last=END), state(B, A)]).on(date(2026, 1, 1))
    assert [node.id for node in tree.parents_first] == [B]


def test_parents_come_first_and_siblings_by_code():
    tree = Forest([state(C, B), state(B, A), state(A, None)]).on(START)
    assert [node.id for node in tree.parents_first] == [A, B, C]


def test_many_days_are_answered_alike():
    forest = Forest([state(A, None), state(B, A, since=MOVE)])
    for year in range(2000, 2060):
        assert (B in forest.on(date(year, 7, 1)).nodes) is (date(year, 7, 1) >= MOVE)
