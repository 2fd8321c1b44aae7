"""Accounts and machine keys in the hands of administrators."""

from datetime import timedelta

import pyotp
import pytest
import sqlalchemy as sa
from tests.core.accounts.conftest import PASSWORD, every_route
from tests.core.organization.region import hire

from xiaoneng.core.access.models import Role
from xiaoneng.core.access.rules import pivot
from xiaoneng.core.accounts.models import ApiKey
from xiaoneng.core.accounts.service import authentication
from xiaoneng.core.timeline.models import TimelineEntry
from xiaoneng.kit import clock, ids

pytestmark = pytest.mark.anyio
WHY = "岗位调整"
SCOPES = ["case:create"]


def bearer(token, **more):
    return {"Authorization": f"Bearer {token}", **more}


def code_of(answer):
    return answer.status_code, answer.json()["code"]


@pytest.fixture
def signed_in(engage, open_for):
    """Somebody with a role and an access token."""

    async def make(role, unit="county"):
        someone = await engage(role, unit)
        return someone, bearer((await open_for(someone)).access_token)

    return make


async def actions(database, subject_id):
    async with database.unit_of_work() as session:
        query = sa.select(TimelineEntry.action, TimelineEntry.reason).where(TimelineEntry.subject_id == subject_id)
        return [tuple(row) for row in await session.execute(query.order_by(TimelineEntry.at))]


