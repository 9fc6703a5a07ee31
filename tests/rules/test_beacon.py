"""The public beacon: published rounds of every scheme of drand on BLS12-381, and everything that is none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.draw_bundles import ROUNDS, hour_of
from village.draws import beacon, verify_draw
from village.draws import beacon_g2 as g2
from village.kit.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

QUICKNET = beacon.CHAINS["quicknet"]
DEFAULT = "868f005eb8e6e4ca0a47c8a77ceaa5309a47978a7c71bc5cce96366b5d7a569937c529eeda66c7293784a9402801af31"
# (key, scheme, round, signature, signature before, randomness) as drand and its libraries published them.
PUBLISHED = [
    (
        QUICKNET.public_key,
        QUICKNET.scheme,
        1000,
        ROUNDS[1000],
        None,
        "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd",
    ),
    (
        (
            "a0b862a7527fee3a731bcb59280ab6abd62d5c0b6ea03dc4ddf6612fdfc9d01f01c31542541771903475eb1ec6615f8d"
            "0df0b8b6dce385811d6dcf8cbefb8759e5e616a3dfd054c928940766d9a5b9db91e3b697e5d70a975181e007f87fca5e"
        ),
        "bls-unchained-on-g1",
        3,
        "8176555f90d71aa49ceb37739683749491c2bab15a46094b255289ed25cf8f01cdfb1fe8bd9cd5a19eb09448a3e53186",
        None,
        "a4eb0ed6c4132da066843c3bfdce732ce5013eda86e74c136ab8ccc387b798dd",
    ),
    (
        "8d91ae0f4e3cd277cfc46aba26680232b0d5bb4444602cdb23442d62e17f43cdffb1104909e535430c10a6a1ce680a65",
        "pedersen-bls-unchained",
        397092,
        (
            "94da96b5b985a22a3d99fa3051a42feb4da9218763f6c836fca3770292dbf4b01f5d378859a113960548d167eaa144250a2c8e34c51c"
            "5270152ac2bc7a52632236f746545e0fae52f69068c017745204240d19dae2b4d038cef3c6047fcd6539"
        ),
        None,
        "7731783ab8118d7484d0e8e237f3023a4c7ef4532f35016f2e56e89a7570c796",
    ),
    (
        DEFAULT,
        "pedersen-bls-chained",
        3311596,
        (
            "a696b9409ababce45749c3a4ec369074453dd4a79967734e1390d969c8ad8d98897d217b9121e92c8ddebbddda8d92f900e3bd6bf9de"
            "b166863b1a19390d743f82774001487594c5c09e581db7365f02b70a2c8cc41ce32446ef08e4890c4754"
        ),
        (
            "8ed588f2a7716fb1349e2d9803da5db0005e98a83783c353d4a08f183236a9ad91d70ddb01266f4b7c576983db464b430e65680b9e00"
            "98552758afd6c1e6afcb77e3f62fe1b93d42d1cb63abbb2205512fe12fbf74ea9c5ac3b8f5c1e283a1d8"
        ),
        "647c07b2abbf7ff2afb4d670214f565e5cd9f9c91bfdcecb59a21f3c78d73920",
    ),
]


@pytest.mark.parametrize(("key", "scheme", "number", "signature", "before", "expected"), PUBLISHED)
def test_published_rounds(
    key: str, scheme: str, number: int, signature: str, before: str | None, expected: str
) -> None:
    assert beacon.verify(key, scheme, number, signature, before).hex() == expected


@pytest.fixture(scope="module", autouse=True)
def each_pairing_once() -> Iterator[None]:
    """A pairing is what takes time: each is computed once for all tests of this file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verify_draw, "paired", cache(verify_draw.paired))
        yield


def test_bytes_and_hexadecimal_say_the_same_and_the_program_agrees() -> None:
    key, signature = bytes.fromhex(QUICKNET.public_key), bytes.fromhex(ROUNDS[1000])

    assert beacon.verify(key, QUICKNET.scheme, 1000, signature).hex() == verify_draw.randomness(1000, ROUNDS[1000])
    assert (GENERATOR, g2.read_point(key)) == (verify_draw.GENERATOR, verify_draw.CHAIN)


def refusal(*given: object) -> str:
    """Give the code with which a round is refused."""
    with pytest.raises(Refusal) as caught:
        beacon.verify(*given)  # type: ignore[arg-type]
    return caught.value.code


GOOD = (QUICKNET.public_key, QUICKNET.scheme, 1000, ROUNDS[1000])
GENERATOR = g2.read_point(
    bytes.fromhex(
        "93e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e"
        "024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8"
    )
)
INFINITY_G1, INFINITY_G2 = "c0" + "00" * 47, "c0" + "00" * 95
# x = 0, y = 2 is on the curve, and of order 3.
SMALL_ORDER = "80" + "00" * 47


