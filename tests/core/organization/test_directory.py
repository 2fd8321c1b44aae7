"""People, bodies and service in them over HTTP: who sees whom, and rights that end with what gave them."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from tests.core.organization.region import FOUNDED, Post, found_region, hire
from tests.fixtures.postgres import cloned

from xiaoneng.core.access.models import Role
from xiaoneng.core.organization.models import Membership
from xiaoneng.core.organization.service import directory
from xiaoneng.core.timeline.models import TimelineEntry
from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Database

pytestmark = pytest.mark.anyio
DAY = timedelta(days=1)
DENIED = (403, "access.permission_denied")


@pytest.fixture(scope="module")
async def database(postgres_urls, template, anyio_backend):
    """A database whose directory holds nobody but the people of these tests."""
    with cloned(postgres_urls, template) as urls:
        made = Database(urls.app, pool_size=10)
        yield made
        await made.close()


@pytest.fixture(scope="module")
async def region(database):
    return await found_region(database)


def code_of(answer):
    return answer.status_code, answer.json().get("code")


def iso(days):
    return (clock.today() + timedelta(days=days)).isoformat()


async def hired(database, *posts, **more):
    async with database.unit_of_work() as session:
        return await hire(session, *posts, **more)


async def roles(database, person_id, on):
    async with database.unit_of_work() as session:
        return set(await directory.roles_of(session, person_id, on))


async def entries(database, subject_id):
    async with database.unit_of_work() as session:
        query = sa.select(TimelineEntry).where(TimelineEntry.subject_id == subject_id).order_by(TimelineEntry.id)
        return [(entry.action, entry.changes) for entry in await session.scalars(query)]


async def new_body(client, unit_id, role, **more):
    body = {"unit_id": str(unit_id), "kind": "working_group", "name": f"专班{ids.new_id()}", "role": role, **more}
    made = await client.post("/bodies", json=body)
    assert made.status_code == 201, made.text
    return made.json()


async def names(client, **params):
    answer = await client.get("/people", params=params)
    assert answer.status_code == 200, answer.text
    return [person["name"] for person in answer.json()["items"]]


class TestDirectory:
    async def test_a_unit_shows_its_subtree_and_a_head_sees_no_other(self, as_role, database, region):
        await hired(database, Post(region["bureau"], Role.UHD, title="局长"), name="甲局长")
        await hired(database, Post(region["station"], Role.HDL), name="乙站员")
        await hired(database, Post(region["town"]), name="丙镇员", phone="13900000001")
        await hired(database, Post(region["town"], None, FOUNDED, date(2024, 1, 1)), name="丁离任")
        office = await as_role(Role.LGO, region["county"])
        assert await names(office) == sorted(["甲局长", "乙站员", "丙镇员", "丁离任"])
        assert set(await names(office, unit_id=str(region["bureau"]))) == {"甲局长", "乙站员"}
        assert await names(office, in_post="false") == ["丁离任"]
        assert await names(office, role="HDL") == ["乙站员"]
        assert await names(office, q="局") == ["甲局长"]
        assert await names(office, q="13900000001") == ["丙镇员"], "the whole number finds its holder"
        assert await names(office, q="1390000000") == []
        assert await names(office, q="%") == []
        head = await as_role(Role.UHD, region["bureau"])
        assert set(await names(head)) == {"甲局长", "乙站员"}
        assert await names(head, unit_id=str(region["town"])) == []
        assert await names(head, q="13900000001") == []
        assert code_of(await (await as_role(Role.HOP, region["office"])).get("/people")) == DENIED

    async def test_pages_go_forth_and_back(self, as_role, database, region):
        office = await as_role(Role.LGO, region["county"])
        for number in range(5):
            await hired(database, Post(region["village"]), name=f"村民{number}")
        first = (await office.get("/people", params={"q": "村民", "limit": 2, "with_total": True})).json()
        assert first["total"] == 5
        second = (await office.get("/people", params={"q": "村民", "limit": 2, "cursor": first["next_cursor"]})).json()
        assert [one["name"] for one in second["items"]] == ["村民2", "村民3"]
        back = (await office.get("/people", params={"q": "村民", "limit": 2, "cursor": second["prev_cursor"]})).json()
        assert back["items"] == first["items"]
        assert code_of(await office.get("/people", params={"cursor": "nonsense"})) == (422, "pages.bad_cursor")

    async def test_one_person_with_posts_past_and_to_come(self, as_role, database, region):
        person = await hired(
            database,
            Post(region["town"], Role.HDL, FOUNDED, date(2024, 6, 30), "科员"),
            Post(region["town"], Role.ULN, date(2024, 7, 1), None, "主任"),
            name="沈转任",
            phone="13912345678",
        )
        liaison = await as_role(Role.ULN, region["town"])
        shown = (await liaison.get(f"/people/{person}")).json()
        assert [(post["title"], post["role"], post["valid_to"]) for post in shown["posts"]] == [
            ("主任", "ULN", None),
            ("科员", "HDL", "2024-06-30"),
        ]
        assert (shown["phone_masked"], shown["posts"][0]["unit"]["name"]) == ("139****5678", "柳溪镇")
        assert "13912345678" not in str(shown)
        timeline = (await liaison.get(f"/people/{person}/timeline")).json()["items"]
        assert [entry["title"] for entry in timeline] == ["任职", "任职", "登记"]
        other = await as_role(Role.ULN, region["bureau"])
        assert code_of(await other.get(f"/people/{person}")) == (404, "not_found")
        assert code_of(await other.get(f"/people/{person}/timeline")) == (404, "not_found")

    async def test_entering_and_changing(self, as_role, database, region):
        client = await as_role(Role.SYS)
        made = await client.post("/people", json={"name": " 新人 ", "phone": "13900009999", "rank_level": "一级科员"})
        assert (made.status_code, made.headers["etag"]) == (201, '"1"'), made.text
        person = made.json()
        assert (person["name"], person["posts"], person["services"]) == ("新人", [], [])
        assert made.headers["location"].endswith(person["id"])
        at = f"/people/{person['id']}/actions/edit"
        change = {"name": "新人甲", "phone": None, "reason": "更正姓名"}
        assert (await client.post(at, json=change)).status_code == 428
        edited = await client.post(at, json=change, headers={"If-Match": '"1"'})
        assert (edited.status_code, edited.json()["phone_masked"], edited.json()["rev"]) == (200, None, 2), edited.text
        assert edited.json()["rank_level"] == "一级科员", "what is left out stays"
        assert code_of(await client.post(at, json=change, headers={"If-Match": '"1"'})) == (412, "precondition_failed")
        assert await entries(database, person["id"]) == [
            ("create", {"name": "新人"}),
            ("edit", {"name": ["新人", "新人甲"], "phone": "changed"}),
        ]
        assert await names(client, q="13900009999") == [], "the number is gone from the look-up too"
        for bad in ({"name": None, "reason": "理由"}, {"name": "x" * 51, "reason": "理由"}):
            answer = await client.post(at, json=bad, headers={"If-Match": '"2"'})
            assert code_of(answer) == (422, "invalid_input"), bad
        same = await client.post(at, json={"name": "新人甲", "reason": "理由"}, headers={"If-Match": '"2"'})
        assert (same.status_code, same.json()["rev"]) == (200, 2), "what changes nothing makes no revision"
        gone = await client.post(f"/people/{ids.new_id()}/actions/edit", json=change, headers={"If-Match": '"1"'})
        assert code_of(gone) == (404, "not_found")


class TestBodies:
    async def test_a_loan_begins_and_ends_with_its_days(self, as_role, database, region):
        person = await hired(database, Post(region["town"]), name="借调员")
        client = await as_role(Role.SEC)
        body = await new_body(client, region["county"], "INS")
        loan = {"person_id": str(person), "duty": "组员", "seconded": True, "valid_from": iso(2), "valid_to": iso(30)}
        made = await client.post(f"/bodies/{body['id']}/members", json=loan)
        assert (made.status_code, made.headers["etag"]) == (201, '"1"'), made.text
        member = made.json()
        assert (member["home_unit"]["name"], member["duty"], member["person"]["name"]) == ("柳溪镇", "组员", "借调员")
        today = clock.today()
        held = [await roles(database, person, today + day * DAY) for day in (1, 2, 30, 31)]
        assert held == [set(), {Role.INS}, {Role.INS}, set()]
        at = f"/memberships/{member['id']}/actions/end"
        end = {"valid_to": iso(10), "reason": "提前归队"}
        assert (await client.post(at, json=end)).status_code == 428
        ended = await client.post(at, json=end, headers={"If-Match": '"1"'})
        assert (ended.status_code, ended.json()["valid_to"], ended.json()["rev"]) == (200, iso(10), 2), ended.text
        assert code_of(await client.post(at, json=end, headers={"If-Match": '"1"'})) == (412, "precondition_failed")
        held = [await roles(database, person, today + day * DAY) for day in (10, 11)]
        assert held == [{Role.INS}, set()]
        longer = await client.post(at, json={**end, "valid_to": iso(20)}, headers={"If-Match": '"2"'})
        assert code_of(longer) == (422, "organization.date_out_of_order")
        assert [action for action, _ in await entries(database, person)][-2:] == ["join_body", "leave_body"]
        assert [action for action, _ in await entries(database, body["id"])] == ["create", "add_member", "end_member"]

    async def test_roles_end_with_the_body(self, as_role, database, region):
        person = await hired(database, Post(region["town"]))
        client = await as_role(Role.SEC)
        body = await new_body(client, region["county"], "ACC", valid_from="2025-01-01")
        await client.post(f"/bodies/{body['id']}/members", json={"person_id": str(person), "valid_from": "2025-01-01"})
        at, end = f"/bodies/{body['id']}/actions/end", {"valid_to": iso(0), "reason": "任务完成"}
        ended = await client.post(at, json=end, headers={"If-Match": '"1"'})
        assert (ended.status_code, ended.json()["valid_to"], ended.json()["members_count"]) == (200, iso(0), 1)
        today = clock.today()
        assert [await roles(database, person, day) for day in (today, today + DAY)] == [{Role.ACC}, set()]
        services = (await client.get(f"/people/{person}")).json()["services"]
        assert [one["valid_to"] for one in services] == [iso(0)], "service is shown to end with its body"
        late = await client.post(f"/bodies/{body['id']}/members", json={"person_id": str(person), "valid_from": iso(1)})
        assert code_of(late) == (409, "organization.body_gone")

    async def test_what_a_body_refuses(self, as_role, database, region):
        person = await hired(database, Post(region["town"], Role.SYS))
        plain = await hired(database, Post(region["town"]))
        client = await as_role(Role.SEC)
        body = await new_body(client, region["county"], "LGO")
        at = f"/bodies/{body['id']}/members"
        cases = [
            ({"person_id": str(person)}, (409, "organization.duties_not_separate")),
            ({"person_id": str(ids.new_id())}, (404, "not_found")),
            ({"person_id": str(plain), "seconded": True}, (422, "organization.loan_needs_end")),
            (
                {"person_id": str(plain), "valid_from": iso(2), "valid_to": iso(1)},
                (422, "organization.date_out_of_order"),
            ),
            ({"person_id": str(plain), "valid_from": iso(-1)}, (409, "organization.body_gone")),
        ]
        for draft, expected in cases:
            assert code_of(await client.post(at, json=draft)) == expected, draft
        spell = {"person_id": str(plain), "valid_from": iso(5), "valid_to": iso(9)}
        assert (await client.post(at, json=spell)).status_code == 201
        for first, last, expected in ((9, 12, 409), (1, 5, 409), (6, None, 409), (1, 4, 201), (10, None, 201)):
            again = {"person_id": str(plain), "valid_from": iso(first), "valid_to": None if last is None else iso(last)}
            assert (await client.post(at, json=again)).status_code == expected, (first, last)
        assert code_of(await client.post(f"/bodies/{ids.new_id()}/members", json=spell)) == (404, "not_found")
        assert code_of(await client.post("/bodies", json={**body_of(region), "role": "SYS"})) == (422, "invalid_input")
        assert code_of(await client.post("/bodies", json={**body_of(region), "unit_id": str(ids.new_id())})) == (
            422,
            "organization.unit_gone",
        )

    async def test_nobody_adds_or_ends_their_own(self, as_role, database, region):
        person = await hired(database, Post(region["office"]))
        other, own = await as_role(Role.SEC), await as_role(Role.SEC, person_id=person)
        body = await new_body(other, region["county"], None)
        draft = {"person_id": str(person)}
        assert code_of(await own.post(f"/bodies/{body['id']}/members", json=draft)) == DENIED
        member = (await other.post(f"/bodies/{body['id']}/members", json=draft)).json()
        end = {"valid_to": iso(0), "reason": "离任"}
        at = f"/memberships/{member['id']}/actions/end"
        assert code_of(await own.post(at, json=end, headers={"If-Match": '"1"'})) == DENIED
        shown = (await other.get(f"/bodies/{body['id']}/members")).json()["items"]
        assert [one["valid_to"] for one in shown] == [None]

    async def test_lists_filters_and_who_sees_them(self, as_role, database, region):
        client = await as_role(Role.SEC)
        at_town = await new_body(client, region["town"], None, kind="office", name="柳溪专班")
        person = await hired(database, Post(region["town"]), name="镇专班员")
        past = {"person_id": str(person), "valid_from": iso(0), "valid_to": iso(0)}
        await client.post(f"/bodies/{at_town['id']}/members", json=past)
        await client.post(f"/bodies/{at_town['id']}/members", json={"person_id": str(person), "valid_from": iso(1)})
        found = (await client.get("/bodies", params={"unit_id": str(region["town"]), "kind": "office"})).json()["items"]
        assert [(one["name"], one["members_count"]) for one in found] == [("柳溪专班", 1)]
        assert (await client.get("/bodies", params={"current": "false", "with_total": "true"})).json()["total"] == 0
        members = f"/bodies/{at_town['id']}/members"
        assert [one["valid_from"] for one in (await client.get(members)).json()["items"]] == [iso(1), iso(0)]
        assert (await client.get(members, params={"current": "true", "with_total": "true"})).json()["total"] == 1
        assert (await client.get(members, params={"current": "false", "with_total": "true"})).json()["total"] == 1
        town, bureau = await as_role(Role.ULN, region["town"]), await as_role(Role.ULN, region["bureau"])
        assert [one["name"] for one in (await town.get("/bodies")).json()["items"]] == ["柳溪专班"]
        assert (await bureau.get("/bodies")).json()["items"] == []
        for path in ("", "/members", "/timeline"):
            assert (await town.get(f"/bodies/{at_town['id']}{path}")).status_code == 200
            assert code_of(await bureau.get(f"/bodies/{at_town['id']}{path}")) == (404, "not_found")
        assert (await names(town, q="镇专班员")) == ["镇专班员"]
        listed = (await town.get("/people", params={"q": "镇专班员"})).json()["items"][0]
        assert [(one["name"], one["seconded"]) for one in listed["bodies"]] == [("柳溪专班", False)]

    async def test_the_database_itself_refuses_a_loan_without_an_end(self, as_role, database, region):
        person = await hired(database)
        body = await new_body(await as_role(Role.SEC), region["county"], None)
        with pytest.raises(sa.exc.IntegrityError):
            async with database.unit_of_work() as session:
                session.add(Membership(person_id=person, body_id=body["id"], seconded=True, valid_from=FOUNDED))


def body_of(region):
    return {"unit_id": str(region["county"]), "kind": "office", "name": "某专班", "role": None}
