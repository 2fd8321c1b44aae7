"""The simulated platform: in parallel, but a reply never overtakes its case."""

import asyncio

import httpx
import pytest

from xiaoneng.cli import simulate
from xiaoneng.cli.simulate import Message, Sender

pytestmark = pytest.mark.anyio


async def test_messages_of_one_case_go_one_after_the_other_and_cases_side_by_side() -> None:
    log: list[tuple[str, str]] = []

    class Unhurried(Sender):
        async def send(self, client: httpx.AsyncClient, message: Message) -> str:
            log.append(("begin", message.id))
            await asyncio.sleep(0.001 * (len(log) % 4))
            log.append(("end", message.id))
            return "accepted"

    names = ("external_no", "title", "content", "received_at", "reply", "replied_at")
    rows = (
        dict(zip(names, (f"N{n}", "题", "文", "2026-11-02 09:00", "复", "2026-11-03 09:00"), strict=True))
        for n in range(60)
    )
    sender = Unhurried("http://nowhere", "city", "")
    tally = await simulate._replay(simulate._messages(rows, dict(zip(names, names, strict=True))), sender, 0)
    assert (tally.accepted, tally.refused) == (120, 0)
    place = {entry: index for index, entry in enumerate(log)}
    assert all(place["end", f"created-N{n}"] < place["begin", f"replied-N{n}"] for n in range(60))
    open_now = most = 0
    for what, _ in log:
        open_now += 1 if what == "begin" else -1
        most = max(most, open_now)
    assert most > 1
