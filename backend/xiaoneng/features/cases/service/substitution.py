"""Work follows whoever is there: absent A, and A's cases are B's the same day (R-25)."""

from uuid import UUID

from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.organization.service import leaves
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import SYSTEM, Change
from xiaoneng.features.cases.models.case import SUBJECT_TYPE
from xiaoneng.features.cases.repository import substitution as repository
from xiaoneng.kit.db import Session


async def hand_to_substitutes(session: Session, person_id: UUID) -> None:
    """Give the open parts of somebody who is away to whoever stands in; where nobody does they stay."""
    for part in await repository.open_parts_of(session, person_id):
        substitute_id = await leaves.standing_in(session, person_id, part.unit_id)
        if substitute_id is not None:
            await _move(session, part, substitute_id, person_id, "stand_in")


async def give_back(session: Session, person_id: UUID) -> None:
    """Give somebody who is back what is still open of their work."""
    for part in await repository.open_parts_for(session, person_id):
        await _move(session, part, person_id, None, "give_back")


async def _move(
    session: Session, part: repository.Part, handler_id: UUID, acting_for_id: UUID | None, action: str
) -> None:
    moved = repository.Moved(handler_id, acting_for_id)
    await repository.move_handler(session, part, moved)
    people = await organization.person_refs(session, [part.handler_id, handler_id])
    changes = {"from": people[part.handler_id].name, "to": people[handler_id].name}
    timeline.record(session, SYSTEM, SUBJECT_TYPE, part.case_id, Change(action, changes=changes))
