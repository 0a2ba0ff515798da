"""`playbook release`: a version of the strategy is checked, written, committed and tagged, all or
nothing.
"""

from __future__ import annotations

import codecs
from datetime import date
from pathlib import Path

import click

from generator.changes.history_gaps import find_gaps
from generator.changes.missing_releases import (
    CHANGELOG,
    RELEASE_MESSAGE,
    find_missing,
    read_traces,
)
from generator.changes.release_history import Past
from generator.changes.snapshots import (
    TAG_PREFIX,
    Release,
    list_releases,
    load_at,
)
from generator.checks.project import check_project, choose_today
from generator.commands.options import alone, with_settings
from generator.commands.review.prepared_release import find_merged, prepare, set_tag
from generator.commands.review.unfinished_release import (
    TakenUp,
    find_unfinished,
    forget,
    note,
    plan_writing,
    take_up,
    undo,
)
from generator.commands.settings import Settings
from generator.commands.terminal import FINE, PROBLEMS, CannotRunError, Terminal
from generator.editing.release_plan import (
    Changelog,
    Plan,
    Previous,
    ReleaseError,
    plan_release,
)
from generator.files.git import GitError, Repository, find_repository
from generator.files.tree import FolderTree
from generator.files.writing import write_all
from generator.loading.loader import Loaded, load_strategy
from generator.model.header import Header
from generator.problems.problem import has_errors
from generator.problems.reporters import Summary
from generator.schema.version_names import find_name_fault, fold_version, is_step_back

_NOT_RELEASED = "Nothing was released."


@click.command("release")
@click.argument("version")
@click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
@click.option(
    "--changelog",
    metavar="FILE",
    default=CHANGELOG,
    show_default=True,
    help="The file that gets a section for the version.",
)
@click.option(
    "--prepare",
    "way",
    flag_value="prepare",
    help="Where main is protected: commit it on a branch of its own, for a pull request.",
)
@click.option("--tag", "way", flag_value="tag", help="Tag what was prepared and has been merged.")
@with_settings
@alone
def release(
    settings: Settings,
    terminal: Terminal,
    version: str,
    dry_run: bool,
    changelog: str,
    way: str | None,
) -> int:
    """Release the strategy as VERSION: check it, write version and date, update the changelog,
    commit, tag.
    """
    root = settings.root
    fault = find_name_fault(version)
    if fault:
        raise CannotRunError(f'"{version}" cannot be a version: its name {fault}')
    try:
        repository = _find(root)
        taken = _take_up(root, repository, terminal, dry_run=dry_run)
        if taken is not None and taken.is_finished and taken.version == version:
            return FINE
        releases = list_releases(repository)
        _refuse_existing(repository, version, list_releases(repository, None))
        if way == "tag":
            return _tag_merged(settings, terminal, repository, version, changelog, dry_run=dry_run)
        loaded = load_strategy(FolderTree(root), settings.max_bytes)
        if loaded.strategy is None:
            return _say_problems(settings, terminal)
        log = _read_changelog(root, changelog)
        _refuse_missing(repository, loaded, log, releases)
        _refuse_gaps(repository, root, loaded.strategy.header.version, settings.max_bytes)
        _refuse_lower(version, loaded.strategy.header, releases)
        _refuse_dirty(repository)
        day = choose_today(loaded.strategy, settings.as_of)
        previous = _read_previous(repository, releases, settings.max_bytes)
        plan = plan_release(FolderTree(root), version, day, log, previous, settings.max_bytes)
        if _say_problems(settings, terminal, plan, day) != FINE:
            return PROBLEMS
        if dry_run:
            terminal.say("".join(f"{file.diff}\n" for file in plan.files))
            terminal.say(
                f"This would be committed and tagged as {plan.tag}. Nothing was written.\n"
            )
            return FINE
        if way == "prepare":
            _prepare(root, terminal, repository, plan)
            return FINE
        _carry_out(root, repository, plan)
    except (GitError, ReleaseError) as error:
        raise CannotRunError(_explain(error)) from error
    terminal.say(plan.notes)
    terminal.say(
        f"\nReleased version {version} as the tag {plan.tag}. To hand it on: git push --follow-tags\n"
    )
    return FINE


def _prepare(root: Path, terminal: Terminal, repository: Repository, plan: Plan) -> None:
    after = {file.file: _encode(file.after, _read(root / file.file)) for file in plan.files}
    branch = prepare(repository, plan, after)
    terminal.say(plan.notes)
    terminal.say(
        f"\nVersion {plan.version} is prepared on the branch {branch}; nothing changed here.\n"
        f"  git push origin {branch}    then open a pull request, and merge it as you like\n"
        f"  git pull                    on the main branch, after the merge\n"
        f"  playbook release {plan.version} --tag\n"
    )


def _tag_merged(
    settings: Settings,
    terminal: Terminal,
    repository: Repository,
    version: str,
    changelog: str,
    *,
    dry_run: bool,
) -> int:
    merged = find_merged(repository, version, changelog, settings.max_bytes)
    if merged.problems:
        terminal.report("terminal", merged.problems, Summary(merged.files, _NOT_RELEASED))
        return PROBLEMS
    tag, commit = f"{TAG_PREFIX}{version}", merged.commit[:12]
    if dry_run:
        terminal.say(f"The commit {commit} would be tagged as {tag}. Nothing was written.\n")
        return FINE
    set_tag(repository, version, merged.commit, f"{RELEASE_MESSAGE} {version}")
    terminal.say(
        f"Released version {version}: the commit {commit} has the tag {tag}. "
        f"To hand it on: git push origin {tag}\n"
    )
    return FINE


