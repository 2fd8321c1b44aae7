"""What the routes of cases share."""

from uuid import UUID

from fastapi import Response
from pydantic import BaseModel

from xiaoneng.core.access.deps import Acting
from xiaoneng.core.access.schemas import Actor, Command
from xiaoneng.features.cases.schemas.reads import CaseRead
from xiaoneng.features.cases.service import handling, reading
from xiaoneng.kit.db import Session
from xiaoneng.kit.http import tagged


async def perform(session: Session, actor: Actor, case_id: UUID, command: Command, response: Response) -> CaseRead:
    """Do one action on a case and show the case as it is then."""
    case = await handling.perform(session, actor, case_id, command)
    return tagged(response, await reading.read(session, actor, case))


async def act(acting: Acting, case_id: UUID, action: str, body: BaseModel) -> CaseRead:
    """`perform` for a caller that came as one thing."""
    return await perform(acting.session, acting.actor, case_id, acting.command(action, body), acting.response)
