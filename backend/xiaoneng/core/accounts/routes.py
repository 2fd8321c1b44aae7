"""One's own account; accounts and machine keys for administrators."""

from uuid import UUID

from fastapi import Response

from xiaoneng.core.access.deps import CurrentActor
from xiaoneng.core.access.errors import NotAuthenticated, PermissionDenied
from xiaoneng.core.accounts.deps import CurrentCaller, DatabaseDep
from xiaoneng.core.accounts.errors import (
    AlreadyEnrolled,
    KeyClosed,
    Locked,
    LoginBusy,
    LoginTaken,
    NewPasswordRequired,
    NotEnrolling,
    WeakPassword,
    WrongCode,
    WrongPassword,
)
from xiaoneng.core.accounts.schemas import (
    AccountCreate,
    AccountDisable,
    AccountDraft,
    AccountRead,
    ApiKeyCreate,
    ApiKeyCreated,
    ApiKeyEnable,
    ApiKeyRead,
    ApiKeyRevoke,
    MeRead,
    PasswordChange,
    PasswordReset,
    TotpConfirm,
    TotpReset,
    TotpSecret,
)
from xiaoneng.core.accounts.service import api_keys, directory, own
from xiaoneng.kit.http import ExpectedRev, SessionDep, router, tagged
from xiaoneng.kit.pages import Page, PageParamsDep
from xiaoneng.kit.problems import (
    AppError,
    InvalidInput,
    NotFound,
    PreconditionFailed,
    PreconditionRequired,
    responses,
)

routes = router("", "accounts")
_SIGNED_IN: tuple[type[AppError], ...] = (NotAuthenticated, PermissionDenied, InvalidInput)
_CHANGE = (*_SIGNED_IN, NotFound, PreconditionFailed, PreconditionRequired)


@routes.get(
    "/auth/me",
    operation_id="auth_me",
    summary="当前用户",
    description="The caller with unit, roles and permissions of this moment.",
    responses=responses(NotAuthenticated, PermissionDenied),
)
async def auth_me(session: SessionDep, caller: CurrentCaller) -> MeRead:
    """The caller."""
    return await own.me(session, caller)


