"""The budgets of the hot paths as ratios: `make bench`, or smaller, `make bench ARGS="--rows 200000"`.

Each round measures a bare Starlette, pgbench with statements that the application itself was heard to send, and the
application, one after the other with as many connections; ratios are taken inside a round, and the median of the
rounds is printed. The floor of a read is its first SELECT, that of an intake its INSERTs. A page is also asked for in a
region of a few cases, turn by turn, to see what its slowest answers owe to the size of the table.
"""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from tests.bench import load, transfers
from tests.bench.capture import spoken
from tests.bench.limits import TIMED, Regions
from tests.bench.region import Region, fill, prepared
from tests.bench.subjects import SUBJECTS, Request, Subject, World

from xiaoneng.app import create_app
from xiaoneng.core.accounts.service import directory
from xiaoneng.kit.db import Database
from xiaoneng.kit.embedded_pg import server
from xiaoneng.settings import Settings

PORT, HELLO_PORT, SMALL_PORT = 18_461, 18_462, 18_463
FEW = 10_000
PREPARED_PER_SECOND = 2_000
LOGIN = "operator"
CASES = 'SELECT count(*) FROM "case"'


@dataclass(frozen=True, slots=True)
class Round:
    """What one round found: requests or transactions a second."""

    hello: float
    floor: float
    result: load.Result


@dataclass(frozen=True, slots=True)
class Plan:
    """One subject with its floor and the number of statements of one request."""

    subject: Subject
    scripts: list[Path]
    statements: int


@dataclass(frozen=True, slots=True)
class Bench:
    """A region under measurement."""

    region: Region
    world: World
    size: load.Load
    place: Path

    def login(self) -> dict[str, str]:
        """The header of a fresh token."""
        return {"Authorization": f"Bearer {asyncio.run(_token(self.region.cluster.app_dsn))}"}

    def plan(self, subject: Subject) -> Plan:
        """Hear what the application says for one request, and make the floor of it."""
        heard, scripts = asyncio.run(self._hear(subject, self.login()))
        files = []
        for number, text in enumerate(scripts):
            files.append(self.place / f"{SUBJECTS.index(subject)}-{number}.sql")
            files[-1].write_text(text)
        return Plan(subject, files, len(heard))

    async def _hear(self, subject: Subject, login: dict[str, str]) -> tuple[list[str], list[str]]:
        database = Database(self.region.cluster.app_dsn)
        app = create_app(Settings(environment="test"), database)
        await spoken(app, subject.ask(self.world, login).prepared())
        request = subject.ask(self.world, login)
        heard, answer = await spoken(app, request.prepared())
        await database.close()
        return heard, subject.floor(self.world, heard, request, answer)

    def requests(self, subject: Subject) -> Path:
        """A file of prepared requests; those that count only once last for the whole measurement."""
        login = self.login()
        count = PREPARED_PER_SECOND * self.size.seconds if subject.is_once_only else 2_000
        path = self.place / "requests"
        path.write_bytes(b"".join(subject.ask(self.world, login).raw() + b"\0" for _ in range(count)))
        return path

    def round(self, plan: Plan, hello: int, application: int) -> Round:
        """Measure the three, one after the other."""
        greeting = self.place / "hello"
        greeting.write_bytes(Request("GET", "/", {}).raw() + b"\0")
        base = load.wrk(HELLO_PORT, greeting, self.size, hello).rate
        cluster = self.region.cluster
        floor = load.pgbench(cluster.bindir, cluster.app_dsn, plan.scripts, self.size)
        file, before = self.requests(plan.subject), self._cases()
        result = load.wrk(PORT, file, self.size, application)
        if plan.subject.is_once_only and self._cases() - before < result.rate * self.size.seconds * 0.9:
            raise SystemExit("the prepared requests ran out: raise PREPARED_PER_SECOND")
        return Round(base, floor, result)

    def p99(self, subject: Subject, port: int, application: int) -> float:
        """The 99th percentile of one measurement, in ms."""
        return load.wrk(port, self.requests(subject), self.size, application).p99

    def _cases(self) -> int:
        with psycopg.connect(self.region.cluster.app_dsn) as connection:
            [count] = connection.execute(CASES).fetchone() or (0,)
            return int(count)


async def _token(url: str) -> str:
    database = Database(url)
    try:
        async with database.unit_of_work() as session:
            return await directory.issue_token_for(session, LOGIN)
    finally:
        await database.close()


async def _example(url: str, login: dict[str, str], world: World) -> str:
    """The id of a case that the application itself wrote."""
    database = Database(url)
    app = create_app(Settings(environment="test"), database)
    _, answer = await spoken(app, SUBJECTS[0].ask(world, login).prepared())
    await database.close()
    return str(answer.json()["id"])


