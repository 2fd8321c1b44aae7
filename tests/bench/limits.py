"""What design.md asks of limits: the sweep, recalculation after a change of the calendar, and the life of a case.

Clocks are loaded beside the cases, one for each closed case, each as old as its number makes it.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import httpx
import psycopg
import sqlalchemy as sa
from tests.bench.region import Region
from tests.core.scratch import actor

from xiaoneng import worker
from xiaoneng.app import create_app
from xiaoneng.core.access.models import Role
from xiaoneng.core.accounts.service import directory
from xiaoneng.core.worktime.events import RulesChanged
from xiaoneng.core.worktime.jobs import SWEEP_BATCH, fire_due
from xiaoneng.core.worktime.schemas.changes import DaysDraft
from xiaoneng.core.worktime.service import changes, clocks, drafts, following
from xiaoneng.kit import clock
from xiaoneng.kit.db import Database
from xiaoneng.settings import Settings

DUE = 1_000
FEW = 10_000
LIVES = 60
_CLOCKS = """
    INSERT INTO clock (id, subject_type, subject_id, kind, policy_code, basis, amount, unit, roll, ends_at,
                       start_rule, started_at, due_at, due_on, provisional,
                       blue_at, yellow_at, next_fire_at, level, calendar_version)
    SELECT ('01900000-0000-7000-b000-' || lpad(to_hex(n), 12, '0'))::uuid, 'case',
           ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'loaded', 'case.complaint.normal', 'bench',
           10, 'working_day', false, 'business_close', 'receipt', at, at + interval '14 days',
           (at + interval '14 days')::date, false,
           at + interval '10 days', at + interval '13 days', now() + interval '1 year', 0, 1
    FROM generate_series(1, %s::bigint) n,
         LATERAL (SELECT now() - (n * 7919 %% 864000) * interval '1 second' AS at) since
    ON CONFLICT DO NOTHING
