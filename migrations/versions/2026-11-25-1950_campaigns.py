"""Campaigns: templates, stages and the units that take part"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "campaign_template",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_campaign_template_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_template")),
        sa.UniqueConstraint("code", "version", name=op.f("uq_campaign_template_code_version")),
    )
    op.create_table(
        "campaign",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("no", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("theme", sa.String(), nullable=True),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("basis_no", sa.String(), nullable=True),
        sa.Column("plan_file_id", sa.Uuid(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "published",
                "running",
                "suspended",
                "summarising",
                "closed",
                "archived",
                name="campaignstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("template_id", sa.Uuid(), nullable=False),
        sa.Column("host_unit_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("summary", sa.String(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_by_name", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(status IN ('closed', 'archived')) = (closed_at IS NOT NULL)", name=op.f("ck_campaign_closed")
        ),
        sa.CheckConstraint("status = 'draft' OR basis_no IS NOT NULL", name=op.f("ck_campaign_published")),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_campaign_window")),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_campaign_not_own_parent")),
        sa.ForeignKeyConstraint(["host_unit_id"], ["unit.id"], name=op.f("fk_campaign_host_unit_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["campaign.id"], name=op.f("fk_campaign_parent_id")),
        sa.ForeignKeyConstraint(["template_id"], ["campaign_template.id"], name=op.f("fk_campaign_template_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("no", name=op.f("uq_campaign_no")),
    )
    op.create_index("ix_campaign_host", "campaign", ["host_unit_id"], unique=False)
    op.create_index(
        "ix_campaign_parent", "campaign", ["parent_id"], unique=False, postgresql_where=sa.text("parent_id IS NOT NULL")
    )
    op.create_index("ix_campaign_starts", "campaign", ["starts_on", "id"], unique=False)
    op.create_table(
        "campaign_stage",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("self_check", sa.Boolean(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "planned", "open", "closed", name="stagestatus", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_name", sa.String(), nullable=True),
        sa.Column("exception_reason", sa.String(), nullable=True),
        sa.CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_campaign_stage_closed")),
        sa.CheckConstraint("exception_reason IS NULL OR status = 'closed'", name=op.f("ck_campaign_stage_exception")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_campaign_stage_window")),
        sa.CheckConstraint("seq > 0", name=op.f("ck_campaign_stage_seq")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_stage_campaign_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_stage")),
        sa.UniqueConstraint("campaign_id", "seq", name=op.f("uq_campaign_stage_campaign_id_seq")),
    )
    op.create_index(
        "ix_campaign_stage_planned",
        "campaign_stage",
        ["starts_on"],
        unique=False,
        postgresql_where=sa.text("status = 'planned'"),
    )
    op.create_table(
        "campaign_unit",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("removed_on IS NULL OR removed_on >= added_on", name=op.f("ck_campaign_unit_days")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_unit_campaign_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_campaign_unit_unit_id")),
        sa.PrimaryKeyConstraint("campaign_id", "unit_id", name=op.f("pk_campaign_unit")),
    )
    op.create_index("ix_campaign_unit_unit", "campaign_unit", ["unit_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_campaign_unit_unit", table_name="campaign_unit")
    op.drop_table("campaign_unit")
    op.drop_index(
        "ix_campaign_stage_planned", table_name="campaign_stage", postgresql_where=sa.text("status = 'planned'")
    )
    op.drop_table("campaign_stage")
    op.drop_index("ix_campaign_starts", table_name="campaign")
    op.drop_index("ix_campaign_parent", table_name="campaign", postgresql_where=sa.text("parent_id IS NOT NULL"))
    op.drop_index("ix_campaign_host", table_name="campaign")
    op.drop_table("campaign")
    op.drop_table("campaign_template")