def _line(plan: Plan, rounds: list[Round]) -> str:
    results = [one.result for one in rounds]
    rate = statistics.median(result.rate for result in results)
    to_floor = statistics.median(one.result.rate / one.floor for one in rounds)
    to_hello = statistics.median(one.result.rate / one.hello for one in rounds)
    return (
        f"{plan.subject.name:22} {rate:8.0f}/s {to_floor:8.4f} x pgbench {to_hello:8.4f} x hello"
        f"   p99 {statistics.median(result.p99 for result in results):7.1f} ms"
        f"   CPU {statistics.median(result.cpu for result in results):6.2f} ms"
        f"   {plan.statements} statements   {sum(result.failed for result in results)} failed"
        f"   (pgbench {statistics.median(one.floor for one in rounds):.0f}/s,"
        f" hello {statistics.median(one.hello for one in rounds):.0f}/s, load {os.getloadavg()[0]:.1f})"
    )


def _compared(subject: Subject, sides: list[tuple[Bench, int, int]], rounds: int) -> str:
    """The slowest answers of a page in a large and a small region, each a bench, a port and a process."""
    for bench, port, application in sides:
        bench.p99(subject, port, application)
    taken = [[bench.p99(subject, port, application) for bench, port, application in sides] for _ in range(rounds)]
    ratio = statistics.median(large / small for large, small in taken)
    large, small = (statistics.median(side) for side in zip(*taken, strict=True))
    return f"{subject.name:22} p99 {large:.1f} ms, {small:.1f} ms among {FEW} cases, {ratio:.2f} x"


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


@contextmanager
def _root(kept: Path | None) -> Iterator[Path]:
    """Where the cluster is: a place that is kept for the next time, or one that is removed."""
    if kept is not None:
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="xn-bench-") as place:
        Path(place).chmod(0o755)
        yield Path(place, "pg")
        server.destroy(Path(place, "pg"))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="cases that are loaded before")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=6, help="of each measurement")
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--root", type=Path, help="a directory that keeps the loaded cluster for the next run")
    parser.add_argument("--transfer-rows", type=int, default=100_000, help="rows that are brought in")
    parser.add_argument("--only", default="", help="measure what has this in its name")
    return parser.parse_args()


def _bench(region: Region, rows: int, size: load.Load, place: Path) -> Bench:
    """The region with as many cases as asked for, each like one that the application itself wrote."""
    bench = Bench(region, World(rows, region.units, region.cluster.major), size, place)
    example = asyncio.run(_example(region.cluster.app_dsn, bench.login(), bench.world))
    _say(f"{rows} cases loaded in {fill(region, example, rows):.0f} s")
    return bench


def _under_load(large: Bench, small: Bench, chosen: argparse.Namespace) -> None:
    """What is asked for by many at once."""
    plans = [large.plan(subject) for subject in SUBJECTS if chosen.only in subject.name]
    if not plans:
        return
    servers = (large.region.cluster, small.region.cluster)
    with (
        load.hello(HELLO_PORT) as hello,
        load.application(PORT, servers[0].app_dsn, servers[0].owner_dsn) as application,
        load.application(SMALL_PORT, servers[1].app_dsn, servers[1].owner_dsn) as beside,
    ):
        for plan in plans:
            load.wrk(PORT, large.requests(plan.subject), load.Load(chosen.connections, 2), application)
            _say(_line(plan, [large.round(plan, hello, application) for _ in range(chosen.rounds)]))
        for plan in plans:
            if plan.subject.is_page:
                sides = [(large, PORT, application), (small, SMALL_PORT, beside)]
                _say(_compared(plan.subject, sides, chosen.rounds))


def main() -> None:
    """Load, measure, print."""
    chosen = _arguments()
    size = load.Load(chosen.connections, chosen.seconds)
    with _root(chosen.root) as root, tempfile.TemporaryDirectory() as place, prepared(root) as region:
        large = _bench(region, chosen.rows, size, Path(place))
        _say(f"PostgreSQL {region.cluster.major}, {os.cpu_count()} CPUs")
        with prepared(Path(place, "small")) as few:
            for name in [name for name in TIMED if chosen.only in name]:
                _say(f"{name:22} {TIMED[name](Regions(region, few, chosen.rows))}")
            for line in transfers.measure(region.cluster.app_dsn, chosen.transfer_rows, chosen.only):
                _say(line)
            _under_load(large, _bench(few, FEW, size, Path(place)), chosen)
        server.destroy(Path(place, "small"))


if __name__ == "__main__":
    main()
