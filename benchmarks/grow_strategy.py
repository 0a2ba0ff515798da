"""A strategy of many pages, grown from the root strategy: the same proportions and sentences, new
ids, words varied.

    python benchmarks/grow_strategy.py grown --pages 1000

Every copy of an entry has other words than its original (some from elsewhere in the strategy, some
invented), so that an index over it grows as one over real texts does, and no two entries say the
same. The same call gives the same files.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from generator.files.tree import FolderTree
from generator.loading.located_entry import Written
from generator.loading.strategy_files import read_manuscript
from generator.model.addresses import PLACEMENTS
from generator.schema.vocabulary import Field

ROOT = Path(__file__).parent.parent
ONCE = frozenset({"stages", "qualification"})
"""Kinds that a company has one set of, however large it is."""
FILLING = "objections"
"""The kind of which there are more where a whole copy would be too many."""
KEPT = frozenset({"id", "former_ids", "contact", "accounts", "url"})
SHARE_VARIED, SHARE_INVENTED = 0.6, 0.3
_WORD = re.compile(r"entry:[a-z_]+/[a-z0-9-]+|https?://\S+|[a-zäöüß]{5,}")
_SYLLABLES = [a + b for a in "bdfgklmnprstv" for b in "aeiou"]


@dataclass(frozen=True)
class Grown:
    """What a strategy was grown to."""

    pages: int
    entries: int


def grow_strategy(target: Path, pages: int, source: Path = ROOT) -> Grown:
    """Write a whole playbook of about `pages` pages into the new folder `target`. `source` is the
    playbook to grow.
    """
    written = _copy_playbook(source, target)
    grower = _Grower(written)
    copied = [one for one in written if one.kind.key not in ONCE]
    per_copy = sum(PLACEMENTS[one.kind.key].own_pages for one in copied)
    own = sum(PLACEMENTS[one.kind.key].own_pages for one in written)
    copies = max(0, (pages - own) // per_copy)
    for number in range(1, copies + 1):
        for one in copied:
            _write(target, one.kind.key, grower.copy(one, number))
    rest = max(0, pages - own - copies * per_copy)
    filled = [one for one in copied if one.kind.key == FILLING]
    for place in range(rest):
        number = copies + 1 + place // len(filled)
        one = filled[place % len(filled)]
        _write(target, FILLING, grower.copy(one, number, leads_to=copies))
    return Grown(own + copies * per_copy + rest, len(written) + copies * len(copied) + rest)


def grow_list(target: Path, kind: str, entries: int, source: Path = ROOT) -> None:
    """Write a playbook like `source` into the new folder `target`, but with so many entries of a kind:
    the copies refer to what the originals refer to.
    """
    written = _copy_playbook(source, target)
    grower = _Grower(written)
    originals = [one for one in written if one.kind.key == kind]
    for place in range(max(0, entries - len(originals))):
        number, at = divmod(place, len(originals))
        _write(target, kind, grower.copy(originals[at], number + 1, leads_to=0))


def _copy_playbook(source: Path, target: Path) -> list[Written]:
    """The entries of a playbook that is copied as it is."""
    shutil.copytree(source / "strategy", target / "strategy")
    for name in ("playbook", "schema"):
        shutil.copytree(source / name, target / name)
    for name in ("strategy.yaml", "mkdocs.yml"):
        shutil.copy(source / name, target / name)
    return list(read_manuscript(FolderTree(source)).entries)


def _write(target: Path, kind: str, entry: Mapping[str, Any]) -> None:
    file = target / "strategy" / kind / f"{entry['id']}.yaml"
    file.parent.mkdir(exist_ok=True)
    text = yaml.dump(entry, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=118)
    file.write_text(text, "utf-8")


class _Grower:
    """Makes copies; the words of the whole strategy are its stock."""

    def __init__(self, written: list[Written]) -> None:
        self._ids = {(one.kind.key, one.id) for one in written if one.kind.key not in ONCE}
        texts = (text for one in written for text in _texts_in(one.value))
        self._stock = [word for text in texts for word in _WORD.findall(text) if ":" not in word]

    def copy(self, one: Written, number: int, leads_to: int | None = None) -> dict[str, Any]:
        """The copy with this number of an entry: its references lead to the copies with the same
        number, or with the number `leads_to` (0: the originals).
        """
        led = number if leads_to is None else leads_to
        chance = random.Random(f"{one.kind.key}/{one.id}/{number}")
        copied: dict[str, Any] = {}
        for name, value in one.value.items():
            if name not in KEPT:
                copied[name] = self._vary(value, one.kind.fields[name], led, chance)
            elif name != "former_ids":
                copied[name] = value
        copied["id"] = _new_id(str(one.id), number)
        if (title := one.kind.title_field) and copied[title] == one.value[title]:
            copied[title] = f"{_invent(chance).capitalize()}: {copied[title]}"
        if copied.get("priority") == "primary":
            copied["priority"] = "secondary"
        return copied

    def _vary(self, value: Any, field: Field, number: int, chance: random.Random) -> Any:
        if isinstance(value, list) and field.item is not None:
            varied = [self._vary(item, field.item, number, chance) for item in value]
            return [item for place, item in enumerate(varied) if item not in varied[:place]]
        if isinstance(value, dict):
            return {
                name: self._vary(item, field.fields[name], number, chance)
                for name, item in value.items()
            }
        if field.type == "reference":
            return self._lead_on(value, field, number)
        if field.type in ("plain", "prose"):
            return _WORD.sub(lambda match: self._another(match[0], number, chance), value)
        return value

    def _lead_on(self, written: str, field: Field, number: int) -> str:
        kind, _, name = (
            written.partition("/") if field.names_kind else (field.refers_to[0], "", written)
        )
        if (kind, name) not in self._ids or not number:
            return written
        return f"{kind}/{_new_id(name, number)}" if field.names_kind else _new_id(name, number)

    def _another(self, word: str, number: int, chance: random.Random) -> str:
        if word.startswith("entry:"):
            kind, _, name = word.removeprefix("entry:").partition("/")
            return (
                f"entry:{kind}/{_new_id(name, number)}"
                if number and (kind, name) in self._ids
                else word
            )
        if ":" in word or chance.random() >= SHARE_VARIED:
            return word
        return _invent(chance) if chance.random() < SHARE_INVENTED else chance.choice(self._stock)


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for item in (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    ):
        yield from _texts_in(item)


def _new_id(name: str, number: int) -> str:
    """The copies of one number stand together in lists sorted by id, as the entries of one topic
    would.
    """
    return f"{_invent(random.Random(number))}{number}-{name}"[:78].rstrip("-")


def _invent(chance: random.Random) -> str:
    """A word that is in no dictionary; few are invented often, most seldom, as words are."""
    rank = int(10_000 ** chance.random())
    return "".join(_pick(rank))


def _pick(rank: int) -> Iterator[str]:
    chance = random.Random(rank)
    for _ in range(chance.choice((3, 3, 4))):
        yield chance.choice(_SYLLABLES)


def main() -> None:
    """Read the arguments, grow, say what became."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("target", type=Path, help="the folder to write; it must not be there yet")
    parser.add_argument(
        "--pages", type=int, default=1000, help="about how many pages the site shall have"
    )
    arguments = parser.parse_args()
    grown = grow_strategy(arguments.target, arguments.pages)
    print(
        f"{arguments.target}: {grown.entries:,} entries, {grown.pages:,} of them with a page of their own"
    )


if __name__ == "__main__":
    main()
