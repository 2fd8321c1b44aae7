"""SQL of requests about cases."""

from uuid import UUID

import sqlalchemy as sa

from xiaoneng.core.access.schemas import Actor
from xiaoneng.features.cases.models.case import Case, CaseStatus
from xiaoneng.features.cases.models.requests import ON_LIMITS, CaseRequest, RequestKind, RequestStatus
from xiaoneng.features.cases.repository.sight import visible_to
from xiaoneng.features.cases.schemas.requests import RequestFilter
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import Order, Slice, fetch_page

_ASK = sa.inspect(CaseRequest).local_table.c
_CASE = sa.inspect(Case).local_table.c
OPEN = (RequestStatus.APPLIED, RequestStatus.ENDORSED)
UNDER_WAY = (CaseStatus.TO_SIGN, CaseStatus.HANDLING)


async def case_of(session: Session, actor: Actor, request_id: UUID) -> UUID | None:
    """The case of a request, if the actor may know of both."""
    query = sa.select(_ASK.case_id).join(Case, _CASE.id == _ASK.case_id)
    return await session.scalar(query.where(_ASK.id == request_id, _within(actor), visible_to(actor)))


async def find(session: Session, request_id: UUID) -> CaseRequest | None:
    """One request, locked."""
    return await session.scalar(sa.select(CaseRequest).where(_ASK.id == request_id).with_for_update())


async def find_open(session: Session, case_id: UUID, kind: RequestKind) -> CaseRequest | None:
    """The request of a kind that nobody has decided yet."""
    query = sa.select(CaseRequest).where(_ASK.case_id == case_id, _ASK.kind == kind, _ASK.status.in_(OPEN))
    return await session.scalar(query)


async def last_refused(session: Session, case_id: UUID, kind: RequestKind) -> CaseRequest | None:
    """The request of a kind that was refused last."""
    query = (
        sa.select(CaseRequest)
        .where(_ASK.case_id == case_id, _ASK.kind == kind, _ASK.status == RequestStatus.REFUSED)
        .order_by(_ASK.decided_at.desc())
        .limit(1)
    )
    return await session.scalar(query)


async def withdraw_open(session: Session, case_id: UUID, kinds: tuple[RequestKind, ...]) -> None:
    """The case moved on: nothing is left to decide about its limit."""
    change = sa.update(CaseRequest).where(_ASK.case_id == case_id, _ASK.kind.in_(kinds), _ASK.status.in_(OPEN))
    values = {"status": RequestStatus.WITHDRAWN, "rev": _ASK.rev + 1}
    await session.execute(change.values(**values).execution_options(synchronize_session=False))


async def page(session: Session, actor: Actor, chosen: RequestFilter) -> Slice:
    """A page of the requests within the actor's reach, the oldest first."""
    query = (
        sa.select(CaseRequest, _ASK.applied_at, _ASK.id, _CASE.no, _CASE.title)
        .join(Case, _CASE.id == _ASK.case_id)
        .where(_within(actor), visible_to(actor))
    )
    if chosen.case_id is not None:
        query = query.where(_ASK.case_id == chosen.case_id)
    states = chosen.status or (OPEN if chosen.case_id is None else None)
    if states:
        under_way = _CASE.status.in_(UNDER_WAY) | _ASK.kind.not_in(ON_LIMITS)
        query = query.where(_ASK.status.in_(states), under_way)
    if chosen.kind is not None:
        query = query.where(_ASK.kind == chosen.kind)
    return await fetch_page(session, query, Order(_ASK.applied_at, _ASK.id), chosen)


def _within(actor: Actor) -> sa.ColumnElement[bool]:
    reach = actor.reach("request:read")
    if reach.jurisdiction:
        return sa.true()
    ways: list[sa.ColumnElement[bool]] = [_ASK.unit_id.in_(reach.units)] if reach.units else []
    if reach.made_by:
        ways.append(_ASK.applied_by == reach.made_by)
    return sa.or_(*ways) if ways else sa.false()
