#!/usr/bin/env python3
"""Check a draw from its bundle, trusting nobody: python verify_draw.py BUNDLE.json [--pin KEYS.json] [--json].

Standard library only, Python 3.9 or later. The protocol, village-draw/1, is written out in docs/protocol.md.
KEYS.json holds keys you were given in the hall: {"log": "name+id+key", "seats": {"juror": "hex"}}. With --pin the
bundle must use them; without, it is checked against itself only, and the answer says so.
Exit status: 0 exact, 1 refused, 2 cannot be read.
"""

# ruff: noqa: B905, PLR2004, T201 - Python 3.9 has no strict zip; lengths of formats read best as numbers; it prints.

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import json
import re
import struct
import sys
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

PROTOCOL = "village-draw/1"
STEPS = ("committed", "envelope_handed_in", "counted", "closed", "envelope_opened", "revealed", "concluded")
BUNDLE = {"bundle", "checkpoints", "consistency", "entries", "exclusions", "log", "tickets"}
Object = dict[str, Any]
Lines = list[Object]
Point = tuple[int, int, int, int]


class Refused(Exception):  # noqa: N818 - the word of the protocol
    """The bundle is not what it says; `code` is one of the stable codes of docs/protocol.md."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code, self.detail = code, detail


def need(holds: object, code: str, detail: str = "") -> None:
    """Refuse with `code` unless `holds`."""
    if not holds:
        raise Refused(code, detail)


def dumps(value: object) -> bytes:
    """Write canonical JSON: sorted keys, no blanks, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def loads(data: bytes) -> Any:
    """Read JSON that is canonical byte for byte: whole numbers up to 2**53 - 1, every key once."""

    def once(pairs: list[tuple[str, Any]]) -> Object:
        need(len(dict(pairs)) == len(pairs), "not_canonical", "a key stands twice")
        return dict(pairs)

    def whole(text: str) -> int:
        need(len(text) < 18 and abs(int(text)) < 2**53, "not_canonical", "a number too great")
        return int(text)

    def never(text: str) -> None:
        raise Refused("not_canonical", "a number with a fraction: " + text)

    value = json.loads(data.decode(), object_pairs_hook=once, parse_int=whole, parse_float=never, parse_constant=never)
    need(dumps(value) == data, "not_canonical", "the bytes are not in their one form")
    return value


def unhex(text: str) -> bytes:
    """Read lower-case hexadecimal."""
    need(re.fullmatch("([0-9a-f]{2})+", text), "not_canonical", "hexadecimal")
    return bytes.fromhex(text)


def unbase64(text: str) -> bytes:
    """Read base64 in its one canonical form."""
    data = base64.b64decode(text, validate=True)
    need(base64.b64encode(data).decode() == text, "not_canonical", "base64")
    return data


# Ed25519 (RFC 8032, 5.1.7). A point is (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def add(a: Point, b: Point) -> Point:
    """Add two points of the curve."""
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    x, y, z, t = f - e, h - g, h + g, f + e
    return x * y % P, z * t % P, y * z % P, x * t % P


def point(data: bytes) -> Point:
    """Read the one encoding of a point, or refuse."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    need(len(data) == 32 and y < P and (x * x - square) % P == 0 and (x or not sign), "bad_key", "not on the curve")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether an Ed25519 signature holds, in its one form."""
    x, y, _, t = point(key)
    scalar = int.from_bytes(signature[32:], "little")
    digest = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    minus = (P - x, y, 1, P - t)
    found: Point = (0, 1, 1, 0)
    table = (found, BASE, minus, add(BASE, minus))  # scalar * BASE - digest * key, both numbers bit by bit at once
    for bit in range(252, -1, -1):
        found = add(found, found)
        found = add(found, table[(scalar >> bit & 1) | (digest >> bit & 1) << 1])
    inverse = pow(found[2], -1, P)
    r = found[1] * inverse % P | (found[0] * inverse % P & 1) << 255
    return len(signature) == 64 and scalar < ORDER and r.to_bytes(32, "little") == signature[:32]


# The Merkle tree of RFC 6962, and signed heads (C2SP signed-note, tlog-checkpoint, tlog-cosignature).
def leaf(data: bytes) -> bytes:
    """Hash an entry."""
    return hashlib.sha256(b"\0" + data).digest()


