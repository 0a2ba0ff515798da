"""A submitted form becomes a field note: what somebody typed on the git host, as an entry of the
strategy.

The text comes from whoever may open an issue. It is quoted so that nothing in it can be anything
but text.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.editing.form_answers import FIELDS, read_answers
from generator.editing.subject import drop_comments, find_subject
from generator.model.strategy import Strategy

_LINK = re.compile(r"https?://[^\s<>\"'()\[\]\\]{1,500}")
_JOINERS = "\u200c\u200d"
"""Signs without width that some scripts and emoji need."""


@dataclass(frozen=True)
class Form:
    """A form as submitted: answers by field, its number, day and address where they are known."""

    answers: Mapping[str, str]
    number: int | None = None
    day: str = ""
    link: str = ""


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
        read_answers(str(body).replace("\r\n", "\n").replace("\r", "\n")),
        number if isinstance(number, int) else None,
        str(issue.get("created_at", ""))[:10],
        _find_link(issue),
    )


def make_note(form: Form, strategy: Strategy, today: date) -> Note:
    """The field note that a form asks for. Raises NoFormError where nothing was answered."""
    note = form.answers.get("note", "")
    if not note.strip():
        raise NoFormError(f'the form does not answer "{FIELDS["note"][0].capitalize()}?"')
    said_by = drop_comments(form.answers.get("said_by", ""))
    subject = find_subject(form.answers.get("about", ""), strategy)
    if subject.words:  # what leads to no entry is a part of what was said
        note = f"{note}\n\n{subject.words}"
    day = form.day if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", form.day) else today.isoformat()
    entry_id = f"form-{form.number}" if form.number is not None else _free_id(strategy, day)
    lines = [
        f"id: {entry_id}",
        f"date: {day}",
        f"said_by: {_quote(' '.join(said_by.split()) or 'The field')}",
        f"note: {_quote(_defuse(note))}",
        *([f"about: [{', '.join(map(str, subject.keys))}]"] if subject.keys else []),
        *([f"sources: [{_quote(form.link)}]"] if form.link else []),
        "status: open",
    ]
    return Note(entry_id, "\n".join(lines) + "\n", subject.missing)


def _find_link(issue: Mapping[str, Any]) -> str:
    """The address at which the issue is read."""
    named = (str(issue.get(name) or "") for name in ("html_url", "web_url", "url"))
    return next((link for link in named if _LINK.fullmatch(link)), "")


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
    return json.dumps("".join(map(_show, text)), ensure_ascii=False)


def _show(sign: str) -> str:
    """A sign as it is kept: every kind of blank and of line end stays one."""
    kind = unicodedata.category(sign)
    if kind in ("Zl", "Zp") or sign == "\x85":
        return "\n"
    is_unseen = kind in ("Cc", "Cf", "Cs") or ord(sign) & 0xFFFE == 0xFFFE
    return "" if is_unseen and sign not in f"\n\t{_JOINERS}" else sign
