"""The server process: making a cluster, starting it, telling whether it lives, stopping it."""

import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from xiaoneng.kit.embedded_pg.account import Account
from xiaoneng.kit.embedded_pg.binaries import Binaries
from xiaoneng.kit.embedded_pg.errors import StartFailedError
from xiaoneng.kit.embedded_pg.layout import PORT

ADMIN = "postgres"
# Crash recovery of a large cluster takes its time, and pg_ctl returns at once when the server dies.
_START_SECONDS = 300
_STOP_SECONDS = 120
_ORPHANS_SECONDS = 20
_LOG = "server.log"
_SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "log_checkpoints": "off",
    "max_connections": "100",
    # Two cores and a few GB of memory; one query may take one helper, so that others still get a core.
    "shared_buffers": "192MB",
    "effective_cache_size": "1GB",
    "work_mem": "8MB",
    "maintenance_work_mem": "128MB",
    "max_parallel_workers_per_gather": "1",
    "random_page_cost": "1.1",
    "jit": "off",
    "wal_compression": "on",
    "checkpoint_timeout": "15min",
    "max_wal_size": "2GB",
}
_DISPOSABLE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "checkpoint_timeout": "1h",
    "autovacuum_naptime": "10min",
}


@dataclass(frozen=True, slots=True)
class Postmaster:
    """The server of one data directory, under the account that owns it."""

    binaries: Binaries
    account: Account
    data_dir: Path

    def initialise(self, password: str, *, durable: bool) -> None:
        """Make the cluster; an interrupted attempt leaves nothing that looks like one.

        Raises:
            StartFailedError: initdb failed; the message carries what it said.
        """
        part = self.data_dir.with_name("data.part")
        if part.exists():
            shutil.rmtree(part)
        part.mkdir(mode=0o700)
        password_file = part.with_name("password.part")
        password_file.touch(mode=0o600)
        password_file.write_text(password)
        self.account.own(part)
        self.account.own(password_file)
        options = [f"--pgdata={part}", f"--pwfile={password_file}", f"--username={ADMIN}", *_initdb_locale()]
        options += ["--encoding=UTF8", "--auth=scram-sha-256", "--no-instructions"]
        options += [] if durable else ["--no-sync"]
        try:
            made = self.account.run([self.binaries.bindir / "initdb", *options], timeout=_START_SECONDS)
        finally:
            password_file.unlink()
        if made.returncode != 0:
            raise StartFailedError(f"initdb failed: {made.stderr.strip()}")
        with (part / "postgresql.conf").open("a") as settings:
            settings.write("include 'launcher.conf'\n")
        part.rename(self.data_dir)

    def start(self, socket_dir: Path, *, durable: bool) -> None:
        """Start the server and wait until it accepts connections.

        After the server was killed its children need a moment to notice, and PostgreSQL rightly refuses to
        start beside them: that refusal is waited out.

        Raises:
            StartFailedError: PostgreSQL did not come up; the message carries the end of its log.
        """
        values = {**_SETTINGS, **({} if durable else _DISPOSABLE), "unix_socket_directories": str(socket_dir)}
        settings = self.data_dir / "launcher.conf"
        settings.write_text("".join(f"{name} = '{value}'\n" for name, value in values.items()))
        self.account.own(settings)
        for lock_file in (self.data_dir / "postmaster.pid", socket_dir / f".s.PGSQL.{PORT}.lock"):
            _mark_stale(lock_file)
        give_up = time.monotonic() + _ORPHANS_SECONDS
        while self._pg_ctl("start", "-w", "-t", str(_START_SECONDS), "-l", _LOG).returncode != 0:
            log = self._log_end()
            if "is still in use" not in log or time.monotonic() > give_up:
                raise StartFailedError(f"PostgreSQL did not start in {self.data_dir}:\n{log}")
            time.sleep(0.25)

    def stop(self) -> None:
        """Stop the server, cutting open connections; nothing happens when it does not run.

        Raises:
            StartFailedError: it is still there after two minutes.
        """
        if self.socket_dir() is None:
            return
        stopped = self._pg_ctl("stop", "-w", "-t", str(_STOP_SECONDS), "-m", "fast")
        if stopped.returncode != 0 and self.socket_dir() is not None:
            raise StartFailedError(f"PostgreSQL did not stop: {stopped.stderr.strip()}\n{self._log_end()}")

    def socket_dir(self) -> Path | None:
        """The directory the living server listens in, or None when no server lives.

        A recorded process counts only if it is this cluster's server: after a crash or a restart of the
        machine the number may be a zombie's that nobody reaps, or by now belong to anything.
        """
        try:
            lines = (self.data_dir / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return None
        pid, _data_dir, _started, _port, socket_dir, *_ = [*lines, "", "", "", "", ""]
        return Path(socket_dir) if socket_dir and self._is_server(int(pid)) else None

    def wait_until_ready(self, socket_dir: Path) -> bool:
        """Wait for a living server to accept connections; False when its socket is gone or it dies."""
        ready: list[str | Path] = [
            self.binaries.bindir / "pg_isready",
            "-q",
            "-h",
            socket_dir,
            "-p",
            str(PORT),
        ]
        give_up = time.monotonic() + _START_SECONDS
        while (socket_dir / f".s.PGSQL.{PORT}").exists() and time.monotonic() < give_up:
            if self.account.run(ready).returncode == 0:
                return True
            if self.socket_dir() is None:
                return False
            time.sleep(0.1)
        return False

    def _is_server(self, pid: int) -> bool:
        if Path("/proc/self/stat").exists():
            return self._is_server_by_proc(Path("/proc", str(pid)))
        told = self.account.run(["/bin/ps", "-o", "stat=,command=", "-p", str(pid)]).stdout.strip()
        return "postgres" in told and not told.startswith("Z")

    def _is_server_by_proc(self, process: Path) -> bool:
        try:
            state = (process / "stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return False
        if state in {"Z", "X"}:
            return False
        # Asked as the server's own account: without CAP_SYS_PTRACE even root may not look into its process.
        works_in = self.account.run(["/bin/sh", "-c", 'readlink "$1/cwd"', "sh", process]).stdout.strip()
        return works_in == str(self.data_dir)

    def _pg_ctl(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        # The directory travels in the environment because pg_ctl passes its arguments through a shell.
        return self.account.run(
            [self.binaries.bindir / "pg_ctl", *arguments],
            cwd=self.data_dir,
            timeout=_START_SECONDS + 30,
            environment={"PGDATA": str(self.data_dir)},
        )

    def _log_end(self) -> str:
        log = self.data_dir / _LOG
        return "\n".join(log.read_text(errors="replace").splitlines()[-12:]) if log.exists() else ""


def _initdb_locale() -> list[str]:
    """Trigrams of Chinese text need a UTF-8 character type; macOS has no C.UTF-8."""
    if os.uname().sysname == "Darwin":
        return ["--locale=C", "--lc-ctype=en_US.UTF-8"]
    return ["--locale=C.UTF-8"]


def _mark_stale(lock_file: Path) -> None:
    """Make PostgreSQL take over a lock file whose process is known to be dead.

    It refuses while the recorded number belongs to any process, such as a zombie. It ignores the number of
    whoever launches it, so ours goes in its place. The file is kept, not deleted: its other lines let
    PostgreSQL see whether orphaned children still use the shared memory.
    """
    if lock_file.exists():
        _, _, rest = lock_file.read_text().partition("\n")
        lock_file.write_text(f"{os.getpid()}\n{rest}")
