"""Releasing a version of the strategy: the header and the changelog are written, committed and
tagged, all or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.changes.release_notes import make_notes, write_markdown
from generator.changes.snapshots import (
    TAG_PREFIX,
    Release,
    is_version,
    list_releases,
    load_at,
    order_of,
)
from generator.checks.project import check_content
from generator.commands.stories import FINE, PROBLEMS, CannotRunError, Terminal
from generator.files.git import GitError, Repository, find_repository
from generator.files.tree import FolderTree, OverlayTree
from generator.loading.loader import Loaded, load_strategy
from generator.loading.strategy_files import MAIN_FILE
from generator.model.edition import today_in
from generator.model.strategy import Header
from generator.problems.fixes import Mended, apply_edits, write_atomically
from generator.problems.problem import Edit, has_errors
from generator.problems.reporters import Summary
from generator.syntax.document import Source, read_source
from generator.syntax.lines import quote_scalar

CHANGELOG = "CHANGELOG.md"
_NOT_RELEASED = "Nothing was released."
_HEADING = re.compile(r"^## ", re.MULTILINE)


@dataclass(frozen=True)
class Plan:
    """Everything a release will do: the files as they will be, the message of the commit, the tag."""

    version: str
    files: tuple[Mended, ...]
    new_files: frozenset[str]
    message: str
    notes: str

    @property
    def tag(self) -> str:
        """The name of the tag."""
        return f"{TAG_PREFIX}{self.version}"


def release(
    root: Path,
    version: str,
    day: date | None,
    changelog: str,
    max_bytes: int,
    terminal: Terminal,
    *,
    dry_run: bool,
) -> int:
    """Release a version: check, write version and date, update the changelog, commit, tag.
    `dry_run` only shows it.
    """
    if not is_version(version):
        raise CannotRunError(
            f'"{version}" cannot be a version; write numbers joined by dots, such as 2026.4'
        )
    repository = _find(root)
    try:
        releases = list_releases(repository)
        _refuse_existing(repository, version, releases)
        loaded, pages, problems = check_content(root, max_bytes)
        if loaded.strategy is None or has_errors(problems):
            terminal.report(
                "terminal", problems, Summary(len(loaded.files) + len(pages), _NOT_RELEASED)
            )
            return PROBLEMS
        _refuse_lower(version, loaded.strategy.header, releases)
        _refuse_dirty(repository)
        plan = _plan(
            root,
            repository,
            version,
            day or today_in(loaded.strategy.header),
            changelog,
            releases,
            max_bytes,
        )
        if dry_run:
            terminal.say("".join(f"{file.diff}\n" for file in plan.files))
            terminal.say(
                f"This would be committed and tagged as {plan.tag}. Nothing was written.\n"
            )
            return FINE
        _carry_out(root, repository, plan)
    except GitError as error:
        raise CannotRunError(str(error)) from error
    terminal.say(plan.notes)
    terminal.say(
        f"\nReleased version {version} as the tag {plan.tag}. To hand it on: git push --follow-tags\n"
    )
    return FINE


def _find(root: Path) -> Repository:
    try:
        repository = find_repository(root) if root.is_dir() else None
        if repository is None or repository.is_bare:
            raise CannotRunError(
                f"{root} is not in a git repository; a release is a commit and a tag"
            )
        if not repository.has_commits:
            raise CannotRunError(
                "nothing was ever committed here; commit the strategy before it is released"
            )
    except GitError as error:
        raise CannotRunError(str(error)) from error
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
    same = next(
        (one.version for one in releases if order_of(one.version) == order_of(version)), None
    )
    if same is not None:
        raise CannotRunError(f"version {version} exists already, as {same}")


def _refuse_lower(version: str, header: Header, releases: list[Release]) -> None:
    last = releases[-1].version if releases else ""
    written = header.version if is_version(header.version) else ""
    for known, what in ((last, "the last one released"), (written, "the one in the header")):
        if known and order_of(version) < order_of(known):
            raise CannotRunError(f"version {version} is lower than {known}, {what}")


def _refuse_dirty(repository: Repository) -> None:
    changed = repository.list_changed()
    if changed:
        named = ", ".join(changed[:3]) + (" …" if len(changed) > 3 else "")
        raise CannotRunError(
            f"{len(changed)} {'file is' if len(changed) == 1 else 'files are'} not committed ({named}); "
            "commit or take away what is not to be released"
        )


def _plan(
    root: Path,
    repository: Repository,
    version: str,
    day: date,
    changelog: str,
    releases: list[Release],
    max_bytes: int,
) -> Plan:
    tree = FolderTree(root)
    header = _write_header(tree, version, day, max_bytes)
    after = load_strategy(OverlayTree(tree, {MAIN_FILE: header.after}), max_bytes)
    previous = releases[-1] if releases else None
    old: Loaded | None = load_at(repository, previous.commit, max_bytes) if previous else None
    notes = make_notes(
        version,
        day.isoformat(),
        after,
        previous.version if previous else "",
        old,
        previous.day if previous else "",
    )
    assert notes is not None  # noqa: S101  # it was read just now
    section = write_markdown(notes)
    target = root / changelog
    before = target.read_bytes().decode("utf-8") if target.is_file() else ""
    if re.search(rf"^## {re.escape(version)}\b(?![.-])", before, re.MULTILINE):
        raise CannotRunError(f"version {version} exists already: {changelog} has a section of it")
    log = Mended(changelog, before, _insert(before, section, after))
    files = tuple(file for file in (header, log) if file.before != file.after)
    fresh = frozenset({changelog} if not target.is_file() else ())
    return Plan(version, files, fresh, f"Release version {version}", section)


def _write_header(tree: FolderTree, version: str, day: date, max_bytes: int) -> Mended:
    """strategy.yaml with the version and the date, and not another letter changed."""
    text = tree.read_bytes(MAIN_FILE).decode("utf-8-sig")
    source = read_source(MAIN_FILE, text.encode(), max_bytes).source
    edits = [_edit(source, "version", version), _edit(source, "effective_from", day.isoformat())]
    mended = Mended(MAIN_FILE, text, apply_edits(text, edits))
    loaded = load_strategy(OverlayTree(tree, {MAIN_FILE: mended.after}), max_bytes)
    header = loaded.strategy.header if loaded.strategy else None
    if (
        header is None
        or has_errors(loaded.problems)
        or (header.version, header.effective_from) != (version, day)
    ):
        raise CannotRunError(
            f"the version and its date could not be written into {MAIN_FILE}; "
            "write version: and effective_from: there on a line of their own each"
        )
    return mended


def _edit(source: Source, name: str, value: str) -> Edit:
    """The value of a field of the header replaced, in the quotes that the author uses."""
    place = source.value_place(("strategy", name))
    line = source.lines[place.line - 1]
    quote = line[place.column - 1 : place.column]
    written = (
        f"{quote}{value}{quote}"
        if quote in ("'", '"')
        else value
        if name != "version"
        else quote_scalar(value)
    )
    return Edit(place, written)


def _insert(log: str, section: str, after: Loaded) -> str:
    """The changelog with a section before the older ones; begun where there is none."""
    end = "\r\n" if "\r\n" in log else "\n"
    section = section.replace("\n", end)
    if not log.strip():
        company = after.strategy.header.company if after.strategy else ""
        return f"# Changes of the strategy{f' of {company}' if company else ''}{end}{end}{section}"
    first = _HEADING.search(log)
    if first is None:
        return f"{log.rstrip()}{end}{end}{section}"
    return f"{log[: first.start()]}{section}{end}{log[first.start() :]}"


def _carry_out(root: Path, repository: Repository, plan: Plan) -> None:
    """Write, commit, tag. Whatever fails on the way, all is as it was before."""
    head = repository.resolve("HEAD")
    paths = [file.file for file in plan.files]
    raw = {file: (root / file).read_bytes() for file in paths if file not in plan.new_files}
    try:
        for file in plan.files:
            _write(root / file.file, file.after, raw.get(file.file))
        if paths:
            repository.run("add", "--", *paths)
            repository.run("commit", "--quiet", "--message", plan.message, "--only", "--", *paths)
        repository.run("tag", "--annotate", plan.tag, "--message", plan.message)
    except BaseException as error:
        _undo(root, repository, head, paths, raw)
        if isinstance(error, GitError):
            raise CannotRunError(
                f"git did not take the release, and all is as it was before: {error}"
            ) from error
        raise


def _write(path: Path, text: str, before: bytes | None) -> None:
    mark = (
        "\ufeff"
        if before is not None
        and before.startswith(b"\xef\xbb\xbf")
        and not text.startswith("\ufeff")
        else ""
    )
    if before is None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    write_atomically(path.resolve(), mark + text)


def _undo(
    root: Path, repository: Repository, head: str, paths: list[str], raw: Mapping[str, bytes]
) -> None:
    if repository.ask("rev-parse", "HEAD") != head:
        repository.run("update-ref", "-m", "release undone", "HEAD", head)
    for path in paths:
        if path in raw:
            (root / path).write_bytes(raw[path])
        else:
            (root / path).unlink(missing_ok=True)
    repository.ask("reset", "--quiet", "--", *paths)
