import asyncio
import os
import time
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text
from tests.core.files.samples import TEXT
from tests.core.scratch import actor

from xiaoneng.core.files import jobs, service
from xiaoneng.core.files.repository import contents
from xiaoneng.core.files.schemas import FileRead
from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Database
from xiaoneng.kit.problems import NotFound

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("store_dir")]


async def _send(database: Database, content: bytes = TEXT) -> FileRead:
    draft = service.new_draft()
    await draft.write(content)
    upload = await service.admit(draft, "a.txt")
    async with database.unit_of_work() as session:
        kept = await service.keep(session, actor("handler"), upload)
    draft.discard()
    return kept


async def _sweep(database: Database) -> set[str]:
    with clock.frozen(clock.now() + timedelta(hours=25)):
        async with database.unit_of_work() as session:
            return await service.drop_unused(session)


async def _drop(database: Database, sha256: str) -> None:
    async with database.unit_of_work() as session:
        await service.drop_content(session, sha256)


async def _attach(database: Database, file_id: UUID) -> None:
    async with database.unit_of_work() as session:
        await service.attach(session, actor("handler"), [file_id], "thing", ids.new_id())


def _is_kept(store_dir: Path, sha256: str) -> bool:
    return (store_dir / sha256[:2] / sha256[2:4] / sha256).exists()


async def test_unused_uploads_go_after_a_day_and_their_content_with_them(database: Database, store_dir: Path) -> None:
    unused, used = await _send(database, b"unused"), await _send(database, b"used")
    await _attach(database, used.id)
    async with database.unit_of_work() as session:
        assert await service.drop_unused(session) == set()
    assert await _sweep(database) == {unused.sha256}
    async with database.unit_of_work() as session:
        with pytest.raises(NotFound):
            await service.get(session, actor("handler"), unused.id)
    await _drop(database, unused.sha256)
    assert not _is_kept(store_dir, unused.sha256)
    assert _is_kept(store_dir, used.sha256)


async def test_a_content_that_another_file_holds_stays(database: Database, store_dir: Path) -> None:
    first, second = await _send(database, b"twice"), await _send(database, b"twice")
    await _attach(database, second.id)
    assert await _sweep(database) == {first.sha256}
    await _drop(database, first.sha256)
    assert _is_kept(store_dir, second.sha256)


async def test_a_content_sent_again_while_it_is_dropped_is_never_lost(database: Database, store_dir: Path) -> None:
    sent = await _send(database, b"again")
    await _sweep(database)
    for _ in range(20):
        kept, *_rest = await asyncio.gather(
            _send(database, b"again"), _drop(database, sent.sha256), _drop(database, sent.sha256)
        )
        assert _is_kept(store_dir, kept.sha256)
        await _sweep(database)


async def test_the_timer_leaves_a_job_for_each_content(database: Database) -> None:
    sent = await _send(database, b"job")
    with clock.frozen(clock.now() + timedelta(hours=25)):
        async with database.unit_of_work() as session:
            for sha256 in await service.drop_unused(session):
                await jobs.enqueue(session, jobs.drop_content, sha256=sha256)
    async with database.unit_of_work() as session:
        query = text("SELECT args FROM procrastinate_jobs WHERE task_name = 'files.drop_content'")
        assert {"sha256": sent.sha256} in (await session.execute(query)).scalars().all()


async def test_drafts_of_the_dead_are_removed(database: Database, store_dir: Path) -> None:
    dead, alive = service.new_draft(), service.new_draft()
    long_ago = time.time() - 25 * 3600
    os.utime(dead.path, (long_ago, long_ago))
    async with database.unit_of_work() as session:
        await service.drop_unused(session)
    assert [path.name for path in (store_dir / "drafts").iterdir()] == [alive.path.name]
    for draft in (dead, alive):
        draft.discard()


async def test_a_rolled_back_upload_leaves_no_row_and_can_be_sent_again(database: Database) -> None:
    draft = service.new_draft()
    await draft.write(b"rolled back")
    upload = await service.admit(draft, "a.txt")
    with pytest.raises(ZeroDivisionError):
        await _keep_and_fail(database, upload)
    draft.discard()
    async with database.unit_of_work() as session:
        query = text("SELECT count(*) FROM file WHERE sha256 = :sha256")
        assert (await session.execute(query, {"sha256": draft.sha256})).scalar_one() == 0
    again = await _send(database, b"rolled back")
    assert b"".join([chunk async for chunk in await contents.store().read(again.sha256)]) == b"rolled back"


async def _keep_and_fail(database: Database, upload: service.Upload) -> None:
    async with database.unit_of_work() as session:
        await service.keep(session, actor("handler"), upload)
        raise ZeroDivisionError
