"""Write the pages of docs/ that come from the schema and the rules. A test holds them equal to
their sources.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from generator.changes.grading import usual_grade
from generator.commands.rules import ALL_RULES
from generator.schema.vocabulary import Field, Kind, Vocabulary, standard_vocabulary
from generator.syntax.lines import quote_scalar

DOCS = Path(__file__).parent.parent / "docs"


def write_fields(vocabulary: Vocabulary) -> str:
    """The page of every field."""
    common = _list_common(vocabulary)
    lines = [
        "# Every field",
        "",
        "Made from the schema by `make docs`. A field marked * must be there. The examples are those of Voltway, an invented company that",
        "charges the vans of carriers in their depots; an editor shows them beside the field.",
        "",
        "## What every entry may have",
        "",
        "These fields are the same in every kind, and stand in none of the tables below but where a kind has them in other words.",
        "",
        *_HEAD,
        *_rows(common.values(), ""),
        "",
    ]
    lines += _describe(vocabulary.header, "strategy", "The header at the top of `strategy.yaml`.")
    for key, kind in vocabulary.kinds.items():
        where = f"A list under `{key}:` in `strategy.yaml`, or `strategy/{key}.yaml`, or a file each in `strategy/{key}/`."
        lines += _describe(kind, key, where, common)
    return "\n".join(lines) + "\n"


def _list_common(vocabulary: Vocabulary) -> dict[str, Field]:
    """The fields that all kinds have, nearly all in the same words: for each, those words."""
    kinds = list(vocabulary.kinds.values())
    found = {}
    for name in kinds[0].fields:
        if all(name in kind.fields for kind in kinds):
            rows = Counter(_row(kind.fields[name], "") for kind in kinds)
            usual, count = rows.most_common(1)[0]
            if count > len(kinds) - _FEW or name == "custom":
                found[name] = next(
                    kind.fields[name] for kind in kinds if _row(kind.fields[name], "") == usual
                )
    return found


_FEW = 4
"""Where so many kinds have a field in other words, it is not the same field."""
_MANY = 12
"""From so many fields of one form on, a group is told in one row."""
_HEAD = ("| field | what it is | form | example |", "| --- | --- | --- | --- |")


def _describe(
    kind: Kind, key: str, where: str, common: Mapping[str, Field] = MappingProxyType({})
) -> Iterator[str]:
    yield from (f"## {kind.plural} (`{key}`)", "", f"{kind.description} {where}", "", *_HEAD)
    own = [
        field
        for name, field in kind.fields.items()
        if name not in common or (name != "custom" and _row(field, "") != _row(common[name], ""))
    ]
    yield from _rows(own, "")
    yield ""


def _rows(fields: Iterable[Field], prefix: str) -> Iterator[str]:
    for field in fields:
        yield _row(field, prefix)
        inner = field.item if field.type == "list" and field.item else field
        if inner.type == "object" and field.name != "custom":
            path, below = f"{prefix}{field.name}.", list(inner.fields.values())
            forms = {one.type for one in below}
            if len(below) < _MANY or len(forms) > 1:
                yield from _rows(below, path)
            else:
                yield _row_of_many(below, path)


def _row(field: Field, prefix: str) -> str:
    star = " *" if field.required else ""
    inner = field.item if field.type == "list" and field.item else field
    shown = "" if inner.type == "object" else _show(field.example)
    return f"| `{prefix}{field.name}`{star} | {_cell(field.description)} | {_cell(_form(field))} | {_cell(shown)} |"


def _row_of_many(fields: Sequence[Field], prefix: str) -> str:
    """Many fields that differ by their names alone, such as one for each kind."""
    names = ", ".join(f"`{field.name}`" for field in fields)
    first = fields[0]
    shown = f"`{first.name}: {_write(first.example)}`"
    return f"| `{prefix}…` | One each: {names}. | {_cell(_form(first))} | {_cell(shown)} |"


def _show(example: Any) -> str:
    return "" if example is None else f"`{_write(example)}`"


def _write(value: Any, in_list: bool = False) -> str:
    """A value as YAML on one line."""
    if isinstance(value, list):
        return f"[{', '.join(_write(one, in_list=True) for one in value)}]"
    if not isinstance(value, str):
        return json.dumps(value)
    is_plain = re.fullmatch(r"[0-9]{4}(-[0-9]{2}){1,2}|(?![0-9.]+$)\w[^:#\[\]{}]*", value)
    return value if is_plain and not (in_list and "," in value) else quote_scalar(value)


def _form(field: Field) -> str:
    if field.type == "list" and field.item is not None:
        order = "in any order" if field.is_set else "in this order"
        return f"list, {order}: {_form(field.item)}"
    if field.labels:
        return ", ".join(field.labels)
    if field.type == "reference":
        return "id under " + (
            " or ".join(field.refers_to)
            if len(field.refers_to) < 4
            else "any kind, written kind/id"
        )
    if field.type == "object":
        return "fields of its own"
    return field.form or {"integer": "a whole number", "number": "a number"}.get(field.type, "text")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def write_rules() -> str:
    """The page of every rule."""
    lines = [
        "# Every rule",
        "",
        "The word in brackets behind a problem is the rule it breaks. Made by `make docs`;",
        "`playbook explain RULE` says the same in the terminal. Rules of form come first, then the checks of meaning, family by family;",
        "the author's guide says how to tune and waive those.",
        "",
    ]
    for rule in ALL_RULES.values():
        lines += [
            f"## {rule.id}",
            "",
            f"{rule.says} {rule.why}",
            "",
            *([rule.note, ""] if rule.note else []),
        ]
        for title, example in (("Bad", rule.bad), ("Good", rule.good)):
            if example:
                shown = "".join(
                    one if one.isprintable() or one == "\n" else f"<U+{ord(one):04X}>"
                    for one in example
                )
                lines += [f"{title}, in `{rule.file}`:", "", "```yaml", shown.rstrip(), "```", ""]
    return "\n".join(lines).rstrip() + "\n"


def write_grades(vocabulary: Vocabulary) -> str:
    """The page of what a change of each field weighs."""
    lines = [
        "# What a change weighs",
        "",
        "Made from the schema by `make docs`; [For reviewers](reviewing.md) says what the grades mean. A text without a mark of",
        "its own is *minor* where it comes, goes or is written anew, *material* where a figure in it differs, and else *wording*.",
        "What is still a draft is never material.",
        "",
        "| kind | it comes or goes | material | minor | by its words |",
        "| --- | --- | --- | --- | --- |",
        _grade_row("strategy", vocabulary.header, is_header=True),
    ]
    lines += [_grade_row(key, kind) for key, kind in vocabulary.kinds.items()]
    return "\n".join(lines) + "\n"


def _grade_row(key: str, kind: Kind, is_header: bool = False) -> str:
    by_grade: dict[str, list[str]] = {"material": [], "minor": [], "": []}
    for field in kind.fields.values():
        if field.name != "id":
            grade = usual_grade(kind, field, is_header)
            by_grade[str(grade or "")].append(f"`{field.name}`")
    comes = "" if is_header else (kind.grade or "material")
    fields = " | ".join(", ".join(names) for names in by_grade.values())
    return f"| `{key}` | {comes} | {fields} |"


PAGES = {
    "fields.md": lambda: write_fields(standard_vocabulary()),
    "grades.md": lambda: write_grades(standard_vocabulary()),
    "rules.md": write_rules,
}


if __name__ == "__main__":
    for name, write in PAGES.items():
        (DOCS / name).write_text(write(), encoding="utf-8")
