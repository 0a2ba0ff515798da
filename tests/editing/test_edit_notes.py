import copy
import json
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.editing.edit_notes import EditNote, NoNoteError, plan_notes, read_notes
from generator.editing.edit_notes.merging import is_same, merge_sequences
from generator.editing.edit_notes.note import FieldChange
from generator.editing.value_edits import field_at, show_path
from generator.loading.loader import load_strategy
from generator.model.entry import Key
from generator.schema.vocabulary import KINDS, PROTECTED, Field, standard_vocabulary
from tests.editing.layouts import HOMES, STYLES, iterate_routes, sample, sample_entry, write_file
from tests.sample import MINIMAL_HEADER, MemoryTree
from tests.trials.amount import some

_VOCABULARY = standard_vocabulary()
_KINDS = {**_VOCABULARY.kinds, "header": _VOCABULARY.header}
OBJECTIONS = """\
# Heard most comes first.
- id: too-slow
  says: You take too long   # to deliver
  category: timing
  respond: >-
    We begin within
    two weeks.
  also_said: [Too late, "Not before May"]
  explore:
    - When do you need it?
    - Who waits for it?
- id: no-budget
  says: There is no money
  category: price
  respond: Then we rent it to you.
"""
KEY = Key("objections", "too-slow")


def plan(*changes, key=KEY, is_new=False, text=OBJECTIONS, more=()):
    tree = MemoryTree(
        {"strategy.yaml": MINIMAL_HEADER, "strategy/objections.yaml": text, **dict(more)}
    )
    made = plan_notes(tree, load_strategy(tree), [EditNote(key, is_new, changes)])
    return made, [one.state for one in made.outcomes]


def test_only_the_letters_of_the_value_change():
    made, states = plan(
        FieldChange("respond", "We begin within two weeks.", "We begin within ten days.")
    )
    assert states == ["applied"]
    assert made.files == {"strategy/objections.yaml": OBJECTIONS.replace("two weeks", "ten days")}


@pytest.mark.parametrize(
    ("change", "state"),
    [
        (FieldChange("says", "You take too long", "You are slow"), "applied"),
        (FieldChange("says", "You are late", "You take too long "), "done"),
        (FieldChange("says", "You are late", "You are slow"), "conflict"),
        (FieldChange("confirm", None, "Is that soon enough?"), "applied"),
        (FieldChange("confirm", "Soon enough?", None), "done"),
        (FieldChange("explore[1]", "Who waits for it?", "Who is waiting?"), "applied"),
        (FieldChange("explore[0]", "Who waits for it?", "Who is waiting?"), "applied"),
        (FieldChange("explore[0]", "Who cares?", "Who is waiting?"), "conflict"),
        (FieldChange("audience", None, "public"), "refused"),
        (FieldChange("owner.audience", None, "public"), "refused"),
        (FieldChange("colour", None, "red"), "refused"),
        (FieldChange("says..", None, "red"), "refused"),
    ],
)
def test_a_field_changes_where_it_says_what_its_proposer_saw(change, state):
    made, states = plan(change)
    assert states == [state]
    assert bool(made.files) == (state == "applied")


OWN = """\
fields:
  objections:
    heard_in: {title: Heard in, value: choice, choices: [mail, call]}
    said_by: {title: Said by, value: text}
kinds:
  venues: {title: Venue, plural: Venues, description: Where., fields: {size: {title: Size, value: text}}}
"""


def plan_own(*changes, key=KEY, is_new=False):
    text = OBJECTIONS.replace(
        "  also_said", "  heard_in: mail\n  custom: {said_by: Ann}\n  also_said", 1
    )
    more = {
        "schema/custom.yaml": OWN,
        "strategy/venues.yaml": "- {id: hall, name: Hall, size: small}\n",
    }
    return plan(*changes, key=key, is_new=is_new, text=text, more=more)


def test_fields_and_kinds_of_a_companys_own_change_like_any_other_wherever_they_are_written():
    """As the form names them: by their name alone."""
    made, states = plan_own(
        FieldChange("heard_in", "mail", "call"),
        FieldChange("said_by", "Ann", "Ben"),
        FieldChange("heard_in", "mail", "mail"),
    )
    assert (states, made.outcomes[0].title) == (["applied", "applied", "conflict"], "Heard in")
    text = made.files["strategy/objections.yaml"]
    assert "  heard_in: call\n  custom: {said_by: Ben}\n" in text
    made, states = plan_own(
        FieldChange("size", "small", "large"), key=Key("venues", "hall"), is_new=False
    )
    assert states == ["applied"]
    assert "size: large" in made.files["strategy/venues.yaml"]
    size = FieldChange("size", None, "small")
    made, states = plan_own(
        FieldChange("name", None, "Hall"), size, key=Key("venues", "hall"), is_new=True
    )
    assert states == ["done"]


def test_a_set_takes_what_was_added_and_keeps_what_others_added():
    change = FieldChange("also_said", ["Too late"], ["Too late", "Sooner!"])
    made, states = plan(change)
    assert states == ["applied"]
    assert '[Too late, "Not before May", Sooner!]' in made.files["strategy/objections.yaml"]


