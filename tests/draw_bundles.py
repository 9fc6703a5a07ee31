"""Draws told line by line, without the application: an organiser's log, its heads, and the bundle of any story.

    story = Story(Plan(beacon=True, quorum=2)).play()          # from the commitment to the result
    story.void("P1"); story.replace("P1"); story.hand_over("P1")
    data, pins = story.publish(), story.pins()

A forger changes `story.lines` (or `heads`, `cosigners`) before publishing; `publish` signs whatever stands there.
"""

from __future__ import annotations

import copy
import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.draw_logs import Cosigner, Line, list_root, private_key, public_key, publish, root_of, signer
from village.kit import lot
from village.kit.canonical import dumps

GENESIS, PERIOD = 1692803367, 3
# Rounds of drand quicknet as they were published.
ROUNDS = {
    1000: "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
    1001: "b33bf3667cbd5a82de3a24b4e0e9fe5513cc1a0e840368c6e31f5fcfa79bea03f73896b25883abf2853d10337fb8fa41",
    1002: "ab066f9c12dd6de1336fca0f925192fb0c72a771c3e4c82ede1fd362c1a770f9eb05843c6308ce2530b53a99c0281a6e",
    1003: "b104c82771698f45fd8dcfead083d482694c31ab519bcef077f126f3736fe98c8392fd5d45d88aeb76b56ccfcb0296d7",
    657413: "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b",
    32398885: "8f6d5ddd520329a4ce9a25db41c0552a5ac04bd56577138cbb0ec2b9326af2b8012c7dc2c5bcddc439d922c93a281d24",
}
DRAW_ROUND, NEXT_ROUNDS = 1000, (657413, 32398885)
SECRET = bytes(range(32))
NUMBERS = {"bailiff": "3", "juror": "482913", "participants": "0077"}
BRAHIM, ZINEB = "account:6", "account:1"
HEADS = ("committed", "went_offline", "cancelled", "closed", "concluded", "voided")
Facts = dict[str, Any]


def hour_of(round_: int) -> datetime:
    """The instant from which a round of quicknet can be known."""
    return datetime.fromtimestamp(GENESIS + (round_ - 1) * PERIOD, UTC)


@dataclass
class Plan:
    """What a story is about; the defaults are the draw of the film, sealed by three keys and a secret."""

    tickets: int = 12
    groups: tuple[tuple[int, ...], ...] = ()  # tickets of one household, by number
    exclusions: int = 1
    prizes: int = 2
    substitutes: int = 2
    most_per_group: int = 1
    seats: tuple[str, ...] = ("bailiff", "juror", "participants")
    paper: tuple[str, ...] = ()  # seats without a key
    fewest_seats: int = 2
    secret: bool = True
    beacon: bool = False
    replacement: str = "ordered"
    witnesses: int = 3  # of the log, named in the policy
    quorum: int = 0
    code: str = "DR1"
    edition: str = "VS14"
    earlier: int = 0  # draws committed before this one

    def hour(self) -> datetime:
        """The announced hour: that of the round where a beacon counts."""
        return hour_of(DRAW_ROUND) if self.beacon else datetime(2026, 12, 6, 16, 30, tzinfo=UTC)


@dataclass
class Turn:
    """Whose turn it is at a place."""

    ticket: str | None
    calls: int = 0


