"""Joint acceptance, public notice with objections, look-back and rebound"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

STATUSES = ("registered", "planned", "plan_returned", "rectifying", "closeout_applied", "verified", "closed", "voided")
REOPENED = "(reopened_count > 0) = (reopened_at IS NOT NULL)"


def _recheck(more: tuple[str, ...], rules: dict[str, str]) -> None:
    """The rules that name states, with or without the new ones, and others."""
    listed = ", ".join(f"'{word}'" for word in (*STATUSES, *more))
    checked = ", ".join(f"'{word}'" for word in ("verified", "closed", *more))
    named = {"itemstatus": f"status IN ({listed})", "verified": f"status NOT IN ({checked}) OR verified_at IS NOT NULL"}
    for name, rule in {**named, **rules}.items():
        if name in named:
            op.drop_constraint(op.f(f"ck_rectification_item_{name}"), "rectification_item")
        op.create_check_constraint(op.f(f"ck_rectification_item_{name}"), "rectification_item", rule)


def upgrade() -> None:
    op.create_table(
        "look_back",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("no", sa.String(), nullable=False),
        sa.Column("closed_from", sa.Date(), nullable=False),
        sa.Column("closed_to", sa.Date(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(100), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("population_hash", sa.String(64), nullable=False),
        sa.Column("drawn", sa.Integer(), nullable=False),
        sa.Column("mass", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_by_name", sa.String(), nullable=False),
        sa.CheckConstraint("closed_to >= closed_from", name=op.f("ck_look_back_period")),
        sa.CheckConstraint("percent BETWEEN 1 AND 100", name=op.f("ck_look_back_percent")),
        sa.CheckConstraint("population >= 0 AND drawn >= 0 AND mass >= 0", name=op.f("ck_look_back_counts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_look_back")),
        sa.UniqueConstraint("no", name=op.f("uq_look_back_no")),
    )
    op.create_index(op.f("ix_look_back_created_at_id"), "look_back", ["created_at", "id"], unique=False)
    op.create_table(
        "look_back_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("look_back_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column(
            "ground",
            sa.Enum("sample", "mass", name="checkground", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "pending",
                "passed",
                "rebounded",
                name="checkresult",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("finding", sa.String(), nullable=True),
        sa.Column("checked_by_name", sa.String(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(result = 'pending') = (checked_at IS NULL)", name=op.f("ck_look_back_check_checked")),
        sa.ForeignKeyConstraint(["item_id"], ["rectification_item.id"], name=op.f("fk_look_back_check_item_id")),
        sa.ForeignKeyConstraint(["look_back_id"], ["look_back.id"], name=op.f("fk_look_back_check_look_back_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_look_back_check")),
        sa.UniqueConstraint("look_back_id", "item_id", name=op.f("uq_look_back_check_look_back_id_item_id")),
    )
    op.create_index(op.f("ix_look_back_check_item_id"), "look_back_check", ["item_id"], unique=False)
    op.create_table(
        "rectification_acceptance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "open",
                "passed",
                "failed",
                name="acceptanceresult",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("convened_by_name", sa.String(), nullable=False),
        sa.Column("convened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(result = 'open') = (ended_at IS NULL)", name=op.f("ck_rectification_acceptance_ended")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["rectification_item.id"], name=op.f("fk_rectification_acceptance_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification_acceptance")),
    )
    op.create_index(
        op.f("ix_rectification_acceptance_item_id_convened_at"),
        "rectification_acceptance",
        ["item_id", "convened_at"],
        unique=False,
    )
    op.create_index(
        "uq_rectification_acceptance_open",
        "rectification_acceptance",
        ["item_id"],
        unique=True,
        postgresql_where=sa.text("result = 'open'"),
    )
    op.create_table(
        "rectification_notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_name", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["rectification_item.id"], name=op.f("fk_rectification_notice_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification_notice")),
    )
    op.create_index(op.f("ix_rectification_notice_until_id"), "rectification_notice", ["until", "id"], unique=False)
    op.create_index(
        "uq_rectification_notice_open",
        "rectification_notice",
        ["item_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "rectification_objection",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("recorded_by_name", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_by_name", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(upheld IS NULL) = (answered_at IS NULL)", name=op.f("ck_rectification_objection_answered")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["rectification_item.id"], name=op.f("fk_rectification_objection_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["rectification_notice.id"], name=op.f("fk_rectification_objection_notice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification_objection")),
    )
    op.create_index(
        op.f("ix_rectification_objection_item_id_recorded_at"),
        "rectification_objection",
        ["item_id", "recorded_at"],
        unique=False,
    )
    op.create_table(
        "rectification_signature",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("acceptance_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("opinion", sa.String(), nullable=True),
        sa.Column("signed_by", sa.Uuid(), nullable=True),
        sa.Column("signed_by_name", sa.String(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(passed IS NULL) = (signed_at IS NULL)", name=op.f("ck_rectification_signature_signed")),
        sa.CheckConstraint("(signed_by IS NULL) = (signed_at IS NULL)", name=op.f("ck_rectification_signature_signer")),
        sa.ForeignKeyConstraint(
            ["acceptance_id"], ["rectification_acceptance.id"], name=op.f("fk_rectification_signature_acceptance_id")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_rectification_signature_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification_signature")),
        sa.UniqueConstraint("acceptance_id", "body_id", name=op.f("uq_rectification_signature_acceptance_id_body_id")),
    )
    op.create_index(
        "uq_rectification_signature_person",
        "rectification_signature",
        ["acceptance_id", "signed_by"],
        unique=True,
        postgresql_where=sa.text("signed_by IS NOT NULL"),
    )
    op.add_column("rectification_item", sa.Column("verified_by_id", sa.Uuid(), nullable=True))
    op.add_column("rectification_item", sa.Column("is_joint", sa.Boolean(), server_default="false", nullable=False))
    op.add_column("rectification_item", sa.Column("is_public", sa.Boolean(), server_default="false", nullable=False))
    op.add_column("rectification_item", sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("rectification_item", sa.Column("reopened_count", sa.Integer(), server_default="0", nullable=False))
    op.add_column("rectification_item", sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("rectification_item", sa.Column("reopened_from", sa.Uuid(), nullable=True))
    op.create_index(
        "ix_rectification_item_closed",
        "rectification_item",
        ["closed_at", "id"],
        unique=False,
        postgresql_where=sa.text("status = 'closed'"),
    )
    op.add_column(
        "rectification_item",
        sa.Column("signer_ids", postgresql.ARRAY(sa.Uuid()), server_default="{}", nullable=False),
    )
    op.create_index(
        "ix_rectification_item_signers",
        "rectification_item",
        ["signer_ids"],
        postgresql_using="gin",
        postgresql_where=sa.text("signer_ids <> '{}'"),
    )
    op.drop_constraint(op.f("ck_rectification_item_extended"), "rectification_item")
    _recheck(("accepted",), {"extended": "extended_count >= 0 AND reopened_count >= 0", "reopened": REOPENED})


def downgrade() -> None:
    op.execute("UPDATE rectification_item SET status = 'verified' WHERE status = 'accepted'")
    op.drop_constraint(op.f("ck_rectification_item_reopened"), "rectification_item")
    op.drop_constraint(op.f("ck_rectification_item_extended"), "rectification_item")
    _recheck((), {"extended": "extended_count >= 0"})
    op.drop_index(
        "ix_rectification_item_signers",
        table_name="rectification_item",
        postgresql_where=sa.text("signer_ids <> '{}'"),
    )
    op.drop_column("rectification_item", "signer_ids")
    op.drop_index(
        "ix_rectification_item_closed", table_name="rectification_item", postgresql_where=sa.text("status = 'closed'")
    )
    op.drop_column("rectification_item", "reopened_from")
    op.drop_column("rectification_item", "reopened_at")
    op.drop_column("rectification_item", "reopened_count")
    op.drop_column("rectification_item", "accepted_at")
    op.drop_column("rectification_item", "is_public")
    op.drop_column("rectification_item", "is_joint")
    op.drop_column("rectification_item", "verified_by_id")
    op.drop_index(
        "uq_rectification_signature_person",
        table_name="rectification_signature",
        postgresql_where=sa.text("signed_by IS NOT NULL"),
    )
    op.drop_table("rectification_signature")
    op.drop_index(op.f("ix_rectification_objection_item_id_recorded_at"), table_name="rectification_objection")
    op.drop_table("rectification_objection")
    op.drop_index(
        "uq_rectification_notice_open", table_name="rectification_notice", postgresql_where=sa.text("ended_at IS NULL")
    )
    op.drop_index(op.f("ix_rectification_notice_until_id"), table_name="rectification_notice")
    op.drop_table("rectification_notice")
    op.drop_index(
        "uq_rectification_acceptance_open",
        table_name="rectification_acceptance",
        postgresql_where=sa.text("result = 'open'"),
    )
    op.drop_index(op.f("ix_rectification_acceptance_item_id_convened_at"), table_name="rectification_acceptance")
    op.drop_table("rectification_acceptance")
    op.drop_index(op.f("ix_look_back_check_item_id"), table_name="look_back_check")
    op.drop_table("look_back_check")
    op.drop_index(op.f("ix_look_back_created_at_id"), table_name="look_back")
    op.drop_table("look_back")
