"""The one door through which a case changes its state."""

from dataclasses import dataclass
from uuid import UUID

from xiaoneng.core.access.errors import PermissionDenied
from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.outbox import service as outbox
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change
from xiaoneng.features.cases import policies, repository
from xiaoneng.features.cases.events import CaseMoved
from xiaoneng.features.cases.models import SUBJECT_TYPE, Case
from xiaoneng.features.cases.schemas.actions import CaseInput, ReasonInput
from xiaoneng.features.cases.service import effects
from xiaoneng.features.cases.service.facts import facts
from xiaoneng.features.cases.transitions import MACHINE
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.http import check_rev
from xiaoneng.kit.problems import NotFound


@dataclass(frozen=True, slots=True)
class Command:
    """What somebody wants done: the action, its input, and the revision they have seen."""

    action: str
    body: CaseInput
    expected_rev: int


async def perform(session: Session, actor: Actor, case_id: UUID, command: Command) -> Case:
    """Do one action: sight, revision, machine, grant, policy, effect, history, event — or nothing at all.

    Raises NotFound, PreconditionFailed, IllegalTransition, PermissionDenied and what the effect refuses.
    """
    case = await repository.find_visible(session, actor, case_id, for_update=True)
    if case is None:
        raise NotFound
    check_rev(case, command.expected_rev)
    transition = MACHINE.step(case.status, command.action)
    if not actor.may(transition.permission, policies.standing(case)):
        raise PermissionDenied
    denial = policies.denial(command.action, case, await facts(session, case))
    if denial:
        raise denial
    before = case.status
    changes = await effects.EFFECTS[command.action](session, actor, case, command.body)
    case.status = transition.target or before
    touch(case)
    reason = command.body.reason if isinstance(command.body, ReasonInput) else None
    change = Change(command.action, before, case.status, reason, changes)
    timeline.record(session, actor.author, SUBJECT_TYPE, case.id, change)
    await outbox.publish(session, CaseMoved(subject_id=case.id, action=command.action))
    return case


def touch(case: Case) -> None:
    """Count one more revision."""
    case.rev += 1
    case.updated_at = clock.now()
