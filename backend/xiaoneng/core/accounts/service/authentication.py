"""Finding the actor behind a bearer token: from what this process has just seen, or by one statement."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from xiaoneng.core.access.errors import NotAuthenticated
from xiaoneng.core.access.rules import pivot
from xiaoneng.core.access.schemas import Actor, StandIn
from xiaoneng.core.accounts import repository
from xiaoneng.core.accounts.models import ApiKey
from xiaoneng.core.accounts.rules import tokens
from xiaoneng.core.accounts.rules.passwords import fold_login
from xiaoneng.core.accounts.service import known
from xiaoneng.core.accounts.service.known import Caller
from xiaoneng.core.accounts.service.sessions import limits, token_keys
from xiaoneng.core.organization.rules.tree import Forest
from xiaoneng.core.organization.schemas.people import Holding
from xiaoneng.core.organization.service import directory, forest
from xiaoneng.core.timeline.models import ActorKind
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.settings import get_settings

KEY_MARK = "xnk"
_KEY_PARTS = 3
_REMEMBERED_TOKENS = 4096
_MAX_KEY_LENGTH = 200


async def caller_of(session: Session, bearer: str) -> Caller:
    """The caller behind an access token or a machine's key. Raises NotAuthenticated."""
    if bearer.startswith(f"{KEY_MARK}_"):
        return await _machine(session, bearer)
    return await _person(session, bearer)


async def _person(session: Session, bearer: str) -> Caller:
    claims = _verified(bearer).at(clock.now())
    caller = known.recall(claims.session_id)
    if caller is None:
        try:
            caller = await _look_up(session, claims.session_id)
        except NotAuthenticated:
            known.forget(claims.session_id)
            raise
        known.remember(claims.session_id, caller)
    if caller.actor.id != claims.account_id:
        raise NotAuthenticated
    return caller


@lru_cache(maxsize=_REMEMBERED_TOKENS)
def _verified(bearer: str) -> tokens.Verified:
    """What does not change about a token is checked once."""
    return tokens.verify(token_keys(), bearer)


async def _look_up(session: Session, session_id: UUID) -> Caller:
    now = clock.now()
    if not session.in_transaction() and known.should_touch(session_id):
        async with session.database.unit_of_work() as own:  # a lock on the session must not last as long as the request
            await repository.touch_session(own, session_id, now, limits().idle)
    rows = await repository.session_rows(session, session_id, clock.today())
    if not rows or not _is_alive(rows[0], now):
        raise NotAuthenticated
    account = rows[0]
    actor = await _actor(session, rows)
    return Caller(
        actor,
        session_id,
        must_enrol=get_settings().login.totp_required and account.totp_enrolled_at is None,
        must_change_password=account.password_changed_at is None,
    )


def _is_alive(row: Any, now: datetime) -> bool:
    ended = row.revoked_at is not None or row.disabled_at is not None
    return not ended and limits().alive(row.created_at, row.last_used_at, now)


async def _actor(session: Session, rows: Sequence[Any]) -> Actor:
    account = rows[0]
    units = await forest.adopt(session, account.tree_token)
    found = [row for row in rows if row.unit_id is not None]
    held = [Holding(row.unit_id, row.role, row.is_post, row.acting_for) for row in found]
    away = {row.acting_for: row.away_name for row in found if row.acting_for}
    position = directory.position(units, held, clock.today())
    return Actor(
        id=account.id,
        name=account.name or account.login,
        kind=ActorKind.PERSON,
        person_id=account.person_id,
        unit_id=position.unit_id,
        roles=position.roles,
        grants=pivot().grants,
        member_units=position.member_units,
        **_stand_ins(units, held, away),
    )


def _stand_ins(units: Forest, held: Sequence[Holding], away: Mapping[UUID, str]) -> dict[str, Any]:
    """What an actor has only because others are away."""
    if not away:
        return {}
    day = clock.today()
    lent = [holding for holding in held if holding.acting_for and holding.role]
    own = directory.position(units, [holding for holding in held if holding.acting_for is None], day)
    stand_ins = [
        StandIn(away[one.acting_for], one.role, units.on(day).subtree(one.unit_id))
        for one in lent
        if one.acting_for and one.role and one.unit_id in units.on(day).nodes
    ]
    return {"own_roles": own.roles, "stand_ins": tuple(stand_ins)}


async def actor_of(session: Session, account_id: UUID) -> Actor | None:
    """The holder of an account with the roles of today, for work that goes on without a session; None when closed."""
    rows = await repository.account_rows(session, account_id, clock.today())
    return await _actor(session, rows) if rows else None


async def actor_named(session: Session, login: str) -> Actor | None:
    """The holder of a login, for an operator at the shell who works in their name."""
    account = await repository.find_account(session, fold_login(login))
    return await actor_of(session, account.id) if account else None


async def _machine(session: Session, bearer: str) -> Caller:
    if len(bearer) > _MAX_KEY_LENGTH:
        raise NotAuthenticated
    digest = hashlib.sha256(bearer.encode()).digest()
    caller = known.recall(digest)
    if caller is None:
        try:
            caller = await _look_up_key(session, bearer)
        except NotAuthenticated:
            known.forget(digest)
            raise
        known.remember(digest, caller)
        if known.should_touch(digest):
            async with session.database.unit_of_work() as own:
                await repository.touch_key(own, caller.actor.id, clock.now())
    return caller


async def _look_up_key(session: Session, bearer: str) -> Caller:
    parts = bearer.split("_", _KEY_PARTS - 1)
    if len(parts) != _KEY_PARTS:
        raise NotAuthenticated
    key = await repository.find_key(session, parts[1])
    if key is None or not hmac.compare_digest(key.secret_hash, secret_hash(parts[2])) or not is_open(key):
        raise NotAuthenticated
    return Caller(
        Actor(
            id=key.id,
            name=key.name,
            kind=ActorKind.MACHINE,
            person_id=None,
            unit_id=None,
            roles={key.role: frozenset()},
            grants={scope: pivot().grants[scope] for scope in key.scopes if scope in pivot().grants},
            key_source=key.source,
        )
    )


def secret_hash(secret: str) -> bytes:
    """How a key's secret is kept: it is random, so a plain hash will do."""
    return hashlib.sha256(secret.encode()).digest()


def is_open(key: ApiKey) -> bool:
    """Whether the key works now."""
    return key.enabled_at is not None and key.revoked_at is None and key.expires_at > clock.now()
