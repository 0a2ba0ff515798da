"""Changes told in the words of the business: the schema's titles, the labels of values, the titles
of entries.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from generator.changes.change import Change, Item, Side, What
from generator.changes.comparison import as_data, naming_field
from generator.changes.grading import factor_between, is_translated, list_figures
from generator.model.builder import parse_key
from generator.model.circles import Circles
from generator.model.entry import Entry, Key
from generator.problems.phrases import shorten
from generator.schema.vocabulary import Field
from generator.schema.words import Words

_TEXTS = ("plain", "prose")
LEAD = "lead"
_SHORT = 60
"""Texts up to this length are shown whole, before and after; longer ones word by word."""
_LONGEST = 240
_MOST_EACH = 8
"""So many values that changed alike are told one by one."""
_CONTEXT = 6
_NAMED = 4
_MOST_WORDS = 3000
_LEAST_KEPT = 0.5
"""Of texts with less in common, scraps of both side by side say nothing: each is shown whole."""
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch of a sentence. `mark` is `old` for words taken out, `new` for words put in, `lead`
    for what stands before a text that was compared word by word, empty for others.
    """

    text: str
    mark: str = ""


def say_phrases(phrases: Sequence[Phrase], words: Words) -> str:
    """A sentence that needs no colours: words taken out and put in are told as such, in quotes,
    without what stayed around them.
    """
    swaps = list(_pair_words(phrases))
    if not swaps:
        return "".join(phrase.text for phrase in phrases)
    lead = "".join(phrase.text for phrase in phrases if phrase.mark == LEAD)
    return lead + "; ".join(
        words(
            "diff_words_replaced" if old and new else f"diff_words_{'removed' if old else 'added'}",
            old=old,
            new=new,
        )
        for old, new in swaps
    )


def _pair_words(phrases: Sequence[Phrase]) -> Iterator[tuple[str, str]]:
    """The words taken out with those put in their place; one of them may be empty."""
    old = ""
    for phrase in phrases:
        if phrase.mark == "old":
            old = phrase.text
        elif phrase.mark == "new":
            yield old, phrase.text
            old = ""
        elif old and phrase.text.strip():
            yield old, ""
            old = ""
    if old:
        yield old, ""


def title_in(key: Key | None, old: Side, new: Side, words: Words) -> str:
    """The title of an entry, today's where it has one; the words for the header where there is no
    key.
    """
    if key is None:
        return words("diff_header")
    entry = new.strategy.find(key) or old.strategy.find(key)
    return short_title(entry) if entry is not None else key.id


def short_title(entry: Entry) -> str:
    """The title of an entry, on one line and at most 90 characters long."""
    return shorten(" ".join(entry.title.split()), 90)


def join_names(names: Sequence[str]) -> str:
    """Names in a row; one that holds a comma stands in quotes, so that it does not fall apart."""
    return ", ".join(
        f'"{name}"' if "," in name and not name.startswith('"') and len(names) > 1 else name
        for name in names
    )


def noun_of(kind: str, n: int, side: Side, words: Words) -> str:
    """What `n` entries of a kind are called within a sentence."""
    if f"counted_{kind}" in words:
        return words(f"counted_{kind}", n=n)
    described = side.vocabulary.kinds[kind]
    return words.within(described.title if n == 1 else described.plural)


