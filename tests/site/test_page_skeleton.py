"""Pages that are filled in are, to the byte, what MkDocs itself would have written; where they
might not be, MkDocs writes them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.grow_strategy import grow_strategy
from tests.playbooks import AS_OF, Run, read_files, run_playbook
from tests.trials.amount import choose

SLOW = "The pages were laid out one by one"


def set_up(config: Path, old: str, new: str) -> None:
    text = config.read_text("utf-8")
    assert old in text
    config.write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A playbook with more entries of a kind than the navigation lists; `&` and `<` stand in a
    title.
    """
    folder = tmp_path_factory.mktemp("grown") / "playbook"
    grow_strategy(folder, 160)
    file = next(path for path in (folder / "strategy/objections").iterdir() if path.name[0] > "m")
    file.write_text(
        file.read_text("utf-8").replace("objection: ", "objection: R&D <b>asks</b> “why” ", 1),
        "utf-8",
    )
    return folder


def build(playbook: Run, folder: Path, target: Path) -> str:
    done = playbook(
        "build", "--config", folder / "mkdocs.yml", "--site-dir", target, "--as-of", AS_OF
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(grown: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its site, made the fast way; whoever gets it reads only."""
    target = tmp_path_factory.mktemp("built") / "site"
    assert SLOW not in build(run_playbook, grown, target)
    return target


@pytest.mark.trial
def test_the_fast_way_and_the_plain_way_give_the_same_files(
    playbook: Run, grown: Path, built: Path, tmp_path: Path, copy_of_root
) -> None:
    fast = {grown: built}
    if choose(fixed=False, large=True):
        fast[copy_of_root()] = tmp_path / "fast"
        assert SLOW not in build(playbook, *list(fast.items())[-1])
    for number, folder in enumerate(fast):
        set_up(folder / "mkdocs.yml", "- playbook:", "- playbook:\n      speed_ups: false")
        build(playbook, folder, tmp_path / f"{number}")
        set_up(folder / "mkdocs.yml", "- playbook:\n      speed_ups: false", "- playbook:")
        assert read_files(tmp_path / f"{number}") == read_files(fast[folder]), folder


def test_what_wants_to_see_every_page_does(playbook: Run, grown: Path, tmp_path: Path) -> None:
    (grown / "hook.py").write_text(
        "def on_page_context(context, page, **given):\n    page.title = 'Seen'\n", "utf-8"
    )
    set_up(grown / "mkdocs.yml", "theme:", "hooks: [hook.py]\ntheme:")
    said = build(playbook, grown, tmp_path / "site")
    set_up(grown / "mkdocs.yml", "hooks: [hook.py]\ntheme:", "theme:")
    assert f"{SLOW}: a hook wants to see every page." in " ".join(said.split())


def test_a_template_of_the_companys_own_sees_every_page(
    playbook: Run, grown: Path, tmp_path: Path
) -> None:
    own = grown / "playbook/templates/main.html"
    own.write_text(
        '{% extends "base.html" %}{% block extrahead %}<meta name="n" content="{{ page.url }}">{% endblock %}'
    )
    said = build(playbook, grown, tmp_path / "site")
    own.unlink()
    assert f"{SLOW}: main.html stands in for the theme's own." in " ".join(said.split())
    pages = sorted(path.parent for path in (tmp_path / "site/objections").glob("*/index.html"))
    assert len(pages) > 50
    for page in pages:
        text = (page / "index.html").read_text("utf-8")
        assert f'content="objections/{page.name}/"' in text or 'http-equiv="refresh"' in text


def test_a_long_kind_is_listed_on_its_own_page_alone(built: Path) -> None:
    page = (built / "objections/too-expensive/index.html").read_text("utf-8")
    tabs = page.partition('class="md-tabs"')[2].partition("</nav>")[0]
    assert "md-tabs__item--active" in tabs
    assert "Objections" in tabs.partition("md-tabs__item--active")[2].partition("</li>")[0]
    menu = page.partition('class="md-nav md-nav--primary')[2].partition('class="md-content"')[0]
    assert menu.count("objections/") + menu.count('href="../') < 100
    assert len(page) < 60_000
