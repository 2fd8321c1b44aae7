"""Lists, forms and records of the ledger, taken out as Word or PDF by a job."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.documents.schemas import Document, Format
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.transfers.errors import TooManyRows
from xiaoneng.core.transfers.models.exports import ExportJob
from xiaoneng.core.transfers.schemas.exports import DocumentExporter, ExportOrder, Filters
from xiaoneng.core.transfers.schemas.sheets import Note
from xiaoneng.core.transfers.service import exports
from xiaoneng.features.rectification.schemas.lists import ListFilter, ListRow, ListView
from xiaoneng.features.rectification.schemas.look_backs import LookBackItem
from xiaoneng.features.rectification.schemas.papers import FormatInput, ItemPaper, ItemPaperInput, ListPaperInput
from xiaoneng.features.rectification.service import lists, look_backs, paper_forms, reading
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import MAX_LIMIT, PageParams

ITEM, LIST, LOOK_BACK = "rectification_item_paper", "rectification_list_paper", "look_back_paper"
MOST_ROWS = 1_000
"""Local setting: a longer list is for a workbook, not for paper."""
_PAPERS = {ItemPaper.CLOSEOUT: paper_forms.closeout, ItemPaper.ACCEPTANCE: paper_forms.acceptance}


async def request_item(session: Session, actor: Actor, item_id: UUID, body: ItemPaperInput) -> ExportJob:
    """Ask for a form of an item. Raises NotFound and what `request_export` raises."""
    await reading.get(session, actor, item_id)
    return await _request(session, actor, ITEM, {"item_id": str(item_id), **_said(body)})


async def request_list(session: Session, actor: Actor, body: ListPaperInput) -> ExportJob:
    """Ask for one of the three lists. Raises what `request_export` raises."""
    return await _request(session, actor, LIST, _said(body))


async def request_look_back(session: Session, actor: Actor, look_back_id: UUID, body: FormatInput) -> ExportJob:
    """Ask for the record of a look-back. Raises NotFound and what `request_export` raises."""
    await look_backs.get(session, look_back_id)
    return await _request(session, actor, LOOK_BACK, {"look_back_id": str(look_back_id), **_said(body)})


def _said(body: FormatInput) -> dict[str, object]:
    return body.model_dump(mode="json", exclude_none=True)


async def _request(session: Session, actor: Actor, kind: str, filters: Mapping[str, object]) -> ExportJob:
    return await exports.request_export(session, actor, ExportOrder(kind, filters))


def _format(order: ExportOrder) -> Format:
    return Format(str(order.filters["format"]))


async def _one(_: Session, __: Actor, ___: ExportOrder) -> int:
    return 1


async def _item(session: Session, actor: Actor, order: ExportOrder) -> tuple[Document, Format]:
    item = await reading.get(session, actor, UUID(str(order.filters["item_id"])))
    shown = await reading.read(session, actor, item)
    return _PAPERS[ItemPaper(str(order.filters["paper"]))](shown), _format(order)


async def _list(session: Session, actor: Actor, order: ExportOrder) -> tuple[Document, Format]:
    chosen = _narrowed(order.filters)
    rows = await _rows(session, actor, chosen)
    if len(rows) > MOST_ROWS:
        raise TooManyRows
    units = await organization.unit_refs(session, [chosen.unit_id]) if chosen.unit_id else {}
    unit = next((found.name for found in units.values()), None)
    return paper_forms.list_of(chosen.view, rows, unit), _format(order)


async def _rows(session: Session, actor: Actor, chosen: ListFilter) -> list[ListRow]:
    rows: list[ListRow] = []
    while len(rows) <= MOST_ROWS:
        page = await lists.page(session, actor, chosen)
        rows += page.items
        if page.next_cursor is None:
            break
        chosen = chosen.model_copy(update={"cursor": page.next_cursor})
    return rows


def _narrowed(filters: Filters) -> ListFilter:
    said = {name: value for name, value in filters.items() if name != "format"}
    return ListFilter.model_validate({**said, "limit": MAX_LIMIT})


async def _count_list(session: Session, actor: Actor, order: ExportOrder) -> int:
    chosen = _narrowed(order.filters).model_copy(update={"limit": 1, "with_total": True})
    return (await lists.page(session, actor, chosen)).total or 0


async def _look_back(session: Session, _: Actor, order: ExportOrder) -> tuple[Document, Format]:
    look_back_id = UUID(str(order.filters["look_back_id"]))
    drawn = await look_backs.get(session, look_back_id)
    rows = await _checks(session, look_back_id)
    return paper_forms.look_back(drawn, rows), _format(order)


async def _checks(session: Session, look_back_id: UUID, cursor: str | None = None) -> list[LookBackItem]:
    page = await look_backs.checks(session, look_back_id, PageParams(limit=MAX_LIMIT, cursor=cursor))
    rest = await _checks(session, look_back_id, page.next_cursor) if page.next_cursor else []
    return [*page.items, *rest]


async def _describe(_: Session, filters: Filters) -> Sequence[Note]:
    view = filters.get("view")
    return [Note("清单", paper_forms.LIST_TITLES[ListView(str(view))])] if view else []


exports.register_exporter(DocumentExporter(ITEM, "整改表单", "item:read", _one, _item, _describe))
exports.register_exporter(DocumentExporter(LIST, "整改清单", "item:read", _count_list, _list, _describe))
exports.register_exporter(DocumentExporter(LOOK_BACK, "回头看记录", "look_back:read", _one, _look_back, _describe))
