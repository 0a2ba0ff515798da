"""What a table proposes: ours when somebody has changed it, and those that companies have."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from generator.editing.edit_notes import plan_notes
from generator.editing.tables import (
    Import,
    TableError,
    Wishes,
    make_table,
    plan_import,
    read_tables,
    write_table,
)
from generator.editing.tables.sheet import MAX_COLUMNS, MAX_ROWS, Sheet
from generator.loading.loader import Loaded, load_strategy
from generator.model.entry import Key
from tests.sample import MINIMAL_HEADER, MemoryTree

OBJECTIONS = """\
# Heard most comes first.
- id: too-slow
  says: You take too long   # to deliver
  category: timing
  respond: >-
    We begin within
    two weeks.
  also_said: [Too late, "Not before May"]
- id: no-budget
  says: There is no money
  category: price
  respond: Then we rent it to you.
  audience: leadership
"""
FILES = {
    "strategy.yaml": MINIMAL_HEADER,
    "strategy/objections.yaml": OBJECTIONS,
    "strategy/personas.yaml": "- {id: plant-manager, name: Plant manager}\n- {id: a, name: Alike}\n- {id: b, name: Alike}\n",
}
WISHES = Wishes()


def load(**changed: str) -> Loaded:
    texts = {path.replace("__", "/") + ".yaml": text for path, text in changed.items()}
    return load_strategy(MemoryTree({**FILES, **texts}))


class Table:
    """Our table of the objections, as somebody has it before him."""

    def __init__(self, kind: str = "objections", format_name: str = "xlsx") -> None:
        loaded = load()
        raw = write_table(make_table(loaded.vocabulary.kinds[kind], loaded), format_name)
        self.sheet = read_tables(raw)[0]
        self.rows = [list(row) for row in self.sheet.rows]

    def put(self, row: int, title: str, text: str) -> Table:
        self.rows[row][self.rows[0].index(title)] = text
        return self

    def take(self, loaded: Loaded | None = None) -> Import:
        return plan_import([Sheet(self.sheet.name, self.rows)], loaded or load(), WISHES)


def apply(found: Import, files: Mapping[str, str] = FILES) -> tuple[Mapping[str, str], list[str]]:
    tree = MemoryTree(dict(files))
    plan = plan_notes(tree, load_strategy(tree), found.notes)
    return plan.files, [one.state for one in plan.outcomes]


def say(found: Import) -> str:
    return "\n".join(map(str, found.remarks))


def grave(found: Import) -> list[str]:
    return [str(one) for one in found.remarks if one.is_grave]


@pytest.mark.parametrize("format_name", ["xlsx", "csv"])
def test_only_the_letters_of_a_changed_cell_change(format_name: str) -> None:
    table = Table(format_name=format_name)
    found = table.put(1, "Respond", "We begin within ten days.").take()
    files, states = apply(found)
    assert (found.is_whole, states) == (True, ["applied"])
    assert files == {
        "strategy/objections.yaml": OBJECTIONS.replace("two weeks", "ten days"),
    }


def test_an_emptied_cell_takes_its_field_away_and_a_filled_one_adds_it() -> None:
    found = Table().put(1, "Also said as", "").put(2, "Confirm", "Does that help?").take()
    files, states = apply(found)
    after = load_strategy(MemoryTree({**FILES, **files})).strategy
    assert states == ["applied", "applied"]
    assert after.find(Key("objections", "too-slow")).also_said == ()
    assert after.find(Key("objections", "no-budget")).confirm == "Does that help?"


def test_what_others_changed_since_the_table_was_made_stays() -> None:
    changed = {
        **FILES,
        "strategy/objections.yaml": OBJECTIONS.replace("You take too long", "You are late")
        .replace("no money", "no budget")
        .replace("[Too late,", "[Too late, Sooner,"),
    }
    table = Table().put(1, "Also said as", "Too late\nNot before May\nIn May")
    found = table.put(2, "Says", "We have none").take(load_strategy(MemoryTree(changed)))
    tree = MemoryTree(changed)
    plan = plan_notes(tree, load_strategy(tree), found.notes)
    assert [one.state for one in plan.outcomes] == ["applied", "conflict"]
    assert plan.outcomes[1].now == "There is no budget"
    assert plan.outcomes[1].change.before == "There is no money"
    after = plan.files["strategy/objections.yaml"]
    assert 'also_said: [Too late, Sooner, "Not before May", In May]' in after
    assert "says: You are late" in after


def test_rows_may_be_sorted_and_columns_moved_or_taken_away() -> None:
    table = Table().put(2, "Says", "No money")
    kept = [number for number, title in enumerate(table.rows[0]) if title not in ("Id", "Status")]
    table.rows = [
        [row[number] for number in reversed(kept)] for row in (table.rows[0], *table.rows[:0:-1])
    ]
    found = table.take()
    assert [(str(note.key), note.changes[0].path) for note in found.notes] == [
        ("objections/no-budget", "says")
    ]
    assert found.is_whole


def test_a_row_more_is_a_new_entry_with_an_id_of_its_title() -> None:
    table = Table()
    row = [""] * len(table.rows[0])
    table.rows += [list(row), list(row), list(row)]
    for number, says in ((3, "Zu teuer für uns!"), (5, "高すぎる")):
        table.put(number, "Says", says).put(number, "Category", "Preis").put(
            number, "Respond", "Rent it."
        )
    table.put(3, "Personas", "plant-manager").put(3, "Also said as", "Too dear; Not now, please")
    found = table.take()
    files, states = apply(found)
    assert (states, found.is_whole) == (["applied", "applied"], True)
    after = load_strategy(MemoryTree({**FILES, **files}))
    assert not after.problems
    entry = after.strategy.find(Key("objections", "zu-teuer-fuer-uns"))
    assert (entry.category, entry.also_said) == ("price", ("Too dear", "Not now, please"))
    assert entry.personas == ("plant-manager",)
    assert after.strategy.find(Key("objections", "objection-6")).says == "高すぎる"
    again = table.take(load_strategy(MemoryTree({**FILES, **files})))
    assert (again.notes, again.is_whole) == ([], True)


def test_a_row_without_its_entry_and_an_entry_without_its_row_are_told() -> None:
    table = Table()
    del table.rows[2]
    found = table.take()
    assert (found.notes, found.is_whole) == ([], True)
    assert "1 entry of objections without a row stay as they are: no-budget" in say(found)
    gone = load(strategy__objections=OBJECTIONS.partition("- id: no-budget")[0])
    found = Table().put(1, "Says", "Late").take(gone)
    assert len(found.notes) == 1
    assert "Row 3: there is no objections/no-budget any more" in say(found).replace(
        'Sheet "Objections", r', "R"
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            [(1, "Category", "cheap")],
            'row 2, column D: Category: "cheap" is none of: price, timing',
        ),
        ([(1, "Personas", "Plant boss")], 'nothing called "Plant boss" among the personas'),
        ([(1, "Personas", "Alike")], "may be personas/a or personas/b; write which one"),
        ([(1, "Reviewed on", "03/04/2026")], "may be 2026-04-03 or 2026-03-04"),
        ([(1, "Reviewed on", "soon")], '"soon" is no date'),
        ([(1, "Order", "1,400")], "no figure that can be read in one way only"),
        ([(1, "Review every", "often")], '"often" is no stretch of time'),
        ([(1, "Audience", "public")], "Audience is changed in the files only"),
        ([(1, "Id", "slow")], "playbook rename objections too-slow slow"),
        ([(1, "Id", "no-budget")], "cells were moved without their keys"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_told_where_it_stands(
    changes: Sequence[tuple[int, str, str]], said: str
) -> None:
    table = Table()
    for change in changes:
        table.put(*change)
    found = table.take()
    [told] = grave(found)
    assert told.startswith('Sheet "Objections", row 2')
    assert said in told
    assert found.notes == []


@pytest.mark.parametrize(
    ("title", "text", "value"),
    [
        ("Category", "PREIS", "price"),
        ("Personas", "Plant manager, a", ["plant-manager", "a"]),
        ("Reviewed on", "31.03.2026", "2026-03-31"),
        ("Review every", "90 days", "90d"),
        ("Order", "3", 3),
        ("Explore", "- Why?\n- When, and how?", ["Why?", "When, and how?"]),
        ("Tags", "north, launch", ["north", "launch"]),
        ("Sources", "Survey; May", ["Survey; May"]),
    ],
)
def test_a_cell_may_be_written_as_people_write(title: str, text: str, value: Any) -> None:
    found = Table().put(1, title, text).take()
    assert grave(found) == []
    assert found.notes[0].changes[0].after == value


def test_a_cell_that_a_spreadsheet_has_written_in_its_own_way_is_as_it_was() -> None:
    entries = OBJECTIONS.replace(
        "  audience:", "  reviewed_on: 2026-03-31\n  order: 3\n  audience:"
    )
    loaded = load(strategy__objections=entries)
    raw = write_table(make_table(loaded.vocabulary.kinds["objections"], loaded), "csv")
    other = raw.replace(b"2026-03-31", b"31.03.2026").replace(b",3,", b",3.0,")
    assert other != raw
    found = plan_import(read_tables(other), loaded, WISHES)
    assert (found.notes, found.is_whole) == ([], True)


def test_a_copied_row_is_a_new_entry_where_its_id_is_emptied() -> None:
    table = Table()
    table.rows.append(list(table.rows[1]))
    assert "it is a copy of row 2, the same entry too-slow" in say(table.take())
    found = table.put(3, "Id", "").put(3, "Says", "You are late").take()
    assert found.is_whole
    assert [(str(note.key), note.is_new) for note in found.notes] == [
        ("objections/you-are-late", True)
    ]
    table.rows[3] = list(table.rows[2])
    found = table.put(3, "Id", "").put(3, "Says", "Only for some").take()
    assert "Audience is set in the files" in say(found)


def test_what_somebody_added_to_our_table_is_named() -> None:
    table = Table()
    for row, text in zip(table.rows, ["My notes", "", "ask Ada"], strict=True):
        row.append(text)
    found = table.take()
    assert found.is_whole
    assert '"My notes" is not taken (no field is called so), such as "ask Ada"' in say(found)


def csv(text: str, encoding: str = "utf-8") -> list[Sheet]:
    return read_tables(text.replace("\n", "\r\n").encode(encoding))


GERMAN = (
    "Einwand;Kategorie;Antwort;Unsere Antwort an den Einkauf;Anzahl\n"
    '"Zu teuer im ""Winter""";Preis;"Über fünf Jahre\nist es günstiger.";;12\n'
    ";;;;\n"
    "Keine Zeit – jetzt;Zeitpunkt;Wir fangen klein an.;ja;3\n"
    "=1+1;Preis;@home;-1;4\n"
    "Stand: März 2026;;;;\n"
)


