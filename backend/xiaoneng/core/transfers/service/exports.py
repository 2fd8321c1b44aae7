"""Exports as people ask for them, look at them and stop them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from xiaoneng.core.access.errors import PermissionDenied
from xiaoneng.core.access.models import Role
from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import register_reader
from xiaoneng.core.accounts.service import directory as accounts
from xiaoneng.core.documents.errors import FontsMissing
from xiaoneng.core.files import service as files
from xiaoneng.core.files.schemas import FileRef
from xiaoneng.core.notifications.schemas import Message
from xiaoneng.core.notifications.service.messages import notify
from xiaoneng.core.outbox import service as outbox
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change
from xiaoneng.core.transfers.errors import (
    ApprovalMissing,
    NoLongerAllowed,
    ReasonMissing,
    TooManyRows,
    TooManyTransfers,
    TransferBroken,
    TransferOver,
)
from xiaoneng.core.transfers.events import ExportAsked, ExportMoved
from xiaoneng.core.transfers.models.exports import EXPORT, EXPORT_APPROVAL, OPEN_EXPORT, ExportJob, ExportState
from xiaoneng.core.transfers.repository import exports as repository
from xiaoneng.core.transfers.schemas.exports import DocumentExporter, Exporter, ExportOrder, ExportRead
from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import Page, PageParams
from xiaoneng.kit.problems import AppError, NotFound

MAX_OPEN = 3
"""Exports of one person at a time."""
APPROVAL_ROWS = 1_000
"""Local setting: a second person agrees to more rows than these, and to any personal data (row 23 of the matrix)."""
STUCK_AFTER = timedelta(minutes=30)
_BATCH = 200
exporters: dict[str, Exporter | DocumentExporter] = {}
FAILURES: Mapping[str, type[AppError]] = {
    error.code: error
    for error in (ApprovalMissing, FontsMissing, NoLongerAllowed, NotFound, TooManyRows, TransferBroken)
}


def register_exporter(exporter: Exporter | DocumentExporter) -> None:
    """Let a feature have its list exported, at import time."""
    exporters[exporter.kind] = exporter


async def request_export(session: Session, actor: Actor, order: ExportOrder) -> ExportJob:
    """Write down what is wanted and have a job write it, after a second person has agreed where one has to.

    Raises PermissionDenied, ReasonMissing and TooManyTransfers.
    """
    exporter = exporters[order.kind]
    if not actor.holds(exporter.permission):
        raise PermissionDenied
    if order.with_personal and not (order.reason or "").strip():
        raise ReasonMissing
    if await repository.count_open(session, actor.id) >= MAX_OPEN:
        raise TooManyTransfers(headers={"Retry-After": "60"})
    rows = await exporter.count(session, actor, order)
    needs_second = order.with_personal or rows > APPROVAL_ROWS
    job = ExportJob(
        id=ids.new_id(),
        state=ExportState.TO_APPROVE if needs_second else ExportState.WAITING,
        rows_total=rows,
        kind=order.kind,
        requested_by=actor.id,
        requested_name=actor.name,
        filters=dict(order.filters),
        with_personal=order.with_personal,
        reason=order.reason,
    )
    session.add(job)
    change = Change("export", reason=order.reason, changes={"kind": order.kind, "filters": dict(order.filters)})
    timeline.record_read(session, actor.author, EXPORT, job.id, change)
    if needs_second:
        await _ask_second(session, job, exporter)
    else:
        await outbox.publish(session, ExportAsked(subject_id=job.id))
    return job


async def _ask_second(session: Session, job: ExportJob, exporter: Exporter | DocumentExporter) -> None:
    deciders = set(await accounts.accounts_serving(session, (Role.LGL,))) - {job.requested_by}
    body = f"{job.requested_name} 申请导出{exporter.title} {job.rows_total} 行{'，含个人信息' * job.with_personal}"
    notify(session, deciders, _message(job, "导出待审批", body, EXPORT_APPROVAL))


async def page(session: Session, actor: Actor, params: PageParams) -> Page[ExportRead]:
    """The caller's own exports, newest first."""
    found = await repository.page(session, actor.id, params)
    refs = await _refs(session, [row.file_id for row in found.rows if row.file_id])
    return found.page(lambda row: _read(row, refs))


