"""References between entries: finding them in pages, and saying why one leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.entry import ENTRY_LINK, parse_key
from generator.model import Strategy
from generator.suggestion import suggest
from generator.vocabulary import KINDS


def find_page_mentions(text: str) -> Iterator[tuple[str, int, int]]:
    """Links to entries in a hand-written page: what is linked to, and its line and column, from 1."""
    fenced = False
    for number, line in enumerate(text.split("\n"), 1):
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        for match in () if fenced else ENTRY_LINK.finditer(line):
            yield match[1], number, match.start(1) + 1


def explain_broken(
    written: str, refers_to: Sequence[str], known: Mapping[str, Mapping[str, str]]
) -> tuple[str, str, str]:
    """Title, why and fix for a reference that leads nowhere. `known` maps kinds to ids to titles."""
    key = parse_key(written, tuple(refers_to))
    if key is None:
        near = next((f"{kind}/{written}" for kind in refers_to or KINDS if written in known.get(kind, {})), None)
        return (
            f'"{written}" does not say which kind of entry it means',
            "Here a reference is written with its kind, such as markets/dairies.",
            f"Write {near}" if near else "Put the kind and a slash before the id.",
        )
    kinds = refers_to or KINDS
    if key.kind not in kinds:
        near_kind = suggest(key.kind, list(kinds))
        return (
            f'"{key.kind}" is not a kind of entry that may stand here',
            f"Known here: {', '.join(kinds)}.",
            f"Did you mean {near_kind}/{key.id}?" if near_kind else "Use one of these.",
        )
    elsewhere = next((kind for kind in KINDS if kind != key.kind and key.id in known.get(kind, {})), None)
    near = suggest(key.id, known.get(key.kind, {}))
    if near:
        fix = f'Did you mean "{near}" ({known[key.kind][near]})?'
    elif elsewhere and elsewhere in kinds:
        fix = f"Did you mean {elsewhere}/{key.id}?"
    else:
        fix = "Correct the id, add the entry, or delete this line."
    plural = key.kind.replace("_", " ")
    why = f"An entry can only refer to one that stands under {key.kind}."
    if elsewhere:
        why = f'"{key.id}" stands under {elsewhere}; here an entry under {key.kind} is wanted.'
    return f'there is no "{key.id}" among the {plural}', why, fix


def known_titles(strategy: Strategy) -> dict[str, dict[str, str]]:
    """Every kind's ids with their titles."""
    return {kind: {entry.id: entry.title for entry in strategy.of(kind)} for kind in KINDS}
