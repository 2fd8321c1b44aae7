"""Time policies in versions, with allowances; changes of the rules as signed batches

The allowances of policies that came with earlier releases are filled in where their presets have some; what a region
wrote itself stays without limits.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ACTIONS = ("pause", "resume", "extend", "stop", "cancel", "recalculate")
TIME = "'^([01][0-9]|2[0-3]):[0-5][0-9]$'"
COUNTS = ("max_pauses", "max_paused_days", "max_extensions", "max_extension", "max_returns", "return_within")
CHECKS = {
    "allowances": "version >= 1 AND max_pauses >= 0 AND max_paused_days >= 0 AND max_extensions >= 0"
    " AND max_extension >= 0 AND max_returns >= 0 AND max_redos >= 0",
    "return_window": "(return_within IS NULL) = (return_unit IS NULL) AND return_within > 0"
    " AND return_unit IN ('minute', 'work_hour', 'working_day')",
    "notice": f"(notice_from IS NULL) = (notice_to IS NULL) AND notice_from < notice_to"
    f" AND notice_from ~ {TIME} AND notice_to ~ {TIME}",
    "decided": "state = 'draft' OR drafted_by IS NULL OR decided_by IS NOT NULL",
}
DRAFTED = ("drafted_by", "decided_by")


def _words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.drop_constraint(op.f("pk_calendar_day"), "calendar_day")
    op.create_primary_key(op.f("pk_calendar_day"), "calendar_day", ["calendar_code", "day", "is_local"])
    _policies()
    _changes()
    op.add_column("clock", sa.Column("scope", sa.String(), server_default="*", nullable=False))
    op.add_column(
        "clock_ledger", sa.Column("file_ids", postgresql.ARRAY(sa.Uuid()), server_default="{}", nullable=False)
    )
    op.add_column("clock_ledger", sa.Column("change_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_clock_ledger_change_id"), "clock_ledger", "time_change", ["change_id"], ["id"])
    op.create_index(
        "ix_clock_ledger_change", "clock_ledger", ["change_id"], postgresql_where=sa.text("change_id IS NOT NULL")
    )
    _actions(*ACTIONS, "return")


def _policies() -> None:
    table = "time_policy"
    op.drop_constraint(op.f("uq_time_policy_code_kind_effective_from"), table)
    op.add_column(table, sa.Column("scope", sa.String(), server_default="*", nullable=False))
    op.add_column(table, sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    states = _words("policystate", "draft", "in_force", "withdrawn")
    op.add_column(table, sa.Column("state", states, server_default="in_force", nullable=False))
    for name in (*COUNTS, "max_redos"):
        op.add_column(table, sa.Column(name, sa.Integer(), nullable=True))
    op.add_column(table, sa.Column("return_unit", sa.String(40), nullable=True))
    for name in ("notice_from", "notice_to", "reason"):
        op.add_column(table, sa.Column(name, sa.String(), nullable=True))
    for name in DRAFTED:
        op.add_column(table, sa.Column(name, sa.Uuid(), nullable=True))
    op.add_column(table, sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(table, sa.Column("rev", sa.Integer(), server_default="1", nullable=False))
    op.execute(
        "UPDATE time_policy SET version = numbered.version FROM (SELECT id, row_number() OVER"
        " (PARTITION BY code, kind ORDER BY effective_from) AS version FROM time_policy) AS numbered"
        " WHERE numbered.id = time_policy.id"
    )
    for name, condition in CHECKS.items():
        op.create_check_constraint(op.f(f"ck_time_policy_{name}"), table, condition)
    op.create_unique_constraint(
        op.f("uq_time_policy_code_kind_scope_version"), table, ["code", "kind", "scope", "version"]
    )
    op.execute(
        "UPDATE time_policy SET max_pauses = 2, max_paused_days = 60, max_extensions = 1, max_redos = 2,"
        " max_extension = CASE unit WHEN 'minute' THEN 0 WHEN 'natural_day' THEN 30 ELSE 5 END"
        " WHERE code LIKE 'case.%' AND kind = 'finish'"
    )
    op.execute(
        "UPDATE time_policy SET max_returns = 2, return_within = 1440, return_unit = 'minute', max_extensions = 0"
        " WHERE code LIKE 'case.%' AND kind = 'sign'"
    )
    op.execute("UPDATE time_policy SET notice_from = '08:00', notice_to = '21:00' WHERE code NOT LIKE '%.emergency'")


def _changes() -> None:
    op.create_table(
        "time_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", _words("changekind", "notice", "local_days", "hours", "policy"), nullable=False),
        sa.Column(
            "state",
            _words("changestate", "computing", "ready", "applying", "done", "withdrawn"),
            nullable=False,
        ),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.Column("payload", postgresql.JSONB(), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("calendar_version", "days_changed", "later", "earlier", "moved", "kept")
        ),
        sa.Column("approve_earlier", sa.Boolean(), nullable=False),
        sa.Column("drafted_by", sa.Uuid(), nullable=False),
        sa.Column("drafted_name", sa.String(), nullable=False),
        sa.Column("signed_by", sa.Uuid(), nullable=True),
        sa.Column("signed_name", sa.String(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("jsonb_typeof(payload) = 'object'", name=op.f("ck_time_change_payload")),
        sa.CheckConstraint(
            "later >= 0 AND earlier >= 0 AND moved >= 0 AND kept >= 0", name=op.f("ck_time_change_counts")
        ),
        sa.CheckConstraint(
            "(state IN ('applying', 'done')) = (signed_by IS NOT NULL)", name=op.f("ck_time_change_signed")
        ),
        sa.CheckConstraint("NOT approve_earlier OR signed_by <> drafted_by", name=op.f("ck_time_change_four_eyes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_change")),
    )
    op.create_index(op.f("ix_time_change_created_at_id"), "time_change", ["created_at", "id"])
    op.create_index(
        "uq_time_change_applying",
        "time_change",
        [sa.text("(state = 'applying')")],
        unique=True,
        postgresql_where=sa.text("state = 'applying'"),
    )
    op.create_table(
        "time_change_move",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("change_id", sa.Uuid(), nullable=False),
        sa.Column("clock_id", sa.Uuid(), nullable=False),
        sa.Column("from_due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("to_due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shift_minutes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["time_change.id"], name=op.f("fk_time_change_move_change_id")),
        sa.ForeignKeyConstraint(["clock_id"], ["clock.id"], name=op.f("fk_time_change_move_clock_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_change_move")),
    )
    op.create_index(
        op.f("ix_time_change_move_change_id_shift_minutes_id"),
        "time_change_move",
        ["change_id", "shift_minutes", "id"],
    )
    op.create_index(op.f("ix_time_change_move_clock_id"), "time_change_move", ["clock_id"])


def _actions(*values: str) -> None:
    op.drop_constraint(op.f("ck_clock_ledger_ledgeraction"), "clock_ledger")
    allowed = ", ".join(f"'{value}'" for value in values)
    op.create_check_constraint(op.f("ck_clock_ledger_ledgeraction"), "clock_ledger", f"action IN ({allowed})")


def downgrade() -> None:
    op.execute(
        "DELETE FROM calendar_day AS national USING calendar_day AS local WHERE local.day = national.day"
        " AND local.calendar_code = national.calendar_code AND local.is_local AND NOT national.is_local"
    )
    op.drop_constraint(op.f("pk_calendar_day"), "calendar_day")
    op.create_primary_key(op.f("pk_calendar_day"), "calendar_day", ["calendar_code", "day"])
    _actions(*ACTIONS)
    op.drop_index("ix_clock_ledger_change", "clock_ledger")
    op.drop_constraint(op.f("fk_clock_ledger_change_id"), "clock_ledger")
    op.drop_column("clock_ledger", "change_id")
    op.drop_column("clock_ledger", "file_ids")
    op.drop_column("clock", "scope")
    op.drop_table("time_change_move")
    op.drop_table("time_change")
    table = "time_policy"
    for name in CHECKS:
        op.drop_constraint(op.f(f"ck_time_policy_{name}"), table)
    op.drop_constraint(op.f("uq_time_policy_code_kind_scope_version"), table)
    dropped = ("state", "scope", "version", *COUNTS, "max_redos", "return_unit")
    for name in (*dropped, "notice_from", "notice_to", "reason", *DRAFTED, "decided_at", "rev"):
        op.drop_column(table, name)
    op.create_unique_constraint(
        op.f("uq_time_policy_code_kind_effective_from"), table, ["code", "kind", "effective_from"]
    )
