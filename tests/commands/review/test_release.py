"""`playbook release` in real repositories: all of it is done, or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.files.tree import FolderTree
from generator.loading.loader import load_strategy
from tests.playbooks import Run
from tests.repositories import PERSON, commit, git, make_repository, write

HEADER = """\
# The strategy. Keep this comment.
strategy:
  format:   1
  company: Acme
  statement: We serve dairies with heat pumps and win because we measure.
  version: '1'      # raised by releases
  effective_from:   2026-01-01
"""
MARKET = "- {{id: ev, name: EV charging, priority: {}, summary: Parks}}\n"
FILES = {"strategy.yaml": HEADER, "strategy/markets.yaml": MARKET.format("primary")}
DAY = ("--as-of", "2026-06-01")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "a", FILES)


def state(root: Path) -> tuple[object, ...]:
    """Everything that a failing release must leave alone."""
    files = {
        path: path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".git" not in path.parts
    }
    return (
        files,
        git(root, "rev-parse", "HEAD"),
        git(root, "tag"),
        git(root, "status", "--porcelain"),
        git(root, "branch"),
    )


def run_release(playbook: Run, root: Path, *arguments: str, **environment: str):
    return playbook("release", *arguments, *DAY, cwd=root, **{**PERSON, **environment})


def test_a_release_writes_commits_and_tags(playbook: Run, root: Path) -> None:
    done = run_release(playbook, root, "1")
    assert (done.returncode, done.stderr) == (0, "")
    commit(root, {"strategy/markets.yaml": MARKET.format("secondary")})
    done = run_release(playbook, root, "2")
    assert (done.returncode, done.stderr) == (0, "")
    written = (root / "strategy.yaml").read_text("utf-8")
    assert written == HEADER.replace("'1'", "'2'").replace("2026-01-01", "2026-06-01")
    assert (root / "CHANGELOG.md").read_text("utf-8") == (
        "# Changes of the strategy of Acme\n\n"
        "## 2 (2026-06-01)\n\n- EV charging: priority primary -> secondary\n\n"
        "## 1 (2026-06-01)\n\n- The first released version.\n"
    )
    assert git(root, "status", "--porcelain") == ""
    assert git(root, "cat-file", "-t", "v2") == "tag"
    assert git(root, "rev-parse", "v2^{commit}") == git(root, "rev-parse", "HEAD")
    assert git(root, "show", "--name-only", "--format=%s", "HEAD").split("\n") == [
        "Release version 2",
        "",
        "CHANGELOG.md",
        "strategy.yaml",
    ]
    assert "Nothing changes" in playbook("diff", "v2", cwd=root).stdout


def test_a_dry_run_shows_and_writes_nothing(playbook: Run, root: Path) -> None:
    before = state(root)
    done = run_release(playbook, root, "2", "--dry-run")
    assert done.returncode == 0
    assert "+  version: '2'      # raised by releases" in done.stdout
    assert "+## 2 (2026-06-01)" in done.stdout
    assert "v2" in done.stdout
    assert state(root) == before


@pytest.mark.parametrize("version", ["v2", "", "two words", "2..1", "../2", "-2", "2 1"])
def test_what_cannot_be_a_version_is_refused(playbook: Run, root: Path, version: str) -> None:
    before = state(root)
    done = (
        run_release(playbook, root, "--", version)
        if version.startswith("-")
        else run_release(playbook, root, version)
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert state(root) == before


def test_problems_stop_a_release(playbook: Run, root: Path) -> None:
    commit(root, {"strategy/markets.yaml": MARKET.format("primry")})
    before = state(root)
    done = run_release(playbook, root, "2")
    assert done.returncode == 1
    assert "primry" in done.stdout
    assert "Nothing was released." in done.stdout
    assert state(root) == before


@pytest.mark.parametrize(
    "files", [{"strategy/markets.yaml": MARKET.format("secondary")}, {"strategy/new.md": "x"}]
)
def test_a_dirty_tree_stops_a_release(playbook: Run, root: Path, files: dict[str, str]) -> None:
    write(root, files)
    before = state(root)
    done = run_release(playbook, root, "2")
    assert done.returncode == 2
    assert next(iter(files)) in done.stderr
    assert state(root) == before


def test_a_version_is_released_once_and_upward_only(playbook: Run, root: Path) -> None:
    assert run_release(playbook, root, "2").returncode == 0
    before = state(root)
    for version, words in (
        ("2", "exists already"),
        ("2.0", "exists already"),
        ("1", "lower than 2"),
    ):
        done = run_release(playbook, root, version)
        assert done.returncode == 2
        assert words in done.stderr
    assert state(root) == before
    assert run_release(playbook, root, "2.1").returncode == 0
    assert run_release(playbook, root, "10").returncode == 0


def test_a_lower_version_than_the_header_says_is_refused(playbook: Run, root: Path) -> None:
    commit(root, {"strategy.yaml": HEADER.replace("'1'", '"2026.4"')})
    assert "lower than 2026.4" in run_release(playbook, root, "2026.3").stderr


@pytest.mark.parametrize("hook", ["pre-commit", "commit-msg", "reference-transaction"])
def test_a_hook_that_refuses_leaves_nothing_half_done(playbook: Run, root: Path, hook: str) -> None:
    before = state(root)
    path = root / ".git/hooks" / hook
    path.write_text(
        '#!/bin/sh\necho "no releases on Sundays" >&2\n'
        + (
            '[ "$1" = prepared ] && grep -q refs/tags && exit 1\nexit 0\n'
            if hook == "reference-transaction"
            else "exit 1\n"
        )
    )
    path.chmod(0o755)
    done = run_release(playbook, root, "2")
    assert done.returncode == 2
    assert "all is as it was before" in done.stderr
    path.unlink()
    assert state(root) == before


def test_line_ends_and_a_mark_at_the_beginning_stay(playbook: Run, root: Path) -> None:
    raw = b"\xef\xbb\xbf" + HEADER.replace("\n", "\r\n").encode()
    git(root, "config", "core.autocrlf", "false")
    (root / "strategy.yaml").write_bytes(raw)
    commit(
        root,
        {"CHANGELOG.md": "# Ours\r\n\r\nWords before.\r\n\r\n## 0.9 (2025-01-01)\r\n\r\n- x\r\n"},
    )
    (root / "CHANGELOG.md").write_bytes(
        b"# Ours\r\n\r\nWords before.\r\n\r\n## 0.9 (2025-01-01)\r\n\r\n- x\r\n"
    )
    commit(root, {})
    done = run_release(playbook, root, "2")
    assert done.returncode == 0, done.stderr
    assert (root / "strategy.yaml").read_bytes() == raw.replace(b"'1'", b"'2'").replace(
        b"2026-01-01", b"2026-06-01"
    )
    assert (
        (root / "CHANGELOG.md")
        .read_bytes()
        .startswith(
            b"# Ours\r\n\r\nWords before.\r\n\r\n## 2 (2026-06-01)\r\n\r\n- What changed since the version before is not known here.\r\n\r\n## 0.9"
        )
    )


def test_a_strategy_in_a_folder_of_its_repository(playbook: Run, tmp_path: Path) -> None:
    top = make_repository(
        tmp_path / "a", {**{f"sales/{path}": text for path, text in FILES.items()}, "x.txt": "x"}
    )
    done = run_release(playbook, top / "sales", "2")
    assert (done.returncode, done.stderr) == (0, "")
    assert git(top, "show", "--name-only", "--format=", "v2^{commit}").split() == [
        "sales/CHANGELOG.md",
        "sales/strategy.yaml",
    ]


def test_no_release_without_git_or_a_branch(playbook: Run, root: Path, tmp_path: Path) -> None:
    git(root, "switch", "--quiet", "--detach")
    assert "no branch" in run_release(playbook, root, "2").stderr
    write(tmp_path / "plain", FILES)
    done = run_release(playbook, tmp_path / "plain", "2", GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert "not in a git repository" in done.stderr


@pytest.mark.parametrize(
    "header",
    [
        HEADER.replace("version: '1'", "version: >-\n    1\n    0"),
        HEADER.replace("version: '1'      # raised by releases", "version: 1.10"),
    ],
)
def test_a_version_written_in_another_way_is_replaced(
    playbook: Run, root: Path, header: str
) -> None:
    commit(root, {"strategy.yaml": header})
    done = run_release(playbook, root, "1.11")
    assert done.returncode == 0, done.stderr
    after = load_strategy(FolderTree(root)).strategy
    assert after is not None
    assert after.header.version == "1.11"


def test_the_changelog_may_lie_elsewhere_in_the_repository_but_not_outside(
    playbook: Run, tmp_path: Path
) -> None:
    top = make_repository(tmp_path / "a", {f"sales/{path}": text for path, text in FILES.items()})
    before = state(top)
    done = run_release(playbook, top / "sales", "2", "--changelog", "../../mine.md")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert not (tmp_path / "mine.md").exists()
    assert state(top) == before
    done = run_release(playbook, top / "sales", "2", "--changelog", "../NEWS.md")
    assert (done.returncode, done.stderr) == (0, "")
    assert git(top, "show", "--name-only", "--format=", "v2^{commit}").split() == [
        "NEWS.md",
        "sales/strategy.yaml",
    ]


def test_a_changelog_that_cannot_be_read_is_one_line(playbook: Run, root: Path) -> None:
    (root / "CHANGELOG.md").write_bytes(b"# \xff\n")
    commit(root, {})
    before = state(root)
    done = run_release(playbook, root, "2")
    assert (done.returncode, done.stderr) == (2, "playbook: CHANGELOG.md is not saved as UTF-8\n")
    assert state(root) == before


@pytest.fixture
def released(playbook: Run, root: Path) -> Path:
    """A repository of which version 2 was released, and that was changed since."""
    assert run_release(playbook, root, "2").returncode == 0
    commit(root, {"strategy/markets.yaml": MARKET.format("secondary")})
    return root


def clone(root: Path, *options: str) -> Path:
    target = root.parent / "clone"
    git(root.parent, "clone", "--quiet", *options, f"file://{root}", str(target))
    return target


@pytest.mark.parametrize(
    ("options", "remedy"),
    [
        (["--depth=1"], "git fetch --unshallow --tags"),
        (["--depth=1", "--no-tags"], "git fetch --unshallow --tags"),
        (["--no-tags"], "git fetch --tags"),
        (["--no-tags", "--single-branch"], "git fetch --tags"),
    ],
)
def test_a_clone_that_knows_too_little_releases_nothing_and_says_how_it_learns_more(
    playbook: Run, released: Path, options: list[str], remedy: str
) -> None:
    here = clone(released, *options)
    before = state(here)
    done = run_release(playbook, here, "3")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "version 2 stands in the header and in CHANGELOG.md" in done.stderr
    assert remedy in done.stderr
    assert state(here) == before
    assert remedy in playbook("changelog", cwd=here).stderr
    git(here, *remedy.split()[1:])
    assert run_release(playbook, here, "3").returncode == 0
    assert "first" not in (here / "CHANGELOG.md").read_text("utf-8").split("## 2")[0]


@pytest.mark.parametrize(
    ("header", "log"),
    [
        ("'2'", None),  # its section was taken away
        ("'1'", "## 2 (2026-06-01)\n\n- x\n"),  # the header was put back
        ("'2.5'", "## 2 (2026-06-01)\n\n- x\n"),  # raised by hand
    ],
)
def test_a_lost_tag_is_missed_by_what_the_release_left(
    playbook: Run, released: Path, header: str, log: str | None
) -> None:
    git(released, "tag", "--delete", "v2")
    text = (released / "strategy.yaml").read_text("utf-8").replace("'2'", header)
    commit(released, {"strategy.yaml": text, "CHANGELOG.md": log})
    before = state(released)
    done = run_release(playbook, released, "3")
    assert done.returncode == 2
    assert "there is no tag v2 here" in done.stderr
    assert "playbook release 2 --tag" in done.stderr
    assert state(released) == before
    assert run_release(playbook, released, "2", "--tag").returncode == 0
    made = git(released, "log", "--grep=Release version 2", "--format=%H")
    assert git(released, "rev-parse", "v2^{commit}") == made
    assert run_release(playbook, released, "3").returncode == 0


def test_a_tag_that_was_moved_away_is_put_back_as_it_says(playbook: Run, released: Path) -> None:
    right = git(released, "rev-parse", "v2^{commit}")
    git(released, "tag", "--force", "v2", git(released, "rev-parse", "v2~1"))
    done = run_release(playbook, released, "3")
    assert done.returncode == 2
    assert "the tag v2 is not on a commit of this branch that has this version" in done.stderr
    assert f"git tag --force v2 {right[:7]}" in done.stderr
    git(released, "tag", "--force", "v2", right)
    assert run_release(playbook, released, "3").returncode == 0


def test_a_shallow_clone_that_has_the_tag_but_not_the_way_to_it_fetches_that(
    playbook: Run, released: Path
) -> None:
    commit(released, {"strategy/markets.yaml": MARKET.format("primary")})
    here = clone(released, "--depth=1")
    git(here, "fetch", "--quiet", "--depth=1", "origin", "tag", "v2")
    done = run_release(playbook, here, "3")
    assert done.returncode == 2
    assert "this clone does not reach back to the tag v2" in done.stderr
    git(here, "fetch", "--unshallow", "--tags")
    assert run_release(playbook, here, "3").returncode == 0


def test_a_shallow_clone_of_what_was_never_released_is_refused_and_a_whole_one_is_not(
    playbook: Run, root: Path
) -> None:
    commit(root, {})
    here = clone(root, "--depth=1")
    assert "git fetch --unshallow --tags" in run_release(playbook, here, "2").stderr
    git(here, "fetch", "--unshallow", "--tags")
    assert run_release(playbook, here, "2").returncode == 0
    assert "The first released version." in (here / "CHANGELOG.md").read_text("utf-8")


def test_a_changelog_kept_by_hand_before_is_not_contradicted(playbook: Run, root: Path) -> None:
    commit(root, {"CHANGELOG.md": "# Ours\n\n## 0.8 (2024-03-01)\n\n- Begun.\n"})
    assert run_release(playbook, root, "2").returncode == 0
    assert "first" not in (root / "CHANGELOG.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("field", "of"),
    [
        ("  review_by: 2026-05-20\n", "strategy.yaml"),
        ("  review_by: 2026-05-31\n", "strategy.yaml"),
    ],
)
def test_what_a_release_would_leave_behind_is_checked_before_it_is_written(
    playbook: Run, root: Path, field: str, of: str
) -> None:
    commit(root, {of: HEADER + field})
    before = state(root)
    for arguments in (("2", "--dry-run"), ("2",)):
        done = run_release(playbook, root, *arguments)
        assert done.returncode == 1
        assert "[dates-reversed]" in done.stdout
        assert "review_by" in done.stdout
        assert "Nothing was released." in done.stdout
        assert state(root) == before
    commit(root, {of: HEADER + field.replace("2026-05", "2026-07")})
    assert run_release(playbook, root, "2").returncode == 0
    assert playbook("check", *DAY, cwd=root).returncode == 0


def test_a_release_mends_what_only_its_own_dates_had_wrong(playbook: Run, root: Path) -> None:
    text = HEADER.replace("2026-01-01", "2026-08-01") + "  review_by: 2026-07-01\n"
    commit(root, {"strategy.yaml": text})
    assert run_release(playbook, root, "2").returncode == 0


def test_versions_are_called_as_the_company_likes(playbook: Run, root: Path) -> None:
    names = ["FY27-Q1", "2027.1", "Sommer", "printemps_é"]
    for position, name in enumerate(names):
        priority = ("secondary", "primary")[position % 2]
        commit(root, {"strategy/markets.yaml": MARKET.format(priority)})
        done = run_release(playbook, root, name)
        assert (done.returncode, done.stderr) == (0, "")
        assert playbook("check", *DAY, cwd=root).returncode == 0
    log = (root / "CHANGELOG.md").read_text("utf-8")
    found = [line.split()[1] for line in log.splitlines() if line.startswith("## ")]
    assert found == names[::-1]
    assert log.count("first") == 1
    done = run_release(playbook, root, "sommer")
    assert (done.returncode, "exists already, as Sommer" in done.stderr) == (2, True)
    assert "lower than" not in run_release(playbook, root, "Ostern", "--dry-run").stderr


def test_what_check_takes_as_a_version_release_takes_as_well(playbook: Run, root: Path) -> None:
    for version in ("Q1 2027", "Latest", "v3"):
        commit(root, {"strategy.yaml": HEADER.replace("'1'", f"'{version}'")})
        done = playbook("check", *DAY, cwd=root)
        assert done.returncode == 1
        assert "[version-name]" in done.stdout
        assert run_release(playbook, root, version).returncode == 2
    assert run_release(playbook, root, "3").returncode == 0  # it is put right by a release


def test_tags_of_other_tools_are_no_releases(playbook: Run, root: Path) -> None:
    git(root, "tag", "v9.1.0")
    assert run_release(playbook, root, "2").returncode == 0
    assert "The first released version." in (root / "CHANGELOG.md").read_text("utf-8")


def add_submodule(root: Path, path: str) -> None:
    """A submodule as it stands in a clone; its files are those of another repository."""
    other = make_repository(
        root.parent / "other", {"terms.yaml": "- {id: kw, term: kW, meaning: m}\n"}
    )
    git(root, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other), path)
    git(root, "commit", "--quiet", "-m", "a submodule")


def nest(root: Path, path: str) -> None:
    """A repository that somebody has cloned into the folder; git takes it as a link to a commit."""
    make_repository(root / path, {"terms.yaml": "- {id: kw, term: kW, meaning: m}\n"})
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "-m", "a nested one")


@pytest.mark.parametrize("path", ["strategy/glossary", "strategy/a b"])
@pytest.mark.parametrize("add", [add_submodule, nest])
def test_what_belongs_to_another_repository_is_said_and_never_released(
    playbook: Run, root: Path, path: str, add: Callable[[Path, str], None]
) -> None:
    add(root, path)
    before = state(root)
    for done in (playbook("check", *DAY, cwd=root), run_release(playbook, root, "2")):
        assert done.returncode == 1
        assert "[nested-repository]" in done.stdout
        assert path in done.stdout
    assert state(root) == before
    inner = root / path / ".git"
    shutil.rmtree(inner) if inner.is_dir() else inner.unlink()
    (root / ".gitmodules").unlink(missing_ok=True)
    git(root, "rm", "-r", "--quiet", "--cached", "--ignore-unmatch", path)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "-m", "ours now")
    assert "[nested-repository]" not in playbook("check", *DAY, cwd=root).stdout


def test_a_submodule_that_was_not_fetched_is_said_too(playbook: Run, root: Path) -> None:
    add_submodule(root, "strategy/glossary")
    here = clone(root)
    assert not any((here / "strategy/glossary").iterdir())
    assert "[nested-repository]" in playbook("check", *DAY, cwd=here).stdout
    add_elsewhere = here / "tools"
    make_repository(add_elsewhere, {"x.txt": "x"})
    said = playbook("check", *DAY, cwd=here).stdout
    assert said.count("[nested-repository]") == 1
