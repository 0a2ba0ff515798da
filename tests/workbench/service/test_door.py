"""Who gets into the service, and how every answer is protected."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path

import pytest

from generator.workbench.service.door import is_in, read_network
from tests.sample import MINIMAL_HEADER
from tests.service_server import HEADER, PUBLIC, Served, make_shared, serve_service

HOST = PUBLIC.removeprefix("https://")
ADA = {"Host": HOST, HEADER: "ada@acme.example"}
OBJECTION = "- {id: too-slow, says: Too slow, category: timing, respond: We begin at once.}\n"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("door")
    files = {"strategy.yaml": MINIMAL_HEADER, "strategy/objections.yaml": OBJECTION}
    _, shared = make_shared(folder, files)
    with serve_service(shared, folder / "state") as served:
        yield served


@pytest.mark.parametrize(
    ("headers", "source", "code"),
    [
        (ADA, "127.0.0.1", 200),
        (ADA, "127.0.0.2", 403),
        ({**ADA, "X-Forwarded-For": "127.0.0.1", "X-Real-IP": "127.0.0.1"}, "127.0.0.2", 403),
        ({**ADA, "X-Forwarded-For": "10.1.1.1"}, "127.0.0.1", 200),
        ({"Host": HOST}, "127.0.0.1", 401),
        ({**ADA, HEADER: ""}, "127.0.0.1", 401),
        ({**ADA, HEADER: "..."}, "127.0.0.1", 401),
        ({**ADA, HEADER: "eve@acme.example\nada@acme.example"}, "127.0.0.1", 401),
        ({**ADA, HEADER: "eve@acme.example, ada@acme.example"}, "127.0.0.1", 401),
        ({**ADA, HEADER: "a" * 201}, "127.0.0.1", 401),
        ({"Host": HOST, "X_Forwarded_Email": "ada@acme.example"}, "127.0.0.1", 401),
        ({**ADA, "Host": f"{HOST}:443"}, "127.0.0.1", 200),
        ({**ADA, "Host": "127.0.0.1"}, "127.0.0.1", 421),
        ({**ADA, "Host": "evil.example"}, "127.0.0.1", 421),
        ({**ADA, "Origin": PUBLIC}, "127.0.0.1", 200),
        ({**ADA, "Origin": "https://evil.example"}, "127.0.0.1", 403),
        ({**ADA, "Origin": "null"}, "127.0.0.1", 403),
        ({**ADA, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, "127.0.0.1", 403),
        (
            {**ADA, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
            | {"Sec-Fetch-Dest": "iframe"},
            "127.0.0.1",
            403,
        ),
        (
            {**ADA, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
            | {"Sec-Fetch-Dest": "document"},
            "127.0.0.1",
            200,
        ),
    ],
)
def test_only_the_sign_in_is_answered(
    served: Served, headers: dict[str, str], source: str, code: int
) -> None:
    for path in ("/", "/entries.json", "/assets/suggest/form.json"):
        answer = served.ask("GET", path, headers, source=source)
        assert answer.code == code
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'; script-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"
        assert "set-cookie" not in answer.headers
        if code != 200:
            assert b"too-slow" not in answer.body
            assert len(answer.body) < 100


@pytest.mark.parametrize(
    ("changed", "body", "code"),
    [
        ({}, b"{}", 200),
        ({"X-Playbook-Token": ""}, b"{}", 403),
        ({"X-Playbook-Token": "0" * 64}, b"{}", 403),
        ({"X-Playbook-Token": "of Ben"}, b"{}", 403),
        ({"Origin": "https://evil.example"}, b"{}", 403),
        ({"Origin": ""}, b"{}", 403),
        ({"Content-Type": "text/plain"}, b"{}", 415),
        ({}, b" " * 400_001, 413),
        ({"Transfer-Encoding": "chunked"}, b"2\r\n{}\r\n0\r\n\r\n", 413),
        ({}, b"[]", 400),
        ({}, b"[" * 100_000, 400),
    ],
)
def test_nobody_acts_in_the_name_of_another(
    served: Served, changed: dict[str, str], body: bytes, code: int
) -> None:
    """Without the token that goes to the person alone, with a made up one, or with one's own."""
    ada, ben = served.of("ada@acme.example"), served.of("ben@acme.example")
    assert ada.token != ben.token
    given = {name: ben.token if value == "of Ben" else value for name, value in changed.items()}
    headers = {
        **ADA,
        "Origin": PUBLIC,
        "Content-Type": "application/json",
        "X-Playbook-Token": ada.token,
        **given,
    }
    for what in ("edit", "undo", "propose"):
        assert served.ask("POST", f"/{what}", headers, body).code == code
        assert served.ask("POST", f"/{what}", headers, body, source="127.0.0.2").code == 403
    assert served.ask("POST", "/save", headers, b"{}").code in (404, code)
    assert served.ask("GET", "/propose", headers).code in (403, 405)


