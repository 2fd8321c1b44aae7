"""Clocks in the database: started, stopped, paused and extended, and what stays on record."""

from datetime import date
from uuid import UUID

import pytest
import sqlalchemy as sa
from asyncpg import UniqueViolationError
from tests.core.worktime.national import national_calendar
from tests.core.worktime.steps import MONDAY, at, clocks, start, work

from xiaoneng.core.worktime.errors import (
    ClockExpired,
    ClockMissing,
    ClockPaused,
    ClockRunning,
    DueInPast,
    LimitRefused,
    PolicyMissing,
)
from xiaoneng.core.worktime.models.clocks import Clock, ClockLedgerEntry
from xiaoneng.core.worktime.models.words import ClockState, Lamp, LimitUnit
from xiaoneng.core.worktime.rules.limits import Limit, due_with_pauses
from xiaoneng.core.worktime.rules.pauses import Pause
from xiaoneng.core.worktime.schemas.clocks import Grounds
from xiaoneng.core.worktime.service import clocks as service
from xiaoneng.core.worktime.service import explanations
from xiaoneng.kit import ids

pytestmark = pytest.mark.anyio
WHY = Grounds("等待群众补充材料", None)


@pytest.fixture
def database(module_database):
    return module_database


async def _ledger(database, subject_id: UUID):
    query = (
        sa.select(ClockLedgerEntry)
        .join(Clock, sa.inspect(Clock).local_table.c.id == ClockLedgerEntry.clock_id)
        .where(Clock.subject_id == subject_id)
        .order_by(ClockLedgerEntry.at, ClockLedgerEntry.id)
    )
    async with database.unit_of_work() as session:
        return [(entry.action.value, entry.amount, entry.reason) for entry in (await session.scalars(query)).all()]


class TestStart:
    @pytest.mark.parametrize(
        ("policy", "kind", "due_at"),
        [
            ("case.complaint.normal", "finish", "2026-12-07T17:30:00"),
            ("case.consultation.normal", "finish", "2026-11-26T17:30:00"),
            ("case.request.urgent", "finish", "2026-11-30T17:30:00"),
            ("case.report.emergency", "finish", "2026-11-24T10:00:00"),
            ("case.complaint.normal", "sign", "2026-11-23T16:30:00"),
            ("case.complaint.normal", "contact", "2026-11-24T10:00:00"),
            ("case.complaint.urgent", "contact", "2026-11-23T12:00:00"),
            ("rectification_item", "plan", "2026-11-30T17:30:00"),
        ],
    )
    async def test_gives_the_limit_of_the_policy(self, database, policy, kind, due_at):
        [view] = await clocks(database, await start(database, policy, kind))
        assert view.due_at == at(due_at)
        assert (view.state, view.provisional, view.stopped_at) == (ClockState.RUNNING, False, None)
        assert view.basis

    async def test_a_petition_into_the_next_year_is_provisional(self, database):
        [view] = await clocks(database, await start(database, "case.petition.normal", "finish"))
        assert view.due_on == date(2027, 1, 22)
        assert view.provisional
        assert service.clock_read(view).deadline.provisional

    async def test_what_it_returns_equals_what_is_stored(self, database):
        subject_id = ids.new_id()
        async with work(database, MONDAY) as session:
            started = await service.start_clock(
                session,
                subject_type="case",
                subject_id=subject_id,
                kind="finish",
                policy_code="case.praise.normal",
                started_at=MONDAY,
                unit_id=subject_id,
            )
        [stored] = await clocks(database, subject_id)
        names = list(type(stored).__dataclass_fields__)
        assert {name: getattr(started, name) for name in names} == {name: getattr(stored, name) for name in names}

    async def test_an_unknown_policy_is_refused(self, database):
        with pytest.raises(PolicyMissing):
            await start(database, "case.laundry.normal", "finish")

    async def test_a_second_open_clock_of_one_kind_is_refused(self, database):
        subject_id = ids.new_id()
        order = {"subject_type": "case", "subject_id": subject_id, "kind": "finish", "unit_id": None}

        async def start_twice():
            async with work(database, MONDAY) as session:
                for _ in range(2):
                    await service.start_clock(session, **order, policy_code="case.praise.normal", started_at=MONDAY)

        with pytest.raises(UniqueViolationError):
            await start_twice()
        assert await clocks(database, subject_id) == []

    async def test_until_a_day_lasts_to_its_end(self, database):
        subject_id = ids.new_id()
        order = {"subject_type": "item", "subject_id": subject_id, "unit_id": None}
        async with work(database, MONDAY) as session:
            later = await service.start_clock_until(session, **order, kind="finish", due_on=date(2026, 12, 31))
            today = await service.start_clock_until(session, **order, kind="report", due_on=date(2026, 11, 23))
            with pytest.raises(DueInPast):
                await service.start_clock_until(session, **order, kind="plan", due_on=date(2026, 11, 22))
        assert later.due_at == at("2026-12-31T23:59:59.999999")
        assert today.due_at == at("2026-11-23T23:59:59.999999")
        assert (later.provisional, later.lamp, today.lamp) == (False, Lamp.GREEN, Lamp.YELLOW)


