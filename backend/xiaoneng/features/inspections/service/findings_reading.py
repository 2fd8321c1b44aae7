"""Findings, sheets and figures as the API shows them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import register_reader
from xiaoneng.core.files import service as files
from xiaoneng.core.organization.schemas.shared import UnitRef
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.taxonomy import service as taxonomy
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import TimelineEntryRead
from xiaoneng.core.worktime.rules.calendar import Calendar
from xiaoneng.core.worktime.schemas.clocks import Moved
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.core.worktime.service import windows
from xiaoneng.features.inspections.models.findings import CONFIRM, FINDING, Finding, FindingStatus
from xiaoneng.features.inspections.models.inspections import Inspection, VisitStatus
from xiaoneng.features.inspections.policies import inspections as policies
from xiaoneng.features.inspections.repository import findings as repository
from xiaoneng.features.inspections.repository import inspections
from xiaoneng.features.inspections.schemas.checklists import ChecklistContent
from xiaoneng.features.inspections.schemas.findings import (
    AlikeFilter,
    AlikeFinding,
    AlikeFindings,
    AnswerRead,
    FindingFilter,
    FindingListItem,
    FindingRead,
    SheetRead,
)
from xiaoneng.features.inspections.schemas.inspections import (
    CountByCode,
    CountByDisposition,
    CountBySeverity,
    CountByStatus,
    CountByUnit,
    InspectionSummary,
)
from xiaoneng.features.inspections.service import reading
from xiaoneng.features.inspections.service.findings import FINDINGS_DOOR, judge_of
from xiaoneng.features.inspections.transitions.inspections import FINDING_TITLES
from xiaoneng.features.rectification.service.opening import PROBLEM_SCHEME
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.machine import action_refs
from xiaoneng.kit.pages import Page, PageParams
from xiaoneng.kit.problems import NotFound

_LISTED = (
    *("id", "inspection_id", "row_id", "status", "problem_code", "severity", "place", "facts", "seen_at"),
    *("disposition", "item_id", "case_id", "letter_id", "rev"),
)
_FOR_ALL = (
    *("item_key", "clause", "confirmed_at", "confirmed_by_name", "is_deemed", "objection", "objected_by_name"),
    *("judgement", "judged_by_name", "disposition_note", "disposed_by_name", "disposed_at"),
)


class _Shower:
    """What all rows need, fetched once."""

    def __init__(self, actor: Actor, units: Mapping[UUID, UnitRef], names: Mapping[str, str], days: Calendar) -> None:
        self.actor, self.units, self.names, self.days = actor, units, names, days

    async def fields(self, session: Session, finding: Finding, inspection: Inspection) -> dict[str, Any]:
        """A finding as a row; what is not told to units looks as if nothing had followed yet."""
        rows = await FINDINGS_DOOR.available(session, self.actor, finding, judge_of(self.actor, finding, inspection))
        code = finding.problem_code
        fields = {name: getattr(finding, name) for name in _LISTED}
        fields |= {
            "inspection_no": inspection.no,
            "inspection_title": inspection.title,
            "unit": self.units[finding.unit_id],
            "problem_name": self.names.get(code, code) if code else None,
            "deadline": worktime.deadline(self.days, CONFIRM, finding.due_at)
            if finding.status is FindingStatus.RELEASED
            else None,
            "available_actions": action_refs(rows),
        }
        if finding.disposition in policies.UNTOLD and not policies.sees_whole(self.actor, inspection):
            fields |= {"case_id": None, "disposition": None, "status": FindingStatus.CONFIRMED}
        return fields


async def _shower(session: Session, actor: Actor) -> _Shower:
    units = await organization.unit_refs(session)
    return _Shower(actor, units, await taxonomy.names(session, PROBLEM_SCHEME), await worktime.calendar(session))


async def page(session: Session, actor: Actor, chosen: FindingFilter) -> Page[FindingListItem]:
    """A page of findings within the actor's sight, what was seen last first."""
    found = await repository.page(session, actor, chosen)
    shower = await _shower(session, actor)
    shown = {row.id: FindingListItem(**await shower.fields(session, row.Finding, row.Inspection)) for row in found.rows}
    return found.page(lambda row: shown[row.id])


