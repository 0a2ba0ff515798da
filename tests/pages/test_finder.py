"""The finder in the built site: one search box, nothing of the theme's own search, and nothing
found that is not published.
"""

from __future__ import annotations

import json
from pathlib import Path

from tests.playbooks import Run


def read(site: Path, path: str) -> str:
    return (site / path).read_text("utf-8")


def texts_of(site: Path) -> str:
    return "".join(
        path.read_text("utf-8") for path in (site / "assets/finder").glob("search*.json")
    )


def test_a_playbook_that_still_lists_the_old_search_has_one_search_box(
    playbook: Run, started: Path
) -> None:
    file = started / "mkdocs.yml"
    text = file.read_text("utf-8")
    assert "  - playbook\n" in text
    file.write_text(
        text.replace(
            "  - playbook\n", "  - search\n  - playbook:\n      tell: mailto:lead@acme.example\n"
        )
    )
    done = playbook("build", cwd=started)
    assert done.returncode == 0, done.stdout + done.stderr
    site = started / "site"
    assert not (site / "search").exists()
    for page in ("index.html", "404.html", "objections/index.html"):
        header = read(site, page).partition("</header>")[0]
        assert header.count("data-finder-open") == 1
        assert "md-search" not in header
        assert read(site, page).count("<dialog") == 1
    assert json.loads(read(site, "assets/finder/search.json"))["tell"].startswith(
        "mailto:lead@acme.example?subject="
    )


def test_a_page_that_is_not_published_is_not_found(playbook: Run, started: Path) -> None:
    file = started / "mkdocs.yml"
    file.write_text(f"{file.read_text('utf-8')}\nexclude_docs: |\n  hidden.md\n")
    (started / "playbook/hidden.md").write_text("# Not yet\n\nThe merger with Globex.\n")
    (started / "playbook/shown.md").write_text("# Shown\n\nWhat everybody may read.\n")
    (started / "playbook/inner.md").write_text(
        "---\naudience: leadership\n---\n# Inner\n\nThe salaries.\n"
    )
    done = playbook("build", cwd=started)
    assert done.returncode == 0, done.stdout + done.stderr
    found = texts_of(started / "site")
    assert "What everybody may read" in found
    assert "Globex" not in found
    assert "salaries" not in found


def test_a_site_for_readers_outside_names_no_one_to_tell(playbook: Run, started: Path) -> None:
    file = started / "mkdocs.yml"
    file.write_text(
        file.read_text("utf-8").replace(
            "  - playbook\n", "  - playbook:\n      tell: https://github.com/a/b\n"
        )
    )
    done = playbook("build", "--audience", "public", cwd=started)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "github.com" not in texts_of(started / "site")


def test_a_header_of_the_company_s_own_wins_over_ours(playbook: Run, started: Path) -> None:
    own = started / "playbook/templates/partials/header.html"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text("<header>Our own header</header>")
    done = playbook("build", cwd=started)
    assert done.returncode == 0, done.stdout + done.stderr
    page = read(started / "site", "index.html")
    assert "Our own header" in page
    assert "pb-finder" not in page
