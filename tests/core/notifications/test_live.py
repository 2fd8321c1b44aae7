"""The live stream as clients see it: a real server, real connections, one database."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

import httpx
import pytest
import uvicorn
from fastapi import FastAPI, Request
from sqlalchemy import event as sql_event
from sqlalchemy import text
from tests.core.scratch import actor, authenticate, new_app

from xiaoneng.core.access import service as access
from xiaoneng.core.access.errors import NotAuthenticated
from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.notifications.deps import close_streams, hub_of
from xiaoneng.core.notifications.routes import routes
from xiaoneng.core.notifications.schemas import Message
from xiaoneng.core.notifications.service import live, messages
from xiaoneng.core.outbox import service as outbox
from xiaoneng.core.outbox.events import Event
from xiaoneng.kit import ids
from xiaoneng.kit.db import Database, Session

pytestmark = pytest.mark.anyio
PATIENCE = 20


class ThingMoved(Event):
    """Something to be seen by the office only."""

    topic: ClassVar[str] = "thing.moved"
    subject_type: ClassVar[str] = "thing"
    wakes_handlers: ClassVar[bool] = False


class SecretMoved(ThingMoved):
    """A kind of object that no reader answers for."""

    topic: ClassVar[str] = "secret.moved"
    subject_type: ClassVar[str] = "secret"


@dataclass
class Gate:
    """Lets people in as the tests' authenticator does, except those who were shut out meanwhile."""

    shut: set[str] = field(default_factory=set)
    blind: set[str] = field(default_factory=set)

    async def authenticate(self, request: Request, session: Session) -> Actor:
        found = await authenticate(request, session)
        if found.name in self.shut:
            raise NotAuthenticated
        return actor(found.name) if found.name in self.blind else found


async def _may_see(_: Session, who: Actor, __: UUID) -> bool:
    return who.name == "office" and bool(who.roles)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(live, "LOOK_SECONDS", 0.02)
    access.register_reader("thing", _may_see)
    yield
    access._readers.pop("thing")


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def app(database: Database, gate: Gate) -> FastAPI:
    made = new_app(database, routes)
    made.state.authenticate = gate.authenticate
    return made


