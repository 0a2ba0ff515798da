"""`playbook publish` with real git and real builds, in throw-away repositories."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.playbooks import Run, run_playbook, start_playbook
from tests.publishing import CONFIG, DAY, files, list_branch, list_folders, read, run_publish, tag
from tests.repositories import PERSON, commit, git, make_repository
from tests.sample import write_strategy


def test_every_version_stays_and_the_newest_is_latest(original: Path) -> None:
    paths = list_branch(original)
    folders = {path.partition("/")[0] for path in paths if "/" in path}
    root = {path for path in paths if "/" not in path}
    assert folders == {"1", "2", "10", "latest"}
    assert root == {
        ".nojekyll",
        "404.html",
        "lost.js",
        "_headers",
        "_redirects",
        "index.html",
        "robots.txt",
        "versions.json",
    }
    assert [
        (one["version"], one["aliases"]) for one in json.loads(read(original, "versions.json"))
    ] == [("10", ["latest"]), ("2", []), ("1", [])]
    inside = {path.partition("/")[2] for path in paths if path.startswith("10/")}
    assert {path.partition("/")[2] for path in paths if path.startswith("latest/")} == inside
    assert {
        "index.html",
        "entries.json",
        "markets/charging/index.html",
        "markets/ev/index.html",
        "feed.xml",
    } <= inside
    assert 'url=latest/"' in read(original, "index.html")
    assert "<script" not in read(original, "index.html")
    # other workers copy it at the same time
    assert git(original, "status", "--porcelain", GIT_OPTIONAL_LOCKS="0") == ""
    assert git(original, "worktree", "list").count("\n") == 0


def test_older_versions_say_so_and_lead_to_the_same_entry_today(original: Path) -> None:
    for version in ("1", "2"):
        page = read(original, f"{version}/markets/ev/index.html")
        assert '<meta name="robots" content="noindex">' in page
        assert f"You are reading version {version}" in page
        assert 'href="../../../latest/markets/ev/"' in page
        assert 'href="../../../latest/"' in read(original, f"{version}/markets/gone/index.html")
        assert page.count("md-banner--warning") == 1
    for name in ("10", "latest"):
        page = read(original, f"{name}/markets/charging/index.html")
        assert "noindex" not in page
        assert "You are reading version" not in page


def test_after_a_release_what_is_merged_is_current_until_the_next(published: Path) -> None:
    commit(published, files("10", "charging", "new"))
    assert run_publish(published).returncode == 0
    assert [
        (one["version"], one["title"], one["aliases"])
        for one in json.loads(read(published, "versions.json"))
    ][:2] == [("current", "Current (after 10)", ["latest"]), ("10", "10", [])]
    assert "latest/markets/new/index.html" in list_branch(published)
    assert "10/markets/new/index.html" not in list_branch(published)
    assert "You are reading version 10" in read(published, "10/index.html")
    commit(published, files("11", "charging", "new"))
    tag(published, "11")
    assert run_publish(published).returncode == 0
    assert list_folders(published) == {
        "1",
        "2",
        "10",
        "11",
        "latest",
    }


def test_publishing_again_changes_nothing_a_reader_sees(published: Path) -> None:
    before = git(published, "rev-parse", "gh-pages^{tree}")
    assert run_publish(published).returncode == 0
    assert git(published, "rev-parse", "gh-pages^{tree}") == before


def test_a_rebuild_from_the_tags_gives_the_same(published: Path) -> None:
    before = git(published, "rev-parse", "gh-pages^{tree}")
    done = run_publish(published, "--rebuild")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("rebuilt  1\nrebuilt  2\nrebuilt  10\n")
    assert git(published, "diff", "--stat", before, "gh-pages") == ""
    assert git(published, "status", "--porcelain") == ""


def test_a_version_that_no_longer_loads_is_said_and_stays_as_it_was(published: Path) -> None:
    kept = read(published, "2/markets/ev/index.html")
    commit(published, {**files("2.5", "ev"), "strategy.yaml": "strategy: ["})
    tag(published, "2.5")
    git(published, "tag", "-d", "v2")
    git(published, "tag", "-a", "v2", "-m", "2", "HEAD")
    commit(published, files("12", "charging"))
    done = run_publish(published, "--rebuild")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "kept     2, which cannot be built any more" in done.stdout
    assert read(published, "2/markets/ev/index.html") == kept


def of_circles(version: str, *circles: str) -> dict[str, str]:
    """A strategy with these circles, in which a market is for each of them."""
    markets = [
        {"id": circle, "name": f"For {circle} in {version}", "audience": circle}
        for circle in circles
    ]
    header = {"version": version, "audiences": list(circles)}
    return {
        "strategy.yaml": write_strategy(header, markets=markets),
        "mkdocs.yml": CONFIG,
        "playbook/x.md": "# X\n",
    }


def test_a_version_that_did_not_know_the_circle_is_left_out_and_said(tmp_path: Path) -> None:
    root = make_repository(tmp_path / "a", of_circles("1", "leadership", "internal", "public"))
    tag(root, "1")
    assert run_publish(root).returncode == 0
    commit(root, of_circles("2", "leadership", "dealers", "internal", "public"))
    tag(root, "2")
    commit(root, of_circles("3", "leadership", "internal", "dealers", "public"))
    tag(root, "3")
    done = run_publish(root, "--rebuild", "--audience", "dealers")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith(
        'left out 1, which knew no circle "dealers"; what stood there is taken away\n'
        "rebuilt  2\nrebuilt  3\n"
    )
    paths = list_branch(root)
    assert {path.partition("/")[0] for path in paths if "/" in path} == {"2", "3", "latest"}
    for version in ("2", "3"):
        shown = {one["id"] for one in json.loads(read(root, f"{version}/entries.json"))["entries"]}
        assert shown == {"dealers", "public"}
    assert "For internal" not in read(root, "3/announcements/index.html")


def test_where_no_version_knew_the_circle_what_is_here_now_is_published(tmp_path: Path) -> None:
    root = make_repository(tmp_path / "a", of_circles("1", "leadership", "internal"))
    tag(root, "1")
    commit(root, of_circles("2", "leadership", "internal", "dealers"))
    done = run_publish(root, "--to-dir", "../out", "--rebuild", "--audience", "dealers")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout == (
        'left out 1, which knew no circle "dealers"\nPublished in ../out: 2 (latest).\n'
    )


def test_only_so_many_versions_are_kept(published: Path) -> None:
    (published / "mkdocs.yml").write_text(CONFIG.replace("keep: 12", "keep: 2"), "utf-8")
    commit(published, {})
    git(published, "tag", "-f", "-a", "v10", "-m", "10")
    assert run_publish(published).returncode == 0
    assert list_folders(published) == {
        "2",
        "10",
        "latest",
    }


def test_a_plain_folder_for_any_web_server(original: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    before = git(original, "rev-parse", "HEAD", "gh-pages")
    for arguments in (("--rebuild",), ()):
        done = run_publish(original, "--to-dir", str(target), *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
    paths = {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()}
    assert paths == list_branch(original)
    assert json.loads((target / "versions.json").read_text("utf-8")) == json.loads(
        read(original, "versions.json")
    )
    assert git(original, "rev-parse", "HEAD", "gh-pages") == before


def test_a_folder_that_holds_something_else_is_left_alone(original: Path, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_text("x")
    for folder in (tmp_path, original, original.parent):
        done = run_publish(original, "--to-dir", str(folder))
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["photo.jpg"]


@pytest.mark.parametrize(
    ("setting", "allowed"),
    [
        ("", False),
        ("publish: {visibility: private}", False),
        ("publish: {visibility: public}", True),
        ("publish: {private-pages: confirmed}", True),
    ],
)
def test_nothing_is_exposed_that_was_not_said_to_be(
    tmp_path: Path, setting: str, allowed: bool
) -> None:
    config = CONFIG.replace(
        "publish: {private-pages: confirmed, keep: 12}", setting or "drafts: false"
    )
    root = make_repository(tmp_path / "a", {**files("1", "ev"), "mkdocs.yml": config})
    asked = run_publish(root, "--ask")
    assert asked.returncode == (0 if allowed else 1)
    done = run_publish(root)
    assert done.returncode == (0 if allowed else 2)
    assert ("gh-pages" in git(root, "branch", "--list", "gh-pages")) == allowed
    if not allowed:
        assert "private-pages: confirmed" in done.stderr
        assert "confidential" in asked.stdout
    else:
        assert ("robots.txt" in list_branch(root)) == ("public" not in setting)


def test_a_fault_publishes_nothing(published: Path) -> None:
    before = git(published, "rev-parse", "gh-pages")
    commit(
        published,
        {"strategy.yaml": files("11", "ev")["strategy.yaml"].replace('"primary"', '"primry"')},
    )
    done = run_publish(published)
    assert done.returncode == 1
    assert "primry" in done.stdout
    assert "what is live is unchanged" in done.stdout
    commit(published, {**files("11", "ev"), "playbook/x.md": "# X\n\n[nowhere](nowhere.md)\n"})
    assert run_publish(published).returncode == 1
    assert git(published, "rev-parse", "gh-pages") == before


def test_a_branch_that_is_checked_out_is_refused(published: Path, tmp_path: Path) -> None:
    git(published, "worktree", "add", "--quiet", str(tmp_path / "pages"), "gh-pages")
    done = run_publish(published)
    assert done.returncode == 2
    assert "checked out" in done.stderr


def test_the_branch_is_pushed_and_what_others_published_is_taken_over(
    clones: Callable[[str], Path], tmp_path: Path
) -> None:
    one, two = clones("one"), clones("two")
    for clone, version in ((one, "11"), (two, "12")):
        commit(clone, files(version, "charging"))
        done = run_publish(clone, "--push", "origin")
        assert done.returncode == 0, done.stdout + done.stderr
    assert {"11", "12", "1", "2", "10", "latest"} == {
        path.partition("/")[0] for path in list_branch(tmp_path / "origin.git") if "/" in path
    }


def test_the_environment_needs_no_activation_and_no_name(published: Path) -> None:
    git(published, "config", "--unset", "user.name")
    git(published, "config", "--unset", "user.email")
    nobody = dict.fromkeys(
        ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"), ""
    )
    quiet = {name: PERSON[name] for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM")}
    done = start_playbook(
        "publish", *DAY, cwd=published, **{**nobody, **quiet}, PATH="/usr/bin:/bin"
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_reading_the_command_help(playbook: Run) -> None:
    assert "--rebuild" in playbook("publish", "--help").stdout


def test_what_was_released_before_it_might_be_published_comes_with_the_first_publication(
    original: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "place"
    first = run_publish(original, "--to-dir", str(folder))
    assert first.returncode == 0, first.stderr
    assert sorted(path.name for path in folder.iterdir() if path.is_dir()) == [
        *("1", "10", "2", "latest")
    ]
    assert first.stdout.count("added ") == 2
    withdrawn = run_publish(original, "--to-dir", str(folder), "--remove", "1")
    assert withdrawn.returncode == 0, withdrawn.stderr
    again = run_publish(original, "--to-dir", str(folder))
    assert not (folder / "1").exists()
    assert f"1 was released and does not stand in {folder}" in again.stdout
    assert f"--rebuild --to-dir {folder}" in again.stdout
    rules = (folder / "_redirects").read_text("utf-8").splitlines()
    assert "/markets/* /latest/markets/:splat 302" in rules


def test_a_release_has_one_day_wherever_it_is_told(tmp_path: Path) -> None:
    root = make_repository(tmp_path / "a", files("1", "ev"))
    tag(root, "1")
    commit(root, files("1", "ev", "more"))
    done = run_playbook("release", "2", "--as-of", "2026-05-04", cwd=root, **PERSON)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "## 2 (2026-05-04)" in (root / "CHANGELOG.md").read_text("utf-8")
    site = tmp_path / "site"
    made = run_playbook("build", "--site-dir", site, "--as-of", "2026-06-01", cwd=root, **PERSON)
    assert made.returncode == 0, made.stdout
    assert "<updated>2026-05-04T00:00:00Z</updated>" in (site / "feed.xml").read_text("utf-8")
    assert "2026-05-04" in (site / "versions/2/index.html").read_text("utf-8")
