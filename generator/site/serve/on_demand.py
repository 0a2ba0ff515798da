"""Under `serve`, our pages and files are made when somebody asks for them: an edit costs what is
looked at, not the whole site.

MkDocs builds the frame once: the navigation, the theme's files, the hand-written pages. What is
ours is written into its folder when the browser comes for it, and again after each edit.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from wsgiref.util import FileWrapper

from generator.site.mkdocs_internals import (
    RELOADING,
    Server,
    answer_through,
    build_through,
    read_path,
    served_folder,
)

Make = Callable[[str], bytes | None]
"""What makes a file of the site, by its path; None where it is not ours."""


class _Said:
    """What a server says before it sends the content, kept until that is of today."""

    head: tuple[Any, ...] = ()

    def __call__(self, *head: Any) -> None:
        self.head = head


class FilesOnDemand:
    """The folder that is served, and which of our files in it are of the last edit. `make` is asked
    for each file that is not.
    """

    def __init__(self, make: Make) -> None:
        self._make = make
        self._lock = threading.RLock()
        self._fresh: set[str] = set()
        self._edits = 0

    def forget(self) -> None:
        """Make everything anew when it is asked for next."""
        with self._lock:
            self._fresh.clear()
            self._edits += 1

    def attach(self, server: Server, take_over: Callable[[], bool]) -> None:
        """Go in front of the server: what is asked for is made before it is sent.

        After an edit `take_over` is asked whether the frame may stay; MkDocs builds only where it
        may not.
        """
        folder = served_folder(server)

        def answer_with(send: Callable[..., Any]) -> Callable[..., Iterable[bytes]]:
            def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
                path = read_path(server, environ)
                while True:  # an edit may come in between: then what was made is of the past
                    edits = self._provide(folder, path)
                    said = _Said()
                    content: Iterable[bytes] = send(environ, said)
                    if edits == self._edits or path.startswith(RELOADING):
                        start(*said.head)
                        return content
                    if isinstance(content, FileWrapper):
                        content.close()

            return answer

        def build_with(build: Callable[..., None]) -> Callable[..., None]:
            def build_alone(*args: Any) -> None:
                with self._lock:
                    if not take_over():
                        build(*args)

            return build_alone

        answer_through(server, answer_with)
        build_through(server, build_with)

    def _provide(self, folder: Path, address: str) -> int:
        """Write the file that an address leads to, where it is ours and older than the last edit.
        How many edits there were.
        """
        path = address.strip("/")
        with self._lock:
            # without a slash at the end, the server leads on to the page
            for file in (path, f"{path}/index.html".lstrip("/")):
                content = None if file in self._fresh else self._make(file)
                if content is not None:
                    target = folder / file
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(content)
                    self._fresh.add(file)
            return self._edits
