"""Kinds of the company's own, described in `schema/custom.yaml` and read like any other."""

import pytest

from generator.loading.loader import load_strategy
from generator.model.addresses import TAKEN, address_of, placement_of
from generator.model.entry import Key
from generator.pages.registry import FIXED_PAGES
from generator.schema.vocabulary import KINDS
from tests.sample import MINIMAL_HEADER, MemoryTree, write_strategy

OWN = """\
fields:
  people:
    likes: {title: Likes, value: reference, refers_to: sponsors}
kinds:
  sponsors:
    title: Sponsor
    plural: Sponsors
    description: Who pays for our events.
    review_every: 30d
    fields:
      level: {title: Level, value: choice, choices: [high, low], required: yes}
      host: {title: Host, value: reference, refers_to: people}
"""


def load(own=OWN, **files):
    texts = {name.replace("__", "/") + ".yaml": text for name, text in files.items()}
    tree = {"strategy.yaml": MINIMAL_HEADER, "schema/custom.yaml": own, **texts}
    return load_strategy(MemoryTree(tree))


BEN = "- id: ben\n  name: Ben\n  role: Sells\n"
ACME = "id: acme\nname: Acme\nlevel: high\nhost: ben\n"


def test_entries_stand_where_those_of_other_kinds_stand_and_refer_both_ways():
    people = f"{BEN}  likes: acme\n"
    main = f"{MINIMAL_HEADER}sponsors:\n- {{id: acme, name: Acme, level: high, host: ben}}\n"
    single = load(strategy__sponsors__acme=ACME, strategy__people=people)
    listed = load(strategy=main, strategy__people=people)
    for loaded in (single, listed):
        assert loaded.problems == (), [one.title for one in loaded.problems]
        acme = loaded.strategy.find(Key("sponsors", "acme"))
        assert (acme.title, dict(acme.custom)) == ("Acme", {"level": "high", "host": "ben"})
        links = {(str(one.source), one.field, str(one.target)) for one in loaded.strategy.links}
        assert links == {
            ("people/ben", "likes", "sponsors/acme"),
            ("sponsors/acme", "host", "people/ben"),
        }
        assert loaded.strategy.header.checks.review_every["sponsors"].written == "30d"


@pytest.mark.parametrize(
    ("sponsor", "people", "line", "said"),
    [
        ("id: acme\nname: Acme\n", BEN, 2, '"level" is missing in the sponsor "Acme"'),
        ("id: acme\nname: Acme\nlevel: mid\n", BEN, 3, "Level is one of: high, low"),
        (
            "id: acme\nname: Acme\nlevel: high\nhost: benn\n",
            f"{BEN}- {{id: bob, name: Bob, role: Buys}}\n",
            4,
            '"ben"',
        ),
        ("id: acme\nname: Acme\nlevel: low\nleval: 3\n", BEN, 4, '"leval" is not a field'),
        (ACME, f"{BEN}  likes: acmee\n", 4, 'Did you mean "acme"'),
        (ACME, f"{BEN}  likes: sponsors/acme\n", 4, "Write acme"),
    ],
)
def test_faults_are_told_as_in_any_other_kind(sponsor, people, line, said):
    loaded = load(strategy__sponsors__acme=sponsor, strategy__people=people)
    (problem,) = loaded.problems
    assert problem.place.line == line
    assert said in f"{problem.title} {problem.why} {problem.fix}"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Sponsors", "lower-case letters"),
        ("markets", "is a kind that every playbook has"),
        ("header", "the playbook needs itself"),
        ("field_note", ""),
        ("health", "the address of another"),
        ("value_driver", ""),
        ("how_we_work", "the address of another"),
    ],
)
def test_a_name_that_is_taken_is_refused_at_its_line(name, said):
    own = f"kinds:\n  {name}:\n    title: A\n    plural: As\n    description: What it is.\n"
    problems = load(own).problems
    assert [one.place.line for one in problems] == ([2] if said else [])
    assert all(said in f"{one.title} {one.fix}" for one in problems)


def test_no_page_of_ours_has_an_address_that_an_own_kind_could_have():
    ours = {page.address.partition("/")[0] for page in FIXED_PAGES} - {""}
    assert ours <= TAKEN | {placement_of(kind).folder for kind in KINDS}
    assert address_of(Key("price_lists", "spring")) == "price-lists/spring/"


def test_the_header_may_name_who_stands_behind_it():
    header = {"owners": {"sponsors": "ben"}, "checks": {"review_every": {"sponsors": "7d"}}}
    text = write_strategy(header, people=[{"id": "ben"}])
    loaded = load_strategy(MemoryTree({"strategy.yaml": text, "schema/custom.yaml": OWN}))
    assert loaded.problems == (), [one.title for one in loaded.problems]
    assert loaded.strategy.header.checks.review_every["sponsors"].written == "7d"
