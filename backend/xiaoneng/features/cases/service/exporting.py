"""Cases as rows of a workbook."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.organization.schemas.shared import UnitRef
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.taxonomy import service as taxonomy
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change
from xiaoneng.core.transfers.models.exports import ExportJob
from xiaoneng.core.transfers.schemas.exports import Batch, Exporter, ExportOrder
from xiaoneng.core.transfers.schemas.sheets import Cell, CellKind, SheetColumn
from xiaoneng.core.transfers.service import exports
from xiaoneng.features.cases import policies
from xiaoneng.features.cases.models.case import (
    SUBJECT_TYPE,
    CaseChannel,
    CaseKind,
    CaseStatus,
    CloseReason,
    Identity,
    Solved,
    Urgency,
)
from xiaoneng.features.cases.repository import exports as repository
from xiaoneng.features.cases.schemas.exports import CaseExportCreate
from xiaoneng.features.cases.schemas.reads import CaseFilter
from xiaoneng.features.cases.schemas.words import word_of
from xiaoneng.features.cases.service import narrowing
from xiaoneng.features.cases.service.intake import CATEGORY_SCHEME
from xiaoneng.kit.db import Session
from xiaoneng.kit.masks import mask_name, mask_phone

KIND = "cases"
_COLUMNS = (
    SheetColumn("编号", width=18),
    SheetColumn("标题", width=40),
    SheetColumn("状态", width=10),
    SheetColumn("类型", width=10),
    SheetColumn("来源", width=12),
    SheetColumn("紧急程度", width=10),
    SheetColumn("类别"),
    SheetColumn("承办单位", width=24),
    SheetColumn("受理时间", CellKind.MOMENT, 20),
    SheetColumn("办结时限", CellKind.MOMENT, 20),
    SheetColumn("答复时间", CellKind.MOMENT, 20),
    SheetColumn("答复用时（工作日）", CellKind.NUMBER, 12),
    SheetColumn("办结时间", CellKind.MOMENT, 20),
    SheetColumn("办结方式", width=14),
    SheetColumn("是否解决", width=10),
    SheetColumn("满意度（星）", CellKind.NUMBER, 10),
    SheetColumn("退回次数", CellKind.NUMBER, 8),
    SheetColumn("重办次数", CellKind.NUMBER, 8),
    SheetColumn("地点", width=24),
    SheetColumn("身份", width=8),
    SheetColumn("来电人", width=12),
    SheetColumn("联系电话"),
    SheetColumn("来源平台", width=12),
    SheetColumn("来源编号", width=20),
    SheetColumn("内容", width=60),
    SheetColumn("答复", width=60),
)


async def request(session: Session, actor: Actor, body: CaseExportCreate) -> ExportJob:
    """Ask for a list of cases as a workbook. Raises what `request_export` raises."""
    filters = body.filters.model_dump(mode="json", exclude_none=True)
    return await exports.request_export(session, actor, ExportOrder(KIND, filters, body.with_personal, body.reason))


async def _count(session: Session, actor: Actor, order: ExportOrder) -> int:
    return await repository.count(session, actor, CaseFilter.model_validate(order.filters))


async def _read(session: Session, actor: Actor, order: ExportOrder, after: str | None) -> Batch:
    found = await repository.batch(session, actor, CaseFilter.model_validate(order.filters), after)
    units = await organization.unit_refs(session)
    categories = await taxonomy.names(session, CATEGORY_SCHEME)
    rows = []
    for case in found.rows:
        in_clear = order.with_personal and actor.may("caller:read", policies.caller_standing(case))
        if in_clear and policies.has_caller(case):
            change = Change("export_caller", reason=order.reason)
            timeline.record_read(session, actor.author, SUBJECT_TYPE, case.id, change)
        rows.append(_row(case, units, categories, in_clear=in_clear))
    return Batch(rows, found.next_cursor)


def _row(case: Any, units: Mapping[UUID, UnitRef], categories: Mapping[str, str], *, in_clear: bool) -> list[Cell]:
    unit = units.get(case.lead_unit_id)
    name, phone = case.caller_name, case.caller_phone
    if case.identity == Identity.CONFIDENTIAL and not in_clear:
        name = phone = None
    return [
        case.no,
        case.title,
        word_of(CaseStatus, case.status),
        word_of(CaseKind, case.kind),
        word_of(CaseChannel, case.channel),
        word_of(Urgency, case.urgency),
        categories.get(case.category_code, case.category_code),
        unit.name if unit else None,
        case.received_at,
        case.due_at,
        case.replied_at,
        case.reply_working_days,
        case.closed_at,
        word_of(CloseReason, case.close_reason),
        word_of(Solved, case.solved),
        case.stars,
        case.returned_count,
        case.redo_count,
        case.place,
        word_of(Identity, case.identity),
        name if name is None or in_clear else mask_name(name),
        phone if phone is None or in_clear else mask_phone(phone),
        case.source,
        case.external_no,
        case.content,
        case.reply_text,
    ]


exports.register_exporter(Exporter(KIND, "诉求清单", "export:create", _COLUMNS, _count, _read, narrowing.describe))
