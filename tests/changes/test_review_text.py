"""Changes as a reviewer reads them."""

import json

import pytest

from generator.changes.review_text import (
    SHOWN,
    count,
    report_json,
    report_markdown,
    report_terminal,
    summarise,
)
from generator.problems.host_text import escape_comment
from generator.problems.reporters import Look

OLD = {
    "markets": [
        {"id": "a", "name": "Dairies", "priority": "primary", "summary": "a b c d e"},
        {"id": "gone", "name": "Mills"},
    ],
    "glossary": [{"id": "lift"}],
}
NEW = {
    "markets": [{"id": "a", "name": "Dairies", "priority": "secondary", "summary": "a b c d f"}],
    "glossary": [{"id": "raise"}],
    "people": [{"id": "zoe", "name": "Zoe"}],
}


def test_changes_are_counted_by_weight_and_by_what_happened_to_entries(review):
    assert count(review(OLD, NEW)) == {
        "material": 2,
        "minor": 2,
        "wording": 1,
        "added": 1,
        "removed": 1,
        "renamed": 1,
    }
    assert summarise(review(OLD, NEW)) == (
        "From v1 to v2: 2 material changes, 2 minor changes, 1 change of wording "
        "(1 entry added, 1 entry removed, 1 renamed)."
    )


def test_what_did_not_happen_is_not_counted(review):
    old, new = ({"markets": [{"priority": one}]} for one in ("primary", "secondary"))
    assert summarise(review(old, new)) == "From v1 to v2: 1 material change."
    assert summarise(review(old, old)) == "Nothing changes from v1 to v2."


def test_the_terminal_gets_a_line_for_each_change_under_its_weight(review):
    assert report_terminal(review(OLD, NEW), Look()).splitlines() == [
        "From v1 to v2: 2 material changes, 2 minor changes, 1 change of wording (1 entry added, 1 entry removed, 1 renamed).",
        "",
        "Material (2)",
        "  Mills: market removed",
        "    sellers no longer meet it in: the home page",
        "  Dairies (market): priority primary -> secondary",
        "    sellers no longer meet it in: the home page",
        "",
        "Minor (2)",
        "  Zoe: new person",
        "  Lift: renamed, id lift -> raise",
        "",
        "Wording (1)",
        '  Dairies (market): summary "a b c d e" -> "a b c d f"',
    ]


def test_a_comment_shows_what_matters_and_folds_the_rest(review):
    text = report_markdown(review(OLD, NEW), Look())
    material, _, folded = text.partition("<details>")
    assert "**Material (2)**" in material
    assert "- **Dairies** (market): priority primary -> secondary\n  - sellers no" in material
    assert "- **Mills**: market removed" in material
    assert "<summary>Minor (2)</summary>" in folded
    assert "<summary>Wording (1)</summary>" in folded
    assert text.count("<details>") == text.count("</details>") == 2
    assert text.endswith("</details>\n")


def test_a_comment_about_what_touches_nothing_says_nothing_of_it(review):
    old, new = ({"glossary": [{"meaning": text}]} for text in ("a b c d e", "a b c d f"))
    assert "sellers" not in report_markdown(review(old, new), Look())


def test_machines_get_each_change_with_its_data(review):
    told = json.loads(report_json(review(OLD, NEW), Look()))
    assert (told["old"], told["new"]) == ("v1", "v2")
    assert told["counts"]["material"] == 2
    assert told["changes"][1] == {
        "what": "changed",
        "kind": "markets",
        "id": "a",
        "title": "Dairies",
        "field": "priority",
        "path": ["priority"],
        "old": "primary",
        "new": "secondary",
        "grade": "material",
        "text": "Dairies: priority primary -> secondary",
    }
    assert told["touches"]["markets/a"] == {
        "loses": [],
        "lost": ["the home page"],
        "gained": [],
        "moved": [],
        "hidden": False,
    }


def test_machines_get_the_header_and_the_items_of_lists_too(review):
    old = {"header": {"tagline": "Old"}, "plays": [{"steps": [{"do": "Call."}]}]}
    new = {"header": {"tagline": "New"}, "plays": [{"steps": [{"do": "Call."}, {"do": "Write."}]}]}
    header, step = json.loads(report_json(review(old, new), Look()))["changes"]
    assert (header["kind"], header["id"], header["field"]) == ("strategy", None, "tagline")
    assert (step["field"], step["path"]) == ("steps", ["steps", {"old": None, "new": 1}])


def many(number, word):
    return {
        "glossary": [
            {"id": f"t{n}", "term": f"T{n}", "meaning": f"1 {word}{n}"} for n in range(number)
        ]
    }


@pytest.mark.parametrize(("number", "more"), [(SHOWN, 0), (SHOWN + 1, 1), (SHOWN + 7, 7)])
def test_no_more_is_shown_than_anybody_reads(review, number, more):
    found = review(many(number, "x"), many(number, "y"))
    for text, line in (
        (report_terminal(found, Look()), "  T"),
        (report_markdown(found, Look()), "- **T"),
    ):
        assert text.count("meaning") == SHOWN
        assert (f"… and {more} more" in text) == bool(more)
        assert "and 0 more" not in text
        assert line in text


