"""What a change touches elsewhere."""

import pytest

from generator.model.entry import Key


@pytest.fixture
def losses(review):
    """Who loses what, by the entry that went: kind, field, ids, whether it was the last one."""

    def find(old, new):
        return {
            str(key): [
                (loss.kind, loss.field.name, sorted(one.id for one in loss.keys), loss.last)
                for loss in touch.losses
            ]
            for key, touch in review(old, new).touches.items()
            if touch.losses
        }

    return find


PROOF = [{"id": "plant"}, {"id": "mill", "statement": "Saved gas at a mill"}]


def test_who_referred_to_it_loses_it_and_some_the_last_of_it(losses):
    reasons = [
        {"id": "both", "claim": "We measure", "proof": ["plant", "mill"]},
        {"id": "only", "claim": "We come", "proof": ["plant"]},
        {"id": "none", "claim": "We stay", "proof": ["mill"]},
    ]
    after = [
        {**one, "proof": [name for name in one["proof"] if name != "plant"]} for one in reasons
    ]
    old = {"proof": PROOF, "differentiators": reasons}
    new = {"proof": PROOF[1:], "differentiators": after}
    assert losses(old, new) == {
        "proof/plant": [
            ("differentiators", "proof", ["only"], True),
            ("differentiators", "proof", ["both"], False),
        ]
    }


@pytest.mark.parametrize(
    ("more", "lost"),
    [
        ({"availability": "retired"}, True),
        ({"status": "draft"}, True),
        ({"availability": "available"}, False),
        ({"status": "deprecated"}, False),
    ],
)
def test_what_readers_no_longer_get_is_lost_as_if_it_were_gone(losses, more, lost):
    plays = [{"offerings": ["pump"]}]
    old = {"offerings": [{"id": "pump"}], "plays": plays}
    new = {"offerings": [{"id": "pump", **more}], "plays": plays}
    expected = {"offerings/pump": [("plays", "offerings", ["one"], True)]}
    assert losses(old, new) == (expected if lost else {})


def test_what_readers_never_got_is_no_loss(losses):
    plays = [{"offerings": ["pump"]}]
    old = {"offerings": [{"id": "pump", "status": "draft"}], "plays": plays}
    assert losses(old, {"plays": [{}]}) == {}


def test_of_two_who_referred_to_it_the_one_that_is_left_loses_it(losses):
    reasons = [{"id": "a", "proof": ["plant"]}, {"id": "b", "claim": "We come", "proof": ["plant"]}]
    old = {"proof": [{"id": "plant"}], "differentiators": reasons}
    new = {"differentiators": [{"id": "b", "claim": "We come"}]}
    assert losses(old, new) == {"proof/plant": [("differentiators", "proof", ["b"], True)]}


def test_an_owner_is_the_only_one_of_an_entry(losses):
    old = {"people": [{"id": "zoe"}], "markets": [{"owner": "zoe"}]}
    new = {"markets": [{}]}
    assert losses(old, new) == {"people/zoe": [("markets", "owner", ["one"], True)]}


def test_an_entry_that_went_as_well_loses_nothing(losses):
    old = {"proof": [{"id": "plant"}], "differentiators": [{"proof": ["plant"]}]}
    assert losses(old, {}) == {}


def test_an_entry_that_refers_to_it_twice_is_counted_once(losses):
    text = "See [a](entry:glossary/lift) and [b](entry:glossary/lift)."
    old = {"glossary": [{"id": "lift"}], "markets": [{"summary": text}]}
    assert losses(old, {"markets": [{}]}) == {
        "glossary/lift": [("markets", "summary", ["one"], False)]
    }


def test_an_entry_with_another_id_is_not_lost(losses, review):
    plays = {"plays": [{"offerings": ["pump"]}]}
    old = {"offerings": [{"id": "pump"}], **plays}
    new = {"offerings": [{"id": "heat"}], "plays": [{"offerings": ["heat"]}]}
    assert losses(old, new) == {}
    assert set(review(old, new).touches) == {Key("offerings", "heat")}


def test_who_got_another_id_besides_still_loses(losses):
    reason = {"claim": "We measure", "why_it_matters": "Guesses cost."}
    old = {
        "proof": [{"id": "plant"}],
        "differentiators": [{"id": "a", **reason, "proof": ["plant"]}],
    }
    new = {"differentiators": [{"id": "b", **reason, "former_ids": ["a"]}]}
    assert losses(old, new)["proof/plant"] == [("differentiators", "proof", ["b"], True)]


def test_an_entry_that_is_renamed_and_retired_is_lost(losses):
    old = {"offerings": [{"id": "pump"}], "plays": [{"offerings": ["pump"]}]}
    new = {
        "offerings": [{"id": "heat", "former_ids": ["pump"], "availability": "retired"}],
        "plays": [{}],
    }
    assert losses(old, new) == {}  # who referred to the old id is not looked for


def test_other_words_touch_nothing(review):
    old, new = ({"glossary": [{"meaning": text}]} for text in ("a b c d e", "a b c d f"))
    assert review(old, new).touches == {}


def test_where_sellers_meet_it_is_compared_with_where_they_met_it(review):
    old, new = ({"markets": [{"priority": one}]} for one in ("primary", "secondary"))
    [touch] = review(old, new).touches.values()
    assert (touch.lost, touch.gained, touch.is_hidden) == (("the home page",), (), False)
    [back] = review(new, old).touches.values()
    assert (back.lost, back.gained) == ((), ("the home page",))
    draft = {"markets": [{"priority": "secondary", "status": "draft"}]}
    assert [one.is_hidden for one in review(old, draft).touches.values()] == [True]
    assert [one.is_hidden for one in review(old, {}).touches.values()] == [True]
    assert review(draft, {}).touches == {}


def test_what_has_ended_or_has_not_begun_is_met_nowhere(review):
    old = {"plays": [{}]}
    for days in ({"effective_until": "2026-05-31"}, {"effective_from": "2026-06-02"}):
        [touch] = review(old, {"plays": [days]}).touches.values()
        assert touch.is_hidden
    assert review(old, {"plays": [{"effective_until": "2026-06-01"}]}).touches == {}
