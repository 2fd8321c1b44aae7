"""Who may do what with instructions and listings beyond the pivot; pure."""

import re
from uuid import UUID

from xiaoneng.core.access.schemas import Standing
from xiaoneng.features.cases.models.case import Case, CaseStatus
from xiaoneng.features.supervision.errors import NoDecision, NothingToPublish, NotPublished, SecondPerson
from xiaoneng.features.supervision.models.instructions import CaseInstruction
from xiaoneng.features.supervision.models.listings import CaseListing
from xiaoneng.kit.problems import AppError

Denial = type[AppError] | None
_NUMBER = re.compile(r"1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8}|\d{17}[\dXx]|\d{15,19}")
"""Mobile and fixed telephones, identity numbers, bank cards."""
_LEAST_NAME = 2


def instruction_standing(task: CaseInstruction) -> Standing:
    """How an instruction relates to the unit and the person it is for."""
    return Standing(
        units=frozenset([task.unit_id]), assigned=frozenset(filter(None, [task.person_id])), made_by=task.given_by
    )


def listing_standing(listing: CaseListing) -> Standing:
    """How a listing relates to the unit that has the case and to the leader who answers for it."""
    return Standing(
        units=frozenset([listing.unit_id]), assigned=frozenset([listing.leader_id]), made_by=listing.proposed_by
    )


def instruction_denial(action: str, actor_id: UUID, task: CaseInstruction) -> Denial:
    """Whoever reported does not judge the report."""
    return SecondPerson if action in {"accept", "send_back"} and task.reported_by == actor_id else None


def listing_denial(action: str, actor_id: UUID, listing: CaseListing) -> Denial:
    """Why a step of a listing is refused although the machine and the pivot allow it."""
    if action in {"approve", "decline"} and listing.proposed_by == actor_id:
        return SecondPerson
    if action == "publish":
        return _publish_denial(actor_id, listing)
    if action == "apply_unlist" and listing.met_on is None:
        return NoDecision
    if action == "apply_unlist" and listing.published_at is None:
        return NotPublished
    return SecondPerson if action in {"unlist", "keep"} and listing.applied_by == actor_id else None


def _publish_denial(actor_id: UUID, listing: CaseListing) -> Denial:
    if listing.public_text is None or listing.published_at is not None:
        return NothingToPublish
    return SecondPerson if listing.drafted_by == actor_id else None


def is_open_to_supervision(case: Case) -> bool:
    """Whether a case has somebody who works on it, and is nobody's report against somebody."""
    return case.status is not CaseStatus.CLOSED and case.lead_unit_id is not None and not case.is_sealed


def tells_personal_data(text: str, case: Case) -> bool:
    """Whether a text for the public contains a number of a person, or the name or number of the caller."""
    if _NUMBER.search(text):
        return True
    names = [case.caller_name] if case.caller_name and len(case.caller_name) >= _LEAST_NAME else []
    return any(one in text for one in [*names, *filter(None, [case.caller_phone])])
