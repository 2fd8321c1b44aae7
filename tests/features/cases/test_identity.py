"""How a reporter is known: one choice of three at every way in, and what each means to those who look."""

from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from tests.features.cases.test_lifecycle import dispatched
from tests.features.hotline.test_inbox import created, only_case, send
from tests.fixtures.region import World, done, register

from xiaoneng.core.timeline.models import TimelineEntry
from xiaoneng.features.cases import rules
from xiaoneng.features.cases.models.case import Identity
from xiaoneng.features.cases.service import system

pytestmark = pytest.mark.anyio
CALLER = {"name": "林小满", "phone": "13900001234"}
ANONYMOUS, CONFIDENTIAL, REAL_NAME = Identity


@pytest.mark.parametrize("chosen", [None, *Identity])
@pytest.mark.parametrize("anonymous", [False, True])
@pytest.mark.parametrize("confidential", [False, True])
@pytest.mark.parametrize("has_caller", [False, True])
def test_what_was_chosen_goes_before_the_flags_and_those_before_what_is_known(
    chosen: Identity | None, anonymous: bool, confidential: bool, has_caller: bool
) -> None:
    known = rules.identity_of(chosen, anonymous=anonymous, confidential=confidential, has_caller=has_caller)
    by_flags = {
        (False, False): REAL_NAME,
        (False, True): CONFIDENTIAL,
        (True, False): ANONYMOUS,
        (True, True): ANONYMOUS,
    }
    assert known == (chosen or (by_flags[anonymous, confidential] if has_caller else ANONYMOUS))


@pytest.mark.parametrize(
    ("body", "identity"),
    [
        ({"identity": "real_name", "caller": CALLER}, "real_name"),
        ({"identity": "confidential", "caller": {"phone": CALLER["phone"]}}, "confidential"),
        ({"identity": "anonymous"}, "anonymous"),
        ({"identity": "anonymous", "anonymous": True}, "anonymous"),
        ({"caller": CALLER}, "real_name"),
        ({"confidential": True, "caller": CALLER}, "confidential"),
        ({"anonymous": True}, "anonymous"),
        ({}, "anonymous"),
        ({"caller": {}}, "anonymous"),
    ],
)
async def test_the_desk_says_it_in_the_new_words_or_in_the_old(
    world: World, body: dict[str, Any], identity: str
) -> None:
    case = await register(world, **body)
    assert (case["identity"], case["anonymous"], case["confidential"]) == (
        identity,
        identity == "anonymous",
        identity == "confidential",
    )
    [row] = (await (await world.as_("operator")).get("/cases")).json()["items"]
    assert (row["identity"], row["confidential"]) == (identity, identity == "confidential")


@pytest.mark.parametrize(
    ("body", "path", "code"),
    [
        ({"identity": "anonymous", "caller": CALLER}, "body.caller", "anonymous_caller"),
        ({"identity": "real_name"}, "body.caller", "caller_required"),
        ({"identity": "confidential", "caller": {}}, "body.caller", "caller_required"),
        ({"identity": "real_name", "caller": CALLER, "confidential": True}, "body.identity", "identity_contradicts"),
        ({"identity": "confidential", "caller": CALLER, "anonymous": True}, "body.identity", "identity_contradicts"),
        ({"identity": "secret", "caller": CALLER}, "body.identity", "enum"),
    ],
)
async def test_what_the_caller_does_not_bear_out_is_refused_and_nothing_is_written(
    world: World, body: dict[str, Any], path: str, code: str
) -> None:
    client = await world.as_("operator")
    told = {"kind": "complaint", "channel": "visit", "title": "路灯不亮", "content": "三天不亮。", **body}
    answer = await client.post("/cases", json=told)
    assert answer.status_code == 422, answer.text
    assert [(one["path"], one["code"]) for one in answer.json()["errors"]] == [(path, code)]
    assert (await client.get("/cases")).json()["items"] == []


@pytest.mark.parametrize(
    ("said", "identity", "masked"),
    [
        ({"identity": "保密"}, "confidential", None),
        ({"identity": "real_name"}, "real_name", "139****1234"),
        ({"identity": "匿名"}, "anonymous", None),
        ({"confidential": True}, "confidential", None),
        ({"anonymous": True, "confidential": True}, "anonymous", None),
        ({}, "real_name", "139****1234"),
    ],
)
async def test_a_message_of_a_platform_says_it_too(
    world: World, said: dict[str, Any], identity: str, masked: str | None
) -> None:
    await send(world, created(caller=CALLER, **said))
    case = await only_case(world)
    assert case["identity"] == identity
    assert (case["caller"] or {}).get("phone_masked") == masked


