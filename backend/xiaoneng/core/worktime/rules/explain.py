"""A due date explained day by day, so that anyone can recount it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from xiaoneng.core.worktime.models.words import REGION_ZONE, DayVerdict, LimitUnit
from xiaoneng.core.worktime.rules.calendar import Calendar
from xiaoneng.core.worktime.rules.limits import Due, Limit, due_with_pauses, effective_start, paused_days
from xiaoneng.core.worktime.rules.pauses import Pause, merged

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_SATURDAY = 5
_BY_TIME = frozenset({LimitUnit.MINUTE, LimitUnit.WORK_HOUR})


class ExplainedDay(NamedTuple):
    """One day of a limit.

    `number` counts the days that counted, `minutes` those of a minute or work-hour limit; `name` is the
    holiday's, also on its make-up working days; `known` is false in a year without data.
    """

    on: date
    verdict: DayVerdict
    name: str
    number: int | None
    minutes: int | None
    known: bool
    local: bool = False


class Explanation(NamedTuple):
    """The due date and the days that led to it, from the day of receipt to the last one."""

    due: Due
    days: tuple[ExplainedDay, ...]


@dataclass(frozen=True, slots=True)
class _Story:
    calendar: Calendar
    limit: Limit
    received_on: date
    start: datetime
    end: datetime
    pauses: Sequence[Pause]
    paused: Sequence[tuple[date, date | None]]

    def days(self) -> Iterable[date]:
        day, last = self.received_on, self.end.astimezone(REGION_ZONE).date()
        while day <= last:
            yield day
            day += _DAY

    def day(self, on: date, verdict: DayVerdict, number: int | None, minutes: int | None) -> ExplainedDay:
        rule = self.calendar.rule(on)
        known = self.calendar.knows(on, on)
        return ExplainedDay(on, verdict, rule.name if rule else "", number, minutes, known, bool(rule and rule.local))

    def takes_out(self, on: date) -> bool:
        return any(first <= on and (resumed is None or on < resumed) for first, resumed in self.paused)

    def nature(self, on: date) -> DayVerdict:
        if self.calendar.is_working_day(on):
            return DayVerdict.MAKE_UP if on.weekday() >= _SATURDAY else DayVerdict.COUNTED
        rule = self.calendar.rule(on)
        return DayVerdict.HOLIDAY if rule and rule.name else DayVerdict.REST_DAY


def explain(
    calendar: Calendar,
    started_at: datetime,
    limit: Limit,
    extensions: Sequence[int] = (),
    pauses: Iterable[Pause] = (),
) -> Explanation:
    """What `due_with_pauses` answers, and why. While a pause is open the story ends on the day it began."""
    intervals = merged(pauses)
    whole = limit.extended(extensions)
    result = due_with_pauses(calendar, started_at, whole, (), intervals)
    start = effective_start(calendar, started_at, whole.start)
    end = result.due_at or max(start, intervals[-1].began_at)
    paused = paused_days(calendar, whole, intervals)
    story = _Story(calendar, whole, started_at.astimezone(REGION_ZONE).date(), start, end, intervals, paused)
    days = _tell_time(story) if whole.unit in _BY_TIME else _tell_days(story)
    return Explanation(result, tuple(days))


def _tell_days(story: _Story) -> Iterable[ExplainedDay]:
    number = 0
    for on in story.days():
        verdict = _verdict(story, on, number)
        if verdict in {DayVerdict.COUNTED, DayVerdict.MAKE_UP}:
            number += 1
            yield story.day(on, verdict, number, None)
        else:
            yield story.day(on, verdict, None, None)


def _verdict(story: _Story, on: date, number: int) -> DayVerdict:
    first = story.start.date()
    if on < first:
        return DayVerdict.START if on == story.received_on else story.nature(on)
    same_day = story.limit.unit is LimitUnit.SAME_DAY
    if (on > first or same_day) and story.takes_out(on):
        return DayVerdict.PAUSED
    if same_day and on == story.end.astimezone(REGION_ZONE).date():
        return DayVerdict.COUNTED
    if on == first:
        return DayVerdict.START
    return _plain_verdict(story, on, number)


def _plain_verdict(story: _Story, on: date, number: int) -> DayVerdict:
    if story.limit.unit is not LimitUnit.NATURAL_DAY:
        return story.nature(on)
    return DayVerdict.COUNTED if number < story.limit.amount else DayVerdict.ROLLED


def _tell_time(story: _Story) -> Iterable[ExplainedDay]:
    for on in story.days():
        midnight = datetime.combine(on, time.min, REGION_ZONE)
        first, last = max(story.start, midnight), min(story.end, midnight + _DAY)
        open_time = _elapsed(story, first, last)
        paused = sum(
            (_elapsed(story, max(first, p.began_at), min(last, p.ended_at or last)) for p in story.pauses),
            timedelta(),
        )
        verdict = story.nature(on)
        if story.limit.unit is LimitUnit.MINUTE:
            verdict = DayVerdict.COUNTED
        if open_time and paused == open_time:
            verdict = DayVerdict.PAUSED
        elif not open_time and on in {story.received_on, story.start.date()}:
            verdict = DayVerdict.START
        yield story.day(on, verdict, None, (open_time - paused) // _MINUTE)


def _elapsed(story: _Story, start: datetime, end: datetime) -> timedelta:
    if story.limit.unit is LimitUnit.WORK_HOUR:
        return story.calendar.work_time_between(start, end)
    return max(timedelta(0), end - start)
