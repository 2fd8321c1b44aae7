"""Who may do what with self-checks beyond the pivot; pure."""

from xiaoneng.core.access.schemas import Actor, Standing
from xiaoneng.features.inspections.errors.self_checks import CoverageIncomplete, OwnUnit
from xiaoneng.features.inspections.models.self_checks import CheckedUnit, SelfCheck
from xiaoneng.features.inspections.rules.coverage import Count
from xiaoneng.kit.problems import AppError

Denial = type[AppError] | None


def check_standing(_: SelfCheck) -> Standing:
    """A self-check is the office's."""
    return Standing()


def check_denial(action: str, whole: Count) -> Denial:
    """R-04: a self-check closes when exactly all have checked themselves."""
    return CoverageIncomplete if action == "close" and not whole.is_complete else None


def row_standing(row: CheckedUnit) -> Standing:
    """How a unit's part of a self-check relates to the unit."""
    return Standing(units=frozenset([row.unit_id]))


def row_denial(action: str, actor: Actor, row: CheckedUnit, below: Count) -> Denial:
    """The head signs when all below have checked themselves; nobody judges their own unit."""
    if action == "submit" and not below.is_complete:
        return CoverageIncomplete
    return OwnUnit if action in {"accept", "send_back"} and row.unit_id in actor.member_units else None
