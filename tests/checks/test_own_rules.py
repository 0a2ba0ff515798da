"""Rules that a company writes as data: what each asks, and what keeps one from being followed."""

from datetime import date

import pytest

from generator.checks import check_meaning, family_of, list_waiting
from generator.problems.problem import Severity
from tests.sample import load_data

TODAY = date(2026, 11, 22)
FLOOR = {
    "id": "floor",
    "says": "Who has a floor says who approves.",
    "kind": "offerings",
    "when": [{"field": "guardrails.floor"}],
    "must_have": ["guardrails.discount_approval"],
}
PUMP = {"id": "pump", "name": "Pump", "one_liner": "Warm water."}


def find(rules, **kinds):
    """What these rules find, or what is wrong with them: rule, severity, title."""
    problems = check_meaning(load_data({"checks": {"rules": rules}}, **kinds), TODAY)
    return [
        (one.rule, one.severity, one.title)
        for one in problems
        if one.rule.startswith("own/") or one.rule == "faulty-own-rule"
    ]


def test_a_field_must_be_there_where_another_is():
    floor = {"guardrails": {"floor": "EUR 7"}}
    said = 'the offering "Pump": Who has a floor says who approves.'
    assert find([FLOOR], offerings=[PUMP | floor]) == [("own/floor", Severity.WARNING, said)]
    assert find([FLOOR | {"severity": "error"}], offerings=[PUMP | floor])[0][1] is Severity.ERROR
    assert find([FLOOR], offerings=[PUMP]) == []
    assert find([FLOOR], offerings=[PUMP | floor | {"status": "draft"}]) == []
    assert find([FLOOR | {"except": ["pump"]}], offerings=[PUMP | floor]) == []
    floor["guardrails"]["discount_approval"] = "The CFO."
    assert find([FLOOR], offerings=[PUMP | floor]) == []


def test_a_condition_may_ask_for_a_value_and_a_list_for_each_item():
    rule = {
        "id": "price",
        "says": "Priced.",
        "kind": "offerings",
        "when": [{"field": "kind", "is": ["service", "package"]}],
        "must_have": ["packages.price"],
    }
    packages = {"packages": [{"name": "A", "price": "EUR 1"}, {"name": "B"}]}
    assert len(find([rule], offerings=[PUMP | packages | {"kind": "service"}])) == 1
    assert find([rule], offerings=[PUMP | packages | {"kind": "product"}]) == []


@pytest.mark.parametrize(
    ("asked", "text", "found"),
    [
        ({"must_not_hold": ["guarant*"]}, "We guarantee it.", 1),
        ({"must_not_hold": ["number one"]}, "The Number-One pump.", 1),
        ({"must_not_hold": ["one"]}, "Someone.", 0),
        ({"must_not_match": r"(?i)\bROI of \d+ ?%"}, "An roi of 30%.", 1),
        ({"must_not_match": r"(?i)\bROI of \d+ ?%"}, "An ROI of many.", 0),
        ({"must_not_match": "(a+)+$"}, "a" * 60_000 + "!", 0),
        ({"must_not_hold": ["warm"], "fields": ["description"]}, "Warm.", 1),
        ({"must_not_hold": ["warm"], "fields": ["problems"]}, "Warm.", 0),
        ({"must_not_hold": ["warm"], "kind": "personas"}, "Warm.", 0),
    ],
)
def test_a_text_must_not_hold_something(asked, text, found):
    offering = PUMP | {"one_liner": "Water.", "description": text}
    rule = {"id": "words", "says": "Never say it."} | asked
    if "fields" in asked:
        rule["kind"] = "offerings"
    assert len(find([rule], offerings=[offering])) == found


def test_of_some_there_are_only_so_many():
    rule = {"id": "few", "says": "Two are enough.", "kind": "offerings", "at_most": 2}
    pumps = [PUMP | {"id": f"pump-{number}"} for number in range(3)]
    assert find([rule], offerings=pumps) == [("own/few", Severity.WARNING, "Two are enough.")]
    assert find([rule], offerings=pumps[:2]) == []


