"""Who may do what with an item beyond the pivot; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from xiaoneng.core.access.schemas import Actor, Standing
from xiaoneng.features.rectification.errors.acceptance import (
    AcceptanceOpen,
    JointRequired,
    NoNotice,
    NothingToSign,
    NoticeNeeded,
    NoticeRunning,
    ObjectionWaiting,
)
from xiaoneng.features.rectification.errors.extensions import ExtensionOpen, ExtensionTooLate, NoExtension, SamePerson
from xiaoneng.features.rectification.errors.items import (
    ConflictOfInterest,
    InstitutionMissing,
    LeadUnitOnly,
    NotSystemic,
    NoUnit,
)
from xiaoneng.features.rectification.models.institutions import InstitutionStatus
from xiaoneng.features.rectification.models.items import ItemStatus, RectificationItem
from xiaoneng.kit.problems import AppError

Denial = type[AppError] | None
_DECIDES = frozenset({"accept", "close"})
"""Taken by one person alone, who is not the one who verified."""
SECOND_PAIR_OF_EYES = _DECIDES | {
    "verify",
    "sign_acceptance",
    "answer_objection",
    "grant_extension",
    "waive_institution",
    "pass_look_back",
    "rebound",
}
_LEAD_ONLY: Mapping[str, str] = {
    "plan": "item:plan",
    "apply_extension": "item:plan",
    "assign": "item:plan",
    "link_institution": "item:plan",
    "apply_closeout": "item:sign",
}
"""Actions of the lead unit, and the permission that must reach it."""


def standing(item: RectificationItem) -> Standing:
    """How the item relates to people."""
    return Standing(
        units=frozenset(filter(None, [item.lead_unit_id, *item.co_unit_ids])),
        assigned=frozenset(filter(None, [item.responsible_person_id, item.responsible_leader_id, *item.signer_ids])),
        made_by=item.created_by,
    )


@dataclass(frozen=True, slots=True)
class Procedure:
    """Whether bodies have been called and not all signed, until when the notice runs, and unanswered objections."""

    called: bool = False
    notice_until: datetime | None = None
    objections: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules look at beyond the item: the moment, the units concerned with all below them, and who did what.

    `people` and `accounts` had a part in the rectification; `asked_by` has asked for more time, if a request is open;
    `institution` is where that of a systemic item stands, `acceptance` how far acceptance and notice are.
    """

    now: datetime
    units: frozenset[UUID] = frozenset()
    people: frozenset[UUID] = frozenset()
    accounts: frozenset[UUID] = frozenset()
    asked_by: UUID | None = None
    institution: InstitutionStatus | None = None
    acceptance: Procedure = Procedure()


def has_conflict(actor: Actor, item: RectificationItem, facts: Facts) -> bool:
    """R-07: a person of the units or of one below them, one who had a part in it, or the one who applied."""
    return (
        bool(facts.units & actor.member_units)
        or (actor.person_id is not None and actor.person_id in facts.people)
        or actor.id in facts.accounts
        or actor.id == item.closeout_by
    )


def needs_institution(item: RectificationItem, facts: Facts) -> bool:
    """R-01: whether the item still waits for its institution."""
    published = facts.institution is InstitutionStatus.PUBLISHED
    return item.is_systemic and item.institution_waiver is None and not published


def denial(action: str, actor: Actor, item: RectificationItem, facts: Facts) -> Denial:
    """Why the action is refused although the machine and the pivot allow it; None when it is not."""
    if action in SECOND_PAIR_OF_EYES and has_conflict(actor, item, facts):
        return ConflictOfInterest
    if action in _DECIDES and actor.id == item.verified_by_id and item.status is ItemStatus.VERIFIED:
        return ConflictOfInterest
    if action in _LEAD_ONLY and item.lead_unit_id not in actor.reach(_LEAD_ONLY[action]).units:
        return LeadUnitOnly if item.lead_unit_id else NoUnit
    if action.endswith("_extension"):
        return _extension_denial(action, actor, item, facts)
    return _institution_denial(action, item, facts) or _acceptance_denial(action, item, facts)


def _institution_denial(action: str, item: RectificationItem, facts: Facts) -> Denial:
    if action.endswith("_institution"):
        return None if item.is_systemic else NotSystemic
    return InstitutionMissing if action in {"apply_closeout", "close"} and needs_institution(item, facts) else None


def _acceptance_denial(action: str, item: RectificationItem, facts: Facts) -> Denial:
    """S4-10: several bodies sign where that is asked for; the notice runs out and every objection is answered first."""
    called = facts.acceptance.called
    if action == "convene":
        return AcceptanceOpen if called else None
    if action == "sign_acceptance":
        return None if called else NothingToSign
    if action in _DECIDES and item.status is ItemStatus.VERIFIED and (item.is_joint or called):
        return JointRequired
    return _notice_denial(action, item, facts)


def _notice_denial(action: str, item: RectificationItem, facts: Facts) -> Denial:
    is_there = facts.acceptance.notice_until is not None
    if action == "announce" and is_there:
        return NoticeRunning
    if action in {"record_objection", "answer_objection"} and not is_there:
        return NoNotice
    if action != "close" or not (is_there or item.is_public):
        return None
    return _closing_denial(facts.acceptance, facts.now)


def _closing_denial(procedure: Procedure, now: datetime) -> Denial:
    if procedure.notice_until is None:
        return NoticeNeeded
    if now <= procedure.notice_until:
        return NoticeRunning
    return ObjectionWaiting if procedure.objections else None


def _extension_denial(action: str, actor: Actor, item: RectificationItem, facts: Facts) -> Denial:
    """SM-23: asked and granted before the limit is over, a late one is only refused; whoever asks does not decide."""
    if action == "apply_extension" and facts.asked_by is not None:
        return ExtensionOpen
    if action != "apply_extension" and facts.asked_by is None:
        return NoExtension
    if action != "refuse_extension" and facts.now >= item.due_at:
        return ExtensionTooLate
    return SamePerson if facts.asked_by == actor.id else None
