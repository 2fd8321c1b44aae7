"""Keys of machines: the system administrator makes them disabled, the security administrator gives them scope (I4)."""

import secrets
from datetime import timedelta
from uuid import UUID

from xiaoneng.core.access.errors import PermissionDenied
from xiaoneng.core.access.models import Role
from xiaoneng.core.access.rules import pivot
from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.accounts import repository
from xiaoneng.core.accounts.errors import KeyClosed
from xiaoneng.core.accounts.models import ApiKey
from xiaoneng.core.accounts.schemas import ApiKeyCreate, ApiKeyCreated, ApiKeyRead
from xiaoneng.core.accounts.service.authentication import KEY_MARK, secret_hash
from xiaoneng.core.timeline.schemas import Change
from xiaoneng.core.timeline.service import record
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session, check_rev
from xiaoneng.kit.pages import Page, PageParams
from xiaoneng.kit.problems import InvalidInput, NotFound

SUBJECT = "api_key"
_PREFIX_BYTES = 5
_SECRET_BYTES = 32


async def create_key(session: Session, actor: Actor, draft: ApiKeyCreate) -> ApiKeyCreated:
    """A new key, still disabled, with the secret that is shown this once."""
    now = clock.now()
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    key = ApiKey(
        prefix=secrets.token_hex(_PREFIX_BYTES),
        secret_hash=secret_hash(secret),
        name=draft.name,
        source=draft.source,
        expires_at=now + timedelta(days=draft.expires_in_days),
        created_by=actor.id,
        created_at=now,
    )
    session.add(key)
    await session.flush()
    record(session, actor.author, SUBJECT, key.id, Change("create", changes={"name": key.name, "source": key.source}))
    shown = ApiKeyRead.model_validate(key).model_dump()
    return ApiKeyCreated(**shown, token=f"{KEY_MARK}_{key.prefix}_{secret}")


async def list_keys(session: Session, params: PageParams) -> Page[ApiKeyRead]:
    """The keys, newest first."""
    return (await repository.keys_page(session, params)).page(ApiKeyRead.model_validate)


async def enable_key(session: Session, actor: Actor, key_id: UUID, scopes: list[str], expected_rev: int) -> ApiKeyRead:
    """Let a key work, with these permissions of machines; never by the one who made it.

    Raises NotFound, PermissionDenied, KeyClosed, InvalidInput (a scope no machine holds) and PreconditionFailed.
    """
    key = await _for_change(session, key_id, expected_rev)
    if key.created_by == actor.id:
        raise PermissionDenied
    if key.revoked_at is not None or key.expires_at <= clock.now():
        raise KeyClosed
    if unknown := [scope for scope in scopes if Role.HSY not in pivot().grants.get(scope, {})]:
        raise InvalidInput("、".join(unknown))
    key.scopes = sorted(set(scopes))
    key.enabled_at, key.enabled_by = clock.now(), actor.id
    _changed(session, actor, key, Change("enable", changes={"scopes": key.scopes}))
    return ApiKeyRead.model_validate(key)


async def revoke_key(session: Session, actor: Actor, key_id: UUID, reason: str, expected_rev: int) -> ApiKeyRead:
    """Withdraw a key for good, within a second. Raises NotFound and PreconditionFailed."""
    key = await _for_change(session, key_id, expected_rev)
    key.revoked_at = key.revoked_at or clock.now()
    _changed(session, actor, key, Change("revoke", reason=reason))
    return ApiKeyRead.model_validate(key)


async def _for_change(session: Session, key_id: UUID, expected_rev: int) -> ApiKey:
    key = await repository.lock_key(session, key_id)
    if key is None:
        raise NotFound
    check_rev(key, expected_rev)
    return key


def _changed(session: Session, actor: Actor, key: ApiKey, change: Change) -> None:
    key.rev += 1
    key.updated_at = clock.now()
    record(session, actor.author, SUBJECT, key.id, change)
