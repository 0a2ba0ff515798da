"""What's new, from the released versions in git: who reads what, and what a build without history
does.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from generator.changes import release_history
from generator.changes.release_history import (
    MOST,
    Past,
    find_past,
    read_released,
    read_trend,
    read_unreleased,
    tell_release,
)
from generator.changes.release_notes import FORMATS, Reader, write_text
from generator.changes.snapshots import load_at
from generator.site.assembly import assemble
from generator.site.choice import Choice
from tests.markup import read_html
from tests.repositories import commit, git, make_repository
from tests.sample import write_strategy

TODAY = date(2026, 6, 1)
INTERNAL = Reader("internal", TODAY)
ATOM = "{http://www.w3.org/2005/Atom}"


def strategy(version: str, priority: str = "primary", **more: object) -> str:
    markets = [
        {"id": "ev", "name": "EV <charging>", "priority": priority, "audience": "public"},
        {
            "id": "secret",
            "name": "Secret plan",
            "priority": more.get("secret", "primary"),
            "audience": "leadership",
        },
    ]
    return write_strategy(
        {"version": version}, markets=markets, announcements=more.get("announcements", [])
    )  # type: ignore[arg-type]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Three released versions, and a change after the last one."""
    said = [
        {"id": "minor", "importance": 3, "version": "2", "date": "2026-05-02"},
        {
            "id": "major",
            "importance": 1,
            "version": "2",
            "date": "2026-05-01",
            "headline": "Parks come second",
        },
        {
            "id": "board",
            "importance": 1,
            "version": "2",
            "audience": "leadership",
            "headline": "For the board",
        },
    ]
    root = make_repository(
        tmp_path / "a", {"strategy.yaml": strategy("1"), "playbook/x.md": "# X\n"}
    )
    git(root, "tag", "-a", "v1", "-m", "1")
    commit(
        root, {"strategy.yaml": strategy("2", "secondary", secret="secondary", announcements=said)}
    )
    git(root, "tag", "-a", "v2", "-m", "2")
    commit(root, {"strategy.yaml": strategy("2.1", "opportunistic", announcements=said)})
    git(root, "tag", "-a", "v2.1", "-m", "2.1")
    git(root, "tag", "-a", "v0.9", "-m", "of something else")
    commit(root, {"strategy.yaml": strategy("2.1", "not_pursued", announcements=said)})
    return root


def past_of(root: Path) -> Past:
    past = find_past(root)
    assert past is not None
    return past


def test_every_version_is_told_of_the_newest_first(root):
    past = past_of(root)
    notes = (
        *read_unreleased(past, load_at(past.repository, "HEAD"), INTERNAL),
        *read_released(past, INTERNAL),
    )
    assert [one.version for one in notes] == ["", "2.1", "2", "1"]
    assert [one.previous for one in notes] == ["2.1", "2", "1", ""]
    assert [[part.text for told in one.told for part in told.phrases] for one in notes] == [
        ["priority opportunistic -> not pursued"],
        ["priority secondary -> opportunistic"],
        ["priority primary -> secondary"],
        [],
    ]


def test_importance_decides_the_order_and_nobody_reads_more_than_the_edition_shows(root):
    inside = tell_release(past_of(root), "2", INTERNAL)
    outside = tell_release(past_of(root), "2", Reader("public", TODAY))
    board = tell_release(past_of(root), "2", Reader("leadership", TODAY))
    assert inside and outside and board  # noqa: PT018
    assert [one.id for one in inside.announcements] == ["major", "minor"]
    assert [one.id for one in board.announcements] == ["board", "major", "minor"]
    assert outside.announcements == ()
    for form in FORMATS.values():
        assert "Secret" in form(board)
        assert "Secret" not in form(inside) + form(outside)
        assert "For the board" not in form(inside)


def test_history_ends_at_the_commit_that_is_built(root):
    past = Past(past_of(root).repository, "v2")
    notes = (
        *read_unreleased(past, load_at(past.repository, "v2"), INTERNAL),
        *read_released(past, INTERNAL),
    )
    assert [one.version for one in notes] == ["2", "1"]


