"""What of a hand-written page is said to be taken out, at its line."""

import pytest

from generator.model.raw_html.allow_list import is_here, is_kept, is_safe_address
from generator.model.raw_html.source import find_taken_out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<script>x</script>", {1: ["<script>"]}),
        ('a\n<b onclick="x">y</b>', {2: ["onclick of <b>"]}),
        ("<script>\n<script><iframe><script>", {1: ["<script>"], 2: ["<script>", "<iframe>"]}),
        ('<input type="text"> <input type="checkbox">', {1: ["<input>"]}),
        # lists of attributes
        ('{: onclick="x" }', {1: ["onclick"]}),
        ("{ #__search }", {1: ["__search"]}),
        ("a[onclick=x]", {1: ["onclick"]}),
        ("{ .note title=x }", {}),
        # pictures and links
        ("![a](https://x.example/a.png)", {1: ["the picture from elsewhere"]}),
        ("![p][pic]\n\n[pic]: https://x.example/a.png", {3: ["the picture from elsewhere"]}),
        ("[pic]: https://x.example/a.png", {}),
        ("![a](a.png)", {}),
        ("[a](javascript:alert)", {1: ['the address "javascript:alert"']}),
        ("<javascript:alert>", {1: ['the address "javascript:alert"']}),
        ("[a](entry:markets/x) [b](https://x.example)", {}),
    ],
)
def test_what_will_be_taken_out_of_a_page_is_said_at_its_line(text, said):
    assert find_taken_out(text) == said


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("```\n<script>\n```", []),
        ("text\n\n    <script>", []),
        ("text\n\n\t<script>", []),
        ("    <script>", []),
        ("a\n\n    <b>\n    <script>\n\n    <script>\nb <script>", [7]),
        ("text\n    <script>", [2]),
        ("- list\n\n    <script>", [3]),
        ("- list\n\n still of it\n\n    <script>", [5]),
        ("- list\n\nno longer\n\n    <script>", []),
        ("!!! note\n    <script>", [2]),
    ],
)
def test_what_stands_in_a_page_as_code_stays(text, lines):
    assert sorted(find_taken_out(text)) == lines


@pytest.mark.parametrize(
    ("tag", "attribute", "value", "kept"),
    [
        ("p", "class", "note", True),
        ("p", "class", "note md-overlay", False),
        ("p", "id", "prices", True),
        ("p", "id", "__search", False),
        ("a", "href", "https://x.example", True),
        ("a", "href", "javascript:x", False),
        ("p", "href", "https://x.example", False),
        ("q", "cite", "javascript:x", False),
        ("img", "srcset", "a.png, b.png 2x", True),
        ("img", "srcset", "a.png, https://x.example/b.png 2x", False),
        ("img", "src", "https://x.example/b.png", False),
        ("p", "data-note", "x", True),
        ("p", "data-pb-copy", "x", False),
        ("p", "style", "color: red", True),
        ("p", "style", "position: fixed", False),
        ("rect", "fill", "red", True),
        ("rect", "fill", "URL(#a)", False),
        ("p", "title", "url(#a)", True),
        ("p", "fill", "red", False),
    ],
)
def test_an_attribute_stays_where_it_neither_runs_nor_loads_nor_covers(tag, attribute, value, kept):
    assert is_kept(tag, attribute, value) == kept


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("a.png", True),
        ("data:image/png;base64,x", True),
        ("data:text/html,x", False),
        ("//x.example/a.png", False),
        ("\\\\x.example/a.png", False),
        ("https://x.example/a.png", False),
    ],
)
def test_what_is_loaded_comes_with_the_site(address, here):
    assert is_here(address) == here


def test_an_address_is_read_as_browsers_read_it():
    assert is_safe_address("MAILTO:ada@x.example")
    assert not is_safe_address("java\tscript:x")
    assert not is_safe_address(" \u200bjavascript:x")
