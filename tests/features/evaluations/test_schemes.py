"""Schemes: what contradicts itself is refused, who drafted does not enact, what is in force does not change."""

import copy
from typing import Any

import pytest
from tests.features.evaluations.scenes import SCHEMES, content, judged, scheme, step, stepped
from tests.fixtures.region import World

pytestmark = pytest.mark.anyio


async def test_a_scheme_is_drafted_enacted_and_followed_by_a_version(world: World) -> None:
    office = await world.as_("office")
    first = await scheme(world)
    assert (first["status"], first["version"], first["objects_count"]) == ("in_force", 1, 15)
    assert [one["action"] for one in first["available_actions"]] == ["retire"]
    body = {"title": "修订方案", "based_on": first["id"], "content": await content(world, trim=5)}
    second = (await office.post(f"/{SCHEMES}", json=body)).json()
    assert (second["no"], second["version"], second["status"]) == (first["no"], 2, "draft")
    again = await office.post(f"/{SCHEMES}", json=body)
    assert (again.status_code, again.json()["code"]) == (409, "evaluations.draft_open")
    second = await stepped(world, "leader", SCHEMES, second, "enact")
    assert second["content"]["trim"] == "5"
    before = (await office.get(f"/{SCHEMES}/{first['id']}")).json()
    assert before["status"] == "retired"
    listed = (await office.get(f"/{SCHEMES}?status=in_force")).json()["items"]
    assert [one["id"] for one in listed] == [second["id"]]
    history = (await office.get(f"/{SCHEMES}/{first['id']}/timeline")).json()["items"]
    assert [entry["action"] for entry in history] == ["retire", "enact", "create"]


async def test_what_is_in_force_is_never_edited(world: World) -> None:
    first = await scheme(world)
    answer = await step(world, "office", SCHEMES, first, "edit", title="新方案", content=await content(world))
    assert (answer.status_code, answer.json()["code"]) == (409, "illegal_transition")


def _weights(body: dict[str, Any]) -> str:
    body["raters"][0]["weight"] = 51
    return "body.content.raters"


def _indicators(body: dict[str, Any]) -> str:
    body["indicators"][0]["weight"] = 59.99
    return "body.content.indicators"


def _parts(body: dict[str, Any]) -> str:
    body["survey"] = 60
    return "body.content.survey"


def _quotas(body: dict[str, Any]) -> str:
    for rater, quota in zip(body["raters"], (500, 250, 249), strict=True):
        rater["quota"] = quota
    return "body.content.raters"


def _twice(body: dict[str, Any]) -> str:
    body["groups"][1]["objects"].append(body["groups"][0]["objects"][0])
    return "body.content.groups"


def _one_score(body: dict[str, Any]) -> str:
    body["options"] = [{"name": "满意", "score": 100}, {"name": "也满意", "score": 100}]
    return "body.content.options"


@pytest.mark.parametrize("spoil", [_weights, _indicators, _parts, _quotas, _twice, _one_score])
async def test_what_contradicts_itself_is_refused_with_its_place(world: World, spoil) -> None:
    body = copy.deepcopy(await content(world))
    path = spoil(body)
    office = await world.as_("office")
    answer = await office.post(f"/{SCHEMES}", json={"title": "年度方案", "content": body})
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "evaluations.scheme_contradictory")
    assert [one["path"] for one in problem["errors"]] == [path]
    assert (await office.get(f"/{SCHEMES}")).json()["items"] == []


async def test_key_units_stand_in_a_group_of_their_own(world: World) -> None:
    """R-57."""
    body = await content(world)
    body["groups"][0]["objects"] = body["groups"][0]["objects"][1:]
    draft = (await (await world.as_("office")).post(f"/{SCHEMES}", json={"title": "年度方案", "content": body})).json()
    answer = await step(world, "leader", SCHEMES, draft, "enact")
    assert (answer.status_code, answer.json()["code"]) == (409, "evaluations.key_units_missing")
    shown = (await (await world.as_("leader")).get(f"/{SCHEMES}/{draft['id']}")).json()
    assert shown["available_actions"] == []
    body = await content(world)
    body["groups"][0]["objects"].append(judged(world, "ML31"))
    draft = await stepped(world, "office", SCHEMES, draft, "edit", title="年度方案", content=body)
    answer = await step(world, "leader", SCHEMES, draft, "enact")
    assert answer.json()["code"] == "evaluations.key_units_missing"


@pytest.mark.parametrize(
    ("login", "draws_up", "enacts"), [("office", 201, 403), ("leader", 403, 200), ("cg.head", 403, 403)]
)
async def test_the_office_drafts_and_the_leader_enacts(world: World, login: str, draws_up: int, enacts: int) -> None:
    client = await world.as_(login)
    body = {"title": "年度方案", "content": await content(world)}
    assert (await client.post(f"/{SCHEMES}", json=body)).status_code == draws_up
    draft = (await (await world.as_("office")).post(f"/{SCHEMES}", json=body)).json()
    assert (await client.get(f"/{SCHEMES}/{draft['id']}")).status_code == 200
    assert (await step(world, login, SCHEMES, draft, "enact")).status_code == enacts
