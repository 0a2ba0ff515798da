"""A submitted form becomes a field note: what somebody typed on the git host, as an entry of the
strategy.

The text comes from whoever may open an issue. It is quoted so that nothing in it can be anything
but text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.model.builder import parse_key
from generator.model.strategy import Strategy

FIELDS = {
    "said_by": ("who says it", "said by"),
    "note": ("what did you see or hear", "note"),
    "about": ("what is it about", "about"),
}
"""The questions of the form, by the field that the answer goes to."""

_LONGEST = 5000
_NOTHING = ("", "_no response_", "none", "n/a")


@dataclass(frozen=True)
class Form:
    """A form as submitted: answers by question (in small letters), its number and day where they
    are known.
    """

    answers: Mapping[str, str]
    title: str = ""
    number: int | None = None
    day: str = ""


@dataclass(frozen=True)
class Note:
    """A field note to be written: its id, its text in YAML, and the references that lead nowhere
    and were left out.
    """

    id: str
    text: str
    left_out: tuple[str, ...]


class NoFormError(ValueError):
    """The file is no form that can become a field note. The text is one line for the terminal."""


def read_form(raw: bytes) -> Form:
    """A form from the body of an issue, or from the file in which GitHub or GitLab describe the
    event.
    """
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise NoFormError("the form is not written in UTF-8") from error
    issue: Mapping[str, Any] = {"body": text}
    if text.lstrip().startswith("{"):
        try:
            event = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise NoFormError("the form looks like an event, but is not sound JSON") from error
        found = (
            event.get("issue") or event.get("object_attributes") or event
            if isinstance(event, dict)
            else {}
        )
        issue = found if isinstance(found, dict) else {}
    body = issue.get("body") or issue.get("description") or ""
    number = issue.get("number", issue.get("iid"))
    return Form(
        _read_answers(str(body).replace("\r\n", "\n")),
        str(issue.get("title", "")),
        number if isinstance(number, int) else None,
        str(issue.get("created_at", ""))[:10],
    )


def make_note(form: Form, strategy: Strategy, today: date) -> Note:
    """The field note that a form asks for. Raises NoFormError where nothing was answered."""
    said_by, note = _answer(form, "said_by"), _answer(form, "note")[:_LONGEST].strip()
    if not note:
        raise NoFormError(f'the form does not answer "{FIELDS["note"][0].capitalize()}?"')
    wanted = re.findall(r"[a-z_]+/[a-z0-9-]+", _answer(form, "about"))
    known = [
        one for one in dict.fromkeys(wanted) if (key := parse_key(one, ())) and strategy.find(key)
    ]
    day = form.day if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", form.day) else today.isoformat()
    entry_id = f"form-{form.number}" if form.number is not None else _free_id(strategy, day)
    lines = [
        f"id: {entry_id}",
        f"date: {day}",
        f"said_by: {_quote(' '.join(said_by.split())[:200] or 'The field')}",
        f"note: {_quote(_defuse(note))}",
        *([f"about: [{', '.join(known)}]"] if known else []),
        "status: open",
    ]
    return Note(
        entry_id,
        "\n".join(lines) + "\n",
        tuple(one for one in dict.fromkeys(wanted) if one not in known),
    )


def _read_answers(body: str) -> dict[str, str]:
    """The answers of a form that the git host wrote as headings and the text below each."""
    parts = re.split(r"^#{2,4} +(.+?) *$", body, flags=re.MULTILINE)
    return {
        _question(question): "" if answer.strip().casefold() in _NOTHING else answer.strip()
        for question, answer in zip(parts[1::2], parts[2::2], strict=True)
    }


def _question(text: str) -> str:
    return text.casefold().strip(" ?:*")


def _answer(form: Form, field: str) -> str:
    return next(
        (form.answers[question] for question in FIELDS[field] if form.answers.get(question)), ""
    )


def _free_id(strategy: Strategy, day: str) -> str:
    taken = strategy.entries.get("field_notes", {})
    number = next(
        number for number in range(1, len(taken) + 2) if f"note-{day}-{number}" not in taken
    )
    return f"note-{day}-{number}"


def _defuse(text: str) -> str:
    """Text from outside makes no links to entries, and no reference that could be broken."""
    return re.sub(r"entry:(?=\S)", "entry: ", text, flags=re.IGNORECASE)


def _quote(text: str) -> str:
    """Text in double quotes, as YAML and JSON write it; signs that cannot be seen are left out."""
    clean = "".join(sign for sign in text if sign.isprintable() or sign in "\n\t")
    return json.dumps(clean, ensure_ascii=False)
