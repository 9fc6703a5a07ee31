"""Codes of badges: what is read, what is refused, and that a changed bit is always seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village.badges.rules import (
    CROCKFORD,
    ImportedCode,
    Kind,
    Record,
    ShortCode,
    SignedCode,
    State,
    check_signed,
    digits_of,
    group_short_code,
    initials,
    link_prefix,
    new_badge_id,
    new_short_code,
    parse_code,
    payload_of,
    why_not_print,
    why_not_usable,
)
from village.kit.refusal import Refusal
from village.kit.signing import Keyring

if TYPE_CHECKING:
    from pathlib import Path

RECORD = Record(badge_id=0x1122334455667788, edition=14, kind=Kind.EXHIBITOR, key_id=1)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    return Keyring(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="module")
def digits(keys: Keyring) -> str:
    payload = payload_of(RECORD)
    return digits_of(payload, keys.sign("badge", payload))


def verifier(keys: Keyring):
    return lambda payload, signature, key_id: keys.verify("badge", payload, signature, key_id)


def code_of(text: str) -> str:
    with pytest.raises(Refusal) as refused:
        parse_code(text)
    return refused.value.code


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "HTTP://127.0.0.1:8000/B/{}",
        "https://village.example.ma/b/{}/",
        "/B/{}",
        " \n{}\t",
    ],
)
def test_a_signed_code_is_read_as_link_path_or_bare_digits(digits: str, around: str) -> None:
    code = parse_code(around.format(digits))
    assert isinstance(code, SignedCode)
    assert code.record == RECORD


def test_arabic_and_persian_digits_are_read(digits: str) -> None:
    arabic = digits.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    persian = digits.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert parse_code(arabic) == parse_code(persian) == parse_code(digits)


def test_a_true_code_is_believed(keys: Keyring, digits: str) -> None:
    code = parse_code(digits)
    assert isinstance(code, SignedCode)
    assert check_signed(code, 14, verifier(keys)) == RECORD


def test_a_badge_of_another_edition_is_refused(keys: Keyring, digits: str) -> None:
    code = parse_code(digits)
    assert isinstance(code, SignedCode)
    with pytest.raises(Refusal) as refused:
        check_signed(code, 15, verifier(keys))
    assert (refused.value.code, refused.value.facts["edition"]) == ("wrong_edition", 14)


def test_a_badge_signed_by_somebody_else_is_forged(keys: Keyring, tmp_path: Path) -> None:
    payload = payload_of(RECORD)
    foreign = parse_code(digits_of(payload, Keyring(tmp_path).sign("badge", payload)))
    assert isinstance(foreign, SignedCode)
    with pytest.raises(Refusal) as refused:
        check_signed(foreign, 14, verifier(keys))
    assert refused.value.code == "code_forged"


@given(bit=st.integers(min_value=0, max_value=77 * 8 - 1))
def test_any_flipped_bit_is_seen(keys: Keyring, digits: str, bit: int) -> None:
    changed = str(int(digits) ^ (1 << bit))
    try:
        code = parse_code(changed)
        assert isinstance(code, SignedCode)
        check_signed(code, 14, verifier(keys))
    except Refusal as refusal:
        assert refusal.code in {"code_altered", "code_forged"}  # noqa: PT017  both are right answers
    else:
        pytest.fail("a changed code was believed")


def test_a_torn_code_is_altered(digits: str) -> None:
    assert code_of(digits[:-20]) == "code_altered"
    assert code_of("HTTPS://VILLAGE.EXAMPLE/B/" + digits + "7") == "code_altered"


def test_a_key_that_is_not_ours_is_no_key(keys: Keyring, digits: str) -> None:
    payload = payload_of(Record(RECORD.badge_id, 14, Kind.STAFF, key_id=9))
    code = parse_code(digits_of(payload, keys.sign("badge", payload)))
    assert isinstance(code, SignedCode)
    with pytest.raises(Refusal, match="code_forged"):
        check_signed(code, 14, verifier(keys))


def test_an_older_key_still_verifies(tmp_path: Path) -> None:
    ring = Keyring(tmp_path)
    payload = payload_of(RECORD)
    old = parse_code(digits_of(payload, ring.sign("badge", payload)))
    ring.renew("badge")
    assert isinstance(old, SignedCode)
    assert check_signed(old, 14, verifier(ring)) == RECORD


@pytest.mark.parametrize(
    "typed",
    ["7K2MP9QX40ZT", "7k2m-p9qx-40zt", " 7K2M P9QX 4OZT ", "7K2M–P9QX–4oZT", "٧K٢M-P٩QX-٤٠ZT", "\u20667K2M-P9QX-40ZT\u2069"],
)
def test_a_short_code_is_read_however_it_is_typed(typed: str) -> None:
    assert parse_code(typed) == ShortCode("7K2MP9QX40ZT")


def test_look_alikes_are_folded_in_short_codes_only() -> None:
    assert parse_code("iIlL-oO00-1111") == ShortCode("111100001111")
    assert parse_code("OIL" + "0" * 23) == ImportedCode("OIL" + "0" * 23)


def test_an_imported_id_is_kept_as_it_is() -> None:
    assert parse_code("5fdd5p3sfvgprv1sqv9dkpf3c7") == ImportedCode("5FDD5P3SFVGPRV1SQV9DKPF3C7")


@pytest.mark.parametrize("text", ["", "   ", "hello", "7K2M", "06 00 00 00 12", "7K2MP9QX40ZU", "سعاد", "x" * 5000])
def test_what_is_no_code_is_unknown(text: str) -> None:
    assert code_of(text) == "code_unknown"


@given(st.text(max_size=300))
def test_any_text_is_a_code_or_a_refusal(text: str) -> None:
    try:
        assert isinstance(parse_code(text), SignedCode | ShortCode | ImportedCode)
    except Refusal as refusal:
        assert refusal.code in {"code_unknown", "code_altered"}  # noqa: PT017  the property itself


@given(st.binary(min_size=8, max_size=8))
def test_ids_and_short_codes_of_chance_are_printable_and_storable(entropy: bytes) -> None:
    assert 0 < new_badge_id(entropy) < 1 << 63
    short = new_short_code(entropy)
    assert set(short) <= set(CROCKFORD)
    assert parse_code(group_short_code(short)) == ShortCode(short)


def test_only_a_valid_badge_is_usable() -> None:
    assert why_not_usable(State.ACTIVE) is None
    revoked, replaced = why_not_usable(State.REVOKED), why_not_usable(State.REPLACED)
    assert revoked is not None
    assert replaced is not None
    assert (revoked.code, revoked.facts["replaced"], replaced.facts["replaced"]) == ("badge_revoked", False, True)


def test_a_second_print_must_be_asked_for() -> None:
    assert why_not_print(0, reprint=False) is None
    assert why_not_print(3, reprint=True) is None
    refusal = why_not_print(3, reprint=False)
    assert refusal is not None
    assert (refusal.code, refusal.facts["n"]) == ("badge_printed", 3)


def test_initials_leave_the_article_out() -> None:
    assert initials("فاضمة", "البركاني") == "ف. ب."
    assert initials("Naima", "") == "N."
    assert initials("", "") == ""


def test_links_are_written_in_capitals() -> None:
    assert link_prefix("http://village.example:8000/") == "HTTP://VILLAGE.EXAMPLE:8000/B/"
