"""The clock rules on a city's own figures: whether 53,300 closed cases were on time."""

from collections import Counter
from datetime import datetime

from tests.core.worktime.national import national_calendar
from tests.core.worktime.shared import shared_rows

from xiaoneng.core.worktime.models.words import ClockState, LimitUnit
from xiaoneng.core.worktime.rules.views import TOLD, fields_of
from xiaoneng.kit.clock import REGION_ZONE

NOW = datetime(2015, 9, 1, tzinfo=REGION_ZONE)
FILE = "cases311/boston311_2015_jan_aug.csv.gz"
CLOSED_WITH_TARGET = 53_300
WITHOUT_FLAG = 80
"""Closed late, but the city gave them no flag."""
CLOSED_TOO_SOON = 175


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=REGION_ZONE)


def overdue(row: dict[str, str]) -> bool:
    """Whether the clock of a closed case, due at the city's target, is told as over."""
    due_at = moment(row["TARGET_DT"])
    stored = dict.fromkeys(TOLD) | {
        "state": ClockState.STOPPED,
        "unit": LimitUnit.MINUTE,
        "started_at": moment(row["OPEN_DT"]),
        "due_at": due_at,
        "due_on": due_at.date(),
        "stopped_at": moment(row["CLOSED_DT"]),
        "blue_at": due_at,
        "yellow_at": due_at,
    }
    return bool(fields_of(national_calendar(), stored, NOW)["overdue"])


def test_the_on_time_flag_of_every_closed_case_with_a_target() -> None:
    closed = [row for row in shared_rows(FILE) if row["TARGET_DT"] and row["CLOSED_DT"]]
    judged = [row for row in closed if row["OnTime_Status"]]
    assert (len(judged), len(closed) - len(judged)) == (CLOSED_WITH_TARGET, WITHOUT_FLAG)
    flags = Counter((row["OnTime_Status"], overdue(row)) for row in judged)
    assert set(flags) == {("ONTIME", False), ("OVERDUE", True)}


def test_cases_closed_before_they_were_opened_are_seen_and_count_no_negative_time() -> None:
    rows = [row for row in shared_rows(FILE) if row["CLOSED_DT"]]
    odd = [row for row in rows if moment(row["CLOSED_DT"]) < moment(row["OPEN_DT"])]
    assert len(odd) == CLOSED_TOO_SOON
    for row in odd:
        opened, closed = moment(row["OPEN_DT"]), moment(row["CLOSED_DT"])
        assert national_calendar().working_days_between(opened.date(), closed.date()) == 0
        assert national_calendar().work_time_between(opened, closed).total_seconds() == 0
