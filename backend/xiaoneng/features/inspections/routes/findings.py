"""HTTP of findings and of work in the field."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import BaseModel

from xiaoneng.core.access.deps import LOGIN, Acting, ActingDep, CurrentActor, changes
from xiaoneng.core.files.errors import NotAttachable
from xiaoneng.core.timeline.schemas import TimelineEntryRead
from xiaoneng.core.worktime.errors import CalendarMissing, PolicyMissing
from xiaoneng.features.inspections.errors.findings import (
    AnswerChanged,
    CodeRefused,
    IdTaken,
    LineUnknown,
    NoteNeeded,
    NotInTheField,
    NotOnTeam,
    NotReported,
    OwnFinding,
    PraiseRefused,
    SeenLater,
)
from xiaoneng.features.inspections.errors.inspections import OwnUnitInspected
from xiaoneng.features.inspections.errors.letters import NoIssuer
from xiaoneng.features.inspections.schemas.findings import (
    AlikeFilter,
    AlikeFindings,
    AnswerInput,
    AnswerRead,
    DisposeInput,
    FindingContent,
    FindingCreate,
    FindingFilter,
    FindingListItem,
    FindingRead,
    ObjectInput,
    SheetRead,
)
from xiaoneng.features.inspections.service import fielding, findings, findings_reading
from xiaoneng.kit.http import SessionDep, router, tagged
from xiaoneng.kit.pages import BadCursor, Page, PageParamsDep
from xiaoneng.kit.problems import InvalidInput, NotFound, responses
from xiaoneng.kit.schemas import NoInput, ReasonInput

routes = router("", "inspections")
_ALL, _ONE, _DO = (
    "/inspection-findings",
    "/inspection-findings/{finding_id}",
    "/inspection-findings/{finding_id}/actions",
)
_ROW = "/inspection-units/{row_id}"


async def _act(acting: Acting, finding_id: UUID, action: str, body: BaseModel) -> FindingRead:
    session, actor = acting.session, acting.actor
    await findings.perform(session, actor, finding_id, acting.command(action, body))
    return tagged(acting.response, await findings_reading.read(session, actor, finding_id))


@routes.get(_ROW, operation_id="inspection_units_sheet", summary="单位检查表", responses=responses(*LOGIN, NotFound))
async def get_sheet(session: SessionDep, actor: CurrentActor, row_id: UUID) -> SheetRead:
    """What an inspector needs in one unit: the checklist, the answers that hold, what was found."""
    return await findings_reading.sheet(session, actor, row_id)


@routes.post(
    _ROW + "/answers",
    operation_id="inspection_units_answer",
    status_code=201,
    summary="填写检查项",
    responses=responses(*LOGIN, NotFound, InvalidInput, NotInTheField, LineUnknown, SeenLater, IdTaken, AnswerChanged),
)
async def answer(session: SessionDep, actor: CurrentActor, row_id: UUID, body: AnswerInput) -> AnswerRead:
    """Answer a line, now or from a device that was offline; never over an answer that was not seen."""
    return AnswerRead.model_validate(await fielding.answer(session, actor, row_id, body))


@routes.get(_ALL, operation_id="inspection_findings_list", summary="检查问题", responses=responses(*LOGIN, BadCursor))
async def list_findings(
    session: SessionDep, actor: CurrentActor, chosen: Annotated[FindingFilter, Query()]
) -> Page[FindingListItem]:
    """Findings within the caller's sight, what was seen last first; a unit sees released ones of its own."""
    return await findings_reading.page(session, actor, chosen)


@routes.post(
    _ALL,
    operation_id="inspection_findings_record",
    status_code=201,
    summary="登记问题",
    responses=responses(
        *LOGIN, NotFound, InvalidInput, NotInTheField, LineUnknown, SeenLater, IdTaken, CodeRefused, NotAttachable
    ),
)
async def record(session: SessionDep, actor: CurrentActor, body: FindingCreate, response: Response) -> FindingRead:
    """Record a finding; the device makes its key, so that sending it again does nothing."""
    finding = await fielding.record(session, actor, body)
    response.headers["Location"] = f"/api/v1/inspection-findings/{finding.id}"
    return tagged(response, await findings_reading.read(session, actor, finding.id))


