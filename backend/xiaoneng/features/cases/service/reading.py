"""Cases as the API shows them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from xiaoneng.core.access.errors import PermissionDenied
from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import register_reader
from xiaoneng.core.files import service as files
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.taxonomy import service as taxonomy
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change, TimelineEntryRead
from xiaoneng.core.worktime.schemas.clocks import ClockView
from xiaoneng.core.worktime.schemas.explanations import ClockExplanationRead
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.core.worktime.service import explanations, windows
from xiaoneng.features.cases import policies, rules
from xiaoneng.features.cases.errors.cases import CallerConfidential
from xiaoneng.features.cases.models.case import SUBJECT_TYPE, Case, CaseFlag, CaseStatus, Identity
from xiaoneng.features.cases.repository import cases as rows_of
from xiaoneng.features.cases.repository import lists
from xiaoneng.features.cases.schemas.reads import (
    CallerMasked,
    CallerRevealed,
    CaseFilter,
    CaseListItem,
    CaseRead,
    CategoryRef,
    DraftRead,
    RatingRead,
    RecordList,
    RecordRead,
    ReplyRead,
)
from xiaoneng.features.cases.service import parts_reading
from xiaoneng.features.cases.service.door import DOOR
from xiaoneng.features.cases.service.intake import CATEGORY_SCHEME
from xiaoneng.features.cases.service.parts_reading import Known
from xiaoneng.features.cases.transitions import TITLES
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.machine import Transition, action_refs
from xiaoneng.kit.masks import mask_name, mask_phone
from xiaoneng.kit.pages import Page, PageParams
from xiaoneng.kit.problems import NotFound

_WORKING = (CaseStatus.REGISTERED, CaseStatus.TO_SIGN, CaseStatus.HANDLING)
_LIST = Page[CaseListItem]

_AS_STORED = (
    "content",
    "place",
    "occurred_at",
    "source",
    "external_no",
    "return_forbidden",
    "excluded_at",
    "problem_at",
    "audited_at",
    "audited_by",
    "returned_count",
    "redo_count",
    "close_reason",
    "closed_at",
    "disputed_at",
    "reopened_count",
    "merged_into_id",
    "carries_others",
    "rev",
    "created_at",
    "updated_at",
)


async def get(session: Session, actor: Actor, case_id: UUID) -> Case:
    """One case. Raises NotFound, also for a case the actor may not know of."""
    case = await lists.read_visible(session, actor, case_id)
    if case is None:
        raise NotFound
    return case


async def read(session: Session, actor: Actor, case: Case, clocks: list[ClockView] | None = None) -> CaseRead:
    """The page of one case; `clocks` spares the query, and the writing before it, when the caller has them."""
    if clocks is None:
        await session.write_buffered()
    parts = await parts_reading.of_case(session, case)
    keys = [case.id, *(part.id for part in parts_reading.helping(parts))]
    running = await worktime.clocks_of_parts(session, keys) if clocks is None else {case.id: clocks}
    actions = await DOOR.available(session, actor, case)
    named = [case.handler_id, *(p.handler_id for p in parts), *(p.acting_for_id for p in parts)]
    people = await organization.person_refs(session, filter(None, named))
    units = await organization.unit_refs(session)
    return CaseRead(
        **await _item(session, case),
        **{name: getattr(case, name) for name in _AS_STORED},
        caller=_masked(case),
        anonymous=case.identity is Identity.ANONYMOUS,
        sealed=policies.is_sealed(case),
        target_unit=units.get(case.target_unit_id) if case.target_unit_id else None,
        first_unit=units.get(case.first_unit_id) if case.first_unit_id else None,
        handler=people.get(case.handler_id) if case.handler_id else None,
        assignments=await parts_reading.read_all(session, actor, parts, Known(people, running, case)),
        flags=await _flags(session, case),
        draft=await _draft(session, case),
        reply=await _reply(session, case),
        rating=_rating(case),
        clocks=[worktime.clock_read(view) for view in running.get(case.id, ())],
        available_actions=action_refs(actions),
    )


async def page(session: Session, actor: Actor, chosen: CaseFilter) -> Page[CaseListItem]:
    """A page of the actor's cases."""
    found = await lists.page(session, actor, chosen)
    calendar = await worktime.calendar(session)
    units = await organization.unit_refs(session)
    categories = await taxonomy.names(session, CATEGORY_SCHEME)

    return found.page_of(_LIST, lambda row: _listed(row, calendar, units, categories))


async def _item(session: Session, case: Case) -> dict[str, Any]:
    calendar = await worktime.calendar(session)
    units = await organization.unit_refs(session)
    return _listed(case, calendar, units, await taxonomy.names(session, CATEGORY_SCHEME))