def test_the_pages_and_the_feed(root):
    made = assemble(root, Choice(as_of=TODAY)).made
    assert made is not None
    pages = {page.address: page for page in made.pages.pages}
    assert {"versions/1/", "versions/2/", "versions/2.1/", "announcements/"} <= set(pages)
    news = pages["announcements/"]
    assert [heading.text for heading in news.lay_out().headings if heading.level == 2] == [
        "Since version 2.1",
        "Version 2.1",
        "Version 2",
        "Version 1",
    ]
    assert "../markets/ev/" in read_html(news.lay_out().html).addresses
    assert "EV &lt;charging&gt;" in news.lay_out().html
    assert "priority primary → secondary" in pages["versions/2/"].lay_out().html
    feed = next(asset for asset in made.pages.assets if asset.path == "feed.xml")
    tree = ElementTree.fromstring(feed.content)
    titles = [entry.findtext(f"{ATOM}title") for entry in tree.iter(f"{ATOM}entry")]
    assert "Parks come second" in titles
    assert any("version 2.1" in str(title) for title in titles)
    names = [entry.findtext(f"{ATOM}id") for entry in tree.iter(f"{ATOM}entry")]
    assert len(set(names)) == len(names)
    assert b"Secret" not in feed.content
    assert b"For the board" not in feed.content


def test_nothing_of_an_inner_circle_is_on_any_page_for_a_wider_one(root):
    for audience in ("internal", "partner", "public"):
        made = assemble(root, Choice(audience, as_of=TODAY)).made
        assert made is not None
        whole = "".join(
            [page.lay_out().html for page in made.pages.pages]
            + [asset.content.decode() for asset in made.pages.assets]
        )
        assert "Secret" not in whole
        assert "For the board" not in whole


