import json
import re
from importlib.resources import files

import pytest

from generator.schema.words import read_words


def test_a_word_takes_its_values():
    assert (
        read_words("en")("version", version="2026.2", date="2026-04-01")
        == "Version 2026.2, in effect since 2026-04-01"
    )


@pytest.mark.parametrize("language", ["en", "xx", "xx-YY"])
def test_english_stands_in_for_a_language_without_words(language):
    assert read_words(language)("home") == read_words("en")("home")


def test_every_catalogue_has_only_words_that_english_has():
    folder = files("generator.schema.words")
    english = json.loads(folder.joinpath("en.json").read_text("utf-8"))
    for path in folder.iterdir():
        if path.name.endswith(".json"):
            assert set(json.loads(path.read_text("utf-8"))) <= set(english), path.name


@pytest.mark.parametrize("language", ["de"])
def test_a_catalogue_of_ours_has_every_word_with_the_same_places(language):
    folder = files("generator.schema.words")
    english, own = (
        json.loads(folder.joinpath(f"{name}.json").read_text("utf-8")) for name in ("en", language)
    )
    assert list(set(english) - set(own)) == []
    for name, text in english.items():
        assert set(re.findall(r"\{\w+\}", own[name])) == set(re.findall(r"\{\w+\}", text)), name
        assert own[name].count("|") == text.count("|"), name


def test_a_title_within_a_sentence_is_written_as_the_language_writes_it():
    assert [read_words("en").within(title) for title in ("Field notes", "COP")] == [
        "field notes",
        "COP",
    ]
    assert read_words("de").within("Märkte") == "Märkte"


def test_values_in_words_are_not_read_as_placeholders():
    assert read_words("en")("redirect_link", title="{0} {name} {{}}") == "Go to {0} {name} {{}}"


def test_words_that_the_browser_fills_in_keep_their_places_open():
    assert read_words("en").form("filter_shown") == "{n} of {total} shown"
