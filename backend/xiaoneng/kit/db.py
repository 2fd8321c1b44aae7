"""The database: tables' base, sessions with buffered rows, and the unit of work that alone commits."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol, cast
from uuid import UUID

import asyncpg
import sqlalchemy as sa
from psycopg import AsyncConnection, AsyncRawCursor
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlmodel import Field, SQLModel

from xiaoneng.kit import clock, ids
from xiaoneng.kit.problems import PreconditionFailed
from xiaoneng.kit.statements import Prepared, insert_of

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
_UNSEEN, _MANY = (None, None), False
_SETTINGS = {"timezone": "UTC", "statement_timeout": "30000", "lock_timeout": "10000"}
_OPTIONS = " ".join(f"-c {name}={value}" for name, value in _SETTINGS.items())

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
    """A session that also buffers rows nobody reads back within the transaction, and reads without the mapper.

    History, events, clocks and the like are appended as plain mappings and written by one statement just before
    the commit; a case with its clocks, timeline and events is one round trip that way.
    """

    def __init__(self, database: "Database") -> None:
        super().__init__(bind=database.engine, expire_on_commit=False, autoflush=False)
        self.database = database

    @property
    def engine(self) -> AsyncEngine:
        """The engine it works on; per-process caches are kept by it."""
        return self.database.engine

    @property
    def is_untouched(self) -> bool:
        """Whether no transaction has begun and the mapper has nothing to write."""
        return not (self.in_transaction() or self.new or self.dirty or self.deleted)

    def append(self, table: type[SQLModel], row: Mapping[str, Any]) -> None:
        """Buffer one row of `table` by column name; defaults are not applied.

        A table whose `info` says `ignore_duplicates` drops rows that are there already.
        """
        self.info.setdefault("rows", []).append((table, row))

    async def write_buffered(self) -> None:
        """Write the pending objects, then the buffered rows, in one statement."""
        await self.flush()
        rows = self.info.pop("rows", None)
        if rows:
            await self._speak(*insert_of(rows))

    async def fetch(self, query: Prepared, **values: Any) -> list[Any]:
        """The rows of a prepared SELECT that locks nothing.

        In a transaction it sees what the transaction has written. Before one has begun the statement stands alone:
        at READ COMMITTED, where each statement sees what is committed at its start, that is the same and saves
        the round trips of BEGIN and COMMIT.
        """
        text, parameters = query.text, query.parameters(values)
        if self.is_untouched:
            return query.rows(await self.database.read(text, parameters), alone=True)
        return query.rows(await (await self._speak(text, parameters)).fetchall(), alone=False)

    async def _speak(self, statement: str, values: Sequence[Any]) -> AsyncRawCursor[tuple[Any, ...]]:
        """Run one statement with numbered parameters within the transaction."""
        connection = await (await self.connection()).get_raw_connection()
        self.database.tell_listeners(statement, values)
        return await AsyncRawCursor(cast("AsyncConnection", connection.driver_connection)).execute(statement, values)

    async def finish(self) -> None:
        """Make everything stand; for the unit of work alone.

        When the buffered rows are all there is, their one statement is the transaction.
        """
        if not self.is_untouched:
            await self.write_buffered()
            await self.commit()
            await self.close()
        elif rows := self.info.get("rows"):
            await self.database.write(*insert_of(rows))


class Database:
    """The connections of one process and its units of work.

    Transactions run on the engine's pool. Statements that stand alone run on a second, smaller pool, of the driver that
    takes a third of the time for one (ADR 0007).
    """

    def __init__(self, url: str, *, pool_size: int = 16, max_overflow: int = 8) -> None:
        self.engine: AsyncEngine = create_async_engine(
            sqlalchemy_url(url),
            pool_size=pool_size,
            max_overflow=max_overflow,
            pool_use_lifo=True,
            connect_args={"options": _OPTIONS},
        )
        self._url = url
        self._size = max(2, pool_size // 2)
        self._alone: asyncpg.Pool | None = None

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncIterator[Session]:
        """One transaction: commits when the block ends well, rolls back when it does not."""
        session = Session(self)
        try:
            yield session
            await session.finish()
        except BaseException:
            await session.close()  # which rolls back
            raise

    async def read(self, statement: str, values: Sequence[Any]) -> list[Any]:
        """The rows of one statement that stands alone."""
        self.tell_listeners(statement, values)
        async with (self._alone or await self._open()).acquire() as connection:
            return await connection.fetch(statement, *values)

    async def write(self, statement: str, values: Sequence[Any]) -> None:
        """Run one statement that is a transaction of its own."""
        await self.read(statement, values)

    def tell_listeners(self, statement: str, values: Sequence[Any]) -> None:
        """Let those who listen to the engine's statements hear one that goes straight to the driver."""
        for hear in self.engine.sync_engine.dispatch.before_cursor_execute:
            hear(*_UNSEEN, statement, values, None, _MANY)

    async def _open(self) -> asyncpg.Pool:
        pool = asyncpg.create_pool(
            _plain_url(self._url), min_size=1, max_size=self._size, reset=_leave, server_settings=_SETTINGS, timeout=10
        )
        await pool
        if self._alone is None:
            self._alone = pool
        else:  # another request was faster
            await pool.close()
        return self._alone

    async def close(self) -> None:
        """Give the connections back."""
        await self.engine.dispose()
        if self._alone is not None:
            await self._alone.close()
            self._alone = None


async def _leave(connection: object) -> None:
    """What stands alone leaves nothing in its connection that the next one would have to be kept from."""


def sqlalchemy_url(url: str) -> str:
    """The same address in the spelling that makes SQLAlchemy use psycopg 3."""
    return "postgresql+psycopg://" + url.split("://", 1)[1]


def _plain_url(url: str) -> str:
    return "postgresql://" + url.split("://", 1)[1]
