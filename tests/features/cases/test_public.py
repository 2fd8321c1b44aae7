"""The citizen's side: submit, track and rate by receipt."""

import json

import pytest
from tests.features.cases.test_lifecycle import replied
from tests.fixtures.region import World, act

pytestmark = pytest.mark.anyio
BODY = {
    "kind": "complaint",
    "title": "夜间施工噪声",
    "content": "工地夜间施工，影响休息。",
    "contact": {"phone": "13812345678"},
}


async def submitted(world: World, **more: object) -> dict:
    answer = await (await world.anybody()).post("/public/cases", json={**BODY, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


class TestSubmit:
    async def test_answer_carries_number_receipt_and_promises(self, world: World) -> None:
        made = await submitted(world)
        assert (len(made["receipt"]["number"]), len(made["receipt"]["secret"])) == (8, 20)
        assert [promise["kind"] for promise in made["promises"]] == ["finish"]

    async def test_repeated_tap_gives_the_same_receipt_and_one_case(self, world: World) -> None:
        client = await world.anybody()
        headers = {"Idempotency-Key": "f0d8e1c2-tap"}
        answers = [await client.post("/public/cases", json=BODY, headers=headers) for _ in range(2)]
        assert answers[0].json() == answers[1].json()
        assert (await (await world.as_("office")).get("/cases?with_total=true")).json()["total"] == 1

    async def test_receipt_stands_nowhere_in_the_database(self, world: World) -> None:
        made = await (await world.anybody()).post("/public/cases", json=BODY, headers={"Idempotency-Key": "k" * 20})
        secret = made.json()["receipt"]["secret"]
        dump = await dumped(world)
        assert made.json()["no"] in dump
        assert secret not in dump
        assert "13812345678" not in dump

    async def test_the_hotline_desk_sees_it_and_may_dispatch_it(self, world: World) -> None:
        made = await submitted(world)
        client = await world.as_("operator")
        case = (await client.get("/cases")).json()["items"][0]
        assert case["no"] == made["no"]
        shown = (await client.get(f"/cases/{case['id']}")).json()
        assert "dispatch" in {action["action"] for action in shown["available_actions"]}
        others = (await (await world.as_("cg.liaison")).get("/cases")).json()
        assert others["items"] == [], "a unit sees it only once it is dispatched there"

    async def test_anonymous_submission_may_not_carry_a_contact(self, world: World) -> None:
        answer = await (await world.anybody()).post("/public/cases", json={**BODY, "anonymous": True})
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "anonymous_caller")


async def dumped(world: World) -> str:
    """Every row of every table as text."""
    async with world.database.engine.connect() as connection:
        tables = await connection.exec_driver_sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        parts = []
        for (name,) in tables.all():
            rows = await connection.exec_driver_sql(f'SELECT t::text FROM "{name}" t')
            parts += [row[0] for row in rows.all()]
    return "\n".join(parts)


class TestTrack:
    async def test_receipt_opens_its_case_only(self, world: World) -> None:
        made = await submitted(world)
        client = await world.anybody()
        seen = (await client.post("/public/receipts/track", json=made["receipt"])).json()
        assert (seen["no"], seen["status"], seen["can_rate"]) == (made["no"], "registered", False)
        assert "13812345678" not in json.dumps(seen)

    async def test_what_the_citizen_said_on_the_telephone_stands_there_without_the_note(self, world: World) -> None:
        case = await replied(world)
        issued = (await act(world, "operator", case, "issue_receipt")).json()["receipt"]
        case = (await (await world.as_("operator")).get(f"/cases/{case['id']}")).json()
        said = {"solved": "no", "stars": 1, "reason": "来电人情绪激动"}
        assert (await act(world, "operator", case, "call_back_redo", **said)).status_code == 200
        seen = (await (await world.anybody()).post("/public/receipts/track", json=issued)).json()
        assert seen["status_text"] == "承办单位正在重新办理"
        assert (seen["entries"][-1]["title"], seen["entries"][-1]["detail"]) == ("回访时您说没有解决", None)

    async def test_wrong_secret_and_unknown_number_read_the_same(self, world: World) -> None:
        receipt = (await submitted(world))["receipt"]
        client = await world.anybody()
        wrong = await client.post("/public/receipts/track", json={**receipt, "secret": "0" * 20})
        unknown = await client.post("/public/receipts/track", json={"number": "00000000", "secret": "0" * 20})
        keys = ("status", "code", "title", "detail")
        assert wrong.status_code == unknown.status_code == 404
        assert [wrong.json()[key] for key in keys] == [unknown.json()[key] for key in keys]

    async def test_eleventh_try_within_a_minute_answers_429_and_others_go_on(self, world: World) -> None:
        receipt, other = (await submitted(world))["receipt"], (await submitted(world))["receipt"]
        client = await world.anybody()
        tries = [await client.post("/public/receipts/track", json={**receipt, "secret": "0" * 20}) for _ in range(11)]
        assert [answer.status_code for answer in tries] == [404] * 10 + [429]
        assert 0 < int(tries[-1].headers["retry-after"]) <= 61
        assert (await client.post("/public/receipts/track", json=other)).status_code == 200


class TestRate:
    async def rated(self, world: World, stars: int) -> dict:
        case = await replied(world)
        issued = (await act(world, "operator", case, "issue_receipt")).json()
        body = {**issued["receipt"], "stars": stars, "solved": "no", "comment": "没有解决"}
        answer = await (await world.anybody()).post("/public/receipts/rate", json=body)
        assert answer.status_code == 200, answer.text
        return {"case": case, "receipt": issued["receipt"], "seen": answer.json()}

    async def test_rating_closes_the_case(self, world: World) -> None:
        rated = await self.rated(world, 4)
        assert (rated["seen"]["status"], rated["seen"]["rating"]) == ("closed", {"stars": 4, "solved": "no"})
        case = (await (await world.as_("office")).get(f"/cases/{rated['case']['id']}")).json()
        assert (case["close_reason"], case["rating"]["comment"]) == ("rated", "没有解决")

    async def test_second_rating_answers_409_and_changes_nothing(self, world: World) -> None:
        rated = await self.rated(world, 1)
        again = {**rated["receipt"], "stars": 5, "solved": "yes"}
        answer = await (await world.anybody()).post("/public/receipts/rate", json=again)
        assert (answer.status_code, answer.json()["code"]) == (409, "public.not_rateable")
        case = (await (await world.as_("office")).get(f"/cases/{rated['case']['id']}")).json()
        assert case["rating"]["stars"] == 1

    async def test_new_receipt_replaces_the_old_one(self, world: World) -> None:
        case = await replied(world)
        first = (await act(world, "operator", case, "issue_receipt")).json()
        second = (await act(world, "operator", first["case"], "issue_receipt")).json()
        client = await world.anybody()
        assert (await client.post("/public/receipts/track", json=first["receipt"])).status_code == 404
        assert (await client.post("/public/receipts/track", json=second["receipt"])).status_code == 200
