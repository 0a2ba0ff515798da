"""What holds for any content: no bytes, no text and no order of entries may surprise."""

from __future__ import annotations

import json
import string
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.loading.loader import Loaded, load_strategy
from generator.model import markdown
from generator.model.addresses import relative_address
from generator.model.edition import choose_edition
from generator.model.markdown import plain_text, render_prose
from generator.pages.page import Page, Pages
from generator.pages.registry import Background, render_pages
from generator.problems.fixes import mend_texts
from generator.problems.reporters import FORMATS, Summary
from generator.schema.vocabulary import KINDS, Field, standard_vocabulary
from generator.syntax.document import read_source
from tests.markup import read_html
from tests.sample import (
    HEADER,
    MEDIUM_HEADER,
    MINIMAL_HEADER,
    TODAY,
    MemoryTree,
    complete,
    write_medium,
)


def load(files: Mapping[str, str | bytes]) -> Loaded:
    return load_strategy(MemoryTree(files))


def render(loaded: Loaded, audience: str = "leadership") -> Pages:
    assert loaded.strategy is not None
    return render_pages(
        choose_edition(loaded.strategy, loaded.vocabulary, audience, TODAY),
        Background(lambda: loaded.problems),
    )


def tell(loaded: Loaded) -> None:
    """Every format can say every problem, and what it says can be written to a file."""
    for form, report in FORMATS.items():
        text = report(loaded.problems, Summary(len(loaded.files)))
        assert text.encode("utf-8")
        if form == "json":
            assert len(json.loads(text)["problems"]) == len(loaded.problems)


def follow(loaded: Loaded) -> None:
    """Whatever was loaded can be told and, where there is anything sound, shown inside and outside."""
    tell(loaded)
    if loaded.strategy is not None and "internal" in loaded.strategy.header.audiences:
        for audience in {"internal", loaded.strategy.header.audiences[-1]}:
            render(loaded, audience)


# Bytes


@given(st.binary(max_size=200))
@example(b"\xc2\xa0id: a\x00b\n")
@example(b"{")
@example(b"[")
@example(b'"')
def test_any_bytes_are_read_or_said(raw):
    loaded = load({"strategy.yaml": raw})
    assert loaded.problems
    assert loaded.strategy is None
    tell(loaded)


SIGN = "-:?#&*!|>'\"%@`{}[],\\ \n\t~<="
WORD = (
    "- ",
    ": ",
    "\n  ",
    "---",
    "...",
    "<<: ",
    "id",
    "strategy",
    "people",
    "null",
    "\r\n",
    "%YAML 1.2",
    "!!map",
)
ODD = (
    "\u00a0",
    "\u200b",
    "\ufeff",
    "\x85",
    "\u2028",
    "é",
    "👩\u200d🔬",
    "<<<<<<<",
    "=======",
    ">>>>>>>",
)
PIECES = st.sampled_from([*SIGN, *WORD, *ODD])


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_yaml_like_text_is_read_or_said(text):
    read = read_source("strategy.yaml", text.encode())
    assert read.problems or read.source.data is not None
    tell(load({"strategy.yaml": text}))


@settings(max_examples=120)
@given(st.lists(PIECES, max_size=15).map("".join))
def test_any_text_behind_a_header_and_in_any_file_is_read_or_said(text):
    files = {
        "strategy.yaml": MINIMAL_HEADER + "people:\n  - id: zoe\n    name: " + text,
        "strategy/markets.yaml": text,
        "strategy/plays/a.yaml": "id: a\n" + text,
        "schema/custom.schema.json": text,
    }
    follow(load(files))


TEXT_SCHEMA = st.fixed_dictionaries(
    {"type": st.just("string")},
    optional={
        "enum": st.lists(st.sampled_from(["", "x", "zoe"]), min_size=1, unique=True),
        "x-ref": st.sampled_from(["people", "*", "nothing", ["markets", "people"]]),
        "x-audience": st.sampled_from(["internal", "board"]),
        "x-text": st.sampled_from(["plain", "prose"]),
        "pattern": st.sampled_from(["a", "^[0-9]d$", "x\\Z"]),
    },
)
OTHER_SCHEMA = st.one_of(
    st.fixed_dictionaries({"type": st.sampled_from(["integer", "number", "boolean"])}),
    st.fixed_dictionaries({"type": st.just("string"), "format": st.just("date")}),
    st.fixed_dictionaries(
        {
            "$ref": st.sampled_from(
                [
                    *(f"common.schema.json#/$defs/{name}" for name in ("prose", "interval")),
                    "nowhere.json",
                ]
            )
        }
    ),
)
JSON_SCHEMAS = st.recursive(
    st.one_of(TEXT_SCHEMA, OTHER_SCHEMA),
    lambda inner: st.one_of(
        st.fixed_dictionaries(
            {"type": st.just("array"), "items": inner}, optional={"x-order": st.just("set")}
        ),
        st.fixed_dictionaries(
            {
                "type": st.just("object"),
                "properties": st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
            }
        ),
    ),
    max_leaves=4,
)
DATA = st.recursive(
    st.sampled_from(
        [
            "",
            "x",
            "1",
            "yes",
            "9d",
            "2026-01-01",
            "zoe",
            "people/zoe",
            "[x](entry:people/zoe)",
            None,
        ]
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2), st.dictionaries(st.sampled_from("ab"), inner, max_size=2)
    ),
    max_leaves=4,
)


