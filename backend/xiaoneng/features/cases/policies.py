"""Who may do what with a case beyond the pivot; pure."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from xiaoneng.core.access.schemas import Standing
from xiaoneng.features.cases import rules
from xiaoneng.features.cases.errors.cases import (
    AlreadyAudited,
    AlreadyExcluded,
    AlreadyPaused,
    CallBackTooEarly,
    CallerConfidential,
    CloseTooEarly,
    DeadlinePassed,
    LeadGoesThroughCase,
    MustBeDesignated,
    NoCaller,
    NoDraft,
    NoProblemYet,
    NothingReturned,
    NotPaused,
    OtherWay,
    RedosUsedUp,
    ReturnForbidden,
    ReturnsUsedUp,
    ReturnWindowClosed,
    SamePerson,
)
from xiaoneng.features.cases.errors.merges import (
    FollowsPrimary,
    MergeIntoClosed,
    MergeIntoMerged,
    MergeLater,
    MergeSelf,
    NotMerged,
    SealedApart,
)
from xiaoneng.features.cases.models.assignments import AssignmentPart, AssignmentWay, CaseAssignment
from xiaoneng.features.cases.models.case import Case, CaseStatus, Identity
from xiaoneng.features.cases.models.requests import ON_LIMITS, CaseRequest
from xiaoneng.kit.problems import AppError


@dataclass(frozen=True, slots=True)
class Returns:
    """How often a case may be returned, and until when by this unit (R-18); None is no limit."""

    at_most: int | None = None
    until: datetime | None = None


ANY_RETURNS = Returns()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a policy looks at besides the case: the moment, what its time policies allow, the tries to call back, the
    end of the rating window.
    """

    now: datetime
    returns: Returns = ANY_RETURNS
    max_redos: int | None = None
    call_back_attempts: int = 0
    rating_window_ends: datetime | None = None
    actor_id: UUID | None = None
    may_know_caller: bool = True


def standing(case: Case) -> Standing:
    """How the case relates to people."""
    return Standing(
        units=frozenset(filter(None, [case.lead_unit_id])),
        assigned=frozenset(filter(None, [case.handler_id])),
        made_by=case.created_by,
        on_desk=case.source is not None or case.created_by is None,
        named_units=frozenset(case.named_unit_ids),
        named_persons=frozenset(case.named_person_ids),
    )


def caller_standing(case: Case) -> Standing:
    """How the caller of a case relates to people: a confidential one is nothing to whoever handles the case by name,
    and as if the unit complained about were named.
    """
    stands = standing(case)
    if case.identity != Identity.CONFIDENTIAL:
        return stands
    against = stands.named_units | frozenset(filter(None, [case.target_unit_id]))
    return replace(stands, assigned=frozenset(), named_units=against)


def is_sealed(case: Case) -> bool:
    """Whether the case is a report against somebody (row 3 of the matrix)."""
    return bool(case.named_unit_ids or case.named_person_ids)


def part_standing(part: CaseAssignment) -> Standing:
    """How a part relates to the unit that has it."""
    return Standing(units=frozenset([part.unit_id]), assigned=frozenset(filter(None, [part.handler_id])))


def asker_standing(part: CaseAssignment) -> Standing:
    """How a part relates to the unit that asked for it."""
    return Standing(units=frozenset(filter(None, [part.answers_to_id])))


def _deny_return(case: Case, facts: Facts) -> type[AppError] | None:
    if case.paused_at is not None:
        return AlreadyPaused
    if case.return_forbidden:
        return ReturnForbidden
    if facts.returns.at_most is not None and case.returned_count >= facts.returns.at_most:
        return ReturnsUsedUp
    if facts.returns.until is not None and facts.now > facts.returns.until:
        return ReturnWindowClosed
    return None


def _deny_refusal(case: Case, _: Facts) -> type[AppError] | None:
    return None if case.returned_count else NothingReturned


def _deny_extension(case: Case, facts: Facts) -> type[AppError] | None:
    return DeadlinePassed if case.paused_at is None and facts.now >= case.due_at else None


def _deny_pause(case: Case, facts: Facts) -> type[AppError] | None:
    return AlreadyPaused if case.paused_at is not None else _deny_extension(case, facts)


def _deny_resume(case: Case, _: Facts) -> type[AppError] | None:
    return NotPaused if case.paused_at is None else None


def _deny_while_paused(case: Case, _: Facts) -> type[AppError] | None:
    return AlreadyPaused if case.paused_at is not None else None


def _deny_hand_over(case: Case, facts: Facts) -> type[AppError] | None:
    return ReturnForbidden if case.return_forbidden else _deny_while_paused(case, facts)


def _deny_exclusion(case: Case, _: Facts) -> type[AppError] | None:
    return AlreadyExcluded if case.excluded_at is not None else None


def _deny_redo(case: Case, facts: Facts) -> type[AppError] | None:
    if case.merged_into_id is not None:
        return FollowsPrimary
    return RedosUsedUp if facts.max_redos is not None and case.redo_count >= facts.max_redos else None


def _deny_step_up(case: Case, facts: Facts) -> type[AppError] | None:
    if case.merged_into_id is not None:
        return FollowsPrimary
    used_up = facts.max_redos is not None and case.redo_count >= facts.max_redos
    return None if used_up and case.problem_at is None else NoProblemYet


