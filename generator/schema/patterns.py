"""Patterns that a company writes, matched in a time that grows with the text and not faster.

The engine is that of the validator (the crate `regex` of Rust), which looks neither around nor back;
what needs that is refused. A pattern that would take much memory is refused, too.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import jsonschema_rs

_MOST_BYTES = 1_000_000
_LOOKING = re.compile(r"\(\?<?[=!]")
_BACK = re.compile(r"(?<!\\)(?:\\\\)*\\[1-9]|\(\?P=|\\k<")


class PatternError(ValueError):
    """A pattern that cannot be used. The text says why, behind "this pattern"."""


@cache
def compile_pattern(pattern: str) -> Any:
    """What says of a text whether the pattern stands in it: `is_valid(text)`. Raises PatternError."""
    options = jsonschema_rs.RegexOptions(size_limit=_MOST_BYTES, dfa_size_limit=_MOST_BYTES)
    try:
        return jsonschema_rs.Draft202012Validator({"pattern": pattern}, pattern_options=options)
    except (jsonschema_rs.ValidationError, ValueError):
        raise PatternError(_say_why(pattern)) from None


def _say_why(pattern: str) -> str:
    if _LOOKING.search(pattern):
        return "looks at what stands before or behind without taking it, as (?= and (?! do"
    if _BACK.search(pattern):
        return "refers back to what it has found, as \\1 does"
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        return f"has a mistake: {getattr(error, 'msg', '') or 'it cannot be read'}"
    return "holds what this engine does not know, or would take too much memory"
