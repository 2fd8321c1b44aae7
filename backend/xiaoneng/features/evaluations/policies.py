"""Who may do what with evaluations beyond the pivot; pure."""

from collections.abc import Iterable
from uuid import UUID

from xiaoneng.core.access.schemas import Standing
from xiaoneng.features.evaluations.errors.schemes import KeyUnitsMissing, OwnScheme
from xiaoneng.features.evaluations.models.content import SchemeContent
from xiaoneng.features.evaluations.models.pool import Representative
from xiaoneng.features.evaluations.models.rounds import EvaluationRound
from xiaoneng.features.evaluations.models.schemes import EvaluationScheme
from xiaoneng.features.evaluations.rules.schemes import key_units_stand_apart
from xiaoneng.kit.problems import AppError

Denial = type[AppError] | None


def scheme_standing(scheme: EvaluationScheme) -> Standing:
    """A scheme belongs to the region; its draft to whoever drafted it."""
    return Standing(made_by=scheme.drafted_by)


def scheme_denial(action: str, actor_id: UUID, scheme: EvaluationScheme, key_units: Iterable[UUID]) -> Denial:
    """Why a step of a scheme is refused although the machine and the pivot allow it."""
    if action != "enact":
        return None
    if scheme.drafted_by == actor_id:
        return OwnScheme
    if not key_units_stand_apart(SchemeContent.model_validate(scheme.content), key_units):
        return KeyUnitsMissing
    return None


def person_standing(_: Representative) -> Standing:
    """The pool belongs to the region."""
    return Standing()


def round_standing(row: EvaluationRound) -> Standing:
    """A round belongs to the region."""
    return Standing(made_by=row.created_by)
