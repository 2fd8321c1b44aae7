"""What goes into the cells of a workbook."""

from datetime import datetime

MAX_ROWS = 1_000_000
"""Rows of data in one sheet; the format ends at 1,048,576."""
MAX_TEXT = 32_767
"""Characters in one cell (ECMA-376 18.3.1.4, limits of the common programs)."""
JOINT = " › "
"""Between the levels of a heading."""
_CUT = "……（内容过长，此处截断）"
_ACTIVE = frozenset("=+-@\t\r\n＝＋－＠|%")
"""What makes a program take a text for a formula when it is typed or pasted anew (OWASP, CSV injection)."""


def fitting(text: str) -> str:
    """The text as one cell holds it; what is cut says so."""
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - len(_CUT)] + _CUT


def is_active(text: str) -> bool:
    """Whether a program might take this text for a formula once somebody edits or copies it."""
    return text[:1] in _ACTIVE if text else False


def file_name(title: str, stamp: datetime, ending: str = "xlsx") -> str:
    """How what is taken out is called."""
    return f"{title}_{stamp:%Y%m%d_%H%M%S}.{ending}"
