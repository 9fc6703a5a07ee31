"""What carries letters and short messages, against a real mail server and a real receiver on this machine."""

from __future__ import annotations

import contextlib
import email
import email.policy
import json
import ssl
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from config import SettingError, Settings
from village.kit.gateway import (
    ConsoleGateway,
    HttpGateway,
    MemoryGateway,
    NoGateway,
    Text,
    carry_text,
    gateway_for,
    retry_after,
)
from village.kit.mail import ConsoleMailer, Letter, SmtpMailer, carry_letter, mailer_for
from village.kit.outbox import Item, Undelivered
from village.kit.worker import walk

NOW = datetime(2026, 12, 4, 9, 0, tzinfo=UTC)
SALAM = "تأكد مكانكم في الورشة.\nالجمعة 4 دجنبر.\n\nhttp://village.test/ar/me/abc"
LETTER = Letter("fatima@example.test", "مكانكم مؤكد", SALAM, "ar", "f00d")


# ---- mail


class Catcher:
    """Keeps what arrives; says what a test wants at RCPT and DATA."""

    def __init__(self):
        self.letters, self.tls, self.rcpt, self.data = [], [], "250 OK", "250 OK"

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 - the library's name
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, _server, session, envelope):  # noqa: N802 - the library's name
        if self.data.startswith("250"):
            self.letters.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
            self.tls.append(session.ssl is not None)
        return self.data


