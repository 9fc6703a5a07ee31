"""Calls to other programs: after the deed stands, signed, again until they arrive, never into a private network."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.pages.hook_receiver import receiver
from tests.pages.participants import small_fair
from village.kit.deeds import SYSTEM, begin
from village.kit.outbox import carry_due, list_outgoing
from village.kit.refusal import Refusal
from village.messages.actions import webhooks as actions
from village.messages.jobs import tell_people
from village.messages.queries.webhooks import about, get_webhook
from village.messages.rules.events import EVENTS
from village.messages.rules.signing import secret_text
from village.workshops.actions import cancel_registration, register


class Caller:
    """The small fair, an address that listens, and the worker's rounds."""

    def __init__(self, app, hook):
        from village.kit.web import parts

        self.fair = small_fair(app)
        self.hook = hook
        with app.app_context():
            self.parts = parts()
        self.id = self.do(actions.add_webhook, edition_id=self.fair.edition, url=hook.url, events=EVENTS, anywhere=True)

    def do(self, action, **facts):
        world = self.parts
        with begin(world.engine, actor=SYSTEM, now=world.clock.now(), chance=world.chance) as deed:
            return action(deed, **facts)

    def round(self):
        tell_people(self.parts)
        return carry_due(self.parts, kinds=("webhook",))

    def secret(self):
        with self.session() as session:
            row = get_webhook(session, self.fair.edition, self.id)
        return secret_text(self.parts.keys, row.id, row.secret_version)

    def session(self):
        from sqlalchemy.orm import Session

        return Session(self.parts.engine)

    def calls(self):
        with self.session() as session:
            return list_outgoing(session, about=about(self.id))

    def own(self):
        return {"edition_id": self.fair.edition, "webhook_id": self.id}


@pytest.fixture
def caller(make_app):
    with receiver() as hook:
        made = Caller(make_app(webhooks="any"), hook)
        made.round()  # the trial, and what happened before
        assert hook.heard[0][0]["user-agent"] == "Village-Webhooks/1"
        made.before = len(hook.heard)
        yield made


def new_bodies(caller):
    """What was heard since the beginning of the test, each call's signature checked."""
    return caller.hook.verified(caller.secret())[caller.before :]


@pytest.fixture(autouse=True)
def at_the_time_of_the_fair(monkeypatch):
    """The library of the standard refuses calls that are older than five minutes: let it live in the fair's time."""
    from standardwebhooks import Webhook

    monkeypatch.setattr(Webhook, "_Webhook__verify_timestamp", lambda _self, at: datetime.fromtimestamp(int(at), UTC))


def test_a_place_taken_given_back_and_moved_up_is_told_after_the_deed(caller):
    fair, do = caller.fair, caller.do
    do(register, person_id=fair.fadma, workshop_id=fair.workshops["W01"])
    assert len(caller.hook.heard) == caller.before  # nothing leaves inside the deed
    do(cancel_registration, person_id=fair.fadma, workshop_id=fair.workshops["W01"])
    caller.round()
    told = new_bodies(caller)
    assert [each["type"] for each in told] == ["registration.confirmed", "registration.cancelled"]
    assert told[0]["data"]["session"] == "W01"
    assert told[0]["data"]["person"].startswith("P")
    assert "Fadma" not in str(told)
    assert "+212" not in str(told)


def test_a_deed_that_is_undone_tells_nobody(caller):
    fair = caller.fair

    def break_off(deed):
        register(deed, person_id=fair.fadma, workshop_id=fair.workshops["W01"])
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        caller.do(break_off)
    caller.round()
    assert len(caller.hook.heard) == caller.before


def test_after_a_failure_the_same_call_comes_again_under_the_same_id(caller, clock):
    caller.hook.answers = [500, 200]
    caller.do(register, person_id=caller.fair.fadma, workshop_id=caller.fair.workshops["W05"])
    caller.round()
    assert (caller.calls()[0].state, caller.calls()[0].error) == ("waiting", "http 500")
    assert caller.round() == 0  # not before its time
    clock.advance(seconds=60)
    caller.round()
    first, second = caller.hook.heard[caller.before :]
    assert first[0]["webhook-id"] == second[0]["webhook-id"]
    assert first[1] == second[1]
    assert first[0]["webhook-timestamp"] != second[0]["webhook-timestamp"]
    assert len(new_bodies(caller)) == 2
    assert caller.calls()[0].state == "sent"


@pytest.mark.sqlite_only
def test_an_address_that_asks_for_patience_is_given_it(caller, clock):
    caller.hook.answers, caller.hook.headers = [503, 200], {503: {"Retry-After": "3600"}}
    caller.do(actions.ping_webhook, **caller.own())
    caller.round()
    clock.advance(seconds=600)
    assert caller.round() == 0
    assert caller.calls()[0].next_at >= caller.calls()[0].made_at + timedelta(hours=1)
    clock.advance(seconds=3100)
    assert caller.round() == 1
    assert caller.calls()[0].state == "sent"


