"""The present moment: one source, that tests can stop."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from pydantic import ValidationError

from xiaoneng.kit import clock
from xiaoneng.settings import Settings

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


@pytest.fixture
def moved(tmp_path: Path) -> Iterator[Path]:
    clock.follow(tmp_path / "var" / "clock")
    yield tmp_path / "var" / "clock"
    clock.follow(None)


def test_a_rehearsal_moves_the_clock_forward_for_all_who_follow_the_file(moved: Path) -> None:
    before = clock.now()
    assert clock.now() - before < timedelta(seconds=5)
    clock.advance(timedelta(hours=26))
    clock.advance(timedelta(days=2))
    assert timedelta() <= clock.now() - before - timedelta(hours=74) < timedelta(seconds=5)
    assert clock.of_system(before + timedelta(hours=74)) == before
    asked = "from pathlib import Path; from xiaoneng.kit import clock; clock.follow(Path({!r})); print(clock.now())"
    elsewhere = subprocess.run(
        [sys.executable, "-c", asked.format(str(moved))], capture_output=True, text=True, check=True
    )
    assert abs(datetime.fromisoformat(elsewhere.stdout.strip()) - clock.now()) < timedelta(seconds=5)


def test_a_clock_does_not_go_back_and_moves_only_where_it_was_let(moved: Path) -> None:
    with pytest.raises(ValueError, match="forward"):
        clock.advance(timedelta(seconds=-1))
    clock.follow(None)
    with pytest.raises(ValueError, match="no file"):
        clock.advance(timedelta(hours=1))


def test_nothing_moves_the_clock_in_production(moved: Path) -> None:
    keys = {"2026": "k" * 32}
    sound = {"environment": "production", "jwt": {"keys": keys, "active_kid": "2026"}, "login": {"totp_required": True}}
    sound["crypto"] = {"keys": keys, "active_key": "2026", "lookup_key": "l" * 32}
    assert Settings(**sound).clock_file is None
    with pytest.raises(ValidationError, match="cannot be moved in production"):
        Settings(**sound, clock_file=moved)
