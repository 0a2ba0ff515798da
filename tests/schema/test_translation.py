import json
from collections.abc import Iterator
from datetime import date
from importlib.resources import files

import pytest

from generator.model.edition import choose_edition
from generator.pages.registry import render_pages
from generator.pages.suggest_form import describe_kind
from generator.schema.translation import translate
from generator.schema.vocabulary import KINDS, Field, Vocabulary, standard_vocabulary
from generator.schema.words import read_descriptions, read_titles, read_words
from tests.sample import complete, load_data
from tests.sample import write_medium as medium

UNSEEN = {
    "checks",
    "id",
    "format",
    "former_ids",
    "audience",
    "audiences",
}
"""Fields that are for authors, and stand on no page and in no form."""


def walk(fields: dict[str, Field]) -> Iterator[Field]:
    for name, field in fields.items():
        if name not in UNSEEN:
            yield field
            yield from walk(field.fields)
            if field.item:
                yield from walk(field.item.fields)
                yield from (field.item,) if field.item.labels else ()


def list_words(vocabulary: Vocabulary) -> set[str]:
    """Every title and label of the schema that a reader may see."""
    found = {
        word
        for name in KINDS
        for word in (vocabulary.kinds[name].title, vocabulary.kinds[name].plural)
    }
    for kind in (*(vocabulary.kinds[name] for name in KINDS), vocabulary.header):
        for field in walk(dict(kind.fields)):
            found |= {field.title, *field.labels.values()}
    return found


@pytest.mark.parametrize("language", ["de"])
def test_every_word_of_the_schema_that_a_reader_sees_is_translated_and_no_other(language):
    words = list_words(standard_vocabulary())
    titles = read_titles(language)
    assert sorted(words - set(titles) - {""}) == []
    assert sorted(set(titles) - words) == []


@pytest.mark.parametrize("language", ["de"])
def test_every_sentence_that_a_form_shows_is_translated_and_no_other(language):
    class Anybody:
        def gets_field(self, mark: str) -> bool:
            return True

    vocabulary, found = standard_vocabulary(), set()
    for name, kind in (*vocabulary.kinds.items(), ("header", vocabulary.header)):
        shown = describe_kind(name, kind, Anybody())["fields"]
        while shown:
            field = shown.pop()
            found |= {field.get("description", ""), field.get("form", "")} - {""}
            shown += [*field.get("fields", ()), *([field["item"]] if "item" in field else ())]
    found |= {kind.description for kind in vocabulary.kinds.values()}
    translated = read_descriptions(language)
    assert sorted(found - set(translated)) == []
    assert sorted(set(translated) - found) == []
    name = translate(vocabulary, language).kinds["markets"].fields["name"]
    assert name.description == translated[vocabulary.kinds["markets"].fields["name"].description]


def test_every_catalogue_of_titles_is_one_of_a_language_with_words():
    names = {path.name for path in files("generator.schema.words").joinpath("titles").iterdir()}
    assert names <= {path.name for path in files("generator.schema.words").iterdir()}


def test_a_language_nobody_translated_keeps_the_words_of_the_schema():
    vocabulary = standard_vocabulary()
    assert translate(vocabulary, "xx") is vocabulary
    assert translate(vocabulary, "de-AT").kinds["markets"].plural == "Märkte"


def test_no_heading_of_ours_is_english_in_a_german_playbook():
    kinds = {**{kind: [complete(kind, {})] for kind in KINDS}, **medium()}
    loaded = load_data({"language": "de"}, **kinds)
    assert loaded.strategy is not None
    edition = choose_edition(loaded.strategy, loaded.vocabulary, "leadership", date(2026, 6, 1))
    english = json.loads(files("generator.schema.words").joinpath("en.json").read_text("utf-8"))
    ours = {*english.values(), *list_words(standard_vocabulary())} - set(read_titles("de").values())
    ours -= set(
        json.loads(files("generator.schema.words").joinpath("de.json").read_text("utf-8")).values()
    )
    pages = render_pages(edition)
    assert read_words("de")("health") in {page.title for page in pages.pages}
    for page in pages.pages:
        said = {
            page.title,
            *(heading.text for heading in page.lay_out().headings if heading.id.startswith("_")),
        }
        assert said & ours == set(), page.address
