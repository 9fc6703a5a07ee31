"""Bundles that somebody touched: one byte, one field, one line, or everything with care and the key of the log."""

from __future__ import annotations

import copy
import json
import random
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from tests.draw_bundles import BRAHIM, ZINEB, Plan, Story
from village.kit.canonical import dumps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.draw_logs import Line

Path = tuple[Any, ...]


def film() -> Story:
    """The draw of the film: three keys and a secret, no beacon, nobody cosigns."""
    return Story(Plan(earlier=1, paper=("juror",))).play()


def long_story() -> Story:
    """A draw with everything that a bundle can hold and an ordered replacement."""
    story = Story(Plan(beacon=True, quorum=2, groups=((0, 1, 2),), tickets=9)).play()
    story.call("P1", 3).sign_void("P1", "absent_three_calls").void("P1", "absent_three_calls").replace("P1")
    story.call("P1").claim("P1").hand_over("P1").withdraw("P2").close_register(later=1)
    return story


def fresh_story() -> Story:
    """A draw whose second winner is asked of the beacon again."""
    story = Story(Plan(beacon=True, replacement="fresh", substitutes=0, tickets=6, groups=((0, 1),))).play()
    story.void("P2")
    story.replace("P2").claim("P2", "desk")
    return story


def cancelled_story() -> Story:
    """A draw that went on without its beacon and was cancelled after all."""
    return Story(Plan(beacon=True, quorum=1)).commit().go_offline().withdraw("P1").cancel()


STORIES = {"film": film, "long": long_story, "fresh": fresh_story, "cancelled": cancelled_story}


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """List the way to every part of a value, scalars and wholes."""
    if path:
        yield path
    if isinstance(value, dict):
        for key in value:
            yield from paths(value[key], (*path, key))
    elif isinstance(value, list):
        for index in range(len(value)):
            yield from paths(value[index], (*path, index))


def at(value: Any, path: Path) -> Any:
    """Follow a way into a value."""
    for step in path:
        value = value[step]
    return value


def others(value: Any) -> list[Any]:
    """Give other values of the same kind and of other kinds."""
    if isinstance(value, str):
        middle = len(value) // 2
        other = "b" if value[middle : middle + 1] == "a" else "a"
        return [value[:middle] + other + value[middle + 1 :], value + " ", value[:-1], None, 0, []]
    if isinstance(value, bool):
        return [not value, int(value), None]
    if isinstance(value, int):
        return [value + 1, -value - 1, str(value), value == 1, None]
    if isinstance(value, list):
        return [value[:-1], [*value, *value[-1:]], value[::-1] if len(value) > 1 else None, {}, None]
    if isinstance(value, dict):
        return [{**value, "note": "trust us"}, {key: value[key] for key in list(value)[1:]}, [], None]
    return ["x", 0, False]


def changed(value: Any, path: Path, other: Any) -> Any:
    """Copy a value with one part changed."""
    made = copy.deepcopy(value)
    at(made, path[:-1])[path[-1]] = other
    return made


def of_fields(bundle: bytes, most: int = 99) -> Iterator[bytes]:
    """Change every part of a bundle; whole lines are another matter: an older bundle is right too, as far as it goes."""
    value = json.loads(bundle)
    for path in (each for each in paths(value) if each != ("entries",)):
        for other in others(at(value, path))[:most]:
            if (made := dumps(changed(value, path, other))) != bundle:
                yield made


def of_bodies(bundle: bytes, most: int = 99) -> Iterator[bytes]:
    """Change every part of every line, signing nothing anew."""
    value = json.loads(bundle)
    for number, entry in enumerate(value["entries"]):
        line = json.loads(entry["body"])
        for path in paths(line):
            for other in others(at(line, path))[:most]:
                body = dumps(changed(line, path, other)).decode()
                if body != entry["body"]:
                    yield dumps(changed(value, ("entries", number, "body"), body))


def of_bytes(bundle: bytes, number: int, seed: int = 14) -> Iterator[bytes]:
    """Turn, drop, double or replace one byte at places of the file."""
    chance = random.Random(seed)
    for place in sorted(chance.sample(range(len(bundle)), min(number, len(bundle)))):
        one = bundle[place : place + 1]
        turned = bytes([bundle[place] ^ (1 << chance.randrange(8))])
        other = bytes([(bundle[place] + chance.randrange(1, 256)) % 256])
        yield bundle[:place] + chance.choice([turned, b"", one + one, other]) + bundle[place + 1 :]


def of_lines(story: Story, most: int = 99, every: int = 1) -> Iterator[bytes]:
    """Let the organiser, who holds the key of the log, touch lines and sign all of it anew; each `every`-th way."""
    for lines in islice(_forged(story, most), 0, None, every):
        yield story.publish(lines)


def _forged(story: Story, most: int) -> Iterator[list[Line]]:
    lines = story.lines
    for number, line in enumerate(lines):
        before, after = lines[:number], lines[number + 1 :]
        yield before + after
        yield [*before, line, line, *after]
        yield [*before, *lines[number : number + 2][::-1], *after[1:]]
        for step in ("called", "voided", "closed", "surprise"):
            yield [*before, replace(line, step=step), *after]
        for different in ({"actor": BRAHIM}, {"actor": ZINEB}, {"thing": "draw:99"}, {"at": story.hour}):
            yield [*before, replace(line, **different), *after]  # type: ignore[arg-type]
        if line.step == "committed":
            continue  # the document has its own mutants, with all seals made anew
        for path in paths(line.facts):
            for other in others(at(line.facts, path))[:most]:
                yield [*before, replace(line, facts=changed(line.facts, path, other)), *after]


def of_plans(plan: Plan, most: int = 99) -> Iterator[bytes]:
    """Let the organiser commit a strange document and play the whole draw by it, seals and all."""
    document = Story(plan).document(1, None)
    for path in paths(document):
        for other in others(at(document, path))[:most]:
            made = changed(document, path, other)
            try:
                yield _Strange(plan, made).play().publish()
            except (AttributeError, IndexError, KeyError, TypeError, ValueError):
                continue  # even the forger cannot play by it


class _Strange(Story):
    def __init__(self, plan: Plan, strange: dict[str, Any]) -> None:
        super().__init__(plan)
        self.strange = strange

    def document(self, number: int, previous: str | None) -> dict[str, Any]:  # noqa: ARG002 - the strange one stands for all
        return self.strange


def splice(base: bytes, other: bytes) -> tuple[int, int, bytes]:
    """Say how to make `other` of `base`: what to cut out, and what to put there."""
    first = next((n for n, (a, b) in enumerate(zip(base, other, strict=False)) if a != b), min(len(base), len(other)))
    rest = min(len(base), len(other)) - first
    last = next((n for n in range(rest) if base[-1 - n] != other[-1 - n]), rest)
    return first, len(base) - last, other[first : len(other) - last]
