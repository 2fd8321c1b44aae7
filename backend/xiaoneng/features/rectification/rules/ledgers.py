"""What the rows of a ledger say, and where they contradict themselves; nothing is mended; pure."""

import re
from collections.abc import Iterator
from datetime import date, datetime

from xiaoneng.core.transfers.models.imports import Severity
from xiaoneng.core.transfers.models.words import RawCell
from xiaoneng.core.transfers.rules.cells import shown
from xiaoneng.core.transfers.schemas.imports import Fault, Row
from xiaoneng.features.rectification.rules.cells import number_of

_NOTHING = frozenset({"/", "\\", "／", "＼", "-", "--", "—", "——", "－", "无", "不适用", "N/A", "n/a"})
"""What officials write where nothing applies. It is not zero."""
DONE = frozenset({"是", "已完成", "完成", "已整改", "已办结", "已销号", "整改完成", "已完成整改"})
OPEN = frozenset({"否", "未完成", "未整改", "未办结", "未销号", "正在办理", "整改中", "未完成整改"})
PARTLY = frozenset({"持续整改", "阶段性办结", "长期坚持", "基本完成", "部分完成", "已超过整改时限"})
"""Words in use that are neither yes nor no."""
_IN_WORDS = frozenset({"立行立改", "长期坚持", "持续推进", "立即整改", "即知即改"})
"""Time limits that are no dates."""
_FIGURE = re.compile(r"(?<!非)金额|[（(](?:万元|元|亿元|个|件|项|人)[）)]|(?:数量|件数|项目数|人数|个数)$")
_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?")


def is_figure(heading: str) -> bool:
    """Whether numbers belong under a heading; of several levels the last one counts, and `非金额` is none."""
    return _FIGURE.search(heading.rpartition(" › ")[2] or heading) is not None


def judge(row: Row) -> list[Fault]:
    """Every cell that is not what its column is for, and every pair of columns that contradict each other."""
    return [*_figures(row), *_dates(row), *_done(row), *_parts(row)]


def _figures(row: Row) -> Iterator[Fault]:
    for heading, cell in row.raw.items():
        if isinstance(cell, str) and (text := cell.strip()) and is_figure(heading):
            yield Fault(heading, _code_of(text), Severity.WARNING)


def _code_of(text: str) -> str:
    if text in _NOTHING:
        return "not_applicable"
    return "number_as_text" if _NUMBER.fullmatch(text) else "not_a_number"


def _dates(row: Row) -> Iterator[Fault]:
    for name in ("due", "finished"):
        cell = row.values.get(name)
        text = text_of(row, name)
        if cell is not None and text not in _NOTHING | _IN_WORDS and day_in(cell) is None:
            yield Fault(name, "not_a_date", Severity.WARNING)


def text_of(row: Row, name: str) -> str | None:
    """One of our fields as a text, without space around it."""
    return shown(row.values.get(name)).strip() or None


def says_done(row: Row) -> bool | None:
    """What the ledger says of the item: put right, not yet, or neither."""
    word = text_of(row, "done")
    return True if word in DONE else False if word in OPEN else None


def _done(row: Row) -> Iterator[Fault]:
    word = text_of(row, "done")
    if word is None or word in _NOTHING:
        return
    if word not in DONE | OPEN | PARTLY:
        yield Fault("done", "unknown_word", Severity.WARNING)
        return
    said = says_done(row)
    done, left = number_of(row.values.get("done_count")), number_of(row.values.get("open_count"))
    wrong = {
        "done_count": done is not None and ((said is True and done == 0) or (said is False and done > 0)),
        "open_count": left is not None and ((said is True and left > 0) or (said is False and left == 0)),
    }
    yield from (Fault(name, "contradicts_done", Severity.WARNING) for name, is_wrong in wrong.items() if is_wrong)


_WITHIN = (("month", "year"), ("year", "total"), ("total", "amount"))
"""What is part of what: this month of this year, this year of all, all of the amount found."""


def _parts(row: Row) -> Iterator[Fault]:
    for part, whole in _WITHIN:
        smaller, larger = number_of(row.values.get(part)), number_of(row.values.get(whole))
        if smaller is not None and larger is not None and larger > 0 and smaller > larger:
            yield Fault(part, "part_over_whole", Severity.WARNING)


def day_of(text: str) -> date | None:
    """The day that a text says, in one of the usual ways of writing; None for words."""
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?", text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def day_in(cell: RawCell) -> date | None:
    """The day that a cell holds."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    return day_of(cell.strip()) if isinstance(cell, str) else None
