"""How a name is spelled: one fold within a script, one consonant key across scripts."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
INVISIBLE = re.compile("[\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
# Hamza seats, alef forms, final ya and ta marbuta are written in different ways by different hands.
# Persian keyboards give another ya and another kaf.
_ARABIC_FOLD = str.maketrans("أإآٱىئؤةیکھہ", "ااااييوهيكهه")

# Arabic letter → the Latin consonants Moroccans write for it, reduced to one sign each.
_ARABIC_KEY = {
    "ب": "b", "پ": "b", "ت": "t", "ث": "t", "ط": "t", "ج": "k", "ح": "h", "خ": "k", "د": "d", "ذ": "d", "ض": "d",
    "ظ": "d", "ر": "r", "ز": "z", "س": "s", "ص": "s", "ش": "x", "غ": "k", "ف": "f", "ڤ": "f", "ق": "k", "ك": "k",
    "گ": "k", "ڭ": "k", "ل": "l", "م": "m", "ن": "n", "ه": "", "ع": "", "ء": "", "ا": "", "و": "", "ي": "",
}  # fmt: skip
_LATIN_GROUPS = (
    ("ch", "x"), ("sh", "x"), ("kh", "k"), ("gh", "k"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("dj", "k"),
    ("ce", "s"), ("ci", "s"), ("ou", ""), ("5", "k"), ("7", "h"), ("9", "k"), ("3", ""), ("2", ""),
)  # fmt: skip
_LATIN_KEY = {
    "b": "b", "p": "b", "t": "t", "j": "k", "h": "", "k": "k", "c": "k", "q": "k", "d": "d", "r": "r", "z": "z",
    "s": "s", "x": "x", "g": "k", "f": "f", "v": "f", "l": "l", "m": "m", "n": "n",
}  # fmt: skip
_ARTICLES = {"ال", "el", "al", "l", "er", "es", "ez", "ed", "et", "en", "ech", "ar", "as", "at", "d", "de", "la", "le"}
# The t of a ta marbuta, heard or not.
_LAST_T = re.compile(r"(?<=\w{3})[ae]t$")
_WHOLE_NAME = 4
_PARTICLES = {"عبد", "abd", "abdel", "abdul", "بن", "ben", "bin", "بو", "bou", "ابو", "abou"}
SOUNDLESS = "_"


def western_digits(text: str) -> str:
    """Write ٠–٩ and ۰–۹ as 0–9."""
    return text.translate(_DIGITS)


def fold(text: str) -> str:
    """Fold a text for search: no marks, no hamza seats, no case, single spaces.

    أمّ الرّبيع → ام الربيع; Aïcha → aicha.
    """
    bare = INVISIBLE.sub("", western_digits(text))
    letters = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
    words = re.sub(r"[^\w]+", " ", letters.translate(_ARABIC_FOLD).casefold())
    return " ".join(words.split())


def consonant_key(text: str) -> str:
    """Return the consonants of a name in one alphabet and one piece, for finding it across scripts and spacings.

    خديجة, Khadija and 5adija all give `kdk`; عبد الرحيم, عبدالرحيم and Abderrahim all give `bdrm`.
    Keys are for finding and for review, never for merging.
    """
    return re.sub(r"(.)\1+", r"\1", "".join(_word_key(word) for word in fold(text).split()))


def name_words(text: str) -> list[str]:
    """Split a name into folded words; an apostrophe parts nothing (M’hamed)."""
    return fold(re.sub("['’ʼʻ`´]", "", text)).split()


def grown_together(words: list[str]) -> list[str]:
    """Write in one piece what some write in two: عبد القادر, Ben Ali, Bou Azza. An article between them falls out."""
    grown: list[str] = []
    pending = ""
    for word in words:
        if pending and word in _ARTICLES:
            continue
        if not pending and word in _PARTICLES:
            pending = word
            continue
        grown.append(pending + word.removeprefix("ال") if pending else word)
        pending = ""
    return [*grown, pending] if pending else grown


@lru_cache(maxsize=20_000)
def word_sounds(word: str) -> tuple[str, ...]:
    """Return the consonant keys that a folded word may have, the likeliest first; none for an article alone.

    An article written in one piece with its name, and a last t, may belong to the name or not: Elmourabit is المرابط,
    Berkat is بركات and Safwat is صفوة. A word of vowels alone (يحيى) has the key `SOUNDLESS`.
    """
    if word in _ARTICLES:
        return ()
    forms = [_word_key(word)]
    if _is_arabic(word):
        if word.startswith("ال"):
            forms.append(_signs(word))
    else:
        if _LAST_T.search(word):
            forms.append(_signs(word))
        bare = re.sub(r"^(?:el|al|l(?=[^aeiouy]))", "", word)
        if bare != word and len(bare) >= _WHOLE_NAME:
            forms.append(_word_key(bare))
    return tuple(dict.fromkeys(form for form in forms if form)) or (SOUNDLESS,)


def _is_arabic(word: str) -> bool:
    return any("\u0600" <= c <= "\u06ff" for c in word)


def _word_key(word: str) -> str:
    if word in _ARTICLES:
        return ""
    if _is_arabic(word):
        word = word.replace("عبدال", "عبد")
        # «ال» and two letters may be a whole name.
        return _signs(word.removeprefix("ال") if len(word) >= _WHOLE_NAME + 1 else word)
    return _signs(_LAST_T.sub("a", re.sub(r"^abd[aeou]*l(?=\w{3})", "abd", word)))


def _signs(word: str) -> str:
    if _is_arabic(word):
        signs = [_ARABIC_KEY.get(c, "") for c in word.replace("دج", "ج").replace("تش", "ش")]
    else:
        for group, sign in _LATIN_GROUPS:
            word = word.replace(group, sign or ".")
        signs = [_LATIN_KEY.get(c, "") for c in word]
    return re.sub(r"(.)\1+", r"\1", "".join(signs).replace("h", ""))
