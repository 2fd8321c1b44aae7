"""What may be the same matter, and what was merged, as the API shows them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.worktime.service import windows
from xiaoneng.features.cases import rules
from xiaoneng.features.cases.models.case import Case
from xiaoneng.features.cases.repository import alike, lists, merges
from xiaoneng.features.cases.rules import Likeness
from xiaoneng.features.cases.schemas.merges import (
    AlikeCase,
    AlikeInput,
    AlikeList,
    CarriedCase,
    CaseLink,
    MergesRead,
)
from xiaoneng.features.cases.service import reading
from xiaoneng.kit import clock
from xiaoneng.kit.crypto import provider
from xiaoneng.kit.db import Session

SHOWN = 8
_NOBODY = UUID(int=0)


async def alike_to(session: Session, actor: Actor, wanted: AlikeInput) -> AlikeList:
    """Cases under way that are like one being taken down, within the actor's sight."""
    caller = provider().lookup_hash(wanted.phone) if wanted.phone else None
    known = wanted.model_dump(include={"title", "place"}) | {"category": wanted.category_code, "caller": caller}
    return await _found(session, actor, {**known, "except_id": _NOBODY})


async def alike_to_case(session: Session, actor: Actor, case_id: UUID) -> AlikeList:
    """Cases under way that are like one that came in. Raises NotFound; a report against somebody is like nothing."""
    case = await reading.get(session, actor, case_id)
    if case.is_sealed:
        return AlikeList(items=[])
    known = {"title": case.title, "place": case.place, "category": case.category_code}
    return await _found(session, actor, {**known, "caller": case.caller_phone_hash, "except_id": case.id})


async def _found(session: Session, actor: Actor, known: dict[str, Any]) -> AlikeList:
    days = await windows.amount(session, rules.MERGE_POLICY, "window", clock.today()) or 0
    since = clock.now() - timedelta(days=days)
    compared = [(_likeness(row), row) for row in await alike.candidates(session, actor, {**known, "since": since})]
    worth = [(likeness, row) for likeness, row in compared if likeness.is_worth_a_look]
    worth.sort(key=lambda one: (one[0].percent, one[1].received_at), reverse=True)
    units = await organization.unit_refs(session)
    return AlikeList(items=[_shown(row, likeness, units) for likeness, row in worth[:SHOWN]])


def _likeness(row: Any) -> Likeness:
    return Likeness(row.text_likeness, row.place_likeness, row.same_category, row.same_caller)


def _shown(row: Any, likeness: Likeness, units: Any) -> AlikeCase:
    return AlikeCase(
        id=row.id,
        no=row.no,
        title=row.title,
        status=row.status,
        lead_unit=units.get(row.lead_unit_id),
        place=row.place,
        received_at=row.received_at,
        due_at=row.due_at,
        likeness=likeness.percent,
        traits=likeness.traits,
    )


async def merges_of(session: Session, actor: Actor, case_id: UUID) -> MergesRead:
    """The case that one was merged into, and those merged into it. Raises NotFound."""
    case = await reading.get(session, actor, case_id)
    primary = await lists.read_visible(session, actor, case.merged_into_id) if case.merged_into_id else None
    rows, hidden = await merges.shown(session, actor, case_id)
    items = [CarriedCase(**{name: getattr(row, name) for name in CarriedCase.model_fields}) for row in rows]
    return MergesRead(primary=_link(primary) if primary else None, items=items, hidden=hidden)


def _link(case: Case) -> CaseLink:
    return CaseLink(id=case.id, no=case.no, title=case.title, status=case.status)
