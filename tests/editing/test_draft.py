from datetime import date

import pytest

from generator.editing.draft import draft_entry
from generator.schema.vocabulary import KINDS, standard_vocabulary

TODAY = date(2026, 6, 1)


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_entry_passes_the_check_and_is_not_yet_published(load, kind):
    text = draft_entry(standard_vocabulary().kinds[kind], "new-one", TODAY, "leadership")
    loaded = load({f"strategy/{kind}/new-one.yaml": text})
    assert loaded.problems == ()
    [entry] = loaded.strategy
    assert entry.id == "new-one"
    assert entry.audience == "leadership" if kind == "field_notes" else entry.status == "draft"


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_entry_says_what_each_field_is_for(kind):
    described = standard_vocabulary().kinds[kind]
    text = draft_entry(described, "new-one", TODAY, "leadership")
    for name, field in described.fields.items():
        if (
            name not in ("id", "status", "custom", "former_ids")
            and "effective" not in name
            and "review" not in name
        ):
            assert field.description in text
