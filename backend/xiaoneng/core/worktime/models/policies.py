"""Time limits as data, in versions."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from xiaoneng.core.worktime.models.words import AMOUNT, ROLL, EndsAt, LimitUnit, PolicyState, StartRule
from xiaoneng.kit import ids
from xiaoneng.kit.db import enum_type, type_moment

_TIME = "'^([01][0-9]|2[0-3]):[0-5][0-9]$'"


class TimePolicy(SQLModel, table=True):
    """A time limit as data: what a rule of `code` gives for a `kind` of clock from `effective_from` on.

    The kind `*` speaks for all kinds without a row of their own, the scope `*` for all channels and units. Of the
    versions in force on a day the latest `effective_from` holds, then the highest `version`. Thresholds mean what
    `rules.lamps.Thresholds` says, allowances what `rules.policy.Budget` says (null: no limit); warnings are delivered
    between `notice_from` and `notice_to` on the region's clock. `basis` is the clause that the citizen is told.
    """

    __tablename__: ClassVar[str] = "time_policy"
    __table_args__ = (
        sa.UniqueConstraint("code", "kind", "scope", "version"),
        sa.CheckConstraint(AMOUNT, name="amount"),
        sa.CheckConstraint(ROLL, name="roll"),
        sa.CheckConstraint("yellow_days BETWEEN 0 AND blue_days", name="days"),
        sa.CheckConstraint(
            "0 <= blue_percent AND blue_percent <= yellow_percent AND yellow_percent <= 100", name="percent"
        ),
        sa.CheckConstraint(
            "version >= 1 AND max_pauses >= 0 AND max_paused_days >= 0 AND max_extensions >= 0 AND max_extension >= 0"
            " AND max_returns >= 0 AND max_redos >= 0",
            name="allowances",
        ),
        sa.CheckConstraint(
            "(return_within IS NULL) = (return_unit IS NULL) AND return_within > 0"
            " AND return_unit IN ('minute', 'work_hour', 'working_day')",
            name="return_window",
        ),
        sa.CheckConstraint(
            f"(notice_from IS NULL) = (notice_to IS NULL) AND notice_from < notice_to"
            f" AND notice_from ~ {_TIME} AND notice_to ~ {_TIME}",
            name="notice",
        ),
        sa.CheckConstraint("state = 'draft' OR drafted_by IS NULL OR decided_by IS NOT NULL", name="decided"),
    )

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    code: str
    kind: str
    scope: str = Field(default="*", sa_column_kwargs={"server_default": "*"})
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    state: PolicyState = Field(
        default=PolicyState.IN_FORCE, sa_type=enum_type(PolicyState), sa_column_kwargs={"server_default": "in_force"}
    )
    effective_from: date
    amount: int
    unit: LimitUnit = Field(sa_type=enum_type(LimitUnit))
    roll: bool = False
    ends_at: EndsAt = Field(default=EndsAt.BUSINESS_CLOSE, sa_type=enum_type(EndsAt))
    start_rule: StartRule = Field(default=StartRule.RECEIPT, sa_type=enum_type(StartRule))
    basis: str
    blue_days: int
    yellow_days: int
    blue_percent: int
    yellow_percent: int
    escalate_after: list[int] = Field(default_factory=list, sa_type=ARRAY(sa.Integer))
    max_pauses: int | None = None
    max_paused_days: int | None = None
    max_extensions: int | None = None
    max_extension: int | None = None
    max_returns: int | None = None
    return_within: int | None = None
    return_unit: LimitUnit | None = Field(default=None, sa_type=sa.String(40))
    max_redos: int | None = None
    notice_from: str | None = None
    notice_to: str | None = None
    reason: str | None = None
    drafted_by: UUID | None = None
    decided_by: UUID | None = None
    decided_at: datetime | None = Field(default=None, sa_type=type_moment)
    rev: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
