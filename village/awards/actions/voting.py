"""The vote of visitors, where a category's rules give it a weight: one badge, one ballot, and nobody is named."""

from typing import Protocol

from sqlalchemy import select

from village.audit.actions import record
from village.awards import rules
from village.awards.actions.loading import criteria_of, load_nominee
from village.awards.models import AwardBallot
from village.awards.rules import CategoryState
from village.kit.deeds import Deed
from village.kit.refusal import Refusal


class Keys(Protocol):
    """The one thing a vote needs of the keyring."""

    def mac(self, purpose: str, data: bytes) -> bytes:
        """Return a keyed hash of data."""
        ...


def cast_ballot(deed: Deed, *, category_id: int, nominee_id: int, badge: str, keys: Keys) -> None:
    """Cast the one ballot of a badge in a category. What was voted stays out of the log; that a ballot came, is in.

    Args:
        deed: the open deed.
        category_id: the category.
        nominee_id: for whom.
        badge: the code of the badge, after its token was verified.
        keys: the keyring: who voted is kept as a keyed hash, another in each category.

    Refusals: `nominee_not_found`, `no_public_vote`, `vote_not_open`, `already_voted`.

    """
    nominee, category = load_nominee(deed, nominee_id)
    if nominee.category_id != category_id:
        raise Refusal("nominee_not_found")
    if rules.voted(criteria_of(category)) is None:
        raise Refusal("no_public_vote", {"category": category.code})
    opens, closes = category.vote_opens_at, category.vote_closes_at
    if category.state != CategoryState.MARKING or not opens or not closes or not opens <= deed.now < closes:
        raise Refusal("vote_not_open", {"category": category.code})
    voter = voter_of(keys, category_id, badge)
    if deed.session.scalar(
        select(AwardBallot.id).where(AwardBallot.category_id == category_id, AwardBallot.voter == voter)
    ):
        raise Refusal("already_voted")
    deed.session.add(AwardBallot(category_id=category_id, nominee_id=nominee_id, voter=voter, cast_at=deed.now))
    record(deed, "ballot.cast", f"award:{category_id}", {"code": category.code, "voter": voter})


def voter_of(keys: Keys, category_id: int, badge: str) -> str:
    """Return the keyed hash under which a badge votes in one category: 64 hexadecimal digits."""
    return keys.mac("ballot", f"{category_id}:{badge.strip()}".encode()).hex()
