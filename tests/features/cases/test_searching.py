"""Cases are found by the words of their texts, by those who may see them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fixtures.region import World, done, register

from xiaoneng.features.cases import rules
from xiaoneng.features.cases.service import searching

pytestmark = pytest.mark.anyio


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30), st.text(min_size=2, max_size=6), st.text(max_size=30))
def test_whatever_stands_in_a_text_has_its_pairs_there(before: str, word: str, after: str) -> None:
    assert set(rules.pairs_of(word)) <= set(rules.pairs_of(before + word + after))


def test_words_shorter_than_a_pair_do_not_narrow() -> None:
    assert rules.words_of(" 夜间  施工 的 ") == ["夜间", "施工"]
    assert rules.words_of("路 灯") == ["路灯"]
    assert rules.is_number("SQ20261127002701")
    assert not rules.is_number("5G基站")


async def found(world: World, login: str, query: str) -> list[str]:
    answer = await (await world.as_(login)).get("/cases", params={"q": query, "with_total": True})
    assert answer.status_code == 200, answer.text
    assert answer.json()["total"] == len(answer.json()["items"])
    return [item["title"] for item in answer.json()["items"]]


async def read(world: World, limit: int = searching.BATCH) -> int:
    async with world.database.unit_of_work() as session:
        return await searching.read_texts(session, limit)


async def test_words_of_title_and_content_find_a_case_once_it_was_read(world: World) -> None:
    await register(world, title="工地夜间扰民", content="连续三晚 Pile-Driver 施工到凌晨，孩子睡不好。")
    await register(world, title="路灯不亮", content="和平路口的路灯三周不亮；旁边工地白天施工。")
    assert await found(world, "office", "施工") == [], "a few seconds behind"
    assert [await read(world, 1), await read(world, 1), await read(world, 1)] == [1, 1, 0]
    assert await found(world, "office", "施工") == ["工地夜间扰民", "路灯不亮"]
    assert await found(world, "office", "凌晨 夜间") == ["工地夜间扰民"]
    assert await found(world, "office", "pile-driver") == ["工地夜间扰民"]
    assert await found(world, "office", "施工凌晨") == [], "both pairs of neighbours stand there, the word does not"
    assert await found(world, "office", "100%") == []


async def test_a_text_is_searched_by_those_who_may_see_its_case(world: World) -> None:
    case = await register(world, title="路灯不亮", content="和平路口的路灯三周不亮。")
    named = [str(world.units["ML17"])]
    await register(world, kind="report", title="反映违规收费", content="和平路口停车违规收费。", named_unit_ids=named)
    await read(world)
    assert await found(world, "office", "和平路口") == ["路灯不亮"], "a report is not in the office's sight"
    assert await found(world, "leader", "和平路口") == ["路灯不亮", "反映违规收费"]
    assert await found(world, "cg.head", "和平路口") == []
    await done(world, "operator", case, "dispatch", unit_id=str(world.units["ML17"]))
    assert await found(world, "cg.head", "和平路口") == ["路灯不亮"], "whom a report names never finds it"
