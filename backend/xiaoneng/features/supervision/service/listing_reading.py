"""Listings as the API, and as the public, sees them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.organization.schemas.shared import PersonRef
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.cases.service import system
from xiaoneng.features.supervision.models.listings import CaseListing, ListingStatus
from xiaoneng.features.supervision.repository import listings as repository
from xiaoneng.features.supervision.schemas.listings import (
    ListingFilter,
    ListingListItem,
    ListingProgressRead,
    ListingRead,
    PublicListing,
    PublicListings,
)
from xiaoneng.features.supervision.service.listings import DOOR
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.machine import action_refs
from xiaoneng.kit.pages import Page
from xiaoneng.kit.problems import NotFound

People = Mapping[UUID, PersonRef]
_RUNNING = frozenset({ListingStatus.LISTED, ListingStatus.UNLISTING})


async def get(session: Session, actor: Actor, listing_id: UUID) -> ListingRead:
    """One listing. Raises NotFound, also beyond the actor's sight."""
    listing = await repository.find(session, actor, listing_id)
    if listing is None:
        raise NotFound
    return await read(session, actor, listing)


async def read(session: Session, actor: Actor, listing: CaseListing) -> ListingRead:
    """One listing with its reports."""
    case = await system.get(session, listing.case_id)
    told = {name: getattr(listing, name) for name in ListingRead.model_fields if hasattr(listing, name)}
    reports = await repository.reports(session, listing.id)
    leaders = await organization.person_refs(session, [listing.leader_id])
    shown = await _shown(session, actor, listing, (case.no, case.title), leaders)
    return ListingRead(**{**told, **shown, "progress": [ListingProgressRead.model_validate(one) for one in reports]})


async def page(session: Session, actor: Actor, chosen: ListingFilter) -> Page[ListingListItem]:
    """A page of the listings within the actor's reach."""
    found = await repository.page(session, actor, chosen)
    leaders = await organization.person_refs(session, [row.CaseListing.leader_id for row in found.rows])
    items = {row.id: await _item(session, actor, row, leaders) for row in found.rows}
    return found.page(lambda row: items[row.id])


async def _item(session: Session, actor: Actor, row: Any, leaders: People) -> ListingListItem:
    listing: CaseListing = row.CaseListing
    told = {name: getattr(listing, name) for name in ListingListItem.model_fields if hasattr(listing, name)}
    return ListingListItem(**{**told, **await _shown(session, actor, listing, (row.case_no, row.title), leaders)})


async def _shown(
    session: Session, actor: Actor, listing: CaseListing, case: tuple[str, str], leaders: People
) -> dict[str, Any]:
    units = await organization.unit_refs(session)
    running = listing.status in _RUNNING and listing.due_at is not None
    deadline = worktime.deadline(await worktime.calendar(session), "finish", listing.due_at) if running else None
    expected = listing.report_due_at if listing.status in _RUNNING else None
    return {
        "case_no": case[0],
        "case_title": case[1],
        "unit": units.get(listing.unit_id),
        "leader": leaders.get(listing.leader_id),
        "lamp": worktime.lamp(deadline),
        "deadline": deadline,
        "report_late": expected is not None and clock.now() > expected,
        "available_actions": action_refs(await DOOR.available(session, actor, listing)),
    }


async def public(session: Session) -> PublicListings:
    """What the public reads: published texts only, without any personal data of those who complained."""
    rows = await repository.public(session)
    units = await organization.unit_refs(session)
    leaders = await organization.person_refs(session, [row.CaseListing.leader_id for row in rows])
    return PublicListings(items=[_public(row, units, leaders) for row in rows])


def _public(row: Any, units: Any, leaders: Any) -> PublicListing:
    listing: CaseListing = row.CaseListing
    over = listing.unlisted_at
    waiting = listing.report_due_at is not None and clock.now() > listing.report_due_at
    return PublicListing(
        no=listing.no or "",
        title=listing.public_title or "",
        text=listing.public_text or "",
        unit=units[listing.unit_id].name if listing.unit_id in units else "",
        leader=leaders[listing.leader_id].name if listing.leader_id in leaders else "",
        due_on=listing.due_on,
        listed_on=clock.local(listing.listed_at or listing.created_at).date(),
        reports=row.reports,
        late_reports=listing.late_count + waiting,
        settled=over is not None,
        conclusion=listing.conclusion if over else None,
        unlisted_on=clock.local(over).date() if over else None,
    )
