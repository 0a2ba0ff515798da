"""What a built site shows of an attack in a title or a description is a text, and so it is in the
files that scripts read.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator.site.csp import find_inline
from tests.markup import read_html
from tests.playbooks import Run, run_playbook

ATTACK = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def test_titles_and_descriptions_are_shown_and_never_run(playbook: Run, started: Path) -> None:
    file = started / "strategy.yaml"
    text = file.read_text("utf-8")
    for old, new in (
        ("name: Food producers", f"name: 'Food {ATTACK} \"&'"),
        ("says: Your contract is too expensive.", f"says: 'Too {ATTACK}'"),
        ("summary: Family-owned", f"summary: 'S\"> {ATTACK} Family-owned'\n    size: 'x"),
        (
            "statement: We help mid-sized food producers cut unplanned stops with machines that say early when they need care.",
            f"statement: 'S\"> {ATTACK}'",
        ),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    text = text.replace(
        "an hour of standstill costs more than a service visit.", "an hour costs more.'"
    )
    file.write_text(text, "utf-8")
    done = playbook("build", cwd=started)
    assert done.returncode == 0, done.stdout
    for page in sorted((started / "site").rglob("*.html")):
        html = page.read_text("utf-8")
        assert "<script>alert" not in html, page
        assert "<img src=x" not in html, page
        assert not [name for name, _ in read_html(html).attributes if name.startswith("on")], page
    market = (started / "site/markets/food-producers/index.html").read_text("utf-8")
    assert "<title>Food &lt;script&gt;alert(1)&lt;/script&gt;" in market


def test_data_files_hold_the_texts_as_data(playbook: Run, started: Path) -> None:
    """What scripts read is JSON: a text in it is a text and cannot end the file."""
    text = (started / "strategy.yaml").read_text("utf-8")
    (started / "strategy.yaml").write_text(
        text.replace("name: Food producers", f"name: 'F {ATTACK}'", 1), "utf-8"
    )
    assert playbook("build", cwd=started).returncode == 0
    listed = json.loads((started / "site/entries.json").read_text("utf-8"))
    assert f"F {ATTACK}" in {entry["title"] for entry in listed["entries"]}


SETTINGS = """site_name: 'Plain {attack} R&D a < b'
site_description: '"> {attack}'
site_author: '"> {attack}'
copyright: '<b>Ours</b> R&D {attack} <a href="javascript:hit()">press</a>'
docs_dir: playbook
site_dir: site
repo_url: https://git.example.com/a
repo_name: '{attack}'
theme:
  name: material
  font: false
  custom_dir: playbook/templates
  features: [navigation.tabs, navigation.footer, navigation.path, announce.dismiss]
  icon: {{admonition: {{note: octicons/tag-16, 'x}}*{{background:url(https://evil.example)': octicons/tag-16}}}}
  palette:
    - {{scheme: 'default"> {attack}', primary: '{attack}', toggle: {{icon: material/heart, name: '"> {attack}'}}}}
    - {{scheme: slate, toggle: {{icon: material/heart, name: '{attack}'}}}}
extra:
  homepage: 'javascript:hit()'
  scope: '"),hit(),new URL("'
  generator: false
  status: {{new: '"> {attack}'}}
  social: [{{icon: material/heart, link: 'javascript:hit()', name: '"> {attack}'}}]
  alternate: [{{name: '{attack}', link: 'javascript:hit()', lang: '"> {attack}'}}]
  consent: {{title: '{attack}', description: '<em>why</em> {attack}', cookies: {{x: '{attack}'}}}}
  analytics:
    feedback:
      title: '{attack}'
      ratings: [{{icon: material/heart, name: '"> {attack}', data: 1, note: '<em>thanks</em> {attack}'}}]
plugins: [playbook]
nav:
  - Home: index.md
  - 'A group {attack}':
      - 'A title {attack} R&D a < b': x.md
      - y.md
      - 'Away {attack}': 'javascript:hit()'
"""
HEAD = """---
title: 'Head {attack} R&D a < b'
subtitle: '{attack}'
description: '"> {attack}'
author: '"> {attack}'
status: 'new"> {attack}'
tags: ['{attack}']
link: javascript:hit()
---
# Text

