"""The workbench of `playbook edit` for tests: asked in process, or served to a browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from generator.site.theme.look import Look, read_look
from generator.syntax.document import MAX_BYTES
from generator.workbench import open_workbench
from generator.workbench.guard import Entrance
from generator.workbench.reading import Folder
from generator.workbench.server import make_server, take_port
from tests.sample import MINIMAL_HEADER

SLOW = "objections/too-slow"
OBJECTIONS = """\
- id: too-slow  # said daily
  says: You take too long
  category: timing
  respond: >-
    We begin
    at once.
- id: too-dear
  says: Too dear
  category: price
  respond: It pays back.
"""
FILES = {"strategy.yaml": MINIMAL_HEADER, "strategy/objections.yaml": OBJECTIONS}
ENTRANCE = Entrance(8010, "secret")
ORIGIN = f"http://{ENTRANCE.hosts[0]}"


class Bench:
    """A workbench that is asked without a server."""

    def __init__(self, root: Path) -> None:
        app = open_workbench(Folder(root, MAX_BYTES), Look(), ENTRANCE)
        self.client = TestClient(app, base_url=ORIGIN, raise_server_exceptions=True)

    def get(self, path: str) -> Any:
        answer = self.client.get(f"/{ENTRANCE.token}/{path}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, **data: Any) -> Any:
        headers = {"Origin": ORIGIN}
        answer = self.client.post(f"/{ENTRANCE.token}/{path}", json=data, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def change(self, entry: str, field: str, before: Any, after: Any) -> Any:
        """What the form sends when a field is changed."""
        note = {
            "format": 1,
            "entry": entry,
            "changes": [{"field": field, "from": before, "to": after}],
        }
        draft = {"values": {field: {"from": before, "to": after}}}
        return self.post("edit", entry=entry, note=note, draft=draft)


@contextmanager
def serve_workbench(root: Path) -> Iterator[str]:
    """Serve a workbench; the address that lets in."""
    listener, entrance = take_port(0)
    app = open_workbench(Folder(root, MAX_BYTES), read_look(root / "mkdocs.yml"), entrance)
    server = make_server(app)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield entrance.address
    server.should_exit = True
    thread.join()
    listener.close()
