"""Ledgers kept elsewhere with every cell as it stood; what an import changed and took back"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

STATUSES = (
    "registered",
    "planned",
    "plan_returned",
    "rectifying",
    "closeout_applied",
    "verified",
    "accepted",
    "closed",
)
STATES = ("inspecting", "mapping", "checking", "checked", "importing", "done", "cancelled", "failed")
ENDED = ("done", "cancelled", "failed")
PLANNED = (
    "target IS NOT NULL AND due_on IS NOT NULL AND lead_unit_id IS NOT NULL "
    "AND responsible_leader_id IS NOT NULL AND responsible_person_id IS NOT NULL"
)


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _recheck(statuses: tuple[str, ...], states: tuple[str, ...]) -> None:
    """The rules that name states of items and of imports, with or without the new ones."""
    unplanned = ("registered", "plan_returned", "voided", *statuses)
    rules = {
        ("rectification_item", "itemstatus"): f"status IN ({_listed((*STATUSES, 'voided', *statuses))})",
        ("rectification_item", "plan"): f"status IN ({_listed(unplanned)}) OR ({PLANNED})",
        ("import_job", "importstate"): f"state IN ({_listed((*STATES, *states))})",
        ("import_job", "finished"): f"(state IN ({_listed((*ENDED, *states))})) = (finished_at IS NOT NULL)",
    }
    for (table, name), rule in rules.items():
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table)
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, rule)


def upgrade() -> None:
    op.create_table(
        "rectification_ledger",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(60), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=True),
        sa.Column("headings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("is_undone", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("jsonb_typeof(headings) = 'array'", name=op.f("ck_rectification_ledger_headings")),
        sa.ForeignKeyConstraint(["import_id"], ["import_job.id"], name=op.f("fk_rectification_ledger_import_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification_ledger")),
        sa.UniqueConstraint("import_id", name=op.f("uq_rectification_ledger_import_id")),
    )
    op.create_index(
        op.f("ix_rectification_ledger_created_at_id"), "rectification_ledger", ["created_at", "id"], unique=False
    )
    op.create_table(
        "rectification_ledger_row",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ledger_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(60), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("cells", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("says_done", sa.Boolean(), nullable=True),
        sa.Column("is_current", sa.Boolean(), server_default="true", nullable=False),
        sa.CheckConstraint("jsonb_typeof(cells) = 'object'", name=op.f("ck_rectification_ledger_row_cells")),
        sa.CheckConstraint("position >= 1", name=op.f("ck_rectification_ledger_row_position")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["rectification_item.id"], name=op.f("fk_rectification_ledger_row_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["ledger_id"], ["rectification_ledger.id"], name=op.f("fk_rectification_ledger_row_ledger_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification_ledger_row")),
        sa.UniqueConstraint("item_id", name=op.f("uq_rectification_ledger_row_item_id")),
    )
    op.create_index(
        op.f("ix_rectification_ledger_row_ledger_id_position_id"),
        "rectification_ledger_row",
        ["ledger_id", "position", "id"],
        unique=False,
    )
    op.create_index(
        "uq_rectification_ledger_row_key",
        "rectification_ledger_row",
        ["source", "key"],
        unique=True,
        postgresql_where=sa.text("is_current"),
    )
    op.add_column("import_job", sa.Column("rows_changed", sa.Integer(), server_default="0", nullable=False))
    op.add_column("import_job", sa.Column("rows_undone", sa.Integer(), server_default="0", nullable=False))
    op.create_index(
        "ix_rectification_item_import",
        "rectification_item",
        ["source_id"],
        unique=False,
        postgresql_where=sa.text("source_type = 'import'"),
    )
    op.drop_index("uq_rectification_item_source", table_name="rectification_item")
    op.create_index(
        "uq_rectification_item_source",
        "rectification_item",
        ["source_type", "source_id"],
        unique=True,
        postgresql_where=sa.text("source_id IS NOT NULL AND source_type <> 'import'"),
    )
    _recheck(("filed",), ("undone",))
    op.create_check_constraint(op.f("ck_import_job_changes"), "import_job", "rows_changed >= 0 AND rows_undone >= 0")


def downgrade() -> None:
    op.drop_constraint(op.f("ck_import_job_changes"), "import_job")
    op.execute("UPDATE import_job SET state = 'done' WHERE state = 'undone'")
    op.execute(
        "UPDATE rectification_item SET source_type = NULL, source_id = NULL, "
        "status = CASE status WHEN 'filed' THEN 'registered' ELSE status END WHERE source_type = 'import'"
    )
    _recheck((), ())
    op.drop_index("uq_rectification_item_source", table_name="rectification_item")
    op.create_index(
        "uq_rectification_item_source",
        "rectification_item",
        ["source_type", "source_id"],
        unique=True,
        postgresql_where=sa.text("source_id IS NOT NULL"),
    )
    op.drop_index(
        "ix_rectification_item_import",
        table_name="rectification_item",
        postgresql_where=sa.text("source_type = 'import'"),
    )
    op.drop_column("import_job", "rows_undone")
    op.drop_column("import_job", "rows_changed")
    op.drop_index(
        "uq_rectification_ledger_row_key", table_name="rectification_ledger_row", postgresql_where=sa.text("is_current")
    )
    op.drop_index(op.f("ix_rectification_ledger_row_ledger_id_position_id"), table_name="rectification_ledger_row")
    op.drop_table("rectification_ledger_row")
    op.drop_index(op.f("ix_rectification_ledger_created_at_id"), table_name="rectification_ledger")
    op.drop_table("rectification_ledger")
