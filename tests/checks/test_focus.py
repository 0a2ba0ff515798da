import pytest


def markets(*priorities):
    return [
        {"id": f"m{n}", "name": f"Market {n}", "priority": one} for n, one in enumerate(priorities)
    ]


def entries(problems):
    return [problem.entry for problem in problems]


@pytest.mark.parametrize(("number", "found"), [(2, 0), (3, 0), (4, 1)])
def test_three_markets_may_be_primary_where_the_header_says_nothing(find, number, found):
    assert len(find("too-many-primary-markets", markets=markets(*["primary"] * number))) == found


def test_too_many_are_told_at_the_last_one_unless_the_header_says_how_many(find):
    four = markets(*["primary"] * 4)
    [usual] = find("too-many-primary-markets", markets=four)
    assert usual.title == "4 markets are primary, and the strategy allows 3"
    assert "(Market 0, Market 1, Market 2 and Market 3)" in usual.fix
    assert dict(usual.excerpt)[usual.place.line].strip().startswith('"priority"')
    assert usual.place.line == max(one.place.line for one in usual.related)
    assert len(usual.related) == 4
    header = {"max_primary_markets": 2}
    [own] = find("too-many-primary-markets", header, markets=markets(*["primary"] * 3))
    assert dict(own.excerpt)[own.place.line].strip() == '"max_primary_markets": 2'


@pytest.mark.parametrize(
    ("priorities", "titles"),
    [
        (["primary"], []),
        (["primary", "secondary"], []),
        (["primary", "primary"], ["both markets are primary"]),
        (["primary", "primary", "primary"], ["all 3 markets are primary"]),
        (["primary", "primary", "primary", "secondary"], []),
        (["primary", "primary", "primary", "primary"], []),
        (["secondary", "secondary"], []),
    ],
)
def test_where_every_market_comes_first_none_does(find, priorities, titles):
    found = find("every-market-primary", markets=markets(*priorities))
    assert [problem.title for problem in found] == titles
    assert [len(problem.related) for problem in found] == [len(priorities) - 1 for _ in titles]
    assert all(problem.place < min(one.place for one in problem.related) for problem in found)


def test_a_market_that_is_on_its_way_out_is_no_choice(find):
    leaving = [*markets("primary", "primary"), {"id": "old", "status": "deprecated"}]
    assert len(find("every-market-primary", markets=leaving)) == 1


def test_where_no_time_is_given_out_it_is_said_once(find):
    found = find("primary-market-without-time", markets=markets("primary", "primary"))
    assert entries(found) == [""]
    assert find("primary-market-without-time", markets=markets("secondary")) == []


@pytest.mark.parametrize(
    ("row", "missing"),
    [
        ({"to": "markets/m1", "time": 10}, []),
        ({"to": "markets/m1", "money": 10}, ["markets/m1"]),
        ({"to": "markets/m1", "time": 0}, ["markets/m1"]),
        ({"to": "markets/m2", "time": 10}, ["markets/m1"]),
    ],
)
def test_each_primary_market_needs_a_share_of_time(find, row, missing):
    header = {"allocation": [{"to": "markets/m0", "time": 60}, row]}
    found = find(
        "primary-market-without-time", header, markets=markets("primary", "primary", "secondary")
    )
    assert entries(found) == missing


def test_a_strategy_must_say_what_it_leaves_alone(find):
    assert find("nothing-ruled-out") == []
    [found] = find("nothing-ruled-out", {"not_now": []})
    assert found.entry == ""


def test_an_objective_nobody_serves_is_told_unless_it_is_on_its_way_out(find):
    objectives = [
        {"id": "idle"},
        {"id": "served", "initiatives": [{"name": "Hire"}]},
        {"id": "leaving", "status": "deprecated"},
    ]
    assert entries(find("objective-nobody-serves", objectives=objectives)) == ["objectives/idle"]


def test_what_leadership_promises_or_reviews_serves_an_objective(find):
    objectives = [{"id": "answer"}, {"id": "look"}, {"id": "idle"}]
    header = {
        "commitments": [{"from": "field", "promise": "We ask.", "objectives": ["answer"]}],
        "cadence": [{"name": "Round", "frequency": "weekly", "objectives": ["look"]}],
    }
    found = find("objective-nobody-serves", header, objectives=objectives)
    assert entries(found) == ["objectives/idle"]


def test_a_play_needs_an_aim_where_there_is_one_to_have(find):
    plays = [{"id": "aimed", "objectives": ["grow"]}, {"id": "aimless"}]
    goal = {"objectives": [{"id": "grow"}]}
    assert entries(find("play-without-objective", plays=plays, **goal)) == ["plays/aimless"]
    assert find("play-without-objective", plays=[{}]) == []
