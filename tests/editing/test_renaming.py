from datetime import date

import pytest

from generator.editing.renaming import RenamingError, plan_renaming, written_files
from generator.files.tree import OverlayTree
from generator.loading.loader import load_strategy
from generator.model.entry import Key
from tests.sample import MINIMAL_HEADER, MemoryTree

DAY = date(2026, 11, 22)
FILES = {
    "strategy.yaml": MINIMAL_HEADER
    + "  owners: {markets: zoe}\n"
    + "people:\n  - {id: zoe, name: Zoe, role: Boss}   # the boss\n",
    "strategy/markets/mills.yaml": "# Mills\nid: mills\nname: Mills\npriority: secondary\n"
    "summary: They grind.\nowner: zoe\nreviewed_on: 2026-01-01\n",
    "strategy/plays.yaml": "- id: call\n  name: Call\n  trigger: T\n  goal: G\n  markets: [mills]   # one\n"
    "  steps:\n    - do: >-\n        See [the mills](entry:markets/mills) and\n"
    "        [all](entry:markets/mills) of them,\n        not entry:markets/mills-abroad.\n  done_when: [D]\n",
    "strategy/announcements.yaml": "- {id: a, date: 2026-01-01, headline: H, importance: 2, why: W, about: [markets/mills]}\n",
    "strategy/glossary.yaml": "- id: grist\n  term: Grist\n  meaning: What [mills](entry:markets/mills) grind.\n",
    "playbook/about.md": "# About\r\n[Mills](entry:markets/mills), [page](markets/mills/index.md#pains)\r\n",
    "playbook/deep/more.md": "[up](../markets/mills/index.md) and [grist](../glossary/index.md#grist)\n",
    "mkdocs.yml": "nav:\n  - Mills: markets/mills/index.md\n  - Other: markets/mills-abroad/index.md\n",
}


def rename(kind, old, new, **files):
    tree = MemoryTree({**FILES, **files})
    plan = plan_renaming(tree, Key(kind, old), new, DAY, site="mkdocs.yml")
    texts = written_files(plan.files)
    return plan, texts, load_strategy(OverlayTree(tree, texts))


def test_everything_that_names_the_entry_follows():
    plan, texts, after = rename("markets", "mills", "grain-mills")
    assert after.problems == ()
    assert texts["strategy/markets/mills.yaml"] is None
    entry = texts["strategy/markets/grain-mills.yaml"]
    assert entry.startswith("# Mills\nid: grain-mills\nname: Mills\n")
    assert "reviewed_on: 2026-11-22\n" in entry
    assert after.strategy.find(Key("markets", "grain-mills")).former_ids == ("mills",)
    assert texts["strategy/plays.yaml"] == FILES["strategy/plays.yaml"].replace(
        "entry:markets/mills)", "entry:markets/grain-mills)"
    ).replace("markets: [mills]", "markets: [grain-mills]")
    assert "about: [markets/grain-mills]" in texts["strategy/announcements.yaml"]
    assert texts["playbook/about.md"] == (
        "# About\r\n[Mills](entry:markets/grain-mills), [page](markets/grain-mills/index.md#pains)\r\n"
    )
    assert texts["playbook/deep/more.md"].startswith("[up](../markets/grain-mills/index.md) and")
    assert texts["mkdocs.yml"] == FILES["mkdocs.yml"].replace(
        "markets/mills/", "markets/grain-mills/"
    )
    assert "strategy.yaml" not in texts
    moved = next(one for one in plan.files if one.moved_to)
    assert moved.diff.startswith(
        "rename from strategy/markets/mills.yaml\nrename to strategy/markets/grain-mills.yaml\n--- "
    )


def test_a_person_is_renamed_in_the_header_too():
    _, texts, after = rename("people", "zoe", "zoe-b")
    assert after.problems == ()
    assert "  owners: {markets: zoe-b}\n" in texts["strategy.yaml"]
    assert "{id: zoe-b, name: Zoe, role: Boss, reviewed_on: 2026-11-22, former_ids: [zoe]}   # the boss" in texts["strategy.yaml"]  # fmt: skip
    assert "owner: zoe-b\n" in texts["strategy/markets/mills.yaml"]


def test_an_entry_without_a_page_of_its_own_is_followed_to_its_place_on_one():
    _, texts, _ = rename("glossary", "grist", "grist-of-mills")
    assert "(../glossary/index.md#grist-of-mills)" in texts["playbook/deep/more.md"]


def test_back_again_the_old_id_is_no_former_one_of_itself():
    _, texts, _ = rename("markets", "mills", "grain-mills")
    kept = {path: text for path, text in {**FILES, **texts}.items() if text is not None}
    plan = plan_renaming(MemoryTree(kept), Key("markets", "grain-mills"), "mills", DAY)
    after = load_strategy(OverlayTree(MemoryTree(kept), written_files(plan.files)))
    assert after.strategy.find(Key("markets", "mills")).former_ids == ("grain-mills",)


@pytest.mark.parametrize(
    ("kind", "old", "new", "said"),
    [
        ("markets", "mlls", "x", 'did you mean "mills"'),
        ("markets", "mills", "Große Mühlen", 'did you mean "grosse-muehlen"'),
        ("markets", "mills", "mills", "this id already"),
        ("plays", "call", "visit", "is there already"),
        ("plays", "call", "old-visit", "former id of plays/visit"),
    ],
)
def test_what_cannot_be_is_refused(kind, old, new, said):
    visit = FILES["strategy/plays.yaml"] + (
        "- {id: visit, name: V, trigger: T, goal: G, steps: [{do: D}], done_when: [D], former_ids: [old-visit]}\n"
    )
    with pytest.raises(RenamingError, match=said):
        rename(kind, old, new, **{"strategy/plays.yaml": visit})


def test_a_file_in_which_something_cannot_be_read_is_not_written():
    broken = FILES["strategy/glossary.yaml"] + "- id: two\n  term: T\n  term: U\n  meaning: M\n"
    with pytest.raises(RenamingError, match="written twice"):
        rename("markets", "mills", "grain-mills", **{"strategy/glossary.yaml": broken})
