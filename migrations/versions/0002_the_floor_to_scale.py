"""The floor to scale: the drawing and its editor, blocks of stands, plans of the studio, the day itself, lots."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Nearer than this a stand touches the wall.
TOUCHING_CM = 10


def upgrade() -> None:
    op.create_table(
        "circuit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hall_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("watts", sa.Integer(), nullable=False),
        sa.CheckConstraint("watts > 0", name=op.f("ck_circuit_carries")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_circuit_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circuit")),
        sa.UniqueConstraint("hall_id", "code", name=op.f("uq_circuit_hall_id_code")),
    )
    op.create_table(
        "hall_background",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hall_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("x_cm", sa.Integer(), nullable=False),
        sa.Column("y_cm", sa.Integer(), nullable=False),
        sa.Column("w_cm", sa.Integer(), nullable=False),
        sa.Column("h_cm", sa.Integer(), nullable=False),
        sa.Column("opacity", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_hall_background_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hall_background")),
        sa.UniqueConstraint("hall_id", name=op.f("uq_hall_background_hall_id")),
    )
    op.create_table(
        "layout_change",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hall_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("undoes_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_layout_change_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["undoes_id"], ["layout_change.id"], name=op.f("fk_layout_change_undoes_id_layout_change")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_layout_change")),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_layout_change_undoes_id")),
    )
    with op.batch_alter_table("layout_change") as batch_op:
        batch_op.create_index("ix_layout_change_hall_version", ["hall_id", "version"], unique=True)

    op.create_table(
        "marking",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hall_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.CheckConstraint("kind IN ('aisle', 'safety_line')", name=op.f("ck_marking_kind")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_marking_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marking")),
        sa.UniqueConstraint("hall_id", "code", name=op.f("uq_marking_hall_id_code")),
    )
    op.create_table(
        "stand_absence",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("exhibitor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hall_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("stands", sa.JSON(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_stand_absence_exhibitor_id_exhibitor")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_stand_absence_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stand_absence")),
        sa.UniqueConstraint("exhibitor_id", "day", name=op.f("uq_stand_absence_exhibitor_id_day")),
    )
    with op.batch_alter_table("stand_absence") as batch_op:
        batch_op.create_index(batch_op.f("ix_stand_absence_hall_id"), ["hall_id"], unique=False)

    op.create_table(
        "stand_lot",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hall_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("sealed", sa.JSON(), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("witness", sa.JSON(), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=True),
        sa.Column("ranking", sa.JSON(), nullable=False),
        sa.Column("turns", sa.JSON(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('sealed', 'drawn', 'cancelled')", name=op.f("ck_stand_lot_state")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_stand_lot_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stand_lot")),
        sa.UniqueConstraint("hall_id", "number", name=op.f("uq_stand_lot_hall_id_number")),
    )
    op.create_table(
        "stand_request",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("exhibitor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("min_size", sa.Integer(), nullable=False),
        sa.Column("min_area_cm2", sa.Integer(), nullable=False),
        sa.Column("wants_corner", sa.Boolean(), nullable=False),
        sa.Column("needs_corner", sa.Boolean(), nullable=False),
        sa.Column("needs_food", sa.Boolean(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.CheckConstraint("size >= 1 AND min_size >= 1 AND min_size <= size", name=op.f("ck_stand_request_size")),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_stand_request_exhibitor_id_exhibitor")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stand_request")),
        sa.UniqueConstraint("exhibitor_id", name=op.f("uq_stand_request_exhibitor_id")),
    )
    op.create_table(
        "stand_share",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("guest_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("host_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("guest_id <> host_id", name=op.f("ck_stand_share_two")),
        sa.ForeignKeyConstraint(["guest_id"], ["exhibitor.id"], name=op.f("fk_stand_share_guest_id_exhibitor")),
        sa.ForeignKeyConstraint(["host_id"], ["exhibitor.id"], name=op.f("fk_stand_share_host_id_exhibitor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stand_share")),
        sa.UniqueConstraint("guest_id", name=op.f("uq_stand_share_guest_id")),
    )
    with op.batch_alter_table("stand_share") as batch_op:
        batch_op.create_index(batch_op.f("ix_stand_share_host_id"), ["host_id"], unique=False)

    op.create_table(
        "sign_print",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("stand_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["stand_id"], ["stand.id"], name=op.f("fk_sign_print_stand_id_stand")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_print")),
        sa.UniqueConstraint("stand_id", name=op.f("uq_sign_print_stand_id")),
    )
    op.create_table(
        "stand_link",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hall_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("a_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("b_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.CheckConstraint("kind IN ('side', 'back', 'across', 'diagonal', 'none')", name=op.f("ck_stand_link_kind")),
        sa.CheckConstraint("a_id < b_id", name=op.f("ck_stand_link_ordered")),
        sa.ForeignKeyConstraint(["a_id"], ["stand.id"], name=op.f("fk_stand_link_a_id_stand")),
        sa.ForeignKeyConstraint(["b_id"], ["stand.id"], name=op.f("fk_stand_link_b_id_stand")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_stand_link_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stand_link")),
        sa.UniqueConstraint("a_id", "b_id", name=op.f("uq_stand_link_a_id_b_id")),
    )
    with op.batch_alter_table("stand_link") as batch_op:
        batch_op.create_index(batch_op.f("ix_stand_link_b_id"), ["b_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stand_link_hall_id"), ["hall_id"], unique=False)

    op.create_table(
        "stand_preference",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("exhibitor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("stand_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_stand_preference_exhibitor_id_exhibitor")
        ),
        sa.ForeignKeyConstraint(["stand_id"], ["stand.id"], name=op.f("fk_stand_preference_stand_id_stand")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stand_preference")),
        sa.UniqueConstraint("exhibitor_id", "rank", name=op.f("uq_stand_preference_exhibitor_id_rank")),
        sa.UniqueConstraint("exhibitor_id", "stand_id", name=op.f("uq_stand_preference_exhibitor_id_stand_id")),
    )
    with op.batch_alter_table("stand_preference") as batch_op:
        batch_op.create_index(batch_op.f("ix_stand_preference_stand_id"), ["stand_id"], unique=False)

    with op.batch_alter_table("plan_change") as batch_op:
        batch_op.add_column(sa.Column("more", sa.JSON(), nullable=True))

    with op.batch_alter_table("stand_wish") as batch_op:
        batch_op.add_column(
            sa.Column("asked_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.drop_constraint(batch_op.f("uq_stand_wish_a_id_b_id_kind"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_stand_wish_a_id_b_id_kind_asked_by_id"), ["a_id", "b_id", "kind", "asked_by_id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_stand_wish_asked_by_id_exhibitor"), "exhibitor", ["asked_by_id"], ["id"]
        )

    with op.batch_alter_table("allocation_run") as batch_op:
        batch_op.add_column(sa.Column("mode", sa.String(length=12), nullable=False, server_default="balanced"))
        batch_op.add_column(sa.Column("name", sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column("weights", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("work", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("stopped_by_time", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("move_cost", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("curve", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("fairness", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("unplaced", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("layout_version", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("plan_version", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("lot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch_op.add_column(sa.Column("job_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch_op.add_column(sa.Column("done_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("family", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("previous", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("seen", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.create_foreign_key(batch_op.f("fk_allocation_run_lot_id_stand_lot"), "stand_lot", ["lot_id"], ["id"])

    # Until now every plan the program found was made the plan at once.
    op.execute("UPDATE allocation_run SET applied_at = at, done_at = at")

    with op.batch_alter_table("hall") as batch_op:
        batch_op.add_column(sa.Column("weights", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("layout_version", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("min_aisle_cm", sa.Integer(), nullable=False, server_default="300"))
        batch_op.add_column(sa.Column("door_clear_cm", sa.Integer(), nullable=False, server_default="200"))
        batch_op.add_column(sa.Column("capacity", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("claim_by", sa.Time(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "last_removed_id",
                sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
                nullable=False,
                server_default="0",
            )
        )

    with op.batch_alter_table("plan_publication") as batch_op:
        batch_op.add_column(sa.Column("changes", sa.JSON(), nullable=False, server_default="[]"))

    with op.batch_alter_table("stand") as batch_op:
        batch_op.add_column(sa.Column("outline", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("area_cm2", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("food_floor", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(
            sa.Column("circuit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("value", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("fixed", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("open_sides_own", sa.Integer(), nullable=True))
        batch_op.drop_constraint(batch_op.f("uq_stand_hall_id_row_position"), type_="unique")
        batch_op.create_index(batch_op.f("ix_stand_circuit_id"), ["circuit_id"], unique=False)
        batch_op.create_index("ix_stand_row", ["hall_id", "row", "position"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_stand_circuit_id_circuit"), "circuit", ["circuit_id"], ["id"])

    with op.batch_alter_table("stand_assignment") as batch_op:
        batch_op.add_column(sa.Column("part", sa.Integer(), nullable=False, server_default="0"))
        batch_op.drop_constraint(batch_op.f("uq_stand_assignment_exhibitor_id"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_stand_assignment_exhibitor_id_part"), ["exhibitor_id", "part"])

    _keep_told_open_sides()


def _keep_told_open_sides() -> None:
    """Open sides are found from the drawing from now on: what a hall was told otherwise is the organisers' word."""
    bind = op.get_bind()
    halls = {row.id: row for row in bind.execute(sa.text("SELECT id, width_cm, depth_cm FROM hall"))}
    columns = "id, hall_id, row, position, back, x_cm, y_cm, w_cm, h_cm, open_sides"
    stands = bind.execute(sa.text(f"SELECT {columns} FROM stand")).all()
    places = {(row.hall_id, row.row, row.position) for row in stands}
    for row in stands:
        start, end, length = (
            (row.x_cm, row.x_cm + row.w_cm, halls[row.hall_id].width_cm)
            if row.back in ("north", "south")
            else (row.y_cm, row.y_cm + row.h_cm, halls[row.hall_id].depth_cm)
        )
        before = (row.hall_id, row.row, row.position - 1) in places or start <= TOUCHING_CM
        after = (row.hall_id, row.row, row.position + 1) in places or end >= length - TOUCHING_CM
        if row.open_sides != 3 - before - after:
            told = sa.text("UPDATE stand SET open_sides_own = :told WHERE id = :id")
            bind.execute(told, {"told": row.open_sides, "id": row.id})