class TestStop:
    async def test_stops_one_kind_and_leaves_the_rest(self, database):
        subject_id = await start(database, "case.complaint.normal", "finish")
        async with work(database, MONDAY) as session:
            order = {"subject_type": "case", "subject_id": subject_id, "unit_id": None, "started_at": MONDAY}
            await service.start_clock(session, **order, kind="sign", policy_code="case.complaint.normal")
            await service.stop_clock(session, "case", subject_id, "sign")
            await service.stop_clock(session, "case", subject_id, "contact")
        finish, sign = await clocks(database, subject_id)
        assert (finish.kind, finish.state, finish.lamp) == ("finish", ClockState.RUNNING, Lamp.GREEN)
        assert (sign.state, sign.lamp, sign.stopped_at) == (ClockState.STOPPED, Lamp.DONE, MONDAY)
        assert await _ledger(database, subject_id) == [("stop", None, None)]

    async def test_a_stopped_clock_is_judged_at_its_stop(self, database):
        subject_id = await start(database, "case.consultation.normal", "finish")
        late = at("2026-11-27T09:00:00")
        async with work(database, at("2026-11-28T09:00:00")) as session:
            await service.stop_clock(session, "case", subject_id, "finish", at=late)
        [view] = await clocks(database, subject_id, at("2027-01-10T09:00:00"))
        assert (view.overdue, view.stopped_at, view.remaining_working_days) == (True, late, -1)
        assert service.deadline_of([view]) is None

    async def test_cancels_and_may_start_again(self, database):
        subject_id = await start(database, "case.complaint.normal", "sign")
        async with work(database, MONDAY) as session:
            await service.cancel_clock(session, "case", subject_id, None)
            order = {"subject_type": "case", "subject_id": subject_id, "unit_id": None, "started_at": MONDAY}
            await service.start_clock(session, **order, kind="sign", policy_code="case.complaint.normal")
            await service.cancel_clock(session, "case", subject_id, "sign")
            await service.start_clock(session, **order, kind="sign", policy_code="case.complaint.urgent")
        views = await clocks(database, subject_id)
        assert [view.state for view in views] == [ClockState.CANCELLED, ClockState.CANCELLED, ClockState.RUNNING]
        assert views[0].remaining_minutes is None

    async def test_hand_over_reaches_open_clocks_only(self, database):
        subject_id = await start(database, "case.complaint.normal", "sign")
        unit_id = ids.new_id()
        async with work(database, MONDAY) as session:
            await service.stop_clock(session, "case", subject_id, "sign")
            order = {"subject_type": "case", "subject_id": subject_id, "unit_id": None, "started_at": MONDAY}
            await service.start_clock(session, **order, kind="finish", policy_code="case.complaint.normal")
            await service.hand_over(session, "case", subject_id, unit_id)
        assert {view.kind: view.unit_id for view in await clocks(database, subject_id)} == {
            "sign": None,
            "finish": unit_id,
        }


