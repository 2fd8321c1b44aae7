"""Writing many rows at once: COPY, as part of the session's transaction."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

import sqlalchemy as sa
from psycopg.sql import SQL, Identifier
from sqlmodel import SQLModel

from xiaoneng.kit.db import Session
from xiaoneng.kit.statements import binders


async def copy_rows(session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows of `table` by column name; all have the same columns, defaults are not applied.

    A row that breaks a rule of the table fails the whole transaction.
    """
    if not rows:
        return
    names = tuple(rows[0])
    values = binders(table, names)
    target = Identifier(cast("sa.Table", sa.inspect(table).local_table).name)
    statement = SQL("COPY {} ({}) FROM STDIN").format(target, SQL(", ").join(map(Identifier, names)))
    cursor = (await session.driver()).cursor()
    async with cursor.copy(statement) as copy:
        for row in rows:
            await copy.write_row(
                [row[name] if bind is None else bind(row[name]) for name, bind in zip(names, values, strict=True)]
            )
