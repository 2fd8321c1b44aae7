"""Two people at each turn of supervision, and what the public never reads: each rule broken and kept."""

from types import SimpleNamespace
from typing import Any

import pytest

from xiaoneng.features.supervision import policies
from xiaoneng.features.supervision.errors import SecondPerson
from xiaoneng.kit import ids

ONE, OTHER = ids.new_id(), ids.new_id()
NOBODY = SimpleNamespace(caller_name=None, caller_phone=None)


@pytest.mark.parametrize(
    ("action", "did"),
    [
        ("approve", "proposed_by"),
        ("decline", "proposed_by"),
        ("publish", "drafted_by"),
        ("unlist", "applied_by"),
        ("keep", "applied_by"),
    ],
)
def test_whoever_took_the_step_before_of_a_listing_does_not_decide_on_it(action: str, did: str) -> None:
    listing: Any = SimpleNamespace(proposed_by=OTHER, drafted_by=OTHER, applied_by=OTHER)
    listing.public_text, listing.published_at = "公开内容", None
    assert policies.listing_denial(action, ONE, listing) is None
    setattr(listing, did, ONE)
    assert policies.listing_denial(action, ONE, listing) is SecondPerson


@pytest.mark.parametrize("action", ["accept", "send_back"])
def test_whoever_reported_does_not_judge_the_report(action: str) -> None:
    task: Any = SimpleNamespace(reported_by=ONE)
    assert policies.instruction_denial(action, ONE, task) is SecondPerson
    assert policies.instruction_denial(action, OTHER, task) is None


@pytest.mark.parametrize(
    "number", ["13800000000", "138 0000 0000", "0571-88000000", "11010119900307001X", "6222020200112233445"]
)
def test_no_number_of_a_person_is_published(number: str) -> None:
    case: Any = NOBODY
    assert policies.tells_personal_data(f"请联系{number}。", case)


@pytest.mark.parametrize("text", ["2026年11月30日前修复", "共 1200 米，3 个路口", "拨打 12345"])
def test_plain_figures_are(text: str) -> None:
    case: Any = NOBODY
    assert not policies.tells_personal_data(text, case)
