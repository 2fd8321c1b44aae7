"""What citizens write by the receipt, disputes that reopen a case, and the indexes behind the two flags"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

KINDS = ("contact", "call_back", "progress")
DOUBTED = "disputed_at IS NOT NULL OR solved = 'no'"
QUICK = "replied_at - dispatched_at < interval '1 hour'"


def _kinds(*words: str) -> None:
    listed = ", ".join(f"'{word}'" for word in words)
    op.drop_constraint(op.f("ck_case_contact_contactkind"), "case_contact")
    op.create_check_constraint(op.f("ck_case_contact_contactkind"), "case_contact", f"kind IN ({listed})")


def upgrade() -> None:
    op.add_column("case", sa.Column("disputed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("case", sa.Column("reopened_count", sa.Integer(), server_default="0", nullable=False))
    op.create_index("ix_case_false_closure", "case", ["due_at", "id"], postgresql_where=sa.text(DOUBTED))
    op.create_index("ix_case_quick_closure", "case", ["due_at", "id"], postgresql_where=sa.text(QUICK))
    _kinds(*KINDS, "supplement", "dispute")
    op.alter_column("case_contact", "by_account_id", nullable=True)
    op.create_check_constraint(
        op.f("ck_case_contact_author"),
        "case_contact",
        "(by_account_id IS NULL) = (kind IN ('supplement', 'dispute'))",
    )


def downgrade() -> None:
    op.execute("DELETE FROM case_contact WHERE by_account_id IS NULL")
    op.drop_constraint(op.f("ck_case_contact_author"), "case_contact")
    op.alter_column("case_contact", "by_account_id", nullable=False)
    _kinds(*KINDS)
    op.drop_index("ix_case_quick_closure", table_name="case")
    op.drop_index("ix_case_false_closure", table_name="case")
    op.drop_column("case", "reopened_count")
    op.drop_column("case", "disputed_at")
