"""HTTP of working on a case: before a unit has it, in the unit, and after its reply."""

from uuid import UUID

from xiaoneng.core.access.deps import LOGIN, ActingDep, CurrentActor, changes
from xiaoneng.features.cases.errors.cases import (
    AlreadyAudited,
    CallBackTooEarly,
    NoDraft,
    NoProblemYet,
    RedosUsedUp,
    SamePerson,
)
from xiaoneng.features.cases.routes.shared import act
from xiaoneng.features.cases.schemas.actions import (
    CallBackInput,
    CallBackRedoInput,
    EmergencyInput,
    OnSpotInput,
    ProgressInput,
    RefusalInput,
    ReplyInput,
)
from xiaoneng.features.cases.schemas.reads import CaseRead, RecordList
from xiaoneng.features.cases.service import reading
from xiaoneng.kit.http import SessionDep, router
from xiaoneng.kit.problems import NotFound, responses
from xiaoneng.kit.schemas import NoInput, ReasonInput

routes = router("/cases", "cases")


@routes.get(
    "/{case_id}/records", operation_id="cases_records", summary="联系与办理记录", responses=responses(*LOGIN, NotFound)
)
async def get_records(actor: CurrentActor, session: SessionDep, case_id: UUID) -> RecordList:
    """Conversations with the citizen, call-backs with their answers, and notes of the work, newest first."""
    return await reading.records(session, actor, case_id)


@routes.post(
    "/{case_id}/actions/note_progress",
    operation_id="cases_note_progress",
    summary="记录办理进展",
    responses=changes(),
)
async def note_progress_case(acting: ActingDep, case_id: UUID, body: ProgressInput) -> CaseRead:
    """Put on record how the work goes, with evidence."""
    return await act(acting, case_id, "note_progress", body)


@routes.post(
    "/{case_id}/actions/draft_reply",
    operation_id="cases_draft_reply",
    summary="拟写答复",
    responses=changes(),
)
async def draft_reply_case(acting: ActingDep, case_id: UUID, body: ReplyInput) -> CaseRead:
    """Write the reply for whoever stands for it."""
    return await act(acting, case_id, "draft_reply", body)


@routes.post(
    "/{case_id}/actions/approve_reply",
    operation_id="cases_approve_reply",
    summary="审核并答复",
    responses=changes(NoDraft, SamePerson),
)
async def approve_reply_case(acting: ActingDep, case_id: UUID, body: NoInput) -> CaseRead:
    """Stand for the draft of another; it becomes the reply."""
    return await act(acting, case_id, "approve_reply", body)


@routes.post(
    "/{case_id}/actions/return_draft",
    operation_id="cases_return_draft",
    summary="退回答复稿",
    responses=changes(NoDraft),
)
async def return_draft_case(acting: ActingDep, case_id: UUID, body: ReasonInput) -> CaseRead:
    """Send the draft back to its writer."""
    return await act(acting, case_id, "return_draft", body)


@routes.post(
    "/{case_id}/actions/accept_result",
    operation_id="cases_accept_result",
    summary="审核通过",
    responses=changes(AlreadyAudited),
)
async def accept_result_case(acting: ActingDep, case_id: UUID, body: NoInput) -> CaseRead:
    """The desk finds that the reply answers the case."""
    return await act(acting, case_id, "accept_result", body)


@routes.post(
    "/{case_id}/actions/call_back_redo",
    operation_id="cases_call_back_redo",
    summary="回访不满意重办",
    responses=changes(RedosUsedUp),
)
async def call_back_redo_case(acting: ActingDep, case_id: UUID, body: CallBackRedoInput) -> CaseRead:
    """Record that the citizen is not satisfied; the case goes back."""
    return await act(acting, case_id, "call_back_redo", body)


@routes.post(
    "/{case_id}/actions/ask_after_limit",
    operation_id="cases_ask_after_limit",
    summary="逾期回访",
    responses=changes(CallBackTooEarly),
)
async def ask_after_limit_case(acting: ActingDep, case_id: UUID, body: CallBackInput) -> CaseRead:
    """Record what the citizen says after a limit that ended without a reply."""
    return await act(acting, case_id, "ask_after_limit", body)


@routes.post(
    "/{case_id}/actions/step_up",
    operation_id="cases_step_up",
    summary="提级督办",
    responses=changes(NoProblemYet),
)
async def step_up_case(acting: ActingDep, case_id: UUID, body: ReasonInput) -> CaseRead:
    """Make a problem order of what was redone as often as allowed (R-17)."""
    return await act(acting, case_id, "step_up", body)


@routes.post(
    "/{case_id}/actions/answer_on_spot",
    operation_id="cases_answer_on_spot",
    summary="当场答复",
    responses=changes(),
)
async def answer_on_spot_case(acting: ActingDep, case_id: UUID, body: OnSpotInput) -> CaseRead:
    """Answer at once; the case is closed."""
    return await act(acting, case_id, "answer_on_spot", body)


@routes.post(
    "/{case_id}/actions/refuse_acceptance",
    operation_id="cases_refuse_acceptance",
    summary="不予受理",
    responses=changes(),
)
async def refuse_acceptance_case(acting: ActingDep, case_id: UUID, body: RefusalInput) -> CaseRead:
    """Not for this platform: say why, and where to turn."""
    return await act(acting, case_id, "refuse_acceptance", body)


@routes.post(
    "/{case_id}/actions/transfer_emergency",
    operation_id="cases_transfer_emergency",
    summary="转紧急处置",
    responses=changes(),
)
async def transfer_emergency_case(acting: ActingDep, case_id: UUID, body: EmergencyInput) -> CaseRead:
    """Hand an emergency to those who answer one."""
    return await act(acting, case_id, "transfer_emergency", body)


@routes.post("/{case_id}/actions/reopen", operation_id="cases_reopen", summary="决定重新办理", responses=changes())
async def reopen_case(acting: ActingDep, case_id: UUID, body: ReasonInput) -> CaseRead:
    """Reopen a closed case by decision; its unit gets it again under limits of its own."""
    return await act(acting, case_id, "reopen", body)
