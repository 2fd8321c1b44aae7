"""The five templates against the documents, count by count, and the windows that they give; no database."""

from collections import Counter
from datetime import date
from importlib.resources import files

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.core.taxonomy import rules as taxonomy
from xiaoneng.features.campaigns.models.reports import ReportRule
from xiaoneng.features.campaigns.rules.windows import Window, follow_each_other, place
from xiaoneng.features.campaigns.schemas.templates import TemplateContent, TemplateStage
from xiaoneng.features.campaigns.service.templates import SHIPPED, shipped

S0, S1, S2, S3, S4 = (shipped(code) for code in SHIPPED)


def size(content: TemplateContent, code: str) -> int:
    [found] = [one for one in content.catalogues if one.code == code]
    return len(found.terms)


def figure(content: TemplateContent, words: str) -> str:
    [found] = [one for one in content.figures if words in one.title]
    return f"{found.value} {found.unit}"


def test_each_document_has_its_stages_and_tasks() -> None:
    shape = [(len(one.stages), len(one.tasks)) for one in (S0, S1, S2, S3, S4)]
    assert shape == [(5, 8), (3, 5), (0, 18), (0, 20), (3, 5)]


def test_the_five_stages_and_numbers_of_the_county() -> None:
    words = ["调研与方案制定", "学习教育与查找问题", "集中整治", "建章立制", "问题处理与总结"]
    assert [stage.title for stage in S0.stages] == [f"{one}阶段" for one in words]
    assert all(stage.starts is None and stage.ends is None and stage.days for stage in S0.stages)
    problems = [len(one.terms) for one in S0.catalogues if one.group == "problems"]
    assert (problems, sum(problems)) == ([3, 7, 5, 4], 19)
    numbers = {
        "ten_problems": 10,
        "aspects": 4,
        "prohibitions": 5,
        "batches": 4,
        "routings": 5,
        "platforms": 3,
        "clearances": 3,
        "strict_checks": 5,
        "lists": 3,
        "mechanisms": 4,
        "list_levels": 3,
    }
    assert {code: size(S0, code) for code in numbers} == numbers
    assert [one.kind for one in S0.bodies].count("working_group") == 3
    assert all(name.startswith("不") for _, name in next(c for c in S0.catalogues if c.code == "ten_problems").terms)
    assert Counter(one.stage for one in S0.deliverables) == {1: 2, 2: 4, 3: 3, 4: 1, 5: 2}
    assert S0.problem_lists


def test_the_three_stages_and_seven_institutions_of_the_city() -> None:
    assert [(one.starts, one.ends) for one in S1.stages] == [(None, "09-30"), ("10-01", "11-30"), ("12-01", "12-31")]
    numbers = {"improvements": 2, "forbidden": 4, "four_arbitrary": 4, "outcomes": 5, "institutions": 7, "looks": 3}
    assert {code: size(S1, code) for code in numbers} == numbers
    assert Counter(one.stage for one in S1.deliverables) == {1: 5, 2: 3, 3: 1}
    assert [(one.lead, len(one.co)) for one in S1.tasks] == [
        (("市法制局",), 3),
        (("市监察局",), 3),
        (("市发改局",), 5),
        (("市监察局",), 4),
        (("市监察局",), 2),
    ]
    [plan] = [one for one in S1.reports if one.rule is ReportRule.FIXED_DATE]
    assert (plan.due, plan.stage, len(plan.attachments)) == ("11-30", 2, 3)


def test_the_lasting_duties_and_figures_of_the_opinion() -> None:
    assert Counter(one.no.split("-")[0] for one in S2.tasks) == {"1": 4, "2": 3, "3": 3, "4": 4, "5": 4}
    numbers = {"views": 4, "service_areas": 5, "commitments": 3, "leading_by_example": 3, "awards": 3}
    assert {code: size(S2, code) for code in numbers} == numbers
    assert size(S2, "institutions") == 5
    values = [one.value for one in S2.figures]
    assert values == ["3000", "500", "2", "1", "1", "1", "1/3", "1/2", "100", "1000", "10000", "3000", "1000", "3", "2"]
    assert figure(S2, "代表库") == "3000 人"


