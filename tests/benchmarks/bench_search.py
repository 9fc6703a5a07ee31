"""Search among 5,000 persons: the keys' index against a scan by LIKE, on the same database in one run.

Run it from the project's root: `.venv/bin/python -m tests.benchmarks.bench_search [sqlite|postgresql]`.
The scan is what a search without keys does: every word anywhere in the folded names, or the consonants anywhere in the
sound. Each asks 400 queries as people type them. Bars: 95 of 100 searches within 50 ms; the first hit is right for 95 of 100.
"""

from __future__ import annotations

import csv
import random
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Session

from config import ROOT
from tests.databases import PostgresServer, make_schema
from tests.factories import make_edition
from village.kit.deeds import SYSTEM, begin
from village.people.actions import add_people
from village.people.queries import search_people
from village.people.rules import NewPerson, consonant_key, fold

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
PEOPLE, QUERIES = 5000, 400
BAR_MS, RIGHT = 50, 0.95


def population() -> list[tuple[int, NewPerson]]:
    """Return persons named from the demo's given and family names, known in one script or in both, with their name's number."""
    with (ROOT / "village/demo/data/participants.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    given = sorted({(row["given_ar"], row["given_fr"]) for row in rows})
    family = sorted({(row["family_ar"], row["family_fr"]) for row in rows})
    chance = random.Random(7)
    pairs = [(g, f) for g in given for f in family]
    people = []
    for place in range(PEOPLE):
        knows, number = place % 3, chance.randrange(len(pairs))
        (given_ar, given_fr), (family_ar, family_fr) = pairs[number]
        people.append(
            (
                number,
                NewPerson(
                    given_ar=given_ar if knows != 1 else "",
                    family_ar=family_ar if knows != 1 else "",
                    given_fr=given_fr if knows != 0 else "",
                    family_fr=family_fr if knows != 0 else "",
                    phone=f"+2126{place:08d}",
                ),
            )
        )
    return people


def queries(people: list[tuple[int, NewPerson]]) -> list[tuple[str, int]]:
    """Return what is typed and the number of the name it means: the whole name, in a script that is known."""
    chance = random.Random(11)
    places = chance.sample(range(len(people)), QUERIES)
    return [
        (f"{p.given_fr} {p.family_fr}" if p.given_fr else f"{p.given_ar} {p.family_ar}", number)
        for number, p in (people[place] for place in places)
    ]


def scan(session: Session, typed: str) -> None:
    """Search as one would without keys."""
    folded, sound = fold(typed), consonant_key(typed)
    words = folded.split()
    fits = " AND ".join(f"search LIKE :w{n}" for n in range(len(words)))
    values = {f"w{n}": f"%{word}%" for n, word in enumerate(words)} | {"sound": f"%{sound}%"}
    session.execute(sa.text(f"SELECT * FROM scanned WHERE ({fits}) OR sound LIKE :sound LIMIT 200"), values).all()


def timed(call: Callable[[], object]) -> float:
    """Return the milliseconds that a call takes."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def run(kind: str, url: str) -> bool:
    """Measure one database; True when it keeps the bars."""
    make_schema(url)
    engine = sa.create_engine(url)
    people = population()
    with begin(engine, actor=SYSTEM, now=NOW) as deed:
        edition = make_edition(deed)
        ids = add_people(deed, edition, [person for _, person in people])
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE scanned (id INTEGER, search VARCHAR(400), sound VARCHAR(200))")
        names = [f"{p.given_ar} {p.family_ar} {p.given_fr} {p.family_fr}" for _, p in people]
        rows = [{"i": i, "a": fold(n), "b": consonant_key(n)} for i, n in zip(ids, names, strict=True)]
        connection.execute(sa.text("INSERT INTO scanned VALUES (:i, :a, :b)"), rows)
        connection.exec_driver_sql("ANALYZE")
    with Session(engine) as session:
        asked, right, new, old = queries(people), 0, [], []
        named = {person: number for person, (number, _) in zip(ids, people, strict=True)}
        for typed, number in asked:
            new.append(timed(lambda typed=typed: search_people(session, edition, typed, 12)))  # type: ignore[misc]
            old.append(timed(lambda typed=typed: scan(session, typed)))  # type: ignore[misc]
            found = search_people(session, edition, typed, 1)
            right += bool(found) and named[found[0].id] == number
        looks = [timed(lambda: session.execute(sa.text("SELECT 1")).all()) for _ in asked]
    engine.dispose()
    p95 = quantiles(new, n=20)[-1]
    print(
        f"{kind}: search of {PEOPLE} p50 {median(new):.1f} ms, p95 {p95:.1f} ms, worst {max(new):.1f} ms;"
        f" scan p50 {median(old):.1f} ms, p95 {quantiles(old, n=20)[-1]:.1f} ms (without ranking);"
        f" ratio {median(old) / median(new):.2f}; an empty query {median(looks):.2f} ms;"
        f" first hit right {100 * right / len(asked):.1f} %"
    )
    return p95 <= BAR_MS and right / len(asked) >= RIGHT


def main(kinds: list[str]) -> int:
    """Measure both databases; 1 when one misses a bar."""
    good = True
    for kind in kinds or ["sqlite", "postgresql"]:
        if kind == "sqlite":
            with tempfile.TemporaryDirectory(prefix="village-bench-") as folder:
                good &= run(kind, f"sqlite:///{Path(folder) / 'search.db'}")
        else:
            server = PostgresServer(f"search-{time.time_ns()}")
            with server.fresh() as fresh:
                good &= run(kind, fresh.url)
            server.stop()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