def test_without_git_there_are_only_announcements(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    folder = tmp_path / "plain"
    (folder / "playbook").mkdir(parents=True)
    (folder / "strategy.yaml").write_text(write_strategy(announcements=[{}]), "utf-8")
    made = assemble(folder, Choice(as_of=TODAY)).made
    assert made is not None
    assert not any(page.address.startswith("versions/") for page in made.pages.pages)
    assert any(asset.path == "feed.xml" for asset in made.pages.assets)


def test_the_text_for_chat_has_no_markup(root):
    notes = tell_release(past_of(root), "2", INTERNAL)
    assert notes is not None
    assert write_text(notes).startswith(
        f"Acme sales strategy, version 2 ({notes.day})\n\nAct now: Parks come second. Costs rose.\n"
    )
    assert (
        "\nWhat changed since version 1:\n- EV <charging>: priority primary -> secondary\n"
        in write_text(notes)
    )
    assert tell_release(past_of(root), "7", INTERNAL) is None


def measured(version: str, **kinds: object) -> str:
    return write_strategy({"version": version}, **kinds)  # type: ignore[arg-type]


def tag_on(root: Path, version: str, day: str) -> None:
    git(root, "tag", "-a", f"v{version}", "-m", version, GIT_COMMITTER_DATE=f"{day}T12:00:00Z")


@pytest.fixture
def measured_root(tmp_path: Path) -> Path:
    """Released versions of which one is only half read, and one is of another reader; and a change
    since.
    """
    owner = {"id": "one", "reviewed_on": "2025-01-10"}
    root = make_repository(
        tmp_path / "a", {"strategy.yaml": measured("1", people=[owner]), "playbook/x.md": "# X\n"}
    )
    tag_on(root, "1", "2025-02-01")
    commit(root, {"strategy.yaml": measured("2", people=[owner, {"id": "two"}])})
    tag_on(root, "2", "2025-03-01")
    commit(root, {"strategy.yaml": measured("3", people=[owner, {"id": "two", "shoe_size": 44}])})
    tag_on(root, "3", "2025-04-01")
    commit(root, {"strategy.yaml": measured("4", people=[owner])})
    tag_on(root, "4", "2026-04-01")
    commit(root, {"strategy.yaml": measured("4", people=[{**owner, "reviewed_on": "2026-05-30"}])})
    return root


def test_the_trend_has_the_figures_of_each_version_on_its_day(measured_root):
    readings = read_trend(past_of(measured_root), Reader("leadership", TODAY))
    assert [(one.version, one.day.isoformat(), one.verified) for one in readings] == [
        ("1", "2025-02-01", 100),
        ("2", "2025-03-01", 50),
        ("4", "2026-04-01", 0),
    ]


def test_a_version_without_this_reader_has_no_figures(measured_root):
    assert read_trend(past_of(measured_root), Reader("board", TODAY)) == ()
    assert read_trend(None, INTERNAL) == ()


def test_leadership_alone_sees_the_trend(measured_root):
    def health_of(audience: str) -> str | None:
        made = assemble(measured_root, Choice(audience, as_of=TODAY)).made
        assert made is not None
        return next(
            (page.lay_out().html for page in made.pages.pages if page.address == "health/"), None
        )

    assert 'aria-label="Verified: 1 100 %, 2 50 %, 4 0 %, Today 100 %"' in str(
        health_of("leadership")
    )
    assert health_of("internal") is None


def test_history_is_loaded_once_and_no_further_back_than_it_is_told(tmp_path, monkeypatch):
    root = make_repository(
        tmp_path / "a", {"strategy.yaml": measured("1"), "playbook/x.md": "# X\n"}
    )
    for number in range(1, MOST + 5):
        commit(root, {"strategy.yaml": measured(str(number), people=[{}])})
        git(root, "tag", "-a", f"v{number}", "-m", "one more")
    loads: list[str] = []
    monkeypatch.setattr(
        release_history, "load_at", lambda *args: loads.append(args[1]) or load_at(*args)
    )
    made = assemble(root, Choice("leadership", as_of=TODAY)).made
    assert made is not None
    assert len(loads) == len(set(loads)) == MOST + 1
    again = assemble(root, Choice("leadership", as_of=TODAY)).made
    assert again is not None
    assert len(loads) == MOST + 1


def test_a_shallow_clone_has_the_trend_of_what_came_with_it(measured_root, tmp_path):
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth=2", f"file://{measured_root}", str(clone))
    readings = read_trend(past_of(clone), Reader("leadership", TODAY))
    assert [one.version for one in readings] == ["4"]


def test_where_history_was_left_out_no_version_is_called_the_first(measured_root, tmp_path):
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth=2", f"file://{measured_root}", str(clone))
    [notes] = read_released(past_of(clone), INTERNAL)
    assert (notes.version, notes.is_first) == ("4", False)
    assert "not known here" in write_text(notes)
    made = assemble(clone, Choice(as_of=TODAY)).made
    assert made is not None
    [page] = [page for page in made.pages.pages if page.address == "versions/4/"]
    assert "not known here" in page.lay_out().html
    assert "first" not in read_html(page.lay_out().html).text.lower()
    assert read_released(past_of(measured_root), INTERNAL)[-1].is_first


def test_what_a_reader_does_not_get_any_more_is_not_told_of_earlier_versions(
    tmp_path: Path,
) -> None:
    """Its name, what it said, and that it went; whether a later version or only today keeps it back."""

    def write(version: str, name: str, audience: str) -> dict[str, str]:
        markets = [
            {"id": "open", "name": "Open"},
            {"id": "shut", "name": "Zqv", "summary": f"Zqv {name}.", "audience": audience},
        ]
        personas = [{"id": "one"}]
        plays = [{"id": "a", "markets": ["open", *(["shut"] if version == "1" else [])]}]
        text = write_strategy({"version": version}, markets=markets, personas=personas, plays=plays)
        return {"strategy.yaml": text}

    root = make_repository(tmp_path / "a", {})
    for version, audience in (("1", "internal"), ("2", "internal"), ("3", "leadership")):
        commit(root, write(version, f"n{version}", audience))
        git(root, "tag", "-a", f"v{version}", "-m", version)
    for reader, told in (("internal", False), ("leadership", True)):
        made = assemble(root, Choice(audience=reader, as_of=TODAY)).made
        assert made is not None
        texts = [page.lay_out().html for page in made.pages.pages if "versions/" in page.address]
        texts += [one.content.decode() for one in made.pages.assets if one.path == "feed.xml"]
        assert len(texts) == 4
        assert any("zqv" in text.lower() for text in texts) == told
