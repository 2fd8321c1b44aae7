import asyncio
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlalchemy import text
from tests.core.scratch import actor, client_of, new_app

from xiaoneng.core.notifications.routes import routes
from xiaoneng.core.notifications.schemas import Message
from xiaoneng.core.notifications.service import messages
from xiaoneng.kit import ids
from xiaoneng.kit.db import Database

pytestmark = pytest.mark.anyio
HANDLER, OTHER = actor("handler").id, actor("other").id


def _message(key: str, title: str = "新派发诉求") -> Message:
    return Message(title, "路灯不亮", "case", ids.new_id(), key)


async def _notify(database: Database, recipients: list[UUID], message: Message) -> None:
    async with database.unit_of_work() as session:
        messages.notify(session, recipients, message)


async def _notify_and_fail(database: Database, message: Message) -> None:
    async with database.unit_of_work() as session:
        messages.notify(session, [HANDLER], message)
        raise ZeroDivisionError


async def _count(database: Database, key: str) -> int:
    async with database.unit_of_work() as session:
        query = text("SELECT count(*) FROM notification WHERE dedupe_key = :key")
        return (await session.execute(query, {"key": key})).scalar_one()


@pytest.fixture
async def app(database: Database) -> FastAPI:
    async with database.unit_of_work() as session:
        await session.execute(text("DELETE FROM notification"))
    return new_app(database, routes)


class TestNotify:
    async def test_the_same_occasion_reaches_each_recipient_once(self, database: Database) -> None:
        await _notify(database, [HANDLER, OTHER, HANDLER], _message("once"))
        await _notify(database, [HANDLER], _message("once", "又一次"))
        assert await _count(database, "once") == 2

    async def test_twenty_at_once_leave_one_each(self, database: Database) -> None:
        people = [ids.new_id() for _ in range(10)]
        orders = [people, people[::-1]] * 10
        await asyncio.gather(*(_notify(database, order, _message("rush")) for order in orders))
        assert await _count(database, "rush") == 10

    async def test_a_rollback_tells_nobody(self, database: Database) -> None:
        with pytest.raises(ZeroDivisionError):
            await _notify_and_fail(database, _message("lost"))
        assert await _count(database, "lost") == 0

    async def test_no_recipients_is_nothing_to_do(self, database: Database) -> None:
        await _notify(database, [], _message("nobody"))
        assert await _count(database, "nobody") == 0


class TestRoutes:
    async def test_lists_newest_first_page_by_page(self, app: FastAPI, database: Database) -> None:
        for number in range(5):
            await _notify(database, [HANDLER], _message(f"list-{number}", f"消息{number}"))
        await _notify(database, [OTHER], _message("list-other", "他人的"))
        async with client_of(app, "handler") as client:
            first = (await client.get("/notifications", params={"limit": 3, "with_total": True})).json()
            second = (await client.get("/notifications", params={"limit": 3, "cursor": first["next_cursor"]})).json()
        assert [item["title"] for item in first["items"] + second["items"]] == [f"消息{n}" for n in (4, 3, 2, 1, 0)]
        assert (first["total"], second["next_cursor"]) == (5, None)
        assert set(first["items"][0]) == {"id", "title", "body", "subject_type", "subject_id", "created_at", "read_at"}

    async def test_marking_some_or_all_as_read(self, app: FastAPI, database: Database) -> None:
        for number in range(4):
            await _notify(database, [HANDLER], _message(f"mark-{number}"))
        async with client_of(app, "handler") as client:
            items = (await client.get("/notifications")).json()["items"]
            sent = {"ids": [items[0]["id"], items[1]["id"]]}
            assert (await client.post("/notifications/actions/mark_read", json=sent)).status_code == 204
            assert (await client.get("/notifications/unread_count")).json() == {"count": 2}
            waiting = (await client.get("/notifications", params={"unread": True})).json()
            assert {item["id"] for item in waiting["items"]} == {items[2]["id"], items[3]["id"]}
            assert (await client.post("/notifications/actions/mark_read", json={"all": True})).status_code == 204
            assert (await client.get("/notifications/unread_count")).json() == {"count": 0}
            first_read = (await client.get("/notifications")).json()["items"][0]["read_at"]
            await client.post("/notifications/actions/mark_read", json={"all": True})
            assert (await client.get("/notifications")).json()["items"][0]["read_at"] == first_read

    async def test_nobody_marks_what_is_anothers(self, app: FastAPI, database: Database) -> None:
        await _notify(database, [OTHER], _message("theirs"))
        async with client_of(app, "other") as other, client_of(app, "handler") as handler:
            (item,) = (await other.get("/notifications")).json()["items"]
            answer = await handler.post("/notifications/actions/mark_read", json={"ids": [item["id"]]})
            assert answer.status_code == 204
            await handler.post("/notifications/actions/mark_read", json={"all": True})
            assert (await other.get("/notifications/unread_count")).json() == {"count": 1}

    @pytest.mark.parametrize("path", ["", "/unread_count", "/stream"])
    async def test_nobody_reads_without_login(self, app: FastAPI, path: str) -> None:
        async with client_of(app, None) as client:
            answer = await client.get(f"/notifications{path}")
        assert (answer.status_code, answer.json()["code"]) == (401, "access.not_authenticated")
