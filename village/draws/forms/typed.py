"""What people type around the thing itself is taken away: blanks, Arabic digits, capitals."""

from __future__ import annotations

import re
from typing import Any

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
# What a relay of the beacon answers holds several hexadecimal texts: the signature stands under its own name.
_SIGNATURE_IN_JSON = re.compile(r'"signature"\s*:\s*"([0-9a-fA-F]+)"')


def bare(value: Any) -> Any:
    """Fold blanks."""
    return " ".join(value.split()) if isinstance(value, str) else value


def digits(value: Any) -> Any:
    """Take ٠-٩ and ۰-۹ as 0-9 and drop blanks."""
    return "".join(value.translate(_DIGITS).split()) if isinstance(value, str) else value


def hexadecimal(value: Any) -> Any:
    """Drop blanks and capitals of a hexadecimal text."""
    return "".join(value.translate(_DIGITS).split()).lower() if isinstance(value, str) else value


def upper(value: Any) -> Any:
    """Write a code in capitals."""
    return value.upper() if isinstance(value, str) else value


def signature(value: Any) -> Any:
    """Take the signature of a beacon's round out of what was typed, scanned or copied whole from a relay."""
    if not isinstance(value, str):
        return value
    found = _SIGNATURE_IN_JSON.search(value)
    return hexadecimal(found.group(1) if found else value)
