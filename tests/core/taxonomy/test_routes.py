import pytest
from fastapi import FastAPI
from sqlalchemy import text
from tests.core.scratch import client_of, new_app

from xiaoneng.core.taxonomy import service
from xiaoneng.core.taxonomy.public import public
from xiaoneng.core.taxonomy.routes import MAX_BYTES, routes
from xiaoneng.kit.db import Database

pytestmark = pytest.mark.anyio
GOOD = "一级分类,二级分类,三级分类\n城乡建设,供水,停水\n"


@pytest.fixture
async def app(database: Database) -> FastAPI:
    async with database.unit_of_work() as session:
        await service.seed(session)
    return new_app(database, routes, public)


async def test_anybody_logged_in_reads_the_lists(app: FastAPI) -> None:
    async with client_of(app, "handler") as client:
        answer = await client.get("/taxonomies/problem")
    body = answer.json()
    assert (answer.status_code, body["scheme"], body["version"]) == (200, "problem", 1)
    assert body["items"][0] == {"code": "SD", "name": "十大问题", "parent_code": None, "sort": 1}
    assert len(body["items"]) == 1 + 10 + 1 + 4 + 19


async def test_nobody_else_does(app: FastAPI) -> None:
    async with client_of(app, None) as client:
        answer = await client.get("/taxonomies/problem")
    assert (answer.status_code, answer.json()["code"]) == (401, "access.not_authenticated")


async def test_the_portal_reads_the_categories_and_nothing_else(app: FastAPI) -> None:
    async with client_of(app, None) as client:
        answer = await client.get("/public/taxonomies/case_category")
        other = await client.get("/public/taxonomies/violation")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "public, max-age=60"
    assert len(answer.json()["items"]) == 12 + 75 + 181
    assert other.status_code == 422


class TestImport:
    async def test_the_office_brings_in_an_edition_and_it_is_recorded(self, app: FastAPI, database: Database) -> None:
        async with client_of(app, "office") as client:
            files = {"file": ("分类.csv", GOOD.encode(), "text/csv")}
            answer = await client.post(
                "/taxonomies/case_category/imports", files=files, data={"valid_from": "2026-01-01"}
            )
        body = answer.json()
        assert answer.status_code == 200
        assert (body["applied"], body["version"], body["valid_from"]) == (True, 2, "2026-01-01")
        assert (body["created"], body["unchanged"]) == (2, 1)
        async with database.unit_of_work() as session:
            query = text("SELECT actor_name, changes FROM timeline_entry WHERE subject_type = 'taxonomy'")
            name, changes = (await session.execute(query)).one()
        assert (name, changes["version"], changes["created"]) == ("office", 2, 2)

    async def test_others_are_refused(self, app: FastAPI) -> None:
        async with client_of(app, "handler") as client:
            answer = await client.post("/taxonomies/problem/imports", files={"file": ("a.csv", GOOD.encode())})
        assert (answer.status_code, answer.json()["code"]) == (403, "access.permission_denied")

    @pytest.mark.parametrize("content", [b"nothing", b"x" * (MAX_BYTES + 1)], ids=["other table", "too large"])
    async def test_an_unreadable_file_is_refused(self, app: FastAPI, content: bytes) -> None:
        async with client_of(app, "office") as client:
            answer = await client.post("/taxonomies/problem/imports", files={"file": ("a.csv", content)})
        assert (answer.status_code, answer.json()["code"]) == (422, "taxonomy.unreadable_file")

    async def test_wrong_rows_are_listed(self, app: FastAPI) -> None:
        content = GOOD + "城乡建设,,停电\n"
        async with client_of(app, "office") as client:
            answer = await client.post("/taxonomies/problem/imports", files={"file": ("a.csv", content.encode())})
        assert answer.json()["applied"] is False
        (error,) = answer.json()["errors"]
        assert (error["row"], error["column"], error["code"]) == (3, "二级分类", "missing_parent")
