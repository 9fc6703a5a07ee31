"""When the database is gone, the page still says so, in three languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

if TYPE_CHECKING:
    from flask import Flask


@pytest.mark.sqlite_only
def test_a_lost_database_is_said_plainly(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise sa.exc.OperationalError("SELECT 1", {}, Exception("gone"))

    monkeypatch.setitem(app.extensions["village"].wires, "edition", lambda _session: gone())
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = app.test_client().get("/fr/")
    assert answer.status_code == 500
    for sentence in ("وقع خطأ في الخادم", "Le serveur a eu une panne", "The server failed"):
        assert sentence in answer.text
