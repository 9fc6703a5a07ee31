"""Who has earned a certificate, what it says, and how its code is signed and read.

The organisers' rule: «شهادة لكل حضور مسجل في ورشة أو لقاء تحسيسي أو مائدة مستديرة؛ الجلسات العامة لا شهادة لها» /
« une attestation par présence enregistrée à un atelier, une sensibilisation ou une table ronde ; les plénières n’en
donnent pas ».

A certificate's code is an upper-case link ending in one decimal number: a record of 29 bytes and its Ed25519
signature of 64. The record holds version, key number, certificate id (64 bits), edition (16), kind (8), workshop (32),
day (16, days since 2000-01-01), minutes (16) and the first 8 bytes of the SHA-256 of the name; never the name itself.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from village.kit.refusal import Refusal
from village.workshops.rules import gives_certificate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Gender = Literal["m", "f", "unknown"]

VERSION = 1
PARTICIPATION = 1
SIGNATURE_BYTES = 64
_RECORD = struct.Struct(">BBQHBIHH8s")
CODE_BYTES = _RECORD.size + SIGNATURE_BYTES
_DAY_ZERO = date(2000, 1, 1)
SEALED_BECAUSE = "certificates.issued"
"""The reason under which the log is sealed when certificates were issued."""
_HALF, _HOUR = 30, 60


class State(StrEnum):
    """What a certificate is worth today."""

    VALID = "valid"
    REVOKED = "revoked"
    CORRECTED = "corrected"


@dataclass(frozen=True)
class Attended:
    """One registered attendance: who was at which workshop."""

    person_id: int
    workshop_id: int


@dataclass(frozen=True)
class Session:
    """What a certificate says of a workshop. Places are whole phrases: «بمداغ», « à Madagh », « en ligne »."""

    id: int
    code: str
    kind: str
    title_ar: str
    title_fr: str
    day: date
    minutes: int
    place_ar: str
    place_fr: str
    trainers_ar: tuple[str, ...] = ()
    trainers_fr: tuple[str, ...] = ()


@dataclass(frozen=True)
class Record:
    """What the signature of a certificate covers."""

    certificate_id: int
    edition: int
    workshop_id: int
    day: date
    minutes: int
    name_hash: bytes
    key_id: int


@dataclass(frozen=True)
class Sentence:
    """A certificate's sentence, cut where the name stands in large letters and round the workshop's title."""

    before: str
    opening: str
    title: str
    rest: str


def earned(attendance: Iterable[Attended], sessions: Mapping[int, Session]) -> list[Attended]:
    """Choose the attendances that give a certificate, each person and workshop once, in the order given."""
    chosen = dict.fromkeys(
        row for row in attendance if row.workshop_id in sessions and gives_certificate(sessions[row.workshop_id].kind)
    )
    return list(chosen)


def why_not_earned(person_id: int, session: Session | None, attendance: Iterable[Attended]) -> Refusal | None:
    """Say why this person gets no certificate of this session, or None."""
    facts = {"workshop": session.code if session else ""}
    if session is None or not gives_certificate(session.kind):
        return Refusal("certificate_not_earned", facts)
    if Attended(person_id, session.id) not in set(attendance):
        return Refusal("certificate_not_earned", facts)
    return None


def why_not_usable(state: State) -> Refusal | None:
    """Say why a certificate can no longer be handed out, corrected or revoked, or None."""
    if state is State.VALID:
        return None
    return Refusal("certificate_revoked", {"corrected": state is State.CORRECTED})


def number_text(edition_code: str, number: int, version: int) -> str:
    """Write a certificate's number: "VS14-A-0001"; a correction adds its version, "VS14-A-0001-2"."""
    text = f"{edition_code}-A-{number:04d}"
    return text if version == 1 else f"{text}-{version}"


def parse_number(text: str) -> tuple[str, int, int] | None:
    """Read a number as typed, digits of any script: (edition code, number, version), or None."""
    plain = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in unicodedata.normalize("NFKC", text))
    match = re.fullmatch(r"\s*([A-Z0-9]+)\s*-?\s*A\s*-?\s*(\d{1,6})(?:\s*-\s*(\d{1,3}))?\s*", plain.upper())
    return (match[1], int(match[2]), int(match[3] or 1)) if match else None


def name_hash(name_ar: str, name_fr: str) -> bytes:
    """First 8 bytes of the SHA-256 of the printed name: the Arabic one where there is one, else the Latin one.

    The name is taken in NFC, in small letters, with single spaces, so that whoever holds the paper can type it.
    """
    name = " ".join(unicodedata.normalize("NFC", name_ar.strip() or name_fr).casefold().split())
    return hashlib.sha256(name.encode()).digest()[:8]