def _listed(row: Any, calendar: Any, units: Any, categories: Any) -> dict[str, Any]:
    due_at = row.due_at if row.paused_at is None else None
    deadline = worktime.deadline(calendar, "finish", due_at) if row.status in _WORKING else None
    code = row.category_code
    return {
        "id": row.id,
        "no": row.no,
        "title": row.title,
        "kind": row.kind,
        "channel": row.channel,
        "urgency": row.urgency,
        "status": row.status,
        "category": CategoryRef(code=code, name=categories.get(code, code)) if code else None,
        "lead_unit": units.get(row.lead_unit_id),
        "due_at": due_at,
        "lamp": worktime.lamp(deadline),
        "deadline": deadline,
        "received_at": row.received_at,
        "identity": row.identity,
        "confidential": row.identity == Identity.CONFIDENTIAL,
        "stars": row.stars,
    }


def _masked(case: Case) -> CallerMasked | None:
    if not policies.has_caller(case) or case.identity is Identity.CONFIDENTIAL:
        return None
    return CallerMasked(
        name_masked=mask_name(case.caller_name) if case.caller_name else None,
        phone_masked=mask_phone(case.caller_phone) if case.caller_phone else None,
    )


async def _flags(session: Session, case: Case) -> list[CaseFlag]:
    """Costs no statement: the figures in force are held in the process."""
    got_on = clock.local(case.dispatched_at).date() if case.dispatched_at else None
    minutes = await windows.amount(session, rules.QUICK_POLICY, "reply", got_on) if got_on else None
    return rules.flags(case, minutes)


async def _reply(session: Session, case: Case) -> ReplyRead | None:
    if case.reply_text is None or case.replied_at is None:
        return None
    refs = await files.refs(session, case.reply_file_ids) if case.reply_file_ids else []
    return ReplyRead(
        text=case.reply_text,
        replied_at=case.replied_at,
        replied_by=case.replied_by,
        working_days=case.reply_working_days,
        files=refs,
    )


async def _draft(session: Session, case: Case) -> DraftRead | None:
    if case.draft_text is None:
        return None
    refs = await files.refs(session, case.draft_file_ids or [])
    return DraftRead(text=case.draft_text, drafted_by=case.draft_by_name, files=refs)


async def records(session: Session, actor: Actor, case_id: UUID) -> RecordList:
    """The conversations and notes of a case, newest first. Raises NotFound."""
    await get(session, actor, case_id)
    rows = await rows_of.contacts(session, case_id)
    refs = {ref.id: ref for ref in await files.refs(session, [one for row in rows for one in row.file_ids or ()])}
    units = await organization.unit_refs(session)
    items = [
        RecordRead(
            **{name: getattr(row, name) for name in RecordRead.model_fields if hasattr(row, name)},
            unit=units.get(row.unit_id) if row.unit_id else None,
            files=[refs[one] for one in row.file_ids or () if one in refs],
        )
        for row in rows
    ]
    return RecordList(items=items)


def _rating(case: Case) -> RatingRead | None:
    if case.rated_at is None:
        return None
    return RatingRead(stars=case.stars, solved=case.solved, comment=case.rating_comment, rated_at=case.rated_at)


async def history(session: Session, actor: Actor, case_id: UUID, params: PageParams) -> Page[TimelineEntryRead]:
    """The case's timeline, newest first. Raises NotFound."""
    if not await lists.is_visible(session, actor, case_id):
        raise NotFound
    return await timeline.page_of(session, case_id, params, TITLES)


async def explain(session: Session, actor: Actor, case_id: UUID, kind: str) -> ClockExplanationRead:
    """Why a limit of the case ends when it does. Raises NotFound, also for a case the actor may not know of."""
    await get(session, actor, case_id)
    return await explanations.explain_kind(session, SUBJECT_TYPE, case_id, kind)


async def reveal_caller(session: Session, actor: Actor, case_id: UUID, reason: str) -> CallerRevealed:
    """Name and number in clear; who looked and why goes on record.

    Raises NotFound, PermissionDenied, and CallerConfidential for the handler of a confidential case and for the unit
    that it complains about.
    """
    case = await get(session, actor, case_id)
    if not actor.may("caller:read", policies.standing(case)):
        raise PermissionDenied
    if not actor.may("caller:read", policies.caller_standing(case)):
        raise CallerConfidential
    change = Change("reveal_caller", reason=reason)
    timeline.record_read(session, actor.author, SUBJECT_TYPE, case.id, change)
    return CallerRevealed(name=case.caller_name, phone=case.caller_phone)


async def due_soon(session: Session, actor: Actor, before: datetime, limit: int) -> Sequence[Case]:
    """The actor's unfinished cases due before a moment, most urgent first."""
    return await lists.due_soon(session, actor, before, limit)


async def latencies(session: Session, actor: Actor, source: str | None) -> Sequence[tuple[int, int]]:
    """Replied cases by working days from receipt to reply (the day after receipt is day 1)."""
    return await lists.latencies(session, actor, source)


async def available(session: Session, actor: Actor, case: Case) -> list[Transition[Any]]:
    """What the actor may do with it now."""
    return await DOOR.available(session, actor, case)


async def _may_read(session: Session, actor: Actor, case_id: UUID) -> bool:
    return await lists.is_visible(session, actor, case_id)


register_reader(SUBJECT_TYPE, _may_read)
