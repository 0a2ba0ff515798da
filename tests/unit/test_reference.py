import pytest

from generator.reference import explain_broken, find_page_mentions, known_titles
from tests.sample import load_data

KNOWN = {"markets": {"dairies": "Dairies"}, "objections": {"too-expensive": "It costs too much"}}


@pytest.mark.parametrize(
    ("written", "refers_to", "title", "fix"),
    [
        ("diaries", ("markets",), 'there is no "diaries" among the markets', 'Did you mean "dairies" (Dairies)?'),
        ("dairies", ("objections",), 'there is no "dairies" among the objections', "Correct the id"),
        ("dairies", ("markets", "plays"), '"dairies" does not say which kind', "Write markets/dairies"),
        ("market/dairies", (), '"market" is not a kind of entry', "Did you mean markets/dairies?"),
        ("objections/dairies", (), 'there is no "dairies" among the objections', "Did you mean markets/dairies?"),
        ("objections/it-costs-too-much", (), "there is no", 'Did you mean "too-expensive" (It costs too much)?'),
        ("people/dairies", ("markets", "plays"), '"people" is not a kind', ""),
        ("", (), '"" does not say which kind', "Put the kind"),
    ],
)
def test_a_reference_that_leads_nowhere_is_told_where_to_lead(written, refers_to, title, fix):
    told = explain_broken(written, refers_to, KNOWN)
    assert told[0].startswith(title)
    assert told[1]
    assert fix in told[2]


def test_links_in_a_page_have_their_line_and_column():
    text = "# Title\n\nSee [a](entry:markets/dairies) and [b](entry:plays/x 'hint').\n"
    assert list(find_page_mentions(text)) == [("markets/dairies", 3, 15), ("plays/x", 3, 46)]


@pytest.mark.parametrize(
    "text",
    [
        "```\n[a](entry:markets/dairies)\n```\n",
        "~~~ text\n[a](entry:markets/dairies)\n~~~\n",
        "```\n~~~\n[a](entry:markets/dairies)\n```\n",
        "Write `[a](entry:markets/dairies)` to link.\n",
        "[a](https://example.com/entry:markets)\n",
    ],
)
def test_what_is_shown_as_code_is_no_link(text):
    assert list(find_page_mentions(text)) == []


def test_behind_a_block_of_code_links_count_again():
    assert len(list(find_page_mentions("```\nx\n```\n[a](entry:markets/dairies)\n"))) == 1


def test_titles_are_known_for_each_kind():
    strategy = load_data(markets=[{"id": "dairies"}]).strategy
    assert strategy is not None
    titles = known_titles(strategy)
    assert titles["markets"] == {"dairies": "Dairies"}
    assert titles["plays"] == {}
