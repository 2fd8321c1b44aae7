"""Tying a systemic item to its institution, or waiving that with a reason (R-01)."""

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import Changes
from xiaoneng.features.rectification.models.items import RectificationItem
from xiaoneng.features.rectification.schemas.actions import InstitutionLink
from xiaoneng.features.rectification.service import institutions
from xiaoneng.features.rectification.service.assigning import DOOR
from xiaoneng.kit.db import Session
from xiaoneng.kit.schemas import ReasonInput


@DOOR.on("link_institution", InstitutionLink)
async def _link(session: Session, _: Actor, item: RectificationItem, body: InstitutionLink) -> Changes:
    institution = await institutions.require(session, body.institution_id)
    item.institution_id = institution.id
    return {"institution": f"{institution.no} {institution.title}"}


@DOOR.on("waive_institution", ReasonInput)
async def _waive(_: Session, actor: Actor, item: RectificationItem, body: ReasonInput) -> Changes:
    item.institution_waiver, item.institution_waived_by = body.reason, actor.name
    return {}


__all__ = ["DOOR"]
