"""The present moment: one source, that tests can stop."""

import asyncio
import time
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from xiaoneng.kit import clock

EVE = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)


def test_now_is_aware_and_in_utc() -> None:
    before, moment, after = time.time(), clock.now().timestamp(), time.time()
    assert before - 1 <= moment <= after + 1
    assert clock.now().utcoffset() == timedelta(0)


def test_the_day_is_that_of_the_region() -> None:
    with clock.frozen(EVE):
        assert clock.now() == EVE
        assert clock.today() == date(2027, 1, 1)
        assert clock.local(clock.now()).isoformat() == "2027-01-01T00:30:00+08:00"


def test_a_moment_of_any_zone_freezes_and_thaws_also_after_an_error() -> None:
    with clock.frozen(EVE.astimezone(timezone(timedelta(hours=-5)))):
        assert clock.now().isoformat() == "2026-12-31T16:30:00+00:00"
        with pytest.raises(LookupError), clock.frozen(EVE + timedelta(days=1)):
            raise LookupError(clock.today())
        assert clock.now() == EVE
    assert clock.now() > EVE - timedelta(days=365)
    assert clock.now() != EVE


@pytest.mark.anyio
async def test_tasks_see_the_clock_of_those_who_start_them() -> None:
    async def read() -> datetime:
        await asyncio.sleep(0)
        return clock.now()

    with clock.frozen(EVE):
        inside = asyncio.create_task(read())
    outside = asyncio.create_task(read())
    assert await inside == EVE
    assert await outside != EVE
