"""The guard of every route."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from fastapi.security import HTTPBearer
from pydantic import BaseModel

from xiaoneng.core.access.errors import NotAuthenticated, PermissionDenied
from xiaoneng.core.access.rules import PivotRow, pivot
from xiaoneng.core.access.schemas import Actor, Command
from xiaoneng.kit.db import Session
from xiaoneng.kit.http import ExpectedRev, SessionDep, claim_key
from xiaoneng.kit.machine import IllegalTransition
from xiaoneng.kit.problems import AppError, InvalidInput, NotFound, PreconditionFailed, PreconditionRequired, responses

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


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts, in which transaction, on which revision, and the answer being made."""

    actor: Actor
    session: Session
    rev: int
    response: Response

    def command(self, action: str, body: BaseModel) -> Command:
        """What they want done."""
        return Command(action, body, self.rev)


async def _acting(actor: CurrentActor, session: SessionDep, rev: ExpectedRev, response: Response) -> Acting:
    return Acting(actor, session, rev, response)


ActingDep = Annotated[Acting, Depends(_acting)]
"""The caller of an action, authorized, with the revision they have seen."""

LOGIN = (NotAuthenticated, PermissionDenied)
"""The errors of every guarded route."""


def changes(*more: type[AppError]) -> dict[int | str, dict[str, Any]]:
    """The errors of every route that acts on an object by its machine, and those of its own."""
    stale = (PreconditionFailed, PreconditionRequired)
    return responses(*LOGIN, NotFound, IllegalTransition, *stale, InvalidInput, *more)


__all__ = [
    "LOGIN",
    "Acting",
    "ActingDep",
    "Authenticator",
    "CurrentActor",
    "NotAuthenticated",
    "authorize",
    "changes",
    "guard",
]
