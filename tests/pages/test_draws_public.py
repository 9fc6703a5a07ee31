"""What everybody may follow of a draw: its state, what it waits for, how it ended, one's own ticket, the verifiers."""

from __future__ import annotations

import html
import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.draws import COMMITTED, HOUR, NUMBERS, Hall
from village.audit import merkle
from village.draws import actions, verify_draw
from village.draws.rules.verifier import verifier_sha256
from village.kit.web import parts

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from village.kit.clock import FixedClock

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def hall(app: Flask, clock: FixedClock) -> Hall:
    """An open draw in the application's own database, with the keys of three witnesses."""
    with app.app_context():
        made = Hall(parts().engine, parts().keys)
    made.furnish()
    clock.move_to(COMMITTED)
    return made


def read(client: FlaskClient, path: str) -> str:
    """Read a page as text without tags."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return html.unescape(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)))


def test_the_state_moves_at_every_step_and_tells_no_secret(client: FlaskClient, hall: Hall) -> None:
    told = [client.get("/fr/draws/DR1/state.json")]
    told.extend(client.get("/fr/draws/DR1/state.json") for _step in hall.steps())
    answer = told[-1]

    assert len({each.get_json()["mark"] for each in told}) == len(told) == 8
    assert not any(number in each.text for each in told for number in NUMBERS.values() if len(number) > 3)
    again = client.get("/fr/draws/DR1/state.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert client.get("/fr/draws/DR9/state.json").status_code == 404


def test_a_draw_that_waits_says_for_what(client: FlaskClient, hall: Hall) -> None:
    hall.play_until("close")
    assert "attend que tout ce qui a été promis soit là" in read(client, "/fr/draws/DR1")

    hall.open_envelopes("bailiff", "juror")
    waiting = read(client, "/fr/draws/DR1")
    assert waiting.count("l’enveloppe de :") == 1

    hall.open_envelopes("participants")
    assert "l’enveloppe de :" not in read(client, "/fr/draws/DR1")


@pytest.mark.parametrize(
    ("lang", "said"), [("ar", "ألغيت هذه القرعة"), ("fr", "Ce tirage est annulé"), ("en", "This draw is cancelled")]
)
def test_a_cancelled_draw_keeps_its_page_and_its_bundle(lang: str, said: str, client: FlaskClient, hall: Hall) -> None:
    hall.commit()
    with hall.at(HOUR - timedelta(hours=1)) as deed:
        actions.cancel_draw(deed, draw_id=hall.draw_id, reason="postponed", keys=hall.keys)

    assert said in read(client, f"/{lang}/draws/DR1")
    bundle = client.get(f"/{lang}/draws/DR1/bundle.json").data
    pins = client.get(f"/{lang}/draws/DR1/keys.json").get_json()
    assert verify_draw.verify(bundle, pins)["verdict"] == "cancelled"


def test_prizes_and_the_closed_register_are_told(client: FlaskClient, hall: Hall) -> None:
    hall.play_until("conclude")
    hall.call("P1", 3)
    hall.void("P1", "absent_three_calls")
    hall.replace("P1")
    with hall.at(HOUR + timedelta(hours=1)) as deed:
        actions.withdraw_prize(deed, draw_id=hall.draw_id, place="P2", reason="unfit")
        actions.close_register(deed, edition_id=hall.edition_id, keys=hall.keys)

    shown = read(client, "/fr/draws/DR1")
    assert "appelé 3 fois" not in shown  # whoever fell out is told by the reason
    assert "écarté" in shown
    assert "Lot retiré" in shown
    assert "Il n’y en aura pas d’autre." in read(client, "/fr/draws")


def test_a_ticket_is_proven_where_its_holder_looks(client: FlaskClient, hall: Hall) -> None:
    assert "data-ticket" not in client.get("/fr/exhibitors/C01").get_data(as_text=True)
    hall.commit()

    page = client.get("/fr/exhibitors/C01").get_data(as_text=True)
    given = {name: html.unescape(value) for name, value in re.findall(r'data-(\w+)="([^"]*)"', page)}
    leaf = merkle.leaf_hash(given["ticket"].encode())
    proof = [bytes.fromhex(part) for part in given["proof"].split()]
    root = bytes.fromhex(given["root"])
    assert merkle.verify_inclusion(int(given["index"]), int(given["size"]), leaf, proof, root)
    listed = re.sub(r"<[^>]+>", "", client.get("/fr/draws/DR1/list").get_data(as_text=True))
    assert json.loads(given["ticket"])["id"] in listed

    assert "pas dans ce tirage" in read(client, "/fr/exhibitors/C12")


def test_a_verifier_is_found_by_the_hash_that_was_promised(client: FlaskClient, hall: Hall) -> None:
    hall.commit()

    kept = client.get(f"/ar/draws/verifiers/{verifier_sha256()}.py")
    assert kept.data == client.get("/ar/draws/verify_draw.py").data
    assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert f"verifiers/{verifier_sha256()}.py" in client.get("/ar/draws/DR1").get_data(as_text=True)
    for unknown in ("00" * 32, verifier_sha256().upper(), "verify_draw"):
        assert client.get(f"/ar/draws/verifiers/{unknown}.py").status_code == 404
