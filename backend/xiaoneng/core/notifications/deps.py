"""The hub of this process, and the stream of one connection."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, FastAPI, Request

from xiaoneng.core.access.deps import Authenticator, CurrentActor
from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.notifications.service.live import Hub, Listener
from xiaoneng.kit.db import Session
from xiaoneng.settings import get_settings


def hub_of(app: FastAPI) -> Hub:
    """The hub of this application, made when it is first asked for."""
    if not hasattr(app.state, "hub"):
        app.state.hub = Hub(app.state.database)
    hub: Hub = app.state.hub
    return hub


async def close_streams(app: FastAPI) -> None:
    """End the open streams, so that a stop does not wait for them. Doing so twice does nothing."""
    if hasattr(app.state, "hub"):
        await hub_of(app).close()


async def _listener(request: Request, actor: CurrentActor) -> AsyncIterator[Listener]:
    """A stream as long as the connection, but no longer than the life of an access token."""

    async def again(session: Session) -> Actor:
        authenticate: Authenticator = request.app.state.authenticate
        return await authenticate(request, session)

    hub = hub_of(request.app)
    listener = hub.listen(actor, again, get_settings().jwt.access_minutes * 60)
    try:
        yield listener
    finally:
        hub.leave(listener)


ListenerDep = Annotated[Listener, Depends(_listener)]
"""The caller's live events."""
