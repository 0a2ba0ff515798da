"""Changes as a reviewer reads them: for the terminal, as Markdown for a comment or a file, as JSON
for machines.

Whatever an author wrote is untrusted here: in Markdown nothing of it is markup, HTML, a link, or a
mention that would call somebody.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.changes.change import Change, Grade, Item, Side, What
from generator.changes.decision_text import Told
from generator.changes.decisions import Turn
from generator.changes.describe import Phrase, join_names, noun_of, say_phrases, title_in
from generator.changes.impact import Loss, Touch
from generator.model.entry import Key
from generator.problems.host_text import escape_comment
from generator.problems.terminal_style import Look, visible
from generator.schema.words import Words

SHOWN = 400
"""How many sentences a comment or a terminal gets; git hosts refuse comments of more than 65,536
characters.
"""
_MOST_CHARACTERS = 60_000
_NAMED = 4


@dataclass(frozen=True)
class Review:
    """Two versions compared, ready to be told: what they are called, what is said, and what could
    not be compared.
    """

    old_name: str
    new_name: str
    old: Side
    new: Side
    words: Words
    told: tuple[Told, ...]
    touches: Mapping[Key, Touch] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    compared: bool = True

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every change, in the order in which they are told."""
        return tuple(change for one in self.told for change in one.changes)


def report_terminal(review: Review, look: Look) -> str:
    """A line for each change, grouped by how much it weighs."""
    lines = [_wrap(f"! {notice}", look.width, "  ") for notice in review.notices]
    lines.append(visible(summarise(review)))
    said: set[Key] = set()
    left = SHOWN
    for grade, told in _by_grade(review):
        lines += ["", look.paint("1", f"{review.words(f'diff_{grade}')} ({len(told)})")]
        for one in told[:left]:
            lines.append(_tell_line(one, look, review.words))
            behind = [*one.behind, *_say_touches(review, one, said)]
            lines += [
                look.paint("2", _wrap(f"    {line}", look.width, "      ")) for line in behind
            ]
        if len(told) > left:
            lines.append("  " + review.words("diff_more", n=len(told) - left))
        left = max(left - len(told), 0)
    return "\n".join(lines) + "\n"


def report_markdown(review: Review, look: Look) -> str:
    """For a comment on a change: the summary first, what matters open, the rest folded. No text in
    it is markup.
    """
    whole = _write_markdown(review, SHOWN)
    shown = SHOWN
    while len(whole) > _MOST_CHARACTERS and shown > 1:
        shown //= 2
        whole = _write_markdown(review, shown)
    return whole


