"""The database: tables' base, sessions with buffered rows, and the unit of work that alone commits."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, Protocol, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlmodel import Field, SQLModel

from xiaoneng.kit import clock, ids
from xiaoneng.kit.problems import PreconditionFailed

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
_DIALECT = sa.make_url("postgresql+psycopg://").get_dialect()()

type_moment = sa.DateTime(timezone=True)


class Entity(SQLModel):
    """Base of rows that people change: a time-ordered key, the revision that `ETag` shows, and two moments."""

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    rev: int = Field(default=1, nullable=False)
    created_at: datetime = Field(default_factory=clock.now, sa_type=type_moment, nullable=False)
    updated_at: datetime = Field(default_factory=clock.now, sa_type=type_moment, nullable=False)


class HasRev(Protocol):
    """An entity that knows its revision."""

    rev: int


def check_rev(entity: HasRev, expected: int) -> None:
    """Raises PreconditionFailed when somebody changed `entity` since the caller read it."""
    if entity.rev != expected:
        raise PreconditionFailed


def enum_type(values: type[StrEnum]) -> sa.Enum:
    """A text column with a CHECK over the members' values; a native enum type would survive a downgrade."""
    return sa.Enum(
        values,
        native_enum=False,
        create_constraint=True,
        length=40,
        name=values.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


class Session(AsyncSession):
    """A session that also buffers rows nobody reads back within the transaction.

    History, events, clocks and the like are appended as plain mappings and written by one statement just before
    the commit; a case with its clocks, timeline and events is one round trip that way.
    """

    @property
    def engine(self) -> AsyncEngine:
        """The engine it works on; per-process caches are kept by it."""
        return cast("AsyncEngine", self.bind)

    def append(self, table: type[SQLModel], row: Mapping[str, Any]) -> None:
        """Buffer one row of `table` by column name; defaults are not applied.

        A table whose `info` says `ignore_duplicates` drops rows that are there already.
        """
        self.info.setdefault("rows", []).append((table, row))

    async def write_buffered(self) -> None:
        """Write the pending objects, then the buffered rows, in one statement."""
        await self.flush()
        rows = cast("list[tuple[type[SQLModel], Mapping[str, Any]]]", self.info.pop("rows", []))
        if not rows:
            return
        grouped: dict[tuple[type[SQLModel], tuple[str, ...]], list[Mapping[str, Any]]] = {}
        for table, row in rows:
            grouped.setdefault((table, tuple(row)), []).append(row)
        statement = _insert_statement(tuple((table, names, len(group)) for (table, names), group in grouped.items()))
        values: list[Any] = []
        for (table, names), group in grouped.items():
            binders = _binders(table, names)
            values += [
                row[name] if bind is None else bind(row[name])
                for row in group
                for name, bind in zip(names, binders, strict=True)
            ]
        connection = await self.connection()
        await connection.exec_driver_sql(statement, tuple(values))


def _columns(table: type[SQLModel]) -> sa.sql.base.ReadOnlyColumnCollection[str, sa.Column[Any]]:
    return cast("sa.Table", sa.inspect(table).local_table).columns


@lru_cache(maxsize=512)
def _binders(table: type[SQLModel], names: tuple[str, ...]) -> tuple[Any, ...]:
    columns = _columns(table)
    return tuple(columns[name].type.dialect_impl(_DIALECT).bind_processor(_DIALECT) for name in names)


@lru_cache(maxsize=512)
def _insert_statement(parts: Sequence[tuple[type[SQLModel], tuple[str, ...], int]]) -> str:
    quote = _DIALECT.identifier_preparer.quote
    inserts = []
    for table, names, count in parts:
        local = cast("sa.Table", sa.inspect(table).local_table)
        one = "(" + ", ".join(["%s"] * len(names)) + ")"
        columns = "(" + ", ".join(map(quote, names)) + ")"
        repeated = "ON CONFLICT DO NOTHING" if local.info.get("ignore_duplicates") else ""
        values = ", ".join([one] * count)
        inserts.append(" ".join(["INSERT INTO", quote(local.name), columns, "VALUES", values, repeated]))
    *first, last = inserts
    named = ", ".join(f"w{number} AS ({insert})" for number, insert in enumerate(first))
    return f"WITH {named} {last}" if named else last


class Database:
    """The engine of one process and its units of work."""

    def __init__(self, url: str, *, pool_size: int = 16, max_overflow: int = 8) -> None:
        self.engine: AsyncEngine = create_async_engine(
            sqlalchemy_url(url),
            pool_size=pool_size,
            max_overflow=max_overflow,
            pool_use_lifo=True,
            connect_args={"options": "-c timezone=UTC -c statement_timeout=30000 -c lock_timeout=10000"},
        )

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncIterator[Session]:
        """One transaction: commits when the block ends well, rolls back when it does not."""
        session = Session(bind=self.engine, expire_on_commit=False, autoflush=False)
        try:
            yield session
            await session.write_buffered()
            await session.commit()
        except BaseException:
            await session.rollback()
            raise
        finally:
            await session.close()

    async def close(self) -> None:
        """Give the connections back."""
        await self.engine.dispose()


def sqlalchemy_url(url: str) -> str:
    """The same address in the spelling that makes SQLAlchemy use psycopg 3."""
    return "postgresql+psycopg://" + url.split("://", 1)[1]
