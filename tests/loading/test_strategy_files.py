import json

import pytest

from generator.files.tree import FolderTree
from generator.loading.strategy_files import read_manuscript
from generator.problems.fixes import apply_edits
from tests.sample import MINIMAL_HEADER, MemoryTree, write_strategy

PERSON = "id: zoe\nname: Zoe\nrole: Leads sales\n"
PEOPLE = "- id: zoe\n  name: Zoe\n  role: Leads sales\n"


@pytest.fixture
def read(make_strategy):
    return lambda files=None: read_manuscript(FolderTree(make_strategy(files)))


def custom_schema(**groups):
    """The text of a schema of the company's own; each group describes the fields of a kind."""
    described = {name: {"type": "object", **group} for name, group in groups.items()}
    return json.dumps(
        {"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": described}
    )


@pytest.mark.parametrize(
    "files",
    [
        {"strategy.yaml": MINIMAL_HEADER + "people:\n" + PEOPLE},
        {"strategy/people.yaml": PEOPLE},
        {"strategy/people.yml": PEOPLE},
        {"strategy/people/zoe.yaml": PERSON},
    ],
)
def test_an_entry_is_read_wherever_it_may_stand(read, files):
    manuscript = read(files)
    assert manuscript.problems == []
    assert [(written.kind.key, written.id, written.sound) for written in manuscript.entries] == [
        ("people", "zoe", True)
    ]
    assert manuscript.header is not None


@pytest.mark.parametrize(
    ("files", "file", "title", "fix"),
    [
        (
            {"strategy/objection.yaml": PEOPLE},
            "strategy/objection.yaml",
            "the place of this file",
            "Rename it to objections.yaml",
        ),
        (
            {"strategy/notes.yaml": "- id: zoe\n  name: Zoe\n"},
            "strategy/notes.yaml",
            "the place of this file",
            "Kinds are: markets,",
        ),
        (
            {"strategy/people/a/zoe.yaml": PERSON},
            "strategy/people/a/zoe.yaml",
            "the place",
            "strategy/people/zoe.yaml",
        ),
        (
            {"strategy/people.csv": "x"},
            "strategy/people.csv",
            "this file in the folder strategy is not read",
            "copy its rows into strategy/people.yaml",
        ),
        (
            {"strategy/people.yaml": PERSON},
            "strategy/people.yaml",
            "a list of people belongs here",
            "Put a dash",
        ),
        (
            {"strategy/people.yaml": "people:\n" + PEOPLE},
            "strategy/people.yaml",
            "a list of",
            'Delete the line "people:"',
        ),
        (
            {"strategy/people/zoe.yaml": PEOPLE},
            "strategy/people/zoe.yaml",
            "this file must hold one person",
            "Take away",
        ),
        (
            {"strategy/people/zoë.yaml": PERSON},
            "strategy/people/zoë.yaml",
            'this entry is called "zoe"',
            "zoe.yaml",
        ),
        (
            {"strategy/people/adam.yaml": PERSON},
            "strategy/people/adam.yaml",
            'this entry is called "zoe"',
            "id: adam",
        ),
        (
            {"strategy/people.yaml": ""},
            "strategy/people.yaml",
            "this file is empty",
            "delete the file",
        ),
        (
            {"strategy.yaml": "hello"},
            "strategy.yaml",
            "strategy.yaml must begin with strategy:",
            "at the top",
        ),
        (
            {"strategy.yaml": "people:\n" + PEOPLE},
            "strategy.yaml",
            "the header of the strategy is missing",
            "strategy:",
        ),
        (
            {"strategy.yaml": "strategy:\n"},
            "strategy.yaml",
            "the header of the strategy is missing",
            "strategy:",
        ),
        (
            {"strategy.yaml": MINIMAL_HEADER + "peopel: []"},
            "strategy.yaml",
            '"peopel" is not a kind',
            'mean "people"',
        ),
        (
            {"strategy.yaml": MINIMAL_HEADER + "people: zoe"},
            "strategy.yaml",
            "a list of people belongs here",
            "dash",
        ),
    ],
)
def test_a_file_that_does_not_fit_is_told_why(read, files, file, title, fix):
    [problem] = read(files).problems
    assert problem.place.file == file
    assert problem.title.startswith(title)
    assert fix in problem.fix


@pytest.mark.parametrize(
    "path", ["strategy/README.md", "strategy/people/notes.txt", "strategy/.people.yaml.swp"]
)
def test_notes_beside_the_entries_are_left_alone(read, path):
    manuscript = read({path: "anything"})
    assert manuscript.problems == []
    assert manuscript.files == ["strategy.yaml"]


