"""Self-checks and their tree as the API shows them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import Judge, register_reader
from xiaoneng.core.organization.schemas.shared import UnitRef
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.features.campaigns.service import reading as campaigns
from xiaoneng.features.inspections.models.self_checks import SELF_CHECK, CheckedUnit, SelfCheck
from xiaoneng.features.inspections.policies import self_checks as policies
from xiaoneng.features.inspections.repository import self_checks as repository
from xiaoneng.features.inspections.rules.coverage import Count, Row, children, roll_up
from xiaoneng.features.inspections.schemas.self_checks import (
    CheckedUnitRead,
    CoverageFilter,
    CoverageRead,
    CoverageTree,
    ListEntryRead,
    ListLog,
    SelfCheckFilter,
    SelfCheckListItem,
    SelfCheckRead,
    WeakPointRead,
)
from xiaoneng.features.inspections.service.self_checks import DOOR, ROWS, coverage
from xiaoneng.kit.db import Session
from xiaoneng.kit.machine import action_refs
from xiaoneng.kit.pages import Page
from xiaoneng.kit.problems import NotFound


def count_read(count: Count) -> CoverageRead:
    """A count as the API shows it."""
    return CoverageRead(required=count.required, done=count.done, percent=count.percent, is_complete=count.is_complete)


async def get(session: Session, actor: Actor, check_id: UUID) -> SelfCheck:
    """One self-check. Raises NotFound, also beyond the actor's sight."""
    check = await repository.find(session, actor, check_id)
    if check is None:
        raise NotFound
    return check


async def read(session: Session, actor: Actor, check: SelfCheck) -> SelfCheckRead:
    """One self-check with its coverage."""
    await session.write_buffered()
    _, whole = await coverage(session, check.id)
    titles = await campaigns.titles(session, [check.campaign_id])
    return SelfCheckRead(
        **_listed(check, titles, whole).model_dump(),
        closed_at=check.closed_at,
        created_by_name=check.created_by_name,
        changes_count=await repository.count_changes(session, check.id),
        available_actions=action_refs(await DOOR.available(session, actor, check)),
        rev=check.rev,
    )


async def page(session: Session, actor: Actor, chosen: SelfCheckFilter) -> Page[SelfCheckListItem]:
    """A page of self-checks, the latest first."""
    found = await repository.page(session, actor, chosen)
    checks = [row.SelfCheck for row in found.rows]
    lists = await repository.listed(session, [check.id for check in checks]) if checks else {}
    titles = await campaigns.titles(session, [check.campaign_id for check in checks]) if checks else {}

    return found.page(lambda row: _listed(row.SelfCheck, titles, roll_up(lists.get(row.id, []))[1]))


def _listed(check: SelfCheck, titles: Mapping[UUID, str], whole: Count) -> SelfCheckListItem:
    return SelfCheckListItem(
        id=check.id,
        campaign_id=check.campaign_id,
        campaign_title=titles[check.campaign_id],
        frozen_on=check.frozen_on,
        status=check.status,
        coverage=count_read(whole),
    )


async def tree(session: Session, actor: Actor, check_id: UUID, chosen: CoverageFilter) -> CoverageTree:
    """What stands directly below a unit (or at the top), each with the coverage of all below it. Raises NotFound."""
    check = await get(session, actor, check_id)
    rows = (await repository.listed(session, [check.id])).get(check.id, [])
    seen = _in_sight(actor, rows)
    counts, _ = roll_up(rows)
    below = children(seen)
    if chosen.unit_id is not None and chosen.unit_id not in {row.unit for row in seen}:
        raise NotFound
    wanted = below.get(chosen.unit_id, [])
    if chosen.open:
        wanted = [unit for unit in wanted if not counts[unit].is_complete]
    found = await repository.rows_of(session, actor, check.id, wanted)
    units = await organization.unit_refs(session)
    shown = await _shown(session, actor, found, counts, {unit: len(below.get(unit, ())) for unit in wanted})
    return CoverageTree(
        path=_path(seen, chosen.unit_id, units),
        items=sorted(shown, key=lambda one: (one.coverage.is_complete, one.unit.name)),
    )


def _in_sight(actor: Actor, rows: Sequence[Row[UUID]]) -> list[Row[UUID]]:
    reach = actor.reach("self_check:read")
    return list(rows) if reach.jurisdiction else [row for row in rows if row.unit in reach.units]


def _path(rows: Sequence[Row[UUID]], unit: UUID | None, units: Mapping[UUID, UnitRef]) -> list[UnitRef]:
    above = {row.unit: row.parent for row in rows}
    path: list[UnitRef] = []
    while unit is not None and unit in above:
        path.append(units[unit])
        unit = above[unit]
    return path[::-1]


async def read_unit(session: Session, actor: Actor, row: CheckedUnit) -> CheckedUnitRead:
    """One unit's part as it stands."""
    await session.write_buffered()
    rows = (await repository.listed(session, [row.check_id])).get(row.check_id, [])
    below = {row.unit_id: len(children(rows).get(row.unit_id, ()))}
    [shown] = await _shown(session, actor, [row], roll_up(rows)[0], below)
    return shown


async def _shown(
    session: Session,
    actor: Actor,
    rows: Sequence[CheckedUnit],
    counts: Mapping[UUID, Count],
    below: Mapping[UUID, int],
) -> list[CheckedUnitRead]:
    units = await organization.unit_refs(session)
    points = await repository.weak_points(session, [row.id for row in rows]) if rows else ()
    return [
        CheckedUnitRead(
            **{name: getattr(row, name) for name in CheckedUnitRead.model_fields if hasattr(row, name)},
            unit=units[row.unit_id],
            coverage=count_read(counts[row.unit_id]),
            children_count=below.get(row.unit_id, 0),
            weak_points=[WeakPointRead.model_validate(point) for point in points if point.row_id == row.id],
            available_actions=action_refs(
                await ROWS.available(session, actor, row, _judge_of(actor, row, counts[row.unit_id]))
            ),
        )
        for row in rows
    ]


def _judge_of(actor: Actor, row: CheckedUnit, below: Count) -> Judge:
    """Judges with the counts that are known already."""
    return lambda action: policies.row_denial(action, actor, row, below)


async def log(session: Session, actor: Actor, check_id: UUID) -> ListLog:
    """Every change of the frozen list, the newest first. Raises NotFound."""
    check = await get(session, actor, check_id)
    units = await organization.unit_refs(session)
    return ListLog(
        items=[
            ListEntryRead(
                unit=units.get(entry.unit_id),
                **{name: getattr(entry, name) for name in ("id", "kind", "reason", "at", "by_name")},
            )
            for entry in await repository.changes(session, check.id)
        ]
    )


async def _may_read(session: Session, actor: Actor, check_id: UUID) -> bool:
    return await repository.find(session, actor, check_id) is not None


register_reader(SELF_CHECK, _may_read)
