"""`Idempotency-Key`: the first answer to a POST is kept with what it did, and given again.

The row is written in the transaction of the request, so that there is no moment at which the effect stands and the
answer does not (IETF draft idempotency-key-header; keys are forgotten after a day). An answer may carry a receipt or a
token, a payload a password: the table holds only a hash of the key, and the answer is encrypted under the key itself.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlmodel import Field, SQLModel, col

from xiaoneng.kit import clock
from xiaoneng.kit.db import Session, type_moment
from xiaoneng.kit.problems import AppError, BadRequest, Conflict

MAX_KEY_LENGTH = 255
_NONCE_BYTES = 12


class StoredAnswer(SQLModel, table=True):
    """One answered request: `scope` is the caller and the address, `fingerprint` what makes two payloads the same."""

    __tablename__: ClassVar[str] = "idempotency_key"
    __table_args__ = (sa.Index(None, "answered_at"),)

    scope: str = Field(primary_key=True)
    key_hash: bytes = Field(primary_key=True)
    fingerprint: bytes
    status: int
    media_type: str
    headers: dict[str, str] = Field(sa_type=sa.JSON)
    sealed_body: bytes
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


@dataclass(frozen=True, slots=True)
class Claim:
    """A key taken for the running transaction."""

    scope: str
    key: str
    fingerprint: bytes

    def row(self, status: int, media_type: str, headers: dict[str, str], body: bytes) -> dict[str, Any]:
        """The row that keeps an answer."""
        return {
            "scope": self.scope,
            "key_hash": _hash(self.key),
            "fingerprint": self.fingerprint,
            "status": status,
            "media_type": media_type,
            "headers": headers,
            "sealed_body": _seal(self.key, body),
            "answered_at": clock.now(),
        }


class Replay(Exception):
    """The request was answered before; `answer` is what was said."""

    def __init__(self, answer: StoredAnswer, body: bytes) -> None:
        super().__init__(answer.status)
        self.answer = answer
        self.body = body


async def claim(session: Session, scope: str, key: str, payload: bytes) -> Claim:
    """Take the key for this transaction.

    Raises Replay when the request has been answered, and KeyUnusable, StillRunning and KeyReused.
    """
    if not 0 < len(key) <= MAX_KEY_LENGTH:
        raise KeyUnusable
    key_hash = _hash(key)
    lock = int.from_bytes(hashlib.sha256(scope.encode() + key_hash).digest()[:8], "big", signed=True)
    if not await session.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(lock))):
        raise StillRunning(headers={"Retry-After": "1"})
    query = sa.select(StoredAnswer).where(col(StoredAnswer.scope) == scope, col(StoredAnswer.key_hash) == key_hash)
    found = await session.scalar(query)
    mark = hmac.digest(_secret(key), payload, hashlib.sha256)
    if found is None:
        return Claim(scope, key, mark)
    if found.fingerprint != mark:
        raise KeyReused
    raise Replay(found, _unseal(key, found.sealed_body))


def _hash(key: str) -> bytes:
    return hashlib.sha256(b"look up" + key.encode()).digest()


def _secret(key: str) -> bytes:
    return hashlib.sha256(b"seal" + key.encode()).digest()


def _seal(key: str, body: bytes) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(_secret(key)).encrypt(nonce, body, None)


def _unseal(key: str, sealed: bytes) -> bytes:
    return AESGCM(_secret(key)).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], None)


async def forget_before(session: Session, moment: datetime) -> int:
    """Drop the answers given before `moment`; returns how many."""
    stale = sa.delete(StoredAnswer).where(col(StoredAnswer.answered_at) < moment).returning(col(StoredAnswer.scope))
    return len((await session.scalars(stale)).all())
