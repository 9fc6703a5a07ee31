"""The sentences behind refusal codes and deed codes, gathered from every feature's `wording.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from village.kit.api_words import REFUSALS as _OF_API
from village.kit.i18n import Lang, Words
from village.kit.typed.words import REFUSALS as _TYPED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from village.kit.refusal import Refusal

_REFUSALS: dict[str, Words] = {}
_DEEDS: dict[str, Words] = {}


def learn(refusals: Mapping[str, Words] | None = None, deeds: Mapping[str, Words] | None = None) -> None:
    """Take in a feature's sentences.

    Raises:
        ValueError: a code already has another sentence: codes are unique across features.

    """
    for known, new in ((_REFUSALS, refusals or {}), (_DEEDS, deeds or {})):
        for code, words in new.items():
            if known.setdefault(code, words) != words:
                raise ValueError(f"{code!r} is worded twice")


def refusal_codes() -> frozenset[str]:
    """Return every refusal code that has its sentences."""
    return frozenset(_REFUSALS)


def deed_codes() -> frozenset[str]:
    """Return every deed code that has its sentences."""
    return frozenset(_DEEDS)


def say_refusal(refusal: Refusal, lang: Lang) -> str:
    """Say a refusal in the reader's language; several objections become several sentences, each once."""
    return " ".join(say_objections(refusal, lang))


def say_objections(refusal: Refusal, lang: Lang) -> list[str]:
    """Say each objection of a refusal in the reader's language, in their order, each once."""
    return list(dict.fromkeys(_say(_REFUSALS, each.code, each.facts, lang) for each in refusal.objections))


def say_deed(code: str, facts: Mapping[str, Any], lang: Lang) -> str:
    """Say a line of the log in the reader's language."""
    return _say(_DEEDS, code, facts, lang)


def _say(known: Mapping[str, Words], code: str, facts: Mapping[str, Any], lang: Lang) -> str:
    words = known.get(code)
    return words.say(lang, facts) if words else code


# What the kit itself refuses.
REFUSALS: dict[str, Words] = {
    **_OF_API,
    **_TYPED,
    "not_allowed": Words(
        ar="هذه الصفحة ليست ضمن صلاحياتكم. ادخلوا بحساب آخر أو اتصلوا بالتنظيم.",
        fr="Cette page ne fait pas partie de vos droits. Connectez-vous avec un autre compte ou adressez-vous à l’organisation.",
        en="This page is not among your permissions. Sign in with another account or ask the organisers.",
    ),
    "done_meanwhile": Words(
        ar="في اللحظة نفسها غيّر شخص آخر الشيء نفسه، فلم يُسجَّل شيء. راجعوا الصفحة ثم أعيدوا المحاولة.",
        fr="Au même moment, quelqu’un d’autre a modifié la même chose : rien n’a été enregistré. Regardez la page, puis réessayez.",
        en="At the same moment somebody else changed the same thing, so nothing was saved. Look at the page, then try again.",
    ),
    "job_not_found": Words(
        ar="لا توجد هذه المهمة.",
        fr="Cette tâche n’existe pas.",
        en="There is no such job.",
    ),
}
