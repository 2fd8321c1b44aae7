"""Leaves, substitutes of posts, and parts that somebody has in another's place"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "leave",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("back_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_leave_days")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_leave_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave")),
    )
    op.create_index("ix_leave_person_day", "leave", ["person_id", "last_day"])
    op.create_index("ix_leave_open", "leave", ["first_day"], postgresql_where=sa.text("back_at IS NULL"))
    op.add_column("appointment", sa.Column("substitute_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_appointment_substitute_id_person"), "appointment", "person", ["substitute_id"], ["id"]
    )
    op.create_check_constraint(op.f("ck_appointment_substitute"), "appointment", "substitute_id <> person_id")
    op.create_index(
        "ix_appointment_substitute",
        "appointment",
        ["substitute_id"],
        postgresql_where=sa.text("substitute_id IS NOT NULL"),
    )
    op.add_column("case_assignment", sa.Column("acting_for_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_case_assignment_acting_for_id_person"), "case_assignment", "person", ["acting_for_id"], ["id"]
    )
    op.create_index(
        "ix_case_assignment_acting_for",
        "case_assignment",
        ["acting_for_id"],
        postgresql_where=sa.text("acting_for_id IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_case_assignment_acting_for", table_name="case_assignment")
    op.drop_column("case_assignment", "acting_for_id")
    op.drop_index("ix_appointment_substitute", table_name="appointment")
    op.drop_constraint(op.f("ck_appointment_substitute"), "appointment")
    op.drop_column("appointment", "substitute_id")
    op.drop_table("leave")
