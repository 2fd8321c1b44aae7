"""Monitoring points with their monitors, what they tell and what they owe"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "monitoring_point",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("no", sa.String(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column(
            "type",
            sa.Enum(
                "enterprise",
                "trader",
                "community",
                "organisation",
                name="pointtype",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("unit_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "nominated",
                "appointed",
                "active",
                "suspended",
                "removed",
                name="termstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("evaluated_year", sa.Integer(), nullable=True),
        sa.Column("evaluation", sa.String(), nullable=True),
        sa.Column("appointed_on", sa.Date(), nullable=True),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monitoring_point")),
        sa.UniqueConstraint("no", name=op.f("uq_monitoring_point_no")),
    )
    op.create_index("ix_monitoring_point_status", "monitoring_point", ["status", "created_at", "id"], unique=False)
    op.create_table(
        "monitor",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("point_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=False),
        sa.Column("person_key", sa.LargeBinary(), nullable=True),
        sa.Column("person_hash", sa.LargeBinary(), nullable=True),
        sa.Column("unit_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "nominated",
                "appointed",
                "active",
                "suspended",
                "removed",
                name="termstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("evaluated_year", sa.Integer(), nullable=True),
        sa.Column("evaluation", sa.String(), nullable=True),
        sa.Column("appointed_on", sa.Date(), nullable=True),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(person_key IS NULL) = (person_hash IS NULL)", name=op.f("ck_monitor_person")),
        sa.ForeignKeyConstraint(["point_id"], ["monitoring_point.id"], name=op.f("fk_monitor_point_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monitor")),
    )
    op.create_index("ix_monitor_point", "monitor", ["point_id"], unique=False)
    op.create_index("ix_monitor_status", "monitor", ["status", "created_at", "id"], unique=False)
    op.create_index(
        "uq_monitor_person",
        "monitor",
        ["point_id", "person_hash"],
        unique=True,
        postgresql_where=sa.text("person_hash IS NOT NULL AND status <> 'removed'"),
    )
    op.create_table(
        "monitoring_duty",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("point_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("report", "visit", name="dutykind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("period_first", sa.Date(), nullable=False),
        sa.Column("period_last", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("is_waived", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint("period_first <= period_last", name=op.f("ck_monitoring_duty_period")),
        sa.ForeignKeyConstraint(["point_id"], ["monitoring_point.id"], name=op.f("fk_monitoring_duty_point_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monitoring_duty")),
        sa.UniqueConstraint("point_id", "kind", "period", name=op.f("uq_monitoring_duty_point_id_kind_period")),
    )
    op.create_index("ix_monitoring_duty_due", "monitoring_duty", ["due_at", "id"], unique=False)
    op.create_table(
        "monitoring_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("point_id", sa.Uuid(), nullable=False),
        sa.Column("monitor_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("report", "visit", name="dutykind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["monitor_id"], ["monitor.id"], name=op.f("fk_monitoring_record_monitor_id")),
        sa.ForeignKeyConstraint(["point_id"], ["monitoring_point.id"], name=op.f("fk_monitoring_record_point_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monitoring_record")),
    )
    op.create_index("ix_monitoring_record_monitor", "monitoring_record", ["monitor_id", "at", "id"], unique=False)
    op.create_table(
        "monitoring_info",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("no", sa.String(), nullable=False),
        sa.Column("monitor_id", sa.Uuid(), nullable=False),
        sa.Column("point_id", sa.Uuid(), nullable=False),
        sa.Column("person_key", sa.LargeBinary(), nullable=False),
        sa.Column("person_hash", sa.LargeBinary(), nullable=False),
        sa.Column("unit_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("about_unit_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "submitted",
                "screened",
                "case_created",
                "letter_linked",
                "noted",
                "fed_back",
                "closed",
                name="infostatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("letter_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("feedback", sa.String(), nullable=True),
        sa.Column("fed_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status <> 'case_created' OR case_id IS NOT NULL", name=op.f("ck_monitoring_info_case")),
        sa.CheckConstraint(
            "status <> 'letter_linked' OR letter_id IS NOT NULL", name=op.f("ck_monitoring_info_letter")
        ),
        sa.CheckConstraint(
            "status NOT IN ('fed_back', 'closed') OR feedback IS NOT NULL", name=op.f("ck_monitoring_info_feedback")
        ),
        sa.ForeignKeyConstraint(["about_unit_id"], ["unit.id"], name=op.f("fk_monitoring_info_about_unit_id")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_monitoring_info_case_id"), deferrable=True, initially="DEFERRED"
        ),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_monitoring_info_letter_id")),
        sa.ForeignKeyConstraint(["monitor_id"], ["monitor.id"], name=op.f("fk_monitoring_info_monitor_id")),
        sa.ForeignKeyConstraint(["point_id"], ["monitoring_point.id"], name=op.f("fk_monitoring_info_point_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monitoring_info")),
        sa.UniqueConstraint("no", name=op.f("uq_monitoring_info_no")),
    )
    op.create_index("ix_monitoring_info_person", "monitoring_info", ["person_hash", "due_at", "id"], unique=False)
    op.create_index("ix_monitoring_info_status", "monitoring_info", ["status", "due_at", "id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_monitoring_info_status", table_name="monitoring_info")
    op.drop_index("ix_monitoring_info_person", table_name="monitoring_info")
    op.drop_table("monitoring_info")
    op.drop_index("ix_monitoring_record_monitor", table_name="monitoring_record")
    op.drop_table("monitoring_record")
    op.drop_index("ix_monitoring_duty_due", table_name="monitoring_duty")
    op.drop_table("monitoring_duty")
    op.drop_index(
        "uq_monitor_person",
        table_name="monitor",
        postgresql_where=sa.text("person_hash IS NOT NULL AND status <> 'removed'"),
    )
    op.drop_index("ix_monitor_status", table_name="monitor")
    op.drop_index("ix_monitor_point", table_name="monitor")
    op.drop_table("monitor")
    op.drop_index("ix_monitoring_point_status", table_name="monitoring_point")
    op.drop_table("monitoring_point")
