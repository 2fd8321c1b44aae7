import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text
from tests.core.files.conftest import LIMIT
from tests.core.files.films import heic, mp4
from tests.core.files.samples import DEVICE, DOCX, GOOD, GREY, HOSTILE, JPEG, PDF, PLACE, TEXT, with_gps
from tests.core.scratch import actor, client_of, new_app

from xiaoneng.core.access import service as access
from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.files import service
from xiaoneng.core.files.errors import NotAttachable
from xiaoneng.core.files.routes import routes
from xiaoneng.kit import ids
from xiaoneng.kit.db import Database, Session

pytestmark = pytest.mark.anyio
SUBJECT = "filed_thing"


async def _is_office(_: Session, who: Actor, __: UUID) -> bool:
    return who.name == "office"


@pytest.fixture(autouse=True)
def _reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    access.register_reader(SUBJECT, _is_office)
    yield
    access._readers.pop(SUBJECT)


@pytest.fixture
def app(database: Database, store_dir: Path) -> FastAPI:
    return new_app(database, routes)


async def _send(app: FastAPI, name: str, content: bytes, who: str | None = "handler") -> httpx.Response:
    async with client_of(app, who) as client:
        return await client.post("/files", files={"file": (name, content)})


async def _get(app: FastAPI, path: str, who: str | None) -> httpx.Response:
    async with client_of(app, who) as client:
        return await client.get(path)


async def _attach(database: Database, who: str, file_ids: list[str], subject_id: UUID) -> None:
    async with database.unit_of_work() as session:
        await service.attach(session, actor(who), [UUID(file_id) for file_id in file_ids], SUBJECT, subject_id)


async def _rows(database: Database) -> int:
    async with database.unit_of_work() as session:
        return (await session.execute(text("SELECT count(*) FROM file"))).scalar_one()


def _contents(store_dir: Path) -> list[Path]:
    return [path for path in store_dir.rglob("*") if path.is_file()]


