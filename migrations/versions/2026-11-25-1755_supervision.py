"""Leaders' instructions, and major complaints listed in public with their weekly reports"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_instruction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column(
            "grade",
            sa.Enum(
                "urgent",
                "normal",
                "hard",
                name="instructiongrade",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "issued",
                "reported",
                "returned",
                "accepted",
                "withdrawn",
                name="instructionstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column("given_by_name", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("report_text", sa.String(), nullable=True),
        sa.Column("reported_by", sa.Uuid(), nullable=True),
        sa.Column("reported_by_name", sa.String(), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("judgement", sa.String(), nullable=True),
        sa.Column("judged_by_name", sa.String(), nullable=True),
        sa.Column("returned_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(status IN ('accepted', 'withdrawn')) = (ended_at IS NOT NULL)", name=op.f("ck_case_instruction_ended")
        ),
        sa.CheckConstraint(
            "status IN ('issued', 'returned', 'withdrawn') OR report_text IS NOT NULL",
            name=op.f("ck_case_instruction_report"),
        ),
        sa.CheckConstraint("returned_count >= 0", name=op.f("ck_case_instruction_returned")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_instruction_case_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_case_instruction_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_case_instruction_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_instruction")),
    )
    op.create_index(op.f("ix_case_instruction_case_id"), "case_instruction", ["case_id"], unique=False)
    op.create_index("ix_case_instruction_due", "case_instruction", ["status", "due_at", "id"], unique=False)
    op.create_index(
        "ix_case_instruction_unit_due", "case_instruction", ["unit_id", "status", "due_at", "id"], unique=False
    )
    op.create_table(
        "case_listing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("leader_id", sa.Uuid(), nullable=False),
        sa.Column("no", sa.String(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "proposed",
                "declined",
                "listed",
                "unlisting",
                "unlisted",
                name="listingstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("grounds", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("report_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("late_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_by_name", sa.String(), nullable=False),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("listed_by_name", sa.String(), nullable=True),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("chaired_by", sa.String(), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("public_title", sa.String(), nullable=True),
        sa.Column("public_text", sa.String(), nullable=True),
        sa.Column("drafted_by", sa.Uuid(), nullable=True),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("conclusion", sa.String(), nullable=True),
        sa.Column("applied_by", sa.Uuid(), nullable=True),
        sa.Column("unlisted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unlisted_by_name", sa.String(), nullable=True),
        sa.CheckConstraint(
            "status <> 'unlisted' OR (conclusion IS NOT NULL AND unlisted_at IS NOT NULL)",
            name=op.f("ck_case_listing_unlisted"),
        ),
        sa.CheckConstraint(
            "status IN ('proposed', 'declined') OR (no IS NOT NULL AND listed_at IS NOT NULL)",
            name=op.f("ck_case_listing_listed"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('unlisting', 'unlisted') OR (decision IS NOT NULL AND met_on IS NOT NULL)",
            name=op.f("ck_case_listing_decided"),
        ),
        sa.CheckConstraint("late_count >= 0", name=op.f("ck_case_listing_late")),
        sa.CheckConstraint(
            "published_at IS NULL OR published_by <> drafted_by", name=op.f("ck_case_listing_second_person")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_listing_case_id")),
        sa.ForeignKeyConstraint(["leader_id"], ["person.id"], name=op.f("fk_case_listing_leader_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_case_listing_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_listing")),
        sa.UniqueConstraint("no", name=op.f("uq_case_listing_no")),
    )
    op.create_index("ix_case_listing_due", "case_listing", ["status", "due_at", "id"], unique=False)
    op.create_index(
        "ix_case_listing_public",
        "case_listing",
        ["published_at", "id"],
        unique=False,
        postgresql_where=sa.text("published_at IS NOT NULL"),
    )
    op.create_index("ix_case_listing_unit", "case_listing", ["unit_id", "status"], unique=False)
    op.create_index(
        "uq_case_listing_open",
        "case_listing",
        ["case_id"],
        unique=True,
        postgresql_where=sa.text("status NOT IN ('declined', 'unlisted')"),
    )
    op.create_table(
        "case_listing_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["listing_id"], ["case_listing.id"], name=op.f("fk_case_listing_report_listing_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_listing_report")),
    )
    op.create_index(
        op.f("ix_case_listing_report_listing_id_at"), "case_listing_report", ["listing_id", "at"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_case_listing_report_listing_id_at"), table_name="case_listing_report")
    op.drop_table("case_listing_report")
    op.drop_index(
        "uq_case_listing_open",
        table_name="case_listing",
        postgresql_where=sa.text("status NOT IN ('declined', 'unlisted')"),
    )
    op.drop_index("ix_case_listing_unit", table_name="case_listing")
    op.drop_index(
        "ix_case_listing_public", table_name="case_listing", postgresql_where=sa.text("published_at IS NOT NULL")
    )
    op.drop_index("ix_case_listing_due", table_name="case_listing")
    op.drop_table("case_listing")
    op.drop_index("ix_case_instruction_unit_due", table_name="case_instruction")
    op.drop_index("ix_case_instruction_due", table_name="case_instruction")
    op.drop_index(op.f("ix_case_instruction_case_id"), table_name="case_instruction")
    op.drop_table("case_instruction")