class ChangeTeller:
    """Tells single changes; `old` and `new` are what was compared."""

    def __init__(self, old: Side, new: Side, words: Words) -> None:
        self._old, self._new, self._words = old, new, words

    def say(self, group: Sequence[Change]) -> tuple[Phrase, ...]:
        """One change, or the items that came to one list and left it, as a sentence."""
        if len(group) == 2 and group[0].what is What.RENAMED:
            parts = self._say_renamed(*group)
        else:
            parts = self._say_items(group) if is_listed(group[0]) else self._say(group[0])
        return tuple(_join(parts))

    def _say(self, change: Change) -> Iterator[Phrase]:
        if not change.path:
            yield from self._say_whole(change)
            return
        if change.path == ("audience",):
            order = Circles(self._new.strategy.header.audiences)
            wider = order.is_narrower(str(change.old), str(change.new))
            name = "diff_readers_wider" if wider else "diff_readers_narrower"
            yield Phrase(self._words(name, new=change.new, old=change.old))
            return
        lead = self._lead(change)
        field = change.trail[-1]
        if change.what is What.MOVED and isinstance(change.path[-1], Item):
            places = [(place or 0) + 1 for place in (change.path[-1].old, change.path[-1].new)]
            value = self._value(change.new, field)
            yield Phrase(
                f"{lead}: " + self._words("diff_moved", item=value, old=places[0], new=places[1])
            )
        elif change.what is What.MOVED:
            yield Phrase(
                f"{lead}: {self._words('diff_reordered', items=self._value(change.new, field))}"
            )
        elif change.what is not What.CHANGED:
            value = self._value(change.new if change.old is None else change.old, field)
            yield Phrase(f"{lead}: {self._words(f'diff_item_{change.what}', items=value)}")
        elif field.type in _TEXTS and isinstance(change.old, str) and isinstance(change.new, str):
            yield from self._say_text(lead, change.old, change.new)
        else:
            old, new = self._value(change.old, field), self._value(change.new, field)
            yield Phrase(f"{lead} {old} -> {new}{self._remark(change)}")

    def say_new(self, change: Change) -> str:
        """What stands in a field now, whatever stood there before."""
        if change.new is None:
            return self._words("diff_item_removed", items=self._lead(change))
        value = self._value(change.new, change.trail[-1])
        return self._words("diff_is_now", field=self._lead(change), value=value)

    def say_each(self, named: Sequence[tuple[str, Change]]) -> str:
        """The same field of several entries, in each from what to what: two prices of which the same
        digits changed are still two prices.
        """
        shown = [
            f"{title} {self._shorten(one.old, one)} -> {self._shorten(one.new, one)}"
            for title, one in named[:_MOST_EACH]
        ]
        if len(named) > _MOST_EACH:
            shown.append(self._words("diff_more", n=len(named) - _MOST_EACH))
        return f"{self._lead(named[0][1])}: {'; '.join(shown)}"

    def _shorten(self, value: Any, change: Change) -> str:
        return shorten(self._value(value, change.trail[-1]), _SHORT)

    def _remark(self, change: Change) -> str:
        """What a reviewer should notice about a changed figure, in brackets."""
        old, new = change.old, change.new
        if not isinstance(old, int | float) or not isinstance(new, int | float):
            return ""
        if factor := factor_between(old, new):
            name = "diff_times_more" if factor > 0 else "diff_times_less"
            return f" ({self._words(name, n=abs(factor))})"
        entry = self._new.strategy.find(change.key) if change.key else None
        figures = list_figures(entry.title) if entry else []
        is_stale = f"{old:g}" in figures and f"{new:g}" not in figures
        return f" ({self._words('diff_name_holds', old=f'{old:g}')})" if is_stale else ""

    def _say_whole(self, change: Change) -> Iterator[Phrase]:
        assert change.key is not None  # noqa: S101  # the header neither comes nor goes
        kind = self._new.vocabulary.kinds[change.key.kind].title
        if change.what is What.RENAMED:
            yield Phrase(self._words("diff_renamed", old=change.old, new=change.new))
        else:
            facts = ", ".join(self._list_facts(change.key)) if change.what is What.ADDED else ""
            said = self._words(f"diff_entry_{change.what}", kind=self._words.within(kind))
            yield Phrase(f"{said} ({facts})" if facts else said)

    def _say_renamed(self, change: Change, title: Change) -> Iterator[Phrase]:
        """A new id and a new title, which are one new name."""
        said = self._words("diff_renamed_from", title=title.old, old=change.old, new=change.new)
        yield Phrase(said)

    def _list_facts(self, key: Key) -> Iterator[str]:
        """What is chosen in a new entry, beside its words: its values and whom it goes with."""
        entry = self._new.strategy.find(key)
        written = as_data(entry)
        for name, field in self._new.vocabulary.kinds[key.kind].fields.items():
            chosen = (field.item or field).type in (
                "enum",
                "reference",
                "integer",
                "number",
                "boolean",
            )
            if chosen and not field.grade and name in written and written[name] != field.default:
                value = self._value(_cut_list(written[name]), field)
                yield f"{self._words.within(field.title)} {value}"

    def _say_items(self, group: Sequence[Change]) -> Iterator[Phrase]:
        """Items that came to a list and left it, in one sentence."""
        sentences = []
        for what in (What.ADDED, What.REMOVED):
            items = [
                self._value(change.new if change.old is None else change.old, change.trail[-1])
                for change in group
                if change.what is what
            ]
            if items:
                sentences.append(self._words(f"diff_item_{what}", items=join_names(items)))
        yield Phrase(f"{self._lead(group[0])}: {'; '.join(sentences)}")

    def _say_text(self, lead: str, old: str, new: str) -> Iterator[Phrase]:
        before, after = " ".join(old.split()), " ".join(new.split())
        if len(before) <= _SHORT and len(after) <= _SHORT:
            yield Phrase(f'{lead} "{before}" -> "{after}"')
            return
        if is_translated(before, after):
            yield Phrase(f"{lead}: {self._words('diff_translated')} ", LEAD)
            yield Phrase(shorten(before, _LONGEST), "old")
            yield Phrase(" ")
            yield Phrase(shorten(after, _LONGEST), "new")
        else:
            yield Phrase(f"{lead}: ", LEAD)
            yield from compare_words(before, after)

    def _lead(self, change: Change) -> str:
        """Where in the entry: `pains "Steam", cost of inaction`."""
        names: list[str] = []
        item: tuple[Item, Field] | None = None
        for step, field in zip(change.path, change.trail, strict=True):
            if isinstance(step, Item):
                item = (step, field)
                continue
            if item is not None and step == naming_field(item[1]):
                break  # the item's own name is what changed; it is shown before and after
            if item is not None and item[0].name:
                names[-1] += f" {self._item_name(*item)}"
            names.append(self._words.within(field.title))
            item = None
        return ", ".join(names)

    def _item_name(self, step: Item, field: Field) -> str:
        naming = field.fields.get(naming_field(field))
        return self._value(step.name, naming) if naming is not None else f'"{step.name}"'

    def _value(self, value: Any, field: Field) -> str:
        if isinstance(value, list) and field.item is not None:
            return join_names([self._value(item, field.item) for item in value])
        if isinstance(value, dict):
            return self._group(value, field)
        if isinstance(value, bool):
            return self._words("yes" if value else "no")
        text = " ".join(str(value).split())
        if field.type == "reference":
            key = parse_key(text, field.refers_to)
            found = key and (self._new.strategy.find(key) or self._old.strategy.find(key))
            return short_title(found) if found else text
        if field.labels or field.type not in _TEXTS:
            return field.labels.get(text, shorten(text, _LONGEST))
        return f'"{shorten(text, _LONGEST)}"'

    def _group(self, value: dict[str, Any], field: Field) -> str:
        """A group of fields: what it is called, then the others in brackets."""
        naming = naming_field(field)
        named = self._value(value[naming], field.fields[naming]) if naming in value else ""
        rest = ", ".join(
            f"{self._words.within(field.fields[name].title) if name in field.fields else name} "
            f"{self._value(inner, field.fields.get(name, field))}"
            for name, inner in value.items()
            if name != naming
        )
        return f"{named} ({rest})" if named and rest else named or rest


