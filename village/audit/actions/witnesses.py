"""Witnesses: invited by a code, enrolled by their tablet's key, heard when they cosign a head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from village.audit.actions.recording import record
from village.audit.models import AuditCheckpoint, AuditCosignature, AuditWitness
from village.audit.notes import COSIGNATURE, BadNote, Verifier, open_cosignature, read_vkey, split_note
from village.audit.rules import CODE_SERVES, hash_of_code, is_witness_name, new_code, why_not_this_time
from village.kit.db import locked
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from village.kit.chance import Chance
    from village.kit.deeds import Deed


def invite_witness(deed: Deed, *, name: str, kind: str, label_ar: str, label_fr: str) -> str:
    """Invite a witness and return the code that enrols one tablet, once, within two days.

    Args:
        deed: the open deed.
        name: the name of the key, as it will stand in signed notes: small Latin letters, digits, points, hyphens.
        kind: who it is, one of `rules.WITNESS_KINDS`.
        label_ar: who it is, in words, in Arabic.
        label_fr: the same in French.

    Raises:
        Refusal: `witness_name_malformed`, `witness_name_taken`.

    """
    if not is_witness_name(name):
        raise Refusal("witness_name_malformed", {"name": name})
    if deed.session.scalar(select(AuditWitness.id).where(AuditWitness.name == name)):
        raise Refusal("witness_name_taken", {"name": name})
    row = AuditWitness(name=name, kind=kind, label_ar=label_ar, label_fr=label_fr, invited_at=deed.now)
    code = _give_code(row, deed.now, deed.chance)
    deed.session.add(row)
    deed.session.flush()
    record(deed, "witness.invited", f"witness:{row.id}", {"name": name, "kind": kind})
    return code


def renew_invitation(deed: Deed, *, witness_id: int) -> str:
    """Give a witness that was not enrolled yet a new code; the old one serves no more.

    Raises:
        Refusal: `witness_not_found`, `witness_enrolled`, `witness_retired`.

    """
    row = _hold(deed, witness_id)
    if row.vkey is not None:
        raise Refusal("witness_enrolled", {"name": row.name})
    code = _give_code(row, deed.now, deed.chance)
    record(deed, "witness.invited", f"witness:{row.id}", {"name": row.name, "kind": row.kind})
    return code


def enrol_witness(deed: Deed, *, code: str, vkey: str, log_keys: Collection[Verifier] = ()) -> int:
    """Take the public key that a tablet made, and return the witness's id. The code serves once.

    A cosignature does not name its witness inside what is signed, so one key under two names would count twice:
    every witness has a key of its own, and none of the log's.

    Args:
        deed: the open deed.
        code: as invited; case, hyphens and spaces do not matter.
        vkey: the tablet's verifier key, kind 4, under the invited name.
        log_keys: the keys that sign this log's heads.

    Raises:
        Refusal: `witness_code_unknown` (also when it has served or is too old), `witness_key_malformed`,
            `witness_key_known`.

    """
    row = deed.session.scalar(
        select(AuditWitness).where(AuditWitness.code_sha256 == hash_of_code(code)).with_for_update()
    )
    if row is None or row.code_until is None or row.code_until < deed.now or row.retired_at is not None:
        raise Refusal("witness_code_unknown")
    try:
        key = read_vkey(vkey)
    except BadNote as error:
        raise Refusal("witness_key_malformed") from error
    if key.kind != COSIGNATURE or key.name != row.name:
        raise Refusal("witness_key_malformed")
    others = deed.session.scalars(select(AuditWitness.vkey).where(AuditWitness.vkey.is_not(None)))
    known = {read_vkey(other).public_key for other in others if other} | {each.public_key for each in log_keys}
    if key.public_key in known:
        raise Refusal("witness_key_known")
    row.vkey, row.enrolled_at = vkey, deed.now
    row.code_sha256 = row.code_until = None
    record(deed, "witness.enrolled", f"witness:{row.id}", {"name": row.name, "vkey": vkey})
    return row.id


def retire_witness(deed: Deed, *, witness_id: int) -> None:
    """Hear a witness no more; what it cosigned stays good.

    Raises:
        Refusal: `witness_not_found`, `witness_retired`.

    """
    row = _hold(deed, witness_id)
    row.retired_at = deed.now
    row.code_sha256 = row.code_until = None
    record(deed, "witness.retired", f"witness:{row.id}", {"name": row.name})


def take_cosignature(deed: Deed, *, size: int, line: str) -> bool:
    """Keep a witness's word about a signed head; a second one for the same head changes nothing.

    It leaves no line in the log: it proves itself, and a line would be a change that the head does not cover.

    Args:
        deed: the open deed.
        size: how many lines the head covers.
        line: the signature line, an em dash and the rest, as it stands in a note.

    Returns:
        Whether it was new.

    Raises:
        Refusal: `audit_size_not_found`, `witness_unknown`, `witness_retired`,
            `cosignature_wrong`, `cosignature_clock` {ahead, time} when the tablet's clock cannot be right.

    """
    head = deed.session.scalar(select(AuditCheckpoint).where(AuditCheckpoint.size == size))
    if head is None:
        raise Refusal("audit_size_not_found", {"size": size})
    row, key = _witness_of(deed, line)
    try:
        signature, time = open_cosignature(line, split_note(head.note)[0], key)
    except BadNote as error:
        raise Refusal("cosignature_wrong", {"name": row.name, "size": size}) from error
    same = (AuditCosignature.checkpoint_id == head.id, AuditCosignature.witness_id == row.id)
    if deed.session.scalar(select(AuditCosignature.id).where(*same)):
        return False
    if refusal := why_not_this_time(time, signed_at=head.at, now=deed.now):
        raise refusal
    deed.session.add(
        AuditCosignature(
            checkpoint_id=head.id, witness_id=row.id, time=time, line=signature.line(), received_at=deed.now
        )
    )
    return True


def _witness_of(deed: Deed, line: str) -> tuple[AuditWitness, Verifier]:
    """Find who a signature line says it is of, and hold that row: two taps follow each other."""
    name = line.partition(" ")[2].partition(" ")[0]
    row = deed.session.scalar(select(AuditWitness).where(AuditWitness.name == name).with_for_update())
    if row is None or row.vkey is None:
        raise Refusal("witness_unknown", {"name": name[:80]})
    if row.retired_at is not None:
        raise Refusal("witness_retired", {"name": row.name})
    return row, read_vkey(row.vkey)


def _hold(deed: Deed, witness_id: int) -> AuditWitness:
    row = locked(deed.session, AuditWitness, witness_id)
    if row is None:
        raise Refusal("witness_not_found", {"witness": witness_id})
    if row.retired_at is not None:
        raise Refusal("witness_retired", {"name": row.name})
    return row


def _give_code(row: AuditWitness, now: datetime, chance: Chance) -> str:
    code = new_code(chance)
    row.code_sha256, row.code_until = hash_of_code(code), now + CODE_SERVES
    return code
