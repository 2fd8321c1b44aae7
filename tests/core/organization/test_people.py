"""People, posts, bodies, and the roles that begin and end with them."""

import asyncio
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from tests.core.organization.region import FOUNDED, Post, hire, new_unit, serve_in

from xiaoneng.core.access.errors import PermissionDenied
from xiaoneng.core.access.models import Role
from xiaoneng.core.access.rules import pivot
from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.organization import policies
from xiaoneng.core.organization.errors import DateOutOfOrder, DutiesNotSeparate, PostTaken, UnitGone
from xiaoneng.core.organization.models import Appointment, Membership, Person
from xiaoneng.core.organization.schemas.bodies import MembershipEnd
from xiaoneng.core.organization.schemas.people import AppointmentCreate, AppointmentEnd
from xiaoneng.core.organization.schemas.units import UnitAbolish
from xiaoneng.core.organization.service import bodies, directory, people, units
from xiaoneng.core.timeline.models import ActorKind
from xiaoneng.core.timeline.schemas import SYSTEM
from xiaoneng.kit import clock, ids
from xiaoneng.kit.crypto import provider
from xiaoneng.kit.problems import InvalidInput, NotFound, PreconditionFailed

pytestmark = pytest.mark.anyio
DAY = timedelta(days=1)
LAST = date(2025, 6, 30)
OFFICE = Actor(ids.new_id(), "专班", ActorKind.PERSON, None, None, {Role.LGO: frozenset()}, pivot().grants)


async def roles(database, person_id, on=None):
    async with database.unit_of_work() as session:
        return await directory.roles_of(session, person_id, on)


async def hired(database, *posts, **more):
    async with database.unit_of_work() as session:
        return await hire(session, *posts, **more)


async def appoint(database, person_id, unit_id, role, **more):
    async with database.unit_of_work() as session:
        draft = AppointmentCreate(person_id=person_id, unit_id=unit_id, title="职务", role=role, **more)
        return await people.appoint(session, SYSTEM, draft)


class TestRolesOverTime:
    async def test_a_role_holds_from_the_first_day_to_the_last_and_not_the_day_after(self, database, region):
        person = await hired(database, Post(region["bureau"], Role.ULN, FOUNDED, LAST))
        expected = {Role.ULN: frozenset({region["bureau"], region["station"]})}
        assert await roles(database, person, FOUNDED - DAY) == {}
        assert await roles(database, person, FOUNDED) == expected
        assert await roles(database, person, LAST) == expected
        assert await roles(database, person, LAST + DAY) == {}
        with clock.frozen(clock.now().replace(year=2025, month=6, day=30, hour=15, minute=59)):
            assert await roles(database, person) == expected
        with clock.frozen(clock.now().replace(year=2025, month=6, day=30, hour=16, minute=0)):
            assert await roles(database, person) == {}, "16:00 UTC is midnight in the region"

    async def test_two_posts_of_one_role_reach_both_subtrees(self, database, region):
        person = await hired(database, Post(region["station"], Role.HDL), Post(region["village"], Role.HDL))
        assert await roles(database, person) == {Role.HDL: frozenset({region["station"], region["village"]})}

    async def test_a_body_at_the_root_reaches_everywhere_while_the_loan_lasts(self, database, region):
        person = await hired(database, Post(region["town"]))
        async with database.unit_of_work() as session:
            membership = await serve_in(session, person, region["county"], Role.INS)
            everywhere = await directory.subtree(session, [region["county"]])
        assert await roles(database, person) == {Role.INS: everywhere}
        assert len(everywhere) >= 6
        async with database.unit_of_work() as session:
            await bodies.end_membership(
                session, SYSTEM, membership, MembershipEnd(valid_to=clock.today(), reason="借调期满")
            )
        assert await roles(database, person) == {Role.INS: everywhere}
        assert await roles(database, person, clock.today() + DAY) == {}

    async def test_a_post_without_a_role_makes_staff_and_nothing_else(self, database, region):
        person = await hired(database, Post(region["town"]))
        async with database.unit_of_work() as session:
            position = await directory.position_of(session, person)
        assert (position.roles, position.unit_id, position.member_units) == (
            {},
            region["town"],
            frozenset({region["town"]}),
        )

    async def test_a_body_alone_makes_no_staff(self, database, region):
        person = await hired(database)
        async with database.unit_of_work() as session:
            await serve_in(session, person, region["county"], Role.LGO)
        async with database.unit_of_work() as session:
            position = await directory.position_of(session, person)
        assert (position.unit_id, position.member_units) == (region["county"], frozenset())

    async def test_roles_end_with_the_unit(self, database, region):
        unit = await new_unit(database, region["county"], "将撤局")
        person = await hired(database, Post(unit, Role.UHD))
        async with database.unit_of_work() as session:
            await units.abolish_unit(session, SYSTEM, unit, UnitAbolish(reason="机构改革"))
        assert await roles(database, person) == {}
        assert await roles(database, person, clock.today() - DAY) == {Role.UHD: frozenset({unit})}

    async def test_ending_a_post(self, database, region):
        person = await hired(database)
        post = await appoint(database, person, region["office"], Role.HDL, valid_from=FOUNDED)
        async with database.unit_of_work() as session:
            ended = await people.end_appointment(
                session, SYSTEM, post.id, AppointmentEnd(valid_to=LAST, reason="轮岗"), 1
            )
            assert ended.rev == 2
        assert await roles(database, person, LAST) != {}
        assert await roles(database, person, LAST + DAY) == {}
        for day, rev, error in (
            (LAST + DAY, 2, DateOutOfOrder),
            (FOUNDED - DAY, 2, DateOutOfOrder),
            (LAST, 1, PreconditionFailed),
        ):
            with pytest.raises(error):
                async with database.unit_of_work() as session:
                    await people.end_appointment(
                        session, SYSTEM, post.id, AppointmentEnd(valid_to=day, reason="轮岗"), rev
                    )

    async def test_ending_what_never_was(self, database, region):
        with pytest.raises(NotFound):
            async with database.unit_of_work() as session:
                await people.end_appointment(
                    session, SYSTEM, ids.new_id(), AppointmentEnd(valid_to=LAST, reason="轮岗")
                )
        with pytest.raises(NotFound):
            async with database.unit_of_work() as session:
                await bodies.end_membership(session, SYSTEM, ids.new_id(), MembershipEnd(valid_to=LAST, reason="轮岗"))


