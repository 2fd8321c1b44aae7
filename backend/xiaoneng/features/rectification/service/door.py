"""The door of rectification items."""

from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import Denial, Door, Judge
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.features.rectification import policies
from xiaoneng.features.rectification.events import ItemMoved
from xiaoneng.features.rectification.models.items import SUBJECT_TYPE, ItemStatus, RectificationItem
from xiaoneng.features.rectification.repository import acceptance, institutions
from xiaoneng.features.rectification.repository import plans as repository
from xiaoneng.features.rectification.transitions import MACHINE
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session

_ACCEPTING = frozenset({ItemStatus.VERIFIED, ItemStatus.ACCEPTED})
NOBODY = (frozenset[UUID](), frozenset[UUID]())
_JUDGED = frozenset(ItemStatus) - {
    ItemStatus.REGISTERED,
    ItemStatus.PLANNED,
    ItemStatus.PLAN_RETURNED,
    ItemStatus.FILED,
    ItemStatus.VOIDED,
}
"""States in which somebody of another unit decides, so that it matters who had a part in the rectification."""


async def _judge(session: Session, actor: Actor, item: RectificationItem) -> Judge:
    facts = await facts_of(session, item)

    def judge(action: str) -> Denial:
        return policies.denial(action, actor, item, facts)

    return judge


async def facts_of(session: Session, item: RectificationItem) -> policies.Facts:
    """What the rules look at beyond the item; two to four statements, and none before anything is judged."""
    units = [unit_id for unit_id in (item.lead_unit_id, *item.co_unit_ids) if unit_id]
    people, accounts = NOBODY
    asked_by = institution = None
    if item.status in _JUDGED:
        people, accounts = await repository.who_rectified(session, item.id)
        asked = await repository.open_extension(session, item.id) if item.status is ItemStatus.RECTIFYING else None
        asked_by = asked.applied_by if asked else None
        if item.institution_id is not None:
            institution = await institutions.status_of(session, item.institution_id)
    procedure = policies.Procedure()
    if item.status in _ACCEPTING:
        procedure = await acceptance.procedure(session, item.id)
    named = frozenset(filter(None, [item.responsible_leader_id, item.responsible_person_id, item.owner_person_id]))
    named |= frozenset(item.former_owner_ids)
    below = await organization.subtree(session, units)
    return policies.Facts(clock.now(), below, people | named, accounts, asked_by, institution, procedure)


DOOR: Door[RectificationItem] = Door(
    SUBJECT_TYPE,
    MACHINE,
    standing=policies.standing,
    judge=_judge,
    moved=lambda item_id, action: ItemMoved(subject_id=item_id, action=action),
)
