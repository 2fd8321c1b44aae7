"""Assignments: which unit has which part in a case, and who sees a case because of a part

Cases under way get the lead's part that they would have been dispatched with.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_STATUSES = ("to_sign", "signed", "handling", "replied", "accepted", "returned", "handed_over", "cancelled")
_WAYS = ("dispatched", "designated", "handed_over", "handed_down", "whistled")


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


BACK_FILL = """
INSERT INTO case_assignment (id, rev, created_at, updated_at, case_id, unit_id, part, way, status, due_at,
                             dispatched_at, dispatched_by, handler_id, replied_at, replied_by, redo_count)
SELECT gen_random_uuid(), 1, now(), now(), c.id, c.lead_unit_id, 'lead', 'dispatched', c.status, c.due_at,
       coalesce(c.dispatched_at, c.received_at), '', p.id, c.replied_at, c.replied_by, c.redo_count
FROM "case" c JOIN unit u ON u.id = c.lead_unit_id LEFT JOIN person p ON p.id = c.handler_id
WHERE c.status IN ('to_sign', 'handling', 'replied')
"""


def upgrade() -> None:
    op.add_column("case", sa.Column("co_unit_ids", postgresql.ARRAY(sa.Uuid()), nullable=True))
    op.add_column("case", sa.Column("co_handler_ids", postgresql.ARRAY(sa.Uuid()), nullable=True))
    op.add_column("case", sa.Column("first_unit_id", sa.Uuid(), nullable=True))
    op.add_column("case", sa.Column("return_forbidden", sa.Boolean(), server_default=sa.false(), nullable=False))
    for name in ("co_unit", "co_handler"):
        op.create_index(
            f"ix_case_{name}s",
            "case",
            [f"{name}_ids"],
            postgresql_using="gin",
            postgresql_where=sa.text(f"{name}_ids IS NOT NULL"),
        )
    op.create_table(
        "case_assignment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("part", _words("assignmentpart", "lead", "co"), nullable=False),
        sa.Column("way", _words("assignmentway", *_WAYS), nullable=False),
        sa.Column("status", _words("assignmentstatus", *_STATUSES), nullable=False),
        sa.Column("answers_to_id", sa.Uuid(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dispatched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dispatched_by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("basis", sa.String(), nullable=True),
        sa.Column("handler_id", sa.Uuid(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_by", sa.String(), nullable=True),
        sa.Column("contacted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reply_text", sa.String(), nullable=True),
        sa.Column("reply_file_ids", postgresql.ARRAY(sa.Uuid()), server_default="{}", nullable=False),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replied_by", sa.String(), nullable=True),
        sa.Column("redo_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(status IN ('accepted', 'returned', 'handed_over', 'cancelled')) = (ended_at IS NOT NULL)",
            name=op.f("ck_case_assignment_ended"),
        ),
        sa.CheckConstraint(
            "part = 'lead' OR status NOT IN ('replied', 'accepted') OR reply_text IS NOT NULL",
            name=op.f("ck_case_assignment_reply"),
        ),
        sa.CheckConstraint("way <> 'designated' OR basis IS NOT NULL", name=op.f("ck_case_assignment_basis")),
        sa.CheckConstraint(
            "status NOT IN ('returned', 'cancelled') OR end_reason IS NOT NULL",
            name=op.f("ck_case_assignment_reason"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_assignment_case_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_case_assignment_unit_id")),
        sa.ForeignKeyConstraint(["answers_to_id"], ["unit.id"], name=op.f("fk_case_assignment_answers_to_id")),
        sa.ForeignKeyConstraint(["handler_id"], ["person.id"], name=op.f("fk_case_assignment_handler_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_assignment")),
    )
    op.create_index("ix_case_assignment_case_id", "case_assignment", ["case_id"])
    op.create_index("ix_case_assignment_unit_status_due", "case_assignment", ["unit_id", "status", "due_at", "id"])
    op.create_index(
        "ix_case_assignment_handler",
        "case_assignment",
        ["handler_id", "status"],
        postgresql_where=sa.text("handler_id IS NOT NULL"),
    )
    op.create_index(
        "uq_case_assignment_open_lead",
        "case_assignment",
        ["case_id"],
        unique=True,
        postgresql_where=sa.text("part = 'lead' AND ended_at IS NULL"),
    )
    op.create_index(
        "uq_case_assignment_open_unit",
        "case_assignment",
        ["case_id", "unit_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.execute(BACK_FILL)


def downgrade() -> None:
    op.drop_table("case_assignment")
    for name in ("co_unit_ids", "co_handler_ids", "first_unit_id", "return_forbidden"):
        op.drop_column("case", name)