[away](index.md)
"""


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose every setting, and every value in front matter, is an attack."""
    root = tmp_path_factory.mktemp("furnished") / "acme"
    assert run_playbook("init", root, "--company", "Acme").returncode == 0
    attack = ATTACK.replace("'", "")
    (root / "mkdocs.yml").write_text(SETTINGS.format(attack=attack), "utf-8")
    (root / "playbook/x.md").write_text("# Other\n", "utf-8")
    (root / "playbook/y.md").write_text(HEAD.format(attack=attack), "utf-8")
    (root / "playbook/z.md").write_text(
        "---\ntemplate: redirect.html\nlocation: javascript:hit()\n---\n# Gone\n", "utf-8"
    )
    (root / "playbook/<img src=x onerror=alert(1)> & co.md").write_text("No heading.\n", "utf-8")
    done = run_playbook("build", cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


def test_no_setting_and_no_front_matter_runs_or_loads(furnished: Path) -> None:
    pages = sorted(furnished.rglob("*.html"))
    assert len(pages) > 20
    for page in pages:
        html = page.read_text("utf-8")
        assert "<script>alert" not in html, page
        assert "<img src=x" not in html, page
        assert "javascript:" not in html.replace('"javascript:void(0)"', ""), page
        assert "evil.example" not in html, page
        found = read_html(html)
        assert not [name for name, _ in found.attributes if name.startswith("on")], page
        assert html.count("hit()") == 0, page


def test_titles_and_settings_are_shown_as_they_were_written(furnished: Path) -> None:
    html = (furnished / "y/index.html").read_text("utf-8")
    assert "<title>Head &lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "R&amp;D a &lt; b - Plain &lt;script&gt;" in html
    assert "&amp;amp;" not in html
    assert "&amp;lt;" not in html
    assert "<b>Ours</b> R&amp;D" in html
    assert (
        "A title &lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt; R&amp;D a &lt; b"
        in html
    )
    assert "<em>thanks</em>" in html


def test_the_policy_holds_nothing_but_what_the_theme_ships(
    furnished: Path, started: Path, playbook: Run
) -> None:
    """The same theme without any attack has the same hashes."""
    attacked = _read_hashes(furnished)
    plain = SETTINGS.format(attack="").replace('"),hit(),new URL("', "/")
    (started / "mkdocs.yml").write_text(plain, "utf-8")
    (started / "playbook/x.md").write_text("# Other\n", "utf-8")
    (started / "playbook/y.md").write_text("# Text\n", "utf-8")
    assert playbook("build", cwd=started).returncode == 0
    usual = _read_hashes(started / "site")
    assert attacked
    assert attacked - usual <= _list_depths(furnished)


def _read_hashes(site: Path) -> set[str]:
    text = (site / "_headers").read_text("utf-8")
    return set(re.findall(r"'sha256-[^']+'", text.partition("script-src")[2].partition(";")[0]))


def _list_depths(site: Path) -> set[str]:
    """The script that knows where the site begins, for each depth."""
    script = re.compile(r"<script>__md_scope=.*?</script>", re.DOTALL)
    scripts = [script.findall(page.read_text("utf-8")) for page in site.rglob("*.html")]
    return {hash_ for found in scripts for text in found for hash_ in find_inline(text).scripts}


def test_a_constant_script_of_the_company_may_run_and_one_with_values_may_not(
    started: Path, playbook: Run
) -> None:
    folder = started / "playbook/templates"
    folder.mkdir(exist_ok=True)
    (folder / "main.html").write_text(
        "{% extends 'base.html' %}{% block announce %}<script>ours()</script><script>own('{{ page.title }}')</script>{% endblock %}",
        "utf-8",
    )
    assert playbook("build", cwd=started).returncode == 0
    hashes = _read_hashes(started / "site")
    assert find_inline("<script>ours()</script>").scripts <= hashes
    page = (started / "site/markets/index.html").read_text("utf-8")
    made = re.findall(r"<script>own\('.*?</script>", page)
    assert made
    assert not find_inline(made[0]).scripts & hashes


def test_a_page_named_in_mkdocs_yml_is_left_as_it_is_written(started: Path, playbook: Run) -> None:
    written = '<div id="own" style="position: sticky" data-md-x="1">Kept</div>\n'
    for name in ("one.md", "two.md"):
        (started / "playbook" / name).write_text(f"# Page\n\n{written}", "utf-8")
    said = playbook("check", cwd=started).stdout
    assert "playbook/one.md, line 3" in said
    assert "playbook/two.md, line 3" in said
    config = started / "mkdocs.yml"
    config.write_text(
        config.read_text("utf-8").replace("  - playbook\n", "  - playbook: {raw_html: [one.md]}\n"),
        "utf-8",
    )
    said = playbook("check", cwd=started).stdout
    assert "playbook/one.md" not in said
    assert "data-md-x of <div> and style of <div> will be taken out of this page" in said
    done = playbook("build", cwd=started)
    assert done.returncode == 0
    assert "playbook/one.md" not in done.stdout
    assert written.strip() in (started / "site/one/index.html").read_text("utf-8")
    assert '<div id="own" style="">Kept</div>' in (started / "site/two/index.html").read_text(
        "utf-8"
    )


def test_what_plugins_of_material_print_as_html_stays(started: Path, playbook: Run) -> None:
    config = started / "mkdocs.yml"
    text = config.read_text("utf-8")
    assert "  - playbook\n" in text
    more = "  - playbook\n  - blog\n  - typeset\n  - tags\n"
    config.write_text(text.replace("  - playbook\n", more), "utf-8")
    posts = started / "playbook/blog/posts"
    posts.mkdir(parents=True)
    (posts.parent / "index.md").write_text("# News\n", "utf-8")
    head = f"---\ndate: 2026-01-01\ntags: ['a < b {ATTACK}']\n---\n"
    (posts / "one.md").write_text(
        f"{head}# A *first* R&D `a < b`\n\nSome **text** {ATTACK}.\n", "utf-8"
    )
    done = playbook("build", cwd=started)
    assert done.returncode == 0, done.stdout
    listed = (started / "site/blog/index.html").read_text("utf-8")
    assert "<p>Some <strong>text</strong>" in listed
    [post] = (started / "site/blog/2026").rglob("index.html")
    html = post.read_text("utf-8")
    assert "<title>A first R&amp;D a &lt; b - " in html
    assert "A <em>first</em> R&amp;D <code>a &lt; b</code>" in html
    assert "a &lt; b &lt;script&gt;" in html
    for page in (listed, html):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
