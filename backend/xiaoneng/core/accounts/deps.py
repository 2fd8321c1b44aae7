"""Who is calling."""

from typing import Annotated

from fastapi import Depends, Request

from xiaoneng.core.access.deps import CurrentActor
from xiaoneng.core.access.errors import NotAuthenticated
from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.accounts.errors import EnrolmentRequired, NewPasswordRequired
from xiaoneng.core.accounts.rules.tokens import MAX_BYTES
from xiaoneng.core.accounts.service import authentication
from xiaoneng.core.accounts.service.known import Caller
from xiaoneng.core.timeline.models import ActorKind
from xiaoneng.kit.db import Database, Session
from xiaoneng.kit.http import SessionDep
from xiaoneng.kit.idempotency import KeyMissing

_SCHEME = "bearer "
_ALWAYS_OPEN = frozenset({"auth_me", "auth_logout"})
_TO_ENROL = frozenset({"auth_totp_enroll", "auth_totp_confirm"})
_TO_CHANGE_PASSWORD = frozenset({"auth_change_password"})


async def _database(session: SessionDep) -> Database:
    return session.database


DatabaseDep = Annotated[Database, Depends(_database)]
"""For what must stand although the request fails: counted attempts, closed sessions."""


def bearer_of(request: Request) -> str:
    """The token in `Authorization`. Raises NotAuthenticated when there is none or it is absurdly long."""
    header = request.headers.get("authorization", "")
    if not header[: len(_SCHEME)].lower() == _SCHEME or len(header) > MAX_BYTES + len(_SCHEME):
        raise NotAuthenticated
    return header[len(_SCHEME) :].strip()


async def authenticator(request: Request, session: Session) -> Actor:
    """The authenticator that the application plugs into `app.state.authenticate`.

    Raises NotAuthenticated, EnrolmentRequired, NewPasswordRequired, and KeyMissing for a machine's POST.
    """
    caller = await authentication.caller_of(session, bearer_of(request))
    request.state.caller = caller
    if caller.actor.kind == ActorKind.MACHINE:
        if request.method == "POST" and "idempotency-key" not in request.headers:
            raise KeyMissing
        return caller.actor
    operation = request.scope["route"].operation_id
    if caller.must_change_password and operation not in _ALWAYS_OPEN | _TO_CHANGE_PASSWORD:
        raise NewPasswordRequired
    if caller.must_enrol and operation not in _ALWAYS_OPEN | _TO_CHANGE_PASSWORD | _TO_ENROL:
        raise EnrolmentRequired
    return caller.actor


async def _caller(request: Request, _: CurrentActor) -> Caller:
    caller: Caller = request.state.caller
    return caller


CurrentCaller = Annotated[Caller, Depends(_caller)]
"""The authenticated caller with the session."""


async def maybe_caller(request: Request, session: SessionDep) -> Caller | None:
    """The caller, if the token is good."""
    try:
        return await authentication.caller_of(session, bearer_of(request))
    except NotAuthenticated:
        return None


MaybeCaller = Annotated[Caller | None, Depends(maybe_caller)]
"""The caller where nobody must be logged in."""
