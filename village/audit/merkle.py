"""The Merkle tree of RFC 6962, section 2: hashes, proofs and their verification.

A leaf is hashed as ``SHA-256(0x00 || bytes)``, an inner node as ``SHA-256(0x01 || left || right)``. The left part of
a tree of n > 1 leaves is the greatest power of two below n, so the tree is made of complete subtrees whose hashes
never change again once written. Those complete nodes are all that has to be stored; every root and every proof of
every size, past or present, is folded from them.

Lists of hashes are read as ``Sequence[bytes]``, each of 32 bytes. Functions that build raise ValueError when asked
for the impossible; functions that verify answer False whatever they are given.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


class Node(NamedTuple):
    """A complete node: it covers the 2**level leaves from ``place << level``; level 0 is a leaf."""

    level: int
    place: int


Fetch = Callable[[Sequence[Node]], Mapping[Node, bytes]]
"""Looks up the hashes of complete nodes, all in one call."""


def leaf_hash(data: bytes) -> bytes:
    """Hash the bytes of an entry (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two neighbouring subtrees (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaf_hashes: Sequence[bytes]) -> bytes:
    """Compute the root over all leaf hashes; the root of no leaves is SHA-256 of nothing."""
    tree = Accumulator()
    for leaf in leaf_hashes:
        tree.append(leaf)
    return tree.root()


def inclusion_proof(index: int, leaf_hashes: Sequence[bytes]) -> list[bytes]:
    """Build the audit path of the leaf at ``index`` (from 0), nearest sibling first (RFC 6962, 2.1.1).

    Raises ValueError when there is no such leaf.
    """
    return prove_inclusion(index, len(leaf_hashes), _from_leaves(leaf_hashes))


def consistency_proof(old_size: int, leaf_hashes: Sequence[bytes]) -> list[bytes]:
    """Prove that the first ``old_size`` leaves are the beginning of all of them (RFC 6962, 2.1.2).

    Raises ValueError for size 0, from which anything would follow, and for sizes beyond the tree.
    """
    return prove_consistency(old_size, len(leaf_hashes), _from_leaves(leaf_hashes))


def verify_inclusion(index: int, size: int, leaf_hash: bytes, proof: Sequence[bytes], root: bytes) -> bool:
    """Tell whether ``proof`` shows the leaf at ``index`` in the tree of ``size`` leaves with that root.

    The walk of RFC 9162, 2.1.3.2. Anything malformed (types, lengths, negative or too great numbers) is False.
    """
    if not (_are_sizes(index, size) and _are_hashes((leaf_hash, root)) and _is_proof(proof)) or index >= size:
        return False
    first, last, found = index, size - 1, leaf_hash
    for sibling in proof:
        if last == 0:
            return False
        if first & 1 or first == last:
            found = node_hash(sibling, found)
            first, last = _rise_to_right(first, last)
        else:
            found = node_hash(found, sibling)
        first, last = first >> 1, last >> 1
    return last == 0 and found == root


def verify_consistency(old_size: int, new_size: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> bool:
    """Tell whether ``proof`` shows that the old tree is the beginning of the new one.

    The walk of RFC 9162, 2.1.4.2. Size 0 is refused: every tree grows from nothing. Malformed input is False.
    """
    if not (_are_sizes(old_size, new_size) and _are_hashes((old_root, new_root)) and _is_proof(proof)):
        return False
    if not 0 < old_size <= new_size:
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    path = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    if not path:
        return False
    first, last = old_size - 1, new_size - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    old_found = new_found = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if first & 1 or first == last:
            old_found, new_found = node_hash(sibling, old_found), node_hash(sibling, new_found)
            first, last = _rise_to_right(first, last)
        else:
            new_found = node_hash(new_found, sibling)
        first, last = first >> 1, last >> 1
    return last == 0 and old_found == old_root and new_found == new_root


class Accumulator:
    """The tree reduced to its peaks: the roots of its complete subtrees, greatest first.

    Appending and the root need nothing else, so a log of any length is held in at most 64 hashes.
    """

    def __init__(self, size: int = 0, peaks: Sequence[bytes] = ()) -> None:
        """Resume at ``size`` leaves with the peaks of that size; ValueError when their number does not fit."""
        if size < 0 or size.bit_count() != len(peaks) or not _are_hashes(peaks):
            msg = "the peaks do not fit the size"
            raise ValueError(msg)
        self.size = size
        self.peaks = list(peaks)

    def append(self, leaf: bytes) -> list[bytes]:
        """Add a leaf hash; give the hashes of the inner nodes it completes, lowest level first."""
        made, found, level = [], leaf, self.size
        while level & 1:
            found = node_hash(self.peaks.pop(), found)
            made.append(found)
            level >>= 1
        self.peaks.append(found)
        self.size += 1
        return made

    def root(self) -> bytes:
        """Fold the peaks into the root of the present size."""
        return fold(self.peaks) if self.peaks else EMPTY_ROOT


def fold(peaks: Sequence[bytes]) -> bytes:
    """Fold the hashes of neighbouring complete subtrees, greatest first, into one hash."""
    found = peaks[-1]
    for left in reversed(peaks[:-1]):
        found = node_hash(left, found)
    return found


def peak_nodes(begin: int, end: int) -> list[Node]:
    """Name the complete nodes that cover the leaves ``begin <= i < end``, greatest first.

    ``begin`` is a multiple of the greatest power of two that is not above ``end - begin``.
    """
    nodes = []
    while begin < end:
        level = (end - begin).bit_length() - 1
        nodes.append(Node(level, begin >> level))
        begin += 1 << level
    return nodes


def inner_nodes_of(size: int) -> int:
    """Count the complete inner nodes of a tree of ``size`` leaves."""
    return size - size.bit_count()


def completed_by(node: Node) -> int:
    """Give the index of the leaf whose appending completes the node: its last one.

    That leaf is kept with all the inner nodes it completes, lowest level first, as `Accumulator.append` gives them.
    """
    return ((node.place + 1) << node.level) - 1


def prove_root(size: int, fetch: Fetch) -> bytes:
    """Compute the root of the first ``size`` leaves from stored complete nodes."""
    if size < 0:
        msg = "no such size"
        raise ValueError(msg)
    return _fold_ranges([(0, size)], fetch)[0] if size else EMPTY_ROOT


def prove_inclusion(index: int, size: int, fetch: Fetch) -> list[bytes]:
    """Build the inclusion proof of a leaf in a tree of ``size`` leaves from stored complete nodes, in one fetch."""
    if not 0 <= index < size:
        msg = "no such leaf"
        raise ValueError(msg)
    return _fold_ranges(list(_siblings(index, size)), fetch)


def prove_consistency(old_size: int, new_size: int, fetch: Fetch) -> list[bytes]:
    """Build the consistency proof between two sizes from stored complete nodes, in one fetch."""
    if not 0 < old_size <= new_size:
        msg = "sizes must be 0 < old <= new"
        raise ValueError(msg)
    return _fold_ranges(_consistency_ranges(old_size, new_size), fetch)


def _siblings(index: int, size: int) -> Iterator[tuple[int, int]]:
    """Give the ranges of leaves beside the path from a leaf to the root, from the leaf upwards."""
    begin, end, beside = 0, size, []
    while end - begin > 1:
        middle = begin + (1 << ((end - begin - 1).bit_length() - 1))
        if index < middle:
            beside.append((middle, end))
            end = middle
        else:
            beside.append((begin, middle))
            begin = middle
    return reversed(beside)


def _consistency_ranges(old_size: int, new_size: int) -> list[tuple[int, int]]:
    begin, end, beside = 0, new_size, []
    while end != old_size:
        middle = begin + (1 << ((end - begin - 1).bit_length() - 1))
        if old_size <= middle:
            beside.append((middle, end))
            end = middle
        else:
            beside.append((begin, middle))
            begin = middle
    # The old tree itself needs no hash when it is one complete subtree: its root is already known to the asker.
    seed = [(begin, end)] if begin else []
    return seed + beside[::-1]


def _fold_ranges(ranges: Sequence[tuple[int, int]], fetch: Fetch) -> list[bytes]:
    parts = [peak_nodes(begin, end) for begin, end in ranges]
    hashes = fetch([node for part in parts for node in part])
    return [fold([hashes[node] for node in part]) for part in parts]


def _from_leaves(leaf_hashes: Sequence[bytes]) -> Fetch:
    def fetch(nodes: Sequence[Node]) -> dict[Node, bytes]:
        return {node: root(leaf_hashes[node.place << node.level : (node.place + 1) << node.level]) for node in nodes}

    return fetch


def _rise_to_right(first: int, last: int) -> tuple[int, int]:
    """Climb while the path is on the right edge without a sibling of its own."""
    while first and not first & 1:
        first, last = first >> 1, last >> 1
    return first, last


def _are_sizes(*numbers: object) -> bool:
    return all(type(number) is int and number >= 0 for number in numbers)


def _are_hashes(hashes: Sequence[object]) -> bool:
    return all(isinstance(item, bytes) and len(item) == HASH_BYTES for item in hashes)


def _is_proof(proof: object) -> bool:
    return isinstance(proof, (list, tuple)) and _are_hashes(proof)
