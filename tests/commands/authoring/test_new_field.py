"""`playbook new field` and `playbook upgrade --convert`."""

import json

import pytest

from generator.files.tree import FolderTree
from generator.loading.loader import load_strategy
from generator.model.entry import Key
from tests.playbooks import run_playbook
from tests.sample import MINIMAL_HEADER

PEOPLE = "people:\n- id: ben\n  name: Ben\n  role: Sells\n"


@pytest.fixture
def root(tmp_path):
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nplugins: [playbook]\n")
    (tmp_path / "strategy.yaml").write_text(MINIMAL_HEADER + PEOPLE)
    return tmp_path


def own_of(root):
    loaded = load_strategy(FolderTree(root))
    assert loaded.problems == (), [one.title for one in loaded.problems]
    return loaded.vocabulary.kinds["people"].own


def test_a_field_is_described_by_one_command(root):
    words = ("new", "field", "people")
    assert run_playbook(*words, "Favourite desk", "--after", "role", cwd=root).returncode == 0
    said = run_playbook(
        *words, "Desk size", "--as", "choice", "--choices", "small, large", "--filter", cwd=root
    )
    assert said.stdout == (
        "Described desk_size in schema/custom.yaml. In an entry of people, write desk_size: and its value.\n"
    )
    own = own_of(root)
    assert (own["favourite_desk"].title, own["favourite_desk"].after) == ("Favourite desk", "role")
    assert (list(own["desk_size"].labels), own["desk_size"].is_filter) == (["small", "large"], True)
    text = (root / "schema/custom.yaml").read_text()
    (root / "schema/custom.yaml").write_text(text.replace("fields:", "fields: # ours", 1))
    assert run_playbook(*words, "Chair", cwd=root).returncode == 0
    assert "fields: # ours" in (root / "schema/custom.yaml").read_text()
    assert "desk_size" in (root / "schema/custom.schema.json").read_text()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("peopel", "Desk"), 'did you mean "people"?'),
        (("people",), "name the kind that gets it, and its title"),
        (("people", "名"), "write it with Latin letters"),
        (("people", "Role"), "such as our_role"),
        (("people", "Desk", "--as", "choice"), "choice needs choices"),
        (("people", "Desk", "--after", "roel"), 'Did you mean "role"?'),
        (("people", "Desk", "--as", "reference", "--refers-to", "market"), '"markets"?'),
    ],
)
def test_what_cannot_be_a_field_is_refused_and_nothing_is_written(root, words, said):
    result = run_playbook("new", "field", *words, cwd=root)
    assert result.returncode == 2
    assert said in result.stderr
    assert not (root / "schema").exists()


BY_HAND = {
    "$defs": {
        "people": {
            "type": "object",
            "additionalProperties": False,
            "required": ["desk"],
            "properties": {
                "desk": {"title": "Desk", "description": "Where.", "type": "string"},
                "size": {"enum": ["s", "l"], "x-labels": {"s": "s", "l": "l"}},
                "since": {"$ref": "common.schema.json#/$defs/date", "x-audience": "leadership"},
                "helps": {
                    "type": "array",
                    "items": {"$ref": "common.schema.json#/$defs/reference", "x-ref": "people"},
                },
            },
        }
    }
}
VALUES = "  custom: {desk: 4th floor, size: l, since: 2026-01-02, helps: [ben]}\n"


def test_a_schema_written_by_hand_becomes_a_description(root):
    (root / "schema").mkdir()
    (root / "schema/custom.schema.json").write_text(json.dumps(BY_HAND))
    (root / "strategy.yaml").write_text(MINIMAL_HEADER + PEOPLE + VALUES)
    before = load_strategy(FolderTree(root)).strategy.find(Key("people", "ben"))
    said = run_playbook("upgrade", "--convert", cwd=root)
    assert "wrote    schema/custom.yaml with 4 fields" in said.stdout
    own = own_of(root)
    assert (own["since"].type, own["since"].audience, own["desk"].required) == (
        "date",
        "leadership",
        True,
    )
    assert load_strategy(FolderTree(root)).strategy.find(Key("people", "ben")) == before
    again = run_playbook("upgrade", "--convert", cwd=root)
    assert "no schema/custom.schema.json that was written by hand" in again.stderr


def test_what_a_description_cannot_say_is_kept_by_hand(root):
    (root / "schema").mkdir()
    schema = {"$defs": {"people": {"properties": {"desk": {"type": "string", "pattern": "^a"}}}}}
    (root / "schema/custom.schema.json").write_text(json.dumps(schema))
    result = run_playbook("upgrade", "--convert", cwd=root)
    assert (result.returncode, "desk of people says more" in result.stderr) == (2, True)
    assert not (root / "schema/custom.yaml").exists()
