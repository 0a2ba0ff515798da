"""A table that nobody has changed changes nothing, whatever stands in the strategy."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.editing.edit_notes import is_same
from generator.editing.tables import (
    FORMATS,
    Wishes,
    make_table,
    plan_import,
    read_tables,
    write_table,
)
from generator.editing.tables.cells import Writing
from generator.editing.tables.delimited import read_delimited, write_delimited
from generator.editing.tables.keys import read_origin, write_origin
from generator.editing.tables.names import find_any
from generator.editing.tables.sheet import Sheet, disarm, is_run, rearm
from generator.editing.tables.words import Tongue
from generator.files.tree import FolderTree
from generator.loading.loader import Loaded, load_strategy
from generator.schema.vocabulary import KINDS, standard_vocabulary
from tests.editing.layouts import sample_entry, write_file
from tests.playbooks import ROOT
from tests.sample import MINIMAL_HEADER, MemoryTree

OWN = """\
fields:
  personas:
    rating: {title: Rating, value: choice, choices: [high, "low, or lower"]}
    events: {title: =Events, value: text, several: yes}
    seen: {title: Seen, value: yes_no}
    score: {title: Name, value: number}
    address:
      title: Address
      value: group
      fields:
        town: {title: Town, value: text}
        note: {title: Note, value: prose}
    visits:
      title: Visits
      value: group
      several: yes
      fields:
        day: {title: Day, value: date}
        note: {title: Note, value: prose}
kinds:
  partners:
    title: Partner
    plural: Partners
    description: Companies that sell with us.
    fields:
      personas: {title: Personas, value: reference, refers_to: personas, several: yes}
"""
OWN_FILES = {
    "strategy.yaml": MINIMAL_HEADER.replace("  company:", "  language: de\n  company:"),
    "schema/custom.yaml": OWN,
    "strategy/personas.yaml": """\
- id: boss
  name: The boss
  rating: low, or lower
  events: ["=1+1", "Fair; of May", "• a"]
  seen: no
  score: 1.5
  address: {town: "+49 Ulm", note: "A\\n\\n- b"}
  visits:
    - {day: 2026-01-02, note: "Day: none\\nNote: some"}
    - {day: 2026-01-03}
