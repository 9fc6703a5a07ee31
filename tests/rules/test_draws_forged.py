"""An organiser who holds the key of the log writes a false but well-signed history: the sums still tell."""

from __future__ import annotations

import base64
import hashlib
import itertools
import struct
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.draws import COMMITTED, HOUR, Witnesses
from tests.rules.test_draws import PLAN, TICKETS
from village.audit import merkle
from village.audit.notes import Checkpoint, Signer, sign_note
from village.audit.rules import write_line
from village.draws import verify_draw
from village.draws.rules import revealing, states
from village.draws.rules.plan import Exclusion, Plan, Seat, SeatKind
from village.draws.rules.prizes import ranking_root
from village.kit.canonical import dumps

if TYPE_CHECKING:
    from collections.abc import Callable

SECRET = bytes(range(32))
WITNESSES = Witnesses()
SEATS = tuple(
    Seat(seat.code, SeatKind(seat.kind), seat.public_key.hex() if seat.public_key else None)
    for seat in WITNESSES.seats()
)
KEYED = replace(PLAN, seats=SEATS, fewest_seats=3, uses_secret=True)
EXCLUSIONS = (Exclusion("X01", ("award_winner",)),)


@dataclass
class Line:
    """A line before it is written: an attack may change any part of it."""

    step: str
    at: datetime
    facts: dict[str, Any]
    actor: str = "account:6"
    thing: str = "draw:1"


@dataclass
class Cosigner:
    """A witness of the log with a key of its own."""

    name: str
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    @property
    def raw(self) -> bytes:
        """The kind (4, cosignature) and the public key."""
        return b"\x04" + self.key.public_key().public_bytes_raw()

    @property
    def id(self) -> bytes:
        """The id of the key under its name."""
        return hashlib.sha256(self.name.encode() + b"\n" + self.raw).digest()[:4]

    @property
    def vkey(self) -> str:
        """The key as the plan names it."""
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(self.raw).decode()}"

    def cosign(self, note: str, at: int) -> str:
        """Add a line to a signed head (C2SP tlog-cosignature)."""
        body = note.partition("\n\n")[0] + "\n"
        signature = self.key.sign(f"cosignature/v1\ntime {at}\n{body}".encode())
        blob = base64.b64encode(self.id + struct.pack(">Q", at) + signature).decode()
        return f"{note}\u2014 {self.name} {blob}\n"


def honest_lines(plan: Plan = KEYED, *, number: int = 1, previous: str | None = None) -> list[Line]:
    """Play a draw by the rules alone and write down its lines."""
    sealed = states.commit(
        states.OpenDraw(plan, TICKETS, EXCLUSIONS),
        COMMITTED,
        number=number,
        previous=previous,
        secret_sha256=hashlib.sha256(SECRET).hexdigest(),
        verifier_sha256="00" * 32,
    )
    name = sealed.commitment.sha256
    facts: dict[str, Any] = {"commitment": sealed.commitment.document, "sha256": name}
    lines = [Line("committed", COMMITTED, facts)]
    for seat in sorted(WITNESSES.numbers):
        envelope = WITNESSES.envelope(seat, name)
        sealed = states.hand_in(sealed, envelope)
        lines.append(Line("envelope_handed_in", HOUR, vars_of(envelope, name)))
    for counter in ("account:1", "account:6"):
        sealed = states.count(sealed, counter, len(TICKETS))
        lines.append(Line("counted", HOUR, {"commitment": name, "counted": len(TICKETS)}, actor=counter))
    shut = states.close(sealed, HOUR)
    counts = [[who, counted] for who, counted in sorted(sealed.counts.items())]
    lines.append(Line("closed", HOUR, {"commitment": name, "counts": counts, "envelopes": sorted(sealed.envelopes)}))
    for seat in sorted(WITNESSES.numbers):
        shut = revealing.open_envelope(shut, WITNESSES.opening(seat))
        lines.append(Line("envelope_opened", HOUR, vars_of(WITNESSES.opening(seat), name)))
    revealed = revealing.reveal(shut, SECRET)
    seed = revealed.seed.hex()
    lines.append(Line("revealed", HOUR, {"commitment": name, "secret": SECRET.hex(), "seed": seed}))
    done = revealing.rank(revealed)
    picks = [pick.as_json() for pick in done.picks]
    result = {"commitment": name, "picks": picks, "ranking_root": ranking_root(done.ranking), "seed": seed}
    return [*lines, Line("concluded", HOUR, result)]