async def read(session: Session, actor: Actor, finding_id: UUID) -> FindingRead:
    """One finding. Who recorded it and who was involved stays with those who inspect. Raises NotFound."""
    await session.write_buffered()
    found = await repository.find(session, actor, finding_id)
    if found is None:
        raise NotFound
    finding, inspection = found.Finding, found.Inspection
    is_whole = policies.sees_whole(actor, inspection)
    fields = await (await _shower(session, actor)).fields(session, finding, inspection)
    refs = {ref.id: ref for ref in await files.refs(session, [*finding.file_ids, *finding.objection_file_ids])}
    more = {name: getattr(finding, name) for name in _FOR_ALL}
    if fields["status"] is not finding.status:
        more |= {"disposition_note": None, "disposed_by_name": None, "disposed_at": None}
    return FindingRead(
        **fields,
        **more,
        people=finding.people if is_whole else None,
        recorded_by_name=finding.recorded_by_name if is_whole else None,
        uploaded_at=finding.created_at,
        files=[refs[one] for one in finding.file_ids if one in refs],
        objection_files=[refs[one] for one in finding.objection_file_ids if one in refs],
    )


async def history(session: Session, actor: Actor, finding_id: UUID, params: PageParams) -> Page[TimelineEntryRead]:
    """Who did what with a finding, for those who inspect. Raises NotFound."""
    found = await repository.find(session, actor, finding_id)
    if found is None or not policies.sees_whole(actor, found.Inspection):
        raise NotFound
    return await timeline.page_of(session, finding_id, params, FINDING_TITLES)


async def alike(session: Session, actor: Actor, wanted: AlikeFilter) -> AlikeFindings:
    """Findings of the same problem in the same unit within the days of the time policy; a warning only."""
    days = await windows.amount(session, FINDING, "alike", clock.today()) or 0
    rows = await repository.alike(session, actor, wanted, clock.now() - timedelta(days=days))
    return AlikeFindings(days=days, items=[AlikeFinding.model_validate(row) for row in rows])


async def sheet(session: Session, actor: Actor, row_id: UUID) -> SheetRead:
    """What an inspector needs in one unit. Raises NotFound."""
    found = await inspections.find_row(session, actor, row_id)
    if found is None:
        raise NotFound
    row, inspection = found.InspectedUnit, found.Inspection
    edition = await inspections.checklist_of(session, inspection.checklist_id)
    shower = await _shower(session, actor)
    return SheetRead(
        id=row.id,
        inspection_id=inspection.id,
        inspection_title=inspection.title,
        inspection_status=inspection.status,
        unit=shower.units[row.unit_id],
        status=row.status,
        lines=ChecklistContent.model_validate(edition.content).lines,
        answers=[AnswerRead.model_validate(one) for one in await repository.answers(session, row_id)],
        findings=[
            FindingListItem(**await shower.fields(session, one, inspection))
            for one in await repository.of_row(session, row_id)
        ],
    )


async def summary(session: Session, actor: Actor, inspection_id: UUID) -> InspectionSummary:
    """The figures of an inspection, of the findings that the actor may see and that stand. Raises NotFound."""
    inspection = await reading.get(session, actor, inspection_id)
    own = None if policies.sees_whole(actor, inspection) else actor.reach("inspection:read").units
    rows = await inspections.units_of(session, inspection.id, own)
    tally = await repository.tally(session, actor, inspection.id)
    shower = await _shower(session, actor)
    return InspectionSummary(
        units=len(rows),
        visited=sum(row.status is VisitStatus.VISITED for row in rows),
        findings=sum(row.number for row in tally),
        by_unit=[CountByUnit(unit=shower.units[key], count=n) for key, n in _by(tally, "unit_id")],
        by_code=[
            CountByCode(code=key, name=shower.names.get(key, key), count=n)
            for key, n in _by(tally, "problem_code")
            if key is not None
        ],
        by_disposition=[CountByDisposition(disposition=key, count=n) for key, n in _by(tally, "disposition")],
        by_status=[CountByStatus(status=key, count=n) for key, n in _by(tally, "status")],
        by_severity=[CountBySeverity(severity=key, count=n) for key, n in _by(tally, "severity")],
    )


def _by(tally: Sequence[Any], name: str) -> list[tuple[Any, int]]:
    """The counts by one column, the largest first."""
    counted: Counter[Any] = Counter()
    for row in tally:
        counted[getattr(row, name)] += row.number
    return sorted(counted.items(), key=lambda entry: (-entry[1], str(entry[0])))


async def _may_read(session: Session, actor: Actor, finding_id: UUID) -> bool:
    return await repository.find(session, actor, finding_id) is not None


async def _follow(session: Session, moved: Sequence[Moved]) -> None:
    if moved:
        await repository.move_due(session, [(move.subject_id, move.due_at) for move in moved])


register_reader(FINDING, _may_read)
worktime.register_follower(FINDING, _follow)
