"""The first fair: every table, and the guards of the audit log."""

import sqlalchemy as sa
from alembic import op

from village.audit.guards import guards_sql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_checkpoint",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("root", sa.LargeBinary(length=32), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_checkpoint")),
        sa.UniqueConstraint("size", name=op.f("uq_audit_checkpoint_size")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("leaf_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("nodes", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("thing", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index(op.f("ix_audit_entry_code_id"), "audit_entry", ["code", "id"], unique=False)
    op.create_index(op.f("ix_audit_entry_thing_id"), "audit_entry", ["thing", "id"], unique=False)
    op.create_table(
        "audit_head",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("peaks", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_head_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "demo_outcome",
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("value", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("step", "key", name=op.f("pk_demo_outcome")),
    )
    op.create_table(
        "demo_step",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_demo_step")),
    )
    op.create_table(
        "edition",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name_ar", sa.String(length=120), nullable=False),
        sa.Column("name_fr", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("theme_ar", sa.Text(), nullable=False),
        sa.Column("theme_fr", sa.Text(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_edition_dates")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("code", name=op.f("uq_edition_code")),
        sa.UniqueConstraint("number", name=op.f("uq_edition_number")),
    )
    op.create_table(
        "job",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("worker", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index("ix_job_state", "job", ["state"], unique=False)
    op.create_table(
        "role",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
        sa.UniqueConstraint("name", name=op.f("uq_role_name")),
    )
    op.create_table(
        "agreement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("title_ar", sa.String(length=300), nullable=False),
        sa.Column("title_fr", sa.String(length=300), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("duration_months", sa.Integer(), nullable=False),
        sa.CheckConstraint("duration_months > 0", name=op.f("ck_agreement_duration")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_agreement_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_agreement_edition_id_code")),
    )
    op.create_index(op.f("ix_agreement_edition_id"), "agreement", ["edition_id"], unique=False)
    op.create_table(
        "award_category",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_ar", sa.String(length=200), nullable=False),
        sa.Column("name_fr", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=True),
        sa.Column("trophy_ar", sa.String(length=200), nullable=False),
        sa.Column("trophy_fr", sa.String(length=200), nullable=False),
        sa.Column("winners", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("ruled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'marking', 'opened', 'published')", name=op.f("ck_award_category_state")
        ),
        sa.CheckConstraint("winners > 0", name=op.f("ck_award_category_winners")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_award_category_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_category")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_award_category_edition_id_code")),
    )
    op.create_index(op.f("ix_award_category_edition_id"), "award_category", ["edition_id"], unique=False)
    op.create_table(
        "break",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_break_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_break")),
    )
    op.create_index(op.f("ix_break_edition_id"), "break", ["edition_id"], unique=False)
    op.create_table(
        "certificate_series",
        sa.Column(
            "edition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_certificate_series_edition_id_edition")),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_certificate_series")),
    )
    op.create_table(
        "device",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("offset_s", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("measured_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('active', 'revoked')", name=op.f("ck_device_state")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_device_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_device_edition_id_code")),
    )
    op.create_table(
        "draw",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("title_ar", sa.String(length=200), nullable=False),
        sa.Column("title_fr", sa.String(length=200), nullable=False),
        sa.Column("rule_ar", sa.Text(), nullable=False),
        sa.Column("rule_fr", sa.Text(), nullable=False),
        sa.Column("place_ar", sa.String(length=200), nullable=False),
        sa.Column("place_fr", sa.String(length=200), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("present_on", sa.Text(), nullable=False),
        sa.Column("bars_award_winners", sa.Boolean(), nullable=False),
        sa.Column("bars_ties", sa.Boolean(), nullable=False),
        sa.Column("substitutes", sa.Integer(), nullable=False),
        sa.Column("most_per_group", sa.Integer(), nullable=False),
        sa.Column("fewest_seats", sa.Integer(), nullable=False),
        sa.Column("uses_secret", sa.Boolean(), nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("commitment", sa.Text(), nullable=True),
        sa.Column("commitment_sha256", sa.String(length=64), nullable=True),
        sa.Column("log_key", sa.String(length=200), nullable=True),
        sa.Column("secret", sa.LargeBinary(length=32), nullable=True),
        sa.Column("seed", sa.String(length=64), nullable=True),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'open') = (number IS NULL)", name=op.f("ck_draw_numbered")),
        sa.CheckConstraint("state IN ('open', 'sealed', 'closed', 'revealed', 'drawn')", name=op.f("ck_draw_state")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_draw_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_draw_edition_id_code")),
        sa.UniqueConstraint("edition_id", "number", name=op.f("uq_draw_edition_id_number")),
    )
    op.create_table(
        "edition_day",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_edition_day_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_day")),
        sa.UniqueConstraint("edition_id", "date", name=op.f("uq_edition_day_edition_id_date")),
    )
    op.create_table(
        "exhibitor",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("name_ar", sa.String(length=200), nullable=False),
        sa.Column("name_fr", sa.String(length=200), nullable=False),
        sa.Column("sector", sa.String(length=32), nullable=False),
        sa.Column("branch", sa.String(length=32), nullable=False),
        sa.Column("province_code", sa.String(length=16), nullable=False),
        sa.Column("commune_code", sa.String(length=16), nullable=True),
        sa.Column("register_no", sa.String(length=40), nullable=True),
        sa.Column("ice", sa.String(length=15), nullable=True),
        sa.Column("founded", sa.Date(), nullable=True),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("women_members", sa.Integer(), nullable=False),
        sa.Column("is_womens", sa.Boolean(), nullable=False),
        sa.Column("products_ar", sa.Text(), nullable=False),
        sa.Column("products_fr", sa.Text(), nullable=False),
        sa.Column("labels", sa.String(length=120), nullable=False),
        sa.Column("power_w", sa.Integer(), nullable=False),
        sa.Column("needs_water", sa.Boolean(), nullable=False),
        sa.Column("needs_cold", sa.Boolean(), nullable=False),
        sa.Column("needs_step_free", sa.Boolean(), nullable=False),
        sa.Column("chair_ar", sa.String(length=120), nullable=False),
        sa.Column("chair_fr", sa.String(length=120), nullable=False),
        sa.Column("chair_gender", sa.String(length=8), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("previous_editions", sa.Integer(), nullable=False),
        sa.Column("last_year_place", sa.String(length=16), nullable=True),
        sa.Column("preferred_zone", sa.String(length=16), nullable=True),
        sa.Column("reference", sa.String(length=24), nullable=True),
        sa.Column("submitted_at", sa.DateTime(), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("waiting_rank", sa.Integer(), nullable=True),
        sa.Column("decision_reason", sa.String(length=40), nullable=True),
        sa.Column("score_tenths", sa.Integer(), nullable=True),
        sa.Column("papers", sa.Text(), nullable=False),
        sa.Column("missing_papers", sa.Text(), nullable=False),
        sa.Column("search", sa.String(length=500), nullable=False),
        sa.Column("sound", sa.String(length=250), nullable=False),
        sa.CheckConstraint(
            "status IN ('submitted', 'accepted', 'waitlisted', 'rejected')", name=op.f("ck_exhibitor_status")
        ),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_exhibitor_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exhibitor")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_exhibitor_edition_id_code")),
    )
    op.create_index("ix_exhibitor_status", "exhibitor", ["edition_id", "status"], unique=False)
    op.create_table(
        "hall",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name_ar", sa.String(length=200), nullable=True),
        sa.Column("name_fr", sa.String(length=200), nullable=True),
        sa.Column("width_cm", sa.Integer(), nullable=False),
        sa.Column("depth_cm", sa.Integer(), nullable=False),
        sa.Column("default_zone", sa.String(length=20), nullable=False),
        sa.Column("rule_set", sa.String(length=40), nullable=False),
        sa.Column("plan_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("width_cm > 0 AND depth_cm > 0", name=op.f("ck_hall_has_area")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_hall_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hall")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_hall_edition_id_code")),
    )
    op.create_table(
        "import_batch",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("encoding", sa.String(length=16), nullable=False),
        sa.Column("sheet", sa.LargeBinary(), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("loaded", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('people', 'exhibitors')", name=op.f("ck_import_batch_kind")),
        sa.CheckConstraint("state IN ('previewed', 'loaded', 'given_up')", name=op.f("ck_import_batch_state")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_import_batch_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    op.create_index(op.f("ix_import_batch_edition_id"), "import_batch", ["edition_id"], unique=False)
    op.create_index(op.f("ix_import_batch_made_at"), "import_batch", ["made_at"], unique=False)
    op.create_table(
        "partner",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("name_ar", sa.String(length=200), nullable=False),
        sa.Column("name_fr", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("protocol_order", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_partner_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_partner_edition_id_code")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("given_ar", sa.String(length=80), nullable=False),
        sa.Column("family_ar", sa.String(length=80), nullable=False),
        sa.Column("given_fr", sa.String(length=80), nullable=False),
        sa.Column("family_fr", sa.String(length=80), nullable=False),
        sa.Column("gender", sa.String(length=8), nullable=False),
        sa.Column("category", sa.String(length=24), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("province_code", sa.String(length=16), nullable=True),
        sa.Column("commune_code", sa.String(length=16), nullable=True),
        sa.Column("age_band", sa.String(length=8), nullable=True),
        sa.Column("consent_photo", sa.Boolean(), nullable=False),
        sa.Column("consent_contact", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("link_version", sa.Integer(), nullable=False),
        sa.Column("search", sa.String(length=400), nullable=False),
        sa.Column("sound", sa.String(length=200), nullable=False),
        sa.CheckConstraint("gender IN ('m', 'f', 'unknown')", name=op.f("ck_person_gender")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_person_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_person_edition_id_code")),
    )
    op.create_index("ix_person_edition_phone", "person", ["edition_id", "phone"], unique=False)
    op.create_index("ix_person_edition_search", "person", ["edition_id", "search"], unique=False)
    op.create_table(
        "phase",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("starts", sa.DateTime(), nullable=False),
        sa.Column("ends", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_phase_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase")),
    )
    op.create_index(op.f("ix_phase_edition_id"), "phase", ["edition_id"], unique=False)
    op.create_table(
        "recommendation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text_ar", sa.Text(), nullable=False),
        sa.Column("text_fr", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_recommendation_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_recommendation_edition_id_code")),
    )
    op.create_index(op.f("ix_recommendation_edition_id"), "recommendation", ["edition_id"], unique=False)
    op.create_table(
        "trainer",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name_ar", sa.String(length=120), nullable=False),
        sa.Column("name_fr", sa.String(length=120), nullable=False),
        sa.Column("gender", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_trainer_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trainer")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_trainer_edition_id_code")),
    )
    op.create_table(
        "venue",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("city_ar", sa.String(length=80), nullable=False),
        sa.Column("city_fr", sa.String(length=80), nullable=False),
        sa.Column("name_ar", sa.String(length=160), nullable=False),
        sa.Column("name_fr", sa.String(length=160), nullable=False),
        sa.Column("commune_code", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_venue_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_venue_edition_id_code")),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("username", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("password_is_given", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("fs_webauthn_user_handle", sa.String(length=64), nullable=False),
        sa.Column("tf_primary_method", sa.String(length=64), nullable=True),
        sa.Column("tf_totp_secret", sa.String(length=255), nullable=True),
        sa.Column("tf_phone_number", sa.String(length=32), nullable=True),
        sa.Column("mf_recovery_codes", sa.UnicodeText(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_account_fs_uniquifier")),
        sa.UniqueConstraint("fs_webauthn_user_handle", name=op.f("uq_account_fs_webauthn_user_handle")),
        sa.UniqueConstraint("username", name=op.f("uq_account_username")),
    )
    op.create_index(op.f("ix_account_person_id"), "account", ["person_id"], unique=False)
    op.create_table(
        "agreement_party",
        sa.Column("agreement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("exhibitor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_party_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_agreement_party_exhibitor_id_exhibitor")
        ),
        sa.PrimaryKeyConstraint("agreement_id", "exhibitor_id", name=op.f("pk_agreement_party")),
    )
    op.create_table(
        "allocation_run",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hall_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rule_set", sa.String(length=40), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("cost", sa.Integer(), nullable=False),
        sa.Column("bound", sa.Integer(), nullable=False),
        sa.Column("proven", sa.Boolean(), nullable=False),
        sa.Column("by_code", sa.JSON(), nullable=False),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_allocation_run_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation_run")),
    )
    op.create_index("ix_allocation_run_hall", "allocation_run", ["hall_id"], unique=False)
    op.create_table(
        "award_criterion",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("category_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_ar", sa.String(length=200), nullable=False),
        sa.Column("name_fr", sa.String(length=200), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.CheckConstraint("weight > 0 AND weight <= 100", name=op.f("ck_award_criterion_weight")),
        sa.ForeignKeyConstraint(
            ["category_id"], ["award_category.id"], name=op.f("fk_award_criterion_category_id_award_category")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_criterion")),
        sa.UniqueConstraint("category_id", "code", name=op.f("uq_award_criterion_category_id_code")),
    )
    op.create_index(op.f("ix_award_criterion_category_id"), "award_criterion", ["category_id"], unique=False)
    op.create_table(
        "badge",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("edition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("short_code", sa.String(length=12), nullable=False),
        sa.Column("imported_id", sa.String(length=26), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaces_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("printed_count", sa.SmallInteger(), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('active', 'revoked', 'replaced')", name=op.f("ck_badge_state")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_badge_edition_id_edition")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_badge_person_id_person")),
        sa.ForeignKeyConstraint(["replaces_id"], ["badge.id"], name=op.f("fk_badge_replaces_id_badge")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_badge")),
        sa.UniqueConstraint("edition_id", "imported_id", name=op.f("uq_badge_edition_id_imported_id")),
        sa.UniqueConstraint("short_code", name=op.f("uq_badge_short_code")),
    )
    op.create_index(op.f("ix_badge_edition_id_state"), "badge", ["edition_id", "state"], unique=False)
    op.create_index(
        "uq_badge_active",
        "badge",
        ["person_id", "edition_id"],
        unique=True,
        sqlite_where=sa.text("state = 'active'"),
        postgresql_where=sa.text("state = 'active'"),
    )
    op.create_table(
        "ceremony",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("venue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("title_ar", sa.String(length=200), nullable=False),
        sa.Column("title_fr", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_ceremony_edition_id_edition")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_ceremony_venue_id_venue")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ceremony")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_ceremony_edition_id_code")),
    )
    op.create_table(
        "delegate",
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("exhibitor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_delegate_exhibitor_id_exhibitor")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_delegate_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_delegate")),
    )
    op.create_index(op.f("ix_delegate_exhibitor_id"), "delegate", ["exhibitor_id"], unique=False)
    op.create_table(
        "door",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hall_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("side", sa.String(length=5), nullable=False),
        sa.Column("x_cm", sa.Integer(), nullable=False),
        sa.Column("y_cm", sa.Integer(), nullable=False),
        sa.Column("w_cm", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_door_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_door")),
        sa.UniqueConstraint("hall_id", "code", name=op.f("uq_door_hall_id_code")),
    )
    op.create_table(
        "draw_count",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("draw_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("counter", sa.String(length=80), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draw_id"], ["draw.id"], name=op.f("fk_draw_count_draw_id_draw")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_count")),
        sa.UniqueConstraint("draw_id", "counter", name=op.f("uq_draw_count_draw_id_counter")),
    )
    op.create_table(
        "draw_entrant",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("draw_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("group_token", sa.String(length=40), nullable=True),
        sa.Column("exhibitor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reasons", sa.String(length=120), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.CheckConstraint("(exhibitor_id IS NULL) <> (person_id IS NULL)", name=op.f("ck_draw_entrant_holder")),
        sa.ForeignKeyConstraint(["draw_id"], ["draw.id"], name=op.f("fk_draw_entrant_draw_id_draw")),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_draw_entrant_exhibitor_id_exhibitor")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_draw_entrant_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_entrant")),
        sa.UniqueConstraint("draw_id", "exhibitor_id", name=op.f("uq_draw_entrant_draw_id_exhibitor_id")),
        sa.UniqueConstraint("draw_id", "person_id", name=op.f("uq_draw_entrant_draw_id_person_id")),
        sa.UniqueConstraint("draw_id", "token", name=op.f("uq_draw_entrant_draw_id_token")),
    )
    op.create_index("ix_draw_entrant_rank", "draw_entrant", ["draw_id", "rank"], unique=False)
    op.create_table(
        "draw_head",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("draw_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["draw_id"], ["draw.id"], name=op.f("fk_draw_head_draw_id_draw")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_head")),
        sa.UniqueConstraint("draw_id", "step", name=op.f("uq_draw_head_draw_id_step")),
    )
    op.create_table(
        "draw_incident",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("draw_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text_ar", sa.Text(), nullable=False),
        sa.Column("text_fr", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["draw_id"], ["draw.id"], name=op.f("fk_draw_incident_draw_id_draw")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_incident")),
    )
    op.create_index(op.f("ix_draw_incident_draw_id"), "draw_incident", ["draw_id"], unique=False)
    op.create_table(
        "draw_member",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("draw_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("name_ar", sa.String(length=160), nullable=False),
        sa.Column("name_fr", sa.String(length=160), nullable=False),
        sa.ForeignKeyConstraint(["draw_id"], ["draw.id"], name=op.f("fk_draw_member_draw_id_draw")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_member")),
    )
    op.create_index(op.f("ix_draw_member_draw_id"), "draw_member", ["draw_id"], unique=False)
    op.create_table(
        "draw_prize",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("draw_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title_ar", sa.String(length=200), nullable=False),
        sa.Column("title_fr", sa.String(length=200), nullable=False),
        sa.Column("value_mad", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["draw_id"], ["draw.id"], name=op.f("fk_draw_prize_draw_id_draw")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_prize")),
        sa.UniqueConstraint("draw_id", "position", name=op.f("uq_draw_prize_draw_id_position")),
    )
    op.create_table(
        "draw_seat",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("draw_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name_ar", sa.String(length=160), nullable=False),
        sa.Column("name_fr", sa.String(length=160), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("ties", sa.Text(), nullable=False),
        sa.Column("public_key", sa.String(length=64), nullable=True),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed", sa.String(length=64), nullable=True),
        sa.Column("signature", sa.String(length=128), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("value", sa.String(length=40), nullable=True),
        sa.Column("nonce", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["draw_id"], ["draw.id"], name=op.f("fk_draw_seat_draw_id_draw")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_draw_seat_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_seat")),
        sa.UniqueConstraint("draw_id", "code", name=op.f("uq_draw_seat_draw_id_code")),
    )
    op.create_table(
        "exhibitor_presence",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("exhibitor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("arrived_at", sa.Time(), nullable=True),
        sa.Column("sales_mad", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("status IN ('present', 'late', 'absent')", name=op.f("ck_exhibitor_presence_status")),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_exhibitor_presence_exhibitor_id_exhibitor")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exhibitor_presence")),
        sa.UniqueConstraint("exhibitor_id", "date", name=op.f("uq_exhibitor_presence_exhibitor_id_date")),
    )
    op.create_table(
        "nominee",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("category_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("exhibitor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["category_id"], ["award_category.id"], name=op.f("fk_nominee_category_id_award_category")
        ),
        sa.ForeignKeyConstraint(["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_nominee_exhibitor_id_exhibitor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nominee")),
        sa.UniqueConstraint("category_id", "exhibitor_id", name=op.f("uq_nominee_category_id_exhibitor_id")),
    )
    op.create_index(op.f("ix_nominee_category_id"), "nominee", ["category_id"], unique=False)
    op.create_index(op.f("ix_nominee_exhibitor_id"), "nominee", ["exhibitor_id"], unique=False)
    op.create_table(
        "obstacle",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hall_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("x_cm", sa.Integer(), nullable=False),
        sa.Column("y_cm", sa.Integer(), nullable=False),
        sa.Column("w_cm", sa.Integer(), nullable=False),
        sa.Column("h_cm", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_obstacle_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obstacle")),
        sa.UniqueConstraint("hall_id", "code", name=op.f("uq_obstacle_hall_id_code")),
    )
    op.create_table(
        "plan_change",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hall_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("undoes_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_plan_change_hall_id_hall")),
        sa.ForeignKeyConstraint(["undoes_id"], ["plan_change.id"], name=op.f("fk_plan_change_undoes_id_plan_change")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_change")),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_plan_change_undoes_id")),
    )
    op.create_index("ix_plan_change_hall_version", "plan_change", ["hall_id", "version"], unique=True)
    op.create_table(
        "plan_publication",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hall_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("plan_version", sa.Integer(), nullable=False),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_plan_publication_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_publication")),
        sa.UniqueConstraint("hall_id", "number", name=op.f("uq_plan_publication_hall_id_number")),
    )
    op.create_table(
        "room",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("venue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("name_ar", sa.String(length=160), nullable=False),
        sa.Column("name_fr", sa.String(length=160), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_room_venue_id_venue")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
        sa.UniqueConstraint("venue_id", "code", name=op.f("uq_room_venue_id_code")),
    )
    op.create_table(
        "stand_wish",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("a_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("b_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.CheckConstraint("kind IN ('together', 'apart')", name=op.f("ck_stand_wish_kind")),
        sa.CheckConstraint("a_id < b_id", name=op.f("ck_stand_wish_ordered")),
        sa.ForeignKeyConstraint(["a_id"], ["exhibitor.id"], name=op.f("fk_stand_wish_a_id_exhibitor")),
        sa.ForeignKeyConstraint(["b_id"], ["exhibitor.id"], name=op.f("fk_stand_wish_b_id_exhibitor")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_stand_wish_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stand_wish")),
        sa.UniqueConstraint("a_id", "b_id", "kind", name=op.f("uq_stand_wish_a_id_b_id_kind")),
    )
    op.create_index(op.f("ix_stand_wish_b_id"), "stand_wish", ["b_id"], unique=False)
    op.create_index(op.f("ix_stand_wish_edition_id"), "stand_wish", ["edition_id"], unique=False)
    op.create_table(
        "travel",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("venue_a_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("venue_b_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["venue_a_id"], ["venue.id"], name=op.f("fk_travel_venue_a_id_venue")),
        sa.ForeignKeyConstraint(["venue_b_id"], ["venue.id"], name=op.f("fk_travel_venue_b_id_venue")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_travel")),
        sa.UniqueConstraint("venue_a_id", "venue_b_id", name=op.f("uq_travel_venue_a_id_venue_b_id")),
    )
    op.create_table(
        "zone",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hall_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name_ar", sa.String(length=200), nullable=True),
        sa.Column("name_fr", sa.String(length=200), nullable=True),
        sa.Column("sectors", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_zone_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zone")),
        sa.UniqueConstraint("hall_id", "code", name=op.f("uq_zone_hall_id_code")),
    )
    op.create_table(
        "account_role",
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_role_account_id_account"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["role_id"], ["role.id"], name=op.f("fk_account_role_role_id_role"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "role_id", name=op.f("pk_account_role")),
    )
    op.create_table(
        "award_result",
        sa.Column("nominee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("category_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("mean_numerator", sa.Integer(), nullable=False),
        sa.Column("mean_denominator", sa.Integer(), nullable=False),
        sa.Column("heaviest_numerator", sa.Integer(), nullable=False),
        sa.Column("heaviest_denominator", sa.Integer(), nullable=False),
        sa.Column("jurors", sa.Integer(), nullable=False),
        sa.Column("tied_with_next", sa.Boolean(), nullable=False),
        sa.Column("decided_by", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["category_id"], ["award_category.id"], name=op.f("fk_award_result_category_id_award_category")
        ),
        sa.ForeignKeyConstraint(["nominee_id"], ["nominee.id"], name=op.f("fk_award_result_nominee_id_nominee")),
        sa.PrimaryKeyConstraint("nominee_id", name=op.f("pk_award_result")),
    )
    op.create_index(op.f("ix_award_result_category_id"), "award_result", ["category_id"], unique=False)
    op.create_table(
        "draw_pick",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("draw_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place", sa.String(length=8), nullable=False),
        sa.Column("entrant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["draw_id"], ["draw.id"], name=op.f("fk_draw_pick_draw_id_draw")),
        sa.ForeignKeyConstraint(["entrant_id"], ["draw_entrant.id"], name=op.f("fk_draw_pick_entrant_id_draw_entrant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_pick")),
        sa.UniqueConstraint("draw_id", "place", name=op.f("uq_draw_pick_draw_id_place")),
        sa.UniqueConstraint("entrant_id", name=op.f("uq_draw_pick_entrant_id")),
    )
    op.create_table(
        "exhibitor_account",
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("exhibitor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_exhibitor_account_account_id_account")),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_exhibitor_account_exhibitor_id_exhibitor")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_exhibitor_account")),
    )
    op.create_index(op.f("ix_exhibitor_account_exhibitor_id"), "exhibitor_account", ["exhibitor_id"], unique=False)
    op.create_table(
        "juror",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_ar", sa.String(length=200), nullable=False),
        sa.Column("name_fr", sa.String(length=200), nullable=False),
        sa.Column("gender", sa.String(length=8), nullable=False),
        sa.Column("seat", sa.String(length=8), nullable=False),
        sa.Column("body_ar", sa.String(length=200), nullable=False),
        sa.Column("body_fr", sa.String(length=200), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("seat IN ('chair', 'member')", name=op.f("ck_juror_seat")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_juror_account_id_account")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_juror_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_juror")),
        sa.UniqueConstraint("edition_id", "account_id", name=op.f("uq_juror_edition_id_account_id")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_juror_edition_id_code")),
    )
    op.create_index(op.f("ix_juror_edition_id"), "juror", ["edition_id"], unique=False)
    op.create_table(
        "passkey",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(length=1024), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("transports", sa.UnicodeText(), nullable=True),
        sa.Column("backup_state", sa.Boolean(), nullable=False),
        sa.Column("device_type", sa.String(length=64), nullable=False),
        sa.Column("extensions", sa.Text(), nullable=True),
        sa.Column("usage", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lastuse_datetime", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_passkey_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
    )
    op.create_index(op.f("ix_passkey_account_id"), "passkey", ["account_id"], unique=False)
    op.create_table(
        "stand",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hall_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("zone_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("x_cm", sa.Integer(), nullable=False),
        sa.Column("y_cm", sa.Integer(), nullable=False),
        sa.Column("w_cm", sa.Integer(), nullable=False),
        sa.Column("h_cm", sa.Integer(), nullable=False),
        sa.Column("back", sa.String(length=5), nullable=False),
        sa.Column("row", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("open_sides", sa.Integer(), nullable=False),
        sa.Column("has_power", sa.Boolean(), nullable=False),
        sa.Column("has_water", sa.Boolean(), nullable=False),
        sa.Column("step_free", sa.Boolean(), nullable=False),
        sa.Column("entrance_cm", sa.Integer(), nullable=False),
        sa.Column("reserved_for", sa.String(length=20), nullable=True),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.CheckConstraint("w_cm > 0 AND h_cm > 0", name=op.f("ck_stand_has_area")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_stand_hall_id_hall")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_stand_zone_id_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stand")),
        sa.UniqueConstraint("hall_id", "code", name=op.f("uq_stand_hall_id_code")),
        sa.UniqueConstraint("hall_id", "row", "position", name=op.f("uq_stand_hall_id_row_position")),
    )
    op.create_index(op.f("ix_stand_zone_id"), "stand", ["zone_id"], unique=False)
    op.create_table(
        "workshop",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("title_ar", sa.String(length=300), nullable=False),
        sa.Column("title_fr", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("mode", sa.String(length=10), nullable=False),
        sa.Column("room_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("venue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("credit_minutes", sa.Integer(), nullable=False),
        sa.Column("places_onsite", sa.Integer(), nullable=False),
        sa.Column("places_online", sa.Integer(), nullable=False),
        sa.Column("taken_onsite", sa.Integer(), nullable=False),
        sa.Column("taken_online", sa.Integer(), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.Column("opens", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes", sa.DateTime(timezone=True), nullable=True),
        sa.Column("join_url", sa.String(length=500), nullable=False),
        sa.CheckConstraint("mode IN ('onsite', 'online', 'hybrid')", name=op.f("ck_workshop_mode")),
        sa.CheckConstraint("places_onsite >= 0 AND places_online >= 0", name=op.f("ck_workshop_places")),
        sa.CheckConstraint("taken_onsite >= 0 AND taken_online >= 0", name=op.f("ck_workshop_taken")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_workshop_edition_id_edition")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_workshop_room_id_room")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_workshop_venue_id_venue")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_workshop_edition_id_code")),
    )
    op.create_index(
        op.f("ix_workshop_edition_id_day_starts"), "workshop", ["edition_id", "day", "starts"], unique=False
    )
    op.create_table(
        "certificate",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("edition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("workshop_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("short_code", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("gender", sa.String(length=8), nullable=False),
        sa.Column("name_ar", sa.String(length=200), nullable=False),
        sa.Column("name_fr", sa.String(length=200), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("replaces_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("state IN ('valid', 'revoked', 'corrected')", name=op.f("ck_certificate_state")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_certificate_edition_id_edition")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_certificate_person_id_person")),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["certificate.id"], name=op.f("fk_certificate_replaces_id_certificate")
        ),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_certificate_workshop_id_workshop")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("edition_id", "number", "version", name=op.f("uq_certificate_edition_id_number_version")),
        sa.UniqueConstraint("short_code", name=op.f("uq_certificate_short_code")),
    )
    op.create_index(op.f("ix_certificate_workshop_id"), "certificate", ["workshop_id"], unique=False)
    op.create_index(
        "uq_certificate_valid",
        "certificate",
        ["person_id", "workshop_id"],
        unique=True,
        sqlite_where=sa.text("state = 'valid'"),
        postgresql_where=sa.text("state = 'valid'"),
    )
    op.create_table(
        "juror_absence",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("juror_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("nominee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["juror_id"], ["juror.id"], name=op.f("fk_juror_absence_juror_id_juror")),
        sa.ForeignKeyConstraint(["nominee_id"], ["nominee.id"], name=op.f("fk_juror_absence_nominee_id_nominee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_juror_absence")),
        sa.UniqueConstraint("juror_id", "nominee_id", name=op.f("uq_juror_absence_juror_id_nominee_id")),
    )
    op.create_index(op.f("ix_juror_absence_juror_id"), "juror_absence", ["juror_id"], unique=False)
    op.create_index(op.f("ix_juror_absence_nominee_id"), "juror_absence", ["nominee_id"], unique=False)
    op.create_table(
        "mark_sheet",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("juror_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("nominee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["juror_id"], ["juror.id"], name=op.f("fk_mark_sheet_juror_id_juror")),
        sa.ForeignKeyConstraint(["nominee_id"], ["nominee.id"], name=op.f("fk_mark_sheet_nominee_id_nominee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark_sheet")),
        sa.UniqueConstraint("juror_id", "nominee_id", name=op.f("uq_mark_sheet_juror_id_nominee_id")),
    )
    op.create_index(op.f("ix_mark_sheet_juror_id"), "mark_sheet", ["juror_id"], unique=False)
    op.create_index(op.f("ix_mark_sheet_nominee_id"), "mark_sheet", ["nominee_id"], unique=False)
    op.create_table(
        "recusal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("juror_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("exhibitor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason_ar", sa.Text(), nullable=False),
        sa.Column("reason_fr", sa.Text(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_recusal_exhibitor_id_exhibitor")),
        sa.ForeignKeyConstraint(["juror_id"], ["juror.id"], name=op.f("fk_recusal_juror_id_juror")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recusal")),
        sa.UniqueConstraint("juror_id", "exhibitor_id", name=op.f("uq_recusal_juror_id_exhibitor_id")),
    )
    op.create_index(op.f("ix_recusal_exhibitor_id"), "recusal", ["exhibitor_id"], unique=False)
    op.create_index(op.f("ix_recusal_juror_id"), "recusal", ["juror_id"], unique=False)
    op.create_table(
        "registration",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("workshop_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=True),
        sa.Column("wish", sa.String(length=10), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "status IN ('confirmed', 'waitlisted', 'cancelled', 'refused')", name=op.f("ck_registration_status")
        ),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_registration_edition_id_edition")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_registration_person_id_person")),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_registration_workshop_id_workshop")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
    )
    op.create_index(op.f("ix_registration_person_id_status"), "registration", ["person_id", "status"], unique=False)
    op.create_index(
        op.f("ix_registration_workshop_id_status_seq"), "registration", ["workshop_id", "status", "seq"], unique=False
    )
    op.create_index(
        "uq_registration_live",
        "registration",
        ["person_id", "workshop_id"],
        unique=True,
        sqlite_where=sa.text("status IN ('confirmed', 'waitlisted')"),
        postgresql_where=sa.text("status IN ('confirmed', 'waitlisted')"),
    )
    op.create_table(
        "scan",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("device_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("workshop_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("device_time", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("badge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("code_hash", sa.String(length=32), nullable=True),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["badge_id"], ["badge.id"], name=op.f("fk_scan_badge_id_badge")),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_scan_device_id_device")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_scan_edition_id_edition")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_scan_person_id_person")),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_scan_workshop_id_workshop")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan")),
        sa.UniqueConstraint("uuid", name=op.f("uq_scan_uuid")),
    )
    op.create_index(op.f("ix_scan_device_id"), "scan", ["device_id"], unique=False)
    op.create_index(op.f("ix_scan_edition_id_corrected_at"), "scan", ["edition_id", "corrected_at"], unique=False)
    op.create_index(op.f("ix_scan_workshop_id_person_id"), "scan", ["workshop_id", "person_id"], unique=False)
    op.create_table(
        "stand_assignment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("stand_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("exhibitor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("override_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_stand_assignment_exhibitor_id_exhibitor")
        ),
        sa.ForeignKeyConstraint(["stand_id"], ["stand.id"], name=op.f("fk_stand_assignment_stand_id_stand")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stand_assignment")),
        sa.UniqueConstraint("exhibitor_id", name=op.f("uq_stand_assignment_exhibitor_id")),
        sa.UniqueConstraint("stand_id", name=op.f("uq_stand_assignment_stand_id")),
    )
    op.create_table(
        "workshop_trainer",
        sa.Column("workshop_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("trainer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["trainer_id"], ["trainer.id"], name=op.f("fk_workshop_trainer_trainer_id_trainer")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_workshop_trainer_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("workshop_id", "trainer_id", name=op.f("pk_workshop_trainer")),
    )
    op.create_table(
        "attendance",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("workshop_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("scan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_attendance_edition_id_edition")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attendance_person_id_person")),
        sa.ForeignKeyConstraint(["scan_id"], ["scan.id"], name=op.f("fk_attendance_scan_id_scan")),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_attendance_workshop_id_workshop")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("person_id", "workshop_id", name=op.f("uq_attendance_person_id_workshop_id")),
    )
    op.create_index(op.f("ix_attendance_edition_id"), "attendance", ["edition_id"], unique=False)
    op.create_index(op.f("ix_attendance_workshop_id"), "attendance", ["workshop_id"], unique=False)
    op.create_table(
        "mark",
        sa.Column("sheet_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("criterion_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("half_points", sa.Integer(), nullable=False),
        sa.CheckConstraint("half_points >= 0 AND half_points <= 40", name=op.f("ck_mark_half_points")),
        sa.ForeignKeyConstraint(
            ["criterion_id"], ["award_criterion.id"], name=op.f("fk_mark_criterion_id_award_criterion")
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["mark_sheet.id"], name=op.f("fk_mark_sheet_id_mark_sheet"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sheet_id", "criterion_id", name=op.f("pk_mark")),
    )
    for statement in guards_sql(op.get_bind().dialect.name):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.drop_table("mark")
    op.drop_index(op.f("ix_attendance_workshop_id"), table_name="attendance")
    op.drop_index(op.f("ix_attendance_edition_id"), table_name="attendance")
    op.drop_table("attendance")
    op.drop_table("workshop_trainer")
    op.drop_table("stand_assignment")
    op.drop_index(op.f("ix_scan_workshop_id_person_id"), table_name="scan")
    op.drop_index(op.f("ix_scan_edition_id_corrected_at"), table_name="scan")
    op.drop_index(op.f("ix_scan_device_id"), table_name="scan")
    op.drop_table("scan")
    op.drop_index(
        "uq_registration_live",
        table_name="registration",
        sqlite_where=sa.text("status IN ('confirmed', 'waitlisted')"),
        postgresql_where=sa.text("status IN ('confirmed', 'waitlisted')"),
    )
    op.drop_index(op.f("ix_registration_workshop_id_status_seq"), table_name="registration")
    op.drop_index(op.f("ix_registration_person_id_status"), table_name="registration")
    op.drop_table("registration")
    op.drop_index(op.f("ix_recusal_juror_id"), table_name="recusal")
    op.drop_index(op.f("ix_recusal_exhibitor_id"), table_name="recusal")
    op.drop_table("recusal")
    op.drop_index(op.f("ix_mark_sheet_nominee_id"), table_name="mark_sheet")
    op.drop_index(op.f("ix_mark_sheet_juror_id"), table_name="mark_sheet")
    op.drop_table("mark_sheet")
    op.drop_index(op.f("ix_juror_absence_nominee_id"), table_name="juror_absence")
    op.drop_index(op.f("ix_juror_absence_juror_id"), table_name="juror_absence")
    op.drop_table("juror_absence")
    op.drop_index(
        "uq_certificate_valid",
        table_name="certificate",
        sqlite_where=sa.text("state = 'valid'"),
        postgresql_where=sa.text("state = 'valid'"),
    )
    op.drop_index(op.f("ix_certificate_workshop_id"), table_name="certificate")
    op.drop_table("certificate")
    op.drop_index(op.f("ix_workshop_edition_id_day_starts"), table_name="workshop")
    op.drop_table("workshop")
    op.drop_index(op.f("ix_stand_zone_id"), table_name="stand")
    op.drop_table("stand")
    op.drop_index(op.f("ix_passkey_account_id"), table_name="passkey")
    op.drop_table("passkey")
    op.drop_index(op.f("ix_juror_edition_id"), table_name="juror")
    op.drop_table("juror")
    op.drop_index(op.f("ix_exhibitor_account_exhibitor_id"), table_name="exhibitor_account")
    op.drop_table("exhibitor_account")
    op.drop_table("draw_pick")
    op.drop_index(op.f("ix_award_result_category_id"), table_name="award_result")
    op.drop_table("award_result")
    op.drop_table("account_role")
    op.drop_table("zone")
    op.drop_table("travel")
    op.drop_index(op.f("ix_stand_wish_edition_id"), table_name="stand_wish")
    op.drop_index(op.f("ix_stand_wish_b_id"), table_name="stand_wish")
    op.drop_table("stand_wish")
    op.drop_table("room")
    op.drop_table("plan_publication")
    op.drop_index("ix_plan_change_hall_version", table_name="plan_change")
    op.drop_table("plan_change")
    op.drop_table("obstacle")
    op.drop_index(op.f("ix_nominee_exhibitor_id"), table_name="nominee")
    op.drop_index(op.f("ix_nominee_category_id"), table_name="nominee")
    op.drop_table("nominee")
    op.drop_table("exhibitor_presence")
    op.drop_table("draw_seat")
    op.drop_table("draw_prize")
    op.drop_index(op.f("ix_draw_member_draw_id"), table_name="draw_member")
    op.drop_table("draw_member")
    op.drop_index(op.f("ix_draw_incident_draw_id"), table_name="draw_incident")
    op.drop_table("draw_incident")
    op.drop_table("draw_head")
    op.drop_index("ix_draw_entrant_rank", table_name="draw_entrant")
    op.drop_table("draw_entrant")
    op.drop_table("draw_count")
    op.drop_table("door")
    op.drop_index(op.f("ix_delegate_exhibitor_id"), table_name="delegate")
    op.drop_table("delegate")
    op.drop_table("ceremony")
    op.drop_index(
        "uq_badge_active",
        table_name="badge",
        sqlite_where=sa.text("state = 'active'"),
        postgresql_where=sa.text("state = 'active'"),
    )
    op.drop_index(op.f("ix_badge_edition_id_state"), table_name="badge")
    op.drop_table("badge")
    op.drop_index(op.f("ix_award_criterion_category_id"), table_name="award_criterion")
    op.drop_table("award_criterion")
    op.drop_index("ix_allocation_run_hall", table_name="allocation_run")
    op.drop_table("allocation_run")
    op.drop_table("agreement_party")
    op.drop_index(op.f("ix_account_person_id"), table_name="account")
    op.drop_table("account")
    op.drop_table("venue")
    op.drop_table("trainer")
    op.drop_index(op.f("ix_recommendation_edition_id"), table_name="recommendation")
    op.drop_table("recommendation")
    op.drop_index(op.f("ix_phase_edition_id"), table_name="phase")
    op.drop_table("phase")
    op.drop_index("ix_person_edition_search", table_name="person")
    op.drop_index("ix_person_edition_phone", table_name="person")
    op.drop_table("person")
    op.drop_table("partner")
    op.drop_index(op.f("ix_import_batch_made_at"), table_name="import_batch")
    op.drop_index(op.f("ix_import_batch_edition_id"), table_name="import_batch")
    op.drop_table("import_batch")
    op.drop_table("hall")
    op.drop_index("ix_exhibitor_status", table_name="exhibitor")
    op.drop_table("exhibitor")
    op.drop_table("edition_day")
    op.drop_table("draw")
    op.drop_table("device")
    op.drop_table("certificate_series")
    op.drop_index(op.f("ix_break_edition_id"), table_name="break")
    op.drop_table("break")
    op.drop_index(op.f("ix_award_category_edition_id"), table_name="award_category")
    op.drop_table("award_category")
    op.drop_index(op.f("ix_agreement_edition_id"), table_name="agreement")
    op.drop_table("agreement")
    op.drop_table("role")
    op.drop_index("ix_job_state", table_name="job")
    op.drop_table("job")
    op.drop_table("edition")
    op.drop_table("demo_step")
    op.drop_table("demo_outcome")
    op.drop_table("audit_head")
    op.drop_index(op.f("ix_audit_entry_thing_id"), table_name="audit_entry")
    op.drop_index(op.f("ix_audit_entry_code_id"), table_name="audit_entry")
    op.drop_table("audit_entry")
    op.drop_table("audit_checkpoint")
