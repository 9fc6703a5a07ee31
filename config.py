"""Settings of the village: one frozen value read from the environment. Standard library only."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parent
_LONGEST_TIMEOUT_S = 30


def _setting(variable: str, default: str, text: str) -> str:
    """Declare a setting: its environment variable, its default as typed there, and its help text."""
    return field(default=default, metadata={"variable": variable, "help": text})


class SettingError(ValueError):
    """A setting has a value that cannot be used; the message names the variable and what it accepts."""


@dataclass(frozen=True)
class Settings:
    """Everything that differs from one installation to another. Each field carries its own help text."""

    data: str = _setting(
        "VILLAGE_DATA", str(ROOT / "instance"), "Folder of the database, keys, uploads and documents."
    )
    database_url: str = _setting(
        "DATABASE_URL", "", "sqlite:///file or postgresql://…; empty: village.db in the data folder."
    )
    port: str = _setting("VILLAGE_PORT", "8000", "Port that `village serve` and `village demo` listen on.")
    host: str = _setting("VILLAGE_HOST", "127.0.0.1", "Address that the server listens on.")
    public_url: str = _setting(
        "VILLAGE_PUBLIC_URL", "", "Address printed in QR codes; empty: http://HOST:PORT of this machine."
    )
    web_workers: str = _setting("VILLAGE_WEB_WORKERS", "1", "Web processes that `village serve` starts.")
    web_threads: str = _setting("VILLAGE_WEB_THREADS", "4", "Threads in each web process.")
    queue: str = _setting(
        "VILLAGE_QUEUE",
        "auto",
        "Job queue: auto (the database's own kind), sqlite, postgresql, redis://… (needs the package redis), now.",
    )
    mail_url: str = _setting(
        "VILLAGE_MAIL", "console", "console, or smtp://user:password@host:port (smtps:// for TLS)."
    )
    mail_from: str = _setting("VILLAGE_MAIL_FROM", "village@localhost", "Sender of the mails.")
    mail_authority: str = _setting(
        "VILLAGE_MAIL_AUTHORITY", "", "Certificate file that vouches for the mail server; empty: the usual authorities."
    )
    sms: str = _setting(
        "VILLAGE_SMS", "console", "console, none, or the address of an SMS gateway (https://…); see docs/messages.md."
    )
    sms_method: str = _setting("VILLAGE_SMS_METHOD", "POST", "How the gateway is asked: POST, GET or PUT.")
    sms_token: str = _setting("VILLAGE_SMS_TOKEN", "", "Sent to the gateway as Authorization: Bearer ….")
    sms_headers: str = _setting("VILLAGE_SMS_HEADERS", "", "Further headers for the gateway, as a JSON object.")
    sms_body: str = _setting(
        "VILLAGE_SMS_BODY",
        '{"to": "{to}", "text": "{text}", "id": "{uid}"}',
        "What the gateway is sent: JSON, or a form as in to={digits}&message={text}; see docs/messages.md.",
    )
    sms_success: str = _setting("VILLAGE_SMS_SUCCESS", "200-299", "Statuses by which the gateway says yes.")
    sms_answer: str = _setting(
        "VILLAGE_SMS_ANSWER", "", "Text that a yes of the gateway holds; empty: the status says enough."
    )
    sms_timeout: str = _setting("VILLAGE_SMS_TIMEOUT", "10", "Seconds that the gateway has to answer, 30 at most.")
    webhooks: str = _setting(
        "VILLAGE_WEBHOOKS",
        "public",
        "Where calls to other programs may lead: public (https on the Internet), any (also http and private networks).",
    )
    beacon_urls: str = _setting(
        "VILLAGE_BEACON_URLS",
        "https://api.drand.sh https://drand.cloudflare.com",
        "Relays of the public beacon for draws, with blanks between them; none: a telephone brings the round in.",
    )
    timestamp_url: str = _setting(
        "VILLAGE_TIMESTAMP_URL",
        "",
        "Authority that stamps the seals of the log (RFC 3161, needs the extra timestamp); empty: none.",
    )
    timestamp_roots: str = _setting(
        "VILLAGE_TIMESTAMP_ROOTS", "", "PEM file of the certificates that vouch for that authority."
    )
    proxies: str = _setting("VILLAGE_PROXIES", "0", "Number of trusted proxies before the application.")
    secure_cookies: str = _setting(
        "VILLAGE_SECURE_COOKIES", "auto", "auto (on where VILLAGE_PUBLIC_URL is https), on, off."
    )
    rate_limits: str = _setting("VILLAGE_RATE_LIMITS", "on", "Limits on sign-in and public look-ups: on or off.")
    rate_store: str = _setting(
        "VILLAGE_RATE_STORE",
        "memory://",
        "Limits are counted in each web process apart (memory://) or for all (redis://…, needs the package redis).",
    )
    log_format: str = _setting("VILLAGE_LOG", "text", "Log lines as text or json.")

    @classmethod
    def from_env(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the settings.

        Args:
            environment: variables by name; the process's own when left out.

        Raises:
            SettingError: a value is not of the kind the help text asks for.

        """
        env = os.environ if environment is None else environment
        values = {
            f.name: env[f.metadata["variable"]] for f in fields(cls) if env.get(f.metadata["variable"])
        }
        settings = cls(**values)
        settings.check()
        return settings

    def check(self) -> None:
        """Refuse values that would only fail later, far from their cause."""
        for name in ("port", "web_workers", "web_threads", "proxies"):
            if not getattr(self, name).isdigit():
                raise SettingError(f"{_variable(name)} must be a whole number, not {getattr(self, name)!r}")
        if self.database_url and not self.database_url.startswith(("sqlite:///", "postgresql")):
            raise SettingError("DATABASE_URL must begin with sqlite:/// or postgresql://")
        self._check_messages()
        if self.timestamp_url and not self.timestamp_url.startswith(("http://", "https://")):
            raise SettingError("VILLAGE_TIMESTAMP_URL must begin with http:// or https://")
        if self.timestamp_url and not self.timestamp_roots:
            raise SettingError("VILLAGE_TIMESTAMP_ROOTS must name a PEM file: somebody must vouch for the stamps")

    def _check_messages(self) -> None:
        if self.mail_url != "console" and not self.mail_url.startswith(("smtp://", "smtps://")):
            raise SettingError("VILLAGE_MAIL must be console, or begin with smtp:// or smtps://")
        if self.sms not in {"console", "none"} and not self.sms.startswith(("http://", "https://")):
            raise SettingError("VILLAGE_SMS must be console, none, or begin with https:// or http://")
        if self.beacon_urls != "none" and not re.fullmatch(r"https?://\S+(\s+https?://\S+)*", self.beacon_urls.strip()):
            raise SettingError("VILLAGE_BEACON_URLS must be none, or addresses that begin with https:// or http://")
        if self.webhooks not in {"public", "any"}:
            raise SettingError("VILLAGE_WEBHOOKS must be public or any")
        if self.sms_method.upper() not in {"POST", "GET", "PUT"}:
            raise SettingError("VILLAGE_SMS_METHOD must be POST, GET or PUT")
        if not re.fullmatch(r"\d{3}(-\d{3})?(\s*,\s*\d{3}(-\d{3})?)*", self.sms_success):
            raise SettingError("VILLAGE_SMS_SUCCESS must list statuses, as in 200-299 or 200,202")
        if not self.sms_timeout.isdigit() or not 1 <= int(self.sms_timeout) <= _LONGEST_TIMEOUT_S:
            raise SettingError(f"VILLAGE_SMS_TIMEOUT must be a number from 1 to {_LONGEST_TIMEOUT_S}")
        _check_object("VILLAGE_SMS_HEADERS", self.sms_headers)
        if self.sms_body.lstrip().startswith("{"):
            _check_object("VILLAGE_SMS_BODY", self.sms_body)

    @property
    def data_folder(self) -> Path:
        """The data folder, absolute, so that a change of directory never splits the data."""
        return Path(self.data).expanduser().resolve()

    @property
    def sqlalchemy_url(self) -> str:
        """The database as SQLAlchemy wants it: psycopg 3 for PostgreSQL."""
        if not self.database_url:
            return f"sqlite:///{self.data_folder / 'village.db'}"
        if self.database_url.startswith("postgresql://"):
            return "postgresql+psycopg://" + self.database_url.removeprefix("postgresql://")
        return self.database_url

    @property
    def address(self) -> str:
        """The address printed in QR codes and shown at start, without a final slash."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def cookies_are_secure(self) -> bool:
        """Whether cookies may only travel by HTTPS."""
        if self.secure_cookies == "auto":
            return self.address.startswith("https://")
        return self.secure_cookies == "on"


def _check_object(variable: str, text: str) -> None:
    try:
        found = json.loads(text or "{}")
    except json.JSONDecodeError as fault:
        raise SettingError(f"{variable} is no JSON: {fault}") from fault
    if not isinstance(found, dict):
        raise SettingError(f"{variable} must be a JSON object")


def _variable(name: str) -> str:
    return next(str(f.metadata["variable"]) for f in fields(Settings) if f.name == name)


def describe() -> list[tuple[str, str, str]]:
    """List (variable, default, help) of every setting, for the README and `village settings`."""
    return [(f.metadata["variable"], str(f.default), f.metadata["help"]) for f in fields(Settings)]
