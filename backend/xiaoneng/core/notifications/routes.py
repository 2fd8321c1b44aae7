"""HTTP of notifications and the live stream."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Query
from fastapi.sse import EventSourceResponse, ServerSentEvent

from xiaoneng.core.access.deps import CurrentActor
from xiaoneng.core.access.errors import NotAuthenticated
from xiaoneng.core.notifications.deps import ListenerDep
from xiaoneng.core.notifications.errors import TooManyStreams
from xiaoneng.core.notifications.schemas import MarkRead, NotificationFilter, NotificationRead, UnreadCount
from xiaoneng.core.notifications.service import messages
from xiaoneng.kit.http import SessionDep, router
from xiaoneng.kit.pages import BadCursor, Page
from xiaoneng.kit.problems import InvalidInput, responses

routes = router("/notifications", "notifications")


@routes.get("", operation_id="notifications_list", summary="消息列表", responses=responses(NotAuthenticated, BadCursor))
async def list_notifications(
    actor: CurrentActor, session: SessionDep, chosen: Annotated[NotificationFilter, Query()]
) -> Page[NotificationRead]:
    """The caller's messages, newest first."""
    return await messages.page(session, actor, chosen)


@routes.get(
    "/unread_count", operation_id="notifications_unread_count", summary="未读数", responses=responses(NotAuthenticated)
)
async def count_unread(actor: CurrentActor, session: SessionDep) -> UnreadCount:
    """How many messages wait."""
    return await messages.unread(session, actor)


@routes.post(
    "/actions/mark_read",
    operation_id="notifications_mark_read",
    status_code=204,
    summary="标为已读",
    responses=responses(NotAuthenticated, InvalidInput),
)
async def mark_read(actor: CurrentActor, session: SessionDep, body: MarkRead) -> None:
    """Mark messages as read."""
    await messages.mark_read(session, actor, body)


@routes.get(
    "/stream",
    operation_id="notifications_stream",
    summary="实时消息",
    response_class=EventSourceResponse,
    responses=responses(NotAuthenticated, TooManyStreams),
)
async def stream(listener: ListenerDep) -> AsyncIterator[ServerSentEvent]:
    """Server-sent events `notification`, `changed` (an object the caller sees) and `ping` (every 15 s).

    Read your lists after the first `ping`: what is committed later will be told. `changed` without an object means that
    much has changed at once. The stream ends with the access token, at the latest; then connect anew.
    """
    async for said in listener.events():
        yield ServerSentEvent(event=said.event, data=said.data.model_dump(mode="json") if said.data else {})
