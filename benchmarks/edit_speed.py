"""How long it takes to write what edit notes and tables propose, in a strategy of 10,000 entries.

    python -m benchmarks.edit_speed

Prints, for all entries in one list and for each in a file of its own: CPU seconds to make the text of
an edit note that changes one text, adds to a list, begins an entry; and of a thousand notes. Then of
a table: to export it as a workbook, and to read that back. Reading the strategy and checking it come
besides, and are the measure of `check_speed`; reading is printed for comparison.
"""

from __future__ import annotations

import textwrap
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from benchmarks.check_speed import ENTRY, MARKETS
from generator.editing.edit_notes import EditNote, plan_notes
from generator.editing.edit_notes.note import FieldChange
from generator.editing.tables import Wishes, make_table, plan_import, read_tables, write_table
from generator.loading.loader import Loaded, load_strategy
from generator.model.entry import Key
from tests.sample import MINIMAL_HEADER, MemoryTree

COUNT, MANY = 10_000, 1_000
MAX_BYTES = 100_000_000
_TAGS = FieldChange("tags", ["price"], ["price", "more"])
_NEW = (
    FieldChange("says", None, "You leave"),
    FieldChange("category", None, "trust"),
    FieldChange("respond", None, "We stay."),
)


def main() -> None:
    """Measure and print."""
    print(f"{COUNT:,} entries, CPU seconds of one run")
    for name, files in (("files of their own", list_in_files()), ("one list", list_in_a_list())):
        tree = MemoryTree(
            {"strategy.yaml": MINIMAL_HEADER, "strategy/markets.yaml": MARKETS, **files}
        )
        loaded = _time(f"{name}: reading it", partial(load_strategy, tree, MAX_BYTES))
        for what, notes in _list_notes():
            _time(f"{name}: {what}", partial(_plan, tree, loaded, notes))
    kind = loaded.vocabulary.kinds["objections"]
    raw = _time("a table: export", lambda: write_table(make_table(kind, loaded), "xlsx"))
    found = _time("a table: import", lambda: plan_import(read_tables(raw), loaded, Wishes()))
    assert (found.notes, len(found.rows)) == ([], COUNT)


def _list_notes() -> Sequence[tuple[str, Sequence[EditNote]]]:
    key = Key("objections", f"objection-{COUNT // 2}")
    text = FieldChange("category", "price", "trust")
    many = [Key("objections", f"objection-{number}") for number in range(0, COUNT, COUNT // MANY)]
    return (
        ("one text", [EditNote(key, False, (text,))]),
        ("an item more in a list", [EditNote(key, False, (_TAGS,))]),
        ("a new entry", [EditNote(Key("objections", "you-leave"), True, _NEW)]),
        (f"{MANY:,} texts", [EditNote(one, False, (text,)) for one in many]),
        (f"{MANY:,} items more", [EditNote(one, False, (_TAGS,)) for one in many]),
    )


def _plan(tree: MemoryTree, loaded: Loaded, notes: Sequence[EditNote]) -> None:
    assert plan_notes(tree, loaded, notes, MAX_BYTES).is_whole


def list_in_a_list() -> dict[str, str]:
    """All entries in the list of their kind."""
    return {"strategy/objections.yaml": "".join(map(_entry, range(COUNT)))}


def list_in_files() -> dict[str, str]:
    """Each entry in a file of its own."""
    return {
        f"strategy/objections/objection-{number}.yaml": textwrap.dedent(f"  {_entry(number)[2:]}")
        for number in range(COUNT)
    }


def _entry(number: int) -> str:
    return ENTRY.format(number=number)


def _time(what: str, run: Callable[[], Any]) -> Any:
    begun = time.process_time()
    result = run()
    print(f"  {what:<44} {time.process_time() - begun:6.2f} s")
    return result


if __name__ == "__main__":
    main()
