from generator.changes.alignment import align, find_moved, likeness


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
