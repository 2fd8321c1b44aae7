"""Importing a list of units: all of it or nothing."""

import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from xiaoneng.core.organization.repository import tree as tree_rows
from xiaoneng.core.organization.rules import divisions
from xiaoneng.core.organization.schemas.units import ImportFault, UnitImportRead
from xiaoneng.core.organization.service.forest import begin_change, forest
from xiaoneng.core.timeline.schemas import Author, Change
from xiaoneng.core.timeline.service import record
from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Session


async def import_units(
    session: Session, author: Author, content: bytes, headers: Mapping[str, str] | None = None
) -> UnitImportRead:
    """Create the units of a CSV that do not exist yet; one fault and nothing is written.

    `headers` maps our column names (`code name level parent_code type`) to those of the file. A second import of the
    same file changes nothing. Raises FileUnreadable.
    """
    text = divisions.decode(content)
    await begin_change(session)
    living = {node.id: node for node in (await forest(session)).latest.values() if node.valid_to is None}
    codes = {node.id: node.code for node in living.values()}
    known = {
        node.code: divisions.Known(node.name, node.level, codes.get(node.parent_id) if node.parent_id else None)
        for node in living.values()
    }
    root = next((node.code for node in living.values() if node.parent_id is None), None)
    parsed = divisions.parse(text, headers or {}, known, root)
    if parsed.new:
        by_code = {code: unit_id for unit_id, code in codes.items()}
        await tree_rows.add_many(session, [_row(row, by_code) for row in parsed.new])
        changes = {"created": len(parsed.new), "sha256": hashlib.sha256(content).hexdigest()}
        record(session, author, "unit_import", ids.new_id(), Change("import", changes=changes))
    errors = [ImportFault(**fault._asdict()) for fault in parsed.faults]
    return UnitImportRead(created=len(parsed.new), unchanged=parsed.unchanged, errors=errors)


def _row(row: divisions.Row, by_code: dict[str, UUID]) -> dict[str, Any]:
    unit_id = by_code[row.code] = ids.new_id()
    today = clock.today()
    return {
        "id": unit_id,
        "code": row.code,
        "name": row.name,
        "short_name": row.name,
        "type": row.type,
        "level": row.level,
        "parent_id": by_code[row.parent_code] if row.parent_code else None,
        "is_key_unit": False,
        "valid_from": today,
        "state_from": today,
    }
