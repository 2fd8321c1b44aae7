"""行风评议代表库 (S2-27): the people of whom some are drawn each year."""

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from xiaoneng.features.evaluations.models.schemes import RaterCategory
from xiaoneng.kit.crypto import SealedText
from xiaoneng.kit.db import Entity, enum_type

REPRESENTATIVE = "evaluation_representative"


class RepresentativeStatus(StrEnum):
    """Whether somebody can be drawn."""

    ACTIVE = "active"
    WITHDRAWN = "withdrawn"


class Representative(Entity, table=True):
    """One representative. Name, phone and identity are sealed; keyed hashes find duplicates (R-50).

    `employer_id` is the unit they work for, if it is one of ours: staff of rated units are not drawn (R-51).
    """

    __tablename__: ClassVar[str] = REPRESENTATIVE
    __table_args__ = (
        sa.Index(None, "created_at", "id"),
        sa.Index(
            "uq_evaluation_representative_phone",
            "phone_hash",
            unique=True,
            postgresql_where=sa.text("status = 'active'"),
        ),
        sa.Index(
            "uq_evaluation_representative_identity",
            "identity_hash",
            unique=True,
            postgresql_where=sa.text("status = 'active'"),
        ),
    )

    category: RaterCategory = Field(sa_type=enum_type(RaterCategory))
    name: str = Field(sa_type=SealedText)
    phone: str = Field(sa_type=SealedText)
    phone_hash: bytes
    identity: str = Field(sa_type=SealedText)
    identity_hash: bytes
    employer_id: UUID | None = Field(default=None, foreign_key="unit.id")
    status: RepresentativeStatus = Field(default=RepresentativeStatus.ACTIVE, sa_type=enum_type(RepresentativeStatus))
