"""A form that two people may have open at once: each form carries what it showed, and nothing typed is lost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask import request
from flask_babel import gettext as _

from village.kit.refusal import Refusal
from village.kit.web import again, page
from village.workshops.rules.editing import merge_three

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask import Response
    from flask_wtf import FlaskForm

    from village.kit.db import Json
    from village.workshops.rules.editing import Merged

BASE = "base"
_LONGEST_BASE = 400_000


def sealed(values: Mapping[str, Json]) -> str:
    """Write what a form shows, to be carried by the form."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def was_shown() -> dict[str, Json]:
    """Read what the form at hand showed when it was opened; nothing where it does not say."""
    try:
        found = json.loads(request.form.get(BASE, "")[:_LONGEST_BASE])
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def typed_in(form: FlaskForm, now: Mapping[str, Json]) -> dict[str, Json]:
    """Return what was typed, by the names that are kept."""
    fields = {name: form[name] for name in now if name in form}
    return {
        name: "" if field.data is None and isinstance(now[name], str) else field.data for name, field in fields.items()
    }


def merged_with(form: FlaskForm, now: Mapping[str, Json]) -> Merged:
    """Bring together what the form showed, what is kept now, and what was typed."""
    return merge_three(was_shown(), now, typed_in(form, now))


def edit(
    template: str,
    make: Callable[..., FlaskForm],
    now: dict[str, Json],
    save: Callable[[dict[str, Json]], object],
    **context: Any,
) -> Response | None:
    """Show a form and keep what comes of it.

    Args:
        template: takes `form`, `base` and `theirs`, what others wrote meanwhile where both wrote.
        make: makes the form with its choices, from `data` or, without, from the request.
        now: the values kept now, by the names of the fields.
        save: keeps the merged values; what it refuses is shown with the form.
        **context: more for the template.

    Returns:
        the page to show, or None where the values were kept.

    """
    if request.method != "POST":
        return page(template, form=make(data=now, formdata=None), base=sealed(now), theirs=[], **context)
    form = make()
    base = request.form.get(BASE, "")
    if not form.validate():
        return again(template, form, base=base, theirs=[], **context)
    merged = merged_with(form, now)
    if merged.conflicts:
        kept = make(data=merged.values, formdata=None)
        theirs = [(kept[name].label.text, in_words(now[name])) for name in merged.conflicts]
        refusal = Refusal("changed_meanwhile", {"thing": context.get("thing", "")})
        return again(template, kept, refusal, base=sealed(now), theirs=theirs, **context)
    try:
        save(merged.values)
    except Refusal as refusal:
        return again(template, form, refusal, base=base, theirs=[], **context)
    return None


def in_words(value: Json) -> str:
    """Write a value for somebody who compares it with their own."""
    if isinstance(value, list):
        return " · ".join(str(each) for each in value) or _("empty")
    return _("empty") if value in (None, "") else str(value)
