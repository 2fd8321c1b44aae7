"""SQL of cases that are brought in."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from xiaoneng.features.cases.models.case import Case
from xiaoneng.features.cases.repository.sight import CASE
from xiaoneng.kit.bulk import copy_rows
from xiaoneng.kit.db import Session


async def known(session: Session, source: str, keys: Sequence[str]) -> set[str]:
    """Which of a source's numbers are there; nobody else brings rows of this source in until the transaction ends."""
    await session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(f"import {source}", 0))))
    given = sa.cast(sa.bindparam("keys", list(keys), type_=ARRAY(sa.String)), ARRAY(sa.String))
    query = sa.select(CASE.external_no).where(CASE.source == source, CASE.external_no == sa.any_(given))
    return set((await session.scalars(query)).all())


async def add(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write cases."""
    await copy_rows(session, Case, rows)
