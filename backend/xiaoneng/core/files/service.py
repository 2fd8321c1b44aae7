"""Taking files in, attaching them to objects, giving them out."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from xiaoneng.core.access import service as access
from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.files.errors import NotAttachable, NotCleanable
from xiaoneng.core.files.models import StoredFile
from xiaoneng.core.files.repository import contents, records
from xiaoneng.core.files.repository.contents import Draft
from xiaoneng.core.files.rules import media, names, pictures
from xiaoneng.core.files.schemas import Download, FileRead, FileRef
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.problems import FieldProblem, NotFound

UNUSED_AFTER = timedelta(hours=24)
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was received and let in, but is not kept yet."""

    name: str
    media_type: str
    draft: Draft


def new_draft() -> Draft:
    """A place to receive an upload."""
    return contents.store().draft()


async def admit(draft: Draft, sent_name: str) -> Upload:
    """Look at what was received. Raises TypeRefused."""
    name = names.clean(sent_name)
    media_type = await draft.finish(lambda file: media.judge(file, names.ending(name)))
    return Upload(name, media_type, draft)


async def keep(session: Session, actor: Actor, upload: Upload) -> FileRead:
    """Make the upload a file of the actor, attached to nothing yet."""
    draft = upload.draft
    await records.lock_content(session, draft.sha256)
    row = StoredFile(
        name=upload.name,
        size=draft.size,
        media_type=upload.media_type,
        sha256=draft.sha256,
        uploaded_by=actor.id,
    )
    session.add(row)
    await contents.store().put(draft)
    return FileRead.model_validate(row)


@dataclass(frozen=True, slots=True)
class Made:
    """A file that the product itself has written."""

    name: str
    media_type: str
    draft: Draft


async def pour(draft: Draft, path: Path) -> None:
    """Fill a draft from a file of this machine."""
    with path.open("rb") as file:
        while chunk := await asyncio.to_thread(file.read, contents.CHUNK):
            await draft.write(chunk)
    await draft.finish(lambda _: None)


async def keep_made(session: Session, owner: UUID, made: Made, subject: tuple[str, UUID]) -> UUID:
    """Keep what the product has written as a file of an object, made for `owner`; returns the file's key."""
    draft = made.draft
    await records.lock_content(session, draft.sha256)
    row = StoredFile(
        name=names.clean(made.name),
        size=draft.size,
        media_type=made.media_type,
        sha256=draft.sha256,
        uploaded_by=owner,
        subject_type=subject[0],
        subject_id=subject[1],
    )
    session.add(row)
    await session.flush()
    await contents.store().put(draft)
    return row.id


async def content_of(session: Session, file_id: UUID) -> AsyncIterator[bytes]:
    """What a file holds, for work of the system itself. Raises NotFound and ContentMissing."""
    row = await records.get(session, file_id)
    if row is None:
        raise NotFound
    return await contents.store().read(row.sha256)


async def drop(session: Session, file_ids: Sequence[UUID]) -> set[str]:
    """Forget files of objects that are done with them; hashes of contents that may now be needed by nobody."""
    return set(await records.drop(session, file_ids)) if file_ids else set()


async def get(session: Session, actor: Actor, file_id: UUID) -> FileRead:
    """One file the actor may see. Raises NotFound."""
    return FileRead.model_validate(await _visible(session, actor, file_id))


async def open_content(session: Session, actor: Actor, file_id: UUID) -> Download:
    """What a file holds, for its reader; the history of the object it belongs to says who took it.

    Pictures and films are given as copies that tell neither place, time nor device; the kept original does.

    Raises NotFound, ContentMissing and NotCleanable.
    """
    row = await _visible(session, actor, file_id)
    chunks, size = await contents.store().read(row.sha256), row.size
    if pictures.tells(row.media_type):
        whole = b"".join([chunk async for chunk in chunks])
        try:
            clean = await asyncio.to_thread(pictures.cleaned, whole, row.media_type)
        except ValueError as error:
            raise NotCleanable from error
        chunks, size = _given(clean), len(clean)
    if row.subject_type is not None and row.subject_id is not None:
        change = Change("download_file", changes={"file_id": str(row.id)})
        timeline.record_read(session, actor.author, row.subject_type, row.subject_id, change)
    return Download(row.name, size, row.media_type, chunks)


async def _given(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def _visible(session: Session, actor: Actor, file_id: UUID) -> StoredFile:
    """An unattached file is its uploader's; an attached one is seen by whoever may see the object. Raises NotFound."""
    row = await records.get(session, file_id)
    if row is None:
        raise NotFound
    if row.subject_type is None or row.subject_id is None:
        visible = row.uploaded_by == actor.id
    else:
        visible = await access.can_read(session, actor, row.subject_type, row.subject_id)
    if not visible:
        raise NotFound
    return row


async def attach(session: Session, actor: Actor, file_ids: Sequence[UUID], subject_type: str, subject_id: UUID) -> None:
    """Make the actor's uploads part of an object; attaching to the same object again changes nothing.

    Raises NotAttachable, naming the files by their place, when one is unknown, somebody else's, or used elsewhere.
    """
    if not file_ids:
        return
    attached = await records.attach(session, actor.id, file_ids, (subject_type, subject_id))
    refused = [place for place, file_id in enumerate(file_ids) if file_id not in attached]
    if refused:
        raise NotAttachable(
            errors=[
                FieldProblem(path=f"body.file_ids.{place}", code=NotAttachable.code, message=NotAttachable.title_zh)
                for place in refused
            ]
        )


async def refs(session: Session, file_ids: Sequence[UUID]) -> list[FileRef]:
    """The files as other objects name them, in the order asked for. The caller has checked who may see them."""
    if not file_ids:
        return []
    found = await records.by_ids(session, file_ids)
    return [FileRef.model_validate(found[file_id]) for file_id in file_ids if file_id in found]


async def drop_unused(session: Session) -> set[str]:
    """Forget uploads that nobody attached within a day, and drafts whose writer died.

    Returns the hashes of contents that may now be needed by nobody.
    """
    before = clock.now() - UNUSED_AFTER
    await contents.store().drop_drafts(before.timestamp())
    return set(await records.drop_unattached(session, before, _BATCH))


async def drop_content(session: Session, sha256: str) -> None:
    """Remove a content from the store unless a file holds it; uploads of the same content wait meanwhile."""
    await records.lock_content(session, sha256)
    if not await records.is_referenced(session, sha256):
        await contents.store().drop(sha256)
