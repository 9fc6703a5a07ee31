"""Shapes of what the organiser types before the first mark: awards, criteria, nominees, dossiers, seats of the jury."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from village.awards.forms.jury import TIES
from village.awards.rules import FIGURES, PUBLIC_MOST, AwardClass, Panel, Seat, TieRule
from village.awards.rules.nominating import GREATEST_FIGURE, MOST_TEXT
from village.kit.fields import ClockField, DayField, WholeField

if TYPE_CHECKING:
    from collections.abc import Mapping

WANTED: Final = _l("Please fill in this field.")
NAME: Final = 200
MOST_CRITERIA: Final = 12
MOST_WINNERS: Final = 50


def bare(value: Any) -> Any:
    """Fold blanks around and between words."""
    return " ".join(value.split()) if isinstance(value, str) else value


def upper(value: Any) -> Any:
    """Write a code in capitals."""
    return value.upper() if isinstance(value, str) else value


class _Named(FlaskForm):
    """Something with a name in either script."""

    name_ar = StringField(_l("Name in Arabic"), [Length(max=NAME)], [bare])
    name_fr = StringField(_l("Name in French"), [Length(max=NAME)], [bare])

    def validate_name_fr(self, field: Any) -> None:
        """Ask for one of the two at least."""
        if not (self.name_ar.data or field.data):
            raise ValidationError(_l("Give the name in Arabic or in French."))


class CriterionForm(FlaskForm):
    """One thing that the jury judges; an empty row is no criterion."""

    class Meta(FlaskForm.Meta):
        """Without a token of its own: it is the whole form's."""

        csrf = False

    # The code stands in sheets and in the log: it is made once and travels along.
    code = HiddenField()
    name_ar = StringField(_l("Criterion in Arabic"), [Length(max=NAME)], [bare])
    name_fr = StringField(_l("Criterion in French"), [Length(max=NAME)], [bare])
    weight = WholeField(_l("Weight in per cent"), [Optional(), NumberRange(1, 100)])
    help_ar = TextAreaField(_l("What to look at, in Arabic"), [Length(max=1000)])
    help_fr = TextAreaField(_l("What to look at, in French"), [Length(max=1000)])

    @property
    def is_empty(self) -> bool:
        """Whether nobody wrote anything here."""
        return not (self.name_ar.data or self.name_fr.data)

    def validate_weight(self, field: Any) -> None:
        """Ask for the weight where there is a criterion."""
        if not self.is_empty and field.data is None and not field.errors:
            raise ValidationError(WANTED)


class WhereVoted:
    """Asks for a value where the vote of visitors has a weight."""

    def __call__(self, form: Any, field: Any) -> None:
        """Refuse an empty field.

        Raises:
            ValidationError: there is a weight and no value.

        """
        if form.vote_weight.data and field.data is None and not field.errors:
            raise ValidationError(WANTED)


class CategoryForm(_Named):
    """An award, whole: what it is, how it is given, by what it is judged."""

    version = HiddenField()
    code = StringField(
        _l("Short code"),
        [InputRequired(WANTED), Regexp(r"[A-Z0-9]{2,12}", message=_l("Two to twelve letters A–Z and digits."))],
        [bare, upper],
    )
    name_en = StringField(_l("Name in English, if there is one"), [Length(max=NAME)], [bare])
    trophy_ar = StringField(_l("What is handed over, in Arabic"), [Length(max=NAME)], [bare])
    trophy_fr = StringField(_l("What is handed over, in French"), [Length(max=NAME)], [bare])
    award_class = RadioField(
        _l("How it is given"),
        choices=[
            (AwardClass.MERIT.value, _l("Merit: a jury marks the nominees")),
            (AwardClass.HONOUR.value, _l("Honour: persons and exhibitors are named, without marks")),
            (AwardClass.CHANCE.value, _l("Chance: a draw decides")),
        ],
        default=AwardClass.MERIT.value,
    )
    winners = WholeField(_l("How many win"), [InputRequired(WANTED), NumberRange(1, MOST_WINNERS)], default=1)
    draw_code = SelectField(_l("Which draw"), validate_choice=False)
    tie_rule = RadioField(
        _l("When heaviest criterion and chair leave a tie"),
        choices=[
            (TieRule.EX_AEQUO.value, _l("They share the rank")),
            (TieRule.LOT.value, _l("A public lot decides")),
        ],
        default=TieRule.EX_AEQUO.value,
    )
    panel = RadioField(
        _l("Who marks"),
        choices=[
            (Panel.ALL.value, _l("Every juror marks every nominee")),
            (Panel.SPLIT.value, _l("The nominees are shared out among the jurors")),
        ],
        default=Panel.ALL.value,
    )
    criteria = FieldList(FormField(CriterionForm), max_entries=MOST_CRITERIA)
    vote_weight = WholeField(_l("Weight of the visitors’ vote in per cent"), [Optional(), NumberRange(1, PUBLIC_MOST)])
    vote_day = DayField(_l("Vote opens on"), [WhereVoted()])
    vote_time = ClockField(_l("At"), [WhereVoted()])
    vote_last_day = DayField(_l("Vote closes on"), [WhereVoted()])
    vote_last_time = ClockField(_l("At"), [WhereVoted()])

    @property
    def leaves(self) -> Leaves:
        """All single fields, those of the criteria among them."""
        found: list[Any] = []
        for field in self:
            rows = field.entries if isinstance(field, FieldList) else None
            found += [field] if rows is None else [leaf for row in rows for leaf in row.form]
        return Leaves(found)


