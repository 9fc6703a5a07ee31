"""Witnesses of the log: invited, enrolled, heard, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from village.audit import notes
from village.audit.actions import (
    enrol_witness,
    invite_witness,
    make_checkpoint,
    note_beacon,
    record,
    renew_invitation,
    retire_witness,
    take_cosignature,
)
from village.audit.keys import log_origin, log_verifiers
from village.audit.queries import (
    cosigned_note,
    count_cosignatures,
    get_invitation,
    list_cosigned_heads,
    list_entries,
    list_witnesses,
)
from village.kit.refusal import Refusal
from village.kit.signing import Keyring

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MORNING = datetime(2026, 12, 4, 9, 0, tzinfo=UTC)
SEEN = int(MORNING.timestamp())


class Tablet:
    """What a witness holds: a key of its own under the name it was invited by."""

    def __init__(self, name: str, seed: int) -> None:
        self.name = name
        self.key = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)

    def signer(self, time: int = SEEN) -> notes.Signer:
        return notes.Signer(self.name, self.key.public_key().public_bytes_raw(), self.key.sign, time)

    @property
    def vkey(self) -> str:
        return self.signer().verifier().vkey()

    def cosign(self, note: str, time: int = SEEN) -> str:
        return self.signer(time).signature(notes.split_note(note)[0]).line()


JURY, COOPERATIVE, OFFICER = Tablet("jury", 1), Tablet("cooperative", 2), Tablet("officer.example/1", 3)


@pytest.fixture
def keys(tmp_path: Path) -> Keyring:
    return Keyring(tmp_path / "keys")


@pytest.fixture
def invite(act: Callable) -> Callable[..., str]:
    def call(tablet: Tablet, kind: str = "jury") -> str:
        with act("organiser", at=MORNING) as deed:
            return invite_witness(deed, name=tablet.name, kind=kind, label_ar="الشاهد", label_fr="Témoin")

    return call


@pytest.fixture
def enrol(act: Callable, invite: Callable, keys: Keyring) -> Callable[..., int]:
    def call(tablet: Tablet) -> int:
        code = invite(tablet)
        with act("public", at=MORNING) as deed:
            return enrol_witness(deed, code=code, vkey=tablet.vkey, log_keys=log_verifiers(keys))

    return call


@pytest.fixture
def seal(act: Callable, keys: Keyring) -> Callable[[], notes.Checkpoint]:
    def call() -> object:
        with act("system", at=MORNING) as deed:
            record(deed, "stand.assigned", "stand:A01")
            return make_checkpoint(deed, keys, "asked")

    return call


@pytest.fixture
def refused(act: Callable) -> Callable[..., str]:
    def call(action: Callable, *, at: datetime = MORNING, **facts: object) -> str:
        with pytest.raises(Refusal) as told, act("public", at=at) as deed:
            action(deed, **facts)
        return told.value.code

    return call


def test_two_of_three_cosign_a_head(act, session, keys, enrol, seal):
    tablets = (JURY, COOPERATIVE, OFFICER)
    for tablet in tablets:
        enrol(tablet)
    head = seal()
    for tablet in tablets[:2]:
        with act("public", at=MORNING) as deed:
            assert take_cosignature(deed, size=head.size, line=tablet.cosign(head.note))
    vkeys = [tablet.vkey for tablet in tablets]
    assert count_cosignatures(session, head.size, vkeys) == 2
    assert count_cosignatures(session, head.size, vkeys[:1]) == 1
    assert count_cosignatures(session, head.size + 1, vkeys) == 0
    known = [notes.read_vkey(vkey) for vkey in vkeys]
    opened = notes.open_cosigned(cosigned_note(session, head.size), log_verifiers(keys), known, log_origin(keys))
    assert opened.times == {JURY.vkey: SEEN, COOPERATIVE.vkey: SEEN}
    assert cosigned_note(session, head.size, []) == head.note
    assert cosigned_note(session, head.size, [OFFICER.vkey]) == head.note
    assert cosigned_note(session, head.size, [JURY.vkey]) == head.note + JURY.cosign(head.note)
    assert [row.cosignatures for row in list_cosigned_heads(session)] == [2]
    rows = {row.name: row for row in list_witnesses(session, enrolled_only=True)}
    assert rows["jury"].last_size == head.size
    assert rows["jury"].last_time == SEEN
    assert rows[OFFICER.name].last_size is None


def test_an_invitation_serves_once_and_two_days(act, session, keys, invite, refused):
    code = invite(JURY)
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert get_invitation(session, typed, MORNING).name == "jury"
    late = MORNING + timedelta(days=2, seconds=1)
    with pytest.raises(Refusal, match="witness_code_unknown"):
        get_invitation(session, code, late)
    session.rollback()
    assert refused(enrol_witness, at=late, code=code, vkey=JURY.vkey) == "witness_code_unknown"
    with act("organiser", at=late) as deed:
        fresh = renew_invitation(deed, witness_id=list_witnesses(session)[0].id)
    session.rollback()
    assert refused(enrol_witness, at=late, code=code, vkey=JURY.vkey) == "witness_code_unknown"
    with act("public", at=late) as deed:
        enrol_witness(deed, code=fresh, vkey=JURY.vkey)
    assert refused(enrol_witness, at=late, code=fresh, vkey=JURY.vkey) == "witness_code_unknown"
    assert [row.vkey for row in list_witnesses(session, enrolled_only=True)] == [JURY.vkey]
    codes = [row.code for row in list_entries(session).rows]
    assert codes == ["witness.enrolled", "witness.invited", "witness.invited"]
    assert code not in str(list_entries(session).rows)


def test_a_key_of_another_does_not_count_twice(keys, enrol, invite, refused):
    """The name is not part of what a cosignature signs: one key under two names would be two voices."""
    enrol(JURY)
    twin = Tablet("cooperative", 1)
    code = invite(twin)
    assert refused(enrol_witness, code=code, vkey=twin.vkey) == "witness_key_known"
    log = log_verifiers(keys)[0]
    own = notes.Verifier("cooperative", log.public_key, notes.COSIGNATURE).vkey()
    assert refused(enrol_witness, code=code, vkey=own, log_keys=[log]) == "witness_key_known"
    plain = notes.Verifier("cooperative", COOPERATIVE.signer().public_key).vkey()
    for vkey in (plain, OFFICER.vkey, "cooperative", ""):
        assert refused(enrol_witness, code=code, vkey=vkey) == "witness_key_malformed"


def test_what_is_no_invitation(refused, invite):
    invite(JURY)
    rest = {"kind": "jury", "label_ar": "", "label_fr": ""}
    assert refused(invite_witness, name="jury", **rest) == "witness_name_taken"
    for name in ("", "Jury", "two words", "a+b", "شاهد", "x" * 61, "-a"):
        assert refused(invite_witness, name=name, **rest) == "witness_name_malformed"
    assert refused(retire_witness, witness_id=99) == "witness_not_found"
    assert refused(renew_invitation, witness_id=99) == "witness_not_found"


def test_a_false_word_is_refused(act, enrol, seal, refused):
    enrol(JURY)
    head = seal()
    good = JURY.cosign(head.note)
    stranger = Tablet("jury", 9)
    other = head.note.replace(f"\n{head.size}\n", f"\n{head.size + 1}\n")
    plain = notes.Signer("jury", JURY.signer().public_key, JURY.key.sign)
    for line in (
        stranger.cosign(head.note),
        JURY.cosign(other),
        plain.signature(notes.split_note(head.note)[0]).line(),
        good.replace("= ", " ")[:-5] + "\n",
        f"{good}{good}",
        "— jury AAAA\n",
    ):
        assert refused(take_cosignature, size=head.size, line=line) == "cosignature_wrong"
    assert refused(take_cosignature, size=head.size + 1, line=good) == "audit_size_not_found"
    assert refused(take_cosignature, size=head.size, line=COOPERATIVE.cosign(head.note)) == "witness_unknown"
    assert refused(take_cosignature, size=head.size, line="nonsense") == "witness_unknown"
    for time in (SEEN - 301, SEEN + 301, 0, 2**63 - 1):
        assert refused(take_cosignature, size=head.size, line=JURY.cosign(head.note, time)) == "cosignature_clock"


@pytest.mark.sqlite_only
def test_a_log_whose_own_clock_was_set_back_still_hears_its_witnesses(act, enrol, seal):
    """The head says ten; since then the log and the tablet agree that it is eight."""
    enrol(JURY)
    head = seal()
    hours, now = 7200, MORNING - timedelta(hours=2)
    with pytest.raises(Refusal, match="cosignature_clock"), act("public", at=now) as deed:
        take_cosignature(deed, size=head.size, line=JURY.cosign(head.note, SEEN - hours - 400))
    with act("public", at=now) as deed:
        assert take_cosignature(deed, size=head.size, line=JURY.cosign(head.note, SEEN - hours))


def test_a_word_counts_once_however_often_it_is_sent(act, session, enrol, seal):
    enrol(JURY)
    head = seal()
    told: list[bool] = []

    def send(time: int) -> None:
        with act("public", at=MORNING) as deed:
            told.append(take_cosignature(deed, size=head.size, line=JURY.cosign(head.note, time)))

    taps = [Thread(target=send, args=(SEEN + number,)) for number in range(4)]
    for tap in taps:
        tap.start()
    for tap in taps:
        tap.join()
    assert sorted(told) == [False, False, False, True]
    assert count_cosignatures(session, head.size, [JURY.vkey]) == 1
    assert cosigned_note(session, head.size).count("— jury ") == 1


def test_a_retired_witness_is_heard_no_more_but_keeps_its_word(act, session, enrol, seal, refused):
    witness = enrol(JURY)
    head = seal()
    with act("public", at=MORNING) as deed:
        take_cosignature(deed, size=head.size, line=JURY.cosign(head.note))
    with act("organiser", at=MORNING) as deed:
        retire_witness(deed, witness_id=witness)
    later = seal()
    assert refused(take_cosignature, size=later.size, line=JURY.cosign(later.note)) == "witness_retired"
    assert refused(retire_witness, witness_id=witness) == "witness_retired"
    assert count_cosignatures(session, head.size, [JURY.vkey]) == 1
    assert list_witnesses(session, enrolled_only=True) == []


@pytest.mark.sqlite_only
def test_a_beacon_is_noted_once_it_was_verified(act, session):
    with act("organiser", at=MORNING) as deed:
        note_beacon(deed, round=7, signature="AB" * 48, check=lambda number, text: bytes([number]) + text.encode()[:1])
    assert list_entries(session).rows[0].facts == {"round": 7, "signature": "ab" * 48, "randomness": "0761"}

    def refuse(_round: int, _signature: str) -> bytes:
        raise Refusal("beacon_wrong_signature")

    with pytest.raises(Refusal), act("organiser") as deed:
        note_beacon(deed, round=8, signature="ab" * 48, check=refuse)
