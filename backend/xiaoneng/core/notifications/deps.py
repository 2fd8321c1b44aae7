"""The hub of this process."""

from typing import Annotated

from fastapi import Depends, FastAPI, Request

from xiaoneng.core.notifications.service.live import Hub


def _hub(request: Request) -> Hub:
    state = request.app.state
    if getattr(state, "hub", None) is None:
        state.hub = Hub(state.database)
    hub: Hub = state.hub
    return hub


HubDep = Annotated[Hub, Depends(_hub)]
"""The live stream's hub."""


async def close_streams(app: FastAPI) -> None:
    """End the open streams, so that a stop does not wait for them."""
    hub: Hub | None = getattr(app.state, "hub", None)
    if hub is not None:
        await hub.close()
