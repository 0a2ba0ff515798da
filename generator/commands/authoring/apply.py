"""`playbook apply`: what somebody proposes in an edit note is written into the strategy."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from generator.checks.project import check_project
from generator.commands.options import alone, with_settings
from generator.commands.settings import Settings
from generator.commands.sound_strategy import read_sound
from generator.commands.terminal import FINE, PROBLEMS, CannotRunError, Terminal
from generator.editing.edit_notes import (
    EditNote,
    NoNoteError,
    NotePlan,
    Outcome,
    plan_notes,
    read_notes,
)
from generator.files.git import find_repository
from generator.files.tree import FolderTree
from generator.files.writing import write_all
from generator.problems.fixes import Mended
from generator.problems.phrases import count_of, join_words, shorten
from generator.problems.problem import Problem, Severity
from generator.problems.reporters import Summary
from generator.problems.terminal_style import visible

_NOTHING = "(nothing)"


@click.command("apply")
@click.argument(
    "notes", metavar="NOTE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--partly", is_flag=True, help="Write what fits, also where something else does not.")
@click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
@with_settings
@alone
def apply(
    settings: Settings, terminal: Terminal, notes: tuple[Path, ...], partly: bool, dry_run: bool
) -> int:
    """Write what edit notes propose into the strategy. NOTE is a file as the site's form makes it, or
    a mail or an issue's text that holds it; - reads one from standard input.

    A field is changed only where it still says what its proposer saw.
    """
    root = settings.root
    read = [note for path in notes for note in _read(path)]
    loaded, _ = read_sound(root, settings.max_bytes)
    tree = FolderTree(root)
    plan = plan_notes(tree, loaded, read, settings.max_bytes)
    terminal.say("".join(f"{line}\n" for one in plan.outcomes for line in _tell(one, root)))
    if not plan.is_whole and not partly:
        terminal.say("Nothing was written. To write what fits all the same, add --partly.\n")
        return PROBLEMS
    brought = _find_brought(settings, plan)
    grave = [one for one in brought if one.severity is Severity.ERROR]
    if brought:
        terminal.report("terminal", tuple(brought), Summary(len(loaded.files), ""))
    if grave:
        terminal.say("Nothing was written: the strategy would no longer be sound.\n")
        return PROBLEMS
    before = {path: _read_before(tree, path) for path in plan.files}
    terminal.say(
        "".join(Mended(path, before[path], text).diff for path, text in plan.files.items())
    )
    if not dry_run:
        write_all(root, {path: text.encode() for path, text in plan.files.items()})
    terminal.say(_sum_up(plan, read, dry_run=dry_run))
    return FINE if plan.is_whole else PROBLEMS


def _read(path: Path) -> Sequence[EditNote]:
    try:
        raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        return read_notes(raw)
    except OSError as error:
        raise CannotRunError(f"{path} cannot be read: {error.strerror}") from error
    except NoNoteError as error:
        raise CannotRunError(f"{path}: {error}") from error


def _read_before(tree: FolderTree, path: str) -> str:
    try:
        return tree.read_bytes(path).decode()
    except FileNotFoundError:
        return ""


def _find_brought(settings: Settings, plan: NotePlan) -> list[Problem]:
    """The problems that come with the change: those that are not there today."""
    if not plan.files:
        return []
    limits = settings.max_bytes, settings.as_of
    _, _, before = check_project(settings.root, *limits)
    _, _, after = check_project(settings.root, *limits, changed=plan.files)
    known = {(one.rule, one.title) for one in before}
    return [one for one in after if (one.rule, one.title) not in known]


def _tell(outcome: Outcome, root: Path) -> Iterator[str]:
    """One change in words; what is in its way with both values, and who wrote the other."""
    entry = str(outcome.key or "the header")
    where = visible(f"{entry}: {outcome.title}" if outcome.title else entry)
    if outcome.state == "applied":
        yield f"{where}: changed" if outcome.title else f"{where}: begun"
    elif outcome.state == "done":
        yield f"{where}: says so already"
    elif outcome.state == "refused":
        yield f"{where}: not changed. {visible(outcome.why[:1].upper() + outcome.why[1:])}."
    elif outcome.change is not None:
        yield f"{where}: not changed, since it was changed meanwhile{_say_by_whom(outcome, root)}"
        yield f"  when proposed:  {_show(outcome.change.before)}"
        yield f"  today:          {_show(outcome.now)}"
        yield f"  proposed:       {_show(outcome.change.after)}"


def _say_by_whom(outcome: Outcome, root: Path) -> str:
    repository = find_repository(root)
    if repository is None or outcome.place is None:
        return ""
    last = repository.find_last_change(
        outcome.place.file, outcome.place.line, outcome.place.end_line
    )
    return f" by {last.author} on {last.day}" if last else ", and that is not committed yet"


def _show(value: Any) -> str:
    if value is None:
        return _NOTHING
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return visible(shorten(" ".join(text.split()), 200))


def _sum_up(plan: NotePlan, notes: Sequence[EditNote], *, dry_run: bool) -> str:
    if not plan.files:
        return "There is nothing to write.\n"
    counts: Mapping[str, int] = {
        state: sum(one.state == state for one in plan.outcomes) for state in ("applied", "done")
    }
    by = [note.by for note in notes if note.by]
    whose = f", proposed by {visible(join_words(list(dict.fromkeys(by))))}" if by else ""
    what = f"{count_of(counts['applied'], 'change')} in {join_words(sorted(plan.files))}{whose}"
    return f"{what} would be written. Nothing was written.\n" if dry_run else f"Wrote {what}.\n"
