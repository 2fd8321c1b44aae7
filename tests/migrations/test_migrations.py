"""The schema grows in one line, can be taken back, and says what the models say."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel
from tests.fixtures.postgres import REPO, ROLES, Urls, cloned, upgrade_to_head

from xiaoneng.kit.db import sqlalchemy_url
from xiaoneng.kit.embedded_pg import provision
from xiaoneng.models import __all__ as registered

VERSIONS = REPO / "migrations" / "versions"
NAME = re.compile(r"\d{4}-\d{2}-\d{2}-\d{4}_[a-z][a-z0-9_]*\.py")
LEDGERS = ("timeline_entry", "clock_ledger")


def config(url: str = "") -> Config:
    made = Config(toml_file=REPO / "pyproject.toml")
    made.set_main_option("script_location", str(REPO / "migrations"))
    made.attributes["url"] = url
    return made


@contextmanager
def empty(urls: Urls, name: str) -> Iterator[Urls]:
    """A database as the launcher makes it, before any revision."""
    with psycopg.connect(urls.admin, autocommit=True) as cluster:
        provision.ensure_database(cluster, name, ROLES, by_files=True)
    try:
        with psycopg.connect(urls.to(name).owner, autocommit=True) as connection:
            provision.prepare_database(connection, ROLES)
        yield urls.to(name)
    finally:
        with psycopg.connect(urls.admin, autocommit=True) as cluster:
            cluster.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def shape(url: str) -> list[tuple[object, ...]]:
    """Everything of ours in the catalogue: relations, columns, constraints, indexes, triggers, functions."""
    query = """
        SELECT 'relation', c.relname::text, c.relkind::text, '' FROM pg_class c
          WHERE c.relnamespace = 'public'::regnamespace
        UNION ALL SELECT 'column', table_name || '.' || column_name, data_type, coalesce(column_default, '')
          FROM information_schema.columns WHERE table_schema = 'public'
        UNION ALL SELECT 'constraint', conname::text, conrelid::regclass::text, pg_get_constraintdef(oid)
          FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT 'trigger', tgname::text, tgrelid::regclass::text, pg_get_triggerdef(oid)
          FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT 'function', p.oid::regprocedure::text, md5(p.prosrc), '' FROM pg_proc p
          WHERE p.pronamespace = 'public'::regnamespace
            AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
        UNION ALL SELECT 'type', t.typname::text, t.typtype::text, '' FROM pg_type t
          WHERE t.typnamespace = 'public'::regnamespace AND t.typtype IN ('e', 'd')
        UNION ALL SELECT 'grant', table_name::text, grantee::text, privilege_type::text
          FROM information_schema.role_table_grants WHERE table_schema = 'public'
        ORDER BY 1, 2, 3, 4
    """
    with psycopg.connect(url) as connection:
        return [tuple(row) for row in connection.execute(query)]


class TestRevisions:
    def test_there_is_one_head_and_one_line(self) -> None:
        script = ScriptDirectory.from_config(config())
        assert len(script.get_heads()) == 1
        assert len(script.get_bases()) == 1
        revisions = list(script.walk_revisions())
        assert len(revisions) == len(list(VERSIONS.glob("*.py")))
        assert [
            revision.revision for revision in revisions if revision.is_merge_point or revision.is_branch_point
        ] == []

    def test_every_file_is_named_by_its_day_and_can_be_taken_back(self) -> None:
        names = sorted(file.name for file in VERSIONS.glob("*.py"))
        assert [name for name in names if not NAME.fullmatch(name)] == []
        line = [revision.path.rpartition("/")[2] for revision in ScriptDirectory.from_config(config()).walk_revisions()]
        assert line[::-1] == names, "files are sorted as they run"
        for revision in ScriptDirectory.from_config(config()).walk_revisions():
            assert callable(getattr(revision.module, "downgrade", None)), revision.path
            assert revision.doc, f"{revision.path} says what it does"


class TestOnAServer:
    def test_up_down_and_up_again_leads_to_the_same_schema(self, postgres_urls: Urls) -> None:
        with empty(postgres_urls, "xnt_migrations") as urls:
            before = shape(urls.owner)
            upgrade_to_head(urls.owner)
            first = shape(urls.owner)
            assert len(first) > 500
            command.downgrade(config(urls.owner), "base")
            left = [row for row in shape(urls.owner) if row not in before]
            assert [row for row in left if "alembic_version" not in str(row)] == []
            upgrade_to_head(urls.owner)
            assert shape(urls.owner) == first

    def test_every_step_back_can_be_taken_alone(self, postgres_urls: Urls) -> None:
        with empty(postgres_urls, "xnt_migrations_steps") as urls:
            upgrade_to_head(urls.owner)
            for _ in ScriptDirectory.from_config(config()).walk_revisions():
                command.downgrade(config(urls.owner), "-1")
                command.upgrade(config(urls.owner), "+1")
                command.downgrade(config(urls.owner), "-1")

    def test_the_models_say_what_the_migrations_made(self, worker_database: Urls) -> None:
        assert registered
        ours = frozenset(SQLModel.metadata.tables)
        engine = sa.create_engine(sqlalchemy_url(worker_database.owner), poolclass=sa.pool.NullPool)
        options = {
            "compare_type": True,
            "include_object": lambda _, name, kind, reflected, __: kind != "table" or not reflected or name in ours,
        }
        with engine.connect() as connection:
            found = compare_metadata(MigrationContext.configure(connection, opts=options), SQLModel.metadata)
        engine.dispose()
        assert found == []


@pytest.fixture(scope="module")
def filled(postgres_urls: Urls, template: str) -> Iterator[Urls]:
    """A database with one row in every ledger and in every month of the history."""
    with cloned(postgres_urls, template) as urls:
        with psycopg.connect(urls.admin) as connection:
            connection.execute("SET session_replication_role = replica")  # rows without the objects they speak of
            connection.execute(
                "INSERT INTO clock_ledger (id, clock_id, action, at, calendar_version) "
                "VALUES (gen_random_uuid(), gen_random_uuid(), 'stop', now(), 1)"
            )
            for months in (-1200, *range(-1, 4)):
                connection.execute(
                    "INSERT INTO timeline_entry "
                    "(id, at, actor_kind, actor_name, subject_type, subject_id, action, changes, is_read) "
                    "VALUES (gen_random_uuid(), date_trunc('month', now()) + make_interval(months => %s, days => 3), "
                    "'system', '', 'case', gen_random_uuid(), 'register', '{}', false)",
                    [months],
                )
        yield urls


def ledgers(url: str) -> list[str]:
    query = "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'timeline_entry'::regclass ORDER BY 1"
    with psycopg.connect(url) as connection:
        return [*LEDGERS, *(str(name) for (name,) in connection.execute(query))]


class TestLedgers:
    @pytest.mark.parametrize("role", ["app", "owner", "admin"])
    def test_refuse_every_change_of_what_is_written(self, filled: Urls, role: str) -> None:
        names = ledgers(filled.owner)
        assert len(names) == len(LEDGERS) + 6
        refused = psycopg.errors.InsufficientPrivilege if role == "app" else psycopg.errors.RestrictViolation
        for name in names:
            for statement in (f"UPDATE {name} SET id = id", f"DELETE FROM {name}", f"TRUNCATE {name}"):
                with psycopg.connect(getattr(filled, role)) as connection:
                    assert connection.execute(f"SELECT count(*) > 0 FROM {name}").fetchone() == (True,), name
                    try:
                        connection.execute(statement)
                    except refused:
                        continue
                    pytest.fail(f"{statement} went through as {role}")

    def test_take_new_entries_from_the_application(self, filled: Urls) -> None:
        with psycopg.connect(filled.app) as connection:
            connection.execute(
                "INSERT INTO timeline_entry SELECT gen_random_uuid(), at, actor_kind, actor_id, actor_name, "
                "subject_type, subject_id, action, from_state, to_state, reason, changes, is_read FROM timeline_entry"
            )
            connection.rollback()

    def test_the_application_may_not_switch_the_refusal_off(self, filled: Urls) -> None:
        for statement in (
            "ALTER TABLE timeline_entry DISABLE TRIGGER ALL",
            "DROP TRIGGER timeline_entry_append_only ON timeline_entry",
            "SET session_replication_role = replica",
            "DROP TABLE clock_ledger",
        ):
            with psycopg.connect(filled.app) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)

    def test_a_month_added_later_refuses_like_the_others(self, filled: Urls) -> None:
        with psycopg.connect(filled.app) as connection:
            assert connection.execute("SELECT add_history_months(5)").fetchone() == (2,)
            assert connection.execute("SELECT add_history_months(5)").fetchone() == (0,)
        newest = ledgers(filled.owner)[-2]
        for url in (filled.app, filled.owner):
            with (
                psycopg.connect(url) as connection,
                pytest.raises(psycopg.errors.Error, match=r"append-only|permission"),
            ):
                connection.execute(f"TRUNCATE {newest}")
