"""Shapes of the API: inputs refuse unknown fields, outputs require every field."""

import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Strict, StringConstraints

from xiaoneng.kit.clock import REGION_ZONE


def _on_the_regions_clock(moment: datetime) -> datetime:
    return moment.astimezone(REGION_ZONE)


LocalDateTime = Annotated[datetime, AfterValidator(_on_the_regions_clock)]
"""A moment, written on the region's clock: `2026-11-26T17:30:00+08:00`."""

_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt ].*)?")


def _written(value: Any) -> Any:
    """Refuse the seconds since 1970 that pydantic would take for a date: `0` in a form is a slip."""
    if isinstance(value, bytes | bool | int | float) or (isinstance(value, str) and not _WRITTEN.fullmatch(value)):
        raise ValueError("a date is written YYYY-MM-DD, a moment in addition with time and offset")
    return value


Day = Annotated[date, BeforeValidator(_written)]
"""A day that somebody sends: `2026-11-26`."""

Moment = Annotated[AwareDatetime, BeforeValidator(_written)]
"""A moment that somebody sends, with its offset."""

Flag = Annotated[bool, Strict()]
"""Yes or no in a JSON body: `true` or `false`, never `0` or `"on"`."""


def _number(value: Any) -> Any:
    as_text = isinstance(value, str | bytes | bool)
    if as_text:
        raise ValueError("a number is not written as text")
    return value


AS_NUMBER = BeforeValidator(_number)
"""Goes last in a JSON body's `Annotated[int, Field(…), AS_NUMBER]`: `5` or `5.0`, never `"5"` or `true`."""

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=1000)]
"""Why somebody did it, in words a reader of the timeline understands."""


class Schema(BaseModel):
    """Base of everything that leaves: built from rows or views, all fields present."""

    model_config = ConfigDict(from_attributes=True, json_schema_serialization_defaults_required=True)


class Input(BaseModel):
    """Base of everything that comes in: unknown fields are refused, texts stay as they came."""

    model_config = ConfigDict(extra="forbid")


class NoInput(Input):
    """Nothing to say."""


class ReasonInput(Input):
    """Why."""

    reason: Reason
