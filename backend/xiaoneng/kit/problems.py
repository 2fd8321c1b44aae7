"""Errors as RFC 9457 problems: a stable code, a status, texts in Chinese and English."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, ClassVar, cast

import asyncpg
import psycopg
import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException as StarletteHTTPException

from xiaoneng.kit.log import get_logger
from xiaoneng.kit.schemas import Schema

_log = get_logger(__name__)
MEDIA_TYPE = "application/problem+json"


class FieldProblem(Schema):
    """One field that was refused: `path` like `body.caller.phone`."""

    path: str
    code: str
    message: str


class Problem(Schema):
    """The body of every error. `code` is stable; texts follow `Accept-Language`; `detail` may be empty."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    request_id: str
    errors: list[FieldProblem]
    allowed: list[str]


class AppError(Exception):
    """Base of every error that a caller may see. Subclasses say code, status and both titles."""

    code: ClassVar[str] = "internal"
    status: ClassVar[int] = 500
    title_zh: ClassVar[str] = "系统出现错误"
    title_en: ClassVar[str] = "Internal error"

    def __init__(
        self,
        detail: str | None = None,
        *,
        errors: Sequence[FieldProblem] = (),
        allowed: Sequence[str] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(detail or self.code)
        self.detail = detail
        self.errors = list(errors)
        self.allowed = list(allowed)
        self.headers = headers or {}


class NotFound(AppError):
    """Missing, or hidden from this caller: the two look the same on purpose."""

    code = "not_found"
    status = 404
    title_zh = "没有找到"
    title_en = "Not found"


class InvalidInput(AppError):
    """The payload was understood but is not acceptable."""

    code = "invalid_input"
    status = 422
    title_zh = "提交的内容有误"
    title_en = "The input is not acceptable"


class Conflict(AppError):
    """The state of the object does not allow it."""

    code = "conflict"
    status = 409
    title_zh = "当前状态不允许这样做"
    title_en = "The current state does not allow this"


class PreconditionRequired(AppError):
    """A change needs `If-Match` with the revision the caller has seen."""

    code = "precondition_required"
    status = 428
    title_zh = "请带上 If-Match（您看到的版本号）"
    title_en = "If-Match with the revision you have seen is required"


class PreconditionFailed(AppError):
    """Somebody changed the object in the meantime."""

    code = "precondition_failed"
    status = 412
    title_zh = "内容已被他人更新，请刷新后再试"
    title_en = "The object has changed in the meantime"


class TooManyRequests(AppError):
    """A limit is used up; `Retry-After` says for how long."""

    code = "too_many_requests"
    status = 429
    title_zh = "操作过于频繁，请稍后再试"
    title_en = "Too many requests"


class Unavailable(AppError):
    """The service cannot do it right now; nothing was written."""

    code = "unavailable"
    status = 503
    title_zh = "服务暂时不可用，请稍后再试"
    title_en = "Temporarily unavailable"


class BadRequest(AppError):
    """The request cannot be read."""

    code = "bad_request"
    status = 400
    title_zh = "请求无法解析"
    title_en = "The request cannot be read"


class MethodNotAllowed(AppError):
    """The address serves other methods; `Allow` lists them."""

    code = "method_not_allowed"
    status = 405
    title_zh = "不支持这种请求方法"
    title_en = "Method not allowed"


class PayloadTooLarge(AppError):
    """The body is longer than the server takes."""

    code = "payload_too_large"
    status = 413
    title_zh = "提交的内容过大"
    title_en = "Payload too large"


class UnsupportedMediaType(AppError):
    """The body is of a kind that this address does not read."""

    code = "unsupported_media_type"
    status = 415
    title_zh = "不支持的内容类型"
    title_en = "Unsupported media type"


_FRAMEWORK = (BadRequest, NotFound, MethodNotAllowed, PayloadTooLarge, UnsupportedMediaType)
_BY_STATUS: dict[int, type[AppError]] = {error.status: error for error in _FRAMEWORK}


_REF = {"$ref": f"#/components/schemas/{Problem.__name__}"}


def responses(*errors: type[AppError]) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of a route: one entry a status, naming the codes it may carry."""
    by_status: dict[int | str, dict[str, Any]] = {}
    for error in errors:
        entry = by_status.setdefault(error.status, {"description": "", "content": {MEDIA_TYPE: {"schema": _REF}}})
        entry["description"] = "; ".join(filter(None, [entry["description"], f"`{error.code}` {error.title_en}"]))
    return by_status


def prefers_english(request: Request) -> bool:
    """Whether the caller asked for English before Chinese."""
    header = request.headers.get("accept-language", "").lower()
    english, chinese = header.find("en"), header.find("zh")
    return english >= 0 and (chinese < 0 or english < chinese)


def problem_response(request: Request, error: AppError) -> JSONResponse:
    """The answer that tells `error` to the caller."""
    title = error.title_en if prefers_english(request) else error.title_zh
    return _answer(request, error.code, error.status, title, error)


def _answer(request: Request, code: str, status: int, title: str, error: AppError) -> JSONResponse:
    body = Problem(
        type=f"urn:xiaoneng:problem:{code}",
        title=title,
        status=status,
        detail=error.detail or "",
        instance=request.url.path,
        code=code,
        request_id=getattr(request.state, "request_id", ""),
        errors=error.errors,
        allowed=error.allowed,
    )
    return JSONResponse(body.model_dump(mode="json"), status, headers=error.headers, media_type=MEDIA_TYPE)


async def _on_app_error(request: Request, error: Exception) -> JSONResponse:
    return problem_response(request, cast("AppError", error))


async def _on_validation(request: Request, error: Exception) -> JSONResponse:
    fields = [
        FieldProblem(path=".".join(str(part) for part in item["loc"]), code=str(item["type"]), message=str(item["msg"]))
        for item in cast("RequestValidationError", error).errors()
    ]
    return problem_response(request, InvalidInput(errors=fields))


async def _on_http(request: Request, error: Exception) -> JSONResponse:
    refused = cast("StarletteHTTPException", error)
    known = _BY_STATUS.get(refused.status_code)
    headers = dict(refused.headers or {})
    if known:
        return problem_response(request, known(headers=headers))
    title = "Request failed" if prefers_english(request) else "请求失败"
    return _answer(request, "http_error", refused.status_code, title, AppError(headers=headers))


_TAKEN = (
    psycopg.errors.UniqueViolation,
    psycopg.errors.ExclusionViolation,
    asyncpg.UniqueViolationError,
    asyncpg.ExclusionViolationError,
)
_UNFIT = (
    psycopg.errors.DataError,
    psycopg.errors.IntegrityError,
    asyncpg.DataError,
    asyncpg.IntegrityConstraintViolationError,
)
_GONE = (
    psycopg.OperationalError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InterfaceError,
    asyncpg.LockNotAvailableError,
    asyncpg.OperatorInterventionError,
    asyncpg.PostgresConnectionError,
    asyncpg.TransactionRollbackError,
)


async def _on_database(request: Request, error: Exception) -> JSONResponse:
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, _TAKEN):
        return problem_response(request, Conflict())
    if isinstance(cause, _UNFIT):
        return problem_response(request, InvalidInput())
    if isinstance(cause, _GONE):
        _log.warning("database_unavailable", kind=type(cause).__name__)
        return problem_response(request, Unavailable(headers={"Retry-After": "5"}))
    return await _on_unknown(request, error)


async def _on_unknown(request: Request, error: Exception) -> JSONResponse:
    _log.error("unhandled", exc_info=error, path=request.url.path, **structlog.contextvars.get_contextvars())
    return problem_response(request, AppError())


_HANDLERS: list[tuple[type[Exception], Callable[[Request, Exception], Awaitable[JSONResponse]]]] = [
    (AppError, _on_app_error),
    (RequestValidationError, _on_validation),
    (StarletteHTTPException, _on_http),
    (DBAPIError, _on_database),
    (psycopg.Error, _on_database),
    (asyncpg.PostgresError, _on_database),
    (asyncpg.InterfaceError, _on_database),
    (Exception, _on_unknown),
]
ANSWERED = tuple(kind for kind, _ in _HANDLERS)
"""What a request may end with and still be answered: every error."""


async def answer_to(request: Request, error: Exception) -> JSONResponse:
    """The problem that tells the caller of any error; what nobody expected is logged."""
    handle = next(handle for kind, handle in _HANDLERS if isinstance(error, kind))
    return await handle(request, error)


def install(app: FastAPI) -> None:
    """Make every error of `app` a problem."""
    for kind, handle in _HANDLERS:
        app.add_exception_handler(kind, handle)
