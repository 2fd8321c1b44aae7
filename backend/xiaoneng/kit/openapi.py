"""The contract as published: what every operation answers beyond its own errors; addresses it does not hold."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.requests import Request
from starlette.routing import BaseRoute
from starlette.types import Receive, Scope, Send
from typing_extensions import override

from xiaoneng.kit.http import KEY_HEADER
from xiaoneng.kit.idempotency import MAX_KEY_LENGTH, KeyReused, KeyUnusable, StillRunning
from xiaoneng.kit.problems import (
    AppError,
    BadRequest,
    InvalidInput,
    MethodNotAllowed,
    NotFound,
    PayloadTooLarge,
    Problem,
    Unavailable,
    responses,
)

_REPLACED = {"HTTPValidationError", "ValidationError"}  # the framework's own shapes, which nobody answers here
_REPLACED_TEXT = "Validation Error"
_TEMPLATE = "#/components/schemas/{model}"
_KEY = {
    "name": KEY_HEADER,
    "in": "header",
    "required": False,
    "description": "同一键的重复请求得到同一回答；接口密钥的每个 POST 必须带上",
    "schema": {"type": "string", "minLength": 1, "maxLength": MAX_KEY_LENGTH},
}
_REVISION = "if-match"
_ANYWHERE: tuple[type[AppError], ...] = (Unavailable,)
_WITH_KEY: tuple[type[AppError], ...] = (KeyUnusable, StillRunning, KeyReused)
_WITH_BODY: tuple[type[AppError], ...] = (BadRequest, PayloadTooLarge, InvalidInput)


class DescribedApp(FastAPI):
    """An application whose description also says what holds for all of its `operations`."""

    def __init__(self, *, operations: Sequence[BaseRoute], **options: Any) -> None:
        super().__init__(**options)
        self.operations = operations

    @override
    def openapi(self) -> dict[str, Any]:
        """The description, made once."""
        if self.openapi_schema is None:
            self.openapi_schema = get_openapi(
                title=self.title,
                version=self.version,
                description=self.description,
                routes=self.operations,
                separate_input_output_schemas=self.separate_input_output_schemas,
            )
            _complete(self.openapi_schema)
        return self.openapi_schema


def _complete(spec: dict[str, Any]) -> None:
    described = Problem.model_json_schema(mode="serialization", ref_template=_TEMPLATE)
    parts = {**described.pop("$defs"), Problem.__name__: described}
    schemas = spec["components"]["schemas"]
    own = {name: schema for name, schema in schemas.items() if name not in _REPLACED}
    spec["components"]["schemas"] = dict(sorted({**own, **parts}.items()))
    for method, operation in _operations(spec):
        errors = _ANYWHERE
        if _takes_key(operation, method):
            errors += _WITH_KEY
        if "requestBody" in operation:
            errors += _WITH_BODY
        if operation["responses"].get("422", {}).get("description") == _REPLACED_TEXT:
            del operation["responses"]["422"]
            errors += (InvalidInput,)
        _declare(operation["responses"], responses(*errors))


def _takes_key(operation: dict[str, Any], method: str) -> bool:
    """Describe the headers; whether it honours the key, as POSTs that are guarded or of `public_router` do."""
    parameters = operation.get("parameters", [])
    for parameter in parameters:
        if parameter["name"] == _REVISION:
            parameter |= {"required": True, "schema": {"type": "string"}}
    others = [parameter for parameter in parameters if parameter["name"] != KEY_HEADER]
    takes_key = method == "post" and ("security" in operation or len(others) < len(parameters))
    if takes_key or len(others) < len(parameters):
        operation["parameters"] = [*others, _KEY] if takes_key else others
    return takes_key


def _operations(spec: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for methods in spec["paths"].values():
        yield from methods.items()


def _declare(declared: dict[str, Any], more: dict[int | str, dict[str, Any]]) -> None:
    for status, answer in more.items():
        own = declared.setdefault(str(status), answer)
        if own is not answer:
            texts = [own["description"], *answer["description"].split("; ")]
            own["description"] = "; ".join(dict.fromkeys(texts))


@lru_cache(maxsize=1)
def _templates(paths: tuple[str, ...]) -> list[tuple[str, re.Pattern[str]]]:
    fixed_first = sorted(paths, key=lambda path: path.count("{"))
    return [(path, re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path))) for path in fixed_first]


def methods_at(spec: dict[str, Any], path: str) -> list[str]:
    """The methods that the operations at `path` serve; a fixed address wins over one with parameters."""
    for template, pattern in _templates(tuple(spec["paths"])):
        if pattern.fullmatch(path):
            return sorted(method.upper() for method in spec["paths"][template])
    return []


class NoOperation:
    """Answers what no operation took: an address that is unknown, or that serves other methods."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request. Raises MethodNotAllowed and NotFound."""
        request = Request(scope, receive, send)
        methods = methods_at(request.app.openapi(), request.url.path)
        if methods:
            raise MethodNotAllowed(headers={"Allow": ", ".join(methods)})
        raise NotFound(request.url.path)
