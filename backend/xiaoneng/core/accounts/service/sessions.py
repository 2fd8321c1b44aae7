"""Sessions and their tokens: opening, refreshing once a token, closing."""

import hashlib
import secrets
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from xiaoneng.core.accounts import repository
from xiaoneng.core.accounts.errors import RefreshInvalid, RefreshReused
from xiaoneng.core.accounts.models import Account, Client, LoginSession, RefreshToken, RevokeReason
from xiaoneng.core.accounts.rules import tokens
from xiaoneng.core.accounts.rules.limits import SessionLimits
from xiaoneng.core.accounts.schemas import Tokens
from xiaoneng.core.accounts.service import known
from xiaoneng.core.timeline.models import ActorKind
from xiaoneng.core.timeline.schemas import Author, Change
from xiaoneng.core.timeline.service import record
from xiaoneng.kit import clock
from xiaoneng.kit.db import Database, Session
from xiaoneng.settings import get_settings

SUBJECT = "account"
_REFRESH_BYTES = 32
_KEPT_LONGER = timedelta(days=1)


@cache
def token_keys() -> tokens.TokenKeys:
    """The signing keys of the settings."""
    settings = get_settings().jwt
    keys = {kid: secret.get_secret_value() for kid, secret in settings.keys.items()}
    return tokens.TokenKeys(keys, settings.active_kid, settings.issuer, settings.audience)


def limits() -> SessionLimits:
    """How long sessions live."""
    settings = get_settings().jwt
    return SessionLimits(timedelta(minutes=settings.idle_minutes), timedelta(hours=settings.absolute_hours))


def author_of(account: Account) -> Author:
    """How the history names somebody at the door."""
    return Author(ActorKind.PERSON, account.id, account.login)


def note(session: Session, account: Account, action: str, reason: str | None = None) -> None:
    """Write what somebody did with their own account."""
    record(session, author_of(account), SUBJECT, account.id, Change(action, reason=reason))


async def open_session(session: Session, account: Account, client: Client) -> Tokens:
    """A new session with its first tokens."""
    now = clock.now()
    opened = LoginSession(account_id=account.id, client=client, created_at=now, last_used_at=now)
    session.add(opened)
    await session.flush()
    return _hand_out(session, opened, now)


async def refresh(database: Database, raw: str) -> Tokens:
    """New tokens for an unused refresh token.

    A token that comes twice closes the session, and that stands although the caller gets an error; hence the unit of
    work of its own. Raises RefreshInvalid and RefreshReused.
    """
    async with database.unit_of_work() as session:
        outcome = await _rotate(session, raw)
    if isinstance(outcome, Tokens):
        return outcome
    raise outcome


async def _rotate(session: Session, raw: str) -> Tokens | RefreshInvalid | RefreshReused:
    found = await repository.lock_refresh_token(session, _hash(raw))
    if found is None:
        return RefreshInvalid()
    token, opened, account = found
    now = clock.now()
    if token.used_at is not None:
        if opened.revoked_at is None:
            _close(opened, RevokeReason.REFRESH_REUSED, now)
            note(session, account, "refresh_reused")
        return RefreshReused()
    alive = opened.revoked_at is None and limits().alive(opened.created_at, opened.last_used_at, now)
    if not alive or account.disabled_at is not None:
        return RefreshInvalid()
    token.used_at = opened.last_used_at = now
    await session.flush()
    return _hand_out(session, opened, now)


async def log_out(session: Session, session_id: UUID | None, raw_refresh: str | None) -> None:
    """Close the session behind an access token or a refresh token; says nothing when there is none."""
    if session_id is not None:
        opened = await repository.get_login_session(session, session_id)
    else:
        found = await repository.lock_refresh_token(session, _hash(raw_refresh)) if raw_refresh else None
        opened = found[1] if found else None
    if opened is None or opened.revoked_at is not None:
        return
    _close(opened, RevokeReason.LOGOUT, clock.now())
    account = await repository.get_account(session, opened.account_id)
    if account is not None:
        note(session, account, "log_out")


async def forget_stale(session: Session) -> None:
    """Drop refresh tokens and counters of attempts that cannot matter any more; sessions are kept as history."""
    now = clock.now()
    await repository.forget_refresh_tokens(session, now - limits().absolute - _KEPT_LONGER)
    await repository.forget_attempts(session, now - _KEPT_LONGER)


async def close_all(session: Session, account_id: UUID, reason: RevokeReason, keep: UUID | None = None) -> None:
    """Close the sessions of an account, all but the one to `keep`."""
    await repository.revoke_sessions(session, account_id, reason, clock.now(), keep)
    known.forget_account(account_id)


def _close(opened: LoginSession, reason: RevokeReason, now: datetime) -> None:
    opened.revoked_at, opened.revoke_reason = now, reason
    known.forget(opened.id)


def _hand_out(session: Session, opened: LoginSession, now: datetime) -> Tokens:
    raw = secrets.token_urlsafe(_REFRESH_BYTES)
    session.add(RefreshToken(hash=_hash(raw), session_id=opened.id, issued_at=now))
    remaining = limits().remaining(opened.created_at, now)
    lifetime = min(timedelta(minutes=get_settings().jwt.access_minutes), remaining)
    access = tokens.issue(token_keys(), tokens.Claims(opened.account_id, opened.id), now, lifetime)
    return Tokens(opened.client, opened.id, access, lifetime, raw, remaining)


def _hash(raw: str) -> bytes:
    return hashlib.sha256(raw.encode()).digest()
