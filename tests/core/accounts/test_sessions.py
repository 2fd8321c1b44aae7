"""Sessions: refreshing, closing, and how soon an end is felt."""

import asyncio
from datetime import timedelta

import pytest
import sqlalchemy as sa
from tests.core.organization.region import FOUNDED, Post, hire

from xiaoneng.core.access.errors import PermissionDenied
from xiaoneng.core.access.models import Role
from xiaoneng.core.accounts.models import Account, Client, LoginSession, LoginThrottle, RefreshToken, RevokeReason
from xiaoneng.core.accounts.rules import tokens as token_rules
from xiaoneng.core.accounts.service import authentication, directory, known, sessions
from xiaoneng.core.organization.models import Appointment
from xiaoneng.core.organization.schemas.people import AppointmentEnd
from xiaoneng.core.organization.service import people
from xiaoneng.core.timeline.models import TimelineEntry
from xiaoneng.core.timeline.schemas import SYSTEM
from xiaoneng.kit import clock
from xiaoneng.kit.db import Database
from xiaoneng.kit.problems import NotFound
from xiaoneng.settings import get_settings

pytestmark = pytest.mark.anyio
WITHIN = timedelta(seconds=1)


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


def code_of(answer):
    return answer.status_code, answer.json()["code"]


async def refresh(client, token):
    return await client.post("/auth/refresh", json={"refresh_token": token})


async def status(client, tokens):
    return (await client.get("/auth/me", headers=bearer(tokens.access_token))).status_code


async def session_of(database, tokens):
    async with database.unit_of_work() as session:
        return await session.get(LoginSession, tokens.session_id)


class TestRefresh:
    async def test_each_token_is_good_once_and_a_second_use_closes_the_session(
        self, client, engage, open_for, database
    ):
        someone = await engage()
        first = await open_for(someone)
        second = (await refresh(client, first.refresh_token)).json()
        assert second["refresh_token"] not in {None, first.refresh_token}
        third = (await refresh(client, second["refresh_token"])).json()
        assert (await client.get("/auth/me", headers=bearer(third["access_token"]))).status_code == 200
        assert code_of(await refresh(client, second["refresh_token"])) == (401, "accounts.refresh_reused")
        assert code_of(await refresh(client, third["refresh_token"])) == (401, "accounts.refresh_invalid")
        assert (await client.get("/auth/me", headers=bearer(third["access_token"]))).status_code == 401
        closed = await session_of(database, first)
        assert closed.revoke_reason == RevokeReason.REFRESH_REUSED
        async with database.unit_of_work() as session:
            query = sa.select(TimelineEntry.action).where(TimelineEntry.subject_id == someone.account_id)
            assert "refresh_reused" in list(await session.scalars(query))

    async def test_ten_at_once_leave_at_most_one_living_session_and_no_double_use(
        self, client, engage, open_for, database
    ):
        someone = await engage()
        for _ in range(12):
            opened = await open_for(someone)
            answers = await asyncio.gather(*(refresh(client, opened.refresh_token) for _ in range(10)))
            assert sorted(answer.status_code for answer in answers) == [200] + [401] * 9
            async with database.unit_of_work() as session:
                tokens = (
                    await session.scalars(sa.select(RefreshToken).where(RefreshToken.session_id == opened.session_id))
                ).all()
            assert len(tokens) == 2, "one was used, one was made"
            assert (await session_of(database, opened)).revoked_at is not None
            winner = next(answer for answer in answers if answer.status_code == 200).json()
            assert (await refresh(client, winner["refresh_token"])).status_code == 401

    async def test_browsers_refresh_by_cookie(self, client, engage, open_for):
        opened = await open_for(await engage(), Client.WEB)
        answer = await client.post("/auth/refresh", headers={"Cookie": f"xn_refresh={opened.refresh_token}"})
        assert answer.status_code == 200
        assert answer.json()["refresh_token"] is None
        assert "xn_refresh=" in answer.headers["set-cookie"]
        again = await client.post("/auth/refresh", headers={"Cookie": f"xn_refresh={opened.refresh_token}"})
        assert code_of(again) == (401, "accounts.refresh_reused")

    @pytest.mark.parametrize("body", [None, {}, {"refresh_token": None}, {"refresh_token": "x" * 43}])
    async def test_no_such_token(self, client, body):
        assert code_of(await client.post("/auth/refresh", json=body)) == (401, "accounts.refresh_invalid")

    async def test_an_access_token_is_no_refresh_token(self, client, engage, open_for):
        opened = await open_for(await engage())
        answer = await refresh(client, opened.access_token)
        assert answer.status_code in {401, 422}

    async def test_only_a_hash_is_kept(self, engage, open_for, database):
        opened = await open_for(await engage())
        async with database.unit_of_work() as session:
            rows = (await session.execute(sa.select(RefreshToken.__table__))).all()
        assert rows
        assert all(len(row.hash) == 32 and opened.refresh_token.encode() not in bytes(row.hash) for row in rows)


