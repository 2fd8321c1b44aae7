"""Letters: on their way from draft to closing, numbered without gaps, answered in time or not (SM-4, R-05, S4-09)."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.features.campaigns.test_work import act, done
from tests.features.cases.test_machines import FOREIGN, OWN, agreed, open_cells
from tests.features.cases.test_requests import at, upload
from tests.features.cases.test_statements import fewest
from tests.fixtures.region import World

from xiaoneng.core.numbering.models import NumberCounter
from xiaoneng.features.inspections.models.letters import Letter, LetterType
from xiaoneng.features.inspections.rules.letters import body_of, chinese, percent
from xiaoneng.features.inspections.service import letters
from xiaoneng.features.inspections.transitions.letters import LETTERS
from xiaoneng.kit import clock
from xiaoneng.kit.problems import Conflict
from xiaoneng.settings import get_settings

pytestmark = pytest.mark.anyio
TABLE = """
draft: edit LGO; countersign LGO LGL; void LGL
countersigned: send_back LGO LGL; issue LGL; void LGL
issued: make_files LGO; deliver LGO; admonish LGO; propose_accountability LGL; void LGL
delivered: make_files LGO; receive UHD; admonish LGO; propose_accountability LGL; void LGL
received: make_files LGO; reply_plan UHD ULN; admonish LGO; propose_accountability LGL; void LGL
plan_replied: make_files LGO; reply_result UHD ULN; admonish LGO; propose_accountability LGL
supplement: make_files LGO; reply_result UHD ULN; admonish LGO; propose_accountability LGL
result_replied: make_files LGO; accept LGO; ask_supplement LGO
reviewed: make_files LGO; close LGO
closed: make_files LGO
voided: make_files LGO
"""
PATH = "letters"


@pytest.fixture(autouse=True)
def _store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XIAONENG_STATE_DIR", str(tmp_path))
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


def test_a_letter_is_open_exactly_as_agreed() -> None:
    assert set(open_cells(LETTERS, OWN)) == agreed(TABLE)
    assert {role for _, _, role in open_cells(LETTERS, FOREIGN)} == {"LGO", "LGL"}
    assert set(letters.DOOR._effects) == {row.action for row in LETTERS.transitions}


def content(world: World, **more: Any) -> dict[str, Any]:
    return {
        "type": "suggestion",
        "to_unit_id": str(world.units["ML17"]),
        "title": "关于窗口一次性告知不到位问题的整改建议书",
        "opening": "经查，有关情况如下。",
        "problems": ["一次性告知不到位", "岗位无人替补"],
        "requirements": "健全一次性告知和岗位替补制度。",
        "source_type": "random_check",
        **more,
    }


async def office_issues(world: World) -> dict[str, Any]:
    """The office has a mark and a word for its numbers."""
    me = (await (await world.as_("office")).get("/bodies", params={"limit": 100})).json()["items"]
    body = next(one for one in me if one["name"] == "作风和效能领导小组办公室")
    said = {"body_id": body["id"], "name": "区效能办", "mark": "区效能办文件", "word": "明效办"}
    answer = await (await world.as_("office")).post("/letter-issuers", json=said)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def drafted(world: World, **more: Any) -> dict[str, Any]:
    answer = await (await world.as_("office")).post("/letters", json=content(world, **more))
    assert answer.status_code == 201, answer.text
    return answer.json()


async def step(world: World, login: str, letter: dict[str, Any], action: str, **body: Any) -> dict[str, Any]:
    return await done(world, login, PATH, letter, action, **body)


async def ready(world: World, **more: Any) -> dict[str, Any]:
    return await step(world, "leader", await drafted(world, **more), "countersign")


async def delivered(world: World, **more: Any) -> dict[str, Any]:
    letter = await step(world, "leader", await ready(world, **more), "issue")
    return await step(world, "office", letter, "deliver", delivery="系统送达")


async def refused(world: World, login: str, letter: dict[str, Any], action: str, **body: Any) -> str:
    answer = await act(world, login, PATH, letter, action, **body)
    assert answer.is_error, answer.text
    code: str = answer.json()["code"]
    return code


async def seen(world: World, login: str, letter: dict[str, Any]) -> httpx.Response:
    return await (await world.as_(login)).get(f"/letters/{letter['id']}")


def in_days(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


async def test_an_issued_letter_is_kept_as_word_and_pdf_and_unseen_until_it_is_delivered(world: World) -> None:
    await office_issues(world)
    letter = await ready(world)
    assert letter["no"] is None
    assert (await seen(world, "cg.head", letter)).status_code == 404
    letter = await step(world, "leader", letter, "issue")
    year = clock.today().year
    assert (letter["no"], letter["status"]) == (f"明效办建〔{year}〕1号", "issued")
    assert letter["deadline"]["remaining_working_days"] == 15
    await world.work_off()
    letter = (await seen(world, "office", letter)).json()
    assert letter["word_file"]["name"] == f"整改建议书 明效办建〔{year}〕1号.docx"
    assert (letter["pdf_file"] is None) == (letter["pdf_problem"] is not None)
    word = await (await world.as_("office")).get(f"/files/{letter['word_file']['id']}/content")
    assert word.content.startswith(b"PK")
    assert (await (await world.as_("cg.head")).get(f"/files/{letter['word_file']['id']}")).status_code == 404
    letter = await step(world, "office", letter, "deliver", delivery="专人送达")
    await world.work_off()
    told = (await (await world.as_("cg.head")).get("/notifications")).json()["items"]
    assert any("请签收" in one["title"] for one in told)
    assert (await (await world.as_("cg.head")).get(f"/files/{letter['word_file']['id']}")).status_code == 200


async def test_a_letter_goes_its_way_and_its_problems_stand_in_the_ledger(world: World) -> None:
    await office_issues(world)
    letter = await delivered(world)
    assert await refused(world, "cg.liaison", letter, "receive") == "access.permission_denied"
    letter = await step(world, "cg.head", letter, "receive")
    assert letter["received_by_name"] == "程立"
    first, second = letter["problems"]
    plan = {"text": "整改方案如下", "result_due_on": in_days(20), "problem_ids": [first["id"]]}
    letter = await step(world, "cg.liaison", letter, "reply_plan", **plan)
    assert letter["replies"][0]["is_late"] is False
    item_id = next(one["item_id"] for one in letter["problems"] if one["id"] == first["id"])
    item = (await (await world.as_("cg.liaison")).get(f"/rectification-items/{item_id}")).json()
    assert (item["source"]["type"], item["source"]["id"], item["source"]["label"]) == (
        "letter",
        first["id"],
        letter["no"],
    )
    back = (await (await world.as_("office")).get("/letters", params={"problem_id": first["id"]})).json()["items"]
    assert [one["id"] for one in back] == [letter["id"]]
    letter = await step(world, "cg.liaison", letter, "reply_result", text="已整改")
    assert letter["deadline"] is None
    letter = await step(world, "office", letter, "ask_supplement", reason="缺少佐证", due_on=in_days(5))
    file_id = await upload(world, "cg.liaison")
    letter = await step(world, "cg.liaison", letter, "reply_result", text="补充佐证", file_ids=[file_id])
    letter = await step(world, "office", letter, "accept", note="符合要求")
    letter = await step(world, "office", letter, "close")
    assert (letter["status"], letter["supplement_count"], len(letter["replies"])) == ("closed", 1, 3)
    assert letter["available_actions"] == [{"action": "make_files", "needs_reason": False, "title": "重新生成文件"}]
    told = (await (await world.as_("cg.liaison")).get(f"/letters/{letter['id']}/timeline")).json()["items"]
    assert [one["title"] for one in told][:2] == ["办结", "审核通过"]
    assert second["item_id"] is None


async def test_whoever_drafts_does_not_countersign_and_what_is_issued_does_not_change(world: World) -> None:
    await office_issues(world)
    letter = await drafted(world)
    assert await refused(world, "office", letter, "countersign") == "letters.same_person"
    assert "countersign" not in [one["action"] for one in letter["available_actions"]]
    letter = await step(world, "leader", letter, "countersign")
    letter = await step(world, "leader", letter, "send_back", reason="依据不准")
    letter = await step(world, "office", letter, "edit", **content(world, problems=["只有一个问题"]))
    assert [one["text"] for one in letter["problems"]] == ["只有一个问题"]
    letter = await step(world, "leader", await step(world, "leader", letter, "countersign"), "issue")
    assert await refused(world, "office", letter, "edit", **content(world)) == "illegal_transition"


async def test_a_late_unit_is_admonished_once_and_then_proposed(world: World) -> None:
    await office_issues(world)
    letter = await step(world, "cg.head", await delivered(world), "receive")
    assert await refused(world, "office", letter, "admonish", reason="催办", due_on=in_days(5)) == "letters.not_overdue"
    with at(world, clock.now() + timedelta(days=40)):
        assert (await seen(world, "office", letter)).json()["is_overdue"] is True
        code = await refused(world, "leader", letter, "propose_accountability", reason="拒不回复")
        assert code == "letters.not_admonished"
        past = await refused(world, "office", letter, "admonish", reason="逾期", due_on=in_days(-1))
        assert past == "worktime.due_in_past"
        letter = await step(world, "office", letter, "admonish", reason="逾期未复", due_on=in_days(3))
        assert (letter["is_admonished"], letter["is_overdue"]) == (True, False)
    with at(world, clock.now() + timedelta(days=50)):
        code = await refused(world, "office", letter, "admonish", reason="再次", due_on=in_days(3))
        assert code == "letters.admonished_already"
        letter = await step(world, "leader", letter, "propose_accountability", reason="拒不回复")
        again = await refused(world, "leader", letter, "propose_accountability", reason="再次提出")
        assert again == "letters.proposed_already"
        await world.work_off()
        told = (await (await world.as_("accountability")).get("/notifications")).json()["items"]
        assert any("问责建议" in one["title"] for one in told)
        letter = await step(world, "cg.liaison", letter, "reply_plan", text="迟到的方案", result_due_on=in_days(3))
        assert letter["replies"][0]["is_late"] is True
        rates = (
            await (await world.as_("office")).get("/letter-reply-rates", params={"year": letter["issued_on"][:4]})
        ).json()
        [row] = rates["items"]
        assert (row["due"], row["on_time"], row["late"], row["percent"]) == (1, 0, 1, "0.00")


async def test_numbers_have_no_gap_though_twenty_issue_at_once_and_one_is_undone(world: World) -> None:
    await office_issues(world)
    made = [await ready(world) for _ in range(21)]
    await world.as_("leader")

    async def undone(letter: dict[str, Any]) -> None:
        async with world.database.unit_of_work() as session:
            found = await session.get(Letter, letter["id"])
            counter = await session.get(NumberCounter, ("明效办", "letter.suggestion", clock.today().year))
            assert found is not None
            await letters.numbering.next_number(session, "letter.suggestion", "明效办")
            assert counter is None or counter.last >= 1
            raise Conflict

    results = await asyncio.gather(
        *(act(world, "leader", PATH, letter, "issue") for letter in made[:20]),
        undone(made[20]),
        return_exceptions=True,
    )
    assert isinstance(results[20], Conflict)
    numbers = sorted(int(one.json()["no"].split("〕")[1][:-1]) for one in results[:20])
    assert numbers == list(range(1, 21))
    last = await step(world, "leader", made[20], "issue")
    assert last["no"].endswith("〕21号")
    voided = await step(world, "leader", last, "void", reason="发错单位")
    other = await step(world, "leader", await ready(world), "issue")
    assert (voided["status"], voided["no"], other["no"][-3:]) == ("voided", last["no"], "22号")
    reminder = await step(world, "leader", await ready(world, type="reminder"), "issue")
    assert reminder["no"] == f"明效办醒〔{clock.today().year}〕1号"


async def test_what_a_letter_refuses_leaves_nothing_behind(world: World) -> None:
    office = await world.as_("office")
    nobody = await office.post("/letters", json=content(world))
    assert nobody.json()["code"] == "letters.no_issuer"
    issuer = await office_issues(world)
    for bad in (
        {"source_type": "case"},
        {"source_id": issuer["id"]},
        {"source_type": "case", "source_id": issuer["id"]},
    ):
        assert (await office.post("/letters", json=content(world, **bad))).json()["code"] == "letters.source_refused"
    empty = await office.post("/letters", json=content(world, problems=[]))
    assert (empty.status_code, empty.json()["errors"][0]["path"]) == (422, "body.problems")
    assert (await office.get("/letters")).json()["items"] == []
    letter = await step(world, "cg.head", await delivered(world), "receive")
    plan = {"text": "方案", "result_due_on": in_days(9), "problem_ids": [issuer["id"]]}
    assert await refused(world, "cg.head", letter, "reply_plan", **plan) == "letters.problem_unknown"
    assert (await seen(world, "office", letter)).json()["replies"] == []
    assert (await seen(world, "zj.head", letter)).status_code == 404
    taken = {"body_id": str(issuer["body_id"]), "name": "区效能办", "mark": "区效能办文件", "word": "明效办"}
    assert (await (await world.as_("office")).post("/letter-issuers", json=taken)).status_code == 200


async def test_the_preview_shows_pages_and_keeps_nothing(world: World) -> None:
    await office_issues(world)
    office = await world.as_("office")
    shown = await office.post("/letter-previews", json=content(world))
    if shown.status_code == 503:
        pytest.skip("no font for Chinese on this machine: install fonts-noto-cjk")
    assert len(shown.json()["pages"]) >= 1
    assert (await office.get("/letters")).json()["items"] == []
    letter = await drafted(world)
    assert (await office.get(f"/letters/{letter['id']}/preview")).json()["pages"]
    assert (await (await world.as_("cg.head")).get(f"/letters/{letter['id']}/preview")).status_code == 404


async def test_a_list_of_letters_takes_few_statements(world: World) -> None:
    await office_issues(world)
    for _ in range(3):
        await drafted(world)
    office = await world.as_("office")
    statements = await fewest(world, lambda: office.get("/letters?limit=20"))
    assert len(statements) <= 2, statements
    for chosen, count in (("is_overdue=true", 0), ("awaiting=false", 3), ("status=draft", 3), ("type=reminder", 0)):
        assert len((await office.get(f"/letters?{chosen}")).json()["items"]) == count, chosen


@given(st.integers(0, 500), st.integers(0, 500))
def test_only_all_is_a_hundred_percent(part: int, more: int) -> None:
    share = percent(part, part + more)
    if part + more == 0:
        assert share is None
    else:
        assert share is not None
        assert (share == Decimal(100)) == (more == 0)


def test_a_letter_reads_as_a_secretary_would_write_it() -> None:
    assert [chinese(number) for number in (1, 10, 12, 20, 21, 99)] == ["一", "十", "十二", "二十", "二十一", "九十九"]
    text = body_of(LetterType.SUGGESTION, "经查。", ["甲", "乙"], "改正。", "2026年12月21日")
    assert text.splitlines() == [
        "经查。",
        "一、存在的主要问题",
        "1. 甲。",
        "2. 乙。",
        "二、整改建议",
        "改正。",
        "请你单位于2026年12月21日前书面回复整改方案，并按方案确定的期限报送整改情况。整改情况纳入单位年终绩效评估。",
    ]
    assert "绩效" not in body_of(LetterType.REMINDER, "经查。", ["甲"], "改正。", None)
