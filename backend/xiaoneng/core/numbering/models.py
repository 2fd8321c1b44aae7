"""Where the next number of a series stands."""

from typing import ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

BLOCK_SIZE = 100
"""How many numbers a process takes from a sequence at once."""

CASE_SEQUENCE = sa.Sequence("number_case", data_type=sa.BigInteger, increment=BLOCK_SIZE, metadata=SQLModel.metadata)


class NumberCounter(SQLModel, table=True):
    """The last number given out in a series without gaps, by issuing body and year."""

    __tablename__: ClassVar[str] = "number_counter"
    __table_args__ = (sa.CheckConstraint("last > 0", name="positive"), sa.CheckConstraint("year > 1900", name="year"))

    issuer: str = Field(primary_key=True)
    series: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    last: int = Field(sa_type=sa.BigInteger)
