"""Drafting changes of the calendar and of time policies."""

from pydantic import BaseModel

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.outbox import service as outbox
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change
from xiaoneng.core.worktime import policies
from xiaoneng.core.worktime.errors import NothingChanges
from xiaoneng.core.worktime.events import PreviewAsked
from xiaoneng.core.worktime.models.changes import TimeChange
from xiaoneng.core.worktime.models.policies import TimePolicy
from xiaoneng.core.worktime.models.words import CalendarFormat, ChangeKind, PolicyState
from xiaoneng.core.worktime.repository import calendars, changes
from xiaoneng.core.worktime.rules.imports import ParsedCalendar, parse_file
from xiaoneng.core.worktime.schemas.calendars import ImportOptions
from xiaoneng.core.worktime.schemas.changes import (
    ChangeRead,
    DaysDraft,
    DaysPayload,
    HoursDraft,
    HoursPayload,
    PolicyPayload,
    SpecialDay,
)
from xiaoneng.core.worktime.schemas.policies import PolicyDraft
from xiaoneng.core.worktime.service.changes import SUBJECT, read
from xiaoneng.kit.db import Session


async def import_file(session: Session, actor: Actor, content: bytes, options: ImportOptions) -> ChangeRead:
    """Draft what a calendar file says: the yearly notice, or local days.

    Local days make no year known and survive national notices. Raises ImportRefused with every error of the file,
    and CalendarMissing.
    """
    parsed = parse_file(content, options.format)
    if parsed.errors:
        raise policies.refusal(parsed)
    days = [SpecialDay(day=on, is_working_day=rule.is_working_day, name=rule.name) for on, rule in parsed.days.items()]
    if options.format is CalendarFormat.LOCAL_CSV:
        return await _draft(session, actor, ChangeKind.LOCAL_DAYS, DaysPayload(days=days), _told(parsed, options))
    named = await calendars.national_days_of(session, parsed.published)
    payload = DaysPayload(
        days=days,
        dropped=sorted(named - parsed.days.keys()),
        published=parsed.published,
        unpublished=parsed.unpublished,
    )
    return await _draft(session, actor, ChangeKind.NOTICE, payload, _told(parsed, options))


def _told(parsed: ParsedCalendar, options: ImportOptions) -> tuple[str, str]:
    years = sorted({*parsed.published, *parsed.unpublished, *(day.year for day in parsed.days)})
    what = "地方性休息与上班日" if options.format is CalendarFormat.LOCAL_CSV else "年放假安排"
    return "、".join(map(str, years)) + what, options.reason


async def draft_days(session: Session, actor: Actor, draft: DaysDraft) -> ChangeRead:
    """Draft local days to set and to take back. Raises NothingChanges."""
    if not draft.days and not draft.removed:
        raise NothingChanges
    payload = DaysPayload(days=draft.days, dropped=draft.removed)
    told = [day.day for day in draft.days] + draft.removed
    title = f"地方性休息与上班日 {min(told):%Y-%m-%d}" + (f" 等 {len(told)} 天" if len(told) > 1 else "")
    return await _draft(session, actor, ChangeKind.LOCAL_DAYS, payload, (title, draft.reason))


async def draft_hours(session: Session, actor: Actor, draft: HoursDraft) -> ChangeRead:
    """Draft the office hours that hold from a day on."""
    payload = HoursPayload(valid_from=draft.valid_from, hours=draft.hours)
    title = f"自 {draft.valid_from:%Y-%m-%d} 起的工作时间"
    return await _draft(session, actor, ChangeKind.HOURS, payload, (title, draft.reason))


async def draft_policy(session: Session, actor: Actor, draft: PolicyDraft) -> ChangeRead:
    """Draft the next version of a time policy."""
    values = draft.model_dump()
    await calendars.lock(session)
    version = await changes.next_version(session, draft.code, draft.kind, draft.scope)
    row = TimePolicy(**values, version=version, state=PolicyState.DRAFT, drafted_by=actor.id)
    session.add(row)
    await session.flush()
    title = f"{draft.code} · {draft.kind}" + ("" if draft.scope == "*" else f" · {draft.scope}") + f" 第 {version} 版"
    return await _draft(session, actor, ChangeKind.POLICY, PolicyPayload(policy_id=row.id), (title, draft.reason))


async def _draft(
    session: Session, actor: Actor, kind: ChangeKind, payload: BaseModel, told: tuple[str, str]
) -> ChangeRead:
    title, reason = told
    rules = await calendars.current(session)
    change = TimeChange(
        kind=kind,
        title=title,
        reason=reason,
        payload=payload.model_dump(mode="json"),
        calendar_version=rules.calendar.version,
        drafted_by=actor.id,
        drafted_name=actor.name,
    )
    session.add(change)
    await session.flush()
    noted = Change("draft", to_state=change.state, reason=reason, changes={"kind": kind, "title": title})
    timeline.record(session, actor.author, SUBJECT, change.id, noted)
    await outbox.publish(session, PreviewAsked(subject_id=change.id))
    return await read(session, actor, change.id)
