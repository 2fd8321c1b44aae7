"""Accounts and machine keys for administrators."""

from uuid import UUID

from fastapi import APIRouter, Response

from xiaoneng.core.access.deps import CurrentActor
from xiaoneng.core.access.errors import NotAuthenticated, PermissionDenied
from xiaoneng.core.accounts.deps import CredentialRoute
from xiaoneng.core.accounts.errors import KeyClosed, LoginBusy, LoginTaken, WeakPassword
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
    PasswordReset,
)
from xiaoneng.core.accounts.service import api_keys, directory
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

account_routes = router("/accounts", "accounts")
key_routes = router("/api-keys", "accounts")
credential_routes = APIRouter(tags=["accounts"], route_class=CredentialRoute)
_SIGNED_IN: tuple[type[AppError], ...] = (NotAuthenticated, PermissionDenied, InvalidInput)
_CHANGE = (*_SIGNED_IN, NotFound, PreconditionFailed, PreconditionRequired)


@account_routes.get(
    "",
    operation_id="accounts_list",
    summary="账号列表",
    description="The accounts by login.",
    responses=responses(*_SIGNED_IN),
)
async def accounts_list(session: SessionDep, _: CurrentActor, params: PageParamsDep) -> Page[AccountRead]:
    """The accounts."""
    return await directory.list_accounts(session, params)


@account_routes.get(
    "/{account_id}",
    operation_id="accounts_get",
    summary="账号详情",
    description="One account.",
    responses=responses(*_SIGNED_IN, NotFound),
)
async def accounts_get(account_id: UUID, session: SessionDep, _: CurrentActor, response: Response) -> AccountRead:
    """One account."""
    return tagged(response, await directory.get_account(session, account_id))


@credential_routes.post(
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


@account_routes.post(
    "/{account_id}/actions/disable",
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


@credential_routes.post(
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


@key_routes.get(
    "",
    operation_id="api_keys_list",
    summary="接口密钥列表",
    description="The keys of machines, newest first; secrets are not kept.",
    responses=responses(*_SIGNED_IN),
)
async def api_keys_list(session: SessionDep, _: CurrentActor, params: PageParamsDep) -> Page[ApiKeyRead]:
    """The keys."""
    return await api_keys.list_keys(session, params)


@credential_routes.post(
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


@key_routes.post(
    "/{key_id}/actions/enable",
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


@key_routes.post(
    "/{key_id}/actions/revoke",
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
