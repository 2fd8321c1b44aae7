"""Parts as the API shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.files import service as files
from xiaoneng.core.files.schemas import FileRef
from xiaoneng.core.organization.schemas.shared import PersonRef
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.worktime.schemas.clocks import ClockView
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.cases.models.assignments import ASSIGNMENT, AssignmentPart, CaseAssignment
from xiaoneng.features.cases.models.case import Case
from xiaoneng.features.cases.repository import assignments as repository
from xiaoneng.features.cases.schemas.assignments import AssignmentFilter, AssignmentListItem, AssignmentRead
from xiaoneng.features.cases.service.assignments import available
from xiaoneng.kit.db import Session
from xiaoneng.kit.machine import action_refs
from xiaoneng.kit.pages import Page


@dataclass(frozen=True, slots=True)
class Known:
    """What a page of parts has at hand: the people and clocks they name, and their case when it was read too."""

    people: Mapping[UUID, PersonRef]
    clocks: Mapping[UUID, list[ClockView]]
    case: Case | None = None


async def of_case(session: Session, case: Case) -> Sequence[CaseAssignment]:
    """The parts of a case; a case that was never dispatched has none, without asking."""
    return await repository.of_case(session, case.id) if case.dispatched_at else ()


def helping(parts: Sequence[CaseAssignment]) -> list[CaseAssignment]:
    """The parts that have clocks and a reply of their own; the lead's are the case's."""
    return [part for part in parts if part.part is AssignmentPart.CO]


async def read_all(
    session: Session, actor: Actor, parts: Sequence[CaseAssignment], known: Known
) -> list[AssignmentRead]:
    """The parts of a case for its page; asks for files only where there can be any."""
    wanted = [file_id for part in helping(parts) for file_id in part.reply_file_ids]
    refs = {ref.id: ref for ref in await files.refs(session, wanted)}
    return [await _read(session, actor, part, known, refs) for part in parts]


async def read(session: Session, actor: Actor, part: CaseAssignment) -> AssignmentRead:
    """One part after it moved."""
    await session.write_buffered()
    people = await organization.person_refs(session, filter(None, [part.handler_id, part.acting_for_id]))
    clocks = await worktime.clocks_of(session, ASSIGNMENT, [one.id for one in helping([part])])
    return (await read_all(session, actor, [part], Known(people, clocks)))[0]


async def _read(
    session: Session, actor: Actor, part: CaseAssignment, known: Known, refs: Mapping[UUID, FileRef]
) -> AssignmentRead:
    units = await organization.unit_refs(session)
    told = {name: getattr(part, name) for name in AssignmentRead.model_fields if hasattr(part, name)}
    return AssignmentRead(
        **told,
        unit=units.get(part.unit_id),
        answers_to=units.get(part.answers_to_id) if part.answers_to_id else None,
        handler=known.people.get(part.handler_id) if part.handler_id else None,
        acting_for=known.people.get(part.acting_for_id) if part.acting_for_id else None,
        reply_files=[refs[file_id] for file_id in part.reply_file_ids if file_id in refs],
        clocks=[worktime.clock_read(view) for view in known.clocks.get(part.id, ())],
        available_actions=action_refs(await available(session, actor, part, known.case)),
    )


async def page(session: Session, actor: Actor, chosen: AssignmentFilter) -> Page[AssignmentListItem]:
    """A page of the parts within the actor's reach."""
    found = await repository.page(session, actor, chosen)
    units, calendar = await organization.unit_refs(session), await worktime.calendar(session)

    def build(row: Any) -> AssignmentListItem:
        owed = row.status in repository.OWED
        deadline = worktime.deadline(calendar, "finish", row.due_at) if owed else None
        told = {name: getattr(row, name) for name in AssignmentListItem.model_fields if hasattr(row, name)}
        return AssignmentListItem(
            **told,
            case_no=row.no,
            case_title=row.title,
            unit=units.get(row.unit_id),
            lamp=worktime.lamp(deadline),
            deadline=deadline,
        )

    return found.page(build)
