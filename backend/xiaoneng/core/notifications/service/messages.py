"""Sending and reading messages."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.notifications import repository
from xiaoneng.core.notifications.models import Notification
from xiaoneng.core.notifications.schemas import MarkRead, Message, NotificationFilter, NotificationRead, UnreadCount
from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import Page


def notify(session: Session, recipients: Iterable[UUID], message: Message) -> None:
    """Send a message to accounts in the transaction of what it tells of; sent again, it is dropped.

    Rows go in one order whoever sends, so that two senders of the same message do not wait for each other in a circle.
    """
    for recipient in sorted(set(recipients)):
        row = {
            "id": ids.new_id(),
            "recipient_id": recipient,
            "title": message.title,
            "body": message.body,
            "subject_type": message.subject_type,
            "subject_id": message.subject_id,
            "dedupe_key": message.dedupe_key,
            "created_at": clock.now(),
        }
        session.append(Notification, row)


async def page(session: Session, actor: Actor, chosen: NotificationFilter) -> Page[NotificationRead]:
    """The caller's messages, newest first."""
    found = await repository.page(session, actor.id, chosen, unread=chosen.unread)

    def build(row: Any) -> NotificationRead:
        return NotificationRead.model_validate(row)

    return found.page(build)


async def unread(session: Session, actor: Actor) -> UnreadCount:
    """How many of the caller's messages wait."""
    return UnreadCount(count=await repository.count_unread(session, actor.id))


async def mark_read(session: Session, actor: Actor, body: MarkRead) -> None:
    """Mark the caller's messages as read."""
    await repository.mark_read(session, actor.id, None if body.all else body.ids, clock.now())
