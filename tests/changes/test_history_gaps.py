"""What a clone lacks of the history: damaged and missing objects, older commits, tags."""

from __future__ import annotations

import shutil
from itertools import product
from pathlib import Path

import pytest

from generator.changes.history_gaps import find_gaps
from generator.changes.release_history import find_past
from tests.playbooks import run_playbook
from tests.publishing import DAY, files
from tests.repositories import PERSON, commit, git, make_repository
from tests.trials.amount import some

OBJECTS = {
    "content": "v2:strategy.yaml",
    "page": "v2:playbook/x.md",
    "folder": "v2^{tree}",
    "commit": "v2^{commit}",
    "tag": "v2",
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three released versions, whole."""
    root = make_repository(tmp_path_factory.mktemp("whole") / "a", files("1", "ev", "gone"))
    git(root, "tag", "-a", "v1", "-m", "1")
    for version in ("2", "3"):
        page = {"playbook/x.md": f"# As of {version}\n"}
        commit(root, {**files(version, "ev", f"market-{version}"), **page})
        git(root, "tag", "-a", f"v{version}", "-m", version)
    commit(root, files("3", "ev", "now"))
    return root


@pytest.fixture
def root(whole: Path, tmp_path: Path) -> Path:
    return shutil.copytree(whole, tmp_path / "copy")


def run(root: Path, *words: str) -> tuple[int, str, str]:
    """The exit code and what was said, with lines joined; never a traceback."""
    done = run_playbook(*words, *DAY, cwd=root, **PERSON)
    assert "Traceback" not in done.stderr
    return done.returncode, " ".join(done.stdout.split()), done.stderr


def damage(root: Path, revision: str, content: bytes | None) -> None:
    name = git(root, "rev-parse", revision)
    file = root / ".git/objects" / name[:2] / name[2:]
    file.chmod(0o644)
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)


@pytest.mark.trial
@pytest.mark.parametrize(
    ("content", "kind"),
    some(product([None, b"", b"rubbish"], sorted(set(OBJECTS) - {"page"})), 5),
)
def test_a_damaged_object_is_a_notice_at_its_version(
    root: Path, tmp_path: Path, kind: str, content: bytes | None
) -> None:
    damage(root, OBJECTS[kind], content)
    code, said, _ = run(root, "build", "--site-dir", str(tmp_path / "site"))
    assert code == 0
    assert "notice: version 2 cannot be read from git" in said
    assert "git fsck" in said
    code, said, told = run(root, "changelog")
    assert "version 2 cannot be read from git" in told
    code, said, told = run(root, "release", "4", "--dry-run")
    assert (code, said) == (2, "")
    assert run(root, "diff", "v2")[0] in (0, 2)


@pytest.mark.trial
@pytest.mark.parametrize(("content", "kind"), some(product([None, b"rubbish"], sorted(OBJECTS)), 4))
def test_a_rebuild_names_what_is_damaged_and_makes_the_others(
    root: Path, kind: str, content: bytes | None
) -> None:
    damage(root, OBJECTS[kind], content)
    code, said, _ = run(root, "publish", "--rebuild", "--to-dir", "../out")
    assert code == 0
    if kind != "page":
        assert "notice: version 2 cannot be read from git" in said
    assert "Published in ../out: " in said
    if kind != "commit":  # through which all that is older is reached
        assert "rebuilt 1" in said
        assert "rebuilt 3" in said


def test_a_whole_history_says_nothing(root: Path, tmp_path: Path) -> None:
    git(root, "branch", "apart", "HEAD~1")
    git(root, "tag", "v2.5-apart", "apart")
    _, said, told = run(root, "build", "--site-dir", str(tmp_path / "site"))
    assert "cannot be read" not in said + told
    assert run(root, "release", "4", "--dry-run")[0] == 0


def test_what_is_damaged_is_named_as_far_back_as_is_told(tmp_path: Path) -> None:
    """Of the twelve versions that are told, and the one with which the oldest of them is compared."""
    versions = [str(number) for number in range(1, 16)]
    root = make_repository(tmp_path / "a", files("1", "ev"))
    for version in versions:
        market = {"strategy/markets/fleet.yaml": f"name: Fleet\nsummary: As of {version}.\n"}
        commit(root, {**files(version, "ev"), **market})
        git(root, "tag", "-a", f"v{version}", "-m", version)
    for version in versions:
        damage(root, f"v{version}:strategy/markets/fleet.yaml", None)
    titles = [one.title for one in find_gaps(find_past(root), root, "15")]
    assert sorted(titles) == sorted(
        f"version {version} cannot be read from git: strategy/markets/fleet.yaml: {why}"
        for version in versions[2:]
        for why in [titles[0].rpartition("yaml: ")[2]]
    )


@pytest.mark.parametrize(
    ("kind", "reason"),
    [("tag", "its tag is damaged"), ("commit", "a commit before it, or its own")],
)
def test_it_is_said_whether_a_tag_or_a_commit_is_damaged(
    root: Path, kind: str, reason: str
) -> None:
    damage(root, OBJECTS[kind], None)
    assert reason in " ".join(one.title for one in find_gaps(find_past(root), root, "3"))


def test_a_shallow_clone_is_said_with_how_to_get_the_rest(root: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{root}", "shallow")
    clone = tmp_path / "shallow"
    wanted = "this clone lacks the older history"
    code, said, _ = run(clone, "build", "--site-dir", str(tmp_path / "site"))
    assert code == 0
    assert wanted in said
    assert "git fetch --unshallow --tags" in said
    code, _, told = run(clone, "release", "4", "--dry-run")
    assert code == 2
    assert "git fetch --unshallow --tags" in told
    git(clone, "fetch", "--quiet", "--unshallow", "--tags")
    assert run(clone, "release", "4", "--dry-run")[0] == 0


def test_a_clone_without_tags_is_said_with_how_to_get_them(root: Path, tmp_path: Path) -> None:
    code, said, told = run(root, "release", "4")
    assert code == 0, said + told
    git(tmp_path, "clone", "--quiet", "--no-tags", str(root), "untagged")
    clone = tmp_path / "untagged"
    wanted = "CHANGELOG.md tells of 4, but this clone has no tag v4"
    assert wanted in run(clone, "build", "--site-dir", str(tmp_path / "site"))[1]
    code, _, told = run(clone, "release", "5", "--dry-run")
    assert code == 2
    assert "git fetch --tags" in told
    assert "git fetch --tags" in told
    git(clone, "fetch", "--quiet", "--tags")
    assert run(clone, "release", "5", "--dry-run")[0] == 0


def test_a_first_release_goes_on(tmp_path: Path) -> None:
    root = make_repository(tmp_path / "a", files("1", "ev"))
    assert run(root, "release", "1", "--dry-run")[0] == 0
