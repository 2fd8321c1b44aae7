"""Letters that ask a unit for rectification, with their problems and answers"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letter_issuer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("mark", sa.String(40), nullable=False),
        sa.Column("word", sa.String(20), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_letter_issuer_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_issuer")),
        sa.UniqueConstraint("body_id", name=op.f("uq_letter_issuer_body_id")),
        sa.UniqueConstraint("word", name=op.f("uq_letter_issuer_word")),
    )
    op.create_table(
        "letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("no", sa.String(), nullable=True),
        sa.Column(
            "type",
            sa.Enum(
                "suggestion",
                "reminder",
                "admonition",
                "supervision",
                name="lettertype",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "countersigned",
                "issued",
                "delivered",
                "received",
                "plan_replied",
                "result_replied",
                "supplement",
                "reviewed",
                "closed",
                "voided",
                name="letterstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("issuer_id", sa.Uuid(), nullable=False),
        sa.Column("to_unit_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("opening", sa.String(), nullable=False),
        sa.Column("requirements", sa.String(), nullable=False),
        sa.Column("legal_basis", sa.String(), nullable=True),
        sa.Column("copies_to", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("file_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column(
            "source_type",
            sa.Enum(
                "daily_check",
                "random_check",
                "special_check",
                "self_check",
                "finding",
                "case",
                "supervision",
                "letter",
                name="lettersource",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("source_label", sa.String(), nullable=True),
        sa.Column("drafted_by", sa.Uuid(), nullable=False),
        sa.Column("drafted_by_name", sa.String(), nullable=False),
        sa.Column("countersigned_by_name", sa.String(), nullable=True),
        sa.Column("issued_by_name", sa.String(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivery", sa.String(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_by_name", sa.String(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reply_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("plan_replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result_replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by_name", sa.String(), nullable=True),
        sa.Column("review_note", sa.String(), nullable=True),
        sa.Column("supplement_count", sa.Integer(), nullable=False),
        sa.Column("admonished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("word_file_id", sa.Uuid(), nullable=True),
        sa.Column("pdf_file_id", sa.Uuid(), nullable=True),
        sa.Column("pdf_problem", sa.String(), nullable=True),
        sa.CheckConstraint(
            "status IN ('draft', 'countersigned', 'voided') OR no IS NOT NULL", name=op.f("ck_letter_issued")
        ),
        sa.CheckConstraint("(no IS NULL) = (issued_at IS NULL)", name=op.f("ck_letter_numbered")),
        sa.CheckConstraint("proposed_at IS NULL OR admonished_at IS NOT NULL", name=op.f("ck_letter_admonished_first")),
        sa.ForeignKeyConstraint(["issuer_id"], ["letter_issuer.id"], name=op.f("fk_letter_issuer_id")),
        sa.ForeignKeyConstraint(["pdf_file_id"], ["file.id"], name=op.f("fk_letter_pdf_file_id")),
        sa.ForeignKeyConstraint(["to_unit_id"], ["unit.id"], name=op.f("fk_letter_to_unit_id")),
        sa.ForeignKeyConstraint(["word_file_id"], ["file.id"], name=op.f("fk_letter_word_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("no", name=op.f("uq_letter_no")),
    )
    op.create_index(op.f("ix_letter_created_at_id"), "letter", ["created_at", "id"], unique=False)
    op.create_index(op.f("ix_letter_issuer_id_issued_on"), "letter", ["issuer_id", "issued_on"], unique=False)
    op.create_index(op.f("ix_letter_source_type_source_id"), "letter", ["source_type", "source_id"], unique=False)
    op.create_index(
        op.f("ix_letter_to_unit_id_status_due_at_id"), "letter", ["to_unit_id", "status", "due_at", "id"], unique=False
    )
    op.create_table(
        "letter_problem",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["rectification_item.id"], name=op.f("fk_letter_problem_item_id")),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_letter_problem_letter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_problem")),
        sa.UniqueConstraint("letter_id", "seq", name=op.f("uq_letter_problem_letter_id_seq")),
    )
    op.create_table(
        "letter_reply",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("plan", "result", name="replykind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("result_due_on", sa.Date(), nullable=True),
        sa.Column("file_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(kind = 'plan') = (result_due_on IS NOT NULL)", name=op.f("ck_letter_reply_plan_is_dated")),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_letter_reply_letter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_reply")),
    )
    op.create_index(op.f("ix_letter_reply_letter_id_at"), "letter_reply", ["letter_id", "at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_letter_reply_letter_id_at"), table_name="letter_reply")
    op.drop_table("letter_reply")
    op.drop_table("letter_problem")
    op.drop_index(op.f("ix_letter_to_unit_id_status_due_at_id"), table_name="letter")
    op.drop_index(op.f("ix_letter_source_type_source_id"), table_name="letter")
    op.drop_index(op.f("ix_letter_issuer_id_issued_on"), table_name="letter")
    op.drop_index(op.f("ix_letter_created_at_id"), table_name="letter")
    op.drop_table("letter")
    op.drop_table("letter_issuer")