def node(left: bytes, right: bytes) -> bytes:
    """Hash two subtrees."""
    return hashlib.sha256(b"\1" + left + right).digest()


def root_of(rows: list[bytes]) -> str:
    """Compute the root over entries. An odd last hash rises: the same tree as RFC 6962 cuts from above."""
    level = [leaf(row) for row in rows]
    while len(level) > 1:
        pairs = [node(left, right) for left, right in zip(level[::2], level[1::2])]
        level = pairs + level[len(pairs) * 2 :]
    return (level[0] if level else hashlib.sha256(b"").digest()).hex()


def climb(first: int, last: int, path: list[bytes], old: bytes, new: bytes) -> tuple[bytes, bytes]:
    """Walk a proof upwards (RFC 9162, 2.1.3.2 and 2.1.4.2) from one hash or two; nothing comes of a wrong length."""
    for sibling in path:
        if last == 0:
            return b"", b""
        if first & 1 or first == last:
            old, new = node(sibling, old), node(sibling, new)
            while first and not first & 1:
                first, last = first >> 1, last >> 1
        else:
            new = node(new, sibling)
        first, last = first >> 1, last >> 1
    return (b"", b"") if last else (old, new)


class Key:
    """A verifier key `name+id+base64` of a signed note; kind 1 signs heads, kind 4 cosigns them."""

    def __init__(self, vkey: str) -> None:
        self.name, number, raw = vkey.split("+", 2)
        data = unbase64(raw)
        self.id = hashlib.sha256(self.name.encode() + b"\n" + data).digest()[:4]
        self.kind, self.public = data[0], data[1:]
        need(self.id.hex() == number and len(data) == 33, "bad_key", self.name)


class Head:
    """A signed head of the log: its size, its root, and the lines that sign it."""

    def __init__(self, note: str) -> None:
        form = "(([^\n]+)\n(0|[1-9][0-9]*)\n([^\n]{44})\n)\n((?:\u2014 [^ \n]+ [^ \n]+\n)+)"
        found = re.fullmatch(form, note)
        if found is None:
            raise Refused("not_canonical", "a head")
        self.body, self.origin, size, root, lines = found.groups()
        self.size, self.root = int(size), unbase64(root)
        split = [line[2:].split(" ") for line in lines.splitlines()]
        self.signatures = [(name, unbase64(text)) for name, text in split]

    def check(self, log: Key, witnesses: list[Key], quorum: int) -> None:
        """Demand the log's signature first, then those of enough witnesses, and nobody else's."""
        seen: list[Key] = []
        for name, raw in self.signatures:
            key = next((k for k in ([] if seen else [log]) + witnesses if (k.name, k.id) == (name, raw[:4])), None)
            if key is None or key in seen or key.kind != (4 if seen else 1):
                raise Refused("bad_signature", f"head {self.size}: the key of {name}")
            message, signature = self.body.encode(), raw[4:]
            if key.kind == 4:
                time = struct.unpack(">Q", signature[:8])[0]
                message, signature = f"cosignature/v1\ntime {time}\n".encode() + message, signature[8:]
            need(signed(key.public, message, signature), "bad_signature", f"head {self.size}: {name}")
            seen.append(key)
        need(self.origin == log.name, "bad_signature", "another log")
        need(len(seen) > quorum, "not_cosigned", f"head {self.size}")

    def grew_to(self, new: Head, path: list[bytes]) -> bool:
        """Tell whether this tree is the beginning of the new one; from nothing, nothing follows."""
        if not 0 < self.size < new.size:
            return self.size == new.size > 0 and self.root == new.root and not path
        path = path if self.size & (self.size - 1) else [self.root, *path]
        first, last = self.size - 1, new.size - 1
        while first & 1:
            first, last = first >> 1, last >> 1
        return bool(path) and climb(first, last, path[1:], path[0], path[0]) == (self.root, new.root)

    def holds(self, entry: Object) -> bool:
        """Tell whether an entry stands in the log at its index."""
        index, hashed = entry["index"], leaf(entry["body"].encode())
        path = [unhex(text) for text in entry["proof"]]
        return 0 <= index < self.size and climb(index, self.size - 1, path, hashed, hashed)[1] == self.root


