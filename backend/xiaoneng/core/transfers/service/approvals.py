"""The second person of an export: more rows or personal data leave only when somebody else agrees (row 23, I4)."""

import json
from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.outbox import service as outbox
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change
from xiaoneng.core.transfers.errors import NothingToDecide, OwnExport
from xiaoneng.core.transfers.events import ExportAsked, ExportMoved
from xiaoneng.core.transfers.models.exports import EXPORT, ExportJob, ExportState
from xiaoneng.core.transfers.repository import exports as repository
from xiaoneng.core.transfers.schemas.exports import ExportApprovalRead, NarrowedRead
from xiaoneng.core.transfers.service.exports import close, exporters
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session, check_rev
from xiaoneng.kit.machine import ActionRef
from xiaoneng.kit.pages import Page, PageParams
from xiaoneng.kit.problems import NotFound

DECISIONS = (
    ActionRef(action="approve", title="批准", needs_reason=False),
    ActionRef(action="refuse", title="不批准", needs_reason=True),
)


async def page(session: Session, actor: Actor, params: PageParams) -> Page[ExportApprovalRead]:
    """The exports that wait for a second person, the oldest first."""
    found = await repository.to_approve(session, params)
    told: dict[str, list[NarrowedRead]] = {}
    for row in found.rows:
        if _wanted(row) not in told:
            narrowed = await exporters[row.kind].describe(session, row.filters)
            told[_wanted(row)] = [NarrowedRead(title=one.title, text=one.text) for one in narrowed]
    return found.page(lambda row: _read(actor, row, told[_wanted(row)]))


async def approve(session: Session, actor: Actor, export_id: UUID, rev: int) -> None:
    """Let an export be written. Raises NotFound, PreconditionFailed, OwnExport and NothingToDecide."""
    job = await _decided(session, actor, export_id, rev)
    job.state, job.updated_at = ExportState.WAITING, job.decided_at or clock.now()
    job.rev += 1
    timeline.record(session, actor.author, EXPORT, job.id, Change("approve_export"))
    await outbox.publish(session, ExportMoved(subject_id=job.id))
    await outbox.publish(session, ExportAsked(subject_id=job.id))


async def refuse(session: Session, actor: Actor, export_id: UUID, rev: int, reason: str) -> None:
    """End an export that is not to leave. Raises NotFound, PreconditionFailed, OwnExport and NothingToDecide."""
    job = await _decided(session, actor, export_id, rev)
    job.decision = reason
    timeline.record(session, actor.author, EXPORT, job.id, Change("refuse_export", reason=reason))
    await close(session, job, ExportState.REFUSED)


async def _decided(session: Session, actor: Actor, export_id: UUID, rev: int) -> ExportJob:
    job = await repository.lock(session, export_id)
    if job is None:
        raise NotFound
    if job.requested_by == actor.id:
        raise OwnExport
    check_rev(job, rev)
    if job.state is not ExportState.TO_APPROVE:
        raise NothingToDecide
    job.decided_by, job.decided_by_name, job.decided_at = actor.id, actor.name, clock.now()
    return job


def _wanted(row: Any) -> str:
    """The same for exports of the same list, narrowed the same way."""
    return f"{row.kind} {json.dumps(row.filters, sort_keys=True)}"


def _read(actor: Actor, row: Any, narrowed: list[NarrowedRead]) -> ExportApprovalRead:
    return ExportApprovalRead(
        id=row.id,
        rev=row.rev,
        kind=row.kind,
        title=exporters[row.kind].title,
        requested_name=row.requested_name,
        created_at=row.created_at,
        with_personal=row.with_personal,
        reason=row.reason,
        rows_total=row.rows_total,
        narrowed=narrowed,
        available_actions=[] if row.requested_by == actor.id else [*DECISIONS],
    )
