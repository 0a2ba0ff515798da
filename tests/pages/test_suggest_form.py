"""The form in which readers propose a change: what the browser is given of an edition, and what its
scripts make of it.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.editing.edit_notes import plan_notes, read_notes
from generator.editing.edit_notes.merging import is_same
from generator.files.tree import FolderTree
from generator.loading.loader import load_strategy
from generator.model.addresses import PLAIN
from generator.model.builder import build_entry
from generator.model.edition import Edition, choose_edition
from generator.model.entry import Key
from generator.pages.feedback_link import Desk
from generator.pages.suggest_form import Proposals, list_form_files
from generator.pages.suggest_form.entry_values import describe_entry
from generator.pages.suggest_form.form_fields import describe_fields
from generator.problems.problem import Place
from generator.schema.vocabulary import KINDS, PROTECTED, standard_vocabulary
from generator.schema.words import read_words
from tests.editing.layouts import sample_entry, write_file
from tests.node import run_in_node
from tests.playbooks import ROOT
from tests.sample import MINIMAL_HEADER, MemoryTree

BROWSER = Path(__file__).parents[2] / "generator/pages/suggest_form/browser"
DAY = date(2026, 11, 22)
HIDDEN = """\
- id: too-dear
  says: Too dear
  category: price
  respond: It pays back, see [the case](entry:proof/secret).
  also_said: [Dear]
  proof: [open, secret]
- id: for-the-board
  audience: leadership
  says: Zqvx
  category: price
  respond: Zqvx.
"""
PROOF = """\
- id: open
  statement: A case that all may read.
  kind: customer
  source: Us
  date: 2026-01-05
- id: secret
  audience: leadership
  statement: Zqvx saved a million.
  kind: customer
  source: Us
  date: 2026-01-05
"""


def make_edition(files: dict[str, str], audience: str = "internal") -> Edition:
    loaded = load_strategy(MemoryTree({"strategy.yaml": MINIMAL_HEADER, **files}))
    assert loaded.strategy is not None, loaded.problems
    return choose_edition(loaded.strategy, loaded.vocabulary, audience, DAY, drafts=True)


def write_form(edition: Edition, desk: Desk | None = None) -> dict[str, bytes]:
    """The files of the form, by their paths; its scripts apart."""
    found = list_form_files(edition, Proposals("abc1234"), desk, read_words("en"), PLAIN)
    return {asset.path: asset.content for asset in found if asset.path.endswith(".json")}


@pytest.mark.parametrize("kind", KINDS)
def test_the_form_begins_with_what_the_file_says(kind: str) -> None:
    """Else the note would not be taken: each field changes only where it says what its proposer saw."""
    described = standard_vocabulary().kinds[kind]
    entry = sample_entry(described)
    text, _ = write_file(kind, entry, "block", "list")
    tree = MemoryTree({"strategy.yaml": MINIMAL_HEADER, f"strategy/{kind}.yaml": text})
    loaded = load_strategy(tree)
    written = loaded.locator.find(Key(kind, entry["id"]))
    assert written is not None
    edition = make_edition({}, "leadership")
    given = describe_entry(build_entry(described, written.value, Place("")), edition)
    fields = json.loads(write_form(edition)[f"assets/suggest/kinds/{kind}.json"])["fields"]
    assert not {field["path"] for field in fields} & PROTECTED
    for path, value in given["values"].items():
        assert is_same(value, written.value.get(path)), path
    left = set(written.value) - set(given["values"]) - PROTECTED - {"former_ids", "custom"}
    assert all(written.value[name] == described.fields[name].default for name in left), left


def test_nothing_that_a_reader_does_not_get_is_in_the_form() -> None:
    files = write_form(
        make_edition({"strategy/objections.yaml": HIDDEN, "strategy/proof.yaml": PROOF})
    )
    assert not any(b"zqvx" in content.lower() or b"secret" in content for content in files.values())
    given = json.loads(files["assets/suggest/entries/objections-0.json"])
    assert list(given) == ["too-dear"]
    given = given["too-dear"]
    assert given["values"]["proof"] == ["open"]
    assert (given["locked"], given["shortened"]) == (["respond"], ["proof"])
    assert given["names"] == {"proof/open": "A case that all may read."}
    assert max(map(len, files.values())) <= 100_000
    named = {path for path, content in files.items() if b"abc1234" in content}
    assert named == {"assets/suggest/form.json"}


def test_every_entry_lies_in_the_file_that_begins_at_or_before_its_id() -> None:
    ids = [f"too-dear-{number}" for number in range(40)]
    objections = "".join(
        f"- id: {one}\n  says: It is dear\n  category: price\n  respond: No.\n" for one in ids
    )
    files = write_form(make_edition({"strategy/objections.yaml": objections}))
    begins = json.loads(files["assets/suggest/form.json"])["parts"]["objections"]
    assert len(begins) == 3
    for number, first in enumerate(begins):
        inside = list(json.loads(files[f"assets/suggest/entries/objections-{number}.json"]))
        assert inside[0] == first
        assert inside == [one for one in sorted(ids) if first <= one][: len(inside)]
        ids = [one for one in ids if one not in inside]
    assert ids == []


def test_leadership_gets_every_field_whole() -> None:
    edition = make_edition(
        {"strategy/objections.yaml": HIDDEN, "strategy/proof.yaml": PROOF}, "leadership"
    )
    given = json.loads(write_form(edition)["assets/suggest/entries/objections-0.json"])["too-dear"]
    assert (given["locked"], given["shortened"]) == ([], [])


def run(code: str, given: Any) -> Any:
    """What the form's scripts make of something."""
    names = {"values.js": "*", "shape.js": "*", "note.js": "*"}
    loads = "\n".join(
        f"const {name.removesuffix('.js')} = await import({json.dumps((BROWSER / name).as_uri())});"
        for name in names
    )
    return run_in_node(f"{loads}\n{code}", given)


