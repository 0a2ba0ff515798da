import pytest

from generator.loading.references import explain_broken, list_known
from tests.sample import load_data

KNOWN = {
    "markets": {"dairies": ("Dairies",)},
    "objections": {"too-expensive": ("It costs too much", "pricey", "old-id")},
    "competitors": {"acme": ("Acme Ltd", "the big one")},
}


@pytest.mark.parametrize(
    ("written", "refers_to", "title", "fix"),
    [
        (
            "diaries",
            ("markets",),
            'there is no "diaries" among the markets',
            'Did you mean "dairies" ("Dairies")?',
        ),
        (
            "Dairies",
            ("markets",),
            'there is no "Dairies" among the markets',
            'Did you mean "dairies" ("Dairies")?',
        ),
        (
            "dairies",
            ("objections",),
            '"dairies" is a market; an objection is wanted here',
            "Write the id of an objection",
        ),
        (
            "acme",
            ("markets",),
            '"acme" is a competitor; a market is wanted here',
            "Write the id of a market",
        ),
        (
            "competitors/acme",
            ("markets", "plays"),
            '"acme" is a competitor; a market or a play is wanted',
            "",
        ),
        (
            "dairies",
            ("markets", "plays"),
            '"dairies" does not say which kind',
            "Write markets/dairies",
        ),
        (
            "markets/dairies",
            ("markets",),
            '"markets/dairies" names the kind as well',
            "Write dairies",
        ),
        ("market/dairies", (), '"market" is not a kind of entry', "Did you mean markets/dairies?"),
        (
            "objections/dairies",
            (),
            'there is no "dairies" among the objections',
            "Write markets/dairies",
        ),
        (
            "objections/it-costs-too-much",
            (),
            "there is no",
            'Did you mean "objections/too-expensive" ("It costs too much")?',
        ),
        ("the big one", ("competitors",), "there is no", "Write acme"),
        ("old-id", ("objections",), "there is no", "Write too-expensive"),
        ("people/dairies", ("markets", "plays"), '"people" is not a kind', ""),
        ("", (), '"" does not say which kind', "Put the kind"),
    ],
)
def test_a_reference_that_leads_nowhere_is_told_where_to_lead(written, refers_to, title, fix):
    told = explain_broken(written, refers_to, KNOWN)
    assert told.title.startswith(title)
    assert told.why
    assert fix in told.fix


@pytest.mark.parametrize(
    ("written", "refers_to", "replacement"),
    [
        ("diaries", ("markets",), "dairies"),
        ("markets/dairies", ("markets",), "dairies"),
        ("dairies", ("markets", "plays"), "markets/dairies"),
        ("somewhere", ("markets",), None),
        ("acme", ("markets",), None),
    ],
)
def test_only_what_was_surely_meant_may_be_put_in_its_place(written, refers_to, replacement):
    assert explain_broken(written, refers_to, KNOWN).replacement == replacement


def test_the_names_of_each_kind_are_known():
    strategy = load_data(
        markets=[{"id": "dairies"}],
        competitors=[{"also": ["Boilers"], "former_ids": ["old"]}],
        people=[{"id": "zoe", "contact": {"email": "zoe@acme.example"}}],
    ).strategy
    assert strategy is not None
    known = list_known(strategy)
    assert known["markets"] == {"dairies": ("Dairies",)}
    assert known["competitors"] == {"one": ("Boilers Ltd", "Boilers", "old")}
    assert known["plays"] == {}
    assert "zoe@acme.example" in known["people"]["zoe"]


@pytest.mark.parametrize(
    ("written", "in_list", "fix"),
    [
        (
            "zoe, adam",
            True,
            "In square brackets: [zoe, adam]. Or each on a line of its own, behind a dash.",
        ),
        (
            "zoe adam",
            True,
            "In square brackets: [zoe, adam]. Or each on a line of its own, behind a dash.",
        ),
        ("zoe and adam", False, "Keep the one that matters most."),
        ("“zoe”", False, "Write zoe"),
    ],
)
def test_several_names_and_quotes_are_taken_apart(written, in_list, fix):
    known = {"people": {"zoe": ("Zoe",), "adam": ("Adam",)}}
    assert explain_broken(written, ("people",), known, in_list=in_list).fix == fix


@pytest.mark.parametrize(
    ("written", "refers_to", "title", "replacement", "sure"),
    [
        ("Zoe.Lang@acme.example", ("people",), '"Zoe.Lang@acme.example" is the mail', "zoe", True),
        ("mailto:zoe.lang@acme.example", ("people",), '"zoe.lang@acme.example" is', "zoe", True),
        ("Zoe <zoe.lang@acme.example>", (), '"zoe.lang@acme.example" is', "people/zoe", True),
        ("zoe.lang@old.example", ("people",), "", "zoe", False),  # the company had another name
        ("adam@acme.example", ("people",), '"adam@acme.example" is a mail address', "adam", False),
        ("eve@acme.example", ("people",), '"eve@acme.example" is a mail address', None, False),
        ("sales@acme.example", ("people",), "", None, False),  # two share it
        ("zoe.lang@acme.example", ("markets",), "there is no", None, True),
    ],
)
def test_a_mail_address_says_whose_it_is(written, refers_to, title, replacement, sure):
    known = {
        "people": {
            "zoe": ("Zoe", "zoe.lang@acme.example"),
            "adam": ("Adam",),
            "ann": ("Ann", "sales@acme.example"),
            "bob": ("Bob", "sales@acme.example"),
        },
        "markets": {"dairies": ("Dairies",)},
    }
    told = explain_broken(written, refers_to, known)
    assert told.title.startswith(title)
    assert (told.replacement, told.sure) == (replacement, sure)
    if replacement:
        assert replacement in told.fix
