"""What a workbook is made of."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

Cell = str | int | Decimal | bool | date | datetime | None


class CellKind(StrEnum):
    """How a column is written."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"
    AS_IS = "as_is"
    """whatever stood in a file that was brought in, unchanged"""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column: its heading, what stands in it, its width in characters.

    Levels of a heading are joined with ` › ` and written above each other.
    """

    title: str
    kind: CellKind = CellKind.TEXT
    width: int = 16


@dataclass(frozen=True, slots=True)
class Note:
    """One line of the sheet that says what the workbook is."""

    title: str
    text: str
