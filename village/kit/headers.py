"""Security headers: nothing foreign is loaded, nothing inline is run, nobody frames a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

if TYPE_CHECKING:
    from flask import Flask, Response

_POLICY = """
    default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';
    connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self';
    frame-ancestors 'none'; base-uri 'none'
"""
POLICY = " ".join(_POLICY.split())


def init_headers(app: Flask, *, https: bool) -> None:
    """Put the headers on every answer."""

    @app.after_request
    def add(response: Response) -> Response:
        put = response.headers.setdefault
        put("Content-Security-Policy", POLICY)
        put("X-Content-Type-Options", "nosniff")
        put("Referrer-Policy", "same-origin")
        put("Cross-Origin-Opener-Policy", "same-origin")
        put("Cross-Origin-Resource-Policy", "same-origin")
        put("Permissions-Policy", "camera=(self), geolocation=(), microphone=()")
        if https:
            put("Strict-Transport-Security", "max-age=31536000")
        # Pages show persons: a shared telephone must not keep them in its cache.
        if request.endpoint != "static" and response.mimetype == "text/html":
            put("Cache-Control", "no-store" if "Set-Cookie" in response.headers else "private, no-cache")
        return response
