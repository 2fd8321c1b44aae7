"""Publishing events and reacting to them."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from xiaoneng.core.outbox import repository
from xiaoneng.core.outbox.events import Event
from xiaoneng.core.outbox.models import OutboxEvent
from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Session
from xiaoneng.kit.jobs import enqueue, job

E = TypeVar("E", bound=Event)
_handlers: dict[str, list[Callable[[Session, Any], Awaitable[None]]]] = defaultdict(list)
_types: dict[str, type[Event]] = {}


def subscribe(
    event_type: type[E],
) -> Callable[[Callable[[Session, E], Awaitable[None]]], Callable[[Session, E], Awaitable[None]]]:
    """Let a function react to an event, in a unit of work of its own. It may be called twice for one event."""

    def decorate(handler: Callable[[Session, E], Awaitable[None]]) -> Callable[[Session, E], Awaitable[None]]:
        _types[event_type.topic] = event_type
        _handlers[event_type.topic].append(handler)
        return handler

    return decorate


async def publish(session: Session, event: Event) -> UUID:
    """Write the event with the change it tells of, and wake its handlers once both are committed."""
    event_id = ids.new_id()
    session.append(
        OutboxEvent,
        {
            "id": event_id,
            "topic": event.topic,
            "subject_type": event.subject_type,
            "subject_id": event.subject_id,
            "payload": event.model_dump(mode="json"),
            "occurred_at": clock.now(),
        },
    )
    if event.wakes_handlers:
        await enqueue(session, deliver, event_id=str(event_id))
    return event_id


@job("outbox.deliver")
async def deliver(session: Session, event_id: str) -> None:
    """Call the handlers of one event."""
    row = await repository.get(session, UUID(event_id))
    if row is None or row.topic not in _types:
        return
    event = _types[row.topic].model_validate(row.payload)
    for handler in _handlers[row.topic]:
        await handler(session, event)


async def recent(session: Session, moment: datetime, limit: int = 500) -> Sequence[OutboxEvent]:
    """Events since `moment`, oldest first; two transactions may commit out of order, so ask with an overlap."""
    return await repository.since(session, moment, limit)
