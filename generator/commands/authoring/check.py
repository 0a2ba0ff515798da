"""`playbook check`: everything that is wrong with a strategy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from generator.checks import list_waiting
from generator.checks.project import check_project
from generator.commands.authoring.fix import mend_content
from generator.commands.options import (
    leave_rubbish,
    with_format,
    with_output,
    with_settings,
    writing_alone,
)
from generator.commands.settings import Settings
from generator.commands.terminal import FINE, PROBLEMS, CannotRunError, Terminal
from generator.files.git import folder_in_repository
from generator.files.writing import append_text, write_file
from generator.loading.guides import RAW_HTML
from generator.loading.manuscript import MAIN_FILE
from generator.problems.phrases import join_words
from generator.problems.problem import Problem, Severity, has_errors
from generator.problems.reporters import (
    FORMATS,
    Summary,
    choose_format,
    summarise_github,
)
from generator.problems.terminal_style import Look


@dataclass(frozen=True)
class Answer:
    """How `check` answers: the format, a file that gets it instead of the terminal, and whether
    warnings fail as well.
    """

    format: str = "auto"
    output: Path | None = None
    strict: bool = False


@click.command("check")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@with_format(["auto", *FORMATS], "auto", "How the problems are told; auto picks by where it runs.")
@with_output("Write the report into FILE; the terminal gets its own.")
@click.option("--fix", is_flag=True, help="Mend what a machine can safely mend, and show it.")
@click.option("--strict", is_flag=True, help="Fail where there are warnings, too.")
@with_settings
def check(
    settings: Settings,
    terminal: Terminal,
    path: Path | None,
    format_name: str,
    output: Path | None,
    fix: bool,
    strict: bool,
) -> int:
    """Say everything that is wrong with the strategy in PATH (a folder, or its strategy.yaml)."""
    leave_rubbish()
    root = find_root(path or settings.root)
    if fix:
        with writing_alone(root):
            mend_content(root, settings, terminal)
        return say_problems(root, Answer("terminal"), settings, terminal)
    return say_problems(root, Answer(format_name, output, strict), settings, terminal)


def find_root(path: Path) -> Path:
    """The folder of a strategy, from its path or that of its strategy.yaml."""
    if path.is_dir():
        return path
    if path.name == MAIN_FILE and path.is_file():
        return path.parent
    if path.is_file():
        raise CannotRunError(
            f"{path} is one file of a strategy; name the folder that holds {MAIN_FILE}"
        )
    raise CannotRunError(f"there is no folder {path}; name the folder that holds {MAIN_FILE}")


def drop_if_allowed(
    root: Path, settings: Settings, problems: tuple[Problem, ...]
) -> tuple[Problem, ...]:
    """The problems without those that mkdocs.yml has no objection to."""
    if not any(problem.rule == RAW_HTML.id for problem in problems):
        return problems
    from generator.site.builder import leave_as_written

    file = settings.config if settings.root == root else root / settings.config.name
    return tuple(leave_as_written(file, problems))


def say_problems(root: Path, answer: Answer, settings: Settings, terminal: Terminal) -> int:
    """Check the strategy in a folder, and say every problem."""
    loaded, pages, problems = check_project(root, settings.max_bytes, settings.as_of)
    problems = drop_if_allowed(root, settings, problems)
    warned = answer.strict and any(problem.severity is Severity.WARNING for problem in problems)
    failed = warned or has_errors(problems)
    summary = Summary(
        len(loaded.files),
        _say_waiting(list_waiting(loaded, problems), has_header=loaded.strategy is not None),
        folder_in_repository(root),
        pages=len(pages),
    )
    chosen = choose_format(answer.format, settings.environment)
    if answer.output is not None:
        if answer.output.suffix in (".yaml", ".yml", ".md"):
            raise CannotRunError(
                f"{answer.output} looks like a part of the playbook; name another file for the report"
            )
        write_file(answer.output, FORMATS[chosen](problems, summary, Look()).encode())
        chosen = "terminal"
    terminal.report(chosen, problems, summary)
    step_summary = settings.environment.get("GITHUB_STEP_SUMMARY")
    if chosen == "github" and step_summary:
        append_text(Path(step_summary), summarise_github(problems, summary))
    return PROBLEMS if failed else FINE


def _say_waiting(families: Sequence[str], *, has_header: bool) -> str:
    """What was not looked at, and why: it may hold more."""
    if not families:
        return ""
    why = "some of the strategy cannot be read" if has_header else "the header cannot be read"
    return f"Not all was looked at, since {why}: checks of {join_words(families)} wait."
