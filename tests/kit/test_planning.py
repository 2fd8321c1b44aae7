"""Statements that stand alone are planned once; a search is planned for what is searched."""

import pytest
import sqlalchemy as sa

from xiaoneng.kit.db import Database
from xiaoneng.kit.statements import Prepared

pytestmark = pytest.mark.anyio
_MODE = sa.select(sa.func.current_setting("plan_cache_mode").label("mode"))


@pytest.mark.parametrize(("is_planned_anew", "mode"), [(False, "force_generic_plan"), (True, "auto")])
async def test_where_a_statement_is_planned(database: Database, is_planned_anew: bool, mode: str) -> None:
    async with database.unit_of_work() as session:
        [row] = await session.fetch(Prepared(_MODE, is_planned_anew=is_planned_anew))
        assert row.mode == mode
        assert session.is_untouched != is_planned_anew
