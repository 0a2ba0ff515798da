"""A new entry to fill in: every required field, the others as comments with their description."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.vocabulary import Field, Kind

_LATER = ("status", "custom", "former_ids", "effective_from", "effective_until", "reviewed_on", "review_every")


def draft_entry(kind: Kind, entry_id: str, today: date) -> str:
    """The text of a file with one entry of a kind. It passes the check, and as a draft it is not yet published."""
    lines = [f"# {kind.title}: {kind.description}",
             "# Write over what stands in (round brackets). Take away the # before a field that you want to use.",
             f"id: {entry_id}"]  # fmt: skip
    if kind.fields["status"].labels.get("draft"):
        lines.append("status: draft                 # take this line away to publish the entry")
    for name, field in kind.fields.items():
        if name == "id" or not field.required:
            continue
        lines += _describe(field)
        lines += _example(field, today, "")
    lines.append("")
    for name, field in kind.fields.items():
        if name != "id" and not field.required and name not in _LATER:
            lines.append(f"# {name}: {_hint(field)}")
    return "\n".join(lines) + "\n"


def _describe(field: Field) -> Iterator[str]:
    yield ""
    yield f"# {field.description}"
    if field.labels:
        yield f"# One of: {', '.join(field.labels)}"


def _example(field: Field, today: date, indent: str) -> Iterator[str]:
    """The lines of a required field, with values that pass."""
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
    else:
        yield f"{indent}{field.name}: {_value(field, today)}"


def _value(field: Field, today: date, title: str = "") -> str:
    if field.labels:
        return next(iter(field.labels))
    if field.type in ("date", "day_or_month"):
        return today.isoformat()
    if field.type in ("integer", "number"):
        return "1"
    if field.form.startswith("a web address"):
        return "https://example.com/"
    return f"({title or field.title})"


def _hint(field: Field) -> str:
    what = f" ({', '.join(field.labels)})" if field.labels else ""
    if field.type == "list" and field.item and field.item.labels:
        what = f" ({', '.join(field.item.labels)})"
    return f"{field.description}{what}"
