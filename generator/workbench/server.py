"""The server of the workbench, until Ctrl+C: on this machine alone, or, as a service, where it is told to
listen.
"""

from __future__ import annotations

import asyncio
import secrets
import signal
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from generator.files.git import stop_waiting
from generator.workbench.guard import Entrance

_HERE = "127.0.0.1"
_MOST_OF_ONE = 10
_MOST_STRANGERS = 100
_STRANGER_SECONDS = 5.0


class PortTakenError(OSError):
    """Another program listens at this port."""


def take_port(port: int) -> tuple[socket.socket, Entrance]:
    """A port of this machine (0: any that is free), and the way in with a token of its own. Raises
    PortTakenError.
    """
    listener = listen(_HERE, port)
    return listener, Entrance(listener.getsockname()[1], secrets.token_urlsafe(24))


def listen(host: str, port: int) -> socket.socket:
    """Listen at an address of this machine. Raises PortTakenError."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise PortTakenError(error.errno, error.strerror) from error
    return listener


class _Server(uvicorn.Server):
    """A server that nobody keeps waiting at its end, such as a push that nobody answers."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        stop_waiting()
        super().handle_exit(sig, frame)


def make_server(
    app: ASGIApp, is_friend: Callable[[str], bool] = lambda peer: True
) -> uvicorn.Server:
    """A server that says nothing by itself, and ends at once when it is asked to. Whoever is no friend, by
    the address of the peer, has seconds to be refused, and cannot take up all connections.
    """
    config = uvicorn.Config(
        app,
        http=_make_protocol(is_friend),
        log_config=None,
        access_log=False,
        log_level="error",  # what is refused is told by whoever refuses it, once
        lifespan="off",
        ws="none",
        server_header=False,
        proxy_headers=False,  # whom a request is from is what the system says, not what it says itself
        timeout_graceful_shutdown=1,
    )
    return _Server(config)


def _make_protocol(is_friend: Callable[[str], bool]) -> type[H11Protocol]:
    strangers = Counter[str]()

    class Protocol(H11Protocol):
        stranger = ""

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            peer = str((transport.get_extra_info("peername") or ("",))[0])
            if is_friend(peer):
                return
            self.stranger = peer
            strangers[peer] += 1
            far = strangers.total() - strangers[_HERE]
            if strangers[peer] > _MOST_OF_ONE or (peer != _HERE and far > _MOST_STRANGERS):
                transport.abort()
            else:
                self.loop.call_later(_STRANGER_SECONDS, transport.abort)

        def connection_lost(self, exc: Exception | None) -> None:
            super().connection_lost(exc)
            if self.stranger:
                strangers[self.stranger] -= 1

    return Protocol


@contextmanager
def ended_by_ctrl_c(server: uvicorn.Server) -> Iterator[None]:
    """Ctrl+C ends the server, and nothing else, at whatever moment it comes."""

    def end(number: int, frame: object) -> None:
        server.should_exit = True

    before = signal.signal(signal.SIGINT, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
