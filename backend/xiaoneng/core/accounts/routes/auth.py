"""The door: log in, refresh, log out, and one's own account."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Cookie, Request, Response

from xiaoneng.core.access.deps import CurrentActor
from xiaoneng.core.access.errors import NotAuthenticated, PermissionDenied
from xiaoneng.core.accounts.deps import CredentialRoute, CurrentCaller, DatabaseDep, MaybeCaller
from xiaoneng.core.accounts.errors import (
    AlreadyEnrolled,
    InvalidCredentials,
    Locked,
    LoginBusy,
    NewPasswordRequired,
    NotEnrolling,
    RefreshInvalid,
    RefreshReused,
    SourceThrottled,
    TotpRequired,
    WeakPassword,
    WrongCode,
    WrongPassword,
)
from xiaoneng.core.accounts.models import Client
from xiaoneng.core.accounts.schemas import (
    BEARER,
    LoginInput,
    MeRead,
    PasswordChange,
    RefreshInput,
    TokenRead,
    Tokens,
    TotpConfirm,
    TotpSecret,
)
from xiaoneng.core.accounts.service import login, own, sessions
from xiaoneng.kit.http import SessionDep
from xiaoneng.kit.problems import InvalidInput, responses
from xiaoneng.settings import get_settings

COOKIE = "xn_refresh"
COOKIE_PATH = "/api/v1/auth"
auth_routes = APIRouter(prefix="/auth", tags=["accounts"], route_class=CredentialRoute)
RefreshCookie = Annotated[str | None, Cookie(alias=COOKIE, max_length=200, include_in_schema=False)]


@auth_routes.post(
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


@auth_routes.post(
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


@auth_routes.post(
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


@auth_routes.get(
    "/me",
    operation_id="auth_me",
    summary="当前用户",
    description="The caller with unit, roles and permissions of this moment.",
    responses=responses(NotAuthenticated, PermissionDenied),
)
async def auth_me(session: SessionDep, caller: CurrentCaller) -> MeRead:
    """The caller."""
    return await own.me(session, caller)


@auth_routes.post(
    "/password",
    operation_id="auth_change_password",
    summary="修改密码",
    description="Set a new password; every other session of the account is closed.",
    status_code=204,
    responses=responses(NotAuthenticated, PermissionDenied, WrongPassword, WeakPassword, Locked, LoginBusy),
)
async def auth_change_password(
    body: PasswordChange, session: SessionDep, database: DatabaseDep, caller: CurrentCaller
) -> None:
    """Change the password."""
    await own.change_password(database, session, caller, body)


@auth_routes.post(
    "/totp",
    operation_id="auth_totp_enroll",
    summary="获取动态验证码密钥",
    description="A secret for an authenticator; it counts once a first code is confirmed.",
    responses=responses(NotAuthenticated, PermissionDenied, NewPasswordRequired, AlreadyEnrolled),
)
async def auth_totp_enroll(session: SessionDep, actor: CurrentActor) -> TotpSecret:
    """Ask for a secret."""
    return await own.begin_totp(session, actor)


@auth_routes.post(
    "/totp/confirm",
    operation_id="auth_totp_confirm",
    summary="确认动态验证码",
    description="Confirm the secret with a first code; from now on every login needs one.",
    status_code=204,
    responses=responses(
        NotAuthenticated, PermissionDenied, NewPasswordRequired, AlreadyEnrolled, NotEnrolling, WrongCode
    ),
)
async def auth_totp_confirm(body: TotpConfirm, session: SessionDep, actor: CurrentActor) -> None:
    """Confirm the secret."""
    await own.confirm_totp(session, actor, body.code)


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
