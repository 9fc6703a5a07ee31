"""Conditions on both databases: prerequisites, audience, invitations, reserves, maxima, offers, groups, transfers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from tests.cast import FADMA, MINA, NAIMA, YOUSSEF
from tests.factories import make_edition, make_exhibitor, make_person
from village.exhibitors.actions import add_delegates
from village.kit.refusal import Refusal
from village.people.actions import erase_person, merge_people, undo_merge
from village.workshops.actions import (
    REGISTRATIONS,
    NewReserve,
    NewRules,
    accept_offer,
    cancel_registration,
    change_places,
    import_programme,
    invite,
    lapse_offers,
    register,
    register_together,
    set_policy,
    set_rules,
    transfer_place,
    uninvite,
    why_not_transfer,
)
from village.workshops.actions.merging import forget, hold_workshops
from village.workshops.models import RegistrationGroup
from village.workshops.queries import find_standing, list_agenda, list_due, session_rules, waiting_line
from village.workshops.rules import Audience, Channel, Mode, NewWorkshop, Result, WaitingMode

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from sqlalchemy.orm import Session

    from village.kit.deeds import Deed

    Act = Callable[..., AbstractContextManager[Deed]]

BEFORE = datetime(2026, 11, 20, 9, tzinfo=UTC)
EVE = datetime(2026, 12, 2, 12, tzinfo=UTC)
TRAINING = NewWorkshop(
    "W01", "الأساسيات", "Les bases", "training", Mode.ONSITE, "M1", date(2026, 12, 4), time(10), time(12), 120, 2
)
PROGRAMME = (
    TRAINING,
    replace(TRAINING, code="W02", title_fr="La suite", starts=time(14, 30), ends=time(16)),
    replace(TRAINING, code="W03", title_fr="Encore", room="M2", capacity=30),
    replace(TRAINING, code="W04", title_fr="En ligne aussi", mode=Mode.HYBRID, online_capacity=1, day=date(2026, 12, 5)),
)


class Fair:
    """The edition, workshops and people of these tests."""

    def __init__(self, act: Act, engine: sa.Engine) -> None:
        self.act, self.engine = act, engine
        with act("system", at=BEFORE) as deed:
            self.edition = make_edition(deed)
            self.workshops = import_programme(deed, self.edition, [], PROGRAMME)
            self.tifawin = make_exhibitor(deed, self.edition)
            self.youssef = make_person(deed, self.edition, YOUSSEF)
            self.fadma = make_person(deed, self.edition, FADMA)
            self.mina = make_person(deed, self.edition, MINA)
            self.crowd = [make_person(deed, self.edition, NAIMA) for _ in range(6)]
            self.delegates = [make_person(deed, self.edition, NAIMA) for _ in range(3)]
            add_delegates(deed, [(person, self.tifawin) for person in self.delegates])

    def do(self, what: Any, *, at: datetime = BEFORE, **more: Any) -> Any:
        """Do one thing in a deed of its own; `code` names the workshop."""
        if "code" in more:
            more["workshop_id"] = self.workshops[more.pop("code")]
        with self.act("organiser", at=at) as deed:
            return what(deed, **more)

    def register(self, person: int, code: str = "W01", **more: Any) -> Any:
        """Register somebody."""
        return self.do(register, person_id=person, code=code, **more)

    def cancel(self, person: int, code: str = "W01", **more: Any) -> Any:
        """Give a place back."""
        return self.do(cancel_registration, person_id=person, code=code, **more)

    def rules(self, code: str = "W01", **different: Any) -> Any:
        """Set the rules of a session."""
        return self.do(set_rules, code=code, rules=NewRules(**different))

    def group(self, size: int = 4, *, together: bool = True, code: str = "W01") -> int:
        """Open a group."""
        with self.act("organiser", at=BEFORE) as deed:
            row = RegistrationGroup(
                edition_id=self.edition, workshop_id=self.workshops[code], size=size, together=together, made_at=BEFORE
            )
            deed.session.add(row)
            deed.session.flush()
            return row.id

    def states(self, code: str = "W01") -> dict[int, str]:
        """Return the live state of everybody in a session, and hold the counters to it."""
        with self.engine.connect() as connection:
            rows = connection.execute(
                sa.text(
                    "SELECT r.person_id, r.status, r.channel FROM registration r JOIN workshop w ON w.id = r.workshop_id "
                    "WHERE w.code = :code AND r.status IN ('confirmed', 'offered', 'waitlisted') ORDER BY r.seq"
                ),
                {"code": code},
            ).all()
            counted = connection.execute(
                sa.text("SELECT taken_onsite, taken_online FROM workshop WHERE code = :code"), {"code": code}
            ).one()
        holding = [r.channel for r in rows if r.status != "waitlisted"]
        assert tuple(counted) == (holding.count("onsite"), holding.count("online"))
        return {r.person_id: r.status for r in rows}

    def told(self, person: int) -> list[str]:
        """Return what somebody is to be told, in order."""
        with self.engine.connect() as connection:
            query = sa.text("SELECT kind FROM notice WHERE person_id = :person ORDER BY id")
            return list(connection.scalars(query, {"person": person}))


@pytest.fixture
def fair(act: Act, engine: sa.Engine) -> Fair:
    """A small fair before its opening."""
    return Fair(act, engine)


def codes(call: Callable[..., Any], *args: Any, **more: Any) -> list[str]:
    """Return everything that objects to a deed."""
    with pytest.raises(Refusal) as caught:
        call(*args, **more)
    return [no.code for no in caught.value.objections]


# ---- prerequisites


def test_a_prerequisite_is_held_first_and_given_back_last(fair: Fair) -> None:
    fair.rules("W02", prerequisites=(fair.workshops["W01"],))
    assert codes(fair.register, fair.youssef, "W02") == ["prerequisite_missing"]
    fair.register(fair.youssef, "W01")
    assert fair.register(fair.youssef, "W02").result is Result.CONFIRMED
    assert codes(fair.cancel, fair.youssef, "W01") == ["needed_by"]
    assert fair.states("W01") == {fair.youssef: "confirmed"}
    both = fair.cancel(fair.youssef, "W01", also=True)
    assert (both.result, both.also) == (Result.CANCELLED, ("W02",))
    assert fair.states("W01") == fair.states("W02") == {}
    assert fair.told(fair.youssef) == ["confirmed", "confirmed", "cancelled", "cancelled"]


def test_a_prerequisite_ends_before(fair: Fair) -> None:
    found = codes(fair.rules, "W01", prerequisites=(fair.workshops["W01"], fair.workshops["W02"]))
    assert sorted(found) == ["prerequisite_itself", "prerequisite_not_before"]


def test_who_lost_the_prerequisite_is_passed_over(fair: Fair, session: Session) -> None:
    fair.rules("W02", prerequisites=(fair.workshops["W01"],))
    for person in (fair.youssef, fair.fadma):
        fair.register(person, "W01")
    change = {"workshop_id": fair.workshops["W01"], "onsite": 9, "online": 0}
    fair.do(change_places, **change)
    for person in (fair.mina, *fair.crowd[:2]):
        fair.register(person, "W01")
    for person in (*fair.crowd[:2], fair.mina, fair.fadma):
        fair.register(person, "W02")
    fair.cancel(fair.mina, "W01")
    assert fair.cancel(fair.crowd[0], "W02").promoted.person_id == fair.fadma
    standing = find_standing(session, fair.workshops["W02"], fair.mina, BEFORE)
    assert standing is not None
    assert (standing.mine.position, [no.code for no in standing.mine.reasons]) == (1, ["prerequisite_missing"])


def test_a_prerequisite_given_back_while_the_next_is_taken(fair: Fair) -> None:
    fair.rules("W02", prerequisites=(fair.workshops["W01"],))
    fair.register(fair.youssef, "W01")

    def run(what: Callable[[], Any]) -> str:
        try:
            what()
        except Refusal as refusal:
            return refusal.code
        return "done"

    with ThreadPoolExecutor(2) as pool:
        deeds = (lambda: fair.cancel(fair.youssef, "W01"), lambda: fair.register(fair.youssef, "W02"))
        answers = set(pool.map(run, deeds))
    assert answers in ({"done", "needed_by"}, {"done", "prerequisite_missing"})
    assert fair.states("W02") == {} or fair.states("W01") == {fair.youssef: "confirmed"}


def test_who_gives_back_what_hindered_them_gets_the_free_place_for_which_they_waited(fair: Fair) -> None:
    for person in (*fair.crowd[:2], fair.youssef):
        fair.register(person, "W01")
    fair.register(fair.youssef, "W03")
    assert fair.cancel(fair.crowd[0], "W01").promoted is None
    assert fair.states("W01")[fair.youssef] == "waitlisted"
    fair.cancel(fair.youssef, "W03")
    assert fair.states("W01")[fair.youssef] == "confirmed"
    assert fair.told(fair.youssef) == ["waitlisted", "confirmed", "cancelled", "promoted"]


def test_who_hands_over_what_hindered_them_gets_the_free_place_for_which_they_waited(fair: Fair) -> None:
    for person in (*fair.crowd[:2], fair.youssef):
        fair.register(person, "W01")
    given = fair.register(fair.youssef, "W03").registration_id
    fair.cancel(fair.crowd[0], "W01")
    fair.do(transfer_place, registration_id=given, to_person_id=fair.fadma)
    assert fair.states("W01")[fair.youssef] == "confirmed"
    assert fair.states("W03") == {fair.fadma: "confirmed"}


def test_what_other_hours_made_free_is_given_in_the_round(fair: Fair, engine: sa.Engine) -> None:
    for person in (*fair.crowd[:2], fair.youssef):
        fair.register(person, "W01")
    fair.register(fair.youssef, "W03")
    fair.cancel(fair.crowd[0], "W01")
    assert fair.do(lapse_offers, edition_id=fair.edition) == 0
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE workshop SET day = '2026-12-05' WHERE code = 'W03'"))
    assert fair.do(lapse_offers, edition_id=fair.edition) == 1
    assert fair.states("W01")[fair.youssef] == "confirmed"


# ---- audience, invitations, maxima


def test_all_objections_come_together_and_staff_set_them_aside_with_a_reason(fair: Fair, session: Session) -> None:
    fair.do(set_policy, edition_id=fair.edition, max_per_person=1, max_per_day=1)
    fair.register(fair.youssef, "W04")
    fair.rules(
        "W02", audience=Audience.DELEGATES, prerequisites=(fair.workshops["W01"],), opens=BEFORE + timedelta(hours=1)
    )
    found = codes(fair.register, fair.youssef, "W02")
    assert found == ["registration_not_open", "audience_delegates", "prerequisite_missing", "person_maximum"]
    answer = fair.register(fair.youssef, "W02", override="he translates")
    assert answer.result is Result.CONFIRMED
    assert answer.overruled == tuple(found)
    bodies = session.scalars(sa.text("SELECT body FROM audit_entry WHERE code = 'registration.overruled'")).all()
    assert len(bodies) == 1
    assert b"translates" not in bytes(bodies[0])


def test_delegates_of_accepted_exhibitors_alone(fair: Fair) -> None:
    fair.rules(audience=Audience.DELEGATES, max_per_exhibitor=1)
    assert codes(fair.register, fair.youssef) == ["audience_delegates"]
    assert fair.register(fair.delegates[0]).result is Result.CONFIRMED
    assert codes(fair.register, fair.delegates[1]) == ["exhibitor_maximum"]


def test_by_invitation_by_name_or_telephone(fair: Fair, session: Session) -> None:
    fair.rules(audience=Audience.INVITED)
    assert codes(fair.register, fair.youssef) == ["audience_invited"]
    assert fair.do(invite, code="W01", person_ids=[fair.mina], phones=[FADMA.phone, FADMA.phone]) == 2
    assert fair.do(invite, code="W01", person_ids=[fair.mina], phones=[FADMA.phone]) == 0
    assert {fair.register(p).result for p in (fair.mina, fair.fadma)} == {Result.CONFIRMED}
    invitations = session_rules(session, fair.workshops["W01"], BEFORE).invitations
    assert [i.registered for i in invitations] == [True, True]
    fair.do(uninvite, code="W01", invitation_id=invitations[0].id)
    assert codes(fair.do, uninvite, code="W01", invitation_id=invitations[0].id) == ["invitation_not_found"]
    assert fair.states() == {fair.mina: "confirmed", fair.fadma: "confirmed"}


def test_a_maximum_passes_over_until_a_place_is_given_back(fair: Fair) -> None:
    for person in fair.crowd[:2]:
        fair.register(person, "W02")
    fair.register(fair.youssef, "W02")
    fair.register(fair.youssef, "W04")
    fair.do(set_policy, edition_id=fair.edition, max_per_person=1, max_per_day=None)
    assert fair.cancel(fair.crowd[0], "W02").promoted is None
    moved = fair.do(set_policy, edition_id=fair.edition, max_per_person=2, max_per_day=1)
    assert [m.person_id for m in moved] == [fair.youssef]
    assert codes(fair.register, fair.youssef, "W01") == ["person_maximum", "person_day_maximum"]
    assert codes(fair.do, set_policy, edition_id=fair.edition, max_per_person=0, max_per_day=None) == ["maximum_wrong"]


# ---- reserves


def test_a_reserve_is_kept_used_and_opened_in_time(fair: Fair, session: Session) -> None:
    opens = BEFORE + timedelta(days=2)
    fair.rules(reserves=(NewReserve(Channel.ONSITE, 1, Audience.DELEGATES, until=opens),))
    assert fair.register(fair.youssef).result is Result.CONFIRMED
    assert fair.register(fair.fadma).result is Result.WAITLISTED
    (row,) = waiting_line(session, fair.workshops["W01"], BEFORE)
    assert [no.code for no in row.reasons] == ["waits_reserved"]
    assert fair.register(fair.delegates[0]).result is Result.CONFIRMED
    # The reserve's place is free again: it stays with those whom it serves, until its time is over.
    assert fair.cancel(fair.delegates[0]).promoted is None
    assert fair.do(lapse_offers, edition_id=fair.edition) == 0
    session.rollback()
    assert list_due(session, fair.edition, opens) == [fair.workshops["W01"]]
    # Whoever comes new in that instant does not pass those who waited, though no round was made yet.
    assert fair.register(fair.mina, at=opens).result is Result.WAITLISTED
    assert fair.states() == {fair.youssef: "confirmed", fair.fadma: "confirmed", fair.mina: "waitlisted"}


def test_a_reserve_counts_those_of_its_audience_who_came_before_it(fair: Fair, session: Session) -> None:
    fair.register(fair.delegates[0])
    fair.rules(reserves=(NewReserve(Channel.ONSITE, 1, exhibitor_id=fair.tifawin),))
    assert session_rules(session, fair.workshops["W01"], BEFORE).reserves[0].used == 1
    assert fair.register(fair.youssef).result is Result.CONFIRMED


def test_rules_that_cannot_be_are_refused_all_at_once(fair: Fair) -> None:
    found = codes(
        fair.rules,
        opens=BEFORE,
        closes=BEFORE,
        waiting=WaitingMode.OFFER,
        offer_minutes=1,
        max_per_exhibitor=0,
        reserves=(NewReserve(Channel.ONSITE, 3, Audience.INVITED), NewReserve(Channel.ONSITE, 1)),
    )
    wrong = ["closes_before_opens", "offer_minutes_wrong", "maximum_wrong", "reserve_wrong", "reserves_exceed"]
    assert found == wrong


# ---- offers


@pytest.fixture
def offering(fair: Fair) -> Fair:
    """W01 is full, Fadma and Mina wait, and Youssef's place is offered to Fadma for an hour."""
    fair.rules(waiting=WaitingMode.OFFER, offer_minutes=60)
    for person in (fair.youssef, fair.crowd[0], fair.fadma, fair.mina):
        fair.register(person)
    cancelled = fair.cancel(fair.youssef)
    assert cancelled.promoted.person_id == fair.fadma
    assert cancelled.promoted.offered_until == BEFORE + timedelta(hours=1)
    assert fair.states() == {fair.crowd[0]: "confirmed", fair.fadma: "offered", fair.mina: "waitlisted"}
    return fair


