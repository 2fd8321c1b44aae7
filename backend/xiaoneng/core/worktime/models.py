"""Words of the worktime engine."""

from enum import StrEnum


class LimitUnit(StrEnum):
    """What a time limit counts. Minutes run 7×24; work hours only inside work windows."""

    MINUTE = "minute"
    WORK_HOUR = "work_hour"
    NATURAL_DAY = "natural_day"
    WORKING_DAY = "working_day"
    SAME_DAY = "same_day"


class EndsAt(StrEnum):
    """When the last day of a limit is over (民法典 203: 24:00, or the close of business)."""

    BUSINESS_CLOSE = "business_close"
    MIDNIGHT = "midnight"


class StartRule(StrEnum):
    """From when a limit runs."""

    RECEIPT = "receipt"
    NEXT_WORKING_DAY_IF_AFTER_CLOSE = "next_working_day_if_after_close"


class Lamp(StrEnum):
    """The state of a deadline as a colour that is always shown with its text (R-61)."""

    GREEN = "green"
    BLUE = "blue"
    YELLOW = "yellow"
    RED = "red"
    PAUSED = "paused"
    DONE = "done"


class ClockState(StrEnum):
    """Where a clock is. Only `running` and `paused` clocks are open."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    CANCELLED = "cancelled"


class DayVerdict(StrEnum):
    """What one day meant for one limit, in the day-by-day explanation."""

    START = "start"
    COUNTED = "counted"
    MAKE_UP = "make_up_working_day"
    REST_DAY = "rest_day"
    HOLIDAY = "holiday"
    PAUSED = "paused"
    ROLLED = "rolled"