# The draw.
def verify(data: bytes, pins: Object | None = None) -> Object:
    """Check the bytes of a bundle; give what was drawn, or raise Refused with the first thing that is wrong."""
    try:
        return check(loads(data), pins)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError, struct.error) as fault:
        raise Refused("not_canonical", f"not the form of a bundle: {fault!r}") from fault


def check(bundle: Object, pins: Object | None) -> Object:
    """Go through docs/protocol.md, «Verification», in its order."""
    need(bundle["bundle"] == PROTOCOL, "wrong_version")
    entries, paths = bundle["entries"], bundle["consistency"]
    exact = bundle.keys() == BUNDLE and all(e.keys() == {"body", "index", "proof"} for e in entries)
    lists = [bundle["checkpoints"], entries, paths, *paths, *(e["proof"] for e in entries)]
    need(exact and all(isinstance(each, list) for each in lists), "not_canonical", "the parts of the bundle")
    need(all(type(e["index"]) is int for e in entries), "not_canonical", "an index")
    need(pins is None or bundle["log"] == pins["log"], "keys_not_pinned", "the log")
    log, heads = Key(bundle["log"]), [Head(note) for note in bundle["checkpoints"]]
    need(len(heads) == 3 and len(paths) == 2, "heads_missing")
    lines = [{**loads(entry["body"].encode()), "index": entry["index"]} for entry in entries]
    register = [line for line in lines if line["code"] == "draw.committed"]
    need(register, "steps_missing", "no commitment")
    plan = register[-1]["facts"]["commitment"]
    for head in heads:
        head.check(log, [Key(vkey) for vkey in plan["policy"]["witnesses"]], plan["policy"]["quorum"])
    for old, new, path in zip(heads, heads[1:], paths):
        need(old.grew_to(new, [unhex(text) for text in path]), "log_rewritten", f"{old.size} to {new.size}")
    for entry in entries:
        need(heads[2].holds(entry), "entry_not_in_log", f"index {entry['index']}")
    commitment = check_register(register)
    check_plan(plan, pins)
    check_lists(plan, bundle)
    own = [line for line in lines if line not in register[:-1]]
    check_order(own, heads, commitment)
    numbers = check_envelopes(plan, commitment, own)
    check_closing(plan, own)
    return check_result(plan, commitment, numbers, own, bundle)


def check_register(register: Lines) -> str:
    """Follow the commitments of the edition: no number is missing and each names the one before; give the last."""
    previous = None
    for number, line in enumerate(register, start=1):
        plan = line["facts"]["commitment"]
        digest = hashlib.sha256(dumps(plan)).hexdigest()
        need(digest == line["facts"]["sha256"], "commitment_altered")
        same = plan["edition"] == register[0]["facts"]["commitment"]["edition"]
        need(same and plan["number"] == number and plan["previous"] == previous, "register_gap", f"draw {number}")
        previous = digest
    return str(previous)


def check_plan(plan: Object, pins: Object | None) -> None:
    """Check the version, the plan of chance, and the keys of the seats where they were given."""
    need(plan["v"] == PROTOCOL, "wrong_version")
    need(plan["entropy"]["beacon"] is None, "unknown_beacon")
    keys = {seat["seat"]: seat["key"] for seat in plan["entropy"]["seats"]}
    need(len(keys) == len(plan["entropy"]["seats"]), "seat_unknown", "a seat stands twice")
    given = (pins or {}).get("seats", {})
    need(all(keys.get(seat) == key for seat, key in given.items()), "keys_not_pinned", "a seat")


def check_lists(plan: Object, bundle: Object) -> None:
    """Compare the lists with their committed roots and counts."""
    for name, code in (("tickets", "list_altered"), ("exclusions", "exclusions_altered")):
        rows, ids = bundle[name], [row["id"] for row in bundle[name]]
        need(ids == sorted(set(ids)) and len(ids) == plan[name]["count"], code, "order or number")
        need(root_of([dumps(row) for row in rows]) == plan[name]["root"], code, "root")
    reasons = Counter(row["reasons"][0] for row in bundle["exclusions"])  # the first reason is the one that counts
    need(dict(reasons) == plan["exclusions"]["by_reason"], "exclusions_altered", "reasons")


