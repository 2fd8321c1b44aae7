"""Acting on a case."""

from uuid import UUID

from xiaoneng.core.access.schemas import Actor, Command
from xiaoneng.features.cases.repository import records
from xiaoneng.features.cases.models import Case
from xiaoneng.features.cases.service.effects import DOOR
from xiaoneng.kit.db import Session


async def perform(session: Session, actor: Actor, case_id: UUID, command: Command) -> Case:
    """Do one action on a case, or nothing at all. Raises what `Door.perform` raises."""
    case = await records.lock_visible(session, actor, case_id)
    return await DOOR.perform(session, actor, case, command)
