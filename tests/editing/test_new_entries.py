from datetime import date

import pytest

from generator.editing.new_entries import NewEntryError, append_entries, name_entry, plan_entries
from generator.editing.value_edits import EditError
from generator.files.tree import OverlayTree
from generator.loading.loader import load_strategy
from generator.model.entry import Key
from generator.schema.vocabulary import KINDS, standard_vocabulary
from tests.sample import MINIMAL_HEADER, MemoryTree

DAY = date(2026, 6, 1)
LIST = "# Our words\n- id: lift\n  term: Lift   # up\n  meaning: M.\n"


def begin(kind, *names, **files):
    tree = MemoryTree({"strategy.yaml": MINIMAL_HEADER, **files})
    loaded = load_strategy(tree)
    entries = [name_entry(name) for name in names]
    texts = plan_entries(tree, loaded, standard_vocabulary().kinds[kind], entries, DAY)
    return texts, load_strategy(OverlayTree(tree, texts))


def test_of_a_title_an_id_is_made_and_the_title_is_filled_in():
    texts, after = begin("objections", "Zu teuer für Übergrößen: #1", "too-slow")
    assert sorted(texts) == [
        "strategy/objections/too-slow.yaml",
        "strategy/objections/zu-teuer-fuer-uebergroessen-1.yaml",
    ]
    assert after.problems == ()
    entry = after.strategy.find(Key("objections", "zu-teuer-fuer-uebergroessen-1"))
    assert (entry.title, entry.reviewed_on, entry.status) == (
        "Zu teuer für Übergrößen: #1",
        DAY,
        "draft",
    )


@pytest.mark.parametrize(
    "text",
    [
        LIST,
        LIST.rstrip("\n"),
        LIST.replace("\n", "\r\n"),
        "\ufeff" + LIST,
        LIST + "\n\n",
        "  - id: lift\n    term: Lift\n    meaning: M.\n",
        "-   id: lift\n    term: Lift\n    meaning: M.\n",
        "-\n  id: lift\n  term: Lift\n  meaning: M.\n",
        "- {id: lift, term: Lift, meaning: M.}\n",
    ],
)
def test_a_list_of_the_kind_gets_them_at_its_end(text):
    texts, after = begin("glossary", "Dew point", "cop", **{"strategy/glossary.yaml": text})
    assert after.problems == ()
    assert [entry.id for entry in after.strategy.of("glossary")] == ["cop", "dew-point", "lift"]
    new = texts["strategy/glossary.yaml"]
    assert new.startswith(text.rstrip("\r\n"))
    assert "\r\n" not in text or "\n" not in new.replace("\r\n", "")


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_of_any_kind_fits_into_a_list(kind):
    texts, after = begin(kind, "one", "two", **{f"strategy/{kind}.yaml": "# All of them\n"})
    assert after.problems == ()
    assert set(texts) == {f"strategy/{kind}.yaml"}


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["lift"], "exists already, in strategy/glossary.yaml"),
        (["cop", "COP"], "exists already"),
        (["采购"], "no id can be made"),
        (["", "a"], "no id can be made"),
    ],
)
def test_what_is_there_or_has_no_name_is_refused(names, said):
    with pytest.raises(NewEntryError, match=said):
        begin("glossary", *names, **{"strategy/glossary.yaml": LIST})


@pytest.mark.parametrize("text", ["[{id: a}]\n", "id: a\n", "- a: 1\n  a: 2\n", "- [\n"])
def test_what_is_no_list_is_left_alone(text):
    with pytest.raises(EditError):
        append_entries("strategy/glossary.yaml", text, ["id: b\n"])
