import pytest

from generator.model.addresses import (
    PLACEMENTS,
    PLAIN,
    Delivery,
    address_of,
    edit_address,
    index_address,
    is_taken,
    name_file,
    relative_address,
    version_address,
)
from generator.model.entry import Key
from generator.problems.problem import Place


@pytest.mark.parametrize(
    ("key", "address"),
    [
        (Key("objections", "too-expensive"), "objections/too-expensive/"),
        (Key("proof", "milk-plant"), "proof/#milk-plant"),
        (Key("field_notes", "steam"), "field-notes/#steam"),
    ],
)
def test_the_address_of_an_entry_comes_from_kind_and_id_alone(key, address):
    assert address_of(key) == address
    assert address.startswith(index_address(key.kind))


def test_no_two_kinds_share_a_folder():
    folders = [placement.folder for placement in PLACEMENTS.values()]
    assert len(folders) == len(set(folders))


@pytest.mark.parametrize(
    ("target", "page", "link"),
    [
        ("markets/dairies/", "", "markets/dairies/"),
        ("markets/dairies/", "markets/", "dairies/"),
        ("markets/dairies/", "markets/pharma/", "../dairies/"),
        ("markets/dairies/", "plays/call/", "../../markets/dairies/"),
        ("markets/", "markets/dairies/", "../"),
        ("", "markets/dairies/", "../../"),
        ("", "", "./"),
        ("markets/", "markets/", "./"),
        ("proof/#milk", "proof/", "#milk"),
        ("proof/#milk", "markets/dairies/", "../../proof/#milk"),
        ("assets/prices.pdf", "assets/", "prices.pdf"),
        ("files/prices.pdf", "assets/", "../files/prices.pdf"),
        ("markets", "markets/", "../markets"),
    ],
)
def test_the_way_from_one_page_to_another(target, page, link):
    assert relative_address(target, page) == link


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("markets", "markets/one/"),
        ("personas", "personas/one/"),
        ("offerings", "offerings/one/"),
        ("differentiators", "differentiators/one/"),
        ("competitors", "competitors/one/"),
        ("objections", "objections/one/"),
        ("plays", "plays/one/"),
        ("stages", "stages/one/"),
        ("proof", "proof/#one"),
        ("qualification", "qualification/#one"),
        ("objectives", "objectives/#one"),
        ("people", "people/#one"),
        ("assets", "assets/#one"),
        ("glossary", "glossary/#one"),
        ("field_notes", "field-notes/#one"),
        ("announcements", "announcements/#one"),
    ],
)
def test_what_was_once_linked_to_stays_where_it_is(kind, address):
    assert address_of(Key(kind, "one")) == address


def test_every_kind_has_its_place():
    from generator.schema.vocabulary import KINDS

    assert set(PLACEMENTS) == set(KINDS)
    assert version_address("2026.4") == "versions/2026.4/"


@pytest.mark.parametrize(
    ("target", "page", "link"),
    [
        ("markets/a/b/", "markets/", "a/b/"),
        ("markets/", "markets/a/b/", "../../"),
        ("markets/a//b/", "plays/call/", "../../markets/a/b/"),
    ],
)
def test_the_way_is_as_short_as_it_can_be(target, page, link):
    assert relative_address(target, page) == link


@pytest.mark.parametrize(
    ("base", "place", "address"),
    [
        (
            "https://git.example/edit/",
            Place("a b.yaml", 7),
            "https://git.example/edit/a%20b.yaml#L7",
        ),
        ("https://git.example/edit/", Place("a.yaml"), "https://git.example/edit/a.yaml"),
        ("", Place("a.yaml", 7), ""),
        ("https://git.example/edit/", Place(""), ""),
    ],
)
def test_a_file_is_edited_at_its_line_where_somebody_knows_the_host(base, place, address):
    assert edit_address(base, place) == address


@pytest.mark.parametrize(
    ("kind", "taken"),
    [("proof", True), ("field_notes", True), ("versions", True), ("partners", False)],
)
def test_no_kind_of_a_company_stands_where_something_else_does(kind, taken):
    assert is_taken(kind) == taken


@pytest.mark.parametrize(
    ("link", "named"),
    [
        ("markets/dairies/", "markets/dairies/index.html"),
        ("proof/#milk", "proof/index.html#milk"),
        ("./", "index.html"),
        ("", "index.html"),
        ("#milk", "#milk"),
        ("files/prices.pdf", "files/prices.pdf"),
    ],
)
def test_a_link_names_the_page_where_nobody_opens_a_folder_for_it(link, named):
    assert name_file(link) == named
    assert Delivery(names_files=True).complete(link) == named
    assert PLAIN.complete(link) == link


def test_readers_elsewhere_get_the_whole_address_where_it_is_known():
    assert Delivery(site="https://sell.example/").whole("proof/") == "https://sell.example/proof/"
    assert PLAIN.whole("proof/") == "proof/"