def test_an_offer_is_taken_once(offering: Fair) -> None:
    for _ in range(2):
        assert offering.do(accept_offer, person_id=offering.fadma, code="W01") is Channel.ONSITE
    assert offering.states()[offering.fadma] == "confirmed"
    assert offering.told(offering.fadma) == ["waitlisted", "offered", "confirmed"]
    assert codes(offering.do, accept_offer, person_id=offering.mina, code="W01") == ["offer_none"]


def test_a_declined_offer_goes_on(offering: Fair) -> None:
    assert offering.cancel(offering.fadma).promoted.person_id == offering.mina
    assert offering.states() == {offering.crowd[0]: "confirmed", offering.mina: "offered"}


def test_an_offer_lapses_and_a_late_answer_is_told_so(offering: Fair) -> None:
    late = BEFORE + timedelta(hours=1)
    assert codes(offering.do, accept_offer, person_id=offering.fadma, code="W01", at=late) == ["offer_lapsed"]
    assert offering.do(lapse_offers, edition_id=offering.edition, at=late) == 2
    assert offering.states() == {offering.crowd[0]: "confirmed", offering.mina: "offered"}
    assert codes(offering.do, accept_offer, person_id=offering.fadma, code="W01", at=late) == ["offer_lapsed"]
    assert offering.told(offering.fadma) == ["waitlisted", "offered", "lapsed"]
    assert offering.register(offering.fadma, at=late).result is Result.WAITLISTED


