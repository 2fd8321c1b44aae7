"""Accounts as administrators keep them: system administrators make, close and reset them, and give no roles (I3)."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from xiaoneng.core.access.errors import PermissionDenied
from xiaoneng.core.access.models import Role
from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.accounts import repository
from xiaoneng.core.accounts.errors import LoginTaken, WeakPassword
from xiaoneng.core.accounts.models import Account, Client, RevokeReason
from xiaoneng.core.accounts.rules.ladder import Post, answering
from xiaoneng.core.accounts.rules.passwords import fold_login, is_strong
from xiaoneng.core.accounts.schemas import AccountDraft, AccountRead, PasswordReset
from xiaoneng.core.accounts.service import passwords
from xiaoneng.core.accounts.service.sessions import SUBJECT, close_all, open_session
from xiaoneng.core.organization.service.directory import person_refs
from xiaoneng.core.timeline.schemas import Author, Change
from xiaoneng.core.timeline.service import record
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session, check_rev
from xiaoneng.kit.pages import Page, PageParams
from xiaoneng.kit.problems import NotFound
from xiaoneng.settings import get_settings


async def create_account(session: Session, author: Author, draft: AccountDraft) -> Account:
    """Make an account, without roles. Raises WeakPassword, LoginTaken and NotFound (of the person)."""
    login = fold_login(draft.login)
    if not is_strong(draft.password, login):
        raise WeakPassword
    if draft.person_id is not None and not await person_refs(session, [draft.person_id]):
        raise NotFound
    if await repository.is_taken(session, login, draft.person_id):
        raise LoginTaken
    now = clock.now()
    account = Account(
        login=login,
        person_id=draft.person_id,
        password_hash=draft.password_hash or await passwords.hash_password(draft.password),
        password_changed_at=None if draft.temporary else now,
        totp_secret=draft.totp_secret,
        totp_enrolled_at=now if draft.totp_secret else None,
    )
    session.add(account)
    await session.flush()
    changes = {"login": login, "person_id": str(draft.person_id) if draft.person_id else None}
    record(session, author, SUBJECT, account.id, Change("create", changes=changes))
    return account


async def disable_account(session: Session, actor: Actor, account_id: UUID, reason: str, expected_rev: int) -> Account:
    """Close an account and all its sessions. Raises NotFound, PermissionDenied and PreconditionFailed."""
    account = await _for_change(session, actor, account_id, expected_rev)
    account.disabled_at = account.disabled_at or clock.now()
    await _changed(session, actor, account, Change("disable", reason=reason), RevokeReason.ACCOUNT_DISABLED)
    return account


async def reset_password(
    session: Session, actor: Actor, account_id: UUID, given: PasswordReset, expected_rev: int
) -> Account:
    """Set a password that the holder must change, and close all sessions. The second factor stays.

    Raises NotFound, PermissionDenied, WeakPassword and PreconditionFailed.
    """
    account = await _for_change(session, actor, account_id, expected_rev)
    if not is_strong(given.password, account.login):
        raise WeakPassword
    account.password_hash, account.password_changed_at = await passwords.hash_password(given.password), None
    await _changed(session, actor, account, Change("reset_password", reason=given.reason), RevokeReason.RESET)
    return account


async def reset_totp(session: Session, actor: Actor, account_id: UUID, reason: str, expected_rev: int) -> Account:
    """Take the second factor off and close all sessions.

    Passwords and second factors are reset by different administrations, so that neither can enter an account alone.
    Raises NotFound, PermissionDenied and PreconditionFailed.
    """
    account = await _for_change(session, actor, account_id, expected_rev)
    account.totp_secret = account.totp_enrolled_at = account.totp_last_step = None
    await _changed(session, actor, account, Change("reset_totp", reason=reason), RevokeReason.RESET)
    return account


async def list_accounts(session: Session, params: PageParams) -> Page[AccountRead]:
    """The accounts by login."""
    return (await repository.accounts_page(session, params)).page(_read)


async def get_account(session: Session, account_id: UUID) -> AccountRead:
    """One account. Raises NotFound."""
    account = await repository.get_account(session, account_id)
    if account is None:
        raise NotFound
    return await read(session, account)


async def read(session: Session, account: Account) -> AccountRead:
    """The account as administrators see it."""
    refs = await person_refs(session, [account.person_id] if account.person_id else [])
    return _shape(account, refs[account.person_id].name if account.person_id else None)


def _read(row: Any) -> AccountRead:
    return _shape(row, row.name)


def _shape(account: Any, name: str | None) -> AccountRead:
    return AccountRead(
        id=account.id,
        login=account.login,
        person_id=account.person_id,
        name=name,
        disabled_at=account.disabled_at,
        totp_enrolled=account.totp_enrolled_at is not None,
        must_change_password=account.password_changed_at is None,
        rev=account.rev,
        created_at=account.created_at,
        updated_at=account.updated_at,
    )


async def accounts_of(
    session: Session,
    unit_id: UUID,
    roles: Iterable[Role],
    *,
    except_persons: Iterable[UUID] = (),
    except_units: Iterable[UUID] = (),
) -> list[UUID]:
    """The open accounts of a unit's heads, liaisons and the like, by the roles of their posts in it today.

    Left out are the people and the staff of the units that a report names (I1).
    """
    found = await repository.accounts_holding(session, unit_id, roles, clock.today())
    named = await _named(session, [row.person_id for row in found], except_persons, except_units)
    return [row.id for row in found if row.person_id not in named]


async def accounts_serving(
    session: Session, roles: Iterable[Role], *, except_persons: Iterable[UUID] = (), except_units: Iterable[UUID] = ()
) -> list[UUID]:
    """The open accounts of those who serve today in a body with one of the roles; named ones are left out (I1)."""
    found = await repository.accounts_serving(session, roles, clock.today())
    named = await _named(session, [row.person_id for row in found], except_persons, except_units)
    return [row.id for row in found if row.person_id not in named]


async def accounts_for(session: Session, person_ids: Iterable[UUID]) -> list[UUID]:
    """The open accounts of some people."""
    return list(await repository.accounts_for(session, person_ids))


async def accounts_answering(
    session: Session,
    unit_id: UUID,
    level: int,
    handler_id: UUID | None,
    *,
    except_persons: Iterable[UUID] = (),
    except_units: Iterable[UUID] = (),
) -> list[UUID]:
    """The accounts that a rung of the warning ladder wakes in a unit today, by their posts (R-61).

    The people and the staff of the units that a report names are left out before the call passes up (I1).
    """
    rows = await repository.posts_in(session, unit_id, handler_id, clock.today())
    named = await _named(session, [row.person_id for row in rows], except_persons, except_units)
    posts = [Post(*row) for row in rows if row.person_id not in named]
    return sorted({post.account_id for post in answering(posts, level, handler_id)})


async def _named(session: Session, found: Sequence[UUID], persons: Iterable[UUID], units: Iterable[UUID]) -> set[UUID]:
    named, of_units = set(persons), list(units)
    if found and of_units:
        named |= await repository.staff_among(session, found, of_units, clock.today())
    return named


async def issue_token_for(session: Session, login: str) -> str:
    """An access token without a password, for the command line. Raises PermissionDenied in production, and NotFound."""
    if get_settings().environment == "production":
        raise PermissionDenied
    account = await repository.find_account(session, fold_login(login))
    if account is None or account.disabled_at is not None:
        raise NotFound
    return (await open_session(session, account, Client.CONSOLE)).access_token


async def _for_change(session: Session, actor: Actor, account_id: UUID, expected_rev: int) -> Account:
    account = await repository.lock_account(session, account_id)
    if account is None:
        raise NotFound
    if account.id == actor.id:
        raise PermissionDenied
    check_rev(account, expected_rev)
    return account


async def _changed(session: Session, actor: Actor, account: Account, change: Change, reason: RevokeReason) -> None:
    account.rev += 1
    account.updated_at = clock.now()
    record(session, actor.author, SUBJECT, account.id, change)
    await close_all(session, account.id, reason)