def test_a_german_csv_of_excel_is_taken_in() -> None:
    found = plan_import(csv(GERMAN, "cp1252"), load(), WISHES, (), "Liste")
    [(_, headings)] = found.headings
    assert {one.text: one.column.path for one in headings.columns if one.column} == {
        "Einwand": "says",
        "Kategorie": "category",
        "Antwort": "respond",
    }
    assert found.is_whole
    files, states = apply(found)
    assert states == ["applied"] * 3
    after = load_strategy(MemoryTree({**FILES, **files}))
    assert not after.problems
    entry = after.strategy.find(Key("objections", "zu-teuer-im-winter"))
    assert entry.says == 'Zu teuer im "Winter"'
    assert entry.respond == "Über fünf Jahre\nist es günstiger."
    assert after.strategy.find(Key("objections", "keine-zeit-jetzt")).category == "timing"
    assert (files["strategy/objections.yaml"]).startswith(OBJECTIONS)
    said = say(found)
    assert '"Anzahl" is not taken' in said
    assert "Row 6: not taken: a new entry needs Category (category) and Respond (respond)" in said
    again = plan_import(csv(GERMAN, "cp1252"), after, WISHES)
    assert again.notes == []


def price_list() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "Prices 2026"
    for row in (
        ["Price list 2026"],
        [],
        ["Offering", "Kind", "One-liner", "List price", "Change", "Personas"],
        ["Small pump", "Product", "Heat for a small dairy", 4900, 0.25, "Plant manager"],
        ["Large pump", None, "Heat for a large dairy", 12000.5, None, None],
        ["Care plan", "Service", "We come_x000D_\nwithin a day", "on request", None, None],
    ):
        sheet.append(row)
    sheet["D4"].number_format = '#,##0.00 "€"'
    sheet["D5"].number_format = "[$$-409]#,##0.00"
    sheet["E4"].number_format = "0%"
    sheet.merge_cells("A1:F1")
    sheet.merge_cells("B4:B5")
    book.create_sheet("Notes")["A1"] = "x"
    book.create_sheet("Old").sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_with_titles_above_its_header_and_merged_cells_is_taken_in() -> None:
    wishes = Wishes(fields=[("List price", "guardrails.floor"), ("E", "limitations")])
    found = plan_import(read_tables(price_list()), load(), wishes)
    assert found.is_whole
    files, states = apply(found)
    assert states == ["applied"] * 3
    after = load_strategy(MemoryTree({**FILES, **files}))
    assert not after.problems
    assert list(files) == ["strategy/offerings.yaml"]
    small, large, care = (
        after.strategy.find(Key("offerings", name))
        for name in ("small-pump", "large-pump", "care-plan")
    )
    assert (small.kind, large.kind, care.kind) == ("product", "product", "service")
    assert [one.guardrails.floor for one in (small, large, care)] == [
        "4900 €",
        "$12000.5",
        "on request",
    ]
    assert small.limitations[0].limit == "25%"
    assert care.one_liner == "We come within a day"
    assert small.personas == ("plant-manager",)
    said = say(found)
    assert '"Price list 2026" stands above the titles' in said
    assert 'Sheet "Notes": not read' in said
    assert 'Sheet "Old": not read' in said


