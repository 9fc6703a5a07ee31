"""Taking persons in: codes never meet, and no name is too long to be found."""

from __future__ import annotations

from tests.factories import make_edition
from village.people.actions import add_people, add_person
from village.people.queries import get_person, list_people
from village.people.rules import NewPerson


def test_new_codes_step_over_those_that_came_with_a_list(act, session):
    given = ["P002", "P004", *(f"P{number:03d}" for number in range(6, 120))]
    with act("system") as deed:
        edition = make_edition(deed)
        add_people(deed, edition, [NewPerson(given_fr="Aïcha", code=code) for code in given])
    with act("public") as deed:
        late = add_person(deed, edition, NewPerson(given_fr="Fatima"))
    with act("organiser") as deed:
        add_people(deed, edition, [NewPerson(given_fr="Omar"), NewPerson(given_fr="Ali", code="P121"), NewPerson(given_fr="Salma")])
    assert get_person(session, late).code == "P120"
    assert [row.code for row in list_people(session, edition)][-3:] == ["P121", "P122", "P123"]


def test_nobody_is_nobody(act, session):
    with act("system") as deed:
        edition = make_edition(deed)
        assert add_people(deed, edition, []) == []
    assert list_people(session, edition) == []


def test_a_name_of_letters_that_unfold_into_many_is_taken_in(act, session):
    name = "ﷺ" * 80
    with act("system") as deed:
        edition = make_edition(deed)
        person = add_person(deed, edition, NewPerson(given_ar=name, family_fr="b p" * 26, given_fr="z t" * 26))
    assert get_person(session, person).given_ar == name
