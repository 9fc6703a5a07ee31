"""The programme gets tracks and versions; registration gets audiences, offers, groups; news leave by an outbox."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_LIVE = sa.text("status IN ('confirmed', 'offered', 'waitlisted')")
_LIVE_BEFORE = sa.text("status IN ('confirmed', 'waitlisted')")


def upgrade() -> None:
    op.create_table(
        "outgoing",
        sa.Column("id", _ID, nullable=False),
        sa.Column("uid", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("target", sa.String(length=300), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("about", sa.String(length=80), nullable=False),
        sa.Column("whom", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'sent', 'failed', 'dropped')", name=op.f("ck_outgoing_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing")),
        sa.UniqueConstraint("uid", name=op.f("uq_outgoing_uid")),
    )
    with op.batch_alter_table("outgoing") as batch_op:
        batch_op.create_index("ix_outgoing_about", ["about"], unique=False)
        batch_op.create_index("ix_outgoing_whom", ["whom"], unique=False)
        batch_op.create_index(
            "ix_outgoing_due",
            ["next_at"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "api_key",
        sa.Column("id", _ID, nullable=False),
        sa.Column("edition_id", _ID, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("scopes", sa.String(length=120), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_api_key_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_key")),
        sa.UniqueConstraint("digest", name=op.f("uq_api_key_digest")),
    )
    with op.batch_alter_table("api_key") as batch_op:
        batch_op.create_index(batch_op.f("ix_api_key_edition_id"), ["edition_id"], unique=False)

    op.create_table(
        "api_answer",
        sa.Column("id", _ID, nullable=False),
        sa.Column("api_key_id", _ID, nullable=False),
        sa.Column("word", sa.String(length=80), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["api_key_id"], ["api_key.id"], name=op.f("fk_api_answer_api_key_id_api_key")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_answer")),
        sa.UniqueConstraint("api_key_id", "word", name=op.f("uq_api_answer_api_key_id_word")),
    )
    with op.batch_alter_table("api_answer") as batch_op:
        batch_op.create_index(batch_op.f("ix_api_answer_at"), ["at"], unique=False)

    op.create_table(
        "profile_kept",
        sa.Column("edition_id", _ID, nullable=False),
        sa.Column("gender", sa.String(length=8), nullable=False),
        sa.Column("age_band", sa.String(length=8), nullable=False),
        sa.Column("province_code", sa.String(length=16), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_profile_kept_edition_id_edition")),
        sa.PrimaryKeyConstraint("edition_id", "gender", "age_band", "province_code", name=op.f("pk_profile_kept")),
    )

    op.create_table(
        "data_export",
        sa.Column("id", _ID, nullable=False),
        sa.Column("edition_id", _ID, nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("workshop_id", _ID, nullable=True),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("form", sa.String(length=4), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("recipient", sa.String(length=200), nullable=False),
        sa.Column("purpose", sa.String(length=300), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_data_export_edition_id_edition")),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_data_export_workshop_id_workshop")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_export")),
    )
    with op.batch_alter_table("data_export") as batch_op:
        batch_op.create_index(batch_op.f("ix_data_export_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_data_export_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "mailing",
        sa.Column("id", _ID, nullable=False),
        sa.Column("edition_id", _ID, nullable=False),
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("subject_ar", sa.String(length=200), nullable=False),
        sa.Column("subject_fr", sa.String(length=200), nullable=False),
        sa.Column("text_ar", sa.Text(), nullable=False),
        sa.Column("text_fr", sa.Text(), nullable=False),
        sa.Column("recipients", sa.Integer(), nullable=False),
        sa.Column("by_mail", sa.Integer(), nullable=False),
        sa.Column("by_sms", sa.Integer(), nullable=False),
        sa.Column("by_voice", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_mailing_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailing")),
        sa.UniqueConstraint("token", name=op.f("uq_mailing_token")),
    )
    with op.batch_alter_table("mailing") as batch_op:
        batch_op.create_index(batch_op.f("ix_mailing_edition_id"), ["edition_id"], unique=False)

    op.create_table(
        "programme_version",
        sa.Column("id", _ID, nullable=False),
        sa.Column("edition_id", _ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("note_ar", sa.Text(), nullable=False),
        sa.Column("note_fr", sa.Text(), nullable=False),
        sa.Column("slots", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_programme_version_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_version")),
        sa.UniqueConstraint("edition_id", "number", name=op.f("uq_programme_version_edition_id_number")),
    )
    op.create_table(
        "track",
        sa.Column("id", _ID, nullable=False),
        sa.Column("edition_id", _ID, nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name_ar", sa.String(length=160), nullable=False),
        sa.Column("name_fr", sa.String(length=160), nullable=False),
        sa.Column("organiser_ar", sa.String(length=200), nullable=False),
        sa.Column("organiser_fr", sa.String(length=200), nullable=False),
        sa.Column("report_ar", sa.Text(), nullable=False),
        sa.Column("report_fr", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_track_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_track")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_track_edition_id_code")),
    )
    op.create_table(
        "webhook",
        sa.Column("id", _ID, nullable=False),
        sa.Column("edition_id", _ID, nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("note", sa.String(length=160), nullable=False),
        sa.Column("events", sa.String(length=300), nullable=False),
        sa.Column("secret_version", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_webhook_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook")),
    )
    with op.batch_alter_table("webhook") as batch_op:
        batch_op.create_index(batch_op.f("ix_webhook_edition_id"), ["edition_id"], unique=False)

    op.create_table(
        "place_reserve",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workshop_id", _ID, nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("audience", sa.String(length=12), nullable=True),
        sa.Column("exhibitor_id", _ID, nullable=True),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("channel IN ('onsite', 'online')", name=op.f("ck_place_reserve_channel")),
        sa.CheckConstraint("(audience IS NULL) <> (exhibitor_id IS NULL)", name=op.f("ck_place_reserve_one_owner")),
        sa.CheckConstraint("places > 0", name=op.f("ck_place_reserve_places")),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_place_reserve_exhibitor_id_exhibitor")
        ),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_place_reserve_workshop_id_workshop")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_reserve")),
    )
    with op.batch_alter_table("place_reserve") as batch_op:
        batch_op.create_index(batch_op.f("ix_place_reserve_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "prerequisite",
        sa.Column("workshop_id", _ID, autoincrement=False, nullable=False),
        sa.Column("required_id", _ID, autoincrement=False, nullable=False),
        sa.CheckConstraint("workshop_id <> required_id", name=op.f("ck_prerequisite_other")),
        sa.ForeignKeyConstraint(["required_id"], ["workshop.id"], name=op.f("fk_prerequisite_required_id_workshop")),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_prerequisite_workshop_id_workshop")),
        sa.PrimaryKeyConstraint("workshop_id", "required_id", name=op.f("pk_prerequisite")),
    )
    with op.batch_alter_table("prerequisite") as batch_op:
        batch_op.create_index(batch_op.f("ix_prerequisite_required_id"), ["required_id"], unique=False)

    op.create_table(
        "programme_change",
        sa.Column("id", _ID, nullable=False),
        sa.Column("edition_id", _ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("workshop_id", _ID, nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_programme_change_edition_id_edition")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_programme_change_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_change")),
        sa.UniqueConstraint("edition_id", "number", name=op.f("uq_programme_change_edition_id_number")),
    )
    with op.batch_alter_table("programme_change") as batch_op:
        batch_op.create_index(batch_op.f("ix_programme_change_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "programme_draft",
        sa.Column("workshop_id", _ID, autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("room_id", _ID, nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("trainers", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_programme_draft_room_id_room")),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_programme_draft_workshop_id_workshop")),
        sa.PrimaryKeyConstraint("workshop_id", name=op.f("pk_programme_draft")),
    )
    op.create_table(
        "registration_policy",
        sa.Column("edition_id", _ID, autoincrement=False, nullable=False),
        sa.Column("max_per_person", sa.Integer(), nullable=True),
        sa.Column("max_per_day", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_registration_policy_edition_id_edition")),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_registration_policy")),
    )
    op.create_table(
        "registration_group",
        sa.Column("id", _ID, nullable=False),
        sa.Column("edition_id", _ID, nullable=False),
        sa.Column("workshop_id", _ID, nullable=False),
        sa.Column("exhibitor_id", _ID, nullable=True),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("together", sa.Boolean(), nullable=False),
        sa.Column("link_version", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_registration_group_edition_id_edition")),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_registration_group_exhibitor_id_exhibitor")
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_registration_group_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_group")),
    )
    with op.batch_alter_table("registration_group") as batch_op:
        batch_op.create_index(batch_op.f("ix_registration_group_exhibitor_id"), ["exhibitor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_registration_group_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "session_file",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workshop_id", _ID, nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("mimetype", sa.String(length=80), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_session_file_workshop_id_workshop")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_file")),
    )
    with op.batch_alter_table("session_file") as batch_op:
        batch_op.create_index(batch_op.f("ix_session_file_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "session_minutes",
        sa.Column("workshop_id", _ID, autoincrement=False, nullable=False),
        sa.Column("rapporteur", sa.String(length=120), nullable=False),
        sa.Column("attended", sa.Integer(), nullable=True),
        sa.Column("text_ar", sa.Text(), nullable=False),
        sa.Column("text_fr", sa.Text(), nullable=False),
        sa.Column("decisions_ar", sa.Text(), nullable=False),
        sa.Column("decisions_fr", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_session_minutes_workshop_id_workshop")),
        sa.PrimaryKeyConstraint("workshop_id", name=op.f("pk_session_minutes")),
    )
    op.create_table(
        "workshop_invitation",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workshop_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("person_id IS NOT NULL OR phone IS NOT NULL", name=op.f("ck_workshop_invitation_somebody")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_workshop_invitation_person_id_person")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_workshop_invitation_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_invitation")),
        sa.UniqueConstraint("workshop_id", "person_id", name=op.f("uq_workshop_invitation_workshop_id_person_id")),
        sa.UniqueConstraint("workshop_id", "phone", name=op.f("uq_workshop_invitation_workshop_id_phone")),
    )
    with op.batch_alter_table("workshop_invitation") as batch_op:
        batch_op.create_index(batch_op.f("ix_workshop_invitation_person_id"), ["person_id"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", _ID, nullable=False),
        sa.Column("edition_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("workshop_id", _ID, nullable=False),
        sa.Column("registration_id", _ID, nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('confirmed', 'waitlisted', 'offered', 'promoted', 'lapsed', 'cancelled', 'transferred', 'moved',"
            " 'session_cancelled', 'refused')",
            name=op.f("ck_notice_kind"),
        ),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_notice_edition_id_edition")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_person_id_person")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_notice_registration_id_registration")
        ),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_notice_workshop_id_workshop")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    with op.batch_alter_table("notice") as batch_op:
        batch_op.create_index("ix_notice_person", ["person_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_registration_id"), ["registration_id"], unique=False)
        batch_op.create_index(
            "ix_notice_untold",
            ["id"],
            unique=False,
            sqlite_where=sa.text("told_at IS NULL"),
            postgresql_where=sa.text("told_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_notice_workshop_id"), ["workshop_id"], unique=False)

    with op.batch_alter_table("person") as batch_op:
        batch_op.add_column(sa.Column("organisation", sa.String(length=160), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("needs", sa.String(length=160), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("came_by", sa.String(length=32), nullable=False, server_default=""))

    with op.batch_alter_table("registration") as batch_op:
        batch_op.drop_index("uq_registration_live")
        batch_op.drop_constraint(batch_op.f("ck_registration_status"), type_="check")
        batch_op.add_column(sa.Column("offered_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("group_id", _ID, nullable=True))
        batch_op.add_column(sa.Column("reserve_id", _ID, nullable=True))
        batch_op.add_column(sa.Column("via", sa.String(length=12), nullable=False, server_default="self"))
        batch_op.add_column(sa.Column("transferred_from_id", _ID, nullable=True))
        batch_op.create_index(batch_op.f("ix_registration_group_id"), ["group_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_registration_group_id_registration_group"), "registration_group", ["group_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_registration_reserve_id_place_reserve"), "place_reserve", ["reserve_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_registration_transferred_from_id_registration"),
            "registration",
            ["transferred_from_id"],
            ["id"],
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_registration_status"),
            "status IN ('confirmed', 'offered', 'waitlisted', 'cancelled', 'refused')",
        )
        batch_op.create_index(
            "uq_registration_live",
            ["person_id", "workshop_id"],
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        )

    with op.batch_alter_table("room") as batch_op:
        batch_op.add_column(sa.Column("equipment", sa.String(length=160), nullable=False, server_default=""))

    with op.batch_alter_table("trainer") as batch_op:
        batch_op.add_column(sa.Column("role_ar", sa.String(length=200), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("role_fr", sa.String(length=200), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("profile_ar", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("profile_fr", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("phone", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("email", sa.String(length=254), nullable=True))
        batch_op.add_column(sa.Column("link_version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))

    with op.batch_alter_table("workshop") as batch_op:
        batch_op.add_column(sa.Column("track_id", _ID, nullable=True))
        batch_op.add_column(sa.Column("theme", sa.String(length=24), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("langs", sa.String(length=24), nullable=False, server_default="ar"))
        batch_op.add_column(sa.Column("aims_ar", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("aims_fr", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("equipment", sa.String(length=160), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("status", sa.String(length=12), nullable=False, server_default="planned"))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("audience", sa.String(length=12), nullable=False, server_default="open"))
        batch_op.add_column(sa.Column("waiting", sa.String(length=8), nullable=False, server_default="promote"))
        batch_op.add_column(sa.Column("offer_minutes", sa.Integer(), nullable=False, server_default="1440"))
        batch_op.add_column(sa.Column("max_per_exhibitor", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("extra_rules", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_index(batch_op.f("ix_workshop_track_id"), ["track_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_workshop_track_id_track"), "track", ["track_id"], ["id"])
        batch_op.create_check_constraint(
            batch_op.f("ck_workshop_status"), "status IN ('draft', 'planned', 'cancelled')"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_workshop_audience"), "audience IN ('open', 'delegates', 'invited')"
        )
        batch_op.create_check_constraint(batch_op.f("ck_workshop_waiting"), "waiting IN ('promote', 'offer')")

    with op.batch_alter_table("sign_in_sheet") as batch_op:
        batch_op.add_column(sa.Column("slot", sa.String(length=80), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("sign_in_sheet") as batch_op:
        batch_op.drop_column("slot")

    # A place that is only offered is a place of the waiting list again; drafts were never seen.
    for channel in ("onsite", "online"):
        op.execute(
            f"UPDATE workshop SET taken_{channel} = taken_{channel} - (SELECT count(*) FROM registration"
            f" WHERE workshop_id = workshop.id AND status = 'offered' AND channel = '{channel}')"
        )
    op.execute("UPDATE registration SET status = 'waitlisted', channel = NULL WHERE status = 'offered'")
    with op.batch_alter_table("workshop") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_workshop_waiting"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_workshop_audience"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_workshop_status"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_workshop_track_id_track"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_workshop_track_id"))
        batch_op.drop_column("extra_rules")
        batch_op.drop_column("max_per_exhibitor")
        batch_op.drop_column("offer_minutes")
        batch_op.drop_column("waiting")
        batch_op.drop_column("audience")
        batch_op.drop_column("version")
        batch_op.drop_column("status")
        batch_op.drop_column("equipment")
        batch_op.drop_column("aims_fr")
        batch_op.drop_column("aims_ar")
        batch_op.drop_column("langs")
        batch_op.drop_column("theme")
        batch_op.drop_column("track_id")

    with op.batch_alter_table("trainer") as batch_op:
        batch_op.drop_column("version")
        batch_op.drop_column("link_version")
        batch_op.drop_column("email")
        batch_op.drop_column("phone")
        batch_op.drop_column("profile_fr")
        batch_op.drop_column("profile_ar")
        batch_op.drop_column("role_fr")
        batch_op.drop_column("role_ar")

    with op.batch_alter_table("room") as batch_op:
        batch_op.drop_column("equipment")

    with op.batch_alter_table("registration") as batch_op:
        batch_op.drop_index("uq_registration_live")
        batch_op.drop_constraint(batch_op.f("ck_registration_status"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_registration_transferred_from_id_registration"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_registration_reserve_id_place_reserve"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_registration_group_id_registration_group"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_registration_group_id"))
        batch_op.drop_column("transferred_from_id")
        batch_op.drop_column("via")
        batch_op.drop_column("reserve_id")
        batch_op.drop_column("group_id")
        batch_op.drop_column("offered_until")
        batch_op.create_check_constraint(
            batch_op.f("ck_registration_status"), "status IN ('confirmed', 'waitlisted', 'cancelled', 'refused')"
        )
        batch_op.create_index(
            "uq_registration_live",
            ["person_id", "workshop_id"],
            unique=True,
            sqlite_where=_LIVE_BEFORE,
            postgresql_where=_LIVE_BEFORE,
        )

    with op.batch_alter_table("person") as batch_op:
        batch_op.drop_column("came_by")
        batch_op.drop_column("needs")
        batch_op.drop_column("organisation")

    op.drop_table("notice")
    op.drop_table("workshop_invitation")
    op.drop_table("session_minutes")
    op.drop_table("session_file")
    op.drop_table("registration_policy")
    op.drop_table("registration_group")
    op.drop_table("programme_draft")
    op.drop_table("programme_change")
    op.drop_table("prerequisite")
    op.drop_table("place_reserve")
    op.drop_table("webhook")
    op.drop_table("track")
    op.drop_table("programme_version")
    op.drop_table("mailing")
    op.drop_table("data_export")
    op.drop_table("profile_kept")
    op.drop_table("api_answer")
    op.drop_table("api_key")
    op.drop_table("outgoing")