def test_a_date_is_near_and_that_is_never_more_than_a_notice():
    rule = {"id": "fresh", "says": "Fresh.", "kind": "announcements"}
    rule |= {"date": "act_by", "within": "90d"}
    said = {"id": "a", "headline": "A", "importance": 1, "why": "B.", "date": "2026-11-01"}
    near, far = ("2026-12-24", "2027-02-20", "2026-08-24"), ("2027-02-21", "2026-08-23")
    for day, count in (*((one, 0) for one in near), *((one, 1) for one in far)):
        found = find([rule], announcements=[said | {"act_by": day}])
        assert [severity for _, severity, _ in found] == [Severity.NOTICE] * count


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "offrings"}, '"offrings" is not a kind of entry'),
        ({"must_have": ["guardrails.flor"]}, '"guardrails.flor" is not a field of offerings'),
        ({"must_have": []}, "the rule asks nothing"),
        ({"at_most": 2}, "the rule asks must_have and at_most at once"),
        ({"kind": None}, "the rule does not say about which kind it is"),
        ({"when": [{"field": "kind", "is": ["servce"]}]}, '"kind" is never "servce"'),
        ({"except": ["pomp"]}, 'there is no "pomp" among offerings'),
        ({"must_have": [], "within": "9d"}, "the rule does not say which date is meant"),
        ({"must_have": [], "within": "9d", "date": "name"}, '"name" holds no date'),
        (
            {"must_have": [], "within": "9d", "date": "reviewed_on", "severity": "error"},
            "what depends on today's date is never more than a notice",
        ),
        ({"fields": ["name"]}, "fields are for rules about texts"),
        ({"must_have": [], "must_not_hold": ["*"]}, '"*" is no word that could be found'),
        ({"must_have": [], "must_not_hold": ["gu*tee"]}, '"gu*tee" is no word that could be found'),
        (
            {"must_have": [], "must_not_hold": ["x"], "fields": ["guardrails"], "kind": "markets"},
            '"guardrails" is not a field of markets',
        ),
    ],
)
def test_a_rule_that_cannot_be_followed_is_told(change, said):
    rule = {name: value for name, value in (FLOOR | change).items() if value not in (None, [])}
    if "kind" not in rule or rule["kind"] == "markets":
        rule.pop("when")
    assert (("faulty-own-rule", Severity.ERROR, said)) in find([rule], offerings=[PUMP])


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("(?=a)b", "this pattern looks at what stands before or behind"),
        ("(?<!a)b", "this pattern looks at what stands before or behind"),
        (r"(a)\1", "this pattern refers back to what it has found"),
        ("(a", "this pattern has a mistake: missing ), unterminated subpattern"),
        ("(a{1000}){1000}", "this pattern holds what this engine does not know, or would take too"),
    ],
)
def test_what_the_engine_of_linear_time_cannot_do_is_refused(pattern, said):
    [(rule, _, title)] = find([{"id": "a", "says": "A.", "must_not_match": pattern}])
    assert rule == "faulty-own-rule"
    assert title.startswith(said)


def test_two_rules_of_one_name_are_told_and_the_first_is_followed():
    floor = {"guardrails": {"floor": "EUR 7"}}
    found = find([FLOOR, FLOOR], offerings=[PUMP | floor])
    assert sorted(rule for rule, _, _ in found) == ["faulty-own-rule", "own/floor"]


def test_what_an_own_rule_finds_is_no_fault_of_form():
    loaded = load_data(
        {"checks": {"rules": [FLOOR | {"severity": "error"}]}},
        offerings=[PUMP | {"guardrails": {"floor": "EUR 7"}}],
    )
    assert list_waiting(loaded, check_meaning(loaded, TODAY)) == ()
    assert family_of("own/floor") == "own"


def look(rule, **kinds):
    """The one thing that a rule finds."""
    [found] = check_meaning(load_data({"checks": {"rules": [rule]}}, **kinds), TODAY)
    return found


WARM = {"id": "warm", "says": "No warmth.", "kind": "offerings"}


@pytest.mark.parametrize(
    ("asked", "fix"),
    [
        ({"must_not_hold": ["warm"]}, 'Say it without "Warm".'),
        ({"must_not_hold": ["warm"], "must_not_match": "water"}, 'Say it without "Warm".'),
        ({"must_not_match": "water"}, "Say it in other words."),
        ({"must_not_match": "water", "fix": "Say heat."}, "Say heat."),
    ],
)
def test_of_words_that_may_not_stand_somewhere_it_is_said_which(asked, fix):
    assert look(WARM | asked, offerings=[PUMP]).fix == fix


USUAL = "Your company has set this rule, in strategy.yaml under checks."
FEW = {"id": "few", "says": "Two services.", "kind": "offerings", "at_most": 2}
MANY = [{"id": f"o{n}", "name": f"O{n}", "one_liner": "Warm water."} for n in range(4)]


@pytest.mark.parametrize(
    ("more", "why", "fix"),
    [
        ({}, f"Now it is 4, and 2 may be. {USUAL}", "Decide which 2 to leave out."),
        ({"why": "Focus."}, "Now it is 4, and 2 may be. Focus.", "Decide which 2 to leave out."),
        ({"fix": "Join some."}, f"Now it is 4, and 2 may be. {USUAL}", "Join some."),
    ],
)
def test_of_too_many_it_is_said_how_many_may_be(more, why, fix):
    found = look(FEW | more, offerings=MANY)
    assert (found.why, found.fix) == (why, fix)
    assert len(found.related) == 3


def test_the_rule_says_why_or_that_it_is_a_rule_of_the_company():
    rule = WARM | {"must_not_hold": ["warm"]}
    assert look(rule | {"why": "It is cold."}, offerings=[PUMP]).why == "It is cold."
    assert look(rule, offerings=[PUMP]).why == USUAL
