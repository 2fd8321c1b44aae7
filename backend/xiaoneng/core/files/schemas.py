"""Shapes of files."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

from xiaoneng.kit.schemas import LocalDateTime, Schema


class FileRef(Schema):
    """A file as other objects name it; `size` is in bytes."""

    id: UUID
    name: str
    size: int
    media_type: str


class FileRead(FileRef):
    """One uploaded file."""

    sha256: str
    created_at: LocalDateTime


@dataclass(frozen=True, slots=True)
class Download:
    """A file on its way to a caller; the chunks come from the store, not from the database."""

    name: str
    size: int
    media_type: str
    chunks: AsyncIterator[bytes]