class TestUpload:
    @pytest.mark.parametrize("name", GOOD)
    async def test_keeps_what_people_send(self, app: FastAPI, store_dir: Path, name: str) -> None:
        content, media_type = GOOD[name]
        answer = await _send(app, name, content)
        body = answer.json()
        assert answer.status_code == 201, body
        assert (body["name"], body["size"], body["media_type"]) == (name, len(content), media_type)
        assert body["sha256"] == hashlib.sha256(content).hexdigest()
        back = await _get(app, f"/files/{body['id']}/content", "handler")
        assert back.content == content
        assert [path.stat().st_mode & 0o777 for path in _contents(store_dir)] == [0o600]

    @pytest.mark.parametrize("case", HOSTILE)
    async def test_refuses_what_attackers_send_and_keeps_nothing(
        self, app: FastAPI, database: Database, store_dir: Path, case: str
    ) -> None:
        before = await _rows(database)
        answer = await _send(app, *HOSTILE[case])
        assert (answer.status_code, answer.json()["code"]) == (422, "files.type_refused")
        assert await _rows(database) == before
        assert _contents(store_dir) == []

    async def test_nothing_is_written_outside_the_store(self, app: FastAPI, store_dir: Path) -> None:
        answer = await _send(app, "../../../../tmp/xn-escape.txt", TEXT)
        assert answer.json()["name"] == "xn-escape.txt"
        assert {path.name for path in store_dir.parent.iterdir()} == {"files"}
        (kept,) = _contents(store_dir)
        assert kept.name == answer.json()["sha256"]

    async def test_the_same_content_twice_is_stored_once(self, app: FastAPI, store_dir: Path) -> None:
        first, second = await asyncio.gather(_send(app, "a.txt", TEXT), _send(app, "b.txt", TEXT, "other"))
        assert first.json()["id"] != second.json()["id"]
        assert len(_contents(store_dir)) == 1

    async def test_nobody_sends_without_login(self, app: FastAPI, store_dir: Path) -> None:
        answer = await _send(app, "a.txt", TEXT, None)
        assert (answer.status_code, answer.json()["code"]) == (401, "access.not_authenticated")
        assert _contents(store_dir) == []

    @pytest.mark.parametrize("sent", [LIMIT + 1, 3 * LIMIT])
    async def test_too_large_is_refused(self, app: FastAPI, store_dir: Path, sent: int) -> None:
        answer = await _send(app, "a.txt", b"x" * sent)
        assert (answer.status_code, answer.json()["code"]) == (413, "files.too_large")
        assert _contents(store_dir) == []

    async def test_exactly_the_limit_is_accepted(self, app: FastAPI) -> None:
        assert (await _send(app, "a.txt", b"x" * LIMIT)).status_code == 201

    async def test_the_rest_of_a_large_upload_is_not_read(self, app: FastAPI, store_dir: Path) -> None:
        given: list[int] = []

        async def endless() -> AsyncIterator[bytes]:
            yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
            while True:
                given.append(10_000)
                yield b"x" * 10_000

        async with client_of(app, "handler") as client:
            headers = {"Content-Type": "multipart/form-data; boundary=b"}
            answer = await client.post("/files", content=endless(), headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (413, "files.too_large")
        assert sum(given) <= LIMIT + 20_000
        assert _contents(store_dir) == []

    async def test_a_slow_sender_holds_no_connection(self, app: FastAPI, database: Database) -> None:
        pool = database.engine.sync_engine.pool
        held: list[int] = []

        async def slow() -> AsyncIterator[bytes]:
            yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
            await asyncio.sleep(0)
            held.append(pool.checkedout())
            yield b"abc\r\n--b--\r\n"

        async with client_of(app, "handler") as client:
            headers = {"Content-Type": "multipart/form-data; boundary=b"}
            answer = await client.post("/files", content=slow(), headers=headers)
        assert answer.status_code == 201
        assert held == [0]

    @pytest.mark.parametrize(
        ("content_type", "body"),
        [
            ("application/json", b"{}"),
            ("multipart/form-data", b""),
            ("multipart/form-data; boundary=" + "b" * 2000, b""),
            ("multipart/form-data; boundary=b", b"nothing"),
            ("multipart/form-data; boundary=b", b"--b--\r\n"),
            (
                "multipart/form-data; boundary=b",
                b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nabc',
            ),
            (
                "multipart/form-data; boundary=b",
                b'--b\r\nContent-Disposition: form-data; name="other"; filename="a.txt"\r\n\r\nabc\r\n--b--\r\n',
            ),
            (
                "multipart/form-data; boundary=b",
                b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nabc\r\n--b--\r\n',
            ),
            (
                "multipart/form-data; boundary=b",
                2 * b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nabc\r\n'
                + b"--b--\r\n",
            ),
            ("multipart/form-data; boundary=b", b"--b\r\n" + b"X-A: b\r\n" * 50 + b"\r\nabc\r\n--b--\r\n"),
        ],
        ids=[
            "json",
            "no boundary",
            "long boundary",
            "no form",
            "empty form",
            "cut off",
            "other field",
            "no file name",
            "two files",
            "many headers",
        ],
    )
    async def test_other_requests_are_refused(
        self, app: FastAPI, store_dir: Path, content_type: str, body: bytes
    ) -> None:
        async with client_of(app, "handler") as client:
            answer = await client.post("/files", content=body, headers={"Content-Type": content_type})
        assert (answer.status_code, answer.json()["code"]) == (400, "files.not_an_upload")
        assert _contents(store_dir) == []

    @pytest.mark.parametrize("raw", ["现场.txt".encode(), "现场.txt".encode("gb18030")])
    async def test_names_come_in_the_senders_encoding(self, app: FastAPI, raw: bytes) -> None:
        body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="' + raw + b'"\r\n\r\nabc\r\n--b--\r\n'
        async with client_of(app, "handler") as client:
            headers = {"Content-Type": "multipart/form-data; boundary=b"}
            answer = await client.post("/files", content=body, headers=headers)
        assert answer.json()["name"] == "现场.txt"

    async def test_a_key_makes_a_repeated_upload_one_file(self, app: FastAPI, database: Database) -> None:
        before = await _rows(database)
        async with client_of(app, "handler") as client:
            headers = {"Idempotency-Key": "one"}
            first = await client.post("/files", files={"file": ("a.txt", TEXT)}, headers=headers)
            again = await client.post("/files", files={"file": ("a.txt", TEXT)}, headers=headers)
            other = await client.post("/files", files={"file": ("a.txt", TEXT + TEXT)}, headers=headers)
        assert first.json() == again.json()
        assert (other.status_code, other.json()["code"]) == (422, "idempotency.key_reused")
        assert await _rows(database) == before + 1


class TestVisibility:
    async def test_a_fresh_upload_is_its_uploaders_alone(self, app: FastAPI) -> None:
        file_id = (await _send(app, "a.jpg", JPEG)).json()["id"]
        for path in (f"/files/{file_id}", f"/files/{file_id}/content"):
            assert (await _get(app, path, "handler")).status_code == 200
            for who in ("other", "office"):
                answer = await _get(app, path, who)
                assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
            assert (await _get(app, path, None)).status_code == 401

    async def test_an_attached_file_is_seen_with_its_object_only(self, app: FastAPI, database: Database) -> None:
        file_id = (await _send(app, "a.jpg", JPEG)).json()["id"]
        await _attach(database, "handler", [file_id], ids.new_id())
        for path in (f"/files/{file_id}", f"/files/{file_id}/content"):
            assert (await _get(app, path, "office")).status_code == 200
            assert (await _get(app, path, "handler")).status_code == 404

    async def test_a_file_that_never_was_looks_like_a_hidden_one(self, app: FastAPI) -> None:
        file_id = (await _send(app, "a.jpg", JPEG)).json()["id"]
        hidden = (await _get(app, f"/files/{file_id}", "other")).json()
        missing = (await _get(app, f"/files/{ids.new_id()}", "other")).json()
        for body in (hidden, missing):
            del body["instance"], body["request_id"]
        assert hidden == missing


class TestDownload:
    async def test_is_always_a_sealed_attachment(self, app: FastAPI) -> None:
        file_id = (await _send(app, "现场 照片.pdf", PDF)).json()["id"]
        headers = (await _get(app, f"/files/{file_id}/content", "handler")).headers
        assert headers["content-disposition"].startswith("attachment; filename=")
        assert headers["content-disposition"].endswith("filename*=UTF-8''%E7%8E%B0%E5%9C%BA%20%E7%85%A7%E7%89%87.pdf")
        assert headers["content-type"] == "application/pdf"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert headers["cache-control"] == "private, no-store"
        assert headers["content-length"] == str(len(PDF))

    async def test_who_took_a_file_of_an_object_is_recorded(self, app: FastAPI, database: Database) -> None:
        file_id = (await _send(app, "a.docx", DOCX)).json()["id"]
        subject_id = ids.new_id()
        await _attach(database, "handler", [file_id], subject_id)
        await _get(app, f"/files/{file_id}/content", "office")
        await _get(app, f"/files/{file_id}/content", "other")
        async with database.unit_of_work() as session:
            query = text("SELECT actor_name, action, changes, is_read FROM timeline_entry WHERE subject_id = :id")
            entries = (await session.execute(query, {"id": subject_id})).all()
        assert entries == [("office", "download_file", {"file_id": file_id}, True)]

    async def test_a_lost_content_is_said_before_anything_is_sent(self, app: FastAPI, store_dir: Path) -> None:
        file_id = (await _send(app, "a.jpg", JPEG)).json()["id"]
        for path in _contents(store_dir):
            path.unlink()
        answer = await _get(app, f"/files/{file_id}/content", "handler")
        assert (answer.status_code, answer.json()["code"]) == (503, "files.content_missing")

    async def test_a_slow_reader_holds_no_connection(self, app: FastAPI, database: Database) -> None:
        file_id = (await _send(app, "a.txt", b"x" * LIMIT)).json()["id"]
        held: list[int] = []

        requests = iter([{"type": "http.request", "body": b"", "more_body": False}])

        async def receive() -> dict[str, object]:
            for request in requests:
                return request
            await asyncio.Event().wait()
            return {"type": "http.disconnect"}

        async def send(message: dict[str, object]) -> None:
            held.append(database.engine.sync_engine.pool.checkedout())

        path = f"/api/v1/files/{file_id}/content"
        scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "headers": [(b"authorization", b"Bearer handler")],
            "state": {},
        }
        await app(scope, receive, send)
        assert len(held) >= 2
        assert set(held) == {0}