def test_without_a_strategy_the_author_is_told_how_to_begin(tmp_path):
    [problem] = read_manuscript(FolderTree(tmp_path)).problems
    assert problem.title == "there is no strategy.yaml here"
    assert problem.why == "It holds the header of the strategy and is where reading begins."


def test_a_missing_header_is_said_beside_other_faults(read):
    rules = [
        problem.rule
        for problem in read({"strategy.yaml": "people:\n- id: zoe\n  name: Zoe\n"}).problems
    ]
    assert sorted(rules) == ["missing-field", "missing-header"]


def test_a_header_that_could_not_be_read_is_not_said_to_be_missing(read):
    manuscript = read({"strategy.yaml": "strategy: &x\npeople:\n" + PEOPLE})
    assert [problem.rule for problem in manuscript.problems] == ["anchor"]


def test_a_folder_in_the_place_of_a_file_is_said(make_strategy):
    root = make_strategy()
    (root / "strategy.yaml").unlink()
    (root / "strategy.yaml").mkdir()
    [problem] = read_manuscript(FolderTree(root)).problems
    assert problem.title == "this file cannot be read: it is a folder"


def test_one_broken_file_does_not_silence_the_others(read):
    manuscript = read(
        {
            "strategy/people.yaml": b"\xff",
            "strategy/plays.yaml": "- id: a\n",
            "strategy/stages/x.yaml": "{",
        }
    )
    assert {problem.place.file for problem in manuscript.problems} == {
        "strategy/people.yaml",
        "strategy/plays.yaml",
        "strategy/stages/x.yaml",
    }


@pytest.mark.parametrize(
    ("schema", "part"),
    [
        ("{", "line 1"),
        ("[]", "it must be an object"),
        ('{"$defs": []}', "object"),
        ('{"$defs": {"people": true}}', ""),
        (custom_schema(people={"properties": {"a": {"$ref": "#/$defs/missing"}}}), "missing"),
        (custom_schema(people={"properties": {"a": {"pattern": "("}}}), "("),
        (
            custom_schema(people={"properties": {"a": {"type": "string", "x-ref": "nothing"}}}),
            "nothing",
        ),
        (custom_schema(people={"allOf": [{"$ref": "missing.schema.json"}]}), "missing"),
        (custom_schema(people={"allOf": [{"$ref": "https://example.com/x.json"}]}), "example.com"),
        (custom_schema(people={"properties": {"a": {"type": "string", "pattern": "a\\Z"}}}), "\\Z"),
    ],
)
def test_a_faulty_schema_of_the_companys_own_is_a_problem_and_nothing_else_fails(
    read, schema, part
):
    manuscript = read(
        {"schema/custom.schema.json": schema, "strategy/people.yaml": PEOPLE + "  custom: {}\n"}
    )
    [problem] = manuscript.problems
    assert (problem.rule, problem.place.file) == ("custom-schema", "schema/custom.schema.json")
    assert part in f"{problem.title} line {problem.place.line}"
    assert [written.id for written in manuscript.entries] == ["zoe"]


@pytest.mark.parametrize("target", ["#/$defs/people", "#/$defs/people/properties/a"])
def test_a_schema_that_refers_to_itself_neither_hangs_nor_fails(read, ends, target):
    schema = custom_schema(people={"properties": {"a": {"$ref": target}}})
    with ends():
        manuscript = read(
            {
                "schema/custom.schema.json": schema,
                "strategy/people.yaml": PEOPLE + "  custom: {a: x}\n",
            }
        )
    assert manuscript.problems


def test_fields_of_the_companys_own_need_not_be_said_to_be_an_object(read):
    text = json.dumps({"$defs": {"people": {"properties": {"since": {"type": "integer"}}}}})
    manuscript = read(
        {
            "schema/custom.schema.json": text,
            "strategy/people.yaml": PEOPLE + "  custom: {since: 7}\n",
        }
    )
    assert manuscript.problems == []
    assert manuscript.entries[0].value["custom"] == {"since": 7}


@pytest.mark.parametrize("schema", [{"type": ["string", "null"]}, True, {"enum": [["a"]]}])
def test_a_message_about_a_schema_does_not_speak_of_python(read, schema):
    text = custom_schema(people={"properties": {"a": schema}})
    for problem in read({"schema/custom.schema.json": text}).problems:
        for inner in ("unhashable", "argument of type", "NoneType", "object is not", "iterable"):
            assert inner not in problem.title


