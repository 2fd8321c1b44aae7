"""SQL of cases that are taken out: in the order in which they came, which nothing changes under way."""

from functools import lru_cache

import sqlalchemy as sa

from xiaoneng.core.access.schemas import Actor
from xiaoneng.features.cases.repository.lists import given_by, narrowing
from xiaoneng.features.cases.repository.sight import CASE, Sight, sight_of, values_of, visible
from xiaoneng.features.cases.schemas.reads import CaseFilter
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import Order, PagedQuery, PageParams, Slice
from xiaoneng.kit.statements import Prepared

BATCH = 2_000
_ENUMS = ("kind", "channel", "urgency", "status", "close_reason", "solved", "identity")
_PLAIN = (
    "id",
    "no",
    "title",
    "content",
    "category_code",
    "place",
    "source",
    "external_no",
    "lead_unit_id",
    "handler_id",
    "created_by",
    "named_unit_ids",
    "named_person_ids",
    "caller_name",
    "caller_phone",
    "target_unit_id",
    "received_at",
    "due_at",
    "replied_at",
    "reply_text",
    "reply_working_days",
    "closed_at",
    "stars",
    "returned_count",
    "redo_count",
)
_COLUMNS = (*(CASE[name] for name in _PLAIN), *(sa.type_coerce(CASE[n], sa.String).label(n) for n in _ENUMS))
_ORDER = Order(CASE.received_at, CASE.id, descending=True)


async def batch(session: Session, actor: Actor, chosen: CaseFilter, after: str | None) -> Slice:
    """The next cases of a list that `actor` may see now. Raises BadCursor."""
    given = given_by(chosen)
    params = PageParams.model_construct(cursor=after, limit=BATCH, with_total=False)
    return await _query(sight_of(actor), tuple(given)).fetch(session, params, {**values_of(actor), **given})


@lru_cache(maxsize=128)
def _query(sight: Sight, narrowed: tuple[str, ...]) -> PagedQuery:
    query = sa.select(*_COLUMNS).where(visible(sight), *narrowing(narrowed))
    return PagedQuery(query, _ORDER, is_planned_anew=True)


async def count(session: Session, actor: Actor, chosen: CaseFilter) -> int:
    """How many cases the list has for `actor`."""
    given = given_by(chosen)
    [(total,)] = await session.fetch(_counted(sight_of(actor), tuple(given)), **values_of(actor), **given)
    return int(total)


@lru_cache(maxsize=128)
def _counted(sight: Sight, narrowed: tuple[str, ...]) -> Prepared:
    some = sa.select(CASE.id).where(visible(sight), *narrowing(narrowed)).subquery()
    return Prepared(sa.select(sa.func.count().label("counted")).select_from(some), is_planned_anew=True)
