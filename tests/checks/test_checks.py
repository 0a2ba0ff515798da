from collections import Counter
from datetime import date, timedelta

import pytest

from generator.checks import CHECKS, check_meaning, similarity, wordlist
from generator.checks.evidence import find_figures
from generator.checks.readable_text import (
    count_words,
    list_words,
    may_be_hard,
    measure_difficulty,
    split_sentences,
)
from generator.checks.similarity import find_twins
from generator.checks.wordlist import find_words
from generator.files.memory import Memory
from generator.model.entry import Key
from generator.model.header import Words
from generator.problems.problem import Severity
from tests.sample import load_data

TODAY = date(2026, 11, 22)


def check(header=None, *, whole=True, **kinds):
    return check_meaning(load_data(header, **kinds), TODAY, whole=whole)


def rules(problems):
    return sorted(problem.rule for problem in problems)


# Words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("World-class pumps", ["World-class"]),
        ("world class pumps, seamlessly", ["world class", "seamlessly"]),
        ('They call it "best-in-class".', []),
        ("Read [this](entry:glossary/synergy).", []),
        ("An underworld-classic", []),
        ("We leverage synergies.", ["leverage", "synergies"]),
    ],
)
def test_words_that_say_nothing_are_found_as_written(text, found):
    assert list(find_words(text, "vague", "en", Words())) == found


def test_a_company_adds_words_and_allows_others():
    own = Words(add=("heatif*",), allow=("synergy",))
    assert list(find_words("Heatified with synergy, world-class.", "vague", "en", own)) == [
        "Heatified",
        "synergy",
        "world-class",
    ]
    own = Words(allow=("synerg*", "world class"))
    assert list(find_words("Synergy, world-class.", "vague", "en", own)) == []


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("list_name", ["vague", "empty"])
def test_every_word_of_a_list_is_found_however_it_is_written(language, list_name):
    for word in wordlist._read_list(language)[list_name]:
        bare = word.rstrip("*")
        for written in (
            bare,
            bare.upper(),
            bare.replace("-", " "),
            bare.replace(" ", "-"),
            bare.replace(" ", " \n "),
        ):
            assert list(
                find_words(f"We say: {written}, and **{written}**", list_name, language, Words())
            ), written


def test_a_language_without_a_list_finds_nothing():
    assert list(find_words("world-class", "vague", "fi", Words())) == []
    assert list(find_words("Ganzheitlich!", "vague", "de-AT", Words())) == ["Ganzheitlich"]


# Prose


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three?", 3),
        ("We serve e.g. dairies with 4.5 MW, approx. 5 kW at 160 °C.", 1),
        ("- one\n- two\n\nThree", 3),
        ('He said "No." Then he left.', 2),
        ("", 0),
    ],
)
def test_sentences_end_where_a_reader_takes_a_breath(text, count):
    assert len(split_sentences(text)) == count


def test_words_are_counted_without_markup():
    assert count_words("**Three** [plain words](entry:glossary/lift)") == 3


def test_long_sentences_of_long_words_are_hard():
    hard = "Organisational responsibilities concerning refrigeration infrastructure necessitate comprehensive understanding"
    easy = "We count the cost. You read the sum. It is low."
    assert measure_difficulty(hard, "en") > 65 > 40 > measure_difficulty(easy, "en")
    assert may_be_hard(hard, list_words(hard), 65)
    assert not may_be_hard(easy, list_words(easy), 65)


# Likeness


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("We measure your plant before we quote", "Before we quote we measure your plant.", True),
        (
            "We guarantee 97% availability of the plant",
            "We guarantee 98% availability of the plant",
            False,
        ),
        ("Price today", "price today", True),
        ("Price today", "Prize today", False),
        ("We measure your plant before we quote", "A technician comes within one day", False),
    ],
)
def test_claims_are_alike_whatever_their_order(one, other, alike):
    assert bool(list(find_twins([one, other], 85))) == alike


def test_twice_as_many_equal_claims_are_twice_the_work(monkeypatch):
    compare, compared = similarity._compare, Counter[int]()

    def count(size):
        def note(one, other, least):
            compared[size] += 1
            return compare(one, other, least)

        monkeypatch.setattr(similarity, "_compare", note)
        return len(list(find_twins(["We measure your plant before we quote"] * size, 85)))

    assert (count(500), count(1000)) == (499, 999)
    assert compared[1000] < 2.2 * compared[500]


# Figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Over ten years you pay 40% less, three times faster, 2x the heat.", ["40%", "2x"]),
        ("See [the study](entry:proof/study): 40% less gas for you.", []),
        ("If you save 40% or more, we talk.", []),
        ("It covers 100% of the heat you need.", []),
        ("Stage 4: 50%", []),
    ],
)
def test_figures_that_are_claimed(text, figures):
    assert list(find_figures(text)) == figures


# Severity, waivers, dates


def test_a_company_makes_a_warning_an_error_or_a_notice():
    claim = [{"claim": "We measure your plant"}]
    for severity in Severity:
        [found] = check(
            {"checks": {"severities": {"missing-proof": severity}}}, differentiators=claim
        )
        assert (found.rule, found.severity) == ("missing-proof", severity)


def test_what_depends_on_the_date_is_never_more_than_a_notice():
    dated = [one for one in CHECKS.values() if one.dated]
    assert len(dated) >= 8
    assert {one.severity for one in dated} == {Severity.NOTICE}


def test_a_waiver_that_ran_out_brings_an_error_back_as_a_warning():
    waiver = {
        "check": "missing-proof",
        "entry": "differentiators/one",
        "reason": "R.",
        "owner": "one",
        "until": "2026-11-21",
    }
    header = {"checks": {"waivers": [waiver], "severities": {"missing-proof": "error"}}}
    found = check(header, differentiators=[{}], people=[{}])
    assert sorted((one.rule, one.severity) for one in found) == [
        ("expired-waiver", "notice"),
        ("missing-proof", "warning"),
    ]


def test_where_entries_are_missing_only_single_entries_are_judged():
    kinds = {
        "objectives": [{}],
        "differentiators": [{}],
        "glossary": [{"reviewed_on": "2020-01-01"}],
    }
    assert rules(check(**kinds)) == ["missing-proof", "objective-nobody-serves", "overdue-review"]
    assert rules(check(whole=False, **kinds)) == ["missing-proof"]


def test_drafts_are_left_in_peace():
    assert (
        check(
            differentiators=[{"status": "draft", "claim": "tbd"}],
            plays=[{"status": "draft"}],
            objectives=[{"status": "draft"}],
        )
        == []
    )


def test_primary_markets_count_on_the_day_they_are_in_force_together():
    quiet = {
        "severities": {"incomplete-primary-market": "off", "primary-market-without-time": "off"}
    }
    markets = [
        {"id": "first", "name": "First", "effective_until": "2026-12-31"},
        {"id": "second", "name": "Second", "effective_from": "2027-01-01"},
        {"id": "other", "priority": "secondary"},
    ]
    assert check({"max_primary_markets": 1, "checks": quiet}, markets=markets) == []
    markets[1]["effective_from"] = "2026-12-31"
    assert rules(check({"max_primary_markets": 1, "checks": quiet}, markets=markets)) == [
        "too-many-primary-markets"
    ]


def test_an_objective_is_served_by_way_of_another():
    kinds = {
        "objectives": [
            {"id": "grow", "name": "Grow"},
            {"id": "learn", "name": "Learn", "supports": ["grow"]},
            {"id": "act", "name": "Act", "supports": ["learn"]},
        ]
    }
    assert [one.entry for one in check(**kinds)] == [
        "objectives/act",
        "objectives/grow",
        "objectives/learn",
    ]
    assert check(**kinds, plays=[{"objectives": ["act"]}]) == []


def test_history_may_name_what_is_no_longer_sold():
    offerings = [{"id": "old", "availability": "retired"}]
    assert check(offerings=offerings, proof=[{"offerings": ["old"]}]) == []
    assert rules(check(offerings=offerings, assets=[{"offerings": ["old"]}])) == [
        "reference-to-retired"
    ]


# What is kept of an entry


def test_what_is_found_stays_found_whatever_the_day():
    card = {
        "id": "pump",
        "name": "Pump",
        "one_liner": "World-class heat, at the end of the day.",
        "reviewed_on": "2020-01-01",
    }
    loaded, memory = load_data(None, offerings=[card]), Memory()
    first = check_meaning(loaded, TODAY)
    assert {"vague-words", "empty-phrase", "overdue-review"} <= set(rules(first))
    for day in range(1, 120):
        found = check_meaning(loaded, TODAY + timedelta(days=day), memory=memory)
        assert rules(found) == rules(first)
        assert [one for one in found if one.rule != "overdue-review"] == [
            one for one in first if one.rule != "overdue-review"
        ]
    assert check_meaning(loaded, TODAY, memory=memory) == first
    assert check_meaning(loaded, TODAY) == first