def test_items_are_added_and_taken_away_by_what_they_say():
    made, states = plan(
        FieldChange("also_said", added=("Sooner!",), removed=("Too late",), is_by_item=True),
        FieldChange("also_said", removed=("Never said",), is_by_item=True),
    )
    assert states == ["applied", "done"]
    assert '  also_said: ["Not before May", Sooner!]\n' in made.files["strategy/objections.yaml"]


def test_an_entry_that_is_called_otherwise_by_now_is_found():
    renamed = OBJECTIONS.replace("- id: too-slow", "- id: too-late\n  former_ids: [too-slow]")
    made, states = plan(FieldChange("says", "You take too long", "You are slow"), text=renamed)
    assert states == ["applied"]
    assert made.outcomes[0].key == Key("objections", "too-late")


def test_an_entry_that_is_gone_is_told():
    made, states = plan(FieldChange("says", "a", "b"), key=Key("objections", "gone"))
    assert states == ["refused"]
    assert "no objections/gone any more" in made.outcomes[0].why


@pytest.mark.parametrize("home", ["list", "file"])
def test_a_new_entry_stands_where_its_kind_is_written(home):
    changes = [
        FieldChange("respond", after="We stay.\n\nAlways: day and night."),
        FieldChange("says", after="You leave: #2"),
        FieldChange("category", after="trust"),
        FieldChange("also_said", after=["You go", "No, wait"]),
        FieldChange("confirm", after=""),
    ]
    key = Key("objections", "you-leave")
    text = {
        "strategy/objections/other.yaml": "id: other\nsays: No\ncategory: price\nrespond: Yes.\n"
    }
    if home == "list":
        made, states = plan(*changes, key=key, is_new=True)
    else:
        tree = MemoryTree({"strategy.yaml": MINIMAL_HEADER, **text})
        made = plan_notes(tree, load_strategy(tree), [EditNote(key, True, tuple(changes))])
        states = [one.state for one in made.outcomes]
    assert states == ["applied"]
    [(path, after)] = made.files.items()
    if home == "list":
        assert after.startswith(OBJECTIONS)
    else:
        assert path == "strategy/objections/you-leave.yaml"
    found = load_strategy(MemoryTree({"strategy.yaml": MINIMAL_HEADER, path: after}))
    assert not found.problems
    entry = found.strategy.find(key)
    assert (entry.says, entry.also_said) == ("You leave: #2", ("You go", "No, wait"))
    assert entry.respond == "We stay.\n\nAlways: day and night."


def test_a_new_entry_under_a_taken_id_is_refused_unless_it_says_the_same():
    same = [FieldChange("says", after="There is no money"), FieldChange("category", after="price")]
    key = Key("objections", "no-budget")
    assert plan(*same, key=key, is_new=True)[1] == ["done"]
    assert plan(FieldChange("says", after="No"), key=key, is_new=True)[1] == ["refused"]
    assert plan(*same, key=Key("objections", "Not an id"), is_new=True)[1] == ["refused"]


def test_two_notes_about_one_entry_build_on_each_other():
    tree = MemoryTree({"strategy.yaml": MINIMAL_HEADER, "strategy/objections.yaml": OBJECTIONS})
    notes = [
        EditNote(KEY, False, (FieldChange("says", "You take too long", "You are slow"),)),
        EditNote(KEY, False, (FieldChange("says", "You are slow", "You are late"),)),
        EditNote(KEY, False, (FieldChange("says", "You take too long", "You wait"),)),
    ]
    made = plan_notes(tree, load_strategy(tree), notes)
    assert [one.state for one in made.outcomes] == ["applied", "applied", "conflict"]
    assert "says: You are late   # to deliver" in made.files["strategy/objections.yaml"]


@pytest.mark.trial
@pytest.mark.parametrize("kind", some([*KINDS, "header"], 6))
def test_every_field_is_applied_and_read_again_as_proposed(kind):
    """In each style of writing by turns; the first level of fields, and the values inside."""
    described = _KINDS[kind]
    whole = _whole(described)
    for turn, style in enumerate(STYLES):
        entry = sample_entry(described)
        home = "main" if kind == "header" or style != "block" else HOMES[turn % len(HOMES)]
        text, _ = write_file(kind, entry, style, home)
        name = "strategy.yaml" if home == "main" else f"strategy/{kind}.yaml"
        if home == "file":
            name = f"strategy/{kind}/{entry['id']}.yaml"
        header = {} if home == "main" else {"strategy.yaml": MINIMAL_HEADER}
        tree = MemoryTree({**header, name: text})
        loaded = load_strategy(tree)
        key = None if kind == "header" else Key(kind, entry["id"])
        written = loaded.locator.find(key)
        assert written is not None, (kind, style)
        changes, wanted = [], copy.deepcopy(written.value)
        for route in iterate_routes(whole, entry):
            if len(route) > 2 or PROTECTED & set(route) or _is_guarded(described, route):
                continue
            field = field_at(described, route)
            if len(route) == 1 and field.type in ("list", "object"):
                continue
            now, then = _at(wanted, route), sample(field, other=True)
            changes.append(FieldChange(show_path(route), now, then))
            _put(wanted, route, then)
        made = plan_notes(tree, loaded, [EditNote(key, False, tuple(changes))])
        states = [one.state for one in made.outcomes]
        assert set(states) <= {"applied", "done"}, made.outcomes
        assert states.count("applied") > len(states) / 2
        again = load_strategy(MemoryTree({**header, **made.files})).locator.find(key)
        assert is_same(again.value, wanted)


