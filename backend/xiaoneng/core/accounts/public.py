"""The door: log in, refresh, log out. A repeated login is a new login, so these take no `Idempotency-Key`."""

from datetime import timedelta
from typing import Annotated

from fastapi import Cookie, Request, Response

from xiaoneng.core.accounts.deps import DatabaseDep, MaybeCaller
from xiaoneng.core.accounts.errors import (
    InvalidCredentials,
    Locked,
    LoginBusy,
    RefreshInvalid,
    RefreshReused,
    SourceThrottled,
    TotpRequired,
)
from xiaoneng.core.accounts.models import Client
from xiaoneng.core.accounts.schemas import (
    BEARER,
    LoginInput,
    RefreshInput,
    TokenRead,
    Tokens,
)
from xiaoneng.core.accounts.service import login, sessions
from xiaoneng.kit.http import SessionDep, router
from xiaoneng.kit.problems import InvalidInput, responses
from xiaoneng.settings import get_settings

COOKIE = "xn_refresh"
COOKIE_PATH = "/api/v1/auth"
public = router("/auth", "accounts")
RefreshCookie = Annotated[str | None, Cookie(alias=COOKIE, max_length=200, include_in_schema=False)]


@public.post(
    "/login",
    operation_id="auth_login",
    summary="登录",
    description="Log in with login, password and, where set up, the code of the second factor. Browsers (`web`) get "
    "the refresh token in a cookie, devices in the body.",
    responses=responses(InvalidCredentials, TotpRequired, Locked, SourceThrottled, LoginBusy, InvalidInput),
)
async def auth_login(
    body: LoginInput, request: Request, response: Response, session: SessionDep, database: DatabaseDep
) -> TokenRead:
    """Log in."""
    source = request.client.host if request.client else ""
    return _handed_out(response, await login.log_in(database, session, body, source))


@public.post(
    "/refresh",
    operation_id="auth_refresh",
    summary="刷新登录",
    description="New tokens for an unused refresh token. A refresh token that comes a second time closes the session.",
    responses=responses(RefreshInvalid, RefreshReused, InvalidInput),
)
async def auth_refresh(
    response: Response,
    database: DatabaseDep,
    body: RefreshInput | None = None,
    xn_refresh: RefreshCookie = None,
) -> TokenRead:
    """Refresh."""
    raw = (body.refresh_token if body else None) or xn_refresh
    if raw is None:
        raise RefreshInvalid
    return _handed_out(response, await sessions.refresh(database, raw))


@public.post(
    "/logout",
    operation_id="auth_logout",
    summary="退出登录",
    description="Close the session behind the access token or the refresh token; it is over within a second.",
    status_code=204,
    responses=responses(InvalidInput),
)
async def auth_logout(
    response: Response,
    session: SessionDep,
    caller: MaybeCaller,
    body: RefreshInput | None = None,
    xn_refresh: RefreshCookie = None,
) -> None:
    """Log out."""
    raw = (body.refresh_token if body else None) or xn_refresh
    await sessions.log_out(session, caller.session_id if caller else None, raw)
    response.delete_cookie(COOKIE, path=COOKIE_PATH, secure=_is_https(), httponly=True, samesite="strict")


def _handed_out(response: Response, tokens: Tokens) -> TokenRead:
    in_cookie = tokens.client == Client.WEB
    if in_cookie:
        response.set_cookie(
            COOKIE,
            tokens.refresh_token,
            max_age=_seconds(tokens.session_lifetime),
            path=COOKIE_PATH,
            secure=_is_https(),
            httponly=True,
            samesite="strict",
        )
    return TokenRead(
        access_token=tokens.access_token,
        token_type=BEARER,
        expires_in=_seconds(tokens.access_lifetime),
        refresh_token=None if in_cookie else tokens.refresh_token,
    )


def _seconds(span: timedelta) -> int:
    return int(span.total_seconds())


def _is_https() -> bool:
    return get_settings().public_url.startswith("https:")
