"""What files, git and the variables of CI show of a playbook on its way to a published site.

Settings of a git host are not among them: only the host knows those, and nobody is asked here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from urllib.parse import urlsplit

from generator.changes.history_gaps import find_gaps
from generator.changes.release_history import Past
from generator.changes.snapshots import list_releases
from generator.checks.project import check_project
from generator.commands.publishing.ask import read_permission
from generator.commands.review.codeowners_text import write_codeowners
from generator.commands.settings import Settings
from generator.commands.terminal import CannotRunError
from generator.files.git import GitError, Repository, find_repository
from generator.files.tree import FolderTree
from generator.model.strategy import Strategy
from generator.problems.phrases import count_of
from generator.problems.problem import Severity
from generator.starter import USUAL_BRANCH, find_stale, read_choices, read_manifest
from generator.starter.hosts import CODEOWNERS, HOSTS, Home, find_home

_CI = {"github": ".github/workflows/playbook.yml", "gitlab": ".gitlab-ci.yml"}


class State(Enum):
    """How something stands."""

    FINE = 1
    TO_DO = 2
    NOTE = 3


@dataclass(frozen=True)
class Sign:
    """Something that was looked at: how it stands, in words, and what to do, a line each."""

    state: State
    text: str
    fix: tuple[str, ...] = ()


def examine(settings: Settings) -> Sequence[Sign]:
    """Everything that shows, in the order in which one does it."""
    root = settings.root
    strategy, sign = _check(settings)
    signs = [sign]
    try:
        repository = find_repository(root)
    except GitError as error:
        return [*signs, Sign(State.TO_DO, "git cannot be asked", (str(error),))]
    if repository is None or not repository.has_commits:
        begun = "" if repository else "git init; "
        do = (f'{begun}git add --all; git commit --message "A playbook"',)
        signs.append(Sign(State.TO_DO, "nothing of it is committed in a git repository", do))
        return [*signs, *_look_at_settings(settings, Home())]
    home = _find_home(repository, settings)
    return [
        *signs,
        *_look_at_repository(repository, root, home, strategy),
        *_look_at_files(repository, root, home, strategy),
        *_look_at_history(repository, settings, strategy),
        *_look_at_settings(settings, home),
        *_look_at_ci(settings.environment, settings),
    ]


def _check(settings: Settings) -> tuple[Strategy | None, Sign]:
    loaded, _, problems = check_project(settings.root, settings.max_bytes, settings.as_of)
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    if errors or loaded.strategy is None:
        text = f"the strategy has {count_of(errors, 'error')}, and nothing is published before they are mended"
        return loaded.strategy, Sign(State.TO_DO, text, ("playbook check",))
    return loaded.strategy, Sign(State.FINE, "the strategy has no errors")


def _find_home(repository: Repository, settings: Settings) -> Home:
    manifest = read_manifest(FolderTree(settings.root)) or {}
    said = read_choices({**manifest, "files": {}}).home.host
    ci = {"GITHUB_ACTIONS": "github", "GITLAB_CI": "gitlab"}
    running = next((host for name, host in ci.items() if settings.environment.get(name)), "")
    return find_home(repository.find_remote(), said or running)


def _look_at_repository(
    repository: Repository, root: Path, home: Home, strategy: Strategy | None
) -> Iterator[Sign]:
    published = _published_branch(root)
    if repository.find_remote() and not home.address:
        yield Sign(State.FINE, f"it is fetched from {repository.find_remote()}")
    elif not home.address:
        do = (f"git remote add origin ADDRESS; git push --set-upstream origin {published}",)
        yield Sign(State.TO_DO, "no git host has it: there is no remote called origin", do)
        return
    else:
        yield Sign(State.FINE, f"it is kept at {home.address}")
    usual = repository.guess_default_branch()
    if usual != published:
        file = _CI.get(home.host, ".github/workflows/playbook.yml")
        yield Sign(
            State.TO_DO,
            f"CI publishes the branch {published}, but the repository's own is {usual}",
            (f'name it in {file}, and as "branch": "{usual}" in .playbook.json',),
        )
    if repository.list_changed():
        yield Sign(State.NOTE, "some files are not committed", ("git status shows them",))
    there = repository.ask("rev-parse", "--verify", "--quiet", f"refs/remotes/origin/{usual}")
    ahead = there and repository.ask("rev-list", "--count", f"{there}..HEAD")
    if not there:
        push = (f"git push --set-upstream origin {usual}",)
        yield Sign(
            State.TO_DO, f"the host has no branch {usual} yet, as far as is known here", push
        )
    elif ahead and ahead != "0":
        yield Sign(
            State.TO_DO,
            f"{count_of(int(ahead), 'commit')} here, and not at the host",
            ("git push",),
        )


def _published_branch(root: Path) -> str:
    manifest = read_manifest(FolderTree(root))
    return read_choices(manifest).branch if manifest else USUAL_BRANCH


def _look_at_files(
    repository: Repository, root: Path, home: Home, strategy: Strategy | None
) -> Iterator[Sign]:
    def is_committed(path: str) -> bool:
        return bool(repository.ask("ls-files", "--", path))

    if not home.host:
        yield Sign(
            State.NOTE,
            "nobody knows which git host it is at, so its CI files were not looked at",
            (f'write "host": one of {", ".join(HOSTS)} into .playbook.json',),
        )
    file = _CI.get(home.host)
    if file and repository.folder:
        yield Sign(
            State.NOTE,
            f"the playbook lies in the folder {repository.folder}/ of its repository",
            (
                f"a git host reads {file} at the top only: move it there, and let its steps begin with cd",
            ),
        )
    elif file and not is_committed(file):
        yield Sign(
            State.TO_DO,
            f"{HOSTS[home.host]} runs no check: {file} is not committed",
            (f"git add {file}, or, where it is missing, take it from a new playbook init",),
        )
    elif file:
        yield Sign(State.FINE, f"{HOSTS[home.host]} checks and publishes it by {file}")
    vendored = (repository.ask("ls-files", "--", "vendor") or "").splitlines()
    wheels = [path for path in vendored if path.endswith(".whl")]
    if len(wheels) != 1:
        found = "no wheel is" if not wheels else f"{len(wheels)} wheels are"
        yield Sign(
            State.TO_DO,
            f"CI cannot install the program: {found} committed in vendor/",
            (
                "put one there (playbook upgrade does, where the program was installed from a wheel)",
            ),
        )
    if not is_committed("requirements.txt"):
        yield Sign(State.TO_DO, "requirements.txt is not committed", ("git add requirements.txt",))
    for problem in find_stale(FolderTree(root)):
        yield Sign(State.NOTE, problem.title, ("playbook upgrade",))
    yield from _look_at_owners(root, home, strategy, repository.folder)


def _look_at_owners(
    root: Path, home: Home, strategy: Strategy | None, folder: str
) -> Iterator[Sign]:
    file = CODEOWNERS.get(home.host)
    if file is None or strategy is None or folder:
        return
    wanted = write_codeowners(strategy, folder)
    is_there = (root / file).is_file()
    if "@" not in wanted:
        text = "nobody is asked to review a change: no owner in the strategy has an account"
        yield Sign(State.NOTE, text, ("people: accounts; then playbook codeowners",))
    elif not is_there or (root / file).read_text("utf-8", "replace") != wanted:
        text = f"{file} {'is not what the strategy says' if is_there else 'is missing'}"
        yield Sign(State.NOTE, text, (f"playbook codeowners --output {file}",))


def _look_at_history(
    repository: Repository, settings: Settings, strategy: Strategy | None
) -> Iterator[Sign]:
    version = strategy.header.version if strategy else ""
    for gap in find_gaps(Past(repository), settings.root, version, settings.max_bytes):
        yield Sign(State.TO_DO, gap.title, (gap.fix,))
    released = [release.version for release in list_releases(repository, None, damaged=True)]
    if released:
        yield Sign(
            State.FINE, f"{count_of(len(released), 'version')} released, last {released[-1]}"
        )
    else:
        text = f"no version is released yet; {version} is published as it is, until its release"
        yield Sign(State.NOTE, text, (f"playbook release {version}; git push --follow-tags",))


def _look_at_settings(settings: Settings, home: Home) -> Iterator[Sign]:
    """What mkdocs.yml says of the place, and of the ways back from it."""
    from generator.site.builder import SiteError, complete_choice, read_config
    from generator.site.choice import Choice

    try:
        config = read_config(settings.config)
        choice = complete_choice(config, Choice())
        publishing = read_permission(settings.config)
    except (SiteError, CannotRunError) as error:
        yield Sign(State.TO_DO, "no site can be made", (str(error),))
        return
    allowed = State.FINE if publishing.is_allowed else State.TO_DO
    if publishing.is_allowed:
        yield Sign(allowed, publishing.reason.removesuffix("."))
    else:
        reason, _, do = publishing.reason.partition("; ")
        yield Sign(allowed, f"it may not be published: {reason}", (do,))
    if publishing.is_allowed and home.host == "github":
        do_host = "on the host: Settings, Pages, Deploy from a branch, gh-pages"
        yield Sign(State.NOTE, "what is published stands on the branch gh-pages", (do_host,))
    if not config.site_url:
        text = "nobody has said at which address the site will stand"
        yield Sign(
            State.NOTE,
            text,
            ("site_url in mkdocs.yml; feeds and the page for what is not there need it",),
        )
    if not choice.edit_base:
        text = 'pages have no link "edit this page"'
        yield Sign(State.NOTE, text, ("repo_url and edit_uri in mkdocs.yml",))
    if choice.desk is None:
        yield Sign(State.NOTE, "sellers have no way to answer back", ("tell in mkdocs.yml",))


def _look_at_ci(environment: Mapping[str, str], settings: Settings) -> Iterator[Sign]:
    """What CI says of itself, where this runs in it."""
    visibility = environment.get("CI_PROJECT_VISIBILITY") or _read_visibility(environment)
    is_public = visibility == "public"
    if is_public and not _wants_to_be_public(settings):
        text = "the repository is public: everybody may read the strategy there"
        yield Sign(
            State.TO_DO, text, ("make it private, or write visibility: public under publish",)
        )
    if environment.get("GITLAB_CI") and not environment.get("PLAYBOOK_TOKEN"):
        text = "no PLAYBOOK_TOKEN is set for this job: notes and issues are left out where none is"
        yield Sign(State.NOTE, text, ("docs/publishing.md says which rights it needs",))
    server = urlsplit(environment.get("GITHUB_SERVER_URL", "")).hostname or "github.com"
    if server != "github.com" and not server.endswith(".ghe.com"):
        text = f"{server} is a GitHub Enterprise Server, which has no artifact actions of version 4"
        yield Sign(
            State.NOTE,
            text,
            ("take upload-artifact and download-artifact of version 3 in the workflow",),
        )


def _wants_to_be_public(settings: Settings) -> bool:
    try:
        return read_permission(settings.config).is_public
    except CannotRunError:
        return False


def _read_visibility(environment: Mapping[str, str]) -> str:
    """How GitHub describes the repository in the event that a workflow runs for."""
    try:
        event = json.loads(Path(environment["GITHUB_EVENT_PATH"]).read_bytes())
        return str(event["repository"]["visibility"])
    except (KeyError, TypeError, OSError, ValueError):
        return ""
