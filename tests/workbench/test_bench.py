"""What the workbench answers: every entry opens, edits are looked at, saved and proposed, or it is said
why not.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.repositories import commit, git, make_repository
from tests.workbench_server import FILES, OBJECTIONS, SLOW, Bench


def write(root: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return root


def read(root: Path) -> str:
    return (root / "strategy/objections.yaml").read_text("utf-8")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return write(tmp_path / "home", FILES)


def test_a_change_is_looked_at_saved_and_undone_step_by_step(home: Path) -> None:
    bench = Bench(home)
    told = bench.change(SLOW, "says", "You take too long", "You are slow")
    [group] = told["changes"]
    assert "You are slow" in str(group["told"])
    assert (told["own"], told["in_the_way"]) == ([], [])
    bench.change(SLOW, "says", "You take too long", "You are so slow")  # letter after letter
    bench.change("objections/too-dear", "category", "price", "nonsense")
    assert read(home) == OBJECTIONS
    assert bench.post("save")["done"]["brought"][0]["severity"] == "error"
    assert read(home) == OBJECTIONS
    assert bench.post("undo", entry="objections/too-dear")["draft"] is None
    assert bench.post("save")["done"]["saved"] == ["strategy/objections.yaml"]
    assert read(home) == OBJECTIONS.replace("You take too long", "You are so slow")
    again = bench.post("undo", entry=SLOW)
    assert again["draft"]["values"]["says"]["to"] == "You are so slow"
    assert read(home) == OBJECTIONS
    assert bench.post("undo", entry=SLOW)["edits"] == []
    assert bench.post("undo", entry=SLOW)["can_undo"] is False


def test_what_was_saved_is_not_taken_back_over_somebody_elses_change(home: Path) -> None:
    bench = Bench(home)
    bench.change(SLOW, "says", "You take too long", "You are slow")
    bench.post("save")
    (home / "strategy/objections.yaml").write_text(read(home) + "# more\n", "utf-8")
    assert bench.post("undo")["undone"] == {"changed": ["strategy/objections.yaml"]}
    assert read(home).endswith("# more\n")


def test_the_check_speaks_in_its_own_words_at_the_field(home: Path) -> None:
    """In a short file and in one that is too long to be read again for a letter."""
    many = "".join(
        OBJECTIONS.split("- id: too-dear")[0].replace("too-slow", f"slow-{n}") for n in range(90)
    )
    for text in (OBJECTIONS, many + OBJECTIONS):
        write(home, {"strategy/objections.yaml": text})
        bench = Bench(home)
        told = bench.change(SLOW, "category", "timing", "nonsense")
        [own] = told["own"]
        assert own["field"] == "category"
        assert "nonsense" in own["text"]
        [checked] = bench.get(f"check?entry={SLOW}")["own"]
        assert (checked["field"], checked["text"]) == (own["field"], own["text"])
        bench.change(SLOW, "respond", "We begin at once.", "See [x](entry:objections/gone).")
        assert bench.get(f"check?entry={SLOW}")["own"][0]["field"] == "respond"


def test_a_new_entry_and_the_header_are_edited_like_any_other(home: Path) -> None:
    bench = Bench(home)
    values = bench.get("assets/suggest/entries/header.json")["values"]
    bench.change("header", "company", values["company"], "Acme & Sons")
    note = {
        "format": 1,
        "entry": "objections/you-leave",
        "new": True,
        "changes": [{"field": "says", "to": "You leave"}],
    }
    told = bench.post("edit", entry="new objections 1", note=note, draft={"values": {}})
    assert "respond" in str(told["own"])  # what is still missing
    note["changes"] += [
        {"field": "category", "to": "trust"},
        {"field": "respond", "to": "We stay."},
    ]
    told = bench.post("edit", entry="new objections 1", note=note, draft={"values": {}})
    assert told["own"] == []
    assert bench.get("preview?entry=new objections 1")["page"] == "objections/you-leave/"
    page = bench.client.get("/secret/page/slate/objections/you-leave/")
    assert "We stay." in page.text
    assert "<script" not in page.text  # our templates ask for some
    assert "frame-ancestors 'self'" in page.headers["content-security-policy"]
    assert bench.post("save")["done"]["saved"] == ["strategy.yaml", "strategy/objections.yaml"]
    assert "Acme & Sons" in (home / "strategy.yaml").read_text("utf-8")
    assert read(home).startswith(OBJECTIONS)


def test_a_strategy_with_errors_opens_all_the_same(home: Path) -> None:
    """An entry with a fault is mended in its form; a header that cannot be read is said."""
    faulty = OBJECTIONS.replace("category: timing", "category: {a: b}\n  colour: red")
    write(home, {"strategy/objections.yaml": faulty})
    bench = Bench(home)
    given = bench.get(f"assets/suggest/entries/{SLOW}.json")
    assert given["locked"] == ["category"]
    assert given["values"]["says"] == "You take too long"
    assert [one["severity"] for one in bench.get("problems")["problems"]] == ["error", "error"]
    bench.change(SLOW, "says", "You take too long", "You are slow")
    assert bench.post("save")["done"]["saved"]
    write(home, {"strategy.yaml": "format: [\n"})
    assert bench.get("problems")["problems"]
    assert bench.get("entries.json")["entries"]
    assert bench.client.get("/secret/").status_code == 200
    assert (
        bench.client.get("/secret/assets/suggest/entries/objections/none.json").status_code == 404
    )


def test_what_was_changed_outside_is_shown_and_never_overwritten(home: Path) -> None:
    bench = Bench(home)
    bench.change(SLOW, "says", "You take too long", "You are slow")
    write(home, {"strategy/objections.yaml": OBJECTIONS.replace("You take too long", "Slow!")})
    [way] = bench.post("save")["done"]["in_the_way"]
    assert (way["was"], way["now"], way["wanted"]) == ("You take too long", "Slow!", "You are slow")
    assert "Slow!" in read(home)
    bench.change(SLOW, "says", "Slow!", "You are slow")
    assert bench.post("save")["done"]["saved"]


def test_what_the_form_sends_must_be_a_note(home: Path) -> None:
    bench = Bench(home)
    for note in ({"entry": SLOW}, {"format": 1, "entry": "x", "changes": []}, [], "text", 3):
        assert bench.post("edit", entry=SLOW, note=note).get("failed") or not note
    told = bench.change(SLOW, "audience", None, "public")
    assert told["in_the_way"][0]["state"] == "refused"
    assert bench.post("save")["done"]["in_the_way"]


def test_a_proposal_leaves_files_and_branch_as_they_are(home: Path, tmp_path: Path) -> None:
    """Saved edits are among it; what is not committed otherwise is not."""
    make_repository(home, {})
    shared = tmp_path / "shared.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(home), str(shared))
    git(home, "remote", "add", "origin", str(shared))
    git(home, "checkout", "--quiet", "--detach")
    (home / "notes.txt").write_text("mine", "utf-8")
    write(home, {"strategy/objections.yaml": OBJECTIONS + "# not committed\n"})
    bench = Bench(home)
    bench.change(SLOW, "says", "You take too long", "You are slow")
    bench.post("save")
    bench.change("objections/too-dear", "says", "Too dear", "Dear!")
    status, now = git(home, "status", "--porcelain"), read(home)
    assert "sentence" in bench.post("propose", why=" \n")["proposed"]["refused"]
    done = bench.post("propose", why="Heard so:\x1b slow\n\nTwice.")
    assert done["proposed"]["says"] == "pushed"
    assert done["edits"] == []
    branch = done["proposed"]["branch"]
    assert branch == "proposal/heard-so-slow"
    for folder in (home, shared):
        assert (
            git(folder, "log", "-1", "--format=%an %B", branch) == "Test Heard so: slow\n\nTwice."
        )
        text = git(folder, "show", f"{branch}:strategy/objections.yaml")
        assert ("You are slow" in text, "Dear!" in text, "not committed" in text) == (
            True,
            True,
            False,
        )
        assert git(folder, "diff", "--name-only", f"main..{branch}") == "strategy/objections.yaml"
    assert (git(home, "status", "--porcelain"), read(home)) == (status, now)


def test_a_proposal_that_cannot_be_made_says_why(home: Path, tmp_path: Path) -> None:
    bench = Bench(home)
    bench.change(SLOW, "says", "You take too long", "You are slow")
    assert "not in a git repository" in bench.get("obstacle")["obstacle"]
    assert "not in a git repository" in bench.post("propose", why="So")["proposed"]["refused"]
    make_repository(home, {})
    done = bench.post("propose", why="So")["proposed"]
    assert (done["branch"], done["says"]) == ("proposal/so", "no_origin")

    # origin does not take it: the branch stays
    shared = tmp_path / "shared.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(home), str(shared))
    hook = shared / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho 'Only on weekdays.' >&2\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    git(home, "remote", "add", "origin", str(shared))
    bench.change(SLOW, "says", "You take too long", "You are slow")
    done = bench.post("propose", why="Why not")["proposed"]
    assert done["says"] == "not_pushed"
    assert "declined" in done["why"]
    assert "You are slow" in git(home, "show", f"{done['branch']}:strategy/objections.yaml")

    # it rests on what is not committed
    write(home, {"strategy/objections.yaml": OBJECTIONS.replace("Too dear", "Dear")})
    bench.change("objections/too-dear", "says", "Dear", "Dear!")
    done = bench.post("propose", why="So")["proposed"]
    assert "not committed yet" in done["refused"]
    assert done["in_the_way"][0]["now"] == "Too dear"
    commit(home, {"strategy/objections.yaml": OBJECTIONS.replace("Too dear", "Dear")})
    assert bench.post("propose", why="So")["proposed"]["branch"] == "proposal/so-2"
