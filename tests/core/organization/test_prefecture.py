"""A real prefecture of 1,831 units goes in whole."""

import csv
import io

import pytest

from xiaoneng.core.organization.service import directory
from xiaoneng.core.organization.service.imports import import_units
from xiaoneng.core.timeline.schemas import SYSTEM

pytestmark = pytest.mark.anyio


async def test_every_unit_finds_its_parent_and_keeps_its_name(database, divisions):
    async with database.unit_of_work() as session:
        report = await import_units(session, SYSTEM, divisions)
    assert (report.created, report.errors) == (1831, [])
    async with database.unit_of_work() as session:
        items = (await directory.tree(session)).items
        everything = await directory.subtree(session, [items[0].id])
        again = await import_units(session, SYSTEM, divisions)
    assert [item.parent_id for item in items].count(None) == 1
    assert len(items) == len(everything) == 1831
    assert (again.created, again.unchanged, again.errors) == (0, 1831, [])
    given = {row["code"]: row["name"] for row in csv.DictReader(io.StringIO(divisions.decode()))}
    assert {item.code: item.name for item in items} == given
    seen = {None}
    for item in items:
        assert item.parent_id in seen
        seen.add(item.id)
