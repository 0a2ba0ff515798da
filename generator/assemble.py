"""The one path from files to pages, taken by every command and by the MkDocs plugin alike."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import yaml
from jinja2 import TemplateError

from generator.address import address_of
from generator.edition import Edition, choose_edition, today_in
from generator.entry import parse_key
from generator.load import Loaded, load_strategy
from generator.manuscript import unreadable
from generator.model import DEFAULT_AUDIENCE, Strategy
from generator.page import Pages
from generator.pages import render_pages
from generator.problem import Edit, Place, Problem, Severity, has_errors
from generator.reference import explain_broken, find_page_mentions, list_known
from generator.source import MAX_BYTES
from generator.starter import find_stale
from generator.text import decode
from generator.tree import FolderTree, Tree

PLAYBOOK = "playbook"
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)


@dataclass(frozen=True)
class Choice:
    """For whom an edition is made, and for which day (None: today where the strategy counts its days).

    A file of more than `max_bytes` is refused.
    """

    audience: str = DEFAULT_AUDIENCE
    as_of: date | None = None
    drafts: bool = False
    max_bytes: int = MAX_BYTES


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
    root: Path, max_bytes: int = MAX_BYTES
) -> tuple[Loaded, tuple[HandWritten, ...], tuple[Problem, ...]]:
    """Read the strategy and the hand-written pages below `root`; all problems, sorted by file and line."""
    tree = FolderTree(root)
    loaded = load_strategy(tree, max_bytes)
    pages, problems = _read_hand_written(tree)
    problems += find_stale(tree)
    if loaded.strategy is not None:
        for page in pages:
            problems += _check_page(page, loaded.strategy, loaded.problems)
        problems += _check_files(loaded.strategy, root)
    ordered = sorted([*loaded.problems, *problems], key=lambda problem: problem.order)
    return loaded, tuple(pages), tuple(ordered)


def assemble(root: Path, choice: Choice) -> Assembly:
    """Read, check and render all that lies below `root`, for one reader and one day. Writes nothing."""
    loaded, hand_written, problems = check_content(root, choice.max_bytes)
    files = len(loaded.files) + len(hand_written)
    if loaded.strategy is None or has_errors(problems):
        return Assembly(problems, files)
    today = choice.as_of or today_from_environment() or today_in(loaded.strategy.header)
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
        pages = render_pages(edition, problems, overrides)
    except TemplateError as error:
        return Assembly((*problems, _template_problem(error, overrides)), files)
    taken = list(_find_taken(pages, hand_written, root))
    if taken:
        return Assembly((*problems, *taken), files)
    shown = tuple(page for page in hand_written if edition.may_read(page.audience))
    return Assembly(problems, files, Made(edition, pages, shown))


def today_from_environment() -> date | None:
    """The day that SOURCE_DATE_EPOCH fixes, for builds that can be repeated."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isascii() and epoch.isdigit() else None


def resolve_links(text: str, page: str, edition: Edition) -> str:
    """A hand-written page with its `entry:` links turned into links to page files; those not shown become words."""
    depth = page.count("/")

    def target(match: re.Match[str]) -> str:
        key = parse_key(match[2], ())
        if key is None or edition.strategy.find(key) is None:
            return match[1]
        folder, _, anchor = address_of(key).partition("#")
        return f"[{match[1]}]({'../' * depth}{folder}index.md{'#' + anchor if anchor else ''})"

    return re.sub(r"\[((?:[^\[\]]|\[[^\]]*\])*)\]\(\s*<?entry:([^)\s>]*)>?(?:\s+[\"'][^)]*)?\)", target, text)


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
    """Whom a hand-written page is for, from the front matter; those inside where it does not say."""
    match = _FRONT_MATTER.match(text)
    meta: Any = None
    if match:
        try:
            meta = yaml.safe_load(match[1])
        except (yaml.YAMLError, ValueError):
            return DEFAULT_AUDIENCE
    audience = meta.get("audience") if isinstance(meta, dict) else None
    return audience if isinstance(audience, str) else DEFAULT_AUDIENCE


def _check_page(page: HandWritten, strategy: Strategy, loaded: tuple[Problem, ...]) -> list[Problem]:
    found: list[Problem] = []
    known = list_known(strategy)
    file = f"{PLAYBOOK}/{page.path}"
    lines = page.text.split("\n")
    if page.audience not in strategy.header.audiences:
        found.append(
            Problem(
                "unknown-audience",
                Severity.ERROR,
                Place(file, 1, 1, 1, 1),
                f'"{page.audience}" is not an audience we know',
                f"The header knows: {', '.join(strategy.header.audiences)}.",
                "Use one of these in the page's front matter.",
            )
        )
    for target, line, column in find_page_mentions(page.text):
        key = parse_key(target, ())
        if (key is None or strategy.find(key) is None) and not has_errors(loaded):
            broken = explain_broken(target, (), known)
            place = Place(file, line, column, line, column + max(len(target), 1))
            edits = (Edit(place, broken.replacement),) if broken.replacement else ()
            excerpt = ((line, lines[line - 1]),)
            found.append(Problem("broken-reference", Severity.ERROR, place, broken.title, broken.why, broken.fix,
                                 excerpt=excerpt, edits=edits))  # fmt: skip
    return found


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
    """Hand-written pages that stand where the playbook puts a page of its own."""
    ours = {page.address for page in pages.pages}
    found = []
    for page in hand_written:
        stem = page.path.removesuffix(".md")
        address = f"{stem}/"
        if stem.rpartition("/")[2].lower() in ("index", "readme"):
            address = f"{stem.rpartition('/')[0]}/".lstrip("/")
        if address in ours:
            found.append(
                Problem(
                    "address-taken",
                    Severity.ERROR,
                    Place(f"{PLAYBOOK}/{page.path}"),
                    "this page stands where the playbook puts one of its own",
                    "Both would have the same address, and one of them would be lost.",
                    "Give the file another name. To change our page, put a template into playbook/templates/.",
                )
            )
    return found


def _template_problem(error: TemplateError, overrides: Path) -> Problem:
    name, line = getattr(error, "name", None) or "a template", getattr(error, "lineno", 0) or 0
    return Problem(
        "faulty-template",
        Severity.ERROR,
        Place(f"{PLAYBOOK}/templates/{name}", line, 1, line, 1),
        f"a template of your own cannot be used: {(error.message or str(error)).splitlines()[0]}",
        "Templates in playbook/templates/ stand in for the playbook's own.",
        "Mend it, or take it away to get ours back.",
    )
