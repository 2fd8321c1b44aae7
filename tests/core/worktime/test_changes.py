"""Changes of days, hours and time policies: drafted, previewed, signed, followed by the open clocks."""

from datetime import date, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from pydantic import ValidationError
from tests.core.worktime.steps import APPROVER, DRAFTER, MONDAY, at, clocks, drafted, follow, sign, start, work

from xiaoneng.core.access.service import register_reader
from xiaoneng.core.worktime.errors import (
    ChangeNotReady,
    ChangeRunning,
    DayRefused,
    ExtensionsUsedUp,
    NothingChanges,
    PausesUsedUp,
    PolicyRefused,
    PreviewOutdated,
    SecondPersonRequired,
    WindowsRefused,
)
from xiaoneng.core.worktime.events import ClocksFollowed
from xiaoneng.core.worktime.models.clocks import Clock
from xiaoneng.core.worktime.models.words import ClockState, LimitUnit
from xiaoneng.core.worktime.repository import calendars
from xiaoneng.core.worktime.schemas.changes import DaysDraft, HoursDraft, OfficeHours
from xiaoneng.core.worktime.schemas.clocks import Grounds
from xiaoneng.core.worktime.schemas.policies import PolicyDraft, PolicyFilter
from xiaoneng.core.worktime.service import changes, drafts, explanations, rulebook
from xiaoneng.core.worktime.service import clocks as service
from xiaoneng.kit import ids
from xiaoneng.kit.pages import PageParams

pytestmark = pytest.mark.anyio
WHY = Grounds("等待鉴定", None)
CODE = "case.request.normal"


@pytest.fixture
def database(own_database, monkeypatch):
    """Looks at the calendar's version every time."""
    monkeypatch.setattr(calendars, "FRESH_SECONDS", 0.0)
    return own_database


def policy(**more) -> PolicyDraft:
    values = {
        "code": CODE,
        "kind": "finish",
        "effective_from": "2026-11-01",
        "amount": 8,
        "unit": "working_day",
        "basis": "本区规定：8 个工作日内办结",
        "reason": "本区规定调整",
    }
    return PolicyDraft.model_validate(values | more)


async def draft_policy(database, moment=MONDAY, **more):
    draft = policy(**more)
    return await drafted(database, lambda session, who: drafts.draft_policy(session, who, draft), moment)


async def draft_days(database, days=(), removed=()):
    named = [{"day": day, "is_working_day": works, "name": name} for day, works, name in days]
    draft = DaysDraft.model_validate({"reason": "县里的决定", "days": named, "removed": list(removed)})
    return await drafted(database, lambda session, who: drafts.draft_days(session, who, draft))


async def due_on(database, subject_id: UUID) -> date:
    return (await clocks(database, subject_id))[-1].due_on


async def moves(database, change):
    async with work(database, MONDAY) as session:
        return await changes.moves(session, DRAFTER, change.id, PageParams())


