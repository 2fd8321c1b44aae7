"""Steps that tests of clocks share."""

from contextlib import asynccontextmanager
from datetime import datetime
from uuid import UUID

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
