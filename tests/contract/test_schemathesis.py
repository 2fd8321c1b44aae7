"""Every operation, called as the contract allows and as it forbids, must answer as the contract says."""

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
SCHEMA = schemathesis.openapi.from_dict(SPEC, config=CONFIG).exclude(operation_id=ENDLESS)


@SCHEMA.parametrize()
@settings(
    max_examples=Outside().xiaoneng_contract_examples,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_operation_keeps_the_contract(case: schemathesis.Case, served: Served) -> None:
    headers = {}
    if case.operation.definition.raw.get("security"):
        headers["Authorization"] = f"Bearer {served.tokens['office']}"
    case.call_and_validate(base_url=served.origin, headers=headers, additional_checks=[refused_for_its_meaning])


def refused_for_its_meaning(_: Any, response: schemathesis.Response, case: schemathesis.Case) -> None:
    """A payload that keeps the schema is never refused for its shape."""
    well_formed = case.meta is not None and case.meta.generation.mode == GenerationMode.POSITIVE
    if well_formed and response.status_code == 422:
        assert response.json()["code"] != InvalidInput.code, f"the schema allows it: {response.text}"
