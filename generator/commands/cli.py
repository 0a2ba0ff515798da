"""Arguments and exit codes: 0 fine, 1 the content has problems, 2 the tool could not run."""

from __future__ import annotations

import gc
import io
import math
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from generator import __version__
from generator.changes import release_notes as notes
from generator.changes import review_text as changelog
from generator.commands import desk, release, review
from generator.commands import stories as commands
from generator.commands.agenda_text import FORMATS as AGENDA
from generator.commands.stories import Answer, CannotRunError, Terminal
from generator.problems.reporters import FORMATS
from generator.problems.terminal_style import Look
from generator.site.build_request import Choice


def _terminal() -> Terminal:
    out = sys.stdout
    width = min(shutil.get_terminal_size((88, 24)).columns, 100) if out.isatty() else 88
    colour = out.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    watched = sys.stderr.isatty()

    def note(text: str) -> None:
        if watched:
            click.echo(text, err=True)

    return Terminal(lambda text: click.echo(text, nl=False), note, Look(width, colour))


def _bytes(megabytes: float) -> int:
    if not math.isfinite(megabytes):
        raise click.UsageError("--max-megabytes takes a number such as 2")
    return int(megabytes * 1_000_000)


def _shared(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every command on a strategy has."""
    command = click.option(
        "--max-megabytes",
        metavar="N",
        type=click.FloatRange(min=0.001, max=1000),
        default=2,
        show_default=True,
        help="The size from which on a file of the strategy is refused.",
    )(command)
    command = click.option(
        "--as-of", metavar="DATE", help="The day that counts as today, such as 2026-03-31."
    )(command)
    return click.option(
        "--config",
        metavar="FILE",
        default="mkdocs.yml",
        show_default=True,
        type=click.Path(path_type=Path),
        help="The site's configuration; the strategy lies beside it.",
    )(command)


def _reader(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of commands that make pages."""
    command = click.option(
        "--drafts", is_flag=True, help="Show entries whose status is draft, too."
    )(command)
    return click.option(
        "--audience",
        metavar="NAME",
        default=None,
        help="For whom: one of the audiences in the header. Not given: what mkdocs.yml says, else internal.",
    )(command)


def _output(hint: str) -> Callable[..., Any]:
    """The option of commands that can answer into a file."""
    return click.option(
        "--output", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help=hint
    )


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="playbook", message="%(prog)s %(version)s")
def cli() -> None:
    """Check a sales strategy written in YAML and publish it as a playbook site."""


@cli.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["auto", *FORMATS]),
    default="auto",
    show_default=True,
    help="How the problems are told; auto picks by where it runs.",
)
@_output("Write the report into FILE; the terminal gets its own.")
@click.option("--fix", is_flag=True, help="Mend what a machine can safely mend, and show it.")
@click.option("--strict", is_flag=True, help="Fail where there are warnings, too.")
@_shared
def check(
    path: Path | None,
    format_name: str,
    output: Path | None,
    fix: bool,
    strict: bool,
    config: Path,
    as_of: str | None,
    max_megabytes: float,
) -> int:
    """Say everything that is wrong with the strategy in PATH (a folder, or its strategy.yaml)."""
    day = commands.parse_day(as_of)
    if fix:
        return commands.fix(path or config.parent, _bytes(max_megabytes), _terminal())
    answer = Answer(format_name, output, os.environ, strict)
    return commands.check(path or config.parent, answer, _bytes(max_megabytes), _terminal(), day)


@cli.command()
@click.argument("rule")
def explain(rule: str) -> int:
    """Say why RULE (the word in brackets behind a problem) exists, with examples."""
    return commands.explain(rule, _terminal())


@cli.command()
@click.option(
    "--within", metavar="TIME", help="What is due within this time, such as 30d, counts too."
)
@click.option("--owner", metavar="ID", help="Only what this person must look at.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(AGENDA)),
    default="text",
    show_default=True,
    help="markdown is ready for a message or an issue.",
)
@click.option(
    "--to-dir",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Write an issue per owner into DIR, its title in the first line.",
)
@_shared
def due(
    within: str | None,
    owner: str | None,
    format_name: str,
    to_dir: Path | None,
    config: Path,
    as_of: str | None,
    max_megabytes: float,
) -> int:
    """List what each owner must look at: reviews, field notes, late initiatives, old values."""
    day = commands.parse_day(as_of)
    wanted = commands.Wanted(within, owner, format_name, to_dir)
    return commands.due(config.parent, wanted, day, _bytes(max_megabytes), _terminal())