@pytest.mark.sqlite_only
def test_an_address_that_is_gone_is_told_nothing_more(caller):
    caller.hook.answers = [410]
    caller.do(actions.ping_webhook, **caller.own())
    caller.round()
    assert (caller.calls()[0].state, caller.calls()[0].error) == ("failed", "gone")
    heard = len(caller.hook.heard)
    caller.do(register, person_id=caller.fair.fadma, workshop_id=caller.fair.workshops["W05"])
    caller.round()
    assert len(caller.hook.heard) == heard
    with pytest.raises(Refusal, match="webhook_is_stopped"):
        caller.do(actions.ping_webhook, **caller.own())


@pytest.mark.sqlite_only
def test_a_redirect_is_not_followed(caller):
    with receiver() as elsewhere:
        caller.hook.answers, caller.hook.headers = [307], {307: {"Location": elsewhere.url}}
        caller.do(actions.ping_webhook, **caller.own())
        caller.round()
        assert elsewhere.heard == []
    assert (caller.calls()[0].state, caller.calls()[0].error) == ("waiting", "redirected")


def test_what_failed_is_sent_again_one_or_all_under_the_same_ids(caller):
    caller.do(actions.stop_webhook, **caller.own())
    caller.do(actions.start_webhook, **caller.own())
    for workshop in ("W02", "W05"):
        caller.do(register, person_id=caller.fair.fadma, workshop_id=caller.fair.workshops[workshop])
    tell_people(caller.parts)
    caller.do(actions.stop_webhook, **caller.own())
    caller.round()
    failed = caller.calls()[:2]
    assert [(each.state, each.error) for each in failed] == [("failed", "stopped")] * 2
    caller.do(actions.start_webhook, **caller.own())
    caller.do(actions.replay_one, **caller.own(), outgoing_id=failed[0].id)
    caller.round()
    later = caller.parts.clock.now() + timedelta(hours=1)
    assert caller.do(actions.replay_failed, **caller.own(), since=later) == 0
    assert caller.do(actions.replay_failed, **caller.own(), since=later - timedelta(days=1)) == 1
    caller.round()
    assert set(caller.hook.ids[caller.before :]) == {each.uid for each in failed}
    assert len(new_bodies(caller)) == 2


@pytest.mark.sqlite_only
def test_calls_of_another_address_cannot_be_sent_again_under_this_one(caller):
    other = caller.do(
        actions.add_webhook, edition_id=caller.fair.edition, url=caller.hook.url, events=EVENTS, anywhere=True
    )
    caller.round()
    with pytest.raises(Refusal, match="outgoing_not_found"):
        caller.do(actions.replay_one, edition_id=caller.fair.edition, webhook_id=other, outgoing_id=caller.calls()[0].id)


@pytest.mark.sqlite_only
def test_a_new_secret_signs_and_the_one_before_still_holds(caller):
    from standardwebhooks import Webhook

    old = caller.secret()
    caller.do(actions.renew_secret, **caller.own())
    caller.do(actions.ping_webhook, **caller.own())
    caller.round()
    headers, body = caller.hook.heard[-1]
    assert caller.secret() != old
    for secret in (old, caller.secret()):
        assert Webhook(secret).verify(body.decode(), headers)["type"] == "webhook.ping"


@pytest.mark.sqlite_only
def test_only_what_an_address_wishes_to_hear_is_told(caller):
    with receiver() as quiet:
        caller.do(
            actions.add_webhook, edition_id=caller.fair.edition, url=quiet.url, events=["registration.cancelled"], anywhere=True
        )
        caller.do(register, person_id=caller.fair.fadma, workshop_id=caller.fair.workshops["W05"])
        caller.round()
        assert len(quiet.heard) == 1  # the trial alone


@pytest.mark.sqlite_only
@pytest.mark.parametrize("answer", ["10.0.0.7", "127.0.0.1", "::1", "169.254.169.254"])
def test_a_name_that_leads_into_a_private_network_is_not_called(make_app, monkeypatch, answer):
    import socket

    with receiver() as hook:
        caller = Caller(make_app(webhooks="any"), hook)
        caller.parts.settings = make_settings(caller.parts.settings, webhooks="public")
        url = "https://region.example.ma/hook"
        number = caller.do(actions.add_webhook, edition_id=caller.fair.edition, url=url, events=EVENTS)
        family = socket.AF_INET6 if ":" in answer else socket.AF_INET
        public = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("41.77.112.1", 443))
        found = [public, (family, socket.SOCK_STREAM, 6, "", (answer, 443))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: found)
        caller.id = number
        caller.round()
        assert caller.calls()[0].error == "private address"
        # And the plain address of the loopback, added while it was allowed, is not called any more either.
        assert hook.heard == []


def make_settings(settings, **different):
    from dataclasses import replace

    return replace(settings, **different)


@pytest.mark.sqlite_only
def test_all_that_is_wrong_with_a_new_address_is_said_at_once(caller):
    with pytest.raises(Refusal) as refused:
        caller.do(actions.add_webhook, edition_id=caller.fair.edition, url="http://localhost/", events=["nothing"])
    assert [each.code for each in refused.value.objections] == ["webhook_url_not_secure", "webhook_without_events"]
