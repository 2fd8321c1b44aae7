"""What people and programs send by mistake or on purpose: taken as it is or refused as a problem, never a fault."""

import json
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import jsonschema_rs
import pytest
from standardwebhooks import webhooks
from tests.contract.serving import Served
from tests.fixtures.region import HOTLINE_SECRET

from xiaoneng.kit import clock, signing
from xiaoneng.kit.problems import MEDIA_TYPE

FAULTY_TEXTS = [
    "\x00",
    "a\x00b",
    "\x7f\x1b[2J",
    "\u202e\u2066",
    "\ufeff",
    "\U0010ffff",
    "𠮷野家",
    "\r\n\r\nSet-Cookie: a=b",
]
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def naughty(security_data: Path) -> list[str]:
    strings: list[str] = json.loads((security_data / "blns.json").read_text("utf-8"))
    assert len(strings) == 515
    return strings + FAULTY_TEXTS


@pytest.fixture(scope="module")
def is_problem(security_data: Path) -> jsonschema_rs.Validator:
    schema = json.loads((security_data / "rfc9457_problem.schema.json").read_text("utf-8"))
    return jsonschema_rs.validator_for(schema, validate_formats=True)


def check(answer: httpx.Response, is_problem: jsonschema_rs.Validator, status: int | None = None) -> None:
    """The answer is an error as RFC 9457 has it, and its members agree with the answer around it."""
    assert answer.headers["content-type"] == MEDIA_TYPE, answer.text
    body = answer.json()
    is_problem.validate(body)
    assert body["status"] == answer.status_code == (status or answer.status_code)
    assert body["request_id"] == answer.headers["x-request-id"]
    assert body["code"]
    assert body["title"]


class TestNaughtyStrings:
    def test_what_an_operator_registers_reads_back_as_it_was_sent(
        self, served: Served, naughty: list[str], is_problem: jsonschema_rs.Validator
    ) -> None:
        accepted = 0
        with served.client("operator") as client:
            for text in naughty:
                body = {"kind": "request", "channel": "visit", "title": text, "content": text, "place": text}
                answer = client.post("/cases", json=body)
                if answer.status_code != 201:
                    check(answer, is_problem, 422)
                    continue
                read = client.get(f"/cases/{answer.json()['id']}").json()
                assert (read["title"], read["content"], read["place"]) == (text.strip(), text, text)
                accepted += 1
        assert accepted > 400

    def test_what_a_citizen_submits_is_found_by_its_receipt(
        self, served: Served, naughty: list[str], is_problem: jsonschema_rs.Validator
    ) -> None:
        with served.client() as client:
            for text in naughty:
                contact = {"name": text[:60] or "无"}
                body = {"kind": "complaint", "title": "路灯" + text[:180], "content": "不亮" + text, "contact": contact}
                answer = client.post("/public/cases", json=body)
                if answer.status_code != 201:
                    check(answer, is_problem, 422)
                    continue
                tracked = client.post("/public/receipts/track", json=answer.json()["receipt"])
                if tracked.status_code == 429:  # the limit on tries holds for these as well
                    continue
                assert tracked.json()["title"] == body["title"].strip()

    def test_search_takes_everything_for_text(
        self, served: Served, naughty: list[str], is_problem: jsonschema_rs.Validator
    ) -> None:
        with served.client("office") as client:
            for text in naughty:
                answer = client.get("/cases", params={"q": text})
                if answer.status_code != 200:
                    check(answer, is_problem, 422)

    def test_signed_messages_are_kept_or_refused(
        self, served: Served, naughty: list[str], is_problem: jsonschema_rs.Validator
    ) -> None:
        with served.client() as client:
            for text in naughty:
                data = {"external_no": text[:60], "title": text, "content": text, "kind": text, "more": {text: text}}
                event = {"type": "case.created", "occurred_at": "2026-11-22T10:00:00+08:00", "data": data}
                answer = send(client, event)
                if answer.status_code != 202:
                    check(answer, is_problem, 422)


def send(client: httpx.Client, event: dict[str, Any]) -> httpx.Response:
    body = json.dumps(event)
    headers = signing.sign(HOTLINE_SECRET, f"msg_{uuid4().hex}", clock.now(), body)
    return client.post("/hotline/city/events", content=body, headers={**headers, **JSON})


