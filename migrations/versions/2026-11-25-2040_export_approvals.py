"""Exports that a second person has to agree to"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

STATES = ("to_approve", "waiting", "running", "done", "cancelled", "failed", "refused")
BEFORE = ("waiting", "running", "done", "cancelled", "failed")


def upgrade() -> None:
    op.add_column("export_job", sa.Column("decided_by", sa.Uuid(), nullable=True))
    op.add_column("export_job", sa.Column("decided_by_name", sa.String(), nullable=True))
    op.add_column("export_job", sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("export_job", sa.Column("decision", sa.String(length=1000), nullable=True))
    op.create_foreign_key("fk_export_job_decided_by", "export_job", "account", ["decided_by"], ["id"])
    _states(STATES, "('to_approve', 'waiting', 'running')")
    op.create_check_constraint(op.f("ck_export_job_second_person"), "export_job", "decided_by <> requested_by")
    op.create_check_constraint(
        op.f("ck_export_job_decided"), "export_job", "(decided_by IS NULL) = (decided_at IS NULL)"
    )
    op.create_check_constraint(
        op.f("ck_export_job_refused"),
        "export_job",
        "state <> 'refused' OR (decided_by IS NOT NULL AND decision IS NOT NULL)",
    )
    op.create_index(
        "ix_export_job_to_approve",
        "export_job",
        ["created_at", "id"],
        postgresql_where=sa.text("state = 'to_approve'"),
    )


def downgrade() -> None:
    op.execute(
        "UPDATE export_job SET state = 'cancelled', finished_at = coalesce(finished_at, updated_at) "
        "WHERE state IN ('to_approve', 'refused')"
    )
    op.drop_index("ix_export_job_to_approve", table_name="export_job")
    for name in ("refused", "decided", "second_person"):
        op.drop_constraint(op.f(f"ck_export_job_{name}"), "export_job", type_="check")
    _states(BEFORE, "('waiting', 'running')")
    op.drop_constraint("fk_export_job_decided_by", "export_job", type_="foreignkey")
    for name in ("decision", "decided_at", "decided_by_name", "decided_by"):
        op.drop_column("export_job", name)


def _states(states: tuple[str, ...], unfinished: str) -> None:
    listed = ", ".join(f"'{state}'" for state in states)
    op.drop_constraint(op.f("ck_export_job_exportstate"), "export_job", type_="check")
    op.create_check_constraint(op.f("ck_export_job_exportstate"), "export_job", f"state IN ({listed})")
    op.drop_constraint(op.f("ck_export_job_finished"), "export_job", type_="check")
    op.create_check_constraint(
        op.f("ck_export_job_finished"), "export_job", f"(state IN {unfinished}) = (finished_at IS NULL)"
    )
