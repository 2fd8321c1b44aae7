"""Drawing a sample of closed items that anyone can repeat; pure."""

import hashlib
from collections.abc import Sequence


def sample_size(percent: int, count: int) -> int:
    """How many of `count` are drawn: the percentage, rounded up, so that one of a few is not none."""
    return -(-percent * count // 100)


def fingerprint(numbers: Sequence[str]) -> str:
    """The SHA-256 of a population: its numbers in their order, one a line."""
    return hashlib.sha256("\n".join(sorted(numbers)).encode()).hexdigest()


def drawn(seed: str, numbers: Sequence[str], percent: int) -> list[str]:
    """The sample: the numbers whose SHA-256 together with the seed comes first, as many as the percentage asks for."""
    ranked = sorted(numbers, key=lambda number: hashlib.sha256(f"{seed}\n{number}".encode()).digest())
    return ranked[: sample_size(percent, len(ranked))]
