"""Connections for statements that each stand alone: no transaction to begin, nothing to leave behind."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import asyncpg

from xiaoneng.kit import log
from xiaoneng.kit.problems import Unavailable

_CONNECT_SECONDS = 10
_log = log.get_logger(__name__)


class StandAlone:
    """Up to `size` connections, of which the one used last is the next to be used.

    The driver's own pool costs as much as the statement: it resets what a caller may have set, and nobody can set
    anything here.
    """

    def __init__(self, url: str, size: int, settings: dict[str, str]) -> None:
        self._url = url
        self._settings = settings
        self._idle: list[asyncpg.Connection] = []
        self._places = asyncio.Semaphore(size)

    async def fetch(self, statement: str, values: Sequence[Any]) -> list[asyncpg.Record]:
        """The rows of one statement with numbered parameters.

        Raises Unavailable when there is no connection to be had, and what the database answers.
        """
        async with self._places:
            connection = await self._connection()
            is_sound = False
            try:
                rows = await connection.fetch(statement, *values)
                is_sound = True
            except asyncpg.PostgresError:
                is_sound = True
                raise
            finally:
                if is_sound and not connection.is_closed():
                    self._idle.append(connection)
                else:  # cancelled in the middle of an answer, or lost
                    connection.terminate()
            return rows

    async def _connection(self) -> asyncpg.Connection:
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_closed():
                return connection
        try:
            connection = await asyncpg.connect(self._url, timeout=_CONNECT_SECONDS, server_settings=self._settings)
            await connection.set_type_codec("jsonb", schema="pg_catalog", encoder=str, decoder=json.loads)
        except (OSError, TimeoutError, asyncpg.PostgresError) as error:
            _log.warning("database_unavailable", kind=type(error).__name__)
            raise Unavailable(headers={"Retry-After": "5"}) from error
        return connection

    async def close(self) -> None:
        """Give the connections back."""
        while self._idle:
            await self._idle.pop().close()
