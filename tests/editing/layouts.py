"""Entries with every field of their kind, written in each way in which an author may write them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.schema.vocabulary import Field, Kind

STYLES = ("block", "single", "double", "folded", "bar", "flow", "json")
HOMES = ("main", "list", "file")

_PROSE = "They heat and cool at once,\nwhich costs them twice.\n\nWe measure first."


def sample(field: Field, *, other: bool = False) -> Any:
    """A value that fits a field by its type; `other` gives another one."""
    if field.labels:
        return list(field.labels)[-1 if other else 0]
    if field.type == "list":
        assert field.item is not None
        items = [sample(field.item), sample(field.item, other=True)]
        return items[::-1] if other else items
    if field.type == "object":
        return {name: sample(inner, other=other) for name, inner in field.fields.items()}
    values = {
        "date": ("2026-03-01", "2027-11-30"),
        "day_or_month": ("2026-03", "2027-11-30"),
        "interval": ("90d", "2w"),
        "integer": (3, 40),
        "number": (2.5, 1200),
        "boolean": (True, False),
        "reference": ("one-id", "another-id"),
        "plain": ("One line, as it stands", "It's another: #1 - a 'line'"),
        "prose": (_PROSE, _PROSE.replace("twice", 'two times ("as they say")') + "\nThen, more."),
    }
    return values.get(field.type, ("some text", "1.5"))[other]


def sample_entry(kind: Kind) -> dict[str, Any]:
    """An entry with every field of its kind."""
    return {name: sample(field) for name, field in kind.fields.items() if sample(field) != {}}


def iterate_routes(
    field: Field, value: Any, route: tuple[Any, ...] = ()
) -> Iterator[tuple[Any, ...]]:
    """The route of every value in an entry, of the groups and lists too."""
    if isinstance(value, Mapping):
        inner = value.items()
    else:
        inner = enumerate(value) if isinstance(value, list) else ()
    for step, one in inner:
        below = field.item if isinstance(step, int) else field.fields[step]
        assert below is not None
        yield (*route, step)
        yield from iterate_routes(below, one, (*route, step))


def write(value: Any, style: str, indent: int = 0) -> str:
    """A value as YAML, with a comment behind each line that may have one; it goes behind a colon or
    a dash.
    """
    if style in ("flow", "json"):
        return f" {_inline(value, style)}   # {indent}\n"
    margin = " " * indent
    if isinstance(value, Mapping):
        lines = (f"{margin}{name}:{write(one, style, indent + 2)}" for name, one in value.items())
        return "\n" + f"{margin}# below\n".join(lines)
    if isinstance(value, list):
        lines = []
        for one in value:
            text = write(one, style, indent + 2).removeprefix("\n")
            lines.append(f"{margin}- {text.lstrip(' ')}")
        return "\n" + f"{margin}# between\n".join(lines)
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if isinstance(value, str) and style in ("folded", "bar"):
        body = re.sub(r"\n+", r"\n\g<0>", text) if style == "folded" else text
        body = body.replace("cool at", "cool\nat") if style == "folded" else body
        lines = [f"{margin}{line}".rstrip() for line in body.split("\n")]
        return f" {'>-' if style == 'folded' else '|'}   # {indent}\n" + "\n".join(lines) + "\n"
    if isinstance(value, str) and (style == "double" or "\n" in text):
        return f" {json.dumps(text, ensure_ascii=False)}   # {indent}\n"
    if isinstance(value, str) and style == "single":
        quoted = text.replace("'", "''").replace("One line", f"One\n{margin}  line")
        return f" '{quoted}'   # {indent}\n"
    if isinstance(value, str) and any(sign in text for sign in "#:"):
        return f" {json.dumps(text, ensure_ascii=False)}   # {indent}\n"
    return f" {text}   # {indent}\n"


def _inline(value: Any, style: str) -> str:
    if isinstance(value, Mapping):
        key = json.dumps if style == "json" else str
        return (
            "{"
            + ", ".join(f"{key(name)}: {_inline(one, style)}" for name, one in value.items())
            + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(_inline(one, style) for one in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    return json.dumps(text) if style == "json" or set(text) & set("\n#,:'\"") else text


def write_file(
    kind: str, entry: Mapping[str, Any], style: str, home: str
) -> tuple[str, tuple[Any, ...]]:
    """A file with the entry in it and others beside it, and the route to the entry."""
    other = "id: other\n# its only other line\n"
    if kind == "header":
        return (
            f"# Top\nstrategy:{write(entry, style, 2)}glossary:\n  - id: x\n    term: T\n    meaning: M\n",
            ("strategy",),
        )
    if home == "file":
        return f"# One entry.\n{write(entry, style).lstrip(chr(10)).lstrip(' ')}", ()
    shift = 2 if home == "main" else 0
    items = write([{"id": "before"}, dict(entry), {"id": "after"}], style, shift)
    if home == "main":
        return f"strategy:\n  company: Acme\n\n{kind}:{items}# {other.splitlines()[1]}\n", (kind, 1)
    return (
        f"# All of them.\n{items.lstrip(chr(10)).lstrip(' ') if style in ('flow', 'json') else items.lstrip(chr(10))}",
        (1,),
    )