class TestPolicyVersions:
    async def test_open_clocks_follow_a_version_that_reaches_back_to_their_start(self, database):
        before = await start(database, CODE, "finish", MONDAY - timedelta(days=30))
        since, other = await start(database, CODE, "finish"), await start(database, "case.praise.normal", "finish")
        change = await draft_policy(database)
        assert (change.state, change.later, change.earlier) == ("ready", 1, 0)
        await sign(database, change)
        await follow(database)
        async with work(database, MONDAY) as session:
            done = await changes.read(session, DRAFTER, change.id)
            stored = await session.scalar(sa.select(Clock).where(Clock.subject_id == since))
            told = await explanations.explain_kind(session, "case", since, "finish")
        assert (done.state, done.moved, done.kept) == ("done", 1, 0)
        assert (stored.amount, stored.due_on, stored.basis) == (8, date(2026, 12, 3), "本区规定：8 个工作日内办结")
        assert (told.rule.version, told.rule.effective_from) == (2, date(2026, 11, 1))
        assert [(entry.action, entry.reason) for entry in told.ledger] == [("recalculate", "本区规定调整")]
        assert await due_on(database, before) == date(2026, 10, 30)
        assert await due_on(database, other) == date(2026, 11, 30)

    @pytest.mark.parametrize("approve", [False, True])
    async def test_earlier_only_when_a_second_person_approves(self, database, approve):
        subject_id = await start(database, CODE, "finish")
        change = await draft_policy(database, amount=2)
        assert (change.earlier, change.may_sign_earlier) == (1, False)
        with pytest.raises(SecondPersonRequired):
            await sign(database, change, DRAFTER, approve=True)
        await sign(database, change, APPROVER if approve else DRAFTER, approve=approve)
        await follow(database)
        async with work(database, MONDAY) as session:
            done = await changes.read(session, DRAFTER, change.id)
            told = await explanations.explain_kind(session, "case", subject_id, "finish")
        assert (done.moved, done.kept) == ((1, 0) if approve else (0, 1))
        assert await due_on(database, subject_id) == (date(2026, 11, 25) if approve else date(2026, 11, 30))
        assert (told.rule.amount, told.settled) == ((2, False) if approve else (5, False))
        assert [entry.approved_by for entry in told.ledger] == ([APPROVER.id] if approve else [])
        assert await due_on(database, await start(database, CODE, "finish")) == date(2026, 11, 25)

    async def test_a_pause_before_the_change_keeps_what_was_consumed(self, database):
        subject_id = await start(database, CODE, "finish")
        async with work(database, at("2026-11-25T09:00:00")) as session:
            await service.pause_clock(session, "case", subject_id, "finish", WHY)
        change = await draft_policy(database, at("2026-11-25T10:00:00"), amount=7)
        await sign(database, change)
        await follow(database, at("2026-11-26T09:00:00"))
        [view] = await clocks(database, subject_id, at("2026-11-26T09:00:00"))
        assert (view.state, view.due_at, view.amount) == (ClockState.PAUSED, None, 7)
        async with work(database, at("2026-11-30T09:00:00")) as session:
            resumed = await service.resume_clock(session, "case", subject_id, "finish")
        # one of seven days was had before the pause, six follow it
        assert resumed.due_on == date(2026, 12, 7)

    async def test_an_extension_stays_in_its_own_unit(self, database):
        subject_id = await start(database, CODE, "finish")
        async with work(database, MONDAY) as session:
            await service.extend_clock(session, ("case", subject_id), "finish", 2, WHY)
        change = await draft_policy(database, amount=30, unit="natural_day")
        assert (change.later, change.earlier) == (0, 0)
        await sign(database, change)
        await follow(database)
        [view] = await clocks(database, subject_id)
        assert (view.unit, view.amount, view.extension_total) == (LimitUnit.WORKING_DAY, 5, 2)

    async def test_a_channel_may_have_its_own_limit(self, database):
        change = await draft_policy(database, scope="channel.green", amount=1, effective_from="2026-11-23")
        await sign(database, change)
        order = {"subject_type": "case", "kind": "finish", "policy_code": CODE, "started_at": MONDAY, "unit_id": None}
        async with work(database, MONDAY) as session:
            green = await service.start_clock(session, **order, subject_id=ids.new_id(), scopes=("channel.green",))
            plain = await service.start_clock(session, **order, subject_id=ids.new_id(), scopes=("channel.phone",))
        assert (green.due_on, plain.due_on) == (date(2026, 11, 24), date(2026, 11, 30))

    async def test_what_is_withdrawn_or_still_a_draft_does_not_hold(self, database):
        draft, given_up = await draft_policy(database, amount=9), await draft_policy(database, amount=10)
        async with work(database, MONDAY) as session:
            gone = await changes.withdraw(session, DRAFTER, given_up.id, given_up.rev, "写错了")
        assert gone.state == "withdrawn"
        with pytest.raises(ChangeNotReady):
            await sign(database, gone)
        async with work(database, MONDAY) as session:
            await calendars.changed(session)
            assert (await service.limit_for(session, CODE, "finish", MONDAY.date())).limit.amount == 5
            chosen = PolicyFilter(code=CODE, kind="finish")
            now = await rulebook.page(session, chosen)
            every = await rulebook.page(session, chosen.model_copy(update={"every_version": True}))
        assert sorted((one.version, one.state.value, one.holds) for one in now.items) == [
            (1, "in_force", True),
            (2, "draft", False),
        ]
        assert sorted(one.version for one in every.items) == [1, 2, 3]
        assert draft.policy_id == next(one.id for one in now.items if one.version == 2)


