"""Deeds with badges on both databases: made once, lost, revoked, printed twice only on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from tests.cast import FADMA, MINA, YOUSSEF
from tests.factories import make_edition, make_person
from village.badges.actions import issue_badges, mark_printed, reissue_badge, revoke_badge
from village.badges.queries import (
    badge_figures,
    digits_for,
    find_active_badge,
    find_by_code,
    get_badge,
    list_badges,
    list_lines,
    list_tokens,
    unprinted_ids,
)
from village.badges.rules import BadgeOrder, Kind, State, group_short_code
from village.kit.refusal import Refusal
from village.kit.signing import Keyring

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sqlalchemy.orm import Session

    from village.kit.deeds import Deed

    Act = Callable[..., AbstractContextManager[Deed]]

IMPORTED = "5FDD5P3SFVGPRV1SQV9DKPF3C7"


@pytest.fixture
def keys(tmp_path: Path) -> Keyring:
    return Keyring(tmp_path / "keys")


@pytest.fixture
def fair(act: Act) -> dict[str, int]:
    """Youssef, Fadma and Mina, each with a badge; Youssef's was printed by another system first."""
    with act() as deed:
        edition = make_edition(deed)
        ids = {member.given_fr or "Mina": make_person(deed, edition, member) for member in (YOUSSEF, FADMA, MINA)}
        orders = [
            BadgeOrder(ids["Youssef"], Kind.EXHIBITOR, IMPORTED),
            BadgeOrder(ids["Fadma"]),
            BadgeOrder(ids["Mina"], Kind.PRESS),
        ]
        issue_badges(deed, edition_id=edition, orders=orders)
    return {"edition": edition, **ids}


def find(session: Session, keys: Keyring, fair: dict[str, int], text: str) -> Any:
    session.rollback()
    return find_by_code(session, edition_id=fair["edition"], edition_number=14, text=text, keys=keys)


def test_everybody_gets_one_badge_however_often_it_is_asked(act: Act, session: Session, fair: dict[str, int]) -> None:
    with act() as deed:
        orders = [BadgeOrder(fair[name]) for name in ("Youssef", "Fadma", "Mina")]
        made = issue_badges(deed, edition_id=fair["edition"], orders=orders)
    assert (made.ids, made.already) == ((), 3)
    figures = badge_figures(session, fair["edition"])
    assert (figures.active, figures.printed, figures.unprinted) == (3, 0, 3)


def test_one_badge_answers_to_its_three_codes(session: Session, keys: Keyring, fair: dict[str, int]) -> None:
    badge = find_active_badge(session, fair["edition"], fair["Youssef"])
    assert badge is not None
    token = digits_for(badge, 14, keys)
    texts = [token, "HTTP://VILLAGE.EXAMPLE/B/" + token, group_short_code(badge.short_code).lower(), IMPORTED.lower()]
    assert {find(session, keys, fair, text).id for text in texts} == {badge.id}
    assert list_tokens(session, fair["edition"], 14, keys) == {IMPORTED: token}


def test_codes_that_name_no_badge_of_ours(session: Session, keys: Keyring, fair: dict[str, int], tmp_path: Path) -> None:
    badge = find_active_badge(session, fair["edition"], fair["Fadma"])
    assert badge is not None
    wrong = {
        "code_unknown": "0" * 12,
        "code_forged": digits_for(badge, 14, Keyring(tmp_path / "forger")),
        "code_altered": digits_for(badge, 14, keys)[:-9],
        "wrong_edition": digits_for(badge, 13, keys),
    }
    for code, text in wrong.items():
        with pytest.raises(Refusal) as refused:
            find(session, keys, fair, text)
        assert refused.value.code == code


def test_an_id_signed_by_us_but_never_issued_is_unknown(session: Session, keys: Keyring, fair: dict[str, int]) -> None:
    from dataclasses import replace

    badge = find_active_badge(session, fair["edition"], fair["Fadma"])
    assert badge is not None
    with pytest.raises(Refusal, match="code_unknown"):
        find(session, keys, fair, digits_for(replace(badge, id=badge.id ^ 1), 14, keys))


def test_a_lost_badge_is_replaced_and_stays_known_as_replaced(
    act: Act, session: Session, keys: Keyring, fair: dict[str, int]
) -> None:
    old = find_active_badge(session, fair["edition"], fair["Youssef"])
    assert old is not None
    session.rollback()
    with act() as deed:
        new = reissue_badge(deed, badge_id=old.id, reason="ضاعت في الحافلة")
    found = find(session, keys, fair, digits_for(old, 14, keys))
    assert (found.id, found.state, found.reason) == (old.id, State.REPLACED, "ضاعت في الحافلة")
    now = find_active_badge(session, fair["edition"], fair["Youssef"])
    assert now is not None
    assert (now.id, now.kind, now.imported_id, now.printed_count) == (new, Kind.EXHIBITOR, None, 0)
    with pytest.raises(Refusal, match="badge_revoked"), act() as deed:
        reissue_badge(deed, badge_id=old.id, reason="again")


