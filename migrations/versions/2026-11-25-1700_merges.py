"""Cases may be merged into another and split again; an index for each way to find the same matter"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

STATES = ("registered", "to_sign", "handling", "replied", "closed")
ACTIONS = ("pause", "resume", "extend", "stop", "cancel", "return", "recalculate")
UNDER_WAY = "status <> 'closed' AND merged_into_id IS NULL"


def _allow(table: str, column: str, name: str, words: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{word}'" for word in words)
    op.drop_constraint(op.f(f"ck_{table}_{name}"), table)
    op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, f"{column} IN ({listed})")


def upgrade() -> None:
    op.add_column("case", sa.Column("merged_into_id", sa.Uuid(), nullable=True))
    op.add_column("case", sa.Column("carries_others", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_foreign_key(op.f("fk_case_merged_into_id"), "case", "case", ["merged_into_id"], ["id"])
    _allow("case", "status", "casestatus", (*STATES, "merged"))
    op.drop_constraint(op.f("ck_case_unit"), "case")
    op.create_check_constraint(
        op.f("ck_case_unit"), "case", "status NOT IN ('to_sign', 'handling') OR lead_unit_id IS NOT NULL"
    )
    op.create_check_constraint(op.f("ck_case_merged"), "case", "status <> 'merged' OR merged_into_id IS NOT NULL")
    op.create_check_constraint(
        op.f("ck_case_merged_apart"), "case", "merged_into_id <> id AND (merged_into_id IS NULL OR NOT is_sealed)"
    )
    op.drop_index("ix_case_caller", table_name="case")
    op.create_index(
        "ix_case_caller",
        "case",
        ["caller_phone_hash", "received_at"],
        postgresql_where=sa.text("caller_phone_hash IS NOT NULL"),
    )
    under_way = sa.text(UNDER_WAY)
    op.create_index("ix_case_open_category", "case", ["category_code", "received_at"], postgresql_where=under_way)
    op.create_index("ix_case_open_received", "case", ["received_at"], postgresql_where=under_way)
    op.create_index(
        "ix_case_merged_into", "case", ["merged_into_id"], postgresql_where=sa.text("merged_into_id IS NOT NULL")
    )
    op.create_table(
        "case_merge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("into_id", sa.Uuid(), nullable=False),
        sa.Column("with_id", sa.Uuid(), nullable=True),
        sa.Column(
            "status_before",
            sa.Enum(*STATES, "merged", name="casestatus", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("clock_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_by", sa.Uuid(), nullable=False),
        sa.Column("merged_by_name", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_name", sa.String(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.CheckConstraint("case_id <> into_id", name=op.f("ck_case_merge_two_cases")),
        sa.CheckConstraint(
            "status_before IN ('registered', 'to_sign', 'handling')", name=op.f("ck_case_merge_status_before")
        ),
        sa.CheckConstraint("(ended_at IS NULL) = (end_reason IS NULL)", name=op.f("ck_case_merge_ended")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_merge_case_id")),
        sa.ForeignKeyConstraint(["into_id"], ["case.id"], name=op.f("fk_case_merge_into_id")),
        sa.ForeignKeyConstraint(["with_id"], ["case_merge.id"], name=op.f("fk_case_merge_with_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_merge")),
    )
    op.create_index(
        "uq_case_merge_open", "case_merge", ["case_id"], unique=True, postgresql_where=sa.text("ended_at IS NULL")
    )
    op.create_index(op.f("ix_case_merge_into_id_merged_at"), "case_merge", ["into_id", "merged_at"])
    op.create_index("ix_case_merge_with", "case_merge", ["with_id"], postgresql_where=sa.text("with_id IS NOT NULL"))
    _allow("clock_ledger", "action", "ledgeraction", (*ACTIONS, "reopen"))


def downgrade() -> None:
    op.execute("""
        DO $$ BEGIN
            IF EXISTS (SELECT 1 FROM clock_ledger WHERE action = 'reopen') OR EXISTS (SELECT 1 FROM case_merge) THEN
                RAISE EXCEPTION 'cases were merged; what was done to them cannot be written the old way';
            END IF;
        END $$
    """)
    _allow("clock_ledger", "action", "ledgeraction", ACTIONS)
    op.drop_table("case_merge")
    op.drop_index("ix_case_merged_into", table_name="case")
    op.drop_index("ix_case_open_received", table_name="case")
    op.drop_index("ix_case_open_category", table_name="case")
    op.drop_index("ix_case_caller", table_name="case")
    op.create_index(
        "ix_case_caller", "case", ["caller_phone_hash"], postgresql_where=sa.text("caller_phone_hash IS NOT NULL")
    )
    op.drop_constraint(op.f("ck_case_merged_apart"), "case")
    op.drop_constraint(op.f("ck_case_merged"), "case")
    op.drop_constraint(op.f("ck_case_unit"), "case")
    op.create_check_constraint(
        op.f("ck_case_unit"), "case", "status IN ('registered', 'replied', 'closed') OR lead_unit_id IS NOT NULL"
    )
    _allow("case", "status", "casestatus", STATES)
    op.drop_constraint(op.f("fk_case_merged_into_id"), "case")
    op.drop_column("case", "carries_others")
    op.drop_column("case", "merged_into_id")
