import pytest

from generator.model.markdown import (
    find_entry_links,
    find_page_links,
    opening_words,
    plain_text,
    render_prose,
    replace_entry_links,
    replace_page_links,
    take_out_page_comments,
)
from tests.markup import read_html

ENTRIES = {"markets/dairies": "../markets/dairies/"}


def render(text: str) -> str:
    return str(render_prose(text, ENTRIES.get))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>\n"),
        ("**bold** *italics*", "<p><strong>bold</strong> <em>italics</em></p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>\n'),
        ("5 < 6 & 7", "<p>5 &lt; 6 &amp; 7</p>\n"),
        ("# Not a heading", "<p># Not a heading</p>\n"),
        ("    four spaces", "<p>four spaces</p>\n"),
        ("a", "<p>a</p>\n"),
        ("a word ", "<p>a word</p>\n"),
    ],
)
def test_the_small_markdown_of_prose(text, html):
    assert render(text) == html


def test_a_table_is_a_table():
    found = read_html(render("| a | b |\n|---|--:|\n| 1 | 2 |"))
    assert {"table", "thead", "tbody", "th", "td"} <= found.tags
    assert found.text == "a b 1 2"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "<javascript:alert(1)>",
        "![x](https://example.com/track.gif)",
        "[x]: javascript:alert(1)\n\n[x]",
        '[x](https://example.com "onmouseover=alert(1)\\" x=\\"")',
        "| a |\n|---|\n| <svg onload=alert(1)> |",
        "<style>*{display:none}</style>",
        "https://example.com/\"onclick='x'",
        "[x](ftp://example.com)",
        "```\n<script>\n```",
        "&lt;script&gt;",
        "[x](java&#115;cript:alert(1))",
    ],
)
def test_nothing_in_prose_becomes_active(text):
    found = read_html(render(text))
    assert found.tags <= {
        "p",
        "a",
        "ul",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "strong",
        "em",
        "code",
    }
    assert {name for name, _ in found.attributes} <= {"href", "title", "rel"}
    assert all(
        address.startswith(("https://example.com", "http://")) for address in found.addresses
    )


@pytest.mark.parametrize(
    "target", ["secret.html", "/admin/", "//evil.example", "../../x", "#top", "?q=1"]
)
def test_links_lead_only_to_the_web_to_a_mailbox_or_to_an_entry(target):
    assert read_html(render(f"[words]({target})")).addresses == set()


@pytest.mark.parametrize(
    "text",
    [
        "[Dairies](entry:markets/dairies)",
        "[Dairies](<entry:markets/dairies>)",
        '[Dairies](entry:markets/dairies "hint")',
        "**[Dairies](entry:markets/dairies)**",
    ],
)
def test_a_link_to_an_entry_leads_to_its_page(text):
    assert read_html(render(text)).links == [("../markets/dairies/", "Dairies")]


def test_a_link_to_an_entry_that_is_not_there_is_plain_words():
    found = read_html(render("See [Pharma](entry:markets/pharma)."))
    assert found.links == []
    assert found.text == "See Pharma."


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See https://example.com/a.", [("https://example.com/a", "https://example.com/a")]),
        ("(https://example.com/a)", [("https://example.com/a", "https://example.com/a")]),
        (
            "https://example.com/?a=1&b=2",
            [("https://example.com/?a=1&b=2", "https://example.com/?a=1&b=2")],
        ),
        (
            "[https://example.com](https://example.com)",
            [("https://example.com", "https://example.com")],
        ),
        ("http:// and ://", []),
        ("[mail](mailto:a@example.com)", [("mailto:a@example.com", "mail")]),
    ],
)
def test_web_addresses_are_links(text, links):
    assert read_html(render(text)).links == links


def test_what_stands_around_a_web_address_stands_there_once():
    link = '<a href="https://x.example/{0}" rel="noopener noreferrer">https://x.example/{0}</a>'
    assert render("See https://x.example/a, then https://x.example/b, last.") == (
        f"<p>See {link.format('a')}, then {link.format('b')}, last.</p>\n"
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("**bold** and *italics*", "bold and italics"),
        ("one\n\ntwo", "one two"),
        ("one\ntwo", "one two"),
        ("one  \ntwo", "one two"),
        ("one\\\ntwo", "one two"),
        ("- a\n- b", "a b"),
        ("[Dairies](entry:markets/dairies)", "Dairies"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a b 1 2"),
        ("5 &lt; 6 `code`", "5 < 6 code"),
        ("", ""),
    ],
)
def test_the_words_of_a_prose_text(text, words):
    assert plain_text(text) == words


