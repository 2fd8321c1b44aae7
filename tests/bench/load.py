"""Servers under load: starting them, loading them with wrk or pgbench, and what CPU they took."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

HOST = "127.0.0.1"
_TICKS = os.sysconf("SC_CLK_TCK")
_READY_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Load:
    """Connections and seconds of each measurement."""

    connections: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Result:
    """Requests a second, the 99th percentile in ms, CPU of the server in ms a request, answers that were no success."""

    rate: float
    p99: float
    cpu: float
    failed: int


@contextmanager
def hello(port: int) -> Iterator[int]:
    """A bare Starlette with two workers; gives its process id."""
    arguments = ["-m", "uvicorn", "tests.bench.hello:app", "--port", str(port), "--workers", "2"]
    with _running(
        [sys.executable, *arguments, "--log-level", "critical", "--no-access-log"], f"http://{HOST}:{port}/"
    ) as pid:
        yield pid


@contextmanager
def application(port: int, app_url: str, owner_url: str) -> Iterator[int]:
    """Two server processes as `xiaoneng serve --workers 2` has them; gives the process id of their parent.

    On a busy machine a process imports for longer than the five seconds after which uvicorn takes it for dead.
    """
    environment = [f"DATABASE_URL={app_url}", f"OWNER_DATABASE_URL={owner_url}"]
    server = ["-m", "uvicorn", "xiaoneng.cli.main:create_app", "--factory", "--port", str(port), "--workers", "2"]
    patience = ["--timeout-worker-healthcheck", str(_READY_SECONDS), "--log-level", "critical", "--no-access-log"]
    with _running(["env", *environment, sys.executable, *server, *patience], f"http://{HOST}:{port}/readyz") as pid:
        yield pid


@contextmanager
def _running(command: list[str], address: str) -> Iterator[int]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(address)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline:
        try:
            if httpx.get(address).is_success:
                time.sleep(1)  # the second worker
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise SystemExit(f"no answer at {address}")


def family(pid: int) -> list[int]:
    """A process and all that come from it."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(entry.name))
    found, waiting = [], [pid]
    while waiting:
        found.append(waiting.pop())
        waiting += children.get(found[-1], [])
    return found


def cpu_seconds(pids: Iterable[int]) -> float:
    """User and system time that the processes have taken so far."""
    total = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / _TICKS


def wrk(port: int, requests: Path, load: Load, pid: int) -> Result:
    """Send the prepared requests over and over."""
    program = shutil.which("wrk")
    if program is None:
        raise SystemExit("the load comes from wrk: install it (Debian, Ubuntu, Homebrew: wrk)")
    lua = str(Path(__file__).with_name("replay.lua"))
    sizes = ["-t1", f"-c{load.connections}", f"-d{load.seconds}s", "--timeout", "30s", "--latency"]
    processes = family(pid)
    before = cpu_seconds(processes)
    command = ["env", f"REQUESTS={requests}", program, *sizes, "-s", lua, f"http://{HOST}:{port}/"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    used = cpu_seconds(processes) - before
    found = re.search(r"RESULT (\d+) ([\d.]+) (\d+) (\d+) ([\d.]+)", said)
    if found is None:
        raise SystemExit(said)
    count, took = int(found[1]), float(found[2])
    return Result(count / took, float(found[5]), 1000 * used / max(count, 1), int(found[3]) + int(found[4]))


def pgbench(bindir: Path, url: str, scripts: Iterable[Path], load: Load) -> float:
    """Transactions a second of the scripts, each chosen alike."""
    beside = bindir / "pgbench"
    program = str(beside) if beside.exists() else shutil.which("pgbench")
    if program is None:
        raise SystemExit("pgbench is needed beside PostgreSQL or on the PATH")
    files = [argument for script in scripts for argument in ("-f", str(script))]
    sizes = ["-n", "-M", "prepared", "-c", str(load.connections), "-j", "2", "-T", str(load.seconds)]
    said = subprocess.run([program, *sizes, *files, url], capture_output=True, text=True, check=False)
    found = re.search(r"tps = ([\d.]+)", said.stdout)
    if found is None:
        raise SystemExit(said.stdout + said.stderr)
    return float(found[1])
