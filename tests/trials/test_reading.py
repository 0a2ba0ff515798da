"""Whatever bytes, text or YAML a strategy holds, it is read or said."""

from __future__ import annotations

import json
import re
from bisect import bisect

import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from generator.model.entry import Key
from generator.model.strategy import Strategy
from generator.problems.fixes import mend_texts
from generator.syntax.document import read_document
from generator.syntax.encoding import compose
from tests.sample import HEADER, MEDIUM_HEADER, MINIMAL_HEADER, complete, write_medium
from tests.trials.amount import examples
from tests.trials.contents import (
    ANY_TEXT,
    ONE_LINE,
    TEXT_FIELDS,
    follow,
    load,
    render,
    tell,
    value_at,
    write_with,
)

# Bytes


@examples(100)
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


@examples(200)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_yaml_like_text_is_read_or_said(text):
    read = read_document("strategy.yaml", text.encode())
    assert read.problems or read.document.data is not None
    tell(load({"strategy.yaml": text}))


@examples(80)
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


@examples(50)
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


@examples(80)
@given(st.sampled_from(TEXT_FIELDS), ANY_TEXT)
def test_any_text_in_any_field_is_read_or_said(field, text):
    kind, route = field
    follow(load({"strategy.yaml": write_with(kind, route, text)}))


@examples(80)
@given(st.sampled_from(TEXT_FIELDS), ONE_LINE)
@example(("header", ("checks", "rules", 0, "when", 0, "is", 0)), "-")
@example(("people", ("name",)), "\u1fe3")
def test_a_text_in_quotes_is_read_as_it_was_written(field, text):
    kind, route = field
    loaded = load({"strategy.yaml": write_with(kind, route, text)})
    if not text.strip():
        assert [problem.rule for problem in loaded.problems] == ["empty-value"]
    elif "](entry:" not in text:
        assert loaded.problems == ()
        assert value_at(loaded, kind, route).strip() == compose(text).strip()
        render(loaded)


@examples(200)
@given(ONE_LINE)
@example("\u1fe3")
def test_a_text_as_a_yaml_writer_writes_it_is_read_as_it_was_meant(text):
    written = yaml.safe_dump([{"id": "a", "name": text}], allow_unicode=True, width=10_000)
    read = read_document("a.yaml", written.encode())
    assert read.problems == ()
    assert read.document.data == [{"id": "a", "name": compose(text)}]


# Mutations

MEDIUM_LINES = yaml.safe_dump(
    {"strategy": dict(MEDIUM_HEADER), **write_medium()}, allow_unicode=True, sort_keys=False
).splitlines()


@examples(40)
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


@examples(15)
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
@example([(85, "#")])
@example([(64, "“")])
@example([(64, "x")])
@example([(23, "'")])
@example([(110, "[")])
@example([(78, "*")])
@example([(137, "“"), (136, "“")])
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
        assert set(changed) <= list_uncovered(before.strategy, text, mended[0].after)


def list_uncovered(strategy: Strategy, before: str, after: str) -> set[Key]:
    """The entries that get back a value which a sign of YAML's own had taken: they alone may be others."""
    pairs = enumerate(zip(before.splitlines(), after.splitlines(), strict=True), 1)
    lines = [line for line, (old, new) in pairs if old != new and re.search(r"(: |- )[#*]", old)]
    entries = sorted(strategy, key=lambda entry: entry.place.line)
    starts = [entry.place.line for entry in entries]
    return {entries[bisect(starts, line) - 1].key for line in lines if bisect(starts, line)}
