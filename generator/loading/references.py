"""References between entries: the names they go by, and saying why a reference leads nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.loading.located_entry import Written
from generator.model.builder import parse_key
from generator.model.entry import Key
from generator.model.strategy import Strategy
from generator.problems.phrases import shorten, with_article
from generator.problems.suggestions import Suggestion, find_exact, find_nearest, suggest
from generator.schema.corrections import make_id, strip_quotes
from generator.schema.vocabulary import is_id, standard_vocabulary

_LONGEST_ROW = 300
_SEPARATED = re.compile(r"[,;&]|\b(?:and|or|und|et|y)\b")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PEOPLE = "people"
_BETWEEN = re.compile(r"\s*[,;&]\s*|\s+(?:and|or|und|et|y)\s+|\s+")

KnownEntries = Mapping[str, Mapping[str, Sequence[str]]]
"""By kind and id, the other names an entry goes by: its title first, then nicknames, synonyms and
former ids.
"""


@dataclass(frozen=True, kw_only=True)
class Broken:
    """Why a reference leads nowhere; `replacement` is what was meant, `sure` whether that is sure,
    `near` the entry with the most similar id. Where it `is_named`, one entry and no other is called
    just so: nothing that is still unread can be a better match. `items` are the entries that one item
    of a list names, where all are known.
    """

    title: str
    why: str
    fix: str
    replacement: str | None = None
    sure: bool = True
    near: Key | None = None
    is_named: bool = False
    items: tuple[str, ...] = ()


def names_of(value: Mapping[str, Any], title_field: str) -> tuple[str, ...]:
    """The names an entry goes by, from its data: title, nicknames, synonyms, former ids; a person's
    role, accounts and mail address.
    """
    names = [value.get(title_field), value.get("role")]
    for field in ("also", "also_said", "titles", "former_ids"):
        items = value.get(field)
        names += items if isinstance(items, list | tuple) else ()
    accounts = value.get("accounts")
    for account in accounts if isinstance(accounts, list | tuple) else ():
        bare = str(account).removeprefix("@")
        names += [bare, f"@{bare}"]
    contact = value.get("contact")
    names.append(
        contact.get("email") if isinstance(contact, dict) else getattr(contact, "email", None)
    )
    return tuple(name for name in names if isinstance(name, str))


def list_known(strategy: Strategy) -> KnownEntries:
    """Every kind's ids with the names their entries go by."""
    return {
        kind: {
            entry.id: names_of({**vars(entry), "": entry.title}, "") for entry in strategy.of(kind)
        }
        for kind in strategy.entries
    }


def explain_broken(
    written: str, refers_to: Sequence[str], known: KnownEntries, *, in_list: bool = False
) -> Broken:
    """Why a reference that was written leads nowhere.

    `refers_to` are the kinds wanted, empty where any may stand; `in_list` says that several
    references may.
    """
    wanted = refers_to or tuple(known)
    bare, several = strip_quotes(written), _split_names(written, wanted, known)
    if bare != written:
        return Broken(
            title=f'"{shorten(written)}" stands in typographic quotes, which YAML takes for letters',
            why="Word processors put them there; a reference needs none.",
            fix=f"Write {shorten(bare)}",
            replacement=bare if _is_known(bare, wanted, known) else None,
        )
    if several:
        return _say_several(written, several, wanted, known, in_list=in_list)
    addresses = _MAIL.findall(written)
    if len(addresses) == 1 and _PEOPLE in wanted:
        return _say_mail(
            written, addresses[0], with_kind=len(refers_to) != 1, people=known.get(_PEOPLE, {})
        )
    if len(refers_to) == 1 and "/" in written:
        kind, _, name = written.partition("/")
        if kind in known and kind != refers_to[0] and name in known.get(kind, {}):
            return _wrong_kind(kind, name, wanted)
        if kind == refers_to[0] and name in known.get(kind, {}):
            return Broken(
                title=f'"{written}" names the kind as well',
                why="Here the kind is clear; the id stands alone.",
                fix=f"Write {name}",
                replacement=name,
            )
    key = parse_key(written, tuple(refers_to))
    if key is None:
        slashed = written.replace(":", "/", 1)
        named = (f"{kind}/{written}" for kind in wanted if written in known.get(kind, {}))
        near = slashed if _is_known(slashed, (), known) else next(named, None)
        return Broken(
            title=f'"{shorten(written)}" does not say which kind of entry it means',
            why="Here a reference is written with its kind, such as markets/dairies.",
            fix=f"Write {near}" if near else "Put the kind and a slash before the id.",
            replacement=near,
        )
    if key.kind not in wanted:
        near_kind = suggest(key.kind, list(wanted))
        if key.kind in known and key.id in known.get(key.kind, {}):
            return _wrong_kind(key.kind, key.id, wanted)
        return Broken(
            title=f'"{shorten(key.kind)}" is not a kind of entry that may stand here',
            why=f"These may: {', '.join(wanted)}.",
            fix=f"Did you mean {near_kind}/{key.id}?" if near_kind else "Use one of these.",
            replacement=f"{near_kind}/{key.id}"
            if near_kind and key.id in known.get(near_kind, {})
            else None,
        )
    return _unknown_id(key, len(refers_to) != 1, wanted, known)


