"""An edition for readers outside: what it must not tell, and that nothing that it wrote does."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.playbooks import AS_OF, ROOT, Run, read_files
from tests.sample import write_strategy
from tests.trials.amount import some

STRATEGY = write_strategy(
    competitors=[
        {"id": "blue-harbour", "name": "Harbour, the blue one", "audience": "leadership"},
        {"id": "sluice", "name": "Gates of Brabant"},
    ],
    objections=[
        {
            "id": "too-slow",
            "says": "It takes too long",
            "respond": "Two days.",
            "audience": "public",
        },
        {"id": "not-now", "says": "Perhaps next year", "respond": "Kruger said so."},
    ],
)
"""What leadership, those inside and everybody may read."""
MKDOCS = (
    "site_name: W\ndocs_dir: playbook\ntheme: {name: material, font: false}\nplugins: [playbook]\n"
)


@pytest.fixture
def outside(tmp_path: Path, playbook: Run):
    """Build the site for readers outside, with more files; its files, or what was said."""

    def build(pages: Mapping[str, str | bytes], *options: str, fails: bool = False):
        (tmp_path / "playbook").mkdir(exist_ok=True)
        files = {"strategy.yaml": STRATEGY, "mkdocs.yml": MKDOCS, **pages}
        for path, content in files.items():
            target = tmp_path / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content if isinstance(content, bytes) else content.encode())
        done = playbook("build", "--audience", "public", "--as-of", AS_OF, *options, cwd=tmp_path)
        assert done.returncode == int(fails), done.stdout + done.stderr
        return done.stdout if fails else read_files(tmp_path / "site")

    return build


def test_the_finder_knows_of_a_page_what_stands_in_it_and_nothing_else(outside) -> None:
    head = "---\naudience: public\nhushed: yes\n---\n"
    text = "# Locks\n\n<!-- kept quiet --> Ships *rise* here.\n\n> said `<!-- loud -->`\n"
    files = outside({"playbook/locks.md": head + text})
    page = files["locks/index.html"].decode()
    assert "kept quiet" not in page
    assert "&lt;!-- loud --&gt;" in page
    known = b"".join(content for path, content in files.items() if path.endswith(".json")).decode()
    assert "Ships rise here." in known
    assert "<!-- loud -->" in known
    assert not any(word in known for word in ("kept quiet", "hushed", "audience: public"))


HOOK = """
from pathlib import Path
from tests.trials.amount import some

def on_post_page(output, page, config):
    at = "</article>" if page.url == "objections/" else "never"
    return output.replace(at, {html!r} + at)

def on_post_build(config):
    for path, content in {files!r}.items():
        Path(config.site_dir, path).parent.mkdir(exist_ok=True)
        Path(config.site_dir, path).write_bytes(content)
