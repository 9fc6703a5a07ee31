"""Deny by default: a route that says nothing about who may enter is a fault."""

from __future__ import annotations

import pytest

from village.kit.guard import permission_of
from village.people.permissions import PERMISSIONS
from village.people.rules import SCOPES

pytestmark = pytest.mark.sqlite_only
# Flask-Security guards its own pages; files are served without a view of ours.
SELF_GUARDED = {"security"}
KNOWN = frozenset().union(*PERMISSIONS.values()) | {"*"} | {f"key:{scope}" for scope in SCOPES}


def routes(app):
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint.split(".")[0] not in SELF_GUARDED | {"static"}]


def test_every_route_says_who_may_enter(app):
    silent = sorted({rule.endpoint for rule in routes(app) if permission_of(app, rule.endpoint) is None})
    assert silent == []


def test_every_permission_asked_for_is_held_by_some_role(app):
    asked = {(rule.endpoint, permission_of(app, rule.endpoint)) for rule in routes(app)}
    assert sorted(pair for pair in asked if pair[1] not in KNOWN) == []


def test_every_page_has_an_address_in_each_language(app):
    """Only printed codes, the machine interface and the address without language stand outside /<lang>/."""
    bare = sorted(rule.rule for rule in routes(app) if "lang" not in rule.arguments)
    allowed = ("/B/", "/C", "/D/", "/G/", "/M/", "/P/", "/S/", "/T/", "/W", "/api/", "/healthz", "/static", "/robots.txt", "/favicon.ico", "/sw.js", "/manifest")
    assert [rule for rule in bare if rule != "/" and not rule.startswith(allowed)] == []


def test_a_deed_is_never_done_by_following_a_link(app):
    """What changes something is sent by POST (or PUT, PATCH, DELETE), where the token is asked for."""
    for rule in routes(app):
        name = rule.endpoint.rsplit(".", 1)[-1]
        if name.startswith(("assign", "create", "delete", "remove", "revoke", "issue", "admit", "register_", "close", "open")):
            assert "POST" in rule.methods or "open" in name, rule


def test_a_route_without_guard_answers_403(app, client):
    app.add_url_rule("/fr/forgotten-guard", "forgotten", lambda: "secret")
    answer = client.get("/fr/forgotten-guard")
    assert answer.status_code == 403
    assert "secret" not in answer.text
