"""`playbook edit` for many people at once, behind a company's sign-in."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from generator.commands.settings import Settings
from generator.commands.terminal import FINE, CannotRunError, Terminal
from generator.files.git import GitError
from generator.files.locks import hold
from generator.problems.phrases import join_words
from generator.problems.terminal_style import visible

if TYPE_CHECKING:
    from generator.workbench.service.house import House

_EVERY = 60.0
"""Seconds after which the repository is looked at again."""
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_OPTIONS = (
    click.option(
        "--repository",
        metavar="ADDRESS",
        help="Serve many people behind your sign-in: the repository that is read and proposed to.",
    ),
    click.option(
        "--audience", metavar="NAME", help="For many: whose edition is served, and nothing else."
    ),
    click.option(
        "--trusted-proxy",
        metavar="ADDRESS",
        multiple=True,
        help="For many: from where alone requests are taken, an address or a network.",
    ),
    click.option(
        "--person-header", metavar="NAME", help="For many: the header by which it says who asks."
    ),
    click.option("--address", metavar="URL", help="For many: where they open it, as https://…"),
    click.option(
        "--state",
        metavar="FOLDER",
        type=click.Path(path_type=Path, file_okay=False),
        help="For many: where the clone and what is not sent yet are kept.",
    ),
    click.option("--within", metavar="FOLDER", help="For many: where in the repository it lies."),
    click.option(
        "--listen", metavar="HOST", help="For many: the address of this machine to listen at."
    ),
)


@dataclass(frozen=True)
class Asked:
    """What was asked for in options."""

    repository: str | None
    audience: str | None
    trusted_proxy: tuple[str, ...]
    person_header: str | None
    address: str | None
    state: Path | None
    within: str | None
    listen: str | None

    @property
    def is_service(self) -> bool:
        """Whether many people are to be served."""
        return any(vars(self).values())

    def find_missing(self) -> list[str]:
        """The options without which it does not start."""
        needed = ("repository", "audience", "trusted_proxy", "person_header", "address", "state")
        return [f"--{name.replace('_', '-')}" for name in needed if not getattr(self, name)]


def with_service_options(story: Callable[..., Any]) -> Callable[..., Any]:
    """The options of the service, below those of the command."""
    for option in reversed(_OPTIONS):
        story = option(story)
    return story


def serve(asked: Asked, port: int, settings: Settings, terminal: Terminal) -> int:
    """Serve an edition of a repository to many people, until Ctrl+C or the end of the container."""
    missing = asked.find_missing()
    if missing:
        raise CannotRunError(
            f"to serve many people, playbook edit needs {join_words(missing)} as well; docs/maintainers-guide.md "
            "says what for"
        )
    state, host = asked.state or Path(), asked.listen or "127.0.0.1"
    state.mkdir(mode=0o700, parents=True, exist_ok=True)  # it is locked itself, not what it lies in
    with hold(state, lambda: _note("waits for another service that has this state")):
        return _serve(asked, state, (host, port), settings, terminal)


def _serve(
    asked: Asked, state: Path, place: tuple[str, int], settings: Settings, terminal: Terminal
) -> int:
    from generator.workbench import service
    from generator.workbench.server import PortTakenError, ended_by_ctrl_c, listen, make_server
    from generator.workbench.service.house import NoEditionError

    wanted = service.Settings(
        repository=_find_repository(asked.repository or ""),
        audience=asked.audience or "",
        address=_read_address(asked.address or ""),
        proxies=_read_proxies(asked.trusted_proxy),
        header=_read_header(asked.person_header or ""),
        state=state,
        within=(asked.within or "").strip("/"),
        max_bytes=settings.max_bytes,
        as_of=settings.as_of,
        note=_note,
    )
    try:
        app, house = service.open_service(wanted)
        listener = listen(*place)
    except GitError as error:
        raise CannotRunError(f"{asked.repository} cannot be read: {error}") from error
    except NoEditionError as error:
        raise CannotRunError(str(error)) from error
    except PortTakenError as error:
        raise CannotRunError(
            f"{place[0]}, port {place[1]} cannot be used ({(error.strerror or 'it is taken').lower()})"
        ) from error
    server = make_server(app, wanted.is_friend)
    with listener, ended_by_ctrl_c(server), _following(house):
        terminal.say(
            f"Serving the edition for {asked.audience} to {join_words(list(asked.trusted_proxy))}, at "
            f"{place[0]}, port {listener.getsockname()[1]}. People open {asked.address}\n"
        )
        server.run(sockets=[listener])
    return FINE


@contextmanager
def _following(house: House) -> Iterator[None]:
    """Looks at the repository from time to time, as long as people are served."""
    ended = threading.Event()

    def follow() -> None:
        while not ended.wait(_EVERY):
            house.follow()

    threading.Thread(target=follow, daemon=True).start()
    yield
    ended.set()


def _note(line: str) -> None:
    """A line for whoever runs it; no text of the strategy is in it."""
    click.echo(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} {visible(line)}", err=True)


def _find_repository(text: str) -> str:
    """An address as git takes it in any folder."""
    return str(Path(text).absolute()) if Path(text).is_dir() else text


def _read_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.query or "@" in text:
        raise CannotRunError(
            f"--address takes where people open it, such as https://edit.example.com, not {text}"
        )
    return text.rstrip("/")


def _read_header(text: str) -> str:
    if not _HEADER.fullmatch(text):
        raise CannotRunError(
            f"--person-header takes the name of a header, such as X-Forwarded-Email, not {text}"
        )
    return text


def _read_proxies(texts: tuple[str, ...]) -> list[Any]:
    from generator.workbench.service.door import read_network

    try:
        return [read_network(text) for text in texts]
    except ValueError as error:
        raise CannotRunError(
            f"--trusted-proxy takes an address or a network, such as 10.0.0.7 or 10.0.0.0/28: {error}"
        ) from error