def _say_several(
    written: str,
    several: Sequence[str],
    wanted: Sequence[str],
    known: KnownEntries,
    *,
    in_list: bool,
) -> Broken:
    """What is said of a reference that names several entries."""
    all_known = in_list and all(_is_known(one, wanted, known) for one in several)
    items = tuple(several) if all_known else ()
    fix = (
        f"In square brackets: [{', '.join(several)}]. Or each on a line of its own, behind a dash."
    )
    return Broken(
        title=f'"{shorten(written)}" names several entries at once',
        why="Each is an item of its own in a list." if in_list else "This field takes one entry.",
        fix=fix if in_list else "Keep the one that matters most.",
        is_named=bool(items),
        items=items,
    )


def _say_mail(
    written: str, address: str, *, with_kind: bool, people: Mapping[str, Sequence[str]]
) -> Broken:
    """What is said of a mail address in place of a person: whose it is, or who may be meant."""
    head = f"{_PEOPLE}/" if with_kind else ""
    mails = {
        one: [name.lower() for name in names if _MAIL.fullmatch(name)]
        for one, names in people.items()
    }
    owners = [one for one, its in mails.items() if address.lower() in its]
    box = address.lower().partition("@")[0]
    alike = [one for one, its in mails.items() if any(mail.startswith(f"{box}@") for mail in its)]
    found = owners or alike or [one for one in people if one == make_id(box.replace(".", "-"))]
    who, shown = shorten(address), ""
    if len(found) == 1:
        names = people[found[0]]
        shown = f' ("{shorten(names[0])}")' if names else ""
    if len(owners) == 1:
        return Broken(
            title=f'"{who}" is the mail address of the person "{owners[0]}"{shown}',
            why="A reference is the id of an entry: addresses change, and the playbook shows this one on the person's page.",
            fix=f"Write {head}{owners[0]}",
            replacement=head + owners[0],
            is_named=True,
        )
    meant = f"Did you mean {head}{found[0]}{shown}? " if len(found) == 1 else ""
    several = f"{len(owners)} people have it: {', '.join(owners)}." if owners else ""
    return Broken(
        title=f'"{shorten(written)}" is a mail address; the id of a person is wanted here',
        why=several or "None of the people has this address under contact.",
        fix=f"{meant}{'Else write' if meant else 'Write'} the id of the person, or begin the entry: playbook new people and a name.",
        replacement=head + found[0] if len(found) == 1 else None,
        sure=False,
    )


def _split_names(written: str, wanted: Sequence[str], known: KnownEntries) -> Sequence[str]:
    """The entries that stand in one reference with commas or spaces between them, where each is
    known.
    """
    if len(written) > _LONGEST_ROW:
        return ()
    parts = [part for part in _BETWEEN.split(written.strip()) if part]
    names = [part for part in parts if _is_known(part, wanted, known)]
    is_row = names == parts or (bool(names) and _SEPARATED.search(written) is not None)
    return parts if len(parts) > 1 and is_row else ()


def _is_known(name: str, wanted: Sequence[str], known: KnownEntries) -> bool:
    kind, slash, own = name.partition("/")
    return (bool(slash) and own in known.get(kind, {})) or any(
        name in known.get(one, {}) for one in wanted
    )


