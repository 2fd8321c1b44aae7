"""Channels with limits of their own, and the time to appeal as a rule with versions (S3-08, S3-10, SM-25)."""

from datetime import date, timedelta
from itertools import product

import pytest
from tests.features.cases.test_lifecycle import replied
from tests.features.cases.test_requests import at
from tests.fixtures.region import World, act, done, register

from xiaoneng.core.worktime.models.words import LimitUnit
from xiaoneng.core.worktime.repository import calendars
from xiaoneng.core.worktime.rules.lamps import USUAL
from xiaoneng.core.worktime.rules.limits import Limit
from xiaoneng.core.worktime.rules.policy import Policies, Policy
from xiaoneng.core.worktime.rules.seeds import preset_policies
from xiaoneng.features.cases import rules
from xiaoneng.features.cases.models.case import CaseChannel, CaseKind, Urgency
from xiaoneng.features.cases.models.requests import AppealAbout
from xiaoneng.kit import clock

TODAY = date(2026, 11, 25)
PRESETS = Policies(preset_policies())


def test_every_channel_has_a_limit_for_every_kind_and_every_appeal_its_time() -> None:
    for kind, urgency, channel in product(CaseKind, Urgency, CaseChannel):
        scopes = rules.policy_scopes(channel)
        assert PRESETS.find(rules.policy_code(kind, urgency), "finish", TODAY, scopes)
    assert all(PRESETS.find(rules.APPEAL_POLICY, about, TODAY) for about in AppealAbout)


@pytest.mark.parametrize(
    ("channel", "amount", "unit"),
    [
        (CaseChannel.GREEN_CHANNEL, 5, LimitUnit.WORKING_DAY),
        (CaseChannel.MAILBOX, 5, LimitUnit.WORKING_DAY),
        (CaseChannel.ON_AIR, 5, LimitUnit.NATURAL_DAY),
        (CaseChannel.VISIT, 10, LimitUnit.WORKING_DAY),
    ],
)
def test_a_complaint_is_finished_as_its_channel_wants(channel: CaseChannel, amount: int, unit: LimitUnit) -> None:
    found = PRESETS.find("case.complaint.urgent", "finish", TODAY, rules.policy_scopes(channel))
    assert found
    assert (found.limit.amount, found.limit.unit) == (amount, unit)


async def test_intake_and_redo_ask_for_the_rules_of_the_channel(world: World) -> None:
    case = await register(world, channel="green_channel")
    [finish] = case["clocks"]
    assert (finish["amount"], "绿色通道" in finish["basis"]) == (5, True)
    usual = await register(world, urgency="urgent")
    assert usual["clocks"][0]["amount"] == 10


async def test_the_time_to_appeal_is_that_of_the_version_in_force(world: World) -> None:
    case = await replied(world)
    case = await done(world, "office", case, "redo", reason="答复与事实不符")
    with at(world, clock.now() + timedelta(days=4)):
        assert (await act(world, "cg.liaison", case, "appeal", about="redo", reason="不应重办")).status_code == 200
    shorter = Limit(1, LimitUnit.NATURAL_DAY)
    version = Policy(rules.APPEAL_POLICY, "redo", clock.today(), shorter, USUAL, "本区规定：次日内提出", version=2)
    other = await done(world, "office", await replied(world), "redo", reason="答复与事实不符")
    async with world.database.unit_of_work() as session:
        await calendars.save_policies(session, [version])
        await calendars.changed(session)
    with at(world, clock.now() + timedelta(days=4)):
        late = await act(world, "cg.liaison", other, "appeal", about="redo", reason="不应重办")
    assert late.json()["code"] == "cases.appeal_too_late"
