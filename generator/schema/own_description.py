"""`schema/custom.yaml`: the fields and kinds of a company's own, described in its own words, and the
JSON Schema that is made of them. The door is `read_description`.

```yaml
fields:
  personas:
    favourite_event: {title: Favourite event, value: text, after: goals}
kinds:
  partners:
    title: Partner
    plural: Partners
    description: A company that sells with us.
    fields:
      tier: {title: Tier, value: choice, choices: [gold, silver], filter: yes}
```
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from generator.problems.phrases import shorten, with_article
from generator.problems.problem import Place, Problem
from generator.problems.suggestions import suggest
from generator.schema.rules import OWN_DESCRIPTION, UNKNOWN_FIELD, WRONG_TYPE
from generator.schema.validator import checker_of
from generator.schema.vocabulary import (
    COMMON,
    KINDS,
    OWN,
    OWN_KINDS,
    Kind,
    Vocabulary,
    is_own_name,
    read_kind,
    standard_vocabulary,
)
from generator.syntax.document import Document, Route, read_document
from generator.syntax.rules import EMPTY_FILE

DESCRIPTION = "schema/custom.yaml"

_PARTS = ("fields", "kinds")
_DEEPEST = 3
_CHOSEN = ("choice", "yes_no", "reference")
_LAID_OUT = ("objectives", "assumptions", "announcements", "qualification")
"""Kinds whose page is more than a list: readers cannot choose among their entries."""
_KIND_NAME = re.compile(r"[a-z][a-z_]{1,39}")
_NODES: Mapping[str, Mapping[str, Any]] = {
    "text": {"$ref": "common.schema.json#/$defs/plain"},
    "prose": {"$ref": "common.schema.json#/$defs/prose"},
    "date": {"$ref": "common.schema.json#/$defs/date"},
    "link": {"$ref": "common.schema.json#/$defs/url"},
    "number": {"type": "number"},
    "whole_number": {"type": "integer"},
    "yes_no": {"type": "boolean"},
}
"""The kinds of value that need no more said, as JSON Schema has them."""


@dataclass(frozen=True, eq=False)
class Description:
    """What a company says of its own: as JSON Schema, what is wrong with it, where it is written.

    Where it is not `readable`, nobody knows what fields and kinds there are. `review_every` says how
    long entries of its kinds may be trusted, where that was said. `taken_kinds` are those whose name a
    later format has taken.
    """

    schema: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    document: Document | None = None
    readable: bool = True
    audiences: Mapping[Route, str] = field(default_factory=dict)
    review_every: Mapping[str, str] = field(default_factory=dict)
    taken_kinds: frozenset[str] = frozenset()


def read_description(raw: bytes, written_format: int) -> Description:
    """What `schema/custom.yaml` says, with every fault at its line. A field or kind with a fault
    stays known, so that nothing else is called wrong for its sake.
    """
    read = read_document(DESCRIPTION, raw)
    document, data = read.document, read.document.data
    found = tuple(problem for problem in read.problems if problem.rule != EMPTY_FILE.id)
    if document.unread or found:
        return Description(problems=found, document=document, readable=False)
    if data is None:
        return Description(document=document)
    reader = _Reader(document, written_format)
    schema = reader.read(data)
    return Description(
        schema,
        tuple(reader.problems),
        document,
        isinstance(data, dict),
        reader.audiences,
        reader.review_every,
        frozenset(reader.taken_kinds),
    )


@cache
def _describing(part: str) -> Kind:
    return read_kind(part, standard_vocabulary().schemas)


class _Reader:
    def __init__(self, document: Document, written_format: int) -> None:
        self._document, self._format = document, written_format
        self._standard: Vocabulary = standard_vocabulary()
        self._checker = checker_of(self._standard)
        self.problems: list[Problem] = []
        self.audiences: dict[Route, str] = {}
        self.review_every: dict[str, str] = {}
        self.taken_kinds: list[str] = []
        self._kinds: tuple[str, ...] = KINDS

    def read(self, data: Any) -> Mapping[str, Any]:
        """The JSON Schema of all that is described."""
        if not isinstance(data, dict):
            self._say_wrong(
                (), "the file begins with fields: or kinds:", "Write one of them first."
            )
            return {}
        for name in data:
            if name not in _PARTS:
                self._say_part(name)
        kinds = self._read_group(data, "kinds")
        self._kinds = (*KINDS, *(kind for kind in kinds if kind not in KINDS))
        own_kinds = {key: self._read_kind(key, about) for key, about in kinds.items()}
        known = {key: about for key, about in own_kinds.items() if about is not None}
        groups = {key: self._read_own_fields(key, kinds[key]) for key in known}
        for key, described in self._read_group(data, "fields").items():
            if key in KINDS:
                groups[key] = self._read_fields(("fields", key), described, self._names_in(key))
            else:
                self._say_unknown_kind(key, is_own=key in kinds)
        return {"$defs": groups, OWN_KINDS: known}

    def _names_in(self, kind: str) -> Mapping[str, int]:
        fields = self._standard.kinds[kind].fields
        return {name: one.since for name, one in fields.items()}

    def _read_group(self, data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        value = data.get(name)
        if isinstance(value, dict):
            return value
        if value is not None:
            inner = "the kinds of entry that get fields" if name == "fields" else "your kinds"
            self._say_wrong((name,), f"below {name}: stand {inner}, each with its own", "")
        return {}

    def _read_kind(self, key: str, about: Any) -> Mapping[str, Any] | None:
        """The words of a kind, or None where it cannot be one."""
        route = ("kinds", key)
        if not self._is_free(key, route):
            return None
        shape = self._check("own_kind", route, about)
        words = {
            name: str(shape[name]) if isinstance(shape.get(name), str) else key.capitalize()
            for name in ("title", "plural", "description")
        }
        interval = shape.get("review_every")
        if isinstance(interval, str):
            self.review_every[key] = interval
        return words

    def _is_free(self, key: str, route: Route) -> bool:
        if not _KIND_NAME.fullmatch(key):
            self._say_name(
                route,
                f'"{shorten(key)}" cannot be the name of a kind',
                "It names a list in the YAML and a folder of the site.",
                "Write lower-case letters and _, such as price_lists.",
            )
            return False
        standard = self._standard.kinds.get(key)
        if standard is not None and standard.since > self._format:
            self._say_name(
                route,
                f'"{key}" is a kind that every playbook has from format {standard.since} on',
                "Two kinds of one name could not be told apart. Its entries are not looked at until then.",
                f"Run: playbook upgrade --rename-own. Yours is called our_{key} from then on, wherever it is named.",
            )
            self.taken_kinds.append(key)
            return False
        if standard is not None or f"{key}.schema.json" in self._standard.schemas:
            what = f'"{key}" is a kind that every playbook has'
            self._say_name(
                route,
                what if standard else f'"{key}" is a name that the playbook needs itself',
                "Two kinds of one name could not be told apart.",
                f"Use the standard kind, or call yours otherwise, such as our_{key}: here, behind refers_to, "
                f"in the name of its file or folder in strategy/, and in references that begin with {key}/.",
            )
            return False
        return True

    def _read_own_fields(self, key: str, about: Any) -> Mapping[str, Any]:
        known = dict.fromkeys(("id", "name", *COMMON, OWN), 1)
        fields = about.get("fields") if isinstance(about, dict) else None
        return self._read_fields(("kinds", key, "fields"), fields or {}, known)

    def _read_fields(
        self, route: Route, described: Any, standard: Mapping[str, int], depth: int = 1
    ) -> dict[str, Any]:
        """A group of fields as JSON Schema. `standard` are those beside them, with their formats."""
        if not isinstance(described, dict):
            self._say_wrong(route, f"below {route[-1]}: stand fields, each with its title", "")
            described = {}
        properties, required = {}, []
        for name, about in described.items():
            here = (*route, name)
            if not self._is_free_field(name, here, standard):
                continue
            shape = self._check("own_field", here, about)
            properties[name] = self._read_field(shape, here, depth)
            if shape.get("required") is True and "value" in shape:
                required.append(name)
            after = shape.get("after")
            if isinstance(after, str) and (
                after in (name, OWN) or after not in (*standard, *described)
            ):
                self._say_after(here, after, [one for one in (*standard, *described) if one != OWN])
        made = {"type": "object", "properties": properties, "additionalProperties": False}
        return {**made, "required": required} if required else made

    def _is_free_field(self, name: str, route: Route, standard: Mapping[str, int]) -> bool:
        if not is_own_name(name):
            self._say_name(
                route,
                f'"{shorten(name)}" cannot be the name of a field',
                "The name stands before the colon in each entry; what readers see is its title.",
                "Write lower-case letters, digits and _, such as favourite_event.",
            )
            return False
        if name in standard and standard[name] <= self._format:
            kind = str(route[-2])
            self._say_name(
                route,
                f'"{name}" is a field that {kind} have already',
                "Nobody could tell which of the two is meant.",
                f"Use the standard field, or call yours otherwise, such as our_{name}.",
            )
            return False
        return True

    def _check(self, part: str, route: Route, about: Any) -> dict[str, Any]:
        """The values of a description as the schema means them; nothing where it is no group."""
        raw = dict(about) if isinstance(about, dict) else about
        if isinstance(raw, dict) and isinstance(raw.get("refers_to"), str):
            raw["refers_to"] = [raw["refers_to"]]
        shape = self._checker.check(_describing(part), self._document, route, raw)
        self.problems += shape.problems
        return shape.value if isinstance(shape.value, dict) else {}

    def _read_field(self, shape: Mapping[str, Any], route: Route, depth: int) -> dict[str, Any]:
        """One field as JSON Schema; open to every value where its description has a fault."""
        before = len(self.problems)
        value, audience = shape.get("value"), shape.get("audience")
        node = self._read_value(shape, route, depth)
        if len(self.problems) > before or node is None:
            node = {}
        elif shape.get("several") is True:
            order = "set" if value in _CHOSEN else "sequence"
            node = {"type": "array", "x-order": order, "minItems": 1, "items": node}
            node |= {"uniqueItems": True} if order == "set" else {}
        if isinstance(audience, str):
            self.audiences[(*route, "audience")] = audience
        words = {name: str(shape.get(name, "")) for name in ("title", "description", "after")}
        marks = {
            "title": words["title"] or str(route[-1]),
            "description": words["description"],
            "x-after": words["after"],
            "x-audience": audience or "",
            "x-grade": shape.get("grade", ""),
            "x-lists": shape.get("in_lists") is True,
            "x-filter": shape.get("filter") is True,
        }
        return {**{name: mark for name, mark in marks.items() if mark}, **node}

    def _read_value(
        self, shape: Mapping[str, Any], route: Route, depth: int
    ) -> dict[str, Any] | None:
        value = str(shape.get("value", ""))
        for name, wanted in (
            ("choices", "choice"),
            ("refers_to", "reference"),
            ("fields", "group"),
        ):
            if name in shape and value in _all_values() and value != wanted:
                self._say_not_fitting(route, name, wanted)
            if name not in shape and value == wanted:
                self._say_lacking(route, name, wanted)
        if shape.get("filter") is True:
            self._look_at_filter(value, route, depth)
        if value == "choice":
            choices = list(shape.get("choices", ()))
            return {"enum": choices, "x-labels": dict(zip(choices, choices, strict=True))}
        if value == "reference":
            return self._read_reference(shape.get("refers_to", ()), route)
        if value == "group":
            if depth >= _DEEPEST:
                self._say_name(
                    (*route, "fields"),
                    "these groups lie too deep in each other",
                    f"At the most {_DEEPEST - 1} groups may lie in each other.",
                    "Write the fields of this group beside it.",
                )
                return None
            inner = self._read_fields((*route, "fields"), shape.get("fields", {}), {}, depth + 1)
            return dict(inner)
        return dict(_NODES[value]) if value in _NODES else None

    def _look_at_filter(self, value: str, route: Route, depth: int) -> None:
        """Whether readers can choose by a field that says so."""
        where = (*route, "filter")
        if value not in (*_CHOSEN, ""):
            self._say(
                where,
                "readers cannot choose by this field",
                "They choose among values that are few: a choice, yes or no, or another entry.",
                "Delete this line, or make the field a choice.",
            )
        elif depth > 1 or (route[0] == "fields" and route[1] in _LAID_OUT):
            what = "within a group" if depth > 1 else f"among {route[1]}"
            self._say(
                where,
                f"readers cannot choose {what}",
                "They choose on pages that list entries, by what an entry as a whole says.",
                "Delete this line.",
            )

    def _read_reference(self, kinds: Iterable[str], route: Route) -> dict[str, Any]:
        named = list(kinds)
        for position, kind in enumerate(named):
            if kind not in self._kinds:
                near = suggest(kind, {key: self._names_of(key) for key in self._kinds})
                written = self._document.value((*route, "refers_to"))
                place = (*route, "refers_to", *([position] if isinstance(written, list) else []))
                self._say(
                    place,
                    f'"{shorten(kind)}" is not a kind of entry',
                    "A reference leads to an entry of a kind, standard or your own.",
                    f'Did you mean "{near}"?' if near else f"Kinds are: {', '.join(self._kinds)}.",
                    near,
                )
        form = "reference" if len(named) == 1 else "address"
        refers_to = named[0] if len(named) == 1 else named
        return {"$ref": f"common.schema.json#/$defs/{form}", "x-ref": refers_to}

    def _names_of(self, kind: str) -> tuple[str, ...]:
        found = self._standard.kinds.get(kind)
        return (found.title, found.plural) if found else ()

    # What is said

    def _say(self, route: Route, title: str, why: str, fix: str, near: str | None = None) -> None:
        """A fault of the value at a route."""
        self._say_at(self._document.value_place(route), title, why, fix, near)

    def _say_name(
        self, route: Route, title: str, why: str, fix: str, near: str | None = None
    ) -> None:
        """A fault of the name that a route ends in."""
        self._say_at(self._document.key_place(route), title, why, fix, near)

    def _say_at(self, place: Place, title: str, why: str, fix: str, near: str | None) -> None:
        self.problems.append(
            self._document.problem(
                OWN_DESCRIPTION,
                place=place,
                title=title,
                why=why,
                fix=fix,
                replace_with=near,
                certain=False,
            )
        )

    def _say_wrong(self, route: Route, title: str, fix: str) -> None:
        place = self._document.key_place(route) if route else Place(DESCRIPTION, 1, 1, 1, 2)
        fix = fix or "The author's guide has an example, under: Fields and kinds of your own."
        self.problems.append(self._document.problem(WRONG_TYPE, place=place, title=title, fix=fix))

    def _say_part(self, name: str) -> None:
        near = suggest(name, _PARTS)
        fix = f'Did you mean "{near}"?' if near else f"Put {shorten(name)}: below one of these two."
        self.problems.append(
            self._document.problem(
                UNKNOWN_FIELD,
                place=self._document.key_place((name,)),
                title=f'"{shorten(name)}" is not a part of {DESCRIPTION}',
                why="At the left edge stand fields: for the standard kinds, and kinds: of your own.",
                fix=fix,
                replace_with=near,
                certain=False,
            )
        )

    def _say_unknown_kind(self, key: str, *, is_own: bool) -> None:
        near = None if is_own else suggest(key, {kind: self._names_of(kind) for kind in KINDS})
        fix = f'Did you mean "{near}"?' if near else "A kind of your own is described under kinds:"
        self._say_name(
            ("fields", key),
            f'"{shorten(key)}" is {"a kind of your own" if is_own else "not a kind of entry"}',
            "Below fields: stand the standard kinds that get fields of your own.",
            f"Move its fields below {key}: under kinds:" if is_own else fix,
            near,
        )

    def _say_after(self, route: Route, after: str, names: Iterable[str]) -> None:
        near = suggest(after, [name for name in names if name != route[-1]])
        is_self = after == route[-1]
        self._say(
            (*route, "after"),
            f'"{shorten(after)}" is {"this field itself" if is_self else "not a field beside this one"}',
            "It names the field behind which this one stands on the page.",
            f'Did you mean "{near}"?'
            if near
            else "Name a field of the same kind, such as summary.",
            None if is_self else near,
        )

    def _say_not_fitting(self, route: Route, name: str, wanted: str) -> None:
        self._say_name(
            (*route, name),
            f"{name} belongs to {with_article(wanted)} only",
            f"This field says value: {self._document.written((*route, 'value'))}.",
            f"Write value: {wanted}, or delete {name}.",
        )

    def _say_lacking(self, route: Route, name: str, wanted: str) -> None:
        example = {
            "choices": "choices: [gold, silver]",
            "refers_to": "refers_to: markets",
            "fields": "fields: and below it, indented, the fields of the group",
        }[name]
        self._say(
            (*route, "value"),
            f"{with_article(wanted)} needs {name}",
            "Without it nobody knows what may stand there.",
            f"Add a line: {example}",
        )


def _all_values() -> Iterable[str]:
    return _describing("own_field").fields["value"].labels
