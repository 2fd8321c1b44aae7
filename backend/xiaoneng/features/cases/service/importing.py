"""Cases brought in from a table: what each row must be, and how it is written.

A row that was closed elsewhere comes in closed, with its times and its limit as they were; any other waits for
dispatch. What has no field of ours stays with the case word for word.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.numbering import service as numbering
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.taxonomy import service as taxonomy
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change
from xiaoneng.core.transfers.schemas.imports import Importer, Origin, Row
from xiaoneng.core.transfers.service import imports
from xiaoneng.core.worktime.service import historic
from xiaoneng.core.worktime.service.historic import HistoricClock
from xiaoneng.features.cases import rules
from xiaoneng.features.cases.models.case import SUBJECT_TYPE, CaseStatus, CloseReason
from xiaoneng.features.cases.repository import imports as repository
from xiaoneng.features.cases.service.importing_rows import FIELDS, KEY, Facts, Told, judge, told_by
from xiaoneng.features.cases.service.intake import CATEGORY_SCHEME
from xiaoneng.kit import clock, ids
from xiaoneng.kit.crypto import provider
from xiaoneng.kit.db import Session

KIND = "cases"


@dataclass(frozen=True, slots=True)
class _Batch:
    """What all rows of one batch share."""

    actor: Actor
    origin: Origin
    rules: Any
    now: datetime


async def _prepare(session: Session) -> Facts:
    categories = await taxonomy.names(session, CATEGORY_SCHEME)
    units: dict[str, list[UUID]] = {}
    for unit_id, unit in (await organization.unit_refs(session)).items():
        units.setdefault(unit.name, []).append(unit_id)
    codes = {name: code for code, name in categories.items()} | {code: code for code in categories}
    return Facts(codes, units, clock.now())


async def _write(session: Session, actor: Actor, origin: Origin, rows: Sequence[Row]) -> None:
    batch = _Batch(actor, origin, await historic.rules_of(session), clock.now())
    cases, clocks = [], []
    for row in rows:
        told = told_by(row, origin.facts)
        case_id = ids.new_id()
        running = _clock(batch, case_id, told)
        clocks += [running] if running else []
        due_at = running["due_at"] if running else told.closed_at
        cases.append(
            _case(batch, case_id, row, told) | {"no": await numbering.next_number(session, "case"), "due_at": due_at}
        )
        changes = {"import_id": str(origin.import_id), "source": origin.source, "row": row.number}
        change = Change("import", to_state=_status(told), changes=changes)
        timeline.record(session, actor.author, SUBJECT_TYPE, case_id, change)
    await repository.add(session, cases)
    await historic.write(session, clocks)


def _status(told: Told) -> CaseStatus:
    return CaseStatus.REGISTERED if told.closed_at is None else CaseStatus.CLOSED


def _clock(batch: _Batch, case_id: UUID, told: Told) -> dict[str, Any] | None:
    """The finish clock; none for a row that was closed without ever having a limit."""
    if told.due_at is None and told.closed_at is not None:
        return None
    code = rules.policy_code(told.kind, told.urgency)
    stopped = told.replied_at or told.closed_at
    return historic.row_of(
        batch.rules,
        HistoricClock(SUBJECT_TYPE, case_id, "finish", code, told.received_at, told.due_at, stopped),
    )


def _case(batch: _Batch, case_id: UUID, row: Row, told: Told) -> dict[str, Any]:
    is_closed = told.closed_at is not None
    phone = told.caller_phone
    return {
        "id": case_id,
        "rev": 1,
        "created_at": batch.now,
        "updated_at": batch.now,
        "status": _status(told),
        "kind": told.kind,
        "channel": told.channel,
        "urgency": told.urgency,
        "title": told.title,
        "content": told.content,
        "category_code": told.category_code,
        "place": told.place,
        "received_at": told.received_at,
        "source": batch.origin.source,
        "external_no": row.key,
        "raw_values": dict(row.rest),
        "caller_name": told.caller_name,
        "caller_phone": phone,
        "caller_phone_hash": provider().lookup_hash(phone) if phone else None,
        "identity": rules.identity_of(
            None, anonymous=False, confidential=False, has_caller=bool(told.caller_name or phone)
        ),
        "named_unit_ids": [],
        "named_person_ids": [],
        "lead_unit_id": told.unit_id if is_closed else None,
        "target_unit_id": None if is_closed else told.unit_id,
        "returned_count": 0,
        "return_forbidden": False,
        "redo_count": 0,
        "reply_text": told.reply if is_closed else None,
        "replied_at": told.replied_at if is_closed else None,
        "reply_file_ids": [],
        "closed_at": told.closed_at,
        "close_reason": CloseReason.IMPORTED if is_closed else None,
        "created_by": batch.origin.requested_by,
    }


imports.register_importer(
    Importer(KIND, "诉求", "import:create", KEY, FIELDS, _prepare, judge, repository.known, _write)
)
