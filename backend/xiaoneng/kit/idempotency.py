"""`Idempotency-Key`: the first answer to a POST is kept with what it did, and given again.

The row is written in the transaction of the request, so that there is no moment at which the effect stands and the
answer does not (IETF draft idempotency-key-header; keys are forgotten after a day).
"""

import hashlib
from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel, col

from xiaoneng.kit import clock
from xiaoneng.kit.db import Session, type_moment
from xiaoneng.kit.problems import AppError, BadRequest, Conflict

MAX_KEY_LENGTH = 255


class StoredAnswer(SQLModel, table=True):
    """One answered request: `scope` is the caller and the route, `fingerprint` the SHA-256 of the payload."""

    __tablename__: ClassVar[str] = "idempotency_key"
    __table_args__ = (sa.Index(None, "answered_at"),)

    scope: str = Field(primary_key=True)
    key: str = Field(primary_key=True, max_length=MAX_KEY_LENGTH)
    fingerprint: bytes
    status: int
    media_type: str
    headers: dict[str, str] = Field(sa_type=sa.JSON)
    body: bytes
    answered_at: datetime = Field(default_factory=clock.now, sa_type=type_moment)


class KeyReused(AppError):
    """The same key came with another payload."""

    code = "idempotency.key_reused"
    status = 422
    title_zh = "同一个 Idempotency-Key 用在了不同的内容上"
    title_en = "This Idempotency-Key was used with another payload"


class StillRunning(Conflict):
    """The first request with this key has not finished."""

    code = "idempotency.still_running"
    title_zh = "同一请求正在处理，请稍候"
    title_en = "A request with this key is still running"


class KeyMissing(BadRequest):
    """Machines must send a key with every POST."""

    code = "idempotency.key_missing"
    title_zh = "缺少 Idempotency-Key"
    title_en = "Idempotency-Key is missing"


class KeyUnusable(BadRequest):
    """The key is empty or too long."""

    code = "idempotency.key_unusable"
    title_zh = "Idempotency-Key 长度应为 1 至 255 个字符"
    title_en = "An Idempotency-Key has 1 to 255 characters"


def fingerprint(body: bytes) -> bytes:
    """What makes two payloads the same."""
    return hashlib.sha256(body).digest()


async def claim(session: Session, scope: str, key: str, body: bytes) -> StoredAnswer | None:
    """Take the key for this transaction. Returns the stored answer of a finished request, or None to go on.

    Raises KeyUnusable, StillRunning and KeyReused.
    """
    if not 0 < len(key) <= MAX_KEY_LENGTH:
        raise KeyUnusable
    taken = await session.scalar(
        sa.select(sa.func.pg_try_advisory_xact_lock(sa.func.hashtextextended(f"{scope} {key}", 0)))
    )
    if not taken:
        raise StillRunning(headers={"Retry-After": "1"})
    query = sa.select(StoredAnswer).where(col(StoredAnswer.scope) == scope, col(StoredAnswer.key) == key)
    found = await session.scalar(query)
    if found and found.fingerprint != fingerprint(body):
        raise KeyReused
    return found


async def forget_before(session: Session, moment: datetime) -> int:
    """Drop the answers given before `moment`; returns how many."""
    stale = sa.delete(StoredAnswer).where(col(StoredAnswer.answered_at) < moment).returning(col(StoredAnswer.key))
    return len((await session.scalars(stale)).all())
