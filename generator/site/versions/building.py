"""The sites that are to be published, each built in a folder of its own: the strategy as it is
here, or every released version once more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from generator.changes.release_history import Past
from generator.changes.snapshots import TAG_PREFIX, Release, list_releases, load_at
from generator.files.git import GitError, Repository
from generator.files.tree import FolderTree
from generator.loading.guides import PLAYBOOK, find_folder
from generator.loading.loader import load_strategy
from generator.loading.manuscript import FOLDER, MAIN_FILE
from generator.loading.stray_links import SITE_FOLDERS, find_stray_links
from generator.model.header import Header
from generator.problems.problem import has_errors
from generator.schema.version_names import find_name_fault
from generator.schema.words import read_words
from generator.site.assembly import assemble
from generator.site.build_request import Choice
from generator.site.builder import Publishing, build_site
from generator.site.versions.circles import Standing
from generator.site.versions.errors import FaultyError, PublishError
from generator.site.versions.tagged import lay_out_commit
from generator.site.versions.version_list import CURRENT, LATEST


@dataclass(frozen=True)
class Source:
    """What is published: the mkdocs.yml, for whom, the repository of both, and what mkdocs.yml says
    about publishing.
    """

    file: Path
    choice: Choice
    repository: Repository
    publishing: Publishing


@dataclass(frozen=True)
class Built:
    """A site in a folder, and the version and title under which it is published."""

    version: str
    title: str
    site: Path


@dataclass(frozen=True)
class Sites:
    """What was built: released versions, the oldest first; what is here `now`; and those versions
    that did not know the circle.
    """

    now: Built | None = None
    released: list[Built] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def build_now(source: Source, workshop: Path) -> Built:
    """The strategy as it is here: as its version until that is released, after that as what is
    current. Raises FaultyError, PublishError.
    """
    version, title = _name_version(source.repository, read_header(source))
    built = Built(version, title, workshop / "now")
    _build(source.file, source.choice, built.site)
    return built


def name_now(source: Source) -> str:
    """The version as which the strategy is published as it is here; empty where it cannot be."""
    try:
        header = read_header(source)
        return _name_version(source.repository, header)[0]
    except (FaultyError, PublishError):
        return ""


def build_released(
    source: Source, standing: Standing, workshop: Path, say: Callable[[str], None]
) -> Sites:
    """Every released version anew (of all, or of the newest that are kept), and what is here now
    where it is published, too, or nothing is released. `standing` is what the place holds; `say` is told of each one that is built, kept or left out. Raises FaultyError.
    """
    circles = read_header(source).audiences
    pages = find_folder(FolderTree(source.file.parent))
    stray = find_stray_links(source.file.parent, {*SITE_FOLDERS, pages})
    if stray:  # today's templates are laid beside every version
        raise FaultyError(tuple(stray), len(stray))
    sites, releases = Sites(), _list_released(source)
    for release, knows in releases:
        if knows:
            fate = "kept     " if standing.is_for(source.choice.audience) else "left out "
            built = _build_release(source, release, circles, workshop, say, fate)
            sites.released.extend(built)
            continue
        is_there = release.version in standing.now
        sites.unknown.append(release.version)
        taken = "; what stood there is taken away" if is_there else ""
        circle = source.choice.audience
        say(f'left out {release.version}, which knew no circle "{circle}"{taken}\n')
    if CURRENT in standing.now or not any(knows for _, knows in releases):
        return replace(sites, now=build_now(source, workshop))
    return sites


def build_earlier(
    source: Source, versions: Sequence[str], workshop: Path, say: Callable[[str], None]
) -> list[Built]:
    """These released versions, from their tags; `say` is told of each. One that did not know the
    circle is left out. Raises FaultyError.
    """
    circles = read_header(source).audiences
    return [
        built
        for release, knows in _list_released(source)
        if knows and release.version in versions
        for built in _build_release(
            source, release, circles, workshop, say, "left out ", "added   "
        )
    ]


def _list_released(source: Source) -> list[tuple[Release, bool]]:
    """The released versions to build anew, each with whether it knew the circle. One that did not
    has no pages for it: what stands in its place was made for others.
    """
    choice, found = source.choice, []
    for release in list_releases(source.repository, damaged=True)[
        -source.publishing.keep or None :
    ]:
        header = None
        with suppress(GitError):  # building it says what is damaged
            loaded = load_at(source.repository, release.commit, choice.max_bytes)
            header = loaded.strategy.header if loaded.strategy else None
        found.append((release, header is None or choice.audience in header.audiences))
    return found


def _build_release(
    source: Source,
    release: Release,
    circles: tuple[str, ...],
    workshop: Path,
    say: Callable[[str], None],
    fate: str,
    done: str = "rebuilt ",
) -> list[Built]:
    """The site of a released version; none where it cannot be built any more, which is said, with
    what becomes of what stands there.
    """
    choice = replace(
        source.choice,
        as_of=source.choice.as_of or date.fromisoformat(release.day),
        past=Past(source.repository, release.commit),
        circles=circles,
    )
    built = Built(release.version, release.version, workshop / f"version-{release.version}")
    try:
        with lay_out_commit(source.file, source.repository, release.commit) as config:
            _build(config, choice, built.site)
    except FaultyError as error:
        first = error.problems[0]
        say(f"{fate}{release.version}, which cannot be built any more: {first.title}\n")
        return []
    except GitError as error:
        say(f"{fate}{release.version}, which cannot be read any more: {error}\n")
        return []
    say(f"{done} {release.version}\n")
    return [built]


def read_header(source: Source) -> Header:
    """The header of the strategy as it is here. Raises FaultyError where it cannot be read."""
    loaded = load_strategy(FolderTree(source.file.parent), source.choice.max_bytes)
    if loaded.strategy is None:
        raise FaultyError(loaded.problems, len(loaded.files))
    return loaded.strategy.header


def _name_version(repository: Repository, header: Header) -> tuple[str, str]:
    fault = find_name_fault(header.version)
    if fault:
        raise PublishError(f'the header has the version "{header.version}", which {fault}')
    tagged = repository.ask(
        "rev-parse", "--verify", "--quiet", f"refs/tags/{TAG_PREFIX}{header.version}^{{commit}}"
    )
    if tagged is None or (tagged == repository.resolve("HEAD") and not _list_edited(repository)):
        return header.version, header.version
    return CURRENT, read_words(header.language)("current_title", version=header.version)


def _list_edited(repository: Repository) -> list[str]:
    """The files of the playbook that differ from the last commit; others, such as caches of CI, do
    not count.
    """
    folder = f"{repository.folder}/" if repository.folder else ""
    pages = f"{find_folder(FolderTree(repository.root))}/"
    own = tuple(
        f"{folder}{name}"
        for name in (MAIN_FILE, f"{FOLDER}/", f"{PLAYBOOK}/", pages, "schema/", "mkdocs.yml")
    )
    return [path for path in repository.list_changed() if path.startswith(own)]


def _lead_to_latest(choice: Choice) -> Choice:
    """What is told outside of the site, in feeds and to leadership, leads to what is current."""
    if not choice.delivery.site:
        return choice
    site = f"{choice.delivery.site.rstrip('/')}/{LATEST}/"
    desk = choice.desk and replace(choice.desk, site=site)
    return replace(choice, desk=desk, delivery=replace(choice.delivery, site=site))


def _build(file: Path, choice: Choice, site: Path) -> None:
    """The site, built in a folder that is not there yet. Raises FaultyError."""
    assembly = assemble(file.parent, _lead_to_latest(choice))
    if assembly.made is None:
        raise FaultyError(assembly.problems, assembly.files)
    faults = build_site(file, assembly, site, versioned=True)
    if has_errors(faults):
        raise FaultyError((*assembly.problems, *faults), assembly.files)
