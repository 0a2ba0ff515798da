"""Who reads what in circles of a company's own, today and in earlier versions."""

import pytest

from generator.model.circles import Circles
from generator.model.edition import choose_edition
from tests.sample import TODAY, load_data

ORDERS = (
    ("owners", "board", "leadership", "internal", "partner", "public"),
    ("leadership", "regions", "internal", "dealers", "partner", "franchise", "public"),
    ("leadership", "desk", "internal", "friends"),
)
READERS = [(order, reader) for order in ORDERS for reader in order]


@pytest.mark.parametrize(("order", "reader"), READERS)
def test_a_reader_gets_what_is_for_the_own_circle_and_the_wider_ones(make_edition, order, reader):
    terms = [{"id": circle, "audience": circle} for circle in order]
    edition = make_edition(reader, header={"audiences": list(order)}, glossary=terms)
    at = order.index(reader)
    assert {entry.id for entry in edition.strategy.of("glossary")} == set(order[at:])
    assert [edition.may_read(circle) for circle in order] == [
        number >= at for number in range(len(order))
    ]
    assert edition.is_for_leadership == (at == 0)
    assert edition.is_for_outsiders == (at > order.index("internal"))


@pytest.mark.parametrize("order", ORDERS)
def test_narrow_is_what_some_of_those_inside_do_not_get(order):
    narrow = [circle for circle in order if Circles(order).is_narrower(circle, "internal")]
    assert narrow == list(order[: order.index("internal")])


@pytest.mark.parametrize("reader", ["dealers", "leadership"])
def test_a_mark_of_the_schema_that_is_no_circle_here_is_the_narrowest(reader):
    circles = Circles(("owners", "internal", "dealers"))
    assert circles.may_read_field("public", "dealers")
    assert not circles.may_read_field("leadership", reader)
    assert circles.may_read_field("leadership", "owners")


def test_what_today_keeps_from_a_circle_is_kept_in_earlier_versions_too():
    before = ("leadership", "dealers", "internal", "public")
    now = ("leadership", "internal", "dealers", "public")
    terms = [{"id": circle, "audience": circle} for circle in before]
    loaded = load_data({"audiences": list(before)}, glossary=terms)
    assert loaded.strategy is not None

    def read(reader, circles_now=()):
        edition = choose_edition(
            loaded.strategy, loaded.vocabulary, reader, TODAY, circles_now=circles_now
        )
        return {entry.id for entry in edition.strategy.of("glossary")}

    assert read("dealers") == {"dealers", "internal", "public"}
    assert read("dealers", now) == {"dealers", "public"}
    assert read("internal", now) == {"internal", "public"}
    assert read("leadership", now) == set(before)
    assert read("public", ("leadership", "internal", "public")) == {"public"}
    with pytest.raises(ValueError, match='no audience "friends"; known are leadership, dealers'):
        read("friends")
    with pytest.raises(ValueError, match="known are leadership, internal, public"):
        read("dealers", ("leadership", "internal", "public"))


@pytest.mark.parametrize(
    ("names", "now", "reader", "narrowest"),
    [
        (("board", "all"), (), "board", True),
        (("board", "all"), (), "all", False),
        (("board", "all"), ("board", "all"), "board", True),
        (("board", "all"), ("all", "board"), "board", False),
        (("board", "all"), ("all", "board"), "all", False),
    ],
)
def test_who_reads_everything_stands_first_in_either_order(names, now, reader, narrowest):
    assert Circles(names, now).is_narrowest(reader) is narrowest
