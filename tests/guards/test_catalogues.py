"""Interface texts never fall back to another language."""

from __future__ import annotations

import re
from functools import cache

import pytest

from village.kit import catalogues

extract = cache(catalogues.extract)
DOMAINS = [domain for domain in catalogues.domains() if len(extract(domain))]
NAMED = re.compile(r"%\((\w+)\)[sd]")


def forms(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


def msgids(message):
    return message.id if isinstance(message.id, tuple) else (message.id,)


@pytest.mark.parametrize("lang", catalogues.TRANSLATED)
@pytest.mark.parametrize("domain", DOMAINS)
def test_every_text_is_translated(domain, lang):
    catalogue = catalogues.read(domain, lang)
    lacking = []
    for wanted in extract(domain):
        if not wanted.id:
            continue
        found = catalogue.get(msgids(wanted)[0], wanted.context)
        if found is None or found.fuzzy or not all(forms(found)):
            lacking.append(msgids(wanted)[0])
    assert lacking == []


@pytest.mark.parametrize("lang", catalogues.TRANSLATED)
@pytest.mark.parametrize("domain", DOMAINS)
def test_translations_keep_the_places_of_facts(domain, lang):
    for message in catalogues.read(domain, lang):
        if not message.id:
            continue
        wanted = set().union(*(NAMED.findall(text) for text in msgids(message)))
        for form in forms(message):
            # a counted form may leave the number out: «مقعد واحد»
            assert set(NAMED.findall(form)) <= wanted, message.id
        if not isinstance(message.id, tuple):
            assert set(NAMED.findall(message.string)) == wanted, message.id


@pytest.mark.parametrize("domain", DOMAINS)
def test_nothing_is_kept_that_is_said_no_more(domain):
    said = {msgids(message)[0] for message in extract(domain) if message.id}
    for lang in catalogues.TRANSLATED:
        kept = {msgids(message)[0] for message in catalogues.read(domain, lang) if message.id}
        assert kept - said == set(), lang


def test_one_english_text_has_one_translation():
    """Catalogues are merged when the application runs: two translations of one text would depend on their order."""
    for lang in catalogues.TRANSLATED:
        first = {}
        for domain in DOMAINS:
            for message in catalogues.read(domain, lang):
                if message.id and not message.context:
                    text, said = msgids(message)[0], forms(message)
                    known = first.setdefault(text, (domain, said))
                    assert known[1] == said, f"{lang}: {text!r} differs between {known[0]} and {domain}"
