"""The three lists (整改、责任、制度) as views of one item (S0-04), and the ledger as a grid."""

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from xiaoneng.core.organization.schemas.shared import PersonRef, UnitRef
from xiaoneng.features.rectification.models.items import ItemStatus
from xiaoneng.features.rectification.schemas.institutions import InstitutionRef
from xiaoneng.features.rectification.schemas.items import ItemFilter, ItemListItem
from xiaoneng.kit.schemas import Schema


class ListView(StrEnum):
    """整改清单 / 责任清单 / 制度清单. The last one holds systemic items only."""

    RECTIFICATION = "rectification"
    RESPONSIBILITY = "responsibility"
    INSTITUTION = "institution"


class ListMeasure(Schema):
    """One step of the plan, as a line in a list."""

    seq: int
    text: str
    owner: PersonRef | None
    due_on: date
    done: bool


class ListRow(ItemListItem):
    """An item with what the three lists show of it."""

    problem: str
    problem_code: str | None
    cause: str | None
    target: str | None
    co_units: list[UnitRef]
    responsible_leader: PersonRef | None
    measures: list[ListMeasure]
    institution: InstitutionRef | None
    institution_waiver: str | None


class ListFilter(ItemFilter):
    """Which list, narrowed like the ledger."""

    view: ListView = ListView.RECTIFICATION


class AlikeQuery(BaseModel):
    """A problem about to be registered, and the unit it is of; `except_id` is the item itself, if it has one."""

    model_config = ConfigDict(extra="forbid")

    problem: Annotated[str, Field(min_length=2, max_length=5_000)]
    lead_unit_id: UUID
    except_id: UUID | None = None


class AlikeItem(Schema):
    """An item of the unit whose problem reads much like another; `likeness` in percent."""

    id: UUID
    no: str
    title: str
    status: ItemStatus
    likeness: int


class AlikeItems(Schema):
    """Likely duplicates, the most alike first."""

    items: list[AlikeItem]
