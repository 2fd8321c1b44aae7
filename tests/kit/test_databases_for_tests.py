"""The databases tests run on, checked with a small schema of their own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from tests.fixtures import postgres
from tests.fixtures.postgres import Roles, Urls, cloned, ensure_template, fingerprint

KEY = f"probe{os.getpid()}"


def create_letters(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE letter (id int GENERATED ALWAYS AS IDENTITY, text text)")


@pytest.fixture(scope="module")
def letters(postgres_urls: Urls) -> Iterator[str]:
    """A template of this module's own; the schema's real one stays."""
    name = ensure_template(postgres_urls, create_letters, KEY)
    yield name
    with psycopg.connect(postgres_urls.admin, autocommit=True) as cluster:
        postgres._drop(cluster, name)


def ask(url: str, statement: str) -> object:
    with psycopg.connect(url) as connection:
        cursor = connection.execute(statement)
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def test_clones_share_the_schema_and_no_rows(postgres_urls: Urls, letters: str) -> None:
    with cloned(postgres_urls, letters) as one, cloned(postgres_urls, letters) as other:
        ask(one.app, "INSERT INTO letter (text) VALUES ('诉求')")
        assert ask(one.app, "SELECT count(*) FROM letter") == 1
        assert ask(other.app, "SELECT count(*) FROM letter") == 0


def test_a_clone_is_gone_afterwards_whoever_is_connected(postgres_urls: Urls, letters: str) -> None:
    with cloned(postgres_urls, letters) as urls:
        forgotten = psycopg.connect(urls.app)
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(urls.app)
    forgotten.close()


def test_the_app_role_has_the_privileges_of_production(postgres_urls: Urls, letters: str) -> None:
    with cloned(postgres_urls, letters) as urls:
        for refused in ("CREATE TABLE more (n int)", "TRUNCATE letter", "CREATE TEMP TABLE more (n int)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                ask(urls.app, refused)


def test_a_template_is_built_once_by_workers_that_start_together(postgres_urls: Urls, tmp_path: Path) -> None:
    key, log = f"{KEY}race", tmp_path / "built"
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from tests.fixtures.postgres import Urls, ensure_template\n"
        "urls = Urls(*sys.argv[2:5])\n"
        "print(ensure_template(urls, lambda url: print('built', file=open(sys.argv[6], 'a')), sys.argv[5]))\n"
    )
    roles = [postgres_urls.admin, postgres_urls.owner, postgres_urls.app]
    command = [sys.executable, "-W", "ignore", "-c", script, str(postgres.REPO), *roles, key, str(log)]
    workers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    names = {worker.communicate(timeout=120)[0].strip() for worker in workers}
    with psycopg.connect(postgres_urls.admin, autocommit=True) as cluster:
        postgres._drop(cluster, f"xnt_template_{key}")
    assert names == {f"xnt_template_{key}"}
    assert log.read_text() == "built\n"


def test_a_schema_that_fails_to_build_is_not_mistaken_for_a_template(postgres_urls: Urls) -> None:
    def fail(url: str) -> None:
        create_letters(url)
        raise LookupError("no such revision")

    with pytest.raises(LookupError):
        ensure_template(postgres_urls, fail, f"{KEY}bad")
    name = ensure_template(postgres_urls, create_letters, f"{KEY}bad")
    with cloned(postgres_urls, name) as urls:
        assert ask(urls.app, "SELECT count(*) FROM letter") == 0
    with psycopg.connect(postgres_urls.admin, autocommit=True) as cluster:
        postgres._drop(cluster, name)


def test_what_a_killed_session_left_is_removed(postgres_urls: Urls, letters: str) -> None:
    with subprocess.Popen(["true"]) as gone:
        pass
    name = f"xnt_clone_{gone.pid}_1"
    with psycopg.connect(postgres_urls.admin, autocommit=True) as cluster:
        cluster.execute(f"CREATE DATABASE {name}")
        with cloned(postgres_urls, letters) as mine:
            postgres._drop_leftovers(cluster)
            assert postgres._databases(cluster, name) == []
            assert ask(mine.app, "SELECT count(*) FROM letter") == 0
        assert postgres._databases(cluster, letters) == [letters]


def test_a_new_migration_asks_for_a_new_template(tmp_path: Path) -> None:
    (tmp_path / "versions").mkdir()
    (tmp_path / "versions" / "one.py").write_text("a = 1")
    before = fingerprint(tmp_path)
    (tmp_path / "versions" / "notes.txt").write_text("no code")
    assert fingerprint(tmp_path) == before
    (tmp_path / "versions" / "two.sql").write_text("SELECT 1")
    assert fingerprint(tmp_path) != before


def test_addresses_of_an_existing_server() -> None:
    admin = "postgresql://root:a%2Fb@db.example:6432/postgres?sslmode=require"
    assert postgres._with_database(admin, "one") == "postgresql://root:a%2Fb@db.example:6432/one?sslmode=require"
    assert (
        postgres._with_login(admin, "app", "p/w") == "postgresql://app:p%2Fw@db.example:6432/postgres?sslmode=require"
    )


def test_an_existing_server_gets_roles_that_can_log_in(postgres_urls: Urls) -> None:
    roles = Roles(f"{KEY}_owner", f"{KEY}_app")
    first = postgres._urls_of_existing(postgres_urls.admin, roles)
    assert postgres._urls_of_existing(postgres_urls.admin, roles) == first
    assert ask(first.to("template1").owner, "SELECT current_user::text") == roles.owner
    assert ask(first.to("template1").app, "SELECT current_user::text") == roles.app
    with psycopg.connect(postgres_urls.admin, autocommit=True) as cluster:
        cluster.execute(f"DROP ROLE {roles.owner}, {roles.app}")
