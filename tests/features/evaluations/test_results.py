"""Results: counted by one, published by another, final after the window; no version writes over another."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from tests.features.evaluations.scenes import ROUNDS, begun, committed, drawn, fill, people, step, stepped
from tests.fixtures.region import World
from typer.testing import CliRunner

from xiaoneng.cli import tally as command
from xiaoneng.cli.demo_month import actor_of
from xiaoneng.core.access.schemas import Command
from xiaoneng.features.evaluations.service import rounds
from xiaoneng.kit import clock
from xiaoneng.kit.schemas import NoInput

pytestmark = pytest.mark.anyio
OBJECTS = 15


async def closed(world: World, votes: int = 16, **more: Any) -> dict[str, Any]:
    """A round that is over: every voter puts the first object first and the last one last; one is hardly known."""
    await fill(world, people(80))
    row = await drawn(world, await committed(world, await begun(world, **more)))
    row = await stepped(world, "office", ROUNDS, row, "open")
    sheet = (await (await world.as_("office")).get(f"/{ROUNDS}/{row['id']}/codes")).json()["items"]
    anybody = await world.anybody()
    for number, one in enumerate(sheet[-votes:] if votes else []):
        known = [1, 1] if number < 3 else [3, None]
        answers = [[0, 0], known, *[[1, 0]] * (OBJECTS - 3), [2, 2]]
        body = {"code": one["code"], "answers": answers}
        assert (await anybody.post(f"/public/evaluations/{row['id']}/ballots", json=body)).status_code == 201
    return await stepped(world, "office", ROUNDS, row, "close")


async def result(world: World, login: str, row: dict[str, Any]) -> Any:
    return await (await world.as_(login)).get(f"/{ROUNDS}/{row['id']}/result")


async def finalized(world: World, row: dict[str, Any], days: int) -> Any:
    leader = await actor_of(world.database, "leader")
    with clock.frozen(clock.now() + timedelta(days=days)):
        async with world.database.unit_of_work() as session:
            return (
                await rounds.perform(session, leader, UUID(row["id"]), Command("finalize", NoInput(), row["rev"]))
            ).status


async def test_one_counts_another_publishes_and_it_stands_after_the_window(world: World) -> None:
    row = await closed(world)
    row = await stepped(world, "office", ROUNDS, row, "tally", parts=[])
    assert (await result(world, "cg.head", row)).status_code == 404
    anybody = await world.anybody()
    assert (await anybody.get(f"/public/evaluations/{row['id']}/result")).status_code == 404
    seen = (await result(world, "office", row)).json()
    assert (seen["version"], seen["faults"], seen["issued"], seen["returned"], seen["rate"]) == (1, [], 20, 16, "80.00")
    scores = seen["scores"]
    assert (scores[0]["total"], scores[0]["rank"], scores[0]["replies"], scores[0]["rate"]) == (
        "100.00",
        1,
        16,
        "80.00",
    )
    unknown = scores[1]
    assert (unknown["hidden"], unknown["total"], unknown["rank"], unknown["replies"]) == (True, None, None, None)
    assert all(cell["replies"] is None or not cell["replies"] for cell in unknown["cells"])
    row = await stepped(world, "leader", ROUNDS, row, "publish")
    public = (await anybody.get(f"/public/evaluations/{row['id']}/result")).json()
    assert (public["final"], public["box_hash"], public["scores"][0]["total"]) == (False, seen["box_hash"], "100.00")
    early = await step(world, "leader", ROUNDS, row, "finalize")
    assert (early.status_code, early.json()["code"]) == (409, "evaluations.objections_open")
    assert await finalized(world, row, 30) == "final"
    assert (await anybody.get(f"/public/evaluations/{row['id']}/result")).json()["final"] is True
    again = await step(world, "office", ROUNDS, {**row, "rev": row["rev"] + 1}, "tally", parts=[])
    assert again.json()["code"] == "illegal_transition"


async def test_a_unit_sees_its_own_line_marked(world: World) -> None:
    row = await stepped(world, "office", ROUNDS, await closed(world), "tally", parts=[])
    await stepped(world, "leader", ROUNDS, row, "publish")
    shown = (await result(world, "cg.head", row)).json()
    assert [one["name"] for one in shown["scores"] if one["own"]] == ["ML17"]
    assert [one["version"] for one in shown["versions"]] == [1]


async def test_a_new_version_never_writes_over_an_older_one(world: World) -> None:
    row = await stepped(world, "office", ROUNDS, await closed(world, vetoes=["事故"]), "tally", parts=[])
    row = await stepped(world, "leader", ROUNDS, row, "publish")
    parts = [{"place": place, "work": 90 - place} for place in range(OBJECTS)]
    parts[0]["veto"] = "事故"
    row = await stepped(world, "office", ROUNDS, row, "tally", parts=parts)
    second = (await result(world, "office", row)).json()
    assert [one["version"] for one in second["versions"]] == [2, 1]
    assert second["versions"][0]["box_hash"] != second["versions"][1]["box_hash"]
    vetoed = second["scores"][0]
    assert (vetoed["total"], vetoed["veto"], vetoed["rank"]) == ("97.00", "事故", vetoed["ranked"])
    public = (await (await world.anybody()).get(f"/public/evaluations/{row['id']}/result")).json()
    assert (public["version"], public["scores"][0]["rank"]) == (1, 1)


async def test_parts_are_for_every_object_or_for_none(world: World) -> None:
    row = await closed(world)
    whole = [{"place": place, "work": 80} for place in range(OBJECTS)]
    for parts, refusal in (
        (whole[1:], "parts_incomplete"),
        ([*whole, {"place": OBJECTS}], "parts_incomplete"),
        ([*whole, {"place": 0}], "parts_incomplete"),
        ([{"place": 0, "veto": "没有这条"}], "veto_unknown"),
    ):
        answer = await step(world, "office", ROUNDS, row, "tally", parts=parts)
        assert (answer.status_code, answer.json()["code"]) == (422, f"evaluations.{refusal}")
    async with world.database.unit_of_work() as session:
        assert (await session.execute(sa.text("SELECT count(*) FROM evaluation_result"))).scalar_one() == 0


async def test_a_round_with_too_few_ballots_is_not_published(world: World) -> None:
    row = await stepped(world, "office", ROUNDS, await closed(world, votes=9), "tally", parts=[])
    assert (await result(world, "office", row)).json()["faults"] == ["turnout_low"]
    refused = await step(world, "leader", ROUNDS, row, "publish")
    assert (refused.status_code, refused.json()["code"]) == (409, "evaluations.result_invalid")
    assert (await stepped(world, "leader", ROUNDS, row, "void", reason="回收率不足"))["status"] == "void"


async def test_the_box_is_counted_again_by_the_command(world: World, tmp_path: Path) -> None:
    row = await stepped(world, "office", ROUNDS, await closed(world), "tally", parts=[])
    answer = await (await world.as_("leader")).get(f"/{ROUNDS}/{row['id']}/box")
    assert answer.status_code == 200
    told = answer.json()
    assert set(told["box"]["ballots"][0]) == {"category", "answers"}
    path = tmp_path / "box.json"
    path.write_text(answer.text, "utf-8")
    good = CliRunner().invoke(command.app, ["verify", str(path)])
    assert (good.exit_code, good.output[:2]) == (0, "一致"), good.output
    told["box"]["ballots"][0]["answers"][0] = [2, 2]
    path.write_text(json.dumps(told), "utf-8")
    bad = CliRunner().invoke(command.app, ["verify", str(path)])
    assert bad.exit_code == 1
    assert "哈希" in bad.output
    assert (await (await world.as_("office")).get(f"/{ROUNDS}/{row['id']}/box")).status_code == 403
