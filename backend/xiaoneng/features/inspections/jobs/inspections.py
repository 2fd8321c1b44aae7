"""Whom inspections tell, and what happens when a unit stays silent."""

from collections.abc import Iterable
from uuid import UUID

from xiaoneng.core.access.models import Role
from xiaoneng.core.accounts.service import directory as accounts
from xiaoneng.core.notifications.schemas import Message
from xiaoneng.core.notifications.service.messages import notify
from xiaoneng.core.outbox.service import subscribe
from xiaoneng.core.worktime.events import ClockBreached, ClockEscalated, ClockEvent, ClockWarned
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.inspections.events.inspections import (
    FindingObjected,
    InspectionApproved,
    InspectionNoticed,
    InspectionReleased,
)
from xiaoneng.features.inspections.models.findings import FINDING
from xiaoneng.features.inspections.models.inspections import INSPECTION, Inspection
from xiaoneng.features.inspections.repository import findings, inspections
from xiaoneng.features.inspections.service.findings import deem_confirmed
from xiaoneng.kit.db import Session
from xiaoneng.kit.jobs import periodic

_OF_UNIT = (Role.UHD, Role.ULN)


def _tell(session: Session, recipients: Iterable[UUID], inspection: Inspection, words: tuple[str, str]) -> None:
    title, key = words
    message = Message(
        title=title,
        body=inspection.title,
        subject_type=INSPECTION,
        subject_id=inspection.id,
        dedupe_key=f"inspection.{key}:{inspection.id}",
    )
    notify(session, recipients, message)


async def _units(session: Session, unit_ids: Iterable[UUID]) -> list[UUID]:
    return [one for unit_id in unit_ids for one in await accounts.accounts_of(session, unit_id, _OF_UNIT)]


@subscribe(InspectionApproved)
async def tell_team(session: Session, event: InspectionApproved) -> None:
    """Tell the team, and nobody else, that the inspection may begin."""
    inspection = await inspections.get(session, event.subject_id)
    if inspection is not None:
        recipients = await accounts.accounts_for(session, inspection.team_ids)
        _tell(session, recipients, inspection, ("您已列入检查组，请做好准备", "approved"))


@subscribe(InspectionNoticed)
async def tell_units(session: Session, event: InspectionNoticed) -> None:
    """Tell the heads and liaisons of the units that they will be inspected."""
    inspection = await inspections.get(session, event.subject_id)
    if inspection is not None and inspection.shown_at is not None:
        words = f"检查通知 {inspection.no}：{inspection.starts_on} 至 {inspection.ends_on}"
        _tell(session, await _units(session, inspection.unit_ids), inspection, (words, "noticed"))


@subscribe(InspectionReleased)
async def ask_units(session: Session, event: InspectionReleased) -> None:
    """Ask the units to confirm what was found in them, or to object."""
    inspection = await inspections.get(session, event.subject_id)
    if inspection is not None and inspection.released_at is not None:
        words = f"检查反馈 {inspection.no}，请在期限内确认问题或提出异议"
        _tell(session, await _units(session, inspection.unit_ids), inspection, (words, "released"))


@subscribe(FindingObjected)
async def tell_of_objection(session: Session, event: FindingObjected) -> None:
    """Tell the office that an objection waits for its judgement; not those of the unit or around it (回避)."""
    finding = await findings.get(session, event.subject_id)
    inspection = await inspections.get(session, finding.inspection_id) if finding else None
    if finding is None or inspection is None:
        return
    recipients = await accounts.accounts_serving(session, (Role.LGO,), except_units=inspection.blind_unit_ids)
    message = Message(
        title=f"检查问题异议待裁定 {inspection.no}",
        body=finding.facts,
        subject_type=FINDING,
        subject_id=finding.id,
        dedupe_key=f"inspection_finding.objected:{finding.id}",
    )
    notify(session, recipients, message)


@periodic("inspections.deem", "*/5 * * * *")
async def count_silence(session: Session) -> None:
    """Let findings stand to which the units have been silent for too long, where their inspection says so."""
    await deem_confirmed(session)


async def tell_ladder(session: Session, event: ClockEvent) -> None:
    """Warn the unit while its finding waits."""
    if event.object_type != FINDING or event.unit_id is None:
        return
    finding = await findings.get(session, event.object_id)
    if finding is None or not await worktime.still_holds(session, event.subject_id, event.level):
        return
    inspection = await inspections.get(session, finding.inspection_id)
    no = inspection.no if inspection and inspection.no else ""
    message = Message(
        title=event.headline(no),
        body=event.words(finding.facts[:100]),
        subject_type=FINDING,
        subject_id=finding.id,
        dedupe_key=f"clock:{event.subject_id}:{event.level}:{event.due_at.isoformat()}",
    )
    notify(session, await _units(session, [event.unit_id]), message)


for _rung in (ClockWarned, ClockBreached, ClockEscalated):
    subscribe(_rung)(tell_ladder)
