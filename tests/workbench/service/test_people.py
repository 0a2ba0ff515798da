"""Many people at once: each has their own edits, which last, and proposes them on a branch of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generator.files.git import GitError
from generator.workbench.service.person import Person
from tests.repositories import commit, git
from tests.sample import MINIMAL_HEADER
from tests.service_server import Served, make_shared, serve_service
from tests.workbench_server import FILES, OBJECTIONS, SLOW

DEAR = "objections/too-dear"


@pytest.fixture
def homes(tmp_path: Path) -> tuple[Path, Path]:
    return make_shared(tmp_path, FILES)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def served(homes: tuple[Path, Path], state: Path) -> Iterator[Served]:
    with serve_service(homes[1], state) as served:
        yield served


def list_branches(shared: Path) -> list[str]:
    form = "--format=%(refname:short) %(authorname) %(committername)"
    return git(shared, "branch", "--list", "proposal/*", form).splitlines()


def test_two_people_propose_at_once(served: Served, homes: tuple[Path, Path]) -> None:
    """On the same field and on different ones: each a branch from the default branch, by each author."""
    _, shared = homes
    ada, ben = served.of("ada@acme.example"), served.of("Ben Löw")
    ada.change(SLOW, "says", "You take too long", "You are slow")
    told = ben.change(SLOW, "says", "You take too long", "Snails!")
    assert "Snails" in str(told["changes"])
    assert [one["entry"] for one in told["edits"]] == [SLOW]
    assert "You are slow" not in str([ben.get("state"), ben.get(f"state?entry={SLOW}")])
    ben.change(DEAR, "respond", "It pays back.", "It pays back soon.")
    with ThreadPoolExecutor() as pool:
        found = list(pool.map(lambda one: one.propose("Heard: so\n\nTwice."), (ada, ben)))
    assert {one["says"] for one in found} == {"pushed"}
    names = {one["branch"] for one in found}
    assert names == {"proposal/heard-so", "proposal/heard-so-2"}
    assert sorted(row.partition(" ")[2] for row in list_branches(shared)) == [
        "Ben Löw playbook edit",
        "ada@acme.example playbook edit",
    ]
    mine = next(one["branch"] for one in found[:1])
    assert git(shared, "log", "-1", "--format=%ae %cn%n%B", mine) == (
        "ada@acme.example playbook edit\n- Heard: so\n\nTwice."
    )
    changed = git(shared, "diff", "-U0", f"main..{mine}").splitlines()
    assert [row for row in changed if row[:1] in "+-" and row[:3] not in ("+++", "---")] == [
        "-  says: You take too long",
        "+  says: You are slow",
    ]
    theirs = git(shared, "show", f"{found[1]['branch']}:strategy/objections.yaml")
    assert ("Snails!" in theirs, "pays back soon" in theirs, "# said daily" in theirs) == (
        True,
        True,
        True,
    )
    assert ada.get("state")["edits"] == []

    # before it is merged, the form shows what stood there; what is proposed then is a new branch
    assert ada.get(f"assets/suggest/entries/{SLOW}.json")["values"]["says"] == "You take too long"
    ada.change(SLOW, "says", "You take too long", "You are so slow")
    assert ada.propose("Heard so")["branch"] == "proposal/heard-so-3"
    assert len(list_branches(shared)) == 3
    assert ada.propose("Again")["refused"] == "Nothing has been changed yet."


def test_a_restart_loses_nothing(homes: tuple[Path, Path], state: Path) -> None:
    with serve_service(homes[1], state) as served:
        ada = served.of("ada@acme.example")
        token = ada.token
        ada.change(SLOW, "says", "You take too long", "You are slow")
        ada.note(
            "objections/you-leave",
            {"field": "says", "to": "You leave"},
            name="new objections 1",
            new=True,
        )
        served.of("ben@acme.example").change(DEAR, "says", "Too dear", "Dear!")
        before = ada.get(f"state?entry={SLOW}")
        folder = state / "people" / Person("ada@acme.example").folder
        assert folder.stat().st_mode & 0o777 == 0o700
        assert (folder / "edits.json").stat().st_mode & 0o777 == 0o600
    with serve_service(homes[1], state) as served:
        ada = served.of("ada@acme.example")
        assert ada.token == token  # a page that is open goes on
        after = ada.get(f"state?entry={SLOW}")
        assert {**after, "can_undo": True} == before
        assert ada.get("state?entry=new%20objections%201")["draft"]["values"]["says"]["to"] == (
            "You leave"
        )
        assert "Dear!" not in str(after)
        ada.post("edit", entry="new objections 1", note=None)
        assert ada.propose()["says"] == "pushed"
        assert list((state / "people" / Person("ada@acme.example").folder).iterdir()) == []
    with serve_service(homes[1], state) as served:
        assert served.of("ada@acme.example").get("state")["edits"] == []
        ben = served.of("ben@acme.example")
        assert ben.get(f"state?entry={DEAR}")["draft"]["values"]["says"]["to"] == "Dear!"


def test_what_cannot_be_read_again_is_put_aside(homes: tuple[Path, Path], state: Path) -> None:
    folder = state / "people" / Person("ada@acme.example").folder
    folder.mkdir(parents=True)
    for raw in ("[", "{}", '{"pending": [{"entry": "x", "note": 3, "draft": {}}]}', "[" * 100_000):
        (folder / "edits.json").write_text(raw)
        with serve_service(homes[1], state) as served:
            ada = served.of("ada@acme.example")
            assert ada.get("state")["edits"] == []
            assert (folder / "edits.damaged.json").read_text() == raw
            assert ada.change(SLOW, "says", "You take too long", "Slow")["edits"]
            assert json.loads((folder / "edits.json").read_text())["pending"]


def test_what_changed_meanwhile_is_shown_and_never_overwritten(
    served: Served, homes: tuple[Path, Path]
) -> None:
    work, shared = homes
    ada = served.of("ada@acme.example")
    ada.change(SLOW, "says", "You take too long", "You are slow")
    commit(work, {"strategy/objections.yaml": OBJECTIONS.replace("take too long", "dawdle")})
    git(work, "push", "--quiet", "origin", "main")
    done = ada.propose()
    [way] = done["in_the_way"]
    assert (way["was"], way["now"], way["wanted"]) == (
        "You take too long",
        "You dawdle",
        "You are slow",
    )
    assert way["by"] == ""
    assert list_branches(shared) == []
    assert ada.get("state")["edits"][0]["entry"] == SLOW  # it goes on waiting
    assert ada.get(f"assets/suggest/entries/{SLOW}.json")["values"]["says"] == "You dawdle"
    ada.change(SLOW, "says", "You dawdle", "You are slow")
    branch = ada.propose()["branch"]
    assert git(shared, "merge-base", "main", branch) == git(shared, "rev-parse", "main")


def test_what_cannot_be_sent_goes_on_waiting(served: Served, homes: tuple[Path, Path]) -> None:
    """The repository says no, or is away, or what it has cannot be read: each is said in plain words."""
    work, shared = homes
    ada = served.of("ada@acme.example")
    ada.change(SLOW, "says", "You take too long", "You are slow")
    assert ada.propose(" \u200b\n")["refused"].startswith("Say why")
    hook = shared / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho 'Only on weekdays: zqvx.' >&2\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    assert "did not take the branch" in ada.propose()["refused"]
    hook.unlink()

    commit(work, {"strategy.yaml": "strategy: [\n"})
    git(work, "push", "--quiet", "origin", "main")
    assert "cannot be read at the moment" in ada.propose()["refused"]
    assert "cannot be read at the moment" in ada.get("obstacle")["obstacle"]
    assert ada.get("entries.json")["entries"]  # what was there before goes on being served
    commit(work, {"strategy.yaml": MINIMAL_HEADER})
    git(work, "push", "--quiet", "origin", "main")

    shared.rename(shared.with_name("away.git"))
    assert "cannot be reached" in ada.propose()["refused"]
    shared.with_name("away.git").rename(shared)
    assert list_branches(shared) == []
    assert ada.propose()["says"] == "pushed"
    assert ada.get("obstacle")["obstacle"] == ""
    assert not any("slow" in line for line in served.lines)


def test_the_strategy_may_lie_in_a_folder_of_its_repository(tmp_path: Path, state: Path) -> None:
    files = {f"sales/{path}": text for path, text in FILES.items()}
    _, shared = make_shared(tmp_path, {**files, "README.md": "Ours.\n"})
    with serve_service(shared, state, within="sales") as served:
        ada = served.of("ada@acme.example")
        ada.change(DEAR, "says", "Too dear", "Dear!")
        branch = ada.propose()["branch"]
        changed = git(shared, "diff", "--name-status", f"main..{branch}")
        assert changed == "M\tsales/strategy/objections.yaml"


def test_only_proposals_are_pushed(served: Served, homes: tuple[Path, Path]) -> None:
    _, shared = homes
    clone, before = served.house.clone, git(shared, "for-each-ref")
    for branch in (
        *("main", "gh-pages", "refs/heads/main", "proposal", "proposal/", "proposal/../main"),
        *("proposal/x:main", "proposal/x y", "proposal/-x", "proposal/X", "+main", "--all", ""),
        "proposal/x\n",
        "heads/proposal/x",
    ):
        with pytest.raises(GitError, match="only branches below proposal/"):
            clone.push(branch, served.house.base.commit)
    assert git(shared, "for-each-ref") == before


def test_one_person_cannot_take_up_all_the_room(served: Served) -> None:
    ada = served.of("ada@acme.example")
    long = "x" * 190_000
    for number in range(9):
        told = ada.note(
            f"objections/new-{number}",
            {"field": "respond", "to": long},
            name=f"new objections {number}",
            new=True,
        )
        if told.get("failed"):
            break
    assert "more than can be kept" in told["failed"]
    assert ada.get("state")["edits"]  # what was kept before stays
    kept = len(ada.get("state")["edits"])
    assert kept < 7
    assert ada.post("undo")["can_undo"] in (True, False)


@pytest.mark.parametrize(
    "draft",
    [
        '{"values": {"says": NaN}}',
        '{"values": {"says": 1e999}}',
        '{"values": {"says": "\\ud800"}}',
        '{"values": ' + "[" * 900 + "]" * 900 + "}",
        '{"values": [1]}',
        '{"values": {"says": 3}}',
        "[]",
        "3",
    ],
)
def test_nothing_that_is_sent_breaks_what_comes_after(served: Served, draft: str) -> None:
    """It is refused, or left out; the form opens, and what waited goes on waiting."""
    ada = served.of("ada@acme.example")
    ada.change(SLOW, "says", "You take too long", "You are slow")
    note = {"format": 1, "entry": SLOW, "changes": [{"field": "says", "to": "Slow"}]}
    body = f'{{"entry": "{SLOW}", "note": {json.dumps(note)}, "draft": {draft}}}'
    assert ada.send("edit", body.encode()).code in (200, 400)
    assert ada.get(f"state?entry={SLOW}")["edits"]
    assert not any("fault" in line for line in served.lines)


def test_somebody_who_asks_for_too_much_at_once_is_told_to_wait(served: Served) -> None:
    """And nobody else waits for them."""
    from generator.workbench.service.people import BusyError, People

    people = People(lambda person: None)  # type: ignore[arg-type,return-value]
    ada, ben = Person("ada"), Person("ben")
    for _ in range(8):
        people.enter(ada)
    with pytest.raises(BusyError):
        people.enter(ada)
    people.enter(ben)
    people.leave(ada)
    people.enter(ada)
