"""The site as one version beside the others, or all released versions once more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from generator.changes.history_gaps import find_gaps
from generator.changes.release_history import Past
from generator.changes.snapshots import list_releases
from generator.files.git import Repository
from generator.files.git_branches import refuse_branch
from generator.files.workshop import open_temporary
from generator.problems.phrases import join_words
from generator.schema.version_names import fold_version, is_step_back
from generator.site.versions.branch_shelf import BranchShelf
from generator.site.versions.building import (
    Built,
    Sites,
    Source,
    build_earlier,
    build_now,
    build_released,
    read_header,
)
from generator.site.versions.circles import Standing
from generator.site.versions.errors import PublishError
from generator.site.versions.folder_shelf import FolderShelf
from generator.site.versions.store import Shelf, name_versions, put_in_place
from generator.site.versions.upkeep import tidy_versions
from generator.site.versions.version_list import CURRENT


def open_shelf(
    repository: Repository,
    branch: str,
    folder: Path | None,
    remote: str | None,
    say: Callable[[str], None],
) -> Shelf:
    """Where versions stand side by side: a folder, or a branch where none is named. Raises
    PublishError where the folder holds the playbook itself, GitError where the branch is in use.
    """
    if folder is None:
        refuse_branch(repository, branch)
        return BranchShelf(repository, branch, remote)
    named, folder = folder, folder.resolve()
    if repository.root.is_relative_to(folder):
        raise PublishError(f"{named} holds the playbook itself; name a folder of its own")
    return FolderShelf(folder, named, say)


def publish_site(source: Source, shelf: Shelf, *, rebuild: bool, say: Callable[[str], None]) -> str:
    """Publish the strategy as it is here, or every released version anew, beside what stands in a
    place. Returns what stands there then, in one line. Raises FaultyError before anything is
    published, PublishError, GitError.

    What takes long, the building, is done first and once; what depends on who published meanwhile
    is done again.
    """
    circle, begun_anew = source.choice.audience, list[Standing]()
    released = [one.version for one in list_releases(source.repository, None, damaged=True)]
    standing = shelf.peek()
    if not rebuild:
        standing.refuse_others(circle, shelf.place, shelf.options)
    past, version = Past(source.repository), read_header(source).version
    for gap in find_gaps(past, source.file.parent, version, source.choice.max_bytes):
        say(f"notice: {gap.title}. {gap.fix}\n")
    with open_temporary() as workshop:
        if rebuild:
            built = build_released(source, standing, workshop, say)
        else:
            built = Sites(now=build_now(source, workshop))
            missing = _list_missing(source, standing, released, built)
            if standing.is_new:
                built.released.extend(build_earlier(source, missing, workshop, say))
            elif missing:
                say(_tell_missing(missing, shelf))

        def change() -> None:
            is_late = not rebuild and bool(built.released) and not shelf.look().is_new
            begun_anew[:] = _begin(shelf, circle, rebuild=rebuild)
            # what was first there meanwhile may have been withdrawn again: it does not come back
            laid = replace(built, released=[]) if is_late else built
            _lay_all(laid, shelf, circle, released)
            tidy_versions(source.file.parent, shelf, source.publishing, source.choice.delivery)

        stands = put_in_place(shelf, change, _say_built(built), say)
    lost = [] if rebuild else [one.version for one in built.released if one.version not in stands]
    if lost:
        say(_tell_missing(lost, shelf))
    for before in begun_anew:
        say(
            f"{shelf.place[:1].upper()}{shelf.place[1:]} began anew for {circle}, without history, and holds nothing that was "
            f"not made now. It held {before.name_all()}: clones and copies keep those pages.\n"
        )
    return name_versions(stands)


def _list_missing(
    source: Source, standing: Standing, released: Sequence[str], built: Sites
) -> list[str]:
    """Released versions that never stood in a place, of those that it would keep: they were
    released before they might be published.
    """
    now = built.now.version if built.now else CURRENT
    coming = [] if now in (CURRENT, *released) else [now]
    kept = [*released, *coming][-source.publishing.keep or None :]
    there = {*standing.now, *standing.before, now}
    return [version for version in kept if version not in there]


def _tell_missing(missing: Sequence[str], shelf: Shelf) -> str:
    is_one = len(missing) == 1
    return (
        f"notice: {join_words(missing)} {'was' if is_one else 'were'} released and "
        f"{'does' if is_one else 'do'} not stand in {shelf.place}; to add what was never published "
        f"there: playbook publish --rebuild{shelf.options}\n"
    )


def _begin(shelf: Shelf, circle: str, *, rebuild: bool) -> list[Standing]:
    """Go on from what stands there; where that is for others and all is made anew, begin with
    nothing, and return what stood there.
    """
    standing = shelf.look()
    if rebuild and not standing.is_for(circle):
        shelf.clear()
        return [standing]
    standing.refuse_others(circle, shelf.place, shelf.options)
    shelf.go_on()
    return []


def _say_built(built: Sites) -> str:
    names = [one.version for one in built.released] + ([built.now.version] if built.now else [])
    return f"Publish {', '.join(names)}" if names else "Renew what is published"


def _lay_all(built: Sites, shelf: Shelf, circle: str, released: Sequence[str]) -> None:
    """Lay every site in its place. `released` are the versions that have a tag here, the oldest
    first.
    """
    if any(version in shelf.list_versions() for version in built.unfit):
        shelf.change({}, built.unfit)
    for one in (*built.released, *([built.now] if built.now else [])):
        _refuse_alike(one.version, shelf)
        others = [name for name in shelf.list_versions() if name not in (one.version, CURRENT)]
        position = _find_position(one, others, released, is_now=one is built.now)
        is_newest = position == 0
        if CURRENT in shelf.list_versions() and one.version != CURRENT:
            position += 1
        shelf.lay(one.version, one.title, circle, one.site, position, latest=is_newest)
        if one is built.now and one.version != CURRENT and is_newest:
            shelf.change({}, [CURRENT])


def _refuse_alike(version: str, shelf: Shelf) -> None:
    """Raise PublishError where a version stands there that no reader, and no disk that pays no heed
    to case, can tell from this one.
    """
    for name in shelf.list_versions():
        if name != version and fold_version(name) == fold_version(version):
            raise PublishError(
                f'"{version}" and "{name}", which stands in {shelf.place}, are too much alike; '
                "call the version otherwise, or withdraw the other: playbook publish --remove "
                f"{name}"
            )


def _find_position(
    one: Built, others: Sequence[str], released: Sequence[str], *, is_now: bool
) -> int:
    """How many of the others, the newest first, are newer than a version: before it stand those
    that were released after it. Of what has no tag here its number tells, where it has one that
    counts alike; else what is published now is the newest.
    """

    def is_older(other: str) -> bool:
        if one.version in released and other in released:
            return released.index(other) < released.index(one.version)
        lower = is_step_back(other, one.version)
        return is_now if lower is None else lower

    if one.version == CURRENT:
        return 0
    return next((place for place, other in enumerate(others) if is_older(other)), len(others))
