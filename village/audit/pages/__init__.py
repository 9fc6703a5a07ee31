"""Pages of the log: for everybody its seal and the checks, for auditors its lines in their own language."""

from village.audit.pages import explorer, lines, log, witness
from village.audit.pages.shared import bp

__all__ = ["bp", "explorer", "lines", "log", "witness"]