class TestTimes:
    async def test_idle_for_half_an_hour(self, client, engage, open_for):
        start = clock.now()
        with clock.frozen(start):
            opened = await open_for(await engage())
        with clock.frozen(start + timedelta(minutes=30)):
            assert code_of(await refresh(client, opened.refresh_token)) == (401, "accounts.refresh_invalid")

    async def test_use_counts_not_only_refreshing(self, client, engage, open_for):
        start = clock.now()
        with clock.frozen(start):
            opened = await open_for(await engage())
        with clock.frozen(start + timedelta(minutes=9)):
            assert await status(client, opened) == 200
        with clock.frozen(start + timedelta(minutes=38, seconds=59)):
            assert (await refresh(client, opened.refresh_token)).status_code == 200

    async def test_an_idle_session_is_not_woken_by_its_access_token(
        self, client, engage, open_for, monkeypatch, database
    ):
        monkeypatch.setattr(get_settings().jwt, "access_minutes", 120)
        start = clock.now()
        with clock.frozen(start):
            opened = await open_for(await engage())
        with clock.frozen(start + timedelta(minutes=31)):
            assert await status(client, opened) == 401
        assert (await session_of(database, opened)).last_used_at == start

    async def test_eight_hours_are_the_end_however_busy(self, client, engage, open_for):
        start = clock.now()
        with clock.frozen(start):
            opened = await open_for(await engage())
        tokens = {"refresh_token": opened.refresh_token}
        for minutes in range(25, 480, 25):
            with clock.frozen(start + timedelta(minutes=minutes)):
                answer = await refresh(client, tokens["refresh_token"])
                assert answer.status_code == 200, minutes
                tokens = answer.json()
        assert tokens["expires_in"] == 300, "no access token outlives the session"
        with clock.frozen(start + timedelta(hours=8)):
            assert (await refresh(client, tokens["refresh_token"])).status_code == 401
            assert (await client.get("/auth/me", headers=bearer(tokens["access_token"]))).status_code == 401

    async def test_the_last_use_is_written_once_a_minute(self, client, engage, open_for, database):
        start = clock.now().replace(microsecond=0)
        with clock.frozen(start):
            opened = await open_for(await engage())
        for seconds, written in ((10, 10), (30, 10), (69, 10), (70, 70)):
            with clock.frozen(start + timedelta(seconds=seconds)):
                assert await status(client, opened) == 200
            assert (await session_of(database, opened)).last_used_at == start + timedelta(seconds=written)


class TestLogout:
    async def test_the_access_token_closes_its_session(self, client, engage, open_for, database):
        someone = await engage()
        mine, other = await open_for(someone), await open_for(someone)
        assert await status(client, mine) == 200
        answer = await client.post("/auth/logout", headers=bearer(mine.access_token))
        assert (answer.status_code, answer.content) == (204, b"")
        assert 'xn_refresh=""' in answer.headers["set-cookie"]
        assert await status(client, mine) == 401
        assert (await refresh(client, mine.refresh_token)).status_code == 401
        assert await status(client, other) == 200
        assert (await session_of(database, mine)).revoke_reason == RevokeReason.LOGOUT

    async def test_the_refresh_token_does_when_the_access_token_is_old(self, client, engage, open_for):
        opened = await open_for(await engage(), Client.WEB)
        headers = {"Cookie": f"xn_refresh={opened.refresh_token}", **bearer("expired.or.broken")}
        assert (await client.post("/auth/logout", headers=headers)).status_code == 204
        assert await status(client, opened) == 401

    async def test_nobody_logs_out_too(self, client):
        assert (await client.post("/auth/logout")).status_code == 204
        assert (await client.post("/auth/logout", json={"refresh_token": "unknown"})).status_code == 204


