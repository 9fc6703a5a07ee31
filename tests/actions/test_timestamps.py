"""Seals stamped by an authority outside (RFC 3161): one made here with `openssl ts`, asked over HTTP."""

from __future__ import annotations

import shutil
import subprocess
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from config import Settings
from village.audit import jobs
from village.audit.actions import keep_timestamp, make_checkpoint, record
from village.audit.queries import find_unstamped, latest_checkpoint, list_timestamps
from village.audit.stamping import HttpAuthority, NoAuthority, authority_for, verify_stamp
from village.kit.chance import SystemChance
from village.kit.refusal import Refusal
from village.kit.signing import Keyring
from village.kit.worker import rounds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytest.importorskip("rfc3161_client")
pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="the authority of the tests is openssl")

CONFIG = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
default_policy = 1.2.3.4.1
digests = sha256
signer_digest = sha256
ess_cert_id_alg = sha256
[stamps]
extendedKeyUsage = critical,timeStamping
keyUsage = critical,digitalSignature
basicConstraints = critical,CA:FALSE
[roots]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
"""


def openssl(*words: str, given: bytes = b"") -> bytes:
    return subprocess.run([str(shutil.which("openssl")), *words], input=given, capture_output=True, check=True).stdout


class Local:
    """An authority and the root that vouches for it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder, self.roots = folder, str(folder / "root.pem")
        self.config = str(folder / "openssl.cnf")
        (folder / "openssl.cnf").write_text(CONFIG.format(folder=folder))
        (folder / "serial").write_text("01")
        key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30")
        config = ("-config", "/dev/null")
        path = {name: str(folder / name) for name in ("root.key", "root.pem", "tsa.key", "tsa.csr", "tsa.pem")}
        openssl(
            *("req", "-x509", *key, *config, "-subj", "/CN=Root", "-keyout", path["root.key"], "-out", path["root.pem"])
        )
        openssl("req", *key[:-2], *config, "-subj", "/CN=Hour", "-keyout", path["tsa.key"], "-out", path["tsa.csr"])
        signing = ("-CA", path["root.pem"], "-CAkey", path["root.key"], "-CAcreateserial", "-days", "30")
        extended = ("-extfile", self.config, "-extensions", "stamps")
        openssl("x509", "-req", "-in", path["tsa.csr"], *signing, *extended, "-out", path["tsa.pem"])

    def answer(self, query: bytes) -> bytes:
        asked = self.folder / "asked.tsq"
        asked.write_bytes(query)
        out = self.folder / "answer.tsr"
        openssl("ts", "-reply", "-config", self.config, "-queryfile", str(asked), "-out", str(out))
        return out.read_bytes()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Local:
    return Local(tmp_path_factory.mktemp("authority") / "one")


