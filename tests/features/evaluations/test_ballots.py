"""Ballots: one for each code however many try at once, no path back to the code, receipts that prove inclusion only."""

import asyncio
import random
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from tests.features.evaluations.scenes import ROUNDS, begun, committed, drawn, fill, people, step, stepped
from tests.fixtures.region import World

from xiaoneng.features.evaluations.models import ballots as models
from xiaoneng.features.evaluations.rules import ballots as rules
from xiaoneng.features.evaluations.service import ballots

pytestmark = pytest.mark.anyio
OBJECTS, INDICATORS = 15, 2


async def opened(world: World, **more: Any) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """A round that takes ballots, and its codes."""
    size = {"draw_size": 20, "pool_minimum": 60, **more}
    await fill(world, people(size["pool_minimum"] + 20))
    row = await drawn(world, await committed(world, await begun(world, **size)))
    row = await stepped(world, "office", ROUNDS, row, "open")
    sheet = (await (await world.as_("office")).get(f"/{ROUNDS}/{row['id']}/codes")).json()["items"]
    return row, sheet


def answers(first: int | None = 0) -> list[list[int | None]]:
    return [[first] * INDICATORS, *[[0, None] for _ in range(OBJECTS - 1)]]


async def cast(world: World, row: dict[str, Any], code: str, filled: Any = None):
    body = {"code": code, "answers": answers() if filled is None else filled}
    return await (await world.anybody()).post(f"/public/evaluations/{row['id']}/ballots", json=body)


async def _rows(world: World, statement: str) -> list[Any]:
    async with world.database.unit_of_work() as session:
        return list((await session.execute(sa.text(statement))).all())


async def test_five_at_once_with_each_code_give_one_ballot_each(world: World) -> None:
    row, sheet = await opened(world)
    tries = [one["code"] for one in sheet for _ in range(5)]
    random.SystemRandom().shuffle(tries)
    found = await asyncio.gather(*(cast(world, row, code) for code in tries))
    assert sorted(one.status_code for one in found) == [201] * 20 + [409] * 80
    refused = {one.json()["code"] for one in found if one.status_code == 409}
    assert refused == {"evaluations.code_unusable"}
    shown = (await (await world.as_("office")).get(f"/{ROUNDS}/{row['id']}")).json()
    assert {(one["category"], one["issued"], one["returned"]) for one in shown["turnout"]} == {
        ("service_user", 10, 10),
        ("supervisor", 5, 5),
        ("resident", 5, 5),
    }
    row = await stepped(world, "office", ROUNDS, row, "close")
    assert len(await _rows(world, "SELECT id FROM evaluation_ballot")) == 20
    assert await _rows(world, "SELECT id FROM evaluation_ballot_envelope") == []
    listed = (await (await world.anybody()).get(f"/public/evaluations/{row['id']}/receipts")).json()["items"]
    assert sorted(one.json()["receipt"] for one in found if one.status_code == 201) == listed


async def test_a_code_is_taken_however_it_is_typed_and_kept_nowhere(world: World) -> None:
    row, sheet = await opened(world)
    code = sheet[0]["code"]
    assert (await cast(world, row, code.replace("-", " ").lower())).status_code == 201
    left = (await (await world.as_("office")).get(f"/{ROUNDS}/{row['id']}/codes")).json()["items"]
    assert len(left) == 19
    assert code not in [one["code"] for one in left]
    stored = str(await _rows(world, "SELECT * FROM evaluation_ballot_code"))
    stored += str(await _rows(world, "SELECT * FROM timeline_entry"))
    assert code not in stored
    assert rules.plain(code) not in stored
    read = await _rows(world, "SELECT action FROM timeline_entry WHERE is_read AND subject_type = 'evaluation_round'")
    assert [one.action for one in read] == ["print_codes"] * 2


