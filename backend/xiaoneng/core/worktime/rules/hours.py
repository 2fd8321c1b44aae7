"""Work windows: when an office is open, by season and weekday, with effective dates."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

MINUTES_PER_DAY = 24 * 60
_TIME_OF_DAY = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]|24:00")


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """Opening hours in minutes since local midnight: `opens` belongs to it, `closes` (≤ 1440) does not."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= MINUTES_PER_DAY:
            raise ValueError(f"a work window must lie within one day and not be empty: {self}")

    @property
    def opening(self) -> str:
        """When it opens, as `08:30`."""
        return _clock(self.opens)

    @property
    def closing(self) -> str:
        """When it closes, up to `24:00`."""
        return _clock(self.closes)


Windows = tuple[Window, ...]


def parse_windows(pairs: Sequence[Sequence[str]]) -> Windows:
    """Windows from pairs like `("08:30", "12:00")`; `24:00` is the end of the day.

    Raises ValueError for a malformed time, for overlaps and for an empty list.
    """
    windows: list[Window] = []
    for pair in pairs:
        if len(pair) != len(("opens", "closes")):
            raise ValueError(f"a work window has an opening and a closing time: {pair!r}")
        windows.append(Window(_minutes(pair[0]), _minutes(pair[1])))
    return checked(tuple(windows))


def checked(windows: Windows) -> Windows:
    """The same windows, sorted. Raises ValueError when there is none or when two overlap."""
    if not windows:
        raise ValueError("a working day needs at least one work window")
    ordered = tuple(sorted(windows))
    if any(later.opens < earlier.closes for earlier, later in pairwise(ordered)):
        raise ValueError("work windows of one day must not overlap")
    return ordered


def _minutes(text: str) -> int:
    if _TIME_OF_DAY.fullmatch(text) is None:
        raise ValueError(f"a time of day is written like 08:30, up to 24:00: {text!r}")
    return int(text[:2]) * 60 + int(text[3:])


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


DEFAULT_WINDOWS = parse_windows((("08:30", "12:00"), ("14:30", "17:30")))
"""What most offices keep in winter; used where no rule says otherwise."""


@dataclass(frozen=True, slots=True)
class HoursRule:
    """Windows from `valid_from` to `valid_to` (both inclusive), perhaps only in a season or on one weekday.

    A season is a pair of (month, day), both inclusive, and may span the new year. `weekday` 0 is Monday.
    Where several rules fit a day, one with a season beats one without, then one with a weekday beats one
    without, then the later `valid_from` wins.
    """

    windows: Windows
    valid_from: date
    valid_to: date | None = None
    season: tuple[tuple[int, int], tuple[int, int]] | None = None
    weekday: int | None = None

    def fits(self, day: date) -> bool:
        """Whether this rule speaks about `day`."""
        if day < self.valid_from or (self.valid_to is not None and day > self.valid_to):
            return False
        if self.weekday is not None and self.weekday != day.weekday():
            return False
        return self.season is None or self._in_season((day.month, day.day))

    def _in_season(self, month_day: tuple[int, int]) -> bool:
        first, last = self.season or ((1, 1), (12, 31))
        if first <= last:
            return first <= month_day <= last
        return month_day >= first or month_day <= last

    @property
    def precedence(self) -> tuple[bool, bool, date]:
        """Sort key: of the rules that fit a day, the greatest wins."""
        return (self.season is not None, self.weekday is not None, self.valid_from)


@dataclass(frozen=True, slots=True)
class WorkHours:
    """All rules of a calendar, strongest first, over a default."""

    rules: tuple[HoursRule, ...] = ()
    default: Windows = DEFAULT_WINDOWS

    def __post_init__(self) -> None:
        checked(self.default)
        for rule in self.rules:
            checked(rule.windows)
        ordered = tuple(sorted(self.rules, key=lambda rule: rule.precedence, reverse=True))
        object.__setattr__(self, "rules", ordered)

    def on(self, day: date) -> Windows:
        """The windows of `day`, were it a working day."""
        for rule in self.rules:
            if rule.fits(day):
                return rule.windows
        return self.default
