"""Self-checks: freezing who has to, what they found, and the gate of exactly all (SM-8, R-04, S4-06…08)."""

from uuid import UUID

from xiaoneng.core.access.schemas import Actor, Command
from xiaoneng.core.access.service import Changes, Denial, Door, Judge
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change
from xiaoneng.features.campaigns.models.campaigns import CampaignStage
from xiaoneng.features.campaigns.service import gates
from xiaoneng.features.campaigns.service import reading as campaigns
from xiaoneng.features.inspections.errors.self_checks import CheckedAlready, ListRefused, NobodyToCheck
from xiaoneng.features.inspections.events.self_checks import CheckedUnitMoved, SelfCheckMoved
from xiaoneng.features.inspections.models.self_checks import (
    CHECKED_UNIT,
    SELF_CHECK,
    CheckedUnit,
    ListChangeKind,
    SelfCheck,
    SelfCheckChange,
    WeakPoint,
)
from xiaoneng.features.inspections.policies import self_checks as policies
from xiaoneng.features.inspections.repository import self_checks as repository
from xiaoneng.features.inspections.rules.coverage import Count, roll_up
from xiaoneng.features.inspections.schemas.self_checks import ListChange, RecordInput, SelfCheckOpen
from xiaoneng.features.inspections.transitions.self_checks import CHECKS, UNITS
from xiaoneng.features.rectification.models.items import ItemClass
from xiaoneng.features.rectification.service.opening import Found, Source, open_from
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.schemas import NoInput, ReasonInput

SOURCE = "self_check"


async def coverage(session: Session, check_id: UUID) -> tuple[dict[UUID, Count], Count]:
    """The count of every unit with all below it, and of everything, whoever asks."""
    return roll_up((await repository.listed(session, [check_id])).get(check_id, []))


async def _judge(session: Session, _: Actor, check: SelfCheck) -> Judge:
    whole = (await coverage(session, check.id))[1]

    def judge(action: str) -> Denial:
        return policies.check_denial(action, whole)

    return judge


async def _judge_row(session: Session, actor: Actor, row: CheckedUnit) -> Judge:
    counts, _ = await coverage(session, row.check_id)

    def judge(action: str) -> Denial:
        return policies.row_denial(action, actor, row, counts.get(row.unit_id, Count()))

    return judge


DOOR: Door[SelfCheck] = Door(
    SELF_CHECK,
    CHECKS,
    standing=policies.check_standing,
    judge=_judge,
    moved=lambda check_id, action: SelfCheckMoved(subject_id=check_id, action=action),
)
ROWS: Door[CheckedUnit] = Door(
    CHECKED_UNIT,
    UNITS,
    standing=policies.row_standing,
    judge=_judge_row,
    moved=lambda row_id, action: CheckedUnitMoved(subject_id=row_id, action=action),
)


async def open_check(session: Session, actor: Actor, body: SelfCheckOpen) -> SelfCheck:
    """Freeze who has to check: the units that take part today, and everything below them (R-04).

    Raises NotFound (of the campaign), CheckedAlready and NobodyToCheck.
    """
    campaign = await campaigns.get(session, actor, body.campaign_id)
    if await repository.of_campaign(session, campaign.id):
        raise CheckedAlready
    units = await campaigns.units_of(session, campaign.id)
    required = await organization.subtree(session, units)
    if not required:
        raise NobodyToCheck
    check = SelfCheck(campaign_id=campaign.id, frozen_on=clock.today(), created_by_name=actor.name)
    session.add(check)
    await session.flush()
    above = {node.id: node.parent_id for node in (await organization.tree(session)).items}
    frozen = [(unit, above[unit] if above[unit] in required else None) for unit in sorted(required)]
    await repository.freeze(session, check.id, frozen)
    change = Change("open", to_state=check.status, changes={"required": len(frozen), "campaign": campaign.no})
    timeline.record(session, actor.author, SELF_CHECK, check.id, change)
    return check


async def perform(session: Session, actor: Actor, check_id: UUID, command: Command) -> SelfCheck:
    """Do one step of a self-check. Raises what `Door.perform` raises."""
    check = await repository.find(session, actor, check_id, for_update=True)
    return await DOOR.perform(session, actor, check, command)


