"""Rectification: former owners of an item, and the indexes of the ledger's filters"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "rectification_item",
        sa.Column("former_owner_ids", postgresql.ARRAY(sa.Uuid()), server_default="{}", nullable=False),
    )
    op.create_index("ix_rectification_item_status_due", "rectification_item", ["status", "due_at", "id"])
    op.create_index(
        "ix_rectification_item_person",
        "rectification_item",
        ["responsible_person_id", "due_at", "id"],
        postgresql_where=sa.text("responsible_person_id IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_rectification_item_person", table_name="rectification_item")
    op.drop_index("ix_rectification_item_status_due", table_name="rectification_item")
    op.drop_column("rectification_item", "former_owner_ids")
