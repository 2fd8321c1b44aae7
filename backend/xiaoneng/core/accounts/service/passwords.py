"""Hashing passwords: Argon2id, in threads, four at a time in one process (64 MiB each)."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from xiaoneng.core.accounts.errors import LoginBusy

PARALLEL = 4
MAX_WAITING = 64
_hasher = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
_threads = ThreadPoolExecutor(PARALLEL, thread_name_prefix="argon2")
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=1$cEHKgYpfOPy68gqun2so9w$CGX9DcwK+VujNteyroM5X3XOmRiUpR38C1dkBHCgwEU"
"""The hash of a password that was thrown away: checking it takes as long as checking a real one."""
T = TypeVar("T")


class _Queue:
    waiting = 0


async def hash_password(password: str) -> str:
    """The Argon2id hash, with its parameters. Raises LoginBusy."""
    return await _in_thread(lambda: _hasher.hash(password))


async def verify(stored: str | None, password: str) -> bool:
    """Whether `password` is the one; without a stored hash the same work is done for nothing. Raises LoginBusy."""
    return await _in_thread(lambda: _verify(stored, password))


def _verify(stored: str | None, password: str) -> bool:
    try:
        return _hasher.verify(stored or _NOBODY, password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


async def _in_thread(work: Callable[[], T]) -> T:
    if _Queue.waiting >= MAX_WAITING:
        raise LoginBusy(headers={"Retry-After": "5"})
    _Queue.waiting += 1
    try:
        return await asyncio.get_running_loop().run_in_executor(_threads, work)
    finally:
        _Queue.waiting -= 1
