"""State × action × role, generated from machines and pivot and held against what was agreed; no database."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from xiaoneng.core.access.models import Role
from xiaoneng.core.access.rules import pivot
from xiaoneng.core.access.schemas import Actor, Standing
from xiaoneng.core.timeline.models import ActorKind
from xiaoneng.features.cases import policies
from xiaoneng.features.cases.models.assignments import AssignmentPart, AssignmentStatus, AssignmentWay, CaseAssignment
from xiaoneng.features.cases.models.case import Case, CaseChannel, CaseKind, CaseStatus, Urgency
from xiaoneng.features.cases.models.requests import AppealAbout, CaseRequest, RequestKind
from xiaoneng.features.cases.service import assignments, handling, requests
from xiaoneng.features.cases.service.door import DOOR
from xiaoneng.features.cases.transitions import JUDGING, MACHINE, PARTS, REQUESTS
from xiaoneng.kit.machine import Machine

NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)
UNIT, OTHER, PERSON, ME = uuid4(), uuid4(), uuid4(), uuid4()
OWN = Standing(units=frozenset([UNIT]), assigned=frozenset([PERSON]), made_by=ME, on_desk=True)
FOREIGN = Standing(units=frozenset([OTHER]))

CASES = """
registered: dispatch LGO HOP; designate LGO; refuse_return LGO HOP; issue_receipt LGO HOP
registered: reveal_caller LGO LGL ACC HDL HOP
to_sign: sign UHD ULN HDL; assign_handler UHD ULN; return UHD ULN; designate LGO; add_co_units LGO HOP
to_sign: urge LGO LGL MON; issue_receipt LGO HOP; reveal_caller LGO LGL ACC HDL HOP
handling: contact UHD ULN HDL; reply UHD ULN; assign_handler UHD ULN; return UHD ULN; designate LGO
handling: add_co_units LGO HOP; urge LGO LGL MON; issue_receipt LGO HOP; reveal_caller LGO LGL ACC HDL HOP
replied: record_attempt LGO HOP; call_back LGO HOP; redo LGO MON; close LGO; issue_receipt LGO HOP
replied: reveal_caller LGO LGL ACC HDL HOP
closed: reveal_caller LGO LGL ACC HDL HOP
registered: answer_on_spot LGO HOP; refuse_acceptance LGO HOP; transfer_emergency LGO HOP
to_sign: hand_over UHD ULN; hand_down UHD ULN; whistle UHD
handling: hand_over UHD ULN; hand_down UHD ULN; whistle UHD
to_sign: note_progress UHD ULN HDL; ask_after_limit LGO HOP
handling: note_progress UHD ULN HDL; draft_reply UHD ULN HDL; approve_reply UHD ULN; return_draft UHD ULN
handling: ask_after_limit LGO HOP
replied: accept_result LGO HOP; call_back_redo LGO HOP; step_up LGO LGL
to_sign: apply_extension ULN HDL; apply_pause ULN HDL; resume LGO UHD ULN; appeal UHD ULN
handling: apply_extension ULN HDL; apply_pause ULN HDL; resume LGO UHD ULN; appeal UHD ULN; apply_exclusion UHD ULN
replied: appeal UHD ULN; apply_exclusion UHD ULN
closed: appeal UHD ULN; apply_exclusion UHD ULN
registered: merge LGO HOP
to_sign: merge LGO HOP
handling: merge LGO HOP
replied: unmerge LGO HOP
closed: reopen LGO
merged: unmerge LGO HOP; issue_receipt LGO HOP; reveal_caller LGO LGL ACC HDL HOP
"""
OWN_PARTS = """
to_sign: arrive UHD ULN HDL
signed: arrive UHD ULN HDL; hand_down UHD ULN
handling: arrive UHD ULN HDL; hand_down UHD ULN
to_sign: sign UHD ULN HDL; assign_handler UHD ULN; return UHD ULN
signed: contact UHD ULN HDL; reply UHD ULN; assign_handler UHD ULN; return UHD ULN
handling: contact UHD ULN HDL; reply UHD ULN; assign_handler UHD ULN; return UHD ULN
"""
ASKED_PARTS = """
to_sign: cancel LGO UHD ULN
signed: cancel LGO UHD ULN
handling: cancel LGO UHD ULN
replied: accept LGO UHD ULN; redo LGO UHD ULN; cancel LGO UHD ULN
"""
ASKED = """
applied: endorse UHD; decline UHD; review LGO; dismiss LGO; withdraw UHD ULN HDL
endorsed: grant LGO LGL; refuse LGO LGL; withdraw UHD ULN HDL
granted: record_told ULN HDL
"""
TABLES = {
    "requests": (REQUESTS, ASKED),
    "cases": (MACHINE, CASES),
    "parts": (PARTS, OWN_PARTS),
    "judging": (JUDGING, ASKED_PARTS),
}


def agreed(table: str) -> set[tuple[str, str, str]]:
    """The cells of a table written as above."""
    cells = set()
    for line in filter(None, table.splitlines()):
        state, _, actions = line.partition(": ")
        for words in actions.split("; "):
            action, *roles = words.split(" ")
            cells |= {(state, action, role) for role in roles}
    return cells


def somebody(role: Role, units: frozenset[UUID] = frozenset([UNIT])) -> Actor:
    """A person with one role, at the unit."""
    return Actor(ME, "某人", ActorKind.PERSON, PERSON, UNIT, {role: units}, pivot().grants, units)


def open_cells(machine: Machine[Any], standing: Standing) -> Iterator[tuple[str, str, str]]:
    for row in machine.transitions:
        for state in row.sources:
            for role in Role:
                if somebody(role).may(row.permission, standing):
                    yield state, row.action, role


@pytest.mark.parametrize("name", TABLES)
def test_an_object_of_ones_own_is_open_exactly_as_agreed(name: str) -> None:
    machine, table = TABLES[name]
    assert set(open_cells(machine, OWN)) == agreed(table)


@pytest.mark.parametrize("name", TABLES)
def test_an_object_of_another_unit_is_open_to_the_jurisdiction_only(name: str) -> None:
    machine, table = TABLES[name]
    grants = pivot().grants
    permissions = {row.action: row.permission for row in machine.transitions}
    far = {cell for cell in agreed(table) if "jurisdiction" in grants[permissions[cell[1]]][Role(cell[2])]}
    assert set(open_cells(machine, FOREIGN)) == far


@pytest.mark.parametrize("name", TABLES)
def test_recusal_closes_every_cell(name: str) -> None:
    named = [replace(OWN, named_units=frozenset([UNIT])), replace(OWN, named_persons=frozenset([PERSON]))]
    assert [list(open_cells(TABLES[name][0], standing)) for standing in named] == [[], []]


def test_every_action_has_an_effect_and_every_effect_an_action() -> None:
    assert handling.EFFECTS
    doors = [(DOOR, MACHINE, {"reveal_caller"}), (assignments.OWN, PARTS, set()), (assignments.ASKER, JUDGING, set())]
    doors.append((requests.REQUEST_DOOR, REQUESTS, set()))
    for door, machine, read_only in doors:
        assert set(door._effects) == {row.action for row in machine.transitions} - read_only


def case(**more: Any) -> Case:
    plain = {"kind": CaseKind.COMPLAINT, "channel": CaseChannel.VISIT, "urgency": Urgency.NORMAL, "no": "SQ1"}
    about = {"title": "标题", "content": "内容", "received_at": NOW, "due_at": NOW, "dispatched_at": NOW}
    return Case(**{**plain, **about, "status": CaseStatus.TO_SIGN, **more})


@pytest.mark.parametrize(
    ("action", "facts", "hours", "code"),
    [
        ("return", {}, 24, None),
        ("return", {}, 25, "cases.return_window_closed"),
        ("return", {"returned_count": 2}, 1, "cases.returns_used_up"),
        ("return", {"return_forbidden": True}, 1, "cases.return_forbidden"),
        ("return", {"return_forbidden": True, "returned_count": 2}, 25, "cases.return_forbidden"),
        ("refuse_return", {}, 1, "cases.nothing_returned"),
        ("refuse_return", {"returned_count": 1}, 1, None),
        ("return", {"paused_at": NOW}, 1, "cases.already_paused"),
        ("hand_over", {"return_forbidden": True}, 1, "cases.return_forbidden"),
        ("hand_over", {}, 1, None),
        ("add_co_units", {"paused_at": NOW}, 1, "cases.already_paused"),
        ("apply_extension", {"due_at": NOW + timedelta(hours=2)}, 1, None),
        ("apply_extension", {"due_at": NOW + timedelta(hours=1)}, 1, "cases.deadline_passed"),
        ("apply_extension", {"due_at": NOW, "paused_at": NOW}, 1, None),
        ("apply_pause", {"due_at": NOW + timedelta(hours=1)}, 1, "cases.deadline_passed"),
        ("apply_pause", {"paused_at": NOW}, 1, "cases.already_paused"),
        ("resume", {}, 1, "cases.not_paused"),
        ("resume", {"paused_at": NOW}, 1, None),
        ("apply_exclusion", {"excluded_at": NOW}, 1, "cases.already_excluded"),
        ("merge", {}, 1, None),
        ("merge", {"paused_at": NOW}, 1, "cases.already_paused"),
        ("merge", {"named_unit_ids": [UNIT]}, 1, "cases.sealed_apart"),
        ("unmerge", {}, 1, "cases.not_merged"),
        ("unmerge", {"merged_into_id": OTHER}, 1, None),
        ("redo", {"merged_into_id": OTHER}, 1, "cases.follows_primary"),
        ("call_back_redo", {"merged_into_id": OTHER}, 1, "cases.follows_primary"),
        ("step_up", {"merged_into_id": OTHER}, 1, "cases.follows_primary"),
    ],
)
def test_policies_of_a_case(action: str, facts: dict, hours: int, code: str | None) -> None:
    refused = policies.denial(action, case(**facts), known(hours))
    assert (refused and refused.code) == code


@pytest.mark.parametrize("action", [row.action for machine in (PARTS, JUDGING) for row in machine.transitions])
def test_the_leads_part_moves_with_its_case_only(action: str) -> None:
    refused = policies.part_denial(action, part(part=AssignmentPart.LEAD), known(0))
    assert refused is not None
    assert refused.code == "cases.lead_goes_through_case"


@pytest.mark.parametrize(
    ("facts", "hours", "code"),
    [
        ({}, 24, None),
        ({}, 25, "cases.return_window_closed"),
        ({"way": AssignmentWay.DESIGNATED, "basis": "会议纪要"}, 1, "cases.return_forbidden"),
    ],
)
def test_policies_of_returning_a_part(facts: dict, hours: int, code: str | None) -> None:
    refused = policies.part_denial("return", part(**facts), known(hours))
    assert (refused and refused.code) == code


def known(hours: int) -> policies.Facts:
    """Two returns at most, within a day of the dispatch."""
    return policies.Facts(NOW + timedelta(hours=hours), policies.Returns(2, NOW + timedelta(hours=24)))


def part(**more: Any) -> CaseAssignment:
    plain = {"case_id": uuid4(), "unit_id": UNIT, "part": AssignmentPart.CO, "way": AssignmentWay.DISPATCHED}
    about = {"due_at": NOW, "dispatched_at": NOW, "dispatched_by": "话务员", "status": AssignmentStatus.TO_SIGN}
    return CaseAssignment(**{**plain, **about, **more})


APPLICANT, ENDORSER, DECIDER, ACCUSED = uuid4(), uuid4(), uuid4(), uuid4()


@pytest.mark.parametrize("kind", RequestKind)
@pytest.mark.parametrize("action", [row.action for row in REQUESTS.transitions])
@pytest.mark.parametrize("who", [APPLICANT, ENDORSER, DECIDER, ACCUSED])
def test_three_people_and_each_kind_its_own_way(kind: RequestKind, action: str, who: UUID) -> None:
    about = AppealAbout.REDO if kind is RequestKind.APPEAL else None
    request = CaseRequest(
        case_id=uuid4(),
        unit_id=UNIT,
        kind=kind,
        about=about,
        against_id=ACCUSED if about else None,
        reason="理由",
        applied_by=APPLICANT,
        applied_by_name="甲",
        applied_at=NOW,
        endorsed_by=ENDORSER,
    )
    on_limit = kind in {RequestKind.EXTENSION, RequestKind.PAUSE}
    foreign = {"review", "dismiss"} if on_limit else {"endorse", "decline", "record_told"}
    involved = {APPLICANT, ENDORSER} | ({ACCUSED} if about else set())
    refused = policies.request_denial(action, who, request)
    if action in foreign:
        expected = "cases.other_way"
    elif action in {"withdraw", "record_told"}:
        expected = None
    else:
        expected = "cases.same_person" if who in involved else None
    assert (refused and refused.code) == expected
