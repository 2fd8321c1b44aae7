"""Steps that tests of clocks share."""

from contextlib import asynccontextmanager
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from tests.core.scratch import actor

from xiaoneng.core.access.models import Role
from xiaoneng.core.worktime.events import RulesChanged
from xiaoneng.core.worktime.service import changes, following
from xiaoneng.core.worktime.service import clocks as service
from xiaoneng.kit import clock, ids

MONDAY = datetime.fromisoformat("2026-11-23T10:00:00+08:00")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


@asynccontextmanager
async def work(database, moment: datetime):
    with clock.frozen(moment):
        async with database.unit_of_work() as session:
            yield session


async def start(database, policy: str, kind: str, at: datetime = MONDAY) -> UUID:
    subject_id = ids.new_id()
    async with work(database, at) as session:
        await service.start_clock(
            session,
            subject_type="case",
            subject_id=subject_id,
            kind=kind,
            policy_code=policy,
            started_at=at,
            unit_id=None,
        )
    return subject_id


async def clocks(database, subject_id: UUID, at: datetime = MONDAY):
    async with work(database, at) as session:
        return (await service.clocks_of(session, "case", [subject_id])).get(subject_id, [])


DRAFTER, APPROVER = actor("office", Role.LGO), actor("leader", Role.LGL)


async def drafted(database, draft, moment: datetime = MONDAY):
    """Draft a change by `draft(session, actor)`, find what it moves, and show it."""
    async with work(database, moment) as session:
        change = await draft(session, DRAFTER)
    async with work(database, moment) as session:
        await changes.preview(session, change.id)
    async with work(database, moment) as session:
        return await changes.read(session, DRAFTER, change.id)


async def sign(database, change, who=DRAFTER, *, approve: bool = False):
    async with work(database, MONDAY) as session:
        return await changes.sign(session, who, change.id, change.rev, approve_earlier=approve)


async def follow(database, moment: datetime = MONDAY) -> None:
    """Do what the worker does with the event of the last signed change, to its end."""
    async with database.unit_of_work() as session:
        query = "SELECT payload FROM outbox_event WHERE topic = 'time_rules.changed' ORDER BY id DESC LIMIT 1"
        event = RulesChanged.model_validate(await session.scalar(sa.text(query)))
    after: UUID | None = None
    while True:
        async with work(database, moment) as session:
            after = await following.follow(session, event, after)
        if after is None:
            return
