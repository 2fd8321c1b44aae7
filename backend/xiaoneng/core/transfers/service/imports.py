"""Imports as people begin them, map them, confirm them and stop them."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from xiaoneng.core.access.errors import PermissionDenied
from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import register_reader
from xiaoneng.core.files import service as files
from xiaoneng.core.files.schemas import FileRef
from xiaoneng.core.notifications.schemas import Message
from xiaoneng.core.notifications.service.messages import notify
from xiaoneng.core.outbox import service as outbox
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change
from xiaoneng.core.transfers.errors import (
    MappingRefused,
    NoLongerAllowed,
    TableTooLarge,
    TooManyTransfers,
    TransferBroken,
    TransferOver,
    UnknownImporter,
    UnreadableTable,
    WrongStep,
)
from xiaoneng.core.transfers.events import ImportAsked, ImportMoved
from xiaoneng.core.transfers.models.imports import IMPORT, OVER, WORKING, ImportJob, ImportState
from xiaoneng.core.transfers.repository import imports as repository
from xiaoneng.core.transfers.rules.faults import words_of
from xiaoneng.core.transfers.schemas.imports import (
    ImportCheck,
    ImportCreate,
    Importer,
    ImportFaultRead,
    ImportFieldRead,
    ImportRead,
)
from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Session, check_rev
from xiaoneng.kit.pages import Page, PageParams
from xiaoneng.kit.problems import AppError, FieldProblem, NotFound

MAX_OPEN = 3
KEPT_FOR = timedelta(hours=72)
"""Local setting: how long the file and the report of an import stay."""
STUCK_AFTER = timedelta(minutes=30)
_BATCH = 200
importers: dict[str, Importer] = {}
FAILURES: Mapping[str, type[AppError]] = {
    error.code: error for error in (NoLongerAllowed, UnreadableTable, TableTooLarge, TransferBroken)
}


def register_importer(importer: Importer) -> None:
    """Let a feature have its rows brought in, at import time."""
    importers[importer.kind] = importer


async def take_on(session: Session, actor: Actor, body: ImportCreate) -> ImportJob:
    """Take a file on and have a job look at it.

    Raises UnknownImporter, PermissionDenied, TooManyTransfers and NotAttachable.
    """
    importer = importers.get(body.kind)
    if importer is None:
        raise UnknownImporter
    if not actor.holds(importer.permission):
        raise PermissionDenied
    if await repository.count_open(session, actor.id) >= MAX_OPEN:
        raise TooManyTransfers(headers={"Retry-After": "60"})
    job = ImportJob(
        id=ids.new_id(),
        kind=body.kind,
        requested_by=actor.id,
        requested_name=actor.name,
        source=body.source,
        file_id=body.file_id,
        file_name="",
        expires_at=clock.now() + KEPT_FOR,
    )
    await files.attach(session, actor, [body.file_id], IMPORT, job.id)
    job.file_name = (await files.refs(session, [body.file_id]))[0].name
    session.add(job)
    change = Change("begin_import", changes={"kind": job.kind, "source": job.source, "file": job.file_name})
    timeline.record(session, actor.author, IMPORT, job.id, change)
    await outbox.publish(session, ImportAsked(subject_id=job.id))
    return job


async def choose_sheet(session: Session, actor: Actor, import_id: UUID, rev: int, sheet: str) -> ImportJob:
    """Look at another sheet. Raises NotFound, PreconditionFailed, WrongStep and MappingRefused."""
    job = await _at(session, actor, import_id, rev, (ImportState.MAPPING, ImportState.CHECKED))
    if sheet not in job.sheets:
        raise MappingRefused
    job.sheet = sheet
    return await _ask(session, job, ImportState.INSPECTING)


async def check(session: Session, actor: Actor, import_id: UUID, rev: int, body: ImportCheck) -> ImportJob:
    """Try the rows out under a mapping. Raises NotFound, PreconditionFailed, WrongStep and MappingRefused."""
    job = await _at(session, actor, import_id, rev, (ImportState.MAPPING, ImportState.CHECKED))
    problems = _problems(importers[job.kind], job.headers, body)
    if problems:
        raise MappingRefused(errors=problems)
    job.mapping, job.constants = dict(body.mapping), dict(body.constants)
    row = {"account_id": actor.id, "kind": job.kind, "fingerprint": fingerprint(job.headers), "used_at": clock.now()}
    await repository.remember(session, row | {"mapping": job.mapping, "constants": job.constants})
    return await _ask(session, job, ImportState.CHECKING)


async def confirm(session: Session, actor: Actor, import_id: UUID, rev: int) -> ImportJob:
    """Write the rows that were tried out. Raises NotFound, PreconditionFailed and WrongStep."""
    job = await _at(session, actor, import_id, rev, (ImportState.CHECKED,))
    job.rows_added = job.rows_known = job.rows_changed = job.rows_refused = 0
    timeline.record(session, actor.author, IMPORT, job.id, Change("confirm_import", changes={"rows": job.rows_total}))
    return await _ask(session, job, ImportState.IMPORTING)


async def cancel(session: Session, actor: Actor, import_id: UUID) -> ImportJob:
    """Stop an import; rows that were written stay. Raises NotFound and TransferOver."""
    job = _own(await repository.lock(session, import_id), actor)
    if job.state in OVER:
        raise TransferOver
    await close(session, job, ImportState.CANCELLED)
    timeline.record(session, actor.author, IMPORT, job.id, Change("cancel_import", changes={"added": job.rows_added}))
    return job


async def undo(session: Session, actor: Actor, import_id: UUID, rev: int) -> ImportJob:
    """Take back what an import wrote, as far as nobody has worked on it since; the rows stay on record.

    Raises NotFound, PreconditionFailed and WrongStep, also when this kind of row is not taken back.
    """
    job = await _at(session, actor, import_id, rev, (ImportState.DONE,))
    take_back = importers[job.kind].undo
    if take_back is None:
        raise WrongStep
    done = await take_back(session, actor, job.id)
    job.rows_undone = done.taken_back
    changes = {"taken_back": done.taken_back, "kept": done.kept}
    timeline.record(session, actor.author, IMPORT, job.id, Change("undo_import", changes=changes))
    await close(session, job, ImportState.UNDONE)
    return job


async def close(session: Session, job: ImportJob, state: ImportState, failure: str | None = None) -> None:
    """End an import, and tell whoever looks at it; whoever began it also when they do not."""
    job.failure, job.finished_at = failure, clock.now()
    await move(session, job, state)
    if state in _ENDINGS:
        broken = FAILURES.get(failure or "")
        title, told = _ENDINGS[state]
        message = Message(
            title=title,
            body=f"{job.file_name}：{broken.title_zh if broken else told.format(job)}",
            subject_type=IMPORT,
            subject_id=job.id,
            dedupe_key=f"import:{job.id}:{state}",
        )
        notify(session, [job.requested_by], message)


_COUNTS = "新增 {0.rows_added} 行，未导入 {0.rows_refused} 行"
_ENDINGS = {
    ImportState.DONE: ("导入已完成", _COUNTS),
    ImportState.FAILED: ("导入没有完成", _COUNTS),
    ImportState.UNDONE: ("导入已撤回", "从 {0.rows_added} 行中撤回 {0.rows_undone} 行"),
}
"""What whoever began an import is told of its end; whoever stops one knows."""


async def move(session: Session, job: ImportJob, state: ImportState) -> None:
    """Put an import at a step, and tell whoever looks at it."""
    job.state, job.updated_at = state, clock.now()
    job.rev += 1
    await session.flush()
    await outbox.publish(session, ImportMoved(subject_id=job.id))


async def _ask(session: Session, job: ImportJob, state: ImportState) -> ImportJob:
    job.rows_done = 0
    await move(session, job, state)
    await outbox.publish(session, ImportAsked(subject_id=job.id))
    return job


async def _at(session: Session, actor: Actor, import_id: UUID, rev: int, steps: Collection[ImportState]) -> ImportJob:
    job = _own(await repository.lock(session, import_id), actor)
    check_rev(job, rev)
    if job.state not in steps:
        raise WrongStep
    return job


def _own(job: ImportJob | None, actor: Actor) -> ImportJob:
    if job is None or job.requested_by != actor.id:
        raise NotFound
    return job


def _problems(importer: Importer, headers: Sequence[str], body: ImportCheck) -> list[FieldProblem]:
    known = {field.name for field in importer.fields}
    given = body.mapping.keys() | body.constants.keys()
    lacking = [field.name for field in importer.fields if field.required and field.name not in given]
    wrong = [name for name in body.mapping if name not in known or body.mapping[name] not in headers]
    wrong += [name for name in body.constants if name not in known or name == importer.key or name in body.mapping]
    return [
        FieldProblem(path=f"body.mapping.{name}", code=code, message=message)
        for names, code, message in (
            (lacking, "missing", "必填项没有对应的列"),
            (wrong, "unknown", "没有这一列或这一项"),
        )
        for name in names
    ]


def fingerprint(headers: Sequence[str]) -> str:
    """What tells files with the same headings."""
    return hashlib.sha256("\x1f".join(headers).encode()).hexdigest()


async def page(session: Session, actor: Actor, params: PageParams) -> Page[ImportRead]:
    """The caller's own imports, newest first."""
    found = await repository.page(session, actor.id, params)
    refs = await _refs(session, [row.report_id for row in found.rows])
    return found.page(lambda row: _read(row, refs))