class TestHowSoon:
    """What another process does is felt here within a second: `other` is a second engine that clears nothing here."""

    @pytest.fixture
    async def other(self, database, monkeypatch):
        made = Database(database.engine.url.render_as_string(hide_password=False))
        monkeypatch.setattr(known, "forget", lambda key: None)
        monkeypatch.setattr(known, "forget_account", lambda key: None)
        yield made
        await made.close()

    async def felt(self, client, opened, change, expected):
        """The answer right before the change, and a second after it."""
        start = clock.now()
        with clock.frozen(start):
            assert await status(client, opened) == 200
            await change()
        with clock.frozen(start + WITHIN):
            assert await status(client, opened) == expected

    async def test_logout(self, client, engage, open_for, other):
        opened = await open_for(await engage())

        async def change():
            async with other.unit_of_work() as session:
                await sessions.log_out(session, opened.session_id, None)

        await self.felt(client, opened, change, 401)

    async def test_disabling(self, client, engage, open_for, other):
        someone = await engage()
        opened = await open_for(someone)

        async def change():
            async with other.unit_of_work() as session:
                (await session.get(Account, someone.account_id)).disabled_at = clock.now()

        await self.felt(client, opened, change, 401)

    async def test_the_end_of_a_post(self, client, engage, open_for, other, region):
        someone = await engage(Role.ULN, unit="town")
        opened = await open_for(someone)
        start = clock.now()
        with clock.frozen(start):
            before = (await client.get("/auth/me", headers=bearer(opened.access_token))).json()
            async with other.unit_of_work() as session:
                post = await session.scalar(sa.select(Appointment).where(Appointment.person_id == someone.person_id))
                yesterday = AppointmentEnd(valid_to=clock.today() - timedelta(days=1), reason="免职")
                await people.end_appointment(session, SYSTEM, post.id, yesterday)
        with clock.frozen(start + WITHIN):
            after = (await client.get("/auth/me", headers=bearer(opened.access_token))).json()
        assert (before["roles"], after["roles"]) == (["ULN"], [])
        assert (after["permissions"], after["unit"]) == ([], None)

    async def test_what_is_kept_is_kept_for_less_than_a_second(self):
        assert known.GOOD_SECONDS <= 0.8


