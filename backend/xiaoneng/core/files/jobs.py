"""What happens to files by itself."""

from xiaoneng.core.files import service
from xiaoneng.kit.db import Session
from xiaoneng.kit.jobs import enqueue, job, periodic


@job("files.drop_content")
async def drop_content(session: Session, sha256: str) -> None:
    """Remove a content that no file holds any more, once the files are certainly gone."""
    await service.drop_content(session, sha256)


@periodic("files.drop_unused", "17 * * * *")
async def drop_unused(session: Session) -> None:
    """Clear away what was uploaded and never used."""
    for sha256 in await service.drop_unused(session):
        await enqueue(session, drop_content, sha256=sha256)
