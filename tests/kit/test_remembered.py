"""What a process remembers of a database, and when it asks again."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from xiaoneng.kit import clock
from xiaoneng.kit.db import Database, Session
from xiaoneng.kit.remembered import Remembered

pytestmark = pytest.mark.anyio
NOON = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)


class Counted:
    """A source that counts how often it was asked and remembers what it was told is known."""

    def __init__(self) -> None:
        self.told: list[int | None] = []

    async def load(self, _: Session, old: int | None) -> int:
        self.told.append(old)
        return len(self.told)


@pytest.fixture
def source() -> Counted:
    return Counted()


@pytest.fixture
def memory(source: Counted) -> Remembered[int]:
    return Remembered(source.load, timedelta(seconds=1))


def session() -> Session:
    """A session of an engine of its own, which never connects."""
    return Session(Database("postgresql://nowhere/none"))


async def at(memory: Remembered[int], one: Session, seconds: float, **more: bool) -> int:
    with clock.frozen(NOON + timedelta(seconds=seconds)):
        return await memory.get(one, **more)


async def test_it_asks_once_while_fresh_and_again_once_old(memory: Remembered[int], source: Counted) -> None:
    one = session()
    assert [await at(memory, one, seconds) for seconds in (0, 0.5, 0.999, 1, 1.5, 2)] == [1, 1, 1, 2, 2, 3]
    assert source.told == [None, 1, 2], "each load is told what was known"


async def test_a_clock_set_back_does_not_keep_it_for_ever(memory: Remembered[int], source: Counted) -> None:
    one = session()
    assert [await at(memory, one, seconds) for seconds in (0, -60)] == [1, 2]


async def test_fresh_and_forget_ask_at_once(memory: Remembered[int], source: Counted) -> None:
    one = session()
    assert (await at(memory, one, 0), await at(memory, one, 0, fresh=True)) == (1, 2)
    memory.forget(one.database)
    assert memory.peek(one) is None
    assert await at(memory, one, 0) == 3
    assert source.told == [None, 1, None]


async def test_engines_share_nothing(memory: Remembered[int]) -> None:
    one, other = session(), session()
    assert [await at(memory, each, 0) for each in (one, other, one)] == [1, 2, 1]


async def test_what_is_handed_in_counts_as_checked(memory: Remembered[int], source: Counted) -> None:
    one = session()
    with clock.frozen(NOON):
        assert memory.keep(one, 7) == 7
    assert [await at(memory, one, seconds) for seconds in (0.9, 1.1)] == [7, 1]
    assert source.told == [7]


async def test_a_load_that_fails_leaves_what_was_known(source: Counted) -> None:
    async def failing(_: Session, old: int | None) -> int:
        raise ConnectionError

    memory = Remembered(failing, timedelta(seconds=1))
    one = session()
    with clock.frozen(NOON):
        memory.keep(one, 7)
    with pytest.raises(ConnectionError):
        await at(memory, one, 5)
    assert memory.peek(one) == 7
    with pytest.raises(ConnectionError):
        await at(memory, one, 5)


async def test_while_one_asks_the_others_go_on_with_what_is_known_and_a_failure_keeps_it_old() -> None:
    answers: asyncio.Queue[int | Exception] = asyncio.Queue()
    asked = 0

    async def load(_: Session, old: int | None) -> int:
        nonlocal asked
        asked += 1
        answer = await answers.get()
        if isinstance(answer, Exception):
            raise answer
        return answer

    memory, one = Remembered(load, timedelta(seconds=1)), session()
    answers.put_nowait(1)
    assert await at(memory, one, 0) == 1
    renewing = asyncio.create_task(at(memory, one, 2))
    await asyncio.sleep(0)
    assert [await at(memory, one, 2.1) for _ in range(3)] == [1, 1, 1]
    assert asked == 2
    answers.put_nowait(RuntimeError("no answer"))
    with pytest.raises(RuntimeError):
        await renewing
    answers.put_nowait(2)
    assert await at(memory, one, 2.2) == 2, "what could not be checked is asked again at once"