@pytest.mark.parametrize(
    ("schema", "written", "value"),
    [
        ({"type": "integer", "enum": [1, 2]}, "1", 1),
        ({"type": ["string", "null"]}, "x", "x"),
        ({"type": "boolean"}, "yes", True),
        ({"type": "number"}, "1.5", 1.5),
        ({"type": "array", "items": {"type": "integer"}}, "[1, 2]", [1, 2]),
        ({"const": 3, "type": "integer"}, "3", 3),
    ],
)
def test_a_field_of_the_companys_own_takes_what_its_schema_allows(read, schema, written, value):
    text = custom_schema(people={"type": "object", "properties": {"a": schema}})
    manuscript = read(
        {
            "schema/custom.schema.json": text,
            "strategy/people.yaml": f"{PEOPLE}  custom: {{a: {written}}}\n",
        }
    )
    assert manuscript.problems == []
    assert manuscript.entries[0].value["custom"] == {"a": value}


def test_a_field_that_the_company_did_not_describe_is_said(read):
    [problem] = read({"strategy/people.yaml": PEOPLE + "  custom: {region: north}\n"}).problems
    assert problem.title == '"region" is not a field of "custom" in this person'


@pytest.mark.parametrize(
    ("files", "fix"),
    [
        ({"Strategy.yaml": MINIMAL_HEADER}, "Rename Strategy.yaml to strategy.yaml."),
        (
            {"strategy/strategy.yaml": MINIMAL_HEADER},
            "Move strategy/strategy.yaml to strategy.yaml, one folder up.",
        ),
    ],
)
def test_a_header_that_lies_elsewhere_is_noticed(files, fix):
    [problem] = read_manuscript(MemoryTree(files)).problems
    assert (problem.rule, problem.fix) == ("missing-file", fix)


def test_of_an_empty_header_it_is_said_what_belongs_there():
    [problem] = read_manuscript(MemoryTree({"strategy.yaml": "# soon\n"})).problems
    assert problem.rule == "empty-file"
    assert problem.fix.startswith("Begin it with strategy:")


@pytest.mark.parametrize(
    "schema", ["{", '{"$defs": []}', '{"$defs": {"people": {"$ref": "#/$defs/people"}}}']
)
def test_where_the_companys_schema_cannot_be_used_its_fields_are_not_blamed(schema):
    people = "- id: a\n  name: B\n  role: c\n  custom:\n    hobby: chess\n"
    files = {
        "strategy.yaml": MINIMAL_HEADER,
        "strategy/people.yaml": people,
        "schema/custom.schema.json": schema,
    }
    assert [problem.rule for problem in read_manuscript(MemoryTree(files)).problems] == [
        "custom-schema"
    ]


@pytest.mark.parametrize(
    "header",
    ["- format: 1\n  company: Acme\n", "- strategy:\n    format: 1\n", "strategy:\nformat: 1\n"],
)
def test_a_header_in_another_place_is_one_problem(header):
    [problem] = read_manuscript(MemoryTree({"strategy.yaml": header})).problems
    assert problem.rule in ("wrong-type", "missing-header")


@pytest.mark.parametrize(
    ("file", "text", "fix"),
    [
        ("strategy/people.yaml.txt", PEOPLE, "Rename it to people.yaml"),
        ("strategy/people.YML", PEOPLE, "Rename it to people.yaml"),
        ("strategy/person.yaml.md", PEOPLE, "Rename it to people.yaml"),
        ("strategy/people.txt", PEOPLE, "Rename it to people.yaml"),
        ("strategy/people", PEOPLE, "Rename it to people.yaml"),
        ("strategy/.people.yaml", PEOPLE, "Rename it to people.yaml"),
        ("strategy/people/zoe.md", PERSON, "Rename it to zoe.yaml"),
        ("strategy/people/zoe.yml.bak", PERSON, "Rename it to zoe.yaml"),
        ("strategy/people/.zoe.yml", PERSON, "Rename it to zoe.yaml"),
        ("strategy/people.json", "[]", "Rename it to people.yaml"),
        ("strategy/people.xlsx", "PK", "copy its rows into strategy/people.yaml"),
        ("strategy/People.docx", "PK", "copy its texts into a file such as"),
    ],
)
def test_a_file_that_would_hold_entries_is_told_by_what_to_call_it(read, file, text, fix):
    manuscript = read({"strategy.yaml": MINIMAL_HEADER, file: text})
    [problem] = manuscript.problems
    assert problem.place.file == file
    assert problem.rule == "stray-file"
    assert fix in problem.fix
    assert problem.is_cause or "People" in file
    assert manuscript.unread_kinds | manuscript.lost_ids == (
        {"zoe"} if "zoe" in file else {"people"}
    ) - ({"people"} if "People" in file else set())


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("strategy/README.md", "# How we write\n"),
        ("strategy/people/README.md", f"Each file has:\n\n{PERSON}"),
        ("strategy/people/how-to.md", f"```yaml\n{PERSON}```\n"),
        ("strategy/notes.txt", PERSON),
        ("strategy/people/call.txt", "id: a slip of paper\n"),
        ("strategy/.people.yaml.swp", PERSON),
        ("strategy/._people.yaml", PERSON),
    ],
)
def test_what_holds_no_entries_is_nobody_s_concern(read, file, text):
    assert read({"strategy.yaml": MINIMAL_HEADER, file: text}).problems == []


