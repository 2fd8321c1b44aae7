"""HTTP of the worktime engine."""

import json
from datetime import datetime
from uuid import UUID

import pytest
from tests.core.scratch import client_of, new_app

from xiaoneng.core.access.service import register_reader
from xiaoneng.core.worktime.routes import MAX_BYTES, routes
from xiaoneng.core.worktime.service import changes
from xiaoneng.core.worktime.service import clocks as service
from xiaoneng.kit import clock, ids

pytestmark = pytest.mark.anyio
SUBJECT_TYPE = "thing"
CHANGE_NOT_READY = "worktime.change_not_ready"
PARAMS = {"format": "local_csv", "reason": "县庆放假"}
CSV = "date,is_off,name\n2027-05-20,1,县庆\n".encode()
PETITION = {"start": "2025-08-08T10:00:00+08:00", "amount": 60, "unit": "natural_day", "roll": True}


@pytest.fixture
def database(module_database):
    return module_database


@pytest.fixture
async def call(database):
    """Calls a route as somebody and gives the status with the body."""

    async def send(method: str, path: str, who: str | None = "handler", **options):
        async with client_of(new_app(database, routes), who) as client:
            answer = await client.request(method, path, **options)
            return answer.status_code, answer.json()

    return send


class TestDue:
    async def test_explains_a_petition_day_by_day(self, call):
        status, body = await call("GET", "/worktime/due", params=PETITION)
        assert status == 200
        assert (body["due_at"], body["due_on"]) == ("2025-10-09T17:30:00+08:00", "2025-10-09")
        assert (body["provisional"], body["paused"]) == (False, False)
        assert [day["verdict"] for day in body["days"]].count("counted") == 60
        assert body["days"][-1] == {
            "day": "2025-10-09",
            "verdict": "rolled",
            "name": "",
            "number": None,
            "minutes": None,
            "known": True,
            "local": False,
        }

    async def test_a_year_without_data_is_flagged(self, call):
        params = {"start": "2026-12-30T10:00:00+08:00", "amount": 5, "unit": "working_day"}
        _, body = await call("GET", "/worktime/due", params=params)
        assert body["provisional"] is True
        assert [day["known"] for day in body["days"]].count(False) == 6

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"amount": 0}, "worktime.limit_refused"),
            ({"unit": "working_day"}, "worktime.limit_refused"),
            ({"start": "1949-10-01T10:00:00+08:00"}, "worktime.limit_refused"),
            ({"start": "2025-08-08T10:00:00"}, "invalid_input"),
            ({"amount": 1001}, "invalid_input"),
            ({"unit": "fortnight"}, "invalid_input"),
            ({"holiday": "yes"}, "invalid_input"),
        ],
    )
    async def test_an_impossible_limit_is_422(self, call, change, code):
        status, body = await call("GET", "/worktime/due", params=PETITION | change)
        assert (status, body["code"]) == (422, code)

    async def test_needs_a_login(self, call):
        assert (await call("GET", "/worktime/due", None, params=PETITION))[0] == 401


class TestExplanation:
    async def _clock(self, database):
        subject_id = ids.new_id()
        async with database.unit_of_work() as session:
            return await service.start_clock(
                session,
                subject_type=SUBJECT_TYPE,
                subject_id=subject_id,
                kind="finish",
                policy_code="case.request.normal",
                started_at=datetime.fromisoformat("2026-11-23T10:00:00+08:00"),
                unit_id=None,
            )

    async def test_is_for_those_who_see_the_object(self, call, database):
        started = await self._clock(database)

        async def only_handlers(_session, actor, subject_id):
            return actor.name == "handler" and subject_id == started.subject_id

        register_reader(SUBJECT_TYPE, only_handlers)
        path = f"/worktime/clocks/{started.id}/explanation"
        status, body = await call("GET", path)
        assert (status, body["due_on"]) == (200, "2026-11-30")
        assert [day["number"] for day in body["days"] if day["number"]] == [1, 2, 3, 4, 5]
        assert (await call("GET", path, "other"))[0] == 404
        assert (await call("GET", f"/worktime/clocks/{ids.new_id()}/explanation"))[0] == 404


