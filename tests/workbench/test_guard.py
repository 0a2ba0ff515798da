"""Who gets into the workbench, and what every answer says of itself."""

from __future__ import annotations

import pytest

from generator.workbench.guard import MOST_BYTES
from tests.sample import MINIMAL_HEADER
from tests.workbench_server import ENTRANCE, ORIGIN, Bench

JSON = {"Origin": ORIGIN, "Content-Type": "application/json"}


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    root = tmp_path_factory.mktemp("bench")
    (root / "strategy.yaml").write_text(MINIMAL_HEADER, "utf-8")
    return Bench(root)


@pytest.mark.parametrize(
    ("path", "headers", "code"),
    [
        (f"/{ENTRANCE.token}/", {}, 200),
        (f"/{ENTRANCE.token}/", {"Host": "localhost:8010"}, 200),
        (f"/{ENTRANCE.token}/", {"Origin": ORIGIN}, 200),
        (f"/{ENTRANCE.token}/", {"Host": "evil.example:8010"}, 421),
        (f"/{ENTRANCE.token}/", {"Host": "127.0.0.1:80"}, 421),
        (f"/{ENTRANCE.token}/", {"Origin": "https://evil.example"}, 403),
        (f"/{ENTRANCE.token}/", {"Origin": "null"}, 403),
        ("/", {}, 404),
        ("/secrets/", {}, 404),
        (f"/{ENTRANCE.token}", {}, 404),
        (f"/{ENTRANCE.token}/../../etc/passwd", {}, 404),
        (f"/{ENTRANCE.token}/assets/../frame.html", {}, 404),
    ],
)
def test_only_whoever_has_the_address_reads(
    bench: Bench, path: str, headers: dict[str, str], code: int
) -> None:
    answer = bench.client.get(path, headers=headers)
    assert answer.status_code == code
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'; script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("headers", "body", "code"),
    [
        (JSON, b"{}", 200),
        ({"Content-Type": "application/json"}, b"{}", 403),
        ({**JSON, "Origin": "https://evil.example"}, b"{}", 403),
        ({**JSON, "Content-Type": "text/plain"}, b"{}", 415),
        (JSON, b" " * (MOST_BYTES + 1), 413),
        (JSON, b"[]", 400),
        (JSON, b"[" * 100_000, 400),
    ],
)
def test_only_our_own_page_changes_something(
    bench: Bench, headers: dict[str, str], body: bytes, code: int
) -> None:
    for what in ("edit", "undo", "save", "propose"):
        answer = bench.client.post(f"/{ENTRANCE.token}/{what}", headers=headers, content=body)
        assert answer.status_code == code
    assert bench.client.get(f"/{ENTRANCE.token}/save").status_code == 405