class TestAttach:
    async def test_to_the_same_object_again_changes_nothing(self, app: FastAPI, database: Database) -> None:
        file_id = (await _send(app, "a.jpg", JPEG)).json()["id"]
        subject_id = ids.new_id()
        await _attach(database, "handler", [file_id], subject_id)
        await _attach(database, "handler", [file_id, file_id], subject_id)

    async def test_names_the_files_that_cannot_be_used(self, app: FastAPI, database: Database) -> None:
        mine = (await _send(app, "a.jpg", JPEG)).json()["id"]
        elsewhere = (await _send(app, "a.jpg", JPEG)).json()["id"]
        theirs = (await _send(app, "a.jpg", JPEG, "other")).json()["id"]
        await _attach(database, "handler", [elsewhere], ids.new_id())
        sent = [theirs, mine, elsewhere, str(ids.new_id())]
        with pytest.raises(NotAttachable) as caught:
            await _attach(database, "handler", sent, ids.new_id())
        assert [error.path for error in caught.value.errors] == [f"body.file_ids.{place}" for place in (0, 2, 3)]
        await _attach(database, "handler", [mine], ids.new_id())

    async def test_two_objects_at_once_one_gets_it(self, app: FastAPI, database: Database) -> None:
        file_id = (await _send(app, "a.jpg", JPEG)).json()["id"]
        tries = [_attach(database, "handler", [file_id], ids.new_id()) for _ in range(8)]
        results = await asyncio.gather(*tries, return_exceptions=True)
        assert sorted(type(result).__name__ for result in results) == ["NoneType"] + ["NotAttachable"] * 7

    async def test_refs_come_in_the_order_asked_for(self, app: FastAPI, database: Database) -> None:
        sent = [UUID((await _send(app, f"{number}.jpg", JPEG)).json()["id"]) for number in range(3)]
        async with database.unit_of_work() as session:
            found = await service.refs(session, [sent[2], ids.new_id(), sent[0]])
            assert await service.refs(session, []) == []
        assert [ref.name for ref in found] == ["2.jpg", "0.jpg"]


