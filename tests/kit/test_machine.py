"""A door with a lock, as a table of transitions."""

from enum import StrEnum

import pytest

from xiaoneng.kit.machine import IllegalTransition, Machine, Transition, action_refs


class Door(StrEnum):
    """What a door can be."""

    OPEN = "open"
    SHUT = "shut"
    LOCKED = "locked"


TABLE = [
    Transition("shut", frozenset({Door.OPEN}), Door.SHUT, "door:use", "关"),
    Transition("open", frozenset({Door.SHUT}), Door.OPEN, "door:use", "开"),
    Transition("lock", frozenset({Door.SHUT}), Door.LOCKED, "door:lock", "锁", needs_reason=True),
    Transition("knock", frozenset({Door.SHUT, Door.LOCKED}), None, "door:use", "敲"),
]


def test_steps_lead_where_the_table_says() -> None:
    machine = Machine(TABLE)
    for row in TABLE:
        for state in Door:
            if state in row.sources:
                assert machine.step(state, row.action) is row
            else:
                with pytest.raises(IllegalTransition) as refused:
                    machine.step(state, row.action)
                assert refused.value.status == 409
                assert refused.value.allowed == [other.action for other in TABLE if state in other.sources]


def test_what_is_open_becomes_buttons() -> None:
    shown = action_refs(Machine(TABLE).open_in(Door.SHUT))
    assert [(ref.action, ref.title, ref.needs_reason) for ref in shown] == [
        ("open", "开", False),
        ("lock", "锁", True),
        ("knock", "敲", False),
    ]


def test_an_action_stands_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        Machine([*TABLE, TABLE[0]])


def test_an_action_that_no_table_knows_is_a_fault_of_ours() -> None:
    with pytest.raises(KeyError):
        Machine(TABLE).step(Door.OPEN, "burn")
