"""No text of a strategy runs or loads anything, whatever it holds and wherever it stands."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from generator.model.edition import choose_edition
from generator.pages.registry import render_pages
from generator.schema.vocabulary import KINDS, standard_vocabulary
from tests.markup import read_html
from tests.sample import TODAY, load_data
from tests.trials.amount import some
from tests.trials.injections import STRINGS, fill_entry

OURS = {
    "a",
    "article",
    "b",
    "blockquote",
    "br",
    "button",
    "circle",
    "code",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "em",
    "form",
    "g",
    "h1",
    "h2",
    "h3",
    "hr",
    "input",
    "kbd",
    "label",
    "li",
    "line",
    "link",
    "nav",
    "noscript",
    "ol",
    "option",
    "p",
    "path",
    "pre",
    "progress",
    "rect",
    "section",
    "select",
    "small",
    "span",
    "strong",
    "summary",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "text",
    "th",
    "thead",
    "time",
    "tr",
    "tspan",
    "ul",
}
"""Every element that pages are made of: scripts, images and frames are none of them."""


def test_there_are_enough_attacks_to_call_it_a_test():
    assert len(set(STRINGS)) >= 100


@pytest.mark.parametrize("kind", some(KINDS, 6))
def test_every_text_field_of_every_kind_shows_what_was_written(kind: str, record_property) -> None:
    record_property("tried", len(STRINGS))
    fields = standard_vocabulary().kinds[kind].fields
    entries = [fill_entry(kind, fields, number, text) for number, text in enumerate(STRINGS)]
    loaded = load_data(**{kind: entries})
    assert loaded.strategy is not None
    pages = render_pages(
        choose_edition(loaded.strategy, loaded.vocabulary, "internal", TODAY)
    ).pages
    texts = []
    for page in pages:
        # A script of ours is a file in assets/, asked for by a template; the page of assets lies in
        # that folder itself.
        found = read_html(
            re.sub(
                r'<script src="(?:[./]*assets/)?[a-z_]+\.js"(?: defer)?></script>',
                "",
                page.lay_out().html,
            )
        )
        assert found.tags <= OURS, page.address
        assert not [
            name
            for name, _ in found.attributes
            if name.startswith("on") or name in ("style", "srcdoc", "action")
        ]
        phones = {one for one in found.addresses if urlsplit(one).scheme == "tel"}
        assert not [one for one in phones if not re.fullmatch(r"tel:\+?[0-9]+", one)], page.address
        assert {urlsplit(address).scheme for address in found.addresses - phones} <= {
            "",
            "http",
            "https",
            "mailto",
        }, page.address
        texts.append(found.text)
    shown = "\n".join(texts)
    assert [text for text in STRINGS if " ".join(text.split()) not in shown] == []
