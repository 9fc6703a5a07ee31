"""Shape of an upload."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField

from village.imports.rules.account import Kind


class UploadForm(FlaskForm):
    """A file and what it holds."""

    kind = RadioField(
        _l("What is in the list?"),
        choices=[(Kind.PEOPLE.value, _l("People (participants)")), (Kind.EXHIBITORS.value, _l("Exhibitors"))],
        default=Kind.PEOPLE.value,
    )
    file = FileField(
        _l("CSV file"),
        validators=[FileRequired(_l("Choose a file first."))],
        render_kw={"accept": ".csv,.txt,text/csv,text/plain"},
    )
