"""The tally: exact against a second count, ranks with ties, and nothing shown that tells how a few have voted."""

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaoneng.cli import recount
from xiaoneng.features.evaluations.models.content import SchemeContent
from xiaoneng.features.evaluations.models.schemes import RaterCategory
from xiaoneng.features.evaluations.rules import tally as rules
from xiaoneng.features.evaluations.service import boxes

OPTIONS = [("满意", 100), ("基本满意", 80), ("不满意", 40), ("不了解", None)]
RATERS = ("service_user", "supervisor", "resident")


def scheme(objects: int = 6, weights: tuple[int, ...] = (50, 25, 25), **more: Any) -> SchemeContent:
    judged = [{"unit_id": UUID(int=place + 1), "name": f"单位{place}"} for place in range(objects)]
    plain: dict[str, Any] = {
        "groups": [{"name": "部门", "objects": judged}],
        "raters": [{"category": name, "weight": weight} for name, weight in zip(RATERS, weights, strict=True)],
        "indicators": [{"name": "态度", "weight": 60}, {"name": "效率", "weight": 40}],
        "options": [{"name": name, "score": score} for name, score in OPTIONS],
    }
    return SchemeContent.model_validate({**plain, "min_sample": 5, **more})


def counted(content: SchemeContent, ballots: list[rules.Ballot], parts: Any = None) -> rules.Outcome:
    objects = sum(len(group.objects) for group in content.groups)
    issued = {rater.category: 1000 for rater in content.raters}
    return rules.tally(content, issued, ballots, parts or [rules.Part()] * objects)


def alike(category: str, count: int, rows: list[list[int | None]]) -> list[rules.Ballot]:
    return [rules.Ballot(RaterCategory(category), rows)] * count


CHOICE = st.sampled_from([None, 0, 1, 2, 3])
POINTS = st.none() | st.decimals(0, 100, places=2)


@st.composite
def rounds(draw: st.DrawFn) -> tuple[SchemeContent, list[rules.Ballot], list[rules.Part]]:
    objects = draw(st.integers(1, 7))
    first = draw(st.integers(0, 100))
    second = draw(st.integers(0, 100 - first))
    survey = draw(st.integers(1, 100))
    content = scheme(
        objects,
        (first, second, 100 - first - second),
        trim=draw(st.sampled_from(["0", "5", "12.5", "25"])),
        survey=survey,
        monthly=0,
        work=100 - survey,
        bottom_off_at=draw(st.integers(0, 5)),
    )
    rows = st.lists(st.lists(CHOICE, min_size=2, max_size=2), min_size=objects, max_size=objects)
    ballots = draw(st.lists(st.builds(rules.Ballot, st.sampled_from(RATERS), rows), max_size=40))
    parts = [rules.Part(None, draw(POINTS), draw(st.sampled_from([None, None, "veto"]))) for _ in range(objects)]
    return content, ballots, parts


def filed(content: SchemeContent, ballots: list[rules.Ballot], parts: list[rules.Part]) -> dict[str, Any]:
    """The box file of a round as it leaves the product."""
    issued = {rater.category: 12 for rater in content.raters}
    outcome = rules.tally(content, issued, ballots, parts)
    told = [{name: None if value is None else str(value) for name, value in one._asdict().items()} for one in parts]
    box = boxes.box("PY-1", content, issued, told, ballots)
    results = [
        {
            "total": None if one.total is None else str(rules.shown(one.total)),
            "exact": boxes.exact(one.total),
            "rank": one.rank,
            "replies": one.replies,
        }
        for one in outcome.scores
    ]
    file = {"box": box.model_dump(mode="json"), "box_hash": boxes.fingerprint(box)}
    told_file: dict[str, Any] = json.loads(json.dumps({**file, "faults": outcome.faults, "results": results}))
    return told_file


@settings(max_examples=200, deadline=None)
@given(rounds())
def test_both_tallies_are_equal(given_round: Any) -> None:
    assert recount.differences(filed(*given_round)) == []


def test_every_edit_of_the_box_is_found() -> None:
    content = scheme(3, survey=100, work=0)
    rows = [[place % 3, place % 2] for place in range(3)]
    file = filed(content, [*alike("resident", 12, rows), *alike("service_user", 12, rows)], [rules.Part()] * 3)
    assert recount.differences(file) == []
    for place in range(24):
        for row in range(3):
            changed = json.loads(json.dumps(file))
            answer = changed["box"]["ballots"][place]["answers"][row]
            answer[0] = (answer[0] + 1) % 3
            assert recount.differences(changed), (place, row)
    fewer = json.loads(json.dumps(file))
    fewer["box"]["ballots"].pop()
    assert recount.differences(fewer)
    better = json.loads(json.dumps(file))
    better["results"][1]["rank"] = 1
    assert recount.differences(better)


