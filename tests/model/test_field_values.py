import pytest

from generator.model.field_values import list_parts, make_table, show_field
from generator.model.kinds import Capability, Horizon, Horizons, Pain
from generator.schema.vocabulary import Field, standard_vocabulary

VOCABULARY = standard_vocabulary()


def field_of(kind, name):
    return VOCABULARY.kinds[kind].fields[name]


def own_list(item_type, is_set=True):
    """A list of the company's own."""
    item = Field("item", "Item", "One.", item_type)
    return Field("sizes", "Sizes", "Which.", "list", item=item, is_set=is_set)


@pytest.mark.parametrize("value", [None, "", (), {}, ("",), (None, ""), (Pain(pain=""),)])
def test_nothing_is_shown_of_a_field_with_nothing_in_it(value):
    field = field_of("markets", "pains") if value and value[0] else own_list("plain")
    assert show_field(field, value) is None


@pytest.mark.parametrize("value", [0, 0.0, 12])
def test_zero_is_a_figure(value):
    field = Field("share", "Share", "How much.", "number")
    shown = show_field(field, value)
    assert shown is not None
    assert (shown.value, shown.title, shown.type) == (value, "Share", "number")


def test_a_group_is_shown_where_something_is_in_any_part_of_it():
    horizons = field_of("markets", "horizons")
    assert show_field(horizons, Horizons()) is None
    assert show_field(horizons, Horizons(now=Horizon())) is None
    assert show_field(horizons, Horizons(later=Horizon(our_view="Heat."))) is not None


def test_a_list_is_shown_without_its_empty_items():
    shown = show_field(field_of("markets", "pains"), (Pain(pain=""), Pain(pain="Steam")))
    assert shown is not None
    assert shown.value == (Pain(pain="Steam"),)


def test_a_list_whose_order_means_something_keeps_it():
    shown = show_field(field_of("personas", "goals"), ("Output", "Calm"))
    assert shown is not None
    assert shown.value == ("Output", "Calm")


@pytest.mark.parametrize("written", [("steam", "Cold", "beer"), ("b", 10, "A", 9, 2.5)])
def test_a_list_whose_order_means_nothing_keeps_it_too(written):
    shown = show_field(own_list("plain"), written)
    assert shown is not None
    assert shown.value == written


def test_the_parts_of_a_group_stand_in_the_order_of_the_schema():
    horizons = Horizons(later=Horizon(our_view="C"), now=Horizon(our_view="A"), next=Horizon())
    shown = list_parts(field_of("markets", "horizons"), horizons)
    assert [part.title for part in shown] == ["Now", "Later"]
    assert [
        part.title for part in list_parts(field_of("markets", "pains"), Pain(pain="Steam"))
    ] == ["Pain"]


def columns_of(kind, name, *items):
    shown = show_field(field_of(kind, name), items)
    assert shown is not None
    columns, rows = make_table(shown)
    return [column.name for column in columns], [
        [cell.value if cell else None for cell in row] for row in rows
    ]


def test_a_table_has_a_column_for_whatever_any_of_its_rows_says():
    assert columns_of(
        "offerings",
        "capabilities",
        Capability(name="Heat", description="Hot"),
        Capability(name="Cold"),
    ) == (["name", "description"], [["Heat", "Hot"], ["Cold", None]])


def test_a_table_has_no_column_that_nobody_filled():
    assert columns_of(
        "offerings", "capabilities", Capability(name="Heat"), Capability(name="Cold")
    ) == (["name"], [["Heat"], ["Cold"]])