@routes.post(
    "/auth/password",
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


@routes.post(
    "/auth/totp",
    operation_id="auth_totp_enroll",
    summary="获取动态验证码密钥",
    description="A secret for an authenticator; it counts once a first code is confirmed.",
    responses=responses(NotAuthenticated, PermissionDenied, NewPasswordRequired, AlreadyEnrolled),
)
async def auth_totp_enroll(session: SessionDep, actor: CurrentActor) -> TotpSecret:
    """Ask for a secret."""
    return await own.begin_totp(session, actor)


@routes.post(
    "/auth/totp/confirm",
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


@routes.get(
    "/accounts",
    operation_id="accounts_list",
    summary="账号列表",
    description="The accounts by login.",
    responses=responses(*_SIGNED_IN),
)
async def accounts_list(session: SessionDep, _: CurrentActor, params: PageParamsDep) -> Page[AccountRead]:
    """The accounts."""
    return await directory.list_accounts(session, params)


@routes.get(
    "/accounts/{account_id}",
    operation_id="accounts_get",
    summary="账号详情",
    description="One account.",
    responses=responses(*_SIGNED_IN, NotFound),
)
async def accounts_get(account_id: UUID, session: SessionDep, _: CurrentActor, response: Response) -> AccountRead:
    """One account."""
    return tagged(response, await directory.get_account(session, account_id))


@routes.post(
    "/accounts",
    operation_id="accounts_create",
    summary="新建账号",
    description="A new account without any role; roles are granted by the security administrator. The holder must "
    "change the password at the first login.",
    status_code=201,
    responses=responses(*_SIGNED_IN, NotFound, LoginTaken, WeakPassword, LoginBusy),
)
async def accounts_create(
    body: AccountCreate, session: SessionDep, actor: CurrentActor, response: Response
) -> AccountRead:
    """Make an account."""
    draft = AccountDraft(body.login, body.password, body.person_id, temporary=True)
    account = await directory.create_account(session, actor.author, draft)
    return tagged(response, await directory.read(session, account))


@routes.post(
    "/accounts/{account_id}/actions/disable",
    operation_id="accounts_disable",
    summary="停用账号",
    description="Close the account and all its sessions within a second. Nobody closes their own.",
    responses=responses(*_CHANGE),
)
async def accounts_disable(
    account_id: UUID,
    body: AccountDisable,
    session: SessionDep,
    actor: CurrentActor,
    rev: ExpectedRev,
    response: Response,
) -> AccountRead:
    """Close an account."""
    account = await directory.disable_account(session, actor, account_id, body.reason, rev)
    return tagged(response, await directory.read(session, account))


@routes.post(
    "/accounts/{account_id}/actions/reset_password",
    operation_id="accounts_reset_password",
    summary="重置密码",
    description="Set a password that the holder must change, and close all sessions. Nobody resets their own.",
    responses=responses(*_CHANGE, WeakPassword, LoginBusy),
)
async def accounts_reset_password(
    account_id: UUID,
    body: PasswordReset,
    session: SessionDep,
    actor: CurrentActor,
    rev: ExpectedRev,
    response: Response,
) -> AccountRead:
    """Reset a password."""
    account = await directory.reset_password(session, actor, account_id, body, rev)
    return tagged(response, await directory.read(session, account))


@routes.post(
    "/accounts/{account_id}/actions/reset_totp",
    operation_id="accounts_reset_totp",
    summary="重置动态验证码",
    description="Take the second factor off, for a lost telephone, and close all sessions. The security administrator "
    "does this and the system administrator resets passwords: neither can enter an account alone.",
    responses=responses(*_CHANGE),
)
async def accounts_reset_totp(
    account_id: UUID,
    body: TotpReset,
    session: SessionDep,
    actor: CurrentActor,
    rev: ExpectedRev,
    response: Response,
) -> AccountRead:
    """Reset a second factor."""
    account = await directory.reset_totp(session, actor, account_id, body.reason, rev)
    return tagged(response, await directory.read(session, account))


@routes.get(
    "/api-keys",
    operation_id="api_keys_list",
    summary="接口密钥列表",
    description="The keys of machines, newest first; secrets are not kept.",
    responses=responses(*_SIGNED_IN),
)
async def api_keys_list(session: SessionDep, _: CurrentActor, params: PageParamsDep) -> Page[ApiKeyRead]:
    """The keys."""
    return await api_keys.list_keys(session, params)


@routes.post(
    "/api-keys",
    operation_id="api_keys_create",
    summary="新建接口密钥",
    description="A key for one message source, disabled until the security administrator enables it. The secret is "
    "shown this once.",
    status_code=201,
    responses=responses(*_SIGNED_IN),
)
async def api_keys_create(
    body: ApiKeyCreate, session: SessionDep, actor: CurrentActor, response: Response
) -> ApiKeyCreated:
    """Make a key."""
    return tagged(response, await api_keys.create_key(session, actor, body))


@routes.post(
    "/api-keys/{key_id}/actions/enable",
    operation_id="api_keys_enable",
    summary="启用接口密钥",
    description="Let the key work with the permissions named. Never by the one who made it.",
    responses=responses(*_CHANGE, KeyClosed),
)
async def api_keys_enable(
    key_id: UUID, body: ApiKeyEnable, session: SessionDep, actor: CurrentActor, rev: ExpectedRev, response: Response
) -> ApiKeyRead:
    """Enable a key."""
    return tagged(response, await api_keys.enable_key(session, actor, key_id, body.scopes, rev))


@routes.post(
    "/api-keys/{key_id}/actions/revoke",
    operation_id="api_keys_revoke",
    summary="吊销接口密钥",
    description="Withdraw the key for good; it is refused within a second.",
    responses=responses(*_CHANGE),
)
async def api_keys_revoke(
    key_id: UUID, body: ApiKeyRevoke, session: SessionDep, actor: CurrentActor, rev: ExpectedRev, response: Response
) -> ApiKeyRead:
    """Revoke a key."""
    return tagged(response, await api_keys.revoke_key(session, actor, key_id, body.reason, rev))
