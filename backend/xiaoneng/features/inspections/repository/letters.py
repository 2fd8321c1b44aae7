"""SQL of letters."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from xiaoneng.core.access.schemas import Actor
from xiaoneng.features.inspections.models.letters import (
    Letter,
    LetterIssuer,
    LetterProblem,
    LetterReply,
    LetterStatus,
)
from xiaoneng.features.inspections.schemas.letters import LetterFilter
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.many import rows_as_table
from xiaoneng.kit.pages import Order, Slice, fetch_page

_LETTER = sa.inspect(Letter).local_table.c
_PROBLEM = sa.inspect(LetterProblem).local_table.c
_REPLY = sa.inspect(LetterReply).local_table.c
_ISSUER = sa.inspect(LetterIssuer).local_table.c
_S = LetterStatus
AWAITING = (_S.ISSUED, _S.DELIVERED, _S.RECEIVED, _S.PLAN_REPLIED, _S.SUPPLEMENT)
_EQUAL = ("type", "to_unit_id", "source_type", "source_id")


def visible_to(actor: Actor) -> sa.ColumnElement[bool]:
    """The letters this actor may know of; a unit does not know of one before it is delivered."""
    reach = actor.reach("letter:read")
    if reach.jurisdiction:
        return sa.true()
    return sa.and_(_LETTER.to_unit_id.in_(reach.units), _LETTER.delivered_at.is_not(None))


async def find(session: Session, actor: Actor, letter_id: UUID, *, for_update: bool = False) -> Letter | None:
    """One letter within the actor's sight, locked when it is to change."""
    query = sa.select(Letter).where(_LETTER.id == letter_id, visible_to(actor))
    return await session.scalar(query.with_for_update() if for_update else query)


async def get(session: Session, letter_id: UUID) -> Letter | None:
    """One letter for work of the system itself."""
    found: Letter | None = await session.get(Letter, letter_id)
    return found


async def page(session: Session, actor: Actor, chosen: LetterFilter) -> Slice:
    """A page of letters within the actor's reach, the latest first."""
    query: Any = sa.select(Letter, _LETTER.id, _LETTER.created_at).where(visible_to(actor), *_chosen(chosen))
    return await fetch_page(session, query, Order(_LETTER.created_at, _LETTER.id, descending=True), chosen)


def _chosen(chosen: LetterFilter) -> list[sa.ColumnElement[bool]]:
    wanted = [(name, getattr(chosen, name)) for name in _EQUAL]
    found = [_LETTER[name] == value for name, value in wanted if value is not None]
    if chosen.status:
        found.append(_LETTER.status.in_(chosen.status))
    if chosen.awaiting is not None:
        found.append(_LETTER.status.in_(AWAITING) == chosen.awaiting)
    if chosen.is_overdue is not None:
        overdue = sa.and_(_LETTER.status.in_(AWAITING), sa.func.coalesce(_LETTER.due_at < clock.now(), sa.false()))
        found.append(overdue == chosen.is_overdue)
    if chosen.problem_id is not None:
        found.append(sa.exists().where(_PROBLEM.letter_id == _LETTER.id, _PROBLEM.id == chosen.problem_id))
    return found


async def problems(session: Session, letter_id: UUID) -> Sequence[LetterProblem]:
    """The problems that a letter names, in their order."""
    query = sa.select(LetterProblem).where(_PROBLEM.letter_id == letter_id).order_by(_PROBLEM.seq)
    return (await session.scalars(query)).all()


async def replace_problems(session: Session, letter_id: UUID, texts: Iterable[str]) -> None:
    """Name other problems, while the letter is a draft."""
    await session.execute(sa.delete(LetterProblem).where(_PROBLEM.letter_id == letter_id))
    session.add_all([LetterProblem(letter_id=letter_id, seq=at, text=text) for at, text in enumerate(texts, start=1)])


async def replies(session: Session, letter_id: UUID) -> Sequence[LetterReply]:
    """What was answered, the first first."""
    query = sa.select(LetterReply).where(_REPLY.letter_id == letter_id).order_by(_REPLY.at, _REPLY.id)
    return (await session.scalars(query)).all()


async def issuers(session: Session) -> Sequence[LetterIssuer]:
    """All bodies that issue letters."""
    return (await session.scalars(sa.select(LetterIssuer).order_by(_ISSUER.name, _ISSUER.id))).all()


async def issuer(session: Session, issuer_id: UUID) -> LetterIssuer | None:
    """One issuer."""
    found: LetterIssuer | None = await session.get(LetterIssuer, issuer_id)
    return found


async def issuer_among(session: Session, body_ids: Iterable[UUID]) -> LetterIssuer | None:
    """The issuer that one of some bodies is."""
    query = sa.select(LetterIssuer).where(_ISSUER.body_id.in_(list(body_ids))).order_by(_ISSUER.name).limit(1)
    return await session.scalar(query)


async def issuer_by_word(session: Session, word: str) -> LetterIssuer | None:
    """The issuer with that word."""
    return await session.scalar(sa.select(LetterIssuer).where(_ISSUER.word == word))


async def rates(session: Session, actor: Actor, year: int, now: datetime) -> Sequence[Any]:
    """By unit: letters issued in a year that stand, and how their plans were answered."""
    count = sa.func.count()
    over = _LETTER.reply_due_at < now
    answered = _LETTER.plan_replied_at.is_not(None)
    in_time = _LETTER.plan_replied_at <= _LETTER.reply_due_at
    query = (
        sa.select(
            _LETTER.to_unit_id,
            count.label("issued"),
            count.filter(answered, in_time).label("on_time"),
            count.filter(answered, ~in_time).label("late"),
            count.filter(~answered, over).label("missing"),
            count.filter(~answered, ~over).label("waiting"),
        )
        .where(
            visible_to(actor),
            _LETTER.status != _S.VOIDED,
            _LETTER.issued_on >= sa.func.make_date(year, 1, 1),
            _LETTER.issued_on < sa.func.make_date(year + 1, 1, 1),
        )
        .group_by(_LETTER.to_unit_id)
    )
    return (await session.execute(query)).all()


async def move_due(session: Session, moves: Sequence[tuple[UUID, datetime]], *, is_reply: bool) -> None:
    """Let the days of letters follow those of their clocks; that of the plan is also what R-05 counts by."""
    moved = rows_as_table("new", {"key": sa.Uuid(), "due": _LETTER.due_at.type}, moves)
    values = {"due_at": moved.c.due, **({"reply_due_at": moved.c.due} if is_reply else {})}
    await (await session.connection()).execute(sa.update(Letter).where(_LETTER.id == moved.c.key).values(values))