async def test_a_message_is_not_refused_for_a_word_we_do_not_know_nor_for_a_caller_it_lacks(world: World) -> None:
    await send(world, created(identity="仅领导可见", caller=CALLER))
    assert (await only_case(world))["identity"] == "real_name"
    async with world.database.unit_of_work() as session:
        case = await system.find_external(session, "city", "GD-1")
        assert case is not None
        assert case.raw_values == {"identity": "仅领导可见"}
    answer = await send(world, created("GD-2", identity="real_name"), "e-2")
    assert answer.status_code == 202
    items = (await (await world.as_("operator")).get("/cases")).json()["items"]
    assert {row["identity"] for row in items} == {"real_name", "anonymous"}


async def test_a_citizen_chooses_and_reads_it_on_the_receipt(world: World) -> None:
    told = {"kind": "complaint", "title": "夜间施工", "content": "夜间施工，影响休息。"}
    client = await world.anybody()
    for identity, contact in (("confidential", CALLER), ("anonymous", None)):
        made = await client.post("/public/cases", json={**told, "identity": identity, "contact": contact})
        seen = await client.post("/public/receipts/track", json=made.json()["receipt"])
        assert seen.json()["identity"] == identity
    lacking = await client.post("/public/cases", json={**told, "identity": "real_name"})
    assert (lacking.status_code, lacking.json()["errors"][0]["code"]) == (422, "caller_required")


async def _reveal(world: World, login: str, case: dict[str, Any]) -> tuple[int, Any]:
    path = f"/cases/{case['id']}/actions/reveal_caller"
    answer = await (await world.as_(login)).post(path, json={"reason": "核实情况"})
    return answer.status_code, answer.json().get("code") or answer.json()["phone"]


async def _offered(world: World, login: str, case: dict[str, Any]) -> bool:
    shown = (await (await world.as_(login)).get(f"/cases/{case['id']}")).json()
    return "reveal_caller" in {one["action"] for one in shown["available_actions"]}


async def _with_handler(world: World, **more: Any) -> dict[str, Any]:
    case = await register(world, caller=CALLER, **more)
    case = await done(world, "operator", case, "dispatch", unit_id=str(world.units["ML17"]))
    case = await done(world, "cg.liaison", case, "sign")
    people = (await (await world.as_("cg.liaison")).get("/people?q=万里")).json()["items"]
    return await done(world, "cg.liaison", case, "assign_handler", person_id=people[0]["id"])


async def test_a_real_name_is_masked_and_its_handler_may_look_with_a_reason(world: World) -> None:
    case = await _with_handler(world, identity="real_name")
    assert case["caller"] == {"name_masked": "林**", "phone_masked": "139****1234"}
    assert await _offered(world, "cg.handler", case)
    assert await _reveal(world, "cg.handler", case) == (200, CALLER["phone"])
    record = sa.select(TimelineEntry.actor_name, TimelineEntry.reason).where(TimelineEntry.is_read)
    async with world.database.unit_of_work() as session:
        looked = (await session.execute(record.where(TimelineEntry.subject_id == UUID(case["id"])))).all()
    assert [tuple(one) for one in looked] == [("万里", "核实情况")]


async def test_nobody_looks_without_a_reason(world: World) -> None:
    case = await _with_handler(world, identity="real_name")
    answer = await (await world.as_("cg.handler")).post(f"/cases/{case['id']}/actions/reveal_caller", json={})
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, "body.reason")


async def test_a_confidential_caller_is_shown_to_nobody_and_to_its_handler_not_even_with_a_reason(
    world: World,
) -> None:
    case = await _with_handler(world, identity="confidential")
    for login in ("cg.handler", "cg.head", "office", "operator", "auditor"):
        shown = await (await world.as_(login)).get(f"/cases/{case['id']}")
        assert (shown.status_code, shown.json()["caller"]) == (200, None)
        assert not any(told in shown.text for told in ("139****1234", "林**", *CALLER.values()))
    assert not await _offered(world, "cg.handler", case)
    assert await _reveal(world, "cg.handler", case) == (403, "cases.caller_confidential")
    assert await _reveal(world, "cg.head", case) == (403, "access.permission_denied")
    for login in ("office", "leader", "operator"):
        assert await _offered(world, login, case)
        assert await _reveal(world, login, case) == (200, CALLER["phone"])


async def test_the_unit_complained_about_never_learns_a_confidential_caller(world: World) -> None:
    """The hotline complained about at its own desk: its operator took it down and still may not look again."""
    against = str(world.units["ML22"])
    secret = await register(world, caller=CALLER, identity="confidential", target_unit_id=against)
    plain = await register(world, caller=CALLER, identity="real_name", target_unit_id=against)
    assert await _reveal(world, "operator", secret) == (403, "cases.caller_confidential")
    assert await _reveal(world, "operator", plain) == (200, CALLER["phone"])
    assert await _reveal(world, "office", secret) == (200, CALLER["phone"])


async def test_nothing_of_an_anonymous_reporter_is_there_to_be_shown(world: World) -> None:
    case = await dispatched(world)
    assert (case["identity"], case["caller"]) == ("anonymous", None)
    assert not await _offered(world, "office", case)
