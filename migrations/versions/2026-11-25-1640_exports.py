"""Exports: lists that are taken out as workbooks"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

STATES = ("waiting", "running", "done", "cancelled", "failed")


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "export_job",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("updated_at", moment, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="exportstate", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column("requested_name", sa.String(), nullable=False),
        sa.Column("filters", postgresql.JSONB(), nullable=False),
        sa.Column("with_personal", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("rows_done", sa.Integer(), nullable=False),
        sa.Column("rows_total", sa.Integer(), nullable=True),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("expires_at", moment, nullable=True),
        sa.Column("finished_at", moment, nullable=True),
        sa.Column("failure", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_export_job"),
        sa.ForeignKeyConstraint(["requested_by"], ["account.id"], name="fk_export_job_requested_by"),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name="fk_export_job_file_id"),
        sa.CheckConstraint("jsonb_typeof(filters) = 'object'", name=op.f("ck_export_job_filters")),
        sa.CheckConstraint("NOT with_personal OR reason IS NOT NULL", name=op.f("ck_export_job_reason")),
        sa.CheckConstraint("rows_done >= 0 AND rows_total >= 0", name=op.f("ck_export_job_counts")),
        sa.CheckConstraint("(state = 'failed') = (failure IS NOT NULL)", name=op.f("ck_export_job_failure")),
        sa.CheckConstraint(
            "(state IN ('waiting', 'running')) = (finished_at IS NULL)", name=op.f("ck_export_job_finished")
        ),
        sa.CheckConstraint(
            "file_id IS NULL OR (state = 'done' AND expires_at IS NOT NULL)", name=op.f("ck_export_job_file")
        ),
    )
    op.create_index(
        op.f("ix_export_job_requested_by_created_at_id"), "export_job", ["requested_by", "created_at", "id"]
    )
    op.create_index(
        "ix_export_job_expires", "export_job", ["expires_at"], postgresql_where=sa.text("file_id IS NOT NULL")
    )


def downgrade() -> None:
    op.drop_table("export_job")