def _say_problems(
    settings: Settings, terminal: Terminal, plan: Plan | None = None, day: date | None = None
) -> int:
    """Check the files as they will be after the release, on its day, and say what is wrong; without
    a plan, as they are.
    """
    changed = {file.file: file.after for file in plan.files} if plan else None
    loaded, pages, problems = check_project(settings.root, settings.max_bytes, day, changed)
    if loaded.strategy is not None and not has_errors(problems):
        return FINE
    read = len(loaded.files) + len(pages)
    terminal.report("terminal", problems, Summary(read, _NOT_RELEASED))
    return PROBLEMS


def _find(root: Path) -> Repository:
    repository = find_repository(root) if root.is_dir() else None
    if repository is None or repository.is_bare:
        raise CannotRunError(f"{root} is not in a git repository; a release is a commit and a tag")
    if not repository.has_commits:
        raise CannotRunError(
            "nothing was ever committed here; commit the strategy before it is released"
        )
    if repository.ask("symbolic-ref", "--quiet", "HEAD") is None:
        raise CannotRunError(
            "no branch is checked out here; switch to the one that is published, such as main"
        )
    return repository


def _refuse_existing(repository: Repository, version: str, releases: list[Release]) -> None:
    if repository.ask("rev-parse", "--verify", "--quiet", f"refs/tags/{TAG_PREFIX}{version}"):
        raise CannotRunError(
            f"version {version} exists already: there is a tag {TAG_PREFIX}{version}"
        )
    own = fold_version(version)
    same = next((one.version for one in releases if fold_version(one.version) == own), None)
    if same is not None:
        raise CannotRunError(f"version {version} exists already, as {same}")


def _refuse_missing(
    repository: Repository, loaded: Loaded, log: Changelog, releases: list[Release]
) -> None:
    missing = find_missing(repository, read_traces(loaded, log.text, log.file), releases)
    if missing:
        raise CannotRunError(missing)


def _refuse_lower(version: str, header: Header, releases: list[Release]) -> None:
    last = releases[-1].version if releases else ""
    for known, what in (
        (last, "the last one released"),
        (header.version, "the one in the header"),
    ):
        if known and is_step_back(version, known):
            raise CannotRunError(f"version {version} is lower than {known}, {what}")


def _refuse_dirty(repository: Repository) -> None:
    changed = repository.list_changed()
    if changed:
        named = ", ".join(changed[:3]) + (" …" if len(changed) > 3 else "")
        raise CannotRunError(
            f"{len(changed)} {'file is' if len(changed) == 1 else 'files are'} not committed ({named}); "
            "commit or take away what is not to be released"
        )


def _read_changelog(root: Path, file: str) -> Changelog:
    try:
        return Changelog(file, (_read(root / file) or b"").decode("utf-8"))
    except UnicodeDecodeError:
        raise CannotRunError(f"{file} is not saved as UTF-8") from None


def _read(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def _refuse_gaps(repository: Repository, root: Path, version: str, max_bytes: int) -> None:
    """A release tells what has changed since the one before, which must be known for that."""
    for gap in find_gaps(Past(repository), root, version, max_bytes):
        raise CannotRunError(f"{gap.title}. {gap.fix}")


def _read_previous(
    repository: Repository, releases: list[Release], max_bytes: int
) -> Previous | None:
    last = releases[-1] if releases else None
    return Previous(last, load_at(repository, last.commit, max_bytes)) if last else None


def _take_up(
    root: Path, repository: Repository, terminal: Terminal, *, dry_run: bool
) -> TakenUp | None:
    """What an earlier release left half done, finished or undone."""
    found = find_unfinished(repository)
    if found is not None and dry_run:
        raise CannotRunError(
            f"the release of version {found.version} was ended half-way; "
            "the next one without --dry-run finishes or undoes it"
        )
    taken = take_up(root, repository)
    if taken is not None:
        terminal.say(taken.said)
    return taken


def _carry_out(root: Path, repository: Repository, plan: Plan) -> None:
    """Write, commit, tag. Whatever fails on the way, all is as it was before."""
    top = Path(repository.run("rev-parse", "--show-toplevel").rstrip("\n"))
    before = {file.file: _read(root / file.file) for file in plan.files}
    after = {file.file: _encode(file.after, before[file.file]) for file in plan.files}
    release = plan_writing(repository, plan, before, after)
    note(repository, release)
    try:
        write_all(root, after, root=top)
        if after:
            repository.run("add", "--", *after)
            repository.run("commit", "--quiet", "--message", plan.message, "--only", "--", *after)
        repository.run("tag", "--annotate", plan.tag, "--message", plan.message)
    except BaseException as error:
        if repository.ask("rev-parse", "HEAD") != release.head:
            repository.run("update-ref", "-m", "release undone", "HEAD", release.head)
        undo(root, repository, release)
        forget(repository)
        if isinstance(error, GitError):
            raise CannotRunError(
                f"git did not take the release, and all is as it was before: {_explain(error)}"
            ) from error
        raise
    forget(repository)


def _explain(error: Exception) -> str:
    """What git says; of a lock that another git has left, what to do about it as well."""
    hint = "; where no git is running, a killed one has left that file: delete it and release again"
    text = str(error)
    return text + hint if ".lock" in text and "exists" in text else text


def _encode(text: str, before: bytes | None) -> bytes:
    """A text as bytes, with the mark at the beginning that it had."""
    had_mark = before is not None and before.startswith(codecs.BOM_UTF8)
    return (codecs.BOM_UTF8 if had_mark and not text.startswith("\ufeff") else b"") + text.encode()
