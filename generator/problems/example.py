"""The entry that examples of rules begin with: a term of the glossary, sound but for one line."""

from __future__ import annotations


def term_example(line: str, indented: str = "  ") -> str:
    """An entry whose last field is this line."""
    return f"- id: lift\n  term: Lift\n{indented}{line}\n"


GOOD_TERM = term_example("meaning: How far heat is raised.")
