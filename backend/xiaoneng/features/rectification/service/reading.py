"""Items as the API shows them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import register_reader
from xiaoneng.core.files import service as files
from xiaoneng.core.organization.schemas.shared import PersonRef
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import TimelineEntryRead
from xiaoneng.core.worktime.schemas.clocks import Lamp
from xiaoneng.core.worktime.schemas.explanations import ClockExplanationRead
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.core.worktime.service import explanations
from xiaoneng.features.rectification.models.items import PLAN, RECTIFY, SUBJECT_TYPE, ItemStatus, RectificationItem
from xiaoneng.features.rectification.models.plans import Measure
from xiaoneng.features.rectification.repository import items as repository
from xiaoneng.features.rectification.repository import ledgers, plans
from xiaoneng.features.rectification.rules.cells import written
from xiaoneng.features.rectification.schemas.items import (
    EvidenceRead,
    ExtensionRead,
    ItemFilter,
    ItemListItem,
    ItemRead,
    MeasureRead,
    ProgressRead,
    SourceRef,
    VerificationRead,
)
from xiaoneng.features.rectification.schemas.ledgers import LedgerCell, LedgerOrigin
from xiaoneng.features.rectification.service import institutions, notices
from xiaoneng.features.rectification.service.door import DOOR
from xiaoneng.features.rectification.transitions import TITLES
from xiaoneng.kit.db import Session
from xiaoneng.kit.machine import Transition, action_refs
from xiaoneng.kit.pages import Page, PageParams
from xiaoneng.kit.problems import NotFound

_DONE = frozenset({ItemStatus.ACCEPTED, ItemStatus.CLOSED, ItemStatus.FILED, ItemStatus.VOIDED})
_UNDER_WAY = frozenset({ItemStatus.RECTIFYING, ItemStatus.CLOSEOUT_APPLIED, ItemStatus.VERIFIED})


async def get(session: Session, actor: Actor, item_id: UUID) -> RectificationItem:
    """One item. Raises NotFound, also for an item the actor may not know of."""
    item = await repository.find_visible(session, actor, item_id)
    if item is None:
        raise NotFound
    return item


async def read(session: Session, actor: Actor, item: RectificationItem) -> ItemRead:
    """The page of one item."""
    await session.write_buffered()
    clocks = (await worktime.clocks_of(session, SUBJECT_TYPE, [item.id])).get(item.id, [])
    measures = await plans.measures(session, item.id)
    named = (item.responsible_leader_id, item.responsible_person_id, item.owner_person_id)
    wanted = {*named, *(measure.owner_id for measure in measures)}
    people = await organization.person_refs(session, [person for person in wanted if person])
    units = await organization.unit_refs(session)
    return ItemRead(
        **listed(item, await worktime.calendar(session), units, people),
        **await _plan(session, item, measures, people),
        owner_type=item.owner_type,
        owner_person=_person(people, item.owner_person_id),
        co_units=[units[unit_id] for unit_id in item.co_unit_ids if unit_id in units],
        problem=item.problem,
        manifestation=item.manifestation,
        problem_code=item.problem_code,
        plan_returned_count=item.plan_returned_count,
        extended_count=item.extended_count,
        institution_waiver=item.institution_waiver,
        institution_waived_by=item.institution_waived_by,
        closeout_statement=item.closeout_statement,
        closeout_at=item.closeout_at,
        verification=_verification(item),
        is_joint=item.is_joint,
        is_public=item.is_public,
        ledger=await _origin(session, item),
        acceptances=await notices.acceptances(session, actor, item),
        notice=await notices.notice(session, item),
        objections=await notices.objections(session, item),
        look_backs=await notices.looked_back(session, item),
        accepted_at=item.accepted_at,
        reopened_at=item.reopened_at,
        conclusion=item.conclusion,
        closed_at=item.closed_at,
        clocks=[worktime.clock_read(view) for view in clocks],
        available_actions=action_refs(await DOOR.available(session, actor, item)),
        updated_at=item.updated_at,
    )


async def _plan(
    session: Session, item: RectificationItem, measures: Sequence[Measure], people: Mapping[UUID, PersonRef]
) -> dict[str, Any]:
    known = [item.institution_id] if item.institution_id else []
    waited = await institutions.refs(session, known)
    return {
        "started_on": item.started_on,
        "cause": item.cause,
        "target": item.target,
        "measures": await _measures(session, item, measures, people),
        "responsible_leader": _person(people, item.responsible_leader_id),
        "progress": [ProgressRead.model_validate(row) for row in await plans.progress(session, item.id)],
        "extensions": [ExtensionRead.model_validate(row) for row in await plans.extensions(session, item.id)],
        "institution": waited[item.institution_id] if item.institution_id else None,
    }


async def page(session: Session, actor: Actor, chosen: ItemFilter) -> Page[ItemListItem]:
    """A page of the ledger."""
    found = await repository.page(session, actor, chosen)
    calendar = await worktime.calendar(session)
    units = await organization.unit_refs(session)
    people = await organization.person_refs(session, filter(None, [row.responsible_person_id for row in found.rows]))

    def build(row: Any) -> ItemListItem:
        return ItemListItem(**listed(row, calendar, units, people))

    return found.page(build)


def deadline_kind(item: Any) -> str:
    """What an open item's due date is for: its plan, until that is approved, then putting it right."""
    return RECTIFY if item.status in _UNDER_WAY else PLAN


