"""What somebody writes into a page by hand: nothing in it runs, loads, sends or covers, and nothing
that Markdown makes is touched.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from generator.model.raw_html.allow_list import TAGS, clean_html, clean_setting, is_safe_address
from generator.model.raw_html.source import find_taken_out
from tests.markup import read_html
from tests.material_page import PAGE, convert
from tests.trials.injections import IN_PAGES

RUNS = re.compile(r"on|style$|srcdoc$|formaction$|action$|ping$|background$|popover|xlink:")


def find_faults(html: str) -> list[str]:
    """What could run, load, send or cover in a piece of HTML."""
    found = read_html(html)
    faults = sorted(found.tags - TAGS)
    for name, value in found.attributes:
        if RUNS.match(name) and not (name == "style" and "position" not in value):
            faults.append(f"{name}={value}")
        if name in ("id", "name") and re.match("__(config|palette|md)", value):
            faults.append(f"{name}={value}")
        if name == "class" and "md-overlay" in value:
            faults.append(value)
        if name in ("src", "srcset", "poster") and "evil" in value:
            faults.append(value)
        if name == "href" and not is_safe_address(value):
            faults.append(value)
    return faults


def test_there_are_enough_attacks_to_call_it_a_campaign():
    assert len(IN_PAGES) >= 300


def test_a_check_that_sees_nothing_would_prove_nothing():
    seen = [text for text in IN_PAGES if find_faults(convert(text))]
    assert len(seen) > 200


def test_nothing_of_an_attack_is_left_in_the_body_of_a_page(record_property):
    record_property("tried", len(IN_PAGES))
    for text in IN_PAGES:
        clean = clean_html(convert(text))
        assert find_faults(clean) == [], text
        assert clean_html(clean) == clean, text


def test_what_is_taken_out_is_said_and_nothing_else():
    for text in IN_PAGES:
        html = convert(text)
        gone = read_html(html).attributes != read_html(clean_html(html)).attributes
        gone |= read_html(html).tags != read_html(clean_html(html)).tags
        is_mended = "tbody" in clean_html(html) or text.startswith(("</", "<a>", "<p"))
        assert find_taken_out(text) or not gone or is_mended, text
    assert find_taken_out(PAGE) == {}


def test_it_is_said_at_its_line():
    text = "# A page\n\n`<script>`\n\n    <script>\n\n- a\n    <iframe src=x>\n\n<!-- <form> -->\n[a](javascript:1) <p onclick=x>\n"
    assert find_taken_out(text) == {
        8: ["<iframe>"],
        11: ['the address "javascript:1"', "onclick of <p>"],
    }


def test_no_end_of_an_element_leads_out_of_the_body():
    for text in (
        "</article></main><p>x</p>",
        "<div><section>x",
        "x<!-- never ended",
        "<pre>",
        "</p></div>",
    ):
        clean = clean_html(text)
        around = f"<main><article>{clean}</article></main>"
        assert clean_html(
            around.replace("main", "div").replace("article", "section")
        ) == around.replace("main", "div").replace("article", "section"), text


def test_a_picture_from_elsewhere_leaves_its_words():
    """No page of a site may load it; of an emoji from a network, its sign is left."""
    assert (
        clean_html(convert("![Our plant](https://evil.example/x.png)"))
        == '<p><img alt="Our plant"></p>'
    )
    assert 'alt="😄"' in clean_html(convert(":smile:"))
    assert "https" not in clean_html(convert(":smile:"))


def test_a_page_with_everything_that_material_documents_is_unchanged():
    html = convert(PAGE)
    for part in (
        "tabbed-set",
        'class="mermaid"',
        "arithmatex",
        "task-list",
        "footnote-ref",
        "<abbr",
        "twemoji",
        "annotate",
        "<figcaption>",
        "linenos",
    ):
        assert part in html, part
    assert clean_html(html) == html


@pytest.mark.parametrize(
    "text", ["R&D", "a < b", "© 2026 <b>Acme</b>", 'See <a href="imprint.md">imprint</a>', ""]
)
def test_a_setting_that_is_html_keeps_its_words(text):
    assert read_html(clean_setting(text)).text.strip() == read_html(text).text.strip()


@pytest.mark.parametrize(
    "address",
    [
        "x.md",
        "../y/#z",
        "https://a.example",
        "mailto:a@b.example",
        "tel:+49",
        "#x",
        "",
        "?q=a:b",
        "./a:b",
    ],
)
def test_ordinary_addresses_stay(address):
    assert is_safe_address(address)
    assert urlsplit(address) is not None


@pytest.mark.parametrize(
    "address",
    [
        "javascript:1",
        "JAVASCRIPT:1",
        " javascript:1",
        "java\nscript:1",
        "\x01javascript:1",
        "data:text/html,x",
        "vbscript:1",
        "blob:x",
        "file:///x",
        "view-source:x",
        "javascript://a/%0a1",
    ],
)
def test_addresses_that_run_do_not(address):
    assert not is_safe_address(address)
