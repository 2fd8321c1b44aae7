"""What tests of evaluations share: a scheme that fits, and taking a step."""

from typing import Any

import httpx
from tests.fixtures.region import World

from xiaoneng.cli import demo
from xiaoneng.core.organization.service import directory as organization

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
