"""Who sees and does what with inspections and findings beyond the pivot; pure."""

from collections.abc import Collection
from dataclasses import dataclass

from xiaoneng.core.access.schemas import Actor, Reach, Standing
from xiaoneng.features.inspections.errors.findings import NotOnTeam, NotReported, OwnFinding
from xiaoneng.features.inspections.errors.inspections import (
    FindingsOpen,
    IsSecret,
    ItemsOpen,
    LeaderOnly,
    NothingToInspect,
    NoticeNeeded,
    OwnUnitInspected,
    TeamIncomplete,
    UnitsLeft,
)
from xiaoneng.features.inspections.models.findings import Disposition, Finding, FindingStatus
from xiaoneng.features.inspections.models.inspections import Inspection, InspectionStatus
from xiaoneng.features.inspections.models.plans import InspectionPlan
from xiaoneng.kit.problems import AppError

Denial = type[AppError] | None
MIN_TEAM = 2
UNSHOWN = frozenset({FindingStatus.RECORDED, FindingStatus.WITHDRAWN})
"""States of findings that units know nothing of."""
UNTOLD = frozenset({Disposition.CASE, Disposition.NO_ACTION})
"""What units are not told: a case is a lead against them, and telling of the rest only would tell of it."""
_LEADS = frozenset({"release", "conclude", "report"})
_JUDGES = frozenset({"uphold", "overrule", "dispose"})


def plan_standing(_: InspectionPlan) -> Standing:
    """A plan is the office's."""
    return Standing()


def _reached(reach: Reach, inspection: Inspection) -> bool:
    return (
        reach.jurisdiction
        or (reach.assigned_to is not None and reach.assigned_to in inspection.team_ids)
        or (reach.made_by is not None and reach.made_by == inspection.created_by)
    )


def is_blind(actor: Actor, inspection: Inspection) -> bool:
    """Whether the raw material is kept from this actor: staff of a unit inspected, or above or below, until release."""
    return inspection.released_at is None and bool(actor.member_units & set(inspection.blind_unit_ids))


def sees_whole(actor: Actor, inspection: Inspection) -> bool:
    """Whether the actor sees the inspection with its raw material, rather than what concerns their unit."""
    hidden = inspection.is_secret and inspection.shown_at is None
    reach = actor.reach("inspection:read_secret" if hidden else "inspection:read")
    return _reached(reach, inspection) and not is_blind(actor, inspection)


def standing(inspection: Inspection) -> Standing:
    """How an inspection relates to people: its team, and before release the staff that must not know."""
    named = () if inspection.released_at else inspection.blind_unit_ids
    return Standing(
        assigned=frozenset(inspection.team_ids), made_by=inspection.created_by, named_units=frozenset(named)
    )


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules look at beyond the inspection: visits that are left, the states of its findings, open items."""

    visits_left: int = 0
    findings: Collection[FindingStatus] = ()
    items_open: bool = False


_WAITING = frozenset({FindingStatus.RELEASED, FindingStatus.OBJECTED})
_ASKED = {"conclude": _WAITING, "follow_up": _WAITING | {FindingStatus.CONFIRMED}}
"""Steps that wait until no finding stands so."""


def denial(action: str, actor: Actor, inspection: Inspection, facts: Facts) -> Denial:
    """Why an action is refused although the machine and the pivot allow it; None when it is not."""
    if action in _LEADS and actor.person_id != inspection.leader_id:
        return LeaderOnly
    if action in {"approve", "send_notice", "begin"}:
        return _start_denial(action, inspection)
    return _end_denial(action, facts)


def _end_denial(action: str, facts: Facts) -> Denial:
    if action == "release":
        return UnitsLeft if facts.visits_left else None
    if action in _ASKED and _ASKED[action] & set(facts.findings):
        return FindingsOpen
    return ItemsOpen if action == "close" and facts.items_open else None


def _start_denial(action: str, inspection: Inspection) -> Denial:
    if not inspection.unit_ids:
        return NothingToInspect
    if len(inspection.team_ids) < MIN_TEAM or inspection.leader_id not in inspection.team_ids:
        return TeamIncomplete
    if action == "send_notice" and inspection.is_secret:
        return IsSecret
    is_unannounced = not inspection.is_secret and inspection.status is InspectionStatus.APPROVED
    return NoticeNeeded if action == "begin" and is_unannounced else None


def finding_standing(finding: Finding) -> Standing:
    """How a finding relates to the unit, and to whoever found it."""
    return Standing(units=frozenset([finding.unit_id]), made_by=finding.recorded_by)


def finding_denial(action: str, actor: Actor, finding: Finding, inspection: Inspection) -> Denial:
    """Nobody corrects what is no longer theirs; nobody judges their own unit or their own finding."""
    if action in {"revise", "withdraw"}:
        return None if actor.person_id in inspection.team_ids else NotOnTeam
    if action not in _JUDGES:
        return None
    if actor.member_units & set(inspection.blind_unit_ids):
        return OwnUnitInspected
    if actor.id == finding.recorded_by:
        return OwnFinding
    return NotReported if action == "dispose" and inspection.status is not InspectionStatus.REPORTED else None
