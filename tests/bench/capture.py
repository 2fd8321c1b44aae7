"""What the application really says to the database for one request, and the same as a pgbench script."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import httpx
import psycopg
import sqlalchemy as sa
from fastapi import FastAPI

if TYPE_CHECKING:
    from xiaoneng.kit.db import Database

SHARED_KEY = "(SELECT id FROM shared)"
"""In a script: a new key that is the same wherever the statement says it."""
_HAS_UUIDV7 = 18


async def spoken(app: FastAPI, request: httpx.Request) -> tuple[list[str], httpx.Response]:
    """The statements of one request with their values in place, and its answer."""
    heard: list[tuple[str, Any]] = []

    def listen(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        heard.append((statement, parameters))

    database: Database = app.state.database
    engine = database.engine.sync_engine
    sa.event.listen(engine, "before_cursor_execute", listen)
    try:
        answer = await httpx.ASGITransport(app).handle_async_request(request)
        body = await answer.aread()
    finally:
        sa.event.remove(engine, "before_cursor_execute", listen)
    if not answer.is_success:
        raise SystemExit(f"{request.method} {request.url}: {answer.status_code} {body.decode()}")
    async with database.engine.connect() as connection:
        raw = (await connection.get_raw_connection()).driver_connection
        cursor = psycopg.AsyncClientCursor(raw)
        texts = [_spelled(cursor, statement, parameters) for statement, parameters in heard]
    return texts, answer


def _spelled(cursor: psycopg.AsyncClientCursor[Any], statement: str, parameters: Any) -> str:
    """The statement with its values, whose places are named (`%(id)s`) or numbered (`$1`)."""
    if not isinstance(parameters, list):
        return cursor.mogrify(statement, parameters)
    values = [cursor.mogrify("%s", [value]) for value in parameters]
    return re.sub(r"\$(\d+)", lambda place: values[int(place[1]) - 1], statement)


def script(statement: str, own: Mapping[str, str], major: int) -> str:
    """A statement as a pgbench script: quoted values that are keys of `own` become the expressions given there.

    The expression `new()` makes a key, `SHARED_KEY` stands for one that is made once.
    """
    made = "uuidv7()" if major >= _HAS_UUIDV7 else "gen_random_uuid()"
    for value, expression in own.items():
        statement = re.sub(rf"'{re.escape(value)}'(::\w+)?", lambda _, now=expression: now, statement)
    if SHARED_KEY in statement:
        statement = statement.replace("WITH ", f"WITH shared AS MATERIALIZED (SELECT {made} AS id), ", 1)
    return " ".join(statement.replace("new()", made).split()) + ";\n"
