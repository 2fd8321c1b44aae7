"""The clock that runs until an item is put right has a name of its own; that of a case is called finish."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

RENAME = "UPDATE clock SET kind = '{}' WHERE subject_type = 'rectification_item' AND kind = '{}'"


def upgrade() -> None:
    op.execute(RENAME.format("rectify", "finish"))


def downgrade() -> None:
    op.execute(RENAME.format("finish", "rectify"))
