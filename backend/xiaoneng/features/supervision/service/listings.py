"""Listing a major complaint in public, and taking it off with a conclusion (S2-08, S2-09, S2-17, R-09)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor, Command
from xiaoneng.core.access.service import Changes, Denial, Door, Judge, register_reader
from xiaoneng.core.numbering import service as numbering
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.outbox import service as outbox
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change
from xiaoneng.core.worktime.schemas.clocks import Moved
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.cases.models.case import SUBJECT_TYPE as CASE
from xiaoneng.features.cases.service import reading as cases
from xiaoneng.features.cases.service import system
from xiaoneng.features.supervision import policies
from xiaoneng.features.supervision.errors import CaseNotListable, LeaderRefused, ListedAlready, PersonalData
from xiaoneng.features.supervision.events import CaseListed, ListingMoved
from xiaoneng.features.supervision.models.listings import FINISH, LISTING, REPORT, CaseListing, ListingReport
from xiaoneng.features.supervision.repository import listings as repository
from xiaoneng.features.supervision.schemas.listings import (
    ConclusionInput,
    ListingPropose,
    MeetingInput,
    PublicTextInput,
    WeeklyReportInput,
)
from xiaoneng.features.supervision.transitions import LISTINGS
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.schemas import NoInput, ReasonInput

WEEKLY = "case.listing"
"""The time policy of weekly reports."""


async def _judge(_: Session, actor: Actor, listing: CaseListing) -> Judge:
    def judge(action: str) -> Denial:
        return policies.listing_denial(action, actor.id, listing)

    return judge


DOOR: Door[CaseListing] = Door(
    LISTING,
    LISTINGS,
    standing=policies.listing_standing,
    judge=_judge,
    moved=lambda listing_id, action: ListingMoved(subject_id=listing_id, action=action),
)


async def propose(session: Session, actor: Actor, body: ListingPropose) -> CaseListing:
    """Ask for a case to be listed under a named leader.

    Raises NotFound (of the case), CaseNotListable, ListedAlready and LeaderRefused.
    """
    case = await cases.get(session, actor, body.case_id)
    if case.lead_unit_id is None or not policies.is_open_to_supervision(case):
        raise CaseNotListable
    if await repository.is_open(session, case.id):
        raise ListedAlready
    position = await organization.position_of(session, body.leader_id)
    if not position.member_units:
        raise LeaderRefused
    listing = CaseListing(
        **body.model_dump(), unit_id=case.lead_unit_id, proposed_by=actor.id, proposed_by_name=actor.name
    )
    session.add(listing)
    await session.flush()
    _note(session, actor, listing, "propose", body.grounds)
    return listing


async def perform(session: Session, actor: Actor, listing_id: UUID, command: Command) -> CaseListing:
    """Do one step of a listing; the history of the case tells of it. Raises what `Door.perform` raises."""
    listing = await repository.find(session, actor, listing_id)
    listing = await DOOR.perform(session, actor, listing, command)
    _note(session, actor, listing, command.action, getattr(command.body, "reason", None))
    await session.write_buffered()
    return listing


def _note(session: Session, actor: Actor, listing: CaseListing, action: str, reason: str | None) -> None:
    change = Change(f"listing.{action}", to_state=listing.status, reason=reason, changes={"no": listing.no})
    timeline.record(session, actor.author, CASE, listing.case_id, change)


@DOOR.on("approve", NoInput)
async def _approve(session: Session, actor: Actor, listing: CaseListing, _: NoInput) -> Changes:
    listing.no = await numbering.next_number(session, LISTING)
    listing.listed_at, listing.listed_by_name = clock.now(), actor.name
    about: Any = {"subject_type": LISTING, "subject_id": listing.id, "unit_id": listing.unit_id}
    started = await worktime.start_clock_until(session, **about, kind=FINISH, due_on=listing.due_on)
    listing.due_at = started.due_at
    await _expect_report(session, listing)
    await outbox.publish(session, CaseListed(subject_id=listing.id, unit_id=listing.unit_id))
    return {"no": listing.no}


async def _expect_report(session: Session, listing: CaseListing) -> None:
    started = await worktime.start_clock(
        session,
        subject_type=LISTING,
        subject_id=listing.id,
        kind=REPORT,
        policy_code=WEEKLY,
        started_at=clock.now(),
        unit_id=listing.unit_id,
    )
    listing.report_due_at = started.due_at


@DOOR.on("decline", ReasonInput)
async def _decline(_: Session, __: Actor, ___: CaseListing, ____: ReasonInput) -> Changes:
    return {}


@DOOR.on("report_progress", WeeklyReportInput)
async def _report_progress(session: Session, actor: Actor, listing: CaseListing, body: WeeklyReportInput) -> Changes:
    """R-09: every week; a late one is counted and shown, and the next week begins with it."""
    due_at = listing.report_due_at or clock.now()
    late = clock.now() > due_at
    session.add(ListingReport(listing_id=listing.id, text=body.text, by_name=actor.name, due_at=due_at, is_late=late))
    listing.late_count += late
    await worktime.stop_clock(session, LISTING, listing.id, REPORT)
    await _expect_report(session, listing)
    return {"text": body.text, "late": late}


@DOOR.on("record_meeting", MeetingInput)
async def _record_meeting(_: Session, __: Actor, listing: CaseListing, body: MeetingInput) -> Changes:
    listing.met_on, listing.chaired_by, listing.decision = body.met_on, body.chaired_by, body.decision
    return body.model_dump(mode="json")


async def _require_impersonal(session: Session, listing: CaseListing, *texts: str) -> None:
    case = await system.get(session, listing.case_id)
    if any(policies.tells_personal_data(text, case) for text in texts):
        raise PersonalData


@DOOR.on("draft_text", PublicTextInput)
async def _draft_text(session: Session, actor: Actor, listing: CaseListing, body: PublicTextInput) -> Changes:
    """A changed text is read by a second person again before the public reads it."""
    await _require_impersonal(session, listing, body.title, body.text)
    listing.public_title, listing.public_text, listing.drafted_by = body.title, body.text, actor.id
    listing.published_at = listing.published_by = None
    return {"title": body.title}


@DOOR.on("publish", NoInput)
async def _publish(_: Session, actor: Actor, listing: CaseListing, __: NoInput) -> Changes:
    listing.published_at, listing.published_by = clock.now(), actor.id
    return {}


@DOOR.on("apply_unlist", ConclusionInput)
async def _apply_unlist(session: Session, actor: Actor, listing: CaseListing, body: ConclusionInput) -> Changes:
    await _require_impersonal(session, listing, body.conclusion)
    listing.conclusion, listing.applied_by = body.conclusion, actor.id
    return {"conclusion": body.conclusion}


@DOOR.on("unlist", NoInput)
async def _unlist(session: Session, actor: Actor, listing: CaseListing, _: NoInput) -> Changes:
    listing.unlisted_at, listing.unlisted_by_name = clock.now(), actor.name
    listing.report_due_at = None
    await worktime.stop_clock(session, LISTING, listing.id, FINISH)
    await worktime.cancel_clock(session, LISTING, listing.id, REPORT)
    return {"conclusion": listing.conclusion}


@DOOR.on("keep", ReasonInput)
async def _keep(_: Session, __: Actor, listing: CaseListing, ___: ReasonInput) -> Changes:
    listing.conclusion = listing.applied_by = None
    return {}


async def _may_read(session: Session, actor: Actor, listing_id: UUID) -> bool:
    return await repository.find(session, actor, listing_id) is not None


async def _follow(session: Session, moved: Sequence[Moved]) -> None:
    await repository.move_due(session, [(move.subject_id, move.kind, move.due_at) for move in moved])


register_reader(LISTING, _may_read)
worktime.register_follower(LISTING, _follow)
