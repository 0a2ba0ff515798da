"""A published version taken back, and on request out of the history of its branch."""

from __future__ import annotations

from collections.abc import Callable

from generator.changes.snapshots import TAG_PREFIX
from generator.files.workshop import open_temporary
from generator.files.writing import write_all
from generator.site.versions.banner import unmark
from generator.site.versions.building import Source, name_now
from generator.site.versions.circles import Standing
from generator.site.versions.errors import PublishError
from generator.site.versions.store import Shelf, name_versions, put_in_place
from generator.site.versions.upkeep import tidy_versions
from generator.site.versions.version_list import LATEST, DamagedListError


def withdraw(
    source: Source,
    shelf: Shelf,
    version: str,
    say: Callable[[str], None],
    *,
    with_history: bool,
) -> str:
    """Take a version away; where it was the latest, the next one is that. `with_history` lets the
    place begin anew without it, as far as it has a history. Returns what stands there then, in one
    line, empty where nothing does. Raises PublishError, GitError.
    """

    def change() -> None:
        standing = shelf.look()
        if standing.is_damaged:
            raise DamagedListError(shelf.place)
        shelf.go_on()
        _refuse_unknown(shelf, standing, version, with_history=with_history)
        if version in shelf.list_versions():
            _take_away(source, shelf, version)
        if with_history:
            shelf.forget_history()

    stands = put_in_place(shelf, change, f"Withdraw version {version}", say)
    return name_versions(stands)


def say_returns(source: Source, version: str) -> str:
    """What would publish a withdrawn version again, in sentences; empty where nothing does."""
    said = []
    if name_now(source) == version:
        said.append("The strategy here is that version: the next playbook publish puts it back.")
    tag = f"{TAG_PREFIX}{version}"
    if source.repository.ask("rev-parse", "--verify", "--quiet", f"refs/tags/{tag}"):
        said.append(
            f"The tag {tag} stands: playbook publish --rebuild makes the version anew, until "
            f"git tag --delete {tag}."
        )
    return " ".join(said)


def _refuse_unknown(shelf: Shelf, standing: Standing, version: str, *, with_history: bool) -> None:
    known = shelf.list_versions()
    if version in known or (with_history and version in standing.before):
        return
    there = f"there are {name_versions(known)}" if known else "nothing is published there"
    if version in standing.before:
        there = "it is in the history alone, which --with-history lets begin anew"
    shown = version if version.isprintable() else ascii(version)[1:-1]
    raise PublishError(f'no version "{shown}" stands in {shelf.place}; {there}')


def _take_away(source: Source, shelf: Shelf, version: str) -> None:
    was_latest = LATEST in shelf.list_versions()[version]
    shelf.change({}, [version])
    left = list(shelf.list_versions())
    if not left:
        shelf.clear()
        return
    if was_latest:
        _make_latest(shelf, left[0])
    tidy_versions(source.file.parent, shelf, source.publishing, source.choice.delivery)


def _make_latest(shelf: Shelf, version: str) -> None:
    """Lay a version that stands there once more, without the marks of an older one, as the latest."""
    inside = [path for path in shelf.list_files() if path.startswith(f"{version}/")]
    pages = {
        path.removeprefix(f"{version}/"): content
        for path, content in shelf.read_all(inside).items()
    }
    for path, content in pages.items():
        if path.endswith(".html"):
            pages[path] = unmark(content.decode("utf-8")).encode()
    title, circle = shelf.describe(version)
    with open_temporary() as workshop:
        site = workshop / "site"
        write_all(site, pages, mode=0o644, durable=False)
        shelf.lay(version, title, circle, site, 0, latest=True)
