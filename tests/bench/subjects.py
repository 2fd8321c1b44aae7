"""What is measured: the requests, and the statements that are their floor."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from uuid import UUID

import httpx
from tests.bench.capture import SHARED_KEY, script
from tests.bench.region import ID_PATTERN, SECRET, SOURCE

from xiaoneng.kit import clock, ids
from xiaoneng.kit.signing import sign

API = "/api/v1"
_NUMBER = "'P' || nextval('bench_no')"
_ONE_OF_LOADED = f"('{ID_PATTERN}' || lpad(to_hex(:n::bigint), 12, '0'))::uuid"
_STRIDE = 7_368_787
"""A prime, so that consecutive reads lie far apart and none comes twice too soon."""
_CONTENT = "门前的路灯已经坏了三天，晚上经过的老人和孩子很不安全，希望有关部门尽快派人修理并给予答复。"


@dataclass(frozen=True, slots=True)
class Request:
    """One request to the API."""

    method: str
    path: str
    headers: dict[str, str]
    body: str = ""

    def raw(self) -> bytes:
        """As it goes over the wire."""
        content = self.body.encode()
        headers = {"Host": "bench", **self.headers}
        if content:
            headers |= {"Content-Type": "application/json", "Content-Length": str(len(content))}
        lines = [f"{self.method} {self.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        return "\r\n".join([*lines, "", ""]).encode() + content

    def prepared(self) -> httpx.Request:
        """For a client inside the process."""
        headers = {**self.headers, "Content-Type": "application/json"}
        return httpx.Request(self.method, f"http://bench{self.path}", headers=headers, content=self.body)


@dataclass(frozen=True, slots=True)
class World:
    """What requests are made from."""

    rows: int
    units: Sequence[str]
    major: int
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def any_unit(self) -> str:
        """One unit after the other."""
        return self.units[next(self._numbers) % len(self.units)]

    def any_case(self) -> str:
        """The id of one loaded case after the other, far apart."""
        return f"{ID_PATTERN}{next(self._numbers) * _STRIDE % self.rows + 1:012x}"


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing to measure. `floor` makes pgbench scripts of the statements heard and of the request's answer."""

    name: str
    ask: Callable[[World, dict[str, str]], Request]
    floor: Callable[[World, list[str], Request, httpx.Response], list[str]]
    is_once_only: bool = False
    is_page: bool = False


def _create(world: World, login: dict[str, str]) -> Request:
    body = {"kind": "complaint", "channel": "visit", "title": "门前路灯不亮", "content": _CONTENT}
    return Request("POST", f"{API}/cases", login, json.dumps(body, ensure_ascii=False))


def _event(world: World, _: dict[str, str]) -> Request:
    number, now = ids.new_id().hex, clock.now()
    data = {"external_no": number, "title": "门前路灯不亮", "content": _CONTENT, "kind": "投诉"}
    body = json.dumps({"type": "case.created", "occurred_at": now.isoformat(), "data": data}, ensure_ascii=False)
    return Request("POST", f"{API}/hotline/{SOURCE}/events", sign(SECRET, f"created-{number}", now, body), body)


def _page(status: str) -> Callable[[World, dict[str, str]], Request]:
    def ask(world: World, login: dict[str, str]) -> Request:
        query = f"unit_id={world.any_unit()}&status={status}&sort=due_at&limit=20"
        return Request("GET", f"{API}/cases?{query}", login)

    return ask


def _read(world: World, login: dict[str, str]) -> Request:
    return Request("GET", f"{API}/cases/{world.any_case()}", login)


def _timeline(world: World, login: dict[str, str]) -> Request:
    read = _read(world, login)
    return Request(read.method, f"{read.path}/timeline", login)


def _inserts(world: World, heard: list[str], request: Request, answer: httpx.Response) -> list[str]:
    """The same rows again and again, each time with keys and numbers of their own."""
    [statement] = [text for text in heard if "INSERT INTO" in text]
    own: dict[str, str] = dict.fromkeys(re.findall(r"VALUES \('([0-9a-f]{32})'::uuid", statement), "new()")
    body = json.loads(request.body)
    if "data" in body:
        own |= {body["data"]["external_no"]: _NUMBER, request.headers["webhook-id"]: _NUMBER}
        own[_subject_of(statement)] = SHARED_KEY
        own[answer.json()["case_no"]] = _NUMBER
    else:
        own |= {UUID(answer.json()["id"]).hex: SHARED_KEY, answer.json()["no"]: _NUMBER}
    return [script(statement, own, world.major)]


def _subject_of(statement: str) -> str:
    found = re.search(r"'case', '([0-9a-f]{32})'", statement)
    assert found, "an intake writes a row that names the case"
    return found[1]


def _selects_by_unit(world: World, heard: list[str], request: Request, answer: httpx.Response) -> list[str]:
    [asked] = re.findall(r"unit_id=([0-9a-f-]+)", request.path)
    return [script(heard[0], {UUID(asked).hex: f"'{unit}'::uuid"}, world.major) for unit in world.units]


def _select_by_key(table: str) -> Callable[[World, list[str], Request, httpx.Response], list[str]]:
    def floor(world: World, heard: list[str], request: Request, answer: httpx.Response) -> list[str]:
        statement = next(text for text in heard if f"FROM {table}" in text)
        key = UUID(request.path.split("/")[4]).hex
        return [f"\\set n random(1, {world.rows})\n" + script(statement, {key: _ONE_OF_LOADED}, world.major)]

    return floor


SUBJECTS = (
    Subject("intake, POST /cases", _create, _inserts),
    Subject("intake, hotline inbox", _event, _inserts, is_once_only=True),
    Subject("page of 20, at work", _page("handling"), _selects_by_unit, is_page=True),
    Subject("page of 20, closed", _page("closed"), _selects_by_unit, is_page=True),
    Subject("read one case", _read, _select_by_key('"case"')),
    Subject("its timeline", _timeline, _select_by_key("timeline_entry")),
)
