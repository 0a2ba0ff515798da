from datetime import UTC, date, datetime

import pytest

from generator.checks.project import check_project, choose_today, today_from_environment
from tests.sample import load_data, write_strategy

TODAY = date(2026, 11, 22)


@pytest.fixture
def check(make_strategy, monkeypatch, tmp_path):
    """The rules broken by a folder with these files."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def check_files(files, **choice):
        problems = check_project(make_strategy(files), as_of=TODAY, **choice)[2]
        return [problem.rule for problem in problems]

    return check_files


@pytest.fixture
def strategy():
    found = load_data({"timezone": "Pacific/Kiritimati"}).strategy
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("epoch", "day"),
    [
        ("0", date(1970, 1, 1)),
        ("86399", date(1970, 1, 1)),
        ("86400", date(1970, 1, 2)),
        ("", None),
        ("soon", None),
        ("-1", None),
        ("٣", None),
        ("9" * 30, None),
    ],
)
def test_a_build_that_is_repeated_has_the_day_of_its_environment(monkeypatch, epoch, day):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert today_from_environment() == day


def test_the_day_asked_for_wins_then_that_of_the_environment(monkeypatch, strategy):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert choose_today(strategy, TODAY) == TODAY
    assert choose_today(strategy) == date(1970, 1, 2)


def test_else_it_is_today_where_the_strategy_is(monkeypatch, strategy):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    ahead = (choose_today(strategy) - datetime.now(UTC).date()).days
    assert ahead in (0, 1)


LISTED = "missing-document"


@pytest.mark.parametrize(
    ("url", "files", "missing"),
    [
        ("files/prices.pdf", {}, True),
        ("files/prices.pdf", {"playbook/files/prices.pdf": "x"}, False),
        ("files", {"playbook/files/prices.pdf": "x"}, True),
        (
            "Preise (neu)/Übersicht 価格.pdf",
            {"playbook/Preise (neu)/Übersicht 価格.pdf": "x"},
            False,
        ),
        ("https://example.com/prices.pdf", {}, False),
        ("mailto:sales@example.com", {}, False),
    ],
)
def test_a_document_of_the_playbook_must_be_there(check, url, files, missing):
    text = write_strategy(assets=[{"url": url}])
    found = check({"strategy.yaml": text, **files})
    assert (LISTED in found) == missing


def test_what_would_be_said_after_a_change_is_said_before_it(check):
    sound, faulty = write_strategy(glossary=[{}]), write_strategy(glossary=[{"meaning": "tbd"}])
    assert check({"strategy.yaml": sound}) == []
    assert check({"strategy.yaml": sound}, changed={"strategy.yaml": faulty}) == [
        "placeholder-text"
    ]


def test_where_a_file_cannot_be_read_what_compares_entries_waits(check):
    text = write_strategy(objectives=[{}], glossary=[{"meaning": "tbd"}])
    whole = check({"strategy.yaml": text})
    assert sorted(whole) == ["objective-nobody-serves", "placeholder-text"]
    broken = check({"strategy.yaml": text, "strategy/markets.yaml": "- id: [\n"})
    assert "placeholder-text" in broken
    assert "objective-nobody-serves" not in broken


def test_hand_written_pages_are_checked_against_what_can_be_read(check):
    pages = {"playbook/guide.md": "# Guide\n\n[x](entry:markets/none)\n"}
    [found] = check({"strategy.yaml": write_strategy(), **pages})
    assert found == "broken-reference"
    broken = {"strategy.yaml": write_strategy(), "strategy/markets.yaml": "- id: [\n"}
    assert "broken-reference" not in check({**broken, **pages})


def test_problems_are_told_by_file_and_line(make_strategy):
    text = write_strategy(glossary=[{"id": "b", "meaning": "tbd"}, {"id": "a", "meaning": "tbd"}])
    problems = check_project(make_strategy({"strategy.yaml": text}), as_of=TODAY)[2]
    assert [problem.place.line for problem in problems] == sorted(
        problem.place.line for problem in problems
    )


def test_the_other_place_is_told_where_it_stands_today(make_strategy, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    claim = "We measure your plant before we quote"
    ours = f"- {{id: ours, claim: {claim}, why_it_matters: It counts.}}\n"
    theirs = (
        f"- {{id: theirs, name: Boilers, kind: direct, summary: They sell., quick_answer: Gas.,"
        f" where_we_win: [Cost], where_they_win: [{claim}]}}\n"
    )
    root = make_strategy(
        {"strategy/differentiators.yaml": ours, "strategy/competitors.yaml": theirs}
    )

    def line_of_the_other():
        [found] = [one for one in check_project(root, as_of=TODAY)[2] if one.rule == "same-claim"]
        assert found.place.file == "strategy/differentiators.yaml"
        return found.related[0].place.line

    assert line_of_the_other() == 1
    (root / "strategy/competitors.yaml").write_text("\n\n" + theirs, "utf-8")
    assert line_of_the_other() == 3
