"""What a file is that holds no entries of its kind, as far as one can see: told in one sentence, not by
each of its lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import islice
from typing import Any

from generator.problems.phrases import join_words, shorten
from generator.problems.suggestions import find_nearest
from generator.schema.vocabulary import Kind

LFS = b"version https://git-lfs.github.com/spec/"
"""How a pointer of Git LFS begins, which stands for a file that was not fetched."""
PULL = "Run: git lfs pull. In CI, let the checkout fetch it (lfs: true)."
_STARTS: Sequence[tuple[bytes, str]] = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a document of an office program, or an archive"),
    (b"\xd0\xcf\x11\xe0", "a document of an office program"),
    (b"{\\rtf", "a document of a word processor"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format", "a database"),
    (b"\x1f\x8b", "an archive"),
)
_WEB = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_XML = re.compile(rb"\s*<\?xml\b|\s*<[a-z][\w.:-]*(?:\s[^<>]*)?>\s*<", re.I)
_FENCED = re.compile(rb"\s*```")
_SEPARATORS = ",;\t|"
_LINES = 6
_SAMPLE = 5
_FEW = 3
"""A group with so many names may be judged by them."""
_TOOLS: Sequence[tuple[Set[str], str]] = (
    ({"apiVersion", "kind", "metadata"}, "a file of a catalog or of Kubernetes"),
    ({"on", "jobs"}, "a workflow of a git host"),
    ({"stages", "script"}, "a file of a CI system"),
    ({"services", "volumes"}, "a file of Docker Compose"),
    ({"version", "services"}, "a file of Docker Compose"),
    ({"version", "models"}, "a schema of dbt"),
    ({"version", "sources"}, "a schema of dbt"),
    ({"openapi", "paths"}, "the description of an interface (OpenAPI)"),
    ({"swagger", "paths"}, "the description of an interface (Swagger)"),
    ({"site_name"}, "the settings of a MkDocs site"),
    ({"name", "dependencies"}, "the description of a software package"),
    ({"repos"}, "the settings of pre-commit"),
    ({"$schema", "properties"}, "a JSON Schema"),
)
"""Files of other programs that lie in repositories, by names that stand at their top."""

_EVERYWHERE = frozenset(
    {"id", "name", "kind", "status", "description", "owner", "tags", "version", "url", "date"}
)
"""Names of fields that many programs use."""


@dataclass(frozen=True)
class Foreign:
    """What stands where entries belong (`a web page`), and what to do about it, where that is not
    what is always done.
    """

    what: str
    fix: str = ""


def recognise(raw: bytes) -> Foreign | None:
    """What the bytes of a file are that are no YAML at all: a web page, a table, a document, a
    pointer of Git LFS. None for what may be YAML.
    """
    if raw.startswith(LFS):
        return Foreign("a pointer of Git LFS, not the file itself", PULL)
    for start, what in _STARTS:
        if raw.startswith(start):
            return Foreign(what)
    head = raw[:4000]
    if head.lstrip()[:1] == b"<" and b"<<<<<<<" not in head[:40]:
        if _WEB.match(head):
            return Foreign("a web page (HTML), perhaps one that asks to sign in")
        if _XML.match(head):
            return Foreign("a file in XML")
    if _FENCED.match(head):
        return Foreign("an answer with marks of code around it", "Take away the lines with ```.")
    return Foreign("a table") if _is_table(head) else None


def _is_table(head: bytes) -> bool:
    """Whether the first lines are rows with the same number of cells, and none has the form of YAML."""
    if b": " in head or b":\n" in head or b"\n- " in head or head[:2] in (b"- ", b"# "):
        return False
    lines = head.decode("utf-8", "replace").splitlines()[:-1][:_LINES]
    rows = [line for line in lines if line.strip()]
    if len(rows) < 2:
        return False
    return any(
        rows[0].count(sign) and len({row.count(sign) for row in rows if '"' not in row}) == 1
        for sign in _SEPARATORS
    )


def judge(value: Any, kind: Kind, kinds: Mapping[str, Kind]) -> Foreign | None:
    """What stands in place of the entries of a kind (a list of them), where hardly any field is one
    of that kind; None where they may be meant as such.
    """
    if isinstance(value, dict):
        tool = _name_tool(value)
        return Foreign(tool) if tool else _name_group(value, kind)
    items = (
        [item for item in islice(value, _SAMPLE) if item is not None]
        if isinstance(value, list)
        else []
    )
    groups = [item for item in items if isinstance(item, dict)]
    if not groups and len(items) > 1 and all(isinstance(item, str) for item in items):
        return Foreign("a list of texts")
    if not groups or not all(_is_strange(group, kind) for group in groups):
        return None
    return _name(groups, kind, kinds)


def _name_group(value: Mapping[str, Any], kind: Kind) -> Foreign | None:
    """A group of fields in place of a list, where neither they nor those in them are of the kind."""
    inner = [one for one in value.values() if isinstance(one, dict)]
    names = [*value, *(name for one in inner for name in one)]
    if len(names) < 2 or any(name in kind.fields or name == kind.key for name in names):
        return None
    if any(find_nearest(name, list(kind.fields)) for name in names) or any(
        isinstance(one, list) for one in value.values()
    ):
        return None
    shown = join_words([f'"{shorten(one, 30)}"' for one in list(value)[:_FEW]])
    return Foreign(f"something else: it has fields such as {shown}")


def judge_single(value: Any, kind: Kind, kinds: Mapping[str, Kind]) -> Foreign | None:
    """What stands in a file of its own in place of an entry of this kind; None where it may be meant
    as one.
    """
    if isinstance(value, str) and value.strip():
        return Foreign(f'a text ("{shorten(value.strip().splitlines()[0], 40)}")')
    return judge([value], kind, kinds) if isinstance(value, dict) else None


def find_kind(value: Any, kinds: Mapping[str, Kind]) -> str:
    """The kind whose entries stand in a list, or whose entry in a group of fields; empty where they
    are of none.
    """
    items = value if isinstance(value, list) else [value]
    groups = [item for item in islice(items, _SAMPLE) if isinstance(item, dict)]
    found = [kind.key for kind in _find_kinds(groups, kinds)]
    is_telling = bool(groups) and all(len(group) >= _FEW for group in groups)
    return found[0] if is_telling and len(found) == 1 else ""


def _is_strange(group: Mapping[str, Any], kind: Kind) -> bool:
    """Whether hardly any field of a group is one of this kind."""
    known = len(group.keys() & kind.fields.keys())
    if len(group) - known < 2:
        return False
    own = [name for name in group if name in kind.fields and name not in _EVERYWHERE]
    return known * 2 <= len(group) - known + 1 and len(own) <= 1


def _name(
    groups: Sequence[Mapping[str, Any]], kind: Kind, kinds: Mapping[str, Kind]
) -> Foreign | None:
    other = next(_find_kinds(groups, kinds), None)
    if other is not None and other.key != kind.key:
        plural = other.plural.lower()
        return Foreign(
            plural, f"Rename it to {other.key}.yaml, or move its entries to the {plural}."
        )
    names = list(dict.fromkeys(name for group in groups for name in group))
    tool = _name_tool(groups[0])
    if tool is None and (len(names) < _FEW or _are_slips(groups, kind)):
        return None
    shown = join_words([f'"{shorten(one, 30)}"' for one in names[:_FEW]])
    return Foreign(tool or f"something else: it has fields such as {shown}")


def _are_slips(groups: Sequence[Mapping[str, Any]], kind: Kind) -> bool:
    """Whether names that nobody knows may be meant as fields of this kind: half are near to such a
    field, or it is the entry of somebody who writes in another language.
    """
    if all("id" in group for group in groups) and len(groups) < _FEW:
        return True
    unknown = {name for group in groups for name in group if name not in kind.fields}
    near = [name for name in unknown if find_nearest(name, list(kind.fields)) is not None]
    return 2 * len(near) >= len(unknown)


def _find_kinds(groups: Sequence[Mapping[str, Any]], kinds: Mapping[str, Kind]) -> Iterator[Kind]:
    """The kinds of which each of these groups has an id and nothing but fields."""
    for kind in kinds.values():
        required = {name for name, field in kind.fields.items() if field.required}
        if all(group.keys() <= kind.fields.keys() and required <= group.keys() for group in groups):
            yield kind


def _name_tool(group: Mapping[str, Any]) -> str | None:
    return next((what for names, what in _TOOLS if names <= group.keys()), None)
