"""Draws get a beacon, turns and a register; awards get classes, dossiers, lots and prizes; the log gets witnesses."""

import sqlalchemy as sa
from alembic import op

from village.audit.guards import guards_sql, words_guards_sql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_STATES = "state IN ('open', 'sealed', 'closed', 'revealed', 'drawn', 'cancelled')"
_STATES_BEFORE = "state IN ('open', 'sealed', 'closed', 'revealed', 'drawn')"


def upgrade() -> None:
    op.create_table(
        "audit_witness",
        sa.Column("id", _ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("label_ar", sa.String(length=160), nullable=False),
        sa.Column("label_fr", sa.String(length=160), nullable=False),
        sa.Column("code_sha256", sa.String(length=64), nullable=True),
        sa.Column("code_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("vkey", sa.String(length=240), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_witness")),
        sa.UniqueConstraint("code_sha256", name=op.f("uq_audit_witness_code_sha256")),
        sa.UniqueConstraint("name", name=op.f("uq_audit_witness_name")),
        sa.UniqueConstraint("vkey", name=op.f("uq_audit_witness_vkey")),
    )
    op.create_table(
        "draw_verifier",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_draw_verifier")),
    )
    op.create_table(
        "audit_cosignature",
        sa.Column("id", _ID, nullable=False),
        sa.Column("checkpoint_id", _ID, nullable=False),
        sa.Column("witness_id", _ID, nullable=False),
        sa.Column("time", _ID, nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["checkpoint_id"], ["audit_checkpoint.id"], name=op.f("fk_audit_cosignature_checkpoint_id_audit_checkpoint")
        ),
        sa.ForeignKeyConstraint(
            ["witness_id"], ["audit_witness.id"], name=op.f("fk_audit_cosignature_witness_id_audit_witness")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_cosignature")),
        sa.UniqueConstraint("checkpoint_id", "witness_id", name=op.f("uq_audit_cosignature_checkpoint_id_witness_id")),
    )
    op.create_table(
        "audit_timestamp",
        sa.Column("id", _ID, nullable=False),
        sa.Column("checkpoint_id", _ID, nullable=False),
        sa.Column("authority", sa.String(length=300), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("stamped_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["checkpoint_id"], ["audit_checkpoint.id"], name=op.f("fk_audit_timestamp_checkpoint_id_audit_checkpoint")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_timestamp")),
        sa.UniqueConstraint("checkpoint_id", "authority", name=op.f("uq_audit_timestamp_checkpoint_id_authority")),
    )
    op.create_table(
        "draw_register",
        sa.Column("edition_id", _ID, autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last", sa.String(length=64), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_draw_register_edition_id_edition")),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_draw_register")),
    )
    op.create_table(
        "award_lot",
        sa.Column("id", _ID, nullable=False),
        sa.Column("category_id", _ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("sealed", sa.JSON(), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("witness", sa.JSON(), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=True),
        sa.Column("ranking", sa.JSON(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('sealed', 'drawn', 'cancelled')", name=op.f("ck_award_lot_state")),
        sa.ForeignKeyConstraint(
            ["category_id"], ["award_category.id"], name=op.f("fk_award_lot_category_id_award_category")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_lot")),
        sa.UniqueConstraint("category_id", "number", name=op.f("uq_award_lot_category_id_number")),
    )
    op.create_table(
        "deliberation_note",
        sa.Column("id", _ID, nullable=False),
        sa.Column("category_id", _ID, nullable=False),
        sa.Column("text_ar", sa.Text(), nullable=False),
        sa.Column("text_fr", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["category_id"], ["award_category.id"], name=op.f("fk_deliberation_note_category_id_award_category")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliberation_note")),
    )
    with op.batch_alter_table("deliberation_note") as batch_op:
        batch_op.create_index(batch_op.f("ix_deliberation_note_category_id"), ["category_id"], unique=False)

    op.create_table(
        "draw_beacon",
        sa.Column("id", _ID, nullable=False),
        sa.Column("draw_id", _ID, nullable=False),
        sa.Column("iteration", sa.Integer(), nullable=False),
        sa.Column("void", sa.String(length=16), nullable=False),
        sa.Column("round", _ID, nullable=False),
        sa.Column("signature", sa.String(length=192), nullable=False),
        sa.Column("randomness", sa.String(length=64), nullable=False),
        sa.Column("brought_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draw_id"], ["draw.id"], name=op.f("fk_draw_beacon_draw_id_draw")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_beacon")),
        sa.UniqueConstraint("draw_id", "iteration", name=op.f("uq_draw_beacon_draw_id_iteration")),
    )
    op.create_table(
        "award_ballot",
        sa.Column("id", _ID, nullable=False),
        sa.Column("category_id", _ID, nullable=False),
        sa.Column("nominee_id", _ID, nullable=False),
        sa.Column("voter", sa.String(length=64), nullable=False),
        sa.Column("cast_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["category_id"], ["award_category.id"], name=op.f("fk_award_ballot_category_id_award_category")
        ),
        sa.ForeignKeyConstraint(["nominee_id"], ["nominee.id"], name=op.f("fk_award_ballot_nominee_id_nominee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_ballot")),
        sa.UniqueConstraint("category_id", "voter", name=op.f("uq_award_ballot_category_id_voter")),
    )
    with op.batch_alter_table("award_ballot") as batch_op:
        batch_op.create_index(batch_op.f("ix_award_ballot_nominee_id"), ["nominee_id"], unique=False)

    op.create_table(
        "award_prize",
        sa.Column("id", _ID, nullable=False),
        sa.Column("category_id", _ID, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("title_ar", sa.String(length=200), nullable=False),
        sa.Column("title_fr", sa.String(length=200), nullable=False),
        sa.Column("value_mad", sa.Integer(), nullable=True),
        sa.Column("giver_ar", sa.String(length=200), nullable=False),
        sa.Column("giver_fr", sa.String(length=200), nullable=False),
        sa.Column("promised_for", sa.Date(), nullable=True),
        sa.Column("promised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("nominee_id", _ID, nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("receiver", sa.String(length=200), nullable=False),
        sa.Column("proof_key", sa.String(length=200), nullable=True),
        sa.Column("proof_sha256", sa.String(length=64), nullable=True),
        sa.CheckConstraint("kind IN ('shield', 'prize', 'paper')", name=op.f("ck_award_prize_kind")),
        sa.ForeignKeyConstraint(
            ["category_id"], ["award_category.id"], name=op.f("fk_award_prize_category_id_award_category")
        ),
        sa.ForeignKeyConstraint(["nominee_id"], ["nominee.id"], name=op.f("fk_award_prize_nominee_id_nominee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_prize")),
    )
    with op.batch_alter_table("award_prize") as batch_op:
        batch_op.create_index("ix_award_prize_category", ["category_id", "rank"], unique=False)

    op.create_table(
        "draw_turn",
        sa.Column("id", _ID, nullable=False),
        sa.Column("draw_id", _ID, nullable=False),
        sa.Column("place", sa.String(length=8), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("entrant_id", _ID, nullable=False),
        sa.Column("iteration", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_by", sa.String(length=8), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.String(length=40), nullable=True),
        sa.Column("next_round", _ID, nullable=True),
        sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proof_key", sa.String(length=200), nullable=True),
        sa.Column("proof_sha256", sa.String(length=64), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'voided', 'claimed', 'handed_over')", name=op.f("ck_draw_turn_state")),
        sa.ForeignKeyConstraint(["draw_id"], ["draw.id"], name=op.f("fk_draw_turn_draw_id_draw")),
        sa.ForeignKeyConstraint(["entrant_id"], ["draw_entrant.id"], name=op.f("fk_draw_turn_entrant_id_draw_entrant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_turn")),
        sa.UniqueConstraint("draw_id", "entrant_id", name=op.f("uq_draw_turn_draw_id_entrant_id")),
        sa.UniqueConstraint("draw_id", "place", "turn", name=op.f("uq_draw_turn_draw_id_place_turn")),
    )
    op.create_table(
        "nominee_photo",
        sa.Column("id", _ID, nullable=False),
        sa.Column("nominee_id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("caption_ar", sa.String(length=200), nullable=False),
        sa.Column("caption_fr", sa.String(length=200), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["nominee_id"], ["nominee.id"], name=op.f("fk_nominee_photo_nominee_id_nominee"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nominee_photo")),
    )
    with op.batch_alter_table("nominee_photo") as batch_op:
        batch_op.create_index(batch_op.f("ix_nominee_photo_nominee_id"), ["nominee_id"], unique=False)

    op.create_table(
        "draw_void_signature",
        sa.Column("id", _ID, nullable=False),
        sa.Column("turn_id", _ID, nullable=False),
        sa.Column("signer", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["turn_id"], ["draw_turn.id"], name=op.f("fk_draw_void_signature_turn_id_draw_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_void_signature")),
        sa.UniqueConstraint("turn_id", "signer", name=op.f("uq_draw_void_signature_turn_id_signer")),
    )
    op.create_table(
        "juror_assignment",
        sa.Column("juror_id", _ID, nullable=False),
        sa.Column("nominee_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(["juror_id"], ["juror.id"], name=op.f("fk_juror_assignment_juror_id_juror")),
        sa.ForeignKeyConstraint(
            ["nominee_id"], ["nominee.id"], name=op.f("fk_juror_assignment_nominee_id_nominee"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("juror_id", "nominee_id", name=op.f("pk_juror_assignment")),
    )
    with op.batch_alter_table("juror_assignment") as batch_op:
        batch_op.create_index(batch_op.f("ix_juror_assignment_nominee_id"), ["nominee_id"], unique=False)

    op.create_table(
        "juror_closing",
        sa.Column("juror_id", _ID, nullable=False),
        sa.Column("category_id", _ID, nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sheets", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["category_id"], ["award_category.id"], name=op.f("fk_juror_closing_category_id_award_category")
        ),
        sa.ForeignKeyConstraint(["juror_id"], ["juror.id"], name=op.f("fk_juror_closing_juror_id_juror")),
        sa.PrimaryKeyConstraint("juror_id", "category_id", name=op.f("pk_juror_closing")),
    )
    with op.batch_alter_table("juror_closing") as batch_op:
        batch_op.create_index(batch_op.f("ix_juror_closing_category_id"), ["category_id"], unique=False)

    with op.batch_alter_table("award_category") as batch_op:
        batch_op.add_column(sa.Column("award_class", sa.String(length=8), nullable=False, server_default="merit"))
        batch_op.add_column(sa.Column("draw_code", sa.String(length=16), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("tie_rule", sa.String(length=12), nullable=False, server_default="ex_aequo"))
        batch_op.add_column(sa.Column("panel", sa.String(length=8), nullable=False, server_default="all"))
        batch_op.add_column(sa.Column("vote_opens_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("vote_closes_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.create_check_constraint(
            batch_op.f("ck_award_category_award_class"), "award_class IN ('merit', 'honour', 'chance')"
        )
        batch_op.create_check_constraint(batch_op.f("ck_award_category_tie_rule"), "tie_rule IN ('ex_aequo', 'lot')")
        batch_op.create_check_constraint(batch_op.f("ck_award_category_panel"), "panel IN ('all', 'split')")

    with op.batch_alter_table("award_criterion") as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=8), nullable=False, server_default="jury"))
        batch_op.add_column(sa.Column("help_ar", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("help_fr", sa.Text(), nullable=False, server_default=""))
        batch_op.create_check_constraint(batch_op.f("ck_award_criterion_kind"), "kind IN ('jury', 'public')")

    with op.batch_alter_table("award_result") as batch_op:
        batch_op.add_column(sa.Column("adjusted_numerator", _ID, nullable=True))
        batch_op.add_column(sa.Column("adjusted_denominator", _ID, nullable=True))
        batch_op.add_column(sa.Column("votes", sa.Integer(), nullable=True))

    with op.batch_alter_table("draw") as batch_op:
        batch_op.add_column(sa.Column("pool", sa.String(length=12), nullable=False, server_default="exhibitors"))
        batch_op.add_column(sa.Column("replacement", sa.String(length=8), nullable=False, server_default="ordered"))
        batch_op.add_column(sa.Column("beacon_chain", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("beacon_round", _ID, nullable=True))
        batch_op.add_column(sa.Column("quorum", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("witness_keys", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("offline_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("cancel_reason", sa.String(length=40), nullable=True))
        batch_op.alter_column(
            "state", existing_type=sa.String(length=8), type_=sa.String(length=12), existing_nullable=False
        )
        batch_op.drop_constraint(batch_op.f("ck_draw_state"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_draw_state"), _STATES)
        batch_op.create_check_constraint(batch_op.f("ck_draw_pool"), "pool IN ('exhibitors', 'visitors')")
        batch_op.create_check_constraint(batch_op.f("ck_draw_replacement"), "replacement IN ('ordered', 'fresh')")

    with op.batch_alter_table("draw_prize") as batch_op:
        batch_op.add_column(sa.Column("mark", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("giver_ar", sa.String(length=200), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("giver_fr", sa.String(length=200), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_reason", sa.String(length=40), nullable=True))
        batch_op.create_index(batch_op.f("ix_draw_prize_mark"), ["mark"], unique=False)

    with op.batch_alter_table("mark_sheet") as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("uid", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("note", sa.Text(), nullable=False, server_default=""))

    with op.batch_alter_table("nominee") as batch_op:
        batch_op.add_column(sa.Column("name_ar", sa.String(length=200), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("name_fr", sa.String(length=200), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("source", sa.String(length=8), nullable=False, server_default="hand"))
        batch_op.add_column(sa.Column("case_ar", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("case_fr", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("figures", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("citation_ar", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("citation_fr", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.alter_column("exhibitor_id", existing_type=_ID, nullable=True)
        batch_op.create_check_constraint(
            batch_op.f("ck_nominee_named"), "exhibitor_id IS NOT NULL OR name_ar <> '' OR name_fr <> ''"
        )

    with op.batch_alter_table("recusal") as batch_op:
        batch_op.add_column(sa.Column("tie", sa.String(length=12), nullable=False, server_default="other"))

    # Whoever was drawn has a turn at the prize.
    op.execute(
        "INSERT INTO draw_turn (draw_id, place, turn, entrant_id, iteration, rank, state, began_at, calls)"
        " SELECT draw_pick.draw_id, draw_pick.place, 0, draw_pick.entrant_id, 0, draw_entrant.rank, 'waiting',"
        " draw.drawn_at, 0 FROM draw_pick JOIN draw_entrant ON draw_entrant.id = draw_pick.entrant_id"
        " JOIN draw ON draw.id = draw_pick.draw_id WHERE draw_pick.place LIKE 'P%'"
    )
    # Those of the lines once more: they refuse more than when they were first laid.
    kind = op.get_bind().dialect.name
    for statement in (*guards_sql(kind), *words_guards_sql(kind)):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    # A cancelled draw was a sealed one; persons could not be named, nor visitors vote.
    op.execute("UPDATE draw SET state = 'sealed' WHERE state = 'cancelled'")
    op.execute("DELETE FROM award_criterion WHERE kind = 'public'")
    with op.batch_alter_table("juror_closing") as batch_op:
        batch_op.drop_index(batch_op.f("ix_juror_closing_category_id"))

    op.drop_table("juror_closing")
    with op.batch_alter_table("juror_assignment") as batch_op:
        batch_op.drop_index(batch_op.f("ix_juror_assignment_nominee_id"))

    op.drop_table("juror_assignment")
    op.drop_table("draw_void_signature")
    with op.batch_alter_table("nominee_photo") as batch_op:
        batch_op.drop_index(batch_op.f("ix_nominee_photo_nominee_id"))

    op.drop_table("nominee_photo")
    op.drop_table("draw_turn")
    with op.batch_alter_table("award_prize") as batch_op:
        batch_op.drop_index("ix_award_prize_category")

    op.drop_table("award_prize")
    with op.batch_alter_table("award_ballot") as batch_op:
        batch_op.drop_index(batch_op.f("ix_award_ballot_nominee_id"))

    op.drop_table("award_ballot")
    op.drop_table("draw_beacon")
    with op.batch_alter_table("deliberation_note") as batch_op:
        batch_op.drop_index(batch_op.f("ix_deliberation_note_category_id"))

    op.drop_table("deliberation_note")
    op.drop_table("award_lot")
    op.drop_table("draw_register")
    op.drop_table("audit_timestamp")
    op.drop_table("audit_cosignature")
    op.drop_table("draw_verifier")
    op.drop_table("audit_witness")

    op.execute("DELETE FROM award_result WHERE nominee_id IN (SELECT id FROM nominee WHERE exhibitor_id IS NULL)")
    op.execute("DELETE FROM nominee WHERE exhibitor_id IS NULL")
    with op.batch_alter_table("recusal") as batch_op:
        batch_op.drop_column("tie")

    with op.batch_alter_table("nominee") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_nominee_named"), type_="check")
        batch_op.alter_column("exhibitor_id", existing_type=_ID, nullable=False)
        batch_op.drop_column("version")
        batch_op.drop_column("citation_fr")
        batch_op.drop_column("citation_ar")
        batch_op.drop_column("figures")
        batch_op.drop_column("case_fr")
        batch_op.drop_column("case_ar")
        batch_op.drop_column("source")
        batch_op.drop_column("name_fr")
        batch_op.drop_column("name_ar")

    with op.batch_alter_table("mark_sheet") as batch_op:
        batch_op.drop_column("note")
        batch_op.drop_column("uid")
        batch_op.drop_column("version")

    with op.batch_alter_table("draw_prize") as batch_op:
        batch_op.drop_index(batch_op.f("ix_draw_prize_mark"))
        batch_op.drop_column("withdrawn_reason")
        batch_op.drop_column("withdrawn_at")
        batch_op.drop_column("giver_fr")
        batch_op.drop_column("giver_ar")
        batch_op.drop_column("mark")

    with op.batch_alter_table("draw") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_draw_pool"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_draw_replacement"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_draw_state"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_draw_state"), _STATES_BEFORE)
        batch_op.alter_column(
            "state", existing_type=sa.String(length=12), type_=sa.VARCHAR(length=8), existing_nullable=False
        )
        batch_op.drop_column("cancel_reason")
        batch_op.drop_column("cancelled_at")
        batch_op.drop_column("offline_at")
        batch_op.drop_column("witness_keys")
        batch_op.drop_column("quorum")
        batch_op.drop_column("beacon_round")
        batch_op.drop_column("beacon_chain")
        batch_op.drop_column("replacement")
        batch_op.drop_column("pool")

    with op.batch_alter_table("award_result") as batch_op:
        batch_op.drop_column("votes")
        batch_op.drop_column("adjusted_denominator")
        batch_op.drop_column("adjusted_numerator")

    with op.batch_alter_table("award_criterion") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_award_criterion_kind"), type_="check")
        batch_op.drop_column("help_fr")
        batch_op.drop_column("help_ar")
        batch_op.drop_column("kind")

    with op.batch_alter_table("award_category") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_award_category_award_class"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_award_category_tie_rule"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_award_category_panel"), type_="check")
        batch_op.drop_column("version")
        batch_op.drop_column("vote_closes_at")
        batch_op.drop_column("vote_opens_at")
        batch_op.drop_column("panel")
        batch_op.drop_column("tie_rule")
        batch_op.drop_column("draw_code")
        batch_op.drop_column("award_class")
