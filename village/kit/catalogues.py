"""The catalogues of the three languages: one for each feature, with English as the key.

`python -m village.kit.catalogues` takes new strings in; `… compile` builds what the application reads;
`… check` lists what is missing. English needs no catalogue: it is the text of the code itself.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "village" / "translations"
TRANSLATED = ("ar", "fr")
# GNU's own order of the Arabic forms; Babel's header swaps the last two and would say 11 as 100.
PLURALS = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    "fr": "nplurals=2; plural=(n > 1);",
}
# Domains whose strings do not stand in the two folders of a feature's own name.
_ELSEWHERE = {
    "front": ("templates/_macros", "templates/errors", "templates/base.html"),
    "kit": ("village/kit", "village/app.py", "village/navigation.py", "village/cli.py"),
    "people": ("village/people", "templates/people", "templates/security"),
}
_METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")]
_OPTIONS = {"**.html": {"silent": "false"}, "**.txt": {"silent": "false"}}
_KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "lazy_gettext": None,
    "_l": None,
    "pgettext": ((1, "c"), 2),
}


def domains() -> list[str]:
    """Return the names of all catalogues, from the folders that hold strings."""
    features = [p.name for p in sorted((ROOT / "village").iterdir()) if (p / "__init__.py").exists()]
    return ["front", *features]


def places(domain: str) -> list[Path]:
    """Return the folders and files whose strings belong to a catalogue."""
    names = _ELSEWHERE.get(domain, (f"village/{domain}", f"templates/{domain}"))
    return [ROOT / name for name in names if (ROOT / name).exists()]


def extract(domain: str) -> Catalog:
    """Gather the strings of one catalogue, without line numbers: those would change with every edit."""
    found = Catalog(domain=domain, project="village", charset="utf-8")
    for place in places(domain):
        for filename, message, comments, context in _strings(place):
            found.add(message, auto_comments=comments, context=context, locations=[(filename, None)])  # type: ignore[list-item]
    return found


def _strings(place: Path) -> Iterator[tuple[str, Any, list[str], str | None]]:
    folder = place if place.is_dir() else place.parent

    def wanted(path: str | bytes) -> bool:
        # Of a folder that is only asked for one of its files, nothing below is read.
        return place.is_dir() and "__pycache__" not in str(path)

    for filename, _line, message, comments, context in extract_from_dir(
        str(folder),
        method_map=_METHODS,
        options_map=_OPTIONS,
        keywords=_KEYWORDS,
        comment_tags=("Translators:",),
        directory_filter=wanted,
    ):
        if place.is_file() and filename != place.name:
            continue
        yield (folder / filename).relative_to(ROOT).as_posix(), message, list(comments), context


def path_of(domain: str, lang: str) -> Path:
    """Return where a catalogue is kept."""
    return FOLDER / lang / "LC_MESSAGES" / f"{domain}.po"


def read(domain: str, lang: str) -> Catalog:
    """Read a catalogue; an empty one where there is none yet."""
    path = path_of(domain, lang)
    if not path.exists():
        return Catalog(locale=lang, domain=domain, project="village")
    with path.open("rb") as file:
        return read_po(file, locale=lang, domain=domain)


def update() -> None:
    """Take new strings into every catalogue and drop those no longer used; nothing is guessed."""
    for domain in domains():
        template = extract(domain)
        for lang in TRANSLATED:
            catalogue = read(domain, lang)
            catalogue.update(template, no_fuzzy_matching=True)
            catalogue.obsolete.clear()
            if len(template):
                _write(catalogue, path_of(domain, lang), lang)


def _write(catalogue: Catalog, path: Path, lang: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    header = (
        'msgid ""\nmsgstr ""\n"Language: ' + lang + '\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {PLURALS[lang]}\\n"\n\n'
    )
    with path.open("wb") as file:
        file.write(header.encode())
        write_po(file, catalogue, omit_header=True, sort_output=True, width=110, include_lineno=False)


def compile_all() -> None:
    """Build the files that the application reads; only those that changed."""
    for lang in TRANSLATED:
        for path in sorted((FOLDER / lang / "LC_MESSAGES").glob("*.po")):
            target = path.with_suffix(".mo")
            if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
                continue
            with path.open("rb") as source:
                catalogue = read_po(source, locale=lang)
            _force_plurals(catalogue, lang)
            draft = target.with_suffix(".part")
            with draft.open("wb") as file:
                write_mo(file, catalogue)
            draft.replace(target)


def _force_plurals(catalogue: Catalog, lang: str) -> None:
    count, _, expression = PLURALS[lang].partition(";")
    catalogue._num_plurals = int(count.removeprefix("nplurals="))  # type: ignore[assignment]  # noqa: SLF001 - Babel offers no setter
    catalogue._plural_expr = expression.strip().removeprefix("plural=").rstrip(";")  # type: ignore[assignment]  # noqa: SLF001 - as above


def missing() -> list[str]:
    """List every string that a catalogue lacks, as `lang/domain: string`."""
    lacks = []
    for domain in domains():
        template = extract(domain)
        for lang in TRANSLATED:
            catalogue = read(domain, lang)
            lacks += [
                f"{lang}/{domain}: {message.id!r}"
                for message in template
                if message.id and not _is_whole(catalogue.get(message.id, message.context), lang)
            ]
    return lacks


def contradictions() -> list[str]:
    """List every string that two catalogues translate in different ways: merged, only one of them would be read."""
    found: dict[tuple[str, Any], dict[str, Any]] = {}
    for domain in domains():
        for lang in TRANSLATED:
            for message in read(domain, lang):
                if message.id and message.string:
                    found.setdefault((lang, message.id), {})[domain] = message.string
    return [
        f"{lang}: {text!r} is " + ", ".join(f"{said!r} in {domain}" for domain, said in sorted(sayings.items()))
        for (lang, text), sayings in sorted(found.items(), key=repr)
        if len({repr(said) for said in sayings.values()}) > 1
    ]


def _is_whole(message: Any, lang: str) -> bool:
    if message is None or message.fuzzy or not message.string:
        return False
    if isinstance(message.id, tuple | list):
        forms = int(PLURALS[lang].partition(";")[0].removeprefix("nplurals="))
        return isinstance(message.string, tuple | list) and len(message.string) == forms and all(message.string)
    return True


def main(arguments: list[str]) -> int:
    """Run one of `update` (the default), `compile`, `check`."""
    what = arguments[0] if arguments else "update"
    if what == "update":
        update()
        compile_all()
    elif what == "compile":
        compile_all()
    lacks = [*missing(), *contradictions()] if what in {"update", "check"} else []
    for line in lacks:
        sys.stdout.write(line + "\n")
    return 1 if lacks else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
