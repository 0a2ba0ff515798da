import random

import pytest

from generator.pages.drawing.layering import PER_ROW, Objective
from generator.pages.drawing.strategy_map import MARGIN, PADDING, draw_map
from generator.pages.drawing.text_width import text_width

BANDS = ("financial", "customer", "internal_process", "learning_growth")


def one(name, band="financial", *supports, text=""):
    return Objective(name, text or f"Objective {name}", band, supports)


def some(seed, count=24):
    """A strategy drawn by lot: each objective supports up to three others, wherever they stand."""
    lot = random.Random(seed)
    ids = [f"o{number}" for number in range(count)]
    return [
        one(
            name,
            lot.choice(BANDS),
            *lot.sample([other for other in ids if other != name], lot.randint(0, 3)),
            text=" ".join(
                lot.choices(
                    ["growth", "in", "availability", "of", "Markets", "service"],
                    k=lot.randint(1, 14),
                )
            ),
        )
        for name in ids
    ]


def draw(objectives):
    return draw_map(tuple(objectives), BANDS)


def overlap(a, b):
    return (
        a.x < b.x + b.width
        and b.x < a.x + a.width
        and a.y < b.y + b.height
        and b.y < a.y + a.height
    )


@pytest.mark.parametrize("seed", range(25))
def test_no_two_boxes_overlap_and_all_lie_in_their_band(seed):
    objectives = some(seed)
    drawing = draw(objectives)
    boxes = drawing.boxes
    assert [box.id for box in boxes] == [objective.id for objective in objectives]
    for index, box in enumerate(boxes):
        assert not [other.id for other in boxes[index + 1 :] if overlap(box, other)]
        band = next(band for band in drawing.bands if band.name == objectives[index].band)
        assert band.y < box.y
        assert box.y + box.height < band.y + band.height
        assert box.x >= MARGIN
        assert box.x + box.width <= drawing.width
    for upper, lower in zip(drawing.bands, drawing.bands[1:], strict=False):
        assert upper.y + upper.height < lower.y


@pytest.mark.parametrize("seed", range(25))
def test_the_text_of_every_box_fits(seed):
    for box in draw(some(seed)).boxes:
        assert all(text_width(line) <= box.width - 2 * PADDING for line in box.lines)
        places = [y for y, _ in box.baselines]
        assert box.y < places[0] - 9
        assert places[-1] + 3 < box.y + box.height


@pytest.mark.parametrize("seed", range(5))
def test_the_same_objectives_give_the_same_drawing(seed):
    first = draw(some(seed))
    draw_map.cache_clear()
    assert draw(some(seed)) == first


def test_bands_stand_in_their_order_and_empty_ones_are_left_out():
    drawing = draw([one("a", "learning_growth"), one("b", "financial")])
    assert [band.name for band in drawing.bands] == ["financial", "learning_growth"]


def test_what_supports_another_of_its_band_stands_below_it():
    a, b, c = draw([one("a"), one("b", "financial", "a"), one("c", "financial", "b")]).boxes
    assert a.y + a.height < b.y
    assert b.y + b.height < c.y


def test_a_row_never_holds_more_than_fit():
    boxes = draw([one(str(number)) for number in range(PER_ROW * 2 + 1)]).boxes
    assert len({box.y for box in boxes}) == 3


def test_arrows_that_need_not_cross_do_not():
    top = [one(f"t{number}") for number in range(4)]
    below = [one(f"b{number}", "customer", f"t{3 - number}") for number in range(4)]
    assert draw(top + below).crossings == 0


def test_arrows_that_must_cross_are_counted():
    top = [one("t1"), one("t2")]
    below = [one("b1", "customer", "t1", "t2"), one("b2", "customer", "t1", "t2")]
    assert draw(top + below).crossings == 1


def test_ordering_takes_most_crossings_away():
    for seed in range(10):
        ordered = draw(some(seed)).crossings
        links = sum(len(objective.supports) for objective in some(seed))
        assert ordered < links * 2


def test_a_circle_of_causes_is_drawn_all_the_same():
    drawing = draw(
        [one("a", "financial", "b"), one("b", "financial", "a"), one("c", "customer", "c")]
    )
    assert {(arrow.source, arrow.target) for arrow in drawing.arrows} == {("a", "b"), ("b", "a")}
    a, b, _ = drawing.boxes
    assert not overlap(a, b)
    assert a.reaches == b.reaches == {"a", "b"}


def test_an_arrow_ends_at_the_edge_of_its_box():
    drawing = draw([one("a"), one("b", "customer", "a"), one("c", "learning_growth", "a")])
    a = drawing.boxes[0]
    for arrow in drawing.arrows:
        tip = arrow.head.split("L")[1].split()
        assert a.x <= float(tip[0]) <= a.x + a.width
        assert float(tip[1]) == pytest.approx(a.y + a.height, abs=0.2)


def test_a_long_arrow_passes_between_the_boxes_of_a_row():
    objectives = [one("goal"), *(one(f"c{number}", "customer") for number in range(3))]
    drawing = draw([*objectives, one("far", "learning_growth", "goal")])
    [arrow] = drawing.arrows
    numbers = [float(number) for number in arrow.path.replace("M", " ").replace("C", " ").split()]
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    for box in drawing.boxes[1:4]:
        assert not [
            x
            for x, y in points
            if box.x <= x <= box.x + box.width and box.y < y < box.y + box.height
        ]


def test_every_objective_knows_all_it_helps():
    boxes = draw(
        [one("a"), one("b", "customer", "a"), one("c", "learning_growth", "b"), one("d")]
    ).boxes
    assert {box.id: set(box.reaches) for box in boxes} == {
        "a": {"a"},
        "b": {"a", "b"},
        "c": {"a", "b", "c"},
        "d": {"d"},
    }


def test_an_objective_that_is_not_there_is_no_link():
    assert draw([one("a", "financial", "gone")]).arrows == ()


def test_no_objectives_make_an_empty_map():
    assert draw([]).boxes == ()


def test_a_full_row_needs_no_more_than_a_page_has():
    assert draw([one(str(number)) for number in range(PER_ROW)]).width < 940


def test_a_map_of_single_boxes_is_as_narrow_as_a_phone():
    drawing = draw([one("goal"), one("cause", "customer", "goal")])
    assert drawing.width <= 340
    assert all(box.x + box.width <= drawing.width for box in drawing.boxes)