async def perform_on_unit(session: Session, actor: Actor, row_id: UUID, command: Command) -> CheckedUnit:
    """Do one step of one unit's part. Raises what `Door.perform` raises."""
    row = await repository.find_row(session, actor, row_id)
    return await ROWS.perform(session, actor, row, command)


@DOOR.on("add_units", ListChange)
async def _add(session: Session, actor: Actor, check: SelfCheck, body: ListChange) -> Changes:
    known = await repository.known_units(session, check.id)
    wanted = set(body.unit_ids)
    if any(known.get(unit) for unit in wanted):
        raise ListRefused
    for unit in sorted(wanted):
        await organization.require_unit(session, unit)
    above = {node.id: node.parent_id for node in (await organization.tree(session)).items}
    await repository.set_removed(session, check.id, wanted & known.keys(), None)
    new = sorted(wanted - known.keys())
    await repository.freeze(session, check.id, [(unit, above.get(unit)) for unit in new])
    return _logged(session, actor, check, ListChangeKind.ADD, body)


@DOOR.on("remove_units", ListChange)
async def _remove(session: Session, actor: Actor, check: SelfCheck, body: ListChange) -> Changes:
    known = await repository.known_units(session, check.id)
    if not all(known.get(unit) for unit in body.unit_ids):
        raise ListRefused
    await repository.set_removed(session, check.id, body.unit_ids, clock.today())
    return _logged(session, actor, check, ListChangeKind.REMOVE, body)


def _logged(session: Session, actor: Actor, check: SelfCheck, kind: ListChangeKind, body: ListChange) -> Changes:
    for unit in dict.fromkeys(body.unit_ids):
        entry = SelfCheckChange(check_id=check.id, unit_id=unit, kind=kind, reason=body.reason, by_name=actor.name)
        session.add(entry)
    return {"units": [str(unit) for unit in dict.fromkeys(body.unit_ids)]}


@DOOR.on("close", NoInput)
async def _close(_: Session, __: Actor, check: SelfCheck, ___: NoInput) -> Changes:
    check.closed_at = clock.now()
    return {}


@ROWS.on("record", RecordInput)
async def _record(session: Session, actor: Actor, row: CheckedUnit, body: RecordInput) -> Changes:
    """S4-08: every weak point stands in the ledger at once."""
    row.summary, row.checked_at, row.checked_by_name = body.summary, clock.now(), actor.name
    row.return_reason = None
    units = await organization.unit_refs(session, [row.unit_id])
    for given in body.weak_points:
        point = WeakPoint(row_id=row.id, dimension=given.dimension, problem=given.problem)
        found = Found(
            Source(SOURCE, point.id, units[row.unit_id].name),
            f"自查整改：{given.problem}",
            given.problem,
            row.unit_id,
            {"item_class": ItemClass.IMMEDIATE},
        )
        item = await open_from(session, actor.author, found)
        await session.flush()
        point.item_id = item.id if item else None
        session.add(point)
    return {"summary": body.summary, "weak_points": len(body.weak_points)}


@ROWS.on("submit", NoInput)
async def _submit(_: Session, actor: Actor, row: CheckedUnit, __: NoInput) -> Changes:
    row.signed_by_name = actor.name
    return {}


@ROWS.on("accept", NoInput)
async def _accept(_: Session, actor: Actor, row: CheckedUnit, __: NoInput) -> Changes:
    row.judged_by_name, row.return_reason = actor.name, None
    return {}


@ROWS.on("send_back", ReasonInput)
async def _send_back(_: Session, actor: Actor, row: CheckedUnit, body: ReasonInput) -> Changes:
    row.judged_by_name, row.return_reason = actor.name, body.reason
    return {}


async def _gate(session: Session, stage: CampaignStage) -> str | None:
    """S4-06: the stage of self-checks does not close before exactly all have checked themselves."""
    if not stage.self_check:
        return None
    check = await repository.of_campaign(session, stage.campaign_id)
    if check is None:
        return "尚未组织自查"
    _, whole = await coverage(session, check.id)
    return None if whole.is_complete else f"自查 {whole.done}／{whole.required}，未达到 100%"


gates.register_gate(_gate)
