"""Shapes of the API: inputs refuse unknown fields, outputs require every field."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, PlainSerializer, StringConstraints

from xiaoneng.kit import clock

LocalDateTime = Annotated[
    datetime, PlainSerializer(lambda value: clock.local(value).isoformat(), return_type=str, when_used="json")
]
"""A moment, written on the region's clock: `2026-11-26T17:30:00+08:00`."""

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=1000)]
"""Why somebody did it, in words a reader of the timeline understands."""


class Schema(BaseModel):
    """Base of everything that leaves: built from rows or views, all fields present."""

    model_config = ConfigDict(from_attributes=True, json_schema_serialization_defaults_required=True)


class Input(BaseModel):
    """Base of everything that comes in: unknown fields are refused, texts stay as they came."""

    model_config = ConfigDict(extra="forbid")
