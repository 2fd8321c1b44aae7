"""Changes of the rules of time: previewed, signed, applied as one batch (domain.md 3.7)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import can_read
from xiaoneng.core.outbox import service as outbox
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change
from xiaoneng.core.worktime import policies
from xiaoneng.core.worktime.errors import ChangeNotReady, ChangeRunning, PreviewOutdated, SecondPersonRequired
from xiaoneng.core.worktime.events import PreviewAsked, RulesChanged
from xiaoneng.core.worktime.models.changes import TimeChange
from xiaoneng.core.worktime.models.words import ChangeKind, ChangeState, PolicyState
from xiaoneng.core.worktime.repository import calendars, changes, recalculation
from xiaoneng.core.worktime.repository.calendars import Rules
from xiaoneng.core.worktime.rules.changes import Plan, plan_days, plan_hours, plan_policy
from xiaoneng.core.worktime.schemas.changes import ChangeRead, DaysPayload, HoursPayload, MoveRead, PolicyPayload
from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Session, check_rev
from xiaoneng.kit.pages import Page, PageParams
from xiaoneng.kit.problems import NotFound

SUBJECT = "time_change"
PREVIEW_KEPT = timedelta(days=30)
"""Local setting: as long as somebody may still ask about a preview by itself."""
_WAITING = frozenset({ChangeState.COMPUTING, ChangeState.READY})


async def plan_of(session: Session, change: TimeChange, rules: Rules) -> Plan:
    """What a change makes of the rules in force. Raises NotFound when its policy is gone."""
    if change.kind is ChangeKind.POLICY:
        row = await changes.get_policy(session, PolicyPayload.model_validate(change.payload).policy_id)
        if row is None:
            raise NotFound
        return plan_policy(rules.calendar, rules.policies, calendars.policy_of(row))
    if change.kind is ChangeKind.HOURS:
        hours = HoursPayload.model_validate(change.payload)
        later = [policies.hours_rule(one, hours.valid_from) for one in hours.hours]
        return plan_hours(rules.calendar, rules.policies, later, hours.valid_from)
    days = DaysPayload.model_validate(change.payload)
    if change.kind is ChangeKind.LOCAL_DAYS:
        named = {day.day: policies.day_rule(day, local=True) for day in days.days}
        national = {day: rule for day in days.dropped if (rule := rules.national.rule(day))}
        back = set(days.dropped) - national.keys()
        return plan_days(rules.calendar, rules.policies, {**national, **named}, dropped=back)
    local = {day for year in days.published for day, rule in rules.calendar.days_of(year).items() if rule.local}
    noticed = {day.day: policies.day_rule(day, local=False) for day in days.days if day.day not in local}
    return plan_days(rules.calendar, rules.policies, noticed, dropped=set(days.dropped) - local, years=days.published)


async def preview(session: Session, change_id: UUID) -> None:
    """Find the clocks that a change would move, and let it wait for its signature. A second run finds them anew."""
    change = await changes.get(session, change_id, lock=True)
    if change is None or change.state not in _WAITING:
        return
    rules = await calendars.current(session)
    plan = await plan_of(session, change, rules)
    await changes.forget_moves(session, change_id)
    change.later = change.earlier = 0
    async for batch in recalculation.batches(session, plan, plan.affected):
        moved = [(one.row["id"], ends) for one in batch if (ends := one.ends) and ends[0] != ends[1]]
        rows = [(ids.new_id(), key, *ends, round((ends[1] - ends[0]).total_seconds() / 60)) for key, ends in moved]
        await changes.add_moves(session, change_id, rows)
        later = sum(ends[1] > ends[0] for _, ends in moved)
        change.later, change.earlier = change.later + later, change.earlier + len(moved) - later
    change.days_changed, change.calendar_version = plan.days_changed, rules.calendar.version
    _touch(change, ChangeState.READY)


async def forget_old_previews(session: Session) -> None:
    """Forget what changes would have moved, long after it was done; what they did move stays in the ledger."""
    await changes.forget_moves_of_done(session, clock.now() - PREVIEW_KEPT)


async def sign(session: Session, actor: Actor, change_id: UUID, rev: int, *, approve_earlier: bool) -> ChangeRead:
    """Put a change in force, and have the open clocks follow.

    Told dates move earlier only with `approve_earlier`, which somebody other than the drafter has to give. Raises
    NotFound, PreconditionFailed, ChangeNotReady, ChangeRunning, PreviewOutdated and SecondPersonRequired.
    """
    await calendars.lock(session)
    change = await _waiting(session, change_id, rev)
    if change.state is not ChangeState.READY:
        raise ChangeNotReady
    if approve_earlier and actor.id == change.drafted_by:
        raise SecondPersonRequired
    if await changes.is_applying(session):
        raise ChangeRunning
    rules = await calendars.current(session)
    if rules.calendar.version != change.calendar_version:
        raise PreviewOutdated
    plan = await plan_of(session, change, rules)
    now = clock.now()
    await _put_in_force(session, actor, change, now)
    await calendars.changed(session)
    change.signed_by, change.signed_name, change.signed_at = actor.id, actor.name, now
    change.approve_earlier = approve_earlier
    _touch(change, ChangeState.APPLYING)
    noted = Change("sign", ChangeState.READY, change.state, change.reason, {"approve_earlier": approve_earlier})
    timeline.record(session, actor.author, SUBJECT, change.id, noted)
    event = RulesChanged(
        subject_id=change.id,
        first=plan.affected.first,
        last=plan.affected.last,
        policy=plan.affected.policy,
        reason=change.reason,
        approved_by=actor.id if approve_earlier else None,
    )
    await outbox.publish(session, event)
    return await _read(session, actor, change)


async def _put_in_force(session: Session, actor: Actor, change: TimeChange, now: datetime) -> None:
    if change.kind is ChangeKind.POLICY:
        await _decide_policy(session, actor, change, PolicyState.IN_FORCE)
    elif change.kind is ChangeKind.HOURS:
        hours = HoursPayload.model_validate(change.payload)
        await calendars.replace_hours(session, hours.valid_from, [one.model_dump(mode="json") for one in hours.hours])
    else:
        days, local = DaysPayload.model_validate(change.payload), change.kind is ChangeKind.LOCAL_DAYS
        named = {day.day: policies.day_rule(day, local=local) for day in days.days}
        await calendars.replace_days(session, named, days.dropped, local=local)
        await calendars.publish_years(session, days.published, now)
    await session.flush()


async def _decide_policy(session: Session, actor: Actor, change: TimeChange, state: PolicyState) -> None:
    policy = await changes.get_policy(session, PolicyPayload.model_validate(change.payload).policy_id, lock=True)
    if policy is None:
        raise NotFound
    policy.state, policy.decided_by, policy.decided_at = state, actor.id, clock.now()
    policy.rev += 1


async def withdraw(session: Session, actor: Actor, change_id: UUID, rev: int, reason: str) -> ChangeRead:
    """Give a change up before it is signed. Raises NotFound, PreconditionFailed and ChangeNotReady."""
    change = await _waiting(session, change_id, rev)
    before = change.state
    if change.kind is ChangeKind.POLICY:
        await _decide_policy(session, actor, change, PolicyState.WITHDRAWN)
    await changes.forget_moves(session, change_id)
    _touch(change, ChangeState.WITHDRAWN)
    timeline.record(session, actor.author, SUBJECT, change.id, Change("withdraw", before, change.state, reason))
    return await _read(session, actor, change)


async def preview_again(session: Session, actor: Actor, change_id: UUID, rev: int) -> ChangeRead:
    """Have the preview made anew, for the rules changed since. Raises NotFound, PreconditionFailed, ChangeNotReady."""
    change = await _waiting(session, change_id, rev)
    before = change.state
    _touch(change, ChangeState.COMPUTING)
    await outbox.publish(session, PreviewAsked(subject_id=change.id))
    timeline.record(session, actor.author, SUBJECT, change.id, Change("preview", before, change.state))
    return await _read(session, actor, change)


async def _waiting(session: Session, change_id: UUID, rev: int) -> TimeChange:
    change = await changes.get(session, change_id, lock=True)
    if change is None:
        raise NotFound
    check_rev(change, rev)
    if change.state not in _WAITING:
        raise ChangeNotReady
    return change


def _touch(change: TimeChange, state: ChangeState) -> None:
    change.state = state
    change.rev += 1
    change.updated_at = clock.now()


async def read(session: Session, actor: Actor, change_id: UUID) -> ChangeRead:
    """One change. Raises NotFound."""
    change = await changes.get(session, change_id)
    if change is None:
        raise NotFound
    return await _read(session, actor, change)


async def page(session: Session, actor: Actor, params: PageParams) -> Page[ChangeRead]:
    """The changes, newest first."""
    version = (await calendars.current(session)).calendar.version
    return (await changes.page(session, params)).page(lambda row: _shape(actor, row, version))


async def moves(session: Session, actor: Actor, change_id: UUID, params: PageParams) -> Page[MoveRead]:
    """The clocks that a change would move, earlier ones first; those of objects out of the actor's sight are left out.

    Raises NotFound.
    """
    if await changes.get(session, change_id) is None:
        raise NotFound
    found = await changes.moves_page(session, change_id, params)
    seen = {row.id for row in found.rows if await can_read(session, actor, row.subject_type, row.subject_id)}
    whole = found.page(lambda row: (row.id, MoveRead.model_validate(row)))
    items = [move for key, move in whole.items if key in seen]
    return Page[MoveRead](**{**dict(whole), "items": items})


async def _read(session: Session, actor: Actor, change: TimeChange) -> ChangeRead:
    return _shape(actor, change, (await calendars.current(session)).calendar.version)


def _shape(actor: Actor, row: Any, version: int) -> ChangeRead:
    waiting = row.state in _WAITING
    told = ("id", "kind", "state", "title", "reason", "days_changed", "later", "earlier", "moved", "kept")
    people = ("approve_earlier", "drafted_name", "created_at", "signed_name", "signed_at", "done_at", "rev")
    return ChangeRead(
        **{name: getattr(row, name) for name in (*told, *people)},
        published=sorted(int(year) for year in row.payload.get("published", {})),
        unpublished=row.payload.get("unpublished", []),
        policy_id=row.payload.get("policy_id"),
        outdated=waiting and row.calendar_version != version,
        may_sign_earlier=waiting and actor.id != row.drafted_by,
    )
