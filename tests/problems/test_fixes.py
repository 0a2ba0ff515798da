import pytest
import yaml

from generator.loading.loader import load_strategy
from generator.problems.fixes import Mended, apply_edits, mend_texts
from generator.problems.problem import Edit, Place
from tests.sample import MEDIUM_HEADER, MINIMAL_HEADER, MemoryTree, write_medium


def find_problems(texts):
    return load_strategy(MemoryTree(texts)).problems


def mend(people: str, **others: str) -> str:
    """A list of people with all mended that a machine may mend."""
    texts = {"strategy.yaml": MINIMAL_HEADER, "strategy/people.yaml": people, **others}
    changed = {one.file: one.after for one in mend_texts(texts, find_problems)}
    assert set(changed) <= {"strategy/people.yaml"}
    return changed.get("strategy/people.yaml", people)


def edit(line: int, start: int, end: int, text: str) -> Edit:
    return Edit(Place("a.yaml", line, start, line, end), text)


@pytest.mark.parametrize(
    ("edits", "after"),
    [
        ([], "id: a\r\nname: b\n"),
        ([edit(1, 5, 6, "c")], "id: c\r\nname: b\n"),
        ([edit(2, 7, 7, '"'), edit(2, 8, 8, '"')], 'id: a\r\nname: "b"\n'),
        ([edit(1, 1, 3, "x"), edit(1, 5, 6, "y")], "x: y\r\nname: b\n"),
        ([edit(1, 1, 6, "x"), edit(1, 5, 6, "y")], "x\r\nname: b\n"),
        ([edit(9, 1, 2, "x")], "id: a\r\nname: b\n"),
        ([Edit(Place("a.yaml", 1, 1, 2, 2), "x")], "xame: b\n"),
    ],
)
def test_an_edit_changes_its_place_and_nothing_else(edits, after):
    assert apply_edits("id: a\r\nname: b\n", edits) == after


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("  role: Prices: too high", '  role: "Prices: too high"'),
        (r"  role: C:\x: too high", r'  role: "C:\\x: too high"'),
        ('  role: Say: "no"', r'  role: "Say: \"no\""'),
        ("  role: “Prices: high”", '  role: "Prices: high"'),
        ("  role:boss", "  role: boss"),
        ("  role: @acme", '  role: "@acme"'),
        ("  role: *bold* words", '  role: "*bold* words"'),
        ("\trole: boss", "  role: boss"),
        ("  rolle: boss", "  role: boss"),
        ("  ROLE: boss", "  role: boss"),
    ],
)
def test_a_slip_with_one_reading_is_mended(line, mended):
    text = f"# Who knows what.\n- id: zoe   # the boss\n  name: Zoe\n{line}\n"
    assert mend(text) == text.replace(line, mended)


@pytest.mark.parametrize(
    "text",
    [
        "- id: zoe\n  name: Zoe\n  role: b\n",
        "- id: zoe\n  name: Zoe\n",
        "- id: zoe\n  name: Zoe\n  name: Zora\n  role: b\n",
        "- id: zoe\n  name: 'Zoe\n  role: b\n",
        "- id: zoe\n  name: Zoe\n  role: b\n  hobby: chess\n",
        "- id: zoe\n  name: Zoe\n  role: b\n  reviewed_on: 3/4/2026\n",
        "- id: zoe\n  name: we are #1\n  role: b\n",
        "- id: zoe\n  name: Zoe\n  role: b\n  owner: somebody\n",
    ],
)
def test_what_has_no_fault_or_several_readings_is_left_alone(text):
    assert mend(text) == text


def test_no_reference_is_changed_to_an_id_that_is_at_fault_itself():
    text = "- id: @zoe\n  name: Zoe\n  role: b\n- id: adam\n  name: Adam\n  role: c\n  owner: zoe\n"
    assert "owner: zoe\n" in mend(text)