@dataclass
class Story:
    """The lines of one draw as an organiser writes them, in order."""

    plan: Plan = field(default_factory=Plan)
    lines: list[Line] = field(default_factory=list)
    heads: tuple[str, ...] = HEADS  # after which lines a head is signed
    cosigners: list[Cosigner] = field(default_factory=list)
    commitment: str = ""
    turns: dict[str, Turn] = field(default_factory=dict)
    voids: list[str] = field(default_factory=list)  # places in the order in which their turns were voided
    replaced: int = 0
    offline: bool = False
    now: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.hour = self.plan.hour()
        self.now = self.hour - timedelta(hours=2)
        self.policy = [
            Cosigner(f"witness/{name}") for name in ("jury", "cooperative", "bailiff")[: self.plan.witnesses]
        ]
        self.cosigners = self.policy[: self.plan.quorum]
        self.groups = {number: f"G{at:02d}" for at, row in enumerate(self.plan.groups) for number in row}
        width = max(2, len(str(self.plan.tickets - 1)))  # the list is sorted as text
        self.tickets = [{"group": self.groups.get(n), "id": f"T{n:0{width}d}"} for n in range(self.plan.tickets)]
        self.exclusions = [{"id": f"X{n:02d}", "reasons": ["award_winner"]} for n in range(self.plan.exclusions)]

    # ------------------------------------------------------------------ steps
    def say(self, step: str, facts: Facts, *, actor: str = BRAHIM, thing: str = "draw:1") -> None:
        """Write one line; all but the commitment and the register name the commitment."""
        bare = step in {"committed", "register_closed"}
        self.lines.append(
            Line(step, self.now, facts if bare else {"commitment": self.commitment, **facts}, actor, thing)
        )

    def commit(self) -> Story:
        """Commit the earlier draws and this one."""
        previous = None
        for number in range(1, self.plan.earlier + 2):
            mine = number == self.plan.earlier + 1
            document = self.document(number, previous)
            if not mine:
                document["code"] = f"DR{number}a"
            previous = hashlib.sha256(dumps(document)).hexdigest()
            facts = {"commitment": document, "sha256": previous}
            self.say("committed", facts, thing="draw:1" if mine else f"draw:{number + 10}")
        self.commitment = str(previous)
        return self

    def document(self, number: int, previous: str | None) -> Facts:
        """Write the commitment document."""
        plan = self.plan
        seats = [
            {"key": None if seat in plan.paper else public_key(seat), "kind": "public", "seat": seat}
            for seat in sorted(plan.seats)
        ]
        entropy = {
            "beacon": {"chain": "quicknet", "round": DRAW_ROUND} if plan.beacon else None,
            "fewest_seats": plan.fewest_seats,
            "seats": seats,
            "secret_sha256": hashlib.sha256(SECRET).hexdigest() if plan.secret else None,
        }
        rules = {
            "calls_before_absence": 3,
            "entry": {
                "bars_award_winners": True,
                "bars_ties_to_organiser": True,
                "pool": "exhibitors",
                "present_on": [],
            },
            "most_per_group": plan.most_per_group,
            "replacement": plan.replacement,
            "void_reasons": ["absent_three_calls", "declined", "not_eligible"],
        }
        prize = {"mark": None, "title_ar": "شريط توثيقي", "title_fr": "film documentaire", "value_mad": None}
        reasons = Counter(row["reasons"][0] for row in self.exclusions)
        return {
            "announced_at": self.hour.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "code": plan.code,
            "demonstration": True,
            "edition": plan.edition,
            "entropy": entropy,
            "exclusions": {
                "by_reason": dict(reasons),
                "count": len(self.exclusions),
                "root": list_root(self.exclusions),
            },
            "number": number,
            "policy": {"quorum": plan.quorum, "witnesses": [each.vkey for each in self.policy]},
            "previous": previous,
            "prizes": [{"id": f"P{n + 1}", **prize} for n in range(plan.prizes)],
            "rules": rules,
            "substitutes": plan.substitutes,
            "tickets": {"count": len(self.tickets), "root": list_root(self.tickets)},
            "v": lot.PROTOCOL,
            "verifier_sha256": "00" * 32,
        }

    def go_offline(self) -> Story:
        """Give the beacon up before its round."""
        self.offline = True
        self.say("went_offline", {})
        return self

    def cancel(self, reason: str = "list_wrong") -> Story:
        """Cancel before the announced hour."""
        self.say("cancelled", {"reason": reason})
        return self

    def hand_in(self, *seats: str) -> Story:
        """Take the sealed numbers in, before the hour."""
        self.now = self.hour - timedelta(minutes=10)
        for seat in seats or sorted(self.plan.seats):
            facts: Facts = {"sealed": None, "seat": seat, "signature": None}
            if seat not in self.plan.paper:
                sealed = self.digest({**self.opening(seat), "commitment": self.commitment, "v": lot.PROTOCOL})
                message = {"commitment": self.commitment, "sealed": sealed, "seat": seat, "v": lot.PROTOCOL}
                facts |= {"sealed": sealed, "signature": private_key(seat).sign(dumps(message)).hex()}
            self.say("envelope_handed_in", facts)
        return self

    def tally(self) -> Story:
        """Let two people count."""
        for actor in (BRAHIM, ZINEB):
            self.say("counted", {"counted": len(self.tickets)}, actor=actor)
        return self

    def close(self) -> Story:
        """Close at the hour."""
        self.now = self.hour
        counts = {line.actor: line.facts["counted"] for line in self.all_of("counted")}
        seats = sorted(line.facts["seat"] for line in self.all_of("envelope_handed_in"))
        self.say("closed", {"counts": [[who, counts[who]] for who in sorted(counts)], "envelopes": seats})
        return self

    def open_all(self) -> Story:
        """Open every envelope that was handed in."""
        self.now = self.hour + timedelta(minutes=1)
        for line in list(self.all_of("envelope_handed_in")):
            self.say("envelope_opened", self.opening(line.facts["seat"]))
        return self

    def bring_beacon(self, iteration: int = 0, round_: int = DRAW_ROUND, signature: str = "") -> Story:
        """Bring a round of the beacon in."""
        facts = {"iteration": iteration, "round": round_, "signature": signature or ROUNDS[round_]}
        self.say("beacon_brought", facts)
        return self

    def reveal(self) -> Story:
        """Reveal the secret and the seed."""
        secret = SECRET.hex() if self.plan.secret else None
        self.say("revealed", {"secret": secret, "seed": self.seed().hex()})
        return self

    def conclude(self) -> Story:
        """Rank the tickets and fill the places."""
        places = [f"P{n + 1}" for n in range(self.plan.prizes)] + [f"S{n + 1}" for n in range(self.plan.substitutes)]
        picks = [{"place": p, "rank": r, "ticket": t} for p, (r, t) in zip(places, self.queue(), strict=False)]
        root = root_of([ticket.encode() for ticket in self.ranking()])
        self.say("concluded", {"picks": picks, "ranking_root": root, "seed": self.seed().hex()})
        self.turns = {pick["place"]: Turn(pick["ticket"]) for pick in picks if pick["place"].startswith("P")}
        return self

    def play(self, last: str = "concluded") -> Story:
        """Take all steps up to one of them."""
        steps = {
            "committed": self.commit,
            "envelope_handed_in": self.hand_in,
            "counted": self.tally,
            "closed": self.close,
            "envelope_opened": self.open_all,
            "beacon_brought": lambda: self.bring_beacon() if self.beacon_counts() else self,
            "revealed": self.reveal,
            "concluded": self.conclude,
        }
        for name, step in steps.items():
            if not any(line.step == name and line.thing == "draw:1" for line in self.lines):
                step()
            if name == last:
                break
        return self

    # ------------------------------------------------------------------ turns
    def tell(self, step: str, place: str, actor: str = BRAHIM, **facts: Any) -> Story:
        """Write a line about the turn at a place."""
        self.now += timedelta(seconds=20)
        self.say(step, {"place": place, "ticket": self.turns[place].ticket, **facts}, actor=actor)
        return self

    def call(self, place: str, times: int = 1) -> Story:
        """Call the winner."""
        for _ in range(times):
            self.turns[place].calls += 1
            self.tell("called", place, call=self.turns[place].calls)
        return self

    def claim(self, place: str, by: str = "badge") -> Story:
        """Let the winner come forward."""
        return self.tell("claimed", place, by=by)

    def hand_over(self, place: str, proof: str | None = "ab" * 32) -> Story:
        """Hand the prize over."""
        return self.tell("handed_over", place, proof=proof)

    def sign_void(self, place: str, reason: str = "declined", actor: str = BRAHIM) -> Story:
        """Say one of the two words that void a turn."""
        return self.tell("void_signed", place, actor, reason=reason)

    def void(self, place: str, reason: str = "declined") -> Story:
        """Void a turn by two words; where the draw is fresh, at the hour that asks for a known round."""
        if self.plan.replacement == "fresh":
            # Three lines of 20 s until the void, and 30 s more: 0.1 s after the round before could be known.
            self.now = hour_of(NEXT_ROUNDS[len(self.voids)]) - timedelta(seconds=90 + PERIOD, milliseconds=-100)
        self.sign_void(place, reason).sign_void(place, reason, ZINEB)
        self.tell("voided", place, reason=reason, signed=[ZINEB, BRAHIM])
        self.voids.append(place)
        return self

    def replace(self, place: str) -> Story:
        """Give the turn to the next ticket, bringing the beacon of the void where the draw is fresh."""
        self.now += timedelta(seconds=30)
        iteration = 0
        if self.plan.replacement == "fresh":
            iteration = len(self.voids) - self.voids[::-1].index(place)
            self.bring_beacon(iteration, NEXT_ROUNDS[iteration - 1])
            rank, ticket = self.next_fresh(iteration)
        else:
            rank, ticket = self.queue()[self.plan.prizes + self.replaced]
        self.replaced += 1
        self.turns[place] = Turn(ticket)
        return self.tell("replaced", place, rank=rank, iteration=iteration)

    def withdraw(self, place: str, reason: str = "unfit") -> Story:
        """Withdraw a prize."""
        self.now += timedelta(seconds=20)
        self.say("prize_withdrawn", {"place": place, "reason": reason})
        return self

    def close_register(self, later: int = 0, last: str | None = None) -> Story:
        """Close the register of the edition, `later` draws after this one."""
        number = self.plan.earlier + 1 + later
        facts = {"count": number, "last": last or ("cd" * 32 if later else self.commitment)}
        self.say("register_closed", facts, thing=f"register:{self.plan.edition}")
        return self

    # ------------------------------------------------------------------ sums
    @staticmethod
    def digest(value: object) -> str:
        """SHA-256 of canonical JSON."""
        return hashlib.sha256(dumps(value)).hexdigest()

    def opening(self, seat: str) -> Facts:
        """What lies in the envelope of a seat; on paper a number alone."""
        nonce = None if seat in self.plan.paper else hashlib.sha256(f"nonce of {seat}".encode()).hexdigest()[:32]
        return {"nonce": nonce, "seat": seat, "value": NUMBERS[seat]}

    def all_of(self, step: str) -> list[Line]:
        """Find the lines of a step."""
        return [line for line in self.lines if line.step == step]

    def beacon_counts(self) -> bool:
        """Whether the seed needs the beacon."""
        return self.plan.beacon and not self.offline

    def seed(self, iteration: int = 0) -> bytes:
        """Derive the seed of an iteration from what the lines say."""
        numbers = [(line.facts["seat"], line.facts["value"]) for line in self.all_of("envelope_opened")]
        brought = {x.facts["iteration"]: x.facts["signature"] for x in self.all_of("beacon_brought")}
        beacon = hashlib.sha256(bytes.fromhex(brought[iteration])).hexdigest() if iteration in brought else None
        secret = SECRET.hex() if self.plan.secret else None
        return lot.seed(self.commitment, numbers, secret=secret, beacon=beacon, iteration=iteration)

    def ranking(self, iteration: int = 0) -> list[str]:
        """Rank all tickets."""
        return lot.rank(self.seed(iteration), [row["id"] for row in self.tickets])

    def queue(self) -> list[tuple[int, str]]:
        """List (rank, ticket) as prizes, substitutes and replacements follow each other."""
        held: Counter[str] = Counter()
        found = []
        for rank, ticket in enumerate(self.ranking(), start=1):
            group = self.groups.get(int(ticket[1:]))
            if group is None or held[group] < self.plan.most_per_group:
                found.append((rank, ticket))
                held.update([group] if group else [])
        return found

    def next_fresh(self, iteration: int) -> tuple[int, str]:
        """Find who comes after a void in a ranking of its own."""
        had = {line.facts["ticket"] for line in self.all_of("replaced")}
        had |= {pick["ticket"] for pick in self.all_of("concluded")[0].facts["picks"]}
        groups = Counter(self.groups[int(ticket[1:])] for ticket in had if int(ticket[1:]) in self.groups)
        for rank, ticket in enumerate(self.ranking(iteration), start=1):
            group = self.groups.get(int(ticket[1:]), "")
            if ticket not in had and groups[group] < self.plan.most_per_group:
                return rank, ticket
        raise AssertionError("nobody is left")

    # ------------------------------------------------------------------ papers
    def publish(self, lines: list[Line] | None = None) -> bytes:
        """Sign the heads and write the bundle."""
        return publish(
            copy.deepcopy(self.lines if lines is None else lines),
            heads=self.heads,
            cosigners=self.cosigners,
            cosigned_at=int(self.hour.timestamp()) - 600,
            parts={"exclusions": self.exclusions, "tickets": self.tickets},
        )

    def pins(self) -> Facts:
        """The keys that a witness takes home."""
        seats = {seat: public_key(seat) for seat in self.plan.seats if seat not in self.plan.paper}
        return {"log": signer().verifier().vkey(), "seats": seats, "witnesses": [each.vkey for each in self.policy]}
