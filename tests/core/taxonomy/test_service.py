from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event
from tests.core.scratch import Surroundings, actor

from xiaoneng.core.access.models import Role
from xiaoneng.core.taxonomy import service
from xiaoneng.core.taxonomy.errors import UnknownCode, UnknownScheme
from xiaoneng.core.taxonomy.models import Scheme
from xiaoneng.core.taxonomy.schemas import TaxonomyImportRead
from xiaoneng.core.timeline.schemas import Author
from xiaoneng.kit import clock
from xiaoneng.kit.db import Database

pytestmark = pytest.mark.anyio
START = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
HEADER = "一级分类,二级分类,三级分类\n"


@pytest.fixture(autouse=True, scope="module")
async def _seeded(database: Database) -> None:
    with clock.frozen(START):
        async with database.unit_of_work() as session:
            await service.seed(session)


async def _import(database: Database, text: str, valid_from: date) -> TaxonomyImportRead:
    author = actor("office", Role.LGO).author
    async with database.unit_of_work() as session:
        return await service.import_table(session, author, Scheme.VIOLATION, (HEADER + text).encode(), valid_from)


async def _import_and_fail(database: Database, author: Author) -> None:
    async with database.unit_of_work() as session:
        await service.import_table(session, author, Scheme.PROBLEM, (HEADER + "幻影").encode(), date(2026, 1, 1))
        raise ZeroDivisionError


@pytest.fixture
def label_tree() -> bytes:
    path = Surroundings().xiaoneng_shared_data / "messages" / "label_tree.csv"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    return path.read_bytes()


class TestSeeds:
    async def test_seeding_twice_makes_nothing_new(self, database: Database) -> None:
        async with database.unit_of_work() as session:
            assert await service.seed(session) == []

    async def test_the_lists_hold_what_the_documents_name(self, database: Database) -> None:
        async with database.unit_of_work() as session:
            problems = (await service.code_list(session, "problem")).terms.values()
            violations = (await service.code_list(session, "violation")).terms.values()
            categories = (await service.code_list(session, "case_category")).terms.values()
        assert sum(term.parent_code == "SD" for term in problems) == 10
        groups = [term.code for term in problems if term.parent_code == "TC"]
        assert [sum(term.parent_code == group for term in problems) for group in groups] == [3, 7, 5, 4]
        by_list = [sum(term.parent_code == code for term in violations) for code in ("YJ", "JZ", "ZZ")]
        assert by_list == [5, 4, 5]
        assert sum(term.parent_code is None for term in categories) == 12
        assert min(sum(term.parent_code == f"{top:02d}" for term in categories) for top in range(1, 13)) >= 6

    async def test_names_are_distinct_under_each_parent(self, database: Database) -> None:
        async with database.unit_of_work() as session:
            for scheme in Scheme:
                terms = (await service.code_list(session, scheme)).terms.values()
                assert len({(term.parent_code, term.name) for term in terms}) == len(terms)


class TestReading:
    async def test_names_and_requires(self, database: Database) -> None:
        async with database.unit_of_work() as session:
            assert await service.name_of(session, "problem", "SD01") == "不担当"
            assert await service.name_of(session, "problem", "SD99") == "SD99"
            assert (await service.require(session, "violation", "YJ402")).parent_code == "YJ4"
            with pytest.raises(UnknownCode):
                await service.require(session, "problem", "SD99")
            with pytest.raises(UnknownScheme):
                await service.code_list(session, "laundry")

    async def test_a_fresh_list_costs_no_query_and_a_stale_one_a_single_one(self, database: Database) -> None:
        statements: list[str] = []

        def note(*arguments: object) -> None:
            statements.append(str(arguments[2]))

        later = START + timedelta(days=40)
        with clock.frozen(later):
            async with database.unit_of_work() as session:
                await service.names(session, "problem")
                event.listen(database.engine.sync_engine, "before_cursor_execute", note)
                for _ in range(50):
                    await service.require(session, "case_category", "0101")
        with clock.frozen(later + timedelta(milliseconds=1001)):
            async with database.unit_of_work() as session:
                await service.require(session, "case_category", "0101")
                await service.require(session, "problem", "SD01")
        event.remove(database.engine.sync_engine, "before_cursor_execute", note)
        assert [line for line in statements if "taxonomy" in line] == statements
        assert len(statements) == 1


class TestImport:
    async def test_a_new_edition_counts_from_its_day_and_retires_what_is_gone(self, database: Database) -> None:
        day = START + timedelta(days=100)
        with clock.frozen(day):
            report = await _import(database, "五严禁,有令不行、自行其是\n新增类,新增项", clock.today() + timedelta(1))
            assert (report.applied, report.version) == (True, 2)
            async with database.unit_of_work() as session:
                assert (await service.code_list(session, "violation")).version == 1
        with clock.frozen(day + timedelta(days=1)):
            async with database.unit_of_work() as session:
                assert (await service.require(session, "violation", "YJ2")).name == "有令不行、自行其是"
                shown = await service.read(session, "violation")
                assert [item.name for item in shown.items] == ["五严禁", "有令不行、自行其是", "新增类", "新增项"]
                assert await service.name_of(session, "violation", "ZZ502") == "权力寻租"
                with pytest.raises(UnknownCode):
                    await service.require(session, "violation", "ZZ502")

    async def test_the_same_table_again_is_no_new_edition(self, database: Database) -> None:
        with clock.frozen(START + timedelta(days=200)):
            first = await _import(database, "甲,乙\n甲,丙", date(2027, 1, 1))
            again = await _import(database, "甲,乙\n甲,丙", date(2027, 6, 1))
        assert (first.applied, again.applied) == (True, False)
        assert (again.version, again.created, again.unchanged) == (first.version, 0, 3)
        assert again.valid_from == date(2027, 1, 1)

    async def test_one_wrong_row_leaves_everything_as_it_was(self, database: Database) -> None:
        with clock.frozen(START + timedelta(days=300)):
            report = await _import(database, "子,丑\n寅,,卯", date(2027, 1, 1))
            assert not report.applied
            assert [(error.row, error.column) for error in report.errors] == [(3, "二级分类")]
            async with database.unit_of_work() as session:
                assert "子" not in (await service.names(session, "violation")).values()

    async def test_a_rolled_back_edition_is_never_shown(self, database: Database) -> None:
        author = actor("office", Role.LGO).author
        with clock.frozen(START + timedelta(days=400)):
            with pytest.raises(ZeroDivisionError):
                await _import_and_fail(database, author)
            async with database.unit_of_work() as session:
                assert (await service.code_list(session, "problem")).version == 1

    async def test_takes_a_whole_official_tree(self, database: Database, label_tree: bytes) -> None:
        author = actor("office", Role.LGO).author
        with clock.frozen(START + timedelta(days=500)):
            async with database.unit_of_work() as session:
                report = await service.import_table(session, author, Scheme.CASE_CATEGORY, label_tree, clock.today())
            async with database.unit_of_work() as session:
                found = await service.code_list(session, "case_category")
        assert (report.errors, report.applied) == ([], True)
        live = {code: term for code, term in found.terms.items() if not term.retired}
        depths = [len(found.path_of(code)) for code in live]
        assert [depths.count(depth) for depth in (1, 2, 3)] == [15, 118, 517]
        assert found.path_of("01") == ("城乡建设",)
