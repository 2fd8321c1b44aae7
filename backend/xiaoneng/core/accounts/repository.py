"""SQL of accounts, sessions and keys."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import aliased
from sqlmodel import col

from xiaoneng.core.access.models import Role
from xiaoneng.core.accounts.models import Account, ApiKey, LoginSession, LoginThrottle, RefreshToken, RevokeReason
from xiaoneng.core.organization.models import Appointment, Person
from xiaoneng.core.organization.service.directory import TREE_TOKEN, holdings, is_away
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import Order, PageParams, Slice, fetch_page

_ACCOUNT = sa.inspect(Account).local_table.c


async def find_account(session: Session, login: str) -> Account | None:
    """One account by its folded login."""
    found: Account | None = await session.scalar(sa.select(Account).where(col(Account.login) == login))
    return found


async def lock_account(session: Session, account_id: UUID) -> Account | None:
    """One account by key, locked, as it is now."""
    found: Account | None = await session.get(Account, account_id, with_for_update=True, populate_existing=True)
    return found


async def get_account(session: Session, account_id: UUID) -> Account | None:
    """One account by key."""
    found: Account | None = await session.get(Account, account_id)
    return found


async def is_taken(session: Session, login: str, person_id: UUID | None) -> bool:
    """Whether the login is in use, or the person has a living account."""
    same_person = sa.and_(col(Account.person_id) == person_id, col(Account.disabled_at).is_(None))
    query = sa.select(sa.exists().where(sa.or_(col(Account.login) == login, same_person)))
    return bool(await session.scalar(query))


async def accounts_page(session: Session, params: PageParams) -> Slice:
    """The accounts with the names of their people, by login."""
    query = sa.select(*_ACCOUNT, col(Person.name)).outerjoin(Person, col(Person.id) == _ACCOUNT.person_id)
    return await fetch_page(session, query, Order(_ACCOUNT.login, _ACCOUNT.id), params)


async def begin_attempt(session: Session, key: bytes, now: datetime, max_failures: int, lock: timedelta) -> int | None:
    """Count an attempt before its password is looked at; its number, or None while the login is locked.

    The last attempt allowed locks at once, and success unlocks: attempts in parallel get no more tries than others.
    """
    row = sa.inspect(LoginThrottle).local_table.c
    over = sa.or_(row.last_attempt_at < now - lock, row.locked_until.is_not(None))
    count = sa.case((over, 1), else_=row.failures + 1)
    statement = upsert(LoginThrottle).values(key=key, failures=1, last_attempt_at=now)
    statement = statement.on_conflict_do_update(
        index_elements=["key"],
        set_={
            "failures": count,
            "last_attempt_at": now,
            "locked_until": sa.case((count >= max_failures, now + lock), else_=sa.null()),
        },
        where=sa.or_(row.locked_until.is_(None), row.locked_until <= now),
    )
    number: int | None = await session.scalar(statement.returning(row.failures))
    return number


async def locked_until(session: Session, key: bytes) -> datetime | None:
    """Until when a login is locked."""
    until: datetime | None = await session.scalar(
        sa.select(col(LoginThrottle.locked_until)).where(col(LoginThrottle.key) == key)
    )
    return until


async def end_attempts(session: Session, key: bytes) -> None:
    """Forget the failures of a login."""
    await session.execute(sa.delete(LoginThrottle).where(col(LoginThrottle.key) == key))


async def give_back_attempt(session: Session, key: bytes) -> None:
    """Uncount one attempt."""
    row = sa.inspect(LoginThrottle).local_table.c
    change = sa.update(LoginThrottle).where(row.key == key, row.failures > 0)
    await session.execute(change.values(failures=row.failures - 1, locked_until=None))


async def forget_attempts(session: Session, before: datetime) -> int:
    """Drop the counters whose last attempt is older; returns how many."""
    stale = sa.delete(LoginThrottle).where(col(LoginThrottle.last_attempt_at) < before)
    return len((await session.scalars(stale.returning(col(LoginThrottle.key)))).all())


async def forget_refresh_tokens(session: Session, before: datetime) -> int:
    """Drop the tokens issued before `before`, when no session of theirs can be alive; returns how many."""
    stale = sa.delete(RefreshToken).where(col(RefreshToken.issued_at) < before)
    return len((await session.scalars(stale.returning(col(RefreshToken.hash)))).all())


async def lock_refresh_token(session: Session, token_hash: bytes) -> tuple[RefreshToken, LoginSession, Account] | None:
    """A refresh token with its session, both locked, and the account."""
    query = (
        sa.select(RefreshToken, LoginSession, Account)
        .join(LoginSession, col(LoginSession.id) == col(RefreshToken.session_id))
        .join(Account, col(Account.id) == col(LoginSession.account_id))
        .where(col(RefreshToken.hash) == token_hash)
        .with_for_update(of=[RefreshToken, LoginSession])
    )
    return (await session.execute(query)).first()


async def get_login_session(session: Session, session_id: UUID) -> LoginSession | None:
    """One session by key, locked."""
    found: LoginSession | None = await session.get(LoginSession, session_id, with_for_update=True)
    return found


async def revoke_sessions(
    session: Session, account_id: UUID, reason: RevokeReason, now: datetime, keep: UUID | None = None
) -> None:
    """End the sessions of an account, all but the one to `keep`."""
    query = sa.update(LoginSession).where(
        col(LoginSession.account_id) == account_id, col(LoginSession.revoked_at).is_(None)
    )
    if keep is not None:
        query = query.where(col(LoginSession.id) != keep)
    await session.execute(query.values(revoked_at=now, revoke_reason=reason))


async def touch_session(session: Session, session_id: UUID, now: datetime, idle: timedelta) -> None:
    """Note that a session is in use, unless it is over."""
    await session.execute(
        sa.update(LoginSession)
        .where(
            col(LoginSession.id) == session_id,
            col(LoginSession.revoked_at).is_(None),
            col(LoginSession.last_used_at) > now - idle,
        )
        .values(last_used_at=sa.func.greatest(col(LoginSession.last_used_at), now))
    )


async def touch_key(session: Session, key_id: UUID, now: datetime) -> None:
    """Note that a key is in use."""
    await session.execute(sa.update(ApiKey).where(col(ApiKey.id) == key_id).values(last_used_at=now))


async def session_rows(session: Session, session_id: UUID, day: date) -> Sequence[Any]:
    """All that makes an actor, in one statement: one row for each post and membership of the day, at least one."""
    used = (col(LoginSession.created_at), col(LoginSession.last_used_at), col(LoginSession.revoked_at))
    query = _actor_rows(day).add_columns(*used).join(LoginSession, col(Account.id) == col(LoginSession.account_id))
    rows = await session.execute(query.where(col(LoginSession.id) == session_id))
    return [*rows.all()]


async def account_rows(session: Session, account_id: UUID, day: date) -> Sequence[Any]:
    """What makes an actor of an open account that works without a session, as `session_rows` has it."""
    query = _actor_rows(day).where(col(Account.id) == account_id, col(Account.disabled_at).is_(None))
    return [*(await session.execute(query)).all()]


def _actor_rows(day: date) -> sa.Select[Any]:
    away = aliased(Person)
    held = holdings(col(Account.person_id), day).lateral("held")
    columns: Any = (
        col(Account.id),
        col(Account.login),
        col(Account.person_id),
        col(Account.disabled_at),
        col(Account.totp_enrolled_at),
        col(Account.password_changed_at),
        col(Person.name),
        held.c.unit_id,
        held.c.role,
        held.c.is_post,
        held.c.acting_for,
        col(away.name).label("away_name"),
        TREE_TOKEN.label("tree_token"),
    )
    return (
        sa.select(*columns)
        .select_from(Account)
        .outerjoin(Person, col(Person.id) == col(Account.person_id))
        .outerjoin(held, sa.true())
        .outerjoin(away, col(away.id) == held.c.acting_for)
        .order_by(held.c.acting_for.is_not(None), held.c.valid_from)
    )


async def find_key(session: Session, prefix: str) -> ApiKey | None:
    """One machine key by its prefix."""
    found: ApiKey | None = await session.scalar(sa.select(ApiKey).where(col(ApiKey.prefix) == prefix))
    return found


async def lock_key(session: Session, key_id: UUID) -> ApiKey | None:
    """One machine key by key, locked."""
    found: ApiKey | None = await session.get(ApiKey, key_id, with_for_update=True)
    return found


async def keys_page(session: Session, params: PageParams) -> Slice:
    """The machine keys, newest first."""
    table = sa.inspect(ApiKey).local_table.c
    return await fetch_page(session, sa.select(*table), Order(table.created_at, table.id, descending=True), params)


async def accounts_holding(session: Session, unit_id: UUID, roles: Iterable[Role], day: date) -> Sequence[Any]:
    """The open accounts of those whose posts in the unit give one of the roles, as `id, person_id`."""
    held = holdings(col(Account.person_id), day).lateral("held")
    query = (
        sa.select(col(Account.id), col(Account.person_id))
        .join(held, sa.true())
        .where(
            held.c.unit_id == unit_id, held.c.role.in_(list(roles)), held.c.is_post, col(Account.disabled_at).is_(None)
        )
        .distinct()
    )
    return (await session.execute(query)).all()


async def accounts_serving(session: Session, roles: Iterable[Role], day: date) -> Sequence[Any]:
    """The open accounts of those whose bodies give one of the roles, as `id, person_id`."""
    held = holdings(col(Account.person_id), day).lateral("held")
    query = (
        sa.select(col(Account.id), col(Account.person_id))
        .join(held, sa.true())
        .where(~held.c.is_post, held.c.role.in_(list(roles)), col(Account.disabled_at).is_(None))
        .distinct()
    )
    return (await session.execute(query)).all()


async def accounts_for(session: Session, person_ids: Iterable[UUID]) -> Sequence[UUID]:
    """The open accounts of some people."""
    query = sa.select(col(Account.id)).where(
        col(Account.person_id).in_(list(person_ids)), col(Account.disabled_at).is_(None)
    )
    return (await session.scalars(query)).all()


async def posts_in(session: Session, unit_id: UUID, handler_id: UUID | None, day: date) -> Sequence[Any]:
    """The posts of the unit, and those of the handler wherever they are, as `rules.ladder.Post` has them.

    Only those whose holders, or whoever stands in for them while they are away, have open accounts.
    """
    lasting = sa.func.coalesce(col(Appointment.valid_to), sa.literal(date.max)) >= day
    stands_in = sa.case((is_away(col(Appointment.person_id), day), col(Appointment.substitute_id)))
    present = sa.func.coalesce(stands_in, col(Appointment.person_id))
    query = (
        sa.select(
            col(Account.id),
            col(Account.person_id),
            col(Appointment.role),
            col(Appointment.section),
            col(Appointment.is_deputy_in_charge),
        )
        .join(Account, col(Account.person_id) == present)
        .where(
            sa.or_(col(Appointment.unit_id) == unit_id, col(Appointment.person_id) == handler_id),
            sa.and_(col(Appointment.valid_from) <= day, lasting),
            col(Account.disabled_at).is_(None),
        )
    )
    return (await session.execute(query)).all()


async def staff_among(session: Session, person_ids: Iterable[UUID], units: Iterable[UUID], day: date) -> set[UUID]:
    """Those of the people who hold a post in one of the units."""
    held = holdings(col(Person.id), day).lateral("held")
    query = (
        sa.select(col(Person.id))
        .join(held, sa.true())
        .where(col(Person.id).in_(list(person_ids)), held.c.is_post, held.c.unit_id.in_(list(units)))
    )
    return set((await session.scalars(query)).all())
