"""Lists cost the same statements however many rows they show: requests, merges, supervision, transfers, views."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.features.cases.test_lifecycle import replied
from tests.features.cases.test_merging import merged
from tests.features.cases.test_requests import upload
from tests.features.cases.test_statements import fewest
from tests.features.cases.test_substitution import person
from tests.fixtures.region import World, done, register

from xiaoneng.core.transfers.service import exports, imports
from xiaoneng.core.views import service as views
from xiaoneng.settings import get_settings

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def _store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XIAONENG_STATE_DIR", str(tmp_path))
    for kind in (exports, imports):
        monkeypatch.setattr(kind, "MAX_OPEN", 99)
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


async def posted(world: World, login: str, path: str, **body: Any) -> dict[str, Any]:
    answer = await (await world.as_(login)).post(path, json=body)
    assert answer.is_success, answer.text
    return dict(answer.json())


async def _request(world: World, number: int) -> None:
    case = await replied(world)
    asked = {"reason": f"理由{number}", "file_ids": [await upload(world, "cg.liaison")]}
    await done(world, "cg.liaison", case, "apply_exclusion", **asked)


async def _supervised(world: World, number: int) -> None:
    case = await done(world, "operator", await register(world), "dispatch", unit_id=str(world.units["ML17"]))
    login = ("cg.handler", "cg.head", "cg.liaison")[number % 3]
    told = {"text": f"限期解决{number}", "addressees": [{"person_id": await person(world, login)}]}
    await posted(world, "leader", "/case-instructions", case_id=case["id"], **told)
    charge = {"leader_id": await person(world, login), "grounds": "反复反映", "due_on": "2030-01-02"}
    await posted(world, "office", "/case-listings", case_id=case["id"], **charge)


async def _export(world: World, number: int) -> None:
    filters = {"unit_id": str(world.units["ML17"]), "q": f"路灯{number}"}
    await posted(world, "office", "/case-exports", with_personal=True, reason="逐一回访", filters=filters)


async def _import(world: World, number: int) -> None:
    office = await world.as_("office")
    content = f"工单编号,标题\nA{number},路灯".encode()
    file = (await office.post("/files", files={"file": ("清单.csv", content)})).json()
    await posted(world, "office", "/imports", kind="cases", file_id=file["id"], source=f"old{number}")


async def _view(world: World, number: int) -> None:
    await posted(world, "office", "/saved-views", list_name="cases", title=f"视图{number}", filters={}, sort="due_at")


LISTS = {
    "/case-requests": (_request, "office", 2),
    "/case-instructions": (_supervised, "office", 2),
    "/case-listings": (_supervised, "office", 2),
    "/desk": (_supervised, "cg.head", 3),
    "/exports": (_export, "office", 2),
    "/export-approvals": (_export, "leader", 1),
    "/imports": (_import, "office", 2),
    "/saved-views?list_name=cases": (_view, "office", 1),
}
"""The list, how a row of it comes about, who reads it, and how many statements that may take."""


@pytest.mark.parametrize("address", LISTS)
async def test_many_rows_take_as_many_statements_as_one(world: World, address: str) -> None:
    make, login, most = LISTS[address]
    reader = await world.as_(login)

    async def count() -> int:
        statements = await fewest(world, lambda: reader.get(address))
        assert len(statements) <= most, statements
        return len(statements)

    await make(world, 0)
    one = await count()
    for number in range(1, 4):
        await make(world, number)
    items = (await reader.get(address)).json()
    assert sum(len(found) for found in items.values() if isinstance(found, list)) >= 4, items
    assert await count() == one


async def test_a_matter_of_many_reports_takes_as_many_statements_as_of_two(world: World) -> None:
    primary = await register(world)
    operator = await world.as_("operator")
    counts = []
    for _ in range(2):
        for _ in range(2):
            await merged(world, await register(world), primary)
        found = [await fewest(world, lambda path=path: operator.get(f"/cases/{primary['id']}{path}")) for path in PATHS]
        counts.append([len(statements) for statements in found])
    assert counts[0] == counts[1]
    assert all(count <= most for count, most in zip(counts[1], PATHS.values(), strict=True)), counts


PATHS = {"": 3, "/merges": 2, "/alike": 2}


async def test_a_full_house_of_views_is_one_statement(world: World) -> None:
    for number in range(views.MAX_VIEWS):
        await _view(world, number)
    office = await world.as_("office")
    assert len(await fewest(world, lambda: office.get("/saved-views?list_name=cases&limit=100"))) == 1