class TestActor:
    async def test_a_busy_session_costs_no_statement(self, client, engage, open_for, database, app):
        opened = await open_for(await engage(Role.UHD, unit="office"))
        with clock.frozen(clock.now()):
            await status(client, opened)
            statements = []

            def note(*said):
                statements.append(said[2])

            sa.event.listen(database.engine.sync_engine, "before_cursor_execute", note)
            async with database.unit_of_work() as session:
                caller = await authentication.caller_of(session, opened.access_token)
                assert caller.actor.holds("case:read")
            sa.event.remove(database.engine.sync_engine, "before_cursor_execute", note)
        assert statements == []

    async def test_an_unknown_session_costs_one_statement(self, engage, open_for, database, region):
        someone = await engage(Role.ULN)
        opened = await open_for(someone)
        statements = []

        def note(*said):
            statements.append(said[2])

        async with database.unit_of_work() as session:
            await session.execute(sa.text("SELECT 1"))  # in a transaction the last use is not written
            sa.event.listen(database.engine.sync_engine, "before_cursor_execute", note)
            caller = await authentication.caller_of(session, opened.access_token)
            sa.event.remove(database.engine.sync_engine, "before_cursor_execute", note)
        assert len(statements) == 1
        actor = caller.actor
        assert dict(actor.roles) == {Role.ULN: frozenset({region["bureau"], region["station"]})}
        assert (actor.unit_id, actor.member_units) == (region["bureau"], frozenset({region["bureau"]}))
        assert (actor.id, actor.person_id) == (someone.account_id, someone.person_id)

    async def test_a_role_ends_with_its_last_day(self, client, engage, open_for, database, region):
        with clock.frozen(clock.now().replace(hour=15, minute=55)):
            someone = await engage()
            async with database.unit_of_work() as session:
                person = await session.get(Account, someone.account_id)
                person.person_id = await hire(session, Post(region["office"], Role.ULN, FOUNDED, clock.today()))
            opened = await open_for(someone)
            me = await client.get("/auth/me", headers=bearer(opened.access_token))
            assert me.json()["roles"] == ["ULN"]
        with clock.frozen(clock.now().replace(hour=16, minute=0)):
            me = await client.get("/auth/me", headers=bearer(opened.access_token))
            assert me.json()["roles"] == [], "16:00 UTC is the next day in the region"

    async def test_the_token_of_one_session_with_the_account_of_another(self, client, engage, open_for):
        mine, theirs = await engage(), await engage()
        opened = await open_for(theirs)
        mixed = token_rules.Claims(mine.account_id, opened.session_id)
        token = token_rules.issue(sessions.token_keys(), mixed, clock.now(), timedelta(minutes=5))
        for _ in range(2):
            assert (await client.get("/auth/me", headers=bearer(token))).status_code == 401


class TestCommandLine:
    async def test_a_token_without_a_password_in_development(self, client, engage, database):
        someone = await engage(Role.ULN)
        async with database.unit_of_work() as session:
            token = await directory.issue_token_for(session, someone.login)
        assert (await client.get("/auth/me", headers=bearer(token))).json()["login"] == someone.login
        with pytest.raises(NotFound):
            async with database.unit_of_work() as session:
                await directory.issue_token_for(session, "nobody")

    async def test_never_in_production(self, engage, database, monkeypatch):
        someone = await engage()
        monkeypatch.setattr(get_settings(), "environment", "production")
        with pytest.raises(PermissionDenied):
            async with database.unit_of_work() as session:
                await directory.issue_token_for(session, someone.login)


async def test_what_cannot_matter_any_more_is_forgotten(engage, open_for, client, database):
    start = clock.now()
    old, new = start - timedelta(hours=33), start - timedelta(hours=31)
    hashes = {}
    for moment in (old, new):
        with clock.frozen(moment):
            hashes[moment] = sessions._hash((await open_for(await engage())).refresh_token)
    with clock.frozen(start - timedelta(hours=25)):
        await client.post("/auth/login", json={"login": "stale", "password": "Wrong-2026-x"})
    async with database.unit_of_work() as session:
        await sessions.forget_stale(session)
    async with database.unit_of_work() as session:
        assert await session.get(RefreshToken, hashes[old]) is None
        assert await session.get(RefreshToken, hashes[new]) is not None
        attempts = sa.select(sa.func.min(LoginThrottle.last_attempt_at))
        oldest = await session.scalar(attempts)
    assert oldest is None or oldest > start - timedelta(days=1)


class TestWhoIsTold:
    async def test_the_accounts_behind_the_roles_of_a_unit(self, engage, database, region):
        head = await engage(Role.UHD, unit="village")
        liaison = await engage(Role.ULN, unit="village")
        await engage(Role.HDL, unit="village")
        gone = await engage(Role.ULN, unit="village")
        async with database.unit_of_work() as session:
            (await session.get(Account, gone.account_id)).disabled_at = clock.now()

        async def told(**more):
            async with database.unit_of_work() as session:
                found = await directory.accounts_of(session, region["village"], (Role.UHD, Role.ULN), **more)
                return set(found)

        assert await told() == {head.account_id, liaison.account_id}
        assert await told(except_persons=[head.person_id]) == {liaison.account_id}
        assert await told(except_units=[region["town"]]) == {head.account_id, liaison.account_id}
        assert await told(except_units=[region["village"]]) == set()
