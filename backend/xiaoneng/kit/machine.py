"""State machines as plain tables: an action leads from some states to one."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from xiaoneng.kit.problems import Conflict
from xiaoneng.kit.schemas import Schema

S = TypeVar("S", bound=StrEnum)


class IllegalTransition(Conflict):
    """The action is not open in this state; `allowed` lists those that are."""

    code = "illegal_transition"
    title_zh = "当前状态下不能进行这一操作"
    title_en = "This action is not open in the current state"


@dataclass(frozen=True, slots=True)
class Transition(Generic[S]):
    """One row: `target` None means the state stays; `permission` is one of the pivot, `title` the action in Chinese."""

    action: str
    sources: frozenset[S]
    target: S | None
    permission: str
    title: str
    needs_reason: bool = False


class ActionRef(Schema):
    """One thing the caller may do now; the console draws its buttons from these."""

    action: str
    needs_reason: bool
    title: str


def action_refs(transitions: Iterable[Transition[S]]) -> list[ActionRef]:
    """The rows as the API shows them."""
    return [ActionRef(action=row.action, needs_reason=row.needs_reason, title=row.title) for row in transitions]


class Machine(Generic[S]):
    """The table of one kind of object."""

    def __init__(self, transitions: Iterable[Transition[S]]) -> None:
        self.transitions = tuple(transitions)
        self._by_action = {transition.action: transition for transition in self.transitions}
        if len(self._by_action) != len(self.transitions):
            raise ValueError("an action stands twice in the table")

    def open_in(self, state: S) -> tuple[Transition[S], ...]:
        """The rows whose action may start in `state`."""
        return tuple(transition for transition in self.transitions if state in transition.sources)

    def step(self, state: S, action: str) -> Transition[S]:
        """The row of `action`. Raises IllegalTransition when it is not open in `state`."""
        transition = self._by_action[action]
        if state not in transition.sources:
            raise IllegalTransition(allowed=[other.action for other in self.open_in(state)])
        return transition
