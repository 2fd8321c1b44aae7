"""Logging in: passwords, lockout, the second factor."""

import asyncio
import importlib.util
from datetime import timedelta

import pyotp
import pytest
import sqlalchemy as sa
from tests.core.accounts.conftest import PASSWORD, every_route

from xiaoneng.core.access.models import Role
from xiaoneng.core.accounts.errors import LoginBusy
from xiaoneng.core.accounts.models import Account, LoginSession, LoginThrottle
from xiaoneng.core.accounts.rules import totp
from xiaoneng.core.accounts.service import login, passwords
from xiaoneng.core.timeline.models import TimelineEntry
from xiaoneng.kit import clock, ids
from xiaoneng.kit import passwords as kit_passwords
from xiaoneng.settings import get_settings

pytestmark = pytest.mark.anyio
SECRET = pyotp.random_base32()


async def log_in(http, name, password=PASSWORD, **more):
    body = {"login": getattr(name, "login", name), "password": password, "client": "device", **more}
    return await http.post("/auth/login", json=body)


def code_of(answer):
    return answer.status_code, answer.json()["code"]


def nobody():
    return f"nobody{ids.new_id().hex[-8:]}"


async def actions(database, account_id):
    async with database.unit_of_work() as session:
        query = sa.select(TimelineEntry.action).where(TimelineEntry.subject_id == account_id).order_by(TimelineEntry.at)
        return list(await session.scalars(query))


@pytest.fixture
def quick(monkeypatch, hashed):
    """Passwords that are compared at once, where their hashing is not what is tested."""

    async def verify(stored, password):
        await asyncio.sleep(0)
        return (stored, password) == (hashed, PASSWORD)

    monkeypatch.setattr(passwords, "verify", verify)


class TestPassword:
    async def test_the_right_one_opens_a_session(self, client, engage, database):
        someone = await engage(Role.ULN)
        answer = await log_in(client, someone)
        assert answer.status_code == 200, answer.text
        shown = answer.json()
        assert (shown["token_type"], shown["expires_in"]) == ("Bearer", 600)
        assert "set-cookie" not in answer.headers
        me = (await client.get("/auth/me", headers={"Authorization": f"Bearer {shown['access_token']}"})).json()
        assert (me["login"], me["name"], me["roles"], me["unit"]["name"]) == (
            someone.login,
            "林知远",
            ["ULN"],
            "青禾县住建局",
        )
        assert "case:handle" in me["permissions"]
        assert (me["totp_enrolled"], me["must_enrol"], me["must_change_password"]) == (False, False, False)
        assert await actions(database, someone.account_id) == ["create", "log_in"]

    async def test_a_browser_gets_the_refresh_token_in_a_strict_cookie_only(self, client, engage, monkeypatch):
        someone = await engage()
        answer = await log_in(client, someone, client="web")
        assert answer.json()["refresh_token"] is None
        cookie = answer.headers["set-cookie"]
        for part in ("xn_refresh=", "HttpOnly", "SameSite=strict", "Path=/api/v1/auth", "Max-Age=28"):
            assert part in cookie
        assert "Secure" not in cookie
        monkeypatch.setattr(get_settings(), "public_url", "https://xn.example")
        assert "Secure" in (await log_in(client, someone, client="web")).headers["set-cookie"]

    async def test_letter_case_and_spaces_around_the_login_do_not_matter(self, client, engage):
        someone = await engage()
        assert (await log_in(client, f" {someone.login.upper()} ")).status_code == 200

    async def test_spaces_in_a_password_do(self, client, engage):
        someone = await engage()
        assert code_of(await log_in(client, someone, f"{PASSWORD} ")) == (401, "accounts.invalid_credentials")

    async def test_wrong_and_unknown_are_told_alike(self, client, engage, database):
        someone = await engage()
        wrong, unknown = await log_in(client, someone, "Wrong-2026-x"), await log_in(client, nobody())
        bodies = [{**answer.json(), "request_id": ""} for answer in (wrong, unknown)]
        assert bodies[0] == bodies[1]
        assert wrong.status_code == unknown.status_code == 401
        assert await actions(database, someone.account_id) == ["create", "log_in_failed"]

    def test_the_stored_form_is_argon2id(self):
        """Looked at in a fresh copy: the one in use has figures for tests."""
        spec = importlib.util.spec_from_file_location("fresh", kit_passwords.__file__)
        fresh = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(fresh)
        assert fresh._hasher.hash(PASSWORD).startswith("$argon2id$v=19$m=65536,t=3,p=1$")
        assert fresh.MAX_PARALLEL == 4

    async def test_an_unknown_name_costs_the_same_work(self, client, engage, monkeypatch):
        """The very same function runs over a hash of the same figures: no clock is needed to see it."""
        someone = await engage()
        seen = []
        real = kit_passwords._hasher

        class Watched:
            def verify(self, stored, password):
                seen.append((stored.rsplit("$", 2)[0], password))
                return real.verify(stored, password)

            def hash(self, password):
                return real.hash(password)

        monkeypatch.setattr(kit_passwords, "_hasher", Watched())
        for name in (someone, nobody()):
            assert (await log_in(client, name, "Wrong-2026-x")).status_code == 401
        assert len(seen) == 2
        assert seen[0] == seen[1]

    @pytest.mark.parametrize(
        "body", [{}, {"login": "a"}, {"login": "a", "password": ""}, {"login": 7, "password": "x"}]
    )
    async def test_bad_input(self, client, body):
        assert code_of(await client.post("/auth/login", json=body)) == (422, "invalid_input")

    @pytest.mark.parametrize("name", ["\0", "x" * 201, "' OR 1=1 --", "𠮷野", "a\nb"])
    async def test_strange_names(self, client, name):
        assert (await log_in(client, name)).status_code in {401, 422}

    async def test_a_disabled_account_looks_like_a_wrong_password(self, client, engage, database):
        someone = await engage()
        async with database.unit_of_work() as session:
            (await session.get(Account, someone.account_id)).disabled_at = clock.now()
        assert code_of(await log_in(client, someone)) == (401, "accounts.invalid_credentials")

    async def test_more_waiting_than_can_be_checked(self, client, monkeypatch):
        monkeypatch.setattr(passwords, "MAX_WAITING", 0)
        answer = await log_in(client, nobody())
        assert code_of(answer) == (503, "accounts.login_busy")
        assert answer.headers["retry-after"] == "5"


