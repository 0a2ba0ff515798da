"""Who says to have read what: from exported issues or a mailbox, and who should, from a roster.

All of it comes from outside: anybody may open an issue, and a mail can carry any sender. So a receipt
says who is named as its author, and proves nothing.
"""

from __future__ import annotations

import csv
import io
import json
import mailbox
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from email.message import Message
from email.utils import parseaddr
from html import unescape
from pathlib import Path
from typing import Any

from generator.pages.acknowledgement import RECEIPT

_RECEIPT = re.compile(rf"^{RECEIPT}: announcements/([a-z0-9-]{{1,80}}) ([0-9a-f]{{12}})\s*$", re.M)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_MOST_BYTES = 200_000_000
_HEADS = {
    "name": ("name",),
    "account": ("account", "user", "username", "login"),
    "mail": ("mail", "email", "e-mail", "address"),
    "role": ("role",),
}
_AUTHORS = (("author", "login"), ("user", "login"), ("author", "username"))
"""Where gh, GitHub's and GitLab's interfaces name who opened an issue."""
_BODIES = ("body", "description")


class ReceiptError(ValueError):
    """A file that cannot be read. The text is one line for the terminal."""


@dataclass(frozen=True)
class Receipt:
    """That somebody, by account or mail address, says to have read an announcement."""

    sender: str
    announcement: str
    mark: str


@dataclass(frozen=True)
class Person:
    """Somebody who should read: by which accounts and addresses, in which role."""

    name: str
    role: str
    senders: frozenset[str] = field(default_factory=frozenset)


def read_receipts(file: Path) -> list[Receipt]:
    """The receipts in a file of exported issues (JSON) or a mailbox (mbox, or one mail).
    Raises ReceiptError.
    """
    raw = _read(file)
    head = raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:5]
    if head[:1] in (b"[", b"{"):
        messages = _list_issues(raw, file)
    elif head == b"From " or re.match(rb"[A-Za-z-]+:", raw):
        messages = _list_mails(file, is_box=head == b"From ")
    else:
        raise ReceiptError(f"{file} is neither issues in JSON nor a mailbox (mbox, eml)")
    return [
        Receipt(sender, name, mark)
        for sender, text in messages
        for name, mark in _RECEIPT.findall(text.replace("\r\n", "\n"))
        if sender
    ]


def read_roster(file: Path) -> list[Person]:
    """The people of a roster: a table (CSV) whose first row says name, role, and account or mail.
    Raises ReceiptError.
    """
    try:
        text = _read(file).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ReceiptError(f"{file} is not written in UTF-8; save it as CSV UTF-8") from None
    first = text.partition("\n")[0]
    sign = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=sign, strict=True))
    except csv.Error as error:
        raise ReceiptError(f"{file} is no sound table: {error}") from None
    heads = [head.strip().casefold() for head in rows[0]] if rows else []
    columns = {
        name: [at for at, head in enumerate(heads) if head in names]
        for name, names in _HEADS.items()
    }
    if not columns["name"] or not (columns["account"] or columns["mail"]):
        raise ReceiptError(f"the first row of {file} must say name, role, and account or mail")
    return [_make_person(row, columns) for row in rows[1:] if any(cell.strip() for cell in row)]


def _make_person(row: list[str], columns: Mapping[str, list[int]]) -> Person:
    cells = {
        name: [row[at].strip() for at in places if at < len(row) and row[at].strip()]
        for name, places in columns.items()
    }
    senders = frozenset(_fold(one) for one in (*cells["account"], *cells["mail"]))
    name = next(iter(cells["name"]), "") or ", ".join(sorted(senders))
    return Person(name, next(iter(cells["role"]), ""), senders)


def _fold(sender: str) -> str:
    """Accounts and addresses are the same in any case, with and without an @ before."""
    return sender.strip().lstrip("@").casefold()


def _read(file: Path) -> bytes:
    if file.stat().st_size > _MOST_BYTES:
        raise ReceiptError(
            f"{file} is larger than {_MOST_BYTES // 1_000_000} MB; export less of it"
        )
    return file.read_bytes()


def _list_issues(raw: bytes, file: Path) -> Iterator[tuple[str, str]]:
    """Who opened each issue, and its text."""
    try:
        found = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise ReceiptError(f"{file} looks like JSON, but is not sound") from None
    issues: Iterable[Any] = found if isinstance(found, list) else [found]
    for issue in issues:
        if isinstance(issue, dict):
            names = (_step(issue, path) for path in _AUTHORS)
            texts = (issue.get(name) for name in _BODIES)
            sender = next((one for one in names if isinstance(one, str)), "")
            yield _fold(sender), next((one for one in texts if isinstance(one, str)), "")


def _step(value: Any, path: Iterable[str]) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _list_mails(file: Path, *, is_box: bool) -> Iterator[tuple[str, str]]:
    """Who each mail names as its sender, and its text."""
    one = [] if is_box else [mailbox.mboxMessage(file.read_bytes())]
    box: Iterable[Message] = mailbox.mbox(file, create=False) if is_box else one
    for mail in box:
        yield _fold(parseaddr(str(mail.get("From", "")))[1]), "\n".join(_list_texts(mail))


def _list_texts(mail: Message) -> Iterator[str]:
    """The plain texts of a mail, or where there are none, what its HTML says."""
    parts = [part for part in mail.walk() if not part.is_multipart()]
    for kind in ("text/plain", "text/html"):
        texts = [_decode(part) for part in parts if part.get_content_type() == kind]
        if texts:
            yield from texts if kind == "text/plain" else (_strip(text) for text in texts)
            return


def _decode(part: Message) -> str:
    raw = part.get_payload(decode=True)
    content = raw if isinstance(raw, bytes) else b""
    try:
        return content.decode(part.get_content_charset() or "utf-8", errors="replace")
    except LookupError:  # a character set that nobody knows
        return content.decode("utf-8", errors="replace")


def _strip(html: str) -> str:
    return unescape(_TAG.sub("\n", html)).replace("\xa0", " ")
