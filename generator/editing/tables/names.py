"""How entries are found that a table names: by id, by title, by any other name they go by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.editing.tables.cells import CellError
from generator.editing.tables.words import plain
from generator.loading.loader import Loaded
from generator.loading.references import list_known
from generator.model.builder import parse_key
from generator.model.entry import Key
from generator.problems.phrases import join_words, shorten
from generator.problems.suggestions import suggest
from generator.schema.vocabulary import Field


class Names:
    """The entries of a strategy by their names, and those that a table begins."""

    def __init__(self, loaded: Loaded) -> None:
        self._keys = set(loaded.keys)
        self._named: dict[tuple[str, str], set[str]] = {}
        known = list_known(loaded.strategy) if loaded.strategy else {}
        for kind, entries in known.items():
            for entry_id, names in entries.items():
                self.add(Key(kind, entry_id), names)

    def add(self, key: Key, names: Iterable[str]) -> None:
        """One more entry, and what it is called."""
        self._keys.add(key)
        for name in (key.id, *names):
            self._named.setdefault((key.kind, plain(name)), set()).add(key.id)

    def find(self, written: str, field: Field) -> str:
        """The reference that a text stands for in this field. Raises CellError where it names no
        entry, or more than one.
        """
        bare = written.removeprefix("entry:").strip()
        key = parse_key(bare, field.refers_to)
        if key is not None and key in self._keys:
            return bare
        kinds = field.refers_to or tuple({one.kind for one in self._keys})
        found = [Key(kind, one) for kind in kinds for one in self.find_ids(kind, bare)]
        if len(found) == 1:
            return str(found[0]) if field.names_kind else found[0].id
        if found:
            raise CellError(
                f'"{shorten(bare)}" may be {" or ".join(map(str, found))}; write which one'
            )
        raise CellError(self._say_unknown(bare, kinds))

    def find_ids(self, kind: str, name: str) -> list[str]:
        """The entries of a kind that are called so."""
        return sorted(self._named.get((kind, plain(name)), ()))

    def _say_unknown(self, written: str, kinds: Iterable[str]) -> str:
        wanted = list(kinds)
        known: Mapping[str, tuple[str, ...]] = {
            key.id if len(wanted) == 1 else str(key): () for key in self._keys if key.kind in wanted
        }
        near = suggest(written, known)
        hint = f'; did you mean "{near}"?' if near else "; write its id or its title"
        return (
            f'there is nothing called "{shorten(written)}" among the {join_words(wanted[:3])}{hint}'
        )


def find_any(written: str, field: Field) -> str:
    """A reference as it stands in a strategy, whether or not it leads anywhere."""
    return written