@routes.get(
    _ALL + "/alike",
    operation_id="inspection_findings_alike",
    summary="疑似重复问题",
    responses=responses(*LOGIN),
)
async def alike(session: SessionDep, actor: CurrentActor, wanted: Annotated[AlikeFilter, Query()]) -> AlikeFindings:
    """Findings of the same problem in the same unit lately; a warning only."""
    return await findings_reading.alike(session, actor, wanted)


@routes.get(_ONE, operation_id="inspection_findings_get", summary="检查问题详情", responses=responses(*LOGIN, NotFound))
async def get_finding(session: SessionDep, actor: CurrentActor, finding_id: UUID, response: Response) -> FindingRead:
    """One finding; who recorded it and who was involved is not for the unit."""
    return tagged(response, await findings_reading.read(session, actor, finding_id))


@routes.get(
    _ONE + "/timeline",
    operation_id="inspection_findings_timeline",
    summary="检查问题时间线",
    responses=responses(*LOGIN, NotFound, BadCursor),
)
async def get_timeline(
    session: SessionDep, actor: CurrentActor, finding_id: UUID, params: PageParamsDep
) -> Page[TimelineEntryRead]:
    """Who did what when and why, newest first; not for the unit."""
    return await findings_reading.history(session, actor, finding_id, params)


@routes.post(
    _DO + "/revise",
    operation_id="inspection_findings_revise",
    summary="修改问题",
    responses=changes(NotOnTeam, SeenLater, CodeRefused, NotAttachable),
)
async def revise(acting: ActingDep, finding_id: UUID, body: FindingContent) -> FindingRead:
    """Correct a finding before it is released."""
    return await _act(acting, finding_id, "revise", body)


@routes.post(
    _DO + "/withdraw",
    operation_id="inspection_findings_withdraw",
    summary="撤回问题",
    responses=changes(NotOnTeam),
)
async def withdraw(acting: ActingDep, finding_id: UUID, body: ReasonInput) -> FindingRead:
    """Take a finding back; the row stays."""
    return await _act(acting, finding_id, "withdraw", body)


@routes.post(
    _DO + "/confirm",
    operation_id="inspection_findings_confirm",
    summary="确认属实",
    responses=changes(),
)
async def confirm(acting: ActingDep, finding_id: UUID, body: NoInput) -> FindingRead:
    """The unit confirms it."""
    return await _act(acting, finding_id, "confirm", body)


@routes.post(
    _DO + "/object",
    operation_id="inspection_findings_object",
    summary="提出异议",
    responses=changes(NotAttachable),
)
async def object_(acting: ActingDep, finding_id: UUID, body: ObjectInput) -> FindingRead:
    """The unit does not agree."""
    return await _act(acting, finding_id, "object", body)


@routes.post(
    _DO + "/uphold",
    operation_id="inspection_findings_uphold",
    summary="异议成立",
    responses=changes(OwnFinding, OwnUnitInspected),
)
async def uphold(acting: ActingDep, finding_id: UUID, body: ReasonInput) -> FindingRead:
    """The objection holds; the finding falls."""
    return await _act(acting, finding_id, "uphold", body)


@routes.post(
    _DO + "/overrule",
    operation_id="inspection_findings_overrule",
    summary="异议不成立",
    responses=changes(OwnFinding, OwnUnitInspected),
)
async def overrule(acting: ActingDep, finding_id: UUID, body: ReasonInput) -> FindingRead:
    """The finding stands."""
    return await _act(acting, finding_id, "overrule", body)


@routes.post(
    _DO + "/dispose",
    operation_id="inspection_findings_dispose",
    summary="处置问题",
    responses=changes(
        OwnFinding, OwnUnitInspected, NotReported, PraiseRefused, NoteNeeded, NoIssuer, PolicyMissing, CalendarMissing
    ),
)
async def dispose(acting: ActingDep, finding_id: UUID, body: DisposeInput) -> FindingRead:
    """Say what it leads to: an item, a letter, a case, praise or nothing."""
    return await _act(acting, finding_id, "dispose", body)
