"""The measures of GB/T 9704-2012 and how its lines break; lengths in millimetres, type in points."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Literal

PAGE = (210, 297)
TOP, LEFT, RIGHT, BOTTOM = 37, 28, 26, 35
"""天头 37 mm, 订口 28 mm, 版心 156 mm × 225 mm."""
WIDE_MARGIN = 25
"""Margin of a page laid across, which the standard leaves open."""
LINE = 28.95
"""22 lines on 225 mm."""
PITCH = 15.79
"""28 characters on 156 mm."""
BODY, TITLE, SMALL, TABLE = 16, 22, 14, 12
"""三号, 二号, 四号, 小四."""
MARK_AT = 35
"""How far the issuing mark stands below the top of the type area."""
MARK_SIZES = (22, 48)
RED = "e60012"
_TYPE_WIDTH = 432
"""Points of a line, with a little spared for fonts that run wide."""
_TITLE_LINE = 20
_AFTER = "的、，；：》）和及与暨"
_NEVER_FIRST = "的、，；：》）。"

Level = Literal[0, 1, 2, 3]
_LEVELS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    (1, re.compile(r"^[一二三四五六七八九十]+、")),
    (2, re.compile(r"^（[一二三四五六七八九十]+）")),
    (3, re.compile(r"^\d+[.．]\s*\S{1,28}$")),
)


def level_of(line: str) -> Level:
    """Which heading a line of text is by its number (一、 （一） 1.); 0 for a paragraph."""
    short = len(line) <= 2 * _TITLE_LINE and not line.endswith(("。", "；", "：", "，"))
    return next((level for level, number in _LEVELS if number.match(line)), 0) if short else 0


def lines_of(text: str) -> Iterator[str]:
    """The paragraphs of a text as typed: blank lines and indents by hand are the layout's business."""
    for line in text.splitlines():
        if kept := printable(line).strip():
            yield kept


def printable(text: str) -> str:
    """The text without what no document can hold: control characters and broken halves."""
    return "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs"})


def day(value: date) -> str:
    """成文日期 in Arabic figures, month and day without a leading zero (7.3.5.5)."""
    return f"{value.year}年{value.month}月{value.day}日"


def mark_size(mark: str) -> int:
    """The type of the issuing mark: as large as one line allows, within decent bounds."""
    least, most = MARK_SIZES
    return max(least, min(most, int(_TYPE_WIDTH / max(1, len(mark)))))


def title_lines(title: str) -> list[str]:
    """A title in lines of about equal length, broken behind a particle or a mark where there is one nearby (7.3.1)."""
    count = -(-len(title) // _TITLE_LINE)
    lines, rest = [], title
    for left in range(count, 1, -1):
        at = _break(rest, len(rest) / left)
        lines.append(rest[:at])
        rest = rest[at:]
    return [*lines, rest]


def _break(text: str, wanted: float) -> int:
    def cost(at: int) -> float:
        apart = abs(at - wanted)
        if text[at] in _NEVER_FIRST:
            return apart + 100
        return apart if text[at - 1] in _AFTER else apart + 4

    return min(range(1, min(len(text), _TITLE_LINE + 1)), key=cost)
