import pytest
from tests.core.accounts.conftest import PASSWORD

from xiaoneng.core.access.models import Role

pytestmark = pytest.mark.anyio


async def log_in(client, someone, password=PASSWORD, **more):
    body = {"login": someone.login, "password": password, "client": "device", **more}
    return await client.post("/auth/login", json=body)


class TestLogin:
    async def test_the_right_password_opens_a_session(self, client, engage):
        someone = await engage(Role.ULN)
        answer = await log_in(client, someone)
        assert answer.status_code == 200, answer.text
        token = answer.json()["access_token"]
        me = await client.get("/auth/me", headers={"Authorization": f"Bearer {token}"})
        assert me.status_code == 200, me.text
        print(me.json())
        tree = await client.get("/units/tree", headers={"Authorization": f"Bearer {token}"})
        assert tree.status_code == 200, tree.text
        print(tree.json())