def test_a_hand_made_table() -> None:
    """Service users 100 and 80 alike, supervisors 40, residents know nothing: (50 · 90 + 25 · 40) / 75 = 73.33…"""
    content = scheme(1, survey=70, work=30)
    ballots = [*alike("service_user", 5, [[0, 0]]), *alike("service_user", 5, [[1, 1]])]
    ballots += [*alike("supervisor", 10, [[2, 2]]), *alike("resident", 10, [[3, 3]])]
    score = counted(content, ballots, [rules.Part(work=Decimal("88.5"))]).scores[0]
    assert score.survey == Fraction(220, 3)
    assert score.total == Fraction(7, 10) * Fraction(220, 3) + Fraction(3, 10) * Fraction("88.5")
    assert (score.replies, score.unknown, score.reweighted) == (20, 20, True)
    assert rules.shown(score.survey) == Decimal("73.33")
    assert counted(content, ballots).scores[0].total == score.survey


@pytest.mark.parametrize(
    ("value", "shown"), [("0.005", "0.01"), ("72.344999", "72.34"), ("72.345", "72.35"), ("100", "100.00")]
)
def test_scores_are_rounded_half_up_for_showing_only(value: str, shown: str) -> None:
    assert str(rules.shown(Fraction(value))) == shown


def test_trimming_cuts_whole_answers_at_either_end() -> None:
    points = [Decimal(one) for one in (0, 50, 60, 70, 100)]
    assert rules.trimmed(points, Decimal(20)) == 60
    assert rules.trimmed(points, Decimal(19)) == 56
    assert rules.trimmed([], Decimal(20)) is None


def one_each(scores: list[int], **more: Any) -> list[rules.Score]:
    """The result when ten residents answer every object alike."""
    content = scheme(len(scores), (0, 0, 100), survey=100, work=0, **more)
    return counted(content, alike("resident", 10, [[one, one] for one in scores])).scores


def test_ties_share_a_rank_and_those_at_the_boundary_are_all_at_the_bottom() -> None:
    ranked = one_each([0, 0, 1, 1, 1, 1, 2])
    assert [one.rank for one in ranked] == [1, 1, 3, 3, 3, 3, 7]
    assert [one.from_bottom for one in ranked] == [6, 6, 2, 2, 2, 2, 1]
    assert [one.is_bottom for one in ranked] == [False, False, True, True, True, True, True]


@pytest.mark.parametrize(("objects", "off_at", "bottom"), [(4, 5, 0), (5, 5, 0), (6, 5, 3), (4, 0, 3)])
def test_a_small_group_has_no_bottom(objects: int, off_at: int, bottom: int) -> None:
    content = scheme(objects, (0, 0, 100), survey=50, work=50, bottom_off_at=off_at)
    parts = [rules.Part(work=Decimal(place)) for place in range(objects)]
    ranked = counted(content, alike("resident", 10, [[0, 0]] * objects), parts).scores
    assert sum(one.is_bottom for one in ranked) == bottom


def test_the_vetoed_stand_behind_all_others() -> None:
    content = scheme(3, (0, 0, 100), survey=100, work=0)
    parts = [rules.Part(veto="事故"), rules.Part(), rules.Part(veto="曝光")]
    ranked = counted(content, alike("resident", 10, [[0, 0], [2, 2], [1, 1]]), parts).scores
    assert [one.rank for one in ranked] == [2, 1, 2]
    assert [one.from_bottom for one in ranked] == [1, 3, 1]


@pytest.mark.parametrize(
    ("came", "found"), [(0, ["turnout_low"]), (14, ["turnout_low"]), (15, []), (31, ["over_issued"])]
)
def test_a_round_counts_when_enough_came_and_no_more_than_were_issued(came: int, found: list[str]) -> None:
    content = scheme(1)
    issued = {rater.category: 10 for rater in content.raters}
    returned = {rater.category: came // 3 + (place < came % 3) for place, rater in enumerate(content.raters)}
    assert rules.faults(content, issued, returned) == found


@pytest.mark.parametrize(
    ("replies", "hidden"),
    [
        ((20, 20, 20), ()),
        ((20, 19, 4), (1, 2)),
        ((20, 2, 1), (0, 1, 2)),
        ((20, 3, 3), (1, 2)),
        ((20, 0, 4), (0, 2)),
        ((4, 0, 0), (0,)),
    ],
)
def test_few_answers_are_not_shown_nor_to_be_subtracted(replies: tuple[int, ...], hidden: tuple[int, ...]) -> None:
    content = scheme(1, survey=100, work=0)
    ballots = [one for name, count in zip(RATERS, replies, strict=True) for one in alike(name, count, [[0, 0]])]
    score = counted(content, ballots).scores[0]
    assert [place for place, cell in enumerate(score.cells) if cell.hidden] == list(hidden)
    assert all(cell.mean is None for cell in score.cells if cell.hidden)
    assert score.hidden == (sum(replies) < 5) == (score.total is None)


def test_a_stratum_without_weight_protects_nobody() -> None:
    content = scheme(1, (50, 50, 0), survey=100, work=0)
    ballots = [*alike("service_user", 2, [[0, 0]]), *alike("resident", 50, [[0, 0]])]
    score = counted(content, ballots).scores[0]
    assert score.hidden
    assert score.total is None
