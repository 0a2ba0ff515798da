"""Prose of any sort: nothing in it becomes active, links are what they seem, and the quick way of
reading it is the parser's.
"""

from __future__ import annotations

import json

from hypothesis import example, given
from hypothesis import strategies as st

from generator.model import markdown
from generator.model.edition import choose_edition
from generator.model.markdown import plain_text, render_prose
from generator.pages.registry import render_pages
from tests.markup import read_html
from tests.sample import HEADER, TODAY, complete
from tests.trials.amount import examples
from tests.trials.contents import ANY_TEXT, load


@examples(100)
@given(ANY_TEXT)
@example("https://example.com/\"onclick='x'")
@example("[a](javascript:x)")
def test_nothing_in_prose_becomes_active(text):
    found = read_html(str(render_prose(text, lambda target: None)))
    assert not found.tags & {"script", "img", "style", "iframe", "svg", "form", "input", "h1", "h2"}
    assert not any(name.startswith("on") or name == "style" for name, _ in found.attributes)
    for address in found.addresses:
        assert not address.lower().strip().startswith(("javascript:", "data:", "vbscript:"))
    assert "\n" not in plain_text(text)


LINK_PIECES = st.sampled_from(
    [
        *"[]()<>\"'\\`!|*_#&;: \n\t-~^",
        "entry:",
        "markets/one",
        "markets/hidden",
        "[a](entry:markets/hidden)",
        "[b](entry:markets/one)",
        "<entry:markets/hidden>",
        "](entry:markets/hidden",
        "[r]",
        "[r]: entry:markets/hidden",
        "&#58;",
        "\n\n",
        "\n> ",
        "\n- ",
        "\n    ",
        "```\n",
        "| x |\n|---|\n|",
        "https://example.com",
    ]
)


@examples(80)
@given(st.lists(LINK_PIECES, max_size=12).map("".join))
@example("[see [1] here](entry:markets/hidden)")
@example('[a](entry:markets/hidden "Secret (plan)")')
@example("[a](entry:markets/hidden (Secret plan))")
@example("[[a](entry:markets/one)](entry:markets/hidden)")
@example("| x |\n|---|\n| [a\\|b](entry:markets/hidden) |")
@example("> [a\n> b](entry:markets/hidden)")
@example("<entry:markets/hidden>")
def test_a_link_on_a_page_is_a_reference_and_one_to_what_is_hidden_is_none(text):
    markets = [
        complete("markets", {"summary": text}),
        complete("markets", {"id": "hidden", "status": "draft"}),
    ]
    loaded = load(
        {
            "strategy.yaml": json.dumps(
                {"strategy": dict(HEADER), "markets": markets}, ensure_ascii=False
            )
        }
    )
    if loaded.problems:
        return
    assert loaded.strategy is not None
    for drafts in (True, False):
        edition = choose_edition(loaded.strategy, loaded.vocabulary, "internal", TODAY, drafts)
        summary = getattr(edition.strategy.of("markets")[-1], "summary", "")
        linked = {
            address
            for address, _ in read_html(str(render_prose(summary, lambda target: target))).links
        }
        own = {str(link.target) for link in edition.strategy.links if link.field == "summary"}
        assert {address for address in linked if not address.startswith("http")} == own
        assert drafts or "markets/hidden" not in own
        for page in render_pages(edition).pages:
            addresses = {
                address
                for address in read_html(page.lay_out().html).addresses
                if not address.startswith("http")
            }
            assert drafts or not any("hidden" in address for address in addresses)


PIECES = (
    "word",
    "Größe",
    " ",
    "  ",
    "\n",
    "[words](entry:markets/dairies)",
    "[two words](entry:objections/too-expensive)",
    "(",
    ")",
    "[",
    "]",
    "](",
    "](entry:",
    "!",
    "entry:markets/dairies",
    "*",
    "_",
    "`",
    "<",
    ">",
    "&",
    "&amp;",
    "\\",
    "|",
    "#",
    "-",
    "1.",
    "'",
    '"',
    "://",
    "https://a.example/b",
    "[web](https://a.example)",
    "[](entry:a/b)",
    "[x](entry:a/b 'title')",
    "…",
    "\u00a0",
    "\u200b",
    ":",
    ",",
)


@examples(600)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map("".join))
def test_prose_read_the_quick_way_is_what_the_parser_makes_of_it(text: str) -> None:
    def resolve(target: str) -> str | None:
        return f"../{target}/?a=1&b=2" if "dairies" in target else None

    assert render_prose(text, resolve) == markdown._render(text, resolve)
    assert list(markdown.find_entry_links(text)) == list(
        markdown._find_entry_links(text, markdown._prose)
    )