"""
_REACHED = "UPDATE clock SET next_fire_at = now() WHERE id IN (SELECT id FROM clock WHERE kind = 'loaded' LIMIT %s)"
_LATEST = "SELECT payload FROM outbox_event WHERE topic = 'time_rules.changed' ORDER BY id DESC LIMIT 1"
_DRAFTER, _SIGNER = actor("office", Role.LGO), actor("leader", Role.LGL)


@dataclass(frozen=True, slots=True)
class Regions:
    """The loaded region, and a small one to compare with."""

    loaded: Region
    small: Region
    rows: int


def _load(region: Region, count: int) -> None:
    with psycopg.connect(region.cluster.owner_dsn, autocommit=True) as connection:
        connection.execute(_CLOCKS, [count])
        connection.execute("VACUUM ANALYZE clock")


async def _on(region: Region, work: Callable[[Database], Awaitable[str | float]]) -> str | float:
    database = Database(region.cluster.app_dsn)
    try:
        return await work(database)
    finally:
        await database.close()


async def _sweep(database: Database) -> float:
    async with database.unit_of_work() as session:
        await clocks.calendar(session)
    began = time.monotonic()
    while True:
        async with database.unit_of_work() as session:
            if await fire_due(session, clock.now(), SWEEP_BATCH) < SWEEP_BATCH:
                return time.monotonic() - began


def sweep(regions: Regions) -> str:
    """A thousand reached rungs among all open limits, and among few."""
    took = {}
    for region, count in ((regions.small, FEW), (regions.loaded, regions.rows)):
        _load(region, count)
        rounds = []
        for _ in range(3):
            with psycopg.connect(region.cluster.owner_dsn, autocommit=True) as connection:
                connection.execute(_REACHED, [DUE])
            rounds.append(float(asyncio.run(_on(region, _sweep))))
        took[count] = sorted(rounds)[1]
    many, few = took[regions.rows], took[FEW]
    return f"{many:.2f} s for {DUE} due of {regions.rows} open, {many / few:.2f} x the same of {FEW}"


async def _recalculate(database: Database) -> str:
    async with database.unit_of_work() as session:
        day = (await clocks.calendar(session)).add_working_days(clock.today(), 1)
        rest = {"day": day.isoformat(), "is_working_day": False, "name": "停工"}
        draft = DaysDraft.model_validate({"reason": "测量", "days": [rest]})
        change = await drafts.draft_days(session, _DRAFTER, draft)
    began = time.monotonic()
    async with database.unit_of_work() as session:
        await changes.preview(session, change.id)
    previewed = time.monotonic() - began
    async with database.unit_of_work() as session:
        change = await changes.read(session, _DRAFTER, change.id)
        await changes.sign(session, _SIGNER, change.id, change.rev, approve_earlier=True)
    async with database.unit_of_work() as session:
        event = RulesChanged.model_validate(await session.scalar(sa.text(_LATEST)))
    began, after = time.monotonic(), None
    while True:
        async with database.unit_of_work() as session:
            after = await following.follow(session, event, after)
        if after is None:
            break
    applied, moved = time.monotonic() - began, max(change.later + change.earlier, 1)
    return (
        f"{moved} limits previewed in {previewed:.1f} s and moved in {applied:.1f} s,"
        f" {previewed / moved * 1e5:.1f} s and {applied / moved * 1e5:.1f} s for 100,000"
    )


def recalculation(regions: Regions) -> str:
    """A working day that becomes a day of rest, and all limits that run over it."""
    _load(regions.loaded, min(regions.rows, 100_000))
    return str(asyncio.run(_on(regions.loaded, _recalculate)))


async def _lives(database: Database) -> float:
    """Cases from their registration to the citizen's word, one after the other; how many a second."""
    transport = httpx.ASGITransport(create_app(Settings(environment="test"), database))
    async with httpx.AsyncClient(transport=transport, base_url="http://bench/api/v1") as client:
        tokens = {}
        for login in ("operator", "cg.liaison"):
            async with database.unit_of_work() as session:
                tokens[login] = {"Authorization": f"Bearer {await directory.issue_token_for(session, login)}"}
        async with database.unit_of_work() as session:
            unit = str(await session.scalar(sa.text("SELECT id FROM unit WHERE code = 'ML17'")))
        began = time.monotonic()
        for _ in range(LIVES):
            await _life(client, tokens, unit)
        return LIVES / (time.monotonic() - began)


async def _life(client: httpx.AsyncClient, tokens: dict[str, dict[str, str]], unit: str) -> None:
    body = {"kind": "complaint", "channel": "visit", "title": "门前路灯不亮", "content": "门前路灯三天不亮。"}
    answer = await client.post("/cases", json=body, headers=tokens["operator"])
    rated = {"stars": 5, "solved": "yes", "note": "已解决"}
    steps = [("operator", "dispatch", {"unit_id": unit}), ("cg.liaison", "sign", {})]
    steps += [("cg.liaison", "reply", {"text": "已修好。", "file_ids": []}), ("operator", "call_back", rated)]
    for login, action, given in steps:
        case = answer.raise_for_status().json()
        seen = {**tokens[login], "If-Match": f'"{case["rev"]}"'}
        answer = await client.post(f"/cases/{case['id']}/actions/{action}", json=given, headers=seen)
    answer.raise_for_status()


def lifecycle(regions: Regions) -> str:
    """The life of cases in the loaded region against an empty one, turn by turn."""
    ratios, rates = [], []
    for _ in range(3):
        empty = float(asyncio.run(_on(regions.small, _lives)))
        rates.append(float(asyncio.run(_on(regions.loaded, _lives))))
        ratios.append(rates[-1] / empty)
    return f"{sorted(rates)[1]:.0f} lives/s in one process, {sorted(ratios)[1]:.2f} x an empty database"


assert worker.JOBS
TIMED = {"life of a case": lifecycle, "sweep": sweep, "recalculation": recalculation}
"""By name, in an order in which no one disturbs the next."""
