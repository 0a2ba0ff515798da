"""A new entry to fill in: every required field, the others as comments that can be used as they
stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.editing.value_text import write_inline
from generator.model.insights.freshness import NEVER_REVIEWED
from generator.schema.migrations import FORMAT
from generator.schema.vocabulary import Field, Kind

_LATER = ("status", "custom")


def draft_entry(
    kind: Kind,
    entry_id: str,
    today: date,
    narrowest: str,
    written_format: int = FORMAT,
    title: str = "",
) -> str:
    """The text of a file with one entry of a kind. It passes the check, and as a draft it is not
    yet published. Its `title` is filled in where it is known; `today` is the day of its review.

    A kind that knows no drafts is for the audience `narrowest` at first. Fields that came after
    `written_format` are left out.
    """
    lines = [
        f"# {kind.title}: {kind.description}",
        "# Write over what stands in (round brackets). To use one of the fields below, take away the # before its lines.",
        f"id: {_write_id(entry_id)}",
    ]
    if kind.fields["status"].labels.get("draft"):
        lines += ["# Take this line away to publish the entry:", "status: draft"]
    else:
        lines += [
            "# Take this line away to show the entry to all who sell here:",
            f"audience: {narrowest}",
        ]
    required = [field for name, field in kind.written.items() if field.required and name != "id"]
    optional = [
        field
        for name, field in kind.written.items()
        if not field.required and name not in _LATER and field.since <= written_format
    ]
    for field in required:
        example = _example(field, today, "")
        if title and field.name == kind.title_field:
            example = iter([f"{field.name}: {write_inline(title, field)}"])
        lines += ["", *_describe(field), *example]
    for field in optional:
        is_review = field.name == "reviewed_on" and kind.key not in NEVER_REVIEWED
        example = _example(field, today, "")
        lines += ["", *_describe(field), *(line if is_review else f"# {line}" for line in example)]
    return "\n".join(lines) + "\n"


def _write_id(entry_id: str) -> str:
    return '"null"' if entry_id == "null" else entry_id  # which YAML would take for nothing at all


def _describe(field: Field) -> Iterator[str]:
    yield f"# {field.title}: {field.description}"
    labels = field.labels or (field.item.labels if field.item else {})
    if labels:
        yield f"# One of: {', '.join(labels)}"


def _example(field: Field, today: date, indent: str) -> Iterator[str]:
    """The lines of a field, with values that have the right form."""
    if field.type == "list" and field.item is not None:
        yield f"{indent}{field.name}:"
        if field.item.type == "object":
            inner = [
                line
                for one in field.item.fields.values()
                if one.required
                for line in _example(one, today, f"{indent}    ")
            ]
            yield f"{indent}  - {inner[0].strip()}"
            yield from inner[1:]
        else:
            yield f"{indent}  - {_value(field.item, today, field.title)}"
    elif field.type == "object":
        yield f"{indent}{field.name}:"
        for one in field.fields.values():
            yield from _example(one, today, f"{indent}  ")
    else:
        yield f"{indent}{field.name}: {_value(field, today, field.title)}"


def _value(field: Field, today: date, title: str) -> str:
    if field.labels:
        return next(iter(field.labels))
    if field.type in ("date", "day_or_month"):
        return today.isoformat()
    if field.type in ("integer", "number"):
        return "1"
    if field.type == "interval":
        return "90d"
    if field.type == "reference":
        return "markets/some-id" if field.names_kind else "some-id"
    if "web address" in field.form or "https" in field.form:
        return "https://example.com/"
    if "email" in field.form:
        return "name@example.com"
    if field.type == "text":
        return "internal" if field.name == "audience" else "some-id"
    return f"({title})"
