"""Evaluations: results and the scores in them"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


_BEFORE = ("draft", "scheme_frozen", "pool_frozen", "drawn", "open", "closed", "void")
_AFTER = (*_BEFORE[:-1], "computed", "published", "final", "void")


def _states(names: tuple[str, ...]) -> None:
    table, rule = "evaluation_round", op.f("ck_evaluation_round_roundstatus")
    op.drop_constraint(rule, table, type_="check")
    op.create_check_constraint(rule, table, sa.column("status").in_(names))


def upgrade() -> None:
    _states(_AFTER)
    op.create_table(
        "evaluation_result",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("box_hash", sa.String(64), nullable=False),
        sa.Column("faults", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("parts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("tallied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tallied_by", sa.Uuid(), nullable=False),
        sa.Column("tallied_by_name", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.Column("published_by_name", sa.String(), nullable=True),
        sa.Column("objections_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("version > 0", name=op.f("ck_evaluation_result_version")),
        sa.CheckConstraint(
            "(published_at IS NULL) = (published_by IS NULL)", name=op.f("ck_evaluation_result_published")
        ),
        sa.CheckConstraint(
            "(published_at IS NULL) = (objections_until IS NULL)", name=op.f("ck_evaluation_result_window")
        ),
        sa.CheckConstraint(
            "published_by IS NULL OR published_by <> tallied_by", name=op.f("ck_evaluation_result_second_person")
        ),
        sa.CheckConstraint("published_at IS NULL OR faults = '[]'::jsonb", name=op.f("ck_evaluation_result_valid")),
        sa.ForeignKeyConstraint(["round_id"], ["evaluation_round.id"], name=op.f("fk_evaluation_result_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_result")),
        sa.UniqueConstraint("round_id", "version", name=op.f("uq_evaluation_result_round_id_version")),
    )
    op.create_table(
        "evaluation_score",
        sa.Column("result_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("group_name", sa.String(), nullable=False),
        sa.Column("is_key", sa.Boolean(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "unit",
                "section",
                "service_item",
                name="objectkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("survey", sa.Numeric(5, 2), nullable=True),
        sa.Column("total", sa.Numeric(5, 2), nullable=True),
        sa.Column("exact", sa.String(), nullable=True),
        sa.Column("replies", sa.Integer(), nullable=False),
        sa.Column("unknown", sa.Integer(), nullable=False),
        sa.Column("cells", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("ranked", sa.Integer(), nullable=False),
        sa.Column("is_bottom", sa.Boolean(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("small", sa.Boolean(), nullable=False),
        sa.Column("reweighted", sa.Boolean(), nullable=False),
        sa.Column("veto", sa.String(), nullable=True),
        sa.CheckConstraint("(total IS NULL) = (exact IS NULL)", name=op.f("ck_evaluation_score_exact")),
        sa.CheckConstraint(
            "NOT hidden OR (survey IS NULL AND total IS NULL AND rank IS NULL)",
            name=op.f("ck_evaluation_score_hidden"),
        ),
        sa.ForeignKeyConstraint(["result_id"], ["evaluation_result.id"], name=op.f("fk_evaluation_score_result_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_evaluation_score_unit_id")),
        sa.PrimaryKeyConstraint("result_id", "place", name=op.f("pk_evaluation_score")),
    )
    op.create_index(op.f("ix_evaluation_score_unit_id"), "evaluation_score", ["unit_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_evaluation_score_unit_id"), table_name="evaluation_score")
    op.drop_table("evaluation_score")
    op.drop_table("evaluation_result")
    _states(_BEFORE)
