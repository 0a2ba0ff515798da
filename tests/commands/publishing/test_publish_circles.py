"""One place, one circle of readers: what stands there, what stood there, and how it is taken back."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from tests.playbooks import read_files
from tests.publishing import (
    CONFIG,
    Publisher,
    Stop,
    files,
    list_branch,
    list_folders,
    read,
    run_publish,
    tag,
)
from tests.repositories import commit, git, make_repository
from tests.sample import write_strategy
from tests.trials.amount import choose, some

CIRCLES = ("internal", "public", "leadership")
INSIDE = "Zanderfilet"
"""A word of an entry for those inside."""


def of_both(version: str) -> dict[str, str]:
    """A strategy with a market that everybody may know, and one that only those inside may."""
    content = files(version, "open", "shut")
    text = content["strategy.yaml"].replace('"Market open"', '"Market open", "audience": "public"')
    return {**content, "strategy.yaml": text.replace("Market shut", f"{INSIDE} {version}")}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two released versions, of which none is published."""
    root = make_repository(tmp_path / "a", of_both("1"))
    tag(root, "1")
    commit(root, of_both("2"))
    tag(root, "2")
    return root


def list_circles(text: str) -> dict[str, str]:
    return {one["version"]: one["properties"]["audience"] for one in json.loads(text)}


def drop_circles(text: str) -> str:
    """As an earlier playbook, or mike, wrote it."""
    return json.dumps(
        [{key: one[key] for key in ("version", "title", "aliases")} for one in json.loads(text)]
    )


def has_word(root: Path, revision: str) -> bool:
    """Whether the word of those inside stands in any file of a commit."""
    return INSIDE in git(root, "grep", "--text", "-h", "-o", "-e", INSIDE, "-e", "html", revision)


def test_each_version_says_for_whom_it_was_made(root: Path, tmp_path: Path) -> None:
    assert run_publish(root, "--audience", "public").returncode == 0
    assert list_circles(read(root, "versions.json")) == {"2": "public", "1": "public"}
    assert run_publish(root, "--to-dir", "../out").returncode == 0
    listed = (tmp_path / "out/versions.json").read_text("utf-8")
    assert list_circles(listed) == {"2": "internal", "1": "internal"}


@pytest.mark.trial
@pytest.mark.parametrize(
    ("first", "second", "place"),
    choose(
        [("internal", "public", ()), ("public", "leadership", ("--to-dir", "../out"))],
        list(product(CIRCLES, CIRCLES, [(), ("--branch", "site"), ("--to-dir", "../out")])),
    ),
)
def test_two_circles_do_not_stand_in_one_place(
    root: Path, first: str, second: str, place: tuple[str, ...]
) -> None:
    assert run_publish(root, "--audience", first, *place).returncode == 0
    out = root.parent / "out"
    before = (git(root, "show-ref"), read_files(out) if out.exists() else {})
    done = run_publish(root, "--audience", second, *place)
    if first == second:
        assert done.returncode == 0
        return
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert f"holds 2, 1 ({first})" in done.stderr
    hint = f"playbook publish --audience {second} --rebuild{''.join(f' {one}' for one in place)}\n"
    assert done.stderr.endswith(hint)
    assert before == (git(root, "show-ref"), read_files(out) if out.exists() else {})
    words = hint.split()[2:]
    again = run_publish(root, *words)
    assert again.returncode == 0, again.stderr
    assert f"began anew for {second}" in again.stdout
    assert f"It held 2, 1 ({first})" in again.stdout


