"""Messages of a 12345 platform: genuine, exactly once, nothing lost."""

import asyncio
import json
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from tests.fixtures.region import HOTLINE_SECRET, World, done

from xiaoneng.features.cases.service import system
from xiaoneng.features.hotline.service import inbox
from xiaoneng.kit import clock
from xiaoneng.kit.signing import sign

pytestmark = pytest.mark.anyio
PATH = "/hotline/city/events"


def created(number: str = "GD-1", **more: Any) -> dict[str, Any]:
    data = {"external_no": number, "title": "路面积水", "content": "雨后路面积水\n\t无法通行。 ", **more}
    return {"type": "case.created", "occurred_at": "2026-03-02T09:00:00+08:00", "data": data}


async def send(
    world: World, event: Any, event_id: str = "e-1", *, secret: str = HOTLINE_SECRET, at: datetime | None = None
) -> httpx.Response:
    body = event if isinstance(event, str) else json.dumps(event, ensure_ascii=False)
    headers = {**sign(secret, event_id, at or clock.now(), body), "Content-Type": "application/json"}
    return await (await world.anybody()).post(PATH, content=body.encode(), headers=headers)


async def cases(world: World) -> list[dict[str, Any]]:
    return (await (await world.as_("operator")).get("/cases")).json()["items"]


async def only_case(world: World) -> dict[str, Any]:
    [row] = await cases(world)
    return (await (await world.as_("operator")).get(f"/cases/{row['id']}")).json()


class TestIntake:
    async def test_message_becomes_a_case_with_a_deadline_from_its_receipt(self, world: World) -> None:
        answer = await send(world, created(kind="投诉", caller={"name": "李女士", "phone": "13900001111"}))
        assert (answer.status_code, answer.json()["status"]) == (202, "accepted")
        case = await only_case(world)
        assert case["no"] == answer.json()["case_no"]
        assert (case["kind"], case["channel"], case["source"], case["external_no"]) == (
            "complaint",
            "hotline_12345",
            "city",
            "GD-1",
        )
        assert case["content"] == "雨后路面积水\n\t无法通行。 "
        assert case["received_at"] == "2026-03-02T09:00:00+08:00"
        assert case["due_at"] > case["received_at"]

    async def test_same_message_again_is_a_duplicate_and_adds_nothing(self, world: World) -> None:
        first = await send(world, created())
        second = await send(world, created())
        assert (second.status_code, second.json()["status"]) == (202, "duplicate")
        assert second.json()["case_no"] == first.json()["case_no"]
        assert len(await cases(world)) == 1

    async def test_ten_copies_at_once_make_one_case(self, world: World) -> None:
        answers = await asyncio.gather(*(send(world, created()) for _ in range(10)))
        assert {answer.status_code for answer in answers} <= {202, 409}
        assert 202 in {answer.status_code for answer in answers}
        assert len(await cases(world)) == 1

    async def test_same_number_under_another_event_id_makes_no_second_case(self, world: World) -> None:
        await send(world, created(), "e-1")
        answer = await send(world, created(title="路面积水，再次来电"), "e-2")
        assert answer.status_code == 202
        assert len(await cases(world)) == 1

    async def test_unknown_words_are_kept_as_they_came(self, world: World) -> None:
        await send(
            world, created(kind="市长直通车", urgency="加急加急", channel="抖音", category="没有的分类", extra={"a": 1})
        )
        async with world.database.unit_of_work() as session:
            case = await system.find_external(session, "city", "GD-1")
            assert case is not None
            assert case.raw_values == {
                "kind": "市长直通车",
                "urgency": "加急加急",
                "channel": "抖音",
                "category": "没有的分类",
            }


