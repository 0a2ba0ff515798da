"""Pages are the same whatever the order and the place of entries, and a wider circle never gets
more.
"""

from __future__ import annotations

import json
import string
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from hypothesis import given
from hypothesis import strategies as st

from generator.model.addresses import relative_address
from generator.model.edition import choose_edition
from generator.pages.page import Page, Pages
from generator.schema.vocabulary import KINDS
from tests.sample import MEDIUM_HEADER, TODAY, write_medium
from tests.trials.amount import examples
from tests.trials.contents import load, render

# Order and place


def by_address(pages: Pages) -> dict[str, Page]:
    return {page.address: page for page in pages.pages}


def contents(page: Page) -> tuple[object, ...]:
    """All of a page but where it was written."""
    return (page.address, page.title, page.description, page.lay_out())


def write_one_file(entries: Mapping[str, Any]) -> dict[str, str]:
    return {
        "strategy.yaml": json.dumps(
            {"strategy": dict(MEDIUM_HEADER), **entries}, ensure_ascii=False, indent=1
        )
    }


@examples(6)
@given(st.randoms(use_true_random=False))
def test_the_order_of_entries_makes_no_difference(random):
    entries = write_medium()
    first = load(write_one_file(entries))
    for listed in entries.values():
        random.shuffle(listed)
    kinds = list(entries)
    random.shuffle(kinds)
    second = load(write_one_file({kind: entries[kind] for kind in kinds}))
    assert first.problems == second.problems == ()
    assert first.strategy == second.strategy
    assert render(first) == render(second)


@examples(6)
@given(st.randoms(use_true_random=False))
def test_the_order_of_fields_makes_no_difference(random):
    entries = write_medium()
    first = load(write_one_file(entries))

    def shuffle(value: Any) -> Any:
        if isinstance(value, dict):
            names = list(value)
            random.shuffle(names)
            return {name: shuffle(value[name]) for name in names}
        return [shuffle(item) for item in value] if isinstance(value, list) else value

    data = shuffle({"strategy": dict(MEDIUM_HEADER), **entries})
    second = load({"strategy.yaml": json.dumps(data, ensure_ascii=False, indent=1)})
    assert first.strategy == second.strategy
    assert render(first) == render(second)


@examples(6)
@given(
    st.lists(st.sampled_from(["main", "list", "files"]), min_size=len(KINDS), max_size=len(KINDS))
)
def test_where_entries_stand_makes_no_difference(places):
    entries = write_medium()
    whole = load(write_one_file(entries))
    kept: dict[str, Any] = {}
    files: dict[str, str] = {}
    for place, (kind, listed) in zip(places, entries.items(), strict=False):
        if place == "main":
            kept[kind] = listed
        elif place == "list":
            files[f"strategy/{kind}.yaml"] = json.dumps(listed, ensure_ascii=False, indent=1)
        else:
            files |= {
                f"strategy/{kind}/{entry['id']}.yaml": json.dumps(entry, ensure_ascii=False)
                for entry in listed
            }
    split = load({**write_one_file(kept), **files})
    assert split.problems == ()
    assert split.strategy == whole.strategy
    pages, others = render(whole), render(split)
    assert [contents(page) for page in pages.pages] == [contents(page) for page in others.pages]
    assert [(one.path, one.content) for one in pages.assets] == [
        (one.path, one.content) for one in others.assets
    ]


def test_making_the_pages_twice_gives_the_same():
    loaded = load(write_one_file(write_medium()))
    assert loaded.problems == ()
    for audience in ("leadership", "internal", "partner", "public"):
        assert render(loaded, audience) == render(loaded, audience)
        assert render(loaded, audience) == render(load(write_one_file(write_medium())), audience)


@examples(15)
@given(st.sampled_from(["leadership", "internal", "partner", "public"]), st.data())
def test_a_wider_circle_never_gets_more(audience, data):
    entries = write_medium()
    circles = ["leadership", "internal", "partner", "public"]
    for listed in entries.values():
        for entry in listed:
            entry["audience"] = data.draw(st.sampled_from(circles))
    loaded = load(write_one_file(entries))
    assert loaded.strategy is not None
    wider = circles[min(circles.index(audience) + 1, 3)]
    narrow = choose_edition(loaded.strategy, loaded.vocabulary, audience, TODAY).strategy
    wide = choose_edition(loaded.strategy, loaded.vocabulary, wider, TODAY).strategy
    assert {entry.key for entry in wide} <= {entry.key for entry in narrow}
    assert set(wide.links) <= set(narrow.links)
    assert set(by_address(render(loaded, wider))) <= set(by_address(render(loaded, audience)))
    for link in wide.links:
        assert wide.find(link.target) is not None


# Addresses

PART = st.text(string.ascii_lowercase + string.digits + "-", min_size=1, max_size=5).filter(
    lambda part: part.strip("-")
)
ADDRESS = st.lists(PART, max_size=4).map(lambda parts: "".join(f"{part}/" for part in parts))
TARGET = st.one_of(
    ADDRESS,
    st.tuples(ADDRESS, PART).map(lambda both: f"{both[0]}#{both[1]}"),
    st.tuples(ADDRESS, PART).map(lambda both: f"{both[0]}{both[1]}.pdf"),
)


@examples(500)
@given(
    TARGET, ADDRESS, st.sampled_from(["https://example.com/", "https://example.com/playbook/v2/"])
)
def test_a_relative_link_leads_to_its_target(target, page, root):
    link = relative_address(target, page)
    assert link
    assert not link.startswith("/")
    assert urljoin(root + page, link) == root + target
