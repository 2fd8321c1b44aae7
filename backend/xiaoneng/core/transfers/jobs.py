"""What transfers do by themselves."""

from uuid import UUID

from xiaoneng.core.files.jobs import drop_content
from xiaoneng.core.outbox.service import subscribe
from xiaoneng.core.transfers.events import ExportAsked, ImportAsked
from xiaoneng.core.transfers.service import exporting, exports, importing, imports
from xiaoneng.kit.db import Session
from xiaoneng.kit.jobs import enqueue, job, periodic


@job("transfers.write_export", attempts=3)
async def write_export(session: Session, export_id: str) -> None:
    """Write one export; its own transactions are smaller than this one."""
    await exporting.write_export(session.database, UUID(export_id))


@subscribe(ExportAsked)
async def begin_export(session: Session, event: ExportAsked) -> None:
    """Put an export into the queue by itself: it takes long, and events do not wait for one another."""
    await enqueue(session, write_export, export_id=str(event.subject_id))


@job("transfers.do_import", attempts=3)
async def do_import(session: Session, import_id: str) -> None:
    """Do the step that an import waits for; its own transactions are smaller than this one."""
    await importing.do_step(session.database, UUID(import_id))


@subscribe(ImportAsked)
async def go_on_with_import(session: Session, event: ImportAsked) -> None:
    """Put the next step of an import into the queue by itself."""
    await enqueue(session, do_import, import_id=str(event.subject_id))


@periodic("transfers.sweep", "*/10 * * * *")
async def sweep(session: Session) -> None:
    """Take back files that have expired and end what does not move any more."""
    for sha256 in await exports.sweep(session) | await imports.sweep(session):
        await enqueue(session, drop_content, sha256=sha256)