class TestRefusals:
    @pytest.mark.parametrize(
        ("secret", "age"),
        [
            ("whsec_" + "d3Jvbmcgd3Jvbmcgd3Jvbmcgd3Jvbmcgd3Jvbmc=", 0),
            (HOTLINE_SECRET, 301),
            (HOTLINE_SECRET, -301),
        ],
    )
    async def test_wrong_key_or_stale_timestamp_answers_401(self, world: World, secret: str, age: int) -> None:
        answer = await send(world, created(), secret=secret, at=clock.now() - timedelta(seconds=age))
        assert (answer.status_code, answer.json()["code"]) == (401, "hotline.signature_invalid")
        assert await cases(world) == []

    async def test_changed_body_missing_headers_and_unknown_source_answer_401(self, world: World) -> None:
        client = await world.anybody()
        body = json.dumps(created())
        headers = sign(HOTLINE_SECRET, "e-1", clock.now(), body)
        changed = await client.post(PATH, content=body.replace("GD-1", "GD-2"), headers=headers)
        bare = await client.post(PATH, content=body)
        garbled = await client.post(PATH, content=body, headers={**headers, "webhook-signature": "v1 nonsense"})
        unknown = await client.post("/hotline/nobody/events", content=body, headers=headers)
        assert [answer.status_code for answer in (changed, bare, garbled, unknown)] == [401] * 4
        assert await cases(world) == []

    async def test_same_id_with_another_body_answers_422(self, world: World) -> None:
        await send(world, created())
        answer = await send(world, created(title="另一件事"))
        assert (answer.status_code, answer.json()["code"]) == (422, "hotline.event_id_reused")
        assert len(await cases(world)) == 1

    @pytest.mark.parametrize(
        "body", ["not json", "[]", '{"type": "case.created"}', '{"type":"x","occurred_at":"?","data":{}}']
    )
    async def test_unreadable_body_answers_422_and_can_be_sent_again_corrected(self, world: World, body: str) -> None:
        answer = await send(world, body)
        assert (answer.status_code, answer.json()["code"]) == (422, "hotline.body_unreadable")
        assert (await send(world, created())).status_code == 202


class TestOtherEvents:
    async def test_unknown_type_is_kept_and_accepted(self, world: World) -> None:
        event = {"type": "case.hypnotised", "occurred_at": "2026-03-02T09:00:00+08:00", "data": {"external_no": "GD-1"}}
        answer = await send(world, event)
        assert (answer.status_code, answer.json()["status"]) == (202, "accepted")

    async def test_reply_before_its_case_waits_and_is_applied(self, world: World) -> None:
        data = {"external_no": "GD-1", "text": "已抽排积水。", "replied_at": "2026-03-04T10:00:00+08:00"}
        reply = {"type": "case.replied", "occurred_at": "2026-03-04T10:00:00+08:00", "data": data}
        assert (await send(world, reply, "r-1")).status_code == 202
        await send(world, created(), "e-1")
        assert (await only_case(world))["status"] == "registered"
        async with world.database.unit_of_work() as session:
            assert await inbox.apply_waiting(session) == 1
        case = await only_case(world)
        assert (case["status"], case["reply"]["text"], case["reply"]["working_days"]) == ("replied", "已抽排积水。", 2)
        latency = (await (await world.as_("office")).get("/statistics/reply-latency", params={"source": "city"})).json()
        assert (latency["replied"], {b["working_days"]: b["count"] for b in latency["within"]}[3]) == (1, 1)

    async def test_what_the_platform_answered_and_is_redone_waits_for_a_unit(self, world: World) -> None:
        await send(world, created(), "e-1")
        data = {"external_no": "GD-1", "text": "已抽排积水。", "replied_at": "2026-03-04T10:00:00+08:00"}
        await send(world, {"type": "case.replied", "occurred_at": "2026-03-04T10:00:00+08:00", "data": data}, "r-1")
        case = await only_case(world)
        assert (case["status"], case["lead_unit"]) == ("replied", None)
        case = await done(world, "office", case, "redo", reason="积水仍在")
        assert (case["status"], case["reply"], case["redo_count"]) == ("registered", None, 1)
        assert [one["kind"] for one in case["clocks"] if one["state"] != "stopped"] == ["finish"]
        unit_id = str(world.units["ML17"])
        case = await done(world, "operator", case, "dispatch", unit_id=unit_id)
        assert (case["status"], case["lead_unit"]["id"]) == ("to_sign", unit_id)

    async def test_urge_stands_in_the_timeline(self, world: World) -> None:
        await send(world, created(), "e-1")
        urge = {
            "type": "case.urged",
            "occurred_at": "2026-03-03T09:00:00+08:00",
            "data": {"external_no": "GD-1", "note": "再次来电"},
        }
        await send(world, urge, "u-1")
        case = await only_case(world)
        entries = (await (await world.as_("operator")).get(f"/cases/{case['id']}/timeline")).json()["items"]
        assert entries[0]["action"] == "urge_by_source"
        assert entries[0]["reason"] == "再次来电"
