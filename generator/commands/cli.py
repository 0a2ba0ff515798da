"""The command line: which commands there are, and how a run begins and ends. Exit codes: 0 fine,
1 the content has problems, 2 the tool could not run.
"""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from keyword import iskeyword
from typing import cast

import click

from generator import __version__
from generator.commands.terminal import CANNOT_RUN, FINE, CannotRunError

COMMANDS = {
    "acknowledged": "review.acknowledged",
    "apply": "authoring.proposals.apply",
    "build": "publishing.build",
    "changelog": "review.changelog",
    "check": "authoring.check",
    "codeowners": "review.codeowners",
    "diff": "review.diff",
    "doctor": "publishing.doctor",
    "due": "authoring.due",
    "edit": "authoring.proposals.edit",
    "explain": "authoring.explain",
    "export": "authoring.tables.export",
    "import": "authoring.tables.importing",
    "init": "authoring.init",
    "intake": "authoring.intake",
    "new": "authoring.new",
    "publish": "publishing.publish",
    "release": "review.release",
    "rename": "authoring.rename",
    "render": "publishing.render",
    "schema": "authoring.schema",
    "serve": "publishing.serve",
    "upgrade": "authoring.upgrade",
    "verify": "authoring.verify",
}
"""Every command with the module of this room that tells its story, in a function of its name; where
that is a word of Python, with an underscore behind it.
"""


class _Stories(Mapping[str, click.Command]):
    """The commands by name. A module is imported when its command is asked for: a check need not
    wait for what only a build uses.
    """

    def __getitem__(self, name: str) -> click.Command:
        module = import_module(f"generator.commands.{COMMANDS[name]}")
        return cast("click.Command", getattr(module, f"{name}_" if iskeyword(name) else name))

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


@click.group(
    commands=cast("MutableMapping[str, click.Command]", _Stories()),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="playbook", message="%(prog)s %(version)s")
def cli() -> None:
    """Check a sales strategy written in YAML and publish it as a playbook site."""


def run(arguments: list[str] | None = None) -> int:
    """Run the command line. Returns the exit code; only faults of the tool itself raise."""
    _suit_surroundings()
    # a strategy is many objects that stay: looking for rubbish among them takes a sixth of a check
    gc.set_threshold(50_000, 20, 100)
    try:
        result = cli.main(arguments, prog_name="playbook", standalone_mode=False)
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.Abort:
        return CANNOT_RUN
    except click.ClickException as error:
        return _fail(error.format_message())
    except CannotRunError as error:
        return _fail(str(error))
    except BrokenPipeError:  # the reader of a pipe has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        return _fail(f"{error.filename or 'a file'}: {(error.strerror or str(error)).lower()}")
    return result if isinstance(result, int) else FINE


def _suit_surroundings() -> None:
    """A terminal that lacks a sign shows a question mark, and whatever else reads what we say gets
    UTF-8; where nobody listens, nothing is said. A polite request to end lets what was begun be
    cleaned up.
    """
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:  # a service, or >&-; its number must not be another file's
            silent = open(os.devnull, "r+", encoding="utf-8")  # noqa: SIM115  # open until the end
            setattr(sys, name, silent)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace", encoding=None if stream.isatty() else "utf-8")
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))


def _fail(text: str) -> int:
    click.echo(f"playbook: {text}", err=True)
    return CANNOT_RUN
