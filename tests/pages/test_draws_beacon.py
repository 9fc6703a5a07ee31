"""The beacon on the commission's page: fetched from relays that may lie, or brought in by a telephone."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from tests.draw_bundles import DRAW_ROUND, NEXT_ROUNDS, PERIOD, ROUNDS, hour_of
from tests.draws import COMMITTED, Hall
from tests.pages.test_draws_commission import step, text_of
from village.draws import actions, verify_draw
from village.draws.relays import HttpRelays, NoRelays, address_of, relays_for
from village.kit.web import parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask
    from flask.testing import FlaskClient

    from village.kit.clock import FixedClock

pytestmark = pytest.mark.sqlite_only
HOUR = hour_of(DRAW_ROUND)
TRUE = {"round": DRAW_ROUND, "randomness": "00", "signature": ROUNDS[DRAW_ROUND]}
SUMS = cache(verify_draw.paired)


@contextmanager
def relay(answer: object, status: int = 200) -> Iterator[tuple[str, list[str]]]:
    """Serve one answer to every question; give the address and what was asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(answer if isinstance(answer, bytes) else json.dumps(answer).encode())

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{http.server_port}", asked
    http.shutdown()
    thread.join()
    http.server_close()


@pytest.fixture
def commission(app: Flask, clock: FixedClock, sign_in: Callable[..., int]) -> FlaskClient:
    """The browser of the commission, before a closed draw whose chance is the beacon alone."""
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        hall = Hall(parts().engine, parts().keys, hour=HOUR)
    hall.furnish(beacon_chain="quicknet", seats=(), fewest_seats=0, uses_secret=False)
    hall.commit()
    hall.count()
    hall.close()
    clock.move_to(HOUR)
    browser = app.test_client()
    sign_in(browser, "commission")
    return browser


def use(app: Flask, addresses: str) -> None:
    """Give the application other relays."""
    with app.app_context():
        parts().wires["beacon_relays"] = lambda: relays_for(addresses)


def test_a_relay_is_asked_for_the_round_and_nothing_is_believed() -> None:
    other = {**TRUE, "round": DRAW_ROUND + 1}
    with (
        relay(TRUE) as (true, asked),
        relay(other) as (wrong, _),
        relay(b"<html>", 200) as (page, _),
        relay(TRUE, 503) as (ill, _),
        relay([1]) as (strange, _),
    ):
        found = HttpRelays((wrong, page, ill, strange, "http://127.0.0.1:9", "no address", true))

        assert list(found.fetch("quicknet", DRAW_ROUND)) == [ROUNDS[DRAW_ROUND]]
        assert asked == [address_of("quicknet", DRAW_ROUND, "")]
    assert list(NoRelays().fetch("quicknet", 1)) == []
    assert not relays_for("none").offers


def test_the_first_genuine_answer_counts(app: Flask, commission: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify_draw, "paired", SUMS)
    lie = {**TRUE, "signature": ROUNDS[DRAW_ROUND + 1]}
    with relay(lie) as (liar, _), relay(TRUE) as (true, _):
        use(app, liar)
        refused = commission.post("/fr/draws/DR1/beacon/fetch")
        assert refused.status_code == 409
        assert "signature" in text_of(refused)
        use(app, f"{liar} {true}")
        said = step(commission, "beacon/fetch")

    assert "sa signature est authentique" in said
    assert "Calculer la graine" in said
    step(commission, "reveal")
    step(commission, "conclude")
    stage = text_of(commission.get("/ar/draws/DR1/stage"))
    assert str(DRAW_ROUND) in stage


def test_nobody_waits_at_the_database_for_the_sum(
    app: Flask, commission: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        engine = parts().engine
    free: list[bool] = []

    def summed(*pairs: object) -> bool:
        with engine.connect() as other:  # where a deed were open, it would hold the only lock there is to write
            other.exec_driver_sql("PRAGMA busy_timeout = 1")
            other.exec_driver_sql("UPDATE draw SET code = code")
            free.append(True)
            other.rollback()
        return SUMS(*pairs)

    actions.check_round.cache_clear()
    monkeypatch.setattr(verify_draw, "paired", summed)
    step(commission, "beacon", signature=ROUNDS[DRAW_ROUND])
    assert free == [True]


def test_a_telephone_brings_all_that_the_relay_says(
    app: Flask, commission: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify_draw, "paired", SUMS)
    use(app, "none")
    page = commission.get("/fr/draws/DR1/run").get_data(as_text=True)
    assert address_of("quicknet", DRAW_ROUND) in page
    assert "/beacon/fetch" not in page
    assert commission.post("/fr/draws/DR1/beacon/fetch").status_code == 409
    short = commission.post("/fr/draws/DR1/beacon", data={"signature": "12ab"})
    assert short.status_code == 422
    assert "96 signes" in text_of(short)

    said = step(commission, "beacon", signature=json.dumps(TRUE, indent=1))

    assert "sa signature est authentique" in said


def test_a_void_is_replaced_by_a_round_that_nobody_knew(
    app: Flask, clock: FixedClock, sign_in: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify_draw, "paired", SUMS)
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        hall = Hall(parts().engine, parts().keys, hour=HOUR)
    plan = {"beacon_chain": "quicknet", "replacement": "fresh", "substitutes": 0}
    hall.furnish(seats=(), fewest_seats=0, uses_secret=False, **plan)
    hall.commit()
    hall.count()
    hall.close()
    hall.bring_beacon(ROUNDS[DRAW_ROUND])
    hall.reveal()
    hall.conclude()
    number = NEXT_ROUNDS[0]
    hall.void("P1", when=hour_of(number) - timedelta(seconds=30 + PERIOD, milliseconds=-100))
    clock.move_to(hour_of(number))
    browser = app.test_client()
    sign_in(browser, "commission")

    assert address_of("quicknet", number) in browser.get("/fr/draws/DR1/prizes").get_data(as_text=True)
    assert browser.post("/fr/draws/DR1/prizes/P1/replace").status_code == 409
    step(browser, "prizes/P1/beacon", signature=ROUNDS[number])
    step(browser, "prizes/P1/replace")
    with relay(TRUE) as (true, _):
        use(app, true)
        assert browser.post("/fr/draws/DR1/prizes/P1/beacon", data={"fetch": "yes"}).status_code == 409
    assert "Le suivant au classement" in text_of(browser.get("/fr/draws/DR1/stage"))


def test_the_next_step_waits_for_the_tablets_of_the_witnesses(
    app: Flask, clock: FixedClock, sign_in: Callable[..., int]
) -> None:
    with app.app_context():
        hall = Hall(parts().engine, parts().keys)
    hall.furnish(quorum=1)
    hall.enrol("jury")
    hall.commit()
    clock.move_to(COMMITTED)
    browser = app.test_client()
    sign_in(browser, "commission")

    assert "Les témoins signent" in text_of(browser.get("/fr/draws/DR1/run"))
    hall.cosign(COMMITTED + timedelta(minutes=1))
    assert "Les témoins signent" not in text_of(browser.get("/fr/draws/DR1/run"))
