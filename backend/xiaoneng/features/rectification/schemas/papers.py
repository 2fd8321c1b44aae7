"""What people send to take lists, forms and records out as Word or PDF (§3.8)."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from xiaoneng.core.documents.schemas import Format
from xiaoneng.features.rectification.models.items import ItemClass, ItemStatus
from xiaoneng.features.rectification.schemas.lists import ListView
from xiaoneng.kit.schemas import Flag, Input


class ItemPaper(StrEnum):
    """销号申请表 / 验收表."""

    CLOSEOUT = "closeout"
    ACCEPTANCE = "acceptance"


class FormatInput(Input):
    """As Word or as PDF."""

    format: Format


class ItemPaperInput(FormatInput):
    """Which form of an item."""

    paper: ItemPaper


class ListPaperInput(FormatInput):
    """Which of the three lists, narrowed like the page that shows it."""

    view: ListView
    status: list[ItemStatus] | None = None
    unit_id: UUID | None = None
    item_class: ItemClass | None = None
    is_mass: Flag | None = None
    is_systemic: Flag | None = None
    overdue: Flag | None = None
    institution_id: UUID | None = None
    source_type: Annotated[str | None, Field(max_length=40)] = None
    source_id: UUID | None = None
    q: Annotated[str | None, Field(min_length=2, max_length=100)] = None
