"""Runs the revisions: one at a time across processes, never waiting long for a lock."""

from typing import Any

import sqlalchemy as sa
from alembic import context
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

from xiaoneng import models
from xiaoneng.kit.crypto import SealedText
from xiaoneng.kit.db import sqlalchemy_url

LOCK_ID = 7_203_155_001
_OURS = frozenset(SQLModel.metadata.tables) if models.__all__ else frozenset()


def _is_ours(_: Any, name: str | None, kind: str, reflected: Any, __: Any) -> bool:
    """Leave the queue's own tables, and the monthly partitions, to those who make them."""
    return kind != "table" or not reflected or name in _OURS


def _render(kind: str, value: Any, _: Any) -> str | bool:
    """Write column types so that a revision does not depend on the code of the day it runs."""
    if kind == "type" and isinstance(value, SealedText):
        return "sa.LargeBinary()"
    if kind == "type" and isinstance(value, AutoString):
        return f"sa.String({value.length or ''})"
    return False


def run() -> None:
    """Apply the revisions to the database of `-x url=…` or of the caller's configuration."""
    url = context.get_x_argument(as_dictionary=True).get("url") or context.config.attributes["url"]
    engine = sa.create_engine(sqlalchemy_url(url), poolclass=sa.pool.NullPool)
    with engine.connect() as connection:
        connection.execute(sa.text("SELECT pg_advisory_lock(:id)"), {"id": LOCK_ID})
        connection.execute(sa.text("SET lock_timeout = '5s'"))
        connection.execute(sa.text("SET statement_timeout = '15min'"))
        connection.commit()
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            include_object=_is_ours,
            compare_type=True,
            render_item=_render,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.execute(sa.text("SELECT pg_advisory_unlock(:id)"), {"id": LOCK_ID})
    engine.dispose()


run()
