"""Two versions compared, whatever state they are in."""

from __future__ import annotations

import pytest

from generator.changes.change import share_kinds
from generator.changes.comparison import find_renames
from generator.changes.review import review_sides
from generator.changes.snapshots import load_at
from generator.loading.loader import load_strategy
from generator.schema import migrations
from tests.repositories import make_repository
from tests.sample import MemoryTree, load_data, write_strategy


def read(text: str):
    return load_strategy(MemoryTree({"strategy.yaml": text}))


def test_an_old_side_of_an_older_format_is_brought_up_to_date(monkeypatch):
    old = write_strategy({"format": 1}, markets=[{"priority": "primary"}])
    new = write_strategy({"format": 2}, markets=[{"priority": "secondary"}])

    def from_one(kind, data):
        return {**data, "name": "Dairies"} if kind == "markets" else data

    monkeypatch.setattr(migrations, "FORMAT", 2)
    monkeypatch.setattr(migrations, "STEPS", {1: from_one})
    review = review_sides("v1", read(old.replace('"name": "Dairies",', "")), "v2", read(new))
    assert any("older format 1" in notice for notice in review.notices)
    assert {(change.path, change.old, change.new) for change in review.changes if change.key} == {
        (("priority",), "primary", "secondary")
    }


def test_what_could_not_be_read_is_not_called_removed():
    whole = write_strategy(markets=[{}, {"id": "two"}])
    for broken in (
        whole.replace('"priority": "primary"', '"priority": "prmary"', 1),
        whole[: whole.index('"id": "two"')],
    ):
        for pair in ((whole, broken), (broken, whole)):
            assert review_sides("a", read(pair[0]), "b", read(pair[1])).changes == ()


def test_a_rename_that_could_be_read_in_two_ways_is_none():
    old = load_data(glossary=[{"id": "a"}])
    new = load_data(glossary=[{"id": "b"}, {"id": "c"}])
    assert find_renames(old, new) == {}  # type: ignore[arg-type]


@pytest.mark.parametrize("count", [1, 3])
def test_a_message_names_the_kind_in_one_or_many(count):
    plays = [{"id": f"play-{number}", "objectives": ["one"]} for number in range(count)]
    old = load_data(plays=plays, objectives=[{}])
    new = load_data(plays=[{"id": play["id"]} for play in plays])
    from generator.changes.review_text import report_terminal
    from generator.problems.terminal_style import Look

    text = " ".join(report_terminal(review_sides("a", old, "b", new), Look()).split())
    assert (
        "1 play is left without objectives" if count == 1 else "3 plays are left without objectives"
    ) in text


def test_reading_at_a_commit_without_a_strategy(tmp_path):
    from generator.files.git import find_repository

    repository = find_repository(make_repository(tmp_path / "a", {"x": "y"}))
    assert repository is not None
    loaded = load_at(repository, repository.resolve("HEAD"))
    assert loaded.strategy is None
    assert [problem.rule for problem in loaded.problems] == ["missing-file"]


MARKETS = "- {id: ev, name: EV charging, priority: prmary, summary: Parks}\n"


def test_where_there_was_no_strategy_yet_everything_is_new_whatever_else_lay_there():
    before = load_strategy(MemoryTree({"strategy/markets.yaml": MARKETS}))
    review = review_sides("v1", before, "v2", load_data(glossary=[{}]))
    assert review.compared
    assert review.notices == ("There was no strategy yet at v1; everything is new.",)
    assert [str(change.key) for change in review.changes if not change.path] == ["glossary/one"]


def test_where_there_is_no_strategy_any_more_nothing_is_compared():
    after = load_strategy(MemoryTree({}))
    review = review_sides("v1", load_data(glossary=[{}]), "v2", after)
    assert not review.compared
    assert review.notices == ("There is no strategy at v2; nothing was compared.",)
    assert review.changes == ()


def test_a_kind_that_only_one_version_knows_is_known_to_both():
    own = {
        "schema/custom.yaml": "kinds:\n  sites:\n    title: Site\n    plural: Sites\n    fields: {}\n"
    }
    header = write_strategy()
    old = load_strategy(MemoryTree({"strategy.yaml": header}))
    new = load_strategy(MemoryTree({"strategy.yaml": header, **own}))
    before, after = share_kinds(old, new)  # type: ignore[arg-type]
    assert before.vocabulary.kinds.keys() == after.vocabulary.kinds.keys()
    assert "sites" in before.vocabulary.kinds


@pytest.mark.parametrize(("known", "what"), [((1,), "added"), ((0,), "removed"), ((0, 1), "")])
def test_a_field_of_a_company_that_only_one_version_knows_is_compared(known, what):
    """It comes or goes together with its description."""
    schema = "fields:\n  glossary:\n    origin: {title: Origin, value: text}\n"
    entries = ({"origin": "Latin"}, {"origin": "Greek"})
    sides = [
        load_strategy(
            MemoryTree(
                {"strategy.yaml": write_strategy(glossary=[entries[side]])}
                | {"schema/custom.yaml": schema}
                if side in known
                else {"strategy.yaml": write_strategy(glossary=[{}])}
            )
        )
        for side in (0, 1)
    ]
    assert [side.problems for side in sides] == [(), ()]
    [change] = review_sides("v1", sides[0], "v2", sides[1]).changes
    assert (str(change.what), change.path) == (what or "changed", ("origin",))


@pytest.mark.parametrize(("old", "new"), [(["Latin"], "Latin"), ("Latin", ["Latin", "Greek"])])
def test_a_field_of_a_company_that_held_a_list_in_one_version_is_compared(old, new):
    schema = "fields:\n  glossary:\n    origin: {{title: Origin, value: text, several: {}}}\n"
    sides = [
        load_strategy(
            MemoryTree(
                {
                    "strategy.yaml": write_strategy(glossary=[{"origin": origin}]),
                    "schema/custom.yaml": schema.format(
                        "yes" if isinstance(origin, list) else "no"
                    ),
                }
            )
        )
        for origin in (old, new)
    ]
    assert [side.problems for side in sides] == [(), ()]
    [change] = review_sides("v1", sides[0], "v2", sides[1]).changes
    assert (str(change.what), change.old, change.new) == ("changed", old, new)