def report_json(review: Review, look: Look) -> str:
    """One object: the names of both sides, `changes` with their data and their words, `counts`,
    `notices`.
    """
    rows = [
        row
        for one in review.told
        for row in (
            *(_row(review, one, change) for change in one.changes),
            *({**_row(review, one, change), "follows": True} for change in one.follows),
        )
    ]
    touches = {
        str(key): {
            "loses": [
                {
                    "kind": loss.kind,
                    "field": loss.field.name,
                    "entries": [str(other) for other in loss.keys],
                    "last": loss.last,
                }
                for loss in touch.losses
            ],
            "lost": list(touch.lost),
            "gained": list(touch.gained),
            "moved": [{"place": place, "old": was, "new": now} for place, was, now in touch.moved],
            "hidden": touch.is_hidden,
        }
        for key, touch in sorted(review.touches.items())
    }
    content = {
        "old": review.old_name,
        "new": review.new_name,
        "summary": summarise(review),
        "counts": count(review),
        "changes": rows,
        "touches": touches,
        "notices": list(review.notices),
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


FORMATS: Mapping[str, Callable[[Review, Look], str]] = {
    "terminal": report_terminal,
    "markdown": report_markdown,
    "json": report_json,
}


def count(review: Review) -> dict[str, int]:
    """How many changes of each grade there are, and how many entries came, went and got another id."""
    counts = {str(grade): sum(one.grade is grade for one in review.told) for grade in Grade}
    whole = [change for change in review.changes if not change.path]
    return {
        **counts,
        **{
            str(what): sum(one.what is what for one in whole)
            for what in (What.ADDED, What.REMOVED, What.RENAMED)
        },
    }


def summarise(review: Review) -> str:
    """The whole in one line."""
    words, counts = review.words, count(review)
    if not review.told:
        return words(
            "diff_nothing" if review.compared else "diff_not_compared",
            old=review.old_name,
            new=review.new_name,
        )
    entries = [
        words(f"diff_count_{what}", n=counts[what])
        for what in ("added", "removed", "renamed")
        if counts[what]
    ]
    grades = [words(f"diff_count_{grade}", n=counts[grade]) for grade in Grade if counts[grade]]
    between = words("diff_between", old=review.old_name, new=review.new_name)
    behind = f" ({', '.join(entries)})" if entries else ""
    return f"{between} {', '.join(grades)}{behind}."


def _write_markdown(review: Review, shown: int) -> str:
    words = review.words
    lines = [f"### {words('diff_title')}", "", escape_comment(summarise(review)), ""]
    for notice in review.notices:
        lines += [f"> {escape_comment(notice)}", ""]
    said: set[Key] = set()
    for grade, told in _by_grade(review):
        head = f"{words(f'diff_{grade}')} ({len(told)})"
        folded = grade is not Grade.MATERIAL
        lines += (
            [f"<details><summary>{escape_comment(head)}</summary>", ""]
            if folded
            else [f"**{head}**", ""]
        )
        for one in told[:shown]:
            lines += _list_markdown(review, one, said)
        if len(told) > shown:
            lines.append("- " + escape_comment(words("diff_more", n=len(told) - shown)))
        lines += ["", "</details>", ""] if folded else [""]
    return "\n".join(lines).rstrip() + "\n"


def _list_markdown(review: Review, told: Told, said: set[Key]) -> Iterator[str]:
    kind = f" ({escape_comment(told.kind)})" if told.kind else ""
    yield f"- **{escape_comment(told.title)}**{kind}: {''.join(map(_mark_phrase, told.phrases))}"
    for line in (*told.behind, *_say_touches(review, told, said)):
        yield f"  - {escape_comment(line)}"


def _mark_phrase(part: Phrase) -> str:
    text = escape_comment(part.text)
    lead, tail = (
        " " * part.text.startswith(" "),
        " " * (part.text.endswith(" ") and bool(part.text.strip())),
    )
    tag = {"old": "del", "new": "ins"}.get(part.mark)
    return f"<{tag}>{text}</{tag}>" if tag else f"{lead}{text}{tail}"


def _tell_line(told: Told, look: Look, words: Words) -> str:
    """A decision on one line or several: `EV charging (market): priority primary -> secondary`."""
    text = f"  {_call(told)}: {say_phrases(told.phrases, words)}"
    return _wrap(text, look.width, "    ")


def _call(told: Told) -> str:
    return f"{told.title} ({told.kind})" if told.kind else told.title


def _say_touches(review: Review, told: Told, said: set[Key]) -> Iterator[str]:
    """What sellers see differently for a decision. `said` are the entries of which that was told
    already; those of this decision are added.
    """
    keys = [key for key in told.keys if key in review.touches and key not in said]
    said.update(keys)
    touches = [review.touches[key] for key in keys]
    whole = told.turn is not Turn.SINGLE or not told.changes[0].path
    hidden = [key for key in keys if review.touches[key].is_hidden]
    if hidden and (told.turn in (Turn.SINGLE, Turn.ALIKE)):
        names = join_names([title_in(key, review.old, review.new, review.words) for key in hidden])
        yield review.words("diff_hidden" if len(keys) == 1 else "diff_hidden_of", names=names)
    if told.turn is Turn.ALIKE:
        return  # what becomes of single ones is told where they change
    follows = {change.key for change in told.follows}
    for touch in touches:
        yield from (_say_loss(review, one) for one in touch.losses if not follows >= {*one.keys})
    if not whole and any(touch.is_new for touch in touches):
        yield review.words("diff_shown")
    lost = {place for touch in touches for place in touch.lost}
    gained = {place for touch in touches for place in touch.gained}
    both = lost & gained  # one went there, another came
    for name in ("lost", "gained"):
        found = [one for touch in touches for one in getattr(touch, name) if one not in both]
        found = list(dict.fromkeys(found))
        if found:
            yield review.words(f"diff_places_{name}", places=_cut_names(review, found))
    if len(touches) == 1 and told.grade is Grade.MATERIAL and touches[0].stays:
        places = [_at(review, *one) for one in touches[0].stays]
        yield review.words("diff_places_stay", places=_cut_names(review, places))
    if len(touches) == 1:
        for place, was, now in touches[0].moved[:_NAMED]:
            yield review.words("diff_place_moved", place=place, old=was, new=now)


def _at(review: Review, place: str, rank: int) -> str:
    return review.words("diff_at", place=place, rank=rank) if rank else place


def _cut_names(review: Review, names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    shown = ", ".join(names[:_NAMED])
    return f"{shown} {review.words('diff_more', n=more)}" if more > 0 else shown


def _say_loss(review: Review, loss: Loss) -> str:
    n = len(loss.keys)
    noun = noun_of(loss.kind, n, review.new, review.words)
    titles = [title_in(key, review.old, review.new, review.words) for key in loss.keys]
    named = _cut_names(review, titles)
    if loss.last:
        return review.words(
            "diff_loses", n=n, kind=noun, field=review.words.within(loss.field.title), names=named
        )
    return review.words("diff_refers", n=n, kind=noun, names=named)


def _row(review: Review, told: Told, change: Change) -> dict[str, Any]:
    kind = "strategy" if change.key is None else change.key.kind
    if told.page:
        kind = "pages"
    path = [
        step if isinstance(step, str) else {"old": step.old, "new": step.new}
        for step in change.path
    ]
    return {
        "what": str(change.what),
        "kind": kind,
        "id": change.key.id if change.key else told.page or None,
        "title": told.title,
        "field": ".".join(step for step in change.path if not isinstance(step, Item)),
        "path": path,
        "old": change.old,
        "new": change.new,
        "grade": str(change.grade),
        "text": f"{told.title}: {say_phrases(told.phrases, review.words)}",
    }


def _by_grade(review: Review) -> Iterator[tuple[Grade, list[Told]]]:
    for grade in Grade:
        told = [one for one in review.told if one.grade is grade]
        if told:
            yield grade, told


def _wrap(text: str, width: int, indent: str) -> str:
    lead = text[: len(text) - len(text.lstrip())]
    room = max(width, 40)
    return textwrap.fill(
        visible(text.strip()),
        room,
        initial_indent=lead,
        subsequent_indent=indent,
        break_on_hyphens=False,
        break_long_words=False,
    )
