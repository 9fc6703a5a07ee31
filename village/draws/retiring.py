"""What is forgotten of a draw after three years: who sat there, what was observed, pictures of prizes given.

The draw itself stays: list, numbers, ranking and turns name nobody, and its proofs need every line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import or_, select, update

from village.draws.models import Draw, DrawIncident, DrawMember, DrawSeat, DrawTurn
from village.draws.queries import minutes_key
from village.people.rules.retention import FILES, Keeper, Stage

if TYPE_CHECKING:
    from village.kit.deeds import Deed

_NO_NAME: Final = {"name_ar": "(اسم محذوف)", "name_fr": "(nom effacé)"}
_NO_TEXT: Final = {"text_ar": "(نص محذوف)", "text_fr": "(texte effacé)"}
_WRITTEN: Final = ((DrawMember, _NO_NAME), (DrawSeat, _NO_NAME), (DrawIncident, _NO_TEXT))


def forget_commission(deed: Deed, edition_id: int, _limit: int) -> int:
    """Take out the names of members and witnesses and the words of observations; roles, seats and hours stay."""
    here = select(Draw.id).where(Draw.edition_id == edition_id)
    gone = 0
    for table, words in _WRITTEN:
        told = table.draw_id.in_(here), or_(*(getattr(table, name).not_in(("", word)) for name, word in words.items()))
        gone += len(deed.session.scalars(select(table.id).where(*told)).all())
        deed.session.execute(update(table).where(*told).values(words))
    linked = DrawSeat.draw_id.in_(here), or_(DrawSeat.person_id.is_not(None), DrawSeat.ties != "")
    gone += len(deed.session.scalars(select(DrawSeat.id).where(*linked)).all())
    deed.session.execute(update(DrawSeat).where(*linked).values(person_id=None, ties=""))
    if gone:
        # Minutes printed before name them too; whoever asks again has them printed without.
        deed.notes.setdefault(FILES, []).extend(minutes_key(number) for number in deed.session.scalars(here))
    return gone


def forget_proofs(deed: Deed, edition_id: int, _limit: int) -> int:
    """Take out the pictures of prizes that were handed over; their digests stay, as in the log."""
    here = select(Draw.id).where(Draw.edition_id == edition_id)
    kept = DrawTurn.draw_id.in_(here), DrawTurn.proof_key.is_not(None)
    keys = deed.session.scalars(select(DrawTurn.proof_key).where(*kept)).all()
    if keys:
        deed.session.execute(update(DrawTurn).where(*kept).values(proof_key=None))
        deed.notes.setdefault(FILES, []).extend(keys)
    return len(keys)


KEEPERS: Final = (
    Keeper("draw_people", Stage.THREE_YEARS, forget_commission),
    Keeper("draw_pictures", Stage.THREE_YEARS, forget_proofs),
)
