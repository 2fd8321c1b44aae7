"""Drafts, audits, problem orders, progress notes, and cases that end before a unit has them"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

REASONS = ("rated", "called_back", "rating_window_expired", "unreachable")
MORE_REASONS = (*REASONS, "answered_on_spot", "not_accepted", "transferred_emergency")
KINDS = ("contact", "call_back")


def _allow(table: str, column: str, name: str, words: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{word}'" for word in words)
    op.drop_constraint(op.f(f"ck_{table}_{name}"), table)
    op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, f"{column} IN ({listed})")


def upgrade() -> None:
    _allow("case", "close_reason", "closereason", MORE_REASONS)
    _allow("case_contact", "kind", "contactkind", (*KINDS, "progress"))
    op.add_column("case", sa.Column("problem_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("case", sa.Column("draft_text", sa.String(), nullable=True))
    op.add_column("case", sa.Column("draft_file_ids", postgresql.ARRAY(sa.Uuid()), nullable=True))
    op.add_column("case", sa.Column("draft_by", sa.Uuid(), nullable=True))
    op.add_column("case", sa.Column("draft_by_name", sa.String(), nullable=True))
    op.add_column("case", sa.Column("audited_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("case", sa.Column("audited_by", sa.String(), nullable=True))
    op.add_column("case_contact", sa.Column("by_name", sa.String(), nullable=True))
    op.add_column("case_contact", sa.Column("unit_id", sa.Uuid(), nullable=True))
    op.add_column("case_contact", sa.Column("file_ids", postgresql.ARRAY(sa.Uuid()), nullable=True))
    op.add_column(
        "case_contact",
        sa.Column(
            "solved",
            sa.Enum("yes", "partly", "no", name="solved", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
    )
    op.add_column("case_contact", sa.Column("stars", sa.Integer(), nullable=True))
    op.create_check_constraint(op.f("ck_case_contact_stars"), "case_contact", "stars BETWEEN 1 AND 5")


def downgrade() -> None:
    op.execute("DELETE FROM case_contact WHERE kind = 'progress'")
    op.execute("""UPDATE "case" SET close_reason = 'unreachable' WHERE close_reason IN
                  ('answered_on_spot', 'not_accepted', 'transferred_emergency')""")
    _allow("case_contact", "kind", "contactkind", KINDS)
    _allow("case", "close_reason", "closereason", REASONS)
    op.drop_column("case_contact", "stars")
    op.drop_column("case_contact", "solved")
    op.drop_column("case_contact", "file_ids")
    op.drop_column("case_contact", "unit_id")
    op.drop_column("case_contact", "by_name")
    op.drop_column("case", "audited_by")
    op.drop_column("case", "audited_at")
    op.drop_column("case", "draft_by_name")
    op.drop_column("case", "draft_by")
    op.drop_column("case", "draft_file_ids")
    op.drop_column("case", "draft_text")
    op.drop_column("case", "problem_at")