@pytest.fixture
def served(authority: Local) -> Iterator[SimpleNamespace]:
    """The authority behind HTTP; `says` may be changed to whatever a bad one would answer."""
    behaviour = SimpleNamespace(says=lambda query: (200, authority.answer(query)), asked=0)

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            behaviour.asked += 1
            assert self.headers["Content-Type"] == "application/timestamp-query"
            status, body = behaviour.says(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    http = HTTPServer(("127.0.0.1", 0), Desk)
    thread = threading.Thread(target=http.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    behaviour.address = f"http://127.0.0.1:{http.server_port}/"
    yield behaviour
    http.shutdown()
    thread.join()
    http.server_close()


@pytest.fixture
def world(engine, clock, tmp_path: Path, served: SimpleNamespace, authority: Local) -> Iterator[SimpleNamespace]:
    settings = Settings(timestamp_url=served.address, timestamp_roots=authority.roots)
    keys = Keyring(tmp_path / "keys")
    yield SimpleNamespace(engine=engine, clock=clock, chance=SystemChance(), keys=keys, settings=settings)
    jobs._not_before.clear()


def test_the_newest_seal_is_stamped_once(
    act: Callable, session, world: SimpleNamespace, served: SimpleNamespace, authority: Local, tmp_path: Path
) -> None:
    assert "village.audit.jobs.stamp_seals" in rounds()
    assert jobs.stamp_seals(world) == 0
    for _ in range(2):
        with act() as deed:
            record(deed, "stand.assigned", "stand:A01")
            seal = make_checkpoint(deed, world.keys, "asked")
    assert [jobs.stamp_seals(world), jobs.stamp_seals(world)] == [1, 0]
    assert served.asked == 1
    (row,) = list_timestamps(session)
    assert (row.size, row.authority) == (seal.size, served.address)
    assert abs((row.stamped_at - datetime.now(UTC)).total_seconds()) < 60
    assert list_timestamps(session, size=1) == []
    assert find_unstamped(session, served.address) is None
    assert find_unstamped(session, "http://another/") == latest_checkpoint(session)
    # What we keep is verified by the tool everybody has.
    (tmp_path / "note.txt").write_text(seal.note)
    (tmp_path / "stamp.tsr").write_bytes(row.token)
    files = ("-data", str(tmp_path / "note.txt"), "-in", str(tmp_path / "stamp.tsr"), "-CAfile", authority.roots)
    openssl("ts", "-verify", *files)


@pytest.mark.sqlite_only
def test_a_silent_authority_is_left_alone_for_a_while(
    act: Callable, session, world: SimpleNamespace, served: SimpleNamespace
) -> None:
    with act() as deed:
        record(deed, "stand.assigned", "stand:A01")
        make_checkpoint(deed, world.keys, "asked")
    served.says = lambda _query: (503, b"later")
    assert [jobs.stamp_seals(world) for _ in range(3)] == [0, 0, 0]
    assert served.asked == 1
    assert list_timestamps(session) == []
    assert HttpAuthority("http://127.0.0.1:9/", world.settings.timestamp_roots).stamp(b"note") is None


@pytest.mark.sqlite_only
def test_false_stamps_are_refused(authority: Local, served: SimpleNamespace, tmp_path: Path) -> None:
    """Another text, another root, an old answer, a changed byte, an answer that is none."""
    asked = HttpAuthority(served.address, authority.roots)
    stamp = asked.stamp(b"a note\n")
    assert stamp
    assert verify_stamp(stamp.token, b"a note\n", authority.roots) == stamp.at
    other = Local(tmp_path / "other")
    changed = bytearray(stamp.token)
    changed[-1] ^= 1
    for token, note, roots in (
        (stamp.token, b"another note\n", authority.roots),
        (stamp.token, b"a note\n", other.roots),
        (bytes(changed), b"a note\n", authority.roots),
        (b"nonsense", b"a note\n", authority.roots),
    ):
        with pytest.raises(Refusal, match="timestamp_wrong"):
            verify_stamp(token, note, roots)
    served.says = lambda _query: (200, stamp.token)  # an answer to an earlier question
    with pytest.raises(Refusal, match="timestamp_wrong"):
        asked.stamp(b"a note\n")


def test_a_stamp_is_kept_once(act: Callable, session, tmp_path: Path) -> None:
    facts = {"authority": "https://hour.example/", "token": b"der", "stamped_at": datetime(2026, 12, 4, 9, tzinfo=UTC)}
    with act() as deed:
        record(deed, "stand.assigned", "stand:A01")
        make_checkpoint(deed, Keyring(tmp_path / "keys"), "asked")
    with act() as deed:
        assert keep_timestamp(deed, size=1, **facts)
        assert not keep_timestamp(deed, size=1, **facts)
    with pytest.raises(Refusal, match="audit_size_not_found"), act() as deed:
        keep_timestamp(deed, size=2, **facts)
    assert len(list_timestamps(session)) == 1


def test_without_an_address_nobody_is_asked() -> None:
    assert isinstance(authority_for("", "roots.pem"), NoAuthority)
    assert NoAuthority().stamp(b"note") is None
    for wrong in ({"timestamp_url": "ftp://hour/", "timestamp_roots": "r"}, {"timestamp_url": "http://hour/"}):
        with pytest.raises(ValueError, match="VILLAGE_TIMESTAMP"):
            Settings.from_env({f"VILLAGE_{name.upper()}": value for name, value in wrong.items()})
