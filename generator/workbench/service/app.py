"""The service as an application: who comes in, at whose workbench they are, and what happens where
something breaks.
"""

from __future__ import annotations

import secrets
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from generator.files.workshop import sweep
from generator.files.writing import write_file
from generator.site.theme.look import read_plain_look
from generator.workbench.app import make_app
from generator.workbench.bench import Workbench
from generator.workbench.guard import Guard
from generator.workbench.service.clone import Clone
from generator.workbench.service.desk import Desk
from generator.workbench.service.door import Door, Network, is_in
from generator.workbench.service.house import EditionGround, House
from generator.workbench.service.people import BusyError, People, Shelf
from generator.workbench.service.person import Person

_PRIVATE = 0o600
_FOR_ME = 0o700
_LENGTH = 32


@dataclass(frozen=True)
class Settings:
    """What whoever runs the service must say: the repository (and where in it the strategy lies), the
    audience whose edition it serves, the address under which people open it, the proxies that alone may
    ask, the header by which they say who does, and the folder in which all is kept.
    """

    repository: str
    audience: str
    address: str
    proxies: Sequence[Network]
    header: str
    state: Path
    within: str = ""
    max_bytes: int = 2_000_000
    as_of: date | None = None
    note: Callable[[str], None] = lambda line: None

    def is_friend(self, peer: str) -> bool:
        """Whether an address is that of a proxy."""
        return is_in(peer, self.proxies)


def open_service(settings: Settings) -> tuple[ASGIApp, House]:
    """The application, and what it stands on, which is to `follow` the repository from time to time.
    Raises GitError, NoEditionError or OSError.
    """
    clone_folder, people_folder = settings.state / "clone.git", settings.state / "people"
    for folder in (settings.state, clone_folder, people_folder):
        folder.mkdir(mode=_FOR_ME, parents=True, exist_ok=True)
    secret = _read_secret(settings.state)
    clone = Clone(clone_folder, settings.repository, settings.within)
    ground = EditionGround(settings.max_bytes, settings.as_of)
    house = House(clone, settings.audience, ground, settings.note)
    look = read_plain_look(clone.read_file(house.base.commit, "mkdocs.yml"))

    def open_bench(person: Person) -> Workbench:
        shelf = Shelf(people_folder / person.folder)
        return Workbench(Desk(house, person, shelf, person.token(secret)), look)

    people = People(open_bench)
    door = Door(settings.address, settings.header, settings.proxies, secret, settings.note)
    inner = make_app(
        lambda request: people.bench_of(request.scope["person"]),
        exception_handlers={Exception: _say_broken},
    )
    return Guard(Turns(inner, people, settings.note), door), house


def _read_secret(state: Path) -> bytes:
    """What makes the tokens, which nobody else may read; begun once, so that a page that is open goes on
    after a restart.
    """
    sweep(state)
    file = state / "secret"
    if not file.is_file() or file.stat().st_size < _LENGTH:
        write_file(file, secrets.token_hex(_LENGTH).encode(), root=state, mode=_PRIVATE)
    return file.read_bytes()


def _say_broken(request: Request, error: Exception) -> PlainTextResponse:
    return PlainTextResponse("Something went wrong here. What you typed before is kept.\n", 500)


class Turns:
    """Gives each person their turn, and says nothing of what breaks but that it did: neither to them nor
    in the log stands a text of the strategy.
    """

    def __init__(self, app: ASGIApp, people: People, note: Callable[[str], None]) -> None:
        self._app, self._people, self._note = app, people, note

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        person: Person = scope["person"]
        try:
            self._people.enter(person)
        except BusyError:
            answer = PlainTextResponse("You ask for too much at once. Wait a moment.\n", 429)
            await answer(scope, receive, send)
            return
        try:
            await self._app(scope, receive, send)
        except Exception as error:  # whatever it is, its text may be the strategy's
            self._note(f"a fault: {type(error).__name__} {_place_of(error)}")
        finally:
            self._people.leave(person)


def _place_of(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