@pytest.mark.parametrize(
    ("at", "value", "code"),
    [
        (1, "bls-bn254-unchained-on-g1", "beacon_scheme_unknown"),
        (1, "", "beacon_scheme_unknown"),
        (1, None, "beacon_scheme_unknown"),
        (0, "", "beacon_key_malformed"),
        (0, None, "beacon_key_malformed"),
        (0, DEFAULT, "beacon_key_malformed"),
        (0, INFINITY_G2, "beacon_key_malformed"),
        (0, QUICKNET.public_key[:-2] + "5b", "beacon_key_malformed"),
        (0, "ff" * 96, "beacon_key_malformed"),
        (3, "", "beacon_signature_malformed"),
        (3, 7, "beacon_signature_malformed"),
        (3, ROUNDS[1000][:-2], "beacon_signature_malformed"),
        (3, ROUNDS[1000] + "00", "beacon_signature_malformed"),
        (3, ROUNDS[1000][:40] + " " + ROUNDS[1000][40:], "beacon_signature_malformed"),
        (3, "0x" + ROUNDS[1000], "beacon_signature_malformed"),
        (3, INFINITY_G1, "beacon_signature_malformed"),
        (3, SMALL_ORDER, "beacon_signature_malformed"),
        (3, "34" + ROUNDS[1000][2:], "beacon_signature_malformed"),
        (3, "ff" * 48, "beacon_signature_malformed"),
        # The same x under the other sign: both y are on the curve, one is signed, and a round has one randomness.
        (3, "94" + ROUNDS[1000][2:], "beacon_wrong_signature"),
        (2, 1001, "beacon_wrong_signature"),
        (2, 0, "beacon_wrong_signature"),
        (2, -1, "beacon_wrong_signature"),
        (2, 2**64, "beacon_wrong_signature"),
        (2, True, "beacon_wrong_signature"),
    ],
)
def test_what_is_no_signature_of_the_round(at: int, value: object, code: str) -> None:
    given: list[object] = list(GOOD)
    given[at] = value

    assert refusal(*given) == code


def test_a_chained_round_needs_the_one_before() -> None:
    key, scheme, number, signature, _, _ = PUBLISHED[-1]

    assert refusal(key, scheme, number, signature) == "beacon_signature_malformed"
    assert refusal(key, scheme, number, signature, "no hexadecimal") == "beacon_signature_malformed"
    assert refusal(key, "pedersen-bls-unchained", number, signature) == "beacon_wrong_signature"


def test_rounds_and_hours() -> None:
    genesis = datetime.fromtimestamp(1692803367, UTC)
    tick = timedelta(microseconds=1)

    assert beacon.time_of("quicknet", 1) == genesis
    assert [beacon.round_at("quicknet", genesis + timedelta(seconds=s)) for s in (-9, 0, 1, 3, 4)] == [1, 1, 2, 2, 3]
    assert beacon.round_at("quicknet", hour_of(1000) + tick) == 1001
    for number in ROUNDS:
        assert beacon.time_of("quicknet", number) == hour_of(number)
        assert beacon.round_at("quicknet", hour_of(number)) == number
        assert verify_draw.round_at(int(hour_of(number).timestamp() * 1000) - 2999) == number
    with pytest.raises(ValueError, match="from 1"):
        beacon.time_of("quicknet", 0)
    with pytest.raises(Refusal) as caught:
        beacon.round_at("mainnet", genesis)
    assert caught.value.code == "beacon_chain_unknown"


def test_hashing_to_both_curves_as_rfc_9380_has_it() -> None:
    """Appendices J.9.1 and J.10.1, the empty message and "abc"."""
    g1 = b"QUUX-V01-CS02-with-BLS12381G1_XMD:SHA-256_SSWU_RO_"
    two = b"QUUX-V01-CS02-with-BLS12381G2_XMD:SHA-256_SSWU_RO_"

    assert [verify_draw.hashed(m, g1 + bytes([len(g1)]))[0] for m in (b"", b"abc")] == [
        0x052926ADD2207B76CA4FA57A8734416C8DC95E24501772C814278700EED6D1E4E8CF62D9C09DB0FAC349612B759E79A1,
        0x03567BC5EF9C690C2AB2ECDF6A96EF1C139CC0B2F284DCA0A9A7943388A49A3AEE664BA5379A7655D3C68900BE2F6903,
    ]
    assert g2.parts_of(g2.hash_to_g2(b"", two + bytes([len(two)]))[0]) == (
        0x0141EBFBDCA40EB85B87142E130AB689C673CF60F1A3E98D69335266F30D9B8D4AC44C1038E9DCDD5393FAF5C41FB78A,
        0x05CB8437535E20ECFFAEF7752BADDF98034139C38452458BAEEFAB379BA13DFF5BF5DD71B72418717047F5B0F37DA03D,
    )


def test_square_roots_of_the_second_field() -> None:
    roots = [g2.number_of(a, b) for a, b in ((5, 0), (0, 7), (11, 13), (0, 0))]
    squares = [verify_draw.fold(root * root) for root in roots]

    for square in squares:
        found = g2.square_root(square)
        assert found is not None
        assert verify_draw.fold(found * found) == square
    assert g2.square_root(g2.number_of(1, 1)) is None
