"""The calendar: reading it, trying out limits, and bringing it up to date."""

from datetime import date
from uuid import UUID

from xiaoneng.core.outbox import service as outbox
from xiaoneng.core.worktime import policies
from xiaoneng.core.worktime.errors import LimitRefused
from xiaoneng.core.worktime.events import CalendarChanged
from xiaoneng.core.worktime.models.words import REGION_CALENDAR_ID, CalendarFormat
from xiaoneng.core.worktime.repository import calendars, recalculation
from xiaoneng.core.worktime.repository.calendars import Rules
from xiaoneng.core.worktime.rules.explain import explain
from xiaoneng.core.worktime.rules.imports import parse_file, plan_import
from xiaoneng.core.worktime.rules.limits import Limit
from xiaoneng.core.worktime.schemas.calendars import CalendarImportRead, CalendarRead, DueQuery, DueRead, ImportOptions
from xiaoneng.core.worktime.service import clocks
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session


async def try_limit(session: Session, tried: DueQuery) -> DueRead:
    """When a limit would end, day by day. Raises LimitRefused."""
    days = await clocks.calendar(session)
    try:
        limit = Limit(tried.amount, tried.unit, tried.roll, tried.ends_at, tried.start_rule)
        return policies.due_read(explain(days, tried.start, limit))
    except ValueError as error:
        raise LimitRefused(str(error)) from error


async def read_calendar(session: Session, year: int) -> CalendarRead:
    """One year of the calendar with the office hours of today."""
    return policies.calendar_read(await clocks.calendar(session), year, clock.today())


async def import_file(session: Session, content: bytes, options: ImportOptions, actor_id: UUID) -> CalendarImportRead:
    """Preview an import, or do it and have the open clocks recomputed.

    Local days make no year known and survive national notices. Only when the import approves it may the due date of
    an open clock move earlier. Raises ImportRefused with every error of the file, and CalendarMissing.
    """
    parsed, local = parse_file(content, options.format), options.format is CalendarFormat.LOCAL_CSV
    if parsed.errors:
        raise policies.refusal(parsed)
    await calendars.lock(session)
    rules = await calendars.current(session)
    named = set[date]() if local else await calendars.national_days_of(session, parsed.published)
    plan = plan_import(rules.calendar, parsed, dropped=named - parsed.days.keys())
    later, earlier = await recalculation.count_moves(session, Rules(plan.after, rules.policies), plan.affected)
    if options.apply:
        await calendars.replace_days(session, parsed.days, plan.dropped, local=local)
        await calendars.publish_years(session, parsed.published, clock.now())
        await calendars.changed(session)
        first, last = plan.affected
        approved_by = actor_id if options.approve_earlier else None
        event = CalendarChanged(
            subject_id=REGION_CALENDAR_ID, first=first, last=last, reason=options.reason, approved_by=approved_by
        )
        await outbox.publish(session, event)
    return CalendarImportRead(
        applied=options.apply,
        published=sorted(parsed.published),
        unpublished=parsed.unpublished,
        days_changed=plan.days_changed,
        clocks_later=later,
        clocks_earlier=earlier,
    )