def vars_of(value: Any, commitment: str) -> dict[str, Any]:
    """Give the facts of an envelope or an opening."""
    return {"commitment": commitment, **{name: getattr(value, name) for name in value.__slots__}}


def publish(
    lines: list[Line],
    *,
    after: tuple[str, ...] = ("committed", "closed", "concluded"),
    cosigners: tuple[Cosigner, ...] = (),
) -> bytes:
    """Write the lines into a log of the organiser's own, sign its heads, and make the bundle."""
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    signer = Signer("solidarity-village/forged", key.public_key().public_bytes_raw(), key.sign)
    written = [write_line(at=x.at, actor=x.actor, code=f"draw.{x.step}", thing=x.thing, facts=x.facts) for x in lines]
    leaves = [line.leaf_hash for line in written]
    sizes = [max(at for at, line in enumerate(lines, start=1) if line.step == step) for step in after]
    heads = []
    for size in sizes:
        note = sign_note(Checkpoint(signer.name, size, merkle.root(leaves[:size])).text(), [signer])
        for cosigner in cosigners:
            note = cosigner.cosign(note, int(HOUR.timestamp()))
        heads.append(note)
    return dumps(
        {
            "bundle": "village-draw/1",
            "checkpoints": heads,
            "consistency": [
                [part.hex() for part in merkle.consistency_proof(old, leaves[:new])]
                for old, new in itertools.pairwise(sizes)
            ],
            "entries": [
                {
                    "body": line.body.decode(),
                    "index": at,
                    "proof": [part.hex() for part in merkle.inclusion_proof(at, leaves[: sizes[-1]])],
                }
                for at, line in enumerate(written)
            ],
            "exclusions": [each.as_json() for each in EXCLUSIONS],
            "log": signer.verifier().vkey(),
            "tickets": [each.as_json() for each in TICKETS],
        }
    )


def refusal_of(bundle: bytes) -> str:
    """Give the code with which a bundle is refused; "exact" where it is not."""
    try:
        verify_draw.verify(bundle)
    except verify_draw.Refused as refused:
        return refused.code
    return "exact"


def test_an_honest_history_is_exact() -> None:
    assert refusal_of(publish(honest_lines())) == "exact"


def at(lines: list[Line], step: str) -> Line:
    """Find the first line of a step."""
    return next(line for line in lines if line.step == step)


def friend_wins(lines: list[Line]) -> None:
    """Put the last of the ranking in the place of the winner."""
    at(lines, "concluded").facts["picks"][0]["ticket"] = "T11"


def other_number(lines: list[Line]) -> None:
    """Say that the juror wrote another number."""
    line = next(x for x in lines if x.step == "envelope_opened" and x.facts["seat"] == "juror")
    line.facts["value"] = "1"


def other_secret(lines: list[Line]) -> None:
    """Reveal a secret that ranks a friend first, with the seed that follows from it."""
    at(lines, "revealed").facts["secret"] = "ab" * 32


def paper_for_a_key(lines: list[Line]) -> None:
    """Take a seat's envelope without its signature."""
    at(lines, "envelope_handed_in").facts.update(sealed=None, signature=None)


def late_envelope(lines: list[Line]) -> None:
    """Take an envelope in after the close."""
    lines.insert(7, lines.pop(1))


def opened_before_the_close(lines: list[Line]) -> None:
    """Open an envelope while another is still awaited."""
    lines.insert(3, lines.pop(next(n for n, x in enumerate(lines) if x.step == "envelope_opened")))


def one_counter(lines: list[Line]) -> None:
    """Let one person count twice."""
    for line in lines:
        if line.step == "counted":
            line.actor = "account:6"


def too_many_badges(lines: list[Line]) -> None:
    """Close although a count differs from the list."""
    next(x for x in lines if x.step == "counted").facts["counted"] += 1