class TestAccounts:
    def new_login(self):
        return f"new{ids.new_id().hex[-8:]}"

    async def test_a_new_account_has_no_role_and_must_change_its_password(self, client, signed_in, database):
        _, system = await signed_in(Role.SYS)
        async with database.unit_of_work() as session:
            person = await hire(session, name="温如")
        body = {"login": self.new_login().upper(), "password": PASSWORD, "person_id": str(person)}
        made = await client.post("/accounts", json=body, headers=system)
        assert made.status_code == 201, made.text
        shown = made.json()
        assert (shown["login"], shown["name"], shown["must_change_password"]) == (body["login"].lower(), "温如", True)
        assert not {"password", "password_hash", "roles", "totp_secret"} & shown.keys()
        entered = await client.post("/auth/login", json={"login": shown["login"], "password": PASSWORD})
        me = await client.get("/auth/me", headers=bearer(entered.json()["access_token"]))
        assert (me.json()["roles"], me.json()["must_change_password"]) == ([], True)
        again = await client.post("/accounts", json={**body, "login": self.new_login()}, headers=system)
        assert code_of(again) == (409, "accounts.login_taken")
        again = await client.post("/accounts", json={**body, "person_id": None}, headers=system)
        assert code_of(again) == (409, "accounts.login_taken")

    @pytest.mark.parametrize(
        ("change", "status", "code"),
        [
            ({"password": "short"}, 422, "accounts.weak_password"),
            ({"login": "有 空格"}, 422, "invalid_input"),
            ({"person_id": str(ids.new_id())}, 404, "not_found"),
            ({"roles": ["SYS"]}, 422, "invalid_input"),
            ({"role": "SEC", "disabled_at": None}, 422, "invalid_input"),
        ],
    )
    async def test_refusals(self, client, signed_in, change, status, code):
        _, system = await signed_in(Role.SYS)
        body = {"login": self.new_login(), "password": PASSWORD, **change}
        assert code_of(await client.post("/accounts", json=body, headers=system)) == (status, code)

    async def test_disabling_ends_the_sessions_and_is_told(self, client, signed_in, engage, open_for, database):
        _, system = await signed_in(Role.SYS)
        someone = await engage()
        theirs = bearer((await open_for(someone)).access_token)
        at = f"/accounts/{someone.account_id}"
        shown = await client.get(at, headers=system)
        assert shown.headers["etag"] == '"1"'
        body = {"reason": WHY}
        assert code_of(await client.post(f"{at}/actions/disable", json=body, headers=system)) == (
            428,
            "precondition_required",
        )
        answer = await client.post(f"{at}/actions/disable", json=body, headers={**system, "If-Match": '"1"'})
        assert (answer.status_code, answer.json()["rev"]) == (200, 2)
        assert answer.json()["disabled_at"].endswith("+08:00")
        assert (await client.get("/auth/me", headers=theirs)).status_code == 401
        stale = await client.post(f"{at}/actions/disable", json=body, headers={**system, "If-Match": '"1"'})
        assert code_of(stale) == (412, "precondition_failed")
        assert await actions(database, someone.account_id) == [("create", None), ("disable", WHY)]

    async def test_resetting_a_password(self, client, signed_in, engage, open_for, database):
        _, system = await signed_in(Role.SYS)
        someone = await engage(totp_secret=pyotp.random_base32())
        theirs = bearer((await open_for(someone)).access_token)
        at = f"/accounts/{someone.account_id}/actions/reset_password"
        body = {"password": "Fresh-horse-2028", "reason": "忘记密码"}
        answer = await client.post(at, json=body, headers={**system, "If-Match": '"1"'})
        assert answer.status_code == 200, answer.text
        assert (answer.json()["must_change_password"], answer.json()["totp_enrolled"]) == (True, True)
        assert (await client.get("/auth/me", headers=theirs)).status_code == 401
        weak = await client.post(at, json={**body, "password": "weak"}, headers={**system, "If-Match": '"2"'})
        assert code_of(weak) == (422, "accounts.weak_password")

    async def test_password_and_second_factor_are_reset_by_different_people(
        self, client, signed_in, engage, open_for, database
    ):
        _, system = await signed_in(Role.SYS)
        holder, security = await signed_in(Role.SEC)
        someone = await engage(totp_secret=pyotp.random_base32())
        theirs = bearer((await open_for(someone)).access_token)
        at, body = f"/accounts/{someone.account_id}/actions", {"reason": "手机遗失"}
        match = {"If-Match": '"1"'}
        for headers, action, given in (
            (system, "reset_totp", body),
            (security, "reset_password", {**body, "password": PASSWORD}),
        ):
            answer = await client.post(f"{at}/{action}", json=given, headers={**headers, **match})
            assert code_of(answer) == (403, "access.permission_denied"), action
        own = f"/accounts/{holder.account_id}/actions/reset_totp"
        assert code_of(await client.post(own, json=body, headers={**security, **match})) == (
            403,
            "access.permission_denied",
        )
        answer = await client.post(f"{at}/reset_totp", json=body, headers={**security, **match})
        assert (answer.status_code, answer.json()["totp_enrolled"], answer.headers["etag"]) == (200, False, '"2"')
        assert (await client.get("/auth/me", headers=theirs)).status_code == 401
        assert await actions(database, someone.account_id) == [("create", None), ("reset_totp", "手机遗失")]

    async def test_nobody_touches_their_own(self, client, signed_in):
        someone, system = await signed_in(Role.SYS)
        at = f"/accounts/{someone.account_id}/actions"
        for action, body in (("disable", {"reason": WHY}), ("reset_password", {"password": PASSWORD, "reason": WHY})):
            answer = await client.post(f"{at}/{action}", json=body, headers={**system, "If-Match": '"1"'})
            assert code_of(answer) == (403, "access.permission_denied")

    async def test_an_account_that_never_was(self, client, signed_in):
        _, system = await signed_in(Role.SYS)
        at = f"/accounts/{ids.new_id()}"
        assert code_of(await client.get(at, headers=system)) == (404, "not_found")
        answer = await client.post(f"{at}/actions/disable", json={"reason": WHY}, headers={**system, "If-Match": '"1"'})
        assert code_of(answer) == (404, "not_found")

    async def test_the_list_goes_by_login_and_pages(self, client, signed_in):
        _, security = await signed_in(Role.SEC)
        await signed_in(Role.AUD)
        seen, cursor = [], None
        while True:
            params = {"limit": 3, **({"cursor": cursor} if cursor else {})}
            page = (await client.get("/accounts", params=params, headers=security)).json()
            seen += [item["login"] for item in page["items"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert seen == sorted(set(seen))
        assert len(seen) >= 3

    async def test_system_and_security_do_not_do_each_others_work(self, client, signed_in, region, database):
        _, system = await signed_in(Role.SYS)
        _, security = await signed_in(Role.SEC)
        async with database.unit_of_work() as session:
            person = await hire(session)
        account = {"login": self.new_login(), "password": PASSWORD}
        post = {"person_id": str(person), "unit_id": str(region["town"]), "title": "联络员", "role": "ULN"}
        assert code_of(await client.post("/accounts", json=account, headers=security)) == (
            403,
            "access.permission_denied",
        )
        assert code_of(await client.post("/appointments", json=post, headers=system)) == (
            403,
            "access.permission_denied",
        )
        assert (await client.post("/accounts", json=account, headers=system)).status_code == 201
        assert (await client.post("/appointments", json=post, headers=security)).status_code == 201

    async def test_no_business_role_reaches_administration(self, app, client, signed_in):
        administrative = [route for route in every_route(app) if route.path.startswith(("/accounts", "/api-keys"))]
        assert len(administrative) == 10
        for role in (Role.UHD, Role.ULN, Role.HDL, Role.HOP, Role.MON, Role.AUA):
            _, headers = await signed_in(role, "station")
            for route in administrative:
                answer = await client.request(route.method, route.path, json={}, headers=headers)
                assert code_of(answer) == (403, "access.permission_denied"), (role, route)


class TestKeys:
    @pytest.fixture
    async def key(self, client, signed_in):
        """A key that a system administrator made and a security administrator enabled."""
        _, system = await signed_in(Role.SYS)
        _, security = await signed_in(Role.SEC)
        body = {"name": "市12345平台", "source": "city-12345"}
        made = (await client.post("/api-keys", json=body, headers=system)).json()
        at = f"/api-keys/{made['id']}/actions"
        return made, at, system, security

    async def enable(self, client, key, **more):
        _, at, _, security = key
        headers = {**security, "If-Match": '"1"', **more}
        return await client.post(f"{at}/enable", json={"scopes": SCOPES}, headers=headers)

    async def probe(self, client, token, **headers):
        return await client.get("/units/tree", headers=bearer(token, **headers))

    async def test_it_works_once_the_other_administrator_has_enabled_it(self, client, key, database):
        made = key[0]
        assert made["token"].startswith(f"xnk_{made['prefix']}_")
        assert (made["enabled_at"], made["scopes"], made["role"]) == (None, [], "HSY")
        assert (await self.probe(client, made["token"])).status_code == 401
        answer = await self.enable(client, key)
        assert (answer.status_code, answer.json()["scopes"]) == (200, SCOPES), answer.text
        assert "token" not in answer.json()
        assert (await self.probe(client, made["token"])).status_code == 200
        assert [action for action, _ in await actions(database, ids.UUID(made["id"]))] == ["create", "enable"]

    async def test_not_by_the_one_who_made_it_nor_by_any_system_administrator(self, client, key, signed_in):
        _, at, system, _ = key
        for headers in (system, (await signed_in(Role.SYS))[1]):
            answer = await client.post(f"{at}/enable", json={"scopes": SCOPES}, headers={**headers, "If-Match": '"1"'})
            assert code_of(answer) == (403, "access.permission_denied")

    async def test_the_secret_is_kept_as_a_hash_and_shown_once(self, client, key, database):
        made, _, system, _ = key
        secret = made["token"].split("_", 2)[2]
        async with database.unit_of_work() as session:
            rows = (await session.execute(sa.select(ApiKey.__table__))).all()
        assert secret not in str(rows)
        listed = await client.get("/api-keys", headers=system)
        assert made["id"] in {item["id"] for item in listed.json()["items"]}
        assert secret not in listed.text

    async def test_scopes_bound_what_it_may(self, app, client, key):
        """A key with one scope reaches what is open to any login, and no function of another permission."""
        await self.enable(client, key)
        token = key[0]["token"]
        for route in every_route(app):
            row = pivot().rows[route.operation]
            if route.public or row.any_login or row.permission in SCOPES:
                continue
            headers = bearer(token, **{"Idempotency-Key": ids.new_id().hex})
            answer = await client.request(route.method, route.path, json={}, headers=headers)
            assert code_of(answer) == (403, "access.permission_denied"), route

    @pytest.mark.parametrize("scopes", [["account:manage"], ["case:create", "no:such"], [], ["role:grant"]])
    async def test_scopes_of_machines_only(self, client, key, scopes):
        _, at, _, security = key
        headers = {**security, "If-Match": '"1"'}
        answer = await client.post(f"{at}/enable", json={"scopes": scopes}, headers=headers)
        assert code_of(answer) == (422, "invalid_input")

    async def test_a_post_needs_an_idempotency_key(self, client, key):
        await self.enable(client, key)
        token = key[0]["token"]
        bare = await client.post("/units/imports", headers=bearer(token))
        assert code_of(bare) == (400, "idempotency.key_missing")

    @pytest.mark.parametrize("change", ["prefix", "secret", "short", "extra", "long", "underscores"])
    async def test_a_key_that_is_not_right(self, client, key, change):
        await self.enable(client, key)
        mark, prefix, secret = key[0]["token"].split("_", 2)
        token = {
            "prefix": f"{mark}_0000000000_{secret}",
            "secret": f"{mark}_{prefix}_{secret[:-1]}{'A' if secret[-1] != 'A' else 'B'}",
            "short": f"{mark}_{prefix}",
            "extra": f"{mark}_{prefix}_{secret}x",
            "long": f"{mark}_{prefix}_{secret}{'x' * 300}",
            "underscores": "xnk___",
        }[change]
        assert code_of(await self.probe(client, token)) == (401, "access.not_authenticated")

    async def test_revoking_is_felt_within_a_second(self, client, key, database):
        made, at, _, security = key
        await self.enable(client, key)
        start = clock.now()
        with clock.frozen(start):
            assert (await self.probe(client, made["token"])).status_code == 200
            headers = {**security, "If-Match": '"2"'}
            answer = await client.post(f"{at}/revoke", json={"reason": "平台停用"}, headers=headers)
            assert answer.status_code == 200, answer.text
        with clock.frozen(start + timedelta(seconds=1)):
            assert (await self.probe(client, made["token"])).status_code == 401
        again = await client.post(f"{at}/enable", json={"scopes": SCOPES}, headers={**security, "If-Match": '"3"'})
        assert code_of(again) == (409, "accounts.key_closed")

    async def test_it_ends_within_a_year(self, client, key, signed_in, database):
        _, system = await signed_in(Role.SYS)
        body = {"name": "短期", "source": "short", "expires_in_days": 2}
        made = (await client.post("/api-keys", json=body, headers=system)).json()
        at = f"/api-keys/{made['id']}/actions"
        await self.enable(client, (made, at, None, key[3]))
        assert (await self.probe(client, made["token"])).status_code == 200
        with clock.frozen(clock.now() + timedelta(days=2)):
            assert (await self.probe(client, made["token"])).status_code == 401
        too_long = await client.post("/api-keys", json={**body, "expires_in_days": 366}, headers=system)
        assert code_of(too_long) == (422, "invalid_input")
        with pytest.raises(sa.exc.IntegrityError):
            await self.prolong(database, ids.UUID(made["id"]))

    async def prolong(self, database, key_id):
        async with database.unit_of_work() as session:
            row = await session.get(ApiKey, key_id)
            row.expires_at = row.created_at + timedelta(days=367)

    async def test_two_keys_of_one_source_overlap_while_they_are_exchanged(self, client, key, signed_in):
        _, system = await signed_in(Role.SYS)
        await self.enable(client, key)
        second = (await client.post("/api-keys", json={"name": "新", "source": "city-12345"}, headers=system)).json()
        await self.enable(client, (second, f"/api-keys/{second['id']}/actions", None, key[3]))
        for token in (key[0]["token"], second["token"]):
            assert (await self.probe(client, token)).status_code == 200

    async def test_a_machine_has_no_account(self, client, key):
        await self.enable(client, key)
        headers = bearer(key[0]["token"])
        assert code_of(await client.get("/auth/me", headers=headers)) == (403, "access.permission_denied")

    async def test_it_is_bound_to_its_source(self, client, key, database):
        await self.enable(client, key)
        async with database.unit_of_work() as session:
            actor = (await authentication.caller_of(session, key[0]["token"])).actor
        assert (actor.kind, actor.key_source, dict(actor.roles)) == ("machine", "city-12345", {Role.HSY: frozenset()})
        assert actor.permissions == frozenset(SCOPES)
        async with database.unit_of_work() as session:
            assert (await session.get(ApiKey, actor.id)).last_used_at is not None
