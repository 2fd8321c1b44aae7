"""Every operation, called as the contract allows and as it forbids, must answer as the contract says."""

import copy
import json
from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode
from tests.contract.serving import Outside, Served

from xiaoneng.app import create_app
from xiaoneng.kit.problems import InvalidInput
from xiaoneng.settings import Settings

ENDLESS = ["notifications_stream"]
STATE = ["401", "403", "404", "409"]
CONFIG = SchemathesisConfig.from_dict(
    {
        "operations": [
            # GET /units/imports reads the unit of that name: 422, not 405.
            {"include-operation-id": "units_import", "checks": {"unsupported_method": {"enabled": False}}}
        ],
        # PostgreSQL keeps no NUL and no schema can say so; tests/contract/test_hostile_input.py sends them.
        "generation": {"allow-x00": False},
        "checks": {
            # What is well formed may still name a revision (412) or an object (422) that does not exist;
            # `refused_for_its_meaning` looks into the latter.
            "positive_data_acceptance": {"expected-statuses": ["2xx", *STATE, "412", "422", "423", "429"]},
            "negative_data_rejection": {"expected-statuses": ["400", *STATE, "405", "412", "422", "428"]},
            "missing_required_header": {"expected-statuses": ["400", "401", "403", "422", "428"]},
        },
    }
)
SPEC = create_app(Settings(environment="test")).openapi()


def asked(method: str, described: dict[str, Any]) -> str:
    """What the contract lets a caller send, whatever the object is called: equal texts generate equal calls."""
    parameters = [
        {**parameter, "name": "id"} if parameter["in"] == "path" else parameter
        for parameter in described.get("parameters", [])
    ]
    for parameter in parameters:
        parameter["schema"] = {key: value for key, value in parameter["schema"].items() if key != "title"}
    body = described.get("requestBody", {}).get("content")
    return json.dumps([method, parameters, body, "security" in described], sort_keys=True)


def repeats(spec: dict[str, Any]) -> list[str]:
    """Operations that ask for exactly what an earlier one asks for; a few calls find what only their handler can do."""
    seen: set[str] = set()
    found = []
    for methods in copy.deepcopy(spec["paths"]).values():
        for method, described in methods.items():
            shape = asked(method, described)
            if shape in seen:
                found.append(described["operationId"])
            seen.add(shape)
    return found


ALL = {described["operationId"] for methods in SPEC["paths"].values() for described in methods.values()}
REPEATS = set(repeats(SPEC)) - set(ENDLESS)
SCHEMA = schemathesis.openapi.from_dict(SPEC, config=CONFIG)
EXAMPLES = Outside().xiaoneng_contract_examples
HOW: dict[str, Any] = {"deadline": None, "derandomize": True, "suppress_health_check": list(HealthCheck)}


@SCHEMA.exclude(operation_id=[*ENDLESS, *REPEATS]).parametrize()
@settings(max_examples=EXAMPLES, **HOW)
def test_operation_keeps_the_contract(case: schemathesis.Case, served: Served) -> None:
    keeps(case, served)


@SCHEMA.exclude(operation_id=sorted(ALL - REPEATS)).parametrize()
@settings(max_examples=max(EXAMPLES // 4, 1), **HOW)
def test_operation_of_a_shape_tried_before_keeps_it_too(case: schemathesis.Case, served: Served) -> None:
    keeps(case, served)


def test_only_what_asks_for_the_same_is_a_repeat() -> None:
    def read(name: str, **more: Any) -> dict[str, Any]:
        key = {"name": f"{name}_id", "in": "path", "schema": {"type": "string", "title": f"{name} Id"}}
        return {"get": {"operationId": name, "parameters": [key], **more}}

    texts = {"requestBody": {"content": {"application/json": {"schema": {"type": "string"}}}}}
    paths = {"/a": read("a"), "/b": read("b"), "/c": read("c", security=[]), "/d": read("d", **texts)}
    assert repeats({"paths": paths}) == ["b"]


def keeps(case: schemathesis.Case, served: Served) -> None:
    headers = {}
    if case.operation.definition.raw.get("security"):
        headers["Authorization"] = f"Bearer {served.tokens['office']}"
    case.call_and_validate(base_url=served.origin, headers=headers, additional_checks=[refused_for_its_meaning])


def refused_for_its_meaning(_: Any, response: schemathesis.Response, case: schemathesis.Case) -> None:
    """A payload that keeps the schema is never refused for its shape."""
    well_formed = case.meta is not None and case.meta.generation.mode == GenerationMode.POSITIVE
    if well_formed and response.status_code == 422:
        assert response.json()["code"] != InvalidInput.code, f"the schema allows it: {response.text}"
