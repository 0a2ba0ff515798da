"""The one path from files to pages, taken by every command and by the MkDocs plugin alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from generator.changes.history_gaps import find_gaps
from generator.changes.recent.entry_changes import read_recent
from generator.changes.release_history import (
    Past,
    find_past,
    read_editions,
    read_released,
    read_trend,
    read_unreleased,
)
from generator.changes.release_notes import Reader
from generator.checks.hidden_names import find_hidden_names
from generator.checks.project import Content, read_content
from generator.files.git import GitError, find_repository
from generator.files.memory import NO_MEMORY, Memory
from generator.files.tree import FolderTree, KeptTree, Tree
from generator.loading.guides import PLAYBOOK, HandWritten, drop_allowed, find_folder
from generator.loading.loader import Loaded
from generator.loading.locator import Locator
from generator.loading.rules import UNKNOWN_AUDIENCE
from generator.loading.stray_links import SITE_FOLDERS, find_stray_links
from generator.model.addresses import INDEX, PLAIN, Delivery
from generator.model.edition import Edition, Part, Reach, choose_edition, list_kept_back
from generator.model.strategy import Strategy
from generator.pages.feedback_link import Desk
from generator.pages.page import Pages
from generator.pages.registry import Background, render_pages
from generator.pages.suggest_form import Proposals
from generator.pages.templates import OwnTemplateError
from generator.problems.problem import Place, Problem, has_errors
from generator.site.choice import Choice
from generator.site.leaks.telling import Earlier, Telling
from generator.site.rules import ADDRESS_TAKEN, FAULTY_TEMPLATE


@dataclass(frozen=True)
class Made:
    """Everything a site is made of: the edition, our pages, and the hand-written ones that its
    reader gets.

    `kept_back` are the hand-written pages that this reader does not get, `kept_documents` the files
    of `playbook/` that belong to assets kept back. `desk` is where these readers tell leadership
    something, `telling` what nothing that is written for them may hold, where they are outsiders,
    `delivery` how the site reaches them.
    """

    edition: Edition
    pages: Pages
    hand_written: tuple[HandWritten, ...]
    kept_back: tuple[HandWritten, ...] = ()
    kept_documents: frozenset[str] = frozenset()
    desk: Desk | None = None
    telling: Telling | None = None
    delivery: Delivery = PLAIN


@dataclass(frozen=True)
class Assembly:
    """What was found and what was made. `made` is None where errors stand in the way; `files` is
    how many were read, `loaded` what reading gave.
    """

    problems: tuple[Problem, ...]
    files: int
    made: Made | None = None
    loaded: Loaded | None = None


def assemble(root: Path, choice: Choice, memory: Memory = NO_MEMORY) -> Assembly:
    """Read, check and render all that lies below `root`, for one reader and one day. Writes
    nothing.

    `memory` is for whoever does so after each edit: then what stops nothing is looked for only when
    a page shows it.
    """
    follows = memory is not NO_MEMORY
    tree = (
        memory.about("files").of(root, KeptTree, lambda: KeptTree(root))
        if follows
        else FolderTree(root)
    )
    content = _read(root, tree, choice, memory)
    loaded, today = content.loaded, content.today
    hand_written = _keep_back(content.pages, choice)
    more = [folder for folder in choice.folders if folder.partition("/")[0] not in SITE_FOLDERS]
    problems = (*content.find_problems(grave=follows), *find_stray_links(root, more))
    find_problems = cache(content.find_problems) if follows else lambda: problems
    files = len(loaded.files) + len(hand_written)
    if loaded.strategy is None or has_errors(problems):
        return Assembly(problems, files, None, loaded)
    edition = _choose(loaded, loaded.strategy, choice, today, memory)
    if isinstance(edition, Problem):
        return Assembly((*problems, edition), files, None, loaded)
    named = find_hidden_names(loaded, hand_written, edition)
    if named:
        return Assembly((*problems, *named), files, None, loaded)
    if not follows and choice.past is None:
        problems = (
            *problems,
            *find_gaps(find_past(root), root, loaded.strategy.header.version, choice.max_bytes),
        )
    desk = choice.desk
    if desk is not None and not edition.shows(Reach.EVERYBODY if desk.outsiders else Reach.INSIDE):
        desk = None
    past = choice.past or find_past(root)
    background = _look_back(edition, loaded, choice, past, find_problems)
    try:
        pages = _render(root, edition, background, desk, choice)
    except OwnTemplateError as error:
        return Assembly((*problems, _template_problem(error)), files, None, loaded)
    taken = _find_taken(pages, hand_written, tree, choice.delivery)
    if taken:
        return Assembly((*problems, *taken), files, None, loaded)
    shown = tuple(page for page in hand_written if edition.may_read(page.audience))
    kept_back = tuple(page for page in hand_written if page not in shown)
    kept_documents = frozenset(
        str(getattr(entry, "url", ""))
        for entry in loaded.strategy.of("assets")
        if entry.key in edition.hidden
    )
    telling = None
    if edition.is_for_outsiders:
        telling = _guard(edition, loaded, loaded.strategy, hand_written, choice, past)
    made = Made(edition, pages, shown, kept_back, kept_documents, desk, telling, choice.delivery)
    return Assembly(problems, files, made, loaded)


def _read(root: Path, tree: Tree, choice: Choice, memory: Memory) -> Content:
    """What lies there, and what is wrong with it but for what mkdocs.yml allows."""
    content = read_content(root, tree, choice.max_bytes, choice.as_of, memory)
    allowed = drop_allowed(content.problems, choice.as_written, find_folder(tree))
    return replace(content, problems=allowed)


def _keep_back(pages: tuple[HandWritten, ...], choice: Choice) -> tuple[HandWritten, ...]:
    """The pages, those that these readers do not get any more as pages for nobody that is known."""
    return tuple(
        replace(page, audience="") if Part("page", "", page.path) in choice.kept_back else page
        for page in pages
    )


def _choose(
    loaded: Loaded, strategy: Strategy, choice: Choice, today: date, memory: Memory
) -> Edition | Problem:
    """The edition that is asked for, or that the header knows no such circle."""
    try:
        return choose_edition(
            strategy,
            loaded.vocabulary,
            choice.audience,
            today,
            choice.drafts,
            memory,
            choice.circles,
            choice.kept_back,
        )
    except ValueError as error:
        return UNKNOWN_AUDIENCE.problem(
            place=Place("strategy.yaml"),
            title=str(error),
            why="A site is made for one of the circles in the header.",
            fix="Name one of them.",
        )


def _render(
    root: Path, edition: Edition, background: Background, desk: Desk | None, choice: Choice
) -> Pages:
    """The pages, and the form where these readers have it. Raises OwnTemplateError."""
    overrides = root / PLAYBOOK / "templates"
    proposals = _offer_form(root, edition, choice)
    return render_pages(
        edition,
        background,
        overrides,
        desk,
        choice.edit_base,
        choice.delivery,
        proposals,
        choice.components,
    )


def _offer_form(root: Path, edition: Edition, choice: Choice) -> Proposals | None:
    """That these readers may propose changes: never those outside, nor in an earlier version, which
    nobody changes any more; and a site in a folder cannot fetch what the form needs.
    """
    is_open = choice.edit and choice.past is None and not choice.delivery.from_folder
    if not (is_open and edition.shows(Reach.INSIDE)):
        return None
    try:
        repository = find_repository(root)
    except GitError:
        return Proposals()
    return Proposals((repository and repository.ask("rev-parse", "HEAD")) or "")


def _look_back(
    edition: Edition,
    loaded: Loaded,
    choice: Choice,
    past: Past | None,
    find_problems: Callable[[], Sequence[Problem]],
) -> Background:
    """What is known of the versions so far, as the same reader may know it; for leadership, the
    figures of each, too.
    """
    now = replace(
        loaded, locator=Locator()
    )  # the lines of all files are no longer needed, and need not be held
    reader = _reader_of(edition, loaded, choice)
    released = read_released(past, reader, choice.max_bytes)
    return Background(
        find_problems,
        released,
        cache(lambda: (*read_unreleased(past, now, reader, choice.max_bytes), *released)),
        lambda: read_trend(past, reader, choice.max_bytes),
        cache(lambda: read_recent(past, now, edition, reader, choice.max_bytes)),
    )


def _reader_of(edition: Edition, loaded: Loaded, choice: Choice) -> Reader:
    circles, kept_back = choice.circles or edition.circles.names, choice.kept_back
    if loaded.strategy is not None:
        kept_back |= list_kept_back(loaded.strategy, loaded.vocabulary, edition.audience, circles)
    return Reader(edition.audience, edition.today, edition.drafts, circles, kept_back)


def _guard(
    edition: Edition,
    loaded: Loaded,
    whole: Strategy,
    pages: tuple[HandWritten, ...],
    choice: Choice,
    past: Past | None,
) -> Telling:
    """What readers outside must not find in their site, now and of the versions that it tells of."""
    reader = _reader_of(edition, loaded, choice)

    def list_earlier() -> Iterator[Earlier]:
        for version, shown in read_editions(past, reader, choice.max_bytes):
            yield Earlier(version, shown)

    return Telling(whole, edition, loaded.vocabulary, loaded.locator, pages, list_earlier)


def _find_taken(
    pages: Pages, hand_written: tuple[HandWritten, ...], tree: Tree, delivery: Delivery
) -> list[Problem]:
    """Hand-written pages and files that stand where the playbook puts one of its own."""
    folder = find_folder(tree)
    ours = {f"{page.address}{INDEX}" for page in pages.pages} | {
        asset.path for asset in pages.assets
    }
    files = [page.path for page in hand_written if published_as(page.path, delivery) in ours]
    files += [
        path
        for file in tree.list_files(folder)
        if (path := file.removeprefix(f"{folder}/")) in ours
    ]
    return [
        ADDRESS_TAKEN.problem(
            place=Place(f"{folder}/{file}"),
            title=f"this {'page' if file.endswith('.md') else 'file'} stands where the playbook puts one of its own",
            why="Both would have the same address, and one of them would be lost.",
        )
        for file in files
    ]


def published_as(path: str, delivery: Delivery) -> str:
    """The file of the site that a hand-written page becomes."""
    folder, _, name = path.removesuffix(".md").rpartition("/")
    if delivery.names_files and name.lower() not in ("index", "readme"):
        return f"{path.removesuffix('.md')}.html"
    parts = [folder, "" if name.lower() in ("index", "readme") else name, INDEX]
    return "/".join(filter(None, parts))


def _template_problem(error: OwnTemplateError) -> Problem:
    return FAULTY_TEMPLATE.problem(
        place=Place(f"{PLAYBOOK}/templates/{error.name}", error.line, 1, error.line, 1),
        title=f"a template of your own cannot be used: {str(error).splitlines()[0]}",
        why="Templates in playbook/templates/ stand in for the playbook's own.",
    )