async def get(session: Session, actor: Actor, export_id: UUID) -> ExportRead:
    """One of the caller's exports. Raises NotFound."""
    return await read(session, await _own(await repository.get(session, export_id), actor))


async def read(session: Session, job: ExportJob) -> ExportRead:
    """An export as the API shows it."""
    return _read(job, await _refs(session, [job.file_id] if job.file_id else []))


async def cancel(session: Session, actor: Actor, export_id: UUID) -> ExportRead:
    """Stop an export; what was written of it goes away. Raises NotFound and TransferOver.

    Its revision moves with every batch, so that nobody is asked for it.
    """
    job = await _own(await repository.lock(session, export_id), actor)
    if job.state not in OPEN_EXPORT:
        raise TransferOver
    await close(session, job, ExportState.CANCELLED)
    timeline.record(session, actor.author, EXPORT, job.id, Change("cancel_export"))
    return await read(session, job)


async def close(session: Session, job: ExportJob, state: ExportState, failure: str | None = None) -> None:
    """End an export, and tell whoever looks at it."""
    job.state, job.failure = state, failure
    job.finished_at = job.updated_at = clock.now()
    job.rev += 1
    if state in _ENDINGS:
        title = exporters[job.kind].title if job.kind in exporters else job.kind
        notify(session, [job.requested_by], _message(job, _ENDINGS[state], _outcome(job, title), EXPORT))
    await outbox.publish(session, ExportMoved(subject_id=job.id))


def _outcome(job: ExportJob, title: str) -> str:
    """What the message about the end of an export says."""
    failure = FAILURES.get(job.failure or "")
    why = failure.title_zh if failure else job.decision
    return f"{title}：{why}" if why else f"{title} {job.rows_done} 行，可在“我的导出”下载"


def _message(job: ExportJob, title: str, body: str, subject_type: str) -> Message:
    return Message(
        title=title, body=body, subject_type=subject_type, subject_id=job.id, dedupe_key=f"export:{job.id}:{job.state}"
    )


async def sweep(session: Session) -> set[str]:
    """Take back files that have expired and end exports that do not move any more.

    Returns the hashes of contents that may now be needed by nobody.
    """
    now = clock.now()
    for job in await repository.stuck(session, now - STUCK_AFTER, _BATCH):
        await close(session, job, ExportState.FAILED, TransferBroken.code)
    gone = []
    for job in await repository.expired(session, now, _BATCH):
        gone += [job.file_id] if job.file_id else []
        job.file_id = None
        job.rev += 1
    await session.flush()
    return await files.drop(session, gone)


async def _own(job: ExportJob | None, actor: Actor) -> ExportJob:
    if job is None or job.requested_by != actor.id:
        raise NotFound
    return job


async def _refs(session: Session, file_ids: list[UUID]) -> Mapping[UUID, FileRef]:
    return {ref.id: ref for ref in await files.refs(session, file_ids)}


def _read(row: Any, refs: Mapping[UUID, FileRef]) -> ExportRead:
    told = {name: getattr(row, name) for name in _TOLD}
    failure = FAILURES.get(row.failure or "")
    is_there = row.file_id is not None and row.expires_at > clock.now()
    return ExportRead(
        **told,
        title=exporters[row.kind].title if row.kind in exporters else row.kind,
        failure_title=failure.title_zh if failure else None,
        file=refs.get(row.file_id) if is_there else None,
    )


_ENDINGS = {ExportState.DONE: "导出已完成", ExportState.FAILED: "导出没有完成", ExportState.REFUSED: "导出未获批准"}
_TOLD = (
    "id",
    "rev",
    "kind",
    "state",
    "with_personal",
    "reason",
    "rows_done",
    "rows_total",
    "failure",
    "decided_by_name",
    "decided_at",
    "decision",
    "expires_at",
    "created_at",
    "finished_at",
)


async def _may_read(session: Session, actor: Actor, export_id: UUID) -> bool:
    """An export is its requester's alone, and so is its file, until it expires."""
    job = await repository.get(session, export_id)
    if job is None or job.requested_by != actor.id:
        return False
    return job.expires_at is None or job.expires_at > clock.now()


register_reader(EXPORT, _may_read)
