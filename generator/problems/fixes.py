"""Every change to YAML that somebody else wrote: exact changes of text, so that comments, order and
layout stay.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from generator.problems.problem import Edit, Problem

_ROUNDS = 8
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")
"""A line with its end; other characters that some call line ends are text here, as in editors."""


@dataclass(frozen=True)
class Mended:
    """A file with what a machine could mend: its text before and after, and where it lies then, if
    that is another place.
    """

    file: str
    before: str
    after: str
    moved_to: str = ""

    @property
    def diff(self) -> str:
        """The change, line by line, as git shows it."""
        old, new = _LINE.findall(self.before), _LINE.findall(self.after)
        target = self.moved_to or self.file
        lines = [*difflib.unified_diff(old, new, f"a/{self.file}", f"b/{target}", n=1)]
        if self.moved_to:
            lines = [f"rename from {self.file}\n", f"rename to {target}\n", *lines]
        return "".join(line if line.endswith("\n") else line + "\n" for line in lines)


def mend_texts(
    texts: Mapping[str, str], find_problems: Callable[[Mapping[str, str]], Iterable[Problem]]
) -> list[Mended]:
    """Mend all that can safely be mended in these texts (file to text), round by round: one slip
    may hide another.

    `find_problems` says what is wrong with a set of texts. A round that leaves a file with as many
    problems as before, or more, is not taken over for that file.
    """
    now = dict(texts)
    problems = list(find_problems(now))
    for _ in range(_ROUNDS):
        changed = {file: apply_edits(now[file], _edits_of(problems, file)) for file in now}
        changed = {file: text for file, text in changed.items() if text != now[file]}
        if not changed:
            break
        trial = {**now, **changed}
        after = list(find_problems(trial))
        better = {file: text for file, text in changed.items() if _is_better(problems, after, file)}
        if not better:
            break
        if better.keys() != changed.keys():
            trial = {**now, **better}
            after = list(find_problems(trial))
        now, problems = trial, after
    return [
        Mended(file, texts[file], now[file]) for file in sorted(texts) if texts[file] != now[file]
    ]


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with these edits made; of edits that overlap, the first counts."""
    lines = _LINE.findall(text)
    taken: dict[int, list[tuple[int, int, str]]] = {}
    for edit in sorted(edits, key=lambda edit: edit.place):
        place = edit.place
        spans = taken.setdefault(place.line, [])
        if place.line == place.end_line and not any(
            start < place.end_column and place.column < end for start, end, _ in spans
        ):
            spans.append((place.column, place.end_column, edit.text))
    for number, spans in taken.items():
        if 0 < number <= len(lines):
            line = lines[number - 1]
            for start, end, new in sorted(spans, reverse=True):
                line = line[: start - 1] + new + line[end - 1 :]
            lines[number - 1] = line
    return "".join(lines)


def _edits_of(problems: Iterable[Problem], file: str) -> list[Edit]:
    return [edit for problem in problems for edit in problem.edits if edit.place.file == file]


def _is_better(before: Iterable[Problem], after: Iterable[Problem], file: str) -> bool:
    """Whether fewer problems are left, or those that a machine could mend are mended and uncovered
    others.
    """
    old = [problem for problem in before if problem.place.file == file]
    new = [problem for problem in after if problem.place.file == file]
    if len(new) < len(old):
        return True
    mended = {(problem.rule, problem.place.line) for problem in old if problem.edits}
    return not mended & {(problem.rule, problem.place.line) for problem in new}
