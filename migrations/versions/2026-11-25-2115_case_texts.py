"""Cases are found by the words of their texts, two characters and up (ADR 0016)"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_text",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("pairs", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_case_text"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_case_text_case_id"),
    )
    op.create_index("ix_case_text_pairs", "case_text", ["pairs"], postgresql_using="gin")
    # How common a pair is decides between the index and the order of the list; the default keeps too few of them.
    op.execute("ALTER TABLE case_text ALTER COLUMN pairs SET STATISTICS 500")
    op.drop_index("ix_case_title_trigrams", table_name="case")


def downgrade() -> None:
    op.create_index(
        "ix_case_title_trigrams", "case", ["title"], postgresql_using="gin", postgresql_ops={"title": "gin_trgm_ops"}
    )
    op.drop_table("case_text")
