"""Service in a body: its duty, the unit that lends, and a last day for every loan; indexes of the directory."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("membership", sa.Column("duty", sa.String(length=100), nullable=True))
    op.add_column("membership", sa.Column("home_unit_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_membership_home_unit_id"), "membership", "unit", ["home_unit_id"], ["id"])
    op.create_check_constraint("loan_ends", "membership", "NOT seconded OR valid_to IS NOT NULL")
    op.create_index(op.f("ix_membership_body_id_valid_from_id"), "membership", ["body_id", "valid_from", "id"])
    op.create_index(op.f("ix_person_name_id"), "person", ["name", "id"])
    op.create_index(op.f("ix_body_name_id"), "body", ["name", "id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_body_name_id"), table_name="body")
    op.drop_index(op.f("ix_person_name_id"), table_name="person")
    op.drop_index(op.f("ix_membership_body_id_valid_from_id"), table_name="membership")
    op.drop_constraint(op.f("ck_membership_loan_ends"), "membership", type_="check")
    op.drop_constraint(op.f("fk_membership_home_unit_id"), "membership", type_="foreignkey")
    op.drop_column("membership", "home_unit_id")
    op.drop_column("membership", "duty")