class TestBrokenPayloads:
    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"{",
            b"null",
            b"[]",
            b'"text"',
            b"\xff\xfe{}",
            b'{"title": "\xc3\x28"}',
            b'{"title": "\\ud800"}',
            b'{"\\ud800": 1}',
            b'{"kind": "\\udfff\\ud800"}',
            b'{"title": NaN}',
            b'{"title": 1e999}',
            b'{"title": ' + b"9" * 5000 + b"}",
            b'{"title": ' + b"[" * 3000 + b"]" * 3000 + b"}",
            b'{"title": "a", "title": "b"}',
        ],
    )
    def test_is_refused_as_a_problem(self, served: Served, is_problem: jsonschema_rs.Validator, body: bytes) -> None:
        with served.client("operator") as client:
            check(client.post("/cases", content=body, headers=JSON), is_problem)
            key = {"Idempotency-Key": str(uuid4())}
            check(client.post("/public/cases", content=body, headers=JSON | key), is_problem)

    def test_body_of_another_kind_is_refused(self, served: Served, is_problem: jsonschema_rs.Validator) -> None:
        with served.client("operator") as client:
            for kind in (
                "text/plain",
                "application/xml",
                "multipart/form-data",
                "application/json; charset=utf-7",
                "x",
            ):
                check(client.post("/cases", content=b"{}", headers={"Content-Type": kind}), is_problem)

    def test_a_key_may_be_anything_printable_and_a_form_may_have_one(self, served: Served) -> None:
        with served.client("secadmin") as client:
            form = {"file": ("a.csv", b"\xff\x00", "text/csv")}
            for key in (str(uuid4()), "键", "a" * 255):
                answers = [
                    client.post("/units/imports", files=form, headers={"Idempotency-Key": key.encode()})
                    for _ in range(2)
                ]
                assert {answer.status_code for answer in answers} <= {403, 422}

    def test_an_upload_sent_twice_with_its_key_is_one_file(self, served: Served) -> None:
        key = {"Idempotency-Key": str(uuid4())}
        with served.client("operator") as client:
            first, again = (
                client.post("/files", files={"file": ("说明.txt", "路灯".encode(), "text/plain")}, headers=key)
                for _ in range(2)
            )
        assert (first.status_code, again.status_code) == (201, 201), again.text
        assert again.json() == first.json()
        assert again.headers["idempotent-replayed"] == "true"


class TestEveryKindOfError:
    def test_is_a_problem_of_rfc_9457(self, served: Served, is_problem: jsonschema_rs.Validator) -> None:
        case = {"kind": "request", "channel": "visit", "title": "路灯不亮", "content": "三天不亮。"}
        with served.client("operator") as client, served.client() as nobody:
            made = client.post("/cases", json=case).json()
            actions = f"/cases/{made['id']}/actions"
            key = {"Idempotency-Key": str(uuid4())}
            unhappy = {"solved": "no", "stars": 1}
            assert client.post("/cases", json=case, headers=key).status_code == 201
            for status, answer in (
                (400, client.post("/files", content=b"x", headers={"Content-Type": "multipart/form-data"})),
                (401, nobody.get("/cases")),
                (403, client.get("/accounts")),
                (404, client.get(f"/cases/{uuid4()}")),
                (404, client.get("/nothing/here")),
                (405, client.delete("/cases")),
                (409, client.post(f"{actions}/call_back", json=unhappy, headers={"If-Match": f'"{made["rev"]}"'})),
                (412, client.post(f"{actions}/call_back", json=unhappy, headers={"If-Match": '"99"'})),
                (412, client.post(f"{actions}/call_back", json=unhappy, headers={"If-Match": "9" * 5000})),
                (413, client.post("/cases", content=b" " * (33 * 1024 * 1024), headers=JSON)),
                (422, client.post("/cases", json={})),
                (422, client.post("/cases", json=case | {"title": "另一件事"}, headers=key)),
                (428, client.post(f"{actions}/call_back", json=unhappy)),
            ):
                check(answer, is_problem, status)

    def test_says_which_methods_an_address_serves(self, served: Served) -> None:
        with served.client("operator") as client:
            for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"):
                answer = client.request(method, "/cases")
                assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST"), method
            assert client.get("/auth/login").headers["allow"] == "POST"
            assert client.put("/nothing/here").status_code == 404


def stopped_at(seconds: int) -> type[datetime]:
    class Stopped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return datetime.fromtimestamp(seconds, tz)

    return Stopped


def test_standard_webhooks_vectors(security_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = json.loads((security_data / "standard_webhooks_vectors.json").read_text("utf-8"))
    wrong = []
    for vector in vectors:
        given = {
            signing.ID_HEADER: vector["id"],
            signing.TIMESTAMP_HEADER: vector["timestamp"],
            signing.SIGNATURE_HEADER: vector["signature"],
        }
        headers = {name: value for name, value in given.items() if value is not None}
        monkeypatch.setattr(webhooks, "datetime", stopped_at(vector["clock"]))
        genuine = signing.is_genuine([vector["secret"]], vector["body"].encode(), headers)
        if genuine != (vector["expect"] == "valid"):
            wrong.append(vector["name"])
    assert len(vectors) == 19
    assert wrong == []
