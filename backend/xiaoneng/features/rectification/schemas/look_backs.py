"""Shapes of look-backs."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from xiaoneng.core.organization.schemas.shared import UnitRef
from xiaoneng.features.rectification.models.items import ItemStatus
from xiaoneng.features.rectification.models.look_backs import CheckGround, CheckResult
from xiaoneng.kit.schemas import AS_NUMBER, Day, Input, LocalDateTime, Schema

Seed = Annotated[str, StringConstraints(strip_whitespace=True, min_length=4, max_length=100)]


class LookBackCreate(Input):
    """Items closed in which days, how many percent of them, and the seed of the draw (made public with it)."""

    closed_from: Day
    closed_to: Day
    percent: Annotated[int, Field(ge=1, le=100), AS_NUMBER]
    seed: Seed


class LookBackRead(Schema):
    """One draw: the population with its hash, what was drawn, and how far the checking is."""

    id: UUID
    no: str
    closed_from: date
    closed_to: date
    percent: int
    seed: str
    population: int
    population_hash: str
    drawn: int
    mass: int
    pending: int
    rebounded: int
    created_by_name: str
    created_at: LocalDateTime


class LookBackItem(Schema):
    """One item of a draw."""

    id: UUID
    item_id: UUID
    no: str
    title: str
    lead_unit: UnitRef | None
    status: ItemStatus
    ground: CheckGround
    closed_at: LocalDateTime
    result: CheckResult
    finding: str | None
    checked_by_name: str | None
    checked_at: LocalDateTime | None
