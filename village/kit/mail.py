"""Mail behind a small door: the console by default, SMTP when configured, memory in tests."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import unquote, urlsplit

import structlog

_log = structlog.get_logger(__name__)
_TIMEOUT_S = 20


@dataclass(frozen=True)
class Letter:
    """One mail in one language."""

    to: str
    subject: str
    text: str
    lang: str


class Mailer(Protocol):
    """Who carries letters."""

    def send(self, letter: Letter) -> None:
        """Carry one letter; raises OSError when it cannot be handed over."""
        ...


class ConsoleMailer:
    """Shows letters in the log instead of sending them: the twin for places without a mail server."""

    def send(self, letter: Letter) -> None:
        """Log the letter."""
        _log.info("mail", to=letter.to, subject=letter.subject, text=letter.text)


@dataclass
class MemoryMailer:
    """Keeps letters in a list, for tests."""

    letters: list[Letter] = field(default_factory=list)

    def send(self, letter: Letter) -> None:
        """Keep the letter."""
        self.letters.append(letter)


@dataclass(frozen=True)
class SmtpMailer:
    """Hands letters to a mail server."""

    url: str
    sender: str

    def send(self, letter: Letter) -> None:
        """Send by `smtp://user:password@host:port` (STARTTLS when offered) or `smtps://…`."""
        server = urlsplit(self.url)
        connect = smtplib.SMTP_SSL if server.scheme == "smtps" else smtplib.SMTP
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, letter.to, letter.subject
        message["Content-Language"] = letter.lang
        message.set_content(letter.text)
        with connect(server.hostname or "localhost", server.port or 0, timeout=_TIMEOUT_S) as smtp:
            if server.scheme == "smtp" and smtp.ehlo()[0] and smtp.has_extn("starttls"):
                smtp.starttls()
            if server.username:
                smtp.login(unquote(server.username), unquote(server.password or ""))
            smtp.send_message(message)


def mailer_for(url: str, sender: str) -> Mailer:
    """Choose a mailer by its setting: `console`, `smtp://…` or `smtps://…`."""
    if url.startswith(("smtp://", "smtps://")):
        return SmtpMailer(url, sender)
    return ConsoleMailer()
