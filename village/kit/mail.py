"""Mail behind a small door: the console by default, SMTP when configured, memory in tests."""

from __future__ import annotations

import html
import re
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote, urlsplit

import structlog

from village.kit.outbox import Item, Undelivered, carrier

if TYPE_CHECKING:
    from village.kit.web import Parts

_log = structlog.get_logger(__name__)
_TIMEOUT_S = 20
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
# The first of three digits of an answer that no second try changes (RFC 5321 §4.2.1).
_PERMANENT = 5


@dataclass(frozen=True)
class Letter:
    """One mail in one language. The same `uid` comes at every try and becomes the Message-ID."""

    to: str
    subject: str
    text: str
    lang: str
    uid: str = ""


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
    """Hands letters to a mail server. `authority` is a file with the certificate that vouches for the server."""

    url: str
    sender: str
    authority: str = ""

    def send(self, letter: Letter) -> None:
        """Send by `smtp://user:password@host:port` (STARTTLS when offered) or `smtps://…`.

        Raises:
            OSError: the server cannot be reached, is not who it says, or refuses (`smtplib.SMTPException`).
            ValueError: the address cannot stand in a letter.

        """
        server = urlsplit(self.url)
        host = server.hostname or "localhost"
        vouched = ssl.create_default_context(cafile=self.authority or None)
        message = compose(letter, self.sender)
        smtp: smtplib.SMTP
        if server.scheme == "smtps":
            smtp = smtplib.SMTP_SSL(host, server.port or 0, timeout=_TIMEOUT_S, context=vouched)
        else:
            smtp = smtplib.SMTP(host, server.port or 0, timeout=_TIMEOUT_S)
        with smtp:
            smtp.ehlo()
            if server.scheme == "smtp" and smtp.has_extn("starttls"):
                smtp.starttls(context=vouched)
                smtp.ehlo()
            elif server.scheme == "smtp" and server.username and host not in _LOOPBACK:
                raise OSError("the mail server offers no TLS: the password is not sent in the open")
            if server.username:
                smtp.login(unquote(server.username), unquote(server.password or ""))
            smtp.send_message(message)


def compose(letter: Letter, sender: str) -> EmailMessage:
    """Write a letter as it travels: plain text, and the same as HTML for the direction of Arabic.

    Raises:
        ValueError: an address or the subject holds a line break.

    """
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, letter.to, letter.subject
    message["Date"] = formatdate()
    # Machines that answer for people who are away do not answer this (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    if letter.uid:
        domain = sender.rpartition("@")[2].strip("<> ") or "localhost"
        message["Message-ID"] = f"<{letter.uid}@{domain}>"
    message.set_content(letter.text)
    message.add_alternative(_as_html(letter), subtype="html")
    message["Content-Language"] = letter.lang
    return message


def _as_html(letter: Letter) -> str:
    paragraphs = [
        re.sub(r"https?://[^\s<>\"]+", lambda found: f'<a href="{found[0]}">{found[0]}</a>', html.escape(each)).replace(
            "\n", "<br>"
        )
        for each in letter.text.strip().split("\n\n")
    ]
    side = "rtl" if letter.lang == "ar" else "ltr"
    body = "".join(f"<p>{each}</p>" for each in paragraphs)
    return f'<!doctype html><html lang="{letter.lang}" dir="{side}"><body>{body}</body></html>\n'


def mailer_for(url: str, sender: str, authority: str = "") -> Mailer:
    """Choose a mailer by its setting: `console`, `smtp://…` or `smtps://…`."""
    if url.startswith(("smtp://", "smtps://")):
        return SmtpMailer(url, sender, authority)
    return ConsoleMailer()


@carrier("mail")
def carry_letter(parts: Parts, item: Item) -> None:
    """Hand a letter of the outbox to the mailer.

    Raises:
        Undelivered: for good where the server refuses the address or the letter itself.

    """
    try:
        parts.mailer.send(Letter(item.target, item.body["subject"], item.body["text"], item.body["lang"], item.uid))
    except smtplib.SMTPRecipientsRefused as fault:
        code, said = next(iter(fault.recipients.values()))
        raise Undelivered(_said(code, said, item.target), for_good=code // 100 == _PERMANENT) from fault
    except smtplib.SMTPDataError as fault:
        reason = _said(fault.smtp_code, fault.smtp_error, item.target)
        raise Undelivered(reason, for_good=fault.smtp_code // 100 == _PERMANENT) from fault
    except smtplib.SMTPResponseException as fault:
        # Of the whole service, not of this letter: a wrong password is mended by staff, and the letter waits for it.
        raise Undelivered(_said(fault.smtp_code, fault.smtp_error, item.target)) from fault
    except (ValueError, smtplib.SMTPNotSupportedError) as fault:
        raise Undelivered("the address cannot be written on a letter", for_good=True) from fault
    except OSError as fault:
        raise Undelivered(f"the mail server cannot be reached: {fault}") from fault


def _said(code: int, said: bytes | str, address: str) -> str:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return f"{code} {text.replace(address, '…')}"
