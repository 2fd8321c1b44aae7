"""Calling an endpoint of the usual signature without the framework's general machinery.

FastAPI reads every endpoint and describes it. To answer, it walks that reading anew for each request, which costs more
than everything else an answer from memory takes (ADR 0007). Here the reading becomes a plan once; a signature that is
not of the usual kind has no plan and is served by the framework. Refusals are the framework's own, item for item.
"""

import inspect
import json
from collections.abc import Awaitable, Callable
from email.message import Message
from typing import Annotated, Any, get_args, get_origin

from fastapi import Request, Response, params
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from fastapi.security.base import SecurityBase
from pydantic import BaseModel, TypeAdapter, ValidationError

from xiaoneng.kit.problems import BadRequest

_ABSENT: Any = object()
_REMEMBERED_QUERIES, _REMEMBERED_BYTES = 1024, 400
"""How many questions of an operation are read only once, and how long they may be."""
_EMPTY_STATUSES = frozenset({204, 304})


class _Unusual(Exception):
    """The framework must serve this signature."""


class _Call:
    """One request on its way through a plan: what was solved, and what was refused."""

    __slots__ = ("body", "errors", "request", "response", "solved")

    def __init__(self, request: Request, body: Any) -> None:
        self.request = request
        self.body = body
        self.response: Response | None = None
        self.solved: dict[Callable[..., Any], Any] = {}
        self.errors: list[Any] = []

    def answer(self) -> Response:
        """What an endpoint writes its headers to."""
        if self.response is None:
            self.response = Response()
            del self.response.headers["content-length"]
        return self.response

    def validated(self, adapter: TypeAdapter[Any], value: Any, place: tuple[str, ...]) -> Any:
        """The value as its type takes it; what it refuses is noted."""
        try:
            return adapter.validate_python(value, from_attributes=True)
        except ValidationError as refused:
            for error in refused.errors(include_url=False):
                self.errors.append({**error, "loc": (*place, *error["loc"])})
            return _ABSENT


_Reader = Callable[[_Call], Any]


class _Plan:
    """How the arguments of one function are found: first what others must solve, then the values of the request."""

    def __init__(self, function: Callable[..., Any], path_names: frozenset[str]) -> None:
        self.function = function
        self.solvers: list[tuple[str, _Plan]] = []
        self.readers: list[tuple[str, _Reader]] = []
        self.has_body = False
        for name, parameter in inspect.signature(function, eval_str=True).parameters.items():
            self._place(name, parameter, path_names)
        self.has_body = self.has_body or any(plan.has_body for _, plan in self.solvers)

    def _place(self, name: str, parameter: inspect.Parameter, path_names: frozenset[str]) -> None:
        kind, marks = _parts(parameter.annotation)
        mark = next((mark for mark in marks if isinstance(mark, params.Depends | params.Param | params.Body)), None)
        if isinstance(mark, params.Depends):
            self._depend(name, mark, path_names)
        elif mark is not None:
            self.readers.append((name, _marked_reader(name, kind, mark)))
        elif kind is Request:
            self.readers.append((name, lambda call: call.request))
        elif kind is Response:
            self.readers.append((name, _Call.answer))
        elif name in path_names:
            self.readers.append((name, _path_reader(name, TypeAdapter(parameter.annotation))))
        elif _is_model(kind):
            self.has_body = True
            self.readers.append((name, _body_reader(TypeAdapter(parameter.annotation))))
        else:
            raise _Unusual(name)

    def _depend(self, name: str, mark: params.Depends, path_names: frozenset[str]) -> None:
        function: Any = mark.dependency
        if isinstance(function, SecurityBase):  # describes how to log in; the guard is who asks
            self.readers.append((name, lambda _: None))
        elif mark.use_cache and inspect.iscoroutinefunction(function):
            self.solvers.append((name, _Plan(function, path_names)))
        else:
            raise _Unusual(name)

    async def arguments(self, call: _Call) -> dict[str, Any]:
        """The arguments; those that were refused are missing and stand in `call.errors`."""
        found: dict[str, Any] = {}
        for name, plan in self.solvers:
            value = call.solved.get(plan.function, _ABSENT)
            if value is _ABSENT:
                before = len(call.errors)
                arguments = await plan.arguments(call)
                if len(call.errors) > before:
                    continue
                value = call.solved[plan.function] = await plan.function(**arguments)
            found[name] = value
        for name, read in self.readers:
            found[name] = read(call)
        return found


