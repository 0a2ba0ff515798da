"""The company's own fields on the site: where they were put, under their own titles, for whom they
are.
"""

import json
import re

import pytest

from generator.loading.loader import load_strategy
from generator.model.addresses import address_of
from generator.model.edition import choose_edition
from generator.model.entry import Key
from generator.pages.finder.index import make_index
from generator.pages.registry import render_pages
from generator.schema.vocabulary import COMMON, KINDS, standard_vocabulary
from tests.sample import TODAY, MemoryTree, write_strategy


def load(own, **kinds):
    files = {"strategy.yaml": write_strategy(**kinds), "schema/custom.yaml": own}
    loaded = load_strategy(MemoryTree(files))
    assert loaded.problems == (), [problem.title for problem in loaded.problems]
    return loaded


def page_of(loaded, address, audience="internal"):
    edition = choose_edition(loaded.strategy, loaded.vocabulary, audience, TODAY)
    found = {page.address: page for page in render_pages(edition).pages}
    return re.sub(r'<nav class="pb-jump.*?</nav>', "", found[address].lay_out().html)


@pytest.mark.parametrize("kind", KINDS)
def test_each_stands_once_on_the_page_of_its_entry_whatever_it_is_put_behind(kind):
    places = [name for name in standard_vocabulary().kinds[kind].fields if name != "custom"]
    described = {
        "zz_last": {"title": "Own last", "value": "prose"},
        **{
            f"behind_{name}": {"title": f"Own {name} title", "value": "text", "after": name}
            for name in places
        },
    }
    own = json.dumps({"fields": {kind: described}})
    values = {name: f"Value of {name} here." for name in described}
    html = page_of(load(own, **{kind: [values]}), address_of(Key(kind, "one")).partition("#")[0])
    for name, field in described.items():
        assert html.count(values[name]) == 1, name
        assert html.count(f">{field['title']}<") == 1, name
    assert "Custom fields" not in html
    if kind == "markets":
        assert html.index("They heat and cool") < html.index("Value of behind_summary here.")
        assert html.index("Value of behind_summary") < html.index("Value of behind_owner here.")


def test_one_behind_another_follows_it():
    own = (
        "fields:\n  personas:\n"
        "    inner: {title: Inner, value: text, after: outer}\n"
        "    outer: {title: Outer, value: text, after: goals}\n"
    )
    values = {"inner": "The inner one", "outer": "The outer one", "goals": ["A goal"]}
    html = page_of(load(own, personas=[values]), "personas/one/")
    order = [html.index(text) for text in ("A goal", "The outer one", "The inner one")]
    assert order == sorted(order)


OWN = """\
fields:
  {kind}:
    rating: {{title: Rating, value: choice, choices: [A+, A, 中], filter: yes, in_lists: yes}}
    keen: {{title: Keen, value: yes_no, filter: yes}}
    guide: {{title: Guide, value: reference, refers_to: people, filter: yes}}
"""


@pytest.mark.parametrize(
    "kind",
    sorted(set(KINDS) - {"objectives", "assumptions", "announcements", "qualification"}),
)
def test_readers_choose_by_them_where_that_was_asked(kind):
    entries = [
        {"id": "one", "rating": "A+", "keen": True},
        {"id": "two", "rating": "A", "keen": False},
        {"id": "three", "rating": "中"},
    ]
    kinds = {"people": [{"id": "ann"}, {"id": "bob"}]}
    if kind == "people":
        kinds = {"people": [*kinds["people"]]}
    entries[0]["guide"], entries[1]["guide"] = "ann", "bob"
    kinds[kind] = [*kinds.get(kind, []), *entries]
    address = address_of(Key(kind, "x")).partition("/")[0] + "/"
    html = page_of(load(OWN.format(kind=kind), **kinds), address)
    assert '<select id="pb-own-rating" name="own-rating">' in html
    assert '<option value="a">A+</option>' in html
    assert '<option value="a-2">A</option>' in html
    assert '<option value="-3">中</option>' in html
    assert 'data-own-rating="a" data-own-keen="true" data-own-guide="ann"' in html
    assert 'data-own-rating="-3" data-own-keen="" data-own-guide=""' in html
    assert html.count("Rating") >= 2


CANARY = "Zanzibarquux"


@pytest.mark.parametrize(("audience", "told"), [("leadership", True), ("internal", False)])
def test_one_for_a_narrower_circle_is_nowhere_for_others(audience, told):
    own = (
        "fields:\n  personas:\n"
        f"    plan: {{title: {CANARY} title, value: prose, audience: leadership, filter: no}}\n"
        f"    pick: {{title: {CANARY} pick, value: choice, choices: [{CANARY}, b], audience: leadership,"
        " filter: yes, in_lists: yes}\n"
        f"    whom: {{title: {CANARY} whom, value: reference, refers_to: people, audience: leadership}}\n"
    )
    values = {"plan": f"We say {CANARY}.", "pick": CANARY, "whom": "ann"}
    loaded = load(
        own, personas=[values, {"id": "two", "pick": "b"}], people=[{"id": "ann", "name": "Ann"}]
    )
    edition = choose_edition(loaded.strategy, loaded.vocabulary, audience, TODAY)
    pages = render_pages(edition)
    texts = [page.lay_out().html for page in pages.pages]
    texts += [asset.content.decode("utf-8", "replace") for asset in pages.assets]
    texts += [
        asset.content.decode("utf-8", "replace") for asset in make_index(edition, pages.pages, ())
    ]
    assert any(CANARY.lower() in text.lower() for text in texts) == told
    people = next(page for page in pages.pages if page.address == "people/").lay_out().html
    assert ("Plant manager" in people) == told


def test_what_every_entry_may_have_is_no_kind_of_its_own():
    for kind in standard_vocabulary().kinds.values():
        assert set(COMMON) <= set(kind.fields)
