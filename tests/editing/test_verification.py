from datetime import date

import pytest

from generator.editing.verification import (
    Choice,
    VerificationError,
    choose_entries,
    verify_entries,
)
from generator.loading.loader import load_strategy
from generator.model.entry import Key
from generator.problems.problem import has_errors
from tests.sample import MINIMAL_HEADER, MemoryTree

DAY = date(2026, 11, 22)
LIST = """\
# Terms
- id: lift   # the first
  term: Lift
  meaning: >-
    How far heat
    is raised.
-   id: source
    term: Source
    meaning: Where heat comes from.
    reviewed_on: 2026-01-01   # by Zoe
- term: Sink
  id: "sink"
  reviewed_on:
  meaning: Where heat goes.
- {id: pump, term: Pump, meaning: It lifts.}
"""
SINGLE = "# A card\nid: boilers\nname: Boilers\nkind: direct\nsummary: S.\nwhere_we_win: [A]\nwhere_they_win: [B]\n"


def verify(*names, files=None):
    texts = {
        "strategy.yaml": MINIMAL_HEADER,
        "strategy/glossary.yaml": LIST,
        "strategy/competitors/boilers.yaml": SINGLE,
        **(files or {}),
    }
    tree = MemoryTree(texts)
    before = load_strategy(tree)
    changed = verify_entries(tree, choose_entries(Choice(names), before, DAY), DAY, before)
    loaded = load_strategy(MemoryTree({**texts, **changed}))
    assert not has_errors(loaded.problems)
    return changed, loaded.strategy


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        (
            "lift",
            "    is raised.\n",
            "    is raised.\n  reviewed_on: 2026-11-22\n",
        ),
        (
            "glossary/source",
            "reviewed_on: 2026-01-01   # by Zoe",
            "reviewed_on: 2026-11-22   # by Zoe",
        ),
        ("sink", "  reviewed_on:\n", "  reviewed_on: 2026-11-22\n"),
        ("pump", "meaning: It lifts.}", "meaning: It lifts., reviewed_on: 2026-11-22}"),
    ],
)
def test_only_the_date_changes(name, before, after):
    changed, strategy = verify(name)
    assert changed == {"strategy/glossary.yaml": LIST.replace(before, after)}
    assert strategy.find(Key("glossary", name.rpartition("/")[2])).reviewed_on == DAY


def test_an_entry_in_a_file_of_its_own_gets_the_line_at_the_edge():
    changed, _ = verify("competitors/boilers")
    assert changed["strategy/competitors/boilers.yaml"] == SINGLE.replace(
        "where_they_win: [B]\n", "where_they_win: [B]\nreviewed_on: 2026-11-22\n"
    )


def test_several_entries_in_several_files_at_once_and_each_once():
    changed, strategy = verify("lift", "glossary/lift", "source", "boilers")
    assert len(changed) == 2
    assert sum(entry.reviewed_on == DAY for entry in strategy) == 3


def test_line_ends_and_byte_order_mark_stay():
    text = "\ufeff" + LIST.replace("\n", "\r\n")
    changed, _ = verify("lift", files={"strategy/glossary.yaml": text})
    after = changed["strategy/glossary.yaml"]
    assert after.startswith("\ufeff# Terms\r\n- id: lift   # the first\r\n")
    assert "    is raised.\r\n  reviewed_on: 2026-11-22\r\n" in after
    assert "\n" not in after.replace("\r\n", "")


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["lift", "lost"], 'there is no entry "lost"'),
        (["lfit"], 'did you mean "lift"?'),
        (["glosary/lift"], '"glosary" is not a kind of entry'),
        (["boilers"], '"boilers" may be'),
        (["field_notes/steam"], "is not reviewed"),
    ],
)
def test_what_is_not_clear_is_refused(names, said):
    files = {
        "strategy/glossary.yaml": LIST + "- id: boilers\n  term: Boilers\n  meaning: They burn.\n",
        "strategy/field_notes.yaml": "- {id: steam, date: 2026-11-01, said_by: S, note: N, status: open}\n",
    }
    with pytest.raises(VerificationError, match=said.replace("?", r"\?")):
        verify(*names, files=files)


def test_json_stays_json():
    text = '[\n{\n"id": "lift",\n"term": "Lift",\n"meaning": "M."\n}\n]\n'
    changed, _ = verify("lift", files={"strategy/glossary.yaml": text})
    assert '"meaning": "M.",\n"reviewed_on": "2026-11-22"\n}' in changed["strategy/glossary.yaml"]


def test_a_layout_that_cannot_be_changed_safely_is_left_alone():
    text = LIST + "- id: last\n  term: Last\n  meaning: M.\n  term: Once more\n"
    tree = MemoryTree({"strategy.yaml": MINIMAL_HEADER, "strategy/glossary.yaml": text})
    with pytest.raises(VerificationError, match="written twice"):
        verify_entries(tree, [Key("glossary", "lift")], DAY, load_strategy(tree))


def test_a_strategy_that_cannot_be_read_is_said():
    loaded = load_strategy(MemoryTree({"strategy.yaml": "nothing: here\n"}))
    with pytest.raises(VerificationError, match="cannot be read"):
        choose_entries(Choice(["lift"]), loaded, DAY)


OWNED = {
    "strategy.yaml": MINIMAL_HEADER
    + "  owners: {glossary: adam}\npeople:\n  - {id: zoe, name: Zoe, role: R, reviewed_on: 2026-11-01}\n"
    "  - {id: adam, name: Adam, role: R, owner: zoe}\n",
    "strategy/glossary.yaml": LIST.replace("  reviewed_on:\n", "").replace(
        "{id: pump,", "{id: pump, owner: zoe,"
    ),
    "strategy/competitors/boilers.yaml": SINGLE,
    "strategy/field_notes.yaml": "- {id: steam, date: 2026-11-01, said_by: S, note: N, status: open, owner: zoe}\n",
}


@pytest.mark.parametrize(
    ("choice", "ids"),
    [
        (Choice(["glossary"]), "lift source sink pump"),
        (Choice(["glossary/s*", "boilers"]), "source sink boilers"),
        (Choice(["strategy/competitors/boilers.yaml"]), "boilers"),
        (Choice(["strategy.yaml"]), "zoe adam"),
        (Choice(owner="zoe"), "pump adam"),
        (Choice(["glossary"], owner="adam"), "lift source sink"),
        (Choice(only_due=True), "sink lift pump boilers adam"),
        (Choice(["people"], only_due=True), "adam"),
        (Choice(["zoe"], only_due=True), ""),
    ],
)
def test_many_are_chosen_at_once(choice, ids):
    loaded = load_strategy(MemoryTree(OWNED))
    assert loaded.problems == ()
    keys = choose_entries(choice, loaded, DAY)
    assert sorted(key.id for key in keys) == sorted(ids.split())


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (Choice(), "--all-due"),
        (Choice(["field_notes"]), "not reviewed"),
        (Choice(["glossary/x*"]), "no entry in glossary/x"),
        (Choice(["strategy/lost.yaml"]), "no entry in strategy/lost.yaml"),
    ],
)
def test_a_choice_of_nothing_is_refused(choice, said):
    with pytest.raises(VerificationError, match=said):
        choose_entries(choice, load_strategy(MemoryTree(OWNED)), DAY)
