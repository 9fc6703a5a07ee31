"""What each design is for, and the values it is tried with."""

from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from village.kit.pdf import engine


@dataclass(frozen=True)
class Design:
    """A printed document: its title in three languages, its page, and values to try it with.

    `sample` is an ordinary case, `worst` the longest names and fullest page it must hold.
    """

    name: str
    title: Mapping[str, str]
    page: str
    sample: Mapping[str, object]
    worst: Mapping[str, object]


def design_names() -> list[str]:
    """Names of the designs that describe themselves, in alphabetical order."""
    return sorted(path.parent.name for path in engine.DESIGNS.glob("*/design.yaml"))


def design(name: str) -> Design:
    """Read a design's description; FileNotFoundError where there is none of this name.

    `worst` in the file names only what differs from `sample`.
    """
    described = yaml.safe_load((engine.DESIGNS / name / "design.yaml").read_text("utf-8"))
    sample = described.get("sample", {})
    return Design(
        name=name,
        title=described["title"],
        page=described["page"],
        sample=sample,
        worst={**sample, **described.get("worst", {})},
    )


def preview(name: str, *, worst: bool = False) -> bytes:
    """Render a design with its sample values, or with its worst case."""
    shown = design(name)
    values = shown.worst if worst else shown.sample
    return engine.to_pdf(engine.compose(name, **values), name)
