"""The table that searching in the texts of cases rests on (ADR 0016)."""

from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel


class CaseText(SQLModel, table=True):
    """The pairs of neighbouring characters in a case's title and content, as numbers.

    A timer writes them, not the intake. A row says which cases may hold a text; whether one does is read from the case.
    """

    __tablename__: ClassVar[str] = "case_text"
    __table_args__ = (sa.Index("ix_case_text_pairs", "pairs", postgresql_using="gin"),)

    case_id: UUID = Field(primary_key=True, foreign_key="case.id")
    pairs: list[int] = Field(sa_type=ARRAY(sa.Integer))
