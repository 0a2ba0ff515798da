import itertools

import pytest

from generator.changes.alignment import align, canon, find_moved, likeness


def nameless(_: object) -> str:
    return ""


def test_equal_items_are_one_wherever_they_stand():
    assert align(["a", "b", "c"], ["c", "a", "b"], nameless, by_likeness=False) == [
        (0, 1),
        (1, 2),
        (2, 0),
    ]


def test_the_fewest_items_have_moved():
    old, new = ["a", "b", "c", "d"], ["d", "a", "b", "c"]
    assert find_moved([(0, 1), (1, 2), (2, 3), (3, 0)], old, new) == [(3, 0)]


def test_a_text_much_alike_is_the_same_item_reworded():
    old, new = ["Call the plant", "Send the offer"], ["Send the offer", "Call the plant today"]
    assert align(old, new, nameless, by_likeness=True) == [(0, 1), (1, 0)]
    assert align(old, new, nameless, by_likeness=False) == [(1, 0)]


def test_groups_of_one_name_are_the_same_item():
    old, new = [{"name": "A", "price": "1"}], [{"name": "B"}, {"name": "A", "price": "900"}]
    assert align(old, new, lambda item: item["name"], by_likeness=False) == [(0, 1)]


def test_the_way_back_gives_the_same_pairs():
    old, new = ["a b", "a c", "x", "x"], ["x", "a c d", "a b d", "q"]
    there = align(old, new, nameless, by_likeness=True)
    assert sorted((i, j) for j, i in align(new, old, nameless, by_likeness=True)) == there


def test_likeness_counts_words_without_case_and_punctuation():
    assert likeness("Call the plant.", "call the plant") == 1
    assert likeness("a b", "c d") == 0
    assert likeness("", "") == 1


def test_texts_of_which_half_the_words_are_the_same_are_one_item():
    assert align(["a b"], ["a c"], nameless, by_likeness=True) == [(0, 0)]
    assert align(["a b c"], ["a d e"], nameless, by_likeness=True) == []


def test_of_equally_alike_items_the_one_that_moved_least_is_the_same():
    old, new = ["p", "q", "a b"], ["a c", "r", "a d"]
    assert align(old, new, nameless, by_likeness=True) == [(2, 2)]


def test_an_item_is_reworded_into_one_other():
    old, new = ["a b", "a b c"], ["a b c d"]
    assert align(old, new, nameless, by_likeness=True) == [(1, 0)]
    assert align(new, old, nameless, by_likeness=True) == [(0, 1)]


def test_long_lists_that_have_changed_as_a_whole_are_not_compared_item_by_item():
    def pairs(length):
        old, new = ([f"item {n} {word}" for n in range(length)] for word in ("old", "new"))
        return align(old, new, nameless, by_likeness=True)

    assert pairs(100) == [(n, n) for n in range(100)]
    assert pairs(101) == []


@pytest.mark.parametrize("order", [*itertools.permutations(range(5))])
def test_what_has_moved_is_as_little_as_can_be(order):
    old, new = [f"{n}" for n in range(5)], [""] * 5
    for before, after in enumerate(order):
        new[after] = f"{before}"
    moved = find_moved(list(enumerate(order)), old, new)
    kept = [after for before, after in enumerate(order) if (before, after) not in moved]
    assert kept == sorted(kept)
    longest = max(
        length
        for length in range(6)
        for chosen in itertools.combinations(order, length)
        if list(chosen) == sorted(chosen)
    )
    assert len(kept) == longest


def test_nothing_has_moved_in_an_empty_list_or_in_one_that_stayed():
    assert find_moved([], [], []) == []
    assert find_moved([(0, 0), (1, 1)], ["a", "b"], ["a", "b"]) == []


def test_equal_data_is_equal_in_whatever_order_its_fields_stand():
    assert canon({"a": 1, "b": 2}) == canon({"b": 2, "a": 1})
    assert canon("ä") == "ä"
    assert canon(["a"]) != canon(["b"])


@pytest.mark.parametrize(
    ("old", "new", "share"), [("a b", "a c", 0.5), ("a b c", "a b", 0.8), ("a a", "a", 2 / 3)]
)
def test_likeness_is_the_share_of_words_in_common(old, new, share):
    assert likeness(old, new) == pytest.approx(share)
