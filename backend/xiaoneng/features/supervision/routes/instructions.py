"""HTTP of leaders' instructions."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel

from xiaoneng.core.access.deps import LOGIN, Acting, ActingDep, CurrentActor, changes
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
from xiaoneng.features.supervision.service import instructions
from xiaoneng.kit.http import SessionDep, router, tagged
from xiaoneng.kit.pages import BadCursor, Page
from xiaoneng.kit.problems import InvalidInput, NotFound, responses
from xiaoneng.kit.schemas import ReasonInput

routes = router("/case-instructions", "supervision")


async def _act(acting: Acting, task_id: UUID, action: str, body: BaseModel) -> InstructionRead:
    command = acting.command(action, body)
    return tagged(acting.response, await instructions.perform(acting.session, acting.actor, task_id, command))


@routes.get("", operation_id="case_instructions_list", summary="领导批示", responses=responses(*LOGIN, BadCursor))
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
        *LOGIN,
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
    responses=changes(),
)
async def report(acting: ActingDep, task_id: UUID, body: ReportInput) -> InstructionRead:
    """Say what was done about an instruction."""
    return await _act(acting, task_id, "report", body)


@routes.post(
    "/{task_id}/actions/accept",
    operation_id="case_instructions_accept",
    summary="采纳批示反馈",
    responses=changes(SecondPerson),
)
async def accept(acting: ActingDep, task_id: UUID, body: JudgementInput) -> InstructionRead:
    """Take the report for done."""
    return await _act(acting, task_id, "accept", body)


@routes.post(
    "/{task_id}/actions/send_back",
    operation_id="case_instructions_send_back",
    summary="退回补办批示",
    responses=changes(SecondPerson),
)
async def send_back(acting: ActingDep, task_id: UUID, body: ReasonInput) -> InstructionRead:
    """Have more done, within a new limit."""
    return await _act(acting, task_id, "send_back", body)


@routes.post(
    "/{task_id}/actions/withdraw",
    operation_id="case_instructions_withdraw",
    summary="撤销批示",
    responses=changes(),
)
async def withdraw(acting: ActingDep, task_id: UUID, body: ReasonInput) -> InstructionRead:
    """Take an instruction back."""
    return await _act(acting, task_id, "withdraw", body)
