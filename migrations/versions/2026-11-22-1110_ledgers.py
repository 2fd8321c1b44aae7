"""What autogenerate does not see: sequences, monthly partitions of the history, and ledgers that only grow.

A ledger refuses UPDATE, DELETE and TRUNCATE twice: by trigger for everybody, and by grant for the running application.
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

LEDGERS = ("timeline_entry", "clock_ledger")
MONTHS_AHEAD = 3

FUNCTIONS = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION keep_append_only(ledger regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE holder record;
BEGIN
  FOR holder IN
    SELECT DISTINCT g.grantee FROM information_schema.role_table_grants g
    JOIN pg_class c ON c.relname = g.table_name AND c.oid = ledger
    WHERE g.grantee <> pg_get_userbyid(c.relowner) AND g.table_schema = current_schema()
  LOOP
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM %I', ledger, holder.grantee);
  END LOOP;
  -- Partitions inherit triggers for rows, but not those for whole statements.
  EXECUTE format(
    'CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', ledger);
END $$;

-- Runs as the owner of the tables: the running application may add a month, and nothing else.
CREATE FUNCTION add_history_months(ahead integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT AS $$
DECLARE
  first date := date_trunc('month', now() AT TIME ZONE 'UTC');
  month date;
  name text;
  added integer := 0;
BEGIN
  FOR step IN -1..ahead LOOP
    month := first + make_interval(months => step);
    name := 'timeline_entry_' || to_char(month, 'YYYYMM');
    IF to_regclass(name) IS NULL THEN
      EXECUTE format(
        'CREATE TABLE %I PARTITION OF timeline_entry FOR VALUES FROM (%L) TO (%L)',
        name, month::timestamp AT TIME ZONE 'UTC', (month + interval '1 month') AT TIME ZONE 'UTC');
      PERFORM keep_append_only(name::regclass);
      added := added + 1;
    END IF;
  END LOOP;
  RETURN added;
END $$;
"""


def upgrade() -> None:
    op.execute("CREATE SEQUENCE number_case AS bigint INCREMENT BY 100")
    op.execute(FUNCTIONS)
    op.execute("CREATE TABLE timeline_entry_rest PARTITION OF timeline_entry DEFAULT")
    for ledger in LEDGERS:
        op.execute(
            f"CREATE TRIGGER {ledger}_append_only BEFORE UPDATE OR DELETE ON {ledger} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(f"SELECT keep_append_only('{ledger}'::regclass)")
    op.execute("SELECT keep_append_only('timeline_entry_rest'::regclass)")
    op.execute(f"SELECT add_history_months({MONTHS_AHEAD})")


DROP_PARTITIONS = """
DO $$
DECLARE part regclass;
BEGIN
  FOR part IN SELECT inhrelid FROM pg_inherits WHERE inhparent = 'timeline_entry'::regclass LOOP
    EXECUTE format('DROP TABLE %s', part);
  END LOOP;
END $$
"""


def downgrade() -> None:
    op.execute(DROP_PARTITIONS)
    for ledger in LEDGERS:
        op.execute(f"DROP TRIGGER {ledger}_append_only ON {ledger}")
        op.execute(f"DROP TRIGGER no_truncate ON {ledger}")
    op.execute("DROP FUNCTION add_history_months(integer)")
    op.execute("DROP FUNCTION keep_append_only(regclass)")
    op.execute("DROP FUNCTION refuse_change()")
    op.execute("DROP SEQUENCE number_case")
