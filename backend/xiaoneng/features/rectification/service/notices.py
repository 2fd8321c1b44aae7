"""The notices before closing, as the public and the item's page show them."""

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.organization.service import serving
from xiaoneng.features.rectification.models.acceptance import Acceptance
from xiaoneng.features.rectification.models.items import RectificationItem
from xiaoneng.features.rectification.repository import acceptance as repository
from xiaoneng.features.rectification.repository import look_backs
from xiaoneng.features.rectification.schemas.acceptance import (
    AcceptanceRead,
    LookBackMention,
    NoticeRead,
    ObjectionRead,
    PublicNotice,
    PublicNotices,
    SignatureRead,
)
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session


async def public(session: Session) -> PublicNotices:
    """The notices that run now."""
    units = await organization.unit_refs(session)
    rows = await repository.public(session, clock.now())
    return PublicNotices(
        items=[
            PublicNotice(
                title=notice.title,
                target=notice.target,
                outcome=notice.outcome,
                contact=notice.contact,
                unit=units[unit_id].name if unit_id in units else "",
                published_on=clock.local(notice.published_at).date(),
                until=notice.until,
            )
            for notice, unit_id in rows
        ]
    )


async def acceptances(session: Session, actor: Actor, item: RectificationItem) -> list[AcceptanceRead]:
    """The joint acceptances of an item with the word of every body."""
    called = await repository.acceptances(session, item.id)
    if not called:
        return []
    signatures = await repository.signatures(session, [one.id for one in called])
    bodies = await serving.body_refs(session, {one.body_id for one in signatures})
    mine = await serving.bodies_of(session, actor.person_id)

    def build(one: Acceptance) -> AcceptanceRead:
        said = [
            SignatureRead(
                body_id=word.body_id,
                body=bodies[word.body_id].name,
                passed=word.passed,
                opinion=word.opinion,
                signed_by_name=word.signed_by_name,
                signed_at=word.signed_at,
                is_mine=word.body_id in mine,
            )
            for word in signatures
            if word.acceptance_id == one.id
        ]
        told = ("id", "result", "convened_by_name", "convened_at", "ended_at")
        return AcceptanceRead(**{name: getattr(one, name) for name in told}, signatures=said)

    return [build(one) for one in called]


async def notice(session: Session, item: RectificationItem) -> NoticeRead | None:
    """The last notice of an item."""
    found = await repository.latest_notice(session, item.id) if item.is_public else None
    if found is None:
        return None
    told = [name for name in NoticeRead.model_fields if name != "running"]
    running = found.ended_at is None and clock.now() <= found.until
    return NoticeRead(**{name: getattr(found, name) for name in told}, running=running)


async def objections(session: Session, item: RectificationItem) -> list[ObjectionRead]:
    """What was objected, the latest first."""
    found = await repository.objections(session, item.id) if item.is_public else []
    return [ObjectionRead.model_validate(row) for row in found]


async def looked_back(session: Session, item: RectificationItem) -> list[LookBackMention]:
    """The look-backs at an item that was closed at least once."""
    if item.closed_at is None and item.reopened_count == 0:
        return []
    return [LookBackMention.model_validate(row) for row in await look_backs.of_item(session, item.id)]
