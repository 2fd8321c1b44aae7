"""HTTP of major complaints that are listed."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import BaseModel

from xiaoneng.core.access.deps import LOGIN, Acting, ActingDep, CurrentActor, changes
from xiaoneng.features.supervision.errors import (
    CaseNotListable,
    LeaderRefused,
    ListedAlready,
    NoDecision,
    NothingToPublish,
    NotPublished,
    PersonalData,
    SecondPerson,
)
from xiaoneng.features.supervision.schemas.listings import (
    ConclusionInput,
    ListingFilter,
    ListingListItem,
    ListingPropose,
    ListingRead,
    MeetingInput,
    PublicTextInput,
    WeeklyReportInput,
)
from xiaoneng.features.supervision.service import listing_reading, listings
from xiaoneng.kit.http import SessionDep, router, tagged
from xiaoneng.kit.pages import BadCursor, Page
from xiaoneng.kit.problems import InvalidInput, NotFound, responses
from xiaoneng.kit.schemas import NoInput, ReasonInput

routes = router("/case-listings", "supervision")


async def _act(acting: Acting, listing_id: UUID, action: str, body: BaseModel) -> ListingRead:
    session, actor = acting.session, acting.actor
    listing = await listings.perform(session, actor, listing_id, acting.command(action, body))
    return tagged(acting.response, await listing_reading.read(session, actor, listing))


@routes.get("", operation_id="case_listings_list", summary="挂牌督办", responses=responses(*LOGIN, BadCursor))
async def list_listings(
    session: SessionDep, actor: CurrentActor, chosen: Annotated[ListingFilter, Query()]
) -> Page[ListingListItem]:
    """Listings within the caller's reach, what is to be settled first on top; all of a case when it is named."""
    return await listing_reading.page(session, actor, chosen)


@routes.post(
    "",
    operation_id="case_listings_propose",
    status_code=201,
    summary="提请挂牌",
    responses=responses(*LOGIN, NotFound, InvalidInput, CaseNotListable, ListedAlready, LeaderRefused),
)
async def propose_listing(
    session: SessionDep, actor: CurrentActor, body: ListingPropose, response: Response
) -> ListingRead:
    """Ask for a case to be listed under a leader who answers for it."""
    listing = await listings.propose(session, actor, body)
    return tagged(response, await listing_reading.read(session, actor, listing))


@routes.get(
    "/{listing_id}",
    operation_id="case_listings_get",
    summary="挂牌详情",
    responses=responses(*LOGIN, NotFound, InvalidInput),
)
async def get_listing(session: SessionDep, actor: CurrentActor, listing_id: UUID, response: Response) -> ListingRead:
    """One listing with its weekly reports."""
    return tagged(response, await listing_reading.get(session, actor, listing_id))


@routes.post(
    "/{listing_id}/actions/approve",
    operation_id="case_listings_approve",
    summary="批准挂牌",
    responses=changes(SecondPerson),
)
async def approve(acting: ActingDep, listing_id: UUID, body: NoInput) -> ListingRead:
    """Put the case on the list; its weekly reports begin."""
    return await _act(acting, listing_id, "approve", body)


@routes.post(
    "/{listing_id}/actions/decline",
    operation_id="case_listings_decline",
    summary="不予挂牌",
    responses=changes(SecondPerson),
)
async def decline(acting: ActingDep, listing_id: UUID, body: ReasonInput) -> ListingRead:
    """Keep the case off the list."""
    return await _act(acting, listing_id, "decline", body)


@routes.post(
    "/{listing_id}/actions/report_progress",
    operation_id="case_listings_report_progress",
    summary="报送每周进展",
    responses=changes(),
)
async def report_progress(acting: ActingDep, listing_id: UUID, body: WeeklyReportInput) -> ListingRead:
    """Report this week's progress; the next week begins with it."""
    return await _act(acting, listing_id, "report_progress", body)


@routes.post(
    "/{listing_id}/actions/record_meeting",
    operation_id="case_listings_record_meeting",
    summary="记录定案会议",
    responses=changes(),
)
async def record_meeting(acting: ActingDep, listing_id: UUID, body: MeetingInput) -> ListingRead:
    """Put the decision meeting on record (S2-09)."""
    return await _act(acting, listing_id, "record_meeting", body)


@routes.post(
    "/{listing_id}/actions/draft_text",
    operation_id="case_listings_draft_text",
    summary="撰写公开内容",
    responses=changes(PersonalData),
)
async def draft_text(acting: ActingDep, listing_id: UUID, body: PublicTextInput) -> ListingRead:
    """Write what the public is to read, without personal data."""
    return await _act(acting, listing_id, "draft_text", body)


@routes.post(
    "/{listing_id}/actions/publish",
    operation_id="case_listings_publish",
    summary="复核并发布",
    responses=changes(SecondPerson, NothingToPublish),
)
async def publish(acting: ActingDep, listing_id: UUID, body: NoInput) -> ListingRead:
    """Let the public read the text that somebody else wrote."""
    return await _act(acting, listing_id, "publish", body)


@routes.post(
    "/{listing_id}/actions/apply_unlist",
    operation_id="case_listings_apply_unlist",
    summary="申请摘牌",
    responses=changes(NoDecision, NotPublished, PersonalData),
)
async def apply_unlist(acting: ActingDep, listing_id: UUID, body: ConclusionInput) -> ListingRead:
    """Ask for the case to come off the list, with a written conclusion."""
    return await _act(acting, listing_id, "apply_unlist", body)


@routes.post(
    "/{listing_id}/actions/unlist",
    operation_id="case_listings_unlist",
    summary="批准摘牌",
    responses=changes(SecondPerson),
)
async def unlist(acting: ActingDep, listing_id: UUID, body: NoInput) -> ListingRead:
    """Take the case off the list; the public reads the conclusion."""
    return await _act(acting, listing_id, "unlist", body)


@routes.post(
    "/{listing_id}/actions/keep",
    operation_id="case_listings_keep",
    summary="不同意摘牌",
    responses=changes(SecondPerson),
)
async def keep(acting: ActingDep, listing_id: UUID, body: ReasonInput) -> ListingRead:
    """Keep the case on the list."""
    return await _act(acting, listing_id, "keep", body)