def test_the_twenty_tasks_with_their_brackets() -> None:
    assert [one.no for one in S3.tasks] == [str(number) for number in range(1, 21)]
    assert list(Counter(one.area for one in S3.tasks).values()) == [3, 3, 3, 6, 3, 2]
    assert all(one.lead for one in S3.tasks)
    watched = {one.no for one in S3.tasks if "纪检监察机关" in one.lead}
    assert watched == {"1", "2", "3", "4", "5", "6", "9", "15", "16", "17", "18"}
    assert {one.no for one in S3.tasks if "编办" in one.lead} == {"10", "13"}
    assert {one.no for one in S3.tasks if "“正风”办" in one.lead} == {"19", "20"}
    numbers = {"fields": 8, "one_net": 4, "in_step": 4, "channels": 8, "elements": 9, "centre_levels": 4}
    numbers |= {"hundreds": 4, "containers": 4, "monitored": 9, "key_units": 10, "rounds": 2, "columns": 5}
    assert {code: size(S3, code) for code in numbers} == numbers
    assert [one.rule for one in S3.reports] == [ReportRule.QUARTER]
    assert (figure(S3, "季后"), figure(S3, "权责清单")) == ("5 工作日", "7 个")


def test_the_self_checks_and_dates_of_the_district() -> None:
    assert [(one.starts, one.ends, one.self_check) for one in S4.stages] == [
        (None, "07-31", False),
        ("08-01", "08-10", True),
        ("08-11", "09-30", False),
    ]
    [report] = S4.reports
    assert (report.rule, report.due, report.stage) == (ReportRule.FIXED_DATE, "08-10", 2)
    assert {code: size(S4, code) for code in ("contents", "four_kinds", "dimensions")} == {
        "contents": 5,
        "four_kinds": 4,
        "dimensions": 5,
    }
    group, office = S4.bodies
    assert (len(group.seats), office.seconded_per_unit) == (8, 1)
    assert [len(one.co) for one in S4.tasks] == [2, 2, 0, 6, 3]
    assert all(one.named_owner for one in S4.tasks)
    assert figure(S4, "自查面") == "100 %"


@pytest.mark.parametrize("content", [S0, S1, S2, S3, S4], ids=SHIPPED)
def test_a_template_is_whole(content: TemplateContent) -> None:
    stages = range(1, len(content.stages) + 1)
    assert all(one.stage is None or one.stage in stages for one in (*content.deliverables, *content.reports))
    assert len({one.no for one in content.tasks}) == len(content.tasks)
    for catalogue in content.catalogues:
        codes = [code for code, _ in catalogue.terms]
        assert len(set(codes)) == len(codes)
    everything = (*content.stages, *content.deliverables, *content.tasks, *content.reports, *content.catalogues)
    assert all(one.clause for one in everything)


@pytest.mark.parametrize("content", [S0, S1, S4], ids=["county", "city", "district"])
def test_codes_that_stand_in_a_code_list_are_there(content: TemplateContent) -> None:
    def known(scheme: str) -> set[str]:
        text = files("xiaoneng.core.taxonomy").joinpath(f"{scheme}.yaml").read_text("utf-8")
        return {term.code for term in taxonomy.flatten(yaml.safe_load(text)["terms"])}

    named = [(one.scheme, code) for one in content.catalogues if one.scheme for code, _ in one.terms]
    assert named
    assert [code for scheme, code in named if code not in known(scheme)] == []


def test_windows_are_those_of_the_document_in_the_first_year_that_still_has_them() -> None:
    assert place(S1.stages, date(2026, 9, 1)) == [
        Window(date(2026, 9, 1), date(2026, 9, 30)),
        Window(date(2026, 10, 1), date(2026, 11, 30)),
        Window(date(2026, 12, 1), date(2026, 12, 31)),
    ]
    assert place(S4.stages, date(2014, 7, 31))[1:] == [
        Window(date(2014, 8, 1), date(2014, 8, 10)),
        Window(date(2014, 8, 11), date(2014, 9, 30)),
    ]
    assert place(S4.stages, date(2026, 8, 1))[-1].ends_on == date(2027, 9, 30)


@given(
    st.dates(date(2000, 1, 1), date(2080, 12, 31)), st.lists(st.integers(1, 90), min_size=1, max_size=6), st.booleans()
)
def test_windows_follow_each_other_whenever_a_campaign_begins(start: date, days: list[int], dated: bool) -> None:
    plain = [TemplateStage(title="阶段", clause="一", days=length) for length in days]
    stages = list(S1.stages) if dated else plain
    windows = place(stages, start)
    assert follow_each_other(windows)
    assert windows[0].starts_on == start


@pytest.mark.parametrize(
    "windows",
    [
        [Window(date(2026, 1, 2), date(2026, 1, 1))],
        [Window(date(2026, 1, 1), date(2026, 1, 9)), Window(date(2026, 1, 9), date(2026, 1, 20))],
    ],
)
def test_windows_that_overlap_or_run_backwards_are_seen(windows: list[Window]) -> None:
    assert not follow_each_other(windows)