def test_an_offer_is_never_longer_than_until_the_session_begins(fair: Fair) -> None:
    fair.rules(waiting=WaitingMode.OFFER, offer_minutes=1440)
    for person in (fair.youssef, fair.crowd[0], fair.fadma):
        fair.register(person)
    begins = datetime(2026, 12, 4, 10, tzinfo=UTC)
    assert fair.cancel(fair.youssef, at=begins - timedelta(hours=2)).promoted.offered_until == begins
    assert fair.do(lapse_offers, edition_id=fair.edition, at=begins) == 1
    assert fair.register(fair.mina, at=begins).result is Result.CONFIRMED


def test_who_took_another_place_meanwhile_cannot_accept(offering: Fair) -> None:
    offering.register(offering.fadma, "W03")
    assert codes(offering.do, accept_offer, person_id=offering.fadma, code="W01") == ["refused_overlap"]


def test_whoever_comes_new_ends_what_lapsed_first(offering: Fair) -> None:
    late = BEFORE + timedelta(hours=2)
    assert offering.register(offering.crowd[1], at=late).result is Result.WAITLISTED
    assert offering.states()[offering.mina] == "offered"


def test_accepting_and_lapsing_in_one_instant(offering: Fair) -> None:
    def run(number: int) -> str:
        try:
            if number % 2:
                offering.do(accept_offer, person_id=offering.fadma, code="W01", at=BEFORE + timedelta(minutes=59))
            else:
                offering.do(lapse_offers, edition_id=offering.edition, at=BEFORE + timedelta(hours=1))
        except Refusal as refusal:
            return refusal.code
        return "done"

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(run, range(4)))
    states = offering.states()
    assert [states.get(offering.fadma), states[offering.mina]] in (["confirmed", "waitlisted"], [None, "offered"])
    assert set(answers) <= {"done", "offer_lapsed", "done_meanwhile"}


