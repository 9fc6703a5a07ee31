"""Sheets that people sign are kept as printed, and typed back; trainers write notes."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "sign_in_sheet",
        sa.Column("id", _ID, nullable=False),
        sa.Column("edition_id", _ID, nullable=False),
        sa.Column("workshop_id", _ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_sign_in_sheet_edition_id_edition")),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_sign_in_sheet_workshop_id_workshop")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_sheet")),
        sa.UniqueConstraint("workshop_id", "number", name=op.f("uq_sign_in_sheet_workshop_id_number")),
    )
    with op.batch_alter_table("sign_in_sheet") as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_sheet_edition_id"), ["edition_id"], unique=False)

    op.create_table(
        "sign_in_row",
        sa.Column("id", _ID, nullable=False),
        sa.Column("sheet_id", _ID, nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=3), nullable=False),
        sa.Column("registration_id", _ID, nullable=True),
        sa.Column("ticked", sa.Boolean(), nullable=False),
        sa.Column("settled", sa.String(length=10), nullable=False),
        sa.Column("scan_id", _ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_sign_in_row_registration_id_registration")
        ),
        sa.ForeignKeyConstraint(["scan_id"], ["scan.id"], name=op.f("fk_sign_in_row_scan_id_scan")),
        sa.ForeignKeyConstraint(["sheet_id"], ["sign_in_sheet.id"], name=op.f("fk_sign_in_row_sheet_id_sign_in_sheet")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_row")),
        sa.UniqueConstraint("sheet_id", "no", name=op.f("uq_sign_in_row_sheet_id_no")),
        sa.UniqueConstraint("sheet_id", "code", name=op.f("uq_sign_in_row_sheet_id_code")),
    )
    with op.batch_alter_table("sign_in_row") as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_row_registration_id"), ["registration_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_in_row_scan_id"), ["scan_id"], unique=False)

    op.create_table(
        "session_note",
        sa.Column("workshop_id", _ID, autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_session_note_workshop_id_workshop")),
        sa.PrimaryKeyConstraint("workshop_id", name=op.f("pk_session_note")),
    )


def downgrade() -> None:
    op.drop_table("session_note")
    op.drop_table("sign_in_row")
    op.drop_table("sign_in_sheet")