async def get(session: Session, actor: Actor, import_id: UUID) -> ImportRead:
    """One of the caller's imports. Raises NotFound."""
    return await read(session, _own(await repository.get(session, import_id), actor))


async def read(session: Session, job: ImportJob) -> ImportRead:
    """An import as the API shows it."""
    return _read(job, await _refs(session, [job.report_id]))


async def faults(session: Session, actor: Actor, import_id: UUID, params: PageParams) -> Page[ImportFaultRead]:
    """What is wrong with the rows, in their order. Raises NotFound."""
    _own(await repository.get(session, import_id), actor)
    found = await repository.faults_page(session, import_id, params)

    def build(row: Any) -> ImportFaultRead:
        told = {name: getattr(row, name) for name in ("number", "row", "column", "severity", "code", "value")}
        return ImportFaultRead(**told, text=words_of(row.code))

    return found.page(build)


async def sweep(session: Session) -> set[str]:
    """Take back files that have expired and end imports that do not move any more, as `exports.sweep` does."""
    now = clock.now()
    for job in await repository.stuck(session, WORKING, now - STUCK_AFTER, _BATCH):
        await close(session, job, ImportState.FAILED, TransferBroken.code)
    gone: list[UUID] = []
    for job in await repository.expired(session, now, _BATCH):
        gone += filter(None, (job.file_id, job.report_id))
        job.file_id = job.report_id = None
        if job.state not in OVER:
            await close(session, job, ImportState.CANCELLED)
    await session.flush()
    return await files.drop(session, gone)


async def _refs(session: Session, file_ids: Sequence[UUID | None]) -> Mapping[UUID, FileRef]:
    return {ref.id: ref for ref in await files.refs(session, [one for one in file_ids if one])}


_MADE = {"title", "fields", "report", "failure_title", "undoable"}
_TOLD = [name for name in ImportRead.model_fields if name not in _MADE]


def _read(row: Any, refs: Mapping[UUID, FileRef]) -> ImportRead:
    importer, failure = importers.get(row.kind), FAILURES.get(row.failure or "")
    fields = importer.fields if importer else ()
    return ImportRead(
        **{name: getattr(row, name) for name in _TOLD},
        title=importer.title if importer else row.kind,
        undoable=row.state is ImportState.DONE and importer is not None and importer.undo is not None,
        fields=[ImportFieldRead.model_validate(field) for field in fields],
        report=refs.get(row.report_id) if row.report_id else None,
        failure_title=failure.title_zh if failure else None,
    )


async def _may_read(session: Session, actor: Actor, import_id: UUID) -> bool:
    """An import is its requester's alone, and so are its files."""
    job = await repository.get(session, import_id)
    return job is not None and job.requested_by == actor.id


register_reader(IMPORT, _may_read)
