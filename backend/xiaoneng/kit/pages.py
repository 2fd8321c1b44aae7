"""Pages of long lists by keyset: a cursor holds the sort values of the row it stands at."""

import base64
import binascii
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, NamedTuple, TypeVar
from uuid import UUID

import sqlalchemy as sa
from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from xiaoneng.kit.db import Session
from xiaoneng.kit.problems import InvalidInput
from xiaoneng.kit.schemas import Schema
from xiaoneng.kit.statements import Prepared

MAX_LIMIT = 100
EXACT_UP_TO = 10_000
_AT_VALUE, _AT_KEY, _LIMIT = "page_at_value", "page_at_key", "page_limit"
T = TypeVar("T")


class BadCursor(InvalidInput):
    """The cursor was not made by this list in this order."""

    code = "pages.bad_cursor"
    title_zh = "分页位置无效"
    title_en = "The cursor is not valid here"


class Page(Schema, Generic[T]):
    """One page. `total` is counted when asked for (`with_total`), up to 10,000; beyond, `total_is_exact` is false."""

    items: list[T]
    next_cursor: str | None
    prev_cursor: str | None
    total: int | None
    total_is_exact: bool


class PageParams(BaseModel):
    """Where to go on and how many rows; lists with filters add theirs. Unknown parameters are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cursor: Annotated[str | None, Field(max_length=500, description="上一页返回的游标")] = None
    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT)] = 20
    with_total: Annotated[bool, Field(description="同时统计总数（至 10,000 为止）")] = False


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

    def page_of(self, shape: type[Page[T]], describe: Callable[[Any], Mapping[str, Any]]) -> Page[T]:
        """The page with each row described by the fields of what the API shows; all rows are read in one go."""
        return shape.model_validate({"items": [describe(row) for row in self.rows], **self._place()})

    def page(self, build: Callable[[Any], T]) -> Page[T]:
        """The page with each row made into what the API shows."""
        return Page(items=[build(row) for row in self.rows], **self._place())

    def _place(self) -> dict[str, Any]:
        return {
            "next_cursor": self.next_cursor,
            "prev_cursor": self.prev_cursor,
            "total": self.total,
            "total_is_exact": self.total_is_exact,
        }


def _encode(*, backward: bool, value: Any, key: UUID) -> str:
    shown = value.isoformat() if hasattr(value, "isoformat") else value
    return base64.urlsafe_b64encode(json.dumps([int(backward), shown, str(key)]).encode()).decode().rstrip("=")


class _Position(NamedTuple):
    backward: bool
    value: Any
    key: UUID


def _decode(cursor: str, value_type: type[Any]) -> _Position:
    try:
        backward, value, key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return _Position(bool(backward), TypeAdapter(value_type).validate_python(value), UUID(key))
    except (ValueError, TypeError, AttributeError, binascii.Error, ValidationError) as error:
        raise BadCursor from error


class PagedQuery:
    """A list whose SQL is made once: rows that hold the order's column and key under their names, with parameters."""

    def __init__(self, query: sa.Select[Any], order: Order, *, is_planned_anew: bool = False) -> None:
        self.order = order
        self._is_planned_anew = is_planned_anew
        self._query = query
        self._windows: dict[tuple[bool, bool], Prepared] = {}
        self._counting: Prepared | None = None

    async def fetch(self, session: Session, params: PageParams, values: Mapping[str, Any]) -> Slice:
        """One page. Raises BadCursor."""
        position = _position(params, self.order)
        window = self._window(is_first=position is None, backward=bool(position and position.backward))
        bounds = {} if position is None else {_AT_VALUE: position.value, _AT_KEY: position.key}
        rows = await session.fetch(window, **values, **bounds, **{_LIMIT: params.limit + 1})
        total = None
        if params.with_total:
            self._counting = self._counting or self._prepared(_counting(self._query))
            [(total,)] = await session.fetch(self._counting, **values)
        return _slice(rows, self.order, params, position, total)

    def _window(self, *, is_first: bool, backward: bool) -> Prepared:
        made = self._windows.get((is_first, backward))
        if made is None:
            column, key = self.order.column, self.order.key
            bound = (
                None
                if is_first
                else (sa.bindparam(_AT_VALUE, type_=column.type), sa.bindparam(_AT_KEY, type_=key.type))
            )
            query = _windowed(self._query, self.order, bound, backward=backward).limit(
                sa.bindparam(_LIMIT, type_=sa.Integer)
            )
            made = self._windows[is_first, backward] = self._prepared(query)
        return made

    def _prepared(self, query: sa.Select[Any]) -> Prepared:
        return Prepared(query, is_planned_anew=self._is_planned_anew)


async def fetch_page(session: Session, query: sa.Select[Any], order: Order, params: PageParams) -> Slice:
    """Run `query` (rows that hold the order's column and key under their names) as one page. Raises BadCursor."""
    position = _position(params, order)
    bound = None
    if position is not None:
        bound = (sa.literal(position.value, order.column.type), sa.literal(position.key, order.key.type))
    paged = _windowed(query, order, bound, backward=bool(position and position.backward)).limit(params.limit + 1)
    rows = list((await session.execute(paged)).all())
    total = await session.scalar(_counting(query)) if params.with_total else None
    return _slice(rows, order, params, position, total)


def _position(params: PageParams, order: Order) -> _Position | None:
    return _decode(params.cursor, order.column.type.python_type) if params.cursor else None


def _windowed(query: sa.Select[Any], order: Order, bound: tuple[Any, Any] | None, *, backward: bool) -> sa.Select[Any]:
    descending = order.descending != backward
    if bound is not None:
        place = sa.tuple_(order.column, order.key)
        query = query.where(place < sa.tuple_(*bound) if descending else place > sa.tuple_(*bound))
    direction = sa.desc if descending else sa.asc
    return query.order_by(direction(order.column), direction(order.key))


def _slice(rows: list[Any], order: Order, params: PageParams, position: _Position | None, total: int | None) -> Slice:
    backward = bool(position and position.backward)
    more = len(rows) > params.limit
    rows = rows[: params.limit]
    if backward:
        rows.reverse()
    return Slice(
        rows=rows,
        next_cursor=_cursor(rows[-1], order, backward=False) if rows and (more or backward) else None,
        prev_cursor=_cursor(rows[0], order, backward=True) if rows and (more if backward else position) else None,
        total=None if total is None else min(total, EXACT_UP_TO),
        total_is_exact=total is not None and total <= EXACT_UP_TO,
    )


def _cursor(row: Any, order: Order, *, backward: bool) -> str:
    return _encode(backward=backward, value=getattr(row, order.column.key), key=getattr(row, order.key.key))


def _counting(query: sa.Select[Any]) -> sa.Select[Any]:
    some = query.with_only_columns(sa.literal(1), maintain_column_froms=True).order_by(None).limit(EXACT_UP_TO + 1)
    return sa.select(sa.func.count().label("counted")).select_from(some.subquery())
