"""Printed documents: designs in `templates/documents`, rendered by WeasyPrint.

A design is a folder with template.html, theme.css and design.yaml. Its template runs in a sandbox,
is fed primitive values only and can fetch nothing but our own fonts and pictures, so that an
organiser may copy and adapt one.

    data = pdf.render("jury_minutes", "jury_minutes", title_ar="…", rows=[…])

Modules: `engine` (the call above), `designs` (samples and worst cases), `text` (direction and
isolation filters), `fitting` (sizes for long names), `layers` (two-layer printing for batches).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from village.kit.pdf.fitting import Fit, fit, width_mm

if TYPE_CHECKING:
    from village.kit.pdf.designs import Design, design, design_names, preview
    from village.kit.pdf.engine import ForeignResourceError, compose, render, to_pdf

__all__ = [
    "Design",
    "Fit",
    "ForeignResourceError",
    "compose",
    "design",
    "design_names",
    "fit",
    "preview",
    "render",
    "to_pdf",
    "width_mm",
]

# WeasyPrint takes half of the time that the whole application needs to start, and most pages print nothing.
_WHERE = {
    **dict.fromkeys(("Design", "design", "design_names", "preview"), "village.kit.pdf.designs"),
    **dict.fromkeys(("ForeignResourceError", "compose", "render", "to_pdf"), "village.kit.pdf.engine"),
}


def __getattr__(name: str) -> Any:
    """Load the renderer when something is printed for the first time (PEP 562)."""
    if name not in _WHERE:
        raise AttributeError(name)
    return getattr(import_module(_WHERE[name]), name)
