"""SQL of the code lists."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on
from sqlmodel import col

from xiaoneng.core.taxonomy.models import Scheme, TaxonomyTerm, TaxonomyVersion
from xiaoneng.core.taxonomy.rules import Term
from xiaoneng.kit.db import Session


async def in_force(session: Session, day: date) -> Mapping[Scheme, tuple[UUID, int]]:
    """The key and number of the edition of each list that is in force on `day`."""
    query = (
        sa.select(col(TaxonomyVersion.scheme), col(TaxonomyVersion.id), col(TaxonomyVersion.version))
        .ext(distinct_on(col(TaxonomyVersion.scheme)))
        .where(col(TaxonomyVersion.valid_from) <= day)
        .order_by(col(TaxonomyVersion.scheme), col(TaxonomyVersion.version).desc())
    )
    return {row.scheme: (row.id, row.version) for row in await session.execute(query)}


async def latest(session: Session, scheme: Scheme) -> TaxonomyVersion | None:
    """The newest edition of a list, in force or not yet."""
    query = (
        sa.select(TaxonomyVersion)
        .where(col(TaxonomyVersion.scheme) == scheme)
        .order_by(col(TaxonomyVersion.version).desc())
        .limit(1)
    )
    return await session.scalar(query)


async def terms_of(session: Session, version_id: UUID) -> Sequence[Term]:
    """All entries of one edition in the order of the list."""
    query = sa.select(TaxonomyTerm).where(col(TaxonomyTerm.version_id) == version_id).order_by(col(TaxonomyTerm.sort))
    found = (await session.scalars(query)).all()
    return [Term(row.code, row.name, row.parent_code, row.sort, row.retired) for row in found]


async def add(session: Session, version: TaxonomyVersion, terms: Iterable[Term]) -> None:
    """Write a new edition. Two at once collide on the version's number."""
    session.add(version)
    await session.flush()
    rows = [
        {
            "version_id": version.id,
            "code": term.code,
            "name": term.name,
            "parent_code": term.parent_code,
            "sort": term.sort,
            "retired": term.retired,
        }
        for term in terms
    ]
    await session.execute(sa.insert(TaxonomyTerm), rows)
