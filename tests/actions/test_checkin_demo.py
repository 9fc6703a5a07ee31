"""The 640 scans of the demo give exactly the expected attendance, whatever the order, batches and repetition."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest

from tests.actions.demo_fair import Fair, document, moment, open_fair, replay_registrations, rows
from village.badges.actions import issue_badges
from village.badges.queries import list_tokens
from village.badges.rules import BadgeOrder
from village.checkin.actions import admit, register_device
from village.checkin.queries import (
    count_attendance,
    count_people_present,
    count_verdicts,
    list_attendance,
    list_verdicts,
)
from village.checkin.rules import ScannedCode
from village.kit.deeds import SYSTEM, begin
from village.kit.signing import Keyring

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    import sqlalchemy as sa
    from sqlalchemy.orm import Session

    from village.kit.deeds import Deed

    Act = Callable[..., AbstractContextManager[Deed]]


class _Undone(Exception):  # noqa: N818 - the end of a trial is no fault
    """Ends a trial whose deed is rolled back, so that the next one begins at the same fair."""


class Gates:
    """The demo fair on the eve of its first day."""

    def __init__(self, act: Act, folder: Path) -> None:
        self.keys = Keyring(folder / "keys")
        with act("system") as deed:
            self.fair: Fair = open_fair(deed)
            replay_registrations(deed, self.fair, rows("registration_events.csv"))
            people = self.fair.people
            orders = [BadgeOrder(people[p["id"]], imported_id=p["badge_code"]) for p in rows("participants.csv")]
            issue_badges(deed, edition_id=self.fair.edition_id, orders=orders)
            self.devices = {
                d["id"]: register_device(deed, self.fair.edition_id, code=d["id"], offset_s=d["offset_s"])
                for d in document("devices.json")["devices"]
            }
            self.tokens = list_tokens(deed.session, self.fair.edition_id, self.fair.number, self.keys)

    def play(self, deed: Deed, scans: list[dict[str, str]], codes: dict[str, str]) -> None:
        """Let the gates send scans in the order given."""
        for row in scans:
            scan = ScannedCode(
                uuid=row["id"],
                code=codes.get(row["code"], row["code"]),
                device_id=self.devices[row["device"]],
                workshop_id=self.fair.workshops[row["workshop_id"]],
                device_time=moment(row["device_time"]),
                received_at=moment(row["received_at"]),
            )
            admit(deed, scan, self.keys, edition_id=self.fair.edition_id, edition_number=self.fair.number)

    def rehearse(self, engine: sa.Engine, scans: list[dict[str, str]], codes: dict[str, str]) -> dict[str, Any]:
        """Play scans in a deed that is undone; return what they amounted to."""
        try:
            with begin(engine, actor=SYSTEM, now=moment("2026-12-06T18:00:00")) as deed:
                self.play(deed, scans, codes)
                found = self.outcome(deed.session)
                raise _Undone  # noqa: TRY301 - a deed is undone by what leaves it
        except _Undone:
            return found

    def outcome(self, session: Session) -> dict[str, Any]:
        """Return what the scans amount to, as the expected file says it."""
        edition = self.fair.edition_id
        codes = {number: code for code, number in self.fair.workshops.items()}
        verdicts = list_verdicts(session, edition)
        return {
            "kinds": {uuid: verdict for uuid, verdict in sorted(verdicts.items()) if verdict != "registered"},
            "by_kind": count_verdicts(session, edition),
            "by_workshop": {codes[w]: n for w, n in count_attendance(session, edition).items()},
            "distinct_people": count_people_present(session, edition),
            "first": sorted((r.person_id, r.workshop_id, r.first_at) for r in list_attendance(session, edition)),
        }


@pytest.fixture
def gates(act: Act, tmp_path: Path) -> Gates:
    """The demo fair before its scans."""
    return Gates(act, tmp_path)


def test_any_order_any_batches_any_repetition(gates: Gates, engine: sa.Engine) -> None:
    expected = document("scans_expected.json")
    chance = random.Random(14)
    outcomes = []
    for trial in range(5):
        scans = rows("scans.csv")
        if trial:
            scans += chance.sample(scans, 200)
            chance.shuffle(scans)
        outcomes.append(gates.rehearse(engine, scans, gates.tokens if trial % 2 else {}))
    assert len(gates.tokens) == 600
    for outcome in outcomes:
        for key in ("kinds", "by_kind", "by_workshop", "distinct_people"):
            assert outcome[key] == expected[key], key
        assert outcome["first"] == outcomes[0]["first"]
    # The comparison can fail: one lost scan is seen.
    assert gates.rehearse(engine, rows("scans.csv")[1:], {})["by_kind"] != expected["by_kind"]


def test_separate_uploads_day_by_day(gates: Gates, act: Act, session: Session) -> None:
    """The offline gate sends everything last, in one batch; the others each scan for itself."""
    expected = document("scans_expected.json")
    scans = rows("scans.csv")
    for row in [r for r in scans if r["device"] != "D4"]:
        with act("desk", at=moment(row["received_at"])) as deed:
            gates.play(deed, [row], {})
    with act("desk") as deed:
        gates.play(deed, [r for r in reversed(scans) if r["device"] == "D4"], {})
    outcome = gates.outcome(session)
    assert outcome["by_kind"] == expected["by_kind"]
    assert outcome["kinds"] == expected["kinds"]
