import random

from generator.pages.drawing.layering import (
    PER_ROW,
    Node,
    Objective,
    link_rows,
    order_rows,
    stack_rows,
)

BANDS = ("financial", "customer")


def one(name, band="financial", *supports):
    return Objective(name, name, band, supports)


def rows_of(objectives):
    """The rows, linked as the objectives say, and not yet in order."""
    bands, row_of = stack_rows(objectives, BANDS)
    nodes = {each.id: Node(each, row_of[each.id]) for each in objectives}
    rows = [[node for node in nodes.values() if node.row == row] for row in range(len(bands))]
    for each in objectives:
        for target in each.supports:
            link_rows(nodes[each.id], nodes[target], rows)
    return rows


def test_a_cause_stands_below_its_effect_within_a_band():
    assert stack_rows([one("a", "financial", "b"), one("b"), one("c", "customer")], BANDS) == (
        ["financial", "financial", "customer"],
        {"b": 0, "a": 1, "c": 2},
    )


def test_a_full_row_is_followed_by_another_of_its_band():
    bands, row_of = stack_rows([one(str(number)) for number in range(PER_ROW + 1)], BANDS)
    assert bands == ["financial", "financial"]
    assert sorted(row_of.values()) == [0] * PER_ROW + [1]


def test_a_link_over_several_rows_has_a_place_in_each():
    rows = rows_of([one("top"), one("mid", "financial", "top"), one("low", "customer", "top")])
    assert [[node.objective is None for node in row] for row in rows] == [
        [False],
        [False, True],
        [False],
    ]


def test_what_can_be_untangled_is_untangled():
    for seed in range(10):
        objectives = [one(f"t{number}") for number in range(4)]
        objectives += [one(f"b{number}", "customer", f"t{number}") for number in range(4)]
        random.Random(seed).shuffle(objectives)
        assert order_rows(rows_of(objectives)) == 0
