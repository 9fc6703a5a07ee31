"""The 1078 requests of the demo, sent as forms of the public pages, come out exactly as the deeds themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from tests.actions.demo_fair import Fair, moment, open_fair, rows
from tests.conftest import send_form
from village.kit.web import parts
from village.people.queries import link_token

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from flask import Flask
    from flask.testing import FlaskClient

    from village.kit.clock import FixedClock
    from village.kit.deeds import Deed

_LAST = sa.text(
    "SELECT status FROM registration WHERE person_id = :person AND workshop_id = :workshop ORDER BY seq DESC LIMIT 1"
)
_MOVED_UP = sa.text(
    "SELECT person_id FROM registration WHERE workshop_id = :workshop AND status = 'confirmed'"
    " AND decided_at = :at AND requested_at < decided_at"
)
_AT = sa.bindparam("at", type_=sa.DateTime(timezone=True))


class Browser:
    """One borrowed telephone that everybody uses in turn, and what the lists say after each request."""

    def __init__(self, app: Flask, client: FlaskClient, clock: FixedClock, fair: Fair) -> None:
        self.app, self.client, self.clock, self.fair = app, client, clock, fair
        with app.app_context():
            self.engine, keys = parts().engine, parts().keys
        self.tokens = {code: link_token(keys, number, 1) for code, number in fair.people.items()}
        self.codes = {number: code for code, number in fair.people.items()}

    def do(self, event: dict[str, str]) -> str:
        """Send one request; return its result as `registration_expected.csv` writes it."""
        self.clock.move_to(moment(event["at"]))
        send = self._register if event["action"] == "register" else self._cancel
        return send(event["participant_id"], event["workshop_id"])

    def _register(self, person: str, workshop: str) -> str:
        with self.client.session_transaction() as cookie:
            cookie["own_page"] = self.tokens[person]
        answer = self._send(f"/fr/programme/{workshop}/register", {"wish": "any"})
        status = self._standing(person, workshop)
        assert (answer.status_code == 302) == (status != "refused"), answer.status_code
        return "refused_overlap" if status == "refused" else status

    def _cancel(self, person: str, workshop: str) -> str:
        before = self._standing(person, workshop)
        answer = self._send(f"/fr/me/{self.tokens[person]}/cancel/{workshop}", {})
        assert answer.status_code == 302
        if before not in {"confirmed", "waitlisted"}:
            return "ignored"
        assert self._standing(person, workshop) == "cancelled"
        with self.engine.connect() as connection:
            named = {"workshop": self.fair.workshops[workshop], "at": self.clock.now()}
            moved = [row.person_id for row in connection.execute(_MOVED_UP.bindparams(_AT), named)]
        assert len(moved) <= (before == "confirmed")
        return "cancelled" + "".join(f" promoted={self.codes[each]}" for each in moved)

    def _send(self, url: str, form: dict[str, Any]) -> Any:
        return send_form(self.app, self.client, url, form)

    def _standing(self, person: str, workshop: str) -> str:
        named = {"person": self.fair.people[person], "workshop": self.fair.workshops[workshop]}
        with self.engine.connect() as connection:
            return connection.execute(_LAST, named).scalar() or ""


@pytest.mark.slow
def test_the_demo_requests_come_out_as_expected_by_forms(
    app: Flask,
    client: FlaskClient,
    clock: FixedClock,
    act: Callable[..., AbstractContextManager[Deed]],
) -> None:
    with act("system") as deed:
        fair = open_fair(deed)
    browser = Browser(app, client, clock, fair)
    found = [browser.do(event) for event in rows("registration_events.csv")]
    expected = [line["result"] for line in rows("registration_expected.csv")]
    assert [f"{n} {r}" for n, r in enumerate(found, 1)] == [f"{n} {r}" for n, r in enumerate(expected, 1)]
    assert len(found) == 1078
