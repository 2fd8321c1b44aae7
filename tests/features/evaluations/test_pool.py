"""The pool: nobody twice, contact data sealed, tables brought in with every duplicate told."""

import pytest
import sqlalchemy as sa
from tests.features.cases.test_statements import fewest
from tests.features.evaluations.scenes import fill, identity, people, step, stepped
from tests.fixtures.region import World

from xiaoneng.core.transfers.schemas.imports import Row
from xiaoneng.features.evaluations.rules.people import identity_of, phone_of
from xiaoneng.features.evaluations.service import importing

pytestmark = pytest.mark.anyio
POOL = "evaluation-representatives"
ONE = {"category": "resident", "name": "贺新郎", "phone": "139 0000 0001", "identity": identity(1)}


async def test_somebody_is_added_once_masked_and_sealed(world: World) -> None:
    office = await world.as_("office")
    answer = await office.post(f"/{POOL}", json=ONE)
    person = answer.json()
    assert (answer.status_code, person["name_masked"], person["phone_masked"]) == (201, "贺**", "139****0001")
    for other in ({"identity": identity(2)}, {"phone": "13900000002"}):
        again = await office.post(f"/{POOL}", json={**ONE, **other})
        assert (again.status_code, again.json()["code"]) == (409, "evaluations.person_duplicate")
    async with world.database.unit_of_work() as session:
        stored = str((await session.execute(sa.text("SELECT * FROM evaluation_representative"))).all())
        stored += str((await session.execute(sa.text("SELECT changes FROM timeline_entry"))).all())
    assert "贺新郎" not in stored
    assert "13900000001" not in stored
    assert identity(1) not in stored


async def test_who_leaves_makes_room_and_comes_back_only_without_a_double(world: World) -> None:
    office = await world.as_("office")
    first = (await office.post(f"/{POOL}", json=ONE)).json()
    first = await stepped(world, "office", POOL, first, "withdraw", reason="迁往外地")
    second = (await office.post(f"/{POOL}", json=ONE)).json()
    answer = await step(world, "office", POOL, first, "restore", reason="迁回")
    assert (answer.status_code, answer.json()["code"]) == (409, "evaluations.person_duplicate")
    await stepped(world, "office", POOL, second, "withdraw", reason="重复登记")
    await stepped(world, "office", POOL, first, "restore", reason="迁回")
    summary = (await office.get(f"/{POOL}/summary")).json()
    assert (summary["active"], summary["withdrawn"], summary["minimum"]) == (1, 1, 3000)


@pytest.mark.parametrize(("name", "value"), [("phone", "12345678901"), ("identity", "11010519491231002")])
async def test_what_is_not_well_formed_is_refused_with_its_place(world: World, name: str, value: str) -> None:
    answer = await (await world.as_("office")).post(f"/{POOL}", json={**ONE, name: value})
    assert (answer.status_code, answer.json()["code"]) == (422, "evaluations.person_refused")
    assert [one["path"] for one in answer.json()["errors"]] == [f"body.{name}"]


def test_spellings_of_a_phone_and_of_an_identity_are_one() -> None:
    assert {phone_of(raw) for raw in ("13900000001", "+86 139-0000-0001", "0086 13900000001")} == {"13900000001"}
    assert [phone_of(raw) for raw in ("1390000000", "23900000001", "")] == [None] * 3
    assert identity_of("11010519491231002x") == "11010519491231002X"  # the example of the standard
    assert [identity_of(raw) for raw in ("110105194912310021", "11010519491231002", "")] == [None] * 3


async def test_a_table_tells_every_duplicate(world: World) -> None:
    await fill(world, people(1))
    async with world.database.unit_of_work() as session:
        importer = importing.imports.importers[importing.KIND]
        facts = await importer.prepare(session)
        known = await importer.known(session, "any", [identity(0), identity(5)])
    assert known == {identity(0)}

    def told(number: int, phone: str, category: str = "群众代表") -> list[str]:
        values = {"identity": identity(number), "phone": phone, "category": category, "name": "某人", "employer": None}
        return [fault.code for fault in importer.judge(Row(2, identity(number), values, {}), facts)]

    assert told(0, "13900000000") == []  # the same person as in the pool: known, not wrong
    assert told(5, "13900000000") == ["phone_taken"]
    assert told(5, "13900000005") == []
    assert told(6, "13900000005") == ["phone_taken"]
    assert told(7, "1390", "别的") == ["unknown_word", "bad_phone"]


async def test_the_list_takes_few_statements(world: World) -> None:
    await fill(world, people(30))
    office = await world.as_("office")
    statements = await fewest(world, lambda: office.get(f"/{POOL}?limit=20"))
    assert len(statements) <= 2, statements
    for login in ("leader", "auditor"):
        assert (await (await world.as_(login)).get(f"/{POOL}")).status_code == 200
    assert (await (await world.as_("cg.head")).get(f"/{POOL}")).status_code == 403
