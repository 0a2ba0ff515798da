"""The stories of whoever reviews a change, or wants to know what changed: `diff` and what leads to
it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.changes.change import Side, Version
from generator.changes.compare import compare
from generator.changes.describe import tell
from generator.changes.impact import find_touches
from generator.changes.release_history import find_past, tell_release
from generator.changes.release_notes import FORMATS as NOTES
from generator.changes.release_notes import Reader
from generator.changes.review_text import FORMATS, Review
from generator.changes.snapshots import load_at
from generator.checks.project import choose_today
from generator.commands.stories import FINE, PROBLEMS, CannotRunError, Terminal, read_sound
from generator.files.git import GitError, Repository, find_repository
from generator.files.tree import FolderTree
from generator.loading.loader import Loaded, load_strategy
from generator.loading.strategy_files import MAIN_FILE
from generator.model.strategy import DEFAULT_AUDIENCE, Key, Strategy
from generator.problems.problem import Severity
from generator.problems.terminal_style import Look
from generator.schema.translation import translate
from generator.schema.vocabulary import KINDS
from generator.schema.words import Words, read_words
from generator.site.build_request import Choice


@dataclass(frozen=True)
class Sides:
    """What `diff` compares: two versions in git, or a folder beside the files here. None: the
    default.
    """

    base: str | None = None
    head: str | None = None
    from_dir: Path | None = None


@dataclass(frozen=True)
class Form:
    """How `diff` answers: the format, a file that gets it instead of the terminal, and the
    environment of the run.
    """

    format: str = "terminal"
    output: Path | None = None
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Read:
    """One side as read, and what a reader calls it."""

    name: str
    loaded: Loaded


def diff(root: Path, sides: Sides, form: Form, max_bytes: int, terminal: Terminal) -> int:
    """Say what changes between two versions of the strategy, in the words of the business."""
    try:
        old, new = _read_sides(root, sides, form, max_bytes)
    except GitError as error:
        raise CannotRunError(str(error)) from error
    review = review_sides(old.name, old.loaded, new.name, new.loaded)
    text = FORMATS[form.format](review, Look() if form.output else terminal.look)
    if form.output is not None:
        if form.output.suffix in (".yaml", ".yml"):
            raise CannotRunError(
                f"{form.output} looks like a part of the strategy; name another file"
            )
        form.output.write_text(text, "utf-8")
    else:
        terminal.say(text)
    return FINE if new.loaded.strategy is not None else PROBLEMS


def changelog(
    file: Path, version: str | None, form: Form, choice: Choice, terminal: Terminal
) -> int:
    """Say what is new in a released version, for chat and mail. `file` is the mkdocs.yml; the
    strategy lies beside it.
    """
    root = file.resolve().parent
    _, strategy = read_sound(root, choice.max_bytes)
    today = choose_today(strategy, choice.as_of)
    past = find_past(root)
    reader = Reader(choice.audience or DEFAULT_AUDIENCE, today, choice.drafts)
    notes = tell_release(past, version, reader, choice.max_bytes) if past is not None else None
    if notes is None:
        what = f"version {version}" if version else "released version"
        raise CannotRunError(
            f"there is no {what} that {reader.audience} may read; a version is released with: playbook release VERSION"
        )
    text = NOTES[form.format](notes)
    if form.output is not None:
        form.output.write_text(text, "utf-8")
    else:
        terminal.say(text)
    return FINE


def review_sides(old_name: str, old: Loaded, new_name: str, new: Loaded) -> Review:
    """Two versions compared. What one of them could not be read of is a notice, and is not
    compared.
    """
    language = new.strategy.header.language if new.strategy else "en"
    words = read_words(language)
    notices = [
        *_notice(old_name, old, words, is_old=True),
        *_notice(new_name, new, words, is_old=False),
    ]
    if new.strategy is None or (old.strategy is None and not _is_missing(old)):
        nothing: Side = Version(_empty(new.strategy or old.strategy), new.vocabulary)
        return Review(
            old_name, new_name, nothing, nothing, words, (), {}, tuple(notices), compared=False
        )
    before = Version(old.strategy or _empty(new.strategy), translate(old.vocabulary, language))
    after = Version(new.strategy, translate(new.vocabulary, language))
    if old.strategy is not None and before.strategy.header.format < after.strategy.header.format:
        notices.append(words("diff_migrated", side=old_name, format=before.strategy.header.format))
    changes = compare(before, after, _list_lost(old, new))
    told = tell(changes, before, after, words)
    return Review(
        old_name,
        new_name,
        before,
        after,
        words,
        told,
        find_touches(changes, before, after),
        tuple(notices),
    )


def _read_sides(root: Path, sides: Sides, form: Form, max_bytes: int) -> tuple[_Read, _Read]:
    here = read_words("en")("diff_here")
    if sides.from_dir is not None:
        if sides.base is not None:
            raise CannotRunError(
                "--from-dir says already what to compare with; leave out the version"
            )
        if not sides.from_dir.is_dir():
            raise CannotRunError(f"there is no folder {sides.from_dir}")
        old = _Read(str(sides.from_dir), load_strategy(FolderTree(sides.from_dir), max_bytes))
        return old, _Read(here, load_strategy(FolderTree(root), max_bytes))
    repository = find_repository(root) if root.is_dir() else None
    if repository is None:
        raise CannotRunError(
            f"{root} is not in a git repository; to compare two folders use --from-dir"
        )
    if not repository.has_commits:
        raise CannotRunError("nothing was ever committed here, so there is nothing to compare with")
    name, commit = _choose_base(repository, sides, form.environment)
    old = _Read(name, load_at(repository, commit, max_bytes))
    if sides.head is not None:
        return old, _Read(
            sides.head, load_at(repository, repository.resolve(sides.head), max_bytes)
        )
    if repository.is_bare:
        raise CannotRunError(
            "this is a bare repository, without files; name both versions: playbook diff BASE HEAD"
        )
    return old, _Read(here, load_strategy(FolderTree(root), max_bytes))


def _choose_base(
    repository: Repository, sides: Sides, environment: Mapping[str, str]
) -> tuple[str, str]:
    """What to compare with: the version named, or where the change left the main branch."""
    if sides.base is not None:
        return sides.base, repository.resolve(sides.base)
    branch = repository.find_main_branch(environment)
    name = branch.removeprefix("refs/heads/").removeprefix("refs/remotes/")
    return name, repository.merge_base(branch, "HEAD")


def _notice(name: str, loaded: Loaded, words: Words, *, is_old: bool) -> list[str]:
    if loaded.strategy is None:
        if _is_missing(loaded):
            return [words("diff_missing" if is_old else "diff_gone", side=name)]
        return [words("diff_unreadable", side=name)]
    faults = sum(problem.severity is Severity.ERROR for problem in loaded.problems)
    return [words("diff_faulty", side=name, n=faults)] if faults else []


def _is_missing(loaded: Loaded) -> bool:
    return any(
        problem.rule == "missing-file" and problem.place.file == MAIN_FILE
        for problem in loaded.problems
    )


def _empty(like: Strategy | None) -> Strategy:
    """A strategy without entries, under the same header: what there was before the first version."""
    if like is None:
        raise CannotRunError(
            "neither side has a strategy that can be read; playbook check says what is wrong"
        )
    return dataclasses.replace(like, entries={kind: {} for kind in KINDS}, links=())


def _list_lost(*sides: Loaded) -> set[Key]:
    """The entries of which one side cannot say whether it has them."""
    lost = {key for loaded in sides for key in loaded.lost}
    for loaded in sides:
        for other in sides:
            if other.strategy is not None:
                lost |= {entry.key for entry in other.strategy if entry.KIND in loaded.unread_kinds}
    return lost
