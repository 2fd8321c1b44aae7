"""State × action × role of items, held against what was agreed, and every conflict of interest; no database."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from xiaoneng.core.access.models import Role
from xiaoneng.core.access.rules import pivot
from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.timeline.models import ActorKind
from xiaoneng.features.rectification import policies
from xiaoneng.features.rectification.models.institutions import InstitutionStatus
from xiaoneng.features.rectification.models.items import ItemStatus, RectificationItem
from xiaoneng.features.rectification.service.ledger import DOOR
from xiaoneng.features.rectification.transitions import MACHINE

NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)
LEAD, CO, FAR, LEADER, PERSON, ME = uuid4(), uuid4(), uuid4(), uuid4(), uuid4(), uuid4()
AGREED = """
registered: urge LGO LGL INS MON
registered: designate LGO LGL; void LGO LGL; plan UHD ULN; link_institution UHD ULN; waive_institution LGO LGL
filed: adopt LGO LGL; void LGO LGL
planned: approve_plan LGO LGL; return_plan LGO LGL; link_institution UHD ULN; waive_institution LGO LGL
plan_returned: urge LGO LGL INS MON; plan UHD ULN; link_institution UHD ULN; waive_institution LGO LGL
rectifying: report_progress UHD ULN HDL; add_evidence UHD ULN HDL; apply_closeout UHD; apply_extension UHD ULN
rectifying: urge LGO LGL INS MON; assign UHD ULN
rectifying: grant_extension LGO LGL; refuse_extension LGO LGL; link_institution UHD ULN; waive_institution LGO LGL
closeout_applied: verify INS MON; return_closeout INS MON; link_institution UHD ULN; waive_institution LGO LGL
verified: return_closeout INS MON; close LGO LGL; link_institution UHD ULN; waive_institution LGO LGL
verified: convene LGO LGL; accept LGO LGL; sign_acceptance LGO LGL INS ACC
accepted: close LGO LGL; announce LGO LGL; record_objection LGO LGL; answer_objection LGO LGL
closed: pass_look_back LGO INS; rebound LGO INS
"""


def agreed() -> set[tuple[str, str, str]]:
    cells = set()
    for line in filter(None, AGREED.splitlines()):
        state, _, actions = line.partition(": ")
        for words in actions.split("; "):
            action, *roles = words.split(" ")
            cells |= {(state, action, role) for role in roles}
    return cells


def item(**more: Any) -> RectificationItem:
    plain = {"no": "ZG-1", "title": "标题", "problem": "问题", "due_at": NOW, "lead_unit_id": LEAD, "co_unit_ids": [CO]}
    people = {"responsible_leader_id": LEADER, "responsible_person_id": PERSON}
    return RectificationItem(**{**plain, **people, **more})


def somebody(role: Role, unit: UUID = LEAD, person: UUID | None = PERSON) -> Actor:
    units = frozenset([unit])
    return Actor(ME, "某人", ActorKind.PERSON, person, unit, {role: units}, pivot().grants, units)


def open_cells() -> Iterator[tuple[str, str, str]]:
    for row in MACHINE.transitions:
        for state in row.sources:
            for role in Role:
                if somebody(role).may(row.permission, policies.standing(item())):
                    yield state, row.action, role


def test_an_item_is_open_exactly_as_agreed() -> None:
    assert set(open_cells()) == agreed()


def test_a_voided_item_is_open_to_nobody_and_a_closed_one_to_look_back_only() -> None:
    assert {row.action for row in MACHINE.open_in(ItemStatus.VOIDED)} == set()
    assert {row.permission for row in MACHINE.open_in(ItemStatus.CLOSED)} == {"item:look_back"}


def test_a_body_that_is_called_signs_by_name() -> None:
    called = policies.standing(item(signer_ids=[PERSON]))
    assert somebody(Role.ACC, FAR).may("item:sign_acceptance", called)
    assert not somebody(Role.ACC, FAR, uuid4()).may("item:sign_acceptance", called)


def test_every_action_has_an_effect_and_every_effect_an_action() -> None:
    assert set(DOOR._effects) == {row.action for row in MACHINE.transitions}


def facts(**more: Any) -> policies.Facts:
    plain = {"now": NOW - timedelta(days=1), "units": frozenset([LEAD, CO])}
    return policies.Facts(**{**plain, **more})


FREE = {"person": uuid4(), "unit": FAR}
JUDGING = [row.action for row in MACHINE.transitions if row.action in policies.SECOND_PAIR_OF_EYES]


CALLED = policies.Procedure(called=True)
RUNNING = policies.Procedure(notice_until=NOW)
OPEN = {action: policies.Procedure() for action in JUDGING} | {"sign_acceptance": CALLED, "answer_objection": RUNNING}


@pytest.mark.parametrize("action", JUDGING)
@pytest.mark.parametrize(
    ("who", "known", "involved"),
    [
        (FREE, {}, False),
        ({"unit": LEAD, "person": uuid4()}, {}, True),
        ({"unit": CO, "person": uuid4()}, {}, True),
        ({"unit": FAR, "person": LEADER}, {"people": frozenset([LEADER, PERSON])}, True),
        ({"unit": FAR, "person": uuid4()}, {"accounts": frozenset([ME])}, True),
        (FREE, {"units": frozenset([LEAD, CO, FAR])}, True),
    ],
    ids=["nobody", "lead unit", "co-unit", "named or owner", "reported or proved", "unit below"],
)
def test_r07_whoever_had_a_part_does_not_judge(action: str, who: dict, known: dict, involved: bool) -> None:
    actor = somebody(Role.LGO, **who)
    subject = item(is_systemic=action.endswith("_institution"))
    refused = policies.denial(action, actor, subject, facts(asked_by=uuid4(), acceptance=OPEN[action], **known))
    assert (refused is not None and refused.code == "rectification.conflict_of_interest") is involved


@pytest.mark.parametrize("action", JUDGING)
def test_r07_whoever_applied_does_not_judge(action: str) -> None:
    refused = policies.denial(action, somebody(Role.LGO, **FREE), item(closeout_by=ME), facts())
    assert refused is not None
    assert refused.code == "rectification.conflict_of_interest"


@pytest.mark.parametrize(
    ("action", "more", "known", "code"),
    [
        ("plan", {"lead_unit_id": None}, {}, "rectification.no_unit"),
        ("plan", {"lead_unit_id": FAR}, {}, "rectification.lead_unit_only"),
        ("apply_closeout", {"lead_unit_id": FAR}, {}, "rectification.lead_unit_only"),
        ("apply_closeout", {}, {}, None),
        ("apply_closeout", {"is_systemic": True}, {}, "rectification.institution_missing"),
        ("apply_closeout", {"is_systemic": True, "institution_waiver": "理由"}, {}, None),
        ("apply_closeout", {"is_systemic": True}, {"institution": InstitutionStatus.PUBLISHED}, None),
        (
            "apply_closeout",
            {"is_systemic": True},
            {"institution": InstitutionStatus.PLANNED},
            "rectification.institution_missing",
        ),
        ("apply_extension", {}, {}, None),
        ("apply_extension", {}, {"now": NOW}, "rectification.extension_too_late"),
        ("apply_extension", {}, {"asked_by": FAR}, "rectification.extension_open"),
        ("link_institution", {}, {}, "rectification.not_systemic"),
    ],
)
def test_rules_of_the_unit(action: str, more: dict, known: dict, code: str | None) -> None:
    refused = policies.denial(action, somebody(Role.UHD), item(**more), facts(**known))
    assert (refused and refused.code) == code


@pytest.mark.parametrize(
    ("action", "known", "code"),
    [
        ("grant_extension", {}, "rectification.no_extension"),
        ("grant_extension", {"asked_by": FAR}, None),
        ("grant_extension", {"asked_by": ME}, "rectification.same_person"),
        ("grant_extension", {"asked_by": FAR, "now": NOW}, "rectification.extension_too_late"),
        ("refuse_extension", {"asked_by": FAR, "now": NOW}, None),
        ("refuse_extension", {"asked_by": ME}, "rectification.same_person"),
    ],
)
def test_rules_of_more_time(action: str, known: dict, code: str | None) -> None:
    refused = policies.denial(action, somebody(Role.LGO, **FREE), item(), facts(**known))
    assert (refused and refused.code) == code


LATE = NOW + timedelta(seconds=1)
VERIFIED, ACCEPTED = {"status": ItemStatus.VERIFIED}, {"status": ItemStatus.ACCEPTED}


@pytest.mark.parametrize(
    ("action", "more", "known", "code"),
    [
        ("close", VERIFIED, {}, None),
        ("close", {**VERIFIED, "verified_by_id": ME}, {}, "rectification.conflict_of_interest"),
        ("accept", {**VERIFIED, "verified_by_id": ME}, {}, "rectification.conflict_of_interest"),
        ("close", {**VERIFIED, "is_joint": True}, {}, "rectification.joint_required"),
        ("accept", VERIFIED, {"acceptance": CALLED}, "rectification.joint_required"),
        ("close", {**ACCEPTED, "is_joint": True}, {}, None),
        ("convene", VERIFIED, {"acceptance": CALLED}, "rectification.acceptance_open"),
        ("sign_acceptance", VERIFIED, {}, "rectification.nothing_to_sign"),
        ("close", {**VERIFIED, "is_public": True}, {}, "rectification.notice_needed"),
        ("close", {**ACCEPTED, "is_public": True}, {"acceptance": RUNNING, "now": NOW}, "rectification.notice_running"),
        ("close", {**ACCEPTED, "is_public": True}, {"acceptance": RUNNING, "now": LATE}, None),
        (
            "close",
            ACCEPTED,
            {"acceptance": policies.Procedure(notice_until=NOW, objections=1), "now": LATE},
            "rectification.objection_waiting",
        ),
        ("announce", ACCEPTED, {"acceptance": RUNNING}, "rectification.notice_running"),
        ("record_objection", ACCEPTED, {}, "rectification.no_notice"),
    ],
)
def test_rules_of_acceptance(action: str, more: dict, known: dict, code: str | None) -> None:
    refused = policies.denial(action, somebody(Role.LGO, **FREE), item(**more), facts(**known))
    assert (refused and refused.code) == code