# ---- groups


def test_a_group_gets_places_for_all_or_waits_as_one(fair: Fair, session: Session) -> None:
    of = fair.group()
    fair.register(fair.youssef)
    three = fair.do(register_together, group_id=of, person_ids=fair.crowd[:2])
    assert [a.result for a in three] == [Result.WAITLISTED] * 2
    assert fair.told(fair.crowd[0]) == ["waitlisted"]
    # One place is free, but it is gathered for the group: whoever comes alone waits behind.
    assert fair.register(fair.fadma).result is Result.WAITLISTED
    rows = waiting_line(session, fair.workshops["W01"], BEFORE)
    assert [[no.code for no in row.reasons] for row in rows] == [["waits_together"]] * 2 + [["waits_behind_group"]]
    assert [m.person_id for m in fair.cancel(fair.youssef).moved] == fair.crowd[:2]
    # Two days before the session nothing is gathered any more.
    assert set(fair.states().values()) == {"confirmed", "waitlisted"}


def test_before_the_session_the_places_go_to_those_behind(fair: Fair) -> None:
    of = fair.group()
    fair.register(fair.youssef)
    fair.do(register_together, group_id=of, person_ids=fair.crowd[:2])
    fair.register(fair.fadma)
    assert fair.do(lapse_offers, edition_id=fair.edition) == 0
    assert fair.do(lapse_offers, edition_id=fair.edition, at=EVE) == 1
    assert fair.states()[fair.fadma] == "confirmed"


