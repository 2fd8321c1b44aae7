"""Thousands of rows as the arguments of one statement."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

_BETWEEN = "\x1f"
_NOTHING = "\x1e"


def rows_as_table(
    name: str, columns: Mapping[str, sa.types.TypeEngine[Any]], rows: Sequence[Sequence[Any]]
) -> sa.TableValuedAlias:
    """The rows as a table called `name`, one text for each column; the statement stays the same however many there are.

    PostgreSQL takes the texts apart, which costs a tenth of arrays: the driver quotes and sizes each item of those. A
    text may hold anything but the two separators of ASCII that stand between items and for nothing.
    """
    held = zip(*rows, strict=True) if rows else ((),) * len(columns)
    arrays = []
    for number, (kind, values) in enumerate(zip(columns.values(), held, strict=True)):
        text = sa.bindparam(f"{name}_{number}", _BETWEEN.join(map(_text, values)), type_=sa.Text())
        arrays.append(sa.cast(sa.func.string_to_array(text, _BETWEEN, _NOTHING), ARRAY(kind)))
    return sa.func.unnest(*arrays).table_valued(*columns, name=name).render_derived()


def _text(value: Any) -> str:
    return _NOTHING if value is None else str(value)
