"""Registering a case: one lawful deadline, one history entry, one event, one transaction."""

from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.numbering import service as numbering
from xiaoneng.core.outbox import service as outbox
from xiaoneng.core.taxonomy import service as taxonomy
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Author, Change
from xiaoneng.core.worktime.schemas.clocks import ClockView
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.cases import rules
from xiaoneng.features.cases.errors.cases import IdentityRefused
from xiaoneng.features.cases.events import CaseRegistered
from xiaoneng.features.cases.models.case import SUBJECT_TYPE, Case, CaseStatus, Identity
from xiaoneng.features.cases.repository import cases as repository
from xiaoneng.features.cases.schemas.actions import CaseCreate, CaseDraft
from xiaoneng.kit import clock, ids
from xiaoneng.kit.crypto import provider
from xiaoneng.kit.db import Session
from xiaoneng.kit.problems import FieldProblem

CATEGORY_SCHEME = "case_category"


async def register_by(session: Session, actor: Actor, body: CaseCreate) -> tuple[Case, list[ClockView]]:
    """Register what an operator took down. Raises InvalidInput."""
    caller = body.caller
    draft = CaseDraft(
        **body.model_dump(exclude={"caller"}),
        caller_name=caller.name if caller else None,
        caller_phone=caller.phone if caller else None,
        received_at=clock.now(),
    )
    return await register(session, actor.author, draft, created_by=actor.id)


async def register(
    session: Session, author: Author, draft: CaseDraft, *, created_by: UUID | None = None
) -> tuple[Case, list[ClockView]]:
    """Register a case and start the clock of its final reply (北京市接诉即办工作条例 13: the limit is on the order).

    Raises InvalidInput for an unknown category, IdentityRefused for a way of being known that the caller does not bear
    out.
    """
    draft.identity = _identity(draft)
    if draft.category_code is not None:
        await taxonomy.require(session, CATEGORY_SCHEME, draft.category_code)
    draft.urgency = rules.urgency_of(draft.channel, draft.urgency)
    case_id = ids.new_id()
    finish = await worktime.start_clock(
        session,
        subject_type=SUBJECT_TYPE,
        subject_id=case_id,
        kind="finish",
        policy_code=rules.policy_code(draft.kind, draft.urgency),
        started_at=draft.received_at,
        unit_id=None,
        scopes=rules.policy_scopes(draft.channel),
    )
    row = await _row(session, case_id, draft, finish, created_by)
    session.append(Case, row)
    change = Change(
        "register", to_state=CaseStatus.REGISTERED, changes={"channel": draft.channel, "source": draft.source}
    )
    timeline.record(session, author, SUBJECT_TYPE, case_id, change)
    await outbox.publish(session, CaseRegistered(subject_id=case_id))
    return repository.as_read(row), [finish]


def _identity(draft: CaseDraft) -> Identity:
    has_caller = bool(draft.caller_name or draft.caller_phone)
    flags = {"anonymous": draft.anonymous, "confidential": draft.confidential}
    identity = rules.identity_of(draft.identity, **flags, has_caller=has_caller)
    if any(said and name != identity for name, said in flags.items()) and draft.identity is not None:
        raise _refused("identity", "identity_contradicts", "身份选择前后不一致")
    if identity is Identity.ANONYMOUS and has_caller:
        raise _refused("caller", "anonymous_caller", "匿名诉求不能带联系人")
    if identity is not Identity.ANONYMOUS and not has_caller:
        raise _refused("caller", "caller_required", "实名或保密的诉求要有姓名或电话")
    return identity


def _refused(name: str, code: str, message: str) -> IdentityRefused:
    return IdentityRefused(errors=[FieldProblem(path=f"body.{name}", code=code, message=message)])


async def _row(
    session: Session, case_id: UUID, draft: CaseDraft, finish: ClockView, created_by: UUID | None
) -> dict[str, Any]:
    now = clock.now()
    phone = draft.caller_phone
    return {
        **draft.model_dump(exclude={"anonymous", "confidential"}),
        "id": case_id,
        "rev": 1,
        "created_at": now,
        "updated_at": now,
        "no": await numbering.next_number(session, "case"),
        "status": CaseStatus.REGISTERED,
        "due_at": finish.due_at,
        "caller_phone_hash": provider().lookup_hash(phone) if phone else None,
        "returned_count": 0,
        "redo_count": 0,
        "reply_file_ids": [],
        "created_by": created_by,
    }
