"""Awards from the first draft to the shield in somebody's hands: set-up, split panels, votes, lots, prizes, honours."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from tests.actions.test_awards import FAIR, GOOD, log_text, race, refused
from tests.jury_room import IMPACT, NOVELTY, Room, close_all, prepare
from village.awards import actions, queries
from village.awards.actions import CategoryFacts, NewCriterion, NewJuror
from village.awards.retiring import forget_receivers
from village.awards.rules import AwardClass, CriterionKind, DecidedBy, NomineeRule, Panel, Seat, TieRule
from village.awards.rules.lot import verify_tie
from village.kit.refusal import Refusal
from village.kit.signing import Keyring
from village.kit.storage import FileStorage
from village.people.rules.retention import FILES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.orm import Session

FACTS = CategoryFacts("جائزة الصمود", "Prix de la constance", None, 1)
PUBLIC = NewCriterion("public", "تصويت", "Vote", 40, kind=CriterionKind.PUBLIC)


@pytest.fixture
def room(act: Callable[..., Any]) -> Room:
    """The jury room, its two categories still drafts."""
    return prepare(act, ruled=False)


@pytest.fixture
def storage(tmp_path: Path) -> FileStorage:
    """Where photos and proofs go."""
    return FileStorage(tmp_path / "files")


def seats(room: Room) -> tuple[int, int, int]:
    """Driss, Latifa in the chair, Noura without an account."""
    return room.driss, room.latifa, room.noura


def photo(kind: str = "JPEG", size: tuple[int, int] = (40, 30)) -> bytes:
    """A picture that says where it was taken."""
    image = Image.new("RGB", size, (200, 120, 40))
    exif = Image.Exif()
    exif[0x010E] = "Madagh, stand 12"
    out = BytesIO()
    image.save(out, kind, exif=exif)
    return out.getvalue()


def change(act: Callable[..., Any], category_id: int, **facts: Any) -> None:
    """The organiser changes one of the two categories of the room."""
    with act("organiser") as deed:
        actions.change_category(deed, category_id=category_id, facts=replace(FACTS, **facts))


def rule(act: Callable[..., Any], category_id: int) -> None:
    """The organiser fixes the rules."""
    with act("organiser") as deed:
        actions.commit_rules(deed, category_id=category_id)


def opened(act: Callable[..., Any], room: Room, marks: dict[str, dict[str, int]], category: int) -> None:
    """All three mark each cooperative alike, close, and the chair opens."""
    code = "AW1" if category == room.women else "AW2"
    with act("system") as deed:
        for seat in seats(room):
            for name, given in marks.items():
                actions.give_marks(deed, juror_id=seat, nominee_id=room.nominees[code, name], marks=given)
    close_all(act, room, category)
    with act(room.accounts["chair"]) as deed:
        actions.open_marks(deed, category_id=category)


@pytest.mark.sqlite_only
def test_an_award_is_set_up_and_ruled(act: Callable[..., Any], room: Room, session: Session) -> None:
    with act("organiser") as deed:
        new = actions.create_category(deed, edition_id=room.edition, code="AW3", facts=FACTS)
        version = actions.set_criteria(deed, category_id=new, criteria=[IMPACT], expected=1)
        for code in ("C901", "C902"):
            actions.nominate(deed, category_id=new, exhibitor_id=room.exhibitors[code])
    with refused("award_changed_meanwhile"), act("organiser") as deed:
        actions.change_category(deed, category_id=new, facts=FACTS, expected=version)
    with refused("weights_not_100"):
        rule(act, new)
    with act("organiser") as deed:
        actions.set_criteria(deed, category_id=new, criteria=[IMPACT, NOVELTY])
    rule(act, new)
    category = queries.get_category(session, room.edition, "AW3")
    assert [one.weight for one in category.criteria] == [60, 40]
    assert [one.exhibitor_id for one in category.nominees] == [room.exhibitors["C901"], room.exhibitors["C902"]]
    for deed_of in (
        lambda deed: actions.set_criteria(deed, category_id=new, criteria=[IMPACT]),
        lambda deed: actions.nominate(deed, category_id=new, exhibitor_id=room.exhibitors["C903"]),
        lambda deed: actions.withdraw_nominee(deed, nominee_id=category.nominees[0].id),
        lambda deed: actions.drop_category(deed, category_id=new),
    ):
        with refused("rules_already_committed"), act("organiser") as deed:
            deed_of(deed)


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"name_ar": " ", "name_fr": ""}, "award_name_missing"),
        ({"winners": 0}, "winners_wrong"),
        ({"award_class": AwardClass.CHANCE}, "draw_code_missing"),
        ({"draw_code": "DR1"}, "draw_code_missing"),
        ({"vote_opens_at": datetime(2026, 12, 4, tzinfo=UTC)}, "vote_hours_wrong"),
    ],
)
def test_a_wrong_award_is_refused(act: Callable[..., Any], room: Room, wrong: dict[str, Any], code: str) -> None:
    with refused(code):
        change(act, room.women, **wrong)


@pytest.mark.sqlite_only
def test_nominees_come_by_rule_and_by_hand_each_once(act: Callable[..., Any], room: Room, session: Session) -> None:
    craft = NomineeRule(sectors=("handicraft",))
    with act("organiser") as deed:
        added = actions.nominate_by_rule(deed, category_id=room.craft, rule=craft)
    nominees = queries.get_category(session, room.edition, "AW2").nominees
    assert [(one.id in added, one.source) for one in nominees] == [
        (False, "hand"),
        (False, "hand"),
        (True, "rule"),
        (True, "rule"),
    ]
    for rule_, code in (
        (craft, "rule_takes_nobody"),
        (NomineeRule(sectors=("honey",)), "rule_takes_nobody"),
        (NomineeRule(), "rule_asks_nothing"),
    ):
        with refused(code), act("organiser") as deed:
            actions.nominate_by_rule(deed, category_id=room.craft, rule=rule_)
    with refused("already_nominated"), act("organiser") as deed:
        actions.nominate(deed, category_id=room.craft, exhibitor_id=room.exhibitors["C901"])
    with refused("nominee_needs_exhibitor"), act("organiser") as deed:
        actions.nominate(deed, category_id=room.craft, name_fr="Hajja Fatna")


@pytest.mark.sqlite_only
def test_a_dossier_holds_figures_and_photos_without_where_they_were_taken(
    act: Callable[..., Any], room: Room, session: Session, storage: FileStorage
) -> None:
    nominee = room.nominees["AW1", "C901"]
    say = {"nominee_id": nominee, "case_ar": "أربعون امرأة", "case_fr": "", "figures": {"women": 40}}
    with act("organiser") as deed:
        assert actions.write_dossier(deed, **say, expected=1) == 2
        added = actions.add_photo(deed, nominee_id=nominee, data=photo("PNG", (3000, 2000)), storage=storage)
    with refused("dossier_changed_meanwhile"), act("organiser") as deed:
        actions.write_dossier(deed, **say, expected=1)
    with refused("figure_unknown"), act("organiser") as deed:
        actions.write_dossier(deed, **{**say, "figures": {"beauty": 1}})
    row = queries.get_category(session, room.edition, "AW1").nominees[0]
    assert (row.case_ar, row.figures, len(row.photos)) == ("أربعون امرأة", {"women": 40}, 1)
    kept = storage.get(row.photos[0].key)
    with Image.open(BytesIO(kept)) as image:
        assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (1600, 1067), {})
    assert b"stand 12" not in kept
    with act("organiser") as deed:
        actions.drop_photo(deed, photo_id=added, storage=storage)
    assert not storage.exists(row.photos[0].key)
    with refused("photo_not_found"), act("organiser") as deed:
        actions.drop_photo(deed, photo_id=added, storage=storage)


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "photo_missing"),
        (b"<svg onload=alert(1)>", "photo_kind_wrong"),
        (b"GIF89a" + b"\0" * 60, "photo_kind_wrong"),
        (photo()[:300], "photo_broken"),
        (photo() + b"\0" * (12 * 1024 * 1024), "photo_too_large"),
    ],
)
def test_what_is_no_photo_is_refused(
    act: Callable[..., Any], room: Room, storage: FileStorage, data: bytes, code: str
) -> None:
    with refused(code), act("organiser") as deed:
        actions.add_photo(deed, nominee_id=room.nominees["AW1", "C901"], data=data, storage=storage)


@pytest.mark.sqlite_only
def test_a_dossier_holds_six_photos_and_closes_with_the_opening(
    act: Callable[..., Any], room: Room, storage: FileStorage
) -> None:
    nominee = room.nominees["AW2", "C901"]
    with act("organiser") as deed:
        for size in range(6):
            actions.add_photo(deed, nominee_id=nominee, data=photo(size=(30 + size, 30)), storage=storage)
    with refused("photos_too_many"), act("organiser") as deed:
        actions.add_photo(deed, nominee_id=nominee, data=photo(size=(99, 30)), storage=storage)
    rule(act, room.craft)
    opened(act, room, {"C901": GOOD, "C902": FAIR}, room.craft)
    with refused("dossier_closed"), act("organiser") as deed:
        actions.write_dossier(deed, nominee_id=nominee, case_ar="", case_fr="mieux", figures={})


@pytest.mark.sqlite_only
def test_the_jury_changes_until_somebody_is_marking(act: Callable[..., Any], room: Room, session: Session) -> None:
    samir = NewJuror("J4", "سمير", "Samir", "m", Seat.CHAIR)
    with act("organiser") as deed:
        new = actions.add_juror(deed, edition_id=room.edition, new=samir)
    assert [row.code for row in queries.list_jurors(session, room.edition) if row.seat is Seat.CHAIR] == ["J4"]
    with refused("juror_exists"), act("organiser") as deed:
        actions.add_juror(deed, edition_id=room.edition, new=samir)
    with refused("jury_needs_one_chair"), act("organiser") as deed:
        actions.change_juror(deed, juror_id=new, new=replace(samir, seat=Seat.MEMBER))
    rule(act, room.craft)
    with act("organiser") as deed:
        actions.change_juror(deed, juror_id=new, new=replace(samir, name_fr="Samir Alaoui"))
    for doing in (
        lambda deed: actions.add_juror(deed, edition_id=room.edition, new=replace(samir, code="J5")),
        lambda deed: actions.drop_juror(deed, juror_id=new),
    ):
        with refused("jury_is_fixed"), act("organiser") as deed:
            doing(deed)


@pytest.mark.sqlite_only
def test_a_split_panel_is_ranked_without_the_jurors_effects(
    act: Callable[..., Any], room: Room, session: Session
) -> None:
    change(act, room.women, panel=Panel.SPLIT)
    of = {code: room.nominees["AW1", code] for code in ("C901", "C902", "C903")}
    with refused("nominee_without_juror"):
        rule(act, room.women)
    apart = {(room.driss, of["C901"]), (room.latifa, of["C902"]), (room.latifa, of["C903"])}
    linked = apart | {(room.noura, of["C901"]), (room.noura, of["C902"])}
    with act("organiser") as deed:
        actions.assign_jurors(deed, category_id=room.women, pairs=apart)
    with refused("panel_not_linked"):
        rule(act, room.women)
    with act("organiser") as deed:
        actions.assign_evenly(deed, category_id=room.women, each=2)
        actions.assign_jurors(deed, category_id=room.women, pairs=linked)
    rule(act, room.women)
    with refused("not_assigned"), act(room.accounts["juror"]) as deed:
        actions.give_marks(deed, juror_id=room.driss, nominee_id=of["C903"], marks=GOOD)
    # Driss marks 2 above Noura, Latifa 3 below her: without that C903 stands first, which the plain mean hides.
    marks = {("driss", "C901"): 32, ("noura", "C901"): 28, ("noura", "C902"): 30, ("latifa", "C902"): 24, ("latifa", "C903"): 26}
    with act("system") as deed:
        for (who, code), half in marks.items():
            given = {"impact": half, "novelty": half}
            actions.give_marks(deed, juror_id=getattr(room, who), nominee_id=of[code], marks=given)
    close_all(act, room, room.women)
    with act(room.accounts["chair"]) as deed:
        actions.open_marks(deed, category_id=room.women)
    rows = queries.list_standings(session, room.edition)[room.women]
    exhibitors = {number: code for code, number in room.exhibitors.items()}
    assert [(exhibitors[row.exhibitor_id], row.mean) for row in rows] == [
        ("C903", Fraction(13)),
        ("C902", Fraction(27, 2)),
        ("C901", Fraction(15)),
    ]
    assert [row.adjusted - rows[0].adjusted for row in rows if row.adjusted and rows[0].adjusted] == [0, -1, -2]
    table = queries.get_marks_table(session, queries.get_category(session, room.edition, "AW1"), room.latifa)
    effects = table.effects
    assert (effects[room.driss] - effects[room.noura], effects[room.latifa] - effects[room.noura]) == (2, -3)
    paper = queries.get_ballot_paper(session, room.driss, room.women)
    assert paper.assigned == {of["C901"]}


def test_a_badge_votes_once_while_the_vote_is_open(
    act: Callable[..., Any], room: Room, session: Session, tmp_path: Path, clock: Any
) -> None:
    keys = Keyring(tmp_path / "keys")
    opens = clock.now()
    with act("organiser") as deed:
        actions.set_criteria(deed, category_id=room.craft, criteria=[replace(IMPACT, weight=60), PUBLIC])
    with refused("vote_hours_missing"):
        rule(act, room.craft)
    change(act, room.craft, vote_opens_at=opens, vote_closes_at=opens + timedelta(hours=2))
    rule(act, room.craft)
    first, second = room.nominees["AW2", "C901"], room.nominees["AW2", "C902"]

    def vote(badge: str, nominee: int, at: datetime = opens) -> None:
        with act("public", at=at) as deed:
            actions.cast_ballot(deed, category_id=room.craft, nominee_id=nominee, badge=badge, keys=keys)

    vote("B1", second)
    vote("B2", second)
    assert race(lambda: vote("B3", first), lambda: vote("B3", second)) == ["", "already_voted"]
    with refused("already_voted"):
        vote("B1 ", first)
    with refused("vote_not_open"):
        vote("B4", first, opens - timedelta(seconds=1))
    with refused("vote_not_open"):
        vote("B4", first, opens + timedelta(hours=2))
    told = log_text(session)
    assert told.count('"ballot.cast"') == 3
    assert '"B1"' not in told
    (paper,) = queries.list_vote_papers(session, room.edition, opens)
    assert (paper.is_open, paper.ballots) == (True, 3)
    alike = {"impact": 28}
    with act("system") as deed:
        for seat in seats(room):
            for nominee in (first, second):
                actions.give_marks(deed, juror_id=seat, nominee_id=nominee, marks=alike)
    close_all(act, room, room.craft)
    with refused("vote_still_open"), act(room.accounts["chair"]) as deed:
        actions.open_marks(deed, category_id=room.craft)
    with act(room.accounts["chair"], at=opens + timedelta(hours=3)) as deed:
        actions.open_marks(deed, category_id=room.craft)
    session.rollback()
    rows = queries.list_standings(session, room.edition)[room.craft]
    assert rows[0].nominee_id == second
    assert sorted(row.votes or 0 for row in rows) in ([0, 3], [1, 2])


def test_a_tie_that_the_rules_give_to_a_lot_waits_for_it(
    act: Callable[..., Any], room: Room, session: Session
) -> None:
    change(act, room.craft, tie_rule=TieRule.LOT)
    rule(act, room.craft)
    opened(act, room, {"C901": GOOD, "C902": GOOD}, room.craft)
    with refused("tie_waits_for_lot"), act("organiser") as deed:
        actions.publish_results(deed, category_id=room.craft)
    with refused("rank_not_shared"), act(room.accounts["chair"]) as deed:
        actions.seal_tie_lot(deed, category_id=room.craft, rank=2)

    def seal() -> None:
        with act(room.accounts["chair"]) as deed:
            actions.seal_tie_lot(deed, category_id=room.craft, rank=1)

    assert race(seal, seal) == ["", "tie_lot_is_open"]
    (lot,) = queries.list_lots(session, room.craft)
    session.rollback()
    typed = (("chair", "S1", "7"), ("juror", "S1", "7"), ("chair", "S2", "12"), ("juror", "S2", "13"))
    for who, seat, value in typed:
        with act(room.accounts[who]) as deed:
            actions.type_lot_number(deed, lot_id=lot.id, seat=seat, value=value)
    with refused("tie_lot_numbers_missing"), act(room.accounts["chair"]) as deed:
        actions.draw_tie_lot(deed, lot_id=lot.id)
    with refused("tie_lot_number_wrong"), act(room.accounts["juror"]) as deed:
        actions.type_lot_number(deed, lot_id=lot.id, seat="S2", value="douze")
    with act(room.accounts["juror"]) as deed:
        actions.type_lot_number(deed, lot_id=lot.id, seat="S2", value="12")

    def draw() -> None:
        with act(room.accounts["chair"]) as deed:
            actions.draw_tie_lot(deed, lot_id=lot.id)

    assert race(draw, draw) == ["", "tie_lot_not_sealed"]
    drawn = queries.get_lot(session, lot.id)
    assert verify_tie(drawn.bundle).ranking == drawn.ranking
    rows = queries.list_standings(session, room.edition)[room.craft]
    codes = {number: code for code, number in room.exhibitors.items()}
    assert [codes[row.exhibitor_id] for row in rows] == list(drawn.ranking)
    assert [(row.rank, row.decided_by, row.is_winner) for row in rows] == [
        (1, DecidedBy.LOT, True),
        (2, DecidedBy.LAST, False),
    ]
    with act("organiser") as deed:
        actions.publish_results(deed, category_id=room.craft)
    with refused("already_published"), act(room.accounts["chair"]) as deed:
        actions.seal_tie_lot(deed, category_id=room.craft, rank=1)


@pytest.mark.sqlite_only
def test_a_cancelled_lot_says_why_and_the_next_one_names_it(
    act: Callable[..., Any], room: Room, session: Session
) -> None:
    change(act, room.craft, tie_rule=TieRule.LOT)
    rule(act, room.craft)
    opened(act, room, {"C901": GOOD, "C902": GOOD}, room.craft)
    with act(room.accounts["chair"]) as deed:
        first = actions.seal_tie_lot(deed, category_id=room.craft, rank=1, seats=3)
    with refused("tie_lot_reason_missing"), act(room.accounts["chair"]) as deed:
        actions.cancel_tie_lot(deed, lot_id=first, reason=" ")
    with act(room.accounts["chair"]) as deed:
        actions.cancel_tie_lot(deed, lot_id=first, reason="un témoin est parti")
        actions.seal_tie_lot(deed, category_id=room.craft, rank=1)
    one, two = queries.list_lots(session, room.craft)
    assert (one.state, one.reason, len(one.seats)) == ("cancelled", "un témoin est parti", 3)
    assert f'"previous":"{one.commitment}"'.encode() in two.bundle


def test_a_prize_is_promised_and_given_once_with_its_proof(
    act: Callable[..., Any], room: Room, session: Session, storage: FileStorage
) -> None:
    rule(act, room.craft)
    promise = {"category_id": room.craft, "rank": 1, "title_ar": "شيك", "title_fr": "Chèque", "value_mad": 5000}
    with act("organiser") as deed:
        cheque = actions.promise_prize(deed, kind="prize", **promise)
        with pytest.raises(Refusal, match="prize_promised_already"):
            actions.promise_prize(deed, kind="prize", **promise)
        spare = actions.promise_prize(deed, kind="paper", **promise)
        actions.withdraw_promise(deed, prize_id=spare)
    with refused("prize_rank_wrong"), act("organiser") as deed:
        actions.promise_prize(deed, kind="shield", **{**promise, "rank": 2})
    opened(act, room, {"C901": GOOD, "C902": FAIR}, room.craft)

    def hand(proof: bytes | None, receiver: str = "Fatna") -> None:
        with act("organiser") as deed:
            actions.deliver_prize(deed, prize_id=cheque, receiver=receiver, proof=proof, storage=storage)

    with refused("result_not_published"):
        hand(photo())
    with act(room.accounts["chair"]) as deed:
        actions.write_citation(deed, nominee_id=room.nominees["AW2", "C901"], citation_fr="Pour la terre")
        actions.add_deliberation(deed, category_id=room.craft, text_fr="Unanime")
    with act("organiser") as deed:
        actions.publish_results(deed, category_id=room.craft)
    for proof, receiver, code in (
        (None, "Fatna", "proof_missing"),
        (photo(), "", "receiver_missing"),
        (b"no picture", "Fatna", "photo_kind_wrong"),
    ):
        with refused(code):
            hand(proof, receiver)
    assert race(lambda: hand(photo()), lambda: hand(photo())) == ["", "prize_already_delivered"]
    (row,) = queries.list_prizes(session, room.edition)
    assert row.nominee_id == room.nominees["AW2", "C901"]
    assert hashlib.sha256(storage.get(row.proof_key or "")).hexdigest() == row.proof_sha256
    with refused("prize_already_delivered"), act("organiser") as deed:
        actions.withdraw_promise(deed, prize_id=cheque)
    with refused("already_published"), act(room.accounts["chair"]) as deed:
        actions.add_deliberation(deed, category_id=room.craft, text_fr="Après coup")
    (entry,) = queries.get_palmares(session, room.edition).categories
    assert [(one.code, one.citation_fr, one.rank) for one in entry.laureates] == [("C901", "Pour la terre", 1)]
    (year,) = queries.list_archive(session)
    assert (year.edition.id, year.categories) == (room.edition, 1)
    assert [one.text_fr for one in queries.list_notes(session, room.craft)] == ["Unanime"]
    with act("system") as deed:
        assert [forget_receivers(deed, room.edition, 9), forget_receivers(deed, room.edition, 9)] == [1, 0]
        assert deed.notes[FILES] == [row.proof_key]
    session.rollback()
    (kept,) = queries.list_prizes(session, room.edition)
    assert (kept.receiver, kept.proof_key, kept.proof_sha256) == ("", None, row.proof_sha256)


@pytest.mark.sqlite_only
def test_an_honour_is_given_without_marks_and_to_persons(
    act: Callable[..., Any], room: Room, session: Session, storage: FileStorage
) -> None:
    with act("organiser") as deed:
        facts = replace(FACTS, award_class=AwardClass.HONOUR)
        honour = actions.create_category(deed, edition_id=room.edition, code="HO1", facts=facts)
    with refused("award_not_marked"):
        rule(act, honour)
    with refused("nominees_too_few"), act("organiser") as deed:
        actions.confirm_honours(deed, category_id=honour)
    with act("organiser") as deed:
        fatna = actions.nominate(deed, category_id=honour, name_ar="الحاجة فاطنة")
        actions.nominate(deed, category_id=honour, exhibitor_id=room.exhibitors["C904"])
        actions.write_citation(deed, nominee_id=fatna, citation_ar="أربعون سنة من الزربية")
        shield = actions.promise_prize(
            deed, category_id=honour, rank=1, kind="shield", title_ar="درع", title_fr="Bouclier"
        )
        actions.confirm_honours(deed, category_id=honour)
    with refused("already_opened"), act("organiser") as deed:
        actions.confirm_honours(deed, category_id=honour)
    with act("organiser") as deed:
        actions.publish_results(deed, category_id=honour)
        to = actions.deliver_prize(deed, prize_id=shield, receiver="فاطنة", proof=None, storage=storage)
    assert to == fatna
    (entry,) = queries.get_palmares(session, room.edition).categories
    assert [(one.name_ar, one.code, one.mean) for one in entry.laureates] == [
        ("الحاجة فاطنة", "", None),
        ("تعاونية ملوية", "C904", None),
    ]
    assert queries.list_winners(session, room.edition) == []


@pytest.mark.sqlite_only
def test_chance_points_to_its_draw(act: Callable[..., Any], room: Room, session: Session) -> None:
    with act("organiser") as deed:
        facts = replace(FACTS, award_class=AwardClass.CHANCE, draw_code="DR1")
        chance = actions.create_category(deed, edition_id=room.edition, code="CH1", facts=facts)
    for doing in (
        lambda deed: actions.nominate(deed, category_id=chance, exhibitor_id=room.exhibitors["C901"]),
        lambda deed: actions.promise_prize(
            deed, category_id=chance, rank=1, kind="prize", title_ar="شريط", title_fr="Film"
        ),
    ):
        with refused("award_by_draw"), act("organiser") as deed:
            doing(deed)
    with act("organiser") as deed:
        with pytest.raises(Refusal) as early:
            actions.publish_results(deed, category_id=chance)
        assert (early.value.code, early.value.facts) == ("award_draw_awaited", {"draw": "DR1"})
        actions.publish_results(deed, category_id=chance, drawn={"DR1"})
    (entry,) = queries.get_palmares(session, room.edition).categories
    assert (entry.category.draw_code, entry.laureates) == ("DR1", ())


@pytest.mark.sqlite_only
def test_a_mark_changed_behind_the_deeds_keeps_the_category_shut(
    act: Callable[..., Any], room: Room, session: Session
) -> None:
    from sqlalchemy import update

    from village.awards.models import Mark

    rule(act, room.craft)
    with act("system") as deed:
        for seat in seats(room):
            for code in ("C901", "C902"):
                actions.give_marks(deed, juror_id=seat, nominee_id=room.nominees["AW2", code], marks=GOOD)
    close_all(act, room, room.craft)
    with act("system") as deed:
        sheet = deed.session.query(Mark.sheet_id).limit(1).scalar()
        deed.session.execute(update(Mark).where(Mark.sheet_id == sheet).values(half_points=40))
    with pytest.raises(Refusal) as told, act(room.accounts["chair"]) as deed:
        actions.open_marks(deed, category_id=room.craft)
    assert (told.value.code, told.value.facts["count"]) == ("seals_broken", 1)


def test_marks_that_come_while_the_chair_opens_are_in_or_refused(
    act: Callable[..., Any], room: Room, session: Session
) -> None:
    rule(act, room.craft)
    nominee = room.nominees["AW2", "C901"]
    with act("system") as deed:
        for seat in seats(room):
            for code in ("C901", "C902"):
                actions.give_marks(deed, juror_id=seat, nominee_id=room.nominees["AW2", code], marks=FAIR)
    close_all(act, room, room.craft)

    def open_it() -> None:
        with act(room.accounts["chair"]) as deed:
            actions.open_marks(deed, category_id=room.craft)

    def late() -> None:
        # Noura marks on paper: nothing of hers is closed until the category is opened.
        with act("system") as deed:
            actions.give_marks(deed, juror_id=room.noura, nominee_id=nominee, marks=GOOD)

    said = race(open_it, late)
    assert said in (["", ""], ["", "marks_closed"])
    session.rollback()
    rows = {row.nominee_id: row for row in queries.list_standings(session, room.edition)[room.craft]}
    table = queries.get_marks_table(session, queries.get_category(session, room.edition, "AW2"), room.latifa)
    totals = [total for (_, one), total in table.totals.items() if one == nominee]
    assert rows[nominee].mean == sum(totals, Fraction(0)) / 3
    assert table.totals[room.noura, nominee] == (Fraction(146, 10) if said == ["", ""] else 12)


@pytest.mark.sqlite_only
def test_a_draft_is_taken_away_with_all_that_hung_on_it(
    act: Callable[..., Any], room: Room, session: Session, storage: FileStorage
) -> None:
    with act("organiser") as deed:
        actions.add_photo(deed, nominee_id=room.nominees["AW1", "C901"], data=photo(), storage=storage)
    with act("organiser") as deed:
        actions.drop_photos(deed, actions.drop_category(deed, category_id=room.women), storage)
    assert [row.code for row in queries.list_categories(session, room.edition)] == ["AW2"]
    assert list(storage.keys("awards")) == []
    with act("organiser") as deed:
        actions.drop_juror(deed, juror_id=room.noura)
    with act("organiser") as deed:
        keys = actions.withdraw_nominee(deed, nominee_id=room.nominees["AW2", "C902"])
    assert keys == []


@pytest.mark.sqlite_only
def test_who_came_late_marks_after_all(act: Callable[..., Any], room: Room, session: Session) -> None:
    rule(act, room.craft)
    both = [room.nominees["AW2", "C901"], room.nominees["AW2", "C902"]]
    with act(room.accounts["chair"]) as deed:
        actions.declare_absent(deed, juror_id=room.driss, nominee_ids=both)
        actions.take_back_absence(deed, juror_id=room.driss, nominee_ids=both)
    with refused("not_absent"), act(room.accounts["chair"]) as deed:
        actions.take_back_absence(deed, juror_id=room.driss, nominee_ids=both)
    with act(room.accounts["juror"]) as deed:
        assert actions.give_marks(deed, juror_id=room.driss, nominee_id=both[0], marks=GOOD) == 1
    assert queries.list_own_marks(session, room.driss) == {both[0]: GOOD}
