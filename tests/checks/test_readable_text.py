import pytest

from generator.checks.readable_text import (
    count_words,
    list_words,
    may_be_hard,
    measure_difficulty,
    split_sentences,
    strip_markup,
)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("We heat. We cool.", ["We heat.", "We cool."]),
        ("We heat e.g. dairies. We cool.", ["We heat e.g. dairies.", "We cool."]),
        ("It takes 4.5 days. Then it runs.", ["It takes 4.5 days.", "Then it runs."]),
        ("It ran in 2025. Then it stopped.", ["It ran in 2025.", "Then it stopped."]),
        ("- one\n- two\n1. three", ["one", "two", "three"]),
        ("One\nline on\n\nAnother", ["One line on", "Another"]),
    ],
)
def test_a_text_is_cut_where_a_sentence_ends(text, sentences):
    assert split_sentences(text) == sentences


def test_a_link_is_read_as_its_words():
    assert strip_markup("See **[the pump](entry:offerings/pump)**.") == "See the pump."
    assert count_words("![a b](c.png) d") == 3


def lix_words(long, short, ends=1):
    """A text of `ends` sentences with so many long words of seven letters and short ones."""
    return " ".join(["abcdefg"] * long + ["abc"] * short) + ". x" * (ends - 1)


@pytest.mark.parametrize(
    ("text", "limit", "hard"),
    [
        ("", 10, False),
        (lix_words(5, 5), 69, True),  # ten words in a sentence, half of them long: 60
        (lix_words(5, 5), 70, False),  # a full measure might find ten more, but no more
        (lix_words(0, 30), 39, True),
        (lix_words(0, 30), 60, False),
        (lix_words(0, 31), 61, True),  # half of the limit in one breath
        (" ".join(["abcdef"] * 10), 25, False),  # six letters are not long
    ],
)
def test_what_cannot_be_hard_is_known_by_a_rough_count(text, limit, hard):
    assert may_be_hard(text, list_words(text), limit) is hard


@pytest.mark.parametrize("end", [".", "!", "?", ":", ";"])
def test_a_text_of_short_sentences_is_not_taken_for_hard(end):
    text = f"{end} ".join([lix_words(1, 4)] * 6)
    assert not may_be_hard(text, list_words(text), 40)
    assert may_be_hard(text.replace(end, ","), list_words(text), 40)


@pytest.mark.parametrize("language", ["en", "de", "de-AT", "nl", "fi"])
def test_difficulty_is_words_in_a_sentence_and_long_words_in_a_hundred(language):
    assert measure_difficulty(lix_words(5, 5) + ".", language) == pytest.approx(60)
