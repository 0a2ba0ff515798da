"""Files that a browser shows as pages, put beside the hand-written ones: they run nothing, and those
that would not have are sent to the byte.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.model.raw_html.drawings import clean_drawing
from generator.site.csp import protect_file
from tests.playbooks import Run

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}<path d="M0 0h9v9z" fill="url(#a)"/></svg>'
PLAIN = SVG.format(
    '<style>.a{fill:red}</style><defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs>'
)
ACTIVE = (
    "<script>hit()</script>",
    "<s:script xmlns:s='http://www.w3.org/2000/svg'>hit()</s:script>",
    "<g onclick='hit()'/>",
    "<a href='javascript:hit()'><text>x</text></a>",
    "<a href='java&#115;cript:hit()'><text>x</text></a>",
    "<foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml' srcdoc='hit()'></iframe></foreignObject>",
    "<image href='https://evil.example/hit()'/>",
    "<use href='data:image/svg+xml,hit()#x'/>",
    "<style>@import 'https://evil.example/hit()';</style>",
    "<set attributeName='href' to='javascript:hit()'/>",
    "<animate attributeName='href' values='javascript:hit()'/>",
    "<rect fill='url(https://evil.example/hit()#a)'/>",
)


@pytest.mark.parametrize("text", ACTIVE)
def test_a_drawing_runs_and_loads_nothing(text: str) -> None:
    for encoding in ("utf-8", "utf-16"):
        clean = clean_drawing(SVG.format(text).encode(encoding)).decode()
        assert "hit()" not in clean
        assert '<path d="M0 0h9v9z"' in clean


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE svg [<!ENTITY x "hit()">]>',
        "<?xml-stylesheet href='https://evil.example/hit()'?>",
    ],
)
def test_what_stands_before_a_drawing_goes_where_it_could_load(head: str) -> None:
    assert b"hit()" not in clean_drawing(f"{head}{PLAIN}".encode())


def test_an_ordinary_drawing_is_sent_to_the_byte() -> None:
    for text in (PLAIN, f'<?xml version="1.0"?>\n<!-- a remark -->\n{PLAIN}'):
        assert clean_drawing(text.encode()) == text.encode()


@pytest.mark.parametrize(
    "text",
    [
        "<script>hit()</script>",
        "<html><script>hit()</script><head></head></html>",
        "<!doctype html><script>hit()</script><head></head>",
        "<!--><script>hit()</script><!doctype html>",
        "\ufeff<!-- a --> <!DOCTYPE html><title>x</title>",
    ],
)
def test_a_page_as_a_file_has_the_policy_before_all_else(text: str) -> None:
    for encoding in ("utf-8", "utf-16"):
        html = protect_file(text.encode(encoding)).decode()
        assert "script-src 'self';" in html
        before = html.partition("<meta http-equiv")[0].lower()
        assert "<script" not in before
        assert "<title" not in before


def test_bytes_of_another_encoding_stay() -> None:
    assert b"caf\xe9" in protect_file(b"<!doctype html><meta charset=latin-1>caf\xe9")


def test_a_site_holds_them_disarmed_but_for_those_left_as_written(
    started: Path, playbook: Run
) -> None:
    folder = started / "playbook"
    drawn = SVG.format("<script>hit()</script>")
    for name, text in (
        ("a.svg", drawn),
        ("b.svg", drawn),
        ("c.html", "<script>hit()</script>"),
        ("d.svg", PLAIN),
    ):
        (folder / name).write_text(text, "utf-8")
    (folder / "e.md").write_text("# E\n\n[a](a.svg) [b](b.svg) [c](c.html) [d](d.svg)\n", "utf-8")
    config = started / "mkdocs.yml"
    config.write_text(
        config.read_text("utf-8").replace("  - playbook\n", "  - playbook: {raw_html: [b.svg]}\n"),
        "utf-8",
    )
    done = playbook("build", cwd=started)
    assert done.returncode == 0, done.stdout
    site = started / "site"
    assert "hit()" not in (site / "a.svg").read_text("utf-8")
    assert (site / "b.svg").read_text("utf-8") == drawn
    assert (
        (site / "c.html")
        .read_text("utf-8")
        .startswith('<meta http-equiv="Content-Security-Policy"')
    )
    assert (site / "d.svg").read_text("utf-8") == PLAIN
