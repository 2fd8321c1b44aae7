"""The tables of the house, of cases and of rectification

Revision 0002, after 0001. Expand first, move data by a job, tighten in a later revision:
a revision must not hold a lock that stops the running release.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "api_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("prefix", sa.String(16), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "LGO",
                "LGL",
                "INS",
                "ACC",
                "UHD",
                "ULN",
                "HDL",
                "HOP",
                "HSY",
                "MON",
                "AUD",
                "SYS",
                "SEC",
                "AUA",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("enabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("enabled_by", sa.Uuid(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("expires_at <= created_at + interval '1 year'", name=op.f("ck_api_key_one_year")),
        sa.CheckConstraint("role = 'HSY'", name=op.f("ck_api_key_machine_role")),
        sa.CheckConstraint(
            "enabled_at IS NULL OR cardinality(scopes) > 0", name=op.f("ck_api_key_enabled_with_scopes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_key")),
        sa.UniqueConstraint("prefix", name=op.f("uq_api_key_prefix")),
    )
    op.create_table(
        "calendar",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_calendar")),
    )
    op.create_table(
        "case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("no", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "consultation",
                "request",
                "complaint",
                "report",
                "suggestion",
                "praise",
                "petition",
                "leader_mailbox",
                name="casekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "hotline_12345",
                "web",
                "app",
                "wechat",
                "weibo",
                "mailbox",
                "visit",
                "letter",
                "on_air",
                "green_channel",
                name="casechannel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "urgency",
            sa.Enum(
                "normal", "urgent", "emergency", name="urgency", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "registered",
                "to_sign",
                "handling",
                "replied",
                "closed",
                name="casestatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("category_code", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("external_no", sa.String(), nullable=True),
        sa.Column("raw_values", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("caller_name", sa.LargeBinary(), nullable=True),
        sa.Column("caller_phone", sa.LargeBinary(), nullable=True),
        sa.Column("caller_phone_hash", sa.LargeBinary(), nullable=True),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("target_unit_id", sa.Uuid(), nullable=True),
        sa.Column("named_unit_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("named_person_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("lead_unit_id", sa.Uuid(), nullable=True),
        sa.Column("handler_id", sa.Uuid(), nullable=True),
        sa.Column("dispatched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_count", sa.Integer(), nullable=False),
        sa.Column("redo_count", sa.Integer(), nullable=False),
        sa.Column("reply_text", sa.String(), nullable=True),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replied_by", sa.String(), nullable=True),
        sa.Column("reply_working_days", sa.Integer(), nullable=True),
        sa.Column("reply_file_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=True),
        sa.Column(
            "solved",
            sa.Enum("yes", "partly", "no", name="solved", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("rating_comment", sa.String(), nullable=True),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "close_reason",
            sa.Enum(
                "rated",
                "called_back",
                "rating_window_expired",
                "unreachable",
                name="closereason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(status = 'closed') = (closed_at IS NOT NULL AND close_reason IS NOT NULL)", name=op.f("ck_case_closed")
        ),
        sa.CheckConstraint(
            "status IN ('registered', 'replied', 'closed') OR lead_unit_id IS NOT NULL", name=op.f("ck_case_unit")
        ),
        sa.CheckConstraint("status NOT IN ('replied', 'closed') OR reply_text IS NOT NULL", name=op.f("ck_case_reply")),
        sa.CheckConstraint(
            "NOT anonymous OR (caller_name IS NULL AND caller_phone IS NULL)", name=op.f("ck_case_anonymous")
        ),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name=op.f("ck_case_stars")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
        sa.UniqueConstraint("no", name=op.f("uq_case_no")),
    )
    op.create_index(
        "ix_case_caller",
        "case",
        ["caller_phone_hash"],
        unique=False,
        postgresql_where=sa.text("caller_phone_hash IS NOT NULL"),
    )
    op.create_index(
        "ix_case_handler",
        "case",
        ["handler_id", "status"],
        unique=False,
        postgresql_where=sa.text("handler_id IS NOT NULL"),
    )
    op.create_index("ix_case_received", "case", ["received_at", "id"], unique=False)
    op.create_index("ix_case_status_due", "case", ["status", "due_at", "id"], unique=False)
    op.create_index(
        "ix_case_title_trigrams",
        "case",
        ["title"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"title": "gin_trgm_ops"},
    )
    op.create_index("ix_case_unit_status_due", "case", ["lead_unit_id", "status", "due_at", "id"], unique=False)
    op.create_index(
        "uq_case_external",
        "case",
        ["source", "external_no"],
        unique=True,
        postgresql_where=sa.text("source IS NOT NULL"),
    )
    op.create_table(
        "clock",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_type", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "running",
                "paused",
                "stopped",
                "cancelled",
                name="clockstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            server_default="running",
            nullable=False,
        ),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("policy_code", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column(
            "unit",
            sa.Enum(
                "minute",
                "work_hour",
                "natural_day",
                "working_day",
                "same_day",
                name="limitunit",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("roll", sa.Boolean(), nullable=False),
        sa.Column(
            "ends_at",
            sa.Enum("business_close", "midnight", name="endsat", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "start_rule",
            sa.Enum(
                "receipt",
                "next_working_day_if_after_close",
                name="startrule",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("extension_total", sa.Integer(), server_default="0", nullable=False),
        sa.Column("pause_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("blue_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("yellow_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_fire_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("calendar_version", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "(state IN ('stopped', 'cancelled')) = (stopped_at IS NOT NULL)", name=op.f("ck_clock_stopped")
        ),
        sa.CheckConstraint(
            "(unit = 'same_day') = (amount = 0) AND amount BETWEEN 0 AND 1000000", name=op.f("ck_clock_amount")
        ),
        sa.CheckConstraint("NOT roll OR unit = 'natural_day'", name=op.f("ck_clock_roll")),
        sa.CheckConstraint("state <> 'paused' OR due_at IS NULL", name=op.f("ck_clock_paused")),
        sa.CheckConstraint(
            "state <> 'running' OR (due_at IS NOT NULL AND blue_at IS NOT NULL AND yellow_at IS NOT NULL)",
            name=op.f("ck_clock_running"),
        ),
        sa.CheckConstraint("state = 'running' OR next_fire_at IS NULL", name=op.f("ck_clock_silent")),
        sa.CheckConstraint("(due_at IS NULL) = (due_on IS NULL)", name=op.f("ck_clock_due")),
        sa.CheckConstraint("extension_total >= 0 AND pause_count >= 0 AND level >= 0", name=op.f("ck_clock_counts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock")),
    )
    op.create_index(
        "ix_clock_next_fire", "clock", ["next_fire_at"], unique=False, postgresql_where=sa.text("state = 'running'")
    )
    op.create_index("ix_clock_subject", "clock", ["subject_id", "subject_type"], unique=False)
    op.create_index(
        "uq_clock_open",
        "clock",
        ["subject_id", "subject_type", "kind"],
        unique=True,
        postgresql_where=sa.text("state IN ('running', 'paused')"),
    )
    op.create_table(
        "file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject_type", sa.String(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name=op.f("ck_file_sha256")),
        sa.CheckConstraint("(subject_type IS NULL) = (subject_id IS NULL)", name=op.f("ck_file_subject")),
        sa.CheckConstraint("size > 0", name=op.f("ck_file_size")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file")),
    )
    op.create_index(op.f("ix_file_sha256"), "file", ["sha256"], unique=False)
    op.create_index(
        "ix_file_unattached", "file", ["created_at"], unique=False, postgresql_where=sa.text("subject_id IS NULL")
    )
    op.create_table(
        "hotline_source",
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("previous_secret", sa.LargeBinary(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_hotline_source")),
    )
    op.create_table(
        "idempotency_key",
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("sealed_body", sa.LargeBinary(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("scope", "key_hash", name=op.f("pk_idempotency_key")),
    )
    op.create_index(op.f("ix_idempotency_key_answered_at"), "idempotency_key", ["answered_at"], unique=False)
    op.create_table(
        "login_throttle",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_login_throttle")),
    )
    op.create_index(op.f("ix_login_throttle_last_attempt_at"), "login_throttle", ["last_attempt_at"], unique=False)
    op.create_table(
        "notification",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("subject_type", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("dedupe_key", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification")),
        sa.UniqueConstraint("recipient_id", "dedupe_key", name=op.f("uq_notification_recipient_id_dedupe_key")),
        info={"ignore_duplicates": True},
    )
    op.create_index("ix_notification_created", "notification", ["created_at"], unique=False)
    op.create_index("ix_notification_recipient", "notification", ["recipient_id", "created_at", "id"], unique=False)
    op.create_index(
        "ix_notification_unread",
        "notification",
        ["recipient_id"],
        unique=False,
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.create_table(
        "number_counter",
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("last > 0", name=op.f("ck_number_counter_positive")),
        sa.CheckConstraint("year > 1900", name=op.f("ck_number_counter_year")),
        sa.PrimaryKeyConstraint("issuer", "series", "year", name=op.f("pk_number_counter")),
    )
    op.create_table(
        "outbox_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("subject_type", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_event")),
    )
    op.create_index(op.f("ix_outbox_event_occurred_at"), "outbox_event", ["occurred_at"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(50), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("phone_hash", sa.LargeBinary(), nullable=True),
        sa.Column("is_mid_level", sa.Boolean(), nullable=False),
        sa.Column("rank_level", sa.String(40), nullable=True),
        sa.Column("duties_public", sa.String(500), nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_person_named")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index(op.f("ix_person_phone_hash"), "person", ["phone_hash"], unique=False)
    op.create_table(
        "receipt_attempt",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("window_start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", "window_start", name=op.f("pk_receipt_attempt")),
    )
    op.create_table(
        "rectification_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("no", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "registered",
                "planned",
                "plan_returned",
                "rectifying",
                "closeout_applied",
                "verified",
                "closed",
                name="itemstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "item_class",
            sa.Enum(
                "immediate",
                "deadline",
                "long_term",
                name="itemclass",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("problem_code", sa.String(), nullable=True),
        sa.Column("cause", sa.String(), nullable=True),
        sa.Column("target", sa.String(), nullable=True),
        sa.Column("source_type", sa.String(), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("source_label", sa.String(), nullable=True),
        sa.Column("lead_unit_id", sa.Uuid(), nullable=True),
        sa.Column("responsible_leader_id", sa.Uuid(), nullable=True),
        sa.Column("responsible_person_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("progress_percent", sa.Integer(), nullable=False),
        sa.Column("plan_returned_count", sa.Integer(), nullable=False),
        sa.Column("returned_count", sa.Integer(), nullable=False),
        sa.Column("closeout_statement", sa.String(), nullable=True),
        sa.Column("closeout_by", sa.Uuid(), nullable=True),
        sa.Column("closeout_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "verify_method",
            sa.Enum("on_site", "material", name="verifymethod", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("verify_conclusion", sa.String(), nullable=True),
        sa.Column("verified_by", sa.String(), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("conclusion", sa.String(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_rectification_item_closed")),
        sa.CheckConstraint(
            "status IN ('registered', 'plan_returned') OR (target IS NOT NULL AND due_on IS NOT NULL AND lead_unit_id IS NOT NULL AND responsible_leader_id IS NOT NULL AND responsible_person_id IS NOT NULL)",
            name=op.f("ck_rectification_item_plan"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('verified', 'closed') OR verified_at IS NOT NULL",
            name=op.f("ck_rectification_item_verified"),
        ),
        sa.CheckConstraint("(source_type IS NULL) = (source_id IS NULL)", name=op.f("ck_rectification_item_source")),
        sa.CheckConstraint("progress_percent BETWEEN 0 AND 100", name=op.f("ck_rectification_item_progress")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification_item")),
        sa.UniqueConstraint("no", name=op.f("uq_rectification_item_no")),
    )
    op.create_index("ix_rectification_item_created", "rectification_item", ["created_at", "id"], unique=False)
    op.create_index("ix_rectification_item_due", "rectification_item", ["due_at", "id"], unique=False)
    op.create_index(
        "ix_rectification_item_unit_status",
        "rectification_item",
        ["lead_unit_id", "status", "due_at", "id"],
        unique=False,
    )
    op.create_index(
        "uq_rectification_item_source",
        "rectification_item",
        ["source_type", "source_id"],
        unique=True,
        postgresql_where=sa.text("source_id IS NOT NULL"),
    )
    op.create_table(
        "taxonomy_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "scheme",
            sa.Enum(
                "case_category",
                "problem",
                "violation",
                name="scheme",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_taxonomy_version_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taxonomy_version")),
        sa.UniqueConstraint("scheme", "version", name=op.f("uq_taxonomy_version_scheme_version")),
    )
    op.create_table(
        "time_policy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column(
            "unit",
            sa.Enum(
                "minute",
                "work_hour",
                "natural_day",
                "working_day",
                "same_day",
                name="limitunit",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("roll", sa.Boolean(), nullable=False),
        sa.Column(
            "ends_at",
            sa.Enum("business_close", "midnight", name="endsat", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "start_rule",
            sa.Enum(
                "receipt",
                "next_working_day_if_after_close",
                name="startrule",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("blue_days", sa.Integer(), nullable=False),
        sa.Column("yellow_days", sa.Integer(), nullable=False),
        sa.Column("blue_percent", sa.Integer(), nullable=False),
        sa.Column("yellow_percent", sa.Integer(), nullable=False),
        sa.Column("escalate_after", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.CheckConstraint(
            "(unit = 'same_day') = (amount = 0) AND amount BETWEEN 0 AND 1000000", name=op.f("ck_time_policy_amount")
        ),
        sa.CheckConstraint("NOT roll OR unit = 'natural_day'", name=op.f("ck_time_policy_roll")),
        sa.CheckConstraint(
            "0 <= blue_percent AND blue_percent <= yellow_percent AND yellow_percent <= 100",
            name=op.f("ck_time_policy_percent"),
        ),
        sa.CheckConstraint("yellow_days BETWEEN 0 AND blue_days", name=op.f("ck_time_policy_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_policy")),
        sa.UniqueConstraint("code", "kind", "effective_from", name=op.f("uq_time_policy_code_kind_effective_from")),
    )
    op.create_table(
        "timeline_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "actor_kind",
            sa.Enum(
                "person",
                "citizen",
                "machine",
                "system",
                name="actorkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("subject_type", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("from_state", sa.String(), nullable=True),
        sa.Column("to_state", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("changes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("is_read", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", "at", name=op.f("pk_timeline_entry")),
        postgresql_partition_by="RANGE (at)",
    )
    op.create_index(op.f("ix_timeline_entry_actor_id_at"), "timeline_entry", ["actor_id", "at"], unique=False)
    op.create_index(op.f("ix_timeline_entry_subject_id_id"), "timeline_entry", ["subject_id", "id"], unique=False)
    op.create_table(
        "unit",
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("short_name", sa.String(100), nullable=False),
        sa.Column(
            "type",
            sa.Enum(
                "party_department",
                "government_department",
                "judicial",
                "township",
                "public_institution",
                "state_enterprise",
                "vertical",
                "secondary_institution",
                "county",
                "village",
                name="unittype",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("group_code", sa.String(40), nullable=True),
        sa.Column("is_key_unit", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("state_from", sa.Date(), nullable=False),
        sa.CheckConstraint("name <> '' AND short_name <> '' AND code <> ''", name=op.f("ck_unit_named")),
        sa.CheckConstraint("level BETWEEN 1 AND 9", name=op.f("ck_unit_level")),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_unit_not_own_parent")),
        sa.CheckConstraint("state_from >= valid_from", name=op.f("ck_unit_state_within")),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_unit_valid_range")),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
    )
    op.create_index(op.f("ix_unit_parent_id"), "unit", ["parent_id"], unique=False)
    op.create_index("uq_unit_live_code", "unit", ["code"], unique=True, postgresql_where=sa.text("valid_to IS NULL"))
    op.create_index(
        "uq_unit_live_root",
        "unit",
        [sa.literal_column("(parent_id IS NULL)")],
        unique=True,
        postgresql_where=sa.text("parent_id IS NULL AND valid_to IS NULL"),
    )
    op.create_table(
        "unit_tree_version",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("token", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_unit_tree_version_single_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_tree_version")),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("login", sa.String(60), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("password_changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("totp_secret", sa.LargeBinary(), nullable=True),
        sa.Column("totp_last_step", sa.BigInteger(), nullable=True),
        sa.Column("totp_enrolled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("locale", sa.String(10), nullable=False),
        sa.CheckConstraint("login ~ '^[a-z0-9._@-]+$'", name=op.f("ck_account_login_folded")),
        sa.CheckConstraint(
            "totp_enrolled_at IS NULL OR totp_secret IS NOT NULL", name=op.f("ck_account_enrolled_with_secret")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("login", name=op.f("uq_account_login")),
    )
    op.create_index(
        "uq_account_live_person", "account", ["person_id"], unique=True, postgresql_where=sa.text("disabled_at IS NULL")
    )
    op.create_table(
        "appointment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("section", sa.String(100), nullable=True),
        sa.Column("title", sa.String(100), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "LGO",
                "LGL",
                "INS",
                "ACC",
                "UHD",
                "ULN",
                "HDL",
                "HOP",
                "HSY",
                "MON",
                "AUD",
                "SYS",
                "SEC",
                "AUA",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("is_deputy_in_charge", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "role IN ('UHD', 'ULN', 'HDL', 'HOP', 'MON', 'AUD', 'SYS', 'SEC', 'AUA')",
            name=op.f("ck_appointment_role_of_a_post"),
        ),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_appointment_valid_range")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_appointment_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_appointment_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
    )
    op.create_index("ix_appointment_person_id", "appointment", ["person_id"], unique=False)
    op.create_index("ix_appointment_unit_id", "appointment", ["unit_id"], unique=False)
    op.create_index(
        "uq_appointment_live_deputy",
        "appointment",
        ["unit_id"],
        unique=True,
        postgresql_where=sa.text("is_deputy_in_charge AND valid_to IS NULL"),
    )
    op.create_index(
        "uq_appointment_live_head",
        "appointment",
        ["unit_id"],
        unique=True,
        postgresql_where=sa.text("role = 'UHD' AND valid_to IS NULL"),
    )
    op.create_table(
        "body",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "leading_group",
                "office",
                "working_group",
                name="bodykind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "LGO",
                "LGL",
                "INS",
                "ACC",
                "UHD",
                "ULN",
                "HDL",
                "HOP",
                "HSY",
                "MON",
                "AUD",
                "SYS",
                "SEC",
                "AUA",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("role IN ('LGO', 'LGL', 'INS', 'ACC')", name=op.f("ck_body_role_of_a_body")),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_body_valid_range")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_body_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
    )
    op.create_index(op.f("ix_body_unit_id"), "body", ["unit_id"], unique=False)
    op.create_table(
        "calendar_day",
        sa.Column("calendar_code", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_working_day", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("is_local", sa.Boolean(), nullable=False),
        sa.Column("windows", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.CheckConstraint("windows IS NULL OR jsonb_typeof(windows) = 'array'", name=op.f("ck_calendar_day_windows")),
        sa.ForeignKeyConstraint(["calendar_code"], ["calendar.code"], name=op.f("fk_calendar_day_calendar_code")),
        sa.PrimaryKeyConstraint("calendar_code", "day", name=op.f("pk_calendar_day")),
    )
    op.create_table(
        "calendar_year",
        sa.Column("calendar_code", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["calendar_code"], ["calendar.code"], name=op.f("fk_calendar_year_calendar_code")),
        sa.PrimaryKeyConstraint("calendar_code", "year", name=op.f("pk_calendar_year")),
    )
    op.create_table(
        "case_contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("contact", "call_back", name="contactkind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("reached", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_account_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_contact_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_contact")),
    )
    op.create_index(op.f("ix_case_contact_case_id_kind"), "case_contact", ["case_id", "kind"], unique=False)
    op.create_table(
        "case_receipt",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("secret_hash", sa.String(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_receipt_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_receipt")),
        sa.UniqueConstraint("number", name=op.f("uq_case_receipt_number")),
    )
    op.create_table(
        "clock_ledger",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("clock_id", sa.Uuid(), nullable=False),
        sa.Column(
            "action",
            sa.Enum(
                "pause",
                "resume",
                "extend",
                "stop",
                "cancel",
                "recalculate",
                name="ledgeraction",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("from_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("to_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("calendar_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(action = 'extend') = (amount IS NOT NULL) AND amount > 0", name=op.f("ck_clock_ledger_amount")
        ),
        sa.CheckConstraint(
            "action IN ('resume', 'stop', 'cancel') OR reason IS NOT NULL", name=op.f("ck_clock_ledger_reason")
        ),
        sa.ForeignKeyConstraint(["clock_id"], ["clock.id"], name=op.f("fk_clock_ledger_clock_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_ledger")),
    )
    op.create_index(op.f("ix_clock_ledger_clock_id_at"), "clock_ledger", ["clock_id", "at"], unique=False)
    op.create_table(
        "hotline_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("external_no", sa.String(), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "applied", "waiting", "kept", name="messagestate", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("case_no", sa.String(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["source"], ["hotline_source.code"], name=op.f("fk_hotline_message_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hotline_message")),
        sa.UniqueConstraint("source", "event_id", name=op.f("uq_hotline_message_source_event_id")),
    )
    op.create_index(
        "ix_hotline_message_waiting",
        "hotline_message",
        ["source", "external_no"],
        unique=False,
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "rectification_measure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["rectification_item.id"], name=op.f("fk_rectification_measure_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification_measure")),
        sa.UniqueConstraint("item_id", "seq", name=op.f("uq_rectification_measure_item_id_seq")),
    )
    op.create_table(
        "taxonomy_term",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("parent_code", sa.String(), nullable=True),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.CheckConstraint("code <> ''", name=op.f("ck_taxonomy_term_code")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_taxonomy_term_name")),
        sa.ForeignKeyConstraint(
            ["version_id", "parent_code"],
            ["taxonomy_term.version_id", "taxonomy_term.code"],
            name="fk_taxonomy_term_parent",
        ),
        sa.ForeignKeyConstraint(["version_id"], ["taxonomy_version.id"], name=op.f("fk_taxonomy_term_version_id")),
        sa.PrimaryKeyConstraint("version_id", "code", name=op.f("pk_taxonomy_term")),
    )
    op.create_table(
        "unit_history",
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("short_name", sa.String(100), nullable=False),
        sa.Column(
            "type",
            sa.Enum(
                "party_department",
                "government_department",
                "judicial",
                "township",
                "public_institution",
                "state_enterprise",
                "vertical",
                "secondary_institution",
                "county",
                "village",
                name="unittype",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("group_code", sa.String(40), nullable=True),
        sa.Column("is_key_unit", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_unit_history_valid_range")),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_history_parent_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_history_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_history")),
        sa.UniqueConstraint("unit_id", "valid_from", name=op.f("uq_unit_history_unit_id_valid_from")),
    )
    op.create_table(
        "unit_lineage",
        sa.Column("predecessor_id", sa.Uuid(), nullable=False),
        sa.Column("successor_id", sa.Uuid(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.CheckConstraint("predecessor_id <> successor_id", name=op.f("ck_unit_lineage_two_units")),
        sa.ForeignKeyConstraint(["predecessor_id"], ["unit.id"], name=op.f("fk_unit_lineage_predecessor_id")),
        sa.ForeignKeyConstraint(["successor_id"], ["unit.id"], name=op.f("fk_unit_lineage_successor_id")),
        sa.PrimaryKeyConstraint("predecessor_id", "successor_id", name=op.f("pk_unit_lineage")),
    )
    op.create_index(op.f("ix_unit_lineage_successor_id"), "unit_lineage", ["successor_id"], unique=False)
    op.create_table(
        "work_window",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("calendar_code", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("season_from", sa.String(), nullable=True),
        sa.Column("season_to", sa.String(), nullable=True),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("windows", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint(
            "(season_from IS NULL) = (season_to IS NULL) AND season_from ~ '^[0-1][0-9]-[0-3][0-9]$' AND season_to ~ '^[0-1][0-9]-[0-3][0-9]$'",
            name=op.f("ck_work_window_season"),
        ),
        sa.CheckConstraint(
            "jsonb_typeof(windows) = 'array' AND jsonb_array_length(windows) > 0", name=op.f("ck_work_window_windows")
        ),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_work_window_validity")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_work_window_weekday")),
        sa.ForeignKeyConstraint(["calendar_code"], ["calendar.code"], name=op.f("fk_work_window_calendar_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_window")),
    )
    op.create_index(op.f("ix_work_window_calendar_code"), "work_window", ["calendar_code"], unique=False)
    op.create_table(
        "login_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column(
            "client",
            sa.Enum("web", "device", "console", name="client", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "revoke_reason",
            sa.Enum(
                "logout",
                "refresh_reused",
                "renewed",
                "reset",
                "account_disabled",
                name="revokereason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.CheckConstraint(
            "(revoked_at IS NULL) = (revoke_reason IS NULL)", name=op.f("ck_login_session_revoked_for_a_reason")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_login_session_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_session")),
    )
    op.create_index(
        op.f("ix_login_session_account_id"),
        "login_session",
        ["account_id"],
        unique=False,
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("seconded", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_membership_valid_range")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_membership_body_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    op.create_index(op.f("ix_membership_person_id"), "membership", ["person_id"], unique=False)
    op.create_index(
        "uq_membership_live",
        "membership",
        ["body_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("valid_to IS NULL"),
    )
    op.create_table(
        "rectification_evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("measure_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by", sa.String(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["rectification_item.id"], name=op.f("fk_rectification_evidence_item_id")),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["rectification_measure.id"], name=op.f("fk_rectification_evidence_measure_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification_evidence")),
        sa.UniqueConstraint("item_id", "file_id", name=op.f("uq_rectification_evidence_item_id_file_id")),
    )
    op.create_index(op.f("ix_rectification_evidence_item_id"), "rectification_evidence", ["item_id"], unique=False)
    op.create_table(
        "refresh_token",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["session_id"], ["login_session.id"], name=op.f("fk_refresh_token_session_id")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_refresh_token")),
    )
    op.create_index(op.f("ix_refresh_token_issued_at"), "refresh_token", ["issued_at"], unique=False)
    op.create_index(
        "uq_refresh_token_unused",
        "refresh_token",
        ["session_id"],
        unique=True,
        postgresql_where=sa.text("used_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("uq_refresh_token_unused", table_name="refresh_token", postgresql_where=sa.text("used_at IS NULL"))
    op.drop_index(op.f("ix_refresh_token_issued_at"), table_name="refresh_token")
    op.drop_table("refresh_token")
    op.drop_index(op.f("ix_rectification_evidence_item_id"), table_name="rectification_evidence")
    op.drop_table("rectification_evidence")
    op.drop_index("uq_membership_live", table_name="membership", postgresql_where=sa.text("valid_to IS NULL"))
    op.drop_index(op.f("ix_membership_person_id"), table_name="membership")
    op.drop_table("membership")
    op.drop_index(
        op.f("ix_login_session_account_id"), table_name="login_session", postgresql_where=sa.text("revoked_at IS NULL")
    )
    op.drop_table("login_session")
    op.drop_index(op.f("ix_work_window_calendar_code"), table_name="work_window")
    op.drop_table("work_window")
    op.drop_index(op.f("ix_unit_lineage_successor_id"), table_name="unit_lineage")
    op.drop_table("unit_lineage")
    op.drop_table("unit_history")
    op.drop_table("taxonomy_term")
    op.drop_table("rectification_measure")
    op.drop_index(
        "ix_hotline_message_waiting", table_name="hotline_message", postgresql_where=sa.text("state = 'waiting'")
    )
    op.drop_table("hotline_message")
    op.drop_index(op.f("ix_clock_ledger_clock_id_at"), table_name="clock_ledger")
    op.drop_table("clock_ledger")
    op.drop_table("case_receipt")
    op.drop_index(op.f("ix_case_contact_case_id_kind"), table_name="case_contact")
    op.drop_table("case_contact")
    op.drop_table("calendar_year")
    op.drop_table("calendar_day")
    op.drop_index(op.f("ix_body_unit_id"), table_name="body")
    op.drop_table("body")
    op.drop_index(
        "uq_appointment_live_head",
        table_name="appointment",
        postgresql_where=sa.text("role = 'UHD' AND valid_to IS NULL"),
    )
    op.drop_index(
        "uq_appointment_live_deputy",
        table_name="appointment",
        postgresql_where=sa.text("is_deputy_in_charge AND valid_to IS NULL"),
    )
    op.drop_index("ix_appointment_unit_id", table_name="appointment")
    op.drop_index("ix_appointment_person_id", table_name="appointment")
    op.drop_table("appointment")
    op.drop_index("uq_account_live_person", table_name="account", postgresql_where=sa.text("disabled_at IS NULL"))
    op.drop_table("account")
    op.drop_table("unit_tree_version")
    op.drop_index(
        "uq_unit_live_root", table_name="unit", postgresql_where=sa.text("parent_id IS NULL AND valid_to IS NULL")
    )
    op.drop_index("uq_unit_live_code", table_name="unit", postgresql_where=sa.text("valid_to IS NULL"))
    op.drop_index(op.f("ix_unit_parent_id"), table_name="unit")
    op.drop_table("unit")
    op.drop_index(op.f("ix_timeline_entry_subject_id_id"), table_name="timeline_entry")
    op.drop_index(op.f("ix_timeline_entry_actor_id_at"), table_name="timeline_entry")
    op.drop_table("timeline_entry")
    op.drop_table("time_policy")
    op.drop_table("taxonomy_version")
    op.drop_index(
        "uq_rectification_item_source",
        table_name="rectification_item",
        postgresql_where=sa.text("source_id IS NOT NULL"),
    )
    op.drop_index("ix_rectification_item_unit_status", table_name="rectification_item")
    op.drop_index("ix_rectification_item_due", table_name="rectification_item")
    op.drop_index("ix_rectification_item_created", table_name="rectification_item")
    op.drop_table("rectification_item")
    op.drop_table("receipt_attempt")
    op.drop_index(op.f("ix_person_phone_hash"), table_name="person")
    op.drop_table("person")
    op.drop_index(op.f("ix_outbox_event_occurred_at"), table_name="outbox_event")
    op.drop_table("outbox_event")
    op.drop_table("number_counter")
    op.drop_index("ix_notification_unread", table_name="notification", postgresql_where=sa.text("read_at IS NULL"))
    op.drop_index("ix_notification_recipient", table_name="notification")
    op.drop_index("ix_notification_created", table_name="notification")
    op.drop_table("notification")
    op.drop_index(op.f("ix_login_throttle_last_attempt_at"), table_name="login_throttle")
    op.drop_table("login_throttle")
    op.drop_index(op.f("ix_idempotency_key_answered_at"), table_name="idempotency_key")
    op.drop_table("idempotency_key")
    op.drop_table("hotline_source")
    op.drop_index("ix_file_unattached", table_name="file", postgresql_where=sa.text("subject_id IS NULL"))
    op.drop_index(op.f("ix_file_sha256"), table_name="file")
    op.drop_table("file")
    op.drop_index("uq_clock_open", table_name="clock", postgresql_where=sa.text("state IN ('running', 'paused')"))
    op.drop_index("ix_clock_subject", table_name="clock")
    op.drop_index("ix_clock_next_fire", table_name="clock", postgresql_where=sa.text("state = 'running'"))
    op.drop_table("clock")
    op.drop_index("uq_case_external", table_name="case", postgresql_where=sa.text("source IS NOT NULL"))
    op.drop_index("ix_case_unit_status_due", table_name="case")
    op.drop_index(
        "ix_case_title_trigrams", table_name="case", postgresql_using="gin", postgresql_ops={"title": "gin_trgm_ops"}
    )
    op.drop_index("ix_case_status_due", table_name="case")
    op.drop_index("ix_case_received", table_name="case")
    op.drop_index("ix_case_handler", table_name="case", postgresql_where=sa.text("handler_id IS NOT NULL"))
    op.drop_index("ix_case_caller", table_name="case", postgresql_where=sa.text("caller_phone_hash IS NOT NULL"))
    op.drop_table("case")
    op.drop_table("calendar")
    op.drop_table("api_key")