async def test_what_does_not_fit_costs_no_code(world: World) -> None:
    row, sheet = await opened(world)
    code = sheet[0]["code"]
    for filled, refusal in (
        (answers()[:-1], "evaluations.ballot_misshapen"),
        ([[9, 0], *answers()[1:]], "invalid_input"),
        ([[4, 0], *answers()[1:]], "evaluations.ballot_misshapen"),
        ([[None, None]] * OBJECTS, "evaluations.ballot_empty"),
    ):
        answer = await cast(world, row, code, filled)
        assert (answer.status_code, answer.json()["code"]) == (422, refusal)
    assert (await cast(world, row, "AAAA-AAAA-AAAA-AAAA")).json()["code"] == "evaluations.code_unusable"
    assert (await cast(world, row, code)).status_code == 201


async def test_ballots_are_taken_while_the_round_is_open(world: World) -> None:
    row, sheet = await opened(world)
    anybody = await world.anybody()
    early = await anybody.get(f"/public/evaluations/{row['id']}/receipts")
    assert (early.status_code, early.json()["code"]) == (409, "evaluations.not_closed")
    form = (await anybody.get(f"/public/evaluations/{row['id']}/ballot")).json()
    assert (len(form["objects"]), form["indicators"][0], form["options"][-1]) == (OBJECTS, "服务态度", "不了解")
    row = await stepped(world, "office", ROUNDS, row, "close")
    late = await cast(world, row, sheet[0]["code"])
    assert (late.status_code, late.json()["code"]) == (409, "evaluations.not_open")
    again = await (await world.as_("office")).get(f"/{ROUNDS}/{row['id']}/codes")
    assert (again.status_code, again.json()["code"]) == (409, "evaluations.not_open")
    reopened = await step(world, "office", ROUNDS, row, "open")
    assert reopened.json()["code"] == "illegal_transition"


def mark(number: int) -> list[int | None]:
    return [number % 4, number // 4 % 4]


async def test_a_dump_links_no_more_than_chance(world: World) -> None:
    """Bar 8: with keys, physical order and transactions of every table, at most N / batch + 3 sigma are guessed."""
    count = 150
    row, sheet = await opened(world, draw_size=count, pool_minimum=200)
    random.SystemRandom().shuffle(sheet)
    for number, one in enumerate(sheet):  # the last line of a ballot tells afterwards whether a guess was right
        assert (await cast(world, row, one["code"], [*answers()[1:], mark(number)])).status_code == 201
        if number % 30 == 29:
            async with world.database.unit_of_work() as session:
                await ballots.shuffle_all(session)
    await stepped(world, "office", ROUNDS, row, "close")
    columns = "id, ctid::text AS place, xmin::text::bigint AS xmin"
    used = await _rows(world, f"SELECT {columns} FROM evaluation_ballot_code")
    box = await _rows(world, f"SELECT {columns}, answers FROM evaluation_ballot")
    assert len(box) == len(used) == count
    # the attacker knows who came when, and takes the ballots in the order in which they were stored
    box.sort(key=lambda one: (one.xmin, *map(int, one.place[1:-1].split(","))))
    right = sum(ballot.answers[-1] == mark(number) for number, ballot in enumerate(box))
    chance = count / 16  # there are sixteen marks
    assert right <= chance + 3 * chance**0.5, right
    assert len({ballot.xmin for ballot in box}) <= count // rules.BATCH
    assert {ballot.xmin for ballot in box}.isdisjoint({code.xmin for code in used})


def test_no_table_of_ballots_holds_a_time_an_ordered_key_or_a_path_to_a_code() -> None:
    code = set(models.BallotCode.model_fields)
    for table in (models.BallotEnvelope, models.EvaluationBallot, models.BallotReceipt):
        columns = sa.inspect(table).local_table.columns
        assert not [one.name for one in columns if isinstance(one.type, sa.DateTime | sa.Date)]
        assert {key.target_fullname for one in columns for key in one.foreign_keys} == {"evaluation_round.id"}
        assert set(table.model_fields) & code <= {"id", "round_id", "category"}
    for table in (models.BallotCode, models.BallotEnvelope, models.EvaluationBallot):
        assert table(round_id=models.ids.new_id()).id.version == 4


@given(st.integers(0, 1000), st.booleans())
def test_a_batch_always_stays_behind_to_mix_with(waiting: int, closing: bool) -> None:
    moved = rules.to_move(waiting, closing=closing)
    assert moved in {0, waiting} if closing else moved == 0 or (moved >= rules.BATCH and waiting - moved >= rules.BATCH)
