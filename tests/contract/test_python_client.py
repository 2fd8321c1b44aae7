"""A client in Python, generated from the committed contract, talks to the running server."""

import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest
from tests.contract.serving import REPO, Served

CALLS = """
import sys
from uuid import UUID

from xiaoneng_client import AuthenticatedClient, Client
from xiaoneng_client.api.accounts import auth_login
from xiaoneng_client.api.cases import cases_call_back, cases_create, cases_list
from xiaoneng_client.models import CallBackInput, CaseChannel, CaseCreate, CaseKind, Problem, Solved
from xiaoneng_client.models import LoginInput, LoginInputClient

origin, token, key = sys.argv[1:]
client = AuthenticatedClient(base_url=origin, token=token, raise_on_unexpected_status=True)
body = CaseCreate(kind=CaseKind.REQUEST, channel=CaseChannel.VISIT, title="路灯不亮", content="已经三天。")
made = cases_create.sync(client=client, body=body, idempotency_key=key)
again = cases_create.sync(client=client, body=body, idempotency_key=key)
assert isinstance(made.id, UUID) and made.id == again.id and made.received_at.tzinfo, made
listed = cases_list.sync(client=client, q=made.no)
assert [item.id for item in listed.items] == [made.id], listed
answer = CallBackInput(solved=Solved.NO, stars=1)
refused = cases_call_back.sync(made.id, client=client, body=answer, if_match=f'"{made.rev}"')
assert isinstance(refused, Problem) and refused.code == "illegal_transition" and "dispatch" in refused.allowed, refused
nobody = Client(base_url=origin, raise_on_unexpected_status=True)
entry = LoginInput(login="operator", password="wrong", client=LoginInputClient.DEVICE)
wrong = auth_login.sync(client=nobody, body=entry)
assert isinstance(wrong, Problem) and wrong.status == 401, wrong
"""


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the generated package, made without an error or a warning."""
    folder = tmp_path_factory.mktemp("client")
    config = folder / "config.yaml"
    config.write_text("project_name_override: xiaoneng-client\npackage_name_override: xiaoneng_client\n", "utf-8")
    programs = Path(sys.executable).parent
    made = subprocess.run(
        [
            programs / "openapi-python-client",
            "generate",
            "--fail-on-warning",
            "--path",
            REPO / "openapi" / "openapi.json",
            "--config",
            config,
            "--output-path",
            folder / "out",
        ],
        env={"PATH": f"{programs}:/usr/bin:/bin", "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    assert "warning" not in (made.stdout + made.stderr).lower(), made.stdout
    return folder / "out"


def test_makes_real_calls(generated: Path, served: Served) -> None:
    script = generated / "calls.py"
    script.write_text(CALLS, "utf-8")
    called = subprocess.run(
        [sys.executable, "-W", "error", script, served.origin, served.tokens["operator"], str(uuid4())],
        cwd=generated,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert called.returncode == 0, called.stderr
