"""`playbook explain`: why a rule exists."""

from __future__ import annotations

import click

from generator.commands.options import with_terminal
from generator.commands.rules import ALL_RULES
from generator.commands.terminal import FINE, CannotRunError, Terminal
from generator.problems.suggestions import suggest


@click.command("explain")
@click.argument("rule")
@with_terminal
def explain(terminal: Terminal, rule: str) -> int:
    """Say why RULE (the word in brackets behind a problem) exists, with examples."""
    found = ALL_RULES.get(rule.strip("[]"))
    if found is None:
        near = suggest(rule, list(ALL_RULES))
        raise CannotRunError(
            f'there is no rule "{rule}"; '
            + (f'did you mean "{near}"?' if near else "see docs/rules.md")
        )
    terminal.say(found.tell())
    return FINE
