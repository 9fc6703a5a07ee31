"""Check a draw from its bundle, trusting nobody: python verify_draw.py BUNDLE.json [--pin KEYS.json] [--json].

Needs Python 3.9; docs/protocol.md tells how. KEYS.json holds the keys you were given in the hall; without
that of the log a bundle is checked against itself only. Exit status: 0 exact, 1 refused, 2 cannot be read.
"""

import argparse
import base64
import hashlib
import hmac
import json
import re
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path

PROTOCOL = "village-draw/1"
# The values of these keys are whole numbers from 0.
WHOLE = set(
	"call calls_before_absence count counted fewest_seats index iteration most_per_group number quorum rank round"
	" substitutes".split()
)
# Steps in their turn; a row in any mix.
TURNS = (
	"committed", "counted envelope_handed_in went_offline", "cancelled", "closed", "beacon_brought envelope_opened",
	"revealed", "concluded", "called claimed handed_over replaced void_signed voided",
)
TURNS = {step: turn for turn, row in enumerate(TURNS) for step in row.split()}
LATE = {"committed": "committed_late", "went_offline": "switched_late", "cancelled": "cancelled_late"}
HEADS = {*LATE, "closed", "concluded", "voided"}
REASONS = {"cancelled": "list_wrong no_prize postponed forbidden", "prize_withdrawn": "not_available unfit given_back"}


class Refused(Exception):
	"""A fault, by its code in docs/protocol.md."""

	code = property(lambda self: self.args[0])


class Object(dict):
	"""A JSON object, its keys also as attributes."""

	__getattr__, __setattr__ = dict.__getitem__, dict.__setitem__


def need(holds, code="not_canonical"):
	"""Refuse unless this holds."""
	if not holds:
		raise Refused(code)


def sha256(*parts):
	"""Hash bytes."""
	return hashlib.sha256(b"".join(parts)).digest()


def dumps(value):
	"""Write canonical JSON."""
	return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(value):
	"""Hash canonical JSON."""
	return sha256(dumps(value)).hex()


def loads(data):
	"""Read JSON that is canonical byte for byte."""
	def once(pairs):
		found = Object(pairs)
		need(all(type(found[key]) is int and found[key] >= 0 for key in WHOLE & found.keys()))
		need(len(found) == len(pairs))
		return found

	def number(text):
		need(len(text) < 18 and abs(int(text)) < 2**53)
		return int(text)

	value = json.loads(data.decode(), object_pairs_hook=once, parse_int=number, parse_float=number, parse_constant=number)
	need(dumps(value) == data)
	return value


def unhex(text):
	"""Read lower-case hexadecimal."""
	data = bytes.fromhex(text)
	need(data.hex() == text != "")
	return data


def unbase64(text):
	"""Read base64 in its one form."""
	data = base64.b64decode(text)
	need(base64.b64encode(data).decode() == text)
	return data


def instant(text):
	"""Read milliseconds."""
	at = datetime.fromisoformat(text[:-1] + "+00:00")
	need(at.isoformat(timespec="milliseconds" if "." in text else "seconds")[:-6] + "Z" == text)
	return round(at.timestamp() * 1000)


# Ed25519 (RFC 8032)
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def times(factor, a, add):
	"""Multiply by doubling."""
	found = a
	for bit in bin(factor)[3:]:
		found = add(found, found)
		found = add(found, a) if bit == "1" else found
	return found


def edwards(a, b):
	"""Add points (X, Y, Z, T): x = X/Z, y = Y/Z, xy = T/Z."""
	e, f = (a[1] - a[0]) * (b[1] - b[0]), (a[1] + a[0]) * (b[1] + b[0])
	g, h = 2 * a[3] * b[3] * D, 2 * a[2] * b[2]
	x, y, z, t = f - e, h - g, h + g, f + e
	return x * y % P, z * t % P, y * z % P, x * t % P


