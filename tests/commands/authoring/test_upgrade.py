"""`playbook upgrade`: copies are renewed, what somebody changed is kept."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from generator.changes.snapshots import load_at
from generator.files.git import find_repository
from generator.model.entry import Key
from tests.playbooks import Run
from tests.repositories import git
from tests.sample import MINIMAL_HEADER


def test_upgrade_renews_copies_but_keeps_what_was_changed(playbook: Run, started: Path) -> None:
    manifest = started / ".playbook.json"
    old = started / "schema/markets.schema.json"
    current = old.read_bytes()
    old.write_bytes(b"{}\n")
    listed = json.loads(manifest.read_text("utf-8"))
    listed["version"] = "0.0.1"
    listed["files"]["schema/markets.schema.json"] = hashlib.sha256(b"{}\n").hexdigest()
    manifest.write_text(json.dumps(listed), "utf-8")
    (started / ".gitlab-ci.yml").write_text("mine: {}\n", "utf-8")
    stale = playbook("check", cwd=started)
    assert stale.returncode == 0
    assert "playbook upgrade" in stale.stdout
    done = playbook("upgrade", cwd=started)
    assert done.returncode == 0
    assert old.read_bytes() == current
    assert (started / ".gitlab-ci.yml").read_text("utf-8") == "mine: {}\n"
    assert playbook("check", cwd=started).stdout.startswith("No problems")


def test_an_older_wheel_of_ours_goes_when_the_new_one_comes(
    playbook: Run, started: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, old, own = (f"vendor/{name}-py3-none-any.whl" for name in ("a-2.0", "a-1.0", "b-1.0"))
    monkeypatch.setattr("generator.commands.authoring.upgrade.find_own_wheel", lambda: {new: b"2"})
    for path in (old, own):
        (started / path).write_bytes(b"1")
    manifest = started / ".playbook.json"
    listed = json.loads(manifest.read_text("utf-8"))
    listed["files"][old] = hashlib.sha256(b"1").hexdigest()
    manifest.write_text(json.dumps(listed), "utf-8")
    done = playbook("upgrade", cwd=started)
    assert f"removed  {old}" in done.stdout
    assert sorted(file.name for file in (started / "vendor").glob("*.whl")) == [
        Path(new).name,
        Path(own).name,
    ]
    assert old not in json.loads(manifest.read_text("utf-8"))["files"]


def test_what_has_no_use_any_more_goes_unless_it_was_changed(playbook: Run, started: Path) -> None:
    old, manifest = started / ".github/workflows/field-notes.yml", started / ".playbook.json"
    for now, said in ((b"jobs: {}\n", "removed"), (b"jobs: {mine: {}}\n", "kept")):
        old.write_bytes(now)
        listed = json.loads(manifest.read_text("utf-8"))
        listed["files"][str(old.relative_to(started))] = hashlib.sha256(b"jobs: {}\n").hexdigest()
        manifest.write_text(json.dumps(listed), "utf-8")
        done = playbook("upgrade", cwd=started)
        assert re.search(rf"^{said} +.github/workflows/field-notes.yml", done.stdout, re.MULTILINE)
        assert old.exists() == (said == "kept")


def test_upgrade_leaves_out_what_was_deleted(playbook: Run, started: Path) -> None:
    (started / ".gitlab-ci.yml").unlink()
    done = playbook("upgrade", cwd=started)
    assert ".gitlab-ci.yml" in done.stdout
    assert not (started / ".gitlab-ci.yml").exists()


def test_upgrade_changes_the_one_line_of_the_format(playbook: Run, started: Path) -> None:
    file = started / "strategy.yaml"
    now = file.read_text("utf-8")
    old = now.replace("format: 2", "format: 1   # ours")
    file.write_text(old, "utf-8")
    done = playbook("upgrade", cwd=started)
    assert done.returncode == 0
    assert "format 1 is now format 2" in done.stdout
    assert file.read_text("utf-8") == old.replace("format: 1", "format: 2")
    assert "is now format" not in playbook("upgrade", cwd=started).stdout


def test_upgrade_mends_what_an_older_format_does_not_know(playbook: Run, started: Path) -> None:
    file = started / "strategy.yaml"
    file.write_text(file.read_text("utf-8").replace("format: 2", "format: 1"), "utf-8")
    term = started / "strategy/glossary/lift.yaml"
    term.parent.mkdir()
    term.write_text("id: lift\nterm: Lift\nmeaning: How far heat is raised.\norder: 1\n", "utf-8")
    assert "Run: playbook upgrade" in playbook("check", cwd=started).stdout
    assert playbook("upgrade", cwd=started).returncode == 0
    assert "older-format" not in playbook("check", cwd=started).stdout


def test_a_field_of_ones_own_that_the_new_format_takes_is_told_and_renamed_when_asked(
    playbook: Run, started: Path
) -> None:
    main, own, people = (
        started / name
        for name in ("strategy.yaml", "schema/custom.yaml", "strategy/people/zoe.yaml")
    )
    rules = "  checks:\n    rules:\n      - {id: lands, says: Where, kind: people, must_have: [territories]}\n"
    old = main.read_text("utf-8").replace("format: 2", "format: 1")
    main.write_text(old.replace("  format: 1", f"{rules}  format: 1"), "utf-8")
    own.write_text(
        "fields:\n  people:\n    territories: {title: Lands, value: text}  # by river\n"
        "    desk: {title: Desk, value: text, after: territories}\n",
        "utf-8",
    )
    people.parent.mkdir(exist_ok=True)
    people.write_text("id: zoe\nname: Zoe\nrole: Sells\nterritories: The north # all\n", "utf-8")
    files = (main, own, people)
    before = [file.read_text("utf-8") for file in files]
    refused = playbook("upgrade", cwd=started)
    assert refused.returncode == 2
    assert "territories of people" in refused.stderr
    assert "playbook upgrade --rename-own" in refused.stderr
    assert [file.read_text("utf-8") for file in files] == before
    done = playbook("upgrade", "--rename-own", cwd=started)
    assert done.returncode == 0, done.stderr
    assert "territories of people, which is our_territories from now on" in done.stdout
    assert [file.read_text("utf-8") for file in files] == [
        text.replace("territories", "our_territories").replace("format: 1", "format: 2")
        for text in before
    ]
    assert playbook("check", cwd=started).returncode == 0


def write_own_wins(root: Path, rule: str = "") -> list[Path]:
    """A strategy in format 1 with a kind of its own whose name format 2 has taken, named wherever it
    can be.
    """
    texts = {
        "strategy.yaml": MINIMAL_HEADER.replace("format: 2", "format: 1")
        + "  checks:\n    review_every: {wins: 9m}\n"
        + rule,
        "schema/custom.yaml": "fields:\n  people:\n    best: {title: Best, value: reference, refers_to: wins}\n"
        "    about: {title: About, value: reference, refers_to: [markets, wins]}  # wins too\n"
        "kinds:\n  wins:\n    title: Tender\n    plural: Tenders\n    description: A tender we won.\n"
        "    fields:\n      city: {title: City, value: text}\n      terms: {title: Terms, value: prose}\n"
        "      next: {title: Next, value: reference, refers_to: wins}\n",
        "strategy/people.yaml": "- {id: zoe, name: Zoe, role: Sells, best: harbour, about: wins/harbour}\n",
        "strategy/wins.yaml": "# Won: wins/harbour\n- id: harbour\n  name: Harbour\n  city: Kiel\n  next: mill-2\n",
        "strategy/wins/mill-2.yaml": "id: mill-2\nname: Mill\ncity: Ulm\nterms: As [there](entry:wins/harbour), wins/losses.\n",
        "playbook/about.md": "# About\n",
        "playbook/tenders.md": "# T\n\n[A](wins/index.md), [b](entry:wins/mill-2), [c](wins/harbour/index.md)\n",
    }
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return [root / path for path in texts]


def test_a_kind_of_ones_own_that_the_new_format_takes_is_told_once_and_renamed_when_asked(
    playbook: Run, started: Path
) -> None:
    rule = "    rules:\n      - {id: tell, says: Where, kind: wins, must_have: [city]}\n"  # as a later format has it
    files = write_own_wins(started, rule)
    before = {file: file.read_text("utf-8") for file in files}
    told = playbook("check", cwd=started)
    assert told.returncode == 1
    assert '"wins" is a kind that every playbook has from format 2 on' in told.stdout
    assert "strategy/" not in told.stdout.partition("Not looked at")[0]
    refused = playbook("upgrade", cwd=started)
    assert refused.returncode == 2
    assert "the kind wins. To keep yours as our_wins" in refused.stderr
    assert {file: file.read_text("utf-8") for file in files} == before
    done = playbook("upgrade", "--rename-own", cwd=started)
    assert done.returncode == 0, done.stderr
    assert "the kind wins, which is our_wins from now on" in done.stdout
    for file, text in before.items():
        moved = Path(str(file).replace("/wins", "/our_wins"))
        after = re.sub(r"(?<=\()wins(?=/)", "our-wins", text)
        after = re.sub(r"(?<!-)\bwins(?=/[hm]|:|\]|\n|\}\n)", "our_wins", after)
        after = after.replace("kind: wins", "kind: our_wins").replace("format: 1", "format: 2")
        assert moved.read_text("utf-8") == after
        assert moved == file or not file.exists()
    left = playbook("check", cwd=started).stdout
    assert "error" not in left, left


def test_a_version_with_such_a_kind_reads_as_it_will_once_it_is_upgraded(started: Path) -> None:
    write_own_wins(started)
    git(started, "init", "--quiet", "--initial-branch=main")
    git(started, "add", "--all")
    git(started, "commit", "--quiet", "-m", "one")
    repository = find_repository(started)
    assert repository is not None
    loaded = load_at(repository, git(started, "rev-parse", "HEAD"))
    assert loaded.problems == ()
    assert {Key("our_wins", "harbour"), Key("our_wins", "mill-2")} <= loaded.keys


def test_a_strategy_that_did_not_begin_with_init_is_upgraded_too(
    playbook: Run, started: Path
) -> None:
    file = started / "strategy.yaml"
    file.write_text(file.read_text("utf-8").replace("format: 2", "'format': '1'"), "utf-8")
    (started / ".playbook.json").unlink()
    assert playbook("upgrade", cwd=started).returncode == 0
    assert "'format': '2' " in file.read_text("utf-8")
    assert playbook("upgrade", cwd=started).returncode == 2


def test_what_was_merged_by_hand_beside_a_copy_is_kept_and_told(
    playbook: Run, started: Path
) -> None:
    copies = [".gitlab-ci.yml", "schema/markets.schema.json"]
    for path in copies:
        (started / path).write_text("mine: {}\n", "utf-8")
    assert playbook("upgrade", cwd=started).returncode == 0
    beside = started / ".gitlab-ci.yml.new"
    new = beside.read_bytes()
    beside.write_bytes(new + b"# merged in part\n")
    done = playbook("upgrade", cwd=started)
    assert (done.returncode, done.stderr) == (0, "")
    assert "kept     .gitlab-ci.yml and .gitlab-ci.yml.new" in done.stdout
    assert "the new one is schema/markets.schema.json.new" in done.stdout
    assert beside.read_bytes() == new + b"# merged in part\n"
    beside.unlink()
    assert "the new one is .gitlab-ci.yml.new" in playbook("upgrade", cwd=started).stdout
    assert beside.read_bytes() == new
    beside.unlink()
    beside.mkdir()
    done = playbook("upgrade", cwd=started)
    assert (done.returncode, done.stderr) == (0, "")
