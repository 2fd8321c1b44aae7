"""Previews are never looked up by clock: their index on it only slowed them down"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index(op.f("ix_time_change_move_clock_id"), table_name="time_change_move")


def downgrade() -> None:
    op.create_index(op.f("ix_time_change_move_clock_id"), "time_change_move", ["clock_id"])