def point(data):
	"""Read a point in its one form."""
	sign, y = divmod(int.from_bytes(data, "little"), 2**255)
	square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
	x = pow(square, (P + 3) // 8, P)
	x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
	x = x if x % 2 == sign else P - x
	if len(data) != 32 or y >= P or x == P or x * x % P != square:
		raise ValueError
	return x, y, 1, x * y % P


def signed(key, message, signature):
	"""Tell whether a signature holds."""
	first, scalar = signature[:32], int.from_bytes(signature[32:], "little")
	challenge = int.from_bytes(hashlib.sha512(first + key + message).digest(), "little") % ORDER
	try:
		base, public, r = map(point, (b"X" + b"f" * 31, key, first))
	except ValueError:
		return False
	a, b = times(scalar, base, edwards), edwards(r, times(challenge, public, edwards))
	same = all((a[at] * b[2] - b[at] * a[2]) % P == 0 for at in (0, 1))
	return same and len(signature) == 64 and 0 < scalar < ORDER


# drand quicknet (bls-unchained-g1-rfc9380). A number of Fp12 is a whole number in base W, digit n the coefficient of w**n,
# where w**12 = 2 w**6 - 2; Fp is digit 0, and Fp2 digits 0 and 6, where w**6 = 1 + i.
X = 0xD201000000010000
R = X**4 - X**2 + 1
Q = (X + 1) ** 2 * R // 3 - X
W = 2**800
BIAS = (Q << 400) * (W**23 // (W - 1))  # no digit stays negative
# The 11-isogenous curve y² = x³ + Ax + B of RFC 9380, x of a point of the kernel, G2's generator, the chain's key.
CONSTANTS = base64.b85decode(
	"02D@;qqylqJ!v`u$!$r3u<DpogYIUi*yxxV@7RH?n3Hdfpy2s`T=XaiEm%w)65^1J5omxg0gDpobw2JpAQr*!@=ri;pt-?M&huXNS|cG^F>LCk(ac"
	"Ecju$K75K>9B%EmCxTA_|?5s9IUf&rUO66BHltN|<~oTH|HV})S2yFqI3Dn}$ZUeNrG2y2Nv*PT(y^LE)h=;>|4(eL$%RHT=uWv6^el@)hU_X`peM"
	"a5p1sM6WPWF0)^6W}XgQgNSPeXP@<h$l~FS!>YHnIN_rwc263+<#C>GfeRk6O>(7<*a=LT?8wB2Hy~eL)JM(S{(Zpu4}1);=gk&2NrMmM$QMl`Z70"
	"xQv<xD-oS+DHtJ0#7+9`D1_s2SE~hliGOW_DE5eJJ%RVT6g{Nb$CUlakS1y^WKQ|30T<jg8s;LKG@Lzep2~gck_2e!?a#$zEZ`-=5OcE<3*Is7o1S"
	"cueR7*0s8lHk);kGh7Bts#z$lQPl1J4gAmaXo7xV7*f%F~e|62v#)2R@M>xd0;5=U^B-j7voeY6@&R#-(>^Ef8c;47Q!a(gVP*#DVMBSOYBzX;Y7p"
	"AwJ`xgd<MP)Gg^dT_hhN`Px;ycgI~r#hZKR0jCu5?YBW0qVllSr^j2V0?}h|3Sqn=PTt*)W3KnU8n2F%*Qs%f1bofgKDE}1"
)
A, B, KERNEL, *MORE = (int.from_bytes(CONSTANTS[at : at + 48], "big") for at in range(0, 528, 48))
GENERATOR, CHAIN = ((k[0] + k[1] * W**6, k[2] + k[3] * W**6) for k in (MORE[:4], MORE[4:]))


def fold(number):
	"""Reduce to twelve digits under Q."""
	number += BIAS
	digit = [number >> 800 * at & W - 1 for at in range(23)]
	for at in range(22, 11, -1):
		digit[at - 6] += 2 * digit[at]
		digit[at - 12] -= 2 * digit[at]
	return sum(each % Q << 800 * at for at, each in enumerate(digit[:12]))


def invert(number):
	"""Invert in Fp or Fp2."""
	high, low = divmod(number, W**6)
	return fold((low + 2 * high - high * W**6) * pow((low + high) ** 2 + high**2, -1, Q))


def slope(a, b):
	"""Give the slope between two points of y² = x³ + c."""
	(x, y), (u, v) = a, b
	return fold(3 * x * fold(x * invert(fold(2 * y))) if a == b else (v - y) * invert(fold(u - x)))


def add(a, b):
	"""Add such points; never a point and its negative."""
	s = slope(a, b)
	x = fold(s * s - a[0] - b[0])
	return x, fold(s * (a[0] - x) - a[1])


def paired(*pairs):
	"""Tell whether the ate pairings of points (G1, G2) multiply to one."""
	product = 1
	for (x, y), end in pairs:
		top, found = end, 1
		for bit in bin(X)[3:]:
			found = fold(found * found)
			for other in (None, end)[: 1 + int(bit)]:
				s = slope(top, other or top)
				found = fold(found * fold(y * W**3 - s * x * W**2 + s * top[0] - top[1]))
				top = add(top, other or top)
		product = fold(product * found)
	power = times((Q**6 + 1) // R, product, lambda a, b: fold(a * b))
	# power ** (Q**6 - 1) is one just where w -> -w changes nothing.
	return not any(power >> 800 * at & W - 1 for at in range(1, 12, 2))


def on_curve(u):
	"""Map to the curve (RFC 9380, 6.6.3; the isogeny by Vélu)."""
	t = 11 * u * u % Q
	x = -B * pow(A, -1, Q) * (1 + pow(t * t + t, -1, Q)) % Q
	f = (x**3 + A * x + B) % Q
	if pow(f, Q // 2, Q) != 1:
		x, f = t * x % Q, t**3 * f % Q
	y = pow(f, Q // 4 + 1, Q)
	y = y if y % 2 == u % 2 else Q - y
	across, up, k = x, 1, KERNEL
	for _ in range(5):  # k doubles: it goes through the kernel
		i, f, g = pow(x - k, -1, Q), k**3 + A * k + B, 6 * k * k + 2 * A
		across += i * (g + 4 * i * f)
		up -= i * i * (g + 8 * i * f)
		k = ((k * k - A) ** 2 - 8 * B * k) * pow(4 * f, -1, Q) % Q
	return across * pow(121, -1, Q) % Q, y * up * pow(1331, -1, Q) % Q


def hashed(message, tag=b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_+"):
	"""Hash to G1 (RFC 9380)."""
	first, blocks = sha256(bytes(64), message, b"\0\x80\0", tag), [bytes(32)]
	for at in range(1, 5):
		blocks.append(sha256(bytes(a ^ b for a, b in zip(first, blocks[-1])), bytes([at]), tag))
	one, two = (on_curve(int.from_bytes(blocks[at] + blocks[at + 1], "big") % Q) for at in (1, 3))
	return times(X + 1, add(one, two), add)


def in_g1(data):
	"""Read a point of G1 in its one form."""
	flags, x = divmod(int.from_bytes(data, "big"), 2**381)
	y = pow(x**3 + 4, Q // 4 + 1, Q)
	y = y if (y > Q // 2) == flags % 2 else Q - y
	if len(data) != 48 or flags | 1 != 5 or x >= Q or (y * y - x**3 - 4) % Q or times(R - 1, (x, y), add) != (x, Q - y):
		raise ValueError
	return x, y


def randomness(number, signature):
	"""Check a round of the beacon; give its randomness."""
	try:
		x, y = in_g1(unhex(signature))
		genuine = paired(((x, Q - y), GENERATOR), (hashed(sha256(number.to_bytes(8, "big"))), CHAIN))
	except (Refused, TypeError, ValueError):
		genuine = False
	need(genuine, "beacon_wrong_signature")
	return sha256(unhex(signature)).hex()


def round_at(time):
	"""Give the first round at or after an instant."""
	return max(1, 1 - (1692803367000 - time) // 3000)


# The tree of RFC 6962 and its heads (C2SP tlog-checkpoint, tlog-cosignature)
def root_of(rows):
	"""Compute the root over entries; an odd last hash rises."""
	level = [sha256(b"\0", row) for row in rows] or [sha256()]
	while len(level) > 1:
		pairs = [sha256(b"\1", *pair) for pair in zip(level[::2], level[1::2])]
		level = pairs + level[len(pairs) * 2 :]
	return level[0].hex()


def climb(at, size, path, known, whole):
	"""Walk a proof of leaf `at`, or of all up to it (RFC 6962), to two roots."""
	if size == 1 or (whole and at == size - 1):
		both = (*known, *path)
		return both * 2 if [len(each) for each in both] == [32] else (b"", b"")
	half, side = 2 ** ((size - 1).bit_length() - 1), b"".join(path[-1:])
	old, new = climb(at % half, half if at < half else size - half, path[:-1], known, whole)
	return (old, sha256(b"\1", new, side)) if at < half else (sha256(b"\1", side, old), sha256(b"\1", side, new))


def read_key(vkey):
	"""Read a key `name+id+base64` of kind 1, the log, or 4, a witness."""
	name, number, raw = vkey.split("+", 2)
	data = unbase64(raw)
	key = sha256(name.encode(), b"\n", data)[:4]
	need(key.hex() == number and len(data) == 33, "bad_key")
	return name, key, data[0], data[1:]


def read_head(note, log, witnesses, quorum):
	"""Check who signed a head; give its size, root and times."""
	found = re.fullmatch("(([^\n]+)\n(0|[1-9][0-9]*)\n([^\n]{44})\n)\n((?:\u2014 [^ \n]+ [^ \n]+\n)+)", note)
	need(found)
	body, origin, size, root, lines = found.groups()
	times, left = [], [log]
	for at, line in enumerate(lines[:-1].split("\n")):
		name, text = line[2:].split(" ")
		raw, message = unbase64(text), body.encode()
		key = next((each for each in left if each[:2] == (name, raw[:4])), None)
		need(key and key[2] == (4 if at else 1), "bad_signature")
		if at:
			times.append(int.from_bytes(raw[4:12], "big"))
			message, raw = f"cosignature/v1\ntime {times[-1]}\n".encode() + message, raw[8:]
		need(signed(key[3], message, raw[4:]), "bad_signature")
		left = [each for each in (left if at else witnesses) if each != key]
	need(origin == log[0], "bad_signature")
	need(len(times) >= quorum, "not_cosigned")
	return int(size), unbase64(root), times


# The draw.
def verify(data, pins=None):
	"""Give what was drawn, or raise Refused with the first fault."""
	try:
		return check(loads(data), pins or {})
	except (AttributeError, LookupError, TypeError, ValueError, RecursionError) as fault:
		raise Refused("not_canonical", fault) from fault


def check(bundle, pins):
	"""Check all, in the order of docs/protocol.md."""
	need(bundle.bundle == PROTOCOL, "wrong_version")
	entries, proofs, notes = bundle.entries, bundle.consistency, bundle.checkpoints
	lists = [notes, entries, proofs, *proofs, *(each.proof for each in entries)]
	need([*map(list, lists)] == lists and len(bundle) == 7 and all(len(each) == 3 for each in entries))
	need(pins.get("log", bundle.log) == bundle.log, "keys_not_pinned")
	log, lines = read_key(bundle.log), [Object(loads(each.body.encode()), index=each.index) for each in entries]
	for line in lines:
		line.step = line.code[5:] * (line.code[:5] == "draw.")
	register = [at for at, line in enumerate(lines) if line.step == "committed"]
	need(register, "steps_missing")
	cut = register[-1]
	before, own, plan = lines[:cut], lines[cut:], lines[cut].facts.commitment
	marks = sum(line.step in HEADS for line in own) + (own[-1].step not in HEADS)
	need(len(notes) == marks == len(proofs) + 1, "heads_missing")
	witnesses = [*map(read_key, plan.policy.witnesses)]
	heads = [read_head(note, log, witnesses, plan.policy.quorum) for note in notes]
	for (size, root, _), (larger, later, _), proof in zip(heads, heads[1:], proofs):
		known = [root] if size == larger or not size & size - 1 else []
		grew = 0 < size <= larger and climb(size - 1, larger, [*map(unhex, proof)], known, True)
		need(grew == (root, later), "log_rewritten")
	size, root, _ = heads[-1]
	for entry in entries:
		known, path = [sha256(b"\0", entry.body.encode())], [*map(unhex, entry.proof)]
		need(entry.index < size and climb(entry.index, size, path, known, False)[1] == root, "entry_not_in_log")
	name = check_plan([lines[at] for at in register], own, bundle, pins)
	return replay(plan, name, check_order(before, own, heads, name), heads, bundle)


def check_plan(register, own, bundle, pins):
	"""Check register, plan and lists; give the commitment's hash."""
	name, edition = None, own[0].facts.commitment.edition
	for number, line in enumerate(register, 1):
		plan = line.facts.commitment
		gap = [edition, number, name] != [plan.edition, plan.number, plan.previous]
		name = digest(plan)
		need(name == line.facts.sha256, "commitment_altered")
		need(not gap, "register_gap")
	for line in own:
		if line.step == "register_closed":
			count, last = line.facts.count, line.facts.last
			need(count > number or (count == number and last == name), "register_altered")
	need(plan.v == PROTOCOL, "wrong_version")
	beacon, mode, seats = plan.entropy.beacon, plan.rules.replacement, plan.entropy.seats
	if beacon is not None:
		need(beacon.chain == "quicknet", "unknown_beacon")
		need(beacon.round == round_at(instant(plan.announced_at)), "beacon_wrong_round")
	need(mode == "ordered" or (mode == "fresh" and beacon and plan.substitutes == 0), "unknown_rules")
	keys, witnesses = {seat.seat: seat.key for seat in seats}, plan.policy.witnesses
	need(len(keys) == len(seats), "seat_unknown")
	need({**keys, **pins.get("seats", {})} == keys, "keys_not_pinned")
	need(pins.get("witnesses", witnesses) == witnesses, "keys_not_pinned")
	for part, code in (("tickets", "list_altered"), ("exclusions", "exclusions_altered")):
		rows, ids = bundle[part], [row.id for row in bundle[part]]
		need(ids == sorted({*ids}) and len(ids) == plan[part]["count"], code)
		need(root_of(map(dumps, rows)) == plan[part].root, code)
	reasons = Counter(row.reasons[0] for row in rows)
	need(dumps(reasons) == dumps(plan[part].by_reason), code)
	return name


def check_order(before, lines, heads, name):
	"""Check that steps and heads stand in their turn; give the steps."""
	own = [line for line in lines if line.step != "register_closed"]
	steps = [line.step for line in own]
	need({*steps} <= {*TURNS, *REASONS}, "steps_unknown")
	ends = {"cancelled"} if "cancelled" in steps else {"closed", "revealed", "concluded"}
	need(ends <= {*steps}, "steps_missing")
	need(all(steps.count(step) < 2 for step in (*ends, "went_offline")) and len(lines) - len(own) < 2, "step_repeated")
	order = [7 if line.facts.get("iteration") else TURNS[line.step] for line in own if line.step in TURNS]
	index = [line.index for line in before + lines]
	alone = "cancelled" not in steps[:-1] and all(line.step == "committed" for line in before)
	need(alone and order == sorted(order) and index == sorted({*index}), "steps_out_of_order")
	need(all((line.facts.commitment, line.thing) == (name, own[0].thing) for line in own[1:]), "steps_of_another")
	stops = [*(line.index for line in own[1:]), heads[-1][0]]
	spans = [(line.index, stop) for line, stop in zip(own, stops) if line.step in HEADS]
	for (start, stop), head in zip([*spans, (index[-1], stops[-1])], heads):
		need(start < head[0] <= stop, "head_out_of_turn")
	return own


def rank(seeding, groups):
	"""Rank the tickets by HMAC under the seed."""
	seed = bytes.fromhex(digest(seeding))
	return sorted(groups, key=lambda t: (hmac.digest(seed, b"ticket:" + t.encode(), "sha256"), t))


def replay(plan, name, own, heads, bundle):
	"""Follow the draw line by line; give the verdict."""
	announced, beacon, heads = instant(plan.announced_at), plan.entropy.beacon, iter(heads)
	keys, most = {seat.seat: seat.key for seat in plan.entropy.seats}, plan.rules.most_per_group
	groups = {each.id: each.id if each.group is None else (each.group,) for each in bundle.tickets}
	seeding = Object(beacon=None, commitment=name, iteration=0, secret=None, v=PROTOCOL, witness=[])
	sealed, opened, counts, queue, held = {}, {}, {}, [], Counter()
	found = Object((part, plan[part]) for part in "edition code number demonstration verifier_sha256".split())
	found.update(verdict="cancelled", commitment=name, tickets=len(groups), excluded=len(bundle.exclusions))
	found.update(seats={seat: "key" if keys[seat] else "paper" for seat in keys}, seed=None, ranking=[], picks=[])
	for line in own:
		facts, step, at = line.facts, line.step, instant(line.at)
		head, seat = step in HEADS and next(heads), facts.get("seat")
		if step in LATE:
			seen = sum(time * 1000 <= announced for time in head[2]) >= plan.policy.quorum
			need(seen and at + 59999 * (step == "committed") < announced, LATE[step])
		need(step not in REASONS or facts.reason in REASONS[step].split(), "reason_unknown")
		if step == "cancelled":
			found.reason = facts.reason
		elif step == "went_offline":
			need(beacon, "unknown_beacon")
			beacon = None
		elif step == "envelope_handed_in":
			need(seat in keys and seat not in sealed, "seat_unknown")
			key, shut = keys[seat], facts.sealed
			need((key is None) == (shut is None) == (facts.signature is None), "envelope_signature")
			if key is not None:  # else paper
				message = dumps({"commitment": name, "sealed": shut, "seat": seat, "v": PROTOCOL})
				need(signed(unhex(key), message, unhex(facts.signature)), "envelope_signature")
			need(not beacon or at < announced, "envelope_late")
			sealed[seat] = shut
		elif step == "counted":
			counts[line.actor] = facts.counted
		elif step == "closed":
			need(at >= announced, "closed_early")
			need(facts.envelopes == sorted(sealed), "envelope_missing")
			need(len(sealed) >= max(plan.entropy.fewest_seats, 0 if beacon else 2), "seats_too_few")
			agreed = len(counts) > 1 and {*counts.values()} == {len(groups)}
			need(agreed and dumps(facts.counts) == dumps(sorted(counts.items())), "counts_differ")
		elif step == "envelope_opened":
			need(seat in sealed and seat not in opened, "seat_unknown")
			shut = None if facts.nonce is None else digest({**facts, "v": PROTOCOL})
			need(shut == sealed[seat] and re.fullmatch("[0-9]{1,40}", facts.value), "envelope_mismatch")
			opened[seat] = facts.value
		elif step == "beacon_brought" and not facts.iteration:
			need(beacon, "unknown_beacon")
			need(seeding.beacon is None, "step_repeated")
			need(facts.round == beacon.round, "beacon_wrong_round")
			seeding.beacon = randomness(facts.round, facts.signature)
		elif step == "revealed":
			need(opened.keys() == sealed.keys(), "envelope_missing")
			shown = facts.secret and sha256(unhex(facts.secret)).hex()
			need(shown == plan.entropy.secret_sha256, "secret_changed")
			need(seeding.beacon or not beacon, "beacon_missing")
			seeding.update(secret=facts.secret, witness=sorted(opened.items()))
			found.update(verdict="drawn", seed=digest(seeding), ranking=rank(seeding, groups))
			need(facts.seed == found.seed, "seed_wrong")
		elif step == "concluded":
			need(facts.seed == found.seed, "seed_wrong")
			need(root_of(map(str.encode, found.ranking)) == facts.ranking_root, "ranking_wrong")
			for place, ticket in enumerate(found.ranking, 1):
				queue += [(place, ticket)] * (held[groups[ticket]] < most)
				held[groups[ticket]] += 1
			places = [prize.id for prize in plan.prizes] + [f"S{at + 1}" for at in range(min(plan.substitutes, len(queue)))]
			found.picks = [{"place": place, "rank": at, "ticket": ticket} for place, (at, ticket) in zip(places, queue)]
			need(dumps(found.picks) == dumps(facts.picks), "result_altered")
	return Object(found, prizes=check_turns(plan, own, queue, groups, seeding))


def check_turns(plan, own, queue, groups, seeding):
	"""Follow voids and replacements; say how each prize stands."""
	rules, fresh = plan.rules, plan.rules.replacement == "fresh"
	new = {"ticket": None, "state": "waiting", "calls": 0, "words": ()}
	turns = {prize.id: Object(new, place=prize.id) for prize in plan.prizes}
	had = [ticket for _, ticket in queue[: len(turns)]]  # whoever has had a turn
	for turn, ticket in zip(turns.values(), had):
		turn.ticket = ticket
	waiting, brought, beacon = [], 0, None  # voided turns, the first void first
	for line in own:
		facts, step = line.facts, line.step
		if step == "beacon_brought" and facts.iteration:
			brought += 1
			need(fresh and waiting and not beacon and facts.iteration == brought, "unknown_beacon")
			need(facts.round == round_at(waiting[0].voided + 30000), "beacon_wrong_round")
			beacon = randomness(facts.round, facts.signature)
		if TURNS.get(step, 7) < 7:
			continue
		turn = turns.get(facts.place, Object(state="withdrawn"))
		need(turn.state != "withdrawn" and (turn.state, step) != ("handed_over", "prize_withdrawn"), "place_unknown")
		mine = waiting[:1] == [turn]
		if step == "prize_withdrawn":
			turn.update(state="withdrawn", ticket=None)
			beacon = None if mine else beacon
		elif step == "replaced":
			after = queue[len(had) :]
			if fresh:
				ranking = rank({**seeding, "beacon": beacon, "iteration": brought}, groups) if beacon else []
				won = Counter(groups[ticket] for ticket in had)
				left = {ticket for ticket in groups if won[groups[ticket]] < rules.most_per_group} - {*had}
				after = [(at, ticket) for at, ticket in enumerate(ranking, 1) if ticket in left]
			said = [(facts.rank, facts.ticket)] == after[:1] and facts.iteration == brought
			need(mine and said, "replacement_wrong")
			had.append(facts.ticket)
			turn.update(new, ticket=facts.ticket)
			beacon = None
		else:
			claimed, reason = turn.state == "claimed", facts.get("reason")
			need(turn.ticket and turn.ticket == facts.ticket and turn.state != "handed_over", "turn_unknown")
			if step == "called":
				turn.calls += 1
				need(facts.call == turn.calls, "call_wrong")
			elif step in {"claimed", "handed_over"}:
				need(claimed == (step == "handed_over"), "step_repeated" if claimed else "not_claimed")
				turn.state = step
			else:
				need(reason in rules.void_reasons, "void_reason_unknown")
				absent = turn.calls >= rules.calls_before_absence and not claimed
				need(absent or reason != "absent_three_calls", "void_without_calls")
			if step == "void_signed":
				turn.words += ((line.actor, reason),)
			if step == "voided":
				two = sorted({who for who in facts.signed if (who, reason) in turn.words})
				need(facts.signed == two and len(two) == 2, "void_not_signed")
				turn.update(state=step, ticket=None, voided=instant(line.at))
				waiting.append(turn)
		waiting = [each for each in waiting if each.state == "voided"]
	return [{part: turn[part] for part in ("place", "state", "ticket")} for turn in turns.values()]


def main(arguments=None):
	"""Answer a command."""
	parser = argparse.ArgumentParser(description=__doc__)
	parser.add_argument("bundle", type=Path)
	parser.add_argument("--pin", type=Path)
	parser.add_argument("--json", action="store_true")
	given = parser.parse_args(arguments)
	try:
		data, pins = given.bundle.read_bytes(), given.pin and {**json.loads(given.pin.read_bytes())}
	except (OSError, TypeError, ValueError) as fault:
		parser.error(str(fault))
	try:
		found = verify(data, pins)
	except Refused as no:
		found = {"verdict": "refused", "code": no.code}
	found["mode"] = "pinned" if "log" in (pins or "") else "self_consistent"
	title = {"drawn": "EXACT · صحيحة", "cancelled": "CANCELLED · ANNULÉ · ألغيت", "refused": "REFUSED · REFUSÉ · مرفوض"}
	said = title[found["verdict"]] + "".join(f"\n{part}: {found[part]}" for part in found)
	sys.stdout.buffer.write((json.dumps(found) if given.json else said).encode() + b"\n")
	return int(found["verdict"] == "refused")


if __name__ == "__main__":
	sys.exit(main())
