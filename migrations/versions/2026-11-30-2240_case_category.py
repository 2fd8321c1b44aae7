"""Cases: a list of one category in the order of receipt and of limits"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_SORTED = sa.text("category_code IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_case_category_received", "case", ["category_code", "received_at", "id"], postgresql_where=_SORTED
    )
    op.create_index("ix_case_category_due", "case", ["category_code", "due_at", "id"], postgresql_where=_SORTED)
    op.drop_index("ix_case_open_category", table_name="case")


def downgrade() -> None:
    op.create_index(
        "ix_case_open_category",
        "case",
        ["category_code", "received_at"],
        postgresql_where=sa.text("status <> 'closed' AND merged_into_id IS NULL"),
    )
    op.drop_index("ix_case_category_due", table_name="case")
    op.drop_index("ix_case_category_received", table_name="case")