"""


def hook(html: str = "", files: Mapping[str, bytes] | None = None) -> dict[str, str]:
    """What puts more onto a page and into the site, as other plugins do."""
    return {
        "mkdocs.yml": f"{MKDOCS}hooks: [more.py]\n",
        "more.py": HOOK.format(html=html, files=dict(files or {})),
    }


LEAKS = {
    "a word": "It was Kruger",
    "a word in an attribute": '<p title="no Kruger">x</p>',
    "a word in other letters": "KRUGER's",
    "a word as an entity": "Krug&#101;r",
    "a word in a block of data": '<script type="application/json">{"a": "Kruger"}</script>',
    "a name": "competitors/sluice",
    "a name in a class": '<p class="competitors/sluice">x</p>',
    "an address": '<a href="../competitors/sluice/">x</a>',
    "an id alone": "blue-harbour",
    "an id in an attribute": '<p data-of="blue-harbour">x</p>',
    "an id in code": '<code class="h"><i>blue</i><i>-</i><i>harbour</i></code>',
}


@pytest.mark.trial
@pytest.mark.parametrize("html", some(LEAKS.values(), 3))
def test_a_site_for_readers_outside_that_holds_something_hidden_is_not_put_in_place(
    outside, tmp_path: Path, html: str
) -> None:
    outside({})
    before = read_files(tmp_path / "site")
    said = outside(hook(html), fails=True)
    assert '"objections/index.html" of the site' in said
    assert "strategy.yaml, line" in said
    assert "[leak]" in said
    assert not any(word in said.lower() for word in ("kruger", "sluice", "harbour"))
    assert read_files(tmp_path / "site") == before


PICTURE = b"\x89PNG\r\n\x1a\n"
FILES = {
    "notes.txt": b"Kruger",
    "Kruger.bin": b"",
    "more/blue-harbour.css": b"a { color: red }",
    "more/list.json": b'{"a": "said\\nKruger"}',
    "more/list.csv": "a;\u201eKruger\u201c".encode(),
    "more/map.xml": b"<a><b>Kruger</b></a>",
    "more/map.xml.gz": gzip.compress(b"<a><b>Kruger</b></a>"),
    "more/x.js": b"const a = 'competitors/sluice'",
    "more/x.svg": b"<svg><desc>Kruger</desc></svg>",
    "more/a.png": PICTURE + len(b"Title\0Kruger").to_bytes(4, "big") + b"tEXtTitle\0Kruger1234",
    "more/a.jpg": b"\xff\xd8\xff\xfe\x00\x0dby a Kruger\xff\xda",
    "more/a.pdf": b"%PDF-1.4 /Title (For Kruger)",
}


@pytest.mark.trial
@pytest.mark.parametrize("path", some(FILES, 4))
def test_every_file_is_searched(outside, path: str) -> None:
    said = outside(hook(files={path: FILES[path]}), fails=True)
    assert "[leak]" in said


HARMLESS = {
    "words that readers get": "It takes too long; too slow; <a href='../objections/#too-slow'>x</a>",
    "their forms": "Take it, taking, longer, slowly",
    "words of the interface": "Next: search days of overdue reviews",
    "figures and dates": "2027-03-04, 12.500 h1 q3 90d 2027",
    "parts of words": "Krugerrands and sluices",
    "an address that is no entry's": "versions/sluices/ and kind/of",
}


@pytest.mark.trial
@pytest.mark.parametrize("html", some(HARMLESS.values(), 2))
def test_what_tells_nothing_is_no_leak(outside, html: str) -> None:
    outside(hook(html))


def test_what_stands_in_a_template_or_a_file_for_these_readers_is_theirs(outside) -> None:
    page = "<h1>{{ title }}</h1><p>Perhaps next year</p>"
    outside(
        {
            "playbook/templates/objections_index.html": page,
            "playbook/own.css": "/* perhaps Kruger */",
            "mkdocs.yml": f"{MKDOCS}extra_css: [own.css]\n",
        }
    )


def test_what_everybody_may_know_is_named_in_the_settings(outside) -> None:
    more = hook("Kruger")
    settings = more["mkdocs.yml"].replace("[playbook]", "[{playbook: {may_know: [Kruger]}}]")
    outside({**more, "mkdocs.yml": settings})


def test_a_remark_in_the_settings_gives_nothing_away(outside) -> None:
    more = hook("Kruger")
    outside({**more, "mkdocs.yml": f"{more['mkdocs.yml']}# as Kruger wanted\n"}, fails=True)


def test_plain_mkdocs_takes_away_what_it_wrote_and_the_last_site_stays(
    outside, tmp_path: Path
) -> None:
    settings = MKDOCS.replace("[playbook]", "[{playbook: {audience: public}}]")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    outside({"mkdocs.yml": settings})
    shutil.rmtree(tmp_path / "site")
    (tmp_path / "more.py").write_text(HOOK.format(html="Kruger", files={}), "utf-8")
    (tmp_path / "mkdocs.yml").write_text(f"{settings}hooks: [more.py]\n", "utf-8")

    def build() -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1795000000"}
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )

    failed = build()
    assert failed.returncode != 0
    assert "[leak]" in failed.stdout + failed.stderr
    assert not (tmp_path / "site").exists() or read_files(tmp_path / "site") == {}
    (tmp_path / "mkdocs.yml").write_text(settings, "utf-8")
    assert build().returncode == 0
    before = read_files(tmp_path / "site")
    assert "objections/index.html" in before
    (tmp_path / "mkdocs.yml").write_text(f"{settings}hooks: [more.py]\n", "utf-8")
    assert build().returncode != 0
    assert read_files(tmp_path / "site") == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".site")] == []


def test_pages_for_another_builder_are_searched_before_they_are_written(
    outside, tmp_path: Path, playbook: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside({})
    render = ("render", "--audience", "public", "--as-of", AS_OF)
    assert playbook(*render, tmp_path / "good", cwd=tmp_path).returncode == 0
    monkeypatch.setattr(
        "generator.commands.publishing.render.resolve_links", lambda *_: "It was Kruger"
    )
    (tmp_path / "playbook/a.md").write_text("---\naudience: public\n---\n# A\n", "utf-8")
    done = playbook(*render, tmp_path / "bad", cwd=tmp_path)
    assert (done.returncode, (tmp_path / "bad").exists()) == (1, False)
    assert "Nothing was written." in done.stdout


def test_comments_of_whoever_writes_into_a_page_are_taken_out(outside) -> None:
    files = outside(hook("<!-- Kruger, competitors/sluice --><p>stays</p>"))
    assert b"<p>stays</p>" in files["objections/index.html"]
    assert b"Kruger" not in files["objections/index.html"]


def test_for_those_inside_nothing_is_searched(tmp_path: Path, playbook: Run, outside) -> None:
    outside({})
    for path, text in hook("Kruger, competitors/sluice").items():
        (tmp_path / path).write_text(text, "utf-8")
    assert playbook("build", "--as-of", AS_OF, cwd=tmp_path).returncode == 0
