"""What the programme forgets of an edition; requests and places stay for the counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, or_, select, update

from village.people.rules.retention import Keeper, Stage
from village.workshops.models import Notice, Registration, RegistrationGroup, Trainer, Workshop, WorkshopInvitation

if TYPE_CHECKING:
    from village.kit.deeds import Deed


def forget_notices(deed: Deed, edition_id: int, _limit: int) -> int:
    """Take out what people were told of their places."""
    gone = delete(Notice).where(Notice.edition_id == edition_id).returning(Notice.id)
    return len(deed.session.scalars(gone).all())


def forget_invitations(deed: Deed, edition_id: int, _limit: int) -> int:
    """Take out who was invited by name or telephone."""
    own = select(Workshop.id).where(Workshop.edition_id == edition_id)
    gone = delete(WorkshopInvitation).where(WorkshopInvitation.workshop_id.in_(own)).returning(WorkshopInvitation.id)
    return len(deed.session.scalars(gone).all())


def forget_remarks(deed: Deed, edition_id: int, _limit: int) -> int:
    """Take out what staff wrote beside requests, and the names of groups."""
    reasons = (
        update(Registration)
        .where(Registration.edition_id == edition_id, Registration.reason != "")
        .values(reason="")
        .returning(Registration.id)
    )
    names = (
        update(RegistrationGroup)
        .where(RegistrationGroup.edition_id == edition_id, RegistrationGroup.name != "")
        .values(name="", link_version=RegistrationGroup.link_version + 1)
        .returning(RegistrationGroup.id)
    )
    return len(deed.session.scalars(reasons).all()) + len(deed.session.scalars(names).all())


def forget_trainers(deed: Deed, edition_id: int, _limit: int) -> int:
    """Take out how trainers are reached, and end their links; their names stand in the programme that was public."""
    gone = (
        update(Trainer)
        .where(Trainer.edition_id == edition_id, or_(Trainer.phone.is_not(None), Trainer.email.is_not(None)))
        .values(phone=None, email=None, link_version=Trainer.link_version + 1)
        .returning(Trainer.id)
    )
    return len(deed.session.scalars(gone).all())


KEEPERS = (
    Keeper("notices", Stage.YEAR, forget_notices),
    Keeper("invitations", Stage.YEAR, forget_invitations),
    Keeper("remarks", Stage.YEAR, forget_remarks),
    Keeper("trainers", Stage.YEAR, forget_trainers),
)