@pytest.mark.usefixtures("quick")
class TestLockout:
    async def fail(self, client, name, times):
        return [(await log_in(client, name, "Wrong-2026-x")).status_code for _ in range(times)]

    async def test_five_failures_lock_for_fifteen_minutes(self, client, engage, database):
        someone = await engage()
        start = clock.now()
        with clock.frozen(start):
            assert await self.fail(client, someone, 6) == [401] * 5 + [423]
            locked = await log_in(client, someone)
            assert code_of(locked) == (423, "accounts.locked")
            assert locked.headers["retry-after"] == "900"
        with clock.frozen(start + timedelta(minutes=14, seconds=59)):
            assert (await log_in(client, someone)).status_code == 423
        with clock.frozen(start + timedelta(minutes=15)):
            assert (await log_in(client, someone)).status_code == 200
        assert (await actions(database, someone.account_id)).count("lock") == 1

    async def test_a_name_without_an_account_is_locked_alike(self, client):
        name = nobody()
        assert await self.fail(client, name, 6) == [401] * 5 + [423]

    async def test_success_forgets_the_failures(self, client, engage):
        someone = await engage()
        for _ in range(3):
            assert await self.fail(client, someone, 4) == [401] * 4
            assert (await log_in(client, someone)).status_code == 200

    async def test_failures_a_quarter_of_an_hour_apart_do_not_add_up(self, client, engage):
        someone = await engage()
        start = clock.now()
        for number in range(7):
            with clock.frozen(start + timedelta(minutes=16 * number)):
                assert await self.fail(client, someone, 1) == [401]

    async def test_forty_guesses_at_once_are_five(self, client, engage, monkeypatch):
        someone = await engage()
        looked_at = []
        real = passwords.verify

        async def watched(stored, password):
            looked_at.append(password)
            await asyncio.sleep(0.05)
            return await real(stored, password)

        monkeypatch.setattr(passwords, "verify", watched)
        answers = await asyncio.gather(*(log_in(client, someone, f"Guess-{n}-xyz") for n in range(40)))
        assert sorted(answer.status_code for answer in answers) == [401] * 5 + [423] * 35
        assert len(looked_at) == 5

    async def test_locked_stays_locked_however_often_one_asks(self, client, engage):
        someone = await engage()
        start = clock.now()
        with clock.frozen(start):
            await self.fail(client, someone, 5)
        with clock.frozen(start + timedelta(minutes=10)):
            assert await self.fail(client, someone, 3) == [423] * 3
        with clock.frozen(start + timedelta(minutes=15)):
            assert (await log_in(client, someone)).status_code == 200

    async def test_spraying_one_password_over_many_names(self, client, engage):
        """One source is held up; whoever logs in from elsewhere is not, and nobody is locked."""
        people = [await engage() for _ in range(4)]
        names = [someone.login for someone in people] + [nobody() for _ in range(80)]
        statuses = [(await log_in(client, name, "Spring-2026!")).status_code for name in names]
        assert statuses == [401] * login.SOURCE_FAILURES + [429] * (len(names) - login.SOURCE_FAILURES)
        assert code_of(await log_in(client, people[0])) == (429, "accounts.source_throttled")
        login._failures.clear()  # another source
        for someone in people:
            assert (await log_in(client, someone)).status_code == 200

    async def test_a_source_is_heard_again_after_a_minute(self, client):
        start = clock.now()
        with clock.frozen(start):
            for _ in range(login.SOURCE_FAILURES):
                await log_in(client, nobody())
            assert (await log_in(client, nobody())).status_code == 429
        with clock.frozen(start + timedelta(seconds=60)):
            assert (await log_in(client, nobody())).status_code == 401

    async def test_what_is_kept_of_a_failure_names_nobody(self, client, database):
        name = nobody()
        await self.fail(client, name, 1)
        async with database.unit_of_work() as session:
            rows = (await session.execute(sa.select(LoginThrottle.__table__))).all()
        assert rows
        assert name not in str(rows)


