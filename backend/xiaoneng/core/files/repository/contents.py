"""What files hold: a store addressed by content, and the drafts that uploads are written to first."""

import asyncio
import hashlib
import os
import tempfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import BinaryIO, Protocol, TypeVar

from xiaoneng.core.files.errors import ContentMissing
from xiaoneng.settings import get_settings

CHUNK = 256 * 1024
_WRITE_AT = 1024 * 1024
_FOLDER_MODE = 0o700
T = TypeVar("T")


class Draft:
    """An upload on its way in: a private file that counts and hashes what is written to it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=folder)
        self.path = Path(name)
        self.size = 0
        self._file: BinaryIO = os.fdopen(descriptor, "w+b")
        self._hash = hashlib.sha256()
        self._pending = bytearray()

    @property
    def sha256(self) -> str:
        """The hash of what was written, in hexadecimal."""
        return self._hash.hexdigest()

    async def write(self, data: bytes) -> None:
        """Add to the end."""
        self.size += len(data)
        self._pending += data
        if len(self._pending) >= _WRITE_AT:
            await asyncio.to_thread(self._flush)

    async def finish(self, judge: Callable[[BinaryIO], T]) -> T:
        """Put everything on the disk and let `judge` look at it."""

        def work() -> T:
            self._flush()
            os.fsync(self._file.fileno())
            return judge(self._file)

        return await asyncio.to_thread(work)

    def discard(self) -> None:
        """Close, and remove what was not put into a store."""
        self._file.close()
        self.path.unlink(missing_ok=True)

    def _flush(self) -> None:
        data, self._pending = bytes(self._pending), bytearray()
        self._hash.update(data)
        self._file.write(data)
        self._file.flush()


class Store(Protocol):
    """Where contents are kept, each once, under its SHA-256 in hexadecimal."""

    def draft(self) -> Draft:
        """A place to write an upload to."""

    async def put(self, draft: Draft) -> None:
        """Keep what the draft holds; durable when this returns."""

    async def read(self, sha256: str) -> AsyncIterator[bytes]:
        """The content in chunks. Raises ContentMissing before the first one."""

    async def drop(self, sha256: str) -> None:
        """Forget a content; nothing happens when it is not there."""

    async def drop_drafts(self, older_than: float) -> int:
        """Remove drafts last written before that moment (seconds since the epoch): their writer has died."""


class LocalStore:
    """Contents as files of one machine: `ab/cd/<sha256>`, readable by nobody else."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._drafts = root / "drafts"

    def _place(self, sha256: str) -> Path:
        return self._root / sha256[:2] / sha256[2:4] / sha256

    def draft(self) -> Draft:
        """See Store."""
        return Draft(self._drafts)

    async def put(self, draft: Draft) -> None:
        """See Store. The rename is atomic: a reader sees all of a content or none."""
        place = self._place(draft.sha256)

        def move() -> None:
            place.parent.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
            draft.path.replace(place)
            _sync_folder(place.parent)

        await asyncio.to_thread(move)

    async def read(self, sha256: str) -> AsyncIterator[bytes]:
        """See Store."""
        try:
            file = await asyncio.to_thread(self._place(sha256).open, "rb")
        except FileNotFoundError as error:
            raise ContentMissing from error
        return _chunks(file)

    async def drop(self, sha256: str) -> None:
        """See Store."""
        await asyncio.to_thread(self._place(sha256).unlink, missing_ok=True)

    async def drop_drafts(self, older_than: float) -> int:
        """See Store."""

        def sweep() -> int:
            stale = [path for path in self._drafts.glob("*") if path.stat().st_mtime < older_than]
            for path in stale:
                path.unlink(missing_ok=True)
            return len(stale)

        return await asyncio.to_thread(sweep)


async def _chunks(file: BinaryIO) -> AsyncIterator[bytes]:
    try:
        while data := await asyncio.to_thread(file.read, CHUNK):
            yield data
    finally:
        file.close()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def store() -> Store:
    """The store of this deployment."""
    return LocalStore(get_settings().state_dir / "files")