class TestDaysAndHours:
    async def test_a_holiday_added_mid_flight_moves_what_runs_over_it_and_can_be_taken_back(self, database):
        over = await start(database, CODE, "finish")
        before = await start(database, "case.consultation.normal", "finish")
        change = await draft_days(database, [("2026-11-27", False, "县庆")])
        assert (change.days_changed, change.later, change.earlier) == (1, 1, 0)
        await sign(database, change)
        await follow(database)
        assert await due_on(database, over) == date(2026, 12, 1)
        assert await due_on(database, before) == date(2026, 11, 26)
        back = await draft_days(database, removed=["2026-11-27"])
        assert (back.later, back.earlier) == (0, 1)
        await sign(database, back, APPROVER, approve=True)
        await follow(database)
        assert await due_on(database, over) == date(2026, 11, 30)

    async def test_a_local_day_goes_before_the_nation_until_it_is_taken_back(self, database):
        holiday = date(2026, 10, 1)
        works = await draft_days(database, [(holiday, True, "值班")])
        await sign(database, works)
        await follow(database)

        async def is_working_day() -> tuple[bool, bool]:
            async with work(database, MONDAY) as session:
                rules = await calendars.current(session)
                return rules.calendar.is_working_day(holiday), rules.national.is_working_day(holiday)

        assert await is_working_day() == (True, False)
        back = await draft_days(database, removed=[holiday])
        assert back.days_changed == 1
        await sign(database, back)
        assert await is_working_day() == (False, False)

    async def test_other_hours_from_a_day_on_move_the_close_of_business(self, database):
        subject_id = await start(database, CODE, "finish")
        hours = {"reason": "冬季作息", "valid_from": "2026-11-28", "hours": [{"windows": [["09:00", "18:00"]]}]}
        draft = HoursDraft.model_validate(hours)
        change = await drafted(database, lambda session, who: drafts.draft_hours(session, who, draft))
        assert (change.kind, change.later) == ("hours", 1)
        await sign(database, change)
        await follow(database)
        [view] = await clocks(database, subject_id)
        assert view.due_at == at("2026-11-30T18:00:00")
        async with work(database, MONDAY) as session:
            days = await service.calendar(session)
        assert [window.closing for window in days.windows(date(2026, 11, 27))] == ["12:00", "17:30"]

    def test_what_cannot_be_is_refused(self):
        for windows in ([["09:00", "09:00"]], [["09:00", "12:00"], ["11:00", "13:00"]]):
            with pytest.raises(WindowsRefused):
                OfficeHours.model_validate({"windows": windows})
        for windows in ([["9:00", "12:00"]], []):
            with pytest.raises(ValidationError):
                OfficeHours.model_validate({"windows": windows})
        for wrong in ({"roll": True}, {"amount": 0}, {"yellow_days": 4}, {"notice_to": "09:00"}, {"return_within": 1}):
            with pytest.raises(PolicyRefused):
                policy(**wrong)
        with pytest.raises(DayRefused):
            policy(effective_from="1999-12-31")

    async def test_an_empty_draft_is_refused(self, database):
        with pytest.raises(NothingChanges):
            await draft_days(database)


class TestBatch:
    async def test_the_preview_lists_each_clock_with_both_ends(self, database):
        seen, hidden = await start(database, CODE, "finish"), await start(database, CODE, "finish")

        async def reader(_session, _actor, subject_id):
            return subject_id == seen

        register_reader("case", reader)
        change = await draft_days(database, [("2026-11-27", False, "县庆")])
        page = await moves(database, change)
        [move] = page.items
        assert (change.later, move.subject_id) == (2, seen)
        assert hidden not in {one.subject_id for one in page.items}
        assert (move.from_due_at, move.to_due_at) == (at("2026-11-30T17:30:00"), at("2026-12-01T17:30:00"))
        assert move.shift_minutes == 24 * 60

    async def test_one_at_a_time_and_never_on_an_outdated_preview(self, database):
        first, second = await draft_policy(database, amount=6), await draft_policy(database, amount=9)
        await sign(database, first)
        with pytest.raises(ChangeRunning):
            await sign(database, second)
        await follow(database)
        with pytest.raises(PreviewOutdated):
            await sign(database, second)
        async with work(database, MONDAY) as session:
            again = await changes.preview_again(session, DRAFTER, second.id, second.rev)
            assert (again.state, again.outdated) == ("computing", True)
        async with work(database, MONDAY) as session:
            await changes.preview(session, second.id)
            ready = await changes.read(session, DRAFTER, second.id)
        await sign(database, ready)

    async def test_those_who_answer_are_told_once_for_the_whole_batch(self, database):
        unit_id = ids.new_id()
        for _ in range(3):
            subject_id = await start(database, CODE, "finish")
            async with work(database, MONDAY) as session:
                await service.hand_over(session, "case", subject_id, unit_id)
        await sign(database, await draft_days(database, [("2026-11-27", False, "县庆")]))
        await follow(database)
        await follow(database)
        async with work(database, MONDAY) as session:
            query = "SELECT payload FROM outbox_event WHERE topic = 'time_rules.followed'"
            told = [ClocksFollowed.model_validate(row) for row in (await session.scalars(sa.text(query))).all()]
        assert [event.units for event in told] == [[unit_id]]


