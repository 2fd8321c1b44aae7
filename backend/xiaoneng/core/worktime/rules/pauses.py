"""Intervals during which a limit does not run, such as hearings and expert review (行政许可法 45)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Pause:
    """From `began_at` (belongs to it) to `ended_at` (does not); None while it is still open.

    Raises ValueError for naive moments and for an end before the beginning.
    """

    began_at: datetime
    ended_at: datetime | None

    def __post_init__(self) -> None:
        if self.began_at.tzinfo is None or (self.ended_at is not None and self.ended_at.tzinfo is None):
            raise ValueError("a pause needs aware moments")
        if self.ended_at is not None and self.ended_at < self.began_at:
            raise ValueError("a pause cannot end before it begins")


def merged(pauses: Iterable[Pause]) -> list[Pause]:
    """The same time as disjoint pauses in order: what overlaps is one, so nothing is taken out twice."""
    result: list[Pause] = []
    for pause in sorted(pauses, key=lambda pause: pause.began_at):
        last = result[-1] if result else None
        if last is None or (last.ended_at is not None and last.ended_at < pause.began_at):
            result.append(pause)
        elif last.ended_at is not None and (pause.ended_at is None or pause.ended_at > last.ended_at):
            result[-1] = Pause(last.began_at, pause.ended_at)
    return result
