"""Write the pages of docs/ that come from the schema and the rules. A test holds them equal to
their sources.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.changes.grading import usual_grade
from generator.commands.rules import ALL_RULES
from generator.schema.vocabulary import Field, Kind, Vocabulary, standard_vocabulary

DOCS = Path(__file__).parent.parent / "docs"


def write_fields(vocabulary: Vocabulary) -> str:
    """The page of every field."""
    lines = [
        "# Every field",
        "",
        "Made from the schema by `make docs`. A field marked * must be there.",
        "",
        *_describe_common(vocabulary),
    ]
    lines += _describe(vocabulary.header, "strategy", "The header at the top of `strategy.yaml`.")
    for key, kind in vocabulary.kinds.items():
        where = f"A list under `{key}:` in `strategy.yaml`, or `strategy/{key}.yaml`, or a file each in `strategy/{key}/`."
        lines += _describe(kind, key, where, frozenset(_list_common(vocabulary)))
    return "\n".join(lines) + "\n"


def _describe_common(vocabulary: Vocabulary) -> Iterator[str]:
    """The fields that every entry may have, once."""
    kinds = list(vocabulary.kinds.values())
    yield from (
        "## What every entry may have",
        "",
        "These fields are the same in every kind, and stand in none of the tables below.",
        "",
        *_HEAD,
    )
    yield from _rows([kinds[0].fields[name] for name in _list_common(vocabulary)], "")
    yield ""


def _list_common(vocabulary: Vocabulary) -> list[str]:
    """The names of the fields that every kind has in the same words."""
    first, *others = vocabulary.kinds.values()
    return [
        name
        for name, field in first.fields.items()
        if field.type != "object"
        and all(
            name in other.fields and _row(other.fields[name], "") == _row(field, "")
            for other in others
        )
    ]


_HEAD = ("| field | what it is | form |", "| --- | --- | --- |")


def _describe(
    kind: Kind, key: str, where: str, common: frozenset[str] = frozenset()
) -> Iterator[str]:
    yield from (f"## {kind.plural} (`{key}`)", "", f"{kind.description} {where}", "", *_HEAD)
    yield from _rows([field for name, field in kind.fields.items() if name not in common], "")
    yield ""


def _rows(fields: object, prefix: str) -> Iterator[str]:
    for field in fields:  # type: ignore[attr-defined]
        yield _row(field, prefix)
        inner = field.item if field.type == "list" and field.item else field
        if inner.type == "object":
            yield from _rows(inner.fields.values(), f"{prefix}{field.name}.")


def _row(field: Field, prefix: str) -> str:
    star = " *" if field.required else ""
    return f"| `{prefix}{field.name}`{star} | {_cell(field.description)} | {_cell(_form(field))} |"


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