TERMS = 'Word\tWhat it is\tAKA\nHub\tWhere 5" parcels meet\tcentre, node\nHub\tAgain\t\n'


def test_a_text_between_tabs_with_titles_in_other_words_is_taken_in_as_its_author_says() -> None:
    sheets = csv("\ufeff" + TERMS)
    with pytest.raises(TableError, match="what kind of entry stands in its rows"):
        plan_import(sheets, load(), WISHES)
    found = plan_import(sheets, load(), Wishes("glossary"))
    assert found.notes == []
    assert "no column is taken for Term (term)" in grave(found)[0]
    said = [("Word", "term"), ("B", "Meaning"), ("AKA", "also")]
    found = plan_import(sheets, load(), Wishes("glossary", fields=said), [("status", "draft")])
    assert grave(found) == ['Row 3: not taken: "Hub" stands in row 2 already']
    files, states = apply(found)
    assert states == ["applied"]
    assert "also:\n  - centre\n  - node\n" in files["strategy/glossary/hub.yaml"]
    assert "status: draft\n" in files["strategy/glossary/hub.yaml"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ([("Wort", "term")], 'no column is called "Wort" in row 1: "Word", "What it is" and "AKA"'),
        ([("Word", "trem")], 'is no field of glossary; did you mean "term"?'),
    ],
)
def test_a_wish_that_cannot_be_followed_is_told(
    fields: Sequence[tuple[str, str]], said: str
) -> None:
    with pytest.raises(TableError) as told:
        plan_import(csv(TERMS), load(), Wishes("glossary", fields=fields))
    assert said in str(told.value)


