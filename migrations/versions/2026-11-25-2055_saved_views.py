"""Views of lists that people keep"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("updated_at", moment, nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("owner_name", sa.String(), nullable=False),
        sa.Column("list_name", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=40), nullable=False),
        sa.Column("filters", postgresql.JSONB(), nullable=False),
        sa.Column("sort", sa.String(length=40), nullable=True),
        sa.Column("columns", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("shared_unit_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_saved_view"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_saved_view_account_id"),
        sa.ForeignKeyConstraint(["shared_unit_id"], ["unit.id"], name="fk_saved_view_shared_unit_id"),
        sa.UniqueConstraint("account_id", "list_name", "title", name="uq_saved_view_account_id_list_name_title"),
        sa.CheckConstraint("jsonb_typeof(filters) = 'object'", name=op.f("ck_saved_view_filters")),
        sa.CheckConstraint("columns IS NULL OR jsonb_typeof(columns) = 'object'", name=op.f("ck_saved_view_columns")),
    )
    op.create_index(
        "ix_saved_view_default",
        "saved_view",
        ["account_id", "list_name"],
        unique=True,
        postgresql_where=sa.text("is_default"),
    )
    op.create_index(
        "ix_saved_view_shared",
        "saved_view",
        ["shared_unit_id", "list_name"],
        postgresql_where=sa.text("shared_unit_id IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_table("saved_view")
