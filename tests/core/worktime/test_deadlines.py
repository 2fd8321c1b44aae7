"""What is left of a limit, as pages and lists show it."""

from datetime import timedelta

import pytest
from sqlalchemy import event
from tests.core.worktime.steps import MONDAY, at, clocks, start, work

from xiaoneng.core.worktime.models.words import Lamp
from xiaoneng.core.worktime.service import clocks as service
from xiaoneng.kit import ids

pytestmark = pytest.mark.anyio


@pytest.fixture
def database(module_database):
    return module_database


class TestReading:
    async def test_many_objects_cost_one_statement_and_no_calendar_query(self, database):
        subjects = [await start(database, "case.complaint.normal", kind) for kind in ("sign", "contact", "finish")]
        statements: list[str] = []
        async with work(database, MONDAY) as session:
            await service.calendar(session)

            @event.listens_for(database.engine.sync_engine, "before_cursor_execute")
            def note(_conn, _cursor, statement, *_rest):
                statements.append(statement)

            found = await service.clocks_of(session, "case", [*subjects, ids.new_id()])
            event.remove(database.engine.sync_engine, "before_cursor_execute", note)
        assert set(found) == set(subjects)
        assert len(statements) == 1

    async def test_the_nearest_open_deadline_counts(self, database):
        subject_id = await start(database, "case.complaint.normal", "finish")
        async with work(database, MONDAY) as session:
            order = {"subject_type": "case", "subject_id": subject_id, "unit_id": None, "started_at": MONDAY}
            await service.start_clock(session, **order, kind="contact", policy_code="case.complaint.normal")
        views = await clocks(database, subject_id, at("2026-11-24T11:00:00"))
        nearest = service.deadline_of(views)
        assert (nearest.kind, nearest.overdue, nearest.remaining_minutes) == ("contact", True, -60)

    async def test_lists_get_deadline_and_lamp_from_the_due_date_alone(self, database):
        async with work(database, MONDAY) as session:
            days = await service.calendar(session)
            due_at = await service.add_working_days(session, MONDAY, 3)
            assert due_at == at("2026-11-26T23:59:59.999999")
            assert await service.working_days_between(session, MONDAY, due_at) == 3
            shown = {}
            for count in (-1, 1, 3, 4):
                end = due_at + timedelta(days=count - 3)
                deadline = service.deadline(days, "finish", end)
                shown[count] = (service.lamp(deadline), deadline.remaining_working_days, deadline.overdue)
        assert shown == {
            -1: (Lamp.RED, -1, True),
            1: (Lamp.YELLOW, 1, False),
            3: (Lamp.BLUE, 3, False),
            4: (Lamp.GREEN, 4, False),
        }
        paused = service.deadline(days, "finish", None)
        assert (service.lamp(paused), service.lamp(None)) == (Lamp.PAUSED, Lamp.DONE)