def check_order(own: Lines, heads: list[Head], commitment: str) -> None:
    """Check that each step stands in its turn in the log, and that the heads were signed between the right steps."""
    steps = [line["code"][5:] for line in own]
    need(all(line["code"] == "draw." + step and step in STEPS for line, step in zip(own, steps)), "steps_unknown")
    once = [steps.count(step) for step in ("committed", "closed", "revealed", "concluded")]
    need(min(once) == 1, "steps_missing")
    need(max(once) == 1, "step_repeated")
    turns = [1 if step == "counted" else STEPS.index(step) for step in steps]  # counts come in among the envelopes
    need(turns == sorted(turns), "steps_out_of_order")
    index = [line["index"] for line in own]
    need(index == sorted(set(index)), "steps_out_of_order", "in the log")
    closed, concluded = steps.index("closed"), steps.index("concluded")
    same = all(line["facts"]["commitment"] == commitment and line["thing"] == own[0]["thing"] for line in own[1:])
    need(same, "steps_of_another")
    need(index[0] < heads[0].size <= index[1], "head_out_of_turn", "commitment")
    need(index[closed] < heads[1].size <= index[closed + 1], "head_out_of_turn", "closing")
    need(index[concluded] < heads[2].size, "head_out_of_turn", "result")


def facts_of(own: Lines, step: str) -> Lines:
    """List the facts of a step in the order of the log."""
    return [line["facts"] for line in own if line["code"] == "draw." + step]


def check_envelopes(plan: Object, commitment: str, own: Lines) -> dict[str, str]:
    """Check that each envelope is of a seat of the plan and held the number that was sealed; give the numbers."""
    keys = {seat["seat"]: seat["key"] for seat in plan["entropy"]["seats"]}
    sealed: dict[str, str | None] = {}
    for facts in facts_of(own, "envelope_handed_in"):
        seat, shut = facts["seat"], facts["sealed"]
        need(seat in keys and seat not in sealed, "seat_unknown", seat)
        need((keys[seat] is None) == (shut is None) == (facts["signature"] is None), "envelope_signature", seat)
        if keys[seat] is not None:  # else a paper envelope: those in the hall saw it lie on the table
            message = dumps({"commitment": commitment, "sealed": shut, "seat": seat, "v": PROTOCOL})
            need(signed(unhex(keys[seat]), message, unhex(facts["signature"])), "envelope_signature", seat)
        sealed[seat] = shut
    need(facts_of(own, "closed")[0]["envelopes"] == sorted(sealed), "envelope_missing", "at closing")
    need(len(sealed) >= max(2, plan["entropy"]["fewest_seats"]), "seats_too_few")
    opened: dict[str, str] = {}
    for facts in facts_of(own, "envelope_opened"):
        seat, content = facts["seat"], {**facts, "v": PROTOCOL}
        need(seat in sealed and seat not in opened, "seat_unknown", seat)
        shut = None if facts["nonce"] is None else hashlib.sha256(dumps(content)).hexdigest()
        need(shut == sealed[seat] and re.fullmatch("[0-9]{1,40}", facts["value"]), "envelope_mismatch", seat)
        opened[seat] = facts["value"]
    need(opened.keys() == sealed.keys(), "envelope_missing", "one was never opened")
    return opened