class TestSeparation:
    def test_every_pair_of_roles(self):
        admins = {Role.SYS, Role.SEC, Role.AUA}
        for one in Role:
            for other in Role:
                separate = one == other or not {one, other} & admins
                assert policies.are_separate({one, other}) is separate, (one, other)

    @pytest.mark.parametrize(("held", "wanted"), [(Role.SYS, Role.SEC), (Role.AUA, Role.UHD), (Role.HDL, Role.SYS)])
    async def test_one_person_does_not_hold_both(self, database, region, held, wanted):
        person = await hired(database, Post(region["station"], held))
        with pytest.raises(DutiesNotSeparate):
            await appoint(database, person, region["village"], wanted)

    async def test_a_body_counts_too(self, database, region):
        person = await hired(database, Post(region["station"], Role.SEC))
        with pytest.raises(DutiesNotSeparate):
            async with database.unit_of_work() as session:
                await serve_in(session, person, region["county"], Role.ACC)
        other = await hired(database)
        async with database.unit_of_work() as session:
            await serve_in(session, other, region["county"], Role.ACC)
        with pytest.raises(DutiesNotSeparate):
            await appoint(database, other, region["station"], Role.AUA)

    async def test_one_after_the_other_is_allowed(self, database, region):
        person = await hired(database, Post(region["station"], Role.SYS, FOUNDED, LAST))
        await appoint(database, person, region["station"], Role.SEC, valid_from=LAST + DAY)
        with pytest.raises(DutiesNotSeparate):
            await appoint(database, person, region["station"], Role.HDL, valid_from=LAST, valid_to=LAST)

    async def test_two_grants_at_once(self, database, region):
        person = await hired(database)
        grants = (appoint(database, person, region["station"], role) for role in (Role.SYS, Role.SEC, Role.AUA))
        outcomes = await asyncio.gather(*grants, return_exceptions=True)
        assert [type(outcome) for outcome in outcomes].count(DutiesNotSeparate) == 2


