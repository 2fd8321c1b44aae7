"""Accounts, their sessions, and the keys of machines."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from xiaoneng.core.access.models import Role
from xiaoneng.kit import clock, ids
from xiaoneng.kit.crypto import SealedText
from xiaoneng.kit.db import Entity, enum_type, type_moment


class Client(StrEnum):
    """What holds a session: a browser keeps the refresh token in a cookie, a device in its own store."""

    WEB = "web"
    DEVICE = "device"
    CONSOLE = "console"
    """the command line, in development"""


class RevokeReason(StrEnum):
    """Why a session ended before its time."""

    LOGOUT = "logout"
    REFRESH_REUSED = "refresh_reused"
    RENEWED = "renewed"
    """a new password"""
    RESET = "reset"
    ACCOUNT_DISABLED = "account_disabled"


class Account(Entity, table=True):
    """What somebody logs in with. It holds no role: roles come from the person's posts and bodies.

    `password_changed_at` is empty while the password is one that somebody else has set.
    """

    __tablename__: ClassVar[str] = "account"
    __table_args__ = (
        sa.CheckConstraint("login ~ '^[a-z0-9._@-]+$'", name="login_folded"),
        sa.CheckConstraint("totp_enrolled_at IS NULL OR totp_secret IS NOT NULL", name="enrolled_with_secret"),
        sa.Index(
            "uq_account_live_person",
            "person_id",
            unique=True,
            postgresql_where=sa.text("disabled_at IS NULL"),
        ),
    )

    login: str = Field(max_length=60, unique=True)
    person_id: UUID | None = Field(default=None, foreign_key="person.id")
    password_hash: str
    password_changed_at: datetime | None = Field(default=None, sa_type=type_moment)
    disabled_at: datetime | None = Field(default=None, sa_type=type_moment)
    totp_secret: str | None = Field(default=None, sa_type=SealedText)
    totp_last_step: int | None = Field(default=None, sa_type=sa.BigInteger)
    totp_enrolled_at: datetime | None = Field(default=None, sa_type=type_moment)
    locale: str = Field(default="zh-CN", max_length=10)


class LoginThrottle(SQLModel, table=True):
    """Attempts on one login that have not succeeded, whether or not an account of that name exists.

    `key` is a keyed hash: people type passwords into the wrong field.
    """

    __tablename__: ClassVar[str] = "login_throttle"
    __table_args__ = (sa.Index(None, "last_attempt_at"),)

    key: bytes = Field(primary_key=True)
    failures: int
    last_attempt_at: datetime = Field(sa_type=type_moment)
    locked_until: datetime | None = Field(default=None, sa_type=type_moment)


class LoginSession(SQLModel, table=True):
    """One login and the family of refresh tokens that descends from it."""

    __tablename__: ClassVar[str] = "login_session"
    __table_args__ = (
        sa.CheckConstraint("(revoked_at IS NULL) = (revoke_reason IS NULL)", name="revoked_for_a_reason"),
        sa.Index(None, "account_id", postgresql_where=sa.text("revoked_at IS NULL")),
    )

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    account_id: UUID = Field(foreign_key="account.id")
    client: Client = Field(sa_type=enum_type(Client))
    created_at: datetime = Field(default_factory=clock.now, sa_type=type_moment)
    last_used_at: datetime = Field(default_factory=clock.now, sa_type=type_moment)
    revoked_at: datetime | None = Field(default=None, sa_type=type_moment)
    revoke_reason: RevokeReason | None = Field(default=None, sa_type=enum_type(RevokeReason))


class RefreshToken(SQLModel, table=True):
    """A refresh token by its SHA-256; it is good once. One unused token a session at most."""

    __tablename__: ClassVar[str] = "refresh_token"
    __table_args__ = (
        sa.Index("uq_refresh_token_unused", "session_id", unique=True, postgresql_where=sa.text("used_at IS NULL")),
        sa.Index(None, "issued_at"),
    )

    hash: bytes = Field(primary_key=True)
    session_id: UUID = Field(foreign_key="login_session.id")
    issued_at: datetime = Field(default_factory=clock.now, sa_type=type_moment)
    used_at: datetime | None = Field(default=None, sa_type=type_moment)


class ApiKey(Entity, table=True):
    """The key of a machine, bound to one message source. It does nothing until the security administrator enables it.

    `scopes` are the permissions it may use; `secret_hash` is the SHA-256 of 256 random bits.
    """

    __tablename__: ClassVar[str] = "api_key"
    __table_args__ = (
        sa.CheckConstraint("expires_at <= created_at + interval '1 year'", name="one_year"),
        sa.CheckConstraint("role = 'HSY'", name="machine_role"),
        sa.CheckConstraint("enabled_at IS NULL OR cardinality(scopes) > 0", name="enabled_with_scopes"),
    )

    prefix: str = Field(max_length=16, unique=True)
    secret_hash: bytes
    name: str = Field(max_length=100)
    role: Role = Field(default=Role.HSY, sa_type=enum_type(Role))
    source: str = Field(max_length=40)
    scopes: list[str] = Field(default_factory=list, sa_type=ARRAY(sa.Text))
    expires_at: datetime = Field(sa_type=type_moment)
    created_by: UUID
    enabled_at: datetime | None = Field(default=None, sa_type=type_moment)
    enabled_by: UUID | None = None
    revoked_at: datetime | None = Field(default=None, sa_type=type_moment)
    last_used_at: datetime | None = Field(default=None, sa_type=type_moment)
