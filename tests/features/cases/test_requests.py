"""More time, a pause, an exclusion, an appeal: asked for by one, endorsed by another, decided by a third."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from tests.features.cases.test_assignments import of, shared
from tests.features.cases.test_lifecycle import replied
from tests.fixtures.region import World, act, done

from xiaoneng.kit import clock

pytestmark = pytest.mark.anyio


async def asked(world: World, case: dict[str, Any], login: str = "office") -> dict[str, Any]:
    [request] = (await (await world.as_(login)).get(f"/case-requests?case_id={case['id']}")).json()["items"]
    return request


async def step(world: World, login: str, request: dict[str, Any], action: str, **body: Any) -> httpx.Response:
    headers = {"If-Match": f'"{request["rev"]}"'}
    client = await world.as_(login)
    return await client.post(f"/case-requests/{request['id']}/actions/{action}", json=body, headers=headers)


async def went(world: World, login: str, request: dict[str, Any], action: str, **body: Any) -> dict[str, Any]:
    answer = await step(world, login, request, action, **body)
    assert answer.status_code == 200, f"{action} by {login}: {answer.text}"
    return answer.json()


async def shown(world: World, case: dict[str, Any], login: str = "office") -> dict[str, Any]:
    return (await (await world.as_(login)).get(f"/cases/{case['id']}")).json()


def finish(shape: dict[str, Any]) -> dict[str, Any]:
    return [clock for clock in shape["clocks"] if clock["kind"] == "finish"][-1]


@contextmanager
def at(world: World, moment: datetime) -> Iterator[None]:
    """The world at another moment; everybody logs in anew, for tokens are short."""
    kept, world._clients = world._clients, {}
    with clock.frozen(moment):
        yield
    world._clients = kept


async def upload(world: World, login: str) -> str:
    files = {"file": ("现场.txt", "现场记录".encode(), "text/plain")}
    answer = await (await world.as_(login)).post("/files", files=files)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


class TestExtension:
    async def test_the_limit_of_the_case_and_of_its_helpers_is_longer_once_two_others_agree(self, world: World) -> None:
        case = await shared(world)
        before = case["due_at"]
        case = await done(world, "cg.liaison", case, "apply_extension", amount=5, reason="需等待管线迁改")
        again = await act(world, "cg.liaison", case, "apply_extension", amount=5, reason="再次申请")
        assert again.json()["code"] == "cases.request_open"
        request = await asked(world, case)
        assert (await step(world, "cg.liaison", request, "endorse")).status_code == 403
        assert (await step(world, "office", request, "grant", decision="同意")).json()["code"] == "illegal_transition"
        request = await went(world, "cg.head", request, "endorse")
        assert (await step(world, "zj.head", request, "endorse")).status_code == 404
        request = await went(world, "office", request, "grant", decision="同意延长五个工作日")
        case = await shown(world, case)
        assert request["due_before"] == before < request["due_after"] == case["due_at"] == finish(case)["due_at"]
        assert finish(case)["extension_total"] == 5
        assert of(case, "lead")["due_at"] == of(case, "co")["due_at"] == case["due_at"]
        assert finish(of(case, "co"))["due_at"] == case["due_at"]
        request = await went(world, "cg.liaison", request, "record_told", note="已电话告知延期及理由")
        assert request["told_by"] == "罗知秋"
        assert (await step(world, "cg.liaison", request, "record_told", note="再次")).json()[
            "code"
        ] == "cases.other_way"

    @pytest.mark.parametrize(("asked_on", "provisional"), [("2026-11-02", False), ("2026-12-21", True)])
    async def test_a_new_date_in_a_year_without_a_calendar_is_told_as_provisional(
        self, world: World, asked_on: str, provisional: bool
    ) -> None:
        with at(world, datetime.fromisoformat(f"{asked_on}T10:00:00+08:00")):
            case = await done(world, "cg.liaison", await shared(world), "apply_extension", amount=5, reason="等待迁改")
            request = await asked(world, case)
            assert request["provisional"] is False, "there is no new date yet"
            request = await went(world, "cg.head", request, "endorse")
            request = await went(world, "office", request, "grant", decision="同意")
            shown_as = (request["provisional"], (await shown(world, case))["deadline"]["provisional"])
        assert shown_as == (provisional, provisional)

    async def test_after_the_limit_there_is_nothing_to_ask_and_nothing_to_grant(self, world: World) -> None:
        case = await shared(world)
        due = datetime.fromisoformat(case["due_at"])
        with at(world, due - timedelta(minutes=1)):
            case = await done(world, "cg.liaison", case, "apply_extension", amount=5, reason="需等待管线迁改")
            request = await went(world, "cg.head", await asked(world, case), "endorse")
        with at(world, due):
            late = await act(world, "cg.liaison", case, "apply_pause", reason="等待鉴定")
            assert late.json()["code"] == "cases.deadline_passed"
            assert (await step(world, "office", request, "grant", decision="同意")).status_code == 409
        assert (await shown(world, case))["due_at"] == case["due_at"]

    async def test_an_extension_is_no_longer_than_the_limit(self, world: World) -> None:
        case = await shared(world)
        answer = await act(world, "cg.liaison", case, "apply_extension", amount=11, reason="需等待管线迁改")
        assert (answer.status_code, answer.json()["code"]) == (422, "cases.extension_too_long")


async def test_a_pause_shows_no_date_and_gives_back_its_days(world: World) -> None:
    case = await shared(world)
    before = case["due_at"]
    case = await done(world, "cg.liaison", case, "apply_pause", reason="等待鉴定机构出具结论")
    request = await went(world, "cg.head", await asked(world, case), "endorse")
    await went(world, "office", request, "grant", decision="同意中止")
    case = await shown(world, case)
    assert (case["due_at"], case["lamp"], case["deadline"]["paused"]) == (None, "paused", True)
    assert [finish(of(case, "co"))["state"], finish(case)["state"]] == ["paused", "paused"]
    [row] = (await (await world.as_("cg.liaison")).get("/cases")).json()["items"]
    assert (row["due_at"], row["lamp"]) == (None, "paused")
    with at(world, clock.now() + timedelta(days=14)):
        case = await done(world, "cg.liaison", case, "resume", reason="鉴定结论已出具")
        assert case["due_at"] > before
        assert finish(of(case, "co"))["due_at"] == finish(case)["due_at"] == case["due_at"]


class TestAssessment:
    async def test_an_exclusion_needs_evidence_and_two_people_of_the_office(self, world: World) -> None:
        case = await replied(world)
        assert (
            await act(world, "cg.liaison", case, "apply_exclusion", reason="不合理诉求", file_ids=[])
        ).status_code == 422
        proof = await upload(world, "cg.liaison")
        case = await done(world, "cg.liaison", case, "apply_exclusion", reason="不合理诉求", file_ids=[proof])
        request = await asked(world, case)
        assert [ref["name"] for ref in request["files"]] == ["现场.txt"]
        assert (await step(world, "cg.head", request, "endorse")).json()["code"] == "cases.other_way"
        request = await went(world, "office", request, "review")
        assert (await step(world, "office", request, "grant", decision="同意")).json()["code"] == "cases.same_person"
        await went(world, "leader", request, "grant", decision="同意剔除")
        assert (await shown(world, case))["excluded_at"] is not None

    async def test_an_appeal_is_not_decided_by_whom_it_is_against(self, world: World) -> None:
        case = await replied(world)
        nothing = await act(world, "cg.liaison", case, "appeal", about="redo", reason="不应重办")
        assert nothing.json()["code"] == "cases.nothing_to_appeal"
        case = await done(world, "office", case, "redo", reason="答复与事实不符")
        with at(world, clock.now() + timedelta(days=20)):
            late = await act(world, "cg.liaison", case, "appeal", about="redo", reason="不应重办")
            assert late.json()["code"] == "cases.appeal_too_late"
        case = await done(world, "cg.liaison", case, "appeal", about="redo", reason="答复属实，不应重办")
        request = await asked(world, case)
        assert (await step(world, "office", request, "review")).json()["code"] == "cases.same_person"
        assert (await step(world, "office", request, "dismiss", reason="不予受理")).json()[
            "code"
        ] == "cases.same_person"


async def test_requests_of_another_unit_are_out_of_sight(world: World) -> None:
    case = await shared(world)
    case = await done(world, "cg.liaison", case, "apply_extension", amount=1, reason="需等待管线迁改")
    mine = f"/case-requests?with_total=true&case_id={case['id']}"
    seen = {
        login: (await (await world.as_(login)).get(mine)).json()["total"]
        for login in ("cg.head", "office", "leader", "zj.liaison", "hb.liaison", "cg.handler")
    }
    assert seen == {"cg.head": 1, "office": 1, "leader": 1, "zj.liaison": 0, "hb.liaison": 0, "cg.handler": 0}
    waiting = (await (await world.as_("office")).get("/case-requests")).json()["items"]
    assert [one["case_no"] for one in waiting] == [case["no"]]
