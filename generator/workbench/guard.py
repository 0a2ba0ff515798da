"""Who gets in: whoever has the address that the command printed, from this machine, in a page of ours.

A page of any site may ask an address of this machine, and may have a name of its own lead to it. So
the name and the origin of every request are looked at before anything else, and all addresses begin
with a token that nobody can guess.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 1_000_000
"""What a form may send at once."""
_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",  # the theme's icons are masks in its style sheet
    "connect-src": "'self'",
    "frame-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True)
class Entrance:
    """Where the server listens, on this machine only, and the token without which nobody gets in."""

    port: int
    token: str

    @property
    def address(self) -> str:
        """What is printed, and opened."""
        return f"http://127.0.0.1:{self.port}/{self.token}/"

    @property
    def hosts(self) -> tuple[str, ...]:
        """How a browser of this machine may call us."""
        return (f"127.0.0.1:{self.port}", f"localhost:{self.port}")


class Guard:
    """Refuses what does not come from our own page, and gives every answer the strictest policy."""

    def __init__(self, app: ASGIApp, entrance: Entrance) -> None:
        self._app, self._entrance = app, entrance

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        refused = self._find_reason(scope)
        if refused:
            code, reason = refused
            answer = PlainTextResponse(f"{reason}\n", code)
            await answer(scope, receive, _protect(send, "'none'"))
            return
        path = scope["path"].removeprefix(f"/{self._entrance.token}")
        inner = {**scope, "path": path, "raw_path": path.encode(), "root_path": ""}
        is_preview = path.startswith("/page/")
        await self._app(inner, receive, _protect(send, "'self'" if is_preview else "'none'"))

    def _find_reason(self, scope: Scope) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        hosts, writes = self._entrance.hosts, scope["method"] not in ("GET", "HEAD")
        if headers.get("host") not in hosts:
            return 421, "This is not the name of this server."
        origin = headers.get("origin")
        if (origin is None and writes) or (
            origin is not None and origin not in [f"http://{host}" for host in hosts]
        ):
            return 403, "This was asked by a page of another site."
        if not _is_same(scope["path"].split("/")[1], self._entrance.token):
            return 404, "Nothing is here. Use the address that playbook edit has printed."
        if not scope["path"].startswith(f"/{self._entrance.token}/"):
            return 404, "The address ends in a slash."
        if writes and headers.get("content-type") != "application/json":
            return 415, "Only JSON is read."
        size = headers.get("content-length", "")
        if writes and not (size.isascii() and size.isdigit() and int(size) <= MOST_BYTES):
            return 413, "This is more than a form can send."
        return None


def _is_same(given: str, token: str) -> bool:
    return secrets.compare_digest(given.encode(), token.encode())


def _protect(send: Send, ancestors: str) -> Send:
    policy = "; ".join(f"{name} {value}" for name, value in _POLICY.items())

    async def protected(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            headers["Content-Security-Policy"] = f"{policy}; frame-ancestors {ancestors}"
        await send(message)

    return protected
