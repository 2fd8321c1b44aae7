"""Exactly once on the way in: a platform sends and sends again while the server is killed over and over.

`XIAONENG_FAULTS_DELIVERIES` and `XIAONENG_FAULTS_KILLS` choose another size (security.md bar 21).
"""

import asyncio
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx
import psycopg
import pytest
from psycopg.rows import dict_row, tuple_row
from pydantic_settings import BaseSettings, SettingsConfigDict
from tests.faults import processes
from tests.fixtures.postgres import upgrade_to_head
from tests.fixtures.region import HOTLINE_SECRET
from typing_extensions import override

from xiaoneng.cli import demo
from xiaoneng.cli.simulate import Message, Sender
from xiaoneng.kit import clock
from xiaoneng.kit.crypto import provider
from xiaoneng.kit.embedded_pg import server

pytestmark = pytest.mark.anyio
SENDERS = 16
DISTINCT_SHARE = 0.78
ACKNOWLEDGED = frozenset({"accepted", "duplicate"})


class Size(BaseSettings):
    """How much is sent and how often the server dies; the time limit is for all of it."""

    model_config = SettingsConfigDict(env_prefix="XIAONENG_FAULTS_")

    deliveries: int = 20_000
    kills: int = 30
    seconds: int = 1_800


@pytest.fixture
def durable_url() -> Iterator[str]:
    """A region with a 12345 platform, on a cluster that really writes to the disk."""
    with tempfile.TemporaryDirectory(prefix="xn-faults-") as place:
        Path(place).chmod(0o755)
        root = Path(place, "pg")
        with server.running(root, durable=True) as cluster:
            upgrade_to_head(cluster.owner_dsn)
            asyncio.run(_found(cluster.app_dsn))
            yield cluster.app_dsn
        server.destroy(root)


async def _found(url: str) -> None:
    await demo.seed_once(url, with_work=False)
    await demo.save_source(url, "city", "市12345平台", HOTLINE_SECRET)


@dataclass
class Traffic:
    """What is sent and what came back. `broken` counts requests without an answer, `refused` final refusals."""

    texts: dict[str, str]
    waiting: list[Message]
    acknowledged: set[str] = field(default_factory=set)
    answers: Counter[str] = field(default_factory=Counter)
    done: int = 0
    broken: int = 0

    @classmethod
    def of(cls, size: Size, dice: random.Random) -> "Traffic":
        """Distinct messages, some again, in an order that is not that of the events."""
        distinct = int(size.deliveries * DISTINCT_SHARE)
        texts = {f"W{n:06}": f"第{n}号诉求：{dice.getrandbits(64):x}" for n in range(distinct)}
        messages = [_created(external_no, text, n) for n, (external_no, text) in enumerate(texts.items())]
        again = dice.choices(messages, k=size.deliveries - len(messages) - 1)
        waiting = messages + again
        dice.shuffle(waiting)
        return cls(texts, [waiting[-1], *waiting])  # one pair at the very same moment


class CountingTransport(httpx.AsyncHTTPTransport):
    """Counts the requests whose connection broke."""

    def __init__(self, traffic: Traffic) -> None:
        super().__init__()
        self.traffic = traffic

    @override
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            return await super().handle_async_request(request)
        except httpx.TransportError:
            self.traffic.broken += 1
            raise


def _created(external_no: str, text: str, number: int) -> Message:
    at = (clock.now() - timedelta(days=2) + timedelta(seconds=number)).isoformat()
    data = {"external_no": external_no, "title": f"诉求 {external_no}", "content": text, "received_at": at}
    body = {"type": "case.created", "occurred_at": at, "data": data}
    return Message(f"created-{external_no}", external_no, json.dumps(body, ensure_ascii=False))