def test_the_room_is_for_all_weights_together(review):
    old, new = many(SHOWN, "a b c d e"), many(SHOWN, "a b c d f")
    old["markets"] = [{"priority": "primary"}]
    new["markets"] = [{"priority": "secondary"}]
    text = report_terminal(review(old, new), Look())
    assert "Dairies (market): priority" in text
    assert "… and 1 more" in text


def test_where_there_is_no_room_left_the_rest_is_counted(review):
    old = {**many(SHOWN, "a b c"), "markets": [{"summary": "a b c d e"}]}
    new = {**many(SHOWN, "x y z"), "markets": [{"summary": "a b c d f"}]}
    text = report_terminal(review(old, new), Look())
    assert text.endswith("Wording (1)\n  … and 1 more\n")


def test_a_word_stays_whole_however_narrow_the_terminal(review):
    words = f"{'x' * 60} well-known-since-ever"
    text = report_terminal(review({}, {"plays": [{"name": words}]}), Look(width=50))
    assert "x" * 60 in text
    assert "well-known-since-ever" in text
    narrow = report_terminal(review({}, {"plays": [{"name": f"{'ab ' * 14}well-known"}]}), Look(50))
    assert "well-known" in narrow


def test_a_comment_that_a_git_host_would_refuse_is_cut(review):
    long = {
        "glossary": [
            {"id": f"t{n}", "term": f"T{n} " + "x" * 80, "meaning": "1"} for n in range(SHOWN)
        ]
    }
    changed = {
        "glossary": [{**one, "meaning": f"2 {one['id']} " + "y " * 100} for one in long["glossary"]]
    }
    found = review(long, changed)
    text = report_markdown(found, Look())
    assert 20_000 < len(text) <= 60_000
    assert "… and 200 more" in text or "… and 300 more" in text
    short = report_markdown(review({}, many(SHOWN, "x")), Look())
    assert "400 terms: new: T0" in short.replace("**", "")


def test_words_taken_out_and_put_in_stand_in_quotes_without_marks_for_machines(review):
    old, new = ({"markets": [{"rationale": f"{'word ' * 20}{end}"}]} for end in ("a", "b"))
    plain = report_terminal(review(old, new), Look())
    assert 'Dairies (market): rationale: "a" is now "b"' in plain
    assert "\x1b" not in plain
    coloured = report_terminal(review(old, new), Look(colour=True))
    assert "\x1b[1mWording (1)\x1b[0m" in coloured


def test_lines_are_as_wide_as_the_terminal_and_hang_below_their_beginning(review):
    old, new = ({"markets": [{"size": f"{'word ' * 10}{end}"}]} for end in ("a", "b"))
    lines = report_terminal(review(old, new), Look(width=50)).splitlines()[3:]
    assert len(lines) > 1
    assert lines[0].startswith("  Dairies (market): ")
    assert all(line.startswith("    ") for line in lines[1:])
    assert all(len(line) <= 50 for line in lines)
    narrow = report_terminal(review(old, new), Look(width=10)).splitlines()[3:]
    assert max(map(len, narrow)) > 30


def test_of_many_who_lose_something_four_are_named(review):
    reasons = [{"id": f"r{n}", "claim": f"Claim {n}", "proof": ["plant"]} for n in range(5)]
    for number, said in (
        (4, "4 differentiators are left without proof: Claim 0, Claim 1, Claim 2, Claim 3"),
        (
            5,
            "5 differentiators are left without proof: Claim 0, Claim 1, Claim 2, Claim 3 … and 1 more",
        ),
    ):
        old = {"proof": [{"id": "plant"}], "differentiators": reasons[:number]}
        after = [{**one, "proof": []} for one in reasons[:number]]
        text = " ".join(report_terminal(review(old, {"differentiators": after}), Look()).split())
        assert said in text


def test_who_keeps_another_only_no_longer_refers_to_it(review):
    proof = [{"id": "plant"}, {"id": "mill", "statement": "Saved gas"}]
    old = {"proof": proof, "differentiators": [{"proof": ["plant", "mill"]}]}
    new = {"proof": proof[1:], "differentiators": [{"proof": ["mill"]}]}
    text = report_terminal(review(old, new), Look())
    assert "1 differentiator no longer names it: We measure first" in " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a *b* [c](d)", "a &#42;b&#42; &#91;c&#93;(d)"),
        ("ask @zoe", "ask @&#8203;zoe"),
        ("see #12", "see &#35;&#8203;12"),
        ("a\nb", "a b"),
        ("a\x1bb", "a�b"),
        ("https://example.com", "https:&#8203;//example.com"),
    ],
)
def test_nothing_an_author_wrote_is_markup_or_calls_somebody(text, shown):
    assert escape_comment(text) == shown
