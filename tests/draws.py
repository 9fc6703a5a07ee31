"""A draw for tests: the commission of the cast, three witnesses with keys of their own, a list of cooperatives."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.cast import BRAHIM, DRISS, YOUSSEF, ZINEB
from tests.draw_logs import Cosigner
from tests.factories import make_edition, make_exhibitor, make_person
from village.audit.actions import enrol_witness, invite_witness, take_cosignature
from village.audit.queries import list_checkpoints
from village.draws import actions
from village.draws.rules.eligibility import Entrant, EntryRule
from village.draws.rules.envelope import Envelope, Opening, sealed_hash, to_be_signed
from village.draws.rules.plan import SeatKind
from village.kit.deeds import Actor, begin
from village.kit.signing import Keyring

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    import sqlalchemy as sa

    from village.kit.deeds import Deed
    from village.kit.storage import Storage

DAYS = (date(2026, 12, 4), date(2026, 12, 5), date(2026, 12, 6))
HOUR = datetime(2026, 12, 6, 16, 30, tzinfo=UTC)
COMMITTED = HOUR - timedelta(hours=2)
FIRST_COUNTER = Actor("account", str(BRAHIM.number))
SECOND_COUNTER = Actor("account", str(ZINEB.number))
NUMBERS = {"bailiff": "3", "juror": "482913", "participants": "0077"}
EVERYWHERE = frozenset(DAYS)


def new_draw(edition_id: int, witnesses: Witnesses, **different: Any) -> actions.NewDraw:
    """Plan the draw of the film: two winners, two substitutes, three witness seats."""
    values: dict[str, Any] = {
        "edition_id": edition_id,
        "code": "DR1",
        "title_ar": "قرعة الشريط التوثيقي الإشهاري",
        "title_fr": "Tirage au sort du film promotionnel",
        "rule_ar": "التعاونيات الحاضرة طيلة الأيام الثلاثة وغير المتوجة بجائزة",
        "rule_fr": "Coopératives présentes les trois jours et non lauréates d’un prix",
        "place_ar": "مداغ، فضاء القرية التضامنية",
        "place_fr": "Madagh, Espace du Village solidaire",
        "announced_at": HOUR,
        "prizes": (actions.NewPrize("شريط توثيقي إشهاري", "film documentaire promotionnel"),) * 2,
        "seats": witnesses.seats(),
        "entry_rule": EntryRule(DAYS),
        "members": (actions.NewMember("chair", "إبراهيم أوعلي", "Brahim Ouali"),),
        "substitutes": 2,
        "fewest_seats": 3,
    }
    return actions.NewDraw(**{**values, **different})


@dataclass
class Witnesses:
    """The three witnesses: each keeps a private key and a number, and seals before anyone opens."""

    keys: dict[str, Ed25519PrivateKey] = field(
        default_factory=lambda: {
            seat: Ed25519PrivateKey.from_private_bytes(hashlib.sha256(seat.encode()).digest()) for seat in NUMBERS
        }
    )
    numbers: dict[str, str] = field(default_factory=lambda: dict(NUMBERS))
    person_id: int | None = None

    def seats(self) -> tuple[actions.NewSeat, ...]:
        """Give the seats with their public keys."""
        public = {seat: key.public_key().public_bytes_raw() for seat, key in self.keys.items()}
        return (
            actions.NewSeat(
                "participants",
                SeatKind.PARTICIPANTS,
                YOUSSEF.family_ar,
                YOUSSEF.family_fr,
                person_id=self.person_id,
                public_key=public["participants"],
            ),
            actions.NewSeat("juror", SeatKind.JUROR, DRISS.family_ar, DRISS.family_fr, public_key=public["juror"]),
            actions.NewSeat("bailiff", SeatKind.OFFICER, public_key=public["bailiff"]),
        )

    def opening(self, seat: str) -> Opening:
        """Say what lies in the envelope of a seat."""
        return Opening(seat, self.numbers[seat], hashlib.sha256(f"nonce of {seat}".encode()).hexdigest()[:32])

    def envelope(self, seat: str, commitment: str) -> Envelope:
        """Seal and sign the number of a seat."""
        sealed = sealed_hash(commitment, self.opening(seat))
        return Envelope(seat, sealed, self.keys[seat].sign(to_be_signed(commitment, seat, sealed)).hex())


@dataclass
class Hall:
    """Everything that a draw needs round it, and the way to take it step by step."""

    engine: sa.Engine
    keys: Keyring
    witnesses: Witnesses = field(default_factory=Witnesses)
    edition_id: int = 0
    draw_id: int = 0
    commitment: str = ""
    exhibitors: dict[str, int] = field(default_factory=dict)
    hour: datetime = HOUR
    tablets: list[Cosigner] = field(default_factory=list)

    def at(self, when: datetime, actor: Actor = FIRST_COUNTER) -> AbstractContextManager[Deed]:
        """Open a deed of the commission at an hour; its chance is the system's."""
        return begin(self.engine, actor=actor, now=when)

    def furnish(self, cooperatives: int = 12, **different: Any) -> None:
        """Make the edition, its cooperatives and an open draw: the last one missed a day, the one before has won."""
        with self.at(self.hour - timedelta(days=3)) as deed:
            self.edition_id = make_edition(deed)
            self.witnesses.person_id = make_person(deed, self.edition_id)
            for number in range(1, cooperatives + 1):
                named = (f"C{number:02d}", f"تعاونية رقم {number}", f"Coopérative numéro {number}", "argan")
                self.exhibitors[named[0]] = make_exhibitor(deed, self.edition_id, named)
        with self.at(self.hour - timedelta(hours=3)) as deed:
            new = new_draw(self.edition_id, self.witnesses, **{"announced_at": self.hour, **different})
            self.draw_id = actions.set_up_draw(deed, new, self.entrants())

    def entrants(self) -> list[Entrant]:
        """Give the cooperatives with the facts that the rule looks at."""
        codes = sorted(self.exhibitors)
        return [
            Entrant(
                f"exhibitor:{self.exhibitors[code]}",
                group=f"exhibitor:{self.exhibitors[code]}",
                days_present=frozenset(DAYS[:2]) if code == codes[-1] else EVERYWHERE,
                award_winner=code == codes[-2],
            )
            for code in codes
        ]

    @property
    def tickets(self) -> int:
        """How many tickets the list has."""
        return len(self.exhibitors) - 2

    def commit(self, when: datetime | None = None) -> str:
        """Commit the draw."""
        with self.at(when or self.hour - timedelta(hours=2)) as deed:
            self.commitment = actions.commit_draw(deed, draw_id=self.draw_id, keys=self.keys).sha256
        return self.commitment

    def hand_in(self, *seats: str) -> None:
        """Hand in the sealed numbers of some seats, by default of all."""
        for seat in seats or NUMBERS:
            with self.at(self.hour - timedelta(minutes=10)) as deed:
                envelope = self.witnesses.envelope(seat, self.commitment)
                actions.hand_in_sealed(deed, draw_id=self.draw_id, envelope=envelope)

    def count(self, first: int | None = None, second: int | None = None) -> None:
        """Let two people count, each alone."""
        for actor, counted in ((FIRST_COUNTER, first), (SECOND_COUNTER, second)):
            with self.at(self.hour - timedelta(minutes=5), actor) as deed:
                actions.record_count(deed, draw_id=self.draw_id, counted=self.tickets if counted is None else counted)

    def close(self, when: datetime | None = None) -> None:
        """Close the draw."""
        with self.at(when or self.hour) as deed:
            actions.close_draw(deed, draw_id=self.draw_id, keys=self.keys)

    def open_envelopes(self, *seats: str) -> None:
        """Open the envelopes of some seats, by default all."""
        for seat in seats or NUMBERS:
            with self.at(self.hour + timedelta(minutes=1)) as deed:
                actions.open_envelope(deed, draw_id=self.draw_id, opening=self.witnesses.opening(seat))

    def bring_beacon(self, signature: str, when: datetime | None = None) -> str:
        """Bring in what the beacon said."""
        with self.at(when or self.hour + timedelta(minutes=1)) as deed:
            return actions.bring_beacon(deed, draw_id=self.draw_id, signature=signature)

    def go_offline(self, when: datetime | None = None) -> None:
        """Give the beacon up."""
        with self.at(when or self.hour - timedelta(minutes=1)) as deed:
            actions.go_offline(deed, draw_id=self.draw_id, keys=self.keys)

    def reveal(self, secret: bytes | None = None) -> None:
        """Reveal the secret."""
        with self.at(self.hour + timedelta(minutes=2)) as deed:
            actions.reveal(deed, draw_id=self.draw_id, secret=secret)

    def conclude(self) -> None:
        """Rank the tickets."""
        with self.at(self.hour + timedelta(minutes=3)) as deed:
            actions.conclude(deed, draw_id=self.draw_id, keys=self.keys)

    def call(self, place: str, times: int = 1) -> None:
        """Call whoever has the turn at a prize."""
        for _ in range(times):
            with self.at(self.hour + timedelta(minutes=5)) as deed:
                actions.call_turn(deed, draw_id=self.draw_id, place=place)

    def claim(self, place: str) -> None:
        """Let whoever has the turn come forward."""
        with self.at(self.hour + timedelta(minutes=6)) as deed:
            actions.claim_turn(deed, draw_id=self.draw_id, place=place)

    def sign_void(
        self, place: str, reason: str = "declined", actor: Actor = FIRST_COUNTER, when: datetime | None = None
    ) -> bool:
        """Give one of the two words that void a turn."""
        with self.at(when or self.hour + timedelta(minutes=7), actor) as deed:
            return actions.sign_void(deed, draw_id=self.draw_id, place=place, reason=reason, keys=self.keys)

    def void(self, place: str, reason: str = "declined", when: datetime | None = None) -> None:
        """Void a turn by two words."""
        for actor in (FIRST_COUNTER, SECOND_COUNTER):
            self.sign_void(place, reason, actor, when)

    def replace(self, place: str, when: datetime | None = None) -> str:
        """Give the next ticket its turn."""
        with self.at(when or self.hour + timedelta(minutes=8)) as deed:
            return actions.replace_voided(deed, draw_id=self.draw_id, place=place, keys=self.keys)

    def hand_over(self, place: str, storage: Storage, proof: bytes | None = None) -> None:
        """Put a prize into its winner's hands."""
        with self.at(self.hour + timedelta(minutes=9)) as deed:
            actions.hand_over(deed, draw_id=self.draw_id, place=place, proof=proof, storage=storage)

    def enrol(self, *names: str) -> None:
        """Enrol the tablets of witnesses of the log."""
        for name in names:
            tablet = Cosigner(name)
            with self.at(self.hour - timedelta(days=1)) as deed:
                code = invite_witness(deed, name=name, kind="jury", label_ar="لجنة", label_fr="jury")
                enrol_witness(deed, code=code, vkey=tablet.vkey)
            self.tablets.append(tablet)

    def cosign(self, when: datetime, *names: str) -> None:
        """Let tablets (by default all) cosign every signed head of the log."""
        for tablet in self.tablets:
            if names and tablet.name not in names:
                continue
            with self.at(when) as deed:
                for head in list_checkpoints(deed.session):
                    line = tablet.cosign(head.note, int(head.at.timestamp())).removeprefix(head.note)
                    take_cosignature(deed, size=head.size, line=line)

    def steps(self) -> Iterator[str]:
        """Take the draw from its list to its result, one step at a time."""
        for name in ("commit", "hand_in", "count", "close", "open_envelopes", "reveal", "conclude"):
            getattr(self, name)()
            yield name

    def play_until(self, last: str) -> None:
        """Take the steps up to one of them."""
        for step in self.steps():
            if step == last:
                return


def make_hall(
    engine: sa.Engine, folder: Path, cooperatives: int = 12, *, hour: datetime = HOUR, **different: Any
) -> Hall:
    """Furnish a hall with an open draw."""
    hall = Hall(engine, Keyring(folder / "keys"), hour=hour)
    hall.furnish(cooperatives, **different)
    return hall
