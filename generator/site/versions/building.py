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
from generator.changes.snapshots import TAG_PREFIX, Release, list_releases
from generator.checks.hidden_names import HIDDEN_NAME
from generator.files.git import GitError, Repository
from generator.files.tree import FolderTree, Tree
from generator.loading.guides import PLAYBOOK, find_folder, read_hand_written
from generator.loading.loader import Loaded, load_strategy
from generator.loading.manuscript import FOLDER, MAIN_FILE
from generator.loading.stray_links import SITE_FOLDERS, find_stray_links
from generator.model.circles import Circles
from generator.model.edition import Part, list_given
from generator.model.header import Header
from generator.problems.problem import Severity, has_errors
from generator.schema.taken_kinds import keep_own_kinds
from generator.schema.version_names import find_name_fault
from generator.schema.words import read_words
from generator.site.assembly import assemble
from generator.site.builder import Publishing, build_site
from generator.site.choice import Choice
from generator.site.rules import LEAK
from generator.site.versions.circles import Standing
from generator.site.versions.errors import FaultyError, PublishError
from generator.site.versions.tagged import lay_out_commit
from generator.site.versions.version_list import CURRENT, LATEST

_TELLING = (HIDDEN_NAME.id, LEAK.id)
"""What is told of a site for readers outside that names what they do not get."""


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
    that are not for this circle: they did not know it, or name what it does not get any more.
    """

    now: Built | None = None
    released: list[Built] = field(default_factory=list)
    unfit: list[str] = field(default_factory=list)


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
    pages = find_folder(FolderTree(source.file.parent))
    stray = find_stray_links(source.file.parent, {*SITE_FOLDERS, pages})
    if stray:  # today's templates are laid beside every version
        raise FaultyError(tuple(stray), len(stray))
    sites, releases = Sites(), _list_released(source)
    fate = "kept     " if standing.is_for(source.choice.audience) else "left out "
    for release in releases:
        taken = "; what stood there is taken away" if release.version in standing.now else ""
        if not release.knows:
            sites.unfit.append(release.version)
            circle = source.choice.audience
            say(f'left out {release.version}, which knew no circle "{circle}"{taken}\n')
            continue
        try:
            sites.released.extend(_build_release(source, release, workshop, say, fate))
        except _TellingError as error:
            sites.unfit.append(release.version)
            say(f"left out {release.version}, {error}{taken}\n")
    if CURRENT in standing.now or not any(release.knows for release in releases):
        return replace(sites, now=build_now(source, workshop))
    return sites


def build_earlier(
    source: Source, versions: Sequence[str], workshop: Path, say: Callable[[str], None]
) -> list[Built]:
    """These released versions, from their tags; `say` is told of each. One that did not know the
    circle is left out. Raises FaultyError.
    """
    found = list[Built]()
    for release in _list_released(source):
        if release.knows and release.version in versions:
            try:
                found += _build_release(source, release, workshop, say, "left out ", "added   ")
            except _TellingError as error:
                say(f"left out {release.version}, {error}\n")
    return found


@dataclass(frozen=True)
class _Released:
    """A released version to build anew. One that did not know the circle has no pages for it: what
    stands in its place was made for others. `kept_back` is what later versions took from these
    readers, in the circles of today.
    """

    release: Release
    knows: bool
    circles: tuple[str, ...]
    kept_back: frozenset[Part]

    @property
    def version(self) -> str:
        return self.release.version


class _TellingError(Exception):
    """A version that names, in texts for these readers, what they do not get any more."""


def _list_released(source: Source) -> list[_Released]:
    """The released versions to build anew, the oldest first.

    What a later version knows is for whom that version, or today, says; what is in no later one is
    for whom it was.
    """
    choice, found = source.choice, list[_Released]()
    root = FolderTree(source.file.parent)
    now = load_strategy(root, choice.max_bytes)
    circles = now.strategy.header.audiences if now.strategy else ()
    given = _list_given(now, root, choice, circles)
    releases = list_releases(source.repository, damaged=True)[-source.publishing.keep or None :]
    for release in reversed(releases):
        kept_back = frozenset(part for part, is_given in given.items() if not is_given)
        knows = True
        with suppress(GitError), source.repository.open_tree(release.commit) as tree:
            # building it says what is damaged
            loaded = load_strategy(keep_own_kinds(tree), choice.max_bytes)
            if loaded.strategy is not None:
                knows = choice.audience in loaded.strategy.header.audiences
                given = {**_list_given(loaded, tree, choice, circles), **given}
        found.append(_Released(release, knows, circles, kept_back))
    return found[::-1]


def _list_given(
    loaded: Loaded, tree: Tree, choice: Choice, circles: tuple[str, ...]
) -> dict[Part, bool]:
    """What of a version is for these readers, hand-written pages, too."""
    if loaded.strategy is None:
        return {}
    order = Circles(loaded.strategy.header.audiences, circles)
    pages, _ = read_hand_written(tree, loaded.strategy.header.audiences)
    return {
        **list_given(loaded.strategy, loaded.vocabulary, choice.audience, circles),
        **{
            Part("page", "", page.path): order.may_read(page.audience, choice.audience)
            for page in pages
        },
    }


def _build_release(
    source: Source,
    one: _Released,
    workshop: Path,
    say: Callable[[str], None],
    fate: str,
    done: str = "rebuilt ",
) -> list[Built]:
    """The site of a released version; none where it cannot be built any more, which is said, with
    what becomes of what stands there. Raises _TellingError.
    """
    release = one.release
    choice = replace(
        source.choice,
        as_of=source.choice.as_of or date.fromisoformat(release.day),
        past=Past(source.repository, release.commit),
        circles=one.circles,
        kept_back=one.kept_back,
    )
    built = Built(release.version, release.version, workshop / f"version-{release.version}")
    try:
        with lay_out_commit(source.file, source.repository, release.commit) as config:
            _build(config, choice, built.site)
    except FaultyError as error:
        faults = [problem for problem in error.problems if problem.severity is Severity.ERROR]
        if one.kept_back and all(problem.rule in _TELLING for problem in faults):
            raise _TellingError(
                f"which tells these readers of what they do not get any more: {faults[0].title}"
            ) from error
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
