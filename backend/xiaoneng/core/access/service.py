"""The one door through which objects change, and who may read which object."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from typing import Any, Generic, NamedTuple, Protocol, TypeVar
from uuid import UUID

from pydantic import BaseModel

from xiaoneng.core.access.errors import PermissionDenied
from xiaoneng.core.access.schemas import Actor, Command, Standing
from xiaoneng.core.outbox import service as outbox
from xiaoneng.core.outbox.events import Event
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session, check_rev
from xiaoneng.kit.machine import Machine, Transition
from xiaoneng.kit.problems import AppError, NotFound

Reader = Callable[[Session, Actor, UUID], Awaitable[bool]]
_readers: dict[str, Reader] = {}


class Subject(Protocol):
    """An object with a state that the machine moves."""

    id: UUID
    rev: int
    status: Any
    updated_at: datetime


S = TypeVar("S", bound=Subject)
Body = TypeVar("Body", bound=BaseModel)
Changes = dict[str, Any]
Effect = Callable[[Session, Actor, S, Body], Awaitable[Changes]]
Find = Callable[[UUID], Awaitable[S | None]]
Step = tuple[str, BaseModel]
"""An action and what is said with it."""
Denial = type[AppError] | None
Judge = Callable[[str], Denial]
"""Why an action is refused although the machine and the pivot allow it; None when it is not."""


class Outcome(NamedTuple):
    """What became of one object of several: its number, if the actor may know of it, and why it was refused, if so."""

    no: str | None
    error: AppError | None


class Door(Generic[S]):
    """The single way to change one kind of object.

    `standing` says how an object relates to people, `judge` gathers the facts of its policies once, `moved` makes the
    event that viewers follow. Effects are registered with `on`; each changes the object and returns what the history
    shows of it.
    """

    def __init__(
        self,
        subject_type: str,
        machine: Machine[Any],
        *,
        standing: Callable[[S], Standing],
        judge: Callable[[Session, Actor, S], Awaitable[Judge]],
        moved: Callable[[UUID, str], Event],
    ) -> None:
        self.subject_type = subject_type
        self.machine = machine
        self._standing = standing
        self._judge = judge
        self._moved = moved
        self._effects: dict[str, Effect[S, Any]] = {}

    def on(self, action: str, body_type: type[Body]) -> Callable[[Effect[S, Body]], Effect[S, Body]]:
        """Register what an action does besides moving the state."""

        def decorate(effect: Effect[S, Body]) -> Effect[S, Body]:
            async def checked(session: Session, actor: Actor, subject: S, body: BaseModel) -> Changes:
                if not isinstance(body, body_type):
                    raise TypeError(f"{action} takes {body_type.__name__}")
                return await effect(session, actor, subject, body)

            self._effects[action] = checked
            return effect

        return decorate

    async def available(
        self, session: Session, actor: Actor, subject: S, judge: Judge | None = None
    ) -> list[Transition[Any]]:
        """The actions this actor may take now; a `judge` who knows the facts already spares gathering them."""
        stands = self._standing(subject)
        granted = [row for row in self.machine.open_in(subject.status) if actor.may(row.permission, stands)]
        if not granted:
            return []
        judge = judge or await self._judge(session, actor, subject)
        return [row for row in granted if judge(row.action) is None]

    async def perform(self, session: Session, actor: Actor, subject: S | None, command: Command) -> S:
        """Do one action on a locked object: sight, revision, machine, grant, policy, effect, history, event.

        Raises NotFound, PreconditionFailed, IllegalTransition, PermissionDenied and what the effect refuses.
        """
        if subject is None:
            raise NotFound
        check_rev(subject, command.expected_rev)
        transition = self.machine.step(subject.status, command.action)
        standing = self._standing(subject)
        if not actor.may(transition.permission, standing):
            raise PermissionDenied
        author = actor.author_of(transition.permission, standing)
        denial = (await self._judge(session, actor, subject))(command.action)
        if denial:
            raise denial
        before = subject.status
        self.move(subject, transition.target or before)
        changes = await self._effects[command.action](session, actor, subject, command.body)
        change = Change(command.action, before, subject.status, getattr(command.body, "reason", None), changes)
        timeline.record(session, author, self.subject_type, subject.id, change)
        await outbox.publish(session, self._moved(subject.id, command.action))
        return subject

    async def perform_each(
        self, session: Session, actor: Actor, keys: Iterable[UUID], find: Find[S], step: Step
    ) -> dict[UUID, Outcome]:
        """Do one action on each of several objects as it is now; each stands or falls alone, all in one transaction.

        `find` locks one within the actor's sight. They are locked in the order of their keys, whatever order they were
        named in, so that two who act on the same ones do not wait for each other in a circle.
        """
        outcomes: dict[UUID, Outcome] = {}
        action, body = step
        for key in sorted(set(keys)):
            no, error = None, None
            try:
                async with session.part():
                    subject = await find(key)
                    no, rev = (getattr(subject, "no", None), subject.rev) if subject else (None, 0)
                    await self.perform(session, actor, subject, Command(action, body, rev))
            except AppError as refusal:
                error = refusal
            outcomes[key] = Outcome(no, error)
        return outcomes

    @staticmethod
    def move(subject: Subject, state: Any) -> None:
        """Put the object into a state and count one more revision."""
        subject.status = state
        subject.rev += 1
        subject.updated_at = clock.now()


def register_reader(subject_type: str, reader: Reader) -> None:
    """Let a feature answer for its kind of object, at import time."""
    _readers[subject_type] = reader


async def can_read(session: Session, actor: Actor, subject_type: str, subject_id: UUID) -> bool:
    """Whether `actor` may see the object; an unknown kind is hidden from everybody."""
    reader = _readers.get(subject_type)
    return reader is not None and await reader(session, actor, subject_id)
