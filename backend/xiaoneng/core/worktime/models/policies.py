"""Time limits as data."""

from datetime import date
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from xiaoneng.core.worktime.models.words import AMOUNT, ROLL, EndsAt, LimitUnit, StartRule
from xiaoneng.kit import ids
from xiaoneng.kit.db import enum_type


class TimePolicy(SQLModel, table=True):
    """A time limit as data: what a rule of `code` gives for a `kind` of clock from `effective_from` on.

    The kind `*` speaks for all kinds without a row of their own. Thresholds mean what
    `rules.lamps.Thresholds` says; `basis` is the clause that the citizen is told.
    """

    __tablename__: ClassVar[str] = "time_policy"
    __table_args__ = (
        sa.UniqueConstraint("code", "kind", "effective_from"),
        sa.CheckConstraint(AMOUNT, name="amount"),
        sa.CheckConstraint(ROLL, name="roll"),
        sa.CheckConstraint("yellow_days BETWEEN 0 AND blue_days", name="days"),
        sa.CheckConstraint(
            "0 <= blue_percent AND blue_percent <= yellow_percent AND yellow_percent <= 100", name="percent"
        ),
    )

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    code: str
    kind: str
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
