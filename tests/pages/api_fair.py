"""A small fair behind the JSON interface, with a key for a program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.pages.participants import BEFORE, SmallFair, small_fair
from village.kit.deeds import SYSTEM, begin
from village.people.actions.keys import make_key

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

FADMA_BY_PHONE = {"given_fr": "Itto", "family_fr": "Aberkane", "phone": "06 00 00 00 77", "lang": "fr"}


@dataclass(frozen=True)
class Program:
    """Another program: its key, and the browserless client that it is."""

    client: FlaskClient
    key: str
    key_id: int
    fair: SmallFair

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Send a request with the key; `Idempotency_Key` becomes `Idempotency-Key`."""
        sent = {"Authorization": f"Bearer {self.key}", **{name.replace("_", "-"): text for name, text in headers.items()}}
        return self.client.open(f"/api/v1{path}", method=method, json=body, headers=sent)

    def register(self, workshop: str, person: dict[str, Any] | None = None, **headers: str) -> Any:
        """Register somebody."""
        return self.ask("POST", "/registrations", {"session": workshop, "person": person or FADMA_BY_PHONE}, **headers)


def make_program(app: Flask, fair: SmallFair | None = None) -> Program:
    """Give a program a key."""
    from village.kit.web import parts

    fair = fair or small_fair(app)
    with app.app_context():
        world = parts()
        with begin(world.engine, actor=SYSTEM, now=BEFORE, chance=world.chance) as deed:
            made = make_key(deed, edition_id=fair.edition, name="Site de la région", scopes=["registrations"])
    return Program(app.test_client(), made.key, made.id, fair)
