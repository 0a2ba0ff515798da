"""`playbook diff` as a reviewer meets it, in real repositories."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.playbooks import Run
from tests.repositories import commit, git, make_repository, write
from tests.sample import write_strategy

MARKET = "- {{id: ev, name: EV charging, priority: {}, summary: Parks}}\n"
FILES = {"strategy.yaml": write_strategy(), "strategy/markets.yaml": MARKET.format("primary")}
SECOND = {"strategy/markets.yaml": MARKET.format("secondary")}
LINE = "EV charging (market): priority primary -> secondary"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "a", FILES)


def test_the_files_here_beside_the_main_branch(playbook: Run, root: Path) -> None:
    git(root, "switch", "--quiet", "-c", "edit")
    write(root, SECOND)
    done = playbook("diff", cwd=root)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("From main to the files here: 1 material change.")
    assert f"  {LINE}\n" in done.stdout


def test_what_the_main_branch_did_meanwhile_is_no_change_of_ours(playbook: Run, root: Path) -> None:
    git(root, "switch", "--quiet", "-c", "edit")
    commit(root, SECOND)
    git(root, "switch", "--quiet", "main")
    commit(root, {"strategy/glossary.yaml": "- {id: lift, term: Lift, meaning: How far.}\n"})
    git(root, "switch", "--quiet", "edit")
    done = playbook("diff", cwd=root)
    assert LINE in done.stdout
    assert "Lift" not in done.stdout


def test_two_versions_by_name_also_in_a_bare_repository(
    playbook: Run, root: Path, tmp_path: Path
) -> None:
    git(root, "tag", "v1")
    commit(root, SECOND)
    git(tmp_path, "clone", "--quiet", "--bare", str(root), "bare.git")
    for folder in (root, tmp_path / "bare.git"):
        assert LINE in playbook("diff", "v1", "main", cwd=folder).stdout
        assert "priority secondary -> primary" in playbook("diff", "main", "v1", cwd=folder).stdout
    done = playbook("diff", "v1", cwd=tmp_path / "bare.git")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_a_folder_beside_this_one_needs_no_git(playbook: Run, root: Path, tmp_path: Path) -> None:
    write(tmp_path / "old", FILES)
    write(root, SECOND)
    assert LINE in playbook("diff", "--from-dir", tmp_path / "old", cwd=root).stdout


def test_json_and_a_file_for_the_answer(playbook: Run, root: Path) -> None:
    write(root, SECOND)
    done = playbook("diff", "HEAD", "--format", "json", "--output", "answer.json", cwd=root)
    assert (done.returncode, done.stdout) == (0, "")
    answer = json.loads((root / "answer.json").read_text("utf-8"))
    assert answer["changes"][0] == {
        "what": "changed",
        "kind": "markets",
        "id": "ev",
        "title": "EV charging",
        "field": "priority",
        "path": ["priority"],
        "old": "primary",
        "new": "secondary",
        "grade": "material",
        "text": "EV charging: priority primary -> secondary",
    }


def test_a_shallow_clone_says_how_to_get_the_rest(
    playbook: Run, root: Path, tmp_path: Path
) -> None:
    git(root, "switch", "--quiet", "-c", "edit")
    commit(root, SECOND)
    git(root, "switch", "--quiet", "main")
    commit(root, {"README.md": "x"})
    git(
        tmp_path,
        "clone",
        "--quiet",
        "--depth=1",
        "--no-single-branch",
        "--branch=edit",
        f"file://{root}",
        "shallow",
    )
    done = playbook("diff", cwd=tmp_path / "shallow")
    assert done.returncode == 2
    assert "shallow clone" in done.stderr
    assert "git fetch --unshallow" in done.stderr


def test_an_old_version_that_no_longer_loads_is_a_notice(playbook: Run, root: Path) -> None:
    before = git(root, "rev-parse", "HEAD")
    commit(root, {"strategy.yaml": "strategy: [\n"})
    commit(root, {"strategy.yaml": FILES["strategy.yaml"]})
    done = playbook("diff", "HEAD^", cwd=root)
    assert done.returncode == 0
    assert "cannot be read" in done.stdout
    assert playbook("diff", before, cwd=root).stdout.startswith("Nothing changes")


def test_the_old_side_has_fields_of_its_own(playbook: Run, root: Path) -> None:
    schema = {
        "$defs": {
            "markets": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "region": {
                        "title": "Sales region",
                        "description": "Where.",
                        "type": "string",
                        "x-text": "plain",
                    }
                },
            }
        }
    }
    own = MARKET.format("primary").replace("summary", "custom: {region: North}, summary")
    commit(root, {"schema/custom.schema.json": json.dumps(schema), "strategy/markets.yaml": own})
    commit(root, {"schema/custom.schema.json": None, **SECOND})
    done = playbook("diff", "HEAD^", cwd=root)
    assert done.returncode == 0
    assert LINE in done.stdout
    assert "sales region" in done.stdout


@pytest.mark.parametrize(
    "arguments", [["no-such"], ["--from-dir", "nowhere"], ["HEAD", "HEAD", "--from-dir", "."]]
)
def test_what_cannot_be_compared_is_one_line(
    playbook: Run, root: Path, arguments: list[str]
) -> None:
    done = playbook("diff", *arguments, cwd=root)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("playbook: ")


def test_nothing_written_in_a_strategy_moves_the_cursor(playbook: Run, root: Path) -> None:
    write(
        root,
        {
            "strategy/markets.yaml": MARKET.format("primary").replace(
                "EV charging", '"EV \\u202e\\e[2J x"'
            )
        },
    )
    done = playbook("diff", "HEAD", cwd=root)
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout


def test_who_may_read_a_hand_written_page_is_told_first(playbook, tmp_path):
    """A page for more readers than before, and a new one for readers outside."""
    page = "---\naudience: {}\n---\n# Prices\n"
    root = make_repository(
        tmp_path / "a",
        {**FILES, "playbook/guides/prices.md": page.format("leadership"), "playbook/a.md": "# A\n"},
    )
    write(
        root,
        {
            "playbook/guides/prices.md": page.format("partner"),
            "playbook/b.md": page.format("public"),
            "playbook/c.md": page.format("leadership"),
            "strategy/markets.yaml": MARKET.format("secondary"),
        },
    )
    done = playbook("diff", "HEAD", cwd=root)
    assert done.returncode == 0
    assert done.stdout.splitlines()[2:6] == [
        "Material (3)",
        "  b.md (page): may now be read by public (before: internal)",
        "  guides/prices.md (page): may now be read by partner (before: leadership)",
        "  EV charging (market): priority primary -> secondary",
    ]
    rows = json.loads(playbook("diff", "HEAD", "--format", "json", cwd=root).stdout)["changes"]
    assert [(row["kind"], row["id"]) for row in rows[:2]] == [
        ("pages", "b.md"),
        ("pages", "guides/prices.md"),
    ]


def test_a_time_zone_that_nobody_knows_keeps_nobody_from_the_changes(
    playbook: Run, tmp_path: Path
) -> None:
    header = write_strategy({"timezone": "Mars/Base"})
    root = make_repository(tmp_path / "a", {**FILES, "strategy.yaml": header})
    write(root, {"strategy/markets.yaml": MARKET.format("secondary")})
    done = playbook("diff", "HEAD", cwd=root)
    assert "Traceback" not in done.stderr
    assert LINE in done.stdout
