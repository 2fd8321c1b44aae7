"""The guard of every route."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPBearer

from xiaoneng.core.access.errors import NotAuthenticated, PermissionDenied
from xiaoneng.core.access.rules import PivotRow, pivot
from xiaoneng.core.access.schemas import Actor
from xiaoneng.kit.db import Session
from xiaoneng.kit.http import SessionDep, claim_key

Authenticator = Callable[[Request, Session], Awaitable[Actor]]
"""Finds the actor behind a request. Raises NotAuthenticated."""

_bearer = HTTPBearer(auto_error=False, description="访问令牌或 API 密钥")


def row_of(request: Request) -> PivotRow:
    """The pivot's row of the route that serves `request`."""
    return pivot().rows[request.scope["route"].operation_id]


async def authorize(request: Request, session: Session) -> Actor:
    """Authenticate the caller and check the function. Raises NotAuthenticated and PermissionDenied."""
    row = row_of(request)
    authenticate: Authenticator = request.app.state.authenticate
    actor = await authenticate(request, session)
    if row.permission is not None and not actor.holds(row.permission):
        raise PermissionDenied
    return actor


async def guard(request: Request, session: SessionDep, _: Annotated[object, Depends(_bearer)]) -> Actor:
    """Authorize the caller and take the `Idempotency-Key`; objects are checked by the services.

    Raises NotAuthenticated, PermissionDenied and what `claim_key` raises.
    """
    actor = await authorize(request, session)
    await claim_key(request, session, str(actor.id))
    return actor


CurrentActor = Annotated[Actor, Depends(guard)]
"""The authenticated caller."""

__all__ = ["Authenticator", "CurrentActor", "NotAuthenticated", "authorize", "guard"]
