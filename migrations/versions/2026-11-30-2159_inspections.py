"""Inspections: plans, checklists, teams, draws, answers and findings; declared relations"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inspection_checklist",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_by_name", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_inspection_checklist_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_checklist")),
        sa.UniqueConstraint("code", "version", name=op.f("uq_inspection_checklist_code_version")),
    )
    op.create_table(
        "inspection_plan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("annual", "quarterly", name="plankind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "draft", "approved", "closed", name="planstatus", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("created_by_name", sa.String(), nullable=False),
        sa.Column("approved_by_name", sa.String(), nullable=True),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_inspection_plan_period")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_plan")),
    )
    op.create_index("ix_inspection_plan_first", "inspection_plan", ["first_on", "id"], unique=False)
    op.create_table(
        "inspector_relation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("declared_by", sa.Uuid(), nullable=False),
        sa.Column("declared_by_name", sa.String(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_inspector_relation_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_inspector_relation_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspector_relation")),
    )
    op.create_index(
        "uq_inspector_relation_open",
        "inspector_relation",
        ["person_id", "unit_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "inspection",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("no", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "type",
            sa.Enum(
                "daily",
                "special",
                "surprise",
                "undercover",
                "dynamic",
                "mid_year",
                "annual",
                name="inspectiontype",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "planned",
                "approved",
                "noticed",
                "executing",
                "confirming",
                "confirmed",
                "reported",
                "follow_up",
                "closed",
                "cancelled",
                name="inspectionstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_secret", sa.Boolean(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=True),
        sa.Column("campaign_id", sa.Uuid(), nullable=True),
        sa.Column("checklist_id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("silence_confirms", sa.Boolean(), nullable=False),
        sa.Column("unit_ids", postgresql.ARRAY(sa.Uuid()), server_default="{}", nullable=False),
        sa.Column("team_ids", postgresql.ARRAY(sa.Uuid()), server_default="{}", nullable=False),
        sa.Column("leader_id", sa.Uuid(), nullable=True),
        sa.Column("blind_unit_ids", postgresql.ARRAY(sa.Uuid()), server_default="{}", nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_by_name", sa.String(), nullable=False),
        sa.Column("approved_by_name", sa.String(), nullable=True),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("report", sa.String(), nullable=True),
        sa.Column("conclusion", sa.String(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status <> 'noticed' OR NOT is_secret", name=op.f("ck_inspection_noticed")),
        sa.CheckConstraint("type NOT IN ('undercover', 'surprise') OR is_secret", name=op.f("ck_inspection_secret")),
        sa.CheckConstraint("(shown_at IS NULL) = (no IS NULL)", name=op.f("ck_inspection_numbered")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_inspection_period")),
        sa.CheckConstraint("released_at IS NULL OR shown_at IS NOT NULL", name=op.f("ck_inspection_released")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_inspection_campaign_id")),
        sa.ForeignKeyConstraint(["checklist_id"], ["inspection_checklist.id"], name=op.f("fk_inspection_checklist_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["inspection_plan.id"], name=op.f("fk_inspection_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection")),
        sa.UniqueConstraint("no", name=op.f("uq_inspection_no")),
    )
    op.create_index(
        "ix_inspection_plan", "inspection", ["plan_id"], unique=False, postgresql_where=sa.text("plan_id IS NOT NULL")
    )
    op.create_index("ix_inspection_starts", "inspection", ["starts_on", "id"], unique=False)
    op.create_index("ix_inspection_team", "inspection", ["team_ids"], unique=False, postgresql_using="gin")
    op.create_index("ix_inspection_units", "inspection", ["unit_ids"], unique=False, postgresql_using="gin")
    op.create_table(
        "inspection_draw",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("units", "inspectors", name="drawkind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("population", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("population_hash", sa.String(), nullable=False),
        sa.Column("excluded", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("drawn", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.CheckConstraint('"count" > 0', name=op.f("ck_inspection_draw_count")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspection.id"], name=op.f("fk_inspection_draw_inspection_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_draw")),
    )
    op.create_index(
        op.f("ix_inspection_draw_inspection_id_at"), "inspection_draw", ["inspection_id", "at"], unique=False
    )
    op.create_table(
        "inspection_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "ground",
            sa.Enum("named", "drawn", name="ground", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspection.id"], name=op.f("fk_inspection_member_inspection_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_inspection_member_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_member")),
    )
    op.create_index(
        "uq_inspection_member_open",
        "inspection_member",
        ["inspection_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_table(
        "inspection_unit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column(
            "ground",
            sa.Enum("named", "drawn", name="ground", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "open", "visited", "skipped", name="visitstatus", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_name", sa.String(), nullable=True),
        sa.Column("skip_reason", sa.String(), nullable=True),
        sa.CheckConstraint("(status = 'skipped') = (skip_reason IS NOT NULL)", name=op.f("ck_inspection_unit_skipped")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspection.id"], name=op.f("fk_inspection_unit_inspection_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_inspection_unit_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_unit")),
        sa.UniqueConstraint("inspection_id", "unit_id", name=op.f("uq_inspection_unit_inspection_id_unit_id")),
    )
    op.create_index("ix_inspection_unit_unit", "inspection_unit", ["unit_id"], unique=False)
    op.create_table(
        "inspection_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.Column("item_key", sa.String(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "ok",
                "problem",
                "not_applicable",
                name="answerresult",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.CheckConstraint("rev > 0", name=op.f("ck_inspection_answer_rev")),
        sa.ForeignKeyConstraint(["row_id"], ["inspection_unit.id"], name=op.f("fk_inspection_answer_row_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_answer")),
        sa.UniqueConstraint("row_id", "item_key", "rev", name=op.f("uq_inspection_answer_row_id_item_key_rev")),
    )
    op.create_table(
        "inspection_finding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "recorded",
                "withdrawn",
                "released",
                "objected",
                "confirmed",
                "dismissed",
                "disposed",
                name="findingstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("item_key", sa.String(), nullable=True),
        sa.Column("problem_code", sa.String(), nullable=True),
        sa.Column("clause", sa.String(), nullable=True),
        sa.Column(
            "severity",
            sa.Enum(
                "good",
                "minor",
                "ordinary",
                "serious",
                name="findingseverity",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("people", sa.LargeBinary(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_ids", postgresql.ARRAY(sa.Uuid()), server_default="{}", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_name", sa.String(), nullable=True),
        sa.Column("is_deemed", sa.Boolean(), nullable=False),
        sa.Column("objection", sa.String(), nullable=True),
        sa.Column("objection_file_ids", postgresql.ARRAY(sa.Uuid()), server_default="{}", nullable=False),
        sa.Column("objected_by_name", sa.String(), nullable=True),
        sa.Column("judgement", sa.String(), nullable=True),
        sa.Column("judged_by_name", sa.String(), nullable=True),
        sa.Column(
            "disposition",
            sa.Enum(
                "item",
                "letter",
                "case",
                "praise",
                "no_action",
                name="disposition",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("disposition_note", sa.String(), nullable=True),
        sa.Column("disposed_by_name", sa.String(), nullable=True),
        sa.Column("disposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("letter_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(severity = 'good') = (problem_code IS NULL)", name=op.f("ck_inspection_finding_coded")),
        sa.CheckConstraint(
            "(status = 'disposed') = (disposition IS NOT NULL)", name=op.f("ck_inspection_finding_disposed")
        ),
        sa.CheckConstraint(
            "status <> 'objected' OR objection IS NOT NULL", name=op.f("ck_inspection_finding_objected")
        ),
        sa.CheckConstraint("NOT is_deemed OR confirmed_at IS NOT NULL", name=op.f("ck_inspection_finding_deemed")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspection.id"], name=op.f("fk_inspection_finding_inspection_id")),
        sa.ForeignKeyConstraint(["item_id"], ["rectification_item.id"], name=op.f("fk_inspection_finding_item_id")),
        sa.ForeignKeyConstraint(["row_id"], ["inspection_unit.id"], name=op.f("fk_inspection_finding_row_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_inspection_finding_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_finding")),
    )
    op.create_index(
        "ix_inspection_finding_inspection", "inspection_finding", ["inspection_id", "seen_at", "id"], unique=False
    )
    op.create_index(
        "ix_inspection_finding_due",
        "inspection_finding",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("status = 'released'"),
    )
    op.create_index("ix_inspection_finding_seen", "inspection_finding", ["seen_at", "id"], unique=False)
    op.create_index(
        "ix_inspection_finding_unit", "inspection_finding", ["unit_id", "problem_code", "seen_at"], unique=False
    )


def downgrade() -> None:
    op.drop_index("ix_inspection_finding_unit", table_name="inspection_finding")
    op.drop_index("ix_inspection_finding_due", table_name="inspection_finding")
    op.drop_index("ix_inspection_finding_seen", table_name="inspection_finding")
    op.drop_index("ix_inspection_finding_inspection", table_name="inspection_finding")
    op.drop_table("inspection_finding")
    op.drop_table("inspection_answer")
    op.drop_index("ix_inspection_unit_unit", table_name="inspection_unit")
    op.drop_table("inspection_unit")
    op.drop_index(
        "uq_inspection_member_open", table_name="inspection_member", postgresql_where=sa.text("removed_at IS NULL")
    )
    op.drop_table("inspection_member")
    op.drop_index(op.f("ix_inspection_draw_inspection_id_at"), table_name="inspection_draw")
    op.drop_table("inspection_draw")
    op.drop_index("ix_inspection_units", table_name="inspection", postgresql_using="gin")
    op.drop_index("ix_inspection_team", table_name="inspection", postgresql_using="gin")
    op.drop_index("ix_inspection_starts", table_name="inspection")
    op.drop_index("ix_inspection_plan", table_name="inspection", postgresql_where=sa.text("plan_id IS NOT NULL"))
    op.drop_table("inspection")
    op.drop_index(
        "uq_inspector_relation_open", table_name="inspector_relation", postgresql_where=sa.text("ended_at IS NULL")
    )
    op.drop_table("inspector_relation")
    op.drop_index("ix_inspection_plan_first", table_name="inspection_plan")
    op.drop_table("inspection_plan")
    op.drop_table("inspection_checklist")
