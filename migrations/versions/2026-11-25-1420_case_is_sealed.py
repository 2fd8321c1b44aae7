"""Whether a case names somebody is a column: the planner knows how rare that is, and lists keep their order from the index."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

IS_SEALED = "cardinality(named_unit_ids) > 0 OR cardinality(named_person_ids) > 0"


def upgrade() -> None:
    op.add_column("case", sa.Column("is_sealed", sa.Boolean(), sa.Computed(IS_SEALED, persisted=True), nullable=False))
    op.drop_index("ix_case_unit_status_due", table_name="case")
    op.create_index(
        "ix_case_unit_status_due", "case", ["lead_unit_id", "status", "due_at", "id"], postgresql_include=["is_sealed"]
    )


def downgrade() -> None:
    op.drop_index("ix_case_unit_status_due", table_name="case")
    op.create_index("ix_case_unit_status_due", "case", ["lead_unit_id", "status", "due_at", "id"])
    op.drop_column("case", "is_sealed")
