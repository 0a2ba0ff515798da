"""The one path from files to pages, taken by every command and by the MkDocs plugin alike."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

import yaml

from generator.address import address_of
from generator.checks import check_meaning
from generator.edition import Edition, choose_edition, today_in
from generator.entry import parse_key
from generator.load import Loaded, load_strategy
from generator.manuscript import unreadable
from generator.model import DEFAULT_AUDIENCE, Strategy
from generator.page import Pages
from generator.pages import render_pages
from generator.problem import Edit, Place, Problem, Severity, has_errors
from generator.prose import EntryLink, find_page_links, replace_page_links
from generator.reference import KnownEntries, explain_broken, list_known
from generator.source import MAX_BYTES
from generator.starter import find_stale
from generator.templates import OwnTemplateError
from generator.text import decode
from generator.tree import FolderTree, Tree

PLAYBOOK = "playbook"
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_PLAIN_FRONT_MATTER = re.compile(r"\A(?:[\w-]+:.*\n|[ ]{4}.*\n)*?audience:(.*)(?:\n|\Z)", re.IGNORECASE)
"""MkDocs takes lines such as `audience: partner` at the very beginning for front matter even without the dashes."""


@dataclass(frozen=True)
class Choice:
    """For whom an edition is made, and for which day (None: today where the strategy counts its days).

    An empty `audience` leaves the choice to mkdocs.yml; `site.complete_choice` fills it in.
    A file of more than `max_bytes` is refused. `edit_base` is the address before the path of a file where the git host edits it.
    """

    audience: str = DEFAULT_AUDIENCE
    as_of: date | None = None
    drafts: bool = False
    max_bytes: int = MAX_BYTES
    edit_base: str = ""


@dataclass(frozen=True)
class HandWritten:
    """A page somebody wrote by hand in `playbook/`: its path there and whom it is for."""

    path: str
    text: str
    audience: str


@dataclass(frozen=True)
class Made:
    """Everything a site is made of: the edition, our pages, and the hand-written ones that its reader gets."""

    edition: Edition
    pages: Pages
    hand_written: tuple[HandWritten, ...]


@dataclass(frozen=True)
class Assembly:
    """What was found and what was made. `made` is None where errors stand in the way; `files` is how many were read."""

    problems: tuple[Problem, ...]
    files: int
    made: Made | None = None


def check_content(
    root: Path, max_bytes: int = MAX_BYTES, as_of: date | None = None
) -> tuple[Loaded, tuple[HandWritten, ...], tuple[Problem, ...]]:
    """Read the strategy and the hand-written pages below `root`; all problems, sorted by file and line.

    `as_of` is the day that counts as today for findings that depend on it.
    """
    tree = FolderTree(root)
    loaded = load_strategy(tree, max_bytes)
    pages, problems = _read_hand_written(tree)
    problems += find_stale(tree)
    if loaded.strategy is not None:
        known = list_known(loaded.strategy)
        for page in pages:
            problems += _check_page(page, loaded.strategy, known, complete=not has_errors(loaded.problems))
        problems += _check_files(loaded.strategy, root)
        today = choose_today(loaded.strategy, as_of)
        problems += check_meaning(loaded, today, whole=not has_errors([*loaded.problems, *problems]))
    ordered = sorted([*loaded.problems, *problems], key=lambda problem: problem.order)
    return loaded, tuple(pages), tuple(ordered)


def assemble(root: Path, choice: Choice) -> Assembly:
    """Read, check and render all that lies below `root`, for one reader and one day. Writes nothing."""
    loaded, hand_written, problems = check_content(root, choice.max_bytes, choice.as_of)
    files = len(loaded.files) + len(hand_written)
    if loaded.strategy is None or has_errors(problems):
        return Assembly(problems, files)
    today = choose_today(loaded.strategy, choice.as_of)
    try:
        edition = choose_edition(loaded.strategy, loaded.vocabulary, choice.audience, today, choice.drafts)
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
    overrides = root / PLAYBOOK / "templates"
    try:
        pages = render_pages(edition, problems, overrides, choice.edit_base)
    except OwnTemplateError as error:
        return Assembly((*problems, _template_problem(error)), files)
    taken = list(_find_taken(pages, hand_written, root))
    if taken:
        return Assembly((*problems, *taken), files)
    shown = tuple(page for page in hand_written if edition.may_read(page.audience))
    return Assembly(problems, files, Made(edition, pages, shown))


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


def resolve_links(text: str, page: str, edition: Edition) -> str:
    """A hand-written page with its `entry:` links turned into links to page files; those not shown become words."""
    up = "../" * page.count("/")

    def lead_to_file(link: EntryLink) -> str:
        key = parse_key(link.target, ())
        if key is None or edition.strategy.find(key) is None:
            return link.words
        folder, _, anchor = address_of(key).partition("#")
        return link.lead_to(f"{up}{folder}index.md{'#' + anchor if anchor else ''}")

    return replace_page_links(text, lead_to_file)


def _read_hand_written(tree: Tree) -> tuple[list[HandWritten], list[Problem]]:
    pages: list[HandWritten] = []
    problems: list[Problem] = []
    for file in tree.list_files(PLAYBOOK):
        path = file[len(PLAYBOOK) + 1 :]
        if not path.endswith(".md") or path.startswith("templates/"):
            continue
        try:
            text, problem = decode(file, tree.read_bytes(file))
        except OSError as error:
            text, problem = None, unreadable(file, error)
        if problem is not None or text is None:
            problems += [problem] if problem else []
        else:
            text = text.replace("\r\n", "\n")
            pages.append(HandWritten(path, text, _audience_of(text)))
    return pages, problems


def _audience_of(text: str) -> str:
    """Whom a hand-written page is for, as the front matter has it; those inside where it does not say.

    Empty where it may say so, but cannot be read: then nobody knows, and nobody gets the page.
    """
    match = _FRONT_MATTER.match(text)
    if match is None:
        plain = _PLAIN_FRONT_MATTER.match(text)
        return plain[1].strip() if plain else DEFAULT_AUDIENCE
    try:
        meta: Any = yaml.load(match[1], yaml.BaseLoader)  # noqa: S506  # BaseLoader makes nothing but texts, lists, groups
    except (yaml.YAMLError, ValueError, RecursionError):
        return "" if "audience" in match[1] else DEFAULT_AUDIENCE
    if not isinstance(meta, dict) or "audience" not in meta:
        return DEFAULT_AUDIENCE
    audience = meta["audience"]
    return audience if isinstance(audience, str) else yaml.safe_dump(audience, default_flow_style=True).strip()


def _check_page(page: HandWritten, strategy: Strategy, known: KnownEntries, *, complete: bool) -> list[Problem]:
    """What is wrong with a hand-written page. In a strategy that is not `complete`, no link is called broken."""
    found: list[Problem] = []
    if page.audience not in strategy.header.audiences:
        found.append(_unknown_audience(page, strategy))
    lines = page.text.split("\n")
    for link in find_page_links(page.text) if complete else ():
        key = parse_key(link.target, ())
        if key is None or strategy.find(key) is None:
            broken = explain_broken(link.target, (), known)
            place = _place_of(link, page)
            can_be_mended = broken.replacement is not None and link.target_start is not None
            edits = (Edit(place, broken.replacement or ""),) if can_be_mended else ()
            excerpt = ((place.line, lines[place.line - 1]),)
            found.append(Problem("broken-reference", Severity.ERROR, place, broken.title, broken.why, broken.fix,
                                 excerpt=excerpt, edits=edits))  # fmt: skip
    return found


def _unknown_audience(page: HandWritten, strategy: Strategy) -> Problem:
    return Problem(
        "unknown-audience",
        Severity.ERROR,
        Place(f"{PLAYBOOK}/{page.path}", 1, 1, 1, 1),
        f'"{page.audience}" is not an audience we know'
        if page.audience
        else "the front matter of this page cannot be read, and with it for whom the page is",
        f"The header knows: {', '.join(strategy.header.audiences)}.",
        "Use one of these in the page's front matter.",
    )


def _place_of(link: EntryLink, page: HandWritten) -> Place:
    """Where a link names its entry, in lines and columns; where it begins, if it does not say it in so many words."""
    start = link.start if link.target_start is None else link.target_start
    line = page.text.count("\n", 0, start) + 1
    column = start - page.text.rfind("\n", 0, start)
    return Place(f"{PLAYBOOK}/{page.path}", line, column, line, column + max(len(link.target), 1))


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


def _find_taken(pages: Pages, hand_written: tuple[HandWritten, ...], root: Path) -> list[Problem]:
    """Hand-written pages and files that stand where the playbook puts one of its own."""
    ours = {f"{page.address}index.html" for page in pages.pages} | {asset.path for asset in pages.assets}
    files = [page.path for page in hand_written if _published_as(page.path) in ours]
    files += [path for path in sorted(ours) if (root / PLAYBOOK / path).is_file()]
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
