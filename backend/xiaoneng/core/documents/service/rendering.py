"""Writing documents: beside the event loop, few at a time, and into the files of their object."""

import asyncio
from importlib import import_module
from typing import Any
from uuid import UUID

from xiaoneng.core.documents.rules import layout
from xiaoneng.core.documents.schemas import MEDIA_TYPES, Block, Document, Format, Heading, Paragraph
from xiaoneng.core.files import service as files
from xiaoneng.core.files.service import Made
from xiaoneng.kit.db import Session

_WRITERS = {Format.WORD: "word", Format.PDF: "pdf"}
_AT_ONCE = asyncio.Semaphore(2)
"""Setting type is work for a processor; more at a time would only make everybody wait longer."""


def blocks_of(text: str) -> tuple[Block, ...]:
    """A text as typed, its numbered lines as headings."""
    found = ((line, layout.level_of(line)) for line in layout.lines_of(text))
    return tuple(Heading(line, level) if level else Paragraph(line) for line, level in found)


async def write(document: Document, fmt: Format) -> bytes:
    """The document as a file. Raises FontsMissing for a PDF when no font of the machine shows Chinese."""
    written: bytes = await _beside(_WRITERS[fmt], "write", document)
    return written


async def pictures(document: Document) -> list[bytes]:
    """The pages as PNG, just as the PDF shows them. Raises FontsMissing."""
    pages: list[bytes] = await _beside("pdf", "pictures", document)
    return pages


async def keep(
    session: Session, owner: UUID, document: Document, fmt: Format, name: str, subject: tuple[str, UUID]
) -> UUID:
    """Write a document into the files of an object, made for `owner`; returns the file's key. Raises FontsMissing."""
    content = await write(document, fmt)
    draft = files.new_draft()
    try:
        await draft.write(content)
        await draft.finish(lambda _: None)
        return await files.keep_made(session, owner, Made(f"{name}.{fmt}", MEDIA_TYPES[fmt], draft), subject)
    finally:
        draft.discard()


async def _beside(module: str, what: str, document: Document) -> Any:
    """The libraries weigh more than the rest of the process's start: the first document loads them."""

    def work() -> Any:
        return getattr(import_module(f"xiaoneng.core.documents.service.{module}"), what)(document)

    async with _AT_ONCE:
        return await asyncio.to_thread(work)
