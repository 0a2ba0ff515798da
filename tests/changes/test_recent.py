"""What changed lately, entry by entry: on which day, for whom, and what an entry is called by now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from generator.changes.recent.entry_changes import EntryChange, Recent, read_recent
from generator.changes.recent.moments import Moment, Timeline, list_moments
from generator.changes.release_history import find_past
from generator.changes.release_notes import Reader
from generator.files.tree import FolderTree
from generator.loading.loader import load_strategy
from generator.model.edition import choose_edition
from generator.model.entry import Key
from tests.repositories import git, make_repository, write
from tests.sample import write_strategy

TODAY = date(2026, 6, 10)
MARKETS = (
    {"id": "ev", "name": "Car parks", "priority": "primary", "audience": "public"},
    {"id": "depots", "name": "Bus depots", "priority": "secondary", "audience": "public"},
)
PLAN = {"id": "plan", "name": "Quiet plan", "priority": "primary", "audience": "leadership"}


def strategy(*markets: Mapping[str, object]) -> str:
    return write_strategy({"version": "1"}, markets=list(markets))  # type: ignore[arg-type]


def commit_on(root: Path, day: str, text: str) -> None:
    write(root, {"strategy.yaml": text})
    git(root, "commit", "--quiet", "-am", "Edit", GIT_COMMITTER_DATE=f"{day}T12:00:00Z")


def read(root: Path, audience: str = "internal", today: date = TODAY) -> Recent:
    now = load_strategy(FolderTree(root))
    assert now.strategy is not None
    edition = choose_edition(now.strategy, now.vocabulary, audience, today)
    return read_recent(find_past(root), now, edition, Reader(audience, today))


def told(recent: Recent) -> list[tuple[str, str, str]]:
    return [
        (one.day, one.told.title, "".join(part.text for part in one.line)) for one in recent.changes
    ]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Three days with edits; on one of them, two commits."""
    ev, depots = MARKETS
    root = make_repository(tmp_path / "a", {"strategy.yaml": strategy(ev, depots)})
    git(root, "commit", "--quiet", "--amend", "-m", "B", GIT_COMMITTER_DATE="2026-05-01T12:00:00Z")
    commit_on(root, "2026-06-01", strategy({**ev, "priority": "secondary"}, depots))
    commit_on(root, "2026-06-01", strategy({**ev, "priority": "opportunistic"}, depots, PLAN))
    renamed = {**depots, "id": "bus-depots", "former_ids": ["depots"]}
    commit_on(root, "2026-06-05", strategy({**ev, "priority": "opportunistic"}, renamed, PLAN))
    return root


def test_a_day_is_told_as_a_whole_the_newest_first(root: Path) -> None:
    assert [day for day, *_ in told(read(root))] == ["2026-06-05", "2026-06-01"]
    assert told(read(root))[-1] == ("2026-06-01", "Car parks", "priority primary -> opportunistic")


def test_nobody_hears_of_what_he_does_not_get(root: Path) -> None:
    ev, depots = MARKETS
    assert "Quiet plan" in str(told(read(root, "leadership")))
    assert "Quiet plan" not in str(read(root))
    # hidden since: not even that it has gone is told
    commit_on(root, "2026-06-06", strategy({**ev, "audience": "leadership"}, depots))
    assert "Car parks" not in str(told(read(root)))
    assert read(root, "public").changes == ()  # nothing was released


def test_the_first_commit_tells_nothing_and_an_edit_in_the_folder_counts_from_today(
    root: Path,
) -> None:
    ev, depots = MARKETS
    assert read(root, today=date(2026, 5, 2)).changes != ()  # the folder is ahead of that day
    write(root, {"strategy.yaml": strategy({**ev, "priority": "not_pursued"}, depots)})
    assert "2026-06-10" in [day for day, *_ in told(read(root))]
    fresh = make_repository(root.parent / "b", {"strategy.yaml": strategy(ev)})
    git(fresh, "commit", "--quiet", "--amend", "-m", "B", GIT_COMMITTER_DATE="2026-05-01T12:00:00Z")
    assert read(fresh).changes == ()


def test_a_renamed_entry_keeps_its_mark(root: Path) -> None:
    marks = read(root).marks
    assert marks[Key("markets", "ev")].fields == ("Priority",)
    assert marks[Key("markets", "bus-depots")].day == "2026-06-05"
    assert Key("markets", "depots") not in marks