def _whole(kind):
    return Field("", "", "", "object", fields=kind.fields)


def _is_guarded(kind, route):
    inner = field_at(kind, route)
    return bool(PROTECTED & {*inner.fields, *(inner.item.fields if inner.item else ())})


def _at(value, route):
    for step in route:
        value = value[step]
    return value


def _put(value, route, wanted):
    for step in route[:-1]:
        value = value[step]
    value[route[-1]] = wanted


_ITEMS = st.lists(st.sampled_from("abcdef"), max_size=6)


@settings(max_examples=200)
@given(_ITEMS, _ITEMS, _ITEMS)
def test_merging_of_lists_loses_nothing_of_either(before, mine, theirs):
    assert merge_sequences(before, mine, before) == mine
    assert merge_sequences(before, before, theirs) == theirs
    merged = merge_sequences(before, mine, theirs)
    if merged is not None:
        for one in set(before + mine + theirs):
            gain = mine.count(one) - before.count(one) + theirs.count(one)
            assert merged.count(one) == gain


NOTE = {
    "format": 1,
    "base": {"version": "2026.1", "edition": "internal"},
    "entry": "objections/too-slow",
    "changes": [{"field": "says", "from": "You take too long", "to": "You are slow"}],
    "why": "Heard\nso.",
    "by": "Ada",
}


def _in_mail(text):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "ada@example.com", "x@example.com", "A change"
    mail.set_content(text)
    return bytes(mail)


BLOCK = f"Please:\n\n```json\n{json.dumps(NOTE, indent=1)}\n```\n\nThank you."


@pytest.mark.parametrize(
    "raw",
    [
        json.dumps(NOTE).encode(),
        json.dumps([NOTE]).encode("utf-8-sig"),
        BLOCK.encode(),
        BLOCK.replace("\n", "\r\n").encode(),
        json.dumps({"action": "opened", "issue": {"number": 3, "body": BLOCK}}).encode(),
        json.dumps({"object_attributes": {"iid": 3, "description": BLOCK}}).encode(),
        _in_mail(BLOCK),
        _in_mail(BLOCK.replace("You take too long", "You take\ntoo long")),
    ],
)
def test_a_note_is_found_wherever_it_was_sent(raw):
    [note] = read_notes(raw)
    assert (note.key, note.why, note.by, note.is_new) == (KEY, "Heard so.", "Ada", False)
    assert note.changes == (FieldChange("says", "You take too long", "You are slow"),)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b"null",
        b"Only words",
        b'```json\n{"changes": \n```',
        json.dumps({**NOTE, "format": 2}).encode(),
        json.dumps({**NOTE, "entry": "objections"}).encode(),
        json.dumps({**NOTE, "changes": []}).encode(),
        json.dumps({**NOTE, "changes": [{"field": "says"}]}).encode(),
        json.dumps({**NOTE, "run": "rm"}).encode(),
        b"[" * 100_000,
        (json.dumps(NOTE)[:-1] + ', "why": "' + "a" * 2_000_000 + '"}').encode(),
        json.dumps(
            {**NOTE, "changes": [{"field": "says", "to": json.loads("[" * 50 + "]" * 50)}]}
        ).encode(),
    ],
)
def test_what_is_no_note_is_told_in_a_line(raw):
    with pytest.raises(NoNoteError) as told:
        read_notes(raw)
    assert "\n" not in str(told.value)


def test_a_group_that_is_written_as_a_lone_text_stays_one_as_long_as_that_says_all():
    text = "- id: plant\n  statement: It holds.\n  kind: customer\n  source: Us\n  date: 2026-01-05\n  quote: So good  # by phone\n"
    tree = MemoryTree({"strategy.yaml": MINIMAL_HEADER, "strategy/proof.yaml": text})
    before = {"text": "So good"}
    for after, line in (
        ({"text": "Very good"}, "  quote: Very good  # by phone\n"),
        ({"text": "So good", "said_by": "The chief"}, None),
    ):
        change = FieldChange("quote", before, after)
        note = EditNote(Key("proof", "plant"), False, (change,))
        made = plan_notes(tree, load_strategy(tree), [note])
        assert [one.state for one in made.outcomes] == ["applied"]
        [written] = made.files.values()
        again = load_strategy(MemoryTree({"strategy.yaml": MINIMAL_HEADER, **made.files}))
        assert is_same(again.locator.find(Key("proof", "plant")).value["quote"], after)
        assert line is None or written == text.replace("  quote: So good  # by phone\n", line)
