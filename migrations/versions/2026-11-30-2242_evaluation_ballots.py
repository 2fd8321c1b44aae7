"""Evaluations: codes, ballots and receipts"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


_BEFORE = ("draft", "scheme_frozen", "pool_frozen", "drawn", "void")
_AFTER = ("draft", "scheme_frozen", "pool_frozen", "drawn", "open", "closed", "void")


def _states(names: tuple[str, ...]) -> None:
    table, rule = "evaluation_round", op.f("ck_evaluation_round_roundstatus")
    op.drop_constraint(rule, table, type_="check")
    op.create_check_constraint(rule, table, sa.column("status").in_(names))


def upgrade() -> None:
    _states(_AFTER)
    op.create_table(
        "evaluation_ballot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column(
            "category",
            sa.Enum(
                "service_user",
                "supervisor",
                "deputy",
                "enterprise",
                "resident",
                name="ratercategory",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["evaluation_round.id"], name=op.f("fk_evaluation_ballot_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_ballot")),
    )
    op.create_index(op.f("ix_evaluation_ballot_round_id"), "evaluation_ballot", ["round_id"], unique=False)
    op.create_table(
        "evaluation_ballot_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column(
            "category",
            sa.Enum(
                "service_user",
                "supervisor",
                "deputy",
                "enterprise",
                "resident",
                name="ratercategory",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("spent", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["evaluation_round.id"], name=op.f("fk_evaluation_ballot_code_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_ballot_code")),
        sa.UniqueConstraint("round_id", "code_hash", name=op.f("uq_evaluation_ballot_code_round_id_code_hash")),
    )
    op.create_table(
        "evaluation_ballot_envelope",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["evaluation_round.id"], name=op.f("fk_evaluation_ballot_envelope_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_ballot_envelope")),
    )
    op.create_index(
        op.f("ix_evaluation_ballot_envelope_round_id"), "evaluation_ballot_envelope", ["round_id"], unique=False
    )
    op.create_table(
        "evaluation_ballot_receipt",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("receipt", sa.String(16), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["evaluation_round.id"], name=op.f("fk_evaluation_ballot_receipt_round_id")
        ),
        sa.PrimaryKeyConstraint("round_id", "receipt", name=op.f("pk_evaluation_ballot_receipt")),
    )


def downgrade() -> None:
    _states(_BEFORE)
    op.drop_table("evaluation_ballot_receipt")
    op.drop_index(op.f("ix_evaluation_ballot_envelope_round_id"), table_name="evaluation_ballot_envelope")
    op.drop_table("evaluation_ballot_envelope")
    op.drop_table("evaluation_ballot_code")
    op.drop_index(op.f("ix_evaluation_ballot_round_id"), table_name="evaluation_ballot")
    op.drop_table("evaluation_ballot")
