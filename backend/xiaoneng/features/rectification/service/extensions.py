"""More time for an item, through the ledger of its clock: the only way its due date moves (SM-3, SM-23)."""

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import Changes
from xiaoneng.core.worktime.schemas.clocks import Grounds
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.rectification.errors.extensions import NoExtension, NotLater
from xiaoneng.features.rectification.models.items import RECTIFY, SUBJECT_TYPE, RectificationItem
from xiaoneng.features.rectification.models.plans import ExtensionStatus, ItemExtension
from xiaoneng.features.rectification.repository import plans as repository
from xiaoneng.features.rectification.schemas.actions import ExtensionInput, GrantInput
from xiaoneng.features.rectification.service.effects import DOOR
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.schemas import ReasonInput


@DOOR.on("apply_extension", ExtensionInput)
async def _apply(session: Session, actor: Actor, item: RectificationItem, body: ExtensionInput) -> Changes:
    if item.due_on is None or body.to_due_on <= item.due_on:
        raise NotLater
    session.add(
        ItemExtension(
            item_id=item.id,
            from_due_on=item.due_on,
            to_due_on=body.to_due_on,
            reason=body.reason,
            applied_by=actor.id,
            applied_by_name=actor.name,
        )
    )
    return {"from_due_on": item.due_on.isoformat(), "to_due_on": body.to_due_on.isoformat()}


@DOOR.on("grant_extension", GrantInput)
async def _grant(session: Session, actor: Actor, item: RectificationItem, body: GrantInput) -> Changes:
    """The clock counts natural days to the end of a day, so that the days between both dates are what it gets more."""
    asked = await _open(session, item)
    days = (asked.to_due_on - asked.from_due_on).days
    grounds = Grounds(reason=asked.reason, approved_by=actor.id)
    view = await worktime.extend_clock(session, (SUBJECT_TYPE, item.id), RECTIFY, days, grounds)
    item.due_on, item.due_at = asked.to_due_on, view.due_at or item.due_at
    item.extended_count += 1
    _decide(asked, actor, ExtensionStatus.GRANTED, body.decision)
    return {"from_due_on": asked.from_due_on.isoformat(), "to_due_on": asked.to_due_on.isoformat()}


@DOOR.on("refuse_extension", ReasonInput)
async def _refuse(session: Session, actor: Actor, item: RectificationItem, body: ReasonInput) -> Changes:
    asked = await _open(session, item)
    _decide(asked, actor, ExtensionStatus.REFUSED, body.reason)
    return {"to_due_on": asked.to_due_on.isoformat()}


async def _open(session: Session, item: RectificationItem) -> ItemExtension:
    asked = await repository.open_extension(session, item.id)
    if asked is None:
        raise NoExtension
    return asked


def _decide(asked: ItemExtension, actor: Actor, status: ExtensionStatus, decision: str | None) -> None:
    asked.status, asked.decision, asked.decided_at = status, decision, clock.now()
    asked.decided_by, asked.decided_by_name = actor.id, actor.name


__all__ = ["DOOR"]
