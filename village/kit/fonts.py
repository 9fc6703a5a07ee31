"""Fonts for print: one TrueType file per family and weight, merged from the split web fonts.

The npm packages of Fontsource cut a family into subset files (Arabic, Latin, Latin extended). A
browser picks among them by `unicode-range`; WeasyPrint, given several files under one family
name, draws random glyphs without a warning. So the subsets are merged once, at build time, into
the ignored folder `build/fonts`. TrueType rather than WOFF2: WeasyPrint would inflate WOFF2 anew
in every process, three times the cost of the whole render.

Run as `python -m village.kit.fonts`; it does nothing when the files are already there.
"""

import logging
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "build" / "fonts"
NODE_MODULES = ROOT / "node_modules"

# Tables that concern vertical writing, mathematics or screens, and signatures that a merge voids.
NOT_FOR_PRINT = ["vmtx", "vhea", "MATH", "DSIG", "meta", "gasp", "VORG", "BASE"]


@dataclass(frozen=True)
class Face:
    """One printed face: the CSS family and weight, and the npm package whose subsets make it."""

    family: str
    weight: int
    package: str
    subsets: tuple[str, ...]

    @property
    def filename(self) -> str:
        """Name of the merged file, e.g. `amiri-700.ttf`."""
        return f"{self.package}-{self.weight}.ttf"

    @property
    def path(self) -> Path:
        """Where the merged file lies once built."""
        return BUILT / self.filename

    def sources(self, node_modules: Path) -> Iterator[Path]:
        """Subset files of the npm package, the script of the family first."""
        files = node_modules / "@fontsource" / self.package / "files"
        for subset in self.subsets:
            yield files / f"{self.package}-{subset}-{self.weight}-normal.woff2"


ARABIC = ("arabic", "latin", "latin-ext")
REGULAR = 400

FACES = (
    Face("Amiri", 400, "amiri", ARABIC),
    Face("Amiri", 700, "amiri", ARABIC),
    Face("IBM Plex Sans Arabic", 400, "ibm-plex-sans-arabic", ARABIC),
    Face("IBM Plex Sans Arabic", 700, "ibm-plex-sans-arabic", ARABIC),
    Face("Noto Sans Tifinagh", 400, "noto-sans-tifinagh", ("tifinagh",)),
)


class FontsMissingError(RuntimeError):
    """The merged fonts are not there and the npm packages to make them from are not either."""


def build(node_modules: Path = NODE_MODULES, folder: Path = BUILT) -> list[Path]:
    """Merge the subsets of every face into `folder`; return the files written (none when fresh).

    Raises FontsMissingError when a file is to be made and its npm package is not installed.
    """
    return [_merge(face, node_modules, folder) for face in FACES if not (folder / face.filename).exists()]


@cache
def ready() -> Path:
    """Folder of the merged fonts, building them on the first call where `make` has not."""
    build()
    return BUILT


def face(family: str, weight: int) -> Face:
    """Return the face of this family and weight; KeyError when we print with none such."""
    for candidate in FACES:
        if (candidate.family, candidate.weight) == (family, weight):
            return candidate
    raise KeyError(f"{family} {weight}")


def css() -> str:
    """@font-face rules of every face, by file URL."""
    folder = ready()
    return "\n".join(
        f"@font-face {{ font-family: '{item.family}'; font-weight: {item.weight}; "
        f"src: url('{(folder / item.filename).as_uri()}') }}"
        for item in FACES
    )


def _merge(item: Face, node_modules: Path, folder: Path) -> Path:
    """Write one merged face. The file appears whole or not at all."""
    # Imported here: a web process that finds its fonts built never loads fontTools.
    from fontTools.merge import Merger, Options
    from fontTools.ttLib import TTFont

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    sources = list(item.sources(node_modules))
    if absent := [path.name for path in sources if not path.exists()]:
        raise FontsMissingError(f"fonts to print with are missing: {', '.join(absent)}; run `npm ci` first")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        plain = []
        for number, source in enumerate(sources):
            font = TTFont(source)
            font.flavor = None
            plain.append(str(Path(scratch) / f"{number}.ttf"))
            font.save(plain[-1])
        merged = Merger(Options(drop_tables=NOT_FOR_PRINT)).merge(plain)
        _rename(merged, item)
        whole = Path(scratch) / item.filename
        merged.save(whole)
        target = folder / item.filename
        whole.replace(target)
    return target


def _rename(font: object, item: Face) -> None:
    """Write one family name into the merged file, so that no two files claim the same face."""
    name = font["name"]  # type: ignore[index]  # TTFont has no stubs; the name table always exists
    style = "Bold" if item.weight > REGULAR else "Regular"
    for number, text in (
        (1, item.family),
        (2, style),
        (4, f"{item.family} {style}"),
        (6, f"{item.family.replace(' ', '')}-{style}"),
    ):
        name.setName(text, number, 3, 1, 0x409)


if __name__ == "__main__":
    for written in build():
        print(written.relative_to(ROOT))  # noqa: T201  a build step talks to the terminal
