"""Where a call to another program may lead: not into the operator's own network, unless the operator says so."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from village.kit.refusal import Refusal

_LONGEST = 500
_NAT64 = IPv6Network("64:ff9b::/96")
_GREATEST_PORT = 65535


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the Internet at large; what carries another address inside is read as that.

    A zone index (fe80::1%eth0) is never public.
    """
    if "%" in address:
        return False
    try:
        found = ip_address(address)
    except ValueError:
        return False
    inner = _inner(found)
    if inner is not None:
        found = inner
    return found.is_global and not found.is_multicast


def why_not_url(url: str, *, anywhere: bool) -> Refusal | None:
    """Object to an address for calls, or return None.

    Args:
        url: what was typed.
        anywhere: whether the operator allows plain http and private addresses (a village on its own network).

    """
    parts = _split(url)
    if parts is None:
        return Refusal("webhook_url_invalid")
    if parts.scheme == "http" and not anywhere:
        return Refusal("webhook_url_not_secure")
    if not anywhere and _is_private_name(parts.hostname or ""):
        return Refusal("webhook_url_private")
    return None


def _split(url: str) -> SplitResult | None:
    """Read an address; None where it is none, carries a password or a fragment, or is too long."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    fits = (
        len(url) <= _LONGEST
        and url.isascii()
        and url.isprintable()
        and " " not in url
        and parts.scheme in {"http", "https"}
        and bool(parts.hostname)
        and parts.username is None
        and parts.password is None
        and not parts.fragment
        and (port is None or 0 < port <= _GREATEST_PORT)
    )
    return parts if fits else None


def _is_private_name(host: str) -> bool:
    """Tell whether a host is private by its very name; others are looked up at each call."""
    try:
        ip_address(host)
    except ValueError:
        return "." not in host.rstrip(".") or host.rstrip(".").endswith((".localhost", ".local", ".internal"))
    return not is_public(host)


def _inner(address: IPv4Address | IPv6Address) -> IPv4Address | None:
    if isinstance(address, IPv4Address):
        return None
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
