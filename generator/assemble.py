"""The one path from files to pages, taken by every command and by the MkDocs plugin alike."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfoNotFoundError

from generator.checks import check_meaning
from generator.chronicle import Past, find_past, read_released, read_trend, read_unreleased
from generator.edition import Edition, choose_edition, today_in
from generator.hand_written import PLAYBOOK, HandWritten, Surroundings, check_page, list_files, read_hand_written
from generator.load import Loaded, load_strategy
from generator.location import Locator
from generator.memory import NO_MEMORY, Memory
from generator.model import DEFAULT_AUDIENCE, Strategy
from generator.notebook import open_notebook
from generator.notes import Reader
from generator.page import Pages
from generator.pages import Background, render_pages
from generator.problem import Place, Problem, Severity, has_errors
from generator.reference import list_known
from generator.source import MAX_BYTES
from generator.starter import find_stale
from generator.tell import Desk
from generator.templates import OwnTemplateError
from generator.tree import FolderTree, KeptTree, OverlayTree, Tree


@dataclass(frozen=True)
class Choice:
    """For whom an edition is made, and for which day (None: today where the strategy counts its days).

    An empty `audience` leaves the choice to mkdocs.yml; `site.complete_choice` fills it in.
    A file of more than `max_bytes` is refused. `desk` is where readers tell leadership something, `edit_base` the address
    before the path of a file where the git host edits it, `past` the history that What's new is made from, where it is not
    that of the folder itself.
    """

    audience: str = DEFAULT_AUDIENCE
    as_of: date | None = None
    drafts: bool = False
    max_bytes: int = MAX_BYTES
    desk: Desk | None = None
    edit_base: str = ""
    past: Past | None = None


@dataclass(frozen=True)
class Made:
    """Everything a site is made of: the edition, our pages, and the hand-written ones that its reader gets.

    `kept_back` are the hand-written pages that this reader does not get, `kept_documents` the files of `playbook/` that
    belong to assets kept back. `desk` is where these readers tell leadership something.
    """

    edition: Edition
    pages: Pages
    hand_written: tuple[HandWritten, ...]
    kept_back: tuple[HandWritten, ...] = ()
    kept_documents: frozenset[str] = frozenset()
    desk: Desk | None = None


@dataclass(frozen=True)
class Assembly:
    """What was found and what was made. `made` is None where errors stand in the way; `files` is how many were read."""

    problems: tuple[Problem, ...]
    files: int
    made: Made | None = None


@dataclass(frozen=True)
class Content:
    """What was read below a folder: the strategy, the hand-written pages, and what is wrong with their form."""

    loaded: Loaded
    pages: tuple[HandWritten, ...]
    problems: tuple[Problem, ...]
    today: date

    def find_problems(self, *, grave: bool = False) -> tuple[Problem, ...]:
        """All problems, those of meaning too, sorted by file and line; the `grave` ones are those that may stop a build."""
        whole = not has_errors(self.problems)
        found = check_meaning(self.loaded, self.today, whole=whole, grave=grave)
        return tuple(sorted([*self.problems, *found], key=lambda problem: problem.order))


def check_content(
    root: Path, max_bytes: int = MAX_BYTES, as_of: date | None = None, changed: Mapping[str, str] | None = None
) -> tuple[Loaded, tuple[HandWritten, ...], tuple[Problem, ...]]:
    """Read the strategy and the hand-written pages below `root`; all problems, sorted by file and line.

    `as_of` is the day that counts as today for findings that depend on it. `changed` are texts to read in place of files, by
    path: what would be said after a change.
    """
    notebook = None if changed else open_notebook(root)
    tree = OverlayTree(FolderTree(root), changed or {})
    content = read_content(root, tree, max_bytes, as_of, notebook or NO_MEMORY)
    problems = content.find_problems()
    if notebook is not None:
        notebook.close(content.loaded.files)
    return content.loaded, content.pages, problems


def read_content(
    root: Path, tree: Tree, max_bytes: int, as_of: date | None = None, memory: Memory = NO_MEMORY
) -> Content:
    """Read what lies below `root`, as `tree` shows it."""
    loaded = load_strategy(tree, max_bytes, memory)
    pages, problems = read_hand_written(tree)
    problems += find_stale(tree)
    today = datetime.now(UTC).date()
    if loaded.strategy is not None:
        around = Surroundings(
            loaded.strategy,
            list_known(loaded.strategy),
            list_files(tree, pages, loaded.strategy),
            complete=not has_errors(loaded.problems),
        )
        for page in pages:
            problems += check_page(page, around)
        problems += _check_files(loaded.strategy, root)
        today = choose_today(loaded.strategy, as_of)
    return Content(loaded, tuple(pages), (*loaded.problems, *problems), today)


def assemble(root: Path, choice: Choice, memory: Memory = NO_MEMORY) -> Assembly:
    """Read, check and render all that lies below `root`, for one reader and one day. Writes nothing.

    `memory` is for whoever does so after each edit: then what stops nothing is looked for only when a page shows it.
    """
    follows = memory is not NO_MEMORY
    tree = memory.about("files").of(root, KeptTree, lambda: KeptTree(root)) if follows else FolderTree(root)
    content = read_content(root, tree, choice.max_bytes, choice.as_of, memory)
    loaded, hand_written, today = content.loaded, content.pages, content.today
    problems = content.find_problems(grave=follows)
    find_problems = cache(content.find_problems) if follows else lambda: problems
    files = len(loaded.files) + len(hand_written)
    if loaded.strategy is None or has_errors(problems):
        return Assembly(problems, files)
    loaded.locator.fold()
    try:
        edition = choose_edition(loaded.strategy, loaded.vocabulary, choice.audience, today, choice.drafts, memory)
    except ValueError as error:
        problem = Problem(
            "unknown-audience",
            Severity.ERROR,
            Place("strategy.yaml"),
            str(error),
            "A site is made for one of the circles in the header.",
            "Name one of them.",
        )
        return Assembly((*problems, problem), files)
    desk = None if edition.is_for_outsiders and not (choice.desk and choice.desk.outsiders) else choice.desk
    overrides = root / PLAYBOOK / "templates"
    background = _look_back(edition, loaded, choice, choice.past or find_past(root), find_problems)
    try:
        pages = render_pages(edition, background, overrides, desk, choice.edit_base)
    except OwnTemplateError as error:
        return Assembly((*problems, _template_problem(error)), files)
    taken = _find_taken(pages, hand_written, tree)
    if taken:
        return Assembly((*problems, *taken), files)
    shown = tuple(page for page in hand_written if edition.may_read(page.audience))
    kept_back = tuple(page for page in hand_written if page not in shown)
    kept_documents = frozenset(
        str(getattr(entry, "url", "")) for entry in loaded.strategy.of("assets") if entry.key in edition.hidden
    )
    return Assembly(problems, files, Made(edition, pages, shown, kept_back, kept_documents, desk))


def _look_back(
    edition: Edition,
    loaded: Loaded,
    choice: Choice,
    past: Past | None,
    find_problems: Callable[[], Sequence[Problem]],
) -> Background:
    """What is known of the versions so far, as the same reader may know it; for leadership, the figures of each, too."""
    now = replace(loaded, locator=Locator())  # the lines of all files are no longer needed, and need not be held
    reader = Reader(edition.audience, edition.today, edition.drafts)
    released = read_released(past, reader, choice.max_bytes)
    return Background(
        find_problems,
        released,
        cache(lambda: (*read_unreleased(past, now, reader, choice.max_bytes), *released)),
        lambda: read_trend(past, reader, choice.max_bytes),
    )


def choose_today(strategy: Strategy, as_of: date | None = None) -> date:
    """The day that counts as today: the one asked for, that of the environment, or that where the strategy counts its days."""
    fixed = as_of or today_from_environment()
    try:
        return fixed or today_in(strategy.header)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # the zone is not known, which is said elsewhere
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


def _check_files(strategy: Strategy, root: Path) -> list[Problem]:
    """Documents that an asset says lie in the playbook must be there."""
    return [
        Problem(
            "missing-document",
            Severity.ERROR,
            entry.place,
            f'there is no file "{url}" in the folder {PLAYBOOK}',
            f'The asset "{entry.title}" says that it lies there.',
            "Put the file there, or correct its location.",
        )
        for entry in strategy.of("assets")
        if "://" not in (url := str(getattr(entry, "url", "")))
        and not url.startswith("mailto:")
        and not (root / PLAYBOOK / url).is_file()
    ]


def _find_taken(pages: Pages, hand_written: tuple[HandWritten, ...], tree: Tree) -> list[Problem]:
    """Hand-written pages and files that stand where the playbook puts one of its own."""
    ours = {f"{page.address}index.html" for page in pages.pages} | {asset.path for asset in pages.assets}
    files = [page.path for page in hand_written if _published_as(page.path) in ours]
    files += [path for file in tree.list_files(PLAYBOOK) if (path := file.removeprefix(f"{PLAYBOOK}/")) in ours]
    return [
        Problem(
            "address-taken",
            Severity.ERROR,
            Place(f"{PLAYBOOK}/{file}"),
            f"this {'page' if file.endswith('.md') else 'file'} stands where the playbook puts one of its own",
            "Both would have the same address, and one of them would be lost.",
            "Give the file another name. To change our page, put a template into playbook/templates/.",
        )
        for file in files
    ]


def _published_as(path: str) -> str:
    """The file of the site that a hand-written page becomes."""
    folder, _, name = path.removesuffix(".md").rpartition("/")
    parts = [folder, "" if name.lower() in ("index", "readme") else name, "index.html"]
    return "/".join(filter(None, parts))


def _template_problem(error: OwnTemplateError) -> Problem:
    return Problem(
        "faulty-template",
        Severity.ERROR,
        Place(f"{PLAYBOOK}/templates/{error.name}", error.line, 1, error.line, 1),
        f"a template of your own cannot be used: {str(error).splitlines()[0]}",
        "Templates in playbook/templates/ stand in for the playbook's own.",
        "Mend it, or take it away to get ours back.",
    )
