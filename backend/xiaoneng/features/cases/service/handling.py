"""Acting on a case."""

from uuid import UUID

from xiaoneng.core.access.schemas import Actor, Command
from xiaoneng.features.cases.models.case import Case
from xiaoneng.features.cases.repository import cases as repository
from xiaoneng.features.cases.service import (
    dispatching,
    drafting,
    effects,
    handing,
    judging,
    merging,
    preaudit,
    reopening,
    requesting,
)
from xiaoneng.features.cases.service.door import DOOR
from xiaoneng.kit.db import Session

EFFECTS = (dispatching, drafting, effects, handing, judging, merging, preaudit, reopening, requesting)
"""The modules that say what each action does; importing them fills the door."""


async def perform(session: Session, actor: Actor, case_id: UUID, command: Command) -> Case:
    """Do one action on a case, or nothing at all. Raises what `Door.perform` raises."""
    case = await repository.lock_visible(session, actor, case_id)
    return await DOOR.perform(session, actor, case, command)
