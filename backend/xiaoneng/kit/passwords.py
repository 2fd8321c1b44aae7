"""Slow hashes of short secrets: passwords and receipt secrets (Argon2id, t=3, 64 MiB)."""

import asyncio
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MAX_PARALLEL = 4
MAX_LENGTH = 256
_hasher = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
_slots = asyncio.Semaphore(MAX_PARALLEL)


async def hash_secret(secret: str) -> str:
    """Hash a secret, off the event loop, at most four at a time."""
    async with _slots:
        return await asyncio.to_thread(_hasher.hash, secret)


async def secret_matches(hashed: str | None, secret: str) -> bool:
    """Whether `secret` belongs to the hash; the same work is done when there is none to compare with."""
    if len(secret) > MAX_LENGTH:
        return False
    async with _slots:
        return await asyncio.to_thread(_verify, hashed, secret)


def _verify(hashed: str | None, secret: str) -> bool:
    try:
        return _hasher.verify(hashed or _nobodys_hash(), secret) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys_hash() -> str:
    return _hasher.hash("nobody")