@pytest.mark.parametrize("line", ["%  - heat", "&  - heat", "`topics:", "@"])
def test_a_line_that_is_no_value_is_not_put_in_quotes(line):
    text = f"- id: zoe\n  name: Zoe\n  role: b\n  topics:\n{line}\n  - cold\n- id: adam\n  name:Adam\n  role: c\n"
    assert mend(text) == text.replace("name:Adam", "name: Adam")


MEDIUM = yaml.safe_dump(
    {"strategy": dict(MEDIUM_HEADER), **write_medium()}, allow_unicode=True, sort_keys=False
)


@pytest.mark.parametrize(
    ("slip", "other"),
    [
        (("  offerings:\n  - pump", "  offerings:\n&  - pump"), ("  - do: Call", "  - do: `Call")),
        (("\nofferings:", "\n`offerings:"), ("  term: Lift", "  term:Lift")),
        (("- id: boilers", "- id: boil`ers"), ("  name: Measure", "  name:Measure")),
    ],
)
def test_a_reference_that_was_right_is_not_rewritten_for_the_sake_of_another_slip(slip, other):
    text = MEDIUM
    for right, wrong in (slip, other):
        assert right in text
        text = text.replace(right, wrong, 1)
    changed = mend_texts({"strategy.yaml": text}, find_problems)
    after = changed[0].after if changed else text
    for line, mended in zip(text.splitlines(), after.splitlines(), strict=True):
        assert line == mended or any(
            part in line for part in ("@", "`", "&", "term:Lift", "name:Measure")
        )


@pytest.mark.parametrize(
    ("people", "mended"),
    [
        ("-id: zoe\n  name: Zoe\n  role: b\n", "- id: zoe\n  name: Zoe\n  role: b\n"),
        ("– id: zoe\n  name: Zoe\n  role: b\n", "- id: zoe\n  name: Zoe\n  role: b\n"),
        ("  - id: zoe\n  name: Zoe\n  role: b\n", "- id: zoe\n  name: Zoe\n  role: b\n"),
        (
            "- id: zoe\n  name: Zoe\n  role: #1 seller\n",
            '- id: zoe\n  name: Zoe\n  role: "#1 seller"\n',
        ),
        (
            "- id: zoe\n  name: Zoe\n  role: b\n  contact:\n    chat: #ask\n",
            '- id: zoe\n  name: Zoe\n  role: b\n  contact:\n    chat: "#ask"\n',
        ),
        (
            "- id: zoe\n  name: Zoe\n  role: b\n  topics:\n    - #1\n    - b\n",
            '- id: zoe\n  name: Zoe\n  role: b\n  topics:\n    - "#1"\n    - b\n',
        ),
        (
            "- id: zoe\n  name: Zoe\n  role: b\n  topics:\n    • heat\n    • cold\n",
            "- id: zoe\n  name: Zoe\n  role: b\n  topics:\n    - heat\n    - cold\n",
        ),
        (
            "- id: zoe\n  name: Zoe\n  role: b\n  topics:\n    - heat\n     - cold\n      - ice\n",
            "- id: zoe\n  name: Zoe\n  role: b\n  topics:\n    - heat\n    - cold\n    - ice\n",
        ),
        (
            "- id: zoe\n  name: Zoe\n  role: b\n  review_every: 90 days\n",
            "- id: zoe\n  name: Zoe\n  role: b\n  review_every: 90d\n",
        ),
        (
            "- id: zoe\n  name: Zoe\n  role: b\n  status: “approved”\n",
            "- id: zoe\n  name: Zoe\n  role: b\n  status: approved\n",
        ),
        (
            "- id: zoe\n  name: Zoe\n  role: b\n  contact:\n    page: www.example.com\n",
            "- id: zoe\n  name: Zoe\n  role: b\n  contact:\n    page: https://www.example.com\n",
        ),
        (
            "- id: zoe\n  name: Zoe\n  role: Dai\u00adries\n",
            "- id: zoe\n  name: Zoe\n  role: Dairies\n",
        ),
        ("- id: zoe\n  name\u00a0: Zoe\n  role: b\n", "- id: zoe\n  name: Zoe\n  role: b\n"),
        (
            "- id: zoe\n  name: Zoe\n  role: >-\n    Leads\n   sales\n",
            "- id: zoe\n  name: Zoe\n  role: >-\n    Leads\n    sales\n",
        ),
        (
            "- id: zoe\n  name: Zoe\n  role: Leads\n    and so: on\n",
            '- id: zoe\n  name: Zoe\n  role: "Leads\n    and so: on"\n',
        ),
    ],
)
def test_what_has_one_reading_is_mended_and_a_second_run_changes_nothing(people, mended):
    assert mend(people) == mended
    assert mend(mended) == mended
    texts = {"strategy.yaml": MINIMAL_HEADER, "strategy/people.yaml": mended}
    assert find_problems(texts) == ()


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("language: english", "language: en"),
        ("timezone: Berlin", "timezone: Europe/Berlin"),
        ("tagline: Your #1", "tagline: Your #1"),
    ],
)
def test_the_header_is_mended_where_there_is_one_reading(line, mended):
    text = MINIMAL_HEADER + f"  {line}\n"
    changed = mend_texts({"strategy.yaml": text}, find_problems)
    assert [one.after for one in changed] == (
        [] if line == mended else [text.replace(line, mended)]
    )


