"""Playing a 12345 platform: messages of a CSV file go through the signed webhook of a running server."""

import asyncio
import csv
import gzip
import json
import sys
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer

from xiaoneng.kit import clock
from xiaoneng.kit.signing import sign

TEXT_FIELDS = ("external_no", "title", "content", "kind", "category", "place", "urgency")
CALLER_FIELDS = ("name", "phone")
FIELDS = (*TEXT_FIELDS, *CALLER_FIELDS, "received_at", "reply", "replied_at")
NEEDED = frozenset({"external_no", "title", "content", "received_at"})
PARALLEL = 8
_RETRY_STATUSES = {409, 429, 502, 503, 504}
MAX_TRIES = 8
STEP_IN_A_FILE = 1_000
"""A terminal sees every message counted, a log only each thousandth."""


@dataclass(frozen=True, slots=True)
class Message:
    """One signed message: its id stays the same however often it is sent. Those of one case go out one by one."""

    id: str
    case: str
    body: str


@dataclass(slots=True)
class Tally:
    """What the server said."""

    accepted: int = 0
    duplicate: int = 0
    refused: int = 0

    @property
    def total(self) -> int:
        """All answers."""
        return self.accepted + self.duplicate + self.refused


def simulate(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV 文件，可为 .gz")],
    source: Annotated[str, typer.Option(help="来源平台代码")],
    columns: Annotated[list[str], typer.Option("--map", help=f"字段=列名，可多次；字段：{'、'.join(FIELDS)}")],
    secret: Annotated[str, typer.Option(help="来源平台密钥 whsec_…", envvar="XIAONENG_SIMULATE_SECRET")],
    url: Annotated[str, typer.Option(help="服务地址")] = "http://127.0.0.1:8000",
    speed: Annotated[float, typer.Option(help="每秒条数，0 为尽快")] = 0.0,
) -> None:
    """Replay a CSV of messages through the signed webhook, with progress."""
    mapping = dict(pair.split("=", 1) for pair in columns)
    unknown = mapping.keys() - set(FIELDS)
    if unknown or not mapping.keys() >= NEEDED:
        raise typer.BadParameter(f"unknown fields {sorted(unknown)}; needed are {sorted(NEEDED)}")
    tally = asyncio.run(_replay(_messages(_rows(file), mapping), Sender(url, source, secret), speed))
    typer.echo(f"\n{tally.accepted} accepted, {tally.duplicate} known before, {tally.refused} refused")
    if tally.refused:
        raise typer.Exit(1)


def _rows(file: Path) -> Iterator[dict[str, str]]:
    opener: Any = gzip.open if file.suffix == ".gz" else open
    csv.field_size_limit(sys.maxsize)
    with opener(file, "rt", encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)


def _messages(rows: Iterator[Mapping[str, str]], mapping: Mapping[str, str]) -> Iterator[Message]:
    for row in rows:
        values = {field: row[column] for field, column in mapping.items() if row.get(column)}
        yield _created(values)
        if "reply" in values and "replied_at" in values:
            yield _replied(values)


def _created(values: Mapping[str, str]) -> Message:
    received = _moment(values["received_at"])
    data: dict[str, Any] = {name: values[name] for name in TEXT_FIELDS if name in values}
    caller = {name: values[name] for name in CALLER_FIELDS if name in values}
    data |= {"received_at": received} | ({"caller": caller} if caller else {})
    return _message("created", values["external_no"], {"type": "case.created", "occurred_at": received, "data": data})


def _replied(values: Mapping[str, str]) -> Message:
    replied = _moment(values["replied_at"])
    data = {"external_no": values["external_no"], "text": values["reply"], "replied_at": replied}
    return _message("replied", values["external_no"], {"type": "case.replied", "occurred_at": replied, "data": data})


def _message(kind: str, external_no: str, body: Mapping[str, Any]) -> Message:
    return Message(f"{kind}-{external_no}", external_no, json.dumps(body, ensure_ascii=False))


def _moment(text: str) -> str:
    """A time of the file, in the region's zone when it names none."""
    parsed = datetime.fromisoformat(text.strip().replace("/", "-"))
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=clock.REGION_ZONE)).isoformat()


@dataclass(frozen=True, slots=True)
class Sender:
    """Where messages go, and as whom."""

    url: str
    source: str
    secret: str

    async def send(self, client: httpx.AsyncClient, message: Message) -> str:
        """Send until the server has it, at most eight times; returns its word or the problem's code."""
        address = f"{self.url}/api/v1/hotline/{self.source}/events"
        for attempt in range(MAX_TRIES):
            headers = sign(self.secret, message.id, clock.now(), message.body)
            try:
                answer = await client.post(address, content=message.body.encode(), headers=headers)
            except httpx.TransportError:
                await asyncio.sleep(0.2 * 2**attempt)
                continue
            if answer.status_code not in _RETRY_STATUSES:
                body = answer.json()
                return str(body.get("status") if answer.is_success else body.get("code"))
            await asyncio.sleep(0.2 * 2**attempt)
        return "unreachable"


async def _replay(messages: Iterator[Message], sender: Sender, speed: float) -> Tally:
    """Send in parallel, but every message of one case through one line: a reply never overtakes its case."""
    tally = Tally()
    lines: list[asyncio.Queue[Message | None]] = [asyncio.Queue(PARALLEL) for _ in range(PARALLEL)]
    async with httpx.AsyncClient(timeout=30, headers={"Content-Type": "application/json"}) as client:
        senders = [asyncio.create_task(_drain(line, client, sender, tally)) for line in lines]
        for message in messages:
            await lines[zlib.crc32(message.case.encode()) % PARALLEL].put(message)
            if speed:
                await asyncio.sleep(1 / speed)
        for line in lines:
            await line.put(None)
        await asyncio.gather(*senders)
    return tally


async def _drain(queue: asyncio.Queue[Message | None], client: httpx.AsyncClient, sender: Sender, tally: Tally) -> None:
    step = 1 if sys.stdout.isatty() else STEP_IN_A_FILE
    while (message := await queue.get()) is not None:
        word = await sender.send(client, message)
        if word in {"accepted", "duplicate"}:
            setattr(tally, word, getattr(tally, word) + 1)
        else:
            tally.refused += 1
            typer.echo(f"\n{message.id}: {word}", err=True)
        if tally.total % step == 0:
            typer.echo(f"\r{tally.total} messages", nl=False)
