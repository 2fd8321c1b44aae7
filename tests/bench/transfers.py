"""Bringing in many rows and taking the same ones out: seconds and peak memory of a worker process of its own.

The budget is 60 s and 300 MB for 100,000 rows. Each runs in a fresh process, so that its peak is its own.
"""

import asyncio
import csv
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import UUID

from xiaoneng import worker
from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.accounts.service import authentication
from xiaoneng.core.files import service as files
from xiaoneng.core.transfers.models.exports import ExportState
from xiaoneng.core.transfers.models.imports import ImportState
from xiaoneng.core.transfers.schemas.imports import ImportCheck, ImportCreate
from xiaoneng.core.transfers.service import approvals, exporting, exports, importing, imports
from xiaoneng.features.cases.schemas.exports import CaseExportCreate
from xiaoneng.features.cases.schemas.reads import CaseNarrowing
from xiaoneng.features.cases.service import exporting as cases
from xiaoneng.kit.db import Database, Session
from xiaoneng.kit.jobs import opened

LOGIN, SECOND = "office", "leader"
HEAD = ("编号", "标题", "内容", "受理时间", "办结时限", "办结时间", "地点", "电话", "类型", "来源渠道")
_CONTENT = "门前的路灯已经坏了三天，晚上经过的老人和孩子很不安全，希望有关部门尽快派人修理并给予答复。"


async def _who(session: Session, login: str) -> Actor:
    actor = await authentication.actor_named(session, login)
    assert actor is not None
    return actor


async def take_out(database: Database, _: int, source: str) -> int:
    """Export what came in from `source`, after a second person agreed; how many rows the workbook has."""
    async with database.unit_of_work() as session:
        actor = await _who(session, LOGIN)
        job = await cases.request(session, actor, CaseExportCreate(filters=CaseNarrowing(source=source)))
    if job.state is ExportState.TO_APPROVE:
        async with database.unit_of_work() as session:
            await approvals.approve(session, await _who(session, SECOND), job.id, job.rev)
    await exporting.write_export(database, job.id)
    async with database.unit_of_work() as session:
        done = await exports.get(session, actor, job.id)
    assert done.state is ExportState.DONE
    return done.rows_done


async def _upload(database: Database, rows: int, source: str) -> tuple[Actor, UUID]:
    """Begin an import of invented cases, half of them closed."""
    draft = files.new_draft()
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".csv", newline="") as file:
        table = csv.writer(file)
        table.writerow(HEAD)
        for n in range(rows):
            closed = f"2025-03-{1 + n % 9:02} 10:00:00" if n % 2 else ""
            times = (f"2025-02-{1 + n % 27:02} 09:{n % 60:02}:00", "2025-03-05 17:30:00", closed)
            table.writerow((f"B{n}", f"路灯不亮{n}", _CONTENT, *times, "城南市场", f"139{n:08}", "投诉", "12345"))
        file.flush()
        await files.pour(draft, Path(file.name))
    upload = await files.admit(draft, "cases.csv")
    async with database.unit_of_work() as session:
        actor = await _who(session, LOGIN)
        kept = await files.keep(session, actor, upload)
        await session.flush()
        job = await imports.take_on(session, actor, ImportCreate(kind="cases", file_id=kept.id, source=source))
    draft.discard()
    return actor, job.id


async def bring_in(database: Database, rows: int, source: str) -> int:
    """Try a table out and write it; how many cases came in."""
    actor, import_id = await _upload(database, rows, source)
    await importing.do_step(database, import_id)
    async with database.unit_of_work() as session:
        seen = await imports.get(session, actor, import_id)
        await imports.check(session, actor, import_id, seen.rev, ImportCheck(mapping=seen.mapping))
    await importing.do_step(database, import_id)
    async with database.unit_of_work() as session:
        seen = await imports.get(session, actor, import_id)
        await imports.confirm(session, actor, import_id, seen.rev)
    await importing.do_step(database, import_id)
    async with database.unit_of_work() as session:
        seen = await imports.get(session, actor, import_id)
    assert seen.state is ImportState.DONE
    return seen.rows_added


WORK: dict[str, Callable[[Database, int, str], Awaitable[int]]] = {"import": bring_in, "export": take_out}


async def _work(name: str, url: str, rows: int, source: str) -> None:
    assert worker.JOBS
    database = Database(url)
    async with opened(url):
        began = time.monotonic()
        count = await WORK[name](database, rows, source)
        took = time.monotonic() - began
    await database.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(f"RESULT {count} {took:.1f} {peak}\n")


def measure(url: str, rows: int, only: str) -> list[str]:
    """One line for each way, from a process of its own."""
    lines: list[str] = []
    if not any(only in name for name in WORK):
        return lines
    source = f"bench-{int(time.time())}"
    for name in WORK:
        with tempfile.TemporaryDirectory(prefix="xn-bench-state-") as state:
            command = [
                "env",
                f"XIAONENG_STATE_DIR={state}",
                sys.executable,
                "-m",
                "tests.bench.transfers",
                name,
                url,
                str(rows),
                source,
            ]
            said = subprocess.run(command, capture_output=True, text=True, check=False)
        found = re.search(r"RESULT (\d+) ([\d.]+) (\d+)", said.stdout)
        if found is None:
            raise SystemExit(said.stdout + said.stderr)
        count, took, peak = int(found[1]), float(found[2]), int(found[3])
        what = f"{name} of {count} rows"
        lines.append(f"{what:22} {took:8.1f} s   peak {peak} MB   (load {os.getloadavg()[0]:.1f})")
    return lines


if __name__ == "__main__":
    asyncio.run(_work(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]))
