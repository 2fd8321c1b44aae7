"""Items with their full fields, more time for them, reports of progress, and the register of institutions"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

STATUSES = ("registered", "planned", "plan_returned", "rectifying", "closeout_applied", "verified", "closed")
OPEN = ("registered", "plan_returned")
PLANNED = (
    "target IS NOT NULL AND due_on IS NOT NULL AND lead_unit_id IS NOT NULL "
    "AND responsible_leader_id IS NOT NULL AND responsible_person_id IS NOT NULL"
)
RULES = {
    "extended": "extended_count >= 0",
    "owner": "(owner_person_id IS NULL) = (owner_type IN ('leading_team', 'unit'))",
    "waiver": "(institution_waiver IS NULL) = (institution_waived_by IS NULL)",
}


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _recheck(statuses: tuple[str, ...], unplanned: tuple[str, ...]) -> None:
    rules = {
        "itemstatus": f"status IN ({_listed(statuses)})",
        "plan": f"status IN ({_listed(unplanned)}) OR ({PLANNED})",
    }
    for name, rule in rules.items():
        op.drop_constraint(op.f(f"ck_rectification_item_{name}"), "rectification_item")
        op.create_check_constraint(op.f(f"ck_rectification_item_{name}"), "rectification_item", rule)


def upgrade() -> None:
    op.create_table(
        "institution",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("no", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "task",
            sa.Enum(
                "create",
                "revise",
                "abolish",
                name="institutiontask",
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
                "published",
                "dropped",
                name="institutionstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("doc_no", sa.String(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(status = 'published') = (doc_no IS NOT NULL AND published_on IS NOT NULL)",
            name=op.f("ck_institution_published"),
        ),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_institution_file_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_institution_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_institution")),
        sa.UniqueConstraint("no", name=op.f("uq_institution_no")),
    )
    op.create_index(op.f("ix_institution_due_on_id"), "institution", ["due_on", "id"], unique=False)
    op.create_index("ix_institution_unit", "institution", ["unit_id", "status", "due_on", "id"], unique=False)
    op.create_table(
        "rectification_extension",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "applied",
                "granted",
                "refused",
                name="extensionstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("from_due_on", sa.Date(), nullable=False),
        sa.Column("to_due_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("applied_by", sa.Uuid(), nullable=False),
        sa.Column("applied_by_name", sa.String(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_by_name", sa.String(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(status = 'applied') = (decided_at IS NULL)", name=op.f("ck_rectification_extension_decided")
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> applied_by", name=op.f("ck_rectification_extension_second_person")
        ),
        sa.CheckConstraint("to_due_on > from_due_on", name=op.f("ck_rectification_extension_later")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["rectification_item.id"], name=op.f("fk_rectification_extension_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification_extension")),
    )
    op.create_index(
        op.f("ix_rectification_extension_item_id_applied_at"),
        "rectification_extension",
        ["item_id", "applied_at"],
        unique=False,
    )
    op.create_index(
        "uq_rectification_extension_open",
        "rectification_extension",
        ["item_id"],
        unique=True,
        postgresql_where=sa.text("status = 'applied'"),
    )
    op.create_table(
        "rectification_progress",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("difficulties", sa.String(), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_rectification_progress_percent")),
        sa.ForeignKeyConstraint(["item_id"], ["rectification_item.id"], name=op.f("fk_rectification_progress_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification_progress")),
    )
    op.create_index(
        op.f("ix_rectification_progress_item_id_at"), "rectification_progress", ["item_id", "at"], unique=False
    )
    op.add_column("rectification_evidence", sa.Column("sha256", sa.String(64), nullable=True))
    op.execute("UPDATE rectification_evidence e SET sha256 = f.sha256 FROM file f WHERE f.id = e.file_id")
    op.alter_column("rectification_evidence", "sha256", nullable=False)
    op.add_column("rectification_evidence", sa.Column("place", sa.String(200), nullable=True))
    op.add_column("rectification_evidence", sa.Column("uploaded_by_id", sa.Uuid(), nullable=True))
    op.add_column(
        "rectification_item",
        sa.Column(
            "owner_type",
            sa.Enum(
                "leading_team",
                "team_member",
                "cadre",
                "unit",
                name="ownertype",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            server_default="unit",
            nullable=False,
        ),
    )
    op.add_column("rectification_item", sa.Column("owner_person_id", sa.Uuid(), nullable=True))
    op.add_column("rectification_item", sa.Column("manifestation", sa.String(), nullable=True))
    op.add_column(
        "rectification_item", sa.Column("co_unit_ids", postgresql.ARRAY(sa.Uuid()), server_default="{}", nullable=False)
    )
    op.add_column("rectification_item", sa.Column("started_on", sa.Date(), nullable=True))
    op.add_column("rectification_item", sa.Column("extended_count", sa.Integer(), server_default="0", nullable=False))
    op.add_column("rectification_item", sa.Column("is_mass", sa.Boolean(), server_default="false", nullable=False))
    op.add_column("rectification_item", sa.Column("is_systemic", sa.Boolean(), server_default="false", nullable=False))
    op.add_column("rectification_item", sa.Column("institution_id", sa.Uuid(), nullable=True))
    op.add_column("rectification_item", sa.Column("institution_waiver", sa.String(), nullable=True))
    op.add_column("rectification_item", sa.Column("institution_waived_by", sa.String(), nullable=True))
    op.create_index(
        "ix_rectification_item_co_units", "rectification_item", ["co_unit_ids"], unique=False, postgresql_using="gin"
    )
    op.create_index(
        "ix_rectification_item_institution",
        "rectification_item",
        ["institution_id"],
        unique=False,
        postgresql_where=sa.text("institution_id IS NOT NULL"),
    )
    op.create_index(
        "ix_rectification_item_systemic",
        "rectification_item",
        ["due_at", "id"],
        unique=False,
        postgresql_where=sa.text("is_systemic"),
    )
    op.create_foreign_key(
        op.f("fk_rectification_item_institution_id"), "rectification_item", "institution", ["institution_id"], ["id"]
    )
    op.create_foreign_key(
        op.f("fk_rectification_item_owner_person_id"), "rectification_item", "person", ["owner_person_id"], ["id"]
    )
    _recheck((*STATUSES, "voided"), (*OPEN, "voided"))
    for name, rule in RULES.items():
        op.create_check_constraint(op.f(f"ck_rectification_item_{name}"), "rectification_item", rule)


def downgrade() -> None:
    for name in RULES:
        op.drop_constraint(op.f(f"ck_rectification_item_{name}"), "rectification_item")
    op.execute("UPDATE rectification_item SET status = 'registered' WHERE status = 'voided'")
    _recheck(STATUSES, OPEN)
    op.drop_constraint(op.f("fk_rectification_item_owner_person_id"), "rectification_item", type_="foreignkey")
    op.drop_constraint(op.f("fk_rectification_item_institution_id"), "rectification_item", type_="foreignkey")
    op.drop_index(
        "ix_rectification_item_systemic", table_name="rectification_item", postgresql_where=sa.text("is_systemic")
    )
    op.drop_index(
        "ix_rectification_item_institution",
        table_name="rectification_item",
        postgresql_where=sa.text("institution_id IS NOT NULL"),
    )
    op.drop_index("ix_rectification_item_co_units", table_name="rectification_item", postgresql_using="gin")
    op.drop_column("rectification_item", "institution_waived_by")
    op.drop_column("rectification_item", "institution_waiver")
    op.drop_column("rectification_item", "institution_id")
    op.drop_column("rectification_item", "is_systemic")
    op.drop_column("rectification_item", "is_mass")
    op.drop_column("rectification_item", "extended_count")
    op.drop_column("rectification_item", "started_on")
    op.drop_column("rectification_item", "co_unit_ids")
    op.drop_column("rectification_item", "manifestation")
    op.drop_column("rectification_item", "owner_person_id")
    op.drop_column("rectification_item", "owner_type")
    op.drop_column("rectification_evidence", "uploaded_by_id")
    op.drop_column("rectification_evidence", "place")
    op.drop_column("rectification_evidence", "sha256")
    op.drop_index(op.f("ix_rectification_progress_item_id_at"), table_name="rectification_progress")
    op.drop_table("rectification_progress")
    op.drop_index(
        "uq_rectification_extension_open",
        table_name="rectification_extension",
        postgresql_where=sa.text("status = 'applied'"),
    )
    op.drop_index(op.f("ix_rectification_extension_item_id_applied_at"), table_name="rectification_extension")
    op.drop_table("rectification_extension")
    op.drop_index("ix_institution_unit", table_name="institution")
    op.drop_index(op.f("ix_institution_due_on_id"), table_name="institution")
    op.drop_table("institution")