async def _send(traffic: Traffic, client: httpx.AsyncClient, sender: Sender) -> None:
    """Send until nothing waits; a message nobody acknowledged goes on being sent, as a platform would."""
    while traffic.waiting:
        message = traffic.waiting.pop()
        word = "unreachable"
        while word == "unreachable":
            word = await sender.send(client, message)
        traffic.answers[word] += 1
        if word in ACKNOWLEDGED:
            traffic.acknowledged.add(message.id)
        traffic.done += 1


async def _kill_often(traffic: Traffic, url: str, port: int, size: Size, dice: random.Random) -> int:
    """Run the server and kill it `size.kills` times, evenly over the traffic, at moments of no choice of its own."""
    kills = 0
    process = processes.started(processes.serve, url, port)
    while traffic.done < size.deliveries:
        if kills < size.kills and traffic.done >= (kills + 1) * size.deliveries // (size.kills + 1):
            await asyncio.sleep(dice.uniform(0, 0.05))
            processes.kill(process)
            kills += 1
            process = processes.started(processes.serve, url, port)
        await asyncio.sleep(0.005)
    processes.kill(process)
    return kills


async def _storm(traffic: Traffic, url: str, size: Size, dice: random.Random) -> int:
    port = processes.free_port()
    sender = Sender(f"http://{processes.HOST}:{port}", "city", HOTLINE_SECRET)
    headers = {"Content-Type": "application/json"}
    async with (
        asyncio.timeout(size.seconds),
        httpx.AsyncClient(timeout=30, headers=headers, transport=CountingTransport(traffic)) as client,
        asyncio.TaskGroup() as tasks,
    ):
        killing = tasks.create_task(_kill_often(traffic, url, port, size, dice))
        for _ in range(SENDERS):
            tasks.create_task(_send(traffic, client, sender))
    return killing.result()


ROWS_OF_CASES = {
    "running finish clock": "kind = 'finish' AND state = 'running' FROM clock",
    "register entry": "action = 'register' FROM timeline_entry",
    "case.registered event": "topic = 'case.registered' FROM outbox_event",
}


def _check(url: str, traffic: Traffic) -> None:
    """Nothing lost, nothing double, nothing half."""
    with psycopg.connect(url, row_factory=dict_row) as connection:
        cases = connection.execute('SELECT id, no, external_no, content FROM "case"').fetchall()
        inbox = connection.execute("SELECT event_id, state, case_no, body FROM hotline_message").fetchall()
        connection.row_factory = tuple_row
        for what, query in ROWS_OF_CASES.items():
            found = connection.execute(f"SELECT subject_id, {query} WHERE subject_type = 'case'")
            rows = Counter(found.fetchall())
            assert rows == {(case["id"], True): 1 for case in cases}, f"not exactly one {what} for each case"
    assert len(cases) == len(inbox) == len(traffic.texts)
    assert {case["external_no"]: case["content"] for case in cases} == traffic.texts
    assert {message["event_id"] for message in inbox} == traffic.acknowledged
    numbers = {case["external_no"]: case["no"] for case in cases}
    for message in inbox:
        data = json.loads(provider().unseal(message["body"]))["data"]
        assert message["event_id"] == f"created-{data['external_no']}"
        assert data["content"] == traffic.texts[data["external_no"]]
        assert (message["state"], message["case_no"]) == ("applied", numbers[data["external_no"]])


async def test_every_message_becomes_one_case_however_often_the_server_dies(
    durable_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    size, dice = Size(), random.SystemRandom()
    traffic = Traffic.of(size, dice)
    began = clock.now()
    kills = await _storm(traffic, durable_url, size, dice)
    took = (clock.now() - began).total_seconds()
    with capsys.disabled():
        sys.stdout.write(f"\n{kills} kills, {traffic.broken} broken requests, {took:.0f} s, {dict(traffic.answers)}\n")
    assert kills == size.kills
    assert traffic.broken >= kills, "the server must have died while requests were open"
    assert traffic.answers.keys() <= ACKNOWLEDGED
    assert traffic.acknowledged == {f"created-{external_no}" for external_no in traffic.texts}
    _check(durable_url, traffic)
