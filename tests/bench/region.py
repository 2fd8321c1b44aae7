"""The region that is measured: a durable cluster with as many cases as asked for, each with a clock and an entry."""

import asyncio
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from tests.fixtures.postgres import upgrade_to_head

from xiaoneng.cli import demo
from xiaoneng.kit.embedded_pg import server

SECRET = "whsec_" + "YmVuY2ggb25seSwgYmVuY2ggb25seSwgYmVuY2g="
SOURCE = "city"
ID_PATTERN = "01900000-0000-7000-8000-"
"""A loaded case's id is this with its number as twelve hexadecimal digits."""
_ID = f"('{ID_PATTERN}' || lpad(to_hex(n), 12, '0'))::uuid"
_CLOCK_ID = "('01900000-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid"
_ENTRY_ID = "('01900000-0000-7000-a000-' || lpad(to_hex(n), 12, '0'))::uuid"
_DUE = "now() + (n * 7919 % 2000000 - 1900000) * interval '1 second'"
_OPEN = "n % 10 = 0"
_CASE = {
    "id": _ID,
    "no": "'L' || lpad(n::text, 10, '0')",
    "title": "t.title || n",
    "status": f"CASE WHEN NOT {_OPEN} THEN 'closed' WHEN n % 20 = 0 THEN 'handling' ELSE 'to_sign' END",
    "lead_unit_id": "u.ids[1 + n % cardinality(u.ids)]",
    "due_at": _DUE,
    "received_at": f"{_DUE} - interval '15 days'",
    "reply_text": f"CASE WHEN NOT {_OPEN} THEN '已处理。' END",
    "replied_at": f"CASE WHEN NOT {_OPEN} THEN {_DUE} END",
    "closed_at": f"CASE WHEN NOT {_OPEN} THEN {_DUE} END",
    "close_reason": f"CASE WHEN NOT {_OPEN} THEN 'rated' END",
}
_CLOCK = {
    "id": _CLOCK_ID,
    "subject_id": _ID,
    "due_at": _DUE,
    "state": f"CASE WHEN {_OPEN} THEN 'running' ELSE 'stopped' END",
    "stopped_at": f"CASE WHEN NOT {_OPEN} THEN {_DUE} END",
    "next_fire_at": f"CASE WHEN {_OPEN} THEN now() + interval '1 year' END",
}
_ENTRY = {"id": _ENTRY_ID, "subject_id": _ID, "at": "now() - (n % 80000) * interval '1 second'"}


@dataclass(frozen=True, slots=True)
class Region:
    """Where it is, and the units that cases lie with."""

    cluster: server.Server
    units: tuple[str, ...]


@contextmanager
def prepared(root: Path) -> Iterator[Region]:
    """The cluster below `root` with the demo district and a 12345 platform."""
    with server.running(root, durable=True) as cluster:
        upgrade_to_head(cluster.owner_dsn)
        asyncio.run(_found(cluster.app_dsn))
        with psycopg.connect(cluster.owner_dsn) as connection:
            connection.execute("CREATE SEQUENCE IF NOT EXISTS bench_no")
            connection.execute("GRANT USAGE ON SEQUENCE bench_no TO PUBLIC")
            units = connection.execute("SELECT id::text FROM unit ORDER BY code").fetchall()
        yield Region(cluster, tuple(unit for (unit,) in units))


async def _found(url: str) -> None:
    await demo.seed_once(url, with_work=False)
    await demo.save_source(url, SOURCE, "市12345平台", SECRET)


def fill(region: Region, example: str, rows: int) -> float:
    """Multiply the case `example` until `rows` are loaded, with its clock and its first entry; returns the seconds."""
    began = time.monotonic()
    with psycopg.connect(region.cluster.owner_dsn) as connection:
        [loaded] = connection.execute("SELECT count(*) FROM \"case\" WHERE no LIKE 'L%'").fetchone() or (0,)
        if loaded < rows:
            connection.execute("SET LOCAL maintenance_work_mem = '512MB'")
            dropped = _drop_plain_indexes(connection)
            arguments = (example, list(region.units), loaded + 1, rows)
            _multiply(connection, "case", "id", _CASE, arguments)
            _multiply(connection, "clock", "subject_id", _CLOCK, arguments)
            _multiply(connection, "timeline_entry", "subject_id", _ENTRY, arguments)
            for definition in dropped:
                connection.execute(definition)
            connection.commit()
            connection.autocommit = True
            connection.execute("VACUUM ANALYZE")
    with psycopg.connect(region.cluster.admin_dsn, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
    return time.monotonic() - began


def _drop_plain_indexes(connection: psycopg.Connection) -> list[str]:
    """Drop the indexes of cases and clocks that guard nothing; returns how to make them again."""
    query = """
        SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
        WHERE indrelid IN ('"case"'::regclass, 'clock'::regclass) AND NOT indisunique
    """
    found = connection.execute(query).fetchall()
    for name, _ in found:
        connection.execute(f"DROP INDEX {name}")
    return [definition for _, definition in found]


def _multiply(
    connection: psycopg.Connection, table: str, key: str, own: Mapping[str, str], arguments: tuple[object, ...]
) -> None:
    query = """
        SELECT attname FROM pg_attribute
        WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
    """
    names = [name for (name,) in connection.execute(query, [f'"{table}"'])]
    columns = ", ".join(f'"{name}"' for name in names)
    values = [own.get(name, f't."{name}"').replace("%", "%%") for name in names]
    connection.execute(
        f'INSERT INTO "{table}" ({columns}) SELECT {", ".join(values)}'
        f' FROM (SELECT * FROM "{table}" WHERE {key} = %s LIMIT 1) t, (SELECT %s::uuid[] AS ids) u,'
        " generate_series(%s::bigint, %s::bigint) n",
        arguments,
    )
