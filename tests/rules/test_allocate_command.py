"""`village allocate` and `village diagnose` as people and programs call them: files, figures, exit statuses."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests import judge

FAIR = Path(__file__).parents[1] / "data" / "madagh56.json"
ROOT = Path(__file__).parents[2]


def village(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Call the command as a process of its own."""
    call = [sys.executable, "-m", "village.cli", *map(str, arguments)]
    return subprocess.run(call, capture_output=True, text=True, check=False, timeout=120, cwd=ROOT)


def figures(told: str) -> dict[str, str]:
    """The lines `name: value`."""
    return dict(line.split(": ", 1) for line in told.splitlines())


def instance() -> dict[str, Any]:
    return json.loads(FAIR.read_text(encoding="utf-8"))


def judged(plan: Path, of: dict[str, Any] | None = None) -> tuple[int, list[str]]:
    """Cost and broken rules by the judge that stands apart."""
    fair, found = of or instance(), json.loads(plan.read_text(encoding="utf-8"))
    return sum(judge.parts(fair, found).values()), judge.faults(fair, found)


def test_the_fair_of_56_is_proven_and_the_plan_lies_in_its_file(tmp_path: Path) -> None:
    out = tmp_path / "plan.json"
    done = village("allocate", FAIR, "--mode", "balanced", "--seed", 1, "--out", out)
    assert (done.returncode, done.stderr) == (0, "")
    told = figures(done.stdout)
    assert (told["cost"], told["bound"], told["gap"], told["proven"]) == ("1380", "1380", "0.0 %", "yes")
    assert re.fullmatch(r"\d+\.\d\d s", told["time"])
    assert judged(out) == (1380, [])
    assert list(tmp_path.iterdir()) == [out]


def test_shuffled_input_gives_the_same_plan_byte_for_byte(tmp_path: Path) -> None:
    fair = instance()
    order = [(7 * n) % len(fair["stands"]) for n in range(len(fair["stands"]))]
    place = {old: new for new, old in enumerate(order)}
    fair["stands"] = [fair["stands"][n] for n in order]
    fair["edges"] = [[place[b], place[a], kind] for a, b, kind in reversed(fair["edges"])]
    fair["exhibitors"].reverse()
    fair["circuits"].reverse()
    for each in fair["exhibitors"]:
        each["competitors"].reverse()
        each["together"].reverse()
    (tmp_path / "shuffled.json").write_text(json.dumps(fair), encoding="utf-8")
    # Each way of allocating is tried so in test_allocation_laws; here it is the reading of the file.
    plans = []
    for name, source in (("a", FAIR), ("b", tmp_path / "shuffled.json")):
        out = tmp_path / name
        assert village("allocate", source, "--mode", "lot", "--work", 40, "--seed", 5, "--out", out).returncode == 0
        plans.append(out.read_bytes())
    assert plans[0] == plans[1]
    assert judged(tmp_path / "a")[1] == []


def test_strict_priority_leaves_nobody_with_a_just_complaint(tmp_path: Path) -> None:
    out = tmp_path / "plan.json"
    done = village("allocate", FAIR, "--mode", "priority", "--work", 100, "--out", out, "--json")
    told = json.loads(done.stdout)
    assert (told["mode"], told["proven"], told["stopped_by_time"]) == ("priority", False, False)
    assert judge.envies(instance(), json.loads(out.read_text(encoding="utf-8"))) == []
    assert judged(out) == (told["cost"], [])


def test_by_lot_the_seed_decides_and_nobody_is_left_out(tmp_path: Path) -> None:
    plans = []
    for seed in (1, 2):
        out = tmp_path / f"{seed}.json"
        told = figures(village("allocate", FAIR, "--mode", "lot", "--seed", seed, "--out", out).stdout)
        assert judged(out) == (int(told["cost"]), [])
        plans.append(json.loads(out.read_text(encoding="utf-8")))
        assert None not in plans[-1].values()
    assert plans[0] != plans[1]


def test_one_closed_stand_moves_two_at_most(tmp_path: Path) -> None:
    before, after, fair = tmp_path / "before.json", tmp_path / "after.json", instance()
    village("allocate", FAIR, "--out", before)
    gone = json.loads(before.read_text(encoding="utf-8"))["E0010"][0]
    for each in fair["stands"]:
        if each["id"] == gone:
            each.update(power=False, water=False, food=False, accessible=False, area=0.1, circuit=None)
    (tmp_path / "closed.json").write_text(json.dumps(fair), encoding="utf-8")
    done = village(
        "allocate", tmp_path / "closed.json", "--previous", before, "--move-cost", 40, "--out", after, "--seed", 1
    )
    told = figures(done.stdout)
    assert (told["moves"] in {"1", "2"}, told["proven"]) == (True, "yes")
    assert judged(after, fair) == (int(told["cost"]), [])


