"""A plain value as YAML, in the manner of the file that it is written into."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from generator.schema.vocabulary import Field
from generator.syntax.encoding import compose
from generator.syntax.layout import Layout, iterate_nodes

_WIDTH = 100
_LONG = 90
"""A text longer than this is folded where it gets a line of its own."""
_TEXTS = ("plain", "prose", "text")
_OTHER_TYPE = re.compile(
    r"(?i:~|null|true|false|yes|no|on|off)|<<|="
    r"|[-+]?(?:\.?[0-9][0-9_,.]*(?:[eE][-+]?[0-9]+)?|0x[0-9a-fA-F_]+|0o[0-7_]+|\.(?i:inf|nan))"
    r"|[0-9]{1,4}(?::[0-5]?[0-9])+(?:\.[0-9]*)?|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \t].*)?|\.(?i:nan)"
)
"""Texts that some reader of YAML takes for something else: a number, a date, yes or no, nothing."""
_NOTHING = re.compile(r"~|null|")
_UNSAFE_START = re.compile(r"[\[\]{},#&*!|>'\"%@`]|[-?:](?:\s|\Z)|---|\.\.\.|[\s\u00a0\ufeff]")
_UNSAFE_INSIDE = re.compile(r":(?:\s|\Z)|\s#|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]|\s\Z")
_UNSAFE_IN_FLOW = re.compile(r"[\[\]{},]|:\Z|\A[-?:]")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


@dataclass(frozen=True)
class Manner:
    """How the author of a file lays it out: by how much the fields of a group are indented, and the
    dashes of a list; whether short lists stand in brackets; its line end.
    """

    step: int = 2
    dash: int = 2
    is_inline: bool = False
    line_break: str = "\n"


def read_manner(layout: Layout) -> Manner:
    """What most values of a file show of its author's manner."""
    steps, dashes, inline = Counter[int](), Counter[int](), Counter[bool]()
    for node in iterate_nodes(layout.root):
        if node.form == "list" and all(one.form == "text" for one in node.inner.values()):
            inline[node.style == "flow"] += 1
        if node.form != "group" or node.style != "block":
            continue
        for key, inner in node.inner.items():
            if inner.style == "block" and inner.form != "text" and inner.inner:
                depth = layout.column(inner.start) - layout.column(node.keys[key][0])
                (steps if inner.form == "group" else dashes)[depth] += 1
    return Manner(
        step=next((depth for depth, _ in steps.most_common(1) if 0 < depth <= 8), 2),
        dash=next((depth for depth, _ in dashes.most_common(1) if 0 <= depth <= 8), 2),
        is_inline=inline[True] > inline[False],
        line_break=layout.line_break,
    )


