"""What tests of evaluations share: a scheme that fits, and taking a step."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
from tests.fixtures.region import World

from xiaoneng.cli import demo
from xiaoneng.cli.demo_month import actor_of
from xiaoneng.core.access.schemas import Command
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.features.evaluations.rules.people import check_digit
from xiaoneng.features.evaluations.schemas.rounds import EntropyInput
from xiaoneng.features.evaluations.service import importing, rounds
from xiaoneng.kit import clock

PLAIN = ("ML06", "ML12", "ML13", "ML15", "ML19", "ML20")


def judged(world: World, code: str) -> dict[str, Any]:
    return {"unit_id": str(world.units[code]), "kind": "unit", "name": code}


async def content(world: World, **more: Any) -> dict[str, Any]:
    """A scheme over the key units of the demo district and six others."""
    async with world.database.unit_of_work() as session:
        codes = {key: code for code, key in (await demo.unit_ids(session)).items()}
        key_units = [codes[node.id] for node in (await organization.tree(session)).items if node.is_key_unit]
    plain = {
        "groups": [
            {"name": "重点评议单位", "is_key": True, "objects": [judged(world, code) for code in key_units]},
            {"name": "其他部门", "is_key": False, "objects": [judged(world, code) for code in PLAIN]},
        ],
        "raters": [
            {"category": "service_user", "weight": 50},
            {"category": "supervisor", "weight": 25},
            {"category": "resident", "weight": 25},
        ],
        "indicators": [{"name": "服务态度", "weight": 60}, {"name": "办事效率", "weight": 40}],
        "options": [
            {"name": "满意", "score": 100},
            {"name": "基本满意", "score": 80},
            {"name": "不满意", "score": 40},
            {"name": "不了解", "score": None},
        ],
    }
    return {**plain, **more}


async def step(
    world: World, login: str, place: str, subject: dict[str, Any], action: str, **body: Any
) -> httpx.Response:
    """One action on a subject with the revision it shows."""
    headers = {"If-Match": f'"{subject["rev"]}"'}
    client = await world.as_(login)
    return await client.post(f"/{place}/{subject['id']}/actions/{action}", json=body, headers=headers)


async def stepped(world: World, login: str, place: str, subject: dict[str, Any], action: str, **body: Any) -> dict:
    """One action that must succeed; the subject as it is then."""
    answer = await step(world, login, place, subject, action, **body)
    assert answer.status_code == 200, f"{action}: {answer.status_code} {answer.text}"
    shown: dict[str, Any] = answer.json()
    return shown


SCHEMES = "evaluation-schemes"


async def scheme(world: World, **more: Any) -> dict[str, Any]:
    """A scheme in force."""
    body = {"title": "年度民主评议方案", "content": await content(world, **more)}
    answer = await (await world.as_("office")).post(f"/{SCHEMES}", json=body)
    assert answer.status_code == 201, answer.text
    return await stepped(world, "leader", SCHEMES, answer.json(), "enact")


ROUNDS = "evaluation-rounds"
CATEGORIES = ("service_user", "service_user", "supervisor", "resident")
SOURCE = "次日中国福利彩票双色球开奖号码"


def identity(number: int) -> str:
    body = f"990000{1950 + number % 50}0101{number % 1000:03d}"
    return body + check_digit(body)


def people(count: int, *, first: int = 0, **more: Any) -> list[dict[str, Any]]:
    return [
        {
            "category": CATEGORIES[number % len(CATEGORIES)],
            "name": f"代表{number}",
            "phone": f"139{number:08d}",
            "identity": identity(number),
            "employer_id": None,
            **more,
        }
        for number in range(first, first + count)
    ]


async def fill(world: World, rows: Sequence[dict[str, Any]]) -> None:
    office = await actor_of(world.database, "office")
    async with world.database.unit_of_work() as session:
        await importing.fill(session, office, rows, {})


SMALL = {"draw_size": 20, "pool_minimum": 60, "min_sample": 5}


async def begun(world: World, **more: Any) -> dict[str, Any]:
    """A round whose scheme is frozen."""
    made = await scheme(world, **{**SMALL, **more})
    body = {"title": "2026年度民主评议", "year": 2026, "scheme_id": made["id"]}
    answer = await (await world.as_("office")).post(f"/{ROUNDS}", json=body)
    assert answer.status_code == 201, answer.text
    return await stepped(world, "office", ROUNDS, answer.json(), "freeze_scheme")


def tomorrow() -> str:
    return (clock.today() + timedelta(days=1)).isoformat()


async def committed(world: World, row: dict[str, Any]) -> dict[str, Any]:
    return await stepped(world, "office", ROUNDS, row, "freeze_pool", entropy_source=SOURCE, entropy_on=tomorrow())


async def drawn(world: World, row: dict[str, Any], entropy: str = "03 11 19 22 27 30 + 08") -> dict[str, Any]:
    """The round on the next day, drawn."""
    office = await actor_of(world.database, "office")
    with clock.frozen(clock.now() + timedelta(days=1)):
        async with world.database.unit_of_work() as session:
            command = Command("draw", EntropyInput(entropy=entropy), row["rev"])
            await rounds.perform(session, office, UUID(row["id"]), command)
    shown: dict[str, Any] = (await (await world.as_("office")).get(f"/{ROUNDS}/{row['id']}")).json()
    return shown
