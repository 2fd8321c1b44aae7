"""Pages of long lists by keyset: a cursor holds the sort values of the row it stands at."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

import sqlalchemy as sa
from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from xiaoneng.kit.db import Session
from xiaoneng.kit.problems import InvalidInput
from xiaoneng.kit.schemas import Schema

MAX_LIMIT = 100
EXACT_UP_TO = 10_000
T = TypeVar("T")


class BadCursor(InvalidInput):
    """The cursor was not made by this list in this order."""

    code = "pages.bad_cursor"
    title_zh = "分页位置无效"
    title_en = "The cursor is not valid here"


class Page(Schema, Generic[T]):
    """One page. `total` counts up to 10,000; beyond, `total_is_exact` is false."""

    items: list[T]
    next_cursor: str | None
    prev_cursor: str | None
    total: int | None
    total_is_exact: bool


class PageParams(BaseModel):
    """Where to go on and how many rows; lists with filters add theirs. Unknown parameters are refused."""

    model_config = ConfigDict(extra="forbid")

    cursor: Annotated[str | None, Field(max_length=500, description="上一页返回的游标")] = None
    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT)] = 20


PageParamsDep = Annotated[PageParams, Query()]


@dataclass(frozen=True, slots=True)
class Order:
    """The order of a list: one column and the key as tie-break, both in one direction."""

    column: Any
    key: Any
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Slice:
    """The rows of a page with the cursors around it."""

    rows: Sequence[Any]
    next_cursor: str | None
    prev_cursor: str | None
    total: int | None
    total_is_exact: bool

    def page(self, build: Callable[[Any], T]) -> Page[T]:
        """The page with each row made into what the API shows."""
        return Page(
            items=[build(row) for row in self.rows],
            next_cursor=self.next_cursor,
            prev_cursor=self.prev_cursor,
            total=self.total,
            total_is_exact=self.total_is_exact,
        )


def _encode(*, backward: bool, value: Any, key: UUID) -> str:
    shown = value.isoformat() if hasattr(value, "isoformat") else value
    return base64.urlsafe_b64encode(json.dumps([int(backward), shown, str(key)]).encode()).decode().rstrip("=")


def _decode(cursor: str, value_type: type[Any]) -> tuple[bool, Any, UUID]:
    try:
        backward, value, key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return bool(backward), TypeAdapter(value_type).validate_python(value), UUID(key)
    except (ValueError, TypeError, AttributeError, binascii.Error, ValidationError) as error:
        raise BadCursor from error


async def fetch_page(session: Session, query: sa.Select[Any], order: Order, params: PageParams) -> Slice:
    """Run `query` (rows that hold the order's column and key under their names) as one page.

    The first page also counts, up to 10,000 rows; later pages answer `total` None. Raises BadCursor.
    """
    backward, position = False, None
    if params.cursor:
        backward, value, key = _decode(params.cursor, order.column.type.python_type)
        position = (value, key)
    descending = order.descending != backward
    paged = query
    if position is not None:
        place = sa.tuple_(order.column, order.key)
        bound = sa.tuple_(sa.literal(position[0], order.column.type), sa.literal(position[1], order.key.type))
        paged = paged.where(place < bound if descending else place > bound)
    direction = sa.desc if descending else sa.asc
    paged = paged.order_by(direction(order.column), direction(order.key)).limit(params.limit + 1)
    rows = list((await session.execute(paged)).all())
    more = len(rows) > params.limit
    rows = rows[: params.limit]
    if backward:
        rows.reverse()
    total = None if position else await _count(session, query)
    return Slice(
        rows=rows,
        next_cursor=_cursor(rows[-1], order, backward=False) if rows and (more or backward) else None,
        prev_cursor=_cursor(rows[0], order, backward=True) if rows and (more if backward else position) else None,
        total=None if total is None else min(total, EXACT_UP_TO),
        total_is_exact=total is not None and total <= EXACT_UP_TO,
    )


def _cursor(row: Any, order: Order, *, backward: bool) -> str:
    return _encode(backward=backward, value=getattr(row, order.column.key), key=getattr(row, order.key.key))


async def _count(session: Session, query: sa.Select[Any]) -> int:
    counted = (
        query.with_only_columns(sa.literal(1), maintain_column_froms=True)
        .order_by(None)
        .limit(EXACT_UP_TO + 1)
        .subquery()
    )
    return await session.scalar(sa.select(sa.func.count()).select_from(counted)) or 0
