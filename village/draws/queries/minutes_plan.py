"""What was announced and how the draw went, as the minutes say it: prizes, the parts of its chance, checks, heads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from village.draws.queries.minutes_text import TEXT
from village.kit.i18n import format_number

if TYPE_CHECKING:
    from village.draws.queries.rows import DrawView, HeadRow, PrizeRow

Script = Literal["ar", "fr"]
Values = dict[str, Any]


def in_script(lang: Script, ar: str, fr: str) -> str:
    """Take the text in a script, or the other one where there is none."""
    return (ar or fr) if lang == "ar" else (fr or ar)


def titles(draw: DrawView, lang: Script) -> list[str]:
    """Name each kind of prize once, in award order."""
    return list(dict.fromkeys(in_script(lang, prize.title_ar, prize.title_fr) for prize in draw.prizes))


def prize_of(prize: PrizeRow, lang: Script) -> str:
    """Write a prize with what was announced of it: mark, value, giver."""
    words, giver = TEXT[lang], in_script(lang, prize.giver_ar, prize.giver_fr)
    more = [
        prize.mark or "",
        f"{format_number(prize.value_mad, lang)} {words['value_mad']}" if prize.value_mad else "",
        f"{words['given_by']} {giver}" if giver else "",
    ]
    told = ("، " if lang == "ar" else ", ").join(each for each in more if each)
    title = in_script(lang, prize.title_ar, prize.title_fr)
    return f"{title} ({told})" if told else title


def _parts(draw: DrawView) -> dict[str, bool]:
    """Tell which parts the chance of this draw came from."""
    return {"seats": bool(draw.seats), "beacon": draw.beacon_counts, "secret": draw.uses_secret, "all": True}


def method_of(draw: DrawView, lang: Script) -> str:
    """Say how the seed came about, with the parts that this draw had."""
    told = TEXT[lang]["method"]
    return " ".join(told[part] for part, counts in _parts(draw).items() if counts)


def checks_of(draw: DrawView, lang: Script) -> list[str]:
    """List what was checked."""
    made = {**_parts(draw), "list": True, "counts": True, "quorum": draw.quorum > 0, "again": True}
    return [text for name, text in TEXT[lang]["checks"].items() if made[name]]


def head_of(draw: DrawView, head: HeadRow, lang: Script) -> Values:
    """Say of a signed head its step, its size, and how many witnesses cosigned it."""
    step, _, place = head.step.partition(".")
    have, need = draw.cosigned.get(head.step, (0, 0))
    return {
        "step": " ".join(filter(None, (TEXT[lang]["steps"].get(step, step), place.partition(".")[0]))),
        "size": head.size,
        "signed": f"{have}/{need}" if need else "",
    }
