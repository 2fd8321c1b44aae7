"""Drafting letters, by hand or about what another part of the product has found; and who issues them."""

from xiaoneng.core.access import service as access
from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.files import service as files
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.organization.service import serving
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change
from xiaoneng.features.inspections.errors.letters import NoIssuer, SourceRefused, WordTaken
from xiaoneng.features.inspections.models.letters import LETTER, Letter, LetterIssuer
from xiaoneng.features.inspections.repository import letters as repository
from xiaoneng.features.inspections.rules.letters import SUBJECTS
from xiaoneng.features.inspections.schemas.letters import (
    LetterContent,
    LetterIssuerInput,
    LetterIssuerRead,
    LetterIssuers,
)
from xiaoneng.kit.db import Session
from xiaoneng.kit.problems import NotFound

ISSUER = "letter_issuer"


async def issuers(session: Session) -> LetterIssuers:
    """All bodies that issue letters."""
    return LetterIssuers(items=[LetterIssuerRead.model_validate(row) for row in await repository.issuers(session)])


async def set_issuer(session: Session, actor: Actor, body: LetterIssuerInput) -> LetterIssuerRead:
    """Say how a body signs and numbers. Raises NotFound (of the body) and WordTaken."""
    known = await serving.body_refs(session, [body.body_id])
    if body.body_id not in known:
        raise NotFound
    same_word = await repository.issuer_by_word(session, body.word)
    if same_word is not None and same_word.body_id != body.body_id:
        raise WordTaken
    row = await repository.issuer_among(session, [body.body_id]) or LetterIssuer(**body.model_dump())
    row.name, row.mark, row.word = body.name, body.mark, body.word
    session.add(row)
    await session.flush()
    told = body.model_dump(exclude={"body_id"})
    timeline.record(session, actor.author, ISSUER, row.id, Change("set", changes=told))
    return LetterIssuerRead.model_validate(row)


async def draft(session: Session, actor: Actor, body: LetterContent) -> Letter:
    """Begin a letter in the name of the actor's body; what has found a problem names itself as the source.

    Raises UnitGone, NoIssuer, SourceRefused and NotAttachable.
    """
    issuer = await issuer_of(session, actor)
    letter = Letter(
        issuer_id=issuer.id,
        drafted_by=actor.id,
        drafted_by_name=actor.name,
        **body.model_dump(exclude={"problems"}),
    )
    await require(session, actor, letter, body)
    session.add(letter)
    await session.flush()
    await repository.replace_problems(session, letter.id, body.problems)
    change = Change("draft", to_state=letter.status, changes={"title": letter.title, "source": letter.source_label})
    timeline.record(session, actor.author, LETTER, letter.id, change)
    return letter


async def issuer_of(session: Session, actor: Actor) -> LetterIssuer:
    """The body in whose name an actor drafts. Raises NoIssuer."""
    found = await repository.issuer_among(session, await serving.bodies_of(session, actor.person_id))
    if found is None:
        raise NoIssuer
    return found


async def require(session: Session, actor: Actor, letter: Letter, body: LetterContent) -> None:
    """The unit exists, the source is in sight, the files are the actor's. Raises UnitGone and SourceRefused."""
    await organization.require_unit(session, body.to_unit_id)
    kind = SUBJECTS.get(body.source_type)
    if (kind is None) != (body.source_id is None):
        raise SourceRefused
    if kind and body.source_id and not await access.can_read(session, actor, kind, body.source_id):
        raise SourceRefused
    await files.attach(session, actor, body.file_ids, LETTER, letter.id)
