"""Sheets of the jury that were signed on paper are typed by one person and confirmed by a second."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "paper_sheet",
        sa.Column("juror_id", _ID, autoincrement=False, nullable=False),
        sa.Column("nominee_id", _ID, autoincrement=False, nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("typed_by", sa.String(length=80), nullable=False),
        sa.Column("typed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["juror_id"], ["juror.id"], name=op.f("fk_paper_sheet_juror_id_juror")),
        sa.ForeignKeyConstraint(["nominee_id"], ["nominee.id"], name=op.f("fk_paper_sheet_nominee_id_nominee")),
        sa.PrimaryKeyConstraint("juror_id", "nominee_id", name=op.f("pk_paper_sheet")),
    )
    op.create_index(op.f("ix_paper_sheet_nominee_id"), "paper_sheet", ["nominee_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_paper_sheet_nominee_id"), table_name="paper_sheet")
    op.drop_table("paper_sheet")
