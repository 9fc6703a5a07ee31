"""Certificates as files: print runs and single files, each kept under a name made of its content."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from village.audit.queries import list_checkpoints_because
from village.audit.rules import print_seal
from village.certificates.paper import CertificateToPrint, Fair, content_hash, single, write_print_file
from village.certificates.queries import digits_for, get_certificate, list_certificates, list_sessions
from village.certificates.rules import SEALED_BECAUSE, place_phrases, why_not_usable
from village.editions.queries import EditionView, get_edition, list_partners, list_venues

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from sqlalchemy.orm import Session

    from village.audit.queries import CheckpointRow
    from village.certificates.queries import CertificateRow
    from village.certificates.rules import Session as Sitting
    from village.kit.signing import Keyring
    from village.kit.storage import FileStorage


def fair_of(session: Session, edition: EditionView, address: str) -> Fair:
    """Gather what all certificates of an edition share: who attests is the organiser in protocol order."""
    partners = list_partners(session, edition.id)
    organizer = next((partner for partner in partners if partner.kind == "organizer"), None)
    venue = next((venue for venue in list_venues(session, edition.id) if not venue.is_online), None)
    place_ar, place_fr = place_phrases(venue.city_ar, venue.city_fr, online=False) if venue else ("", "")
    return Fair(
        number=edition.number,
        name_ar=edition.name_ar,
        name_fr=edition.name_fr,
        organizer_ar=organizer.name_ar if organizer else edition.name_ar,
        organizer_fr=organizer.name_fr if organizer else edition.name_fr,
        done_place_ar=place_ar,
        done_place_fr=place_fr,
        done_on=edition.ends_on,
        address=address,
        demonstration=edition.demonstration,
        seal=print_seal(seals[-1].size, seals[-1].root) if (seals := _seals(session)) else "",
    )


def _seals(session: Session) -> list[CheckpointRow]:
    """List the seals set when certificates were issued, oldest first."""
    return list_checkpoints_because(session, SEALED_BECAUSE)


def _sealed_when_issued(fair: Fair, row: CertificateRow, seals: list[CheckpointRow]) -> Fair:
    """Put on a person's own file the first seal that covers its issue: it stays the same whatever is issued later."""
    first = next((seal for seal in seals if seal.at >= row.issued_at), None)
    return replace(fair, seal=print_seal(first.size, first.root) if first else "")


def to_print(row: CertificateRow, sitting: Sitting, edition: EditionView, keys: Keyring) -> CertificateToPrint:
    """Turn a certificate into what its paper shows."""
    return CertificateToPrint(
        number=row.number_in(edition.code),
        session=sitting,
        gender=row.gender,
        name_ar=row.name_ar,
        name_fr=row.name_fr,
        short_code=row.short_code,
        digits=digits_for(row, edition.number, keys),
    )


def print_key(session: Session, edition: EditionView, fair: Fair, keys: Keyring, workshop_id: int | None = None) -> str:
    """Storage key of a print run of the valid certificates, of one workshop or all: changes with what is printed."""
    sittings = list_sessions(session, edition.id)
    shown = [
        (row.id, sittings[row.workshop_id]) for row in list_certificates(session, edition.id, workshop_id=workshop_id)
    ]
    content = repr((fair, keys.key_id("certificate"), shown)).encode()
    return f"certificates/{edition.code}/print-{hashlib.sha256(content).hexdigest()[:32]}.pdf"


def write_print(
    session: Session,
    edition: EditionView,
    *,
    keys: Keyring,
    storage: FileStorage,
    address: str,
    workshop_id: int | None = None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> tuple[str, int]:
    """Write a print run of the valid certificates; returns its key and how many it holds. Made already, it stays."""
    fair = fair_of(session, edition, address)
    key = print_key(session, edition, fair, keys, workshop_id)
    sittings = list_sessions(session, edition.id)
    rows = list_certificates(session, edition.id, workshop_id=workshop_id)
    if not storage.exists(key):
        papers = [to_print(row, sittings[row.workshop_id], edition, keys) for row in rows]
        write_print_file(papers, fair, storage.path(key), progress)
    return key, len(rows)


def single_file(
    session: Session, certificate_id: int, *, keys: Keyring, storage: FileStorage, address: str
) -> tuple[str, Path]:
    """Return a certificate's number and its own file, made now where it is not there yet.

    Raises:
        Refusal: `certificate_not_found`, `certificate_revoked`.

    """
    row = get_certificate(session, certificate_id)
    if no := why_not_usable(row.state):
        raise no
    edition = get_edition(session, row.edition_id)
    fair = fair_of(session, edition, address)
    fair = _sealed_when_issued(fair, row, _seals(session))
    paper = to_print(row, list_sessions(session, edition.id)[row.workshop_id], edition, keys)
    return paper.number, _kept(paper, fair, edition, storage)


def write_singles(
    session: Session, edition: EditionView, *, keys: Keyring, storage: FileStorage, address: str
) -> Iterator[tuple[int, int]]:
    """Make the single files that are missing, yielding (done, total) after each certificate."""
    fair = fair_of(session, edition, address)
    sittings: Mapping[int, Sitting] = list_sessions(session, edition.id)
    rows = list_certificates(session, edition.id)
    seals = _seals(session)
    for done, row in enumerate(rows, 1):
        own = _sealed_when_issued(fair, row, seals)
        _kept(to_print(row, sittings[row.workshop_id], edition, keys), own, edition, storage)
        yield done, len(rows)


def _kept(paper: CertificateToPrint, fair: Fair, edition: EditionView, storage: FileStorage) -> Path:
    key = f"certificates/{edition.code}/single/{content_hash(paper, fair)}.pdf"
    if not storage.exists(key):
        storage.put(key, single(paper, fair))
    return storage.path(key)