def compare_words(old: str, new: str) -> Iterator[Phrase]:
    """Two texts as one, word by word, with what was taken out and put in; long stretches that
    stayed are cut. Two that have little in common, one after the other.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    if len(before) + len(after) > _MOST_WORDS:
        yield from (
            Phrase(shorten(old, _LONGEST), "old"),
            Phrase(" "),
            Phrase(shorten(new, _LONGEST), "new"),
        )
        return
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < _LEAST_KEPT:
        yield from (Phrase(" ".join(before), "old"), Phrase(" "), Phrase(" ".join(after), "new"))
        return
    blocks = matcher.get_opcodes()
    for number, (what, i, i_end, j, j_end) in enumerate(blocks):
        if number:
            yield Phrase(" ")
        if what == "equal":
            yield Phrase(_cut(before[i:i_end], first=number == 0, last=number == len(blocks) - 1))
            continue
        if i < i_end:
            yield Phrase(" ".join(before[i:i_end]), "old")
        if i < i_end and j < j_end:
            yield Phrase(" ")
        if j < j_end:
            yield Phrase(" ".join(after[j:j_end]), "new")


def _cut(words: Sequence[str], *, first: bool, last: bool) -> str:
    """Words that stayed, with only those shown that stand beside a change."""
    if first and last:
        return " ".join(words)
    if first and len(words) > _CONTEXT:
        return "… " + " ".join(words[-_CONTEXT:])
    if last and len(words) > _CONTEXT:
        return " ".join(words[:_CONTEXT]) + " …"
    if len(words) > 2 * _CONTEXT and not first and not last:
        return " ".join((*words[:_CONTEXT], "…", *words[-_CONTEXT:]))
    return " ".join(words)


def _join(parts: Iterable[Phrase]) -> Iterator[Phrase]:
    """The parts, those of one mark that follow each other as one."""
    for mark, found in groupby(parts, key=lambda part: part.mark):
        yield Phrase("".join(part.text for part in found), mark)


def _cut_list(value: Any) -> Any:
    return [*value[:_NAMED], "…"] if isinstance(value, list) and len(value) > _NAMED else value


def is_listed(change: Change) -> bool:
    """Whether an item as a whole came to a list, or left it."""
    return (
        change.what in (What.ADDED, What.REMOVED)
        and bool(change.path)
        and isinstance(change.path[-1], Item)
    )
