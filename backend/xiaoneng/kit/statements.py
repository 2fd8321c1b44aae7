"""Statements made once and spoken straight to the driver, for the paths whose budget the mapper would exceed."""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import count
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy import Dialect
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlmodel import SQLModel

DIALECT: Dialect = cast("Any", PGDialect_asyncpg)()
"""Statements are spelt for the driver of those that stand alone; the driver of transactions takes them as well."""
BufferedRow = tuple[type[SQLModel], Mapping[str, Any]]


class Prepared:
    """A SELECT with bind parameters, compiled once; `Session.fetch` runs it.

    Values go through the types of their parameters and columns through their own, so that an enum or a sealed text
    reads as the mapper reads it. Rows are named tuples. One plan serves all values, made once on each connection,
    unless `is_planned_anew`: for questions, such as a search for a text, whose best way depends on what is asked.
    """

    def __init__(self, query: sa.Select[*tuple[Any, ...]], *, is_planned_anew: bool = False) -> None:
        self.is_planned_anew = is_planned_anew
        compiled = query.compile(dialect=DIALECT, compile_kwargs={"render_postcompile": True})
        self.text = str(compiled)
        names = compiled.positiontup or ()
        kinds = [_binder(compiled.binds[name].type) for name in names]
        self._binders = list(zip(names, kinds, strict=True))
        given = compiled.params
        self._constants = {name: given[name] for name in names if not compiled.binds[name].required}
        columns = tuple(query.selected_columns)
        row = cast("Any", namedtuple)("Row", [str(column.key) for column in columns])
        self._make: Callable[[Iterable[Any]], Any] = row._make
        readers = enumerate(column.type.dialect_impl(DIALECT).result_processor(DIALECT, None) for column in columns)
        self._readers = [(index, read) for index, read in readers if read is not None]

    def parameters(self, values: Mapping[str, Any]) -> list[Any]:
        """What the driver is given for `values`, of which those that the query does not ask for are left out."""
        known = {**self._constants, **values} if self._constants else values
        return [known[name] if bind is None else bind(known[name]) for name, bind in self._binders]

    def rows(self, found: Iterable[Sequence[Any]]) -> list[Any]:
        """What a driver returned, with each column as its type reads it."""
        make, readers = self._make, self._readers
        if not readers:
            return [make(values) for values in found]
        rows = []
        for values in map(list, found):
            for index, read in readers:
                values[index] = read(values[index])
            rows.append(make(values))
        return rows


def _binder(kind: sa.types.TypeEngine[Any]) -> Callable[[Any], Any] | None:
    return kind.dialect_impl(DIALECT).bind_processor(DIALECT)


def insert_of(rows: Sequence[BufferedRow]) -> tuple[str, list[Any]]:
    """One statement that writes all rows, table by table in the order of their first row, and its values."""
    grouped: dict[tuple[type[SQLModel], tuple[str, ...]], list[Mapping[str, Any]]] = {}
    for table, row in rows:
        grouped.setdefault((table, tuple(row)), []).append(row)
    text = _insert_text(tuple((table, names, len(group)) for (table, names), group in grouped.items()))
    values: list[Any] = []
    for (table, names), group in grouped.items():
        ready = binders(table, names)
        values += [
            row[name] if bind is None else bind(row[name])
            for row in group
            for name, bind in zip(names, ready, strict=True)
        ]
    return text, values


@lru_cache(maxsize=512)
def binders(table: type[SQLModel], names: tuple[str, ...]) -> tuple[Any, ...]:
    """What makes a value of each column ready for the driver; None for a column that takes it as it is."""
    columns = cast("sa.Table", sa.inspect(table).local_table).columns
    return tuple(_binder(columns[name].type) for name in names)


@lru_cache(maxsize=512)
def _insert_text(parts: Sequence[tuple[type[SQLModel], tuple[str, ...], int]]) -> str:
    quote = DIALECT.identifier_preparer.quote
    inserts, numbers = [], count(1)
    for table, names, rows in parts:
        local = cast("sa.Table", sa.inspect(table).local_table)
        places = ["(" + ", ".join(f"${next(numbers)}" for _ in names) + ")" for _ in range(rows)]
        columns = "(" + ", ".join(map(quote, names)) + ")"
        repeated = "ON CONFLICT DO NOTHING" if local.info.get("ignore_duplicates") else ""
        inserts.append(" ".join(["INSERT INTO", quote(local.name), columns, "VALUES", ", ".join(places), repeated]))
    *first, last = inserts
    named = ", ".join(f"w{number} AS ({insert})" for number, insert in enumerate(first))
    return f"WITH {named} {last}" if named else last