def spell(value: Any) -> Any:
    """A value as the reader of YAML gives it back: groups, lists, and all else as text, its letters
    composed.
    """
    if isinstance(value, Mapping):
        return {str(key): spell(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [spell(inner) for inner in value]
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else compose(str(value))


def write_inline(value: Any, field: Field | None = None, *, in_flow: bool = False) -> str:
    """A value on one line. `field` is what the schema says of it; of one that nobody has described
    a text stays a text.
    """
    if isinstance(value, Mapping):
        inner = (
            f"{write_inline(name, in_flow=True)}: {write_inline(one, _field_of(field, name), in_flow=True)}"
            for name, one in value.items()
        )
        return f"{{{', '.join(inner)}}}"
    if isinstance(value, list | tuple):
        item = field.item if field is not None else None
        return f"[{', '.join(write_inline(one, item, in_flow=True) for one in value)}]"
    text = spell(value)
    if text is None:
        return "null"
    is_text = isinstance(value, str) and (field is None or field.type in _TEXTS)
    return text if is_plain(text, is_text=is_text, in_flow=in_flow) else quote(text)


def is_plain(text: str, *, is_text: bool, in_flow: bool) -> bool:
    """Whether a text may be written without quotes."""
    if _NOTHING.fullmatch(text) or (is_text and _OTHER_TYPE.fullmatch(text)):
        return False
    if _UNSAFE_START.match(text) or _UNSAFE_INSIDE.search(text):
        return False
    return not (in_flow and _UNSAFE_IN_FLOW.search(text))


def quote(text: str) -> str:
    """A text in double quotes."""
    return f'"{escape(text)}"'


def escape(text: str) -> str:
    """A text as it stands between double quotes; line ends as codes."""
    return "".join(
        _ESCAPES.get(sign)
        or (f"\\x{ord(sign):02x}" if ord(sign) < 32 or ord(sign) == 127 else sign)
        for sign in text
    )


def write_field(
    name: str, value: Any, field: Field | None, indent: int, manner: Manner
) -> list[str]:
    """The lines of a field. The first is not indented, the others are: it stands at `indent`."""
    return _write_behind(f"{write_inline(name)}:", value, field, indent, manner)


def write_item(value: Any, field: Field | None, indent: int, gap: int, manner: Manner) -> list[str]:
    """The lines of an item of a list whose dash stands at `indent`, with `gap` spaces behind it."""
    dash = f"-{' ' * gap}"
    if isinstance(value, Mapping) and value:
        lines: list[str] = []
        inner = indent + len(dash)
        for name, one in value.items():
            first, *rest = write_field(name, one, _field_of(field, name), inner, manner)
            lines += [f"{' ' * inner if lines else dash}{first}", *rest]
        return lines
    return _write_behind("-", value, field, indent, manner, gap=gap)


def _write_behind(
    head: str, value: Any, field: Field | None, indent: int, manner: Manner, gap: int = 1
) -> list[str]:
    """A value behind a name or a dash."""
    if isinstance(value, Mapping) and value:
        inner, lines = indent + manner.step, [head]
        for name, one in value.items():
            first, *rest = write_field(name, one, _field_of(field, name), inner, manner)
            lines += [f"{' ' * inner}{first}", *rest]
        return lines
    if isinstance(value, list | tuple) and value and not _fits_inline(value, field, manner):
        inner, lines = indent + (manner.step if head == "-" else manner.dash), [head]
        for one in value:
            first, *rest = write_item(one, field.item if field else None, inner, 1, manner)
            lines += [f"{' ' * inner}{first}", *rest]
        return lines
    text = value if isinstance(value, str) else ""
    block = write_block(text, indent + manner.step, folded=len(text) > _LONG and "\n" not in text)
    if block and ("\n" in text.strip("\n") or len(text) > _LONG):
        return [f"{head}{' ' * gap}{block[0]}", *block[1:]]
    return [f"{head}{' ' * gap}{write_inline(value, field)}"]


def _fits_inline(value: Sequence[Any], field: Field | None, manner: Manner) -> bool:
    """Whether a list may stand in brackets: where its author writes such lists so, and it is short."""
    if not manner.is_inline or any(isinstance(one, Mapping | list | tuple) for one in value):
        return False
    return len(write_inline(value, field)) <= _LONG


def write_block(text: str, indent: int, *, folded: bool) -> list[str] | None:
    """A text under `>-` or `|`; None where it cannot stand there."""
    body = text.rstrip("\n")
    if not body or body[0].isspace() or re.search(r"[\x00-\x08\x0b-\x1f\x7f\ufeff]", body):
        return None
    ending = {0: "-", 1: ""}.get(len(text) - len(body))
    if ending is None:
        return None
    margin = " " * indent
    lines = refold([], body, _WIDTH - indent) if folded else body.split("\n")
    return [f"{'>' if folded else '|'}{ending}", *(f"{margin}{one}".rstrip() for one in lines)]


def refold(old: Sequence[str], new: str, width: int) -> list[str]:
    """The lines of a folded text that was written in the lines `old` (without indentation) and is
    to say `new`: lines in which nothing changes stay as they are.
    """
    groups = _split_folded(old)
    said = [" ".join(group) for group in groups]
    segments = new.split("\n")
    paired: dict[int, list[str]] = {}
    for tag, first, last, start, end in SequenceMatcher(
        None, said, segments, autojunk=False
    ).get_opcodes():
        if tag in ("equal", "replace"):
            paired |= dict(zip(range(start, end), groups[first:last], strict=False))
    lines: list[str] = []
    for number, segment in enumerate(segments):
        lines += [""] if number else []
        if segment:
            lines += _refold_words(paired.get(number, []), segment, width)
    return lines


def _split_folded(lines: Sequence[str]) -> list[list[str]]:
    """The lines of a folded text by the line of the text that they make up."""
    groups: list[list[str]] = [[]]
    for line in lines:
        if line:
            groups[-1].append(line)
        else:
            groups.append([])
    return groups


def _refold_words(old: Sequence[str], segment: str, width: int) -> list[str]:
    before = [(word, number) for number, line in enumerate(old) for word in line.split(" ")]
    if not before:
        return _wrap(segment, width)
    words = segment.split(" ")
    lines: dict[int, list[str]] = {}
    for tag, first, _, start, end in SequenceMatcher(
        None, [word for word, _ in before], words, autojunk=False
    ).get_opcodes():
        for position in range(start, end):
            at = (
                first + position - start
                if tag == "equal"
                else first
                if tag == "replace"
                else first - 1
            )
            lines.setdefault(before[max(at, 0)][1], []).append(words[position])
    widest = max(width, *map(len, old))
    found: list[str] = []
    for _, line in sorted(lines.items()):
        whole = " ".join(line)
        found += _wrap(whole, width) if len(whole) > widest else [whole]
    return found


def _wrap(text: str, width: int) -> list[str]:
    return textwrap.wrap(
        text,
        max(width, 30),
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
        expand_tabs=False,
        replace_whitespace=False,
    ) or [text]


def _field_of(field: Field | None, name: Any) -> Field | None:
    return field.fields.get(str(name)) if field is not None else None
