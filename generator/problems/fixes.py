"""Every change to YAML that somebody else wrote: exact changes of text, so that comments, order and
layout stay.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.problems.problem import Edit, Problem

_ROUNDS = 8
_MOST_TRIALS = 40
"""So often one slip is mended alone where all together uncover more than they mend."""
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

    `find_problems` says what is wrong with a set of texts. No file has more problems afterwards than
    before: of one in which mending uncovers more, each slip is tried alone.
    """
    now = dict(texts)
    first = problems = list(find_problems(now))
    for _ in range(_ROUNDS):
        changed = {
            file: text
            for file, before in now.items()
            if (text := apply_groups(before, _groups_of(problems, file))) != before
        }
        if not changed:
            break
        after = list(find_problems({**now, **changed}))
        better = {file: text for file, text in changed.items() if _is_better(problems, after, file)}
        if not better:
            break
        if better.keys() != changed.keys():
            after = list(find_problems({**now, **better}))
        now, problems = {**now, **better}, after
    worse = [file for file in texts if _count(problems, file) > _count(first, file)]
    for file in worse:
        now[file] = texts[file]
    for file in worse:
        now[file] = _mend_singly(file, now, find_problems)
    return [
        Mended(file, texts[file], now[file]) for file in sorted(texts) if texts[file] != now[file]
    ]


def _mend_singly(
    file: str,
    texts: Mapping[str, str],
    find_problems: Callable[[Mapping[str, str]], Iterable[Problem]],
) -> str:
    """A file with those of its slips mended whose mending uncovers no more than it mends."""
    text, problems = texts[file], list(find_problems(texts))
    refused: set[tuple[Edit, ...]] = set()
    for _ in range(_MOST_TRIALS):
        group = next((one for one in _groups_of(problems, file) if one not in refused), None)
        if group is None:
            break
        trial = apply_edits(text, group)
        after = list(find_problems({**texts, file: trial}))
        if _count(after, file) < _count(problems, file):
            text, problems = trial, after
            refused.clear()
        else:
            refused.add(group)
    return text


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with these edits made, in the line ends of the text; of edits that overlap, the first
    counts.
    """
    return apply_groups(text, [(edit,) for edit in sorted(edits, key=lambda edit: edit.place)])


def apply_groups(text: str, groups: Iterable[Sequence[Edit]]) -> str:
    """The text with these groups of edits made, each group whole or not at all; of groups that
    overlap, the first counts.
    """
    starts = [0]
    for line in _LINE.findall(text):
        starts.append(starts[-1] + len(line))
    line_break = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
    taken: list[tuple[int, int, str]] = []
    for group in groups:
        spans = [_span_of(edit, starts, text) for edit in group]
        sound = [span for span in spans if span is not None]
        if len(sound) == len(spans) and not any(_overlap(*span, taken) for span in sound):
            taken += [
                (start, end, edit.text.replace("\n", line_break))
                for (start, end), edit in zip(sound, group, strict=True)
            ]
    for start, end, new in sorted(taken, key=lambda one: (one[0], one[1]), reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _span_of(edit: Edit, starts: Sequence[int], text: str) -> tuple[int, int] | None:
    """Where an edit begins and ends in a text; None where it has no such lines."""
    place = edit.place
    if not 0 < place.line <= place.end_line < len(starts) + (place.column == 1):
        return None
    ends = [
        min(starts[min(line, len(starts)) - 1] + column - 1, len(text))
        for line, column in ((place.line, place.column), (place.end_line, place.end_column))
    ]
    return (ends[0], ends[1]) if ends[0] <= ends[1] else None


def _overlap(start: int, end: int, taken: Sequence[tuple[int, int, str]]) -> bool:
    return any(first < end and start < last for first, last, _ in taken) or any(
        first == start and last == end for first, last, _ in taken
    )


def _groups_of(problems: Iterable[Problem], file: str) -> list[tuple[Edit, ...]]:
    """What mends each of the problems in a file, from its first line to its last. A problem that is
    told once for several files is mended in each by its own part.
    """
    parts = (
        tuple(edit for edit in problem.edits if edit.place.file == file) for problem in problems
    )
    return sorted(filter(None, parts), key=lambda group: min(edit.place for edit in group))


def _count(problems: Iterable[Problem], file: str) -> int:
    return sum(problem.place.file == file for problem in problems)


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
