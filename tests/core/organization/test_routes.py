"""The organization over HTTP."""

import pytest
import sqlalchemy as sa
from tests.core.organization.region import Post, hire

from xiaoneng.core.access.models import Role
from xiaoneng.core.organization.routes import units
from xiaoneng.core.timeline.models import TimelineEntry
from xiaoneng.kit import ids

pytestmark = pytest.mark.anyio
CSV = "code,name,level,parent_code\nr1,溪口镇,township,county\n"
FILE = {"file": ("units.csv", CSV.encode(), "text/csv")}


def code_of(answer):
    return answer.status_code, answer.json().get("code")


async def count_entries(database):
    async with database.unit_of_work() as session:
        return await session.scalar(sa.select(sa.func.count()).select_from(TimelineEntry))


class TestReading:
    async def test_the_tree_is_flat_and_parents_come_first(self, as_role, region):
        client = await as_role(Role.HOP)
        answer = await client.get("/units/tree")
        assert answer.status_code == 200
        items = answer.json()["items"]
        assert items[0]["parent_id"] is None
        seen = {None}
        for item in items:
            assert item["parent_id"] in seen
            seen.add(item["id"])
        past = (await client.get("/units/tree", params={"as_of": "2019-12-31"})).json()
        assert past == {"as_of": "2019-12-31", "items": []}
        assert code_of(await client.get("/units/tree", params={"as_of": "someday"})) == (422, "invalid_input")

    async def test_one_unit_shows_its_revision(self, as_role, region):
        client = await as_role(Role.HOP)
        answer = await client.get(f"/units/{region['bureau']}")
        assert answer.headers["etag"] == '"1"'
        shown = answer.json()
        assert (shown["name"], shown["children_count"], shown["rev"]) == ("青禾县住建局", 1, 1)
        assert (shown["head"], shown["deputy_in_charge"], shown["liaison"], shown["successor_of"]) == (None,) * 3 + (
            [],
        )
        assert code_of(await client.get(f"/units/{ids.new_id()}")) == (404, "not_found")

    async def test_people_are_shown_within_the_subtree_only(self, as_role, database, region):
        async with database.unit_of_work() as session:
            await hire(session, Post(region["station"]), name="宋安")
        liaison = await as_role(Role.ULN, region["bureau"])
        inside = await liaison.get(f"/units/{region['station']}/people")
        assert [person["name"] for person in inside.json()["items"]] == ["宋安"]
        assert set(inside.json()["items"][0]) == {"id", "name", "post", "unit_id", "section", "is_mid_level"}
        assert code_of(await liaison.get(f"/units/{region['town']}/people")) == (404, "not_found")
        office = await as_role(Role.LGO, region["county"])
        assert (await office.get(f"/units/{region['town']}/people")).status_code == 200
        machine = await as_role(Role.HSY)
        assert code_of(await machine.get(f"/units/{region['town']}/people")) == (403, "access.permission_denied")


