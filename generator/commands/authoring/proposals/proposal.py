"""What edit notes propose, told and written: the same for notes from a form and from a table."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from generator.checks.project import check_project
from generator.commands.editor_ids import renew_ids
from generator.commands.settings import Settings
from generator.commands.terminal import FINE, PROBLEMS, Terminal
from generator.editing.edit_notes import NotePlan, Outcome
from generator.editing.edit_notes.meanwhile import find_brought, say_by_whom
from generator.files.tree import FolderTree
from generator.files.writing import write_all
from generator.loading.loader import Loaded
from generator.model.entry import Key
from generator.problems.fixes import Mended
from generator.problems.phrases import count_of, join_words, on_one_line, shorten
from generator.problems.problem import Problem, Severity
from generator.problems.reporters import Summary
from generator.problems.terminal_style import visible

_NOTHING = "(nothing)"


@dataclass(frozen=True)
class Proposal:
    """The exact edits that notes come to, and `whose` they are, as the last line says it.

    `is_sound` where nothing else is in the way of writing; `where` says of an entry where the
    proposal about it stands, such as a row of a table; `to_write` is what to do to have it written,
    where it is only shown.
    """

    settings: Settings
    terminal: Terminal
    plan: NotePlan
    whose: str = ""
    is_sound: bool = True
    where: Callable[[Key | None], str] = lambda _: ""
    to_write: str = ""

    def carry_out(self, *, partly: bool, write: bool) -> int:
        """Say what becomes of every change, check the strategy with it, show the text that changes,
        and write that where it is to be written. Returns the exit code.
        """
        root, say = self.settings.root, self.terminal.say
        say("".join(f"{line}\n" for one in self.plan.outcomes for line in self._tell(one)))
        is_whole = self.is_sound and self.plan.is_whole
        if not is_whole and not partly:
            say("Nothing was written. To write what fits all the same, add --partly.\n")
            return PROBLEMS
        brought, then = self._look_ahead()
        if brought:
            self.terminal.report("terminal", tuple(brought), Summary(len(self.plan.files), ""))
        if any(one.severity is Severity.ERROR for one in brought):
            say("Nothing was written: the strategy would no longer be sound.\n")
            return PROBLEMS
        tree = FolderTree(root)
        before = {path: _read_before(tree, path) for path in self.plan.files}
        say(
            "".join(Mended(path, before[path], text).diff for path, text in self.plan.files.items())
        )
        if write:
            write_all(root, {path: text.encode() for path, text in self.plan.files.items()})
            if then is not None:
                renew_ids(root, then)
        say(self._sum_up(is_written=write))
        return FINE if is_whole else PROBLEMS

    def _look_ahead(self) -> tuple[list[Problem], Loaded | None]:
        """The problems that come with the change, and the strategy with it; None where there is none."""
        if not self.plan.files:
            return [], None
        root, limits = self.settings.root, (self.settings.max_bytes, self.settings.as_of)
        _, _, before = check_project(root, *limits)
        then, _, after = check_project(root, *limits, changed=self.plan.files)
        return find_brought(before, after), then

    def _tell(self, outcome: Outcome) -> Iterator[str]:
        """One change in words; what is in its way with both values, and who wrote the other."""
        entry = f"{self.where(outcome.key)}{outcome.key or 'the header'}"
        where = visible(f"{entry}: {outcome.title}" if outcome.title else entry)
        if outcome.state == "applied":
            yield f"{where}: changed" if outcome.title else f"{where}: begun"
        elif outcome.state == "done":
            yield f"{where}: says so already"
        elif outcome.state == "refused":
            yield f"{where}: not changed. {visible(outcome.why[:1].upper() + outcome.why[1:])}."
        elif outcome.change is not None:
            by_whom = say_by_whom(outcome, self.settings.root)
            yield f"{where}: not changed, since it was changed meanwhile{by_whom}"
            yield f"  when proposed:  {_show(outcome.change.before)}"
            yield f"  today:          {_show(outcome.now)}"
            yield f"  proposed:       {_show(outcome.change.after)}"

    def _sum_up(self, *, is_written: bool) -> str:
        if not self.plan.files:
            return "There is nothing to write.\n"
        count = sum(one.state == "applied" for one in self.plan.outcomes)
        files = sorted(self.plan.files)
        named = join_words(files) if len(files) <= 5 else count_of(len(files), "file")
        what = f"{count_of(count, 'change')} in {named}{self.whose}"
        if is_written:
            return f"Wrote {what}.\n"
        return f"{what} would be written. Nothing was written.{self.to_write}\n"


def _read_before(tree: FolderTree, path: str) -> str:
    try:
        return tree.read_bytes(path).decode()
    except FileNotFoundError:
        return ""


def _show(value: Any) -> str:
    if value is None:
        return _NOTHING
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return visible(shorten(on_one_line(text), 200))