@pytest.mark.parametrize(
    ("raw", "rows"),
    [
        (b"a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
        (b"sep=|\r\na|b\r\n1|2,3\r\n", [[], ["a", "b"], ["1", "2,3"]]),
        ("a\tb\nä\tc".encode("utf-16"), [["a", "b"], ["ä", "c"]]),
        (b'a;b\n"1\r\n2";3\n', [["a", "b"], ["1\n2", "3"]]),
        (b"'=1;''-1\n'a;b\n", [["=1", "'-1"], ["'a", "b"]]),
    ],
)
def test_a_delimited_text_is_read_as_spreadsheets_write_it(
    raw: bytes, rows: list[list[str]]
) -> None:
    assert read_tables(raw)[0].rows == rows


def packed(**changed: str) -> bytes:
    """A workbook with other content in some of its parts."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(price_list())) as book,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in book.namelist():
            text = book.read(name).decode()
            for part, inner in changed.items():
                if name.endswith(f"{part}.xml"):
                    text = inner if inner.startswith("<?") else text.replace("<sheetData>", inner)
            made.writestr(name, text)
    return out.getvalue()


_ENTITIES = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
_CELL = '<sheetData><row r="1"><c r="{}" t="inlineStr"><is><t>x</t></is></c></row>'


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: b"\xd0\xcf\x11\xe0" + bytes(600), "old kind"),
        (lambda: b"PK\x03\x04" + bytes(60), "damaged"),
        (lambda: bytes(range(256)), "no table"),
        (lambda: b"a" * 20_000_001, "too large for a table"),
        (lambda: b'a;b\n"1;2\n3;4\n', 'row 2 (behind "a") has a double quote that is never closed'),
        (lambda: b"a\n" * (MAX_ROWS + 1), "more than"),
        (lambda: packed(sheet1=_ENTITIES + "<worksheet>&a;</worksheet>"), "cannot be read"),
        (lambda: packed(workbook=_ENTITIES + "<workbook>&a;</workbook>"), "cannot be read"),
        (lambda: packed(sheet1="<?xml"), "cannot be read"),
        (lambda: packed(sheet1="<?" + " " * 160_000_000), "too large when it is unpacked"),
        (lambda: packed(sheet1=_CELL.format("XFD1")), f"more than {MAX_COLUMNS} columns"),
        (lambda: packed(sheet1=_CELL.format("A1").replace('r="1"', 'r="1048576"')), ""),
    ],
)
def test_a_file_that_is_no_table_or_would_burst_is_refused_in_a_line(
    make: Callable[[], bytes], said: str
) -> None:
    raw = make()
    if not said:
        assert len(read_tables(raw)[0].rows) <= MAX_ROWS
        return
    with pytest.raises(TableError) as told:
        read_tables(raw)
    assert said in str(told.value)
    assert "\n" not in str(told.value)


def test_of_a_formula_the_stored_value_counts_and_one_without_is_told() -> None:
    book = load_workbook(io.BytesIO(price_list()))
    book.worksheets[0]["C6"] = '=CONCATENATE("a","b")'
    out = io.BytesIO()
    book.save(out)
    found = plan_import(read_tables(out.getvalue()), load(), WISHES)
    assert "row 6, column C: the formula has no stored result" in "".join(grave(found))


PACKAGES = (
    "Offering;One-liner;Package;Price;Includes\n"
    "Small pump;Heat for a dairy;Basic;4900 €;pump, pipes\n"
    "Small pump;;Care;99 €;\n"
    ";;On call;199 €;\n"
    "Large pump;Heat for two;;;\n"
)
IN_ROWS = [("Package", "packages.name"), ("Price", "packages.price"), ("E", "Packages: Includes")]


def test_a_list_of_groups_may_go_over_several_rows() -> None:
    found = plan_import(csv(PACKAGES), load(), Wishes("offerings", fields=IN_ROWS))
    assert grave(found) == []
    files, states = apply(found)
    after = load_strategy(MemoryTree({**FILES, **files}))
    assert (states, after.problems) == (["applied"] * 2, ())
    small = after.strategy.find(Key("offerings", "small-pump"))
    assert [(one.name, one.price) for one in small.packages] == [
        ("Basic", "4900 €"),
        ("Care", "99 €"),
        ("On call", "199 €"),
    ]
    assert small.packages[0].includes == ("pump", "pipes")
    assert after.strategy.find(Key("offerings", "large-pump")).packages == ()
    again = plan_import(csv(PACKAGES), after, Wishes("offerings", fields=IN_ROWS))
    assert (again.notes, again.is_whole) == ([], True)
    dearer = csv(PACKAGES.replace("99 €;\n;", "109 €;\n;"))
    found = plan_import(dearer, after, Wishes("offerings", fields=IN_ROWS))
    changed, states = apply(found, {**FILES, **files})
    assert states == ["applied"]
    [path] = files
    assert changed == {path: files[path].replace("price: 99 €", "price: 109 €")}


def test_rows_of_one_entry_that_contradict_each_other_are_told() -> None:
    text = PACKAGES.replace("Small pump;;Care", "Small pump;Cold;Care").replace("On call", "")
    found = plan_import(csv(text), load(), Wishes("offerings", fields=IN_ROWS))
    assert [one.partition(":")[0] for one in grave(found)] == ["Row 3, column B", "Row 4, column D"]
    assert "row 2 says something else of this entry" in grave(found)[0]
    assert "Packages: Price: name is missing beside it" in grave(found)[1]
