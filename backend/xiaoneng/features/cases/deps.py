"""What every route that acts on something takes."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Response
from pydantic import BaseModel

from xiaoneng.core.access.deps import CurrentActor
from xiaoneng.core.access.schemas import Actor, Command
from xiaoneng.kit.db import Session
from xiaoneng.kit.http import ExpectedRev, SessionDep


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts, in which transaction, on which revision, and the answer being made."""

    actor: Actor
    session: Session
    rev: int
    response: Response

    def command(self, action: str, body: BaseModel) -> Command:
        """What they want done."""
        return Command(action, body, self.rev)


async def _acting(actor: CurrentActor, session: SessionDep, rev: ExpectedRev, response: Response) -> Acting:
    return Acting(actor, session, rev, response)


ActingDep = Annotated[Acting, Depends(_acting)]
"""The caller of an action, authorized, with the revision they have seen."""
