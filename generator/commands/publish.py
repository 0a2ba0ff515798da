"""Publishing: every version of the site side by side, the current one as `latest`, and nothing by
accident.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator.changes.release_history import Past
from generator.changes.snapshots import (
    TAG_PREFIX,
    Release,
    is_version,
    list_releases,
    load_at,
    order_of,
)
from generator.commands.stories import FINE, PROBLEMS, CannotRunError, Terminal
from generator.files.git import GitError, Repository, find_repository
from generator.files.tree import FolderTree
from generator.loading.guides import PLAYBOOK
from generator.loading.loader import load_strategy
from generator.loading.strategy_files import FOLDER, MAIN_FILE
from generator.model.strategy import Header
from generator.problems.problem import Problem
from generator.problems.reporters import Summary
from generator.schema.custom_fields import CUSTOM_SCHEMA
from generator.schema.words import Words, read_words
from generator.site.assembly import assemble
from generator.site.build_request import Choice
from generator.site.builder import (
    Publishing,
    SiteError,
    build_site,
    complete_choice,
    read_config,
    read_publishing,
)
from generator.site.versions.banner import mark_older, unmark
from generator.site.versions.store import LATEST, BranchShelf, FolderShelf

CURRENT = "current"
"""What is merged after a release stands under this name until the next one."""

_UNTOUCHED = "Nothing was published; what is live is unchanged."


@dataclass(frozen=True)
class Target:
    """Where to publish: a folder, or a branch (pushed to `remote`, where one is named)."""

    branch: str = "gh-pages"
    folder: Path | None = None
    remote: str | None = None


class _FaultyError(Exception):
    """The strategy or the site has problems; nothing is published."""

    def __init__(self, problems: tuple[Problem, ...], files: int) -> None:
        super().__init__()
        self.problems, self.files = problems, files


def ask(file: Path, terminal: Terminal, output: str | None) -> int:
    """Say whether the site may be put where it may be public, and why. `output` is a file for CI to
    read it from.
    """
    publishing = _read_publishing(file)
    terminal.say(publishing.reason[:1].upper() + publishing.reason[1:] + "\n")
    if output:
        with Path(output).open("a", encoding="utf-8") as out:
            out.write(f"allowed={'true' if publishing.is_allowed else 'false'}\n")
    return FINE if publishing.is_allowed else PROBLEMS


def publish(
    file: Path, choice: Choice, target: Target, terminal: Terminal, *, rebuild: bool
) -> int:
    """Build the site and put it beside its older versions; with `rebuild` all released versions
    anew, from their tags.
    """
    file = file.resolve()
    publishing = _read_publishing(file)
    if target.folder is None and not publishing.is_allowed:
        raise CannotRunError(publishing.reason)
    try:
        repository = _find(file.parent, target)
        choice = complete_choice(read_config(file), choice)
        shelf = _open_shelf(repository, target)
        with shelf.transaction():
            if isinstance(shelf, BranchShelf):
                shelf.take_over()
            if isinstance(shelf, BranchShelf) and target.remote:
                shelf.fetch(target.remote)
            if rebuild:
                _rebuild(file, choice, repository, shelf, publishing, terminal)
            else:
                _publish_one(file, choice, repository, shelf)
            _tidy(file.parent, shelf, publishing)
            if isinstance(shelf, BranchShelf) and target.remote:
                shelf.push(target.remote)
    except _FaultyError as error:
        terminal.report("terminal", error.problems, Summary(error.files, _UNTOUCHED))
        return PROBLEMS
    except (GitError, SiteError) as error:
        raise CannotRunError(str(error)) from error
    place = str(target.folder) if target.folder else f"the branch {target.branch}"
    versions = ", ".join(
        name + (" (latest)" if LATEST in names else "")
        for name, names in shelf.list_versions().items()
    )
    terminal.say(f"Published in {place}: {versions}.\n")
    return FINE


def _read_publishing(file: Path) -> Publishing:
    try:
        return read_publishing(read_config(file))
    except SiteError as error:
        raise CannotRunError(str(error)) from error


def _find(root: Path, target: Target) -> Repository:
    repository = find_repository(root)
    if repository is None or not repository.has_commits:
        raise CannotRunError(
            f"{root} is not in a git repository with a commit; versions are kept in git"
        )
    if (
        target.branch.startswith("-")
        or repository.ask("check-ref-format", "--branch", target.branch) is None
    ):
        raise CannotRunError(f'"{target.branch}" cannot be the name of a branch')
    return repository


def _open_shelf(repository: Repository, target: Target) -> BranchShelf | FolderShelf:
    if target.folder is None:
        shelf = BranchShelf(repository, target.branch)
        shelf.refuse_checked_out()
        return shelf
    folder = target.folder.resolve()
    is_ours = (folder / "versions.json").is_file() and not (folder / ".git").exists()
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not is_ours)):
        raise CannotRunError(
            f"{target.folder} holds something else than published versions; name a folder of its own"
        )
    if repository.root.is_relative_to(folder):
        raise CannotRunError(f"{target.folder} holds the playbook itself; name a folder of its own")
    return FolderShelf(folder)


def _publish_one(
    file: Path, choice: Choice, repository: Repository, shelf: BranchShelf | FolderShelf
) -> None:
    """The strategy as it is here: as its version until that is released, after that as what is
    current.
    """
    loaded = load_strategy(FolderTree(file.parent), choice.max_bytes)
    if loaded.strategy is None:
        raise _FaultyError(loaded.problems, len(loaded.files))
    header = loaded.strategy.header
    name, title = _name_version(repository, header)
    known = [version for version in shelf.list_versions() if is_version(version)]
    is_newest = name == CURRENT or all(order_of(name) >= order_of(version) for version in known)
    with shelf.deploying(name, title, latest=is_newest) as folder:
        _build(file, choice, folder)
    if name != CURRENT and is_newest and CURRENT in shelf.list_versions():
        shelf.change({}, [CURRENT], "")


def _name_version(repository: Repository, header: Header) -> tuple[str, str]:
    if not is_version(header.version):
        raise CannotRunError(
            f'the header has the version "{header.version}", which cannot be an address; write one such as 2026.4'
        )
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
    own = tuple(
        f"{folder}{name}"
        for name in (MAIN_FILE, f"{FOLDER}/", f"{PLAYBOOK}/", "schema/", "mkdocs.yml")
    )
    return [path for path in repository.list_changed() if path.startswith(own)]


def _build(file: Path, choice: Choice, folder: Path) -> None:
    """The site built apart, then moved into `folder`. Raises _FaultyError before anything is
    published.
    """
    assembly = assemble(file.parent, choice)
    if assembly.made is None:
        raise _FaultyError(assembly.problems, assembly.files)
    with tempfile.TemporaryDirectory(prefix="playbook-build-") as name:
        faults = build_site(file, assembly, Path(name) / "site", versioned=True)
        if faults:
            raise _FaultyError((*assembly.problems, *faults), assembly.files)
        shutil.copytree(Path(name) / "site", folder, dirs_exist_ok=True)


def _rebuild(
    file: Path,
    choice: Choice,
    repository: Repository,
    shelf: BranchShelf | FolderShelf,
    publishing: Publishing,
    terminal: Terminal,
) -> None:
    """Every released version anew, the oldest first. One that cannot be read any more stays as it
    stands.
    """
    releases = list_releases(repository)[-publishing.keep or None :]
    for number, release in enumerate(releases):
        loaded = load_at(repository, release.commit, choice.max_bytes)
        header = loaded.strategy.header if loaded.strategy else None
        if header is not None and header.version != release.version:
            continue  # a tag of something else
        own = replace(
            choice,
            as_of=choice.as_of or date.fromisoformat(release.day),
            past=Past(repository, release.commit),
        )
        is_last = number == len(releases) - 1
        try:
            with (
                _laid_out(file, repository, release) as config,
                shelf.deploying(release.version, release.version, latest=is_last) as folder,
            ):
                _build(config, own, folder)
            terminal.say(f"rebuilt  {release.version}\n")
        except _FaultyError as error:
            first = error.problems[0]
            terminal.say(
                f"kept     {release.version}, which cannot be built any more: {first.title}\n"
            )
    if not releases or CURRENT in shelf.list_versions():
        _publish_one(file, choice, repository, shelf)


@contextmanager
def _laid_out(file: Path, repository: Repository, release: Release) -> Iterator[Path]:
    """The files of a released version in a folder of their own, under today's mkdocs.yml and
    today's templates.
    """
    with tempfile.TemporaryDirectory(prefix="playbook-rebuild-") as name:
        root = Path(name) / "playbook-at-tag"
        with repository.open_tree(release.commit) as tree:
            paths = [MAIN_FILE, CUSTOM_SCHEMA, *tree.list_files(FOLDER), *tree.list_files(PLAYBOOK)]
            for path in paths:
                if not path.startswith(f"{PLAYBOOK}/templates/"):
                    try:
                        content = tree.read_bytes(path)
                    except OSError:
                        continue  # reading the strategy says what is missing
                    (root / path).parent.mkdir(parents=True, exist_ok=True)
                    (root / path).write_bytes(content)
        templates = file.parent / PLAYBOOK / "templates"
        if templates.is_dir():
            shutil.copytree(templates, root / PLAYBOOK / "templates", dirs_exist_ok=True)
        (root / PLAYBOOK).mkdir(parents=True, exist_ok=True)
        shutil.copy(file, root / file.name)
        yield root / file.name


def _tidy(root: Path, shelf: BranchShelf | FolderShelf, publishing: Publishing) -> None:
    """Take away versions beyond those to keep, mark the older ones, and write what stands at the
    root.
    """
    versions = shelf.list_versions()
    released = sorted(
        (version for version in versions if is_version(version)), key=order_of, reverse=True
    )
    gone = (
        [version for version in released[publishing.keep :] if LATEST not in versions[version]]
        if publishing.keep
        else []
    )
    if gone:
        shelf.change({}, gone, "")
    left = {version: names for version, names in versions.items() if version not in gone}
    loaded = load_strategy(FolderTree(root))
    words = read_words(loaded.strategy.header.language if loaded.strategy else "en")
    files = dict(_mark_versions(shelf, left, words))
    files |= _make_root(shelf, left, publishing, words)
    present = set(shelf.list_files())
    before = shelf.read_all(path for path in files if path in present)
    changed = {path: content for path, content in files.items() if before.get(path) != content}
    if changed:
        shelf.change(changed, (), "Mark older versions, and renew the files at the root")


def _mark_versions(
    shelf: BranchShelf | FolderShelf, versions: Mapping[str, frozenset[str]], words: Words
) -> Iterator[tuple[str, bytes]]:
    """Every page that has to say that it is old, or has to say so no more."""
    files = [path for path in shelf.list_files() if path.endswith(".html") and "/" in path]
    present = set(files)
    pages = shelf.read_all(path for path in files if path.partition("/")[0] in versions)
    for path, content in pages.items():
        version, _, rest = path.partition("/")
        html = content.decode("utf-8")
        if LATEST in versions[version]:
            marked = unmark(html)
        else:
            marked = mark_older(
                html, rest, version, LATEST, lambda page: f"{LATEST}/{page}" in present, words
            )
        if marked != html:
            yield path, marked.encode()


def _make_root(
    shelf: BranchShelf | FolderShelf,
    versions: Mapping[str, frozenset[str]],
    publishing: Publishing,
    words: Words,
) -> dict[str, bytes]:
    """What stands beside the versions: the way to the newest, and headers and redirects for hosts
    that read them.
    """
    latest = words("redirect_link", title=LATEST)
    page = (
        '<!doctype html>\n<html>\n<head>\n<meta charset="utf-8">\n<title>…</title>\n'
        f'<meta http-equiv="refresh" content="0; url={LATEST}/">\n<meta name="robots" content="noindex">\n</head>\n'
        f'<body>\n<p><a href="{LATEST}/">{latest}</a></p>\n</body>\n</html>\n'
    )
    present = set(shelf.list_files())
    own = shelf.read_all(
        f"{name}/{file}"
        for name in (*versions, LATEST)
        for file in ("_headers", "_redirects")
        if f"{name}/{file}" in present
    )
    headers = ["/*", "  X-Content-Type-Options: nosniff"]
    headers += [] if publishing.is_public else ["  X-Robots-Tag: noindex"]
    redirects = [f"/ /{LATEST}/ 302"]
    for name in (*versions, LATEST):
        older = name != LATEST and LATEST not in versions[name]
        headers += (
            [f"/{name}/*", "  X-Robots-Tag: noindex"] if older and publishing.is_public else []
        )
        headers += _move(own.get(f"{name}/_headers", b""), name)
        redirects += _move(own.get(f"{name}/_redirects", b""), name)
    files = {
        "index.html": page,
        "_headers": "\n".join(headers) + "\n",
        "_redirects": "\n".join(redirects) + "\n",
    }
    if not publishing.is_public:
        files["robots.txt"] = "User-agent: *\nDisallow: /\n"
    return {path: text.encode() for path, text in files.items()} | {".nojekyll": b""}


def _move(content: bytes, folder: str) -> list[str]:
    """Rules for a site at the root, made rules for the same site in a folder."""
    lines = []
    for line in content.decode("utf-8").splitlines():
        parts = line.split(" ")
        lines.append(
            " ".join(f"/{folder}{part}" if part.startswith("/") else part for part in parts)
            if line[:1] == "/"
            else line
        )
    return lines
