"""axe finds nothing serious on any kind of page, light or dark; what is drawn has words; colours
stay readable in any brand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import open_context, serve
from tests.browser.finder import OPTION, ask
from tests.browser.places import PAGES, RELEASED_PAGES
from tests.trials.amount import some

pytestmark = pytest.mark.browser

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
LARGEST, SMALLEST = (1280, 800), (360, 740)
PALETTE = (
    "red",
    "pink",
    "purple",
    "deep-purple",
    "indigo",
    "blue",
    "light-blue",
    "cyan",
    "teal",
    "green",
    "light-green",
    "lime",
    "yellow",
    "amber",
    "orange",
    "deep-orange",
    "brown",
    "grey",
    "blue-grey",
    "black",
    "white",
)
CONTRAST = """() => {
  const paint = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const rgb = (color) => {
    paint.clearRect(0, 0, 1, 1); paint.fillStyle = color; paint.fillRect(0, 0, 1, 1);
    return [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (color) => {
    const [r, g, b] = rgb(color).map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const probe = document.body.appendChild(document.createElement("i"));
  const read = (name) => { probe.style.color = `var(${name})`; return getComputedStyle(probe).color; };
  const ratio = (one, two) => {
    const [low, high] = [light(read(one)), light(read(two))].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const pairs = [["--pb-link", "--md-default-bg-color"], ["--pb-link", "--pb-soft"], ["--pb-link", "--pb-paper"],
                 ["--pb-on-brand", "--pb-brand"], ["--pb-quiet", "--pb-soft"], ["--pb-quiet", "--md-default-bg-color"],
                 ["--pb-text", "--pb-soft"], ["--pb-good", "--pb-paper"], ["--pb-warn", "--pb-paper"], ["--pb-bad", "--pb-paper"]];
  return Object.fromEntries(pairs.map(([one, two]) => [`${one} on ${two}`, ratio(one, two)]));
}"""


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def tab(shared_context: Callable[..., BrowserContext], scheme: str) -> Iterator[Page]:
    size = {"width": LARGEST[0], "height": LARGEST[1]}
    context = shared_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    yield page
    page.close()


def find_violations(tab: Page) -> list[str]:
    """What axe calls serious or critical, with the element it means.

    What is folded is opened first: axe passes over what nobody sees. The theme's own search dialog
    is left out: it has no name, and another search stands in for it. In the dark nothing but
    colours is another than in the light.
    """
    tab.evaluate("document.querySelectorAll('article details').forEach(one => one.open = true)")
    tab.evaluate(AXE)
    found = tab.evaluate(
        """axe.run({exclude: [['.md-search']]}, {resultTypes: ['violations'],
            ...(matchMedia('(prefers-color-scheme: dark)').matches ? {runOnly: ['color-contrast']} : {})})"""
    )
    return [
        f"{fault['id']}: {node['html'][:120]} {node.get('failureSummary', '')[:160]}"
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


def light_and_dark(paths: Sequence[str], dark: int) -> pytest.MarkDecorator:
    """Every page in the light, so many of them in the dark, where nothing but colours is another; in
    `make trials` all of them.
    """
    tried = [("light", path) for path in paths] + [("dark", path) for path in some(paths, dark)]
    return pytest.mark.parametrize(("scheme", "path"), tried, indirect=["scheme"])


@pytest.mark.trial
@light_and_dark(PAGES, 12)
def test_axe_finds_nothing_serious(tab: Page, site_url: str, path: str) -> None:
    tab.goto(site_url + path)
    assert find_violations(tab) == []


@pytest.mark.trial
@light_and_dark(RELEASED_PAGES, 4)
def test_axe_finds_nothing_serious_where_versions_are_released(
    tab: Page, released_url: str, path: str
) -> None:
    tab.goto(released_url + path)
    assert find_violations(tab) == []


def test_axe_finds_nothing_serious_where_something_is_filtered_chosen_or_searched(
    tab: Page, site_url: str
) -> None:
    tab.goto(f"{site_url}objections/?category=price")
    assert find_violations(tab) == []
    tab.goto(f"{site_url}call/?market=dairies&persona=cfo&competitor=gas-boiler")
    expect(tab.locator(".pb-call").first).to_be_visible()
    assert find_violations(tab) == []
    tab.goto(f"{site_url}?q=too+expensive")
    expect(tab.locator(OPTION).first).to_be_visible()
    assert find_violations(tab) == []


def kinds_of(addresses: Iterable[str]) -> set[tuple[str, int]]:
    """The kinds of page among some: the folder at the top, and how deep below it."""
    return {(address.partition("/")[0], address.count("/")) for address in addresses}


def test_one_page_of_every_kind_is_looked_at(
    built_sites: dict[str, Path], released_site: Path
) -> None:
    for site, looked_at in (
        (built_sites["root"], PAGES),
        (released_site, (*PAGES, *RELEASED_PAGES)),
    ):
        there = {
            file.parent.relative_to(site).as_posix() + "/" for file in site.rglob("index.html")
        }
        assert kinds_of("" if address == "./" else address for address in there) == kinds_of(
            looked_at
        )


@pytest.mark.trial
@light_and_dark(["", "markets/dairies/", "scorecard/"], 1)
def test_axe_finds_nothing_serious_on_a_phone(tab: Page, site_url: str, path: str) -> None:
    tab.set_viewport_size({"width": SMALLEST[0], "height": SMALLEST[1]})
    tab.goto(site_url + path)
    assert find_violations(tab) == []


def test_a_page_that_is_not_there_helps_on(tab: Page, built_sites: dict[str, Path]) -> None:
    with serve(built_sites["root"], "/") as url:
        answer = tab.goto(f"{url}no/such/page/")
        assert answer is not None
        assert answer.status == 404
        assert find_violations(tab) == []
        tab.locator("a.pb-task").first.click()
        expect(tab).to_have_url(f"{url}objections/")


@pytest.mark.parametrize("sub_path", ["/", "/sales/", "/sales/playbook/"])
@pytest.mark.parametrize("missing", ["nothing", "no/such/page/", "objections/no-such/"])
def test_a_page_that_is_not_there_has_its_style_and_leads_on_in_any_folder(
    tab: Page, built_sites: dict[str, Path], sub_path: str, missing: str
) -> None:
    with serve(built_sites["root"], sub_path) as url:
        tab.goto(url + missing)
        expect(tab.locator(".pb-tasks")).to_have_css("display", "grid")
        tab.wait_for_selector("html.pb-can-find")
        home = tab.locator("article a", has_text="To the strategy on a page")
        expect(home).to_have_js_property("href", url)
        tab.locator("button.pb-lost").click()
        ask(tab, "too expensive")
        tab.locator(OPTION).first.click()
        expect(tab).to_have_url(f"{url}objections/too-expensive/")


def test_axe_would_find_something(tab: Page, site_url: str, scheme: str) -> None:
    tab.goto(site_url)
    tab.evaluate(
        """() => {
          const faint = Object.assign(document.createElement('p'), {textContent: 'Hardly to be read'});
          Object.assign(faint.style, {color: '#777777', backgroundColor: '#888888'});
          document.querySelector('article').append(faint, document.createElement('button'));
        }"""
    )
    found = {fault.partition(":")[0] for fault in find_violations(tab)}
    assert found == ({"color-contrast", "button-name"} if scheme == "light" else {"color-contrast"})


@pytest.mark.trial
@pytest.mark.parametrize("primary", some(PALETTE, 5))
def test_text_is_readable_whatever_colour_the_company_sets(
    tab: Page, site_url: str, primary: str
) -> None:
    tab.goto(site_url)
    tab.evaluate("name => document.body.setAttribute('data-md-color-primary', name)", primary)
    poor = {pair: round(ratio, 2) for pair, ratio in tab.evaluate(CONTRAST).items() if ratio < 4.5}
    assert poor == {}


def test_the_map_leads_to_each_objective_and_shows_what_feeds_it(tab: Page, site_url: str) -> None:
    tab.goto(f"{site_url}objectives/")
    boxes = tab.locator("a.pb-map__box")
    assert boxes.count() == tab.locator("section h3").count()
    box = tab.locator("[data-id=win-primary-markets]")
    box.focus()
    lit = tab.locator("a.pb-map__lit")
    expect(lit.first).to_be_attached()
    names = set(lit.evaluate_all("boxes => boxes.map(box => box.dataset.id)"))
    assert {"win-primary-markets", "measured-savings", "early-entry", "seller-fluency"} <= names
    assert "order-intake" not in names
    tab.keyboard.press("Enter")
    expect(tab.locator("#win-primary-markets")).to_be_in_viewport()


def test_the_words_of_the_map_fit_into_their_boxes(tab: Page, site_url: str) -> None:
    tab.goto(f"{site_url}objectives/")
    outside = tab.locator("a.pb-map__box").evaluate_all(
        """boxes => boxes.filter(box => {
             const frame = box.querySelector("rect").getBBox(), text = box.querySelector("text").getBBox();
             return text.x < frame.x + 2 || text.x + text.width > frame.x + frame.width - 2
                 || text.y < frame.y || text.y + text.height > frame.y + frame.height;
           }).map(box => box.dataset.id)"""
    )
    assert outside == []


def test_on_a_phone_every_figure_of_the_scorecard_is_in_view(
    browser: Browser, site_url: str
) -> None:
    context = open_context(browser, viewport={"width": 390, "height": 844})
    tab = context.new_page()
    tab.goto(f"{site_url}scorecard/")
    widest = tab.locator(".pb-scores td, .pb-chart").evaluate_all(
        "all => Math.max(...all.map(one => one.getBoundingClientRect().right))"
    )
    assert widest <= 390
    context.close()


def test_on_a_phone_a_promise_can_be_read_without_moving_the_table(
    browser: Browser, site_url: str
) -> None:
    context = open_context(browser, viewport={"width": 390, "height": 844})
    tab = context.new_page()
    tab.goto(f"{site_url}how-we-work/")
    widest = tab.locator(".pb-table td").evaluate_all(
        "all => Math.max(...all.map(one => one.getBoundingClientRect().right))"
    )
    assert widest <= 390
    context.close()


@pytest.mark.parametrize(
    "path", ["markets/dairies/", "objections/too-expensive/", "competitors/gas-boiler/", "people/"]
)
def test_on_a_phone_freshness_owner_and_date_are_whole_and_take_few_lines(
    browser: Browser, site_url: str, path: str
) -> None:
    context = open_context(browser, viewport={"width": 390, "height": 844})
    tab = context.new_page()
    tab.goto(site_url + path)
    tab.evaluate("document.querySelectorAll('article details').forEach(one => one.open = true)")
    heights = tab.locator(".pb-trust").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert heights
    assert max(heights) < 60
    cut = tab.locator(".pb-owner").evaluate_all(
        "all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.textContent)"
    )
    assert cut == []
    context.close()