class TestChanging:
    async def test_create_rename_move_abolish(self, as_role, database, region):
        client = await as_role(Role.SYS)
        body = {
            "code": "z9",
            "name": "试点办",
            "type": "public_institution",
            "level": 4,
            "parent_id": str(region["county"]),
        }
        made = await client.post("/units", json={**body, "valid_from": "2024-01-01"})
        assert made.status_code == 201, made.text
        at, before = f"/units/{made.json()['id']}", await count_entries(database)
        assert (await client.post(f"{at}/actions/rename", json={"name": "甲", "reason": "更名"})).status_code == 428
        steps = [
            ("rename", {"name": "推进办", "reason": "更名"}),
            ("move", {"parent_id": str(region["office"]), "reason": "调整隶属"}),
            ("rename", {"name": "促进办", "short_name": "促办", "reason": "更名"}),
        ]
        for rev, (action, body) in enumerate(steps, start=1):
            match = {"If-Match": f'"{rev}"'}
            answer = await client.post(f"{at}/actions/{action}", json=body, headers=match)
            assert (answer.status_code, answer.headers.get("etag")) == (200, f'"{rev + 1}"'), answer.text
            stale = await client.post(f"{at}/actions/{action}", json=body, headers=match)
            assert code_of(stale) == (412, "precondition_failed")
        assert answer.json()["short_name"] == "促办"
        tomorrow = {"effective_on": "2999-01-01", "reason": "撤销", "successor_ids": [str(region["office"])]}
        ended = await client.post(f"{at}/actions/abolish", json=tomorrow, headers={"If-Match": '"4"'})
        assert ended.json()["valid_to"] == "2998-12-31", ended.text
        assert await count_entries(database) == before + 4

    async def test_a_refusal_leaves_no_entry(self, as_role, database, region):
        client = await as_role(Role.SYS)
        before = await count_entries(database)
        body = {"code": "bureau", "name": "甲", "type": "county", "level": 3, "parent_id": str(region["county"])}
        assert code_of(await client.post("/units", json=body)) == (409, "organization.code_taken")
        assert await count_entries(database) == before

    @pytest.mark.parametrize(
        "change",
        [{"code": "a b"}, {"name": ""}, {"level": 0}, {"type": "x"}, {"name": "x" * 101}, {"rev": 7}, {"code": "\0"}],
    )
    async def test_bad_input(self, as_role, region, change):
        client = await as_role(Role.SYS)
        body = {"code": "q1", "name": "甲", "type": "county", "level": 3, "parent_id": str(region["county"]), **change}
        assert code_of(await client.post("/units", json=body)) == (422, "invalid_input")

    async def test_import_reports_by_row(self, as_role, database, region):
        client = await as_role(Role.SYS)
        before = await count_entries(database)
        first = await client.post("/units/imports", files=FILE)
        assert (first.status_code, first.json()) == (200, {"created": 1, "unchanged": 0, "errors": []})
        again = await client.post("/units/imports", files=FILE)
        assert again.json() == {"created": 0, "unchanged": 1, "errors": []}
        assert await count_entries(database) == before + 1
        bad = {
            "file": ("units.csv", "编码,name,level,parent_code\nr2,溪尾镇,镇子,county\n".encode("gb18030"), "text/csv")
        }
        report = (await client.post("/units/imports", files=bad, data={"columns": ["code=编码"]})).json()
        assert report["created"] == 0
        assert report["errors"] == [
            {"row": 2, "column": "level", "code": "unknown_level", "message": "无法识别的层级“镇子”"}
        ]
        assert code_of(await client.post("/units/imports", files=bad)) == (422, "organization.file_unreadable")

    async def test_a_file_beyond_the_limit(self, as_role, region, monkeypatch):
        monkeypatch.setattr(units, "MAX_IMPORT_BYTES", 10)
        client = await as_role(Role.SYS)
        assert code_of(await client.post("/units/imports", files=FILE)) == (413, "organization.file_too_large")

    async def test_only_the_system_administrator_changes_units(self, as_role, region):
        for role in set(Role) - {Role.SYS}:
            client = await as_role(role, region["county"])
            refused = (403, "access.permission_denied")
            assert code_of(await client.post("/units/imports", files=FILE)) == refused
            for action in ("rename", "move", "abolish"):
                at = f"/units/{region['town']}/actions/{action}"
                body = {"name": "甲", "parent_id": str(region["office"]), "reason": "理由"}
                wanted = {"rename": ("name", "reason"), "move": ("parent_id", "reason"), "abolish": ("reason",)}[action]
                answer = await client.post(at, json={key: body[key] for key in wanted}, headers={"If-Match": '"1"'})
                assert code_of(answer) == refused, (role, action)


class TestPosts:
    async def test_the_security_administrator_grants_and_ends(self, as_role, database, region):
        async with database.unit_of_work() as session:
            person = await hire(session)
        client = await as_role(Role.SEC)
        body = {"person_id": str(person), "unit_id": str(region["town"]), "title": "联络员", "role": "ULN"}
        made = await client.post("/appointments", json=body)
        assert (made.status_code, made.json()["role"], made.headers["etag"]) == (201, "ULN", '"1"'), made.text
        at = f"/appointments/{made.json()['id']}/actions/end"
        end = {"valid_to": made.json()["valid_from"], "reason": "轮岗"}
        ended = await client.post(at, json=end, headers={"If-Match": '"1"'})
        assert (ended.status_code, ended.json()["valid_to"]) == (200, end["valid_to"])
        assert code_of(await client.post(at, json=end, headers={"If-Match": '"1"'})) == (412, "precondition_failed")

    async def test_others_grant_nothing(self, as_role, region):
        body = {"person_id": str(ids.new_id()), "unit_id": str(region["town"]), "title": "主任", "role": "UHD"}
        for role in set(Role) - {Role.SEC}:
            client = await as_role(role, region["county"])
            assert code_of(await client.post("/appointments", json=body)) == (403, "access.permission_denied"), role

    async def test_not_to_oneself(self, as_role, database, region):
        async with database.unit_of_work() as session:
            person = await hire(session)
        client = await as_role(Role.SEC, person_id=person)
        body = {"person_id": str(person), "unit_id": str(region["town"]), "title": "主任", "role": "SEC"}
        assert code_of(await client.post("/appointments", json=body)) == (403, "access.permission_denied")
