"""What people do with their own account."""

import pyotp

from xiaoneng.core.access.errors import PermissionDenied
from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.accounts import repository
from xiaoneng.core.accounts.errors import (
    AlreadyEnrolled,
    NotEnrolling,
    WeakPassword,
    WrongCode,
    WrongPassword,
)
from xiaoneng.core.accounts.models import Account, RevokeReason
from xiaoneng.core.accounts.rules.passwords import is_strong
from xiaoneng.core.accounts.schemas import MeRead, PasswordChange, TotpSecret
from xiaoneng.core.accounts.service import known, passwords
from xiaoneng.core.accounts.service.known import Caller
from xiaoneng.core.accounts.service.login import begin_attempt, note_failure, take_code
from xiaoneng.core.accounts.service.sessions import close_all, note
from xiaoneng.core.organization.service import directory
from xiaoneng.kit import clock
from xiaoneng.kit.db import Database, Session

ISSUER = "Xiaoneng"


async def me(session: Session, caller: Caller) -> MeRead:
    """The caller with roles and permissions. Raises PermissionDenied for a machine."""
    actor = caller.actor
    account = await _account(session, actor)
    refs = await directory.unit_refs(session, [actor.unit_id] if actor.unit_id else [])
    return MeRead(
        id=account.id,
        login=account.login,
        name=actor.name,
        unit=refs.get(actor.unit_id) if actor.unit_id else None,
        roles=sorted(actor.roles),
        permissions=sorted(actor.permissions),
        totp_enrolled=account.totp_enrolled_at is not None,
        must_enrol=caller.must_enrol,
        must_change_password=caller.must_change_password,
        locale=account.locale,
    )


async def change_password(database: Database, session: Session, caller: Caller, given: PasswordChange) -> None:
    """Set a new password and close every other session.

    A wrong current password counts like a failed login. Raises WrongPassword, WeakPassword and Locked.
    """
    account = await _account(session, caller.actor)
    if not is_strong(given.new_password, account.login):
        raise WeakPassword
    attempt = await begin_attempt(database, account.login)
    if not await passwords.verify(account.password_hash, given.current_password):
        await note_failure(database, attempt, "change_password_failed")
        raise WrongPassword
    new_hash = await passwords.hash_password(given.new_password)
    account = await _locked(session, caller.actor)
    account.password_hash, account.password_changed_at = new_hash, clock.now()
    await repository.end_attempts(session, attempt.key)
    note(session, account, "change_password")
    _changed(account)
    await close_all(session, account.id, RevokeReason.RENEWED, keep=caller.session_id)


async def begin_totp(session: Session, actor: Actor) -> TotpSecret:
    """A secret for a second factor, which counts once it is confirmed. Raises AlreadyEnrolled."""
    account = await _locked(session, actor)
    if account.totp_enrolled_at is not None:
        raise AlreadyEnrolled
    account.totp_secret = pyotp.random_base32()
    account.totp_last_step = None
    note(session, account, "ask_totp")
    _changed(account)
    uri = pyotp.TOTP(account.totp_secret).provisioning_uri(name=account.login, issuer_name=ISSUER)
    return TotpSecret(secret=account.totp_secret, otpauth_uri=uri)


async def confirm_totp(session: Session, actor: Actor, code: str) -> None:
    """Make the second factor count. Raises AlreadyEnrolled, NotEnrolling and WrongCode."""
    account = await _locked(session, actor)
    if account.totp_enrolled_at is not None:
        raise AlreadyEnrolled
    if account.totp_secret is None:
        raise NotEnrolling
    if not take_code(account, code):
        raise WrongCode
    account.totp_enrolled_at = clock.now()
    note(session, account, "enrol_totp")
    _changed(account)


async def _account(session: Session, actor: Actor) -> Account:
    account = await repository.get_account(session, actor.id)
    if account is None:
        raise PermissionDenied
    return account


async def _locked(session: Session, actor: Actor) -> Account:
    account = await repository.lock_account(session, actor.id)
    if account is None:
        raise PermissionDenied
    return account


def _changed(account: Account) -> None:
    account.rev += 1
    account.updated_at = clock.now()
    known.forget_account(account.id)
