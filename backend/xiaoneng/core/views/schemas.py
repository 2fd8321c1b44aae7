"""Shapes of saved views."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from xiaoneng.kit.pages import PageParams
from xiaoneng.kit.schemas import Flag, Input, Schema

ListName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
_Key = Annotated[str, StringConstraints(pattern=r"^[a-z][A-Za-z0-9_]{0,39}$")]
_Value = Annotated[str, StringConstraints(min_length=1, max_length=200)]
_Keys = Annotated[list[_Key], Field(max_length=40)]


class ViewColumns(Schema):
    """Which columns a table shows, and in which order."""

    order: _Keys
    hidden: _Keys
    shown: _Keys


class ViewFilter(PageParams):
    """Whose views: those of one list."""

    list_name: ListName


class ViewSettings(Input):
    """What one can set about a view."""

    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
    filters: Annotated[dict[_Key, _Value], Field(max_length=20, json_schema_extra={"additionalProperties": False})]
    sort: Annotated[str, StringConstraints(pattern=r"^-?[a-z][a-z_]{0,38}$")] | None = None
    columns: ViewColumns | None = None
    is_default: Flag = False
    is_shared: Flag = Field(default=False, description="本单位的人都能看到")


class ViewCreate(ViewSettings):
    """A new view of a list."""

    list_name: ListName


class ViewRead(Schema):
    """One view: the caller's own, or one that somebody of the same unit shares."""

    id: UUID
    rev: int
    list_name: str
    title: str
    filters: dict[str, str]
    sort: str | None
    columns: ViewColumns | None
    is_default: bool
    is_shared: bool
    is_own: bool
    owner_name: str
