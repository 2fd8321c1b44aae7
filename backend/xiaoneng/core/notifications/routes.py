"""HTTP of notifications and the live stream."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Query
from fastapi.sse import EventSourceResponse, ServerSentEvent

from xiaoneng.core.access.deps import CurrentActor
from xiaoneng.core.access.errors import NotAuthenticated
from xiaoneng.core.notifications.deps import HubDep
from xiaoneng.core.notifications.errors import TooManyStreams
from xiaoneng.core.notifications.schemas import MarkRead, NotificationFilter, NotificationRead, UnreadCount
from xiaoneng.core.notifications.service import messages
from xiaoneng.core.notifications.service.live import Said
from xiaoneng.kit.http import SessionDep, router
from xiaoneng.kit.pages import BadCursor, Page
from xiaoneng.kit.problems import InvalidInput, responses
from xiaoneng.settings import get_settings

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


async def _stream(actor: CurrentActor, hub: HubDep) -> AsyncIterator[Said]:
    return await hub.listen(actor, get_settings().jwt.access_minutes * 60.0)


@routes.get(
    "/stream",
    operation_id="notifications_stream",
    summary="实时消息",
    response_class=EventSourceResponse,
    responses=responses(NotAuthenticated, TooManyStreams),
)
async def stream(events: Annotated[AsyncIterator[Said], Depends(_stream)]) -> AsyncIterator[ServerSentEvent]:
    """Server-sent events `notification`, `changed` and `ping`; ends with the access token's life, then connect anew."""
    async for said in events:
        yield ServerSentEvent(event=said.event, data=said.data.model_dump(mode="json") if said.data else {})