@cli.command()
@click.argument("names", metavar="ID...", nargs=-1, required=True)
@click.option(
    "--on", metavar="DATE", help="The day on which it was read; today where it is not given."
)
@_shared
def verify(
    names: tuple[str, ...], on: str | None, config: Path, as_of: str | None, max_megabytes: float
) -> int:
    """Note that somebody has read the entries ID (such as objections/too-expensive) and found them
    right.
    """
    day, today = commands.parse_day(on), commands.parse_day(as_of)
    return commands.verify(config.parent, names, day, today, _bytes(max_megabytes), _terminal())


@cli.command()
@click.option(
    "--site-dir", metavar="DIR", type=click.Path(path_type=Path), help="Where to put the site."
)
@_reader
@_shared
def build(
    site_dir: Path | None,
    audience: str | None,
    drafts: bool,
    config: Path,
    as_of: str | None,
    max_megabytes: float,
) -> int:
    """Build the site. The last good one stays where anything is wrong."""
    choice = Choice(audience or "", commands.parse_day(as_of), drafts, _bytes(max_megabytes))
    return commands.build(config, choice, _terminal(), site_dir)


@cli.command()
@click.option(
    "--address",
    metavar="HOST:PORT",
    help="Where to serve; 127.0.0.1:8000 unless mkdocs.yml says otherwise.",
)
@click.option("--open", "open_browser", is_flag=True, help="Open the site in the browser.")
@_reader
@_shared
def serve(
    address: str | None,
    open_browser: bool,
    audience: str | None,
    drafts: bool,
    config: Path,
    as_of: str | None,
    max_megabytes: float,
) -> int:
    """Show the site on this machine and follow every edit."""
    choice = Choice(audience or "", commands.parse_day(as_of), drafts, _bytes(max_megabytes))
    return commands.serve(config, choice, _terminal(), address, open_browser)


@cli.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@_reader
@_shared
def render(
    folder: Path,
    audience: str | None,
    drafts: bool,
    config: Path,
    as_of: str | None,
    max_megabytes: float,
) -> int:
    """Write the pages as plain files into DIR, for another site builder."""
    choice = Choice(audience or "", commands.parse_day(as_of), drafts, _bytes(max_megabytes))
    return commands.render(config, folder, choice, _terminal())


@cli.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--company",
    metavar="NAME",
    help="The company's name; from the folder's name where it is not given.",
)
def init(folder: Path, company: str | None) -> int:
    """Begin a playbook for a company in DIR."""
    return commands.init(folder, company, _terminal())


@cli.command()
@_shared
def upgrade(config: Path, as_of: str | None, max_megabytes: float) -> int:
    """Renew the files that init copied: schema for the editor, editor settings, CI files."""
    commands.parse_day(as_of)
    return commands.upgrade(config.parent, _terminal())


@cli.command()
@click.argument("kind")
@click.argument("entry_id", metavar="ID")
@_shared
def new(kind: str, entry_id: str, config: Path, as_of: str | None, max_megabytes: float) -> int:
    """Begin a new entry of KIND (such as objections) with the id ID, in a file of its own."""
    return commands.new(config.parent, kind, entry_id, _terminal(), commands.parse_day(as_of))


@cli.command()
@click.argument("base", required=False)
@click.argument("head", required=False)
@click.option(
    "--from-dir",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Compare with the strategy in this folder instead of one in git.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(changelog.FORMATS)),
    default="terminal",
    show_default=True,
    help="How the changes are told; markdown is for a comment on a pull request.",
)
@_output("Write the answer into FILE.")
@_shared
def diff(
    base: str | None,
    head: str | None,
    from_dir: Path | None,
    format_name: str,
    output: Path | None,
    config: Path,
    as_of: str | None,
    max_megabytes: float,
) -> int:
    """Say what changes in the strategy from BASE to HEAD, in the words of the business.

    BASE is where the change left the main branch, HEAD the files here, unless you name others
    (branch, tag, commit).
    """
    commands.parse_day(as_of)
    form = review.Form(format_name, output, os.environ)
    sides = review.Sides(base, head, from_dir)
    return review.diff(config.parent, sides, form, _bytes(max_megabytes), _terminal())


