"""Printing many similar pages: what they share is rendered once and laid under each personal page.

A page of WeasyPrint's costs tens of milliseconds, most of them for what is the same on every
certificate or badge. That part becomes a form XObject; only the personal lines are laid out anew.
Everything laid under is marked as an artifact, so that readers of tagged files skip it.
"""

from __future__ import annotations

import os
import tempfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

POINTS_PER_MM = 72 / 25.4


class Stack:
    """A print file that grows page by page.

    Sources stay open until `save`, since pikepdf copies their streams only then: memory holds the
    structure of the file, not its contents.
    """

    def __init__(self, title: str) -> None:
        """Begin an empty file of this title."""
        self._out = pikepdf.Pdf.new()
        self._sources: list[pikepdf.Pdf] = []
        with self._out.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:title"] = title

    def forms(self, sheets: bytes) -> list[pikepdf.Object]:
        """Take over every page of a rendered file as a form to be laid under others."""
        source = self._open(BytesIO(sheets))
        return [self._out.copy_foreign(page.as_form_xobject()) for page in source.pages]

    def add_pages(self, source: bytes | Path, under: Sequence[Sequence[Placed]]) -> None:
        """Append the pages of a rendered file, each with what lies under it.

        `under` has one sequence for each page; its items are drawn in order, the first lowest.
        Raises ValueError when the numbers of pages and of sequences differ.
        """
        opened = self._open(source if isinstance(source, Path) else BytesIO(source))
        for page, items in zip(opened.pages, under, strict=True):
            self._out.pages.append(page)
            lay_under(self._out.pages[-1], items)

    def save(self, path: Path) -> None:
        """Write the file; it appears whole or not at all. The stack is spent afterwards."""
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, scratch = tempfile.mkstemp(dir=path.parent, prefix=".part-")
        os.close(handle)
        try:
            self._out.save(
                scratch,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                compress_streams=True,
                deterministic_id=True,
            )
            Path(scratch).replace(path)
        except BaseException:
            Path(scratch).unlink(missing_ok=True)
            raise
        finally:
            for source in self._sources:
                source.close()
            self._out.close()

    def _open(self, source: Path | BytesIO) -> pikepdf.Pdf:
        opened = pikepdf.open(source)
        self._sources.append(opened)
        return opened


class Placed:
    """Something drawn under a page: a form moved to a place, or drawing operators as they are."""

    def __init__(
        self,
        form: pikepdf.Object | None = None,
        at_mm: tuple[float, float] = (0.0, 0.0),
        operators: bytes = b"",
    ) -> None:
        """Place `form` with its lower left corner at `at_mm` (from the page's lower left corner)."""
        self.form = form
        self.at_mm = at_mm
        self.operators = operators


def lay_under(page: pikepdf.Page, items: Iterable[Placed]) -> None:
    """Draw items below what a page shows, in order, the first lowest."""
    drawn = [b"/Artifact BMC\n"]
    for item in items:
        if item.form is not None:
            # Named after the form: WeasyPrint's pages share their resources, and random names would make
            # two files of one content differ.
            own = pikepdf.Name(f"/Under{item.form.objgen[0]}")
            name = page.add_resource(item.form, pikepdf.Name.XObject, own)
            x, y = (millimetres * POINTS_PER_MM for millimetres in item.at_mm)
            drawn.append(f"q 1 0 0 1 {x:.3f} {y:.3f} cm {name} Do Q\n".encode("ascii"))
        drawn.append(item.operators)
    page.contents_add(b"".join([*drawn, b"EMC\n"]), prepend=True)
