"""`playbook doctor`: what still stands between a playbook and a published site."""

from __future__ import annotations

from collections.abc import Sequence

import click

from generator.commands.options import with_settings
from generator.commands.publishing.readiness import Sign, State, examine
from generator.commands.settings import Settings
from generator.commands.terminal import FINE, PROBLEMS, Terminal
from generator.problems.phrases import count_of

_LABELS = {State.FINE: "fine", State.TO_DO: "to do", State.NOTE: "note"}


@click.command("doctor")
@with_settings
def doctor(settings: Settings, terminal: Terminal) -> int:
    """Look at this playbook, its repository and what CI says of itself, and say what still stands
    between it and a published site.
    """
    signs = examine(settings)
    terminal.say("".join(_show(sign) for sign in signs) + "\n" + _sum_up(signs))
    return PROBLEMS if any(sign.state is State.TO_DO for sign in signs) else FINE


def _show(sign: Sign) -> str:
    lines = [f"{_LABELS[sign.state]:6} {sign.text}", *(f"       {line}" for line in sign.fix)]
    return "\n".join(lines) + "\n"


def _sum_up(signs: Sequence[Sign]) -> str:
    left = sum(sign.state is State.TO_DO for sign in signs)
    if not left:
        return "Nothing that files and git can show stands between this playbook and a published site.\n"
    stand = "stands" if left == 1 else "stand"
    return f"{count_of(left, 'thing')} {stand} between this playbook and a published site.\n"