def test_a_revoked_badge_ends_without_a_successor(act: Act, session: Session, fair: dict[str, int]) -> None:
    badge = find_active_badge(session, fair["edition"], fair["Mina"])
    assert badge is not None
    session.rollback()
    with act() as deed:
        revoke_badge(deed, badge_id=badge.id, reason="left")
    session.rollback()
    assert find_active_badge(session, fair["edition"], fair["Mina"]) is None
    assert get_badge(session, badge.id).state is State.REVOKED
    with pytest.raises(Refusal, match="badge_revoked"), act() as deed:
        mark_printed(deed, edition_id=fair["edition"], badge_ids=[badge.id])


def test_a_second_print_is_refused_until_it_is_asked_for(act: Act, session: Session, fair: dict[str, int]) -> None:
    ids = unprinted_ids(session, fair["edition"])
    session.rollback()
    with act() as deed:
        assert mark_printed(deed, edition_id=fair["edition"], badge_ids=ids[:2]) == 2
    with pytest.raises(Refusal) as refused, act() as deed:
        mark_printed(deed, edition_id=fair["edition"], badge_ids=ids)
    assert (refused.value.code, refused.value.facts["n"]) == ("badge_printed", 2)
    with act() as deed:
        mark_printed(deed, edition_id=fair["edition"], badge_ids=ids, reprint=True)
    session.rollback()
    assert sorted(row.printed_count for row in list_badges(session, fair["edition"])) == [1, 2, 2]
    assert unprinted_ids(session, fair["edition"]) == []


def test_an_imported_id_belongs_to_one_badge(act: Act, fair: dict[str, int]) -> None:
    with act() as deed:
        newcomer = make_person(deed, fair["edition"], FADMA, given_fr="Aïcha", phone="+212600000077")
    for orders in (
        [BadgeOrder(newcomer, Kind.PARTICIPANT, IMPORTED.lower())],
        [BadgeOrder(newcomer, Kind.PARTICIPANT, "Z" * 26), BadgeOrder(fair["Mina"] + 99, Kind.PARTICIPANT, "Z" * 26)],
    ):
        with pytest.raises(Refusal, match="imported_id_taken"), act() as deed:
            issue_badges(deed, edition_id=fair["edition"], orders=orders)


def test_the_database_itself_allows_one_valid_badge_for_a_person(act: Act, session: Session, fair: dict[str, int]) -> None:
    from village.badges.models import Badge

    badge = find_active_badge(session, fair["edition"], fair["Fadma"])
    assert badge is not None
    session.rollback()
    copy = {"id": 77, "edition_id": fair["edition"], "person_id": fair["Fadma"], "kind": 2, "short_code": "0" * 12}
    with pytest.raises((sa.exc.IntegrityError, Refusal)), act() as deed:
        deed.session.execute(sa.insert(Badge), [{**copy, "state": "active", "issued_at": deed.now}])


def test_badges_are_found_by_name_in_either_script_and_by_code(session: Session, fair: dict[str, int]) -> None:
    badge = find_active_badge(session, fair["edition"], fair["Fadma"])
    assert badge is not None
    for search in ("fadma", "فاضمه", badge.short_code, badge.short_text):
        assert [line.badge.id for line in list_lines(session, fair["edition"], search=search)] == [badge.id]


def test_every_deed_is_in_the_log(act: Act, engine: sa.Engine, fair: dict[str, int], session: Session) -> None:
    badge = find_active_badge(session, fair["edition"], fair["Fadma"])
    assert badge is not None
    session.rollback()
    with act() as deed:
        mark_printed(deed, edition_id=fair["edition"], badge_ids=[badge.id])
        new = reissue_badge(deed, badge_id=badge.id, reason="مكسورة")
    with act() as deed:
        revoke_badge(deed, badge_id=new, reason="مغادرة")
    with engine.connect() as connection:
        lines = [bytes(row[0]).decode() for row in connection.execute(sa.text("SELECT body FROM audit_entry ORDER BY id"))]
    for code in ("badges.issued", "badges.printed", "badge.reissued", "badge.revoked"):
        assert sum(code in line for line in lines) == 1
    assert not any("مكسورة" in line or "Fadma" in line for line in lines)
