"""HTTP of leaders' instructions."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Response
from pydantic import BaseModel

from xiaoneng.core.access.deps import CurrentActor
from xiaoneng.core.access.errors import NotAuthenticated, PermissionDenied
from xiaoneng.core.access.schemas import Actor, Command
from xiaoneng.core.organization.errors import UnitGone
from xiaoneng.core.worktime.errors import CalendarMissing, DueInPast, PolicyMissing
from xiaoneng.features.supervision.errors import AddresseeRefused, CaseNotListable, SecondPerson
from xiaoneng.features.supervision.schemas.instructions import (
    InstructionFilter,
    InstructionGive,
    InstructionList,
    InstructionRead,
    JudgementInput,
    ReportInput,
)
from xiaoneng.features.supervision.schemas.listings import ReasonInput
from xiaoneng.features.supervision.service import instructions
from xiaoneng.kit.db import Session
from xiaoneng.kit.http import ExpectedRev, SessionDep, router, tagged
from xiaoneng.kit.machine import IllegalTransition
from xiaoneng.kit.pages import BadCursor, Page
from xiaoneng.kit.problems import AppError, InvalidInput, NotFound, PreconditionFailed, PreconditionRequired, responses

routes = router("/case-instructions", "supervision")
_LOGIN = (NotAuthenticated, PermissionDenied)


def _changes(*more: type[AppError]) -> dict[int | str, dict[str, Any]]:
    stale = (PreconditionFailed, PreconditionRequired)
    return responses(*_LOGIN, NotFound, IllegalTransition, *stale, InvalidInput, *more)


async def _act(
    session: Session, actor: Actor, seen: tuple[UUID, int], named: tuple[str, BaseModel], response: Response
) -> InstructionRead:
    (task_id, rev), (action, body) = seen, named
    return tagged(response, await instructions.perform(session, actor, task_id, Command(action, body, rev)))


@routes.get("", operation_id="case_instructions_list", summary="领导批示", responses=responses(*_LOGIN, BadCursor))
async def list_instructions(
    session: SessionDep, actor: CurrentActor, chosen: Annotated[InstructionFilter, Query()]
) -> Page[InstructionRead]:
    """Instructions within the caller's reach, what is due first on top; all of a case when it is named."""
    return await instructions.page(session, actor, chosen)


@routes.post(
    "",
    operation_id="case_instructions_give",
    status_code=201,
    summary="作出批示",
    responses=responses(
        *_LOGIN,
        NotFound,
        InvalidInput,
        CaseNotListable,
        UnitGone,
        AddresseeRefused,
        DueInPast,
        PolicyMissing,
        CalendarMissing,
    ),
)
async def give_instruction(session: SessionDep, actor: CurrentActor, body: InstructionGive) -> InstructionList:
    """Instruct units, or people of theirs, about a case: a supervised task with a limit for each."""
    return InstructionList(items=await instructions.give(session, actor, body))


@routes.post(
    "/{task_id}/actions/report",
    operation_id="case_instructions_report",
    summary="反馈批示落实情况",
    responses=_changes(),
)
async def report(
    session: SessionDep, actor: CurrentActor, task_id: UUID, rev: ExpectedRev, body: ReportInput, response: Response
) -> InstructionRead:
    """Say what was done about an instruction."""
    return await _act(session, actor, (task_id, rev), ("report", body), response)


@routes.post(
    "/{task_id}/actions/accept",
    operation_id="case_instructions_accept",
    summary="采纳批示反馈",
    responses=_changes(SecondPerson),
)
async def accept(
    session: SessionDep, actor: CurrentActor, task_id: UUID, rev: ExpectedRev, body: JudgementInput, response: Response
) -> InstructionRead:
    """Take the report for done."""
    return await _act(session, actor, (task_id, rev), ("accept", body), response)


@routes.post(
    "/{task_id}/actions/send_back",
    operation_id="case_instructions_send_back",
    summary="退回补办批示",
    responses=_changes(SecondPerson),
)
async def send_back(
    session: SessionDep, actor: CurrentActor, task_id: UUID, rev: ExpectedRev, body: ReasonInput, response: Response
) -> InstructionRead:
    """Have more done, within a new limit."""
    return await _act(session, actor, (task_id, rev), ("send_back", body), response)


@routes.post(
    "/{task_id}/actions/withdraw",
    operation_id="case_instructions_withdraw",
    summary="撤销批示",
    responses=_changes(),
)
async def withdraw(
    session: SessionDep, actor: CurrentActor, task_id: UUID, rev: ExpectedRev, body: ReasonInput, response: Response
) -> InstructionRead:
    """Take an instruction back."""
    return await _act(session, actor, (task_id, rev), ("withdraw", body), response)
