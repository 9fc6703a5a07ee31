"""The arrows of docs/structure.md as a contract of import-linter: who may know whom, and through which door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from importlinter import Contract, ContractCheck, fields, output

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grimp import ImportGraph

# What a file may not know of its own feature, where that is stricter than the order of the layers.
CLOSED_DOORS: Mapping[str, frozenset[str]] = {
    "forms": frozenset({"models", "account_models", "queries", "actions"}),
    "pages": frozenset({"models", "account_models"}),
    "api": frozenset({"models", "account_models"}),
    "jobs": frozenset({"models", "account_models"}),
}
# The log is the ground of every feature: its tree and its keys may be known too, its tables and pages never.
LOG_DOORS = frozenset({"keys", "merkle"})


class Fault(NamedTuple):
    """One import that the law does not allow, and why."""

    importer: str
    imported: str
    line: int
    reason: str


def _parts(module: str) -> tuple[str, str]:
    """Split "village.floor.rules.fit" into its feature and its file: ("floor", "rules")."""
    names = [*module.split("."), "", ""]
    return names[1], names[2]


def reach(arrows: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Follow the arrows to their ends: every feature with all the features below it."""
    whole: dict[str, frozenset[str]] = {}

    def below(feature: str) -> frozenset[str]:
        if feature not in whole:
            direct = arrows.get(feature, frozenset())
            whole[feature] = direct.union(*(below(other) for other in direct))
        return whole[feature]

    for feature in arrows:
        below(feature)
    return whole


def read_arrows(lines: list[str]) -> dict[str, frozenset[str]]:
    """Read "draws -> exhibitors, checkin" lines into a table."""
    table: dict[str, frozenset[str]] = {}
    for line in lines:
        feature, _, others = line.partition("->")
        table[feature.strip()] = frozenset(name.strip() for name in others.split(","))
    return table


def why_not(
    importer: str, imported: str, *, below: Mapping[str, frozenset[str]], strangers: frozenset[str], surface: frozenset[str]
) -> str | None:
    """Say which part of the law an import breaks; None where it keeps the law.

    `below` holds every feature with the features it may know, `strangers` those that never meet,
    `surface` the files through which a feature is known.
    """
    feature, file = _parts(importer)
    other, door = _parts(imported)
    if feature not in below or (other not in below and other != "audit"):
        return None  # app, cli and demo know everything; kit, config and libraries have contracts of their own
    if feature == other:
        return f"{file} may not know the {door} of its own feature" if door in CLOSED_DOORS.get(file, ()) else None
    if other not in below[feature] and other != "audit":
        return f"no arrow leads from {feature} to {other}"
    if feature in strangers and other in strangers:
        return f"{feature} and {other} do not know each other"
    if door not in surface and not (other == "audit" and door in LOG_DOORS):
        return f"{other} is known by its {', '.join(sorted(surface))}, never by its {door or 'package'}"
    return None


class ArrowsContract(Contract):  # type: ignore[misc]  # the library's base class is untyped
    """Features know only the features below them, by their actions, queries and rules."""

    type_name = "arrows"

    arrows = fields.ListField(subfield=fields.StringField())
    strangers = fields.SetField(subfield=fields.StringField())
    surface = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002 - the library's signature
        """Look at every direct import between two features."""
        below: dict[str, frozenset[str]] = reach(read_arrows(list(self.arrows)))
        faults = [
            Fault(importer, imported, graph.get_import_details(importer=importer, imported=imported)[0]["line_number"], reason)
            for importer in sorted(graph.modules)
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if (
                reason := why_not(
                    importer,
                    imported,
                    below=below,
                    strangers=frozenset(self.strangers),
                    surface=frozenset(self.surface),
                )
            )
        ]
        return ContractCheck(kept=not faults, metadata={"faults": faults})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each import with its line and the part of the law it breaks."""
        faults: list[Any] = check.metadata["faults"]
        for fault in faults:
            output.print_error(f"{fault.importer}:{fault.line} → {fault.imported}: {fault.reason}", bold=False)
