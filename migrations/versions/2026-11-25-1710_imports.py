"""Imports: tables that are brought in row by row; cases that were closed before"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

STATES = ("inspecting", "mapping", "checking", "checked", "importing", "done", "cancelled", "failed")
REASONS = (
    "rated",
    "called_back",
    "rating_window_expired",
    "unreachable",
    "answered_on_spot",
    "not_accepted",
    "transferred_emergency",
)
REPLY = "status NOT IN ('replied', 'closed') OR reply_text IS NOT NULL"


def _word(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _check(name: str, condition: str) -> None:
    op.drop_constraint(op.f(f"ck_case_{name}"), "case")
    op.create_check_constraint(op.f(f"ck_case_{name}"), "case", condition)


def _reasons(words: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{word}'" for word in words)
    _check("closereason", f"close_reason IN ({listed})")


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    json = postgresql.JSONB()
    op.create_table(
        "import_job",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("updated_at", moment, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", _word("importstate", STATES), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column("requested_name", sa.String(), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("sheets", json, nullable=False),
        sa.Column("sheet", sa.String(), nullable=True),
        sa.Column("encoding", sa.String(), nullable=True),
        sa.Column("headers", json, nullable=False),
        sa.Column("samples", json, nullable=False),
        sa.Column("mapping", json, nullable=False),
        sa.Column("constants", json, nullable=False),
        sa.Column("rows_total", sa.Integer(), nullable=True),
        sa.Column("rows_done", sa.Integer(), nullable=False),
        sa.Column("rows_added", sa.Integer(), nullable=False),
        sa.Column("rows_known", sa.Integer(), nullable=False),
        sa.Column("rows_refused", sa.Integer(), nullable=False),
        sa.Column("errors", sa.Integer(), nullable=False),
        sa.Column("warnings", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=True),
        sa.Column("expires_at", moment, nullable=False),
        sa.Column("finished_at", moment, nullable=True),
        sa.Column("failure", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_import_job"),
        sa.ForeignKeyConstraint(["requested_by"], ["account.id"], name="fk_import_job_requested_by"),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name="fk_import_job_file_id"),
        sa.ForeignKeyConstraint(["report_id"], ["file.id"], name="fk_import_job_report_id"),
        sa.CheckConstraint(
            "jsonb_typeof(mapping) = 'object' AND jsonb_typeof(constants) = 'object'",
            name=op.f("ck_import_job_mapping"),
        ),
        sa.CheckConstraint("rows_done >= 0 AND rows_added >= 0 AND rows_known >= 0", name=op.f("ck_import_job_counts")),
        sa.CheckConstraint("rows_refused >= 0 AND errors >= 0 AND warnings >= 0", name=op.f("ck_import_job_faults")),
        sa.CheckConstraint("(state = 'failed') = (failure IS NOT NULL)", name=op.f("ck_import_job_failure")),
        sa.CheckConstraint(
            "(state IN ('done', 'cancelled', 'failed')) = (finished_at IS NOT NULL)",
            name=op.f("ck_import_job_finished"),
        ),
    )
    op.create_index(
        op.f("ix_import_job_requested_by_created_at_id"), "import_job", ["requested_by", "created_at", "id"]
    )
    op.create_index(
        "ix_import_job_expires", "import_job", ["expires_at"], postgresql_where=sa.text("file_id IS NOT NULL")
    )
    op.create_table(
        "import_fault",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("column", sa.String(), nullable=False),
        sa.Column("severity", _word("severity", ("error", "warning")), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("import_id", "number", name="pk_import_fault"),
        sa.ForeignKeyConstraint(["import_id"], ["import_job.id"], name="fk_import_fault_import_id", ondelete="CASCADE"),
        sa.CheckConstraint("number >= 1 AND row >= 1", name=op.f("ck_import_fault_counts")),
    )
    op.create_table(
        "import_mapping",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("mapping", json, nullable=False),
        sa.Column("constants", json, nullable=False),
        sa.Column("used_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("account_id", "kind", "fingerprint", name="pk_import_mapping"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_import_mapping_account_id"),
        sa.CheckConstraint("jsonb_typeof(mapping) = 'object'", name=op.f("ck_import_mapping_mapping")),
    )
    _reasons((*REASONS, "imported"))
    _check("reply", f"{REPLY} OR close_reason = 'imported'")


def downgrade() -> None:
    op.execute("""UPDATE "case" SET reply_text = '（导入）' WHERE close_reason = 'imported' AND reply_text IS NULL""")
    op.execute("""UPDATE "case" SET close_reason = 'unreachable' WHERE close_reason = 'imported'""")
    _check("reply", REPLY)
    _reasons(REASONS)
    op.drop_table("import_mapping")
    op.drop_table("import_fault")
    op.drop_table("import_job")