async def test_the_spec_says_how_to_send_and_what_comes_back(app: FastAPI) -> None:
    spec = app.openapi()
    sent = spec["paths"]["/api/v1/files"]["post"]
    form = sent["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert sent["operationId"] == "files_upload"
    assert form["properties"]["file"]["format"] == "binary"
    assert {"201", "400", "401", "413", "422"} <= set(sent["responses"])
    operations = [operation["operationId"] for path in spec["paths"].values() for operation in path.values()]
    assert all(re.fullmatch(r"files_[a-z]+", name) for name in operations)


def _kept(store_dir: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in store_dir.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("name", "sent"), [("现场.heic", heic()), ("现场.mp4", mp4())])
async def test_photographs_and_films_of_telephones_are_given_without_place_and_device(
    app: FastAPI, store_dir: Path, name: str, sent: bytes
) -> None:
    file = (await _send(app, name, sent)).json()
    answer = await _get(app, f"/files/{file['id']}/content", "handler")
    assert (answer.status_code, len(answer.content)) == (200, len(sent))
    assert not any(told in answer.content for told in (PLACE, DEVICE))
    assert _kept(store_dir) == {hashlib.sha256(sent).hexdigest(): sent}


async def test_a_film_of_which_nobody_can_say_what_it_tells_is_not_given(app: FastAPI) -> None:
    file = (await _send(app, "现场.mp4", mp4(fragments=True))).json()
    answer = await _get(app, f"/files/{file['id']}/content", "handler")
    assert (answer.status_code, answer.json()["code"]) == (409, "files.not_cleanable")


async def test_the_kept_original_still_has_what_readers_do_not_get(app: FastAPI, store_dir: Path) -> None:
    sent = with_gps(GREY)
    file = (await _send(app, "现场.jpg", sent)).json()
    answer = await _get(app, f"/files/{file['id']}/content", "handler")
    assert (answer.status_code, answer.headers["content-length"]) == (200, str(len(answer.content)))
    assert PLACE not in answer.content
    assert _kept(store_dir) == {hashlib.sha256(sent).hexdigest(): sent}
