"""An edition for readers outside: what it must not tell, and that nothing that it wrote does."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.playbooks import AS_OF, Run, read_files
from tests.sample import write_strategy

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
