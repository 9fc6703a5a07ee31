"""The tree of RFC 6962, by the vectors that the logs of the web publish and by its own laws."""

from __future__ import annotations

import hashlib
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from village.audit import merkle
from village.audit.merkle import Accumulator, Node

# Public vectors of transparency-dev/merkle (first written for Certificate Transparency): eight leaves, the root of
# each size, and proofs.
LEAVES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    bytes.fromhex(text)
    for text in (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    )
]
# (leaf counted from 1, size, path)
INCLUSION = [
    (1, 1, []),
    (
        1,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        6,
        8,
        [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (3, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (
        2,
        5,
        [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]
# (old size, new size, path)
CONSISTENCY = [
    (1, 1, []),
    (
        1,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        6,
        8,
        [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (
        2,
        5,
        [
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
    (
        6,
        7,
        [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
]
SOME_HASH = bytes.fromhex("abacaba000000000000000000000000000000000000000000060061e00123456")
EMPTY = merkle.EMPTY_ROOT

KNOWN = [merkle.leaf_hash(leaf) for leaf in LEAVES]
LONG = [merkle.leaf_hash(str(number).encode()) for number in range(70)]


def raw(path: list[str]) -> list[bytes]:
    return [bytes.fromhex(text) for text in path]


def by_definition(hashes: list[bytes]) -> bytes:
    """MTH of RFC 6962, 2.1, word for word; slow, and so the judge of the fast one."""
    if not hashes:
        return hashlib.sha256().digest()
    if len(hashes) == 1:
        return hashes[0]
    left = 1
    while left * 2 < len(hashes):
        left *= 2
    return hashlib.sha256(b"\x01" + by_definition(hashes[:left]) + by_definition(hashes[left:])).digest()


def test_known_roots():
    assert merkle.root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert [merkle.root(KNOWN[:size]) for size in range(1, 9)] == ROOTS


@pytest.mark.parametrize(("leaf", "size", "path"), INCLUSION)
def test_known_inclusion_proofs(leaf, size, path):
    assert merkle.inclusion_proof(leaf - 1, KNOWN[:size]) == raw(path)
    assert merkle.verify_inclusion(leaf - 1, size, KNOWN[leaf - 1], raw(path), ROOTS[size - 1])


@pytest.mark.parametrize(("old", "new", "path"), CONSISTENCY)
def test_known_consistency_proofs(old, new, path):
    assert merkle.consistency_proof(old, KNOWN[:new]) == raw(path)
    assert merkle.verify_consistency(old, new, raw(path), ROOTS[old - 1], ROOTS[new - 1])


@pytest.mark.parametrize(("leaf", "size", "path"), INCLUSION)
def test_mutated_inclusion_proofs_are_false(leaf, size, path):
    index, proof, leaf_hash, root = leaf - 1, raw(path), KNOWN[leaf - 1], ROOTS[size - 1]
    mutants = [
        (index - 1, size, leaf_hash, proof, root),
        (index + 1, size, leaf_hash, proof, root),
        (index ^ 2, size, leaf_hash, proof, root),
        (index, size * 2, leaf_hash, proof, root),
        (index, size // 2, leaf_hash, proof, root),
        (index, size, b"WrongLeaf", proof, root),
        (index, size, leaf_hash, proof, EMPTY),
        (index, size, leaf_hash, proof, SOME_HASH),
        (index, size, leaf_hash, [*proof, b""], root),
        (index, size, leaf_hash, [*proof, root], root),
        (index, size, leaf_hash, [b"", *proof], root),
        (index, size, leaf_hash, [root, *proof], root),
        *((index, size, leaf_hash, flipped(proof, at, 8), root) for at in range(len(proof))),
    ]
    if proof:
        mutants.append((index, size, leaf_hash, proof[:-1], root))
    if len(proof) > 1:
        mutants.append((index, size, leaf_hash, [proof[0], SOME_HASH, *proof[1:]], root))
    assert [mutant for mutant in mutants if merkle.verify_inclusion(*mutant)] == []


@pytest.mark.parametrize(("old", "new", "path"), CONSISTENCY[1:])
def test_mutated_consistency_proofs_are_false(old, new, path):
    proof, old_root, new_root = raw(path), ROOTS[old - 1], ROOTS[new - 1]
    mutants = [
        (old - 1, new, proof, old_root, new_root),
        (old + 1, new, proof, old_root, new_root),
        (old ^ 2, new, proof, old_root, new_root),
        (old, new * 2, proof, old_root, new_root),
        (old, new // 2, proof, old_root, new_root),
        (old, new, proof, b"WrongRoot", new_root),
        (old, new, proof, old_root, b"WrongRoot"),
        (old, new, proof, new_root, old_root),
        (old, new, [], old_root, new_root),
        (old, new, [*proof, b""], old_root, new_root),
        (old, new, [*proof, old_root], old_root, new_root),
        (old, new, [*proof, new_root], old_root, new_root),
        (old, new, [b"", *proof], old_root, new_root),
        (old, new, [old_root, *proof], old_root, new_root),
        (old, new, [new_root, *proof], old_root, new_root),
        (old, new, [proof[0], *proof], old_root, new_root),
        (old, new, proof[:-1], old_root, new_root),
        *((old, new, flipped(proof, at, 16), old_root, new_root) for at in range(len(proof))),
    ]
    assert [mutant for mutant in mutants if merkle.verify_consistency(*mutant)] == []


def flipped(proof: list[bytes], at: int, mask: int) -> list[bytes]:
    changed = bytes([proof[at][0] ^ mask]) + proof[at][1:]
    return [*proof[:at], changed, *proof[at + 1 :]]


@pytest.mark.parametrize(
    ("index", "size", "leaf", "root", "true"),
    [
        (0, 1, SOME_HASH, SOME_HASH, True),
        (0, 1, b"", SOME_HASH, False),
        (0, 1, SOME_HASH, b"", False),
        (0, 1, b"", b"", False),
        (0, 0, SOME_HASH, b"", False),
        (0, 0, b"", EMPTY, False),
        (0, 0, SOME_HASH, EMPTY, False),
        (0, 0, SOME_HASH, SOME_HASH, False),
        (1, 0, SOME_HASH, SOME_HASH, False),
        (2, 1, SOME_HASH, SOME_HASH, False),
    ],
)
def test_the_tree_of_one_leaf_and_smaller(index, size, leaf, root, true):
    assert merkle.verify_inclusion(index, size, leaf, [], root) is true


@pytest.mark.parametrize(
    ("old", "new", "proof", "old_root", "new_root", "true"),
    [
        (1, 1, [], SOME_HASH, SOME_HASH, True),
        (1, 1, [], SOME_HASH, EMPTY, False),
        (1, 1, [EMPTY], EMPTY, EMPTY, False),
        (0, 0, [], EMPTY, EMPTY, False),
        (0, 0, [], SOME_HASH, SOME_HASH, False),
        (0, 0, [EMPTY], EMPTY, EMPTY, False),
        (0, 1, [], EMPTY, SOME_HASH, False),
        (0, 1, [EMPTY], EMPTY, EMPTY, False),
        (1, 0, [], SOME_HASH, SOME_HASH, False),
        (2, 1, [], SOME_HASH, SOME_HASH, False),
        (1, 2, [], SOME_HASH, SOME_HASH, False),
        (3, 4, [], SOME_HASH, SOME_HASH, False),
    ],
)
def test_nothing_follows_from_nothing(old, new, proof, old_root, new_root, true):
    assert merkle.verify_consistency(old, new, proof, old_root, new_root) is true


NONSENSE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=40),
    st.binary(max_size=40),
    st.lists(st.one_of(st.none(), st.integers(), st.binary(max_size=33), st.text(max_size=3)), max_size=4),
    st.dictionaries(st.integers(), st.binary(min_size=32, max_size=32), max_size=2),
    st.just(bytearray(KNOWN[0])),
    st.just(2**70000),
)


@given(NONSENSE, NONSENSE, NONSENSE, NONSENSE, NONSENSE)
def test_nonsense_is_never_true_and_never_raises(one, two, three, four, five):
    assert merkle.verify_inclusion(one, two, three, four, five) is False
    assert merkle.verify_consistency(one, two, three, four, five) is False


@given(st.integers(0, 4), NONSENSE)
def test_one_wrong_argument_is_enough(place, wrong):
    for verify, sound in (
        (merkle.verify_inclusion, [2, 5, KNOWN[2], merkle.inclusion_proof(2, KNOWN[:5]), ROOTS[4]]),
        (merkle.verify_consistency, [3, 5, merkle.consistency_proof(3, KNOWN[:5]), ROOTS[2], ROOTS[4]]),
    ):
        assert verify(*sound)
        assert verify(*sound[:place], wrong, *sound[place + 1 :]) is (wrong == sound[place] and type(wrong) is int)


def test_the_root_is_the_one_of_the_definition():
    for size in range(len(LONG) + 1):
        assert merkle.root(LONG[:size]) == by_definition(LONG[:size])


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_every_proof_verifies_and_is_no_longer_than_the_tree_is_high(data):
    size = data.draw(st.integers(1, len(LONG)))
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(1, size))
    root, high = merkle.root(LONG[:size]), math.ceil(math.log2(size))
    path = merkle.inclusion_proof(index, LONG[:size])
    assert merkle.verify_inclusion(index, size, LONG[index], path, root)
    assert len(path) <= high
    path = merkle.consistency_proof(old, LONG[:size])
    assert merkle.verify_consistency(old, size, path, merkle.root(LONG[:old]), root)
    assert len(path) <= high + 1


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_changed_leaf_is_found_by_every_proof_over_it(data):
    size = data.draw(st.integers(2, len(LONG)))
    index = data.draw(st.integers(0, size - 1))
    changed = [*LONG[:index], SOME_HASH, *LONG[index + 1 : size]]
    root = merkle.root(changed)
    assert not merkle.verify_inclusion(index, size, LONG[index], merkle.inclusion_proof(index, changed), root)
    for old in range(index + 1, size):
        path = merkle.consistency_proof(old, changed)
        assert not merkle.verify_consistency(old, size, path, merkle.root(LONG[:old]), root)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 1), (-1, 3), (8, 8)])
def test_no_proof_of_a_leaf_that_is_not_there(index, size):
    with pytest.raises(ValueError, match="no such leaf"):
        merkle.inclusion_proof(index, KNOWN[:size])


@pytest.mark.parametrize(("old", "size"), [(0, 0), (0, 3), (4, 3), (-1, 3)])
def test_no_proof_from_nothing_or_from_the_future(old, size):
    with pytest.raises(ValueError, match="sizes must be"):
        merkle.consistency_proof(old, KNOWN[:size])


def test_the_accumulator_gives_each_complete_node_once():
    """What the log keeps with each leaf is enough for every proof of every size."""
    tree, kept, leaves = Accumulator(), [], []
    for leaf in LONG:
        kept.append([leaf, *tree.append(leaf)])
        leaves.append(leaf)
        assert tree.root() == merkle.root(leaves)
        assert sum(map(len, kept)) == tree.size + merkle.inner_nodes_of(tree.size)

    def fetch(nodes):
        return {node: kept[merkle.completed_by(node)][node.level] for node in nodes}

    for size in range(1, len(LONG) + 1):
        assert merkle.prove_root(size, fetch) == merkle.root(LONG[:size])
        for index in range(size):
            assert merkle.prove_inclusion(index, size, fetch) == merkle.inclusion_proof(index, LONG[:size])
        for old in range(1, size + 1):
            assert merkle.prove_consistency(old, size, fetch) == merkle.consistency_proof(old, LONG[:size])


def test_a_leaf_completes_as_many_nodes_as_its_number_is_even():
    tree = Accumulator()
    for number, leaf in enumerate(LONG, 1):
        levels = range(len(tree.append(leaf)) + 1)
        assert [merkle.completed_by(Node(level, (number >> level) - 1)) for level in levels] == [number - 1] * len(
            levels
        )
        assert number % 2 ** len(levels)


def test_the_accumulator_goes_on_where_it_was_left():
    tree = Accumulator()
    for leaf in LONG[:37]:
        tree.append(leaf)
    again = Accumulator(tree.size, tree.peaks)
    for leaf in LONG[37:]:
        again.append(leaf)
    assert again.root() == merkle.root(LONG)


@pytest.mark.parametrize(("size", "peaks"), [(1, []), (0, [KNOWN[0]]), (3, KNOWN[:1]), (1, [b"short"]), (-1, [])])
def test_peaks_that_do_not_fit_are_refused(size, peaks):
    with pytest.raises(ValueError, match="do not fit"):
        Accumulator(size, peaks)
