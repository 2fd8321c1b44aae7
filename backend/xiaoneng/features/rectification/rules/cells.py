"""Cells of ledgers: kept exactly, compared by what they mean; pure."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from xiaoneng.core.transfers.models.words import RawCell

Stored = None | str | bool | dict[str, str]


def stored(cell: RawCell) -> Stored:
    """A cell as the ledger keeps it: a text with the space around it, a number with its digits, a day as a day."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, str | bool):
        return cell
    if isinstance(cell, int | float):
        return {"n": _digits(Decimal(repr(cell)))}
    return _moment(cell) if isinstance(cell, date) else str(cell)


def _moment(cell: date) -> Stored:
    """A moment at midnight is a day: spreadsheets do not tell them apart."""
    if isinstance(cell, datetime) and cell.time() != time():
        return {"t": cell.isoformat()}
    return {"d": (cell.date() if isinstance(cell, datetime) else cell).isoformat()}


def _digits(number: Decimal) -> str:
    """`33` for 33.0, and never an exponent."""
    return str(int(number)) if number == number.to_integral_value() else format(number.normalize(), "f")


def written(cell: Stored) -> str | bool | Decimal | date | datetime | None:
    """The cell as a workbook takes it."""
    if not isinstance(cell, Mapping):
        return cell
    if "n" in cell:
        return Decimal(cell["n"])
    return date.fromisoformat(cell["d"]) if "d" in cell else datetime.fromisoformat(cell["t"])


def number_of(cell: RawCell) -> Decimal | None:
    """The number that a cell is; a text that only looks like one is none."""
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return None
    return Decimal(repr(cell))


def differing(kept: Mapping[str, Any], found: Mapping[str, RawCell]) -> list[str]:
    """The headings under which a row now says something else than what is kept, those that are new or gone included."""
    now = {heading: stored(cell) for heading, cell in found.items()}
    return [heading for heading in {**kept, **now} if kept.get(heading) != now.get(heading)]