def listed(row: Any, calendar: Any, units: Any, people: Mapping[UUID, PersonRef]) -> dict[str, Any]:
    """An item as a row of a list; nothing is due of one that is filed only, accepted or over."""
    deadline = worktime.deadline(calendar, deadline_kind(row), row.due_at) if row.status not in _DONE else None
    source = None
    if row.source_id is not None:
        source = SourceRef(type=row.source_type, id=row.source_id, label=row.source_label)
    return {
        "id": row.id,
        "no": row.no,
        "title": row.title,
        "status": row.status,
        "item_class": row.item_class,
        "lead_unit": units.get(row.lead_unit_id),
        "source": source,
        "due_on": row.due_on,
        "due_at": row.due_at,
        "lamp": Lamp.PAUSED if row.status is ItemStatus.FILED else worktime.lamp(deadline),
        "deadline": deadline,
        "progress_percent": row.progress_percent,
        "returned_count": row.returned_count,
        "reopened_count": row.reopened_count,
        "is_mass": row.is_mass,
        "is_systemic": row.is_systemic,
        "responsible_person": _person(people, row.responsible_person_id),
        "rev": row.rev,
        "created_at": row.created_at,
    }


def _person(people: Mapping[UUID, PersonRef], person_id: UUID | None) -> PersonRef | None:
    return people.get(person_id) if person_id else None


async def _measures(
    session: Session, item: RectificationItem, measures: Sequence[Measure], people: Mapping[UUID, PersonRef]
) -> list[MeasureRead]:
    evidence = await plans.evidence(session, item.id)
    refs = {ref.id: ref for ref in await files.refs(session, [row.file_id for row in evidence])}
    return [
        MeasureRead(
            id=measure.id,
            seq=measure.seq,
            text=measure.text,
            owner=people.get(measure.owner_id),
            due_on=measure.due_on,
            done_at=measure.done_at,
            evidence=[
                EvidenceRead(
                    id=row.id,
                    measure_id=row.measure_id,
                    file=refs[row.file_id],
                    description=row.description,
                    sha256=row.sha256,
                    taken_at=row.taken_at,
                    place=row.place,
                    uploaded_at=row.uploaded_at,
                    uploaded_by=row.uploaded_by,
                    late=row.late,
                )
                for row in evidence
                if row.measure_id == measure.id
            ],
        )
        for measure in measures
    ]


async def _origin(session: Session, item: RectificationItem) -> LedgerOrigin | None:
    row = await ledgers.row_of(session, item.id) if item.source_type == "import" else None
    if row is None:
        return None
    told = ((heading, written(row.cells.get(heading))) for heading in row.headings if heading)
    lines = [LedgerCell(heading=heading, value="" if value is None else str(value)) for heading, value in told]
    return LedgerOrigin(ledger_id=row.id, file_name=row.file_name, sheet=row.sheet, row=row.position, cells=lines)


def _verification(item: RectificationItem) -> VerificationRead | None:
    if item.verify_method is None or item.verified_at is None:
        return None
    return VerificationRead(
        method=item.verify_method,
        conclusion=item.verify_conclusion or "",
        by=item.verified_by or "",
        at=item.verified_at,
    )


async def history(session: Session, actor: Actor, item_id: UUID, params: PageParams) -> Page[TimelineEntryRead]:
    """The item's timeline, newest first. Raises NotFound."""
    await get(session, actor, item_id)
    return await timeline.page_of(session, item_id, params, TITLES)


async def explain(session: Session, actor: Actor, item_id: UUID, kind: str) -> ClockExplanationRead:
    """Why a limit of the item ends when it does. Raises NotFound, also for an item the actor may not know of."""
    await get(session, actor, item_id)
    return await explanations.explain_kind(session, SUBJECT_TYPE, item_id, kind)


async def due_soon(session: Session, actor: Actor, before: datetime, limit: int) -> Sequence[RectificationItem]:
    """The actor's open items due before a moment, most urgent first."""
    return await repository.due_soon(session, actor, before, limit)


async def available(session: Session, actor: Actor, item: RectificationItem) -> list[Transition[Any]]:
    """What the actor may do with it now."""
    return await DOOR.available(session, actor, item)


async def _may_read(session: Session, actor: Actor, item_id: UUID) -> bool:
    return await repository.find_visible(session, actor, item_id) is not None


register_reader(SUBJECT_TYPE, _may_read)
