"""HTTP of what is done with letters."""

from uuid import UUID

from pydantic import BaseModel

from xiaoneng.core.access.deps import Acting, ActingDep, changes
from xiaoneng.core.files.errors import NotAttachable
from xiaoneng.core.organization.errors import UnitGone
from xiaoneng.core.worktime.errors import CalendarMissing, DueInPast, PolicyMissing
from xiaoneng.features.inspections.errors.letters import (
    AdmonishedAlready,
    NotAdmonished,
    NotOverdue,
    OwnLetter,
    ProblemUnknown,
    ProposedAlready,
    SamePerson,
    SourceRefused,
)
from xiaoneng.features.inspections.schemas.letters import (
    LetterAcceptInput,
    LetterContent,
    LetterDatedReason,
    LetterDeliverInput,
    LetterPlanInput,
    LetterRead,
    LetterResultInput,
)
from xiaoneng.features.inspections.service import letter_reading, letters
from xiaoneng.kit.http import router, tagged
from xiaoneng.kit.schemas import NoInput, ReasonInput

routes = router("/letters/{letter_id}/actions", "letters")


async def _act(acting: Acting, letter_id: UUID, action: str, body: BaseModel) -> LetterRead:
    letter = await letters.perform(acting.session, acting.actor, letter_id, acting.command(action, body))
    return tagged(acting.response, await letter_reading.read(acting.session, acting.actor, letter))


@routes.post(
    "/edit",
    operation_id="letters_edit",
    summary="修改文书",
    responses=changes(SourceRefused, UnitGone, NotAttachable, OwnLetter),
)
async def edit(acting: ActingDep, letter_id: UUID, body: LetterContent) -> LetterRead:
    """Change what a draft says."""
    return await _act(acting, letter_id, "edit", body)


@routes.post(
    "/countersign", operation_id="letters_countersign", summary="核签文书", responses=changes(SamePerson, OwnLetter)
)
async def countersign(acting: ActingDep, letter_id: UUID, body: NoInput) -> LetterRead:
    """Agree to a draft of somebody else."""
    return await _act(acting, letter_id, "countersign", body)


@routes.post("/send_back", operation_id="letters_send_back", summary="退回修改", responses=changes(OwnLetter))
async def send_back(acting: ActingDep, letter_id: UUID, body: ReasonInput) -> LetterRead:
    """Give a draft back, with the reason."""
    return await _act(acting, letter_id, "send_back", body)


@routes.post(
    "/issue",
    operation_id="letters_issue",
    summary="签发文书",
    responses=changes(OwnLetter, PolicyMissing, CalendarMissing),
)
async def issue(acting: ActingDep, letter_id: UUID, body: NoInput) -> LetterRead:
    """Number the letter, fix what it says, and let the limit of its answer begin."""
    return await _act(acting, letter_id, "issue", body)


@routes.post("/make_files", operation_id="letters_make_files", summary="重新生成文件", responses=changes(OwnLetter))
async def make_files(acting: ActingDep, letter_id: UUID, body: NoInput) -> LetterRead:
    """Make Word and PDF anew, say after fonts were installed."""
    return await _act(acting, letter_id, "make_files", body)


@routes.post(
    "/deliver",
    operation_id="letters_deliver",
    summary="送达文书",
    responses=changes(OwnLetter, PolicyMissing, CalendarMissing),
)
async def deliver(acting: ActingDep, letter_id: UUID, body: LetterDeliverInput) -> LetterRead:
    """Hand it to the unit, which knows of it from now on."""
    return await _act(acting, letter_id, "deliver", body)


@routes.post("/receive", operation_id="letters_receive", summary="签收文书", responses=changes())
async def receive(acting: ActingDep, letter_id: UUID, body: NoInput) -> LetterRead:
    """Sign for it, as the unit's head."""
    return await _act(acting, letter_id, "receive", body)


@routes.post(
    "/reply_plan",
    operation_id="letters_reply_plan",
    summary="报送整改方案",
    responses=changes(ProblemUnknown, NotAttachable, DueInPast, PolicyMissing, CalendarMissing),
)
async def reply_plan(acting: ActingDep, letter_id: UUID, body: LetterPlanInput) -> LetterRead:
    """Answer with a plan; problems it takes up become rectification items."""
    return await _act(acting, letter_id, "reply_plan", body)


@routes.post(
    "/reply_result", operation_id="letters_reply_result", summary="报送整改情况", responses=changes(NotAttachable)
)
async def reply_result(acting: ActingDep, letter_id: UUID, body: LetterResultInput) -> LetterRead:
    """Answer with what was done."""
    return await _act(acting, letter_id, "reply_result", body)


@routes.post("/accept", operation_id="letters_accept", summary="审核通过", responses=changes(OwnLetter))
async def accept(acting: ActingDep, letter_id: UUID, body: LetterAcceptInput) -> LetterRead:
    """Take the answer for good."""
    return await _act(acting, letter_id, "accept", body)


@routes.post(
    "/ask_supplement",
    operation_id="letters_ask_supplement",
    summary="要求补充",
    responses=changes(OwnLetter, DueInPast, PolicyMissing, CalendarMissing),
)
async def ask_supplement(acting: ActingDep, letter_id: UUID, body: LetterDatedReason) -> LetterRead:
    """Ask for more, until a day."""
    return await _act(acting, letter_id, "ask_supplement", body)


@routes.post("/close", operation_id="letters_close", summary="办结文书", responses=changes(OwnLetter))
async def close(acting: ActingDep, letter_id: UUID, body: NoInput) -> LetterRead:
    """Close what was answered and reviewed."""
    return await _act(acting, letter_id, "close", body)


@routes.post(
    "/admonish",
    operation_id="letters_admonish",
    summary="告诫",
    responses=changes(OwnLetter, NotOverdue, AdmonishedAlready, DueInPast, PolicyMissing, CalendarMissing),
)
async def admonish(acting: ActingDep, letter_id: UUID, body: LetterDatedReason) -> LetterRead:
    """Admonish a unit that is late, with a last day (R-05)."""
    return await _act(acting, letter_id, "admonish", body)


@routes.post(
    "/propose_accountability",
    operation_id="letters_propose_accountability",
    summary="提出问责建议",
    responses=changes(OwnLetter, NotOverdue, NotAdmonished, ProposedAlready),
)
async def propose_accountability(acting: ActingDep, letter_id: UUID, body: ReasonInput) -> LetterRead:
    """Propose accountability after the last day has passed too (R-05)."""
    return await _act(acting, letter_id, "propose_accountability", body)


@routes.post("/void", operation_id="letters_void", summary="作废文书", responses=changes(OwnLetter))
async def void(acting: ActingDep, letter_id: UUID, body: ReasonInput) -> LetterRead:
    """Void it, with the reason; its number stays taken."""
    return await _act(acting, letter_id, "void", body)