@pytest.mark.parametrize(
    ("file", "copy"),
    [
        ("strategy/people.yaml", "strategy/people (1).yaml"),
        ("strategy/people.yaml", "strategy/people - Kopie.yaml"),
        ("strategy/people.yaml", "strategy/people_old.yaml"),
        ("strategy/people/zoe.yaml", "strategy/people/zoe copie.yaml"),
        ("strategy/people/zoe.yaml", "strategy/people/zoe.sync-conflict-20261120.yaml"),
    ],
)
def test_a_copy_is_never_to_be_renamed_over_its_original(read, file, copy):
    text = PERSON if "zoe" in file else PEOPLE
    [problem] = read({"strategy.yaml": MINIMAL_HEADER, file: text, copy: text}).problems
    assert problem.rule == "copied-file"
    assert problem.place.file == copy
    assert file in problem.title
    assert "Rename" not in problem.fix


@pytest.mark.parametrize("name", ["people.yaml.bak", "people.YAML", ".people.yaml", "people.txt"])
def test_what_lies_beside_a_file_that_is_read_is_only_warned_of(read, name):
    manuscript = read(
        {
            "strategy.yaml": MINIMAL_HEADER,
            "strategy/people.yaml": PEOPLE,
            f"strategy/{name}": PEOPLE,
        }
    )
    [problem] = manuscript.problems
    assert problem.severity == "warning"
    assert "Rename" not in problem.fix
    assert manuscript.unread_kinds == set()


def test_a_link_to_a_folder_is_said_first(make_strategy):
    root = make_strategy({"parts/zoe.yaml": PERSON})
    (root / "strategy").mkdir(exist_ok=True)
    (root / "strategy/people").symlink_to(root / "parts", target_is_directory=True)
    manuscript = read_manuscript(FolderTree(root))
    [problem] = manuscript.problems
    assert problem.title == "this is a link to a folder, which is not followed"
    assert problem.is_cause
    assert manuscript.unread_kinds == {"people"}


def test_a_link_to_nothing_is_called_that(make_strategy):
    root = make_strategy({})
    (root / "strategy").mkdir(exist_ok=True)
    (root / "strategy/people.yaml").symlink_to(root / "gone.yaml")
    [problem] = read_manuscript(FolderTree(root)).problems
    assert problem.title == "this is a link to something that is not there"
    assert problem.is_cause


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("<!doctype html>\n<html>\n", "a web page"),
        ("\n<html lang='de'><head></head>", "a web page"),
        ("<?xml version='1.0'?>\n<a/>", "XML"),
        ("name;role\nZoe;Head\nAdam;Chef\n", "a table"),
        ("name\trole\tdesk\nZoe\tHead\t1\nAdam\tChef\t2\n", "a table"),
        ("version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 2\n", "Git LFS"),
        ("%PDF-1.7\n", "a PDF"),
        ("{\\rtf1 Zoe}", "a word processor"),
        ("```yaml\n- id: zoe\n```\n", "marks of code"),
        ("version: 2\nmodels:\n- name: orders\n", "dbt"),
        ("apiVersion: v1\nkind: Component\nmetadata: {name: a}\nspec: {}\n", "catalog"),
        ("- {sku: 1, amount: 2, price: 3}\n- {sku: 2, amount: 2, price: 3}\n", '"sku"'),
        ("- Zoe\n- Adam\n- Eve\n", "a list of texts"),
        ("- id: pricey\n  says: Too much\n  category: price\n  respond: No.\n", "objections"),
    ],
)
@pytest.mark.parametrize("place", ["list", "main"])
def test_a_foreign_file_is_one_sentence_that_says_what_it_is(read, text, what, place):
    if place == "main":
        if "\n- " not in f"\n{text}" or "```" in text or "models" in text:
            return
        text = MINIMAL_HEADER + "people:\n" + text
    manuscript = read(
        {"strategy.yaml": text if place == "main" else MINIMAL_HEADER}
        | ({"strategy/people.yaml": text} if place == "list" else {})
    )
    [problem] = manuscript.problems
    assert problem.rule == "foreign-file"
    assert what in f"{problem.title} {problem.why}"
    assert problem.is_cause
    assert "people" in manuscript.unread_kinds


