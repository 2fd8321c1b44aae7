"""Logging in."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NoReturn

from xiaoneng.core.accounts import repository
from xiaoneng.core.accounts.errors import InvalidCredentials, Locked, SourceThrottled, TotpRequired
from xiaoneng.core.accounts.models import Account
from xiaoneng.core.accounts.rules import totp
from xiaoneng.core.accounts.rules.passwords import fold_login
from xiaoneng.core.accounts.schemas import LoginInput, Tokens
from xiaoneng.core.accounts.service import passwords
from xiaoneng.core.accounts.service.sessions import note, open_session
from xiaoneng.kit import clock
from xiaoneng.kit.crypto import provider
from xiaoneng.kit.db import Database, Session
from xiaoneng.kit.log import get_logger
from xiaoneng.settings import get_settings

_log = get_logger(__name__)
SOURCE_FAILURES = 60
SOURCE_WINDOW = timedelta(minutes=1)
_MAX_SOURCES = 10_000
_failures: dict[str, deque[datetime]] = {}


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt that was counted: its number and whom it is about."""

    key: bytes
    number: int
    account: Account | None


async def log_in(database: Database, session: Session, given: LoginInput, source: str) -> Tokens:
    """Check login, password and second factor, and open a session.

    The attempt is counted in a unit of work of its own before the password is looked at, so that neither an error nor
    a crash nor attempts in parallel give more tries; no connection is held while the password is hashed.
    Raises InvalidCredentials, TotpRequired, Locked, SourceThrottled and LoginBusy.
    """
    _check_source(source)
    attempt = await begin_attempt(database, given.login)
    stored = attempt.account.password_hash if attempt.account and attempt.account.disabled_at is None else None
    if not await passwords.verify(stored, given.password):
        await _refuse(database, attempt, source)
    return await _finish(database, session, attempt, given, source)


async def begin_attempt(database: Database, login: str) -> Attempt:
    """Count an attempt on a login, and look whose it is. Raises Locked."""
    settings = get_settings().login
    folded = fold_login(login)
    key = provider().lookup_hash(f"login {folded}")
    now = clock.now()
    async with database.unit_of_work() as session:
        lock = timedelta(minutes=settings.lock_minutes)
        number = await repository.begin_attempt(session, key, now, settings.max_failures, lock)
        if number is not None:
            return Attempt(key, number, await repository.find_account(session, folded))
        until = await repository.locked_until(session, key)
    seconds = max(1, round((until - now).total_seconds())) if until else 1
    raise Locked(headers={"Retry-After": str(seconds)})


async def _finish(database: Database, session: Session, attempt: Attempt, given: LoginInput, source: str) -> Tokens:
    """The password was right; the account is looked at again, locked, as it is now."""
    before = attempt.account
    account = await repository.lock_account(session, before.id) if before else None
    if account is None or before is None or account.password_hash != before.password_hash or account.disabled_at:
        raise InvalidCredentials
    if account.totp_enrolled_at is not None:
        if given.totp_code is None:
            await _give_back(database, attempt)
            raise TotpRequired
        if not take_code(account, given.totp_code):
            await _refuse(database, attempt, source)
    await repository.end_attempts(session, attempt.key)
    note(session, account, "log_in")
    return await open_session(session, account, given.client)


def take_code(account: Account, code: str) -> bool:
    """Use up a code of the second factor. The account's row must be locked."""
    if account.totp_secret is None:
        return False
    step = totp.matching_step(account.totp_secret, code, clock.now(), account.totp_last_step)
    if step is None:
        return False
    account.totp_last_step = step
    return True


async def _give_back(database: Database, attempt: Attempt) -> None:
    """Asking for the code is no failure; but it does not forget the failures before either."""
    async with database.unit_of_work() as session:
        await repository.give_back_attempt(session, attempt.key)


async def _refuse(database: Database, attempt: Attempt, source: str) -> NoReturn:
    _failures.setdefault(source, deque()).append(clock.now())
    await note_failure(database, attempt, "log_in_failed")
    raise InvalidCredentials


async def note_failure(database: Database, attempt: Attempt, action: str) -> None:
    """Note a failed attempt where it outlives the error."""
    locks = attempt.number >= get_settings().login.max_failures
    if attempt.account is None:
        _log.info(action, known=False, locks=locks)
        return
    async with database.unit_of_work() as session:
        note(session, attempt.account, action)
        if locks:
            note(session, attempt.account, "lock")


def _check_source(source: str) -> None:
    """One address fails at most sixty times a minute in one process; a whole town hall may stand behind it."""
    if len(_failures) > _MAX_SOURCES:
        _failures.clear()
    failed = _failures.get(source)
    if failed is None:
        return
    now = clock.now()
    while failed and not timedelta() <= now - failed[0] < SOURCE_WINDOW:
        failed.popleft()
    if len(failed) >= SOURCE_FAILURES:
        raise SourceThrottled(headers={"Retry-After": str(round(SOURCE_WINDOW.total_seconds()))})
