"""Words of the worktime engine."""

from enum import StrEnum
from uuid import UUID

from xiaoneng.kit import clock
from xiaoneng.kit.codes import Code

REGION_ZONE = clock.REGION_ZONE
REGION_CALENDAR_ID = UUID("01900000-0000-7000-8000-000000000001")
"""How events name the region's calendar, whose key is a word."""
REGION_CALENDAR = "region"
"""Code of the one calendar that a region has; schools or courts may get their own one day."""
AMOUNT = "(unit = 'same_day') = (amount = 0) AND amount BETWEEN 0 AND 1000000"
"""What the amount of a limit may be, as a CHECK."""
ROLL = "NOT roll OR unit = 'natural_day'"
"""Only natural days roll, as a CHECK."""


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


class Lamp(Code):
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


class CalendarCode(StrEnum):
    """Which calendar a limit is tried out on: the region's, or the national days and usual hours alone."""

    REGION = "region"
    NATIONAL = "national"


class CalendarFormat(StrEnum):
    """What a calendar file is: the yearly notice as holiday-cn publishes it, or local days as CSV."""

    HOLIDAY_CN = "holiday_cn"
    LOCAL_CSV = "local_csv"


class LedgerAction(StrEnum):
    """What happened to a clock after its start.

    A `return` ends it as `cancel` does: the unit gave the duty back. A `reopen` undoes a cancelling.
    """

    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    STOP = "stop"
    CANCEL = "cancel"
    RETURN = "return"
    REOPEN = "reopen"
    RECALCULATE = "recalculate"


class PolicyState(StrEnum):
    """Where a version of a time policy stands."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    WITHDRAWN = "withdrawn"


class ChangeKind(StrEnum):
    """What a change of the rules of time changes."""

    NOTICE = "notice"
    """the yearly notice of holidays, as holiday-cn JSON"""
    LOCAL_DAYS = "local_days"
    HOURS = "hours"
    POLICY = "policy"


class ChangeState(StrEnum):
    """Where a change stands. `computing` looks for the clocks it moves, `applying` moves them."""

    COMPUTING = "computing"
    READY = "ready"
    APPLYING = "applying"
    DONE = "done"
    WITHDRAWN = "withdrawn"