""",
    "strategy/partners.yaml": "- {id: one, name: One, personas: [boss]}\n",
}


def find_changes(loaded: Loaded, kind: str, format_name: str, *, with_keys: bool = True) -> list:
    """What a table proposes that was made just now; `with_keys` as it is, else of the ids alone."""
    table = make_table(loaded.vocabulary.kinds[kind], loaded)
    assert (list(table.kept), list(table.left_out)) == ([], [])
    sheets = read_tables(write_table(table, format_name))
    if not with_keys:
        sheets = [Sheet(one.name, [row[:-1] for row in one.rows]) for one in sheets[:1]]
    found = plan_import(sheets, loaded, Wishes(kind))
    assert found.is_whole
    assert len(found.rows) == len(table.rows)
    return found.notes


@pytest.mark.parametrize(
    "folder", ["", "examples/parcel-post", "examples/posthog", "examples/sourcegraph"]
)
def test_every_kind_of_a_real_strategy_comes_back_as_it_was(folder: str) -> None:
    loaded = load_strategy(FolderTree(ROOT / folder))
    for kind in loaded.vocabulary.kinds:
        for format_name in FORMATS:
            assert find_changes(loaded, kind, format_name) == [], (kind, format_name)
        assert find_changes(loaded, kind, "csv", with_keys=False) == [], kind


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_comes_back_as_it_was(kind: str) -> None:
    entry = sample_entry(standard_vocabulary().kinds[kind])
    text, _ = write_file(kind, entry, "block", "file")
    files = {"strategy.yaml": MINIMAL_HEADER, f"strategy/{kind}/{entry['id']}.yaml": text}
    loaded = load_strategy(MemoryTree(files))
    [written] = (loaded.locator.entries or {}).values()
    table = make_table(loaded.vocabulary.kinds[kind], loaded)
    # references lead nowhere here, which leaves the entry without a row: what it says is read cell by cell
    writing = Writing(Tongue("de"), find_any)
    for column in table.columns:
        value = written.value
        for step in column.route:
            value = value.get(step) if isinstance(value, dict) else None
        assert value is None or writing.write(value, column.field)
        assert writing.is_exact(value, column.field), column.path


def test_fields_and_kinds_of_a_companys_own_come_back_as_they_were() -> None:
    loaded = load_strategy(MemoryTree(OWN_FILES))
    assert not loaded.problems
    table = make_table(loaded.vocabulary.kinds["personas"], loaded)
    titles = [column.title for column in table.columns]
    assert {"Rating", "Seen", "Name [name]", "Name [custom.score]", "Address: Town"} <= set(titles)
    for kind in ("personas", "partners"):
        for format_name in FORMATS:
            assert find_changes(loaded, kind, format_name) == []
        assert find_changes(loaded, kind, "xlsx", with_keys=False) == []


_TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t'=+-@•;,:\"")
    | st.sampled_from("\n'=-• "),
    max_size=40,
)
_STEPS = standard_vocabulary().kinds["plays"].fields["steps"]
_SOURCES = standard_vocabulary().kinds["plays"].fields["sources"]


@settings(max_examples=300)
@given(st.lists(_TEXT.filter(str.strip), max_size=4))
def test_a_list_is_read_back_from_its_cell_as_it_is(texts: list[str]) -> None:
    writing = Writing(Tongue("en"), find_any)
    assert writing.is_exact(texts, _SOURCES)
    steps = [{"do": text, "say": text[::-1] or "x"} for text in texts]
    assert writing.is_exact(steps, _STEPS)


@settings(max_examples=200)
@given(st.lists(_TEXT, min_size=2, max_size=2))
def test_no_text_is_run_and_all_are_read_back(texts: list[str]) -> None:
    for text in texts:
        assert rearm(disarm(text)) == text
        assert not is_run(disarm(text)) or disarm(text).startswith("'")
    raw = write_delimited([["a", "b"], texts], "de")
    [_, *rows] = read_delimited(raw).rows
    assert rows == [texts]


def test_in_a_workbook_no_text_is_a_formula_and_all_are_read_back() -> None:
    texts = [
        "=1+1",
        "+1",
        "-1",
        "@a",
        "'=1",
        "''@a",
        "'a",
        "_x0041_",
        " a ",
        "1.50",
        "2026-01-02",
        "TRUE",
    ]
    entries = "".join(
        f"- id: t{number}\n  term: T{number}\n  meaning: {text!r}\n".replace('"', "'")
        if "'" not in text
        else f'- id: t{number}\n  term: T{number}\n  meaning: "{text}"\n'
        for number, text in enumerate(texts)
    )
    loaded = load_strategy(
        MemoryTree({"strategy.yaml": MINIMAL_HEADER, "strategy/glossary.yaml": entries})
    )
    raw = write_table(make_table(loaded.vocabulary.kinds["glossary"], loaded), "xlsx")
    [sheet, *_] = read_tables(raw)
    assert is_same([row[2] for row in sheet.rows[1:]], texts)

    from io import BytesIO

    from openpyxl import load_workbook

    book = load_workbook(BytesIO(raw))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert {cell.quotePrefix for cell in cells if str(cell.value).startswith("=")} == {True}
    hidden = [name for name, one in book.worksheets[0].column_dimensions.items() if one.hidden]
    assert len(hidden) == 1


@settings(max_examples=30)
@given(st.dictionaries(st.sampled_from("abcdef"), _TEXT), st.integers(0, 3))
def test_a_key_says_what_the_cells_said(texts: dict[str, str], times: int) -> None:
    long = {path: text * 10 ** (times * 2) for path, text in texts.items()}
    key = write_origin("one", long)
    assert len(key) < 32_700
    origin = read_origin(key)
    assert origin is not None
    assert origin.id == "one"
    for path, text in long.items():
        assert origin.said(path, text)
        assert not origin.said(path, text + "!")


def test_a_key_that_somebody_has_cut_still_names_its_entry() -> None:
    key = write_origin("one", {"says": "a"})
    for cut in ("one", key[:-5], "one not-a-key", key.replace(" ", " %")):
        origin = read_origin(cut)
        assert origin is not None
        assert (origin.id, origin.is_known) == ("one", False)
