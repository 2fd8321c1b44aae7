"""Campaigns: what units hand in, and the responsibility matrix"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "campaign_task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("no", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("lead_names", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("co_names", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("section", sa.String(), nullable=True),
        sa.Column("named_owner", sa.Boolean(), nullable=False),
        sa.Column("lead_unit_id", sa.Uuid(), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "assigned",
                "answered",
                "accepted",
                name="taskstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_name", sa.String(), nullable=True),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("return_reason", sa.String(), nullable=True),
        sa.Column("judged_by_name", sa.String(), nullable=True),
        sa.CheckConstraint(
            "status = 'open' OR (lead_unit_id IS NOT NULL AND due_on IS NOT NULL)",
            name=op.f("ck_campaign_task_assigned"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('answered', 'accepted') OR (result IS NOT NULL AND answered_at IS NOT NULL)",
            name=op.f("ck_campaign_task_answered"),
        ),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_campaign_task_not_own_parent")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_task_campaign_id")),
        sa.ForeignKeyConstraint(["lead_unit_id"], ["unit.id"], name=op.f("fk_campaign_task_lead_unit_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_campaign_task_owner_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["campaign_task.id"], name=op.f("fk_campaign_task_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_task")),
    )
    op.create_index("ix_campaign_task_campaign", "campaign_task", ["campaign_id", "seq", "id"], unique=False)
    op.create_index(
        "ix_campaign_task_parent",
        "campaign_task",
        ["parent_id"],
        unique=False,
        postgresql_where=sa.text("parent_id IS NOT NULL"),
    )
    op.create_index("ix_campaign_task_unit", "campaign_task", ["lead_unit_id", "status", "due_on"], unique=False)
    op.create_index(
        "uq_campaign_task_cascade",
        "campaign_task",
        ["parent_id", "lead_unit_id"],
        unique=True,
        postgresql_where=sa.text("parent_id IS NOT NULL"),
    )
    op.create_table(
        "campaign_requirement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("stage_id", sa.Uuid(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_requirement_campaign_id")),
        sa.ForeignKeyConstraint(["stage_id"], ["campaign_stage.id"], name=op.f("fk_campaign_requirement_stage_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_requirement")),
        sa.UniqueConstraint("campaign_id", "seq", name=op.f("uq_campaign_requirement_campaign_id_seq")),
    )
    op.create_index(op.f("ix_campaign_requirement_stage_id"), "campaign_requirement", ["stage_id"], unique=False)
    op.create_table(
        "campaign_task_unit",
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["campaign_task.id"], name=op.f("fk_campaign_task_unit_task_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_campaign_task_unit_unit_id")),
        sa.PrimaryKeyConstraint("task_id", "unit_id", name=op.f("pk_campaign_task_unit")),
    )
    op.create_index(op.f("ix_campaign_task_unit_unit_id"), "campaign_task_unit", ["unit_id"], unique=False)
    op.create_table(
        "campaign_deliverable",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requirement_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("stage_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "pending",
                "submitted",
                "approved",
                "rejected",
                "void",
                name="deliverablestatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("file_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_by_name", sa.String(), nullable=True),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by_name", sa.String(), nullable=True),
        sa.Column("reject_reason", sa.String(), nullable=True),
        sa.Column("returned_count", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status <> 'rejected' OR reject_reason IS NOT NULL", name=op.f("ck_campaign_deliverable_rejected")
        ),
        sa.CheckConstraint(
            "status IN ('pending', 'void') OR submitted_at IS NOT NULL", name=op.f("ck_campaign_deliverable_submitted")
        ),
        sa.CheckConstraint("returned_count >= 0", name=op.f("ck_campaign_deliverable_returned")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_deliverable_campaign_id")),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["campaign_requirement.id"], name=op.f("fk_campaign_deliverable_requirement_id")
        ),
        sa.ForeignKeyConstraint(["stage_id"], ["campaign_stage.id"], name=op.f("fk_campaign_deliverable_stage_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_campaign_deliverable_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_deliverable")),
        sa.UniqueConstraint("requirement_id", "unit_id", name=op.f("uq_campaign_deliverable_requirement_id_unit_id")),
    )
    op.create_index(
        "ix_campaign_deliverable_board", "campaign_deliverable", ["campaign_id", "stage_id", "status"], unique=False
    )
    op.create_index(
        "ix_campaign_deliverable_unit", "campaign_deliverable", ["unit_id", "status", "due_on", "id"], unique=False
    )


def downgrade() -> None:
    op.drop_index("ix_campaign_deliverable_unit", table_name="campaign_deliverable")
    op.drop_index("ix_campaign_deliverable_board", table_name="campaign_deliverable")
    op.drop_table("campaign_deliverable")
    op.drop_index(op.f("ix_campaign_task_unit_unit_id"), table_name="campaign_task_unit")
    op.drop_table("campaign_task_unit")
    op.drop_index(op.f("ix_campaign_requirement_stage_id"), table_name="campaign_requirement")
    op.drop_table("campaign_requirement")
    op.drop_index(
        "uq_campaign_task_cascade", table_name="campaign_task", postgresql_where=sa.text("parent_id IS NOT NULL")
    )
    op.drop_index("ix_campaign_task_unit", table_name="campaign_task")
    op.drop_index(
        "ix_campaign_task_parent", table_name="campaign_task", postgresql_where=sa.text("parent_id IS NOT NULL")
    )
    op.drop_index("ix_campaign_task_campaign", table_name="campaign_task")
    op.drop_table("campaign_task")
