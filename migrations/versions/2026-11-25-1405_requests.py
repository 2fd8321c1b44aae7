"""Requests about a case: extension, pause, exclusion, appeal; a case may stand still or not count"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "extension",
                "pause",
                "exclusion",
                "appeal",
                name="requestkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "applied",
                "endorsed",
                "granted",
                "refused",
                "withdrawn",
                name="requeststatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column(
            "amount_unit",
            sa.Enum(
                "minute",
                "work_hour",
                "natural_day",
                "working_day",
                "same_day",
                name="limitunit",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "about",
            sa.Enum(
                "redo",
                "rating",
                "return_refused",
                "exclusion_refused",
                name="appealabout",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("against_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("file_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("applied_by", sa.Uuid(), nullable=False),
        sa.Column("applied_by_name", sa.String(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("endorsed_by", sa.Uuid(), nullable=True),
        sa.Column("endorsed_by_name", sa.String(), nullable=True),
        sa.Column("endorsed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_by_name", sa.String(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_by", sa.String(), nullable=True),
        sa.Column("due_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_after", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(kind = 'appeal') = (about IS NOT NULL)", name=op.f("ck_case_request_about")),
        sa.CheckConstraint(
            "(kind = 'extension') = (amount IS NOT NULL) AND amount BETWEEN 1 AND 60",
            name=op.f("ck_case_request_amount"),
        ),
        sa.CheckConstraint(
            "(status IN ('granted', 'refused')) = (decided_at IS NOT NULL)", name=op.f("ck_case_request_decided")
        ),
        sa.CheckConstraint("kind <> 'exclusion' OR cardinality(file_ids) > 0", name=op.f("ck_case_request_evidence")),
        sa.CheckConstraint(
            "status <> 'granted' OR decided_by <> endorsed_by", name=op.f("ck_case_request_three_people")
        ),
        sa.CheckConstraint("status <> 'granted' OR endorsed_at IS NOT NULL", name=op.f("ck_case_request_endorsed")),
        sa.CheckConstraint(
            "endorsed_by <> applied_by AND decided_by <> applied_by", name=op.f("ck_case_request_two_people")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_request_case_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_case_request_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_request")),
    )
    op.create_index(op.f("ix_case_request_case_id"), "case_request", ["case_id"], unique=False)
    op.create_index("ix_case_request_status", "case_request", ["status", "applied_at", "id"], unique=False)
    op.create_index("ix_case_request_unit", "case_request", ["unit_id", "status", "applied_at", "id"], unique=False)
    op.create_index(
        "uq_case_request_open",
        "case_request",
        ["case_id", "kind"],
        unique=True,
        postgresql_where=sa.text("status IN ('applied', 'endorsed')"),
    )
    op.add_column("case", sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("case", sa.Column("excluded_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("case", sa.Column("judged_by", sa.Uuid(), nullable=True))
    op.add_column("case", sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("case", "judged_at")
    op.drop_column("case", "judged_by")
    op.drop_column("case", "excluded_at")
    op.drop_column("case", "paused_at")
    op.drop_index(
        "uq_case_request_open", table_name="case_request", postgresql_where=sa.text("status IN ('applied', 'endorsed')")
    )
    op.drop_index("ix_case_request_unit", table_name="case_request")
    op.drop_index("ix_case_request_status", table_name="case_request")
    op.drop_index(op.f("ix_case_request_case_id"), table_name="case_request")
    op.drop_table("case_request")
