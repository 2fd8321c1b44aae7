"""Letters as official documents: the preview, and the Word and PDF that are kept with an issued one (§3.8)."""

import base64
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.documents.errors import FontsMissing
from xiaoneng.core.documents.rules.layout import day
from xiaoneng.core.documents.schemas import Document, Format, Head, Tail
from xiaoneng.core.documents.service import rendering
from xiaoneng.core.files import service as files
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.features.inspections.models.letters import LETTER, Letter, LetterIssuer
from xiaoneng.features.inspections.repository import letters as repository
from xiaoneng.features.inspections.rules.letters import NAMES, body_of
from xiaoneng.features.inspections.schemas.letters import LetterContent, LetterPreview
from xiaoneng.features.inspections.service.letter_drafts import issuer_of
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.problems import NotFound

_NO_NUMBER = "{word}　〔{year}〕　号"


async def preview(session: Session, actor: Actor, body: LetterContent) -> LetterPreview:
    """What a letter would look like, before anything is kept. Raises NoIssuer and FontsMissing."""
    issuer = await issuer_of(session, actor)
    letter = Letter(
        issuer_id=issuer.id, drafted_by=actor.id, drafted_by_name=actor.name, **body.model_dump(exclude={"problems"})
    )
    return await _shown(await _document(session, letter, issuer, body.problems))


async def preview_of(session: Session, actor: Actor, letter_id: UUID) -> LetterPreview:
    """What a letter looks like. Raises NotFound and FontsMissing."""
    letter = await repository.find(session, actor, letter_id)
    if letter is None:
        raise NotFound
    return await _shown(await document_of(session, letter))


async def _shown(document: Document) -> LetterPreview:
    pages = await rendering.pictures(document)
    return LetterPreview(pages=[base64.b64encode(page).decode() for page in pages])


async def document_of(session: Session, letter: Letter) -> Document:
    """A letter as a document."""
    issuer = await repository.issuer(session, letter.issuer_id)
    if issuer is None:
        raise NotFound
    problems = await repository.problems(session, letter.id)
    return await _document(session, letter, issuer, [problem.text for problem in problems])


async def _document(session: Session, letter: Letter, issuer: LetterIssuer, problems: Sequence[str]) -> Document:
    units = await organization.unit_refs(session, [letter.to_unit_id])
    names = [ref.name.rpartition(".")[0] or ref.name for ref in await files.refs(session, letter.file_ids)]
    until = day(clock.local(letter.reply_due_at).date()) if letter.reply_due_at else None
    opening = letter.opening + (f"\n依据：{letter.legal_basis}。" if letter.legal_basis else "")
    text = body_of(letter.type, opening, problems, letter.requirements, until)
    issued_on = letter.issued_on
    return Document(
        title=letter.title,
        blocks=rendering.blocks_of(text),
        head=Head(issuer.mark, letter.no or _NO_NUMBER.format(word=issuer.word, year=clock.today().year)),
        recipients=(units[letter.to_unit_id].name,) if letter.to_unit_id in units else (),
        attachments=tuple(names),
        issuer=issuer.name,
        issued_on=issued_on,
        tail=_tail(letter, issuer, issued_on or clock.today()),
        is_draft=letter.no is None,
    )


def _tail(letter: Letter, issuer: LetterIssuer, printed_on: date) -> Tail:
    return Tail(issuer.name, printed_on, tuple(letter.copies_to))


async def make_files(session: Session, letter_id: UUID) -> None:
    """Write the Word and PDF of an issued letter; without fonts the PDF is left out and the letter says why.

    The revision stays: what somebody is about to do with the letter does not depend on its files.
    """
    letter = await repository.get(session, letter_id)
    if letter is None or letter.no is None:
        return
    document = await document_of(session, letter)
    name = f"{NAMES[letter.type]} {letter.no}"
    subject = (LETTER, letter.id)
    letter.word_file_id = await rendering.keep(session, letter.drafted_by, document, Format.WORD, name, subject)
    try:
        letter.pdf_file_id = await rendering.keep(session, letter.drafted_by, document, Format.PDF, name, subject)
        letter.pdf_problem = None
    except FontsMissing:
        letter.pdf_problem = FontsMissing.code
