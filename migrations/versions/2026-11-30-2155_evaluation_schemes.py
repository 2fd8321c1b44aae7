"""Evaluations: schemes"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evaluation_scheme",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("no", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "in_force",
                "retired",
                name="schemestatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("drafted_by", sa.Uuid(), nullable=False),
        sa.Column("drafted_by_name", sa.String(), nullable=False),
        sa.Column("enacted_by", sa.Uuid(), nullable=True),
        sa.Column("enacted_by_name", sa.String(), nullable=True),
        sa.Column("enacted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(status = 'draft') = (enacted_at IS NULL)", name=op.f("ck_evaluation_scheme_enacted")),
        sa.CheckConstraint(
            "enacted_by IS NULL OR enacted_by <> drafted_by", name=op.f("ck_evaluation_scheme_second_person")
        ),
        sa.CheckConstraint("version > 0", name=op.f("ck_evaluation_scheme_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_scheme")),
        sa.UniqueConstraint("no", "version", name=op.f("uq_evaluation_scheme_no_version")),
    )
    op.create_index(op.f("ix_evaluation_scheme_created_at_id"), "evaluation_scheme", ["created_at", "id"], unique=False)
    op.create_index(
        "uq_evaluation_scheme_in_force",
        "evaluation_scheme",
        ["no"],
        unique=True,
        postgresql_where=sa.text("status = 'in_force'"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_evaluation_scheme_in_force", table_name="evaluation_scheme", postgresql_where=sa.text("status = 'in_force'")
    )
    op.drop_index(op.f("ix_evaluation_scheme_created_at_id"), table_name="evaluation_scheme")
    op.drop_table("evaluation_scheme")
