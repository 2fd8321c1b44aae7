"""Drawing lots that anyone can repeat: who is drawn follows from the seed and the population alone; pure."""

import hashlib
from collections.abc import Sequence


def share(percent: int, count: int) -> int:
    """How many of `count` are drawn: the percentage, rounded up, so that one of a few is not none."""
    return -(-percent * count // 100)


def fingerprint(names: Sequence[str]) -> str:
    """The SHA-256 of a population: its names in their order, one a line."""
    return hashlib.sha256("\n".join(sorted(names)).encode()).hexdigest()


def drawn(seed: str, names: Sequence[str], count: int) -> list[str]:
    """The sample: the `count` names whose SHA-256 together with the seed comes first, in that order."""
    ranked = sorted(names, key=lambda name: hashlib.sha256(f"{seed}\n{name}".encode()).digest())
    return ranked[:count]