@settings(max_examples=100)
@given(JSON_SCHEMAS, DATA)
@example({"type": "string", "x-ref": "nothing"}, "")
@example({"type": "array", "x-order": "set", "items": {"type": "integer"}}, ["2", "1"])
@example({"type": "array", "items": {"type": "object", "properties": {}}}, [{}])
@example({"type": "string", "pattern": "x\\Z"}, "x")
def test_any_schema_of_the_companys_own_works_or_is_said(schema, value):
    group = {"type": "object", "properties": {"a": schema}}
    person = complete("people", {"id": "zoe", "custom": {"a": value}})
    files = {
        "strategy.yaml": json.dumps(
            {"strategy": dict(HEADER), "people": [person]}, ensure_ascii=False
        ),
        "schema/custom.schema.json": json.dumps({"$defs": {"people": group}}),
    }
    follow(load(files))


# Texts


def walk_texts(
    fields: Mapping[str, Field], route: tuple[str | int, ...] = ()
) -> Iterator[tuple[str | int, ...]]:
    """The route of every field that takes plain text or prose, one item deep in lists."""
    for name, field in fields.items():
        here: tuple[str | int, ...] = (*route, name)
        inner = field
        if field.item is not None:
            here, inner = (*here, 0), field.item
        if inner.type in ("plain", "prose"):
            yield here
        yield from walk_texts(inner.fields, here)


VOCABULARY = standard_vocabulary()
TEXT_FIELDS = [
    (kind, route) for kind in KINDS for route in walk_texts(VOCABULARY.kinds[kind].fields)
]
TEXT_FIELDS += [
    ("header", route) for route in walk_texts(VOCABULARY.header.fields) if route != ("timezone",)
]

FILL: Mapping[str, Any] = {"date": "2026-01-01", "day_or_month": "2026", "integer": 1, "number": 1}


def required_values(fields: Mapping[str, Field]) -> dict[str, Any]:
    """Values for the fields that a group must have; a reference leads to the entry itself."""
    values: dict[str, Any] = {}
    for name, field in fields.items():
        if field.required:
            names_kind = "offerings/one" if field.names_kind else "one"
            values[name] = next(
                iter(field.labels),
                FILL.get(field.type, names_kind if field.type == "reference" else "x"),
            )
    return values


def place_text(
    target: dict[str, Any], fields: Mapping[str, Field], route: tuple[str | int, ...], text: str
) -> None:
    """Put a text at a route of fields, with what the groups on the way must have."""
    name, *rest = route
    assert isinstance(name, str)
    field = fields[name]
    if rest and rest[0] == 0:
        assert field.item is not None
        group = required_values(field.item.fields)
        if len(rest) > 1:
            place_text(group, field.item.fields, tuple(rest[1:]), text)
        target[name] = [group] if len(rest) > 1 else [text]
    elif rest:
        group = target.setdefault(name, required_values(field.fields))
        place_text(group, field.fields, tuple(rest), text)
    else:
        target[name] = text


def write_with(kind: str, route: tuple[str | int, ...], text: str) -> str:
    """A strategy with a text at that route; every other text is quoted by the same rule."""
    header: dict[str, Any] = dict(HEADER)
    data: dict[str, Any] = {"offerings": [complete("offerings", {})], "strategy": header}
    if kind == "header":
        data["people"] = [complete("people", {})]  # a waiver has an owner
        place_text(header, VOCABULARY.header.fields, route, text)
    else:
        entry = complete(kind, {})
        place_text(entry, VOCABULARY.kinds[kind].fields, route, text)
        data[kind] = [entry]
    return json.dumps(data, ensure_ascii=False, indent=1)


def value_at(loaded: Loaded, kind: str, route: tuple[str | int, ...]) -> Any:
    assert loaded.strategy is not None
    return value_in(
        loaded.strategy.header if kind == "header" else loaded.strategy.of(kind)[0], route
    )


def value_in(value: Any, route: tuple[str | int, ...]) -> Any:
    for step in route:
        value = (
            value[step]
            if isinstance(step, int)
            else getattr(value, "from_" if step == "from" else step)
        )
    return value


ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
SIGNS = st.text(alphabet="-:#&*!|>'\"%@`{}[],?\\<=~ abc()entry/_$.", min_size=1, max_size=30)
ONE_LINE = st.one_of(
    SIGNS,
    st.text(
        st.characters(exclude_categories=["C", "Z"], include_characters=" "),
        min_size=1,
        max_size=60,
    ),
)