def test_what_was_refused_is_told_once_and_without_texts(served: Served) -> None:
    for _ in range(3):
        served.ask("GET", "/", ADA, source="127.0.0.3")
    told = [line for line in served.lines if "127.0.0.3" in line]
    assert told == ["refused: a request from 127.0.0.3, which is no trusted proxy"]


def test_the_secret_of_the_tokens_is_for_nobody_else(served: Served) -> None:
    state = Path(served.house.clone.folder).parent
    assert (state / "secret").stat().st_mode & 0o777 == 0o600
    assert state.stat().st_mode & 0o777 == 0o700
    assert os.listdir(state / "people") == []


def test_the_address_may_have_a_folder_and_a_port(tmp_path: Path) -> None:
    _, shared = make_shared(tmp_path, {"strategy.yaml": MINIMAL_HEADER})
    address = "http://intranet.example:8080/edit"
    with serve_service(shared, tmp_path / "state", address=address) as served:
        headers = {"Host": "intranet.example:8080", HEADER: "Ada"}
        for path in ("/edit/", "/", "/edit/entries.json"):  # whether the proxy takes it away or not
            assert served.ask("GET", path, headers).code == 200
        origin = {**headers, "Origin": "http://intranet.example:8080"}
        assert served.ask("GET", "/edit/", origin).code == 200
        assert served.ask("GET", "/editor/", headers).code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/entries.json/",
        "//entries.json",
        "/assets/%2e%2e/frame.html",
        "/assets/..%2f..%2fguard.py",
        "/page/default/..%2f..%2fsecret",
        "/assets/suggest/entries/..%2f..%2fsecret.json",
        "/page/%00/x",
    ],
)
def test_no_other_path_leads_anywhere(served: Served, path: str) -> None:
    answer = served.ask("GET", path, ADA)
    assert (answer.code, answer.body) == (404, b"Not Found")


def test_whoever_is_no_proxy_cannot_take_up_all_connections(served: Served) -> None:
    """Of one address some are kept for seconds, others not at all; the sign-in is answered meanwhile."""
    lines = []
    for _ in range(30):
        line = socket.create_connection(("127.0.0.1", served.port), source_address=("127.0.0.4", 0))
        line.settimeout(30)
        lines.append(line)
    ended = 0
    for line in lines[10:]:
        try:
            ended += line.recv(1) == b""
        except ConnectionError:
            ended += 1
    assert ended == 20
    assert served.ask("GET", "/", ADA).code == 200
    assert lines[0].recv(1) == b""  # who says nothing is not waited for
    for line in lines:
        line.close()


def test_a_peer_is_known_however_its_address_is_written() -> None:
    networks = [read_network("10.0.0.7"), ip_network("192.168.0.0/28"), read_network("fd00::/64")]
    assert is_in("::ffff:10.0.0.7", networks)
    assert is_in("192.168.0.9", networks)
    assert is_in("fd00::1", networks)
    for other in ("10.0.0.8", "192.168.0.16", "::1", "", "testclient", "10.0.0.7.evil"):
        assert not is_in(other, networks)
    for everybody in ("0.0.0.0/0", "::/0", "nonsense", ""):
        with pytest.raises(ValueError, match=r"everybody|not appear"):
            read_network(everybody)