def _parts(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    if get_origin(annotation) is Annotated:
        kind, *marks = get_args(annotation)
        return kind, tuple(marks)
    return annotation, ()


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _marked_reader(name: str, kind: Any, mark: params.Param | params.Body) -> _Reader:
    if isinstance(mark, params.Query) and _is_model(kind):
        return _query_reader(kind)
    if isinstance(mark, params.Header) and kind == str | None:
        return _header_reader(mark.alias or name.replace("_", "-"))
    raise _Unusual(name)


def _path_reader(name: str, adapter: TypeAdapter[Any]) -> _Reader:
    return lambda call: call.validated(adapter, call.request.path_params[name], ("path", name))


def _header_reader(alias: str) -> _Reader:
    return lambda call: call.request.headers.get(alias)


def _query_reader(model: type[BaseModel]) -> _Reader:
    adapter = TypeAdapter(model)
    many = frozenset(name for name, field in model.model_fields.items() if _takes_many(field.annotation))
    remembered: dict[bytes, Any] = {}
    is_kept = bool(model.model_config.get("frozen"))

    def read(call: _Call) -> Any:
        asked = call.request.scope["query_string"]
        value = remembered.get(asked)
        if value is None:
            value = call.validated(adapter, _given(call.request, model, many), ("query",))
            if is_kept and value is not _ABSENT and len(asked) <= _REMEMBERED_BYTES:
                if len(remembered) == _REMEMBERED_QUERIES:
                    remembered.clear()
                remembered[asked] = value
        return value

    return read


def _given(request: Request, model: type[BaseModel], many: frozenset[str]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for name, value in request.query_params.multi_items():
        if name in many or (name not in model.model_fields and name in given):
            given[name] = [*given.get(name, ()), value]
        else:
            given[name] = value
    return given


def _takes_many(annotation: Any) -> bool:
    return get_origin(annotation) is list or any(get_origin(part) is list for part in get_args(annotation))


def _body_reader(adapter: TypeAdapter[Any]) -> _Reader:
    def read(call: _Call) -> Any:
        if call.body is _ABSENT or call.body is None:
            call.errors.append({"type": "missing", "loc": ("body",), "msg": "Field required", "input": None})
            return _ABSENT
        return call.validated(adapter, call.body, ("body",))

    return read


async def _body_of(request: Request) -> Any:
    """The JSON of a request; bytes when it is said to be something else. Raises RequestValidationError."""
    content = await request.body()
    if not content:
        return _ABSENT
    if not _is_json(request.headers.get("content-type", "")):
        return content
    try:
        return json.loads(content)
    except json.JSONDecodeError as error:
        place = {"type": "json_invalid", "loc": ("body", error.pos), "msg": "JSON decode error", "input": {}}
        raise RequestValidationError([{**place, "ctx": {"error": error.msg}}], body=error.doc) from error
    except (ValueError, RecursionError) as error:
        raise BadRequest from error


def _is_json(media_type: str) -> bool:
    if media_type == "application/json":
        return True
    message = Message()
    message["content-type"] = media_type
    subtype = message.get_content_subtype()
    return message.get_content_maintype() == "application" and (subtype == "json" or subtype.endswith("+json"))


def handler_of(route: APIRoute) -> Callable[[Request], Awaitable[Response]] | None:
    """What answers requests to `route`, or None when its signature or its answer is not of the usual kind."""
    try:
        plan = _Plan(route.endpoint, frozenset(route.param_convertors))
        before = [_Plan(_coroutine(extra), frozenset(route.param_convertors)) for extra in route.dependencies]
        finish = _finisher(route, inspect.signature(route.endpoint, eval_str=True).return_annotation)
    except _Unusual:
        return None
    has_body = plan.has_body

    async def handle(request: Request) -> Response:
        call = _Call(request, await _body_of(request) if has_body else _ABSENT)
        for extra in before:
            await extra.function(**await extra.arguments(call))
        arguments = await plan.arguments(call)
        if call.errors:
            raise RequestValidationError(call.errors)
        return finish(await route.endpoint(**arguments), call.response)

    return handle


def _coroutine(extra: params.Depends) -> Callable[..., Any]:
    if not inspect.iscoroutinefunction(extra.dependency):
        raise _Unusual
    return extra.dependency


def _finisher(route: APIRoute, returned: Any) -> Callable[[Any, Response | None], Response]:
    status = route.status_code or 200
    if not inspect.iscoroutinefunction(route.endpoint) or not (returned is None or _is_model(returned)):
        raise _Unusual
    if returned is None:
        if status not in _EMPTY_STATUSES:
            raise _Unusual
        return lambda _, written: _with_headers(Response(status_code=status), written)
    adapter: TypeAdapter[Any] = TypeAdapter(returned)

    def finish(value: Any, written: Response | None) -> Response:
        content = adapter.dump_json(value, by_alias=True)
        return _with_headers(Response(content, status, media_type="application/json"), written)

    return finish


def _with_headers(response: Response, written: Response | None) -> Response:
    if written is not None:
        response.raw_headers.extend(written.raw_headers)
    return response