class TestPauseAndExtend:
    async def test_both_orders_end_on_the_same_day_and_are_on_record(self, database):
        pause, resume = at("2026-11-25T15:00:00"), at("2026-11-30T09:00:00")
        ends = []
        for extend_at in (at("2026-11-24T09:00:00"), at("2026-11-26T09:00:00"), at("2026-12-01T09:00:00")):
            subject_id = await start(database, "case.request.normal", "finish")
            steps = [(pause, "pause"), (resume, "resume"), (extend_at, "extend")]
            for moment, step in sorted(steps):
                async with work(database, moment) as session:
                    if step == "pause":
                        view = await service.pause_clock(session, "case", subject_id, "finish", WHY)
                        assert (view.due_at, view.lamp, view.state) == (None, Lamp.PAUSED, ClockState.PAUSED)
                    elif step == "resume":
                        await service.resume_clock(session, "case", subject_id, "finish")
                    else:
                        await service.extend_clock(session, ("case", subject_id), "finish", 2, WHY)
            [view] = await clocks(database, subject_id)
            ends.append(view.due_at)
            assert sorted(await _ledger(database, subject_id)) == [
                ("extend", 2, WHY.reason),
                ("pause", None, WHY.reason),
                ("resume", None, None),
            ]
        expected = due_with_pauses(
            national_calendar(), MONDAY, Limit(5, LimitUnit.WORKING_DAY), [2], [Pause(pause, resume)]
        )
        assert set(ends) == {expected.due_at}
        assert expected.due_on == date(2026, 12, 7)

    async def test_two_pauses_add_up(self, database):
        subject_id = await start(database, "case.request.normal", "finish")
        for began, ended in (("24T09:00:00", "25T09:00:00"), ("26T09:00:00", "27T09:00:00")):
            async with work(database, at(f"2026-11-{began}")) as session:
                await service.pause_clock(session, "case", subject_id, "finish", WHY)
            async with work(database, at(f"2026-11-{ended}")) as session:
                view = await service.resume_clock(session, "case", subject_id, "finish")
        assert view.due_on == date(2026, 12, 2)
        async with work(database, at("2026-11-27T10:00:00")) as session:
            _, told = await explanations.explain_clock(session, view.id)
        assert told.due_at == view.due_at
        assert [day.verdict.value for day in told.days[1:5]] == ["paused", "counted", "paused", "counted"]

    async def test_an_expired_clock_can_be_neither_paused_nor_extended(self, database):
        subject_id = await start(database, "case.consultation.normal", "finish")
        async with work(database, at("2026-11-26T17:30:00")) as session:
            with pytest.raises(ClockExpired):
                await service.pause_clock(session, "case", subject_id, "finish", WHY)
            with pytest.raises(ClockExpired):
                await service.extend_clock(session, ("case", subject_id), "finish", 1, WHY)

    async def test_what_does_not_fit_the_state_is_refused(self, database):
        subject_id = await start(database, "case.consultation.normal", "finish")
        async with work(database, MONDAY) as session:
            with pytest.raises(ClockRunning):
                await service.resume_clock(session, "case", subject_id, "finish")
            with pytest.raises(LimitRefused):
                await service.extend_clock(session, ("case", subject_id), "finish", 0, WHY)
            with pytest.raises(ClockMissing):
                await service.pause_clock(session, "case", subject_id, "sign", WHY)
            await service.pause_clock(session, "case", subject_id, "finish", WHY)
            with pytest.raises(ClockPaused):
                await service.pause_clock(session, "case", subject_id, "finish", WHY)
