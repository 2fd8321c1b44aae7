"""The tally of a round (domain §2.7 and §3.6, R-53, R-57, R-58); pure and exact.

Scores are fractions from beginning to end; ranks compare them unrounded. Two decimals, half up, are for showing only.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import NamedTuple

from xiaoneng.features.evaluations.models.content import SchemeContent
from xiaoneng.features.evaluations.models.schemes import RaterCategory
from xiaoneng.features.evaluations.rules.ballots import Answers

SMALLEST = 5
"""Fewer replies than this are never shown as a score (security bar 8)."""
WHOLE = 100
_CENT = Decimal("0.01")


class Ballot(NamedTuple):
    """One ballot: its stratum, and for each object the option for each indicator."""

    category: RaterCategory
    answers: Answers


class Part(NamedTuple):
    """What else counts for an object besides the questionnaire: the monthly part, the work check, and a veto."""

    monthly: Decimal | None = None
    work: Decimal | None = None
    veto: str | None = None


@dataclass(frozen=True)
class Cell:
    """What one stratum said about one object; without a mean when it is hidden or nobody answered."""

    category: RaterCategory
    replies: int
    mean: Fraction | None
    hidden: bool = False


@dataclass
class Score:
    """The result of one object. A hidden one has no scores and no rank.

    `rank` and `from_bottom` are competition ranks (1, 2, 2, 4) within the comparable group; `reweighted` says that
    a stratum without an answer lent its weight to the others.
    """

    group: int
    place: int
    cells: list[Cell]
    replies: int
    unknown: int
    survey: Fraction | None = None
    total: Fraction | None = None
    veto: str | None = None
    hidden: bool = False
    small: bool = False
    reweighted: bool = False
    rank: int | None = None
    from_bottom: int | None = None
    ranked: int = 0
    is_bottom: bool = False


class Outcome(NamedTuple):
    """The whole tally; a round with faults does not count (R-53)."""

    scores: list[Score]
    issued: int
    returned: int
    faults: list[str]


def tally(
    content: SchemeContent, issued: Mapping[RaterCategory, int], ballots: Sequence[Ballot], parts: Sequence[Part]
) -> Outcome:
    """Count a round; `parts` has one entry for each object of the scheme in order."""
    scores = []
    for number, (group, part) in enumerate(zip(_places(content), parts, strict=True)):
        score = _score(content, number, ballots)
        score.group, score.veto = group, part.veto
        score.total = combined(content, score.survey, part)
        scores.append(score)
    for group in range(len(content.groups)):
        _rank(content, [one for one in scores if one.group == group and not one.hidden])
    returned = {rater.category: 0 for rater in content.raters}
    for ballot in ballots:
        returned[ballot.category] = returned.get(ballot.category, 0) + 1
    return Outcome(scores, sum(issued.values()), len(ballots), faults(content, issued, returned))


def _places(content: SchemeContent) -> list[int]:
    return [place for place, group in enumerate(content.groups) for _ in group.objects]


def faults(
    content: SchemeContent, issued: Mapping[RaterCategory, int], returned: Mapping[RaterCategory, int]
) -> list[str]:
    """Why a round does not count: more ballots than codes in any stratum, or too few of them came back (R-53)."""
    found = []
    if any(count > issued.get(category, 0) for category, count in returned.items()):
        found.append("over_issued")
    if sum(returned.values()) * WHOLE < Fraction(content.turnout) * sum(issued.values()) or not any(returned.values()):
        found.append("turnout_low")
    return found


def _score(content: SchemeContent, number: int, ballots: Sequence[Ballot]) -> Score:
    """What the questionnaire says about one object, before ranks."""
    cells, unknown = [], 0
    for rater in content.raters:
        rows = [ballot.answers[number] for ballot in ballots if ballot.category == rater.category]
        scored = [_points(content, row) for row in rows]
        unknown += sum(_is_unknown(content, one) for row in rows for one in row)
        replies = sum(any(one is not None for one in row) for row in scored)
        cells.append(Cell(rater.category, replies, _mean(content, scored)))
    replies = sum(cell.replies for cell in cells)
    idle = {rater.category for rater in content.raters if not rater.weight}
    score = Score(0, number, concealed(cells, idle), replies, unknown)
    score.hidden = sum(cell.replies for cell in cells if cell.category not in idle) < SMALLEST
    score.small = replies < content.min_sample
    weights = [(Fraction(rater.weight), cell.mean) for rater, cell in zip(content.raters, cells, strict=True)]
    score.survey = None if score.hidden else weighted(weights)
    score.reweighted = not score.hidden and any(weight and mean is None for weight, mean in weights)
    return score


def _points(content: SchemeContent, row: Sequence[int | None]) -> list[Decimal | None]:
    return [None if one is None else content.options[one].score for one in row]


def _is_unknown(content: SchemeContent, one: int | None) -> bool:
    return one is not None and content.options[one].score is None


def _mean(content: SchemeContent, rows: Sequence[Sequence[Decimal | None]]) -> Fraction | None:
    """The mean of one stratum: of each indicator, trimmed, then weighted over the indicators that were answered."""
    means = []
    for place, indicator in enumerate(content.indicators):
        points = [point for row in rows if (point := row[place]) is not None]
        means.append((Fraction(indicator.weight), trimmed(points, content.trim)))
    return weighted(means)


def trimmed(points: Iterable[Decimal], percent: Decimal) -> Fraction | None:
    """The mean without the highest and the lowest `percent` of the answers, rounded down to whole answers."""
    ordered = sorted(points)
    cut = int(Fraction(percent) * len(ordered) / WHOLE)
    kept = ordered[cut : len(ordered) - cut]
    return sum((Fraction(one) for one in kept), Fraction(0)) / len(kept) if kept else None


def weighted(means: Iterable[tuple[Fraction, Fraction | None]]) -> Fraction | None:
    """The weighted mean of what there is; what there is not lends its weight to the rest (domain §3.6, 6)."""
    there = [(weight, mean) for weight, mean in means if mean is not None]
    whole = sum(weight for weight, _ in there)
    return sum((weight * mean for weight, mean in there), Fraction(0)) / whole if whole else None


def combined(content: SchemeContent, survey: Fraction | None, part: Part) -> Fraction | None:
    """The questionnaire with the monthly part and the work check (R-58); parts that are not given lend their weight."""
    if survey is None:
        return None
    more = [(content.monthly, part.monthly), (content.work, part.work)]
    given = [(Fraction(weight), None if value is None else Fraction(value)) for weight, value in more]
    return weighted([(Fraction(content.survey), survey), *given])


def concealed(cells: Sequence[Cell], idle: Collection[RaterCategory] = ()) -> list[Cell]:
    """The cells as they may be shown.

    Strata of fewer than five answers are hidden. The total and the weights are public: one hidden mean alone could be
    subtracted from them, and so could a few that have fewer than five answers together. The smallest others are hidden
    with them until neither is so. `idle` strata weigh nothing: they are no part of the total and protect nobody.
    """
    few = {cell.category for cell in cells if 0 < cell.replies < SMALLEST}
    answered = [cell for cell in cells if cell.replies and cell.category not in idle]
    answered.sort(key=lambda cell: (cell.replies, cell.category))
    hidden = {cell.category for cell in answered if cell.category in few}
    for cell in answered:
        together = sum(one.replies for one in answered if one.category in hidden)
        if not hidden or (len(hidden) > 1 and together >= SMALLEST):
            break
        hidden.add(cell.category)
    return [
        Cell(one.category, one.replies, None, hidden=True) if one.category in hidden | few else one for one in cells
    ]


def _rank(content: SchemeContent, group: Sequence[Score]) -> None:
    """Competition ranks from both ends; whoever is vetoed stands behind all others (一票否决)."""
    keys = {one.place: (one.veto is None, one.total) for one in group if one.total is not None}
    there = [one for one in group if one.place in keys]
    for one in there:
        own = keys[one.place]
        one.rank = 1 + sum(_before(own, other) for other in keys.values())
        one.from_bottom = 1 + sum(_before(other, own) for other in keys.values())
        one.ranked = len(there)
        one.is_bottom = len(there) > content.bottom_off_at and one.from_bottom <= content.bottom


def _before(one: tuple[bool, Fraction | None], other: tuple[bool, Fraction | None]) -> bool:
    """Whether `other` stands before `one`; the vetoed are equal among each other."""
    if one[0] != other[0]:
        return other[0]
    return one[0] and (other[1] or 0) > (one[1] or 0)


def shown(value: Fraction | None) -> Decimal | None:
    """A score as it is shown: two decimals, half up, never through a float."""
    if value is None:
        return None
    cents = (value * WHOLE + Fraction(1, 2)).__floor__()
    return (Decimal(cents) / WHOLE).quantize(_CENT, ROUND_HALF_UP)
