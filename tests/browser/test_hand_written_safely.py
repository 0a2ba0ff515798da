"""Pages that people write by hand, each an attack in its text and in its front matter: nothing runs,
loads, leads away or stands in for a part of the theme, with the policy and without, published and
under `serve`; and what an address says is text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import SUB_PATH, open_context, serve
from tests.material_page import EXTENSIONS
from tests.playbooks import run_playbook
from tests.site.test_serve import serve_folder, wait_for
from tests.trials.amount import choose
from tests.trials.injections import IN_PAGES, STRINGS

pytestmark = pytest.mark.browser

TRIED = IN_PAGES[:: choose(9, 1)]
STEP = choose(3, 1)
"""Every attack is met without the policy, where it could do the most; one in so many of the fixed part
also with it, and under `serve`.
"""
LOOK = """() => {
  const article = document.querySelector("article"), inside = [...article.querySelectorAll("*")];
  const centre = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
  return [
    window.hit ? "it ran" : "",
    document.querySelectorAll("article").length === 1 ? "" : "the article ended",
    document.getElementById("__config")?.tagName === "SCRIPT" ? "" : "the settings are another's",
    document.querySelector("base, meta[http-equiv=refresh], main iframe, main object, main embed") ? "a frame" : "",
    article.querySelector("script, style, link, meta, form, textarea, button:not([class^=md-], [class^=tabbed-]), math, template") ? "an element" : "",
    ...inside.filter(one => [...one.attributes].some(it => /^on/i.test(it.name))).map(one => one.outerHTML),
    ...inside.filter(one => ["fixed", "sticky"].includes(getComputedStyle(one).position)).map(one => one.outerHTML),
    ...[...article.querySelectorAll("a[href]")]
      .filter(one => !["http:", "https:", "mailto:"].includes(one.protocol)).map(one => one.href),
    centre && centre.closest("dialog") ? "it is covered" : ""
  ].filter(Boolean);
}"""
"""What is wrong with the page that a browser shows."""


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A playbook of attacks: a hand-written page for each, which the menu does not list."""
    root = tmp_path_factory.mktemp("by-hand") / "acme"
    assert run_playbook("init", root, "--company", "Acme").returncode == 0
    config = (root / "mkdocs.yml").read_text("utf-8").partition("markdown_extensions")[0]
    extensions = [{name: options} if options else name for name, options in EXTENSIONS.items()]
    more = {"markdown_extensions": extensions, "nav": ["index.md", {"First": "tried/0.md"}]}
    more["validation"] = {"links": {"not_found": "ignore", "unrecognized_links": "ignore"}}
    lines = [f"{name}: {json.dumps(value)}" for name, value in more.items()]
    (root / "mkdocs.yml").write_text("\n".join([config, *lines, ""]), "utf-8")
    folder = root / "playbook/tried"
    folder.mkdir()
    (folder / "x.md").write_text("# X\n", "utf-8")
    (folder / "x.png").write_bytes(b"")
    for number, text in enumerate(TRIED):
        one_line = " ".join(text.split())
        head = dict.fromkeys(("title", "description", "author", "subtitle"), one_line)
        front = "".join(f"{name}: {json.dumps(value)}\n" for name, value in head.items())
        (folder / f"{number}.md").write_text(
            f"---\n{front}---\n# Tried\n\n{text}\n\nThe end.\n", "utf-8"
        )
    return root


def visit(
    browser: Browser, url: str, paths: Sequence[str], look: str = LOOK, **options: Any
) -> dict[str, list[str]]:
    """What is wrong with each of these pages; what a page asks of another host is wrong, and where
    it leads a reader by itself.
    """
    context = open_context(browser, **options)
    tab, faults, asked = context.new_page(), {}, []
    host = url.removesuffix(SUB_PATH)
    tab.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    tab.on(
        "request",
        lambda request: (
            None if request.url.startswith((host, "data:", "blob:")) else asked.append(request.url)
        ),
    )
    for path in paths:
        tab.goto(url + path)
        found = [*tab.evaluate(look), *asked]
        if not tab.url.startswith(host):
            found.append(tab.url)
        if found:
            faults[path] = found
        asked.clear()
    context.close()
    return faults


@pytest.mark.long
@pytest.mark.trial
def test_no_page_written_by_hand_does_anything(
    browser: Browser, attacked: Path, record_property: Callable[[str, object], None]
) -> None:
    done = run_playbook("build", cwd=attacked)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    paths = [f"tried/{number}/" for number in range(len(TRIED))]
    record_property("tried", len(paths) + len(paths[::STEP]))
    with serve(attacked / "site") as url:
        for chosen, without in ((paths, True), (paths[::STEP], False)):
            faults = visit(browser, url, chosen, bypass_csp=without)
            assert {TRIED[int(path.split("/")[1])]: said for path, said in faults.items()} == {}


@pytest.mark.long
@pytest.mark.trial
def test_no_page_does_anything_under_serve(
    browser: Browser, attacked: Path, record_property: Callable[[str, object], None]
) -> None:
    paths = [f"tried/{number}/" for number in range(0, len(TRIED), STEP)]
    record_property("tried", len(paths))
    with serve_folder(attacked) as url:
        wait_for(f"{url}tried/0/", "The end.")
        faults = visit(browser, url, paths)
    assert {TRIED[int(path.split("/")[1])]: said for path, said in faults.items()} == {}


def test_the_look_sees_what_is_wrong(browser: Browser, tmp_path: Path) -> None:
    """The others would prove nothing if a breach went unseen."""
    html = "<article><p onclick=x>a</p><a href=javascript:1>b</a><script>window.hit=1</script><form></form></article>"
    (tmp_path / "index.html").write_text(f"<!doctype html>{html}", "utf-8")
    with serve(tmp_path) as url:
        found = visit(browser, url, [""])[""]
    assert {"it ran", "the settings are another's", "an element", "javascript:1"} <= set(found)
    assert any("onclick" in said for said in found)


@pytest.mark.long
@pytest.mark.trial
def test_what_an_address_says_is_text(
    browser: Browser, site_url: str, record_property: Callable[[str, object], None]
) -> None:
    tried = STRINGS[:: choose(24, 1)]
    paths = [
        path.replace("{}", quote(text, safe=""))
        for text in tried
        for path in (
            "?q={}",
            "objections/?q={}&market={}",
            "call/?market={}&persona={}",
            "glossary/#{}",
            "nothing/{}",
        )
    ]
    record_property("tried", len(paths))
    look = "() => window.hit || document.querySelector('img[src=x], main iframe, main object, base') ? ['it ran'] : []"
    assert visit(browser, site_url, paths, look, bypass_csp=True) == {}