def test_who_joins_a_group_that_waits_waits_with_it(fair: Fair, session: Session) -> None:
    of = fair.group()
    fair.register(fair.youssef)
    fair.do(register_together, group_id=of, person_ids=fair.crowd[:2])
    assert fair.register(fair.crowd[2], group_id=of).result is Result.WAITLISTED
    assert fair.do(change_places, workshop_id=fair.workshops["W01"], onsite=3, online=0) == []
    fair.register(fair.mina)
    fair.register(fair.crowd[3], group_id=of)
    places = [list_agenda(session, fair.edition, p)[0].registration.position for p in (fair.mina, *fair.crowd[:4])]
    assert places == [1, 2, 3, 4, 5]
    fair.cancel(fair.crowd[3])
    # One of the three goes: the other two fit.
    assert [m.person_id for m in fair.cancel(fair.crowd[2]).moved] == fair.crowd[:2]


def test_what_objects_to_one_of_a_group_objects_to_all(fair: Fair) -> None:
    fair.register(fair.crowd[1], "W03")
    of = fair.group(together=False)
    with pytest.raises(Refusal) as caught:
        fair.do(register_together, group_id=of, person_ids=fair.crowd[:3])
    assert [(no.code, no.facts["person"]) for no in caught.value.objections] == [("refused_overlap", fair.crowd[1])]
    assert fair.states() == {}
    answers = fair.do(register_together, group_id=of, person_ids=[fair.crowd[0], fair.crowd[2], fair.crowd[3]])
    assert [a.result.value for a in answers] == ["confirmed", "confirmed", "waitlisted"]
    assert [a.seq for a in answers] == [1, 2, 3]


