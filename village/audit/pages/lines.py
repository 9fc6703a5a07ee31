"""A line of the log: its proof for everybody; in words, with what it changed, for those who may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from village.audit import queries
from village.audit.keys import log_verifiers
from village.audit.kinds import things_of
from village.audit.pages.shared import Fact, Names, bp, fact_name, say, zone
from village.audit.rules import is_public
from village.kit.db import db
from village.kit.guard import may, public
from village.kit.i18n import current_lang
from village.kit.web import keys, limiter, page

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from village.audit.queries import Before, EntryRow, InclusionProof


@bp.get("/log/line/<int:number>")
@public
@limiter.limit("60 per minute")
def line(number: int) -> Response:
    """One line: that it is in the log and sealed; what it says, for those who may read it."""
    session = db.session()
    entry = queries.get_entry(session, number - 1)
    seal = queries.latest_checkpoint(session)
    sealed = seal is not None and seal.size >= number
    proof = queries.get_inclusion(session, number - 1, seal.size if seal and sealed else None)
    auditor = may("audit.read")
    return page(
        "audit/line.html",
        entry=entry,
        proof=proof,
        seal=seal if sealed else None,
        vkeys=[verifier.vkey() for verifier in log_verifiers(keys())],
        told=_tell(entry) if auditor or is_public(entry.code) else None,
        later=queries.find_next(session, entry) if auditor else None,
        total=queries.get_head(session).size,
        zone=zone(),
        steps=_steps(proof),
    )


def _tell(entry: EntryRow) -> dict[str, Any]:
    """Tell a line in words beside the last one on the same thing; only auditors learn what is called how."""
    lang, auditor = current_lang(), may("audit.read")
    before = queries.get_before(db.session(), entry) if auditor else queries.Before(None)
    rows = [entry, before.line] if before.line else [entry]
    pointed = {name: value for name, (value, _number) in before.facts.items()}
    names = Names(rows, more=things_of(pointed), named=auditor)
    return {
        "said": say(entry, lang),
        "who": names.of(entry.actor),
        "thing": names.of(entry.thing),
        "facts": [_fact(name, value, before, names) for name, value in entry.facts.items()],
        "before": before.line,
        "before_said": say(before.line, lang) if before.line else "",
        "before_who": names.of(before.line.actor) if before.line else None,
    }


def _fact(name: str, value: Any, before: Before, names: Names) -> Fact:
    known = name in before.facts
    was, number = before.facts.get(name, (None, None))
    return Fact(
        fact_name(name, current_lang()),
        names.value(name, value),
        names.value(name, was) if known else None,
        number,
        known and was != value,
    )


def _steps(proof: InclusionProof) -> list[tuple[int, str]]:
    """Number the hashes of a proof as they are joined."""
    return [(number, each.hex()) for number, each in enumerate(proof.path, 1)]
