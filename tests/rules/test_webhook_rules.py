"""Calls to other programs: what they say, how they are signed, and where they may lead."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook

from village.kit.signing import Keyring
from village.messages.rules.addresses import is_public, why_not_url
from village.messages.rules.events import EVENT_OF, EVENTS, event_of
from village.messages.rules.signing import secret_bytes, secret_text, sign
from village.workshops.rules import NoticeKind


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("41.77.112.1", True), ("2001:4860:4860::8888", True),
        ("127.0.0.1", False), ("10.1.2.3", False), ("192.168.1.1", False), ("172.16.0.1", False), ("169.254.169.254", False),
        ("100.64.0.1", False), ("224.0.0.1", False), ("255.255.255.255", False), ("::1", False),
        ("::", False), ("fe80::1", False), ("fe80::1%eth0", False), ("fd00::1", False), ("ff02::1", False),
        ("::ffff:127.0.0.1", False), ("::ffff:10.0.0.1", False), ("64:ff9b::7f00:1", False), ("64:ff9b::a9fe:a9fe", False),
        ("2002:7f00:1::", False), ("2002:c0a8:101::", False), ("not an address", False),
    ],
)  # fmt: skip
def test_only_addresses_of_the_internet_are_public(address, public):
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://region.example.ma/hook?x=1", None),
        ("https://41.77.112.1:8443/", None),
        ("http://region.example.ma/hook", "webhook_url_not_secure"),
        ("https://127.0.0.1/", "webhook_url_private"),
        ("https://[::1]/", "webhook_url_private"),
        ("https://localhost/", "webhook_url_private"),
        ("https://intranet/", "webhook_url_private"),
        ("https://db.internal./", "webhook_url_private"),
        ("https://me:secret@example.ma/", "webhook_url_invalid"),
        ("https://example.ma/#part", "webhook_url_invalid"),
        ("https://example.ma:99999/", "webhook_url_invalid"),
        ("https://example.ma/a b", "webhook_url_invalid"),
        ("https://example.ma/\n", "webhook_url_invalid"),
        ("https:///hook", "webhook_url_invalid"),
        ("https://[::1/", "webhook_url_invalid"),
        ("ftp://example.ma/", "webhook_url_invalid"),
        ("javascript:alert(1)", "webhook_url_invalid"),
        ("https://example.ma/" + "a" * 500, "webhook_url_invalid"),
    ],
)
def test_where_a_call_may_lead(url, code):
    found = why_not_url(url, anywhere=False)
    assert (found.code if found else None) == code


def test_an_operator_may_allow_the_own_network():
    assert why_not_url("http://192.168.1.20:8080/hook", anywhere=True) is None
    assert why_not_url("ftp://192.168.1.20/", anywhere=True).code == "webhook_url_invalid"


def test_a_signature_holds_by_the_library_of_the_standard_and_breaks_with_the_body(tmp_path):
    keys = Keyring(tmp_path)
    at, body = int(datetime.now(UTC).timestamp()), json.dumps({"type": "webhook.ping", "data": {"note": "عربية"}}, ensure_ascii=False)
    both = [secret_bytes(keys, 7, 2), secret_bytes(keys, 7, 1)]
    headers = {
        "webhook-id": "abc", "webhook-timestamp": str(at), "webhook-signature": sign(both, "abc", at, body.encode()),
    }  # fmt: skip
    for version in (1, 2):
        assert Webhook(secret_text(keys, 7, version)).verify(body, headers)["type"] == "webhook.ping"
    for forged, secret in ((body + " ", secret_text(keys, 7, 2)), (body, secret_text(keys, 8, 2)), (body, secret_text(keys, 7, 3))):
        with pytest.raises(Exception, match="signature"):
            Webhook(secret).verify(forged, headers)


def test_what_programs_are_told_holds_codes_and_no_names():
    facts = {"channel": "onsite", "until": "2026-12-03T10:00:00+00:00", "name": "Fadma", "phone": "+212600000022", "was": "confirmed"}
    told = event_of(
        "offered", at=datetime(2026, 12, 2, 9, tzinfo=UTC), edition="VS14", session="W01", person="P001", registration=5, facts=facts
    )
    assert told == {
        "type": "registration.offered",
        "timestamp": "2026-12-02T09:00:00Z",
        "data": {
            "edition": "VS14", "session": "W01", "person": "P001", "registration": 5, "channel": "onsite",
            "offered_until": "2026-12-03T10:00:00+00:00",
        },
    }  # fmt: skip


def test_every_kind_of_notice_is_told_or_left_out_on_purpose():
    assert {kind.value for kind in NoticeKind} - set(EVENT_OF) == {"refused"}
    assert len(set(EVENTS)) == len(EVENTS)
    assert len(",".join(EVENTS)) <= 300
