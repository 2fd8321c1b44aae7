"""The whole list by due date, and a unit's by arrival, come from an index: of 1,000,000 cases they had sorted all."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_case_due", "case", ["due_at", "id"])
    op.create_index("ix_case_unit_received", "case", ["lead_unit_id", "received_at", "id"])


def downgrade() -> None:
    op.drop_index("ix_case_unit_received", table_name="case")
    op.drop_index("ix_case_due", table_name="case")
