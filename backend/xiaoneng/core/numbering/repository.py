"""SQL of the numbers."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from xiaoneng.core.numbering.models import NumberCounter
from xiaoneng.kit.db import Session


async def count_on(session: Session, issuer: str, series: str, year: int) -> int:
    """Count one further; whoever counts next waits for this transaction to end, and a rollback takes it back."""
    first = insert(NumberCounter).values(issuer=issuer, series=series, year=year, last=1)
    counted = first.on_conflict_do_update(
        index_elements=["issuer", "series", "year"], set_={"last": col(NumberCounter.last) + 1}
    ).returning(col(NumberCounter.last))
    return (await session.execute(counted)).scalar_one()


async def next_block(session: Session, sequence: str) -> int:
    """The first number of a block that nobody else gets, whatever becomes of this transaction."""
    number: int = (await session.execute(sa.select(sa.Sequence(sequence).next_value()))).scalar_one()
    return number
