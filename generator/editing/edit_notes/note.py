"""What an edit note is, and where one is found: in a file of its own, in a mail, in an issue."""

from __future__ import annotations

import email
import email.policy
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from generator.model.entry import Key
from generator.problems.phrases import shorten
from generator.schema.validator import find_fault

HEADER = "header"
"""What a note calls the entry that it changes where that is the header of the strategy."""
_MAX_BYTES = 1_000_000
_BLOCK = re.compile(
    r"^ {0,3}(`{3,}|~{3,})[^\n`]*\n(.*?)^ {0,3}\1[`~]*[ \t]*$", re.MULTILINE | re.DOTALL
)
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_MAIL = re.compile(rb"\A(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2}")
_MOST_DEEP = 20


class NoNoteError(ValueError):
    """A file holds no note that can be applied. The text is one line for the terminal."""


@dataclass(frozen=True)
class FieldChange:
    """One field changes `before` to `after` (None: there is no value), or a list gets and loses items.

    `path` leads to the value within its entry: `price.amount`, `steps[2].say`.
    """

    path: str
    before: Any = None
    after: Any = None
    added: tuple[Any, ...] = ()
    removed: tuple[Any, ...] = ()
    is_by_item: bool = False


@dataclass(frozen=True)
class EditNote:
    """What is proposed for one entry, or for the header (`key` None), by whom and why. `base` is what
    the proposer had before him: a commit, a version, an edition.
    """

    key: Key | None
    is_new: bool
    changes: tuple[FieldChange, ...]
    why: str = ""
    by: str = ""
    base: Mapping[str, str] | None = None


def read_notes(raw: bytes) -> tuple[EditNote, ...]:
    """The notes in a file: JSON as the form writes it (one note or a list of them), or a text, a mail,
    or the event of an issue that holds it between fences. Raises NoNoteError.
    """
    if len(raw) > _MAX_BYTES:
        raise NoNoteError(f"the file is too large for a note ({len(raw) / 1e6:.1f} MB)")
    text = _read_text(raw)
    data = _read_json(text)
    if isinstance(data, dict) and "changes" not in data:
        data = _find_in_event(data)
    if data is None:
        data = list(_find_blocks(text))
    notes = data if isinstance(data, list) else [data]
    if not notes:
        raise NoNoteError("it holds no edit note: a block of JSON with an entry and its changes")
    return tuple(map(_make_note, notes))


def _read_text(raw: bytes) -> str:
    if _MAIL.match(raw):
        body = email.message_from_bytes(raw, policy=email.policy.default).get_body(
            ("plain", "html")
        )
        if body is not None and body.get_content_type() == "text/plain":
            return str(body.get_content()).replace("\r\n", "\n")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise NoNoteError("it is not written in UTF-8") from error


def _read_json(text: str) -> Any:
    """What a text says as JSON; None where it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _find_in_event(event: Mapping[str, Any]) -> Any:
    """The notes in the text of the issue that an event of the git host is about."""
    issue = event.get("issue") or event.get("object_attributes") or event
    body = (issue.get("body") or issue.get("description")) if isinstance(issue, dict) else None
    return list(_find_blocks(str(body or "").replace("\r\n", "\n").replace("\r", "\n")))


def _find_blocks(text: str) -> Iterator[Any]:
    for block in _BLOCK.finditer(text):
        data = _read_json(_STRING.sub(_join_lines, block[2]))
        if isinstance(data, dict) and "changes" in data:
            yield data


def _join_lines(string: re.Match[str]) -> str:
    """A text of JSON on one line again: a line end in it is never its own, a mail program has put it in
    the place of a blank.
    """
    return re.sub(r" *\n", " ", string[0])


def _make_note(data: Any) -> EditNote:
    if _depth(data) > _MOST_DEEP:
        raise NoNoteError("the note has too many lists and groups in each other")
    fault = find_fault(_schema(), data)
    if fault is not None:
        raise NoNoteError(f"the note has not the form of one ({shorten(fault, 160)})")
    return EditNote(
        _read_key(data["entry"]),
        bool(data.get("new")),
        tuple(map(_make_change, data["changes"])),
        " ".join(str(data.get("why", "")).split()),
        " ".join(str(data.get("by", "")).split()),
        data.get("base"),
    )


def _read_key(written: str) -> Key | None:
    if written == HEADER:
        return None
    kind, slash, name = written.partition("/")
    if not (slash and kind and name):
        raise NoNoteError(
            f'"{shorten(written)}" names no entry; it is written as objections/too-expensive'
        )
    return Key(kind, name)


def _make_change(data: Mapping[str, Any]) -> FieldChange:
    added, removed = tuple(data.get("add", ())), tuple(data.get("remove", ()))
    return FieldChange(
        data["field"], data.get("from"), data.get("to"), added, removed, "to" not in data
    )


def _depth(value: Any) -> int:
    """How many lists and groups lie in each other; counted no further than is allowed."""
    depth, layer = 0, [value]
    while layer and depth <= _MOST_DEEP:
        inner: list[Any] = []
        for one in layer:
            inner += one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        depth, layer = depth + 1, inner
    return depth


@cache
def _schema() -> dict[str, Any]:
    text = (
        files("generator.editing.edit_notes").joinpath("edit_note.schema.json").read_text("utf-8")
    )
    found: dict[str, Any] = json.loads(text)
    return found
