"""One action on many cases: each is judged on its own, and a refused one leaves no trace."""

from uuid import uuid4

import pytest
from sqlalchemy import text
from tests.fixtures.region import World, done, register

pytestmark = pytest.mark.anyio


async def test_each_case_is_judged_on_its_own(world: World) -> None:
    free = [await register(world) for _ in range(3)]
    taken = await done(world, "operator", await register(world), "dispatch", unit_id=str(world.units["ML11"]))
    office = await world.as_("office")
    hidden = await register(world, kind="report", named_unit_ids=[str(world.units["ML17"])])
    ids = [free[2]["id"], taken["id"], free[0]["id"], hidden["id"], free[0]["id"], str(uuid4())]
    body = {"case_ids": ids, "unit_id": str(world.units["ML17"]), "note": "请尽快核实"}
    key = {"Idempotency-Key": str(uuid4())}
    answer = await office.post("/cases/actions/bulk_dispatch", json=body, headers=key)
    assert answer.status_code == 200, answer.text
    result = answer.json()
    assert (result["done"], result["refused"]) == (2, 3)
    assert [(one["no"], one["done"], one["code"]) for one in result["items"]] == [
        (free[2]["no"], True, None),
        (taken["no"], False, "illegal_transition"),
        (free[0]["no"], True, None),
        (None, False, "not_found"),
        (None, False, "not_found"),
    ]
    again = await office.post("/cases/actions/bulk_dispatch", json=body, headers=key)
    assert (again.json(), again.headers["idempotent-replayed"]) == (result, "true")
    async with world.database.unit_of_work() as session:
        query = text("SELECT subject_id::text, count(*) FROM timeline_entry WHERE action = 'dispatch' GROUP BY 1")
        dispatched = dict(tuple(row) for row in (await session.execute(query)).all())
        clocks = await session.scalar(text("SELECT count(*) FROM clock WHERE kind = 'sign'"))
    assert dispatched == {free[0]["id"]: 1, free[2]["id"]: 1, taken["id"]: 1}
    assert clocks == 3
    assert (await office.get(f"/cases/{free[1]['id']}")).json()["status"] == "registered"


async def test_a_refusal_within_the_effect_undoes_that_case_alone(world: World) -> None:
    case, other = await register(world), await register(world)
    returned = await done(world, "operator", case, "dispatch", unit_id=str(world.units["ML17"]))
    await done(world, "cg.liaison", returned, "return", reason="不属于本单位职责")
    body = {"case_ids": [case["id"], other["id"]], "unit_id": str(world.units["ML17"])}
    result = (await (await world.as_("operator")).post("/cases/actions/bulk_dispatch", json=body)).json()
    assert [(one["done"], one["code"]) for one in result["items"]] == [(False, "cases.return_loop"), (True, None)]
    shown = (await (await world.as_("office")).get(f"/cases/{case['id']}")).json()
    assert (shown["status"], shown["lead_unit"]) == ("registered", None)


async def test_urging_many(world: World) -> None:
    cases = [await register(world) for _ in range(2)]
    await done(world, "operator", cases[0], "dispatch", unit_id=str(world.units["ML17"]))
    body = {"case_ids": [case["id"] for case in cases], "reason": "群众多次来电"}
    client = await world.as_("office")
    result = (await client.post("/cases/actions/bulk_urge", json=body, headers={"Accept-Language": "en"})).json()
    assert [one["done"] for one in result["items"]] == [True, False]
    assert result["items"][1]["title"].isascii()
    too_many = {**body, "case_ids": [str(uuid4()) for _ in range(101)]}
    assert (await client.post("/cases/actions/bulk_urge", json=too_many)).status_code == 422
    assert (await (await world.as_("cg.head")).post("/cases/actions/bulk_urge", json=body)).status_code == 403
