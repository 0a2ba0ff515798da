"""What stands around the content of every page: its policy, the navigation, the links to answer
back and to edit.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.site.csp import find_inline, make_policy
from tests.markup import read_html
from tests.playbooks import ROOT, Run

SITES = ("root", "posthog", "sourcegraph")


def read_pages(site: Path) -> dict[str, str]:
    return {
        path.relative_to(site).as_posix(): path.read_text("utf-8")
        for path in sorted(site.rglob("*.html"))
    }


def is_redirect(html: str) -> bool:
    return 'http-equiv="refresh"' in html


@pytest.mark.parametrize("name", SITES)
def test_every_page_has_a_policy_that_names_its_own_scripts(
    built_sites: dict[str, Path], name: str
) -> None:
    for path, html in read_pages(built_sites[name]).items():
        policy = make_policy(find_inline(html))
        assert html.count(f'<meta http-equiv="Content-Security-Policy" content="{policy}">') == 1, (
            path
        )
        assert html.index("Content-Security-Policy") < html.index("<title"), path
        assert is_redirect(html) or "'sha256-" in policy, path


def test_the_headers_cover_every_page(built_sites: dict[str, Path]) -> None:
    site = built_sites["root"]
    for file in ("_headers", "headers.nginx.conf"):
        told = (site / file).read_text("utf-8")
        found = [find_inline(html) for html in read_pages(site).values()]
        scripts = {one for inline in found for one in inline.scripts}
        styles = {one for inline in found for one in inline.styles}
        assert len(scripts) >= 6  # the theme's scripts differ with the depth of the page
        assert set(re.findall(r"'sha256-[^']+'", told)) == scripts | styles
        assert "frame-ancestors 'none'" in told


@pytest.mark.parametrize("name", SITES)
def test_the_top_of_the_navigation_holds_at_most_seven(
    built_sites: dict[str, Path], name: str
) -> None:
    for path, html in read_pages(built_sites[name]).items():
        tabs = html.count('<li class="md-tabs__item')
        assert tabs <= 7, path
        assert tabs >= 5 or name != "root" or is_redirect(html), path


def test_every_page_lets_a_reader_answer_back(built_sites: dict[str, Path]) -> None:
    version = re.search(
        r'^  version: "(.+)"$', (ROOT / "strategy.yaml").read_text("utf-8"), re.MULTILINE
    )
    assert version is not None
    for path, html in read_pages(built_sites["root"]).items():
        if is_redirect(html) or path in ("404.html", "how-to-read-this-playbook/index.html"):
            continue
        links = [address for address in read_html(html).addresses if "/-/issues/new?" in address]
        assert links, path
        assert all(version[1] in link for link in links), path
    objection = (built_sites["root"] / "objections/too-expensive/index.html").read_text("utf-8")
    [link] = [address for address in read_html(objection).addresses if "/-/issues/new?" in address]
    assert "objections%2Ftoo-expensive" in link


def test_edit_leads_to_the_line_of_the_entry(built_sites: dict[str, Path]) -> None:
    html = (built_sites["root"] / "objections/batch-load/index.html").read_text("utf-8")
    assert "/edit/main/strategy/objections/batch-load.yaml#L2" in html
    html = (built_sites["root"] / "markets/dairies/index.html").read_text("utf-8")
    found = re.search(r"/edit/main/(strategy/markets\.yaml)#L(\d+)", html)
    assert found is not None
    assert "id: dairies" in (ROOT / found[1]).read_text("utf-8").splitlines()[int(found[2]) - 1]


def test_the_page_of_components_is_made_where_it_is_asked_for_and_found_by_its_address_alone(
    built_sites: dict[str, Path], released_site: Path
) -> None:
    assert not (built_sites["root"] / "components").exists()
    site = released_site
    assert (site / "components/index.html").is_file()
    for path, html in read_pages(site).items():
        assert path.startswith("components/") or "components/" not in read_html(html).addresses, (
            path
        )
    assert "components/" not in (site / "assets/finder/search.json").read_text("utf-8")


def test_readers_outside_get_neither_components_nor_a_way_to_our_repository(
    playbook: Run, copy_of_root: object
) -> None:
    folder = copy_of_root()  # type: ignore[operator]
    assert playbook("build", "--audience", "public", cwd=folder).returncode == 0
    assert not (folder / "site/components").exists()
    for path, html in read_pages(folder / "site").items():
        assert "gitlab.korvatherm.example" not in html, path


def test_a_desk_that_cannot_be_used_is_said(playbook: Run, started: Path) -> None:
    config = started / "mkdocs.yml"
    text = config.read_text("utf-8")
    config.write_text(
        text.replace("  - playbook\n", "  - playbook: {tell: https://git.example.com/a}\n", 1),
        "utf-8",
    )
    done = playbook("build", cwd=started)
    assert done.returncode == 2
    assert "tell cannot be used" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_company_may_bring_its_own_headers(playbook: Run, started: Path) -> None:
    (started / "playbook/_headers").write_text("/*\n  X-Ours: 1\n", "utf-8")
    assert playbook("build", cwd=started).returncode == 0
    assert (started / "site/_headers").read_text("utf-8") == "/*\n  X-Ours: 1\n"


def test_a_script_in_a_hand_written_page_is_not_trusted(playbook: Run, started: Path) -> None:
    (started / "playbook/page.md").write_text(
        "# Page\n\n<script>window.hit = 1</script>\n", "utf-8"
    )
    assert playbook("build", cwd=started).returncode == 0
    html = (started / "site/page/index.html").read_text("utf-8")
    without = re.sub(r"<script>window\.hit = 1</script>", "", html)
    assert make_policy(find_inline(html)) == make_policy(find_inline(without))
