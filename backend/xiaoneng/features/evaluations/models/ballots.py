"""Ballots and the codes that allow them: no path leads from one to the other (R-52, I5).

No row here holds a time, every key is random (UUIDv4), and ballots reach their table in shuffled batches: neither keys
nor the order of storage nor transactions tell which code a ballot came with. Codes belong to a category, to nobody.
"""

from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from xiaoneng.features.evaluations.models.schemes import RaterCategory
from xiaoneng.kit import ids
from xiaoneng.kit.crypto import SealedText
from xiaoneng.kit.db import enum_type


class BallotCode(SQLModel, table=True):
    """A one-time code for one ballot; only its keyed hash is kept."""

    __tablename__: ClassVar[str] = "evaluation_ballot_code"
    __table_args__ = (sa.UniqueConstraint("round_id", "code_hash"),)

    id: UUID = Field(default_factory=ids.unordered_id, primary_key=True)
    round_id: UUID = Field(foreign_key="evaluation_round.id")
    category: RaterCategory = Field(sa_type=enum_type(RaterCategory))
    code_hash: bytes
    spent: bool = False


class BallotEnvelope(SQLModel, table=True):
    """A ballot on its way to the box, sealed; it waits until enough others are there to be shuffled with."""

    __tablename__: ClassVar[str] = "evaluation_ballot_envelope"

    id: UUID = Field(default_factory=ids.unordered_id, primary_key=True)
    round_id: UUID = Field(foreign_key="evaluation_round.id", index=True)
    content: str = Field(sa_type=SealedText)


class EvaluationBallot(SQLModel, table=True):
    """A ballot in the box: for each object of the scheme in order, the option for each indicator, or none."""

    __tablename__: ClassVar[str] = "evaluation_ballot"

    id: UUID = Field(default_factory=ids.unordered_id, primary_key=True)
    round_id: UUID = Field(foreign_key="evaluation_round.id", index=True)
    category: RaterCategory = Field(sa_type=enum_type(RaterCategory))
    answers: list[Any] = Field(sa_type=JSONB)


class BallotReceipt(SQLModel, table=True):
    """What a voter was told; listed after the end, it proves that the ballot is in, not what it says."""

    __tablename__: ClassVar[str] = "evaluation_ballot_receipt"

    round_id: UUID = Field(foreign_key="evaluation_round.id", primary_key=True)
    receipt: str = Field(max_length=16, primary_key=True)
