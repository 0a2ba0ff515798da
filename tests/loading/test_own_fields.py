"""Own fields in the files of a strategy: beside the other fields, or below `custom:`."""

from generator.loading.loader import load_strategy
from generator.loading.locator import Spot
from generator.model.entry import Key
from tests.sample import MINIMAL_HEADER, MemoryTree

OWN = """\
fields:
  people:
    desk: {title: Desk, value: text}
    stays: {title: Stays until, value: date}
    helps: {title: Helps, value: reference, refers_to: people, several: yes}
"""
BEN = "- id: ben\n  name: Ben\n  role: Sells\n"


def load(people, own=OWN, **files):
    return load_strategy(
        MemoryTree(
            {
                "strategy.yaml": MINIMAL_HEADER,
                "schema/custom.yaml": own,
                "strategy/people.yaml": people,
                **{name.replace("__", "/"): text for name, text in files.items()},
            }
        )
    )


def test_they_are_read_beside_the_others_and_below_custom():
    beside = load(f"{BEN}  desk: 4th floor\n  helps: [ben]\n")
    below = load(f"{BEN}  custom:\n    desk: 4th floor\n    helps: [ben]\n")
    both = load(f"{BEN}  desk: 4th floor\n  custom:\n    helps: [ben]\n")
    for loaded in (beside, below, both):
        assert loaded.problems == ()
        person = loaded.strategy.find(Key("people", "ben"))
        assert dict(person.custom) == {"desk": "4th floor", "helps": ("ben",)}
        assert [(one.field, one.target.id) for one in loaded.strategy.links] == [("helps", "ben")]
    line = [
        one.locator.place(Spot(Key("people", "ben"), ("helps", 0))).line for one in (beside, below)
    ]
    assert line == [5, 6]


def test_one_that_is_written_twice_is_told():
    (problem,) = load(f"{BEN}  desk: 4th\n  custom: {{desk: 5th, helps: [ben]}}\n").problems
    assert (problem.rule, problem.place.line) == ("own-field-twice", 5)


def test_faults_in_them_are_told_where_they_are_written():
    for text, line in (
        (f"{BEN}  stays: 2026-13-01\n", 4),
        (f"{BEN}  custom:\n    stays: 2026-13-01\n", 5),
        (f"{BEN}  helps: [bon]\n", 4),
        (f"{BEN}  custom:\n    helps: [bon]\n", 5),
        (f"{BEN}  desk:\n", 4),
        (f"{BEN}  custom:\n    shelf: 3\n", 5),
    ):
        (problem,) = load(text).problems
        assert problem.place.line == line, problem


def test_one_that_every_entry_must_have_is_missed_in_the_entry():
    own = "fields:\n  people:\n    desk: {title: Desk, value: text, required: yes}\n"
    for text in (BEN, f"{BEN}  custom: {{}}\n"):
        (problem,) = load(text, own).problems
        assert problem.rule == "missing-field"
        assert problem.title == '"desk" is missing in the person "Ben"'
    assert load(f"{BEN}  desk: 4th\n", own).problems == ()
    assert load(f"{BEN}  custom: {{desk: 4th}}\n", own).problems == ()


def test_where_the_description_cannot_be_read_only_that_is_said():
    loaded = load(f"{BEN}  desk: 4th\n", "fields:\n\t people: [\n")
    assert {problem.place.file for problem in loaded.problems} == {"schema/custom.yaml"}


def test_two_descriptions_are_refused_and_both_are_named():
    by_hand = '{"$defs": {"people": {"properties": {"desk": {"type": "string"}}}}}'
    (problem,) = load(f"{BEN}  desk: 4th\n", **{"schema__custom.schema.json": by_hand}).problems
    assert problem.rule == "two-descriptions"
    assert "schema/custom.yaml" in problem.title
    assert "schema/custom.schema.json" in problem.title


def test_a_field_of_a_later_format_that_was_ones_own_stays_ones_own():
    own = "fields:\n  people:\n    territories: {title: Lands, value: text}\n"
    header = MINIMAL_HEADER.replace("format: 2", "format: 1")
    loaded = load(f"{BEN}  territories: The north\n", own, **{"strategy.yaml": header})
    assert loaded.problems == ()
    person = loaded.strategy.find(Key("people", "ben"))
    assert dict(person.custom) == {"territories": "The north"}
    assert person.territories == ()


def test_an_audience_that_nobody_knows_is_told_at_its_line():
    own = "fields:\n  people:\n    desk: {title: Desk, value: text, audience: boardroom}\n"
    (problem,) = load(BEN, own).problems
    assert (problem.rule, problem.place.file) == ("unknown-audience", "schema/custom.yaml")
