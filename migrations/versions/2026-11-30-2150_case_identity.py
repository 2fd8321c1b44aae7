"""Cases: how the reporter is known is one choice of three"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_IDENTITY = sa.Enum(
    "anonymous", "confidential", "real_name", name="identity", native_enum=False, create_constraint=True, length=40
)


def upgrade() -> None:
    op.add_column("case", sa.Column("identity", _IDENTITY, nullable=False, server_default="real_name"))
    op.execute(
        """
        UPDATE "case" SET identity = CASE
            WHEN anonymous OR (caller_name IS NULL AND caller_phone IS NULL) THEN 'anonymous' ELSE 'confidential' END
        WHERE anonymous OR confidential OR (caller_name IS NULL AND caller_phone IS NULL)
        """
    )
    op.alter_column("case", "identity", server_default=None)
    op.drop_constraint(op.f("ck_case_anonymous"), "case", type_="check")
    op.create_check_constraint(
        op.f("ck_case_anonymous"),
        "case",
        "identity <> 'anonymous' OR (caller_name IS NULL AND caller_phone IS NULL AND caller_phone_hash IS NULL)",
    )
    op.drop_column("case", "anonymous")
    op.drop_column("case", "confidential")


def downgrade() -> None:
    for name in ("anonymous", "confidential"):
        op.add_column("case", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
        told = sa.table("case", sa.column("identity"), sa.column(name))
        op.execute(told.update().where(told.c.identity == name).values({name: True}))
        op.alter_column("case", name, server_default=None)
    op.drop_constraint(op.f("ck_case_anonymous"), "case", type_="check")
    op.create_check_constraint(
        op.f("ck_case_anonymous"), "case", "NOT anonymous OR (caller_name IS NULL AND caller_phone IS NULL)"
    )
    op.drop_column("case", "identity")
