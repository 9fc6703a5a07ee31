"""Built assets: names in templates become hashed addresses that may be kept for ever."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask import current_app
from whitenoise import WhiteNoise

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask


def init_assets(app: Flask, static: Path) -> None:
    """Serve `static/dist` and give templates `asset(name)`."""
    dist = static / "dist"
    manifest = dist / "manifest.json"
    known: dict[str, str] = json.loads(manifest.read_text(encoding="utf-8")) if manifest.exists() else {}

    def asset(name: str) -> str:
        return f"/static/dist/{known.get(name, name)}"

    app.jinja_env.globals["asset"] = asset
    app.extensions["village.assets"] = lambda name: dist / (known.get(name) or name)
    hashed = set(known.values())

    def is_hashed(_path: str, url: str) -> bool:
        name = url.removeprefix("/static/dist/")
        return name in hashed or name.removesuffix(".map") in hashed

    served = WhiteNoise(app.wsgi_app, immutable_file_test=is_hashed, max_age=300)
    if dist.is_dir():
        served.add_files(str(dist), prefix="static/dist/")
    app.wsgi_app = served  # type: ignore[method-assign]


def read_asset(name: str) -> bytes:
    """Return a built file by its plain name, for the rare one that must be served at an address of its own."""
    path: Path = current_app.extensions["village.assets"](name)
    return path.read_bytes()
