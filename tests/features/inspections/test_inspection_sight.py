"""A secret inspection does not exist for the units before its release: byte by byte (security.md row 10, I1, I8)."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest
from tests.features.cases.test_machines import ME, OWN, PERSON, somebody
from tests.features.cases.test_requests import upload
from tests.features.cases.test_statements import fewest
from tests.features.inspections.test_inspections import (
    TEAM,
    again,
    create,
    executing,
    finding,
    found,
    made,
    row_of,
    step,
    visited,
)
from tests.fixtures.region import World

from xiaoneng.core.access.models import Role
from xiaoneng.features.inspections.policies import inspections as policies
from xiaoneng.kit import clock

pytestmark = pytest.mark.anyio
BLIND = ("cg.head", "cg.liaison", "cg.handler")
LISTS = (
    "/inspections",
    "/inspections?with_total=true",
    "/inspections?type=undercover",
    "/inspections?status=executing&status=approved",
    "/inspection-findings?with_total=true",
    "/inspection-plans",
    "/inspection-checklists",
    "/inspector-relations",
    "/notifications?with_total=true",
    "/notifications/unread-count",
    "/rectification-items?with_total=true",
    "/cases?with_total=true",
    "/desk",
    "/exports",
)


async def seen(world: World, login: str, unit: str) -> dict[str, tuple[int, str]]:
    """Everything that somebody may ask without a key."""
    client = await world.as_(login)
    asked = [*LISTS, f"/inspections?unit_id={unit}", f"/inspection-findings?unit_id={unit}"]
    asked.append(f"/inspection-findings/alike?unit_id={unit}&problem_code=TC301")
    answers = {address: await client.get(address) for address in asked}
    return {address: (answer.status_code, plain(answer.text)) for address, answer in answers.items()}


def plain(text: str, *keys: str) -> str:
    """The answer without what differs between any two requests: the number of the request, and the key asked for."""
    for key in keys:
        text = text.replace(key, "KEY")
    start = text.find('"request_id":"')
    return text if start < 0 else text[:start] + text[text.index('"', start + 14) :]


async def test_to_the_unit_a_secret_inspection_is_as_if_there_were_none(world: World) -> None:
    unit = str(world.units["ML17"])
    before = {login: await seen(world, login, unit) for login in BLIND}
    inspection = await executing(world, units=("ML17",), type="undercover", is_secret=True)
    row = row_of(inspection, world, "ML17")
    file_id = await upload(world, TEAM[1])
    one = await found(world, row, file_ids=[file_id])
    inspection = await visited(world, await again(world, inspection))
    await world.work_off()
    assert inspection["no"] is None
    for login in BLIND:
        assert await seen(world, login, unit) == before[login], login
        client = await world.as_(login)
        for path, key in (
            ("/inspections/{}", inspection["id"]),
            ("/inspections/{}/timeline", inspection["id"]),
            ("/inspections/{}/draws", inspection["id"]),
            ("/inspections/{}/summary", inspection["id"]),
            ("/inspection-units/{}", row["id"]),
            ("/inspection-findings/{}", one["id"]),
            ("/inspection-findings/{}/timeline", one["id"]),
            ("/files/{}", file_id),
            ("/files/{}/content", file_id),
        ):
            other = str(uuid4())
            real, none = await client.get(path.format(key)), await client.get(path.format(other))
            assert real.status_code == none.status_code, path
            assert plain(real.text, key) == plain(none.text, other), path
        for path in ("/inspection-findings/{}/actions/confirm", "/inspections/{}/actions/cancel"):
            key, other = one["id"] if "findings" in path else inspection["id"], str(uuid4())
            head, body = {"If-Match": '"1"'}, {"reason": "理由"} if "cancel" in path else {}
            real = await client.post(path.format(key), json=body, headers=head)
            none = await client.post(path.format(other), json=body, headers=head)
            assert (real.status_code, plain(real.text, key)) == (none.status_code, plain(none.text, other)), path
    await step(world, TEAM[0], inspection, "release")
    assert (await finding(world, one["id"], "cg.head"))["status"] == "released"
    listed = (await (await world.as_("cg.head")).get("/inspections")).json()["items"]
    assert [(item["id"], item["no"]) for item in listed] == [(inspection["id"], "JC-2026-0001")]


async def test_other_offices_and_inspectors_do_not_see_it_either(world: World) -> None:
    inspection = await executing(world, units=("ML17",), type="undercover", is_secret=True)
    path = f"/inspections/{inspection['id']}"
    sight = {login: (await (await world.as_(login)).get(path)).status_code for login in ("office", "leader", *TEAM)}
    assert set(sight.values()) == {200}
    for login in ("inspector3", "accountability", "monitor"):
        assert (await (await world.as_(login)).get(path)).status_code == 404, login


def cells() -> Iterator[tuple[Role, bool, bool, bool, str]]:
    for role in Role:
        for secret in (False, True):
            for shown in (False, True):
                for released in (False, True):
                    if shown or not released:
                        for relation in ("none", "team", "maker", "staff", "unit"):
                            yield role, secret, shown, released, relation


def test_what_the_rules_say_of_sight() -> None:
    """The office does not see a secret inspection of others, and no staff of the units any raw material."""
    for role, secret, shown, released, relation in cells():
        unit = next(iter(OWN.units))
        inspection = made(
            is_secret=secret,
            shown_at=clock.now() if shown else None,
            released_at=clock.now() if released else None,
            team_ids=[PERSON] if relation == "team" else [],
            created_by=ME if relation == "maker" else uuid4(),
            unit_ids=[unit] if relation in {"staff", "unit"} else [uuid4()],
            blind_unit_ids=[unit] if relation in {"staff", "unit"} else [],
        )
        actor = replace(somebody(role), member_units=OWN.units if relation == "staff" else frozenset())
        whole = policies.sees_whole(actor, inspection)
        hidden = secret and not shown
        if relation == "staff" and not released:
            assert not whole
        if hidden:
            free = relation != "staff"
            office = role is Role.LGO and relation in {"team", "maker"}
            named = role in {Role.INS, Role.ACC, Role.MON} and relation == "team"
            assert whole == (free and (role is Role.LGL or office or named)), (role, relation)


async def test_the_database_sees_as_the_rules_do(world: World) -> None:
    inspections = [await create(world), await create(world, type="undercover", is_secret=True)]
    inspections.append(await executing(world, units=("ML17",)))
    people = ("office", "leader", "inspector", "inspector3", "cg.head", "cg.liaison", "zj.head", "monitor")
    sight = {
        login: [(await (await world.as_(login)).get(f"/inspections/{one['id']}")).status_code for one in inspections]
        for login in people
    }
    assert sight == {
        "office": [200, 200, 200],
        "leader": [200, 200, 200],
        "inspector": [404, 404, 200],
        "inspector3": [404, 404, 404],
        "cg.head": [404, 404, 200],
        "cg.liaison": [404, 404, 200],
        "zj.head": [404, 404, 404],
        "monitor": [404, 404, 404],
    }


async def test_reading_takes_few_statements(world: World) -> None:
    inspection = await executing(world)
    await found(world, row_of(inspection, world, "ML17"))
    office = await world.as_("office")
    asked = {
        "/inspections?limit=20": 1,
        "/inspections?limit=20&with_total=true": 2,
        f"/inspections/{inspection['id']}": 6,
        f"/inspections/{inspection['id']}/summary": 3,
        f"/inspection-findings?inspection_id={inspection['id']}": 1,
        f"/inspection-units/{inspection['units'][0]['id']}": 4,
        "/inspection-plans": 1,
    }
    for address, most in asked.items():
        statements = await fewest(world, lambda address=address: office.get(address))
        told = [one for one in statements if one.startswith("SELECT")]
        assert len(told) <= most, (address, len(told), told)