class TestAppoint:
    async def test_a_unit_has_one_head_and_one_deputy_in_charge(self, database, region):
        await hired(database, Post(region["village"], Role.UHD))
        second = await hired(database)
        with pytest.raises(PostTaken):
            await appoint(database, second, region["village"], Role.UHD)
        await appoint(database, second, region["village"], None, is_deputy_in_charge=True)
        with pytest.raises(PostTaken):
            await appoint(database, second, region["village"], None, is_deputy_in_charge=True)

    async def test_the_database_itself_refuses_a_second_head(self, database, region):
        person = await hired(database, Post(region["town"], Role.UHD))
        with pytest.raises(sa.exc.IntegrityError):
            async with database.unit_of_work() as session:
                session.add(
                    Appointment(
                        person_id=person, unit_id=region["town"], title="书记", role=Role.UHD, valid_from=FOUNDED
                    )
                )

    async def test_a_head_may_follow_another(self, database, region):
        await hired(database, Post(region["station"], Role.UHD, FOUNDED, LAST))
        await hired(database, Post(region["station"], Role.UHD, LAST + DAY))

    @pytest.mark.parametrize(
        ("change", "error"),
        [
            ({"role": Role.LGO}, InvalidInput),
            ({"unit_id": ids.new_id()}, UnitGone),
            ({"person_id": ids.new_id()}, NotFound),
            ({"valid_from": LAST, "valid_to": FOUNDED}, DateOutOfOrder),
            ({"valid_from": FOUNDED - DAY}, UnitGone),
        ],
    )
    async def test_refusals(self, database, region, change, error):
        person = await hired(database)
        draft = {"person_id": person, "unit_id": region["town"], "role": None, **change}
        with pytest.raises(error):
            await appoint(database, **draft)

    @pytest.mark.parametrize("table", [Appointment, Membership])
    async def test_the_database_itself_refuses_an_end_before_the_start(self, database, region, table):
        assert any("valid_range" in str(check.name) for check in table.__table__.constraints)

    async def test_nobody_grants_or_ends_their_own(self, database, region):
        person = await hired(database, Post(region["office"], Role.SEC))
        actor = Actor(ids.new_id(), "安全员", ActorKind.PERSON, person, None, {Role.SEC: frozenset()}, {})
        draft = AppointmentCreate(person_id=person, unit_id=region["town"], title="职务", role=Role.SEC)
        with pytest.raises(PermissionDenied):
            async with database.unit_of_work() as session:
                await people.grant_post(session, actor, draft)
        async with database.unit_of_work() as session:
            own = await session.scalar(sa.select(Appointment).where(Appointment.person_id == person))
        with pytest.raises(PermissionDenied):
            async with database.unit_of_work() as session:
                await people.revoke_post(
                    session, actor, own.id, AppointmentEnd(valid_to=clock.today(), reason="免职"), 1
                )
        assert Role.SEC in await roles(database, person, clock.today() + DAY)


class TestPeople:
    async def test_the_telephone_is_sealed_and_can_be_found_by_its_hash(self, database, region):
        person = await hired(database, phone="13900001234")
        async with database.unit_of_work() as session:
            raw = await session.execute(sa.text("SELECT phone, phone_hash FROM person WHERE id = :id"), {"id": person})
            sealed, phone_hash = raw.one()
            found = await session.scalar(
                sa.select(Person).where(Person.phone_hash == provider().lookup_hash("13900001234"))
            )
        assert b"13900001234" not in bytes(sealed)
        assert bytes(phone_hash) == provider().lookup_hash("13900001234")
        assert (found.id, found.phone) == (person, "13900001234")

    async def test_who_answers_for_a_unit(self, database, region):
        head = await hired(database, Post(region["office"], Role.UHD, title="主任"), name="沈一鸣")
        liaison = await hired(database, Post(region["office"], Role.ULN), name="顾清和")
        gone = await hired(database, Post(region["office"], Role.ULN, FOUNDED, LAST), name="前联络员")
        deputy = await hired(database, name="邵文")
        await appoint(database, deputy, region["office"], None, is_deputy_in_charge=True)
        async with database.unit_of_work() as session:
            unit = await directory.get_unit(session, region["office"])
            staff = (await directory.people_of(session, OFFICE, region["office"])).items
        assert (unit.head.id, unit.deputy_in_charge.id, unit.liaison.id) == (head, deputy, liaison)
        assert staff[0].id == head
        assert staff[0].post == "主任"
        assert gone not in {one.id for one in staff}
        assert {head, liaison, deputy} <= {one.id for one in staff}

    async def test_a_handler_is_somebody_of_the_unit_or_below(self, database, region):
        person = await hired(database, Post(region["station"], Role.HDL), name="陆小满")
        async with database.unit_of_work() as session:
            assert (await directory.find_person_in(session, person, region["bureau"])).name == "陆小满"
            assert await directory.find_person_in(session, person, region["town"]) is None
            assert await directory.find_person_in(session, person, None) is None
            assert await directory.find_person_in(session, ids.new_id(), region["bureau"]) is None
            assert (await directory.find_person(session, person)).name == "陆小满"

    async def test_names_of_people(self, database, region):
        person = await hired(database, name="白露")
        async with database.unit_of_work() as session:
            assert {
                key: ref.name for key, ref in (await directory.person_refs(session, [person, ids.new_id()])).items()
            } == {person: "白露"}
            assert await directory.person_refs(session, []) == {}
            with pytest.raises(NotFound):
                await directory.people_of(session, OFFICE, ids.new_id())
            with pytest.raises(NotFound):
                await directory.get_unit(session, ids.new_id())
