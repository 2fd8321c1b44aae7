"""The queue's own tables: the schema of procrastinate 3.10.0.

A newer release of it comes with revisions of its own, applied by a new revision here.
"""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SCHEMA = Path(__file__).with_name("procrastinate_3_10_0.sql")
DROP = r"""
DO $$
DECLARE found record;
BEGIN
  DROP TABLE IF EXISTS
    procrastinate_periodic_defers, procrastinate_events, procrastinate_jobs, procrastinate_workers CASCADE;
  FOR found IN SELECT p.oid::regprocedure AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = current_schema() AND p.proname LIKE 'procrastinate\_%' LOOP
    EXECUTE format('DROP FUNCTION IF EXISTS %s CASCADE', found.name);
  END LOOP;
  DROP TYPE IF EXISTS procrastinate_job_to_defer_v1, procrastinate_job_status, procrastinate_job_event_type CASCADE;
END $$;
"""


def _run(script: str) -> None:
    """Run several statements at once, without parameters, so that `%` stays what it is."""
    op.get_bind().connection.driver_connection.execute(script)


def upgrade() -> None:
    _run(SCHEMA.read_text("utf-8"))


def downgrade() -> None:
    _run(DROP)