def check_closing(plan: Object, own: Lines) -> None:
    """Check the hours, and that two people counted as many tickets as the list has."""
    at = {line["code"]: datetime.strptime(line["at"][:19] + "+0000", "%Y-%m-%dT%H:%M:%S%z") for line in own}
    announced = datetime.strptime(plan["announced_at"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=at["draw.closed"].tzinfo)
    need(at["draw.committed"] + timedelta(seconds=60) <= announced, "committed_late")
    need(at["draw.closed"] >= announced, "closed_early")
    counts = {line["actor"]: line["facts"]["counted"] for line in own if line["code"] == "draw.counted"}
    need(len(counts) > 1 and set(counts.values()) == {plan["tickets"]["count"]}, "counts_differ")
    closing = sorted([who, counted] for who, counted in counts.items())
    need(facts_of(own, "closed")[0]["counts"] == closing, "counts_differ", "closing")


def check_result(plan: Object, commitment: str, numbers: dict[str, str], own: Lines, bundle: Object) -> Object:
    """Derive the seed, rank all tickets, fill the places, and compare with what was published."""
    revealed, result = facts_of(own, "revealed")[0], facts_of(own, "concluded")[0]
    secret = revealed["secret"]
    shown = None if secret is None else hashlib.sha256(unhex(secret)).hexdigest()
    need(shown == plan["entropy"]["secret_sha256"], "secret_changed")
    witness = sorted([seat, value] for seat, value in numbers.items())
    inputs = {"beacon": None, "commitment": commitment, "iteration": 0, "secret": secret, "v": PROTOCOL}
    seed = hashlib.sha256(dumps({**inputs, "witness": witness})).digest()
    need(seed.hex() == revealed["seed"] == result["seed"], "seed_wrong")
    groups = {ticket["id"]: ticket["group"] for ticket in bundle["tickets"]}
    ranking = sorted(groups, key=lambda t: (hmac.new(seed, b"ticket:" + t.encode(), "sha256").digest(), t))
    need(root_of([ticket.encode() for ticket in ranking]) == result["ranking_root"], "ranking_wrong")
    need(fill_places(plan, ranking, groups) == result["picks"], "result_altered")
    about = {name: plan[name] for name in ("edition", "code", "number", "demonstration", "verifier_sha256")}
    seats = {seat["seat"]: "key" if seat["key"] else "paper" for seat in plan["entropy"]["seats"]}
    counts = {"tickets": len(ranking), "excluded": len(bundle["exclusions"]), "seats": seats}
    drawn = {"seed": seed.hex(), "picks": result["picks"], "ranking": ranking}
    return {**about, **counts, "commitment": commitment, **drawn}


def fill_places(plan: Object, ranking: list[str], groups: dict[str, str | None]) -> Lines:
    """Fill prizes, then substitutes, down the ranking; a group that holds its share is passed over."""
    places = [prize["id"] for prize in plan["prizes"]] + [f"S{n + 1}" for n in range(plan["substitutes"])]
    held: Counter[str | None] = Counter()
    picks: Lines = []
    for rank, ticket in enumerate(ranking, start=1):
        group = groups[ticket]
        if len(picks) < len(places) and (group is None or held[group] < plan["rules"]["most_per_group"]):
            picks.append({"place": places[len(picks)], "rank": rank, "ticket": ticket})
            held[group] += 1
    return picks


def report(found: Object, mode: str) -> str:
    """Write the verdict for people."""
    same = hashlib.sha256(Path(__file__).read_bytes()).hexdigest() == found["verifier_sha256"]
    seats = ", ".join(f"{seat} ({how})" for seat, how in found["seats"].items())
    lines = [
        "EXACT · القرعة صحيحة · Le tirage est exact · The draw is exact",
        "DEMONSTRATION · عرض تجريبي" if found["demonstration"] else "",
        f"draw {found['edition']}/{found['code']}, number {found['number']} of the edition",
        "mode: pinned keys" if mode == "pinned" else "mode: self-consistent only (the bundle's own keys; use --pin)",
        f"tickets {found['tickets']}, excluded {found['excluded']}; seats: {seats}",
        f"commitment {found['commitment']}\nseed       {found['seed']}",
        *(f"{pick['place']:>4}  {pick['ticket']}  rank {pick['rank']}" for pick in found["picks"]),
        "this program is the committed one" if same else "note: another version of this program was committed",
    ]
    return "\n".join(filter(None, lines))


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Check a draw from its bundle (village-draw/1).")
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--pin", type=Path, metavar="KEYS.json", help="the keys you were given in the hall")
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    given = parser.parse_args(arguments)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    try:
        data, pins = given.bundle.read_bytes(), json.loads(given.pin.read_bytes()) if given.pin else None
    except (OSError, ValueError) as fault:
        print(fault, file=sys.stderr)
        return 2
    mode = "self_consistent" if pins is None else "pinned"
    try:
        found = verify(data, pins)
    except Refused as no:
        said = {"verdict": "refused", "mode": mode, "code": no.code, "detail": no.detail}
        print(json.dumps(said) if given.json else f"REFUSED · مرفوض · Refusé\n{no.code} {no.detail}")
        return 1
    print(json.dumps({"verdict": "exact", "mode": mode, **found}) if given.json else report(found, mode))
    return 0


if __name__ == "__main__":
    sys.exit(main())