def _deny_dispatch(case: Case, facts: Facts) -> type[AppError] | None:
    at_most = facts.returns.at_most
    return MustBeDesignated if at_most is not None and case.returned_count >= at_most else None


def _deny_draft_step(case: Case, _: Facts) -> type[AppError] | None:
    return None if case.draft_by is not None else NoDraft


def _deny_approval(case: Case, facts: Facts) -> type[AppError] | None:
    return SamePerson if case.draft_by == facts.actor_id else _deny_draft_step(case, facts)


def _deny_audit(case: Case, _: Facts) -> type[AppError] | None:
    return AlreadyAudited if case.audited_at is not None else None


def _deny_early_question(case: Case, facts: Facts) -> type[AppError] | None:
    return CallBackTooEarly if case.paused_at is not None or facts.now < case.due_at else None


def _deny_close(_: Case, facts: Facts) -> type[AppError] | None:
    window_over = facts.rating_window_ends is not None and facts.now > facts.rating_window_ends
    tried = facts.call_back_attempts >= rules.CALL_BACK_ATTEMPTS
    return None if window_over or tried else CloseTooEarly


def _deny_merge(case: Case, facts: Facts) -> type[AppError] | None:
    return SealedApart if is_sealed(case) else _deny_while_paused(case, facts)


def _deny_unmerge(case: Case, _: Facts) -> type[AppError] | None:
    return None if case.merged_into_id is not None else NotMerged


def _deny_reveal(case: Case, facts: Facts) -> type[AppError] | None:
    if not has_caller(case):
        return NoCaller
    return None if facts.may_know_caller else CallerConfidential


_POLICIES: dict[str, Callable[[Case, Facts], type[AppError] | None]] = {
    "return": _deny_return,
    "refuse_return": _deny_refusal,
    "designate": _deny_while_paused,
    "add_co_units": _deny_while_paused,
    "hand_over": _deny_hand_over,
    "hand_down": _deny_while_paused,
    "whistle": _deny_while_paused,
    "apply_extension": _deny_extension,
    "apply_pause": _deny_pause,
    "resume": _deny_resume,
    "apply_exclusion": _deny_exclusion,
    "dispatch": _deny_dispatch,
    "redo": _deny_redo,
    "call_back_redo": _deny_redo,
    "step_up": _deny_step_up,
    "approve_reply": _deny_approval,
    "return_draft": _deny_draft_step,
    "accept_result": _deny_audit,
    "merge": _deny_merge,
    "unmerge": _deny_unmerge,
    "ask_after_limit": _deny_early_question,
    "close": _deny_close,
    "reveal_caller": _deny_reveal,
}


def denial(action: str, case: Case, facts: Facts) -> type[AppError] | None:
    """Why the action is refused although the machine and the pivot allow it; None when it is not."""
    policy = _POLICIES.get(action)
    return policy(case, facts) if policy else None


def merge_denial(case: Case, into: Case) -> type[AppError] | None:
    """Why a case may not be merged into another (R-16): sealed, over, merged itself, or promised for a later day."""
    if case.id == into.id:
        return MergeSelf
    if is_sealed(into):
        return SealedApart
    if into.merged_into_id is not None:
        return MergeIntoMerged
    if into.status is CaseStatus.CLOSED:
        return MergeIntoClosed
    return MergeLater if into.status is not CaseStatus.REPLIED and into.due_at > case.due_at else None


def has_caller(case: Case) -> bool:
    """Whether somebody's name or number is known."""
    return case.caller_name is not None or case.caller_phone is not None


def part_denial(action: str, part: CaseAssignment, facts: Facts) -> type[AppError] | None:
    """The same for a part; the lead's goes with its case, and what was decided by name is not given back (R-18)."""
    if part.part is AssignmentPart.LEAD:
        return LeadGoesThroughCase
    if action == "arrive" and (part.way is not AssignmentWay.WHISTLED or part.arrived_at is not None):
        return OtherWay
    if action != "return":
        return None
    if part.way is AssignmentWay.DESIGNATED:
        return ReturnForbidden
    return ReturnWindowClosed if facts.returns.until is not None and facts.now > facts.returns.until else None


def request_standing(request: CaseRequest) -> Standing:
    """How a request relates to the unit it is for and to whoever made it."""
    return Standing(units=frozenset([request.unit_id]), made_by=request.applied_by)


_STEPS_OF_A_LIMIT = frozenset({"endorse", "decline", "record_told"})
_STEPS_OF_AN_ASSESSMENT = frozenset({"review", "dismiss"})


def request_denial(action: str, actor_id: UUID, request: CaseRequest) -> type[AppError] | None:
    """Why a step of a request is refused although the machine and the pivot allow it."""
    foreign = _STEPS_OF_AN_ASSESSMENT if request.kind in ON_LIMITS else _STEPS_OF_A_LIMIT
    if action in foreign or (action == "record_told" and request.told_at is not None):
        return OtherWay
    if action in {"withdraw", "record_told"}:
        return None
    involved = {request.applied_by, request.endorsed_by, request.against_id}
    return SamePerson if actor_id in involved else None
