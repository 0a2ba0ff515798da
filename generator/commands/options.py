"""The options that commands share, and what a story gets of them: its terminal, the settings, the
edition that is asked for.
"""

from __future__ import annotations

import gc
import math
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import click

from generator.commands.settings import Settings
from generator.commands.terminal import Terminal, parse_day
from generator.files.locks import hold
from generator.files.workshop import sweep
from generator.files.writing import mute
from generator.problems.phrases import join_words
from generator.problems.terminal_style import Look
from generator.site.choice import Choice

Story = Callable[..., Any]

_CONFIG = click.option(
    "--config",
    metavar="FILE",
    default="mkdocs.yml",
    show_default=True,
    type=click.Path(path_type=Path),
    help="The site's configuration; the strategy lies beside it.",
)
_AS_OF = click.option(
    "--as-of", metavar="DATE", help="The day that counts as today, such as 2026-03-31."
)
_MAX_MEGABYTES = click.option(
    "--max-megabytes",
    metavar="N",
    type=click.FloatRange(min=0.001, max=1000),
    default=2,
    show_default=True,
    help="The size from which on a file of the strategy is refused.",
)
_AUDIENCE = click.option(
    "--audience",
    metavar="NAME",
    default=None,
    help="For whom: one of the audiences in the header. Not given: what mkdocs.yml says, else internal.",
)
_DRAFTS = click.option("--drafts", is_flag=True, help="Show entries whose status is draft, too.")


def with_terminal(story: Story) -> Story:
    """The story gets `terminal`."""

    @wraps(story)
    def told(**given: Any) -> Any:
        return story(terminal=open_terminal(), **given)

    return told


def with_settings(story: Story) -> Story:
    """The story is about a strategy: it gets `settings` and `terminal`. What an earlier one had
    begun there when it was killed is undone first.
    """

    @wraps(story)
    def told(config: Path, as_of: str | None, max_megabytes: float, **given: Any) -> Any:
        settings = Settings(config, parse_day(as_of), _to_bytes(max_megabytes), os.environ)
        undo_half_done(settings.root)
        return story(settings=settings, terminal=open_terminal(), **given)

    return _add_options(told, _CONFIG, _AS_OF, _MAX_MEGABYTES)


def alone(story: Story) -> Story:
    """The story writes into the strategy, and nobody else meanwhile: another one waits, and then
    reads what this one has written. Goes below `with_settings`.
    """

    @wraps(story)
    def told(settings: Settings, **given: Any) -> Any:
        with writing_alone(settings.root):
            return story(settings=settings, **given)

    return told


@contextmanager
def writing_alone(folder: Path) -> Iterator[None]:
    """Be the only command that writes into a folder, and begin where the last one was done."""

    def say_waiting() -> None:
        click.echo(f"waiting for another playbook command that is writing in {folder}", err=True)

    with hold(folder, say_waiting):
        undo_half_done(folder)
        undo_half_done(folder.absolute().parent)  # a folder comes into being from there
        yield


def leave_rubbish() -> None:
    """Collect no rubbish until the process ends, which is near: what a check or a build makes stays,
    and looking for rubbish among it takes up to a tenth of the time.
    """
    gc.disable()


def undo_half_done(folder: Path) -> None:
    """Undo what a command had begun in a folder when it was killed, and say so."""
    undone = sweep(folder)
    if undone:
        click.echo(
            "playbook: an earlier command was ended half-way; "
            f"as before again: {join_words([str(folder / path) for path in undone])}",
            err=True,
        )


def with_edition(story: Story) -> Story:
    """The story makes pages: it gets `choice` beside `settings` and `terminal`."""

    @wraps(story)
    def told(audience: str | None, drafts: bool, settings: Settings, **given: Any) -> Any:
        choice = Choice(audience or "", settings.as_of, drafts, settings.max_bytes)
        return story(settings=settings, choice=choice, **given)

    return _add_options(with_settings(told), _AUDIENCE, _DRAFTS)


def with_format(names: list[str], default: str, hint: str) -> Callable[[Story], Story]:
    """The story can be told in several formats: it gets `format_name`."""
    return click.option(
        "--format",
        "format_name",
        type=click.Choice(names),
        default=default,
        show_default=True,
        help=hint,
    )


def with_output(hint: str) -> Callable[[Story], Story]:
    """The story can be told into a file: it gets `output`."""
    return click.option(
        "--output", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help=hint
    )


def open_terminal() -> Terminal:
    """The terminal of this run: its width and colours, and notes where somebody is watching."""
    out = sys.stdout
    width = min(shutil.get_terminal_size((88, 24)).columns, 100) if out.isatty() else 88
    colour = out.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    watched = sys.stderr.isatty()

    def note(text: str) -> None:
        if watched:
            click.echo(text, err=True)

    return Terminal(_say, note, Look(width, colour))


def _say(text: str) -> None:
    """Say a result. Where its reader has had enough, the rest is said to nobody: how the run ends does
    not depend on who listens.
    """
    try:
        click.echo(text, nl=False)
    except BrokenPipeError:
        mute(sys.stdout)


def _add_options(story: Story, *options: Callable[[Story], Story]) -> Story:
    """The help lists options in the order in which they are given here."""
    for option in reversed(options):
        story = option(story)
    return story


def _to_bytes(megabytes: float) -> int:
    if not math.isfinite(megabytes):
        raise click.UsageError("--max-megabytes takes a number such as 2")
    return int(megabytes * 1_000_000)