@pytest.mark.usefixtures("quick")
class TestSecondFactor:
    async def test_it_is_asked_for_once_the_password_is_right(self, client, engage):
        someone = await engage(totp_secret=SECRET)
        assert code_of(await log_in(client, someone)) == (401, "accounts.totp_required")
        assert code_of(await log_in(client, someone, "Wrong-2026-x")) == (401, "accounts.invalid_credentials")
        assert code_of(await log_in(client, someone, totp_code="000000")) == (401, "accounts.invalid_credentials")
        right = pyotp.TOTP(SECRET).at(clock.now())
        assert (await log_in(client, someone, totp_code=right)).status_code == 200

    async def test_a_code_is_good_once(self, client, engage):
        someone = await engage(totp_secret=SECRET)
        with clock.frozen(clock.now()):
            code = pyotp.TOTP(SECRET).at(clock.now())
            assert (await log_in(client, someone, totp_code=code)).status_code == 200
            assert code_of(await log_in(client, someone, totp_code=code)) == (401, "accounts.invalid_credentials")

    async def test_ten_at_once_with_one_code(self, client, engage):
        someone = await engage(totp_secret=SECRET)
        with clock.frozen(clock.now()):
            code = pyotp.TOTP(SECRET).at(clock.now())
            answers = await asyncio.gather(*(log_in(client, someone, totp_code=code) for _ in range(10)))
        assert [answer.status_code for answer in answers].count(200) == 1

    async def test_an_older_code_is_refused_after_a_newer_one(self, client, engage):
        someone = await engage(totp_secret=SECRET)
        now = clock.now()
        with clock.frozen(now):
            older, newer = (pyotp.TOTP(SECRET).at(now, counter_offset=offset) for offset in (0, 1))
            assert (await log_in(client, someone, totp_code=newer)).status_code == 200
            assert (await log_in(client, someone, totp_code=older)).status_code == 401

    async def test_asking_for_the_code_neither_locks_nor_forgives(self, client, engage):
        someone = await engage(totp_secret=SECRET)
        with clock.frozen(clock.now()):
            for _ in range(4):
                assert (await log_in(client, someone, totp_code="000000")).status_code == 401
            for _ in range(7):
                assert code_of(await log_in(client, someone)) == (401, "accounts.totp_required")
            assert (await log_in(client, someone, totp_code="000000")).status_code == 401
            assert (await log_in(client, someone)).status_code == 423

    async def test_wrong_codes_lock(self, client, engage):
        someone = await engage(totp_secret=SECRET)
        statuses = [(await log_in(client, someone, totp_code="000000")).status_code for _ in range(6)]
        assert statuses == [401] * 5 + [423]

    @pytest.mark.parametrize("code", ["12345", "1234567", "abcdef", "１２３４５６", "", "12 456"])
    async def test_a_code_has_six_digits(self, client, engage, code):
        someone = await engage(totp_secret=SECRET)
        assert code_of(await log_in(client, someone, totp_code=code)) == (422, "invalid_input")

    def test_codes_of_rfc_6238(self):
        """Appendix B, SHA-1, cut to six digits."""
        secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        for seconds, code in ((59, "287082"), (1111111109, "081804"), (2000000000, "279037"), (20000000000, "353130")):
            moment = clock.now().fromtimestamp(seconds, tz=clock.now().tzinfo)
            assert totp.matching_step(secret, code, moment, None) == seconds // 30
            assert totp.matching_step(secret, code, moment + timedelta(seconds=60), None) is None
            assert totp.matching_step(secret, code, moment, seconds // 30) is None


class TestEnrolment:
    async def me(self, client, token):
        return (await client.get("/auth/me", headers=bearer(token))).json()

    async def test_from_the_secret_to_the_first_login_with_it(self, client, engage, open_for, database):
        someone = await engage()
        token = (await open_for(someone)).access_token
        assert code_of(await client.post("/auth/totp/confirm", json={"code": "000000"}, headers=bearer(token))) == (
            409,
            "accounts.not_enrolling",
        )
        secret = (await client.post("/auth/totp", headers=bearer(token))).json()
        assert secret["otpauth_uri"].startswith(f"otpauth://totp/Xiaoneng:{someone.login}?secret={secret['secret']}")
        wrong = await client.post("/auth/totp/confirm", json={"code": "000000"}, headers=bearer(token))
        assert code_of(wrong) == (422, "accounts.wrong_code")
        assert not (await self.me(client, token))["totp_enrolled"]
        with clock.frozen(clock.now()):
            code = pyotp.TOTP(secret["secret"]).at(clock.now())
            done = await client.post("/auth/totp/confirm", json={"code": code}, headers=bearer(token))
            assert done.status_code == 204, done.text
            assert (await self.me(client, token))["totp_enrolled"]
            assert (await log_in(client, someone, totp_code=code)).status_code == 401, "the code is used"
        for address, body in (("/auth/totp", None), ("/auth/totp/confirm", {"code": code})):
            again = await client.post(address, json=body, headers=bearer(token))
            assert code_of(again) == (409, "accounts.already_enrolled")
        async with database.unit_of_work() as session:
            raw = await session.execute(
                sa.text("SELECT totp_secret FROM account WHERE id = :id"), {"id": someone.account_id}
            )
            assert secret["secret"].encode() not in bytes(raw.scalar_one())

    async def test_without_a_second_factor_staff_reach_nothing_but_enrolment(
        self, app, client, engage, open_for, monkeypatch
    ):
        monkeypatch.setattr(get_settings().login, "totp_required", True)
        someone = await engage(Role.SYS, unit="village")
        token = (await open_for(someone)).access_token
        open_routes = {"auth_me", "auth_totp_enroll", "auth_totp_confirm", "auth_change_password"}
        for route in every_route(app):
            if route.public:
                continue
            answer = await client.request(route.method, route.path, json={}, headers=bearer(token))
            reached = answer.status_code != 403
            assert reached is (route.operation in open_routes), (route, answer.text)
            if not reached:
                assert answer.json()["code"] == "accounts.enrolment_required"
        assert (await self.me(client, token))["must_enrol"] is True
        secret = (await client.post("/auth/totp", headers=bearer(token))).json()["secret"]
        code = pyotp.TOTP(secret).now()
        assert (await client.post("/auth/totp/confirm", json={"code": code}, headers=bearer(token))).status_code == 204
        assert (await client.get("/accounts", headers=bearer(token))).status_code == 200


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


class TestChangePassword:
    NEW = "Other-horse-2027"

    async def change(self, client, token, old=PASSWORD, new=NEW):
        body = {"current_password": old, "new_password": new}
        return await client.post("/auth/password", json=body, headers=bearer(token))

    async def test_the_other_sessions_are_closed_and_this_one_stays(self, client, engage, open_for, database):
        someone = await engage()
        mine, other = await open_for(someone), await open_for(someone)
        assert (await self.change(client, mine.access_token)).status_code == 204
        assert (await client.get("/auth/me", headers=bearer(mine.access_token))).status_code == 200
        assert (await client.get("/auth/me", headers=bearer(other.access_token))).status_code == 401
        assert (await log_in(client, someone)).status_code == 401
        assert (await log_in(client, someone, self.NEW)).status_code == 200
        assert "change_password" in await actions(database, someone.account_id)

    async def test_a_wrong_current_password_counts_like_a_failed_login(self, client, engage, open_for, quick, database):
        someone = await engage()
        token = (await open_for(someone)).access_token
        for _ in range(5):
            assert code_of(await self.change(client, token, "Wrong-2026-x")) == (422, "accounts.wrong_password")
        assert code_of(await self.change(client, token)) == (423, "accounts.locked")
        assert code_of(await log_in(client, someone)) == (423, "accounts.locked")
        assert "lock" in await actions(database, someone.account_id)

    @pytest.mark.parametrize("weak", ["Ab1-", "alllowercase1", "12345678901", "x" * 129 + "A1", "LOGIN"])
    async def test_weak_passwords(self, client, engage, open_for, weak):
        someone = await engage()
        token = (await open_for(someone)).access_token
        weak = f"{someone.login.upper()}-Aa1" if weak == "LOGIN" else weak
        assert code_of(await self.change(client, token, new=weak)) == (422, "accounts.weak_password")

    async def test_a_password_set_by_somebody_else_opens_nothing_but_its_change(self, app, client, engage, open_for):
        someone = await engage(Role.SYS, unit="village", temporary=True)
        token = (await open_for(someone)).access_token
        for route in every_route(app):
            if route.public or route.operation in {"auth_me", "auth_change_password"}:
                continue
            answer = await client.request(route.method, route.path, json={}, headers=bearer(token))
            assert code_of(answer) == (403, "accounts.new_password_required"), route
        assert (await client.get("/auth/me", headers=bearer(token))).json()["must_change_password"] is True
        assert (await self.change(client, token)).status_code == 204
        assert (await client.get("/accounts", headers=bearer(token))).status_code == 200


async def test_who_waits_leaves_the_queue_again(monkeypatch):
    monkeypatch.setattr(passwords, "MAX_WAITING", 3)
    answers = await asyncio.gather(*(passwords.verify(None, PASSWORD) for _ in range(8)), return_exceptions=True)
    assert [type(answer) for answer in answers].count(LoginBusy) == 5
    assert passwords._Queue.waiting == 0


async def test_idempotency_keys_keep_no_tokens(client, engage, database, quick):
    someone = await engage()
    body = {"login": someone.login, "password": PASSWORD, "client": "device"}
    answers = [await client.post("/auth/login", json=body, headers={"Idempotency-Key": "one-key"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json()["refresh_token"] != answers[1].json()["refresh_token"]
    async with database.unit_of_work() as session:
        assert await session.scalar(sa.text("SELECT count(*) FROM idempotency_key")) == 0
        sessions = sa.select(sa.func.count()).where(LoginSession.account_id == someone.account_id)
        assert await session.scalar(sessions) == 2