def test_what_was_released_is_told_apart(root: Path) -> None:
    git(root, "tag", "-a", "v1", "-m", "1", "HEAD~1", GIT_COMMITTER_DATE="2026-06-02T12:00:00Z")
    recent = read(root)
    in_effect = "2026-01-01"  # a release counts from the day that its header names
    assert {one.day for one in recent.changes if one.is_released} == {in_effect}
    assert {one.day for one in recent.unreleased} == {"2026-06-05"}
    past = find_past(root)
    assert past is not None
    only = list_moments(past, "2026-06-10", released_only=True)
    assert [one.version for one in only.moments] == ["1"]


def test_a_change_has_the_same_name_in_every_build(root: Path) -> None:
    names = [one.name for one in read(root).changes]
    commit_on(root, "2026-06-07", (root / "strategy.yaml").read_text("utf-8") + "\n# a note\n")
    assert [one.name for one in read(root).changes] == names
    assert len(set(names)) == len(names)


def entry_changes(review, day: str, old: Mapping[str, object], new: Mapping[str, object]):
    """What changed in one market on a day."""
    sides = [{"markets": [{"id": "ev", **one}]} for one in (old, new)]
    return tuple(EntryChange(day, one, (one.key,)) for one in review(*sides).told)


FIRST = {"name": "Car parks", "priority": "primary", "summary": "They charge.", "tags": ["a"]}


def test_a_mark_names_two_fields_of_the_last_day_with_a_change_of_substance(review) -> None:
    second = FIRST | {"priority": "secondary", "summary": "Towns pay for it.", "tags": ["b"]}
    third = second | {"priority": "opportunistic"}
    last = third | {"summary": "Towns, pay for it."}
    earlier = entry_changes(review, "2026-06-01", FIRST, second)
    assert len(earlier) == 3
    [mark] = Recent(earlier).marks.values()
    assert (mark.day, len(mark.fields), str(mark.grade)) == ("2026-06-01", 2, "material")
    assert mark.names == tuple(one.name for one in earlier)
    later = entry_changes(review, "2026-06-05", second, third)
    wording = entry_changes(review, "2026-06-07", third, last)
    [mark] = Recent((*wording, *later, *earlier)).marks.values()
    assert (mark.day, mark.fields, len(mark.names)) == ("2026-06-05", ("Priority",), 1)
    assert Recent(wording).marks == {}


def test_a_mark_of_a_new_entry_names_no_field(review) -> None:
    [told] = review({}, {"markets": [{"id": "ev", **FIRST}]}).told
    change = EntryChange("2026-06-01", told, (Key("markets", "ev"),))
    assert Recent((change,)).marks[Key("markets", "ev")].fields == ()


def test_a_line_that_says_what_changed_stays_a_line(review) -> None:
    for words, most in ((3, 179), (300, 180)):
        [change] = entry_changes(
            review, "2026-06-01", FIRST, FIRST | {"summary": "Towns pay. " * words}
        )
        whole = "".join(part.text for part in change.told.phrases)
        line = "".join(part.text for part in change.line)
        assert len(line) <= most
        assert (line == whole) == (words == 3)


@pytest.mark.parametrize(
    ("versions", "day", "pairs"),
    [
        (["", "", ""], "", [("0", "1", "d1", False), ("1", "now", "d2", False)]),
        (["1", "2", ""], "", [("0", "1", "d1", True), ("1", "now", "d2", False)]),
        (["1", "", "2"], "", [("0", "1", "d1", True), ("1", "now", "d2", True)]),
        (["1", "2"], "today", [("0", "1", "d1", True), ("1", "now", "today", False)]),
        ([""], "today", [("0", "now", "today", False)]),
        ([""], "", []),
        ([], "today", []),
    ],
)
def test_what_changed_is_told_from_each_moment_to_the_next_and_to_now(versions, day, pairs) -> None:
    moments = [Moment(str(n), f"d{n}", version) for n, version in enumerate(versions)]
    assert [
        (before.commit, after.commit if after else "now", counts, is_released)
        for before, after, counts, is_released in Timeline(tuple(moments), day).list_pairs()
    ] == pairs
