"""The draw: exact quotas, repeatable by anyone, nobody rated, refusals from the reserve, every redraw on record."""

import json
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.features.evaluations.scenes import (
    ROUNDS,
    SOURCE,
    begun,
    committed,
    drawn,
    fill,
    people,
    step,
    stepped,
    tomorrow,
)
from tests.fixtures.region import World
from typer.testing import CliRunner

from xiaoneng.cli import draw as command
from xiaoneng.features.evaluations.rules import draws as rules
from xiaoneng.kit import clock, lots

VECTOR = Path(__file__).parents[3] / "frontend/test/draw-vector.json"
SHARES = st.dictionaries(st.text("abcde", min_size=1, max_size=3), st.integers(0, 5000), min_size=1, max_size=6)


@settings(max_examples=200)
@given(st.integers(0, 5000), SHARES)
def test_quotas_add_up_and_stay_next_to_the_exact_share(total: int, shares: dict[str, int]) -> None:
    places = rules.largest_remainder(total, shares)
    whole = sum(shares.values())
    if whole == 0:
        assert set(places.values()) == {0}
        return
    assert sum(places.values()) == total
    for name, share in shares.items():
        exact = Fraction(total * share, whole)
        assert exact - 1 < places[name] < exact + 1
        assert share or not places[name]
    # nobody who was rounded down had a larger remainder than somebody who was rounded up
    rest = {name: Fraction(total * share, whole) % 1 for name, share in shares.items()}
    up = [rest[name] for name in places if places[name] > Fraction(total * shares[name], whole)]
    down = [rest[name] for name in places if places[name] < Fraction(total * shares[name], whole)]
    assert not up or not down or min(up) >= max(down)


def test_the_published_vector_holds() -> None:
    """The same file is repeated by the portal's own code."""
    told = json.loads(VECTOR.read_text("utf-8"))
    assert command.differences(told) == []


@pytest.mark.anyio
async def test_a_round_is_drawn_in_the_open_and_anyone_repeats_it(world: World, tmp_path: Path) -> None:
    await fill(world, people(80))
    await fill(world, people(4, first=80, employer_id=world.units["ML0501"]))
    row = await committed(world, await begun(world))
    [draw] = row["draws"]
    assert (draw["pool_count"], draw["excluded_count"], draw["status"]) == (80, 4, "committed")
    assert {one["category"]: one["quota"] for one in draw["quotas"]} == {
        "service_user": 10,
        "supervisor": 5,
        "resident": 5,
    }
    anybody = await world.anybody()
    address = f"/public/evaluations/{row['id']}/draw"
    before = (await anybody.get(address)).json()
    assert before["entropy"] is None
    assert before["drawn"] == []
    row = await drawn(world, row)
    file = (await anybody.get(address)).json()
    assert file["pool"] == before["pool"]
    assert lots.fingerprint(file["pool"]) == file["pool_hash"] == draw["pool_hash"]
    assert len(file["drawn"]) == len(set(file["drawn"])) == 20
    assert command.differences(file) == []

    def codes(told: dict) -> int:
        place = tmp_path / "draw.json"
        place.write_text(json.dumps(told), "utf-8")
        return CliRunner().invoke(command.app, ["verify", str(place)]).exit_code

    assert codes(file) == 0
    assert codes({**file, "entropy": file["entropy"] + "1"}) == 1
    assert codes({**file, "pool": [*file["pool"][1:], "resident 0000000000000000"]}) == 1
    assert codes({**file, "drawn": file["drawn"][:-1]}) == 1


@pytest.mark.anyio
async def test_refusals_are_replaced_from_the_reserve_in_order(world: World) -> None:
    await fill(world, people(80))
    row = await drawn(world, await committed(world, await begun(world)))
    anybody = await world.anybody()
    address = f"/public/evaluations/{row['id']}/draw"
    for _ in range(3):
        label = (await anybody.get(address)).json()["drawn"][0]
        row = await stepped(world, "office", ROUNDS, row, "replace", label=label, reason="本人不愿参加")
        file = (await anybody.get(address)).json()
        assert label in file["refused"]
        assert len(file["drawn"]) == 20
        assert command.differences(file) == []
    assert row["draws"][0]["refused"] == 3
    unknown = await step(world, "office", ROUNDS, row, "replace", label=label, reason="再来一次")
    assert (unknown.status_code, unknown.json()["code"]) == (422, "evaluations.lot_unknown")


