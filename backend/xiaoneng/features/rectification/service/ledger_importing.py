"""Ledgers kept elsewhere, brought in as they stand: nothing is mended, nothing runs, and all of it can be taken back.

A row becomes an item that is only filed. Contradictions are told by row and column and come in with it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.numbering import service as numbering
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change
from xiaoneng.core.transfers.schemas.imports import Fault, FieldKind, Importer, ImportField, Origin, Row, Undone
from xiaoneng.core.transfers.service import imports
from xiaoneng.features.rectification.models.items import SUBJECT_TYPE, ItemClass, ItemStatus, OwnerType
from xiaoneng.features.rectification.models.ledgers import ImportedLedger
from xiaoneng.features.rectification.repository import ledgers as repository
from xiaoneng.features.rectification.rules import cells, ledgers
from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Session

KIND = "rectification_items"
_TITLE_LENGTH = 200


def _as_is(name: str, title: str, *aliases: str) -> ImportField:
    return ImportField(name, title, FieldKind.AS_IS, aliases=aliases)


FIELDS = (
    ImportField("no", "问题编号", aliases=("整改编号", "编号", "任务编号", "受理编号")),
    ImportField(
        "problem",
        "问题描述",
        required=True,
        max_length=5_000,
        aliases=(
            "问题简述",
            "问题",
            "具体问题表述",
            "问题表述",
            "问题表现",
            "交办问题基本情况",
            "整改任务",
            "问题序号及表述",
        ),
    ),
    _as_is("unit", "牵头单位", "所属责任公司", "责任单位", "具体责任单位", "单位名称", "承办单位", "整改单位"),
    _as_is("source", "问题来源", "来源"),
    _as_is("target", "整改目标", "整改标准", "整改完成标准"),
    _as_is("measures", "整改措施", "整改计划及措施", "细化的整改措施", "处理和整改情况"),
    _as_is("cause", "原因分析", "原因"),
    _as_is("due", "整改时限", "目标设定完成时间", "完成时限", "对应的完成时间", "整改期限"),
    _as_is("finished", "完成时间", "整改完成时间", "销号时间"),
    _as_is("done", "是否整改完成", "是否已完成整改", "是否办结", "整改状态", "当前状态", "是否销号"),
    _as_is("done_count", "整改完成数量", "已整改数量"),
    _as_is("open_count", "未完成整改数量", "未整改数量"),
    _as_is("amount", "问题金额", "提示问题金额（万元）", "问题金额（万元）"),
    _as_is("month", "本月进展金额", "本月金额类整改进展"),
    _as_is("year", "本年度累计金额", "本年度金额类累计整改进展"),
    _as_is("total", "累计金额", "金额类累计整改进展"),
)


async def _prepare(session: Session) -> Mapping[str, UUID]:
    """Units by name, as far as a name means one; a unit of elsewhere stays a word of the ledger."""
    named: dict[str, list[UUID]] = {}
    for unit_id, unit in (await organization.unit_refs(session)).items():
        named.setdefault(unit.name, []).append(unit_id)
    return {name: found[0] for name, found in named.items() if len(found) == 1}


def _judge(row: Row, _: Any) -> list[Fault]:
    return ledgers.judge(row)


async def _compare(session: Session, source: str, rows: Sequence[Row]) -> Mapping[str, Sequence[str]]:
    kept = await repository.kept(session, source, [row.key for row in rows])
    return {row.key: cells.differing(kept[row.key].cells, row.raw) for row in rows if row.key in kept}


async def _write(session: Session, actor: Actor, origin: Origin, rows: Sequence[Row]) -> None:
    if not rows:
        return
    ledger = await _ledger(session, origin)
    items, lines = [], []
    for row in rows:
        item = _item(origin, row) | {"no": await numbering.next_number(session, SUBJECT_TYPE)}
        items.append(item)
        lines.append(_line(ledger, item["id"], row))
        change = Change("import", to_state=ItemStatus.FILED, changes={"source": item["source_label"]})
        timeline.record(session, actor.author, SUBJECT_TYPE, item["id"], change)
    await repository.add(session, items, lines)


async def _ledger(session: Session, origin: Origin) -> ImportedLedger:
    found = await repository.of_import(session, origin.import_id)
    if found is None:
        found = ImportedLedger(
            import_id=origin.import_id,
            source=origin.source,
            file_name=origin.file_name,
            sheet=origin.sheet,
            headings=list(origin.headers),
            created_by=origin.requested_by,
        )
        session.add(found)
        await session.flush()
    return found


def _line(ledger: ImportedLedger, item_id: UUID, row: Row) -> dict[str, Any]:
    return {
        "id": ids.new_id(),
        "ledger_id": ledger.id,
        "item_id": item_id,
        "source": ledger.source,
        "key": row.key,
        "position": row.number,
        "cells": {heading: cells.stored(cell) for heading, cell in row.raw.items()},
        "says_done": ledgers.says_done(row),
        "is_current": True,
    }


def _item(origin: Origin, row: Row) -> dict[str, Any]:
    """The item of a row, with the columns of a new one; what the machine would set stays empty."""
    now = clock.now()
    problem = ledgers.text_of(row, "problem") or ""
    due_on = ledgers.day_in(row.values.get("due"))
    unit = ledgers.text_of(row, "unit")
    place = f"{origin.file_name} {origin.sheet or ''}".strip()
    return {
        "id": ids.new_id(),
        "rev": repository.UNTOUCHED,
        "created_at": now,
        "updated_at": now,
        "title": problem[:_TITLE_LENGTH],
        "status": ItemStatus.FILED,
        "item_class": ItemClass.DEADLINE,
        "owner_type": OwnerType.UNIT,
        "problem": problem,
        "cause": ledgers.text_of(row, "cause"),
        "target": ledgers.text_of(row, "target"),
        "source_type": "import",
        "source_id": origin.import_id,
        "source_label": f"{place} 第 {row.number} 行"[:_TITLE_LENGTH],
        "lead_unit_id": origin.facts.get(unit) if unit else None,
        "co_unit_ids": [],
        "signer_ids": [],
        "due_on": due_on,
        "due_at": datetime.combine(due_on + timedelta(days=1), time(), clock.REGION_ZONE) if due_on else now,
        "progress_percent": 0,
        "plan_returned_count": 0,
        "returned_count": 0,
        "created_by": origin.requested_by,
    }


async def _update(session: Session, actor: Actor, origin: Origin, rows: Sequence[Row]) -> None:
    """Take over what a newer copy of the ledger says; an item that is at work keeps its own words."""
    kept = await repository.kept(session, origin.source, [row.key for row in rows])
    items = await repository.items(session, [line.item_id for line in kept.values()])
    for row in rows:
        line = kept[row.key]
        changed = cells.differing(line.cells, row.raw)
        line.cells = {heading: cells.stored(cell) for heading, cell in row.raw.items()}
        line.says_done = ledgers.says_done(row)
        item = items[line.item_id]
        if item.status is ItemStatus.FILED:
            fresh = _item(origin, row)
            for name in ("title", "problem", "cause", "target", "lead_unit_id", "due_on", "due_at"):
                setattr(item, name, fresh[name])
        item.rev += 1
        item.updated_at = clock.now()
        change = Change("import_change", changes={"source": origin.file_name, "columns": "、".join(changed)})
        timeline.record(session, actor.author, SUBJECT_TYPE, item.id, change)


async def _undo(session: Session, actor: Actor, import_id: UUID) -> Undone:
    ledger = await repository.of_import(session, import_id)
    if ledger is None:
        return Undone(0, 0)
    gone, left = await repository.take_back(session, ledger.id, clock.now())
    for item_id in gone:
        change = Change("undo_import", ItemStatus.FILED, ItemStatus.VOIDED, None, {"source": ledger.file_name})
        timeline.record(session, actor.author, SUBJECT_TYPE, item_id, change)
    ledger.is_undone = left == 0
    return Undone(len(gone), left)


imports.register_importer(
    Importer(
        KIND,
        "整改台账",
        "import:create",
        "no",
        FIELDS,
        _prepare,
        _judge,
        repository.known,
        _write,
        _compare,
        _update,
        _undo,
    )
)