class TestCalendar:
    async def test_shows_a_year(self, call):
        with clock.frozen(datetime.fromisoformat("2026-11-23T10:00:00+08:00")):
            status, body = await call("GET", "/worktime/calendar")
        assert status == 200
        assert (body["year"], body["published"], body["working_days"]) == (2026, True, 248)
        day = {"day": "2026-10-10", "is_working_day": True, "name": "国庆节", "local": False, "windows": None}
        assert day in body["days"]
        assert body["source"]
        assert body["windows"] == [{"opens": "08:30", "closes": "12:00"}, {"opens": "14:30", "closes": "17:30"}]

    async def test_says_when_a_year_is_not_published(self, call):
        _, body = await call("GET", "/worktime/calendar", params={"year": 2027})
        assert (body["published"], body["days"]) == (False, [])
        assert (await call("GET", "/worktime/calendar", params={"year": 1600}))[0] == 422


class TestImport:
    async def _send(self, call, content: bytes, who: str | None = "office", **params):
        files = {"file": ("days.csv", content)}
        return await call("POST", "/worktime/calendars/imports", who, params=PARAMS | params, files=files)

    async def test_drafts_previews_signs_and_shows(self, call, database):
        status, drafted = await self._send(call, CSV)
        assert (status, drafted["state"], drafted["kind"]) == (201, "computing", "local_days")
        path = f"/worktime/changes/{drafted['id']}"
        signing = {"headers": {"If-Match": '"1"'}, "json": {}}
        assert (await call("POST", f"{path}/actions/sign", "office", **signing))[1]["code"] == CHANGE_NOT_READY
        async with database.unit_of_work() as session:
            await changes.preview(session, UUID(drafted["id"]))
        _, ready = await call("GET", path, "office")
        assert (ready["state"], ready["days_changed"], ready["may_sign_earlier"]) == ("ready", 1, False)
        assert (await call("GET", f"{path}/moves", "office"))[1]["items"] == []
        earlier = {"headers": {"If-Match": '"2"'}, "json": {"approve_earlier": True}}
        status, refused = await call("POST", f"{path}/actions/sign", "office", **earlier)
        assert (status, refused["code"]) == (409, "worktime.second_person_required")
        status, signed = await call("POST", f"{path}/actions/sign", "leader", **earlier)
        assert (status, signed["state"], signed["signed_name"]) == (200, "applying", "leader")
        _, shown = await call("GET", "/worktime/calendar", params={"year": 2027})
        [day] = shown["days"]
        assert (day["day"], day["is_working_day"], day["name"], day["local"]) == ("2027-05-20", False, "县庆", True)
        assert (await call("GET", "/worktime/changes", "office"))[1]["items"][0]["id"] == drafted["id"]
        assert (await call("GET", "/worktime/changes", "handler"))[0] == 403

    async def test_names_the_errors(self, call):
        status, body = await self._send(call, b"date,is_off,name\n2027-05-32,1,x\n")
        assert (status, body["code"]) == (422, "worktime.import_refused")
        assert [(error["path"], error["code"]) for error in body["errors"]] == [("file.2.date", "bad_date")]

    async def test_is_for_the_office(self, call):
        assert (await self._send(call, CSV, "handler"))[0] == 403
        assert (await self._send(call, CSV, None))[0] == 401

    async def test_refuses_what_is_too_large_or_unexplained(self, call):
        status, body = await self._send(call, b" " * (MAX_BYTES + 1))
        assert (status, body["code"]) == (413, "worktime.file_too_large")
        assert (await self._send(call, CSV, reason="x"))[0] == 422

    async def test_takes_the_yearly_notice(self, call):
        day = {"name": "元旦", "date": "2027-01-01", "isOffDay": True}
        notice = json.dumps({"year": 2027, "papers": ["notice"], "days": [day]}).encode()
        status, body = await self._send(call, notice, format="holiday_cn")
        assert (status, body["published"], body["kind"]) == (201, [2027], "notice")