def test_what_is_kept_does_not_grow_with_the_days():
    loaded, memory = (
        load_data(None, offerings=[{"id": "pump", "reviewed_on": "2020-01-01"}]),
        Memory(),
    )
    sizes = set()
    for day in range(60):
        check_meaning(loaded, TODAY + timedelta(days=day), memory=memory)
        written = loaded.locator.find(Key("offerings", "pump"))
        sizes.add(len(loaded.locator.known.recall(Key("offerings", "pump"), written)))
    assert len(sizes) == 1


@pytest.mark.parametrize("grave", [False, True])
def test_what_is_kept_of_grave_checks_is_not_taken_for_all(grave):
    loaded = load_data(None, offerings=[{"id": "pump", "one_liner": "World-class heat."}])
    memory = Memory()
    first = check_meaning(loaded, TODAY, grave=grave)
    for weighs in (grave, not grave, grave):
        found = check_meaning(loaded, TODAY, grave=weighs, memory=memory)
        assert (found == first) == (weighs == grave)


def test_what_comes_with_the_calendar_or_compares_entries_is_known_to_do_so():
    dated = {name for name, check in CHECKS.items() if check.dated}
    assert dated == {
        "expired-entry",
        "expired-waiver",
        "old-proof",
        "overdue-decision",
        "overdue-initiative",
        "overdue-review",
        "reference-to-expired",
        "review-due",
        "review-in-future",
        "stale-measure",
        "unanswered-field-note",
    }
    assert {name for name, check in CHECKS.items() if check.whole} == {
        "contradicted-assumption",
        "cycle-in-supports",
        "every-market-primary",
        "incomplete-primary-market",
        "lost-field-name",
        "not-pursued-but-served",
        "nothing-ruled-out",
        "objective-nobody-serves",
        "only-wins-told",
        "play-without-objective",
        "primary-market-without-time",
        "reference-to-expired",
        "reference-to-retired",
        "same-claim",
        "same-name",
        "too-many-primary-markets",
    }


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("cycle-in-supports", "Family: integrity. It stops a merge; cannot be waived."),
        ("missing-proof", "Family: evidence. It stops a merge only with --strict."),
        (
            "reference-to-expired",
            "Family: integrity. It depends on the date and stops nothing; cannot be waived.",
        ),
        ("old-proof", "Family: evidence. It depends on the date and stops nothing."),
    ],
)
def test_a_check_says_how_much_it_weighs(name, note):
    assert CHECKS[name].note == note


def test_where_only_what_stops_a_build_is_asked_for_nothing_else_is_looked_at():
    entries = {
        "differentiators": [{}],
        "glossary": [
            {"effective_from": "2026-06-02", "effective_until": "2026-06-01", "meaning": "tbd"}
        ],
    }
    loaded = load_data({"checks": {"severities": {"missing-proof": "error"}}}, **entries)
    found = check_meaning(loaded, TODAY, grave=True)
    assert rules(found) == ["dates-reversed", "missing-proof"]
    assert {"placeholder-text", "expired-entry"} <= set(rules(check_meaning(loaded, TODAY)))


def waived(until, entry=None, check="missing-proof"):
    waiver = {"check": check, "reason": "We know.", "owner": "one", "until": until}
    return {"checks": {"waivers": [{**waiver, **({"entry": entry} if entry else {})}]}}


@pytest.mark.parametrize(
    ("until", "found"),
    [
        ("2026-11-21", ["expired-waiver", "missing-proof"]),
        ("2026-11-22", []),
        ("2026-11-23", []),
    ],
)
def test_a_waiver_hides_a_finding_until_the_end_of_its_day(until, found):
    header = waived(until, "differentiators/one")
    assert rules(check(header, differentiators=[{}], people=[{}])) == found


def test_a_waiver_for_one_entry_hides_it_for_no_other():
    header = waived("2027-01-01", "differentiators/one")
    reasons = [{"id": "one"}, {"id": "two", "claim": "A technician comes within one day"}]
    [left] = check(header, differentiators=reasons, people=[{}])
    assert (left.rule, left.entry) == ("missing-proof", "differentiators/two")


def test_a_waiver_for_the_header_hides_what_is_wrong_with_it():
    header = {"not_now": [], **waived("2027-01-01", check="nothing-ruled-out")}
    assert check(header, people=[{}]) == []


def test_a_warning_that_a_waiver_no_longer_hides_is_a_warning_as_before():
    header = waived("2026-11-21", "differentiators/one")
    found = check(header, differentiators=[{}], people=[{}])
    assert [one.severity for one in found if one.rule == "missing-proof"] == [Severity.WARNING]


def test_a_check_turned_off_finds_nothing():
    header = {"checks": {"severities": {"missing-proof": "off"}}}
    assert check(header, differentiators=[{}]) == []
