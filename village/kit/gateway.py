"""Short messages behind a small door: the console by default, any gateway with an HTTP address, memory in tests."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import parse_qsl, quote, urlencode

import structlog

from village.kit.outbox import Item, Undelivered, carrier

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

    from config import Settings
    from village.kit.web import Parts

_log = structlog.get_logger(__name__)
# What the gateway says of this very message: trying again would not help. A wrong token or address of the gateway
# itself (401, 403, 404) is for staff to mend, and the message waits for that.
_FOR_GOOD = frozenset({400, 410, 413, 422})
_LONGEST_PAUSE = timedelta(days=1)
_SHOWN = 200


@dataclass(frozen=True)
class Text:
    """One short message. `to` is a number as in +212600000012; the same `uid` comes at every try."""

    to: str
    text: str
    lang: str
    uid: str = ""


class Gateway(Protocol):
    """Who carries short messages."""

    carries: bool

    def send(self, text: Text) -> None:
        """Hand one message over; raises `Undelivered`."""
        ...


class ConsoleGateway:
    """Shows messages in the log instead of sending them: the twin for places without a gateway."""

    carries = True

    def send(self, text: Text) -> None:
        """Log the message."""
        _log.info("sms", to=text.to, text=text.text)


class NoGateway:
    """For a fair that sends no short messages: whoever has no e-mail is told by a call."""

    carries = False

    def send(self, text: Text) -> None:  # noqa: ARG002 - the protocol's signature
        """Send nothing.

        Raises:
            Undelivered: always, for good.

        """
        raise Undelivered("no SMS gateway is set (VILLAGE_SMS)", for_good=True)


@dataclass
class MemoryGateway:
    """Keeps messages in a list, for tests."""

    texts: list[Text] = field(default_factory=list)
    carries: bool = True

    def send(self, text: Text) -> None:
        """Keep the message."""
        self.texts.append(text)


@dataclass(frozen=True)
class HttpGateway:
    """Hands messages to a gateway by HTTP, as its own description asks.

    Address, body and headers are templates with {to} (+212600000012), {digits} (212600000012), {text}, {uid} and
    {lang}. A body that begins with `{` is JSON, any other a form (`to={to}&message={text}`); values are escaped as
    the place asks for. `success` lists statuses as in `200-299`; `answer` is a text that the answer must hold.
    """

    url: str
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=dict)
    token: str = ""
    body: str = ""
    success: str = "200-299"
    answer: str = ""
    timeout_s: float = 10.0
    carries = True

    def send(self, text: Text) -> None:
        """Hand one message over.

        Raises:
            Undelivered: the gateway did not answer, or not as a success looks like.

        """
        import httpx

        facts = {
            "to": text.to,
            "digits": text.to.removeprefix("+"),
            "text": text.text,
            "uid": text.uid,
            "lang": text.lang,
        }
        try:
            answer = httpx.request(
                self.method,
                _filled(self.url, {name: quote(value, safe="") for name, value in facts.items()}),
                headers=self._headers(facts),
                content=self._content(facts),
                timeout=self.timeout_s,
                follow_redirects=False,
            )
        except httpx.TimeoutException as fault:
            raise Undelivered(f"the gateway gave no answer within {self.timeout_s:g} s") from fault
        except (httpx.HTTPError, httpx.InvalidURL) as fault:
            raise Undelivered(f"the gateway cannot be reached: {type(fault).__name__}") from fault
        self._judge(answer, text)

    def _headers(self, facts: Mapping[str, str]) -> dict[str, str]:
        headers = {"Accept": "application/json, text/plain, */*", "Idempotency-Key": facts["uid"]}
        if self.body:
            form = "application/x-www-form-urlencoded; charset=utf-8"
            headers["Content-Type"] = "application/json" if _is_json(self.body) else form
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        return headers | {name: _filled(value, facts) for name, value in self.headers.items()}

    def _content(self, facts: Mapping[str, str]) -> bytes:
        if _is_json(self.body):
            return json.dumps(_filled_all(json.loads(self.body), facts), ensure_ascii=False).encode()
        pairs = parse_qsl(self.body, keep_blank_values=True)
        return urlencode([(name, _filled(value, facts)) for name, value in pairs]).encode()

    def _judge(self, answer: httpx.Response, text: Text) -> None:
        said = " ".join(answer.text.replace(text.to, "…").replace(text.to.removeprefix("+"), "…").split())[:_SHOWN]
        if not _is_among(answer.status_code, self.success):
            after = retry_after(answer.headers.get("Retry-After", ""))
            raise Undelivered(
                f"HTTP {answer.status_code} {said}".strip(), for_good=answer.status_code in _FOR_GOOD, after=after
            )
        if self.answer and self.answer not in answer.text:
            raise Undelivered(f"the gateway answered otherwise than VILLAGE_SMS_ANSWER: {said}")


def gateway_for(settings: Settings) -> Gateway:
    """Choose a gateway by the settings: `console`, `none`, or an address."""
    if settings.sms == "none":
        return NoGateway()
    if not settings.sms.startswith(("http://", "https://")):
        return ConsoleGateway()
    return HttpGateway(
        settings.sms,
        settings.sms_method.upper(),
        json.loads(settings.sms_headers or "{}"),
        settings.sms_token,
        settings.sms_body,
        settings.sms_success,
        settings.sms_answer,
        float(settings.sms_timeout),
    )


def retry_after(header: str, now: datetime | None = None) -> timedelta | None:
    """Read Retry-After (RFC 9110 §10.2.3): seconds or a date; at most a day, None where there is nothing to read."""
    seconds = header.strip()
    if seconds.isascii() and seconds.isdigit():
        return min(timedelta(seconds=int(seconds[:9])), _LONGEST_PAUSE)
    try:
        at = parsedate_to_datetime(header)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max(at - (now or datetime.now(UTC)), timedelta()), _LONGEST_PAUSE)


@carrier("sms")
def carry_text(parts: Parts, item: Item) -> None:
    """Hand a short message of the outbox to the gateway."""
    parts.gateway.send(Text(item.target, item.body["text"], item.body["lang"], item.uid))


def _is_json(body: str) -> bool:
    return body.lstrip().startswith("{")


def _filled(template: str, facts: Mapping[str, str]) -> str:
    # One pass by hand: a text may itself hold braces, and they stay as they are.
    out, rest = "", template
    while "{" in rest:
        before, _, after = rest.partition("{")
        name, closed, tail = after.partition("}")
        known = bool(closed) and name in facts
        out += before + (facts[name] if known else "{")
        rest = tail if known else after
    return out + rest


def _filled_all(value: Any, facts: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: _filled_all(each, facts) for name, each in value.items()}
    if isinstance(value, list):
        return [_filled_all(each, facts) for each in value]
    return _filled(value, facts) if isinstance(value, str) else value


def _is_among(status: int, ranges: str) -> bool:
    bounds = (each.strip().partition("-") for each in ranges.split(","))
    return any(int(low) <= status <= int(high or low) for low, _, high in bounds)
