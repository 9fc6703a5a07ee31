"""Fields for days, hours and numbers: what was typed stays, and the reader's language says what to mend."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from flask import g
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms.validators import InputRequired, NumberRange, Optional

from village.kit.fields import ClockField, DayField, MoneyField, NumberField, WholeField

pytestmark = pytest.mark.sqlite_only


class SlotForm(FlaskForm):
    day = DayField("Jour", [InputRequired()])
    starts = ClockField("Heure", [Optional()])
    places = WholeField("Places", [Optional(), NumberRange(0, 500)])
    score = NumberField("Note", [Optional()], most=20)
    price = MoneyField("Prix", [Optional()])


@pytest.fixture
def typed(app):
    def read(lang="fr", **values):
        with app.test_request_context("/"):
            g.lang = lang
            form = SlotForm(MultiDict(values), meta={"csrf": False})
            return form.validate(), form, {field.name: str(field()) for field in form}

    return read


def test_what_people_type_is_read(typed):
    fine, form, _shown = typed(day="الجمعة 4 دجنبر 2026", starts="14 h 05", places="٤٠", score="1.234", price="1 234,50 DH")
    assert fine
    assert (form.day.data, form.starts.data, form.places.data) == (date(2026, 12, 4), time(14, 5), 40)
    assert (form.score.data, form.price.data) == (Decimal("1.234"), Decimal("1234.50"))


@pytest.mark.parametrize(
    ("lang", "said"), [("ar", "اليوم قبل الشهر"), ("fr", "Le jour se place avant le mois"), ("en", "The day comes before the month")]
)
def test_what_cannot_be_read_stays_and_is_explained(typed, lang, said):
    fine, form, shown = typed(lang, day="12/27/2026", starts="25 h", places="1,5", score="douze", price="1,2345")
    assert not fine
    assert said in form.day.errors[0]
    assert 'value="12/27/2026"' in shown["day"]
    assert 'value="25 h"' in shown["starts"]
    assert all(form[name].data is None and form[name].errors for name in ("day", "starts", "places", "score", "price"))


def test_nothing_typed_is_no_fault_where_nothing_is_needed(typed):
    fine, form, _shown = typed(day="04/12/2026", starts=" ", places="", score="", price="")
    assert fine
    assert (form.starts.data, form.places.data, form.score.data, form.price.data) == (None, None, None, None)
    assert not typed(day="")[0]
    assert not typed(day="04/12/2026", places="9 000")[0]


def test_a_value_is_written_the_way_it_is_read_back(app, typed):
    with app.test_request_context("/"):
        g.lang = "fr"
        form = SlotForm(
            MultiDict(), meta={"csrf": False}, day=date(2026, 12, 4), starts=time(9, 5), places=120,
            score=Decimal("15.5"), price=Decimal("1234.50"),
        )  # fmt: skip
        written = {field.name: field._value() for field in form}
    assert written == {"day": "04/12/2026", "starts": "09:05", "places": "120", "score": "15,5", "price": "1234,50"}
    fine, again, _shown = typed(**written)
    assert fine
    assert (again.day.data, again.places.data, again.price.data) == (date(2026, 12, 4), 120, Decimal("1234.50"))