@pytest.mark.parametrize(
    "text",
    [
        "Ask Zoe.\n",
        "<html></html>",
        "name: ci\non: [push]\njobs: {}\n",
        "openapi: 3.1\npaths: {}\ninfo: {}\n",
    ],
)
def test_a_foreign_file_in_place_of_one_entry_is_one_sentence(read, text):
    manuscript = read({"strategy.yaml": MINIMAL_HEADER, "strategy/people/zoe.yaml": text})
    [problem] = manuscript.problems
    assert problem.rule == "foreign-file"
    assert manuscript.lost_ids == {"zoe"}
    assert manuscript.unread_kinds == set()


@pytest.mark.parametrize(
    "text",
    [
        "- id: zoe\n  naem: Zoe\n  rolle: Leads\n  topcis: [a]\n",
        "- id: zoe\n  nombre: Zoe\n  papel: Leads\n",
        "- id: zoe\n",
        "- name: Zoe, who leads\n",
    ],
)
def test_an_entry_with_slips_is_no_foreign_file(read, text):
    manuscript = read({"strategy.yaml": MINIMAL_HEADER, "strategy/people.yaml": text})
    assert {problem.rule for problem in manuscript.problems} <= {"unknown-field", "missing-field"}


def write_terms(*tails: str) -> str:
    return "".join(
        f"- id: t{number}\n  term: Term {number}\n  meaning: Word {number}.\n{tail}"
        for number, tail in enumerate(tails)
    )


DAY = "  reviewed_on: 2026-03-01\n"


def test_an_entry_that_took_over_fields_is_one_problem_whatever_else_it_lacks(load):
    """The edit that is proposed gives them back."""
    pasted = "\n- id: new\n  term: new\n  meaning: M.\n\n  tags: [a]\n"
    text = write_terms(*["  tags: [b]\n  owner: zoe\n"] * 5, "  owner: zoe\n").rstrip() + pasted
    files = {"strategy.yaml": write_strategy(people=[{"id": "zoe"}])}
    [problem] = load({**files, "strategy/glossary.yaml": text}).problems
    assert problem.title == '"tags" may belong to "t5", which has none of them'
    mended = apply_edits(text, problem.proposed)
    assert "  owner: zoe\n  tags: [a]\n- id: new\n  term: new\n  meaning: M.\n" in mended


@pytest.mark.parametrize(
    ("tails", "line", "title", "fix"),
    [
        (
            [DAY, DAY, DAY, DAY, ""],
            19,
            '"t4" has no "reviewed_on"',
            "Read it, then: playbook verify glossary/t4",
        ),
        (
            [DAY, "", DAY, DAY, DAY],
            7,
            '"t1" has no "reviewed_on"',
            'If "t2" was pasted into the middle of it, move line 11 back.',
        ),
        (
            ["  owner: zoe\n" + DAY] * 5 + [""],
            28,
            '"t5" has no "owner" and "reviewed_on"',
            "Write owner: and reviewed_on: into it",
        ),
    ],
)
def test_the_one_entry_without_what_all_others_have_is_said(load, tails, line, title, fix):
    text = write_terms(*tails)
    files = {"strategy.yaml": write_strategy(people=[{"id": "zoe"}])}
    [problem] = load({**files, "strategy/glossary.yaml": text}).problems
    assert (problem.rule, problem.place.line) == ("fields-taken-over", line)
    assert problem.title.startswith(title)
    assert fix in problem.fix


@pytest.mark.parametrize(
    "tails",
    [
        [DAY, DAY, DAY, ""],
        [DAY, DAY, DAY, DAY, "", ""],
        [DAY, DAY, DAY, DAY, "  status: draft\n"],
        ["", "", "", "", DAY],
        ["  also: [a]\n"] * 5 + [""],
    ],
)
def test_what_several_entries_leave_out_is_no_accident(load, tails):
    assert load({"strategy/glossary.yaml": write_terms(*tails)}).problems == ()