ATTACKS: list[tuple[Callable[[list[Line]], Any], str]] = [
    (friend_wins, "result_altered"),
    (other_number, "envelope_mismatch"),
    (other_secret, "secret_changed"),
    (paper_for_a_key, "envelope_signature"),
    (late_envelope, "steps_out_of_order"),
    (opened_before_the_close, "steps_out_of_order"),
    (one_counter, "counts_differ"),
    (too_many_badges, "counts_differ"),
    (lambda x: x[0].facts["commitment"].update(substitutes=3), "commitment_altered"),
    (lambda x: setattr(x[0], "at", HOUR - timedelta(seconds=59)), "committed_late"),
    (lambda x: setattr(at(x, "closed"), "at", HOUR - timedelta(seconds=1)), "closed_early"),
    (lambda x: x.append(at(x, "concluded")), "heads_missing"),
    (lambda x: x.insert(-1, at(x, "revealed")), "step_repeated"),
    (lambda x: x.remove(at(x, "revealed")), "steps_missing"),
    (lambda x: setattr(at(x, "counted"), "thing", "draw:2"), "steps_of_another"),
    (lambda x: at(x, "closed").facts.update(commitment="ab" * 32), "steps_of_another"),
    (lambda x: setattr(at(x, "counted"), "step", "nodded"), "steps_unknown"),
    (lambda x: at(x, "concluded").facts.update(ranking_root="ab" * 32), "ranking_wrong"),
    (lambda x: at(x, "revealed").facts.update(seed="ab" * 32), "seed_wrong"),
    (lambda x: at(x, "concluded").facts.update(seed="ab" * 32), "seed_wrong"),
    (lambda x: at(x, "closed").facts["envelopes"].pop(), "envelope_missing"),
    (lambda x: at(x, "envelope_handed_in").facts.update(seat="friend"), "seat_unknown"),
    (lambda x: x.remove(at(x, "envelope_opened")), "envelope_missing"),
]


@pytest.mark.parametrize(("attack", "code"), ATTACKS)
def test_a_false_history_is_refused(attack: Callable[[list[Line]], Any], code: str) -> None:
    lines = honest_lines()
    attack(lines)

    assert refusal_of(publish(lines)) == code


@pytest.mark.parametrize(
    "after",
    [
        ("counted", "closed", "concluded"),
        ("committed", "envelope_opened", "concluded"),
        ("committed", "counted", "concluded"),
    ],
)
def test_a_head_signed_at_another_step_is_refused(after: tuple[str, ...]) -> None:
    assert refusal_of(publish(honest_lines(), after=after)) == "head_out_of_turn"


def test_a_draw_left_out_of_the_register_shows() -> None:
    first = honest_lines()[0]
    second = honest_lines(replace(KEYED, code="DR2"), number=2, previous=first.facts["sha256"])
    first.thing = "draw:7"

    assert refusal_of(publish([first, *second])) == "exact"
    assert refusal_of(publish(second)) == "register_gap"
    assert refusal_of(publish([first, *honest_lines(replace(KEYED, code="DR2"), number=2)])) == "register_gap"
    assert refusal_of(publish([first, *honest_lines(number=3, previous=first.facts["sha256"])])) == "register_gap"


def test_heads_must_carry_the_cosignatures_that_the_plan_promises() -> None:
    cosigners = tuple(Cosigner(f"witness/{name}") for name in ("jury", "cooperative", "bailiff"))
    promised = replace(KEYED, witnesses=tuple(each.vkey for each in cosigners), quorum=2)
    stranger = Cosigner("witness/stranger")

    assert refusal_of(publish(honest_lines(promised), cosigners=cosigners)) == "exact"
    assert refusal_of(publish(honest_lines(promised), cosigners=cosigners[1:])) == "exact"
    assert refusal_of(publish(honest_lines(promised), cosigners=cosigners[:1])) == "not_cosigned"
    assert refusal_of(publish(honest_lines(promised), cosigners=(cosigners[0], cosigners[0]))) == "bad_signature"
    assert refusal_of(publish(honest_lines(promised), cosigners=(cosigners[0], stranger))) == "bad_signature"
    impostor = replace_key(cosigners[1])
    assert refusal_of(publish(honest_lines(promised), cosigners=(cosigners[0], impostor))) == "bad_signature"


def replace_key(cosigner: Cosigner) -> Cosigner:
    """Sign under the name and id of a witness with a key that is not theirs."""

    class Impostor(Cosigner):
        @property
        def id(self) -> bytes:
            return cosigner.id

    return Impostor(cosigner.name)