FIELDS = [
    {
        "path": "says",
        "title": "Says",
        "type": "plain",
        "required": True,
        "limits": {"maxLength": 9},
    },
    {"path": "seen", "title": "Seen", "type": "list", "is_set": True, "item": {"type": "plain"}},
    {"path": "steps", "title": "Steps", "type": "list", "item": {"type": "plain"}},
    {"path": "rank", "title": "Rank", "type": "integer", "limits": {"minimum": 1, "maximum": 5}},
    {"path": "day", "title": "Day", "type": "date", "limits": {"pattern": "^[0-9]{4}-.*$"}},
    {
        "path": "price",
        "title": "Price",
        "type": "object",
        "fields": [
            {"path": "amount", "title": "Amount", "type": "number"},
            {"path": "per", "title": "Per", "type": "plain", "required": True},
        ],
    },
]
BEFORE = {
    "says": "a",
    "seen": ["x", "y"],
    "steps": ["1", "2", "3"],
    "price": {"amount": 1, "per": "t"},
}


@pytest.mark.parametrize(
    ("more", "changes"),
    [
        ({"says": " a "}, []),
        ({"says": "b"}, [{"field": "says", "from": "a", "to": "b"}]),
        ({"seen": ["y", "z"]}, [{"field": "seen", "add": ["z"], "remove": ["x"]}]),
        ({"seen": ["y", "x", ""]}, []),
        ({"steps": ["1", "2", "3", "4"]}, [{"field": "steps", "add": ["4"]}]),
        ({"steps": ["1", "3"]}, [{"field": "steps", "remove": ["2"]}]),
        ({"steps": ["1", "b", "3"]}, [{"field": "steps[1]", "from": "2", "to": "b"}]),
        (
            {"steps": ["3", "1", "2"]},
            [{"field": "steps", "from": ["1", "2", "3"], "to": ["3", "1", "2"]}],
        ),
        (
            {"price": {"amount": 2.5, "per": "t"}},
            [{"field": "price.amount", "from": 1, "to": 2.5}],
        ),
        ({"price": {}}, [{"field": "price", "from": {"amount": 1, "per": "t"}, "to": None}]),
        ({"rank": 3}, [{"field": "rank", "from": None, "to": 3}]),
    ],
)
def test_changes_name_what_was_touched_and_nothing_else(
    more: dict[str, Any], changes: list[Any]
) -> None:
    given = [FIELDS, BEFORE, {**BEFORE, **more}]
    assert run("return values.listChanges(...given);", given) == changes


def test_a_list_that_a_reader_does_not_see_whole_changes_by_item() -> None:
    given = [FIELDS, BEFORE, {**BEFORE, "steps": ["3", "b"]}, ["steps"]]
    assert run("return values.listChanges(...given);", given) == [
        {"field": "steps", "add": ["b"], "remove": ["1", "2"]}
    ]


@pytest.mark.parametrize(
    ("more", "faults"),
    [
        ({}, []),
        ({"says": " "}, [["says", "fault_required"]]),
        ({"says": "a\nb"}, [["says", "fault_line"]]),
        ({"says": "abcdefghijk"}, [["says", "fault_long"]]),
        ({"rank": 9}, [["rank", "fault_most"]]),
        ({"rank": 1.5}, [["rank", "fault_whole"]]),
        ({"rank": "many"}, [["rank", "fault_number"]]),
        ({"day": "2026-02-30"}, [["day", "fault_form"]]),
        ({"price": {"amount": 3}}, [["price.per", "fault_required"]]),
        ({"seen": ["x", "y", "x"]}, [["seen[2]", "fault_twice"]]),
    ],
)
def test_a_wrong_shape_is_said_where_it_stands(more: dict[str, Any], faults: list[Any]) -> None:
    code = "return shape.listFaults(...given).map(({ path, word }) => [path, word]);"
    assert run(code, [FIELDS, {**BEFORE, **more}]) == faults