@pytest.mark.parametrize(
    "line",
    [
        "review_every: quarterly",
        "topics: heat, cold",
        "topics: Heat is what we know, and cold",
        "status: not approved",
        "role2: 'Til then",
        "owner: Zoë",
    ],
)
def test_what_may_mean_several_things_is_not_mended(line):
    text = f"- id: zoe\n  name: Zoe\n  role: b\n  {line}\n"
    assert mend(text) == text


def test_mending_one_slip_after_the_other_mends_them_all():
    text = "- id: zoe\n  name: A: b\n  role: C: d\n- id: adam\n  name:E\n  role: @f\n"
    after = mend(text)
    assert (
        after == '- id: zoe\n  name: "A: b"\n  role: "C: d"\n- id: adam\n  name: E\n  role: "@f"\n'
    )
    assert mend(after) == after


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_ends_and_what_stands_in_other_lines_stay(ending):
    text = ending.join(
        ["# über ☕  ", "", "- id: zoe", "  name: A: b", "  role: 10\u00a0000 👩\u200d🔬", "# end"]
    )
    assert mend(text).replace('"A: b"', "A: b") == text


def test_a_file_that_mending_would_not_make_better_is_left_alone():
    calls = []

    def find(texts):
        calls.append(texts)
        return load_strategy(
            MemoryTree({"strategy.yaml": MINIMAL_HEADER + "people: " + texts["a"]})
        ).problems

    assert mend_texts({"a": "- b: c: d"}, find) == []
    assert calls


def test_the_change_is_shown_as_git_shows_it():
    shown = Mended("a.yaml", "a\nb\r\nc", "a\nB\r\nc").diff
    assert shown.startswith("--- a/a.yaml\n+++ b/a.yaml\n@@")
    assert "-b\r\n+B\r\n" in shown


@pytest.mark.parametrize(
    "people",
    [
        "- id: anna\n  name: A\n  role: B\n  reviewed_on: 2026-08-28 tags: [x]\n",
        "- id: market-2025\n  name: A\n  role: B\n  owner: market-2026\n",
        "- id: energy-manager\n  name: A\n  role: B\n  owner: energy-manager cfo\n",
        "- id: ana\n  name: A\n  role: B\n  owner: anna\n- id: ben\n  name: B\n  role: B\n  owner: anna\n",
        "- id: anna\n  name: A\n  role: B\n  topics: [heat\n",
    ],
)
def test_no_word_is_lost_and_no_meaning_guessed(people):
    assert mend(people) == people or "2026-08-28 tags: [x]" in mend(people)
