"""HTTP of letters."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from xiaoneng.core.access.deps import LOGIN, CurrentActor
from xiaoneng.core.documents.errors import FontsMissing
from xiaoneng.core.files.errors import NotAttachable
from xiaoneng.core.organization.errors import UnitGone
from xiaoneng.core.timeline.schemas import TimelineEntryRead
from xiaoneng.features.inspections.errors.letters import NoIssuer, SourceRefused, WordTaken
from xiaoneng.features.inspections.schemas.letters import (
    LetterContent,
    LetterFilter,
    LetterIssuerInput,
    LetterIssuerRead,
    LetterIssuers,
    LetterListItem,
    LetterPreview,
    LetterRateFilter,
    LetterRates,
    LetterRead,
)
from xiaoneng.features.inspections.service import letter_drafts, letter_papers, letter_reading
from xiaoneng.kit.http import SessionDep, router, tagged
from xiaoneng.kit.pages import BadCursor, Page, PageParamsDep
from xiaoneng.kit.problems import InvalidInput, NotFound, responses

routes = router("", "letters")
_ALL, _ONE = "/letters", "/letters/{letter_id}"
_DRAFTING = (InvalidInput, NoIssuer, SourceRefused, UnitGone, NotAttachable)


@routes.get(_ALL, operation_id="letters_list", summary="文书", responses=responses(*LOGIN, BadCursor, InvalidInput))
async def list_letters(
    session: SessionDep, actor: CurrentActor, chosen: Annotated[LetterFilter, Query()]
) -> Page[LetterListItem]:
    """Letters within the caller's sight, the latest first; a unit sees those that were delivered to it."""
    return await letter_reading.page(session, actor, chosen)


@routes.post(
    _ALL, operation_id="letters_draft", status_code=201, summary="拟稿", responses=responses(*LOGIN, *_DRAFTING)
)
async def draft(session: SessionDep, actor: CurrentActor, body: LetterContent, response: Response) -> LetterRead:
    """Begin a letter in the name of the caller's body."""
    letter = await letter_drafts.draft(session, actor, body)
    response.headers["Location"] = f"/api/v1/letters/{letter.id}"
    return tagged(response, await letter_reading.read(session, actor, letter))


@routes.post(
    "/letter-previews",
    operation_id="letter_previews_make",
    summary="预览未保存的文书",
    responses=responses(*LOGIN, InvalidInput, NoIssuer, FontsMissing),
)
async def make_preview(session: SessionDep, actor: CurrentActor, body: LetterContent) -> LetterPreview:
    """The pages as they would be printed; nothing is kept."""
    return await letter_papers.preview(session, actor, body)


@routes.get("/letter-issuers", operation_id="letter_issuers_list", summary="发文机关", responses=responses(*LOGIN))
async def list_issuers(session: SessionDep, _: CurrentActor) -> LetterIssuers:
    """The bodies that issue letters, with their marks and the words of their numbers."""
    return await letter_drafts.issuers(session)


@routes.post(
    "/letter-issuers",
    operation_id="letter_issuers_set",
    summary="设置发文机关",
    responses=responses(*LOGIN, InvalidInput, NotFound, WordTaken),
)
async def set_issuer(session: SessionDep, actor: CurrentActor, body: LetterIssuerInput) -> LetterIssuerRead:
    """Say how a body signs, which mark stands above its letters and which word in their numbers."""
    return await letter_drafts.set_issuer(session, actor, body)


@routes.get(
    "/letter-reply-rates",
    operation_id="letters_reply_rates",
    summary="文书回复率",
    responses=responses(*LOGIN, InvalidInput),
)
async def get_rates(
    session: SessionDep, actor: CurrentActor, chosen: Annotated[LetterRateFilter, Query()]
) -> LetterRates:
    """R-05: by unit, how many letters of a year were due and answered on time, late, or not at all."""
    return await letter_reading.rates(session, actor, chosen)


@routes.get(_ONE, operation_id="letters_get", summary="文书详情", responses=responses(*LOGIN, NotFound))
async def get_letter(session: SessionDep, actor: CurrentActor, letter_id: UUID, response: Response) -> LetterRead:
    """One letter with its problems, answers, files and what the caller may do now."""
    letter = await letter_reading.get(session, actor, letter_id)
    return tagged(response, await letter_reading.read(session, actor, letter))


@routes.get(
    _ONE + "/timeline",
    operation_id="letters_timeline",
    summary="文书时间线",
    responses=responses(*LOGIN, NotFound, BadCursor),
)
async def get_timeline(
    session: SessionDep, actor: CurrentActor, letter_id: UUID, params: PageParamsDep
) -> Page[TimelineEntryRead]:
    """Who did what when and why, newest first."""
    return await letter_reading.history(session, actor, letter_id, params)


@routes.get(
    _ONE + "/preview",
    operation_id="letters_preview",
    summary="文书版面",
    responses=responses(*LOGIN, NotFound, FontsMissing),
)
async def get_preview(session: SessionDep, actor: CurrentActor, letter_id: UUID) -> LetterPreview:
    """The pages as they are printed."""
    return await letter_papers.preview_of(session, actor, letter_id)
