"""The windows of stages in the year in which a campaign is held; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

_DAY = timedelta(days=1)


class Dated(Protocol):
    """A stage as a document dates it: by month and day, or not at all."""

    @property
    def starts(self) -> str | None:
        """The first day, `10-01`."""

    @property
    def ends(self) -> str | None:
        """The last day, `11-30`."""

    @property
    def days(self) -> int | None:
        """How many days it lasts by default where the document leaves it open."""


@dataclass(frozen=True, slots=True)
class Window:
    """A span of days, both included."""

    starts_on: date
    ends_on: date


def month_day(year: int, written: str) -> date:
    """`09-30` in a year; the 29th of February is the last of the month in other years."""
    month, day = (int(part) for part in written.split("-"))
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, 28)


def year_of(stages: Sequence[Dated], starts_on: date) -> int:
    """The first year in which the first stage that the document dates has not ended when the campaign starts."""
    first = next((stage.ends for stage in stages if stage.ends), None)
    over = first is not None and month_day(starts_on.year, first) < starts_on
    return starts_on.year + over


def place(stages: Sequence[Dated], starts_on: date) -> list[Window]:
    """The windows: as the document dates them, else one after the other with their default lengths.

    The first one begins with the campaign. A stage that the document gives no first day begins after the one before.
    """
    year, begins = year_of(stages, starts_on), starts_on
    windows: list[Window] = []
    for stage in stages:
        first = month_day(year, stage.starts) if stage.starts and windows else begins
        last = month_day(year, stage.ends) if stage.ends else first + timedelta(days=(stage.days or 1) - 1)
        windows.append(Window(first, last))
        begins = last + _DAY
    return windows


def follow_each_other(windows: Iterable[Window]) -> bool:
    """Whether each window is one, and none begins before the one before it has ended."""
    before: date | None = None
    for window in windows:
        if window.ends_on < window.starts_on or (before is not None and window.starts_on <= before):
            return False
        before = window.ends_on
    return True
