"""Campaigns: periodic reports; self-checks with their frozen lists"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "self_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("frozen_on", sa.Date(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("open", "closed", name="selfcheckstatus", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by_name", sa.String(), nullable=False),
        sa.CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_self_check_closed")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_self_check_campaign_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_check")),
        sa.UniqueConstraint("campaign_id", name=op.f("uq_self_check_campaign_id")),
    )
    op.create_table(
        "campaign_report_duty",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("stage_id", sa.Uuid(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column(
            "rule",
            sa.Enum(
                "quarter",
                "month",
                "week",
                "fixed_date",
                name="reportrule",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("attachments", postgresql.ARRAY(sa.String()), nullable=False),
        sa.CheckConstraint("(rule = 'fixed_date') = (due_on IS NOT NULL)", name=op.f("ck_campaign_report_duty_dated")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_report_duty_campaign_id")),
        sa.ForeignKeyConstraint(["stage_id"], ["campaign_stage.id"], name=op.f("fk_campaign_report_duty_stage_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_report_duty")),
        sa.UniqueConstraint("campaign_id", "seq", name=op.f("uq_campaign_report_duty_campaign_id_seq")),
    )
    op.create_table(
        "self_check_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("check_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("add", "remove", name="listchangekind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["check_id"], ["self_check.id"], name=op.f("fk_self_check_change_check_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_self_check_change_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_check_change")),
    )
    op.create_index(op.f("ix_self_check_change_check_id_at"), "self_check_change", ["check_id", "at"], unique=False)
    op.create_table(
        "self_check_unit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("check_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "checked",
                "submitted",
                "accepted",
                "returned",
                name="checkedstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("summary", sa.String(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_by_name", sa.String(), nullable=True),
        sa.Column("signed_by_name", sa.String(), nullable=True),
        sa.Column("judged_by_name", sa.String(), nullable=True),
        sa.Column("return_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "status <> 'returned' OR return_reason IS NOT NULL", name=op.f("ck_self_check_unit_returned")
        ),
        sa.CheckConstraint(
            "status = 'open' OR (summary IS NOT NULL AND checked_at IS NOT NULL)",
            name=op.f("ck_self_check_unit_checked"),
        ),
        sa.CheckConstraint("parent_id <> unit_id", name=op.f("ck_self_check_unit_not_own_parent")),
        sa.ForeignKeyConstraint(["check_id"], ["self_check.id"], name=op.f("fk_self_check_unit_check_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_self_check_unit_parent_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_self_check_unit_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_check_unit")),
        sa.UniqueConstraint("check_id", "unit_id", name=op.f("uq_self_check_unit_check_id_unit_id")),
    )
    op.create_index("ix_self_check_unit_unit", "self_check_unit", ["unit_id"], unique=False)
    op.create_table(
        "campaign_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("duty_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("period_first", sa.Date(), nullable=False),
        sa.Column("period_last", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "owed",
                "submitted",
                "returned",
                "accepted",
                name="reportstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("file_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_by_name", sa.String(), nullable=True),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("reviewed_by_name", sa.String(), nullable=True),
        sa.Column("return_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "status <> 'returned' OR return_reason IS NOT NULL", name=op.f("ck_campaign_report_returned")
        ),
        sa.CheckConstraint("status = 'owed' OR submitted_at IS NOT NULL", name=op.f("ck_campaign_report_submitted")),
        sa.CheckConstraint("period_last >= period_first", name=op.f("ck_campaign_report_period")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_report_campaign_id")),
        sa.ForeignKeyConstraint(["duty_id"], ["campaign_report_duty.id"], name=op.f("fk_campaign_report_duty_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_campaign_report_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_report")),
        sa.UniqueConstraint("duty_id", "unit_id", "period", name=op.f("uq_campaign_report_duty_id_unit_id_period")),
    )
    op.create_index("ix_campaign_report_period", "campaign_report", ["campaign_id", "due_at", "id"], unique=False)
    op.create_index("ix_campaign_report_unit", "campaign_report", ["unit_id", "status", "due_at", "id"], unique=False)
    op.create_table(
        "self_check_weak_point",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.Column(
            "dimension",
            sa.Enum(
                "attitude",
                "quality",
                "efficiency",
                "lawfulness",
                "integrity",
                name="dimension",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["rectification_item.id"], name=op.f("fk_self_check_weak_point_item_id")),
        sa.ForeignKeyConstraint(["row_id"], ["self_check_unit.id"], name=op.f("fk_self_check_weak_point_row_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_check_weak_point")),
    )
    op.create_index(op.f("ix_self_check_weak_point_row_id"), "self_check_weak_point", ["row_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_self_check_weak_point_row_id"), table_name="self_check_weak_point")
    op.drop_table("self_check_weak_point")
    op.drop_index("ix_campaign_report_unit", table_name="campaign_report")
    op.drop_index("ix_campaign_report_period", table_name="campaign_report")
    op.drop_table("campaign_report")
    op.drop_index("ix_self_check_unit_unit", table_name="self_check_unit")
    op.drop_table("self_check_unit")
    op.drop_index(op.f("ix_self_check_change_check_id_at"), table_name="self_check_change")
    op.drop_table("self_check_change")
    op.drop_table("campaign_report_duty")
    op.drop_table("self_check")
