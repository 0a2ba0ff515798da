import pytest

from generator.loading.loader import load_strategy
from generator.schema import migrations
from generator.schema.migrations import FORMAT, check_format, migrate, read_format
from generator.syntax.document import read_document
from tests.sample import MemoryTree, load_data, write_strategy


def header(written: str):
    return read_document("strategy.yaml", f"strategy:\n  format: {written}\n".encode()).document


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1", 1),
        ("7", 7),
        ("0", FORMAT),
        ("-1", FORMAT),
        ("one", FORMAT),
        ("", FORMAT),
        ("[1]", FORMAT),
        ("٣", FORMAT),
    ],
)
def test_the_format_is_the_one_the_header_names(written, number):
    assert read_format(header(written)) == number


@pytest.mark.parametrize(
    "text", ["x", "- a", "strategy: x", "strategy:\n  - format: 1", "people: []"]
)
def test_without_a_header_the_current_format_counts(text):
    assert read_format(read_document("strategy.yaml", text.encode()).document) == FORMAT


@pytest.mark.parametrize("written", ["3", "99", "123456"])
def test_a_newer_format_is_refused_where_it_is_written(written):
    [problem] = check_format(header(written))
    assert (
        problem.title
        == f"this strategy has format {written}, and this playbook knows formats up to {FORMAT}"
    )
    assert (problem.place.line, problem.place.column) == (2, 11)


def test_the_current_format_is_no_problem():
    assert check_format(header(str(FORMAT))) == []


def test_an_older_format_is_brought_up_step_by_step(monkeypatch):
    monkeypatch.setattr(migrations, "FORMAT", 3)
    monkeypatch.setattr(
        migrations,
        "STEPS",
        {
            1: lambda kind, data: {**data, "name": data["title"]},
            2: lambda kind, data: {**data, "kind": kind},
        },
    )
    assert migrate("markets", {"title": "a"}, 1) == {"title": "a", "name": "a", "kind": "markets"}
    assert migrate("markets", {"title": "a"}, 2) == {"title": "a", "kind": "markets"}
    assert migrate("markets", "not an entry", 1) == "not an entry"


def read(header: dict[str, object], **kinds):
    return load_strategy(MemoryTree({"strategy.yaml": write_strategy(header, **kinds)}))


def test_a_strategy_reads_the_same_in_either_format():
    kinds = {"glossary": [{"also": ["rise", "jump"]}], "markets": [{}], "proof": [{}]}
    old, new = read({"format": 1}, **kinds), load_data(**kinds)
    assert old.problems == ()
    assert old.strategy is not None
    assert new.strategy is not None
    assert list(old.strategy) == list(new.strategy)


def test_what_an_older_format_does_not_know_asks_for_an_upgrade():
    loaded = read({"format": 1}, glossary=[{"order": 2}])
    [problem] = loaded.problems
    assert (problem.rule, problem.fix) == ("older-format", "Run: playbook upgrade")
    assert '"order" in Glossary came with format 2' in problem.title
    assert problem.excerpt[0][1].strip() == '"order": 2'
    assert load_data(glossary=[{"order": 2}]).strategy is not None


def test_all_that_an_older_format_does_not_know_is_one_problem():
    [problem] = read({"format": 1}, glossary=[{"order": 2}], people=[{"order": 1}]).problems
    assert "1 more entry needs a newer format, too." in problem.why
    assert len(problem.related) == 1


def test_a_field_that_was_left_empty_asks_for_nothing():
    assert read({"format": 1}, glossary=[{"order": None}]).problems == ()


def test_a_quote_is_a_text_or_a_text_with_who_said_it():
    plain = load_data(proof=[{"quote": "It **runs**."}]).strategy
    group = load_data(proof=[{"quote": {"text": "It **runs**."}}]).strategy
    assert plain is not None
    assert group is not None
    assert list(plain) == list(group)
    [problem] = read({"format": 1}, proof=[{"quote": {"text": "It runs."}}]).problems
    assert '"text" in Proof came with format 2' in problem.title
    assert read({"format": 1}, proof=[{"quote": "It runs."}]).problems == ()


@pytest.mark.parametrize("quote", [["a"], {"said_by": "Anna"}, {"text": "a", "who": "b"}, " "])
def test_a_quote_of_another_form_is_one_problem(quote):
    assert len(read({}, proof=[{"quote": quote}]).problems) == 1


def test_a_reference_in_a_quote_is_told_at_its_line():
    [problem] = read({}, proof=[{"quote": "See [it](entry:plays/none)."}]).problems
    assert problem.rule == "broken-reference"
    assert "entry:plays/none" in problem.excerpt[0][1]


def test_a_value_that_an_older_format_does_not_know_asks_for_an_upgrade():
    [problem] = read({"format": 1}, proof=[{"date": "unknown"}]).problems
    assert '"unknown" in Proof points came with format 2' in problem.title or (
        problem.rule == "older-format"
    )
    assert read({}, proof=[{"date": "unknown"}]).problems == ()
