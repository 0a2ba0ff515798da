import pytest

from generator.model.addresses import PLACEMENTS, address_of, index_address, relative_address
from generator.model.entry import Key


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
