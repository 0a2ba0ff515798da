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

from mkdocs.livereload import LiveReloadServer

Make = Callable[[str], bytes | None]
"""What makes a file of the site, by its path; None where it is not ours."""


class _Said:
    """What a server says before it sends the content, kept until that is of today."""

    head: tuple[Any, ...] = ()

    def __call__(self, *head: Any) -> None:
        self.head = head


class Preview:
    """What is served, and which of our files in it are of the last edit."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._folder: Path | None = None
        self._make: Make = lambda path: None
        self._fresh: set[str] = set()
        self._edits = 0

    def begin(self, folder: Path, make: Make) -> None:
        """Serve from a folder in which MkDocs has just built the frame."""
        with self._lock:
            self._folder, self._make = folder, make
            self.forget()

    def forget(self) -> None:
        """Make everything anew when it is asked for next."""
        with self._lock:
            self._fresh.clear()
            self._edits += 1

    def attach(self, server: LiveReloadServer, take_over: Callable[[], bool]) -> None:
        """Go in front of the server: what is asked for is made before it is sent.

        After an edit `take_over` is asked whether the frame may stay; MkDocs builds only where it
        may not.
        """
        send, build = server.serve_request, server.builder

        def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
            asked = (
                environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
            )  # as the server reads it
            path = asked.removeprefix(server.mount_path.rstrip("/"))
            while True:  # an edit may come in between: then what was made is of the past
                edits = self._provide(path)
                said = _Said()
                content = send(environ, said)
                if edits == self._edits or path.startswith("/livereload/"):
                    start(*said.head)
                    return content
                if isinstance(content, FileWrapper):
                    content.close()

        def build_alone(*args: Any) -> None:
            with self._lock:
                if not take_over():
                    build(*args)

        server.set_app(answer)
        server.builder = build_alone

    def _provide(self, address: str) -> int:
        """Write the file that an address leads to, where it is ours and older than the last edit.
        How many edits there were.
        """
        path = address.strip("/")
        with self._lock:
            # without a slash at the end, the server leads on to the page
            for file in (path, f"{path}/index.html".lstrip("/")):
                content = None if file in self._fresh else self._make(file)
                if content is not None and self._folder is not None:
                    target = self._folder / file
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(content)
                    self._fresh.add(file)
            return self._edits
