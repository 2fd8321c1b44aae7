"""Passwords wait for their turn: hashing is slow on purpose, so the queue before it is short."""

from collections.abc import Iterator
from contextlib import contextmanager

from xiaoneng.core.accounts.errors import LoginBusy
from xiaoneng.kit.passwords import hash_secret, secret_matches

MAX_WAITING = 64


class _Queue:
    waiting = 0


async def hash_password(password: str) -> str:
    """The Argon2id hash, with its parameters. Raises LoginBusy."""
    with _place():
        return await hash_secret(password)


async def verify(stored: str | None, password: str) -> bool:
    """Whether `password` is the one; without a stored hash the same work is done for nothing. Raises LoginBusy."""
    with _place():
        return await secret_matches(stored, password)


@contextmanager
def _place() -> Iterator[None]:
    if _Queue.waiting >= MAX_WAITING:
        raise LoginBusy(headers={"Retry-After": "5"})
    _Queue.waiting += 1
    try:
        yield
    finally:
        _Queue.waiting -= 1