class AnyPort(Controller):
    """Takes any free port, and then asks at that one whether its own door is open."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server(**options):
    catcher = Catcher()
    server = AnyPort(catcher, hostname="127.0.0.1", port=0, **options)
    server.start()
    try:
        yield catcher, server.port
    finally:
        server.stop(no_assert=True)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for this machine that vouches for itself."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    made = datetime.now(UTC)
    paper = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(made - timedelta(days=1))
        .not_valid_after(made + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("certificate")
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "key.pem").write_bytes(secret)
    (folder / "cert.pem").write_bytes(paper.public_bytes(serialization.Encoding.PEM))
    return folder


def tls_of(folder):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context


def test_a_letter_arrives_whole():
    with mail_server() as (catcher, port):
        SmtpMailer(f"smtp://127.0.0.1:{port}", "Village <post@village.test>").send(LETTER)
    [letter] = catcher.letters
    assert letter["Subject"] == "مكانكم مؤكد"
    assert letter["To"] == "fatima@example.test"
    assert letter["Message-ID"] == "<f00d@village.test>"
    assert letter["Content-Language"] == "ar"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_body(("plain",)).get_content().split() == SALAM.split()
    page = letter.get_body(("html",)).get_content()
    assert '<html lang="ar" dir="rtl">' in page
    assert '<a href="http://village.test/ar/me/abc">' in page


def test_names_in_a_letter_cannot_write_html():
    with mail_server() as (catcher, port):
        SmtpMailer(f"smtp://127.0.0.1:{port}", "post@village.test").send(Letter("a@example.test", "x", "<b>Hi</b>", "fr"))
    assert "<b>" not in catcher.letters[0].get_body(("html",)).get_content()


def test_the_password_travels_by_tls_only(certificate):
    seen = []

    def know(_server, _session, _envelope, _mechanism, data):
        seen.append((data.login, data.password) if isinstance(data, LoginPassword) else data)
        return AuthResult(success=seen[-1] == (b"post", b"s3cret/"))

    options = {"tls_context": tls_of(certificate), "auth_required": True, "require_starttls": True, "authenticator": know}
    with mail_server(**options) as (catcher, port):
        url = f"smtp://post:s3cret%2F@localhost:{port}"
        SmtpMailer(url, "post@village.test", str(certificate / "cert.pem")).send(LETTER)
        assert catcher.tls == [True]
        assert seen == [(b"post", b"s3cret/")]
        with pytest.raises(ssl.SSLCertVerificationError):
            SmtpMailer(url, "post@village.test").send(LETTER)
    assert len(catcher.letters) == 1


def world_of(port):
    return SimpleNamespace(mailer=SmtpMailer(f"smtp://127.0.0.1:{port}", "post@village.test"))


def letter_item(to="fatima@example.test"):
    return Item(1, "f00d", "mail", to, {"subject": "مكانكم", "text": SALAM, "lang": "ar"}, "", 1, NOW)


@pytest.mark.parametrize(
    ("moment", "answer", "for_good"),
    [
        ("rcpt", "550 no such user", True),
        ("rcpt", "450 mailbox busy", False),
        ("data", "554 looks like spam", True),
        ("data", "452 disk full", False),
    ],
)
def test_what_a_mail_server_refuses(moment, answer, for_good):
    with mail_server() as (catcher, port):
        setattr(catcher, moment, answer)
        with pytest.raises(Undelivered) as refused:
            carry_letter(world_of(port), letter_item())
    assert refused.value.for_good is for_good
    assert refused.value.reason == answer


def test_no_mail_server_at_all():
    with mail_server() as (_catcher, port):
        pass
    with pytest.raises(Undelivered, match="cannot be reached") as refused:
        carry_letter(world_of(port), letter_item())
    assert not refused.value.for_good


def test_an_address_that_breaks_the_letter():
    with mail_server() as (catcher, port), pytest.raises(Undelivered) as refused:
        carry_letter(world_of(port), letter_item("fatima@example.test\nBcc: all@example.test"))
    assert refused.value.for_good
    assert catcher.letters == []


def test_a_mailer_by_its_setting():
    assert isinstance(mailer_for("console", "x@y"), ConsoleMailer)
    assert mailer_for("smtps://h", "x@y", "a.pem") == SmtpMailer("smtps://h", "x@y", "a.pem")


# ---- short messages


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self.server.got.append((self.command, self.path, dict(self.headers), body))
        time.sleep(self.server.slow)
        status, headers, answer = self.server.answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        with contextlib.suppress(BrokenPipeError):
            self.wfile.write(answer.encode())

    do_GET = do_POST  # noqa: N815 - the library's name

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def receiver():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    server.got, server.answer, server.slow = [], (200, {}, "OK"), 0
    server.url = f"http://127.0.0.1:{server.server_port}/send"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


MESSAGE = Text("+212600000012", 'تأكد مكانكم في «W01» & {to} "هنا"', "ar", "f00d")


def test_a_message_as_json(receiver):
    body = json.dumps({"messages": [{"to": "{to}", "text": "{text}", "ref": "village-{uid}", "unicode": True}]})
    gateway = HttpGateway(receiver.url, token="t0ken", headers={"X-Sender": "VILLAGE"}, body=body)
    gateway.send(MESSAGE)
    [(method, path, headers, got)] = receiver.got
    assert (method, path) == ("POST", "/send")
    assert headers["Authorization"] == "Bearer t0ken"
    assert headers["X-Sender"] == "VILLAGE"
    assert headers["Idempotency-Key"] == "f00d"
    assert headers["Content-Type"] == "application/json"
    assert json.loads(got) == {"messages": [{"to": "+212600000012", "text": MESSAGE.text, "ref": "village-f00d", "unicode": True}]}


def test_a_message_as_a_form(receiver):
    HttpGateway(receiver.url, body="to={digits}&message={text}&from=VILLAGE").send(MESSAGE)
    [(_method, _path, headers, got)] = receiver.got
    assert headers["Content-Type"].startswith("application/x-www-form-urlencoded")
    assert parse_qs(got) == {"to": ["212600000012"], "message": [MESSAGE.text], "from": ["VILLAGE"]}


def test_a_message_in_the_address(receiver):
    HttpGateway(receiver.url + "?to={to}&text={text}", "GET").send(MESSAGE)
    [(method, path, _headers, got)] = receiver.got
    assert (method, got) == ("GET", "")
    assert parse_qs(urlsplit(path).query) == {"to": ["+212600000012"], "text": [MESSAGE.text]}


@pytest.mark.parametrize(
    ("answer", "for_good", "after"),
    [
        ((422, {}, "bad number +212600000012"), True, None),
        ((400, {}, ""), True, None),
        ((401, {}, "who are you"), False, None),
        ((429, {"Retry-After": "120"}, ""), False, timedelta(minutes=2)),
        ((503, {"Retry-After": "99999999999999999999"}, ""), False, timedelta(days=1)),
        ((500, {"Retry-After": "soon"}, "oops"), False, None),
        ((302, {"Location": "http://127.0.0.1:1/"}, ""), False, None),
    ],
)
def test_what_a_gateway_refuses(receiver, answer, for_good, after):
    receiver.answer = answer
    with pytest.raises(Undelivered) as refused:
        HttpGateway(receiver.url, body="to={to}").send(MESSAGE)
    assert (refused.value.for_good, refused.value.after) == (for_good, after)
    assert str(answer[0]) in refused.value.reason
    assert "600000012" not in refused.value.reason
    assert len(receiver.got) == 1


def test_a_gateway_that_says_no_with_a_yes(receiver):
    receiver.answer = (200, {}, "status: rejected")
    with pytest.raises(Undelivered, match="rejected") as refused:
        HttpGateway(receiver.url, body="to={to}", answer="accepted").send(MESSAGE)
    assert not refused.value.for_good
    receiver.answer = (202, {}, "status: accepted")
    HttpGateway(receiver.url, body="to={to}", answer="accepted", success="200,202").send(MESSAGE)


def test_a_gateway_that_is_silent(receiver):
    receiver.slow = 1
    with pytest.raises(Undelivered, match=r"no answer within 0\.2 s") as refused:
        HttpGateway(receiver.url, body="to={to}", timeout_s=0.2).send(MESSAGE)
    assert not refused.value.for_good


def test_a_gateway_that_is_away():
    with pytest.raises(Undelivered, match="cannot be reached: ConnectError"):
        HttpGateway("http://127.0.0.1:9/send", body="to={to}").send(MESSAGE)


def test_when_to_come_back():
    assert retry_after("") is None
    assert retry_after("120") == timedelta(minutes=2)
    assert retry_after("9" * 5000) == timedelta(days=1)
    assert retry_after("²") is None
    assert retry_after("Fri, 04 Dec 2026 09:05:00 GMT", NOW) == timedelta(minutes=5)
    assert retry_after("Fri, 04 Dec 2026 08:00:00 GMT", NOW) == timedelta()


def test_a_gateway_by_its_settings():
    assert isinstance(gateway_for(Settings()), ConsoleGateway)
    assert not gateway_for(Settings(sms="none")).carries
    made = gateway_for(Settings(sms="https://gateway.test/v1", sms_token="t", sms_headers='{"X-A": "1"}', sms_timeout="5"))
    assert made == HttpGateway(
        "https://gateway.test/v1", headers={"X-A": "1"}, token="t", body='{"to": "{to}", "text": "{text}", "id": "{uid}"}', timeout_s=5.0
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"VILLAGE_SMS": "gateway.test"},
        {"VILLAGE_SMS_METHOD": "TELL"},
        {"VILLAGE_SMS_HEADERS": "X-A: 1"},
        {"VILLAGE_SMS_HEADERS": "[]"},
        {"VILLAGE_SMS_BODY": '{"to": '},
        {"VILLAGE_SMS_SUCCESS": "yes"},
        {"VILLAGE_SMS_TIMEOUT": "600"},
        {"VILLAGE_MAIL": "post.example.test"},
    ],
)
def test_settings_that_would_fail_later_are_refused_at_once(wrong):
    with pytest.raises(SettingError, match=next(iter(wrong))):
        Settings.from_env(wrong)


def test_an_item_becomes_a_message():
    world = SimpleNamespace(gateway=MemoryGateway())
    carry_text(world, Item(1, "f00d", "sms", "+212600000012", {"text": "salam", "lang": "fr"}, "", 1, NOW))
    assert world.gateway.texts == [Text("+212600000012", "salam", "fr", "f00d")]
    with pytest.raises(Undelivered) as refused:
        carry_text(SimpleNamespace(gateway=NoGateway()), Item(1, "f", "sms", "+2126", {"text": "", "lang": "fr"}, "", 1, NOW))
    assert refused.value.for_good


# ---- rounds


class House:
    """As much of an application as a round sees."""

    extensions = {"village": "parts"}  # noqa: RUF012 - never changed

    @contextmanager
    def app_context(self):
        yield


@pytest.fixture
def walked(monkeypatch):
    """Walk a round until it has been called so often; gives the pauses in between."""

    def go(function, calls):
        done, pauses = threading.Event(), []

        class Watch:
            is_set = done.is_set

            def wait(self, seconds):
                pauses.append(seconds)
                return done.is_set()

        left = [calls]

        def count(parts):
            left[0] -= 1
            if not left[0]:
                done.set()
            return function(calls - left[0])

        monkeypatch.setattr("village.kit.worker.parts", lambda: "parts")
        walk(House(), "test", count, 2.0, Watch())
        return pauses

    return go


def test_a_round_with_work_goes_on_at_once(walked):
    assert walked(lambda call: 3 if call < 4 else 0, 6) == [2.0, 2.0, 2.0]


def test_a_round_survives_its_faults_and_waits_longer(walked):
    def fail(call):
        if call < 8:
            raise OSError("the database is away")
        return 0

    assert walked(fail, 9) == [4.0, 8.0, 16.0, 32.0, 60.0, 60.0, 60.0, 2.0, 2.0]
