"""The database: tables' base, sessions with buffered rows, and the unit of work that alone commits."""

from collections.abc import AsyncIterator, Hashable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from enum import StrEnum
from types import TracebackType
from typing import Any, Protocol, cast
from uuid import UUID

import sqlalchemy as sa
from psycopg import AsyncConnection, AsyncRawCursor
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlmodel import Field, SQLModel

from xiaoneng.kit import clock, ids
from xiaoneng.kit.alone import StandAlone
from xiaoneng.kit.problems import PreconditionFailed
from xiaoneng.kit.statements import BufferedRow, Prepared, insert_of

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.model_config["defer_build"] = True
"""Rows are made by the mapper and shown by schemas: nothing asks a table for the validator that takes long to build."""
_UNSEEN, _MANY = (None, None), False
_SETTINGS = {"timezone": "UTC", "statement_timeout": "30000", "lock_timeout": "10000"}
_ALONE_SETTINGS = {**_SETTINGS, "plan_cache_mode": "force_generic_plan"}
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
        self.marks: dict[str, Any] = {}
        """What this transaction has to remember of itself until it ends."""
        self._rows: list[BufferedRow] = []

    @property
    def is_untouched(self) -> bool:
        """Whether no transaction has begun; handing the mapper something to write begins one."""
        return not self.in_transaction()

    def append(self, table: type[SQLModel], row: Mapping[str, Any]) -> None:
        """Buffer one row of `table` by column name; defaults are not applied.

        A table whose `info` says `ignore_duplicates` drops rows that are there already.
        """
        self._rows.append((table, row))

    async def write_buffered(self) -> None:
        """Write the pending objects, then the buffered rows, in one statement."""
        if not self.is_untouched:
            await self.flush()
        if self._rows:
            rows, self._rows = self._rows, []
            await self._speak(*insert_of(rows))

    async def fetch(self, query: Prepared, **values: Any) -> list[Any]:
        """The rows of a prepared SELECT that locks nothing.

        In a transaction it sees what the transaction has written. Before one has begun the statement stands alone:
        at READ COMMITTED, where each statement sees what is committed at its start, that is the same and saves
        the round trips of BEGIN and COMMIT. There its plan is made once: planning anew for the values of each request
        took three times as long as the statement itself.
        """
        text, parameters = query.text, query.parameters(values)
        if self.is_untouched and not query.is_planned_anew:
            return query.rows(await self.database.read(text, parameters))
        return query.rows(await (await self._speak(text, parameters)).fetchall())

    async def _speak(self, statement: str, values: Sequence[Any]) -> AsyncRawCursor[tuple[Any, ...]]:
        """Run one statement with numbered parameters within the transaction."""
        cursor = AsyncRawCursor(await self.driver())
        self.database.tell_listeners(statement, values)
        return await cursor.execute(statement, values)

    async def driver(self) -> AsyncConnection:
        """The driver's connection of this transaction, for the queue, for COPY and for statements made beforehand."""
        connection = await (await self.connection()).get_raw_connection()
        return cast("AsyncConnection", connection.driver_connection)

    @asynccontextmanager
    async def part(self) -> AsyncIterator[None]:
        """A part of the transaction that is undone alone when the block raises; what came before it stands."""
        await self.write_buffered()
        try:
            async with self.begin_nested():
                yield
                await self.write_buffered()
        except BaseException:
            self.info.pop("rows", None)
            raise

    async def finish(self) -> None:
        """Make everything stand; for the unit of work alone.

        When the buffered rows are all there is, their one statement is the transaction.
        """
        if not self.is_untouched:
            await self.write_buffered()
            await self.commit()
            await self.close()
        elif self._rows:
            await self.database.write(*insert_of(self._rows))


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
        self.kept: dict[Hashable, Any] = {}
        """What the process remembers of this database, by who remembers it."""
        self._alone = StandAlone(_plain_url(url), max(2, pool_size // 2), _ALONE_SETTINGS)

    def unit_of_work(self) -> "UnitOfWork":
        """One transaction: commits when the block ends well, rolls back when it does not."""
        return UnitOfWork(self)

    async def read(self, statement: str, values: Sequence[Any]) -> list[Any]:
        """The rows of one statement that stands alone."""
        self.tell_listeners(statement, values)
        return await self._alone.fetch(statement, values)

    async def write(self, statement: str, values: Sequence[Any]) -> None:
        """Run one statement that is a transaction of its own."""
        await self.read(statement, values)

    def tell_listeners(self, statement: str, values: Sequence[Any]) -> None:
        """Let those who listen to the engine's statements hear one that goes straight to the driver."""
        for hear in self.engine.sync_engine.dispatch.before_cursor_execute:
            hear(*_UNSEEN, statement, values, None, _MANY)

    async def close(self) -> None:
        """Give the connections back."""
        await self.engine.dispose()
        await self._alone.close()


class UnitOfWork:
    """The block of one transaction."""

    __slots__ = ("_session",)

    def __init__(self, database: Database) -> None:
        self._session = Session(database)

    async def __aenter__(self) -> Session:
        return self._session

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            try:
                await self._session.finish()
            except BaseException:
                await self._session.close()  # which rolls back
                raise
        elif not self._session.is_untouched:
            await self._session.close()


def sqlalchemy_url(url: str) -> str:
    """The same address in the spelling that makes SQLAlchemy use psycopg 3."""
    return "postgresql+psycopg://" + url.split("://", 1)[1]


def _plain_url(url: str) -> str:
    return "postgresql://" + url.split("://", 1)[1]
