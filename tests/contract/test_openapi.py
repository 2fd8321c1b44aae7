"""The published contract: current, complete, and in the form that generators and readers rely on."""

import json
import re
from collections.abc import Iterator
from typing import Any

from tests.contract.serving import REPO
from typer.testing import CliRunner

from xiaoneng.app import create_app
from xiaoneng.cli.commands import app as cli
from xiaoneng.core.access.rules import pivot
from xiaoneng.kit.problems import MEDIA_TYPE
from xiaoneng.settings import Settings

SPEC = create_app(Settings(environment="test")).openapi()
PROBLEM = {"schema": {"$ref": "#/components/schemas/Problem"}}
WITHOUT_KEY = {"auth_login", "auth_logout", "auth_refresh", "hotline_events_receive"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for methods in SPEC["paths"].values():
        yield from methods.items()


def test_the_committed_files_are_current() -> None:
    answer = CliRunner().invoke(cli, ["openapi", "--check"])
    assert answer.exit_code == 0, answer.output
    text = json.dumps(SPEC, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    assert (REPO / "openapi" / "openapi.json").read_bytes() == text.encode()


def test_a_stale_file_is_noticed(tmp_path: Any) -> None:
    assert CliRunner().invoke(cli, ["openapi", "--folder", str(tmp_path)]).exit_code == 0
    (tmp_path / "openapi.json").write_text("{}\n", "utf-8")
    assert CliRunner().invoke(cli, ["openapi", "--check", "--folder", str(tmp_path)]).exit_code == 1


def test_operation_ids_are_unique_and_name_area_and_action() -> None:
    names = [described["operationId"] for _, described in operations()]
    assert len(names) == len(set(names))
    assert [name for name in names if not re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)+", name)] == []


def test_every_operation_is_named_in_chinese_and_described() -> None:
    assert [described["operationId"] for _, described in operations() if not CHINESE.search(described["summary"])] == []
    assert [described["operationId"] for _, described in operations() if len(described["description"]) < 10] == []


def test_every_error_is_a_problem_and_says_which_codes() -> None:
    found = [
        f"{described['operationId']} {status}: {answer}"
        for _, described in operations()
        for status, answer in described["responses"].items()
        if status >= "400" and (answer["content"] != {MEDIA_TYPE: PROBLEM} or "`" not in answer["description"])
    ]
    assert found == []
    assert {"Problem", "FieldProblem"} <= SPEC["components"]["schemas"].keys()
    assert "ValidationError" not in json.dumps(SPEC)


def test_guarded_operations_ask_for_a_token_and_public_ones_do_not() -> None:
    public = {row.operation for row in pivot().rows.values() if row.public}
    bearer = [{"HTTPBearer": []}]
    for _, described in operations():
        expected = None if described["operationId"] in public else bearer
        assert described.get("security") == expected, described["operationId"]
    assert SPEC["components"]["securitySchemes"]["HTTPBearer"]["scheme"] == "bearer"


def test_what_may_be_repeated_or_lost_says_how_to_guard_it() -> None:
    for method, described in operations():
        names = {parameter["name"]: parameter["required"] for parameter in described.get("parameters", [])}
        assert ("Idempotency-Key" in names) == (method == "post" and described["operationId"] not in WITHOUT_KEY), (
            described["operationId"]
        )
        assert names.get("if-match", True) is True
        assert ("if-match" in names) == ("428" in described["responses"]), described["operationId"]


def test_every_reference_leads_somewhere() -> None:
    assert [name for name in SPEC["components"]["schemas"] if "__" in name] == [], "two shapes of one name"
    references = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(SPEC)))
    assert references == references & SPEC["components"]["schemas"].keys()
    hotline = json.loads((REPO / "openapi" / "hotline.json").read_text("utf-8"))
    assert set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(hotline))) == set(
        hotline["components"]["schemas"]
    )
