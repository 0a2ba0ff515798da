"""Who gets in: on one's own machine whoever has the address that the command printed, in a page of ours.

A page of any site may ask an address of this machine, and may have a name of its own lead to it. So
the name and the origin of every request are looked at before anything else, and all addresses begin
with a token that nobody can guess.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

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
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class RefusedError(Exception):
    """A request is not let in: the code of the answer, and why."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


class Door(Protocol):
    """Who gets in, and as whom."""

    def admit(self, scope: Scope, headers: Headers) -> Scope:
        """A request as the application is to see it. Raises RefusedError."""


@dataclass(frozen=True)
class Entrance:
    """The door for one person: where the server listens, on this machine only, and the token without
    which nobody gets in.
    """

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

    def admit(self, scope: Scope, headers: Headers) -> Scope:
        """Whoever knows the token, in a page of ours."""
        check_name(headers, self.hosts)
        check_origin(scope, headers, [f"http://{host}" for host in self.hosts])
        if not is_same(scope["path"].split("/")[1], self.token):
            raise RefusedError(
                404, "Nothing is here. Use the address that playbook edit has printed."
            )
        if not scope["path"].startswith(f"/{self.token}/"):
            raise RefusedError(404, "The address ends in a slash.")
        check_body(scope, headers)
        path = scope["path"].removeprefix(f"/{self.token}")
        return {**scope, "path": path, "raw_path": path.encode(), "root_path": ""}


class Guard:
    """Lets in whom the door lets in, and gives every answer the strictest policy."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app, self._door = app, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        try:
            inner = self._door.admit(scope, Headers(scope=scope))
        except RefusedError as refused:
            answer = PlainTextResponse(f"{refused.reason}\n", refused.code)
            await answer(scope, receive, _protect(send, "'none'"))
            return
        is_preview = inner["path"].startswith("/page/")
        await self._app(inner, receive, _protect(send, "'self'" if is_preview else "'none'"))


def check_name(headers: Headers, hosts: Collection[str]) -> None:
    """Refuse requests under another host's name."""
    if headers.get("host") not in hosts:
        raise RefusedError(421, "This is not the name of this server.")


def check_origin(scope: Scope, headers: Headers, origins: Collection[str]) -> None:
    """Refuse what a page of another site asks for."""
    origin = headers.get("origin")
    if (origin is None and writes(scope)) or (origin is not None and origin not in origins):
        raise RefusedError(403, "This was asked by a page of another site.")


def check_body(scope: Scope, headers: Headers, most: int = MOST_BYTES) -> None:
    """Refuse what no form of ours sends, and what does not say how much it is."""
    if not writes(scope):
        return
    if headers.get("content-type") != "application/json":
        raise RefusedError(415, "Only JSON is read.")
    size = headers.get("content-length", "")
    is_said = size.isascii() and size.isdigit() and "transfer-encoding" not in headers
    if not (is_said and int(size[:20]) <= most):
        raise RefusedError(413, "This is more than a form can send.")


def writes(scope: Scope) -> bool:
    """Whether a request may change something."""
    return scope["method"] not in ("GET", "HEAD")


def is_same(given: str, token: str) -> bool:
    """Whether somebody knows a token; how long the answer takes does not say how much of it."""
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