@cli.command("changelog")
@click.argument("version", required=False)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(notes.FORMATS)),
    default="text",
    show_default=True,
    help="How it is told; text is for chat and mail.",
)
@_output("Write the answer into FILE.")
@_reader
@_shared
def changelog_command(
    version: str | None,
    format_name: str,
    output: Path | None,
    audience: str | None,
    drafts: bool,
    config: Path,
    as_of: str | None,
    max_megabytes: float,
) -> int:
    """Say what is new in VERSION of the strategy (the last released one where none is named)."""
    choice = Choice(audience or "", commands.parse_day(as_of), drafts, _bytes(max_megabytes))
    return review.changelog(config, version, review.Form(format_name, output), choice, _terminal())


@cli.command("release")
@click.argument("version")
@click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
@click.option(
    "--changelog",
    metavar="FILE",
    default=release.CHANGELOG,
    show_default=True,
    help="The file that gets a section for the version.",
)
@_shared
def release_command(
    version: str,
    dry_run: bool,
    changelog: str,
    config: Path,
    as_of: str | None,
    max_megabytes: float,
) -> int:
    """Release the strategy as VERSION: check it, write version and date, update the changelog,
    commit, tag.
    """
    day = commands.parse_day(as_of)
    limit = _bytes(max_megabytes)
    return release.release(
        config.parent, version, day, changelog, limit, _terminal(), dry_run=dry_run
    )


@cli.command("publish")
@click.option(
    "--branch",
    metavar="NAME",
    default="gh-pages",
    show_default=True,
    help="The branch to publish to.",
)
@click.option(
    "--to-dir",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Publish to a plain folder instead.",
)
@click.option(
    "--push",
    "remote",
    metavar="REMOTE",
    flag_value="origin",
    is_flag=False,
    help="Push the branch (to origin).",
)
@click.option("--rebuild", is_flag=True, help="Make all released versions anew from their tags.")
@click.option(
    "--ask", is_flag=True, help="Only say whether the site may be published where it may be public."
)
@_reader
@_shared
def publish_command(
    branch: str,
    to_dir: Path | None,
    remote: str | None,
    rebuild: bool,
    ask: bool,
    audience: str | None,
    drafts: bool,
    config: Path,
    as_of: str | None,
    max_megabytes: float,
) -> int:
    """Publish the site beside its older versions, the current one as latest, to a branch or a
    folder.
    """
    from generator.commands import publish  # MkDocs and mike take a second to import

    if ask:
        return publish.ask(config, _terminal(), os.environ.get("GITHUB_OUTPUT"))
    choice = Choice(audience or "", commands.parse_day(as_of), drafts, _bytes(max_megabytes))
    target = publish.Target(branch, to_dir, remote)
    return publish.publish(config, choice, target, _terminal(), rebuild=rebuild)


@cli.command()
@_output("Such as .github/CODEOWNERS.")
@_shared
def codeowners(output: Path | None, config: Path, as_of: str | None, max_megabytes: float) -> int:
    """Say who is asked to review what, as a CODEOWNERS file made from the owners in the strategy."""
    commands.parse_day(as_of)
    return desk.codeowners(config.parent, output, _bytes(max_megabytes), _terminal())


@cli.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@_shared
def intake(file: Path, config: Path, as_of: str | None, max_megabytes: float) -> int:
    """Turn a submitted form (FILE: the issue's text, or the event as the git host describes it)
    into a field note.
    """
    return desk.intake(
        config.parent, file, commands.parse_day(as_of), _bytes(max_megabytes), _terminal()
    )


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
        return commands.CANNOT_RUN
    except click.ClickException as error:
        return _fail(error.format_message())
    except CannotRunError as error:
        return _fail(str(error))
    except BrokenPipeError:  # the reader of a pipe has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return commands.FINE
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        return _fail(f"{error.filename or 'a file'}: {(error.strerror or str(error)).lower()}")
    return result if isinstance(result, int) else commands.FINE


def _suit_surroundings() -> None:
    """A terminal that lacks a sign shows a question mark; a polite request to end lets what was
    begun be cleaned up.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))


def _fail(text: str) -> int:
    click.echo(f"playbook: {text}", err=True)
    return commands.CANNOT_RUN
