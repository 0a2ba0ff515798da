"""What a finished page says, and what only its source shows."""

from __future__ import annotations

import pytest

from generator.pages.finder.page_text import read_page_text, take_out_comments


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>One</p><p>two</p>", "One two"),
        ("<p>Bo<b>il</b>er</p>", "Boiler"),
        ("<ul><li>a<li>b</ul>", "a b"),
        ("a<br>b", "a b"),
        ("<p title='no' data-x='no'>yes</p>", "yes"),
        ("x<!-- no -->y", "xy"),
        ("x<!-- <p>no</p> --!>y", "xy"),
        ("<style>no</style><template><p>no</p></template>yes", "yes"),
        ("<svg><title>no</title><svg></svg>no</svg>yes", "yes"),
        ("&lt;b&gt; &amp; co", "<b> & co"),
        ("<p>half a <", "half a <"),
    ],
)
def test_of_a_page_what_a_reader_sees_is_read(html, words):
    assert read_page_text(html).words == words


def test_the_first_heading_of_the_first_rank_is_the_title():
    said = read_page_text("<h2>Before</h2><h1>Title</h1><h3>After <i>it</i></h3><h1>Another</h1>")
    assert (said.title, said.headings) == ("Title", ("Before", "After it", "Another"))


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("a<!-- x -->b", "ab"),
        ("a<!-->b<!--->c", "abc"),
        ("a<!-- x --!>b", "ab"),
        ("a<!-- x > y\n-- -->b", "ab"),
        ("a<!-- never closed", "a"),
        ("a<?php x ?>b<!x y>c", "abc"),
        ("<!DOCTYPE html><p>a</p>", "<!DOCTYPE html><p>a</p>"),
        ("<script>if (a <!--b) {}</script>c<!--d-->", "<script>if (a <!--b) {}</script>c"),
        ("<code>&lt;!-- x --&gt;</code>", "<code>&lt;!-- x --&gt;</code>"),
    ],
)
def test_comments_are_taken_out_as_a_browser_reads_them(html, left):
    assert take_out_comments(html) == left
