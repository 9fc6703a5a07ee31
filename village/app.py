"""The application: the one module that knows every feature. It wires them together and decides nothing."""

from __future__ import annotations

import importlib
import importlib.util
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Flask, redirect, request, url_for
from flask_compress import Compress
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from config import ROOT, Settings
from village.kit import clock as clocks
from village.kit import wording
from village.kit.addresses import init_addresses
from village.kit.api import exempt_keyed_views, init_api
from village.kit.assets import init_assets
from village.kit.chance import SystemChance
from village.kit.db import db
from village.kit.errors import init_errors
from village.kit.gateway import gateway_for
from village.kit.guard import init_guard, may, public
from village.kit.headers import init_headers
from village.kit.i18n import current_lang, direction
from village.kit.jobs import init_jobs
from village.kit.locale import init_locale, other_languages, preferred_lang
from village.kit.logs import init_logs
from village.kit.mail import mailer_for
from village.kit.queue import queue_for
from village.kit.refusal import Refusal
from village.kit.signing import Keyring
from village.kit.storage import FileStorage
from village.kit.web import Parts, edition, init_parts, limiter
from village.navigation import navigation
from village.people.permissions import permissions_of
from village.people.rules import show_phone
from village.wiring import wire

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as WerkzeugResponse

# From the ground up, as in docs/structure.md.
FEATURES = (
    "editions",
    "people",
    "exhibitors",
    "floor",
    "workshops",
    "badges",
    "checkin",
    "certificates",
    "awards",
    "draws",
    "imports",
    "reports",
    "messages",
    "audit",
)
CATALOGUES = ("front", "kit", *FEATURES)
_MAX_UPLOAD_BYTES = 8 * 1024 * 1024


def create_app(settings: Settings | None = None, **replaced: Any) -> Flask:
    """Build the application.

    Args:
        settings: how this installation differs from others; from the environment when left out.
        **replaced: parts of the outside world to use instead (`clock`, `chance`, `mailer`, `gateway`, `storage`,
            `keys`).

    Raises:
        RuntimeError: the time-zone data are too old for Moroccan times.

    """
    settings = settings or Settings.from_env()
    if not clocks.zone_is_current():
        raise RuntimeError("the tzdata package is older than 2026f: planned times would be an hour wrong")
    settings.data_folder.mkdir(parents=True, exist_ok=True)
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=None)
    keys = replaced.pop("keys", None) or Keyring(settings.data_folder / "keys")
    _configure(app, settings, keys)
    db.init_app(app)
    with app.app_context():
        engine = db.engine
    parts = Parts(
        settings=settings,
        engine=engine,
        clock=replaced.get("clock") or clocks.SystemClock(),
        chance=replaced.get("chance") or SystemChance(),
        keys=keys,
        storage=replaced.get("storage") or FileStorage(settings.data_folder / "files"),
        mailer=replaced.get("mailer") or mailer_for(settings.mail_url, settings.mail_from, settings.mail_authority),
        gateway=replaced.get("gateway") or gateway_for(settings),
    )
    init_parts(app, parts)
    init_jobs(app, queue_for(settings), parts)
    _add_web(app, settings)
    _add_features(app)
    wire(parts)
    return app


def _configure(app: Flask, settings: Settings, keys: Keyring) -> None:
    app.config.update(
        SECRET_KEY=keys.secret("session").hex(),
        SQLALCHEMY_DATABASE_URI=settings.sqlalchemy_url,
        SQLALCHEMY_ENGINE_OPTIONS=_engine_options(settings),
        MAX_CONTENT_LENGTH=_MAX_UPLOAD_BYTES,
        SESSION_COOKIE_SECURE=settings.cookies_are_secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_NAME="village",
        WTF_CSRF_TIME_LIMIT=None,
        RATELIMIT_ENABLED=settings.rate_limits == "on",
        RATELIMIT_STORAGE_URI=settings.rate_store,
        COMPRESS_MIMETYPES=["text/html", "application/json", "image/svg+xml", "text/csv", "text/plain"],
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=4,
    )
    init_logs(as_json=settings.log_format == "json")


def _engine_options(settings: Settings) -> dict[str, Any]:
    if settings.sqlalchemy_url.startswith("sqlite"):
        return {"connect_args": {"timeout": 15, "check_same_thread": False}}
    return {"pool_pre_ping": True, "pool_size": int(settings.web_threads) + 2, "max_overflow": 10}


def _add_web(app: Flask, settings: Settings) -> None:
    if int(settings.proxies):
        count = int(settings.proxies)
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    init_assets(app, ROOT / "static")
    init_addresses(app)
    init_locale(app, Path(__file__).parent / "translations", list(CATALOGUES))
    app.jinja_env.filters["phone"] = lambda number: app.jinja_env.filters["ltr"](show_phone(number))
    CSRFProtect(app)
    limiter.init_app(app)
    Compress(app)
    init_headers(app, https=settings.cookies_are_secure)
    init_errors(app)

    @app.context_processor
    def offer() -> dict[str, Any]:
        lang = current_lang()
        return {
            "lang": lang,
            "dir": direction(lang),
            "langs": other_languages(),
            "nav": navigation(),
            "edition": edition(),
            "current_user": current_user,
            "may": may,
        }


def _add_features(app: Flask) -> None:
    wording.learn(*_words("kit"))
    interface = init_api(app)
    for feature in FEATURES:
        _module(feature, "models")
        _module(feature, "jobs")
        wording.learn(*_words(feature))
        for name in ("pages", "api"):
            module = _module(feature, name)
            if module is None:
                continue
            if blueprint := getattr(module, "bp", None):
                app.register_blueprint(blueprint, url_prefix="/<lang:lang>")
            if bare := getattr(module, "bare", None):
                app.register_blueprint(bare)
            for documented in getattr(module, "documented", ()):
                interface.register_blueprint(documented)
    exempt_keyed_views(app)
    accounts = _module("people", "accounts")
    if accounts is not None:
        accounts.init_accounts(app)
    init_guard(app, permissions_of, frozenset({"security"}))
    app.before_request(_ask_for_an_edition)
    app.register_blueprint(_root())


def _ask_for_an_edition() -> None:
    """Before the first edition is made only signing in, accounts and the first page have anything to show."""
    needs_none = {None, "editions", "people", "security", "root", "audit", "audit_api", "reports"}
    if request.endpoint is not None and request.blueprint not in needs_none and edition() is None:
        raise Refusal("edition_not_found")


def _root() -> Blueprint:
    root = Blueprint("root", __name__)

    @root.get("/")
    @public
    def start() -> WerkzeugResponse:
        return redirect(url_for("editions.home", lang=preferred_lang()))

    @root.get("/healthz")
    @public
    def health() -> dict[str, str]:
        return {"state": "ok"}

    return root


@cache
def _module(feature: str, name: str) -> Any:
    if importlib.util.find_spec(f"village.{feature}.{name}") is None:
        return None
    return importlib.import_module(f"village.{feature}.{name}")


def _words(feature: str) -> tuple[Any, Any]:
    module = _module(feature, "wording")
    return getattr(module, "REFUSALS", None), getattr(module, "DEEDS", None)
