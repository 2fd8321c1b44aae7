"""What a stored clock looks like at one moment."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from xiaoneng.core.worktime.models.words import ClockState, Lamp, LedgerAction
from xiaoneng.core.worktime.rules.calendar import Calendar
from xiaoneng.core.worktime.rules.clocks import Marks, lamp_of
from xiaoneng.core.worktime.rules.lamps import remaining
from xiaoneng.core.worktime.rules.pauses import Pause

TOLD = (
    "id",
    "subject_type",
    "subject_id",
    "kind",
    "state",
    "unit_id",
    "policy_code",
    "basis",
    "amount",
    "unit",
    "extension_total",
    "started_at",
    "due_at",
    "due_on",
    "provisional",
    "stopped_at",
)
"""The stored fields that a view tells as they are."""


def fields_of(calendar: Calendar, row: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """The fields of a view of the stored clock `row` at `now`; a stopped clock is judged at its stop."""
    fields = {name: row[name] for name in TOLD}
    state, due_at = row["state"], row["due_at"]
    if due_at is None or state is ClockState.CANCELLED:
        fields |= {"overdue": False, "remaining_working_days": None, "remaining_minutes": None}
    else:
        left = remaining(calendar, row["stopped_at"] or now, due_at, row["due_on"])
        fields["overdue"] = left.overdue
        fields["remaining_working_days"], fields["remaining_minutes"] = left.working_days, left.minutes
    fields["lamp"] = _lamp(row, now)
    return fields


def _lamp(row: Mapping[str, Any], now: datetime) -> Lamp:
    running = row["state"] is ClockState.RUNNING
    marks = Marks(row["blue_at"], row["yellow_at"], row["due_at"]) if running else None
    return lamp_of(marks, now, row["state"])


def pauses_of(entries: Iterable[Mapping[str, Any]], resumed_at: datetime | None = None) -> list[Pause]:
    """The pauses in a clock's ledger; one that is still open ends at `resumed_at`."""
    pauses: list[Pause] = []
    began: datetime | None = None
    for entry in entries:
        if entry["action"] is LedgerAction.PAUSE:
            began = entry["at"]
        elif entry["action"] is LedgerAction.RESUME and began is not None:
            pauses.append(Pause(began, entry["at"]))
            began = None
    if began is not None:
        pauses.append(Pause(began, resumed_at))
    return pauses