@settings(max_examples=120)
@given(st.sampled_from(TEXT_FIELDS), ANY_TEXT)
def test_any_text_in_any_field_is_read_or_said(field, text):
    kind, route = field
    follow(load({"strategy.yaml": write_with(kind, route, text)}))


@settings(max_examples=120)
@given(st.sampled_from(TEXT_FIELDS), ONE_LINE)
def test_a_text_in_quotes_is_read_as_it_was_written(field, text):
    kind, route = field
    loaded = load({"strategy.yaml": write_with(kind, route, text)})
    if not text.strip():
        assert [problem.rule for problem in loaded.problems] == ["empty-value"]
    elif "](entry:" not in text:
        assert loaded.problems == ()
        assert value_at(loaded, kind, route).strip() == text.strip()
        render(loaded)


@settings(max_examples=200)
@given(ONE_LINE)
def test_a_text_as_a_yaml_writer_writes_it_is_read_as_it_was_meant(text):
    written = yaml.safe_dump([{"id": "a", "name": text}], allow_unicode=True, width=10_000)
    read = read_source("a.yaml", written.encode())
    assert read.problems == ()
    assert read.source.data == [{"id": "a", "name": text}]


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


@settings(max_examples=120)
@given(st.lists(LINK_PIECES, max_size=12).map("".join))
@example("[see [1] here](entry:markets/hidden)")
@example('[a](entry:markets/hidden "Secret (plan)")')
@example("[a](entry:markets/hidden (Secret plan))")
@example("[[a](entry:markets/one)](entry:markets/hidden)")
@example("| x |\n|---|\n| [a\\|b](entry:markets/hidden) |")
@example("> [a\n> b](entry:markets/hidden)")
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


# Mutations

MEDIUM_LINES = yaml.safe_dump(
    {"strategy": dict(MEDIUM_HEADER), **write_medium()}, allow_unicode=True, sort_keys=False
).splitlines()


@settings(max_examples=80)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["delete", "double", "cut", "indent", "swap", "insert"]),
            st.integers(0, len(MEDIUM_LINES) - 1),
            st.integers(0, 40),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_a_slip_of_the_hand_is_read_or_said(slips):
    lines = list(MEDIUM_LINES)
    for what, where, column in slips:
        at = min(where, len(lines) - 1)
        line = lines[at]
        lines[at : at + 1] = {
            "delete": [],
            "double": [line, line],
            "cut": [line[:column]],
            "indent": [" " * (column % 5 + 1) + line],
            "swap": [*lines[at + 1 : at + 2], line],
            "insert": [line[:column] + "-:#&*!|>'\"%@`{}[]\t"[column % 18] + line[column:]],
        }[what]
        lines = lines or [""]
    follow(load({"strategy.yaml": "\n".join(lines) + "\n"}))


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(MEDIUM_LINES) - 1),
            st.sampled_from(["\t", ": ", "@", "“", "*", "x", "#", "-", "'", "["]),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_mending_by_machine_harms_nothing(slips):
    lines = list(MEDIUM_LINES)
    for where, sign in slips:
        head, colon, tail = lines[where].partition(": ")
        lines[where] = f"{head}{colon}{sign}{tail}" if colon else sign + head
    text = "\n".join(lines) + "\n"
    before = load({"strategy.yaml": text})
    mended = mend_texts({"strategy.yaml": text}, lambda texts: load(texts).problems)
    if not mended:
        return
    after = load({"strategy.yaml": mended[0].after})
    assert len(mended[0].after.splitlines()) == len(text.splitlines())
    assert mend_texts({"strategy.yaml": mended[0].after}, lambda texts: load(texts).problems) == []
    rules = {problem.rule for problem in before.problems}
    if (
        before.strategy is not None
        and after.strategy is not None
        and "broken-reference" not in rules
    ):
        changed = [
            entry.key
            for entry in before.strategy
            if after.strategy.find(entry.key) not in (entry, None)
        ]
        assert changed == []


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


@settings(max_examples=12)
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


@settings(max_examples=12)
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


@settings(max_examples=12)
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


@settings(max_examples=30)
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


@settings(max_examples=500)
@given(
    TARGET, ADDRESS, st.sampled_from(["https://example.com/", "https://example.com/playbook/v2/"])
)
def test_a_relative_link_leads_to_its_target(target, page, root):
    link = relative_address(target, page)
    assert link
    assert not link.startswith("/")
    assert urljoin(root + page, link) == root + target


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


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map("".join))
@settings(max_examples=1500)
def test_prose_read_the_quick_way_is_what_the_parser_makes_of_it(text: str) -> None:
    def resolve(target: str) -> str | None:
        return f"../{target}/?a=1&b=2" if "dairies" in target else None

    assert render_prose(text, resolve) == markdown._render(text, resolve)
    assert list(markdown.find_entry_links(text)) == list(
        markdown._find_entry_links(text, markdown._prose)
    )