def test_a_budget_holds_the_whole_command_and_says_when_it_cut_the_search_short(tmp_path: Path) -> None:
    out = tmp_path / "plan.json"
    began = time.monotonic()
    done = village("allocate", FAIR, "--mode", "priority", "--budget", 1.5, "--out", out)
    assert time.monotonic() - began < 3  # the machine of the tests may be busy
    told = figures(done.stdout)
    assert float(told["time"].removesuffix(" s")) < 2
    assert judged(out) == (int(told["cost"]), [])


def test_a_plan_is_written_when_the_search_is_asked_to_end(tmp_path: Path) -> None:
    out = tmp_path / "plan.json"
    call = [sys.executable, "-m", "village.cli", "allocate", str(FAIR), "--mode", "priority", "--out", str(out)]
    with subprocess.Popen(call, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        time.sleep(1.5)
        os.kill(process.pid, signal.SIGTERM)
        told, _ = process.communicate(timeout=60)
    if process.returncode == 0:
        assert judged(out) == (int(figures(told)["cost"]), [])
    else:  # so early that nothing was begun
        assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["allocate", "{fair}", "--out", "{out}", "--mode", "best"], "--mode"),
        (["allocate", "{fair}", "--out", "{out}", "--speed", "3"], "--speed"),
        (["allocate", "{fair}", "--out", "{out}", "--work", "3", "--budget", "3"], "not both"),
        (["allocate", "{fair}", "--out", "{out}", "--budget", "0"], "--budget"),
        (["allocate", "{fair}"], "--out"),
        (["allocate", "{fair}", "--out", "{folder}/nowhere/plan.json"], "cannot be written"),
        (["allocate", "{folder}/absent.json", "--out", "{out}"], "absent.json"),
        (["allocate", "{folder}/empty.json", "--out", "{out}"], "'stands' is missing"),
        (["allocate", "{folder}/words.json", "--out", "{out}"], "words.json is not an instance"),
        (["allocate", "{folder}/picture.json", "--out", "{out}"], "picture.json cannot be read"),
        (["allocate", "{fair}", "--out", "{out}", "--previous", "{folder}/words.json"], "is not an allocation"),
        (["diagnose", "{folder}/words.json"], "words.json is not an instance"),
    ],
)
def test_what_cannot_be_read_or_understood_is_said_with_status_2(
    tmp_path: Path, arguments: list[str], words: str
) -> None:
    (tmp_path / "empty.json").write_text("{}", encoding="utf-8")
    (tmp_path / "words.json").write_text("no JSON", encoding="utf-8")
    (tmp_path / "picture.json").write_bytes(b"\x89PNG\xff")
    out = tmp_path / "plan.json"
    done = village(*(each.format(fair=FAIR, folder=tmp_path, out=out) for each in arguments))
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not out.exists()


@pytest.mark.parametrize("change", ["size", "twice", "edge", "infinite"])
def test_an_instance_that_contradicts_itself_is_not_read(tmp_path: Path, change: str) -> None:
    fair = instance()
    if change == "size":
        fair["exhibitors"][0]["size"] = 0
    elif change == "twice":
        fair["stands"][1]["id"] = fair["stands"][0]["id"]
    elif change == "edge":
        fair["edges"].append([0, -1, "side"])
    else:
        fair["exhibitors"][0]["priority"] = float("inf")
    (tmp_path / "fair.json").write_text(json.dumps(fair), encoding="utf-8")
    done = village("allocate", tmp_path / "fair.json", "--out", tmp_path / "plan.json")
    assert done.returncode == 2
    assert "is not an instance" in done.stderr


def test_a_fair_that_fits_has_no_conflicts() -> None:
    done = village("diagnose", FAIR)
    assert (done.returncode, json.loads(done.stdout)) == (0, [])


def test_conflicts_are_told_as_json_with_status_1(tmp_path: Path) -> None:
    fair = instance()
    fair["exhibitors"][4]["size"] = 40
    (tmp_path / "fair.json").write_text(json.dumps(fair), encoding="utf-8")
    done = village("diagnose", tmp_path / "fair.json")
    conflicts = json.loads(done.stdout)
    assert done.returncode == 1
    assert all(each.keys() == {"kind", "exhibitors", "stands", "need"} for each in conflicts)
    assert ("no_block", [fair["exhibitors"][4]["id"]]) in [(each["kind"], each["exhibitors"]) for each in conflicts]


def test_the_command_starts_without_the_web_application() -> None:
    loaded = (
        "import sys, village.cli, village.floor.allocation.command; "
        "print([m for m in ('flask', 'sqlalchemy', 'highspy', 'numba', 'scipy', 'shapely') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
