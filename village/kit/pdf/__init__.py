"""Printed documents: designs in `templates/documents`, rendered by WeasyPrint.

A design is a folder with template.html, theme.css and design.yaml. Its template runs in a sandbox,
is fed primitive values only and can fetch nothing but our own fonts and pictures, so that an
organiser may copy and adapt one.

    data = pdf.render("jury_minutes", "jury_minutes", title_ar="…", rows=[…])

Modules: `engine` (the call above), `designs` (samples and worst cases), `text` (direction and
isolation filters), `fitting` (sizes for long names), `layers` (two-layer printing for batches).
"""

from village.kit.pdf.designs import Design, design, design_names, preview
from village.kit.pdf.engine import ForeignResourceError, compose, render, to_pdf
from village.kit.pdf.fitting import Fit, fit, width_mm

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
