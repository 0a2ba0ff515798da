"""What lies below a folder, read and checked: the strategy, the hand-written pages, and all that is
wrong with them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfoNotFoundError

from generator.checks import Check, check_meaning
from generator.checks.hidden_names import check_hidden_names
from generator.checks.own.installed import MISSING_CHECK, load_installed
from generator.files.memory import NO_MEMORY, Memory
from generator.files.tree import FolderTree, OverlayTree, Tree
from generator.loading.guides import (
    HandWritten,
    Surroundings,
    check_page,
    find_folder,
    list_files,
    read_hand_written,
)
from generator.loading.loader import Loaded, load_strategy
from generator.loading.manuscript import MAIN_FILE
from generator.loading.mishaps.unfetched import find_unfetched
from generator.loading.parse_cache import open_parse_cache
from generator.loading.references import list_known
from generator.loading.stray_links import SITE_FOLDERS, find_nested, find_stray_links
from generator.model.edition import today_in
from generator.model.entry import AUDIENCES
from generator.model.strategy import Strategy
from generator.problems.problem import Problem, has_errors
from generator.problems.rule import Rule
from generator.schema.vocabulary import KINDS
from generator.starter import find_stale
from generator.syntax.document import MAX_BYTES
from generator.syntax.encoding import compose
from generator.syntax.rules import RULES as SYNTAX_RULES

MISSING_DOCUMENT = Rule(
    id="missing-document",
    says="An asset names a file that is not in the folder playbook.",
    why="A seller would click on nothing.",
    fix="Put the file there, or correct its location.",
    bad="- id: prices\n  name: Prices\n  url: files/prices.pdf\n",
    good="- id: prices\n  name: Prices\n  url: https://files.example.com/prices.pdf\n",
    file="strategy/assets.yaml",
)
RULES = (MISSING_DOCUMENT, MISSING_CHECK)
"""The rules that are about files beside the strategy; those of meaning are in `CHECKS`."""


@dataclass(frozen=True)
class Content:
    """What was read below a folder: the strategy, the hand-written pages, and what is wrong with
    their form.
    """

    loaded: Loaded
    pages: tuple[HandWritten, ...]
    problems: tuple[Problem, ...]
    today: date
    memory: Memory = NO_MEMORY
    installed: tuple[Check, ...] = ()

    def find_problems(self, *, grave: bool = False) -> tuple[Problem, ...]:
        """All problems, those of meaning too, sorted by file and line; the `grave` ones are those
        that may stop a build.
        """
        whole = not has_errors(self.problems)
        found = check_meaning(
            self.loaded,
            self.today,
            whole=whole,
            grave=grave,
            memory=self.memory,
            installed=self.installed,
        )
        return tuple(sorted([*self.problems, *found], key=lambda problem: problem.order))


def check_project(
    root: Path,
    max_bytes: int = MAX_BYTES,
    as_of: date | None = None,
    changed: Mapping[str, str] | None = None,
) -> tuple[Loaded, tuple[HandWritten, ...], tuple[Problem, ...]]:
    """Read the strategy and the hand-written pages below `root`; all problems, sorted by file and
    line.

    `as_of` is the day that counts as today for findings that depend on it. `changed` are texts to
    read in place of files, by path: what would be said after a change.
    """
    cache = None if changed else open_parse_cache(root)
    tree = OverlayTree(FolderTree(root), changed or {})
    content = read_content(root, tree, max_bytes, as_of, cache or NO_MEMORY)
    hidden = check_hidden_names(content.loaded, content.pages, content.today)
    problems = tuple(sorted([*content.find_problems(), *hidden], key=lambda problem: problem.order))
    if cache is not None:
        cache.close(content.loaded.files)
    return content.loaded, content.pages, problems


def read_content(
    root: Path, tree: Tree, max_bytes: int, as_of: date | None = None, memory: Memory = NO_MEMORY
) -> Content:
    """Read what lies below `root`, as `tree` shows it."""
    loaded = load_strategy(tree, max_bytes, memory)
    circles = loaded.strategy.header.audiences if loaded.strategy else AUDIENCES
    pages, problems = read_hand_written(tree, circles)
    problems += find_stale(tree)
    folder = find_folder(tree)
    problems += find_unfetched(root, folder)
    installed = load_installed(root, tree)
    problems += installed.problems
    said = {problem.place.file for problem in (*loaded.problems, *problems)}
    problems += [
        one for one in find_stray_links(root, {*SITE_FOLDERS, folder}) if one.place.file not in said
    ]
    problems += find_nested(root)
    today = datetime.now(UTC).date()
    if loaded.strategy is not None:
        if pages:
            around = Surroundings(
                loaded.strategy,
                list_known(loaded.strategy),
                list_files(tree, pages, loaded.strategy),
                complete=not has_errors(loaded.problems),
                unread=loaded.lost | loaded.keys,
                unread_kinds=loaded.unread_kinds | _find_torn(loaded.problems),
            )
            for page in pages:
                problems += check_page(page, around)
        problems += _check_files(loaded.strategy, root, folder)
        today = choose_today(loaded.strategy, as_of)
    said_of_form = (*loaded.problems, *problems)
    return Content(loaded, tuple(pages), said_of_form, today, memory, installed.checks)


def _find_torn(problems: Iterable[Problem]) -> frozenset[str]:
    """The kinds of which an entry may be lost without its id: a slip of YAML stands in their files."""
    slips = {rule.id for rule in SYNTAX_RULES}
    files = {one.place.file for one in problems if one.rule in slips}
    if MAIN_FILE in files:
        return frozenset(KINDS)
    return frozenset(file.split("/")[1].removesuffix(".yaml") for file in files if "/" in file)


def choose_today(strategy: Strategy | None, as_of: date | None = None) -> date:
    """The day that counts as today: the one asked for, that of the environment, or that where the
    strategy counts its days; of one that cannot be read nobody knows where.
    """
    fixed = as_of or today_from_environment()
    if fixed or strategy is None:
        return fixed or datetime.now(UTC).date()
    try:
        return today_in(strategy.header)
    except (
        ZoneInfoNotFoundError,
        ValueError,
        OSError,
    ):  # the zone is not known, which is said elsewhere
        return datetime.now(UTC).date()


def today_from_environment() -> date | None:
    """The day that SOURCE_DATE_EPOCH fixes, for builds that can be repeated."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not (epoch.isascii() and epoch.isdigit()):
        return None
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):  # beyond the calendar, or beyond this machine's
        return None


def _say_likeness(path: Path) -> str:
    """That a file is there whose name reads the same."""
    beside = path.parent.iterdir() if path.parent.is_dir() else ()
    if any(compose(one.name) == compose(path.name) for one in beside):
        return " A file is there whose name reads the same, but a letter of it is written in two parts, as Macs do it."
    return ""


def _check_files(strategy: Strategy, root: Path, folder: str) -> list[Problem]:
    """Documents that an asset says lie in the playbook must be there."""
    return [
        MISSING_DOCUMENT.problem(
            place=entry.place,
            title=f'there is no file "{url}" in the folder {folder}',
            why=f'The asset "{entry.title}" says that it lies there.{_say_likeness(root / folder / url)}',
        )
        for entry in strategy.of("assets")
        if "://" not in (url := str(getattr(entry, "url", "")))
        and not url.startswith("mailto:")
        and not (root / folder / url).is_file()
    ]