class TestAllowances:
    async def test_pauses_and_extensions_end_with_the_policy(self, database):
        subject_id = await start(database, CODE, "finish")
        for began, ended in (("24T09:00:00", "25T09:00:00"), ("26T09:00:00", "27T09:00:00")):
            async with work(database, at(f"2026-11-{began}")) as session:
                await service.pause_clock(session, "case", subject_id, "finish", WHY)
            async with work(database, at(f"2026-11-{ended}")) as session:
                await service.resume_clock(session, "case", subject_id, "finish")
        async with work(database, at("2026-11-27T10:00:00")) as session:
            with pytest.raises(PausesUsedUp):
                await service.pause_clock(session, "case", subject_id, "finish", WHY)
            with pytest.raises(ExtensionsUsedUp):
                await service.extend_clock(session, ("case", subject_id), "finish", 6, WHY)
            await service.extend_clock(session, ("case", subject_id), "finish", 5, WHY)
            with pytest.raises(ExtensionsUsedUp):
                await service.extend_clock(session, ("case", subject_id), "finish", 1, WHY)

    async def test_one_extension_too_many_is_refused_however_short(self, database):
        subject_id = await start(database, CODE, "finish")
        async with work(database, MONDAY) as session:
            await service.extend_clock(session, ("case", subject_id), "finish", 1, WHY)
        [once] = await clocks(database, subject_id)
        async with work(database, MONDAY) as session:
            with pytest.raises(ExtensionsUsedUp):
                await service.extend_clock(session, ("case", subject_id), "finish", 1, WHY)
        [again] = await clocks(database, subject_id)
        assert (again.extension_total, again.due_at) == (1, once.due_at)

    async def test_all_pauses_together_have_a_total(self, database):
        subject_id = await start(database, "case.petition.normal", "finish")
        async with work(database, MONDAY) as session:
            await service.pause_clock(session, "case", subject_id, "finish", WHY)
        async with work(database, MONDAY + timedelta(days=60)) as session:
            await service.resume_clock(session, "case", subject_id, "finish")
        async with work(database, MONDAY + timedelta(days=61)) as session:
            with pytest.raises(PausesUsedUp):
                await service.pause_clock(session, "case", subject_id, "finish", WHY)

    async def test_a_return_is_on_record_with_reason_and_evidence(self, database):
        subject_id, proof = await start(database, CODE, "sign"), ids.new_id()
        async with work(database, MONDAY) as session:
            await service.return_clock(session, "case", subject_id, "sign", Grounds("不属本单位职责", None, [proof]))
        async with work(database, MONDAY) as session:
            told = await explanations.explain_kind(session, "case", subject_id, "sign")
        [entry] = told.ledger
        assert (entry.action, entry.reason, entry.file_ids) == ("return", "不属本单位职责", [proof])
        assert told.clock.state is ClockState.CANCELLED


async def test_a_preview_is_forgotten_a_month_after_its_change_was_done(database):
    await start(database, CODE, "finish")
    change = await draft_policy(database)
    await sign(database, change)
    await follow(database)
    left = []
    for days in (29, 31):
        async with work(database, MONDAY + timedelta(days=days)) as session:
            await changes.forget_old_previews(session)
            left.append(await session.scalar(sa.text("SELECT count(*) FROM time_change_move")))
    assert left == [1, 0]
