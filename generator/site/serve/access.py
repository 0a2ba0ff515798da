"""Whom the server of `serve` answers: those who ask for it by its own name.

A page elsewhere can have its own name lead to this machine (DNS rebinding), and would then read the
strategy through the browser of whoever writes it. It cannot hide which name it used: browsers send
that with every request.
"""

from __future__ import annotations

import ipaddress
import platform
import re
from collections.abc import Callable, Iterable
from typing import Any

from generator.site.mkdocs_internals import Server, answer_through, named_host

_LOCAL = ("localhost", "127.0.0.1", "[::1]")
_EVERYWHERE = ("", "0.0.0.0", "::")  # noqa: S104  # nothing is bound here
_ASKED = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::[0-9]{1,5})?")


def answer_own_names(server: Server) -> None:
    """Go in front of a server: who asks by another name is refused (403), and so is an address that
    no file can have (400).
    """
    host = named_host(server)

    def guard(send: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
        def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
            if not is_own_name(environ.get("HTTP_HOST", ""), host):
                return _refuse(start, "403 Forbidden", f"ask for {server.url}")
            if "\0" in environ["PATH_INFO"]:
                return _refuse(start, "400 Bad Request", "no address holds a sign without a name")
            return send(environ, start)

        return answer

    answer_through(server, guard)


def is_own_name(asked: str, host: str) -> bool:
    """Whether the name that a browser sends (`Host`, with or without a port) is one of a server's
    that listens at `host`.

    The port is not looked at: one that is passed on from another is still this server. Where it
    listens on every network, any address in figures is its own, which no name of others can be.
    """
    match = _ASKED.fullmatch(asked.lower())
    if match is None:
        return False
    own = {*_LOCAL, host.lower(), f"[{host.lower()}]"}
    if host in _EVERYWHERE:
        machine = platform.node().lower()
        own |= {machine, f"{machine}.local"}
        return match[1] in own or _is_figures(match[1])
    return match[1] in own


def _is_figures(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _refuse(start: Callable[..., Any], status: str, why: str) -> Iterable[bytes]:
    start(status, [("Content-Type", "text/plain; charset=utf-8")])
    return [f"{status}: {why}\n".encode()]
