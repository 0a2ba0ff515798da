"""What companies set in mkdocs.yml beside what a playbook needs: each setting works, or is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.playbooks import Run

HOOK = """
import logging
from jinja2 import Template

def on_nav(nav, **more):
    logging.getLogger("mkdocs.plugins.menu").warning("'nav' config from mkdocs.yml is being replaced")

def on_page_markdown(markdown, page, **more):
    page.title = Template(page.title).render()
    return Template(markdown).render(weather="fair")
"""


def set_up(folder: Path, settings: str) -> None:
    config = folder / "mkdocs.yml"
    config.write_text(f"{config.read_text('utf-8')}\n{settings}\n", "utf-8")


@pytest.mark.parametrize("key", ["exclude_docs", "draft_docs"])
def test_a_page_of_ours_cannot_be_left_out_by_pattern(
    playbook: Run, started: Path, key: str
) -> None:
    set_up(started, f"{key}: |\n  /objections/\n  *.tmp")
    done = playbook("build", cwd=started)
    assert done.returncode == 1
    assert f"{key} in mkdocs.yml leaves out objections/index.md" in done.stdout
    assert not (started / "site").exists()


def test_a_pattern_for_hand_written_pages_leaves_them_out(playbook: Run, started: Path) -> None:
    set_up(started, "exclude_docs: about.md")
    assert playbook("build", cwd=started).returncode == 0
    assert not (started / "site/about").exists()


def test_what_the_policy_stops_is_said_at_its_line_and_the_site_is_built(
    playbook: Run, started: Path
) -> None:
    set_up(
        started,
        "extra:\n  analytics: {provider: google, property: G-7, feedback: {title: Good}}\n"
        "  consent: {title: Cookies}\nextra_css: [https://cdn.example/a.css, own.css]",
    )
    (started / "playbook/own.css").write_text("", "utf-8")
    done = playbook("build", cwd=started)
    assert done.returncode == 0, done.stdout
    lines = (started / "mkdocs.yml").read_text("utf-8").splitlines()
    for key in ("analytics", "consent", "extra_css"):
        line = next(at for at, text in enumerate(lines, 1) if text.strip().startswith(key))
        assert f"mkdocs.yml, line {line}" in done.stdout
    assert "reaches nobody" in done.stdout
    assert "https://cdn.example/a.css is not loaded" in done.stdout
    assert done.stdout.count("[stopped-setting]") == 3
    assert (started / "site/index.html").is_file()


def test_other_plugins_may_warn_and_their_templates_are_not_made_of_our_titles(
    playbook: Run, started: Path
) -> None:
    (started / "hook.py").write_text(HOOK, "utf-8")
    set_up(started, "hooks: [hook.py]")
    strategy = started / "strategy.yaml"
    text = strategy.read_text("utf-8")
    at = text.index("competitors:")
    name = text.index("name: ", at) + len("name: ")
    end = text.index("\n", name)
    strategy.write_text(f"{text[:name]}'{{% raw %}} & {{{{ Sons }}}}'{text[end:]}", "utf-8")
    (started / "playbook/about.md").write_text("# About\n\nThe weather: {{ weather }}\n", "utf-8")
    done = playbook("build", cwd=started)
    assert done.returncode == 0, done.stdout
    told = " ".join(done.stdout.replace("=", "").split())
    assert "the menu that is replaced is the one that the playbook makes" in told
    pages = [page.read_text("utf-8") for page in (started / "site/competitors").rglob("*.html")]
    assert any("<h1>{% raw %} &amp; {{ Sons }}" in page for page in pages)
    assert any("<title>{% raw %} &amp; {{ Sons }}" in page for page in pages)
    assert "The weather: fair" in (started / "site/about/index.html").read_text("utf-8")


def test_a_strict_mkdocs_yml_stays_strict(playbook: Run, started: Path) -> None:
    (started / "hook.py").write_text(HOOK, "utf-8")
    set_up(started, "hooks: [hook.py]\nstrict: true")
    assert playbook("build", cwd=started).returncode == 1
