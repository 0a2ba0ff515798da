"""`playbook edit` as a service for tests: a real server over a real bare repository, and the people who ask
it, each by way of a proxy that names them.
"""

from __future__ import annotations

import http.client
import http.server
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from generator.workbench.server import listen, make_server
from generator.workbench.service import Settings, open_service
from generator.workbench.service.house import House
from tests.playbooks import AS_OF
from tests.repositories import git, make_repository

HEADER = "X-Forwarded-Email"
PUBLIC = "https://edit.acme.example"
PROXY = "127.0.0.1"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    code: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def data(self) -> Any:
        """The JSON in it."""
        assert self.code == 200, (self.code, self.body)
        return json.loads(self.body)


@dataclass
class Served:
    """A service that runs: where, what it stands on, and what it has told whoever runs it."""

    port: int
    house: House
    lines: list[str]

    def ask(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] = {},
        body: bytes = b"",
        source: str = PROXY,
    ) -> Answer:
        """A request from an address of this machine."""
        line = http.client.HTTPConnection(PROXY, self.port, source_address=(source, 0))
        try:
            line.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in headers.items():
                for one in value.split("\n"):
                    line.putheader(name, one.encode())
            if method == "POST":
                line.putheader("Content-Length", str(len(body)))
            line.endheaders(body or None)
            got = line.getresponse()
            return Answer(got.status, {k.lower(): v for k, v in got.getheaders()}, got.read())
        finally:
            line.close()

    def of(self, person: str) -> Colleague:
        """Somebody who is signed in, with the form open."""
        return Colleague(self, person)


@dataclass
class Colleague:
    """Somebody who asks in a page of the service."""

    served: Served
    person: str
    seen: dict[str, bytes] = field(default_factory=dict)
    """Every answer that they got, by what they asked."""

    @property
    def headers(self) -> dict[str, str]:
        return {"Host": PUBLIC.removeprefix("https://"), HEADER: self.person}

    def ask(self, path: str) -> Answer:
        answer = self.served.ask("GET", f"/{path}", self.headers)
        self.seen[f"{path} {len(self.seen)}"] = answer.body + str(answer.headers).encode()
        return answer

    def get(self, path: str) -> Any:
        return self.ask(path).data

    @property
    def token(self) -> str:
        return str(self.get("assets/suggest/form.json")["token"])

    def post(self, path: str, **data: Any) -> Any:
        return self.send(path, json.dumps(data).encode()).data

    def send(self, path: str, body: bytes) -> Answer:
        headers = {
            **self.headers,
            "Origin": PUBLIC,
            "Content-Type": "application/json",
            "X-Playbook-Token": self.token,
        }
        answer = self.served.ask("POST", f"/{path}", headers, body)
        self.seen[f"{path} {len(self.seen)}"] = answer.body + str(answer.headers).encode()
        return answer

    def note(self, entry: str, *changes: dict[str, Any], name: str = "", **more: Any) -> Any:
        """What the form sends when fields are changed."""
        note = {"format": 1, "entry": entry, "changes": list(changes), **more}
        values = {
            one["field"]: {"from": one.get("from"), "to": one.get("to", one.get("add"))}
            for one in changes
        }
        return self.post("edit", entry=name or entry, note=note, draft={"values": values})

    def change(self, entry: str, field_: str, before: Any, after: Any) -> Any:
        return self.note(entry, {"field": field_, "from": before, "to": after})

    def propose(self, why: str = "Heard so") -> Any:
        return self.post("propose", why=why)["proposed"]


def make_shared(folder: Path, files: Mapping[str, str]) -> tuple[Path, Path]:
    """A repository in which people write, and the bare one that all share."""
    work = make_repository(folder / "work", files)
    shared = folder / "shared.git"
    git(folder, "clone", "--quiet", "--bare", str(work), str(shared))
    git(work, "remote", "add", "origin", str(shared))
    return work, shared


@contextmanager
def serve_service(
    shared: Path, state: Path, audience: str = "internal", **more: Any
) -> Iterator[Served]:
    """Serve an edition; ends as a container does."""
    lines: list[str] = []
    listener = listen("0.0.0.0", 0)
    port = listener.getsockname()[1]
    settings = Settings(
        repository=str(shared),
        audience=audience,
        address=more.pop("address", PUBLIC),
        proxies=more.pop("proxies", [ip_network(PROXY)]),
        header=HEADER,
        state=state,
        as_of=date.fromisoformat(AS_OF),
        note=lines.append,
        **more,
    )
    app, house = open_service(settings)
    server = make_server(app, settings.is_friend)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield Served(port, house, lines)
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


class SignIn:
    """The sign-in before a service, as a company has one: it says who is signed in at this browser, and
    throws away what the browser says of it.
    """

    def __init__(self) -> None:
        outer = self
        self.person, self.port = "", 0

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                size = int(self.headers.get("Content-Length") or 0)
                line = http.client.HTTPConnection(PROXY, outer.port)
                kept = {name: one for name, one in self.headers.items() if name != HEADER}
                headers = {**kept, HEADER: outer.person, "X-Forwarded-For": "10.1.2.3"}
                line.request(self.command, self.path, self.rfile.read(size), headers)
                got = line.getresponse()
                body = got.read()
                self.send_response_only(got.status)
                for name, value in got.getheaders():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
                line.close()

            do_POST = do_GET  # noqa: N815  # so it is called

            def log_message(self, *_: object) -> None:
                """It says nothing."""

        self._server = http.server.ThreadingHTTPServer((PROXY, 0), Handler)
        self._server.daemon_threads = True
        self.address = f"http://{PROXY}:{self._server.server_address[1]}"

    def __enter__(self) -> SignIn:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
