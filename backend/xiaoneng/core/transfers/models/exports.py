"""Tables of exports."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from xiaoneng.kit.db import Entity, enum_type, type_moment

EXPORT = "export"
EXPORT_APPROVAL = "export_approval"
"""What the message to those who decide is about: their queue, since the export itself is its requester's alone."""


class ExportState(StrEnum):
    """Where an export stands. A finished one keeps its row when its file is gone."""

    TO_APPROVE = "to_approve"
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"
    REFUSED = "refused"


QUEUED_EXPORT = (ExportState.WAITING, ExportState.RUNNING)
"""States in which a job has it."""
OPEN_EXPORT = (ExportState.TO_APPROVE, *QUEUED_EXPORT)


class ExportJob(Entity, table=True):
    """One list that somebody takes out as a workbook. `kind` names the exporter, `filters` narrow its list.

    `rows_total` is what was counted before the writing began, exact to 10,000; `failure` is the code of a problem.
    With personal data there is a reason, which the history repeats. What a second person has to agree to begins as
    `to_approve`; `decision` is why they did not.
    """

    __tablename__: ClassVar[str] = "export_job"
    __table_args__ = (
        sa.Index(None, "requested_by", "created_at", "id"),
        sa.Index("ix_export_job_expires", "expires_at", postgresql_where=sa.text("file_id IS NOT NULL")),
        sa.CheckConstraint("jsonb_typeof(filters) = 'object'", name="filters"),
        sa.CheckConstraint("NOT with_personal OR reason IS NOT NULL", name="reason"),
        sa.CheckConstraint("rows_done >= 0 AND rows_total >= 0", name="counts"),
        sa.CheckConstraint("(state = 'failed') = (failure IS NOT NULL)", name="failure"),
        sa.CheckConstraint("(state IN ('to_approve', 'waiting', 'running')) = (finished_at IS NULL)", name="finished"),
        sa.CheckConstraint("decided_by <> requested_by", name="second_person"),
        sa.CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name="decided"),
        sa.CheckConstraint("state <> 'refused' OR (decided_by IS NOT NULL AND decision IS NOT NULL)", name="refused"),
        sa.Index("ix_export_job_to_approve", "created_at", "id", postgresql_where=sa.text("state = 'to_approve'")),
        sa.CheckConstraint("file_id IS NULL OR (state = 'done' AND expires_at IS NOT NULL)", name="file"),
    )

    kind: str = Field(max_length=40)
    state: ExportState = Field(default=ExportState.WAITING, sa_type=enum_type(ExportState))
    requested_by: UUID = Field(foreign_key="account.id")
    requested_name: str
    filters: dict[str, Any] = Field(sa_type=JSONB)
    with_personal: bool = False
    reason: str | None = Field(default=None, max_length=1000)
    rows_done: int = 0
    rows_total: int | None = None
    file_id: UUID | None = Field(default=None, foreign_key="file.id")
    expires_at: datetime | None = Field(default=None, sa_type=type_moment)
    finished_at: datetime | None = Field(default=None, sa_type=type_moment)
    failure: str | None = None
    decided_by: UUID | None = Field(default=None, foreign_key="account.id")
    decided_by_name: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=type_moment)
    decision: str | None = Field(default=None, max_length=1000)
