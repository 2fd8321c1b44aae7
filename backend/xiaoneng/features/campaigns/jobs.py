"""Timers of campaigns, and whom they tell."""

from collections.abc import Awaitable, Callable, Mapping
from uuid import UUID

from xiaoneng.core.access.models import Role
from xiaoneng.core.accounts.service import directory as accounts
from xiaoneng.core.notifications.schemas import Message
from xiaoneng.core.notifications.service.messages import notify
from xiaoneng.core.outbox.service import subscribe
from xiaoneng.core.worktime.events import ClockBreached, ClockEscalated, ClockEvent, ClockWarned
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.campaigns.events import CampaignStarted
from xiaoneng.features.campaigns.models.campaigns import CAMPAIGN
from xiaoneng.features.campaigns.models.deliverables import DELIVERABLE
from xiaoneng.features.campaigns.models.reports import REPORT
from xiaoneng.features.campaigns.models.tasks import TASK
from xiaoneng.features.campaigns.repository import campaigns as repository
from xiaoneng.features.campaigns.repository import deliverables, reports, tasks
from xiaoneng.features.campaigns.service.campaigns import open_stages_due
from xiaoneng.features.campaigns.service.reports import ask_for_ended
from xiaoneng.kit.db import Session
from xiaoneng.kit.jobs import periodic

_OF_UNIT = (Role.UHD, Role.ULN)


@periodic("campaigns.open_stages", "3 0 * * *")
async def open_stages_of_today(session: Session) -> None:
    """Open the stages of running campaigns whose window begins today, or has begun (SM-2)."""
    await open_stages_due(session)


@periodic("campaigns.ask_for_reports", "7 0 * * *")
async def ask_for_reports(session: Session) -> None:
    """Let units owe the reports of the periods that have ended (R-03)."""
    await ask_for_ended(session)


@subscribe(CampaignStarted)
async def tell_units(session: Session, event: CampaignStarted) -> None:
    """Tell the heads and liaisons of every unit that the campaign runs and they have work to hand in."""
    campaign = await repository.get(session, event.subject_id)
    if campaign is None:
        return
    units = await repository.units_of(session, campaign.id)
    recipients = [one for unit_id in units for one in await accounts.accounts_of(session, unit_id, _OF_UNIT)]
    message = Message(
        title=f"专项活动启动 {campaign.no}，请按要求报送材料",
        body=campaign.title,
        subject_type=CAMPAIGN,
        subject_id=campaign.id,
        dedupe_key=f"campaign.started:{campaign.id}",
    )
    notify(session, recipients, message)


async def _task(session: Session, key: UUID) -> tuple[str, UUID | None]:
    task = await tasks.get(session, key)
    return (task.title, task.owner_id) if task else ("", None)


async def _paper(session: Session, key: UUID) -> tuple[str, UUID | None]:
    paper = await deliverables.get(session, key)
    wanted = await deliverables.titles(session, [paper.requirement_id]) if paper else {}
    return next((row.title for row in wanted.values()), ""), None


async def _report(session: Session, key: UUID) -> tuple[str, UUID | None]:
    report = await reports.get(session, key)
    duties = await reports.duties(session, [report.duty_id]) if report else {}
    period = f"（{report.period}）" if report else ""
    return next((f"{row.title}{period}" for row in duties.values()), ""), None


_TOLD: Mapping[str, Callable[[Session, UUID], Awaitable[tuple[str, UUID | None]]]] = {
    TASK: _task,
    DELIVERABLE: _paper,
    REPORT: _report,
}
"""What a message is about, and who of the unit answers for it."""


async def tell_ladder(session: Session, event: ClockEvent) -> None:
    """Wake those whom the reached rung concerns, unless it was overtaken while they slept."""
    if event.object_type not in _TOLD or event.unit_id is None:
        return
    if not await worktime.still_holds(session, event.subject_id, event.level):
        return
    title, owner = await _TOLD[event.object_type](session, event.object_id)
    message = Message(
        title=event.headline(title),
        body=event.words(title),
        subject_type=event.object_type,
        subject_id=event.object_id,
        dedupe_key=f"clock:{event.subject_id}:{event.level}:{event.due_at.isoformat()}",
    )
    notify(session, await accounts.accounts_answering(session, event.unit_id, event.level, owner), message)


for _rung in (ClockWarned, ClockBreached, ClockEscalated):
    subscribe(_rung)(tell_ladder)
