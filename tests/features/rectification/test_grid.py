"""The ledger as a grid: narrowing, many at once, changing who answers, and how many statements all that takes."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text
from tests.contract.test_access_matrix import staff
from tests.features.cases.test_statements import fewest
from tests.features.rectification.test_chain import opened, proven, rectifying
from tests.features.rectification.test_plans import created, planned
from tests.fixtures.region import World, act, done

pytestmark = pytest.mark.anyio
LIST = "/rectification-items"


async def nos(world: World, **query: object) -> list[str]:
    answer = await (await world.as_("office")).get(LIST, params=query)
    assert answer.status_code == 200, answer.text
    return [one["no"] for one in answer.json()["items"]]


class TestNarrowing:
    async def test_by_person_day_progress_and_returns(self, world: World) -> None:
        plain = await created(world)
        item = await done(
            world, "cg.liaison", await planned(world, await created(world)), "report_progress", text="过半", percent=60
        )
        due, person = item["due_on"], item["responsible_person"]["id"]
        assert await nos(world, responsible_person_id=person) == [item["no"]]
        assert await nos(world, due_from=due, due_to=due) == [item["no"]]
        assert await nos(world, due_from=(date.fromisoformat(due) + timedelta(days=1)).isoformat()) == []
        assert await nos(world, progress_from=60) == [item["no"]]
        assert await nos(world, progress_to=59) == [plain["no"]]
        assert await nos(world, was_returned=True) == []
        assert sorted(await nos(world, was_returned=False)) == sorted([plain["no"], item["no"]])

    async def test_a_page_and_an_item_take_few_statements_whatever_stands_in_them(self, world: World) -> None:
        item = await proven(world)
        client = await world.as_("office")
        asked = {f"{LIST}?limit=20": 2, f"{LIST}?limit=100&with_total=true": 3, f"{LIST}/{item['id']}": 14}
        counts = {}
        for address in asked:
            counts[address] = len(await fewest(world, lambda address=address: client.get(address)))
        for number in range(3):
            await planned(world, await created(world, title=f"窗口服务态度{number}"))
        for address, most in asked.items():
            statements = await fewest(world, lambda address=address: client.get(address))
            assert len(statements) == counts[address] <= most, (address, statements)
            assert all(statement.startswith("SELECT") for statement in statements)


class TestAssigning:
    async def test_another_person_answers_and_the_first_still_does_not_judge(self, world: World) -> None:
        item = await rectifying(world)
        people = await staff(world, "ML17")
        measure = item["measures"][0]
        earlier = (date.fromisoformat(item["due_on"]) - timedelta(days=3)).isoformat()
        change = {"measure_id": measure["id"], "owner_id": people["ULN"], "due_on": earlier}
        body = {"responsible_person_id": people["ULN"], "measures": [change]}
        item = await done(world, "cg.liaison", item, "assign", **body)
        assert item["responsible_person"]["id"] == people["ULN"]
        assert (item["measures"][0]["owner"]["id"], item["measures"][0]["due_on"]) == (people["ULN"], earlier)
        async with world.database.unit_of_work() as session:
            former = await session.scalar(text("SELECT former_owner_ids FROM rectification_item"))
        assert [str(one) for one in former] == [people["HDL"]]

    async def test_what_does_not_fit_is_refused_by_field_and_nothing_is_written(self, world: World) -> None:
        item = await rectifying(world)
        measure = item["measures"][0]["id"]
        late = (date.fromisoformat(item["due_on"]) + timedelta(days=1)).isoformat()
        other = (await staff(world, "ML11"))["ULN"]
        body = {"responsible_person_id": other, "measures": [{"measure_id": measure, "due_on": late}]}
        refused = await act(world, "cg.liaison", item, "assign", **body)
        assert (refused.status_code, refused.json()["code"]) == (422, "rectification.assign_refused")
        paths = {(one["path"], one["code"]) for one in refused.json()["errors"]}
        assert paths == {("body.responsible_person_id", "not_in_unit"), ("body.measures.0.due_on", "after_item")}
        empty = await act(world, "cg.liaison", item, "assign", measures=[{"measure_id": measure}])
        assert empty.status_code == 422
        unknown = await act(
            world, "cg.liaison", item, "assign", measures=[{"measure_id": str(uuid4()), "due_on": late}]
        )
        assert unknown.json()["code"] == "rectification.measure_unknown"
        shown = (await (await world.as_("office")).get(f"{LIST}/{item['id']}")).json()
        assert (shown["rev"], shown["measures"]) == (item["rev"], item["measures"])

    async def test_a_measure_that_is_done_keeps_its_date(self, world: World) -> None:
        item = await proven(world)
        measure = item["measures"][0]
        change = {"measure_id": measure["id"], "due_on": measure["due_on"]}
        refused = await act(world, "cg.liaison", item, "assign", measures=[change])
        assert [one["code"] for one in refused.json()["errors"]] == ["already_done"]

    async def test_whoever_saw_it_before_another_changed_it_is_told(self, world: World) -> None:
        item = await rectifying(world)
        person = (await staff(world, "ML17"))["ULN"]
        await done(world, "cg.head", item, "assign", responsible_person_id=person)
        stale = await act(world, "cg.liaison", item, "assign", responsible_person_id=person)
        assert stale.status_code == 412


class TestMany:
    async def test_each_item_is_judged_on_its_own(self, world: World) -> None:
        mine, waiting = await planned(world, await created(world)), await opened(world)
        other = await created(world, lead_unit_id=str(world.units["ML11"]))
        person = (await staff(world, "ML17"))["ULN"]
        ids = [waiting["id"], mine["id"], other["id"], mine["id"]]
        client = await world.as_("cg.liaison")
        body = {"item_ids": ids, "responsible_person_id": person}
        result = (await client.post(f"{LIST}/actions/bulk_assign", json=body)).json()
        assert (result["done"], result["refused"]) == (1, 2)
        assert [(one["no"], one["code"]) for one in result["items"]] == [
            (waiting["no"], "illegal_transition"),
            (mine["no"], None),
            (None, "not_found"),
        ]
        later = (date.fromisoformat(mine["due_on"]) + timedelta(days=5)).isoformat()
        body = {"item_ids": ids, "to_due_on": later, "reason": "设备到货推迟"}
        result = (await client.post(f"{LIST}/actions/bulk_apply_extension", json=body)).json()
        assert [one["done"] for one in result["items"]] == [False, True, False]

    async def test_urging_tells_the_unit_each_time(self, world: World) -> None:
        item, over = await opened(world), await created(world)
        await done(world, "office", over, "void", reason="重复登记")
        client = await world.as_("office")
        body = {"item_ids": [item["id"], over["id"]], "reason": "省里在催"}
        for _ in range(2):
            answer = await client.post(f"{LIST}/actions/bulk_urge", json=body, headers={"Accept-Language": "en"})
            assert [one["done"] for one in answer.json()["items"]] == [True, False]
            assert answer.json()["items"][1]["title"].isascii()
        await world.work_off()
        told = (await (await world.as_("cg.liaison")).get("/notifications")).json()["items"]
        assert sum(one["title"] == f"催办：整改项 {item['no']}" for one in told) == 2
        refused = await (await world.as_("cg.head")).post(f"{LIST}/actions/bulk_urge", json=body)
        assert refused.status_code == 403