class Leaves(list[Any]):
    """The single fields of a form, for the list of what to mend."""

    @property
    def errors(self) -> bool:
        """Whether anything is to be mended."""
        return any(field.errors for field in self)


class NomineeForm(FlaskForm):
    """An exhibitor to name, or for an honour a person."""

    exhibitor = SelectField(_l("Exhibitor"), validate_choice=False)
    name_ar = StringField(_l("Person, in Arabic"), [Length(max=NAME)], [bare])
    name_fr = StringField(_l("Person, in French"), [Length(max=NAME)], [bare])

    def validate_exhibitor(self, field: Any) -> None:
        """Ask for somebody."""
        if not (field.data or self.name_ar.data or self.name_fr.data):
            raise ValidationError(_l("Please choose one."))


class RuleForm(FlaskForm):
    """A rule over the accepted exhibitors; what is left empty asks nothing."""

    sectors = SelectMultipleField(_l("Sectors"), option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False))
    provinces = SelectMultipleField(
        _l("Provinces"), option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )
    womens = BooleanField(_l("Led by women"))
    newcomers = BooleanField(_l("Here for the first time"))
    fewest_members = WholeField(_l("Members at least"), [Optional(), NumberRange(0, 100_000)])


class DossierForm(FlaskForm):
    """Why somebody is named; the figures are added by `dossier_form`."""

    version = HiddenField()
    case_ar = TextAreaField(_l("Why it is named, in Arabic"), [Length(max=MOST_TEXT)])
    case_fr = TextAreaField(_l("Why it is named, in French"), [Length(max=MOST_TEXT)])

    def figures(self) -> dict[str, int]:
        """Return the figures that were given."""
        return {code: self[code].data for code in FIGURES if self[code].data is not None}


class CitationForm(FlaskForm):
    """What is read aloud when an honour is given."""

    citation_ar = TextAreaField(_l("Words read aloud, in Arabic"), [Length(max=MOST_TEXT)])
    citation_fr = TextAreaField(_l("Words read aloud, in French"), [Length(max=MOST_TEXT)])


class PhotoForm(FlaskForm):
    """A photo for a dossier."""

    photo = FileField(_l("Photo"), [FileRequired(_l("Choose a photo."))])
    caption_ar = StringField(_l("What it shows, in Arabic"), [Length(max=NAME)], [bare])
    caption_fr = StringField(_l("What it shows, in French"), [Length(max=NAME)], [bare])


class SeatForm(_Named):
    """A seat of the jury."""

    code = StringField(
        _l("Short code"),
        [InputRequired(WANTED), Regexp(r"[A-Z0-9]{1,12}", message=_l("Letters A–Z and digits."))],
        [bare, upper],
    )
    gender = RadioField(_l("Addressed as"), choices=[("f", _l("a woman")), ("m", _l("a man"))], default="f")
    seat = RadioField(
        _l("Part in the jury"),
        choices=[(Seat.MEMBER.value, _l("Member")), (Seat.CHAIR.value, _l("Chair"))],
        default=Seat.MEMBER.value,
    )
    body_ar = StringField(_l("Body, in Arabic"), [Length(max=NAME)], [bare])
    body_fr = StringField(_l("Body, in French"), [Length(max=NAME)], [bare])
    account = SelectField(_l("Account to mark with"), validate_choice=False)


class NoteTieForm(FlaskForm):
    """A tie that somebody else notes for a juror."""

    juror = SelectField(_l("Juror"), validate_choice=False)
    exhibitor = SelectField(_l("Exhibitor"), validate_choice=False)
    tie = RadioField(_l("Tie"), choices=[*TIES.items()], validators=[InputRequired(_l("Please choose one."))])
    reason = StringField(_l("Reason, where it is another tie"), [Length(max=300)], [bare])


class SpreadForm(FlaskForm):
    """How many jurors mark each nominee of a split panel."""

    each = WholeField(_l("Jurors for each nominee"), [InputRequired(WANTED), NumberRange(1, 50)], default=2)


def dossier_form(names: Mapping[str, Any], **kwargs: Any) -> DossierForm:
    """Make the form of a dossier with one field for each figure; `names` = code of the figure → its name."""
    fields = {
        code: WholeField(names[code], [Optional(), NumberRange(0, GREATEST_FIGURE)]) for code in FIGURES
    }
    shape: type[DossierForm] = type("WholeDossierForm", (DossierForm,), fields)
    return shape(**kwargs)
