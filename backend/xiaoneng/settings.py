"""The one reader of the environment. Nested groups use `__`: `XIAONENG_JWT__ACTIVE_KID=2026b`."""

import os
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import AliasChoices, BaseModel, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

DEV_MARK = "development-only"
MIN_KEY_BYTES = 32


class DatabaseSettings(BaseModel):
    """Pool sizes are per process; `slow_ms` is the duration from which a statement is logged."""

    pool_size: int = 16
    max_overflow: int = 8
    bindir: Path | None = None


class JwtSettings(BaseModel):
    """Signing keys by `kid`. Rotation: add a key, switch `active_kid`, drop the old one after `access_minutes`."""

    keys: dict[str, SecretStr] = {"dev": SecretStr(f"{DEV_MARK}-access-token-signing-key-0000")}
    active_kid: str = "dev"
    issuer: str = "xiaoneng"
    audience: str = "xiaoneng-api"
    access_minutes: int = 10
    idle_minutes: int = 30
    absolute_hours: int = 8


class CryptoSettings(BaseModel):
    """Column encryption keys by key id, and the key of the look-up hashes."""

    keys: dict[str, SecretStr] = {"dev": SecretStr(f"{DEV_MARK}-column-encryption-key-00000")}
    active_key: str = "dev"
    lookup_key: SecretStr = SecretStr(f"{DEV_MARK}-look-up-hash-key-0000000000")


class LoginSettings(BaseModel):
    """Bars of GB/T 22239 8.1.4.1: five failures lock for fifteen minutes; a second factor for staff."""

    max_failures: int = 5
    lock_minutes: int = 15
    totp_required: bool = False


class FileSettings(BaseModel):
    """Upload limits: bytes per file."""

    max_bytes: int = 20 * 1024 * 1024


class DocumentSettings(BaseModel):
    """Folders of fonts besides those of the system, for the PDF of official documents: a JSON list."""

    font_dirs: list[Path] = []


class Settings(BaseSettings):
    """Everything a deployment can set. Refuses development secrets outside development and tests."""

    model_config = SettingsConfigDict(env_prefix="XIAONENG_", env_nested_delimiter="__", populate_by_name=True)

    environment: Literal["dev", "test", "production"] = "dev"
    state_dir: Path = Path(".var")
    static_dir: Path = Path("frontend/dist")
    public_url: str = "http://127.0.0.1:8000"
    trusted_proxies: list[str] = ["127.0.0.1"]
    """Addresses or networks whose `X-Forwarded-For` and `-Proto` count: a JSON list."""
    clock_file: Path | None = None
    """Where `xiaoneng clock` writes how far the present is moved, for rehearsals; refused in production."""
    database_url: str | None = Field(default=None, validation_alias=AliasChoices("DATABASE_URL", "database_url"))
    owner_database_url: str | None = Field(
        default=None, validation_alias=AliasChoices("OWNER_DATABASE_URL", "owner_database_url")
    )
    database: DatabaseSettings = DatabaseSettings()
    jwt: JwtSettings = JwtSettings()
    crypto: CryptoSettings = CryptoSettings()
    login: LoginSettings = LoginSettings()
    files: FileSettings = FileSettings()
    documents: DocumentSettings = DocumentSettings()

    @model_validator(mode="after")
    def _refuse_weak_secrets(self) -> Self:
        secrets = [*self.jwt.keys.values(), *self.crypto.keys.values(), self.crypto.lookup_key]
        values = [secret.get_secret_value() for secret in secrets]
        if any(len(value.encode()) < MIN_KEY_BYTES for value in values):
            raise ValueError(f"every key must hold at least {MIN_KEY_BYTES} bytes")
        if self.environment == "production" and any(DEV_MARK in value for value in values):
            raise ValueError(
                "development keys are refused outside development: set XIAONENG_JWT__KEYS and XIAONENG_CRYPTO__*"
            )
        if self.environment == "production" and not self.login.totp_required:
            raise ValueError("a second factor is required outside development: set XIAONENG_LOGIN__TOTP_REQUIRED=true")
        return self

    @model_validator(mode="after")
    def _refuse_moved_clock(self) -> Self:
        if self.environment == "production" and self.clock_file is not None:
            raise ValueError("the clock cannot be moved in production: unset XIAONENG_CLOCK_FILE")
        return self


@cache
def get_settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()


def use_database(url: str) -> None:
    """Make this process and those it starts use one database, whatever the environment said before."""
    os.environ["DATABASE_URL"] = url
    get_settings.cache_clear()