def downgrade() -> None:
    # A floor without blocks knows one stand for each exhibitor.
    op.execute("DELETE FROM stand_assignment WHERE part > 0")
    with op.batch_alter_table("stand_assignment") as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_stand_assignment_exhibitor_id_part"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_stand_assignment_exhibitor_id"), ["exhibitor_id"])
        batch_op.drop_column("part")

    with op.batch_alter_table("stand") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_stand_circuit_id_circuit"), type_="foreignkey")
        batch_op.drop_index("ix_stand_row")
        batch_op.drop_index(batch_op.f("ix_stand_circuit_id"))
        batch_op.create_unique_constraint(batch_op.f("uq_stand_hall_id_row_position"), ["hall_id", "row", "position"])
        batch_op.drop_column("open_sides_own")
        batch_op.drop_column("fixed")
        batch_op.drop_column("value")
        batch_op.drop_column("circuit_id")
        batch_op.drop_column("food_floor")
        batch_op.drop_column("area_cm2")
        batch_op.drop_column("outline")

    with op.batch_alter_table("plan_publication") as batch_op:
        batch_op.drop_column("changes")

    with op.batch_alter_table("hall") as batch_op:
        batch_op.drop_column("last_removed_id")
        batch_op.drop_column("claim_by")
        batch_op.drop_column("capacity")
        batch_op.drop_column("door_clear_cm")
        batch_op.drop_column("min_aisle_cm")
        batch_op.drop_column("layout_version")
        batch_op.drop_column("weights")

    with op.batch_alter_table("plan_change") as batch_op:
        batch_op.drop_column("more")

    with op.batch_alter_table("stand_wish") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_stand_wish_asked_by_id_exhibitor"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_stand_wish_a_id_b_id_kind_asked_by_id"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_stand_wish_a_id_b_id_kind"), ["a_id", "b_id", "kind"]
        )
        batch_op.drop_column("asked_by_id")

    with op.batch_alter_table("allocation_run") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_allocation_run_lot_id_stand_lot"), type_="foreignkey")
        batch_op.drop_column("seen")
        batch_op.drop_column("previous")
        batch_op.drop_column("family")
        batch_op.drop_column("done_at")
        batch_op.drop_column("job_id")
        batch_op.drop_column("lot_id")
        batch_op.drop_column("applied_at")
        batch_op.drop_column("plan_version")
        batch_op.drop_column("layout_version")
        batch_op.drop_column("unplaced")
        batch_op.drop_column("fairness")
        batch_op.drop_column("curve")
        batch_op.drop_column("move_cost")
        batch_op.drop_column("stopped_by_time")
        batch_op.drop_column("work")
        batch_op.drop_column("weights")
        batch_op.drop_column("name")
        batch_op.drop_column("mode")

    op.drop_table("stand_preference")
    op.drop_table("stand_link")
    op.drop_table("sign_print")
    op.drop_table("stand_share")
    op.drop_table("stand_request")
    op.drop_table("stand_lot")
    op.drop_table("stand_absence")
    op.drop_table("marking")
    op.drop_table("layout_change")
    op.drop_table("hall_background")
    op.drop_table("circuit")