def test_groups_offers_and_people_alone_at_once_never_pass_the_capacity(fair: Fair) -> None:
    fair.rules(waiting=WaitingMode.OFFER, offer_minutes=60)
    groups = [fair.group(), fair.group()]

    def come(number: int) -> str:
        try:
            if number < 2:
                fair.do(register_together, group_id=groups[number], person_ids=fair.crowd[number * 2 : number * 2 + 2])
            elif number < 5:
                fair.register((fair.youssef, fair.fadma, fair.mina)[number - 2])
            else:
                fair.cancel(fair.crowd[(number - 5) * 2])
        except Refusal as refusal:
            return refusal.code
        return "done"

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(come, range(7))) <= {"done", "done_meanwhile"}
    assert sum(state != "waitlisted" for state in fair.states().values()) <= 2


# ---- a place changes hands


def test_a_place_goes_to_another_person_who_passes_all_rules(fair: Fair, session: Session) -> None:
    given = fair.register(fair.youssef).registration_id
    fair.register(fair.fadma, "W03")
    to = {"registration_id": given, "to_person_id": fair.fadma}
    assert codes(fair.do, transfer_place, **to) == ["refused_overlap"]
    no = why_not_transfer(session, **to, now=BEFORE)
    assert no is not None
    assert no.code == "refused_overlap"
    fair.cancel(fair.fadma, "W03")
    done = fair.do(transfer_place, **to)
    assert done.channel is Channel.ONSITE
    assert fair.states() == {fair.fadma: "confirmed"}
    assert fair.told(fair.youssef) == ["confirmed", "transferred"]
    assert codes(fair.do, transfer_place, **to) == ["transfer_not_confirmed"]
    session.rollback()
    row = session.execute(
        sa.text("SELECT via, transferred_from_id FROM registration WHERE id = :id"), {"id": done.registration_id}
    ).one()
    assert tuple(row) == ("transfer", given)


