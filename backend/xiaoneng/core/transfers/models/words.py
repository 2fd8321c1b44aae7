"""What a reader of workbooks gives for a cell."""

from datetime import date, datetime, time, timedelta

RawCell = str | int | float | bool | datetime | date | time | timedelta | None
