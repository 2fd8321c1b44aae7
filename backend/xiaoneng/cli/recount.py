"""Counting a sealed box a second time, from its file alone.

Written apart from the product's own tally and sharing nothing with it: answers are counted by option, scores are whole
hundredths, and means are kept as pairs of whole numbers.
"""

import hashlib
import json
from collections import Counter
from math import gcd
from typing import Any

Ratio = tuple[int, int]
SMALLEST = 5
HUNDRED = 100


def differences(told: dict[str, Any]) -> list[str]:
    """What in a box file does not follow from its ballots; empty when everything does."""
    box = told["box"]
    canonical = json.dumps(box, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    wrong = []
    if hashlib.sha256(canonical.encode()).hexdigest() != told["box_hash"]:
        wrong.append("票箱的哈希与公布的不一致")
    counted = recount(box)
    names = [one["name"] for group in box["scheme"]["groups"] for one in group["objects"]]
    if len(told["results"]) != len(names):
        return [*wrong, "结果的行数与评议对象不符"]
    for name, mine, theirs in zip(names, counted, told["results"], strict=True):
        wrong += [
            f"{name}：{field} 应为 {mine[field]}，文件中为 {theirs[field]}"
            for field in ("exact", "total", "rank", "replies")
            if mine[field] != theirs[field]
        ]
    if sorted(told["faults"]) != sorted(faults(box)):
        wrong.append("有效性与重新计算的不一致")
    return wrong


def recount(box: dict[str, Any]) -> list[dict[str, Any]]:
    """Every object's unrounded total, total, rank and replies."""
    scheme, results, place = box["scheme"], [], 0
    for group in scheme["groups"]:
        rows = []
        for _ in group["objects"]:
            rows.append(_count(box, place))
            place += 1
        _order(rows)
        results += rows
    return [_shown(row) for row in results]


def faults(box: dict[str, Any]) -> list[str]:
    """Why the round does not count."""
    came = Counter(ballot["category"] for ballot in box["ballots"])
    issued, total = box["issued"], sum(came.values())
    found = ["over_issued"] if any(came[one] > issued.get(one, 0) for one in came) else []
    if total == 0 or total * HUNDRED * HUNDRED < hundredths(box["scheme"]["turnout"]) * sum(issued.values()):
        found.append("turnout_low")
    return found


def hundredths(text: str | float) -> int:
    """A decimal of at most two places as whole hundredths."""
    whole, _, rest = str(text).partition(".")
    return int(whole) * HUNDRED + int((rest + "00")[:2])


def _count(box: dict[str, Any], place: int) -> dict[str, Any]:
    scheme, parts, replies, weighing = box["scheme"], [], 0, 0
    for rater in scheme["raters"]:
        rows = [one["answers"][place] for one in box["ballots"] if one["category"] == rater["category"]]
        weight = hundredths(rater["weight"])
        came = sum(1 for row in rows if any(_scored(scheme, one) for one in row))
        replies += came
        weighing += came if weight else 0
        parts.append((weight, _stratum(scheme, rows)))
    survey = _mix(parts) if weighing >= SMALLEST else None
    part = box["parts"][place]
    given = [(hundredths(scheme[name]), part[name]) for name in ("monthly", "work")]
    more = [(weight, None if one is None else (hundredths(one), HUNDRED)) for weight, one in given]
    total = None if survey is None else _mix([(hundredths(scheme["survey"]), survey), *more])
    return {"replies": replies, "total": total, "vetoed": part["veto"] is not None, "rank": None}


def _scored(scheme: dict[str, Any], one: int | None) -> bool:
    return one is not None and scheme["options"][one]["score"] is not None


def _stratum(scheme: dict[str, Any], rows: list[list[int | None]]) -> Ratio | None:
    parts = []
    for column, indicator in enumerate(scheme["indicators"]):
        tally = Counter(
            hundredths(scheme["options"][row[column]]["score"]) for row in rows if _scored(scheme, row[column])
        )
        parts.append((hundredths(indicator["weight"]), _middle(tally, hundredths(scheme["trim"]))))
    return _mix(parts)


def _middle(tally: Counter[int], trim: int) -> Ratio | None:
    """The mean of a tally without `trim` hundredths of a percent of it at either end."""
    count = sum(tally.values())
    cut = trim * count // (HUNDRED * HUNDRED)
    for points in (sorted(tally), sorted(tally, reverse=True)):
        left = cut
        for one in points:
            gone = min(left, tally[one])
            tally[one] -= gone
            left -= gone
    kept = count - 2 * cut
    return (sum(one * number for one, number in tally.items()), kept * HUNDRED) if kept > 0 else None


def _mix(parts: list[tuple[int, Ratio | None]]) -> Ratio | None:
    upper, lower, whole = 0, 1, 0
    for weight, mean in parts:
        if mean is not None:
            upper, lower, whole = upper * mean[1] + weight * mean[0] * lower, lower * mean[1], whole + weight
    return _least(upper, lower * whole) if whole else None


def _least(upper: int, lower: int) -> Ratio:
    shared = gcd(upper, lower)
    return upper // shared, lower // shared


def _order(rows: list[dict[str, Any]]) -> None:
    """Ranks from the best on; equal ones share a rank, and the vetoed share the last."""
    there = [row for row in rows if row["total"] is not None]
    for row in there:
        row["rank"] = 1 + sum(1 for other in there if _beats(other, row))


def _beats(one: dict[str, Any], other: dict[str, Any]) -> bool:
    if one["vetoed"] or other["vetoed"]:
        return other["vetoed"] and not one["vetoed"]
    return bool(one["total"][0] * other["total"][1] > other["total"][0] * one["total"][1])


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    if row["total"] is None:
        return {"exact": None, "total": None, "rank": None, "replies": row["replies"]}
    upper, lower = row["total"]
    cents = (2 * upper * HUNDRED + lower) // (2 * lower)
    total = f"{cents // HUNDRED}.{cents % HUNDRED:02d}"
    return {"exact": f"{upper}/{lower}", "total": total, "rank": row["rank"], "replies": row["replies"]}
