"""The national holidays and the time policies that come with the product."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from itertools import chain, product
from typing import Any

from xiaoneng.core.worktime.models.words import EndsAt, LimitUnit
from xiaoneng.core.worktime.rules.imports import ParsedCalendar, parse_csv
from xiaoneng.core.worktime.rules.lamps import Thresholds
from xiaoneng.core.worktime.rules.limits import Limit
from xiaoneng.core.worktime.rules.policy import ANY_SCOPE, Budget, NoticeWindow, Policy
from xiaoneng.kit.documents import read_yaml

SEEDED_YEARS = range(2004, 2027)
"""The years whose State Council notices are in `seed/holidays.csv`."""
SEED_SOURCE = "国务院办公厅节假日安排通知"
_BY_DAYS = (1, 3)
_BY_PERCENT = (50, 100)
_TIMED = frozenset({LimitUnit.MINUTE, LimitUnit.WORK_HOUR})


@cache
def national_days() -> ParsedCalendar:
    """Holidays and make-up working days of the seeded years."""
    return parse_csv(_text("seed/holidays.csv"))


@cache
def preset_policies() -> tuple[Policy, ...]:
    """The limits of `seed/time_policies.yaml`, one for each code, kind and scope.

    Past the due date the deputy in charge hears of it after 1 working day (or half the span again), the head of
    the unit after 3 (or the whole span).
    """
    document = read_yaml(_text("seed/time_policies.yaml"))
    return tuple(_policies(document))


def _policies(document: Mapping[str, Any]) -> Iterator[Policy]:
    for row in document["policies"]:
        unit = LimitUnit(row["unit"])
        ends_at = EndsAt(row.get("ends_at", EndsAt.BUSINESS_CLOSE))
        limit = Limit(row["amount"], unit, row.get("roll", False), ends_at)
        thresholds = Thresholds(escalate_after=_BY_PERCENT if unit in _TIMED else _BY_DAYS)
        scopes = row.get("scopes", [ANY_SCOPE])
        for spelled, scope in product(chain.from_iterable(_spelled_out(one, document) for one in row["codes"]), scopes):
            yield Policy(
                spelled,
                row["kind"],
                document["effective_from"],
                limit,
                thresholds,
                row["basis"],
                scope,
                budget=_budget(row.get("allows", {})),
                notice=None if spelled.endswith(".emergency") else NoticeWindow(*document["notice"]),
            )


def _budget(allows: Mapping[str, Any]) -> Budget:
    within = allows.get("return_within")
    counts = {name: value for name, value in allows.items() if name != "return_within"}
    return Budget(**counts, return_within=(within[0], LimitUnit(within[1])) if within else None)


def _spelled_out(code: str, document: Mapping[str, Any]) -> Iterator[str]:
    area, *rest = code.split(".")
    if "*" not in rest:
        yield code
        return
    choices = [
        values if part == "*" else [part]
        for part, values in zip(rest, (document["case_kinds"], document["urgencies"]), strict=True)
    ]
    for parts in product(*choices):
        yield ".".join((area, *parts))


def _text(name: str) -> str:
    return resources.files("xiaoneng.core.worktime").joinpath(name).read_text("utf-8")