def payload_of(record: Record) -> bytes:
    """Write a record as the bytes that are signed."""
    days = (record.day - _DAY_ZERO).days
    return _RECORD.pack(
        VERSION,
        record.key_id,
        record.certificate_id,
        record.edition,
        PARTICIPATION,
        record.workshop_id,
        days,
        record.minutes,
        record.name_hash,
    )


def digits_of(payload: bytes, signature: bytes) -> str:
    """Write a signed record as one decimal number."""
    return str(int.from_bytes(payload + signature, "big"))


def link_prefix(address: str) -> str:
    """Beginning of every certificate link below the public address, in capitals for the QR symbol."""
    return f"{address.rstrip('/').upper()}/C/"


def read_code(digits: str, verify: Callable[[bytes, bytes, int], bool]) -> Record:
    """Read the number of a link and check its signature.

    `verify` takes the signed bytes, the signature and the key number.

    Raises:
        Refusal: `certificate_forged`, when the number is not whole or the signature is not ours.

    """
    plain = "".join(str(unicodedata.digit(c)) for c in digits[:600] if c.isdigit())
    number = int(plain or 0)
    data = number.to_bytes((number.bit_length() + 7) // 8, "big")
    if len(data) != CODE_BYTES or data[0] != VERSION:
        raise Refusal("certificate_forged")
    payload, signature = data[: _RECORD.size], data[_RECORD.size :]
    _, key_id, certificate_id, edition, kind, workshop_id, days, minutes, hashed = _RECORD.unpack(payload)
    if kind != PARTICIPATION or not verify(payload, signature, key_id):
        raise Refusal("certificate_forged")
    day = _DAY_ZERO + timedelta(days=days)
    return Record(certificate_id, edition, workshop_id, day, minutes, hashed, key_id)


def sentence(lang: Literal["ar", "fr"], gender: str, session: Session, facts: Mapping[str, str]) -> Sentence:
    """Say a certificate's sentence: whole texts by gender and kind of session, cut at the name.

    `facts` gives organizer, ordinal, date and hours in that language; the rest comes from the session.
    """
    noun = "round_table" if session.kind == "round_table" else "workshop"
    known = gender if gender in {"m", "f"} else "unknown"
    before, after = texts()["body"][noun][known][lang].split("{name}")
    opening, rest = after.split("{workshop}")
    titles = {"ar": session.title_ar or session.title_fr, "fr": session.title_fr or session.title_ar}
    values = {**facts, "place": {"ar": session.place_ar, "fr": session.place_fr}[lang]}
    return Sentence(
        before.format(**values).strip(),
        opening.format(**values).strip(" "),
        titles[lang],
        rest.format(**values).rstrip(),
    )


def place_phrases(city_ar: str, city_fr: str, *, online: bool) -> tuple[str, str]:
    """Say where, as a whole phrase in Arabic and in French: «بمداغ» and « à Madagh », or online."""
    if online:
        return "عن بعد", "en ligne"
    for article, joined in (("Les ", "aux "), ("Le ", "au ")):
        if city_fr.startswith(article):
            return f"ب{city_ar}", joined + city_fr.removeprefix(article)
    return f"ب{city_ar}", f"à {city_fr}"


def duration_ar(minutes: int, hours: str, rest: str) -> str:
    """Say a length of time in Arabic; `hours` and `rest` are the counted whole hours and odd minutes."""
    whole, odd = divmod(minutes, _HOUR)
    if not whole:
        return "نصف ساعة" if odd == _HALF else rest
    if not odd:
        return hours
    return f"{'ساعة' if whole == 1 else hours} {'ونصف' if odd == _HALF else 'و' + rest}"


def duration_fr(minutes: int) -> str:
    """Say a length of time in French: "2 heures", "1 h 30", "45 minutes"."""
    whole, odd = divmod(minutes, _HOUR)
    if not whole:
        return f"{odd}\N{NO-BREAK SPACE}minutes"
    if odd:
        return f"{whole}\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}{odd:02d}"
    return f"{whole}\N{NO-BREAK SPACE}heure{'s' if whole > 1 else ''}"


def ordinal(number: int, lang: str) -> str:
    """Name of an edition by its number, feminine ("الرابعة عشرة", "14e", "14th")."""
    known: dict[str, str] | None = texts()["ordinals"].get(str(number))
    if known:
        return known[lang]
    return {"ar": f"رقم {number}", "fr": f"{number}e", "en": f"{number}th"}[lang]


def masked(name: str) -> str:
    """Hide a name for a public page: the first letter of each word and how long the word is (at most five dots)."""
    words = []
    for word in name.split():
        bare = word.removeprefix("ال") or word
        words.append(bare[:1] + "•" * min(5, max(2, len(bare) - 1)))
    return " ".join(words)


@cache
def texts() -> dict[str, Any]:
    """Read the wording of certificates, Arabic and French, with the names of editions."""
    read: dict[str, Any] = json.loads((files("village.certificates") / "texts.json").read_text("utf-8"))
    return read