def test_a_version_that_says_nothing_was_made_for_those_inside(root: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    assert run_publish(root, "--to-dir", "../out", "--audience", "public").returncode == 0
    listed = target / "versions.json"
    listed.write_text(drop_circles(listed.read_text("utf-8")), "utf-8")
    done = run_publish(root, "--to-dir", "../out", "--audience", "public")
    assert done.returncode == 2
    assert "holds 2, 1 (internal)" in done.stderr
    assert run_publish(root, "--to-dir", "../out").returncode == 0
    rows = json.loads(listed.read_text("utf-8"))
    said = {one["version"]: one.get("properties") for one in rows}
    assert said == {"2": {"audience": "internal"}, "1": None}


def test_a_site_that_is_not_listed_was_made_for_those_inside(root: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    assert run_publish(root, "--to-dir", "../out").returncode == 0
    (target / "versions.json").write_text("[]", "utf-8")
    done = run_publish(root, "--to-dir", "../out", "--audience", "public")
    assert done.returncode == 2
    assert "1, 2, latest (internal)" in done.stderr


def test_a_damaged_list_is_said_and_a_rebuild_begins_anew(root: Path, tmp_path: Path) -> None:
    assert run_publish(root, "--to-dir", "../out").returncode == 0
    for text in (
        "[",
        "{}",
        "[1]",
        '[{"version": "1"}]',
        "\udce4".encode("utf-8", "surrogateescape").decode("latin-1"),
        '[{"version":"1","title":"1","aliases":[],"properties":7}]',
    ):
        (tmp_path / "out/versions.json").write_text(text, "utf-8")
        for more in ((), ("--remove", "2")):
            done = run_publish(root, "--to-dir", "../out", *more)
            assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
            assert "versions.json in ../out is damaged" in done.stderr
    done = run_publish(root, "--to-dir", "../out", "--rebuild")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Published in ../out: 2 (latest), 1." in done.stdout


def test_begun_anew_nothing_is_kept_that_was_not_made_now(root: Path, tmp_path: Path) -> None:
    assert run_publish(root).returncode == 0
    commit(root, of_both("3"))
    assert run_publish(root).returncode == 0
    before = git(root, "rev-parse", "gh-pages")
    tree = tmp_path / "pages"
    git(root, "worktree", "add", "--quiet", "--detach", str(tree), "gh-pages")
    (tree / "CNAME").write_text("plays.example.com\n")
    git(tree, "add", "CNAME")
    git(tree, "commit", "--quiet", "-m", "Name")
    git(root, "update-ref", "refs/heads/gh-pages", git(tree, "rev-parse", "HEAD"))
    done = run_publish(root, "--audience", "public", "--rebuild")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("rebuilt  1\nrebuilt  2\n")
    assert "It held 3, 2, 1 (internal), CNAME: clones and copies keep those pages.\n" in done.stdout
    assert list_folders(root) == {"1", "2", "latest"}
    assert "CNAME" not in list_branch(root)
    assert git(root, "rev-list", "--count", "gh-pages") == "1"
    assert has_word(root, before)
    assert not has_word(root, "gh-pages")
    assert list_circles(read(root, "versions.json")) == {"2": "public", "1": "public"}


def test_what_a_history_holds_counts(root: Path) -> None:
    assert run_publish(root).returncode == 0
    for version in ("1", "2"):
        assert run_publish(root, "--remove", version).returncode == 0
    done = run_publish(root, "--audience", "public")
    assert done.returncode == 2
    assert "has in its history 2, 1 (internal)" in done.stderr
    again = run_publish(root, "--audience", "public", "--rebuild")
    assert again.returncode == 0, again.stderr
    assert git(root, "rev-list", "--count", "gh-pages") == "1"


def test_the_remote_is_replaced_and_its_circle_counts(root: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--bare", str(root), "origin.git")
    git(root, "remote", "add", "origin", str(tmp_path / "origin.git"))
    assert run_publish(root, "--push").returncode == 0
    git(root, "branch", "--delete", "--force", "gh-pages")
    git(root, "update-ref", "-d", "refs/remotes/origin/gh-pages")
    there = git(tmp_path / "origin.git", "rev-parse", "gh-pages")
    assert run_publish(root, "--audience", "public").returncode == 0
    done = run_publish(root, "--audience", "public", "--push")
    assert done.returncode == 2
    assert "holds 2, 1 (internal)" in done.stderr
    assert done.stderr.endswith("--rebuild --push origin\n")
    assert git(tmp_path / "origin.git", "rev-parse", "gh-pages") == there
    again = run_publish(root, "--audience", "public", "--rebuild", "--push", "origin")
    assert again.returncode == 0, again.stderr
    origin = tmp_path / "origin.git"
    assert git(origin, "rev-list", "--count", "gh-pages") == "1"
    assert not has_word(origin, "gh-pages")


def test_what_comes_to_the_remote_in_between_is_named_and_replaced(
    clones: Callable[[str], Path], tmp_path: Path
) -> None:
    slow, quick = clones("one"), clones("two")
    commit(quick, files("11", "charging"))
    stop = Stop(tmp_path / "bin", "push")
    publisher = Publisher(slow, "--audience", "public", "--rebuild", "--push", path=stop.path)
    stop.wait()
    assert run_publish(quick, "--push").returncode == 0
    stop.go_on()
    done = publisher.finish()
    assert (done.returncode, done.stderr) == (0, "")
    assert "It held 11, 10, 2, 1 (internal)" in done.stdout
    assert list_folders(tmp_path / "origin.git") == {"1", "2", "10", "latest"}
    late = run_publish(quick, "--push")
    assert late.returncode == 2
    assert "(public)" in late.stderr


def test_who_comes_second_is_refused_where_the_place_is_for_others_by_now(
    published: Path, tmp_path: Path
) -> None:
    git(published, "branch", "-D", "gh-pages")
    stop = Stop(tmp_path / "bin", "update-ref")
    publisher = Publisher(published, path=stop.path)
    stop.wait()
    assert run_publish(published, "--audience", "public").returncode == 0
    stop.go_on()
    done = publisher.finish()
    assert done.returncode == 2
    assert "holds 10, 2, 1 (public)" in done.stderr
    assert list_circles(read(published, "versions.json")) == dict.fromkeys(
        ("10", "2", "1"), "public"
    )


# Withdrawing


@pytest.mark.trial
@pytest.mark.parametrize("place", some([(), ("--to-dir", "../out")], 1))
def test_a_version_is_withdrawn(published: Path, place: tuple[str, ...]) -> None:
    if place:
        assert run_publish(published, *place, "--rebuild").returncode == 0
    done = run_publish(published, "--remove", "1", *place)
    assert (done.returncode, done.stderr) == (0, "")
    where = "../out" if place else "the branch gh-pages"
    assert done.stdout.startswith(
        f"Withdrawn from {where}: 1. What stands there now: 10 (latest), 2.\n"
    )
    assert ("history" in done.stdout) == (not place)
    assert "git tag --delete v1" in done.stdout
    if place:
        assert not (published.parent / "out/1").exists()
        return
    assert list_folders(published) == {"2", "10", "latest"}
    command = done.stdout.splitlines()[1].partition("until: playbook publish ")[2]
    again = run_publish(published, *command.split())
    assert (again.returncode, again.stderr) == (0, "")
    assert git(published, "rev-list", "--count", "gh-pages") == "1"
    assert list_folders(published) == {"2", "10", "latest"}


@pytest.mark.trial
@pytest.mark.parametrize("place", some([("--to-dir", "../out"), ()], 1))
def test_where_the_latest_is_withdrawn_the_one_before_is_that(
    published: Path, place: tuple[str, ...]
) -> None:
    out = published.parent / "out"
    if place:
        assert run_publish(published, *place, "--rebuild").returncode == 0

    def show(path: str) -> str:
        return (out / path).read_text("utf-8") if place else read(published, path)

    done = run_publish(published, "--remove", "10", *place)
    assert (done.returncode, done.stderr) == (0, "")
    assert "What stands there now: 2 (latest), 1." in done.stdout
    assert "the next playbook publish puts it back" in done.stdout
    for name in ("2", "latest"):
        page = show(f"{name}/markets/ev/index.html")
        assert "As of version 2" in page
        assert "You are reading version" not in page
        assert "noindex" not in page
    assert 'href="../../../latest/markets/ev/"' in show("1/markets/ev/index.html")
    assert "As of version 10" not in show("latest/index.html")


@pytest.mark.trial
@pytest.mark.parametrize("place", some([(), ("--to-dir", "../out")], 1))
def test_the_only_version_can_be_withdrawn(
    root: Path, tmp_path: Path, place: tuple[str, ...]
) -> None:
    assert run_publish(root, *place).returncode == 0
    assert run_publish(root, "--remove", "1", *place).returncode == 0
    done = run_publish(root, "--remove", "2", *place)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Nothing stands there now." in done.stdout
    left = set(read_files(tmp_path / "out")) if place else list_branch(root)
    assert left == {"versions.json"}
    assert run_publish(root, *place).returncode == 0


def test_withdrawn_with_its_history_from_a_remote(
    clones: Callable[[str], Path], tmp_path: Path
) -> None:
    one, origin = clones("one"), tmp_path / "origin.git"
    done = run_publish(one, "--remove", "2", "--with-history", "--push")
    assert (done.returncode, done.stderr) == (0, "")
    assert "clones, and for a time the host, keep the old pages" in done.stdout
    assert git(origin, "rev-list", "--count", "gh-pages") == "1"
    assert list_folders(origin) == {"1", "10", "latest"}
    other = clones("two")
    commit(other, files("11", "charging"))
    assert run_publish(other, "--push").returncode == 0
    assert list_folders(origin) == {"1", "10", "11", "latest"}


def test_a_clone_that_knows_the_old_history_does_not_bring_it_back(
    clones: Callable[[str], Path], tmp_path: Path
) -> None:
    one, other, origin = clones("one"), clones("two"), tmp_path / "origin.git"
    commit(other, files("11", "charging"))
    assert run_publish(other).returncode == 0
    assert run_publish(one, "--remove", "2", "--with-history", "--push").returncode == 0
    there = git(origin, "rev-parse", "gh-pages")
    done = run_publish(other, "--push")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert git(origin, "rev-parse", "gh-pages") == there
    git(other, *done.stderr.strip().partition(": git ")[2].split())
    assert run_publish(other, "--push").returncode == 0
    assert list_folders(origin) == {"1", "10", "11", "latest"}


OWN = "fields: {{markets: {{terms: {{title: Terms, value: text, audience: {}}}}}}}\n"


def of_narrowed(version: str, names: dict[str, str], *, now: str) -> dict[str, str | None]:
    """A strategy whose market `shut` (here of this name), whose page `plan` with its file and whose
    own field are for `now`; `gone` is in the first version only.
    """
    shut = {"id": names["shut"], "name": "Zqvshut", "summary": f"Zqvshut {version}."}
    own = {"id": "open", "name": "Open", "terms": f"Zqvterms {version}"}
    gone = [{"id": "gone", "name": "Gone"}] if version == "1" else []
    former = {"former_ids": ["shut"]} if names["shut"] != "shut" else {}
    markets = [own, {**shut, **former, "audience": now}, *gone]
    plays = [{"id": "a", "markets": ["open", *(["shut"] if now == "internal" else [])]}]
    return {
        "strategy.yaml": write_strategy({"version": version}, markets=markets, plays=plays),
        "schema/custom.yaml": OWN.format(now),
        "mkdocs.yml": CONFIG,
        "playbook/plan.md": f"---\naudience: {now}\n---\n# Zqvplan\n\n[Table](zqvtable.csv)\n",
        "playbook/zqvtable.csv": "Zqvrow\n",
    }


def test_a_version_built_anew_shows_nothing_that_was_narrowed_since(tmp_path: Path) -> None:
    """Entries, also under a later name, own fields, pages and their files: in pages, index, feed,
    history and addresses. What is in no later version stays, and so does what is open again.
    """
    root = make_repository(tmp_path / "a", of_narrowed("0", {"shut": "shut"}, now="internal"))
    tag(root, "0")
    commit(root, of_narrowed("1", {"shut": "shut"}, now="internal"))
    tag(root, "1")
    commit(root, of_narrowed("2", {"shut": "other"}, now="leadership"))
    tag(root, "2")
    assert run_publish(root, "--rebuild", "--to-dir", "../p").returncode == 0
    built = read_files(tmp_path / "p")
    assert {path.partition("/")[0] for path in built if "/" in path} == {"0", "1", "2", "latest"}
    texts = {
        path: gzip.decompress(one) if path.endswith(".gz") else one for path, one in built.items()
    }
    assert [path for path, one in texts.items() if b"zqv" in (path.encode() + one).lower()] == []
    assert "1/markets/gone/index.html" in built
    assert not any("markets/shut/" in path for path in built)
    commit(root, of_narrowed("3", {"shut": "other"}, now="internal"))
    assert run_publish(root, "--rebuild", "--to-dir", "../p").returncode == 0
    again = read_files(tmp_path / "p")
    for word in (b"Zqvshut 1", b"Zqvterms 1", b"Zqvplan", b"Zqvrow"):
        assert any(word in one for path, one in again.items() if path.startswith("1/")), word


def test_a_version_that_names_in_words_what_was_narrowed_since_is_taken_away(
    root: Path, tmp_path: Path
) -> None:
    """It cannot be made for readers outside any more, and what stood there told of it."""

    def of_named(version: str, audience: str) -> dict[str, str]:
        markets = [
            {"id": "open", "summary": "Not as markets/shut-one is.", "audience": "public"},
            {"id": "shut-one", "name": "Shut", "audience": audience},
        ]
        if audience != "public":
            markets[0]["summary"] = "Open."
        text = write_strategy({"version": version}, markets=markets)
        return {"strategy.yaml": text, "mkdocs.yml": CONFIG}

    where = ("--audience", "public", "--to-dir", "../p")
    commit(root, of_named("3", "public"))
    tag(root, "3")
    assert run_publish(root, *where).returncode == 0
    commit(root, of_named("4", "internal"))
    tag(root, "4")
    done = run_publish(root, *where, "--rebuild")
    assert done.returncode == 0, done.stderr
    told = next(line for line in done.stdout.split("\n") if line.startswith("left out 3, "))
    assert "do not get any more" in told
    assert told.endswith("; what stood there is taken away")
    assert not (tmp_path / "p/3").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--remove", "7"),
        ("--remove", "latest"),
        ("--remove", ".."),
        ("--remove", "1\n"),
        ("--remove", ""),
        ("--remove", "1", "--rebuild"),
        ("--with-history",),
        ("--remove", "1", "--to-dir", "../nothing"),
    ],
)
def test_what_cannot_be_withdrawn_is_said(published: Path, arguments: tuple[str, ...]) -> None:
    before = git(published, "show-ref")
    done = run_publish(published, *arguments)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert git(published, "show-ref") == before
    assert not (published.parent / "nothing").exists()


def test_withdrawing_needs_no_leave_to_publish(published: Path) -> None:
    (published / "mkdocs.yml").write_text(
        CONFIG.replace("publish: {private-pages: confirmed, keep: 12}", "drafts: false"), "utf-8"
    )
    assert run_publish(published).returncode == 2
    assert run_publish(published, "--remove", "1").returncode == 0
