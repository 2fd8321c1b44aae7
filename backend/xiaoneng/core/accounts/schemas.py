"""Shapes of accounts, login and keys."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from xiaoneng.core.access.models import Role
from xiaoneng.core.accounts.models import Client
from xiaoneng.core.organization.schemas.shared import UnitRef
from xiaoneng.kit.schemas import AS_NUMBER, Input, LocalDateTime, Reason, Schema

Password = Annotated[str, StringConstraints(min_length=1, max_length=256, strip_whitespace=False)]
Login = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, to_lower=True, min_length=2, max_length=60, pattern=r"^[a-zA-Z0-9._@\-]+$"
    ),
]
TotpCode = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9]{6}$")]
MAX_KEY_DAYS = 365
BEARER: Literal["Bearer"] = "Bearer"


class LoginInput(Input):
    """Login and password; the code when the account has a second factor."""

    login: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    password: Password
    totp_code: TotpCode | None = None
    client: Literal[Client.WEB, Client.DEVICE] = Client.WEB


class TokenRead(Schema):
    """An access token and how many seconds it lives. Browsers get the refresh token in a cookie, not here."""

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int
    refresh_token: str | None


class RefreshInput(Input):
    """The refresh token of a device; browsers send their cookie instead."""

    refresh_token: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None


class MeRead(Schema):
    """The caller."""

    id: UUID
    login: str
    name: str
    unit: UnitRef | None
    roles: list[Role]
    permissions: list[str]
    totp_enrolled: bool
    must_enrol: bool
    must_change_password: bool
    locale: str


class PasswordChange(Input):
    """The current and the new password."""

    current_password: Password
    new_password: Password


class TotpSecret(Schema):
    """The secret to put into an authenticator; shown once."""

    secret: str
    otpauth_uri: str


class TotpConfirm(Input):
    """The first code of the authenticator."""

    code: TotpCode


class AccountCreate(Input):
    """A new account, without any role. The holder must change the password at the first login."""

    login: Login
    password: Password
    person_id: UUID | None = None


class AccountDisable(Input):
    """Why the account is closed."""

    reason: Reason


class PasswordReset(Input):
    """A new password set by an administrator; the holder must change it at the next login."""

    password: Password
    reason: Reason


class TotpReset(Input):
    """Why the second factor is taken off, such as a lost telephone."""

    reason: Reason


class AccountRead(Schema):
    """One account."""

    id: UUID
    login: str
    person_id: UUID | None
    name: str | None
    disabled_at: LocalDateTime | None
    totp_enrolled: bool
    must_change_password: bool
    rev: int
    created_at: LocalDateTime
    updated_at: LocalDateTime


class ApiKeyCreate(Input):
    """A key for one message source; it works once the security administrator has enabled it."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    source: Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"^[a-z0-9_\-]+$")]
    expires_in_days: Annotated[int, Field(ge=1, le=MAX_KEY_DAYS), AS_NUMBER] = MAX_KEY_DAYS


class ApiKeyEnable(Input):
    """The permissions that the key may use."""

    scopes: Annotated[list[str], Field(min_length=1, max_length=20)]


class ApiKeyRevoke(Input):
    """Why the key is withdrawn."""

    reason: Reason


class ApiKeyRead(Schema):
    """One machine key; the secret is not kept."""

    id: UUID
    prefix: str
    name: str
    role: Role
    source: str
    scopes: list[str]
    expires_at: LocalDateTime
    enabled_at: LocalDateTime | None
    revoked_at: LocalDateTime | None
    last_used_at: LocalDateTime | None
    rev: int
    created_at: LocalDateTime


class ApiKeyCreated(ApiKeyRead):
    """The new key with its secret, which is shown this once: `Authorization: Bearer <token>`."""

    token: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a login or a refresh hands out."""

    client: Client
    session_id: UUID
    access_token: str
    access_lifetime: timedelta
    refresh_token: str
    session_lifetime: timedelta


@dataclass(frozen=True, slots=True)
class AccountDraft:
    """An account to be made by seeding: `temporary` makes the holder change the password.

    `password_hash` spares hashing one password for many accounts.
    """

    login: str
    password: str
    person_id: UUID | None = None
    temporary: bool = False
    totp_secret: str | None = None
    password_hash: str | None = None
