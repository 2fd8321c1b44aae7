"""Headings on several levels and merged cells, as officials draw them: read for what they mean, never guessed.

A cell that spans others stands for all of them, in the heading and below it. Levels of a heading are joined from the
top down, as `整改情况 › 追责 › 人数`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xiaoneng.core.transfers.models.words import RawCell
from xiaoneng.core.transfers.rules.sheets import JOINT


@dataclass(frozen=True, slots=True)
class Span:
    """Merged cells: first and last row and column, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


class Spans:
    """The merged cells of a sheet, applied row by row; `rows` are given in their order from the first on."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._waiting = sorted(spans, key=lambda span: span.top, reverse=True)
        self._held: list[tuple[Span, RawCell]] = []

    def spread(self, number: int, cells: Sequence[RawCell]) -> list[RawCell]:
        """The cells of row `number` with every covered one filled."""
        filled = list(cells)
        self._held = [(span, value) for span, value in self._held if span.bottom >= number]
        while self._waiting and self._waiting[-1].top <= number:
            span = self._waiting.pop()
            if span.top == number and span.left < len(filled):
                self._held.append((span, filled[span.left]))
        for span, value in self._held:
            for place in range(span.left, min(span.right + 1, len(filled))):
                filled[place] = value
        return filled


def depth_of(spans: Sequence[Span], first: int) -> int:
    """How many rows the heading that begins in row `first` has.

    A cell that spans rows reaches down to its last level; one that spans columns has at least one level below it.
    """
    last = first
    row = first
    while row <= last:
        for span in spans:
            if span.top == row:
                has_more = span.right > span.left and span.bottom == span.top
                last = max(last, span.bottom, row + 1 if has_more and _reaches(spans, span, row) else row)
        row += 1
    return last - first + 1


def _reaches(spans: Sequence[Span], span: Span, row: int) -> bool:
    """Whether other headings of that row go down beside it: a title over the whole table has none."""
    return any(other.top == row and other.bottom > row for other in spans if other is not span) or row > span.top


def joined(levels: Sequence[Sequence[str]]) -> list[str]:
    """One heading a column: its different levels from the top down."""
    width = max(map(len, levels))
    return [JOINT.join(_distinct([level[place] for level in levels if place < len(level)])) for place in range(width)]


def _distinct(words: Sequence[str]) -> Iterator[str]:
    before = ""
    for word in words:
        if word and word != before:
            yield word
        before = word or before
