"""Evaluations: the pool, rounds and draws"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evaluation_representative",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
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
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=False),
        sa.Column("phone_hash", sa.LargeBinary(), nullable=False),
        sa.Column("identity", sa.LargeBinary(), nullable=False),
        sa.Column("identity_hash", sa.LargeBinary(), nullable=False),
        sa.Column("employer_id", sa.Uuid(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "active", "withdrawn", name="representativestatus", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["employer_id"], ["unit.id"], name=op.f("fk_evaluation_representative_employer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_representative")),
    )
    op.create_index(
        op.f("ix_evaluation_representative_created_at_id"),
        "evaluation_representative",
        ["created_at", "id"],
        unique=False,
    )
    op.create_index(
        "uq_evaluation_representative_identity",
        "evaluation_representative",
        ["identity_hash"],
        unique=True,
        postgresql_where=sa.text("status = 'active'"),
    )
    op.create_index(
        "uq_evaluation_representative_phone",
        "evaluation_representative",
        ["phone_hash"],
        unique=True,
        postgresql_where=sa.text("status = 'active'"),
    )
    op.create_table(
        "evaluation_round",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("no", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "scheme_frozen",
                "pool_frozen",
                "drawn",
                "void",
                name="roundstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("scheme_id", sa.Uuid(), nullable=False),
        sa.Column("content", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("content_hash", sa.String(64), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_by_name", sa.String(), nullable=False),
        sa.CheckConstraint("(status = 'draft') = (content IS NULL)", name=op.f("ck_evaluation_round_frozen")),
        sa.CheckConstraint("(content IS NULL) = (content_hash IS NULL)", name=op.f("ck_evaluation_round_hashed")),
        sa.CheckConstraint("year BETWEEN 2000 AND 2199", name=op.f("ck_evaluation_round_year")),
        sa.ForeignKeyConstraint(["scheme_id"], ["evaluation_scheme.id"], name=op.f("fk_evaluation_round_scheme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_round")),
        sa.UniqueConstraint("no", name=op.f("uq_evaluation_round_no")),
    )
    op.create_index(op.f("ix_evaluation_round_created_at_id"), "evaluation_round", ["created_at", "id"], unique=False)
    op.create_table(
        "evaluation_draw",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "committed",
                "drawn",
                "superseded",
                name="drawstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("quotas", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("pool_count", sa.Integer(), nullable=False),
        sa.Column("excluded_count", sa.Integer(), nullable=False),
        sa.Column("pool_hash", sa.String(64), nullable=False),
        sa.Column("entropy_source", sa.String(), nullable=False),
        sa.Column("entropy_on", sa.Date(), nullable=False),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("committed_by_name", sa.String(), nullable=False),
        sa.Column("entropy", sa.String(), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("drawn_by_name", sa.String(), nullable=True),
        sa.Column("superseded_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(status = 'superseded') = (superseded_reason IS NOT NULL)", name=op.f("ck_evaluation_draw_superseded")
        ),
        sa.CheckConstraint("status <> 'drawn' OR entropy IS NOT NULL", name=op.f("ck_evaluation_draw_drawn")),
        sa.CheckConstraint("(entropy IS NULL) = (drawn_at IS NULL)", name=op.f("ck_evaluation_draw_revealed")),
        sa.CheckConstraint("seq > 0 AND size > 0 AND pool_count >= size", name=op.f("ck_evaluation_draw_counts")),
        sa.ForeignKeyConstraint(["round_id"], ["evaluation_round.id"], name=op.f("fk_evaluation_draw_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_draw")),
        sa.UniqueConstraint("round_id", "seq", name=op.f("uq_evaluation_draw_round_id_seq")),
    )
    op.create_index(
        "uq_evaluation_draw_standing",
        "evaluation_draw",
        ["round_id"],
        unique=True,
        postgresql_where=sa.text("status <> 'superseded'"),
    )
    op.create_table(
        "evaluation_lot",
        sa.Column("draw_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.String(16), nullable=False),
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
        sa.Column("representative_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "pool",
                "drawn",
                "reserve",
                "refused",
                name="lotstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("refusal", sa.String(), nullable=True),
        sa.CheckConstraint("(state = 'pool') = (place IS NULL)", name=op.f("ck_evaluation_lot_placed")),
        sa.CheckConstraint("(state = 'refused') = (refusal IS NOT NULL)", name=op.f("ck_evaluation_lot_refused")),
        sa.ForeignKeyConstraint(["draw_id"], ["evaluation_draw.id"], name=op.f("fk_evaluation_lot_draw_id")),
        sa.ForeignKeyConstraint(
            ["representative_id"], ["evaluation_representative.id"], name=op.f("fk_evaluation_lot_representative_id")
        ),
        sa.PrimaryKeyConstraint("draw_id", "label", name=op.f("pk_evaluation_lot")),
        sa.UniqueConstraint("draw_id", "representative_id", name=op.f("uq_evaluation_lot_draw_id_representative_id")),
    )
    op.create_index("ix_evaluation_lot_place", "evaluation_lot", ["draw_id", "category", "place"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_evaluation_lot_place", table_name="evaluation_lot")
    op.drop_table("evaluation_lot")
    op.drop_index(
        "uq_evaluation_draw_standing", table_name="evaluation_draw", postgresql_where=sa.text("status <> 'superseded'")
    )
    op.drop_table("evaluation_draw")
    op.drop_index(op.f("ix_evaluation_round_created_at_id"), table_name="evaluation_round")
    op.drop_table("evaluation_round")
    op.drop_index(
        "uq_evaluation_representative_phone",
        table_name="evaluation_representative",
        postgresql_where=sa.text("status = 'active'"),
    )
    op.drop_index(
        "uq_evaluation_representative_identity",
        table_name="evaluation_representative",
        postgresql_where=sa.text("status = 'active'"),
    )
    op.drop_index(op.f("ix_evaluation_representative_created_at_id"), table_name="evaluation_representative")
    op.drop_table("evaluation_representative")