def test_a_transfer_ends_the_wait_of_who_receives_and_keeps_needs(fair: Fair) -> None:
    fair.rules("W02", prerequisites=(fair.workshops["W01"],))
    given = fair.register(fair.youssef).registration_id
    fair.register(fair.crowd[0])
    fair.register(fair.mina)
    fair.register(fair.youssef, "W02")
    to = {"registration_id": given, "to_person_id": fair.mina}
    assert codes(fair.do, transfer_place, **to) == ["needed_by"]
    fair.cancel(fair.youssef, "W02")
    fair.do(transfer_place, **to)
    assert fair.states() == {fair.crowd[0]: "confirmed", fair.mina: "confirmed"}
    begun = datetime(2026, 12, 4, 10, tzinfo=UTC)
    again = {"registration_id": fair.register(fair.youssef, "W04").registration_id, "to_person_id": fair.youssef}
    assert codes(fair.do, transfer_place, **again) == ["transfer_same"]
    assert codes(fair.do, transfer_place, **{**again, "to_person_id": fair.fadma}, at=begun + timedelta(days=1)) == [
        "transfer_begun"
    ]


def test_a_kept_place_does_not_leave_its_reserve(fair: Fair) -> None:
    fair.rules(reserves=(NewReserve(Channel.ONSITE, 1, Audience.DELEGATES),))
    given = fair.register(fair.delegates[0]).registration_id
    fair.register(fair.youssef)
    to = {"registration_id": given, "to_person_id": fair.fadma}
    assert codes(fair.do, transfer_place, **to) == ["place_reserved"]
    assert codes(fair.do, transfer_place, **to, by_staff=True) == ["place_reserved"]
    done = fair.do(transfer_place, **to, by_staff=True, reason="the cooperative asked for it")
    assert done.overruled == ("place_reserved",)


# ---- two persons who are one


def test_merging_knows_offers_notices_and_invitations(offering: Fair) -> None:
    offering.do(invite, code="W04", person_ids=[offering.fadma, offering.mina])
    merge = offering.do(merge_people, kept_id=offering.mina, gone_id=offering.fadma, movers=(REGISTRATIONS,))
    assert offering.states() == {offering.crowd[0]: "confirmed", offering.mina: "offered"}
    assert sorted(offering.told(offering.mina)) == ["offered", "waitlisted", "waitlisted"]
    assert offering.told(offering.fadma) == []
    offering.do(undo_merge, merge_id=merge, movers=(REGISTRATIONS,))
    assert offering.states() == {
        offering.crowd[0]: "confirmed", offering.fadma: "offered", offering.mina: "waitlisted"
    }  # fmt: skip
    assert offering.told(offering.mina) == ["waitlisted"]


def test_who_is_erased_is_invited_no_more_and_told_nothing(fair: Fair, session: Session) -> None:
    fair.do(invite, code="W01", person_ids=[fair.fadma], phones=[FADMA.phone, NAIMA.phone])
    fair.register(fair.fadma)
    fair.do(erase_person, person_id=fair.fadma, forgetters=(forget,), hold=(hold_workshops,))
    assert fair.states() == {}
    assert fair.told(fair.fadma) == []
    # The telephone that others share stays.
    assert session.scalars(sa.text("SELECT phone FROM workshop_invitation")).all() == [NAIMA.phone]