def test_what_is_sent_is_what_apply_reads() -> None:
    """Also where a text has fences, quotes and line ends of its own."""
    said = 'Say "so":\n\n```\n~~~ not `code` ~~~\n```'
    changes = [{"field": "respond", "from": None, "to": said}]
    about = {"base": {"commit": "abc1234"}, "entry": "objections/a", "changes": changes}
    code = """
    const made = note.makeNote({ ...given, isNew: false, why: " Heard so. ", by: "" });
    const ways = [{ way: "issue", link: "https://x/new?title={title}&body={body}" }, { way: "mail", link: "mailto:a@b?subject={title}&body={body}" }];
    const long = { ...made, why: "y".repeat(4900) };
    return [note.writeBody(made, "A"), note.writeBody(made, "A", true), ...[made, long].flatMap((one) => ways.map((way) => note.makeLink(way, "T", one, "A", "paste").isWhole))];
    """
    spread, short, *whole = run(code, about)
    for body in (spread, short):
        [read] = read_notes(body.encode())
        assert (read.key, read.why) == (Key("objections", "a"), "Heard so.")
        assert read.changes[0].after == said
    assert whole == [True, True, True, False]


def test_a_link_leads_where_leadership_listens() -> None:
    edition = make_edition({"strategy/objections.yaml": HIDDEN, "strategy/proof.yaml": PROOF})
    desk = Desk("github", "https://github.com/acme/playbook", mail="us@acme.example")
    ways = json.loads(write_form(edition, desk)["assets/suggest/form.json"])["ways"]
    assert ways == [
        {
            "way": "issue",
            "link": "https://github.com/acme/playbook/issues/new?title={title}&body={body}",
        },
        {"way": "mail", "link": "mailto:us@acme.example?subject={title}&body={body}"},
    ]
    alone = replace(desk, way="mail", address="us@acme.example", mail="")
    assert len(json.loads(write_form(edition, alone)["assets/suggest/form.json"])["ways"]) == 1


def test_a_status_that_is_not_written_is_the_one_that_is_meant() -> None:
    """The form shows it as the schema has it, and the note is taken all the same."""
    tree = MemoryTree({"strategy.yaml": MINIMAL_HEADER, "strategy/proof.yaml": PROOF})
    changes = [{"field": "status", "from": "approved", "to": "deprecated"}]
    note = {"format": 1, "entry": "proof/open", "changes": changes}
    made = plan_notes(tree, load_strategy(tree), read_notes(json.dumps(note).encode()))
    assert [one.state for one in made.outcomes] == ["applied"]


def _edit(value: Any, field: dict[str, Any]) -> Any:
    """A value with one word more; None where that cannot be."""
    if field["type"] in ("plain", "prose"):
        return f"{value} quokka"
    if field["type"] == "list":
        last = _edit(value[-1], field["item"])
        return None if last is None else [*value[:-1], last]
    if field["type"] == "object":
        for inner in field["fields"]:
            if inner["path"] in value:
                edited = _edit(value[inner["path"]], inner)
                if edited is not None:
                    return {**value, inner["path"]: edited}
    return None


def test_two_hundred_edits_change_the_letters_of_their_values_alone() -> None:
    """One word more in a field of each entry of three strategies, by the form's own scripts."""
    edits = 0
    for folder in (ROOT, ROOT / "examples/posthog", ROOT / "examples/sourcegraph"):
        tree = FolderTree(folder)
        loaded = load_strategy(tree)
        assert loaded.strategy is not None
        edition = choose_edition(loaded.strategy, loaded.vocabulary, "internal", DAY)
        given = []
        for n, entry in enumerate(edition.strategy):
            begun = describe_entry(entry, edition)
            fields = describe_fields(edition.vocabulary.kinds[entry.KIND].fields, edition)
            found = [
                (field["path"], edited)
                for field in fields
                if field["path"] in begun["values"]
                and (edited := _edit(begun["values"][field["path"]], field)) is not None
            ]
            path, edited = found[n % len(found)]
            after = {**begun["values"], path: edited}
            given.append([begun["entry"], fields, begun["values"], after])
        changes = run("return given.map(([, ...one]) => values.listChanges(...one));", given)
        notes = [
            {"format": 1, "entry": entry, "changes": made}
            for (entry, *_), made in zip(given, changes, strict=True)
        ]
        plan = plan_notes(tree, loaded, read_notes(json.dumps(notes).encode()))
        assert [one for one in plan.outcomes if one.state != "applied"] == []
        for path, text in plan.files.items():
            before = tree.read_bytes(path).decode()
            assert "".join(text.replace("quokka", "").split()) == "".join(before.split()), path
        edits += len(notes)
    assert edits > 200
