"""Inspections as the API shows them: whole to those who carry them out, as an extract to the units."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import register_reader
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import TimelineEntryRead
from xiaoneng.features.inspections.models.inspections import (
    INSPECTION,
    Inspection,
    InspectionDraw,
    VisitStatus,
)
from xiaoneng.features.inspections.policies import inspections as policies
from xiaoneng.features.inspections.repository import inspections as repository
from xiaoneng.features.inspections.schemas.inspections import (
    DrawList,
    DrawRead,
    ExcludedEntry,
    HatEntry,
    InspectedUnitRead,
    InspectionFilter,
    InspectionListItem,
    InspectionRead,
    TeamMemberRead,
)
from xiaoneng.features.inspections.service.carrying_out import DOOR
from xiaoneng.features.inspections.transitions.inspections import INSPECTION_TITLES
from xiaoneng.kit import lots
from xiaoneng.kit.db import Session
from xiaoneng.kit.machine import action_refs
from xiaoneng.kit.pages import Page, PageParams
from xiaoneng.kit.problems import NotFound

_PLAIN = (
    *("id", "no", "title", "type", "status", "is_secret", "starts_on", "ends_on", "plan_id", "campaign_id", "scope"),
    *("checklist_id", "silence_confirms", "created_by_name", "approved_by_name", "shown_at", "released_at"),
    *("closed_at", "rev"),
)


async def get(session: Session, actor: Actor, inspection_id: UUID) -> Inspection:
    """One inspection. Raises NotFound, also beyond the actor's sight."""
    inspection = await repository.find(session, actor, inspection_id)
    if inspection is None:
        raise NotFound
    return inspection


async def get_whole(session: Session, actor: Actor, inspection_id: UUID) -> Inspection:
    """One inspection of which the actor sees the raw material. Raises NotFound."""
    inspection = await get(session, actor, inspection_id)
    if not policies.sees_whole(actor, inspection):
        raise NotFound
    return inspection


async def page(session: Session, actor: Actor, chosen: InspectionFilter) -> Page[InspectionListItem]:
    """A page of inspections within the actor's sight, the latest first."""
    return (await repository.page(session, actor, chosen)).page(InspectionListItem.model_validate)


async def read(session: Session, actor: Actor, inspection: Inspection) -> InspectionRead:
    """One inspection: to a unit only its own part, without what the office and the team write for themselves."""
    await session.write_buffered()
    is_whole = policies.sees_whole(actor, inspection)
    own = None if is_whole else actor.reach("inspection:read").units
    rows = await repository.units_of(session, inspection.id, own)
    edition = await repository.checklist_of(session, inspection.checklist_id)
    actions = await DOOR.available(session, actor, inspection) if is_whole else []
    return InspectionRead(
        **{name: getattr(inspection, name) for name in _PLAIN},
        is_extract=not is_whole,
        units_count=len(rows),
        checklist_title=edition.title,
        lines_count=len(edition.content["lines"]),
        team=await _team(session, inspection),
        units=await _units(session, rows, is_whole=is_whole),
        report=inspection.report if is_whole else None,
        conclusion=inspection.conclusion if is_whole else None,
        available_actions=action_refs(actions),
    )


async def _team(session: Session, inspection: Inspection) -> list[TeamMemberRead]:
    members = await repository.members_of(session, inspection.id)
    names = await organization.person_refs(session, [member.person_id for member in members])
    shown = [
        TeamMemberRead(
            person=names[member.person_id], is_leader=member.person_id == inspection.leader_id, ground=member.ground
        )
        for member in members
    ]
    return sorted(shown, key=lambda member: not member.is_leader)


async def _units(session: Session, rows: Sequence[Any], *, is_whole: bool) -> list[InspectedUnitRead]:
    units = await organization.unit_refs(session)
    names = ("id", "ground", "status", "done_at", "done_by_name", "skip_reason", "findings_count", "waiting_count")
    return [
        InspectedUnitRead(
            **{name: getattr(row, name) for name in names},
            unit=units[row.unit_id],
            answers_count=row.answers_count if is_whole else 0,
        )
        for row in sorted(rows, key=lambda row: (row.status is not VisitStatus.OPEN, units[row.unit_id].name))
    ]


async def history(session: Session, actor: Actor, inspection_id: UUID, params: PageParams) -> Page[TimelineEntryRead]:
    """Who did what, newest first; the units do not see it, for it names others. Raises NotFound."""
    await get_whole(session, actor, inspection_id)
    return await timeline.page_of(session, inspection_id, params, INSPECTION_TITLES)


async def draws(session: Session, actor: Actor, inspection_id: UUID) -> DrawList:
    """The draws with all it takes to repeat them, each repeated here. Raises NotFound."""
    await get_whole(session, actor, inspection_id)
    return DrawList(items=[_draw(row) for row in await repository.draws_of(session, inspection_id)])


def _draw(row: InspectionDraw) -> DrawRead:
    hat = dict(row.population)
    again = lots.drawn(row.seed, list(hat), row.count)
    plain = ("id", "kind", "seed", "count", "population_hash", "reason", "at", "by_name")
    return DrawRead(
        **{name: getattr(row, name) for name in plain},
        population=[HatEntry(name=name, title=title) for name, title in hat.items()],
        excluded=[ExcludedEntry(name=n, title=title, code=code, reason=why) for n, title, code, why in row.excluded],
        drawn=[HatEntry(name=name, title=hat[name]) for name in row.drawn],
        repeats=again == row.drawn and lots.fingerprint(list(hat)) == row.population_hash,
    )


async def _may_read(session: Session, actor: Actor, inspection_id: UUID) -> bool:
    return await repository.find(session, actor, inspection_id) is not None


register_reader(INSPECTION, _may_read)