def _unknown_id(key: Key, with_kind: bool, wanted: Sequence[str], known: KnownEntries) -> Broken:
    kind, name = key
    plural = (
        kind
        if kind == "people" or kind not in standard_vocabulary().kinds
        else name_kind(kind) + "s"
    )
    title = f'there is no "{shorten(name)}" among the {plural}'
    elsewhere = next(
        (other for other in known if other != kind and name in known.get(other, {})), None
    )
    near = find_nearest(name, known.get(kind, {}))
    named = find_exact(name, known.get(kind, {}))
    if named is None and near and _is_plainly(name, near.word, known[kind]):
        near = Suggestion(near.word, sure=False)  # several are called so
    if named is not None:
        near = Suggestion(named, sure=True)
    if elsewhere and not (near and near.sure):
        if elsewhere in wanted:
            return Broken(
                title=title,
                why=f'"{name}" stands under {elsewhere}.',
                fix=f"Write {elsewhere}/{name}",
                replacement=f"{elsewhere}/{name}",
            )
        return _wrong_kind(elsewhere, name, wanted)
    why = f"A reference is the id of an entry that stands under {kind}."
    if near is None:
        return Broken(
            title=title,
            why=why,
            fix=f"Correct the id, delete the reference, or begin the entry: playbook new {kind} {_quoted(name)}",
        )
    names = known[kind][near.word]
    shown = f' ("{shorten(names[0])}")' if names else ""
    meant = f"{kind}/{near.word}" if with_kind else near.word
    if name in names[1:] and near.sure:
        named = f' of "{shorten(names[0])}"' if names else ""
        return Broken(
            title=title,
            why=f"It is another name{named}, or its former id.",
            fix=f"Write {meant}",
            replacement=meant,
            is_named=named is not None,
        )
    return Broken(
        title=title,
        why=why,
        fix=f'Did you mean "{meant}"{shown}?',
        replacement=meant,
        sure=near.sure,
        near=Key(kind, near.word),
        is_named=named is not None and is_id(name) is False,
    )


def name_kind(kind: str) -> str:
    """What an entry of a kind is called within a sentence; of a company's own kinds, by their name."""
    found = standard_vocabulary().kinds.get(kind)
    return found.title.lower() if found else f"entry of {kind}"


def _is_plainly(name: str, word: str, known: Mapping[str, Sequence[str]]) -> bool:
    """Whether an entry is called just so."""
    return find_exact(name, {word: known.get(word, ())}) is not None


def _quoted(name: str) -> str:
    """A name as it is typed into a terminal."""
    return name if is_id(name) else f'"{shorten(name)}"'


def _wrong_kind(kind: str, name: str, wanted: Sequence[str]) -> Broken:
    """ "acme is a competitor; a market is wanted here"."""
    found = name_kind(kind)
    want = " or ".join(with_article(name_kind(other)) for other in wanted[:3])
    return Broken(
        title=f'"{shorten(name)}" is {with_article(found)}; {want} is wanted here',
        why="Each field refers to entries of its own kind only.",
        fix=f"Write the id of {want}, or delete this reference.",
    )


def list_names(
    unique: Mapping[Key, Written], kinds: Iterable[str]
) -> tuple[dict[str, dict[str, Sequence[str]]], set[Key]]:
    """The names entries go by, by kind and id; and the right ids of entries whose own has the wrong
    form.
    """
    known: dict[str, dict[str, Sequence[str]]] = {kind: {} for kind in kinds}
    misnamed: set[Key] = set()
    for key, written in unique.items():
        name = key.id if is_id(key.id) else make_id(key.id)
        known[key.kind][name] = names_of(written.value, written.kind.title_field)
        if name != key.id:
            misnamed.add(Key(key.kind, name))
    return known, misnamed


def write_apart(before: str, items: Sequence[str]) -> str | None:
    """Several references in place of the one item that names them all: in brackets behind commas,
    else each behind a dash of its own. `before` is what stands on the line before them.
    """
    if before.count("[") > before.count("]"):
        return ", ".join(items)
    return f"\n{before}".join(items) if re.fullmatch(r" *- +", before) else None
