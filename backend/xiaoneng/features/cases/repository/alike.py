"""SQL that looks for the same matter: bounded by the number of candidates, whatever the size of the table."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from xiaoneng.core.access.schemas import Actor
from xiaoneng.features.cases.models.case import UNDER_WAY
from xiaoneng.features.cases.repository.sight import CASE, Sight, sight_of, values_of, visible
from xiaoneng.kit.db import Session
from xiaoneng.kit.statements import Prepared

OF_CALLER, OF_CATEGORY, OF_LATEST = 50, 400, 400
"""How many of the latest cases of each kind are compared."""
_LEAST_TEXT, _LEAST_PLACE = 10, 50
"""What is less alike than this in both is not even fetched."""
_TITLE = sa.bindparam("title", type_=sa.Text())
_PLACE = sa.bindparam("place", type_=sa.Text())
_CATEGORY = sa.bindparam("category", type_=sa.Text())
_CALLER = sa.bindparam("caller", type_=CASE.caller_phone_hash.type)
_SINCE = sa.bindparam("since", type_=CASE.received_at.type)


def _percent(column: sa.ColumnElement[Any], given: sa.BindParameter[Any]) -> sa.ColumnElement[int]:
    share = sa.cast(sa.func.similarity(column, given) * 100, sa.Integer)
    return sa.func.coalesce(share, 0, type_=sa.Integer())


_TEXT_LIKENESS = _percent(CASE.title, _TITLE)
_PLACE_LIKENESS = _percent(CASE.place, _PLACE)
_SAME_CALLER = sa.func.coalesce(CASE.caller_phone_hash == _CALLER, sa.false(), type_=sa.Boolean())
_SAME_CATEGORY = sa.func.coalesce(CASE.category_code == _CATEGORY, sa.false(), type_=sa.Boolean())


def _latest(limit: int, *conditions: sa.ColumnElement[bool]) -> sa.Select[Any]:
    under_way = sa.text(UNDER_WAY)
    query = sa.select(CASE.id).where(under_way, CASE.received_at >= _SINCE, *conditions)
    latest = query.order_by(CASE.received_at.desc()).limit(sa.literal_column(str(limit))).subquery()
    return sa.select(latest.c.id)


@lru_cache(maxsize=128)
def _query(sight: Sight) -> Prepared:
    near = sa.union(
        _latest(OF_CALLER, CASE.caller_phone_hash == _CALLER),
        _latest(OF_CATEGORY, CASE.category_code == _CATEGORY),
        _latest(OF_LATEST),
    ).subquery()
    columns = (CASE.id, CASE.no, CASE.title, CASE.status, CASE.lead_unit_id, CASE.place, CASE.received_at, CASE.due_at)
    likeness = (
        _TEXT_LIKENESS.label("text_likeness"),
        _PLACE_LIKENESS.label("place_likeness"),
        _SAME_CALLER.label("same_caller"),
        _SAME_CATEGORY.label("same_category"),
    )
    enough = sa.or_(_SAME_CALLER, _TEXT_LIKENESS >= _LEAST_TEXT, _PLACE_LIKENESS >= _LEAST_PLACE)
    return Prepared(
        sa.select(*columns, *likeness)
        .where(CASE.id.in_(sa.select(near.c.id)))
        .where(visible(sight), enough, ~CASE.is_sealed, CASE.id != sa.bindparam("except_id", type_=sa.Uuid()))
    )


async def candidates(session: Session, actor: Actor, wanted: dict[str, Any]) -> Sequence[Any]:
    """The cases under way and in the actor's sight that are like one, in no order; none of them names somebody."""
    return await session.fetch(_query(sight_of(actor)), **wanted, **values_of(actor))
