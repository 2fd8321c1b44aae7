"""Codes, receipts and the shape of a ballot; pure."""

import base64
import re
from collections.abc import Sequence

Answers = Sequence[Sequence[int | None]]
BATCH = 50
"""How many ballots are shuffled together at least (security bar 8)."""
_CODE_BYTES = 10
_SEPARATORS = re.compile(r"[\s\-－]")


def code_of(secret: bytes) -> str:
    """A code of 80 bits in groups of four letters and digits without 0, 1, 8 and 9."""
    text = base64.b32encode(secret[:_CODE_BYTES]).decode()
    return "-".join(text[place : place + 4] for place in range(0, len(text), 4))


def plain(code: str) -> str:
    """A code as it is compared, however it was typed."""
    return _SEPARATORS.sub("", code).upper()


def fits(answers: Answers, shape: tuple[int, int, int]) -> bool:
    """Whether there is an answer or none for each indicator of each object; `shape` counts all three."""
    objects, indicators, options = shape
    return len(answers) == objects and all(
        len(row) == indicators and all(one is None or 0 <= one < options for one in row) for row in answers
    )


def is_empty(answers: Answers) -> bool:
    """Whether nothing at all is answered."""
    return all(one is None for row in answers for one in row)


def to_move(waiting: int, *, closing: bool) -> int:
    """How many envelopes go into the box now: all at the end, else what a batch stays behind of."""
    if closing:
        return waiting
    return waiting - BATCH if waiting >= 2 * BATCH else 0
