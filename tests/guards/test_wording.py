"""Every refusal and every deed is said in three languages, over the same facts."""

from __future__ import annotations

import importlib
import re
import string

import pytest

from tests.guards.tree import ROOT, calls_with_text
from village.kit.i18n import LANGS

FEATURES = sorted(
    {path.relative_to(ROOT / "village").parts[0] for name in ("wording.py", "wording/__init__.py") for path in (ROOT / "village").glob(f"*/{name}")}
)


def words_of(kind):
    worded = {}
    for feature in FEATURES:
        module = importlib.import_module(f"village.{feature}.wording")
        worded.update(getattr(module, kind, {}))
    return worded


REFUSALS, DEEDS = words_of("REFUSALS"), words_of("DEEDS")


def places(sentence):
    found = (name for _, name, _, _ in string.Formatter().parse(sentence) if name)
    # a fact may come in the script of the language: {name_ar} here, {name_fr} there
    return {re.sub("_(ar|fr|en)$", "", name) for name in found}


def test_every_refusal_is_worded():
    unsaid = sorted({f"{call.text} ({call.place})" for call in calls_with_text("Refusal", 0) if call.text not in REFUSALS})
    assert unsaid == []


def test_every_deed_is_worded():
    unsaid = sorted({f"{call.text} ({call.place})" for call in calls_with_text("record", 1) if call.text not in DEEDS})
    assert unsaid == []


def test_deeds_are_told_in_the_past_of_a_thing():
    assert [code for code in DEEDS if code.count(".") != 1] == []


@pytest.mark.parametrize("code", sorted(REFUSALS | DEEDS))
def test_the_three_sentences_say_the_same(code):
    words = (REFUSALS | DEEDS)[code]
    said = {lang: getattr(words, lang) for lang in LANGS}
    assert all(text.strip() for text in said.values()), code
    facts = {lang: places(text) for lang, text in said.items()}
    assert facts["ar"] == facts["fr"] == facts["en"], code
    assert any("\u0600" <= letter <= "\u06ff" for letter in said["ar"]), code
    assert not any("\u0600" <= letter <= "\u06ff" for letter in said["fr"] + said["en"]), code