class _Uvicorn(uvicorn.Server):
    """A server that leaves the signals to the test run."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def _until(condition: Callable[[], bool]) -> None:
    """Wait for what nothing tells of."""
    for _ in range(PATIENCE * 100):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError


@dataclass
class Server:
    """A running server and its address."""

    app: FastAPI
    socket: str
    uvicorn: uvicorn.Server
    task: asyncio.Task[None]

    def client(self, name: str) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            transport=httpx.AsyncHTTPTransport(uds=self.socket),
            base_url="http://test/api/v1",
            headers={"Authorization": f"Bearer {name}"},
            timeout=PATIENCE,
        )


@pytest.fixture
async def server(app: FastAPI, tmp_path: Path) -> AsyncIterator[Server]:
    path = str(tmp_path / "s")
    running = _Uvicorn(uvicorn.Config(app, uds=path, lifespan="off", log_level="warning", access_log=False))
    task = asyncio.create_task(running.serve())
    await _until(lambda: running.started)
    yield Server(app, path, running, task)
    await close_streams(app)
    running.should_exit = True
    await asyncio.wait_for(task, PATIENCE)


class Heard:
    """The events of one open stream."""

    def __init__(self, lines: AsyncIterator[str]) -> None:
        self._lines = lines

    async def next(self) -> tuple[str, Any]:
        """The next event; raises StopAsyncIteration at the end."""
        name = ""
        while True:
            line = await asyncio.wait_for(anext(self._lines), PATIENCE)
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                return name, json.loads(line.removeprefix("data: "))

    async def until_ended(self) -> list[tuple[str, Any]]:
        """What is left."""
        rest = []
        while True:
            try:
                rest.append(await self.next())
            except StopAsyncIteration:
                return rest


@asynccontextmanager
async def listening(server: Server, name: str) -> AsyncIterator[Heard]:
    """A stream that has told that it is fed."""
    async with server.client(name) as client, client.stream("GET", "/notifications/stream") as answer:
        assert answer.status_code == 200, await answer.aread()
        heard = Heard(answer.aiter_lines())
        assert await heard.next() == ("ping", {})
        yield heard


async def _tell(database: Database, *names: str, title: str = "消息") -> None:
    async with database.unit_of_work() as session:
        message = Message(title, "内容", "thing", ids.new_id(), str(ids.new_id()))
        messages.notify(session, [actor(name).id for name in names], message)


async def _move(database: Database, event_type: type[ThingMoved] = ThingMoved) -> UUID:
    subject_id = ids.new_id()
    async with database.unit_of_work() as session:
        await outbox.publish(session, event_type(subject_id=subject_id))
    return subject_id


def _changed(subject_id: UUID) -> tuple[str, Any]:
    return "changed", {"subject_type": "thing", "subject_id": str(subject_id)}


class TestNews:
    async def test_a_message_reaches_its_recipient_and_nobody_else(self, server: Server, database: Database) -> None:
        async with listening(server, "handler") as handler, listening(server, "other") as other:
            await _tell(database, "other", title="甲")
            await _tell(database, "handler", title="乙")
            name, data = await handler.next()
            assert (name, data["title"], data["read_at"]) == ("notification", "乙", None)
            assert (await other.next())[1]["title"] == "甲"

    async def test_every_page_of_one_person_hears_it_once(self, server: Server, database: Database) -> None:
        async with listening(server, "handler") as first, listening(server, "handler") as second:
            await _tell(database, "handler", title="一")
            await asyncio.sleep(0.2)
            await _tell(database, "handler", title="二")
            for heard in (first, second):
                assert [(await heard.next())[1]["title"] for _ in range(2)] == ["一", "二"]

    async def test_a_change_is_told_to_those_who_may_see_the_object(self, server: Server, database: Database) -> None:
        async with listening(server, "office") as office, listening(server, "handler") as handler:
            seen = await _move(database)
            assert await office.next() == _changed(seen)
            for title in ("甲", "乙"):
                await _tell(database, "handler", title=title)
                assert (await handler.next())[1]["title"] == title

    async def test_a_kind_that_nobody_answers_for_is_told_to_nobody(self, server: Server, database: Database) -> None:
        async with listening(server, "office") as office:
            await _move(database, SecretMoved)
            seen = await _move(database)
            assert await office.next() == _changed(seen)

    async def test_ten_changes_of_one_object_are_one_hint(self, server: Server, database: Database) -> None:
        subject_id = ids.new_id()
        async with listening(server, "office") as office:
            async with database.unit_of_work() as session:
                for _ in range(10):
                    await outbox.publish(session, ThingMoved(subject_id=subject_id))
            assert await office.next() == _changed(subject_id)
            after = await _move(database)
            assert await office.next() == _changed(after)

    async def test_a_flood_is_told_as_one(self, server: Server, database: Database) -> None:
        async with listening(server, "office") as office:
            async with database.unit_of_work() as session:
                for _ in range(live.MAX_SUBJECTS + 1):
                    await outbox.publish(session, ThingMoved(subject_id=ids.new_id()))
            assert await office.next() == ("changed", {"subject_type": None, "subject_id": None})
            after = await _move(database)
            assert await office.next() == _changed(after)

    async def test_a_late_commit_is_not_missed(self, server: Server, database: Database) -> None:
        async with listening(server, "handler") as handler:
            async with database.unit_of_work() as late:
                messages.notify(
                    late, [actor("handler").id], Message("晚", "", "thing", ids.new_id(), str(ids.new_id()))
                )
                await late.write_buffered()
                await _tell(database, "handler", title="早")
                assert (await handler.next())[1]["title"] == "早"
            assert (await handler.next())[1]["title"] == "晚"

    async def test_what_was_there_before_is_not_told_again(self, server: Server, database: Database) -> None:
        await _tell(database, "handler", title="旧")
        async with listening(server, "handler") as handler:
            await _tell(database, "handler", title="新")
            assert (await handler.next())[1]["title"] == "新"


class TestRights:
    async def test_who_is_shut_out_hears_nothing_more(self, server: Server, database: Database, gate: Gate) -> None:
        async with listening(server, "handler") as handler:
            gate.shut.add("handler")
            await _tell(database, "handler", title="秘密")
            assert await handler.until_ended() == []

    async def test_a_lost_role_counts_at_once(self, server: Server, database: Database, gate: Gate) -> None:
        async with listening(server, "office") as office:
            gate.blind.add("office")
            await _move(database)
            await _tell(database, "office", title="甲")
            assert (await office.next())[0] == "notification"
            await _tell(database, "office", title="乙")
            assert (await office.next())[0] == "notification"

    async def test_a_silent_stream_is_looked_after_too(
        self, server: Server, gate: Gate, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(live, "PING_SECONDS", 0.05)
        async with listening(server, "handler") as handler:
            assert await handler.next() == ("ping", {})
            gate.shut.add("handler")
            assert all(said == ("ping", {}) for said in await handler.until_ended())

    async def test_a_stream_ends_with_the_life_of_a_token(self, app: FastAPI, database: Database) -> None:
        async def again(_: Session) -> Actor:
            return actor("handler")

        listener = hub_of(app).listen(actor("handler"), again, 0.1)
        heard = [said async for said in listener.events()]
        assert [said.event for said in heard] == ["ping"]
        await close_streams(app)


class TestLimits:
    async def test_a_sixth_stream_is_refused_until_one_ends(self, server: Server) -> None:
        async with server.client("handler") as client:
            opened = [listening(server, "handler") for _ in range(live.MAX_STREAMS)]
            for each in opened:
                await each.__aenter__()
            refused = await client.get("/notifications/stream")
            assert (refused.status_code, refused.json()["code"]) == (429, "notifications.too_many_streams")
            assert refused.headers["retry-after"] == "30"
            async with listening(server, "other"):
                pass
            await opened.pop().__aexit__(None, None, None)
            await _until(lambda: len(hub_of(server.app)._listeners) < live.MAX_STREAMS)
            async with listening(server, "handler"):
                pass
            for each in opened:
                await each.__aexit__(None, None, None)

    async def test_a_reader_that_falls_behind_is_sent_away(self, app: FastAPI) -> None:
        async def again(_: Session) -> Actor:
            return actor("handler")

        listener = live.Listener(actor("handler"), again, 0)
        for _ in range(live.MAX_WAITING + 1):
            listener.tell(live.PING)
        assert not listener.is_open
        assert len([said async for said in listener.events()]) == live.MAX_WAITING + 1

    async def test_streams_hold_no_connection(self, server: Server, database: Database) -> None:
        pool = database.engine.sync_engine.pool
        most = 0
        async with listening(server, "handler"), listening(server, "other"), listening(server, "office"):
            for _ in range(50):
                await asyncio.sleep(0.005)
                most = max(most, pool.checkedout())
        assert most <= 1

    async def test_nobody_listening_costs_nothing(self, server: Server, database: Database) -> None:
        async with listening(server, "handler"):
            pass
        await _until(lambda: not hub_of(server.app)._listeners)
        statements: list[str] = []

        def note(*arguments: object) -> None:
            statements.append(str(arguments[2]))

        task = hub_of(server.app)._task
        assert task is not None
        await asyncio.wait_for(task, PATIENCE)
        sql_event.listen(database.engine.sync_engine, "before_cursor_execute", note)
        await asyncio.sleep(0.2)
        sql_event.remove(database.engine.sync_engine, "before_cursor_execute", note)
        assert statements == []


class TestTrouble:
    async def test_a_failing_look_ends_the_streams_and_a_new_one_works(
        self, server: Server, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def broken(_: Session, __: Actor, ___: UUID) -> bool:
            raise RuntimeError("broken reader")

        async with listening(server, "office") as office:
            access.register_reader("thing", broken)
            await _move(database)
            assert await office.until_ended() == []
        access.register_reader("thing", _may_see)
        async with listening(server, "office") as office:
            seen = await _move(database)
            assert await office.next() == _changed(seen)

    async def test_a_lost_database_ends_the_streams(self, server: Server, database: Database) -> None:
        elsewhere = Database(database.engine.url.render_as_string(hide_password=False))
        async with listening(server, "office") as office:
            async with elsewhere.unit_of_work() as session:
                query = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                await session.execute(text(query + " AND datname = current_database() AND usename = current_user"))
            await elsewhere.close()
            rest = await office.until_ended()
            assert all(said[0] == "ping" for said in rest)
        await database.engine.dispose()
        async with listening(server, "office"):
            pass

    async def test_a_stopping_server_does_not_wait_for_streams(self, server: Server) -> None:
        async with listening(server, "handler") as handler, listening(server, "other") as other:
            await close_streams(server.app)
            server.uvicorn.should_exit = True
            await asyncio.wait_for(server.task, PATIENCE)
            assert await handler.until_ended() == []
            assert await other.until_ended() == []

    async def test_a_stopping_process_opens_no_new_stream(self, app: FastAPI) -> None:
        async def again(_: Session) -> Actor:
            return actor("handler")

        hub = hub_of(app)
        await hub.close()
        await hub.close()
        assert [said async for said in hub.listen(actor("handler"), again, 60).events()] == []