LINK = "[x](entry:a/b)"


@pytest.mark.parametrize(
    "text",
    [
        LINK,
        f"# {LINK} #",
        f"{LINK}\n===",
        f"> - one\n>   {LINK}",
        f"| a | b |\n|---|---|\n| c \\| d | {LINK} |",
        f"- one\n\n\t{LINK}",
        f"!!! note\n\n    {LINK}",
        f"<div>\n{LINK}\n</div>",
        f"- one\n\n\t two\n\t {LINK}",
        f"> a\\\n>   b {LINK} c",
        f"<!-- {LINK} -->",
        f"[^1]: {LINK}",
        f"```\n{LINK}",
        f"`{LINK.replace('x', 'y')}` {LINK}",
    ],
)
def test_a_link_is_found_wherever_it_stands_in_a_page(text):
    [found] = find_page_links(text)
    assert text[found.start : found.end] == LINK
    assert text[found.target_start :].startswith("a/b)")
    assert (found.target, found.words) == ("a/b", "x")


@pytest.mark.parametrize(
    "text", [f"```\n{LINK}\n```", f"    ~~~\n    {LINK}\n    ~~~", f"`{LINK}`", f"\\{LINK}"]
)
def test_an_example_of_a_link_is_no_link(text):
    assert list(find_page_links(text)) == []


@pytest.mark.parametrize(
    ("text", "led"),
    [
        (LINK, "[x](new)"),
        ('[x]( <entry:a/b> "hint" )', '[x]( new "hint" )'),
        ("<entry:a/b>", "[b](new)"),
        (
            'See [x][1], [1] and [2].\n\n[1]: entry:a/b "hint"\n[2]: https://example.com\n',
            "See [x](new), [1](new) and [2].\n\n\n[2]: https://example.com\n",
        ),
    ],
)
def test_a_link_may_be_led_elsewhere(text, led):
    assert replace_page_links(text, lambda found: found.lead_to("new")) == led


@pytest.mark.parametrize("text", [f"[{LINK}](entry:c/d)", '[x](\n entry:a/b\n "hint")', LINK])
def test_of_links_that_are_taken_out_the_words_are_left(text):
    assert replace_entry_links(text, lambda found: found.words) == "x"


def test_the_places_of_links_are_right_behind_a_quote_over_several_lines():
    text = "> See [the\n> words](entry:a/b) and\n>  [more](entry:c/d)."
    assert [text[found.start : found.end] for found in find_entry_links(text)] == [
        "[the\n> words](entry:a/b)",
        "[more](entry:c/d)",
    ]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a <!-- b --> c", "a  c"),
        ("a\n<!-- b\n\nc -->\nd", "a\n\nd"),
        ("a <!-- never closed", "a "),
        ("`<!-- shown -->` <!-- not -->", "`<!-- shown -->` "),
        ("``a ` <!-- shown -->``", "``a ` <!-- shown -->``"),
        ("```\n<!-- shown -->\n```\n<!-- not -->", "```\n<!-- shown -->\n```\n"),
        ("  ~~~ html\n  <!-- shown -->\n  ~~~", "  ~~~ html\n  <!-- shown -->\n  ~~~"),
        ("a ` b\n\n<!-- not --> c ` d", "a ` b\n\n c ` d"),
    ],
)
def test_a_page_loses_its_comments_and_keeps_those_that_it_shows_as_code(text, left):
    assert take_out_page_comments(text) == left


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "The *prices* in force:\n\n| a | b |\n|---|---|\n| gas | 45 |\n\nMore.",
            "The prices in force",
        ),
        ("One case:\n\n- gas: 1\n- power: 2", "One case"),
        ("- gas: 1\n- power: 2", "gas: 1"),
        ("Two\nlines.\n\nAnd more.", "Two lines. And more."),
    ],
)
def test_the_opening_words_run_no_table_or_list_together(text, words):
    assert opening_words(text) == words