@pytest.mark.anyio
async def test_a_redraw_leaves_its_trace(world: World) -> None:
    await fill(world, people(80))
    row = await drawn(world, await committed(world, await begun(world)))
    body = {"reason": "抽取后发现导入错误", "entropy_source": SOURCE, "entropy_on": tomorrow()}
    assert (await step(world, "office", ROUNDS, row, "redraw", **body)).status_code == 403
    row = await stepped(world, "leader", ROUNDS, row, "redraw", **body)
    assert (row["status"], [one["status"] for one in row["draws"]]) == ("pool_frozen", ["committed", "superseded"])
    row = await drawn(world, row)
    [trace] = (await (await world.anybody()).get(f"/public/evaluations/{row['id']}/draw")).json()["superseded"]
    assert (trace["seq"], trace["reason"]) == (1, "抽取后发现导入错误")


@pytest.mark.anyio
async def test_a_pool_one_short_and_quotas_beyond_a_category_are_refused(world: World) -> None:
    """R-50; staff of rated units do not count."""
    await fill(world, people(59))
    await fill(world, people(5, first=59, employer_id=world.units["ML17"]))
    row = await begun(world)
    body = {"entropy_source": SOURCE, "entropy_on": tomorrow()}
    answer = await step(world, "office", ROUNDS, row, "freeze_pool", **body)
    assert (answer.status_code, answer.json()["code"]) == (409, "evaluations.pool_too_small")
    assert "59" in answer.json()["detail"]
    await fill(world, people(1, first=70))
    await committed(world, row)
    raters = [
        {"category": "service_user", "weight": 50, "quota": 1},
        {"category": "deputy", "weight": 50, "quota": 19},
    ]
    other = await begun(world, raters=raters)
    answer = await step(world, "office", ROUNDS, other, "freeze_pool", **body)
    assert (answer.status_code, answer.json()["code"]) == (409, "evaluations.stratum_too_small")
    assert (await (await world.as_("office")).get(f"/{ROUNDS}/{other['id']}")).json()["draws"] == []


@pytest.mark.anyio
async def test_the_entropy_comes_after_the_pool(world: World) -> None:
    await fill(world, people(80))
    row = await begun(world)
    today = clock.today().isoformat()
    answer = await step(world, "office", ROUNDS, row, "freeze_pool", entropy_source=SOURCE, entropy_on=today)
    assert (answer.status_code, answer.json()["code"]) == (422, "evaluations.entropy_in_past")
    row = await committed(world, row)
    answer = await step(world, "office", ROUNDS, row, "draw", entropy="03 11 19 22")
    assert (answer.status_code, answer.json()["code"]) == (409, "evaluations.entropy_not_yet")


@pytest.mark.anyio
async def test_the_scheme_of_a_round_does_not_follow_later_versions(world: World) -> None:
    row = await begun(world)
    office = await world.as_("office")
    body = {"title": "新版方案", "based_on": row["scheme_id"], "content": {**row["content"], "trim": 10}}
    new = (await office.post("/evaluation-schemes", json=body)).json()
    await stepped(world, "leader", "evaluation-schemes", new, "enact")
    assert (await office.get(f"/{ROUNDS}/{row['id']}")).json()["content"]["trim"] == "0"
    again = await office.post(f"/{ROUNDS}", json={"title": "另一轮", "year": 2026, "scheme_id": row["scheme_id"]})
    assert (again.status_code, again.json()["code"]) == (409, "evaluations.scheme_not_in_force")


@pytest.mark.anyio
async def test_units_see_a_round_once_its_pool_is_frozen(world: World) -> None:
    await fill(world, people(80))
    row = await begun(world)
    head = await world.as_("cg.head")
    assert (await head.get(f"/{ROUNDS}/{row['id']}")).status_code == 404
    assert (await head.get(f"/{ROUNDS}")).json()["items"] == []
    assert (await (await world.anybody()).get(f"/public/evaluations/{row['id']}/draw")).status_code == 404
    await committed(world, row)
    assert (await head.get(f"/{ROUNDS}/{row['id']}")).json()["available_actions"] == []
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert len((await (await world.anybody()).get("/public/evaluations")).json()["items"]) == 1
