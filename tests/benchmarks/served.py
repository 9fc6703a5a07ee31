"""What the request benchmarks serve: the village, and two bare Flask endpoints on the same database."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from flask import Flask

from config import Settings
from village.app import create_app
from village.audit.actions import record
from village.kit.deeds import SYSTEM, begin
from village.kit.web import parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

village = create_app(Settings.from_env())
with village.app_context():
    _engine, _keys = parts().engine, parts().keys

plain = Flask("bare")
_UPDATE = sa.text("UPDATE bare SET taken = taken + 1 WHERE id = 1 RETURNING taken")
_SIGNED = b"scan"
_SIGNATURE = _keys.sign("badge", _SIGNED)


@plain.post("/bare")
def bare() -> dict[str, int]:
    """Do one UPDATE in a transaction."""
    with begin(_engine, actor=SYSTEM, now=datetime.now(UTC)) as deed:
        return {"taken": deed.session.execute(_UPDATE).scalar_one()}


@plain.post("/chain")
def chain() -> dict[str, int]:
    """Do the same with a signature to check and a line in the log."""
    _keys.verify("badge", _SIGNED, _SIGNATURE)
    with begin(_engine, actor=SYSTEM, now=datetime.now(UTC)) as deed:
        taken = deed.session.execute(_UPDATE).scalar_one()
        record(deed, "scan.admitted", "workshop:1", {"scan": "bench"})
        return {"taken": taken}


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Send bare requests to the bare application, all others to the village."""
    app = plain if environ["PATH_INFO"] in {"/bare", "/chain"} else village
    return app.wsgi_app(environ, start_response)
